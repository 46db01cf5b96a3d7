-- Identifiers are UUIDs as 16 bytes, times are UTC milliseconds, words are the keys of the domain's enums.

CREATE TABLE accounts (
    id              BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    position        INTEGER NOT NULL,            -- the order they were added in
    gateway         TEXT NOT NULL,
    name            TEXT NOT NULL,
    identity        TEXT NOT NULL,               -- JSON object of the credential fields that are no secrets
    base_url        TEXT,
    default_country TEXT NOT NULL,
    paused          INTEGER NOT NULL CHECK (paused IN (0, 1)),
    delay_secs      INTEGER,
    created_at      INTEGER NOT NULL,
    removed_at      INTEGER                      -- set: gone for the operator, kept for its conversations
) STRICT;

CREATE TABLE conversations (
    id              BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    account         BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    contact_key     TEXT NOT NULL,               -- the same for both forms of a Brazilian mobile number
    phone           TEXT NOT NULL,               -- digits, in the form last used
    name            TEXT,
    search_text     TEXT NOT NULL,               -- both forms of the number, and the folded name
    created_at      INTEGER NOT NULL,
    -- What the list shows, kept in the transaction that changes the messages.
    last_message    BLOB,
    last_text       TEXT NOT NULL DEFAULT '',
    last_attachment TEXT,
    last_state      TEXT,
    last_at         INTEGER,                     -- no two are alike, so that pages neither skip nor repeat
    problems        INTEGER NOT NULL DEFAULT 0,
    UNIQUE (account, contact_key)
) STRICT;
CREATE INDEX conversations_by_time ON conversations (last_at);
CREATE INDEX conversations_by_account ON conversations (account, last_at);

CREATE TABLE messages (
    sequence         INTEGER PRIMARY KEY AUTOINCREMENT, -- the order of sending; a clock that jumps does not touch it
    id               BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    account          BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    conversation     BLOB NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    direction        TEXT NOT NULL DEFAULT 'out' CHECK (direction IN ('out', 'in')),
    phone            TEXT NOT NULL,              -- the other side's number in the form that went over the wire
    body             TEXT NOT NULL,
    attachment_url   TEXT,
    attachment_name  TEXT,
    attachment_kind  TEXT,
    client_id        TEXT UNIQUE,
    gateway_id       TEXT,
    state            TEXT NOT NULL,
    reason_kind      TEXT,
    reason_words     TEXT,
    attempts         INTEGER NOT NULL DEFAULT 0,
    next_attempt_at  INTEGER,
    first_unclear_at INTEGER,
    not_before       INTEGER,
    put_aside_at     INTEGER,                    -- the operator has dealt with it: no problem any more
    left_queue_at    INTEGER,                    -- accepted, and the gateway's queue was seen empty afterwards
    resent_as        BLOB,                       -- the message that was made of it by "send again"
    created_at       INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL,
    search_text      TEXT NOT NULL,              -- the folded text and attachment name
    CHECK ((state = 'queued') = (next_attempt_at IS NOT NULL)),
    CHECK (direction = 'in' OR client_id IS NOT NULL)
) STRICT;
CREATE INDEX messages_of_conversation ON messages (conversation, sequence);
CREATE INDEX messages_by_state ON messages (account, state, put_aside_at);
CREATE INDEX messages_by_hour ON messages (account, created_at, state);
-- The dispatcher's: everything it asks about a waiting message stands in the index.
CREATE INDEX messages_queued ON messages (account, sequence, next_attempt_at, not_before, updated_at, conversation)
    WHERE state = 'queued';
CREATE INDEX messages_open ON messages (conversation, sequence, state, not_before)
    WHERE state IN ('queued', 'in_flight');
CREATE INDEX messages_in_flight ON messages (sequence) WHERE state = 'in_flight';
CREATE INDEX messages_inferred ON messages (updated_at)
    WHERE state = 'accepted' AND reason_kind = 'already-known';
CREATE INDEX messages_problems ON messages (conversation)
    WHERE state IN ('rejected', 'unknown') AND put_aside_at IS NULL;

-- What goes over the wire is fixed when it is stored: a repeated send must be identical.
CREATE TRIGGER messages_wire_is_fixed
BEFORE UPDATE OF id, account, conversation, direction, phone, body, attachment_url, attachment_name, attachment_kind,
                 client_id, created_at ON messages
BEGIN
    SELECT RAISE(ABORT, 'the content of a message is fixed');
END;

-- A message goes with its whole account or not at all.
CREATE TRIGGER messages_stay BEFORE DELETE ON messages
WHEN EXISTS (SELECT 1 FROM accounts WHERE id = OLD.account)
BEGIN
    SELECT RAISE(ABORT, 'messages are not removed');
END;

CREATE TABLE message_steps (
    sequence     INTEGER PRIMARY KEY AUTOINCREMENT,
    message      BLOB NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    at           INTEGER NOT NULL,
    state        TEXT NOT NULL,
    attempt      INTEGER NOT NULL,
    reason_kind  TEXT,
    reason_words TEXT,
    raw          TEXT
) STRICT;
CREATE INDEX message_steps_of_message ON message_steps (message, sequence);

CREATE TRIGGER message_steps_are_fixed BEFORE UPDATE ON message_steps
BEGIN
    SELECT RAISE(ABORT, 'the history is append-only');
END;
-- When a message goes with its account, it is gone before its steps are.
CREATE TRIGGER message_steps_stay BEFORE DELETE ON message_steps
WHEN EXISTS (SELECT 1 FROM messages WHERE id = OLD.message)
BEGIN
    SELECT RAISE(ABORT, 'the history is append-only');
END;

CREATE TABLE drafts (
    account        BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    conversation   BLOB REFERENCES conversations (id) ON DELETE CASCADE, -- none: the screen for a new message
    recipients     TEXT NOT NULL,                -- JSON array
    body           TEXT NOT NULL,
    attachment_url TEXT NOT NULL,
    updated_at     INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX drafts_of_conversation ON drafts (conversation) WHERE conversation IS NOT NULL;
CREATE UNIQUE INDEX drafts_of_new_message ON drafts (account) WHERE conversation IS NULL;
CREATE INDEX drafts_of_account ON drafts (account);

CREATE TABLE health_samples (
    account         BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    at              INTEGER NOT NULL,
    battery_percent INTEGER,
    queue_length    INTEGER,
    limit_used      INTEGER,
    PRIMARY KEY (account, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX health_samples_by_time ON health_samples (at);

CREATE TABLE connection_changes (
    sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
    account    BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    at         INTEGER NOT NULL,
    connection TEXT NOT NULL,
    phone_name TEXT
) STRICT;
CREATE INDEX connection_changes_of_account ON connection_changes (account, sequence);

CREATE TABLE settings (
    key   TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL                          -- JSON
) STRICT, WITHOUT ROWID;

PRAGMA application_id = 1380270913; -- RECA
PRAGMA user_version = 1;
