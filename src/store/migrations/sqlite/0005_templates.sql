-- Templates, what became of messages by asking, and the time in which free text may be sent.

CREATE TABLE templates (
    id           BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    account      BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    key          TEXT NOT NULL,
    language     TEXT NOT NULL,
    body         TEXT NOT NULL,
    parameters   TEXT NOT NULL,                  -- JSON array of names and samples
    header_image INTEGER NOT NULL CHECK (header_image IN (0, 1)),
    updated_at   INTEGER NOT NULL,
    UNIQUE (account, key, language)
) STRICT;

ALTER TABLE drafts ADD COLUMN template TEXT;             -- JSON: which one is being filled in, its values, what it reads like

ALTER TABLE messages ADD COLUMN template TEXT;           -- JSON: key, language, values
ALTER TABLE messages ADD COLUMN reason_detail TEXT;
ALTER TABLE message_steps ADD COLUMN reason_detail TEXT;
CREATE TRIGGER messages_template_is_fixed BEFORE UPDATE OF template ON messages
WHEN OLD.template IS NOT NEW.template
BEGIN
    SELECT RAISE(ABORT, 'the content of a message is fixed');
END;

-- How long messages take, and when the last one was accepted: kept with every change, for the history has no account.
ALTER TABLE messages ADD COLUMN accepted_at INTEGER;     -- by the gateway, at the end of an attempt
ALTER TABLE messages ADD COLUMN delivered_at INTEGER;    -- reported
UPDATE messages SET
    accepted_at = (SELECT min(at) FROM message_steps AS s WHERE s.message = messages.id AND s.state = 'accepted'
                   AND s.reason_kind IS NOT 'confirmed-by-operator'),
    delivered_at = (SELECT min(at) FROM message_steps AS s WHERE s.message = messages.id AND s.state = 'delivered'
                    AND s.reason_kind IS NOT 'confirmed-by-operator')
WHERE direction = 'out';
CREATE INDEX messages_accepted ON messages (account, accepted_at) WHERE accepted_at IS NOT NULL;
CREATE INDEX messages_delivered ON messages (account, delivered_at, accepted_at)
    WHERE delivered_at IS NOT NULL AND accepted_at IS NOT NULL;
CREATE INDEX messages_problems_by_time ON messages (account, created_at) WHERE state IN ('rejected', 'unknown');
CREATE INDEX messages_received ON messages (account, created_at) WHERE direction = 'in';

-- Messages whose state is asked for, slower and slower.
CREATE TABLE message_polls (
    message BLOB PRIMARY KEY NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    account BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    since   INTEGER NOT NULL,                    -- when it was accepted
    tries   INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL
) STRICT;
CREATE INDEX message_polls_due ON message_polls (account, next_at);

-- Reports that say why.
ALTER TABLE reports ADD COLUMN reason_kind TEXT;
ALTER TABLE reports ADD COLUMN reason_detail TEXT;
CREATE INDEX reports_by_time ON reports (account, received_at);

-- Files that came as an address.
ALTER TABLE incoming ADD COLUMN content_url TEXT;
ALTER TABLE incoming ADD COLUMN content_name TEXT;

ALTER TABLE conversations ADD COLUMN last_wrote_at INTEGER;
UPDATE conversations SET last_wrote_at = (
    SELECT max(min(coalesce(i.sent_at, m.created_at), m.created_at)) FROM messages AS m
    JOIN incoming AS i ON i.message = m.id
    WHERE m.conversation = conversations.id AND m.direction = 'in');

PRAGMA user_version = 5;
