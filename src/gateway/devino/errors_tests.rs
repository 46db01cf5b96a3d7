use super::*;
use crate::gateway::tolerant::Documents;
use ReasonKind::{
    Expired, InvalidAttachment, InvalidRecipient, OutsideWindow, PaymentNeeded, RejectedByGateway,
    SenderRefused, TakenForSpam, TemplateRefused, TextTooLong,
};

/// The document's table, as it stands there, and what each row must come to.
#[rustfmt::skip]
pub(in crate::gateway::devino) const DOCUMENTED: &[(&str, &str, ReasonKind)] = &[
    ("billing.error", "", PaymentNeeded),
    ("forbidden", "", RejectedByGateway),
    ("unknown", "", RejectedByGateway),
    ("invalid", "messages[i].to", InvalidRecipient),
    ("invalid", "messages[i].validity", RejectedByGateway),
    ("invalid", "messages[i].callbackUrl", RejectedByGateway),
    ("invalid", "messages[i].contentUrl", InvalidAttachment),
    ("invalid", "messages[i].contentType", InvalidAttachment),
    ("invalid", "messages[i].from", SenderRefused),
    ("invalid", "messages[i].languageCode", TemplateRefused),
    ("length.too.long", "messages[i].to", InvalidRecipient),
    ("length.too.long", "messages[i].text", TextTooLong),
    ("length.too.long", "messages[i].languageCode", TemplateRefused),
    ("length.too.short", "messages[i].contentName", InvalidAttachment),
    ("length.too.short", "messages[i].languageCode", TemplateRefused),
    ("must.be.not.null", "messages[i].to", InvalidRecipient),
    ("must.be.not.null", "messages", RejectedByGateway),
    ("must.be.not.null", "messages[i].from", SenderRefused),
    ("must.be.not.null", "messages[i]", RejectedByGateway),
    ("not.available", "messages[i].from", SenderRefused),
    ("too.many.messages", "messages", RejectedByGateway),
];

/// The codes of the status table, one by one.
#[rustfmt::skip]
const DOCUMENTED_CODES: &[(u64, ReasonKind)] = &[
    (2000, InvalidRecipient), (2001, TakenForSpam), (2002, RejectedByGateway), (2003, RejectedByGateway),
    (2004, RejectedByGateway), (2005, RejectedByGateway), (2006, RejectedByGateway), (2007, RejectedByGateway),
    (2008, RejectedByGateway), (2009, TakenForSpam), (2010, Expired), (2011, Expired), (2012, RejectedByGateway),
    (2017, TakenForSpam), (2300, TextTooLong), (2301, RejectedByGateway), (2302, TakenForSpam),
    (2303, InvalidAttachment), (2304, TextTooLong), (2305, InvalidRecipient), (2307, InvalidRecipient),
    (2308, TemplateRefused), (2309, TemplateRefused), (2310, TemplateRefused), (2311, TemplateRefused),
    (2312, OutsideWindow), (2313, RejectedByGateway),
];

fn reasons(json: &str) -> Vec<RefusedFor> {
    let found = Documents::read(format!("{{\"x\":{json}}}").as_bytes());
    RefusedFor::read(found.objects[0].get("x").unwrap())
}

fn reason(key: &str, place: &str) -> RefusedFor {
    let json = format!("[{{\"key\":\"{key}\",\"ref\":\"{place}\"}}]");
    reasons(&json).remove(0)
}

#[test]
fn every_documented_reason_has_its_class_and_sentence() {
    let mut seen = std::collections::BTreeSet::new();
    for (key, place, kind) in DOCUMENTED {
        for place in [
            *place,
            &place.replace("[i]", "[0]"),
            &place.replace("[i]", "[17]"),
        ] {
            let reason = reason(key, place);
            let meaning = reason.meaning();
            assert_eq!(meaning.kind, *kind, "{key} {place}");
            assert!(
                meaning.detail.is_some() && reason.is_documented(),
                "{key} {place}"
            );
            seen.insert((*key, meaning.detail));
        }
    }
    assert_eq!(seen.len(), DOCUMENTED.len(), "each has a sentence of its own");
    assert_eq!(REASONS.len(), DOCUMENTED.len());
}

