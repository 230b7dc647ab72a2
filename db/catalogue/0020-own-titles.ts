/** The city's rows beneath what this desk did to titles and the city has not settled. */
import type { Migration } from '../migrate.ts'

/**
 * `key` is a RecordKey. `baseRow` has a row for each key in `ownChange`; its `row` is null where the
 * city has none. What the operation changed is in the outbox alone: imports are large.
 */
export const ownTitles: Migration = {
  version: 20,
  up: (db) => {
    db.exec(`
CREATE TABLE ownChange (
  seq INTEGER NOT NULL, key TEXT NOT NULL, PRIMARY KEY (seq, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX ownChange_key ON ownChange (key, seq);
CREATE TABLE baseRow (key TEXT PRIMARY KEY, row TEXT) STRICT;
`)
  },
}
