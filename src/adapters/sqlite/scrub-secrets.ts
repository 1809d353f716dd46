import type Database from 'libsql';

/** Whether the files hold nothing any more of the secrets that were deleted. */
export interface Scrubber {
  /** Inside a transaction that deletes secrets. */
  markDirty(): void;
  /** Wipes what was deleted out of the files; does nothing when nothing was. True: the files are clean. */
  scrub(): boolean;
}

/**
 * `secure_delete` alone is not enough: where a page was split, bytes of a row that moved stay behind on the old one,
 * and the write-ahead log keeps every page as it was. So what deserves it lies in a small table of its own, which is
 * written anew without the deleted rows (emptied pages are zeroed), and then the write-ahead log is emptied.
 */
export function createScrubber(database: Database.Database): Scrubber {
  const list = database.prepare('SELECT chat_id AS chatId, seq, until, body FROM secrets');
  const clear = database.prepare('DELETE FROM secrets');
  const add = database.prepare('INSERT INTO secrets VALUES (?, ?, ?, ?)');
  // A process that was killed may have left both undone.
  let isDirty = true;

  const rewrite = database.transaction(() => {
    const left = list.all() as { chatId: number; seq: number; until: number; body: string }[];
    clear.run();
    for (const { chatId, seq, until, body } of left) add.run(chatId, seq, until, body);
  });

  return {
    markDirty() {
      isDirty = true;
    },
    scrub() {
      if (!isDirty) return true;
      rewrite.immediate();
      const [result] = database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
      isDirty = result?.busy !== 0;
      return !isDirty;
    },
  };
}
