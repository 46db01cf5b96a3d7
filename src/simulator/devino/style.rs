//! How Devino writes: the same facts in the forms its document leaves open.

/// How Devino writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DevinoStyle {
    /// Whether `messageId` of a reply is text, as in the document, or a number.
    pub ids_as_text: bool,
    /// Whether `messageId` of a status is text, or a number, as in the document.
    pub status_ids_as_text: bool,
    /// Whether one faulty message has the whole request refused, with HTTP status 400 and the reasons at the top.
    pub refuses_whole: bool,
    /// Whether `ref` has the number of the message (`messages[0].to`), or the document's letter (`messages[i].to`).
    pub numbered_references: bool,
    /// What statuses are called.
    pub words: StatusWords,
    /// Most statuses for one address that come in one array, at least one.
    pub statuses_max: usize,
    /// How often each status is told, at least once.
    pub status_copies: usize,
    /// How often each incoming message is told, at least once.
    pub message_copies: usize,
    /// Whether what is known of a contact is text instead of objects.
    pub contacts_as_text: bool,
}

impl Default for DevinoStyle {
    fn default() -> Self {
        Self {
            ids_as_text: true,
            status_ids_as_text: false,
            refuses_whole: false,
            numbered_references: true,
            words: StatusWords::default(),
            statuses_max: 20,
            status_copies: 1,
            message_copies: 1,
            contacts_as_text: false,
        }
    }
}

/// What statuses are called; what has no word is not told. The document has one word, in a sample: `DELIVERED`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusWords {
    /// It left.
    pub sent: Option<String>,
    /// It arrived.
    pub delivered: Option<String>,
    /// It was seen.
    pub seen: Option<String>,
    /// It failed; comes with its `errorCode`.
    pub failed: Option<String>,
}

impl Default for StatusWords {
    fn default() -> Self {
        let word = |word: &str| Some(word.to_owned());
        Self {
            sent: None,
            delivered: word("DELIVERED"),
            seen: word("READ"),
            failed: word("UNDELIVERED"),
        }
    }
}
