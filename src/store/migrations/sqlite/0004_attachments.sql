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
    -- While its messages wait for it.
    tries         INTEGER NOT NULL DEFAULT 0,
    next_try_at   INTEGER
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
ALTER TABLE drafts ADD COLUMN files TEXT NOT NULL DEFAULT '[]';        -- JSON array of the ids of files
ALTER TABLE accounts ADD COLUMN hosting TEXT NOT NULL DEFAULT '"listener"'; -- JSON

-- A message with a file gets its address while it is being prepared; nothing of it has left then.
DROP TRIGGER messages_wire_is_fixed;
CREATE TRIGGER messages_wire_is_fixed
BEFORE UPDATE OF id, account, conversation, direction, phone, body, attachment_name, attachment_kind, client_id, created_at,
                 file ON messages
BEGIN
    SELECT RAISE(ABORT, 'the content of a message is fixed');
END;
CREATE TRIGGER messages_address_is_fixed
BEFORE UPDATE OF attachment_url ON messages
WHEN OLD.attachment_url IS NOT NEW.attachment_url AND (OLD.state <> 'preparing' OR OLD.file IS NULL)
BEGIN
    SELECT RAISE(ABORT, 'the content of a message is fixed');
END;

DROP INDEX messages_open;
CREATE INDEX messages_open ON messages (conversation, sequence, state, not_before)
    WHERE state IN ('preparing', 'queued', 'in_flight');
CREATE INDEX messages_preparing ON messages (account, file) WHERE state = 'preparing';

PRAGMA user_version = 4;
