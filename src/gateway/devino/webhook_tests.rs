//! Statuses: what the document shows, and how they come in other words.

use super::*;
use crate::domain::MessageState;
use crate::domain::message::{Reason, ReasonKind};
use MessageState::{Accepted, Delivered, Read, Rejected, Sent};

pub(super) const OURS: &str = "0123456789abcdef0123456789abcdef";

/// Reads a body once from memory and once from a file; both come to the same, and leave no file.
pub(super) fn told_with(content_type: Option<&str>, about: Option<&str>, body: &[u8]) -> Vec<Inbound> {
    let folder = tempfile::tempdir().unwrap();
    let media_folder = folder.path().join("media");
    let media = MediaFolder::new(&media_folder);
    let spooled = folder.path().join("spooled");
    std::fs::write(&spooled, body).unwrap();
    let about = about.map(|about| ClientMessageId::from_stored(about.to_owned()));
    let parts = |source: &Source| {
        super::read(source, content_type, about.as_ref(), &media)
            .unwrap()
            .keep()
    };
    let found = parts(&Source::Memory(body.to_vec()));
    assert_eq!(found, parts(&Source::File(spooled)));
    assert!(!found.is_empty() && !media_folder.exists());
    found
}

pub(super) fn told(body: &str) -> Vec<Inbound> {
    told_with(None, None, body.as_bytes())
}

pub(super) fn reports(parts: &[Inbound]) -> Vec<&InboundReport> {
    parts
        .iter()
        .filter_map(|part| match part {
            Inbound::Report(report) => Some(report),
            _ => None,
        })
        .collect()
}

/// The report of a status with these fields beside its identifiers.
fn report(fields: &str) -> InboundReport {
    let body = format!("[{{\"messageId\":7,\"ts\":1700000000000,{fields},\"options\":\"{OURS}\"}}]");
    match told(&body).as_slice() {
        [Inbound::Report(report)] => report.clone(),
        other => panic!("{body}: {other:?}"),
    }
}

#[test]
fn the_documents_sample() {
    let body = r#"[
    {
        "messageId": 1,
        "ts": 0,
        "status": "DELIVERED",
        "errorCode": 0,
        "ip": "127.0.0.1",
        "browser": "string",
        "os": "string",
        "userAgent": "string",
        "options": "string"
    }
]"#;
    let expected = InboundReport {
        reference: "1".into(),
        other_reference: Some("string".into()),
        state: Delivered,
        words: None,
        reason: None,
    };
    assert_eq!(told(body), [Inbound::Report(expected)]);
}

#[test]
fn words_are_read_in_any_case_and_unknown_ones_are_kept() {
    for (word, state, kept, kind) in [
        ("DELIVERED", Delivered, None, None),
        (" delivered ", Delivered, None, None),
        ("SENT", Sent, None, None),
        ("Read", Read, None, None),
        ("SEEN", Read, None, None),
        (
            "UNDELIVERED",
            Rejected,
            Some("UNDELIVERED"),
            Some(ReasonKind::RejectedByGateway),
        ),
        (
            "NOT_DELIVERED",
            Rejected,
            Some("NOT_DELIVERED"),
            Some(ReasonKind::RejectedByGateway),
        ),
        (
            "REJECTED",
            Rejected,
            Some("REJECTED"),
            Some(ReasonKind::RejectedByGateway),
        ),
        (
            "FAILED",
            Rejected,
            Some("FAILED"),
            Some(ReasonKind::RejectedByGateway),
        ),
        ("EXPIRED", Rejected, Some("EXPIRED"), Some(ReasonKind::Expired)),
        ("ENQUEUED", Accepted, Some("ENQUEUED"), None),
        ("доставлено", Accepted, Some("доставлено"), None),
        ("DELIVERED?NOT", Accepted, Some("DELIVERED?NOT"), None),
    ] {
        for code in ["0", "null", "\"\"", "\"0\""] {
            let report = report(&format!("\"status\":\"{word}\",\"errorCode\":{code}"));
            assert_eq!(
                (report.state, report.words.as_deref()),
                (state, kept),
                "{word} {code}"
            );
            assert_eq!(report.reason.map(|reason| reason.kind), kind, "{word} {code}");
        }
    }
}

