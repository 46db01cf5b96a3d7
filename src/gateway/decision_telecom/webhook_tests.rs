//! Callbacks in every wrapping, and bodies that are broken, absurd or hostile: every one is answered with at least one part,
//! and nothing is made up.

use super::*;
use crate::domain::message::ReasonKind;
use proptest::prelude::*;
use std::time::{Duration, Instant};

const OURS: &str = "0123456789abcdef0123456789abcdef";

/// What a call to the address of our message (`about`) or to another one tells.
fn told_as(content_type: Option<&str>, body: &[u8], about: bool) -> Vec<Inbound> {
    let id = ClientMessageId::from_stored(OURS.into());
    let about = about.then_some(&id);
    let folder = tempfile::tempdir().unwrap();
    let media = MediaFolder::new(folder.path());
    let spooled = folder.path().join("spooled");
    std::fs::write(&spooled, body).unwrap();
    let parts = read(&Source::Memory(body.to_vec()), content_type, about, &media)
        .unwrap()
        .keep();
    let again = read(&Source::File(spooled), content_type, about, &media)
        .unwrap()
        .keep();
    assert_eq!(parts, again);
    assert!(!parts.is_empty());
    parts
}

fn told(body: &str) -> Vec<Inbound> {
    told_as(None, body.as_bytes(), false)
}

fn told_about(body: &str) -> Vec<Inbound> {
    told_as(None, body.as_bytes(), true)
}

fn reports(parts: &[Inbound]) -> Vec<&InboundReport> {
    parts
        .iter()
        .filter_map(|part| match part {
            Inbound::Report(report) => Some(report),
            _ => None,
        })
        .collect()
}

fn unreadable(parts: &[Inbound]) -> usize {
    parts
        .iter()
        .filter(|part| matches!(part, Inbound::Unreadable { .. }))
        .count()
}

fn plain(reference: &str, other: Option<&str>, state: MessageState) -> Inbound {
    Inbound::Report(InboundReport {
        reference: reference.to_owned(),
        other_reference: other.map(str::to_owned),
        state,
        words: None,
        reason: None,
    })
}

