import type { ReactiveControllerHost } from 'lit';

/** A module that few chats need. */
export interface LazyPart<Module> {
  /** Null until it is here. */
  readonly module: Module | null;
  /** Loads it and has the host drawn again; where that fails, the next wish tries anew. */
  want(): void;
}

/** `load` is a dynamic import, so that a bundler sees what it splits off. */
export function createLazyPart<Module>(host: ReactiveControllerHost, load: () => Promise<Module>): LazyPart<Module> {
  let module: Module | null = null;
  let isLoading = false;
  return {
    get module() {
      return module;
    },
    want() {
      if (module || isLoading) return;
      isLoading = true;
      load().then(
        (loaded) => {
          module = loaded;
          host.requestUpdate();
        },
        () => {
          isLoading = false;
        },
      );
    },
  };
}
