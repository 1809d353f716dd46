/** Counts the requests of the tenant (platform: Rate limit; OQ-30). */
export interface RateLimit {
  /** Counts a request that arrives now; false where it is one too many, which then does not count. */
  admit(): boolean;
}

/** How many requests a tenant may send within any second. */
export const REQUESTS_PER_SECOND = 10;

/** Makes the count: a sliding window of one second. */
export function createRateLimit(now: () => number): RateLimit {
  let admitted: readonly number[] = [];
  return {
    admit: () => {
      const at = now();
      admitted = admitted.filter((each) => at - each < 1000);
      if (admitted.length >= REQUESTS_PER_SECOND) return false;
      admitted = [...admitted, at];
      return true;
    },
  };
}
