//! What the vendor's errors mean: the keys and references of a reply (document, section "Enviando", "Códigos de erro") and
//! the codes of a status (section "Status de webhook", "Códigos de erro"). Each has its class, and the key of a sentence
//! (`detail-…`) that says it in the operator's words, with what is filled into it.

use crate::domain::message::{Reason, ReasonKind};
use crate::gateway::tolerant::{Json, Object};

/// What an error means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning {
    /// Its class.
    pub(super) kind: ReasonKind,
    /// Its sentence, as a [`crate::domain::detail::Detail`] is written; `None` for what is not documented.
    pub(super) detail: Option<&'static str>,
}

impl Meaning {
    /// The reason, with the vendor's words.
    pub(super) fn reason(self, words: impl Into<String>) -> Reason {
        let reason = Reason::with_words(self.kind, words);
        match self.detail {
            Some(detail) => reason.detailed(detail),
            None => reason,
        }
    }
}

/// What no table knows.
const OTHER: Meaning = Meaning {
    kind: ReasonKind::RejectedByGateway,
    detail: None,
};

/// What came late and no table knows: the vendor had taken the message.
pub(super) const LATE: Meaning = Meaning {
    kind: ReasonKind::RejectedByGateway,
    detail: Some("devino-late-undocumented"),
};

/// What `ref` names when it is a message as a whole.
const WHOLE_MESSAGE: &str = "";
/// What `ref` names when it is the list of messages.
const LIST: &str = "messages";

/// Key, field that `ref` names (`None` where the table leaves it open), class, sentence.
type ReasonRow = (&'static str, Option<&'static str>, ReasonKind, &'static str);

/// Every row of the table of keys and references.
#[rustfmt::skip]
const REASONS: &[ReasonRow] = &[
    ("billing.error", None, ReasonKind::PaymentNeeded, "devino-billing"),
    (FORBIDDEN, None, ReasonKind::RejectedByGateway, "devino-forbidden"),
    ("unknown", None, ReasonKind::RejectedByGateway, "devino-unknown"),
    ("invalid", Some("to"), ReasonKind::InvalidRecipient, "devino-invalid-to"),
    ("invalid", Some("validity"), ReasonKind::RejectedByGateway, "devino-invalid-validity"),
    ("invalid", Some("callbackurl"), ReasonKind::RejectedByGateway, "devino-invalid-callback-url"),
    ("invalid", Some("contenturl"), ReasonKind::InvalidAttachment, "devino-invalid-content-url"),
    ("invalid", Some("contenttype"), ReasonKind::InvalidAttachment, "devino-invalid-content-type"),
    ("invalid", Some("from"), ReasonKind::SenderRefused, "devino-invalid-from"),
    ("invalid", Some("languagecode"), ReasonKind::TemplateRefused, "devino-invalid-language"),
    ("length.too.long", Some("to"), ReasonKind::InvalidRecipient, "devino-long-to"),
    ("length.too.long", Some("text"), ReasonKind::TextTooLong, LONG_TEXT),
    ("length.too.long", Some("languagecode"), ReasonKind::TemplateRefused, "devino-long-language"),
    ("length.too.short", Some("contentname"), ReasonKind::InvalidAttachment, "devino-short-content-name"),
    ("length.too.short", Some("languagecode"), ReasonKind::TemplateRefused, "devino-short-language"),
    ("must.be.not.null", Some("to"), ReasonKind::InvalidRecipient, "devino-no-to"),
    (NOT_NULL, Some(LIST), ReasonKind::RejectedByGateway, "devino-no-messages"),
    ("must.be.not.null", Some("from"), ReasonKind::SenderRefused, "devino-no-from"),
    ("must.be.not.null", Some(WHOLE_MESSAGE), ReasonKind::RejectedByGateway, "devino-no-content"),
    ("not.available", Some("from"), ReasonKind::SenderRefused, "devino-from-not-available"),
    (TOO_MANY, Some(LIST), ReasonKind::RejectedByGateway, "devino-too-many"),
];

const LONG_TEXT: &str = "devino-long-text?limit=1000";
const FORBIDDEN: &str = "forbidden";
const NOT_NULL: &str = "must.be.not.null";
const TOO_MANY: &str = "too.many.messages";

/// The keys that may stand at any field, the one a sentence of [`FIELDS`] belongs to by its position.
const KEYS: [&str; 5] = [
    "invalid",
    "length.too.long",
    "length.too.short",
    "must.be.not.null",
    "not.available",
];

/// Fields of a message (document, section "Parâmetros de solicitação"), and the sentence of each of [`KEYS`] for the
/// combinations that the table of errors leaves out.
#[rustfmt::skip]
const FIELDS: &[(&str, [&str; KEYS.len()])] = &[
    ("to", ["devino-field-invalid?field=to", "devino-field-long?field=to", "devino-field-short?field=to", "devino-field-missing?field=to", "devino-field-not-available?field=to"]),
    ("from", ["devino-field-invalid?field=from", "devino-field-long?field=from", "devino-field-short?field=from", "devino-field-missing?field=from", "devino-field-not-available?field=from"]),
    ("text", ["devino-field-invalid?field=text", "devino-field-long?field=text", "devino-field-short?field=text", "devino-field-missing?field=text", "devino-field-not-available?field=text"]),
    ("validity", ["devino-field-invalid?field=validity", "devino-field-long?field=validity", "devino-field-short?field=validity", "devino-field-missing?field=validity", "devino-field-not-available?field=validity"]),
    ("callbackurl", ["devino-field-invalid?field=callback-url", "devino-field-long?field=callback-url", "devino-field-short?field=callback-url", "devino-field-missing?field=callback-url", "devino-field-not-available?field=callback-url"]),
    ("callbackdata", ["devino-field-invalid?field=callback-data", "devino-field-long?field=callback-data", "devino-field-short?field=callback-data", "devino-field-missing?field=callback-data", "devino-field-not-available?field=callback-data"]),
    ("contenturl", ["devino-field-invalid?field=content-url", "devino-field-long?field=content-url", "devino-field-short?field=content-url", "devino-field-missing?field=content-url", "devino-field-not-available?field=content-url"]),
    ("contentname", ["devino-field-invalid?field=content-name", "devino-field-over?field=content-name&limit=100", "devino-field-short?field=content-name", "devino-field-missing?field=content-name", "devino-field-not-available?field=content-name"]),
    ("contenttype", ["devino-field-invalid?field=content-type", "devino-field-long?field=content-type", "devino-field-short?field=content-type", "devino-field-missing?field=content-type", "devino-field-not-available?field=content-type"]),
    ("templateid", ["devino-field-invalid?field=template-id", "devino-field-long?field=template-id", "devino-field-short?field=template-id", "devino-field-missing?field=template-id", "devino-field-not-available?field=template-id"]),
    ("templateparams", ["devino-field-invalid?field=template-params", "devino-field-long?field=template-params", "devino-field-short?field=template-params", "devino-field-missing?field=template-params", "devino-field-not-available?field=template-params"]),
    ("languagecode", ["devino-field-invalid?field=language-code", "devino-field-long?field=language-code", "devino-field-short?field=language-code", "devino-field-missing?field=language-code", "devino-field-not-available?field=language-code"]),
];

/// The sentence of a key of the table at a field of the document, where the table does not have both together.
fn undocumented(key: &str, field: &str) -> Option<&'static str> {
    let field = field.split('.').next().unwrap_or_default();
    let (_, details) = FIELDS.iter().find(|(name, _)| *name == field)?;
    let position = KEYS.iter().position(|known| *known == key)?;
    details.get(position).copied()
}

