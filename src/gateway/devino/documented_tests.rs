//! The document's two tables of errors, row by row: "Enviando", "Códigos de erro" and "Status de webhook", "Códigos de erro".

use super::errors::{RefusedFor, of_code};
use crate::gateway::testing::{Documented, Fault};
use crate::gateway::tolerant::Documents;

/// Key, reference, what is at fault.
#[rustfmt::skip]
const REFUSALS: &[(&str, &str, Option<Fault>)] = &[
    ("billing.error", "", Some(Fault::Money)),
    ("forbidden", "", None),
    ("unknown", "", None),
    ("invalid", "messages[i].to", Some(Fault::Recipient)),
    ("invalid", "messages[i].validity", Some(Fault::Validity)),
    ("invalid", "messages[i].callbackUrl", Some(Fault::Reports)),
    ("invalid", "messages[i].contentUrl", Some(Fault::Address)),
    ("invalid", "messages[i].contentType", Some(Fault::FileType)),
    ("invalid", "messages[i].from", Some(Fault::Sender)),
    ("invalid", "messages[i].languageCode", Some(Fault::Language)),
    ("length.too.long", "messages[i].to", Some(Fault::Recipient)),
    ("length.too.long", "messages[i].text", Some(Fault::Text)),
    ("length.too.long", "messages[i].languageCode", Some(Fault::Language)),
    ("length.too.short", "messages[i].contentName", Some(Fault::FileName)),
    ("length.too.short", "messages[i].languageCode", Some(Fault::Language)),
    ("must.be.not.null", "messages[i].to", Some(Fault::Recipient)),
    ("must.be.not.null", "messages", Some(Fault::Messages)),
    ("must.be.not.null", "messages[i].from", Some(Fault::Sender)),
    ("must.be.not.null", "messages[i]", Some(Fault::Text)),
    ("not.available", "messages[i].from", Some(Fault::Sender)),
    ("too.many.messages", "messages", Some(Fault::Messages)),
];

/// Code, the mark of what the table says of it, what is at fault.
#[rustfmt::skip]
const FAILURES: &[(u64, &str, Option<Fault>)] = &[
    (2000, "operator", Some(Fault::Recipient)),
    (2001, "spam", None),
    (2002, "billing", None), (2003, "billing", None), (2004, "billing", None),
    (2005, "funds", Some(Fault::Money)),
    (2006, "billing", None), (2007, "billing", None), (2008, "billing", None),
    (2009, "duplicate", None),
    (2010, "expired", Some(Fault::Validity)), (2011, "expired", Some(Fault::Validity)),
    (2012, "billing", None),
    (2017, "spam", None),
    (2300, "length", Some(Fault::Text)),
    (2301, "haste", Some(Fault::Messages)),
    (2302, "spam", None),
    (2303, "content", Some(Fault::FileType)),
    (2304, "length", Some(Fault::Text)),
    (2305, "no user", Some(Fault::Recipient)),
    (2307, "itself", Some(Fault::Recipient)),
    (2308, "count of parameters", Some(Fault::Parameters)),
    (2309, "no such language", Some(Fault::Language)), (2310, "no such language", Some(Fault::Language)),
    (2311, "length of parameter", Some(Fault::Parameters)),
    (2312, "outside", Some(Fault::Template)),
    (2313, "unknown afterwards", None),
];

/// What the document says a sentence may be about though its table has no such row.
#[rustfmt::skip]
const BESIDE: &[(&str, &str, Option<Fault>)] = &[
    ("length.too.long", "messages[i].contentName", Some(Fault::FileName)),
    ("invalid", "messages[i].text", Some(Fault::Text)),
    ("invalid", "messages[i].templateParams", Some(Fault::Parameters)),
    ("must.be.not.null", "messages[i].languageCode", Some(Fault::Language)),
    ("length.too.short", "messages[i].to", Some(Fault::Recipient)),
    ("not.available", "messages[i].templateId", Some(Fault::Template)),
];

fn refusal(&(key, place, fault): &(&str, &str, Option<Fault>)) -> Documented {
    let place = place.replace("[i]", "[0]");
    let body = format!("{{\"x\":[{{\"key\":\"{key}\",\"ref\":\"{place}\"}}]}}");
    let found = Documents::read(body.as_bytes());
    let told = RefusedFor::read(found.objects[0].get("x").unwrap()).remove(0);
    Documented {
        named: told.words(),
        alike: told.words(),
        fault,
        reason: told.meaning().reason(told.words()),
    }
}

/// Every row of the tables.
pub(crate) fn rows() -> Vec<Documented> {
    let failures = FAILURES.iter().map(|&(code, alike, fault)| Documented {
        named: code.to_string(),
        alike: alike.to_owned(),
        fault,
        reason: of_code(code).unwrap().reason(format!("{code} UNDELIVERED")),
    });
    REFUSALS.iter().map(refusal).chain(failures).collect()
}

/// What the tables leave out, and what a message that failed without a known code is told.
pub(crate) fn beside() -> Vec<Documented> {
    let undocumented = Documented {
        named: "2306".to_owned(),
        alike: "2306".to_owned(),
        fault: None,
        reason: of_code(2306).unwrap().reason("2306 UNDELIVERED"),
    };
    BESIDE.iter().map(refusal).chain([undocumented]).collect()
}
