/** What is needed of a database connection. */
export interface TransactionalDatabase {
  exec(sql: string): unknown;
  readonly inTransaction: boolean;
}

interface Job {
  /** Inside the transaction, in its own savepoint. Answers what to do once it is durable. */
  readonly run: () => () => void;
  readonly fail: (reason: unknown) => void;
}

/**
 * Writes that arrive in the same turn of the event loop become one transaction, with one wait for the disk.
 * While that wait lasts, the next group gathers: the busier it gets, the more writes share a wait. A write
 * that fails takes no other with it.
 */
export class GroupCommit {
  readonly #database: TransactionalDatabase;
  #jobs: Job[] = [];
  #scheduled: NodeJS.Immediate | undefined;

  constructor(database: TransactionalDatabase) {
    this.#database = database;
  }

  /**
   * Resolves with what `work` answered, after the commit; rejects when `work` throws or the group cannot be
   * committed.
   */
  write<Result>(work: () => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      const run = () => {
        const result = work();
        return () => {
          resolve(result);
        };
      };
      this.#jobs.push({ run, fail: reject });
      this.#scheduled ??= setImmediate(() => {
        this.flush();
      });
    });
  }

  /** Commits what waits, now. */
  flush(): void {
    clearImmediate(this.#scheduled);
    this.#scheduled = undefined;
    const jobs = this.#jobs;
    this.#jobs = [];
    if (jobs.length === 0) return;
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      const settle = jobs.map((job) => this.#runAlone(job));
      this.#database.exec('COMMIT');
      for (const each of settle) each();
    } catch (reason) {
      this.#rollBack();
      for (const { fail } of jobs) fail(reason);
    }
  }

  /** Answers how to settle the job after the commit. */
  #runAlone({ run, fail }: Job): () => void {
    this.#database.exec('SAVEPOINT one');
    try {
      const succeed = run();
      this.#database.exec('RELEASE one');
      return succeed;
    } catch (reason) {
      this.#database.exec('ROLLBACK TO one');
      this.#database.exec('RELEASE one');
      return () => {
        fail(reason);
      };
    }
  }

  #rollBack(): void {
    try {
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
    } catch {
      // The connection is beyond help; the next group will say so.
    }
  }
}
