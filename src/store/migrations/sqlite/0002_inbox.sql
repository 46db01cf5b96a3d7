-- What comes in: raw bodies, incoming messages, their files, reports about ours; and who may be called where.

ALTER TABLE conversations ADD COLUMN told_name TEXT;                          -- as the person calls itself
ALTER TABLE conversations ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE conversations ADD COLUMN do_not_write INTEGER NOT NULL DEFAULT 0 CHECK (do_not_write IN (0, 1));
ALTER TABLE conversations ADD COLUMN read_until INTEGER NOT NULL DEFAULT 0;   -- sequence of the newest message seen
ALTER TABLE conversations ADD COLUMN unread INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN last_kind TEXT;                          -- of an incoming last message
CREATE INDEX conversations_unread ON conversations (account, last_at) WHERE unread > 0;

-- Reports name a message by the gateway's identifier or by ours.
CREATE INDEX messages_by_gateway_id ON messages (account, gateway_id) WHERE gateway_id IS NOT NULL;

-- Raw bodies, kept before anything is made of them.
CREATE TABLE deliveries (
    sequence     INTEGER PRIMARY KEY AUTOINCREMENT,
    account      BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    received_at  INTEGER NOT NULL,
    content_type TEXT,
    body         BLOB,                    -- none: a large one, whose file was taken out of it
    bytes        INTEGER NOT NULL,
    outcome      TEXT NOT NULL,
    why          TEXT
) STRICT;
CREATE INDEX deliveries_unreadable ON deliveries (account, sequence) WHERE outcome <> 'read';
CREATE INDEX deliveries_by_time ON deliveries (received_at);

-- What an incoming message has beside its row in `messages` (direction 'in', state 'received').
CREATE TABLE incoming (
    message           BLOB PRIMARY KEY NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    account           BLOB NOT NULL,
    gateway_id        TEXT NOT NULL,
    kind              TEXT NOT NULL,
    sender_name       TEXT,
    address_book_name TEXT,
    sent_at           INTEGER,
    latitude          REAL,
    longitude         REAL,
    live              INTEGER NOT NULL DEFAULT 0 CHECK (live IN (0, 1)),
    reference         TEXT,               -- by which its file is found
    mime              TEXT,
    width             INTEGER,
    height            INTEGER,
    told_bytes        INTEGER,
    thumbnail         BLOB,
    reply_to          TEXT,               -- the gateway's identifier of the message it answers
    revoked_at        INTEGER,
    delivery          INTEGER REFERENCES deliveries (sequence) ON DELETE SET NULL,
    UNIQUE (account, gateway_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX incoming_by_reference ON incoming (account, reference) WHERE reference IS NOT NULL;
CREATE INDEX incoming_of_delivery ON incoming (delivery);   -- looked through whenever a delivery goes

-- What came is fixed like what goes out, with one exception: a message may come after the word that it was deleted, and
-- then takes the place of that word.
DROP TRIGGER messages_wire_is_fixed;
CREATE TRIGGER messages_wire_is_fixed
BEFORE UPDATE OF id, account, conversation, direction, phone, body, attachment_url, attachment_name, attachment_kind,
                 client_id, created_at ON messages
WHEN OLD.direction = 'out' OR NEW.direction = 'out'
     OR NOT EXISTS (SELECT 1 FROM incoming WHERE message = OLD.id AND kind = 'revoked')
BEGIN
    SELECT RAISE(ABORT, 'the content of a message is fixed');
END;

-- Files that came, whether their message is here or not.
CREATE TABLE files (
    sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
    account     BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    reference   TEXT NOT NULL,
    stored_name TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    bytes       INTEGER NOT NULL,
    mime        TEXT NOT NULL,
    sha256      BLOB NOT NULL CHECK (length(sha256) = 32),
    received_at INTEGER NOT NULL,
    UNIQUE (account, reference, sha256)
) STRICT;

-- Reports about our messages; one whose message is not known yet waits for it.
CREATE TABLE reports (
    sequence        INTEGER PRIMARY KEY AUTOINCREMENT,
    account         BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    reference       TEXT NOT NULL,
    other_reference TEXT,
    state           TEXT NOT NULL,
    words           TEXT,
    received_at     INTEGER NOT NULL,
    message         BLOB REFERENCES messages (id) ON DELETE CASCADE,
    UNIQUE (account, reference, state)
) STRICT;
CREATE INDEX reports_of_message ON reports (message);
CREATE INDEX reports_waiting ON reports (account, reference) WHERE message IS NULL;
CREATE INDEX reports_waiting_other ON reports (account, other_reference)
    WHERE message IS NULL AND other_reference IS NOT NULL;

CREATE TABLE webhook_paths (
    token          TEXT PRIMARY KEY NOT NULL CHECK (length(token) = 64),
    account        BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at     INTEGER NOT NULL,
    valid_until    INTEGER,               -- set when a newer one was made
    last_called_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX webhook_paths_of_account ON webhook_paths (account, created_at);

-- Times in which the program listened; the gaps lie between them.
CREATE TABLE listening (
    sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
    began_at    INTEGER NOT NULL,
    heard_until INTEGER NOT NULL          -- moved on while it listens
) STRICT;

-- Accounts whose queue at the gateway is being cleared. One that is left over at a start may have been cleared.
CREATE TABLE clearings (
    account  BLOB PRIMARY KEY NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    begun_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 2;
