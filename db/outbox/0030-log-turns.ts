/**
 * A log that starts anew (docs/decisions/0011): what the operations of an ended epoch were, whose
 * facts went on under new numbers; and answers that a restored server no longer knows.
 */
import type { Migration } from '../migrate.ts'

const sql = `
CREATE TABLE superseded (
  id TEXT NOT NULL,
  hash TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  requestId TEXT NOT NULL,
  body TEXT NOT NULL,
  changes TEXT NOT NULL,
  inverse TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome = 'quarantined'),
  reissuedAs TEXT,
  PRIMARY KEY (id, hash)
) STRICT;
CREATE TRIGGER superseded_is_not_edited BEFORE UPDATE ON superseded
BEGIN SELECT RAISE(ABORT, 'what was done is never edited'); END;

CREATE INDEX operation_answered ON operation (epoch, seq) WHERE outcome <> 'pending';

CREATE TABLE voidedAnswer (
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  positions TEXT NOT NULL,
  answeredAt INTEGER,
  serverEpoch TEXT NOT NULL,
  PRIMARY KEY (epoch, seq, serverEpoch)
) STRICT;
CREATE TRIGGER voidedAnswer_is_not_edited BEFORE UPDATE ON voidedAnswer
BEGIN SELECT RAISE(ABORT, 'what was answered is never edited'); END;

DROP TRIGGER operation_keeps_its_outcome;
CREATE TRIGGER operation_keeps_its_outcome BEFORE UPDATE OF outcome ON operation
WHEN OLD.outcome NOT IN ('pending', 'quarantined') AND NEW.outcome <> OLD.outcome
  AND NOT (NEW.outcome = 'pending' AND EXISTS (
    SELECT 1 FROM voidedAnswer WHERE voidedAnswer.epoch = OLD.epoch
      AND voidedAnswer.seq = OLD.seq AND voidedAnswer.answeredAt IS OLD.answeredAt))
BEGIN SELECT RAISE(ABORT, 'an outcome never changes'); END;

DROP TRIGGER operation_unsettled_stays;
CREATE TRIGGER operation_unsettled_stays BEFORE DELETE ON operation
WHEN OLD.isSettled = 0 AND NOT EXISTS (
  SELECT 1 FROM superseded WHERE superseded.id = OLD.id AND superseded.hash = OLD.hash)
BEGIN SELECT RAISE(ABORT, 'an unsettled operation is never deleted'); END;

DROP TRIGGER operation_without_gaps;
CREATE TRIGGER operation_without_gaps BEFORE INSERT ON operation
WHEN NEW.seq <> 1 + coalesce(
  (SELECT max(seq) FROM operation WHERE epoch = NEW.epoch),
  CASE WHEN NEW.requestId LIKE 'recovered:%' THEN NEW.seq - 1 ELSE 0 END)
BEGIN SELECT RAISE(ABORT, 'the sequence of operations has no gaps'); END;
`

export const logTurns: Migration = {
  version: 30,
  up: (db) => {
    db.exec(sql)
  },
}