#[test]
fn every_documented_code_has_its_class_and_sentence() {
    for (code, kind) in DOCUMENTED_CODES {
        let meaning = of_code(*code).unwrap();
        assert_eq!(meaning.kind, *kind, "{code}");
        assert!(meaning.detail.is_some(), "{code}");
    }
    let listed: usize = CODES.iter().map(|(codes, ..)| codes.len()).sum();
    assert_eq!(listed, DOCUMENTED_CODES.len());
    // Between the documented ones: a failure, of which no more is known.
    assert_eq!((of_code(2306), of_code(2013)), (Some(LATE), Some(LATE)));
    for none in [0, 1, 200, 1999, 2314, u64::MAX] {
        assert_eq!(of_code(none), None, "{none}");
    }
}

#[test]
fn references_are_read_in_every_writing() {
    for (place, index, field) in [
        ("messages[0].to", Some(0), "to"),
        (" Messages[12].CallbackUrl ", Some(12), "callbackurl"),
        ("messages[i].from", None, "from"),
        ("messages[3]", Some(3), ""),
        ("messages", None, "messages"),
        ("$.messages[2].text", Some(2), "text"),
        ("messages.2.text", Some(2), "text"),
        ("/messages/2/text", Some(2), "text"),
        ("to", None, "to"),
        ("messages[1].templateParams.2", Some(1), "templateparams.2"),
        ("messages[-1].to", None, "-1.to"),
        (
            "messages[99999999999999999999999].to",
            None,
            "99999999999999999999999.to",
        ),
        ("messages[[[", None, ""),
    ] {
        assert_eq!(named(place.trim()), (index, field.to_owned()), "{place}");
    }
}

#[test]
fn what_is_not_documented_keeps_its_words() {
    let meaning = |key: &str, place: &str| reason(key, place).meaning();
    for (key, place, kind, detail) in [
        (
            "invalid",
            "messages[0].contentName",
            InvalidAttachment,
            Some("devino-field-invalid?field=content-name"),
        ),
        (
            "length.too.long",
            "messages[0].contentName",
            InvalidAttachment,
            Some("devino-field-over?field=content-name&limit=100"),
        ),
        (
            "invalid",
            "messages[0].templateId",
            TemplateRefused,
            Some("devino-field-invalid?field=template-id"),
        ),
        (
            "invalid",
            "messages[0].templateParams.1",
            TemplateRefused,
            Some("devino-field-invalid?field=template-params"),
        ),
        (
            "not.available",
            "messages[0].to",
            InvalidRecipient,
            Some("devino-field-not-available?field=to"),
        ),
        (
            "must.be.not.null",
            "messages[0].text",
            RejectedByGateway,
            Some("devino-field-missing?field=text"),
        ),
        ("blocked", "messages[0].to", InvalidRecipient, None),
        ("blocked", "", RejectedByGateway, None),
        ("invalid", "", RejectedByGateway, None),
        ("invalid", "messages[0].whatever", RejectedByGateway, None),
        (
            "invalid",
            "messages[0].text",
            RejectedByGateway,
            Some("devino-field-invalid?field=text"),
        ),
    ] {
        let expected = Meaning { kind, detail };
        assert_eq!(meaning(key, place), expected, "{key} {place}");
    }
    let found = reasons(r#"["blocked",{"key":" INVALID ","ref":"messages[0].to"},{"ref":"x"},7,null,[]]"#);
    let words: Vec<String> = found.iter().map(RefusedFor::words).collect();
    assert_eq!(words, ["blocked", "invalid (messages[0].to)"]);
    assert_eq!(reasons(r#"{"key":"billing.error"}"#).len(), 1);
    assert!(reasons("null").is_empty() && reasons("7").is_empty() && reasons("\"\"").is_empty());
    assert_eq!(
        reason("too.many.messages", "").meaning().detail,
        Some("devino-too-many")
    );
}

#[test]
fn limits_in_sentences_are_those_that_are_kept_to() {
    use crate::domain::detail::Detail;
    use crate::gateway::devino::{CAPABILITIES, MEGABYTE, PICTURE_WARNED, requests::CONTENT_NAME_MAX};
    let limit = |detail: Option<&'static str>| -> u64 {
        let detail = Detail::read(detail.unwrap());
        let (_, limit) = detail.values.iter().find(|(name, _)| *name == "limit").unwrap();
        limit.parse().unwrap()
    };
    let told = |key: &str, field: &str| limit(reason(key, &format!("messages[0].{field}")).meaning().detail);
    assert_eq!(told("length.too.long", "text"), CAPABILITIES.text_limit as u64);
    assert_eq!(told("length.too.long", "contentName"), CONTENT_NAME_MAX as u64);
    assert_eq!(limit(of_code(2303).unwrap().detail), PICTURE_WARNED / MEGABYTE);
}
