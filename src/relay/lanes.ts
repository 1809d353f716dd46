/** Runs tasks of the same key one after the other, so that two requests at once act like two in a row. */
export interface Lanes {
  inTurn<Result>(key: string, task: () => Promise<Result>): Promise<Result>;
}

export function createLanes(): Lanes {
  const last = new Map<string, Promise<unknown>>();

  return {
    inTurn(key, task) {
      const result = (last.get(key) ?? Promise.resolve()).then(task);
      const settled = result.catch(() => undefined).then(() => {
        if (last.get(key) === settled) last.delete(key);
      });
      last.set(key, settled);
      return result;
    },
  };
}
