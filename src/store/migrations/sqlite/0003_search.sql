-- Full-text search over every message, both ways.
--
-- The index holds each run of three characters of the folded text once per message, and no copy of the text: whatever
-- it finds is compared with `messages.search_text` afterwards. So parts of words are found as well as whole ones, in
-- scripts without blanks too. The second column holds one run that stands for the conversation (the number of its
-- first message as three characters of a private plane), by which a search is narrowed to some of them.

CREATE VIRTUAL TABLE messages_search USING fts5 (
    text, conversation,
    content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1'
);

-- In the order of sending: the index is built up fastest that way.
INSERT INTO messages_search (rowid, text, conversation)
SELECT m.sequence, m.search_text,
       char(0xF0000 + ((c.first >> 30) & 0x7FFF), 0xF0000 + ((c.first >> 15) & 0x7FFF), 0xF0000 + (c.first & 0x7FFF))
FROM messages AS m
CROSS JOIN (SELECT conversation, min(sequence) AS first FROM messages GROUP BY conversation) AS c
    ON c.conversation = m.conversation
ORDER BY m.sequence;

CREATE TRIGGER messages_search_added AFTER INSERT ON messages
BEGIN
    INSERT INTO messages_search (rowid, text, conversation)
    SELECT NEW.sequence, NEW.search_text,
           char(0xF0000 + ((first >> 30) & 0x7FFF), 0xF0000 + ((first >> 15) & 0x7FFF), 0xF0000 + (first & 0x7FFF))
    FROM (SELECT min(sequence) AS first FROM messages WHERE conversation = NEW.conversation);
END;

-- The name of a file may come after its message.
CREATE TRIGGER messages_search_changed AFTER UPDATE OF search_text ON messages
WHEN NEW.search_text <> OLD.search_text
BEGIN
    DELETE FROM messages_search WHERE rowid = OLD.sequence;
    INSERT INTO messages_search (rowid, text, conversation)
    SELECT NEW.sequence, NEW.search_text,
           char(0xF0000 + ((first >> 30) & 0x7FFF), 0xF0000 + ((first >> 15) & 0x7FFF), 0xF0000 + (first & 0x7FFF))
    FROM (SELECT min(sequence) AS first FROM messages WHERE conversation = NEW.conversation);
END;

CREATE TRIGGER messages_search_removed AFTER DELETE ON messages
BEGIN
    DELETE FROM messages_search WHERE rowid = OLD.sequence;
END;

-- How many messages of an account are in which state, kept with every change: counting a million takes too long.
CREATE TABLE message_counts (
    account BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    state   TEXT NOT NULL,
    aside   INTEGER NOT NULL CHECK (aside IN (0, 1)),
    number  INTEGER NOT NULL,
    PRIMARY KEY (account, state, aside)
) STRICT, WITHOUT ROWID;
INSERT INTO message_counts (account, state, aside, number)
SELECT account, state, put_aside_at IS NOT NULL, count(*) FROM messages WHERE direction = 'out' GROUP BY 1, 2, 3;

CREATE TRIGGER messages_are_counted AFTER INSERT ON messages
WHEN NEW.direction = 'out'
BEGIN
    INSERT INTO message_counts (account, state, aside, number)
    VALUES (NEW.account, NEW.state, NEW.put_aside_at IS NOT NULL, 1)
    ON CONFLICT (account, state, aside) DO UPDATE SET number = number + 1;
END;
CREATE TRIGGER messages_are_counted_anew AFTER UPDATE OF state, put_aside_at ON messages
WHEN NEW.direction = 'out'
     AND (OLD.state <> NEW.state OR (OLD.put_aside_at IS NULL) <> (NEW.put_aside_at IS NULL))
BEGIN
    UPDATE message_counts SET number = number - 1
    WHERE account = OLD.account AND state = OLD.state AND aside = (OLD.put_aside_at IS NOT NULL);
    INSERT INTO message_counts (account, state, aside, number)
    VALUES (NEW.account, NEW.state, NEW.put_aside_at IS NOT NULL, 1)
    ON CONFLICT (account, state, aside) DO UPDATE SET number = number + 1;
END;

PRAGMA user_version = 3;
