-- Files of the operator's own disk, and where they are put so that a gateway can fetch them.

CREATE TABLE outgoing_files (
    id            BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    account       BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    stored_name   TEXT NOT NULL UNIQUE,          -- in the folder for media
    name          TEXT NOT NULL,
    bytes         INTEGER NOT NULL,
    mime          TEXT NOT NULL,
    sha256        BLOB NOT NULL CHECK (length(sha256) = 32),
    kind          TEXT NOT NULL,
    width         INTEGER,
    height        INTEGER,
    created_at    INTEGER NOT NULL,
    -- Where it is, or is being put; all of it null until that is begun.
    place         TEXT,
    token         TEXT UNIQUE,
    storage       TEXT,                          -- JSON: the bucket, without its keys
    upload        TEXT,                          -- JSON: the parts that are there, while it is uploaded in parts
    url           TEXT,                          -- set when it is there as a whole
    placed_at     INTEGER,
    checked_at    INTEGER,                       -- fetched back from outside, and the same
    expires_at    INTEGER,
    ended_token   TEXT,                          -- the one it had last: a late word about that place counts no more
    -- While its messages wait for it.
    tries         INTEGER NOT NULL DEFAULT 0,
    tried_at      INTEGER,                       -- when it failed last
    next_try_at   INTEGER                        -- null: at once
) STRICT;
CREATE INDEX outgoing_files_of_account ON outgoing_files (account);
CREATE INDEX outgoing_files_placed ON outgoing_files (expires_at) WHERE place IS NOT NULL;

-- What has been taken away from its account's listener or storage, and what is still to be removed there.
CREATE TABLE ended_placements (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    account  BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    token    TEXT NOT NULL,
    name     TEXT NOT NULL,                      -- the file's, for its extension
    storage  TEXT NOT NULL,
    upload   TEXT,
    tries    INTEGER NOT NULL DEFAULT 0,
    next_try_at INTEGER NOT NULL
) STRICT;

ALTER TABLE messages ADD COLUMN file BLOB REFERENCES outgoing_files (id);
CREATE INDEX messages_of_file ON messages (file) WHERE file IS NOT NULL;
ALTER TABLE drafts ADD COLUMN files TEXT NOT NULL DEFAULT '[]';        -- JSON array of the ids of files, in hexadecimal digits
ALTER TABLE accounts ADD COLUMN hosting TEXT NOT NULL DEFAULT '"listener"'; -- JSON

-- A message with a file gets its address while it is being prepared; nothing of it has left then. What came is fixed with
-- the one exception there was.
DROP TRIGGER messages_wire_is_fixed;
CREATE TRIGGER messages_wire_is_fixed
BEFORE UPDATE OF id, account, conversation, direction, phone, body, attachment_name, attachment_kind, client_id, created_at,
                 file ON messages
WHEN OLD.direction = 'out' OR NEW.direction = 'out'
     OR NOT EXISTS (SELECT 1 FROM incoming WHERE message = OLD.id AND kind = 'revoked')
BEGIN
    SELECT RAISE(ABORT, 'the content of a message is fixed');
END;
CREATE TRIGGER messages_address_is_fixed
BEFORE UPDATE OF attachment_url ON messages
WHEN OLD.attachment_url IS NOT NEW.attachment_url
     AND (OLD.file IS NULL OR (OLD.state <> 'preparing' AND NEW.state <> 'preparing'))
BEGIN
    SELECT RAISE(ABORT, 'the content of a message is fixed');
END;
CREATE TRIGGER messages_leave_with_an_address
BEFORE UPDATE OF state ON messages
WHEN NEW.state IN ('queued', 'in_flight') AND NEW.file IS NOT NULL AND NEW.attachment_url = ''
BEGIN
    SELECT RAISE(ABORT, 'the file of the message has no address');
END;
-- What may have left goes on with what it left with.
CREATE TRIGGER messages_are_prepared_before_they_leave
BEFORE UPDATE OF state ON messages
WHEN NEW.state = 'preparing' AND OLD.state <> 'preparing'
     AND (OLD.state <> 'queued' OR OLD.first_unclear_at IS NOT NULL OR OLD.file IS NULL)
BEGIN
    SELECT RAISE(ABORT, 'the message may have left');
END;

DROP INDEX messages_open;
CREATE INDEX messages_open ON messages (conversation, sequence, state, not_before)
    WHERE state IN ('preparing', 'queued', 'in_flight');
-- The preparing task's: in the order of sending.
CREATE INDEX messages_preparing ON messages (account, sequence, file, not_before) WHERE state = 'preparing';

PRAGMA user_version = 4;