#[test]
fn an_error_code_is_a_failure_with_its_sentence() {
    for (fields, kind, detail, words) in [
        (
            r#""status":"UNDELIVERED","errorCode":2305"#,
            ReasonKind::InvalidRecipient,
            Some("devino-no-whatsapp"),
            "2305 UNDELIVERED",
        ),
        (
            r#""status":"SENT","errorCode":"2312""#,
            ReasonKind::OutsideWindow,
            Some("devino-outside-window"),
            "2312 SENT",
        ),
        (
            r#""status":"XYZ","errorCode":2308.0"#,
            ReasonKind::TemplateRefused,
            Some("devino-template-parameters"),
            "2308 XYZ",
        ),
        (
            r#""errorCode":2001"#,
            ReasonKind::TakenForSpam,
            Some("devino-spam"),
            "2001",
        ),
        (
            r#""status":"FAILED","errorCode":2306"#,
            ReasonKind::RejectedByGateway,
            Some("devino-late-undocumented"),
            "2306 FAILED",
        ),
        (
            r#""status":"FAILED","errorCode":17"#,
            ReasonKind::RejectedByGateway,
            Some("devino-late-undocumented"),
            "17 FAILED",
        ),
    ] {
        let report = report(fields);
        let reason = Reason {
            kind,
            words: Some(words.to_owned()),
            detail: detail.map(str::to_owned),
        };
        assert_eq!(
            (report.state, report.reason),
            (Rejected, Some(reason)),
            "{fields}"
        );
        assert_eq!(report.words.as_deref(), Some(words));
    }
    // At odds, or a code that is not known: the gateway has it, and more is not certain.
    for (fields, words) in [
        (r#""status":"DELIVERED","errorCode":2305"#, "2305 DELIVERED"),
        (r#""status":"READ","errorCode":2300"#, "2300 READ"),
        (r#""status":"PENDING","errorCode":17"#, "17 PENDING"),
        (r#""errorCode":-1"#, "-1"),
        (r#""status":"","errorCode":"oops""#, "oops"),
        (r#""errorCode":18446744073709551616"#, "18446744073709551616"),
    ] {
        let report = report(fields);
        assert_eq!(
            (report.state, report.words.as_deref()),
            (Accepted, Some(words)),
            "{fields}"
        );
        assert_eq!(report.reason, None, "{fields}");
    }
    let delivered = report(r#""status":"DELIVERED","errorCode":17"#);
    assert_eq!(
        (delivered.state, delivered.words.as_deref()),
        (Delivered, Some("17 DELIVERED"))
    );
}

#[test]
fn identifiers_keep_every_digit_and_either_will_do() {
    let references = |fields: &str| match told(&format!("{{{fields},\"status\":\"SENT\"}}")).as_slice() {
        [Inbound::Report(report)] => Some((report.reference.clone(), report.other_reference.clone())),
        _ => None,
    };
    let one = |reference: &str| Some((reference.to_owned(), None));
    for (told, expected) in [
        ("3482512350952730369", "3482512350952730369"),
        ("\"3482512350952730369\"", "3482512350952730369"),
        ("9007199254740993", "9007199254740993"),
        ("18446744073709551616", "18446744073709551616"),
        ("1e3", "1000"),
        ("12.0", "12"),
        ("\"a-1\"", "a-1"),
    ] {
        assert_eq!(
            references(&format!("\"messageId\":{told}")),
            one(expected),
            "{told}"
        );
    }
    let ours = Some((OURS.to_owned(), Some(OURS.to_owned())));
    for nothing in ["0", "null", "\"\"", "[1]", "true", "\"a\\u0000b\""] {
        let fields = format!("\"messageId\":{nothing},\"options\":\"{OURS}\"");
        assert_eq!(references(&fields), ours, "{nothing}");
        assert_eq!(references(&format!("\"messageId\":{nothing}")), None, "{nothing}");
    }
    assert_eq!(references("\"MESSAGEID\":7,\"Options\":null"), one("7"));
    assert_eq!(
        references(&format!("\"messageId\":7,\"options\":\"{OURS}\"")),
        Some(("7".to_owned(), Some(OURS.to_owned())))
    );
}

#[test]
fn a_call_to_the_address_of_a_message_is_about_it() {
    let about = |body: &str| {
        let parts = told_with(None, Some(OURS), body.as_bytes());
        reports(&parts)
            .into_iter()
            .map(|report| (report.reference.clone(), report.other_reference.clone()))
            .collect::<Vec<_>>()
    };
    let pair = |one: &str, two: Option<&str>| (one.to_owned(), two.map(str::to_owned));
    assert_eq!(
        about(r#"{"messageId":7,"status":"SENT"}"#),
        [pair("7", Some(OURS))]
    );
    assert_eq!(about(r#"{"ts":7,"status":"SENT"}"#), [pair(OURS, None)]);
    // What was sent along says more exactly which message is meant.
    assert_eq!(
        about(r#"{"messageId":7,"status":"SENT","options":"other"}"#),
        [pair("7", Some("other"))]
    );
    let several = r#"[{"messageId":7,"status":"SENT"},{"messageId":8,"status":"SENT"}]"#;
    assert_eq!(about(several), [pair("7", None), pair("8", None)]);
    let steps = r#"[{"messageId":7,"status":"SENT"},{"messageId":7,"status":"READ"}]"#;
    assert_eq!(about(steps), [pair("7", Some(OURS)), pair("7", Some(OURS))]);
    assert!(about("hello").is_empty());
}

#[test]
fn what_a_person_writes_is_no_report() {
    let status = r#"[{"messageId":7,"ts":1700000000000,"status":"UNDELIVERED","errorCode":2305}]"#;
    let quoted = serde_json::Value::String(status.to_owned());
    let escaped: String = url::form_urlencoded::byte_serialize(status.as_bytes()).collect();
    for body in [
        format!(r#"{{"sender":"5511900000012","body":{quoted}}}"#),
        format!(r#"[{{"sender":"5511900000012","message":{{"body":{quoted}}}}}]"#),
        format!("sender=5511900000012&body={escaped}"),
        format!("sender=5511900000012&body={status}"),
        format!("--x\r\nContent-Disposition: form-data; name=\"body\"\r\n\r\n{status}\r\n--x\r\nContent-Di"),
    ] {
        for about in [None, Some(OURS)] {
            let parts = told_with(None, about, body.as_bytes());
            assert!(
                matches!(parts.as_slice(), [Inbound::Unreadable { .. }]),
                "{body}: {parts:?}"
            );
        }
    }
    let message = format!(r#"{{"incomingMessageId":1,"from":"5511900000012","text":{quoted}}}"#);
    assert!(matches!(told(&message).as_slice(), [Inbound::Message(_)]));
}

#[test]
fn many_statuses_come_in_one_call() {
    let one = |id: u32| format!("{{\"messageId\":{id},\"status\":\"DELIVERED\",\"ts\":{id}}},");
    let body: String = (1..=100_000).map(one).collect();
    let body = format!("[{}]", body.trim_end_matches(','));
    // A body of this size is refused whole; in the bounds every one is read.
    assert_eq!(reports(&told(&body)).len(), 0);
    let body: String = (1..=50_000).map(one).collect();
    assert_eq!(reports(&told(&format!("[{body}]"))).len(), 50_000);
}