/// Codes, class, sentence.
type CodeRow = (&'static [u64], ReasonKind, &'static str);

/// Every row of the table of codes. Billing and haste are not classed as what is tried again by itself: the vendor had
/// taken the message and has given it up.
#[rustfmt::skip]
const CODES: &[CodeRow] = &[
    (&[2000], ReasonKind::InvalidRecipient, "devino-no-operator"),
    (&[2001, 2017, 2302], ReasonKind::TakenForSpam, "devino-spam"),
    (&[2002, 2003, 2004, 2006, 2007, 2008, 2012], ReasonKind::RejectedByGateway, "devino-billing-failed"),
    (&[2005], ReasonKind::RejectedByGateway, "devino-no-funds"),
    (&[2009], ReasonKind::TakenForSpam, "devino-duplicate"),
    (&[2010, 2011], ReasonKind::Expired, "devino-expired"),
    (&[2300, 2304], ReasonKind::TextTooLong, "devino-late-long-text"),
    (&[2301], ReasonKind::RejectedByGateway, "devino-too-fast"),
    (&[2303], ReasonKind::InvalidAttachment, "devino-content-refused?limit=5"),
    (&[2305], ReasonKind::InvalidRecipient, "devino-no-whatsapp"),
    (&[2307], ReasonKind::InvalidRecipient, "devino-own-number"),
    (&[2308], ReasonKind::TemplateRefused, "devino-template-parameters"),
    (&[2309, 2310], ReasonKind::TemplateRefused, "devino-template-language"),
    (&[2311], ReasonKind::TemplateRefused, "devino-template-parameter-long"),
    (&[2312], ReasonKind::OutsideWindow, "devino-outside-window"),
    (&[2313], ReasonKind::RejectedByGateway, "devino-late-unknown"),
];

/// The keys, after `detail-`, of every sentence that a reason of this gateway may name; some stand twice.
pub fn details() -> impl Iterator<Item = &'static str> {
    let reasons = REASONS.iter().map(|(.., detail)| *detail);
    let codes = CODES.iter().map(|(.., detail)| *detail).chain(LATE.detail);
    let fields = FIELDS.iter().flat_map(|(_, details)| details.iter().copied());
    reasons.chain(codes).chain(fields)
}

/// What a code of a status means. A code in the range of the table that the table leaves out is a failure too; any other
/// is none that is known, and 0 is no error.
pub(super) fn of_code(code: u64) -> Option<Meaning> {
    let known = CODES.iter().find(|(codes, ..)| codes.contains(&code));
    known
        .map(|(_, kind, detail)| Meaning {
            kind: *kind,
            detail: Some(detail),
        })
        .or_else(|| (2000..=2313).contains(&code).then_some(LATE))
}

