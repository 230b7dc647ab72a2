/** Full records that left, as they were: what an export since a date tells another catalogue to drop. */
import type { Migration } from '../migrate.ts'

/** `goneAt`: epoch ms, this desk's own, of hearing, as `bib.changedAt`. */
export const goneBibs: Migration = {
  version: 60,
  up: (db) => {
    db.exec(`
CREATE TABLE goneBib (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  goneAt INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX goneBib_goneAt ON goneBib (goneAt, id);
`)
    const isEmpty = db.prepare('SELECT 1 FROM bib LIMIT 1').get() === undefined
    if (!isEmpty) {
      db.prepare("INSERT OR REPLACE INTO progress VALUES ('goneSince', ?)").run(Date.now())
    }
  },
}
