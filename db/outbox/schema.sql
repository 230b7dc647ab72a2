-- The schema of outbox.db as it is after every migration; a test compares the two.

CREATE TABLE desk (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  deviceId TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  branchId TEXT NOT NULL,
  libraryId TEXT NOT NULL,
  deskName TEXT NOT NULL,
  isSampleCity INTEGER NOT NULL CHECK (isSampleCity IN (0, 1)),
  serverUrl TEXT,
  serverEpoch TEXT
) STRICT;

CREATE TABLE operation (
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  requestId TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  hash TEXT NOT NULL,
  at INTEGER NOT NULL,
  staffId TEXT NOT NULL,
  branchId TEXT NOT NULL,
  changes TEXT NOT NULL,
  inverse TEXT NOT NULL,
  findings TEXT NOT NULL,
  summary TEXT NOT NULL,
  about TEXT NOT NULL,
  factsAgeMs REAL,
  outcome TEXT NOT NULL DEFAULT 'pending',
  positions TEXT NOT NULL DEFAULT '{}',
  outcomeFindings TEXT NOT NULL DEFAULT '[]',
  isSettled INTEGER NOT NULL DEFAULT 0 CHECK (isSettled IN (0, 1)),
  undoneBy TEXT, answeredAt INTEGER,
  PRIMARY KEY (epoch, seq)
) STRICT;
CREATE INDEX operation_unsent ON operation (epoch, seq) WHERE outcome = 'pending';
CREATE INDEX operation_unsettled ON operation (epoch, seq) WHERE isSettled = 0;
CREATE INDEX operation_at ON operation (at, epoch, seq);
CREATE INDEX operation_undoneBy ON operation (undoneBy) WHERE undoneBy IS NOT NULL;

CREATE TRIGGER operation_is_a_fact BEFORE UPDATE OF
  epoch, seq, id, requestId, kind, body, hash, at, staffId, branchId, changes, inverse, findings,
  summary, about, factsAgeMs
ON operation
BEGIN SELECT RAISE(ABORT, 'what was done is never edited'); END;

CREATE TABLE audit (
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  staffId TEXT,
  action TEXT NOT NULL,
  subject TEXT,
  result TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_is_not_edited BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;
CREATE TRIGGER audit_without_gaps BEFORE INSERT ON audit
WHEN NEW.number <> 1 + coalesce((SELECT max(number) FROM audit), 0)
BEGIN SELECT RAISE(ABORT, 'the audit trail has no gaps'); END;

CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

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

CREATE TRIGGER operation_keeps_its_outcome BEFORE UPDATE OF outcome ON operation
WHEN OLD.outcome NOT IN ('pending', 'quarantined') AND NEW.outcome <> OLD.outcome
  AND NOT (NEW.outcome = 'pending' AND EXISTS (
    SELECT 1 FROM voidedAnswer WHERE voidedAnswer.epoch = OLD.epoch
      AND voidedAnswer.seq = OLD.seq AND voidedAnswer.answeredAt IS OLD.answeredAt))
BEGIN SELECT RAISE(ABORT, 'an outcome never changes'); END;

CREATE TRIGGER operation_unsettled_stays BEFORE DELETE ON operation
WHEN OLD.isSettled = 0 AND NOT EXISTS (
  SELECT 1 FROM superseded WHERE superseded.id = OLD.id AND superseded.hash = OLD.hash)
BEGIN SELECT RAISE(ABORT, 'an unsettled operation is never deleted'); END;

CREATE TRIGGER operation_without_gaps BEFORE INSERT ON operation
WHEN NEW.seq <> 1 + coalesce(
  (SELECT max(seq) FROM operation WHERE epoch = NEW.epoch),
  CASE WHEN NEW.requestId LIKE 'recovered:%' THEN NEW.seq - 1 ELSE 0 END)
BEGIN SELECT RAISE(ABORT, 'the sequence of operations has no gaps'); END;
