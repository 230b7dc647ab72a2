/** Classes in shelf order, and the numbers that only full records have. */
import { recordNumbersOf } from '../../domain/search/record-numbers.ts'
import type { Migration } from '../migrate.ts'
import { unpackBib } from './bib-rows.ts'
import { classKeyOf } from './title-rows.ts'

/**
 * An encrypted page of 4,096 bytes holds 3,997 of a row. FTS5 fills its leaves up to 4,050 by itself:
 * each of them then had a second page, nine tenths full, and was read as two.
 */
const INDEX_LEAF_BYTES = 3968

/** `clc` is a key of classSortKey(); `bib` is the number of the record. */
export const recordNumbers: Migration = {
  version: 30,
  up: (db) => {
    db.function('classKey', { deterministic: true }, (clc) => classKeyOf(String(clc)))
    db.function('recordNumbers', { deterministic: true }, (body) =>
      JSON.stringify(recordNumbersOf(unpackBib('', String(body)))),
    )
    db.exec(`
CREATE TABLE titleByClass (
  clc TEXT NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (clc, rank)
) STRICT, WITHOUT ROWID;
INSERT INTO titleByClass
  SELECT classKey(clc) AS key, rank FROM titleByClc WHERE key IS NOT NULL ORDER BY key, rank;
DROP TABLE titleByClc;
ALTER TABLE titleByClass RENAME TO titleByClc;

CREATE TABLE bibByNumber (
  key TEXT NOT NULL, bib INTEGER NOT NULL, PRIMARY KEY (key, bib)
) STRICT, WITHOUT ROWID;
INSERT INTO titleIndex (titleIndex, rank) VALUES ('pgsz', ${INDEX_LEAF_BYTES});
INSERT INTO bibByNumber
  SELECT known.value, number FROM bib, json_each(recordNumbers(body)) AS known
  WHERE instr(body, '["091"') > 0;
`)
  },
}
