/** Appends until it is killed, and prints the seq of every append that was promised. `tsx append-forever.ts <path>` */
import { createSqliteStore } from '../../src/adapters/sqlite/index.js';

const store = createSqliteStore({ path: process.argv[2] ?? '' });
for (let next = 1; ; next += 3) {
  const appends = [0, 1, 2].map((offset) =>
    store.append({ chatId: 37, key: null, bodies: [`entry ${next + offset}`], at: 1, secretUntil: null }),
  );
  for (const result of await Promise.all(appends))
    if (!result.duplicate) process.stdout.write(`${result.first}\n`);
}
