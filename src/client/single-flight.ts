/** Runs under a name; while one is under way, another of its name is the same run: two taps are one request. */
export interface SingleFlight {
  run(name: string, task: () => Promise<void>): Promise<void>;
  /** The next run of this name (default: of any) is a new one, whatever is still under way. */
  forget(name?: string): void;
}

export function createSingleFlight(): SingleFlight {
  const flights = new Map<string, Promise<void>>();
  return {
    run: (name, task) => {
      const flight =
        flights.get(name) ??
        task().finally(() => {
          if (flights.get(name) === flight) flights.delete(name);
        });
      flights.set(name, flight);
      return flight;
    },
    forget: (name) => {
      if (name) flights.delete(name);
      else flights.clear();
    },
  };
}