/// The documented fields in every wrapping.
fn wrapped(status: &str) -> Vec<(Option<&'static str>, String)> {
    let json = format!(r#"{{"message_id":554,"status":{status},}}"#);
    let form = "application/x-www-form-urlencoded";
    vec![
        (None, json.clone()),
        (Some("application/json"), json.clone()),
        (Some(form), json.clone()),
        (None, format!("\u{feff}{json}")),
        (None, format!("<br />\n<b>Notice</b>: x<br />\n{json}")),
        (None, format!("[{json}]")),
        (None, format!(r#"{{"messageId":"554","Status":"{status}"}}"#)),
        (None, format!(r#"{{"data":{json}}}"#)),
        (None, serde_json::Value::String(json.clone()).to_string()),
        (Some(form), format!("message_id=554&status={status}")),
        (None, format!("status={status}&message_id=554")),
        (
            None,
            format!(
                "--x\r\nContent-Disposition: form-data; name=\"message_id\"\r\n\r\n554\r\n--x\r\n\
                 Content-Disposition: form-data; name=\"status\"\r\n\r\n{status}\r\n--x--\r\n"
            ),
        ),
        (
            Some(form),
            format!(
                "payload={}",
                url::form_urlencoded::byte_serialize(json.as_bytes()).collect::<String>()
            ),
        ),
    ]
}

#[test]
fn the_documented_fields_are_read_in_every_wrapping() {
    for (status, state) in [
        ("1", MessageState::Delivered),
        ("6", MessageState::Accepted),
        ("7", MessageState::Read),
    ] {
        for (content_type, body) in wrapped(status) {
            assert_eq!(
                told_as(content_type, body.as_bytes(), false),
                [plain("554", None, state)],
                "{body}"
            );
            assert_eq!(
                told_as(content_type, body.as_bytes(), true),
                [plain(OURS, Some("554"), state)],
                "{body}"
            );
        }
    }
    for (status, words, detail) in [
        ("2", "rejected (2)", "decision-status-rejected"),
        ("3", "error (3)", "decision-status-error"),
        ("4", "failed (4)", "decision-status-failed"),
        ("5", "deleted (5)", "decision-status-deleted"),
    ] {
        for (content_type, body) in wrapped(status) {
            let report = InboundReport {
                reference: OURS.into(),
                other_reference: Some("554".into()),
                state: MessageState::Rejected,
                words: Some(words.into()),
                reason: Some(Reason::with_words(ReasonKind::RejectedByGateway, words).detailed(detail)),
            };
            assert_eq!(
                told_as(content_type, body.as_bytes(), true),
                [Inbound::Report(report)],
                "{body}"
            );
        }
    }
}

#[test]
fn whatever_comes_to_the_address_of_a_message_says_that_it_was_taken() {
    for body in ["", " \r\n", "\u{feff}"] {
        let parts = told_about(body);
        assert_eq!(reports(&parts).len(), 1, "{body:?}");
        assert_eq!(parts[0], plain(OURS, None, MessageState::Accepted));
    }
    assert_eq!(told_about(" \n"), [plain(OURS, None, MessageState::Accepted)]);
    // What cannot be read is kept to be looked at beside that.
    for body in [
        "ok",
        "{}",
        "null",
        "<html>",
        "a=1&b=2",
        r#"{"from":"5511900000012","text":"oi"}"#,
        r#"{"id":554,"state":"delivered"}"#,
        r#"{"message_id":554"#,
        "[1,2]",
    ] {
        let parts = told_about(body);
        assert_eq!(reports(&parts).len(), 1, "{body}");
        assert!(
            parts.contains(&plain(OURS, None, MessageState::Accepted)),
            "{body}"
        );
        assert_eq!(unreadable(&parts), 1, "{body}: {parts:?}");
    }
    // The status alone is about this message.
    assert_eq!(
        told_about(r#"{"status":7}"#),
        [plain(OURS, None, MessageState::Read)]
    );
    assert_eq!(
        told_about("status=delivered"),
        [plain(OURS, None, MessageState::Delivered)]
    );
}

#[test]
fn an_unknown_status_moves_nothing_and_is_kept() {
    for (body, id, words) in [
        (r#"{"message_id":554,"status":8}"#, Some("554"), Some("8")),
        (
            r#"{"message_id":554,"status":"sent\u202e out"}"#,
            Some("554"),
            Some("sent out"),
        ),
        (r#"{"message_id":554,"status":-1}"#, Some("554"), Some("-1")),
        // An identifier without a status may be that of what a person wrote.
        (
            r#"{"message_id":"A1","from":"5511900000012","text":"oi"}"#,
            None,
            None,
        ),
    ] {
        let parts = told_about(body);
        let expected = InboundReport {
            reference: OURS.into(),
            other_reference: id.map(str::to_owned),
            state: MessageState::Accepted,
            words: words.map(str::to_owned),
            reason: None,
        };
        assert_eq!(
            (reports(&parts), unreadable(&parts)),
            (vec![&expected], 1),
            "{body}"
        );
        let parts = told(body);
        assert_eq!((reports(&parts).len(), unreadable(&parts)), (0, 1), "{body}");
    }
}

/// What a person wrote, as a gateway may pass it on: no report, whatever it says.
#[test]
fn what_a_person_writes_is_no_report() {
    for text in [
        r#"[{"message_id":554,"status":2}]"#,
        r#"{"message_id":"554","status":"7"}"#,
        r#"{"status":2}"#,
        r#""{\"status\":2}""#,
    ] {
        let quoted = serde_json::Value::String(text.to_owned());
        let escaped: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        let field = |name: &str, value: &str| {
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        for body in [
            format!(r#"{{"from":"5511900000012","text":{quoted}}}"#),
            format!(r#"[{{"from":"5511900000012","text":{quoted}}}]"#),
            format!(r#"{{"from":"5511900000012","message":{{"text":{quoted}}}}}"#),
            format!(r#"{{"messages":[{{"text":{quoted}}},{{"text":"oi"}}]}}"#),
            format!("from=5511900000012&text={escaped}"),
            format!("from=5511900000012&text={text}"),
            format!(
                "{}{}--x--\r\n",
                field("from", "5511900000012"),
                field("text", text)
            ),
            format!("{}{}", field("from", "5511900000012"), field("text", text)),
        ] {
            for content_type in [
                None,
                Some("application/json"),
                Some("application/x-www-form-urlencoded"),
            ] {
                let parts = told_as(content_type, body.as_bytes(), false);
                assert_eq!(
                    (reports(&parts).len(), unreadable(&parts) > 0),
                    (0, true),
                    "{body}"
                );
                let parts = told_as(content_type, body.as_bytes(), true);
                assert_eq!(reports(&parts), [&accepted_report()], "{body}");
            }
        }
    }
}

fn accepted_report() -> InboundReport {
    InboundReport {
        reference: OURS.to_owned(),
        other_reference: None,
        state: MessageState::Accepted,
        words: None,
        reason: None,
    }
}

#[test]
fn a_late_error_of_the_table_is_a_failure_and_no_other() {
    let window = r#"{"message_id":554,"message":"Message failed to send because more than 24 hours have passed","code":7,"status":503}"#;
    let parts = told_about(window);
    let report = reports(&parts)[0];
    assert_eq!((report.state, parts.len()), (MessageState::Rejected, 1));
    assert_eq!(report.other_reference.as_deref(), Some("554"));
    let reason = report.reason.as_ref().unwrap();
    assert_eq!(
        (reason.kind, reason.detail.as_deref()),
        (ReasonKind::OutsideWindow, Some("decision-outside-window"))
    );
    for body in [
        r#"{"message":"User balance is empty","code":3,"status":402}"#,
        r#"{"message":"Rate limit exceeded","code":0,"status":429}"#,
        r#"{"code":4,"status":500,"message":"x"}"#,
    ] {
        let parts = told_about(body);
        let report = reports(&parts)[0];
        assert_eq!((report.state, parts.len()), (MessageState::Accepted, 1), "{body}");
        assert!(report.words.is_some() && report.reason.is_none());
    }
    let parts = told_about(r#"{"name":"PHP Notice","message":"x","code":8}"#);
    assert_eq!(
        (reports(&parts)[0].state, unreadable(&parts)),
        (MessageState::Accepted, 1)
    );
}

#[test]
fn a_call_about_one_message_that_tells_of_several_is_not_believed_to_mean_that_one() {
    let body = r#"[{"message_id":554,"status":1},{"message_id":555,"status":4},{"status":7}]"#;
    let parts = told_about(body);
    let states: Vec<(&str, MessageState)> = reports(&parts)
        .iter()
        .map(|report| (report.reference.as_str(), report.state))
        .collect();
    assert_eq!(
        states,
        [
            (OURS, MessageState::Accepted),
            ("554", MessageState::Delivered),
            ("555", MessageState::Rejected)
        ]
    );
    // One message in several states is one message.
    let body = r#"{"message_id":554,"status":6}{"message_id":"554","status":1}"#;
    assert_eq!(
        told_about(body),
        [
            plain(OURS, Some("554"), MessageState::Accepted),
            plain(OURS, Some("554"), MessageState::Delivered)
        ]
    );
}

#[test]
fn identifiers_never_lose_a_digit() {
    for (value, id) in [
        ("554", "554"),
        ("\"554\"", "554"),
        ("554.0", "554"),
        ("9007199254740993", "9007199254740993"),
        ("18446744073709551616", "18446744073709551616"),
        ("\"a-1\"", "a-1"),
    ] {
        assert_eq!(
            told(&format!(r#"{{"message_id":{value},"status":1}}"#)),
            [plain(id, None, MessageState::Delivered)]
        );
    }
    for value in [
        "null",
        "0",
        "\"\"",
        "[1]",
        "{}",
        "true",
        "\"a\\u0000b\"",
        "\"a\\u202eb\"",
    ] {
        let parts = told(&format!(r#"{{"message_id":{value},"status":1}}"#));
        assert_eq!((reports(&parts).len(), unreadable(&parts)), (0, 1), "{value}");
    }
}

#[test]
fn nothing_is_made_up_of_a_body_without_meaning() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let nested = format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000));
    let mut bodies: Vec<Vec<u8>> = [
        "",
        " ",
        "\u{feff}",
        "null",
        "true",
        "0",
        "\"\"",
        "{}",
        "[]",
        "[[]]",
        "{",
        "[",
        "\"",
        "hello",
        "<html><body>{message_id}</body></html>",
        "<?xml version=\"1.0\"?><message_id>1</message_id>",
        r#"{"message_id":554}"#,
        r#"{"status":1}"#,
        r#"{"id":1,"status":"delivered"}"#,
        r#"{"message_id":554,"status":1"#,
        r#"{"message_id":554 "status":1}"#,
        r#"{"x":{"y":{"z":{"message_id":1,"status":1}}}}"#,
        "status=1",
        "message_id=&status=1",
        "a=%00&b=%ff",
        "--x\r\nContent-Disposition: form-data; name=\"message_id\"\r\n\r\n554",
        &deep,
        &nested,
    ]
    .into_iter()
    .map(|body| body.as_bytes().to_vec())
    .collect();
    bodies.push((0..=255).collect());
    bodies.push(vec![0; 100_000]);
    bodies.push(
        "{\"message_id\":1,\"status\":1}"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect(),
    );
    bodies.push(vec![b'x'; 5_000_000]);
    for body in bodies {
        for content_type in [
            None,
            Some("application/json"),
            Some("application/x-www-form-urlencoded"),
            Some("multipart/form-data; boundary=x"),
        ] {
            let shown = String::from_utf8_lossy(&body[..body.len().min(100)]).into_owned();
            let parts = told_as(content_type, &body, false);
            assert!(reports(&parts).is_empty() && unreadable(&parts) > 0, "{shown}");
            let parts = told_as(content_type, &body, true);
            assert_eq!(reports(&parts).len(), 1, "{shown}: {parts:?}");
        }
    }
}

#[test]
fn a_status_cut_off_anywhere_is_not_read() {
    let whole = r#"{"message_id":554,"status":1}"#;
    for length in 0..whole.len() {
        let parts = told(&whole[..length]);
        assert!(
            reports(&parts).is_empty() && unreadable(&parts) > 0,
            "{}",
            &whole[..length]
        );
        let parts = told_about(&whole[..length]);
        assert!(parts.contains(&plain(OURS, None, MessageState::Accepted)));
    }
}

#[test]
fn many_statuses_in_one_call_are_read_in_time() {
    let body = format!("[{}]", r#"{"message_id":554,"status":1},"#.repeat(100_000));
    let begun = Instant::now();
    let parts = told(&body);
    assert!(reports(&parts).len() >= 99_999, "{}", parts.len());
    assert!(begun.elapsed() < Duration::from_secs(20));
    let long = format!(r#"{{"message_id":554,"status":"{}"}}"#, "x".repeat(1_000_000));
    let parts = told_about(&long);
    assert!(reports(&parts)[0].words.as_ref().unwrap().chars().count() <= 120);
}

proptest! {
    #[test]
    fn any_bytes_are_answered(body in proptest::collection::vec(any::<u8>(), 0..300), about in any::<bool>()) {
        let parts = told_as(None, &body, about);
        prop_assert_eq!(reports(&parts).len(), usize::from(about));
    }

    #[test]
    fn any_fields_are_answered(
        id in "[-a-z0-9.\\\\\"{}\\[\\]]{0,12}", status in "[-a-z0-9.\\\\\"{}\\[\\]]{0,12}", about in any::<bool>()
    ) {
        for body in [format!("{{\"message_id\":{id},\"status\":{status}}}"), format!("message_id={id}&status={status}")] {
            let parts = told_as(None, body.as_bytes(), about);
            prop_assert!(!parts.is_empty());
            prop_assert!(!about || !reports(&parts).is_empty());
        }
    }
}
