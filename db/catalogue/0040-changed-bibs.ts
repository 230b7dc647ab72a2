/** When this desk took the last change of each full record: what an export since a date asks. */
import type { Migration } from '../migrate.ts'

/**
 * The time is this desk's own, of hearing, not of doing: what another desk did offline in June and
 * tells in July belongs to an export since 1 July, whose forerunner could not hold it. 0 stands for
 * a record that was here before `changesSince` (`progress`), from a file of the city.
 */
export const changedBibs: Migration = {
  version: 40,
  up: (db) => {
    db.exec(`
ALTER TABLE bib ADD COLUMN changedAt INTEGER NOT NULL DEFAULT 0;
CREATE INDEX bib_changedAt ON bib (changedAt, number) WHERE changedAt > 0;
`)
    const isEmpty = db.prepare('SELECT 1 FROM bib LIMIT 1').get() === undefined
    if (!isEmpty) {
      db.prepare("INSERT OR REPLACE INTO progress VALUES ('changesSince', ?)").run(Date.now())
    }
  },
}