/// One of `reasons`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RefusedFor {
    key: String,
    /// `ref` as it came.
    place: Option<String>,
    /// What it names.
    field: Option<String>,
    /// The message it names, by its position in the request.
    pub(super) index: Option<usize>,
}

impl RefusedFor {
    /// Reads `reasons`: a list of objects, one object, or only keys.
    pub(super) fn read(reasons: &Json) -> Vec<Self> {
        match reasons {
            Json::List(list) => list.iter().filter_map(Self::one).collect(),
            other => Self::one(other).into_iter().collect(),
        }
    }

    fn one(reason: &Json) -> Option<Self> {
        let (key, place) = match reason {
            Json::Object(object) => (object.text("key")?, place(object)),
            Json::Text(key) if !key.trim().is_empty() => (key.clone(), None),
            _ => return None,
        };
        let (index, field) = match &place {
            Some(place) => {
                let (index, field) = named(place);
                (index, Some(field))
            }
            None => (None, None),
        };
        Some(Self {
            key: key.trim().to_ascii_lowercase(),
            place,
            field,
            index,
        })
    }

    /// What it means.
    pub(super) fn meaning(&self) -> Meaning {
        let row = self.row();
        row.map_or_else(
            || self.by_field(),
            |(.., kind, detail)| Meaning {
                kind: *kind,
                detail: Some(detail),
            },
        )
    }

    /// Whether its key and reference are in the vendor's table.
    pub(super) fn is_documented(&self) -> bool {
        self.row().is_some()
    }

    /// Whether the key says nothing at all.
    pub(super) fn says_nothing(&self) -> bool {
        self.key == "unknown"
    }

    /// Whether it says that such a message must not be sent.
    pub(super) fn is_forbidden(&self) -> bool {
        self.key == FORBIDDEN
    }

    fn row(&self) -> Option<&'static ReasonRow> {
        REASONS
            .iter()
            .find(|(key, field, ..)| *key == self.key && (field.is_none() || *field == self.field.as_deref()))
    }

    /// The class and the sentence of an error that is not documented, by its key and the field it names.
    fn by_field(&self) -> Meaning {
        let field = self.field.as_deref().unwrap_or_default();
        let kind = match field.split('.').next().unwrap_or_default() {
            "to" => ReasonKind::InvalidRecipient,
            "from" => ReasonKind::SenderRefused,
            "contenturl" | "contentname" | "contenttype" => ReasonKind::InvalidAttachment,
            "templateid" | "templateparams" | "languagecode" => ReasonKind::TemplateRefused,
            _ if self.key == TOO_MANY => return self.too_many(),
            _ => ReasonKind::RejectedByGateway,
        };
        Meaning {
            kind,
            detail: undocumented(&self.key, field),
        }
    }

    fn too_many(&self) -> Meaning {
        REASONS
            .iter()
            .find(|(key, ..)| *key == TOO_MANY)
            .map_or(OTHER, |(.., kind, detail)| Meaning {
                kind: *kind,
                detail: Some(detail),
            })
    }

    /// Whether the batch was found too large.
    pub(super) fn is_too_many(&self) -> bool {
        self.key == TOO_MANY
    }

    /// Whether it says that there were no messages, or that the batch was too large: the request as a whole is meant.
    pub(super) fn is_about_the_list(&self) -> bool {
        self.is_too_many() || self.field.as_deref() == Some(LIST)
    }

    /// Whether it says that there were no messages.
    pub(super) fn is_no_messages(&self) -> bool {
        self.key == NOT_NULL && self.is_about_the_list()
    }

    /// Whether it speaks of a field of one message, even if it does not say of which.
    pub(super) fn is_about_a_message(&self) -> bool {
        self.field.is_some() && !self.is_about_the_list()
    }

    /// The vendor's words: key and reference.
    pub(super) fn words(&self) -> String {
        match &self.place {
            Some(place) => format!("{} ({place})", self.key),
            None => self.key.clone(),
        }
    }
}

fn place(object: &Object) -> Option<String> {
    object.text("ref").map(|place| place.trim().to_owned())
}

/// The position and the field, in lower case, that a reference names: `messages[2].to`, `messages[2]`, `messages`. In place
/// of the position the letter of the document may stand, and around it a path's own marks.
fn named(place: &str) -> (Option<usize>, String) {
    let place = place.to_ascii_lowercase();
    let place = place.trim_start_matches(['$', '.', '/']);
    let Some(rest) = place.strip_prefix(LIST) else {
        return (None, place.to_owned());
    };
    if rest.is_empty() {
        return (None, LIST.to_owned());
    }
    let mut parts = rest
        .split(['[', ']', '.', '/'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .peekable();
    let index = parts.peek().and_then(|part| part.parse().ok());
    if index.is_some() || parts.peek() == Some(&"i") {
        parts.next();
    }
    (index, parts.collect::<Vec<_>>().join("."))
}

#[cfg(test)]
#[path = "errors_tests.rs"]
pub(in crate::gateway::devino) mod tests;
