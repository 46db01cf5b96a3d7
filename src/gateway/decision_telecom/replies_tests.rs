use super::*;
use crate::domain::{MessageState, Secret};
use crate::gateway::http::Loss;
use proptest::prelude::*;
use std::time::Duration;

const CANARY: &str = "canary-7f3a9c";

fn redactor() -> Redactor {
    Redactor::new([&Secret::new(CANARY.into())])
}

fn answered_with(status: u16, body: impl Into<Vec<u8>>) -> Outcome {
    Outcome::Answered(Answer {
        status,
        retry_after: None,
        body: body.into(),
    })
}

/// What a call is for; the last two have one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Call {
    Send,
    State,
    Test,
}

const CALLS: [Call; 3] = [Call::Send, Call::State, Call::Test];

/// What an exchange came to, in words that fit every call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Good,
    Unclear,
    Refused,
    Credentials,
    Wait,
    NotSent,
}

fn end(call: Call, outcome: Outcome) -> End {
    let answer = match call {
        Call::Send => {
            return match report(outcome, &redactor()).verdict {
                SendVerdict::Accepted { .. } => End::Good,
                SendVerdict::Ambiguous(_) => End::Unclear,
                SendVerdict::Rejected(_) | SendVerdict::AlreadyKnown { .. } => End::Refused,
                SendVerdict::CredentialsRefused { .. } => End::Credentials,
                SendVerdict::Wait { .. } => End::Wait,
                SendVerdict::NotSent { .. } => End::NotSent,
            };
        }
        Call::State => state(outcome, "554", &redactor()).map(|_| ()),
        Call::Test => tested(outcome, &redactor()),
    };
    match answer {
        Ok(()) => End::Good,
        Err(GatewayError::Refused { .. }) => End::Refused,
        Err(GatewayError::CredentialsRefused { .. }) => End::Credentials,
        Err(GatewayError::RateLimited { .. }) => End::Wait,
        Err(GatewayError::Unreachable {
            may_have_left: false, ..
        }) => End::NotSent,
        Err(
            GatewayError::Unreadable { .. }
            | GatewayError::Failing { .. }
            | GatewayError::Unreachable { .. }
            | GatewayError::Unsupported,
        ) => End::Unclear,
    }
}

fn good(call: Call) -> String {
    match call {
        Call::Send => r#"{"message_id":554}"#.to_owned(),
        Call::State | Call::Test => r#"{"message_id":554,"status":1}"#.to_owned(),
    }
}

fn error(code: &str, status: &str, message: &str) -> String {
    format!(r#"{{"name":"Error","message":"{message}","code":{code},"status":{status}}}"#)
}

/// An error in the vendor's form that no table knows.
fn strange(status: u16) -> String {
    error("17", &status.to_string(), "não deu")
}

/// Every kind of reply that means the same for every call: name, status, body, what it must come to.
#[rustfmt::skip]
#[allow(clippy::too_many_lines, reason = "a table")]
fn kinds(call: Call) -> Vec<(&'static str, u16, Vec<u8>, End)> {
    use End::{Credentials, Good, Refused, Unclear, Wait};
    let good = good(call);
    let with = |more: &str| format!("{}{more}}}", &good[..good.len() - 1]).into_bytes();
    let warning = "<br />\n<b>Warning</b>:  Undefined array key \"x\" in <b>/srv/a.php</b> on line <b>7</b><br />\n";
    let html = "<!DOCTYPE html><html><style>p{margin:0}</style><body>Bom dia</body></html>";
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let bytes = |text: &str| text.as_bytes().to_vec();
    // What the questions call a fault of theirs shows, when it is a test, that the key was taken.
    let fault = if call == Call::Test { Good } else { Refused };
    // A message may be on its way for all that an error says which is not documented.
    let undocumented = if call == Call::Send { Unclear } else { fault };
    let rate = error("0", "429", "Rate limit exceeded");
    let parameter = error("1", "400", "Empty parameter or parameter validation error");
    vec![
        ("plain", 200, bytes(&good), Good),
        ("created", 201, bytes(&good), Good),
        ("mark", 200, format!("\u{feff}{good}").into_bytes(), Good),
        ("marks", 200, format!("\u{feff}\u{feff}\r\n{good}").into_bytes(), Good),
        ("warning before", 200, format!("{warning}{good}").into_bytes(), Good),
        ("warning after", 200, format!("{good}{warning}").into_bytes(), Good),
        ("HTML before", 200, format!("{html}{good}").into_bytes(), Good),
        ("HTML after", 200, format!("{good}{html}").into_bytes(), Good),
        ("dated log line", 200, format!("[21-Nov-2026 08:00:00] oi\n{good}").into_bytes(), Good),
        ("trailing comma", 200, with(","), Good),
        ("array of one", 200, format!("[{good}]").into_bytes(), Good),
        ("same twice", 200, format!("{good}{good}").into_bytes(), Good),
        ("another document first", 200, format!("{{\"debug\":1}}{good}").into_bytes(), Good),
        ("last key wins", 200, with(",\"message_id\":554"), Good),
        ("text", 200, good.replace("554", "\"554\"").into_bytes(), Good),
        ("decimal", 200, good.replace("554", "554.0").into_bytes(), Good),
        ("power of ten", 200, good.replace("554", "5.54e2").into_bytes(), Good),
        ("lone surrogate", 200, with(",\"x\":\"\\ud800 \\udc00\""), Good),
        ("Latin-1", 200, [&with(",\"x\":\"N")[..good.len() + 6], b"\xe3o\"}"].concat(), Good),
        ("deep field", 200, with(&format!(",\"x\":{}", deep(10_000))), Good),
        ("null fields", 200, with(",\"code\":null,\"message\":\"\",\"name\":null"), Good),
        ("numbers", 200, with(",\"a\":-1,\"b\":1e3,\"c\":9007199254740993,\"d\":18446744073709551616"), Good),
        ("friendly words", 200, with(",\"message\":\"Queued\""), Good),
        ("message inside", 200, format!("{{\"data\":{good}}}").into_bytes(), Unclear),
        ("at odds with an error", 200, with(",\"code\":3"), Unclear),
        ("at odds with a status", 200, with(",\"status\":500"), Unclear),
        ("at odds with words", 200, with(",\"message\":\"User balance is empty\""), Unclear),
        ("at odds", 200, format!("{good}{parameter}").into_bytes(), Unclear),
        ("two messages", 200, format!("{good}{}", good.replace("554", "555")).into_bytes(), Unclear),
        ("second cut off", 200, format!("{good}{{\"code\":1").into_bytes(), Unclear),
        ("array of two", 200, format!("[{good},{good}]").into_bytes(), Unclear),
        ("empty", 200, Vec::new(), Unclear),
        ("no content", 204, Vec::new(), Unclear),
        ("only a mark", 200, b"\xef\xbb\xbf".to_vec(), Unclear),
        ("HTML", 200, html.into(), Unclear),
        ("warning", 200, warning.into(), Unclear),
        ("half", 200, bytes(&good[..good.len() / 2]), Unclear),
        ("inside of half", 200, format!("{{\"code\":1,\"x\":{good}").into_bytes(), Unclear),
        ("broken before", 200, format!("{{\"code\":x}}{good}").into_bytes(), Unclear),
        ("broken within", 200, good.replacen(':', ":-,\"x\":", 1).into_bytes(), Unclear),
        ("deep only", 200, deep(10_000).into(), Unclear),
        ("null", 200, b"null".to_vec(), Unclear),
        ("number", 200, b"554".to_vec(), Unclear),
        ("only a text", 200, b"\"message_id\"".to_vec(), Unclear),
        ("nothing in it", 200, b"{}".to_vec(), Unclear),
        ("random bytes", 200, (0..=255).collect(), Unclear),
        ("UTF-16", 200, good.encode_utf16().flat_map(u16::to_le_bytes).collect(), Unclear),
        ("compressed", 200, b"\x1f\x8b\x08\0\0".repeat(50), Unclear),
        ("NULs", 200, vec![0; 10_000], Unclear),
        ("blanks", 200, vec![b' '; 10_000], Unclear),
        ("encoded twice", 200, serde_json::Value::String(good.clone()).to_string().into_bytes(), Unclear),
        ("XML", 200, b"<?xml version=\"1.0\"?><message_id>554</message_id>".to_vec(), Unclear),
        ("form", 200, b"message_id=554&status=1".to_vec(), Unclear),
        ("only words", 200, b"{\"message\":\"Hello\"}".to_vec(), Unclear),
        ("success of somebody else", 200, b"{\"code\":0,\"message\":\"success\"}".to_vec(), Unclear),
        ("code alone", 200, b"{\"code\":8}".to_vec(), Unclear),
        ("strange code alone", 200, b"{\"code\":17,\"message\":\"x\"}".to_vec(), Unclear),
        ("PHP's report", 200, error("8", "500", "Undefined index").replace("Error", "PHP Notice").into_bytes(), Unclear),
        ("request timed out", 408, html.into(), Unclear),
        ("request timed out in its form", 408, strange(408).into(), Unclear),
        ("in conflict in its form", 409, strange(409).into(), Unclear),
        ("moved", 302, Vec::new(), Unclear),
        ("moved and good", 302, bytes(&good), Unclear),
        ("moved for good", 308, bytes(&good), Unclear),
        ("moved and bad", 307, bytes(&parameter), Unclear),
        ("moved and limited", 301, bytes(&rate), Unclear),
        ("not found", 404, html.into(), Unclear),
        ("not found and good", 404, bytes(&good), Unclear),
        ("too large", 413, html.into(), Unclear),
        ("failed", 500, html.into(), Unclear),
        ("failed and good", 500, bytes(&good), Unclear),
        ("failed and strange", 500, strange(500).into(), Unclear),
        ("failed, strange and contradictory", 502, strange(400).into(), Unclear),
        ("failed in a 200", 200, strange(500).into(), Unclear),
        ("unavailable", 503, Vec::new(), Unclear),
        ("timed out behind", 504, html.into(), Unclear),
        ("unknown status", 999, html.into(), Unclear),
        ("no status of HTTP's", 200, error("17", "500000", "x").into(), Unclear),
        ("parameter", 400, bytes(&parameter), fault),
        ("parameter in a 200", 200, bytes(&parameter), fault),
        ("parameter as misprinted", 200, error("1", "4", "Empty parameter or parameter validation error").into(), fault),
        ("parameter and failed", 500, bytes(&parameter), fault),
        ("strange and bad", 400, strange(400).into(), undocumented),
        ("strange and bad in a 200", 200, strange(400).into(), undocumented),
        ("strange and not taken", 422, strange(422).into(), undocumented),
        ("no such address", 404, error("0", "404", "Page not found.").into(), Refused),
        ("not allowed", 405, error("0", "405", "Method Not Allowed").into(), Refused),
        ("unauthorised", 401, html.into(), Credentials),
        ("forbidden", 403, Vec::new(), Credentials),
        ("unauthorised in its form", 401, error("0", "401", "Invalid credentials").into(), Credentials),
        ("unauthorised in a 200", 200, error("0", "401", "Invalid credentials").into(), Credentials),
        ("unauthorised as the vendor's programs say", 401, b"{\"name\":\"Unauthorized\",\"status\":401}".to_vec(), Credentials),
        ("forbidden in its form", 403, strange(403).into(), Credentials),
        ("forbidden and good", 403, bytes(&good), Unclear),
        ("unauthorised and cut off", 401, b"{\"message_id\":5".to_vec(), Unclear),
        ("wrong file", 401, error("9", "401", "Invalid file extension").into(), fault),
        ("wrong type in a 200", 200, error("8", "401", "Invalid MIME type file_url").into(), fault),
        ("too many", 429, html.into(), Wait),
        ("too many in its form", 429, bytes(&rate), Wait),
        ("too many in a 200", 200, bytes(&rate), Wait),
        ("too many and strange", 429, strange(429).into(), Wait),
        ("too many and good", 429, bytes(&good), Unclear),
    ]
}

#[test]
fn every_kind_of_reply_to_every_call_is_judged_right() {
    for call in CALLS {
        let kinds = kinds(call);
        assert!(kinds.len() >= 80, "{}", kinds.len());
        for (name, status, body, expected) in kinds {
            let shown = String::from_utf8_lossy(&body[..body.len().min(300)]).into_owned();
            assert_eq!(
                end(call, answered_with(status, body)),
                expected,
                "{call:?}, {name}: {shown}"
            );
        }
    }
}

#[test]
fn every_documented_error_becomes_its_verdict() {
    let server =
        "The server encountered an unexpected condition which prevented it from fulfilling the request";
    let window = "Message failed to send because more than 24 hours have passed since the customer last replied to this \
         number. In this case, you can only send a template message";
    let reason = |kind, code: &str, words: &str, detail: &str| {
        Reason::with_words(kind, format!("{code}: {words}")).detailed(detail)
    };
    let rejected = |kind, code: &str, words: &str, detail: &str| {
        SendVerdict::Rejected(reason(kind, code, words, detail))
    };
    let wait = |kind, code: &str, words: &str, detail: &str| SendVerdict::Wait {
        reason: reason(kind, code, words, detail),
        retry_after: None,
    };
    let unclear = |code: &str| {
        SendVerdict::Ambiguous(reason(
            ReasonKind::GatewayFailure,
            code,
            server,
            "decision-server",
        ))
    };
    let parameter = "Empty parameter or parameter validation error";
    let (mime, extension) = ("Invalid MIME type file_url", "Invalid file extension");
    for (code, status, words, verdict, asked) in [
        (
            "0",
            429,
            "Rate limit exceeded",
            wait(
                ReasonKind::RateLimited,
                "0",
                "Rate limit exceeded",
                "decision-rate",
            ),
            End::Wait,
        ),
        (
            "1",
            400,
            parameter,
            rejected(
                ReasonKind::RejectedByGateway,
                "1",
                parameter,
                "decision-parameter",
            ),
            End::Refused,
        ),
        ("2", 500, server, unclear("2"), End::Unclear),
        (
            "3",
            402,
            "User balance is empty",
            wait(
                ReasonKind::PaymentNeeded,
                "3",
                "User balance is empty",
                "decision-balance",
            ),
            End::Refused,
        ),
        ("4", 500, server, unclear("4"), End::Unclear),
        ("5", 500, server, unclear("5"), End::Unclear),
        ("6", 500, server, unclear("6"), End::Unclear),
        (
            "7",
            503,
            window,
            rejected(ReasonKind::OutsideWindow, "7", window, "decision-outside-window"),
            End::Refused,
        ),
        (
            "8",
            401,
            mime,
            rejected(ReasonKind::InvalidAttachment, "8", mime, "decision-file-type"),
            End::Refused,
        ),
        (
            "9",
            401,
            extension,
            rejected(
                ReasonKind::InvalidAttachment,
                "9",
                extension,
                "decision-file-extension",
            ),
            End::Refused,
        ),
    ] {
        for http in [status, 200] {
            let body = format!(r#"{{"message":"{words}","code":{code},"status":{status}}}"#);
            let found = report(answered_with(http, body.clone()), &redactor());
            assert_eq!(found.verdict, verdict, "{http} {body}");
            assert_eq!(
                found.raw.as_deref(),
                Some(format!("HTTP {http}\n{body}").as_str())
            );
            assert_eq!(end(Call::State, answered_with(http, body)), asked, "{code}");
        }
    }
    for (status, kind, detail) in [
        (402, ReasonKind::PaymentNeeded, "decision-balance"),
        (429, ReasonKind::RateLimited, "decision-rate"),
    ] {
        let outcome = Outcome::Answered(Answer {
            status,
            retry_after: Some(Duration::from_secs(9)),
            body: Vec::new(),
        });
        let expected = SendVerdict::Wait {
            reason: Reason::with_words(kind, format!("HTTP {status}:")).detailed(detail),
            retry_after: Some(Duration::from_secs(9)),
        };
        assert_eq!(report(outcome, &redactor()).verdict, expected);
    }
    let body = r#"{"name":"Invalid Parameter: source_addr","message":"Empty parameter or parameter validation error","code":1,"status":400}"#;
    let SendVerdict::Rejected(found) = report(answered_with(200, body), &redactor()).verdict else {
        panic!("{body}");
    };
    assert_eq!(
        (found.kind, found.detail.as_deref()),
        (ReasonKind::SenderRefused, Some("decision-sender?limit=20"))
    );
}

#[test]
fn identifiers_never_lose_a_digit() {
    for (value, id) in [
        ("554", Some("554")),
        ("\"554\"", Some("554")),
        ("\" 554 \"", Some("554")),
        ("554.0", Some("554")),
        ("1e3", Some("1000")),
        ("9007199254740991", Some("9007199254740991")),
        ("9007199254740993", Some("9007199254740993")),
        ("3482512350952730368", Some("3482512350952730368")),
        ("9223372036854775808", Some("9223372036854775808")),
        ("18446744073709551616", Some("18446744073709551616")),
        ("\"a-554\"", Some("a-554")),
        ("0", None),
        ("\"0\"", None),
        ("-1", None),
        ("\"-1\"", None),
        ("null", None),
        ("\"\"", None),
        ("\" \"", None),
        ("true", None),
        ("[554]", None),
        ("{\"id\":554}", None),
        ("\"5\\u202e54\"", None),
        ("\"5\\u000054\"", None),
    ] {
        let verdict = report(
            answered_with(200, format!("{{\"message_id\":{value}}}")),
            &redactor(),
        )
        .verdict;
        match (verdict, id) {
            (SendVerdict::Accepted { gateway_id }, Some(id)) => {
                assert_eq!(gateway_id.as_deref(), Some(id), "{value}");
            }
            (SendVerdict::Ambiguous(reason), None) => {
                assert_eq!(reason.kind, ReasonKind::UnreadableAnswer, "{value}");
            }
            (verdict, _) => panic!("{value}: {verdict:?}"),
        }
    }
    let long = format!("{{\"message_id\":\"{}\"}}", "5".repeat(1_000));
    assert_eq!(end(Call::Send, answered_with(200, long)), End::Unclear);
}

#[test]
fn a_status_is_believed_only_of_the_message_asked_about() {
    let read = |body: &str| {
        state(answered_with(200, body), "554", &redactor())
            .map(|answer| (answer.state, answer.reason.is_some()))
    };
    for (body, expected) in [
        (
            r#"{"message_id":554,"status":1,}"#,
            (Some(MessageState::Delivered), false),
        ),
        (
            r#"{"message_id":"554","status":"7"}"#,
            (Some(MessageState::Read), false),
        ),
        (r#"{"status":6}"#, (None, false)),
        (
            r#"{"message_id":null,"status":2}"#,
            (Some(MessageState::Rejected), true),
        ),
        (
            r#"[{"message_id":554,"status":4}]"#,
            (Some(MessageState::Rejected), true),
        ),
        (
            r#"{"message_id":554,"status":"seen","code":null}"#,
            (Some(MessageState::Read), false),
        ),
    ] {
        assert_eq!(read(body), Ok(expected), "{body}");
    }
    for body in [
        r#"{"message_id":555,"status":1}"#,
        r#"{"message_id":554}"#,
        r#"{"message_id":554,"status":null}"#,
        r#"{"message_id":554,"status":0}"#,
        r#"{"message_id":554,"status":8}"#,
        r#"{"message_id":554,"status":-1}"#,
        r#"{"message_id":554,"status":"1x"}"#,
        r#"{"message_id":554,"status":[1]}"#,
        r#"{"message_id":554,"status":1,"code":2}"#,
        r#"{"message_id":554,"status":1}{"message_id":554,"status":7}"#,
    ] {
        assert!(
            matches!(read(body), Err(GatewayError::Unreadable { .. })),
            "{body}"
        );
    }
}

#[test]
fn a_reply_cut_off_anywhere_is_unclear() {
    for call in CALLS {
        for whole in [
            good(call),
            error("0", "429", "Rate limit exceeded"),
            error("8", "401", "Invalid MIME type file_url"),
            format!("[{}]", good(call)),
        ] {
            for length in 0..whole.len() {
                for body in [
                    &whole.as_bytes()[..length],
                    &[b"\xef\xbb\xbf<p>", &whole.as_bytes()[..length]].concat(),
                ] {
                    assert_eq!(
                        end(call, answered_with(200, body)),
                        End::Unclear,
                        "{call:?}, {length} bytes of {whole}"
                    );
                }
            }
        }
    }
}

#[test]
fn what_never_came_is_judged_by_how_it_was_lost() {
    let lost = |loss| Outcome::MaybeSent {
        loss,
        words: "reset by canary-7f3a9c".into(),
        partial: None,
    };
    for (loss, kind) in [
        (Loss::TimedOut, ReasonKind::TimedOut),
        (Loss::ConnectionLost, ReasonKind::ConnectionLost),
        (Loss::Unreadable, ReasonKind::UnreadableAnswer),
    ] {
        assert_eq!(
            report(lost(loss), &redactor()).verdict,
            SendVerdict::Ambiguous(Reason::with_words(kind, "reset by [secret]"))
        );
        for call in CALLS {
            assert_eq!(end(call, lost(loss)), End::Unclear);
            let not_sent = Outcome::NotSent { words: "dns".into() };
            assert_eq!(end(call, not_sent), End::NotSent);
        }
    }
    let partial = Outcome::MaybeSent {
        loss: Loss::ConnectionLost,
        words: "reset".into(),
        partial: Some(Answer {
            status: 200,
            retry_after: None,
            body: b"{\"message_id\":554,\"t\":\"canary-7f".to_vec(),
        }),
    };
    let raw = report(partial, &redactor()).raw.unwrap();
    assert_eq!(raw, "HTTP 200\n{\"message_id\":554,\"t\":\"[secret]");
}

#[test]
fn what_is_kept_of_an_answer_is_bounded() {
    let long = "é\u{202e}\0".repeat(2_000_000);
    let report = report(answered_with(200, error("1", "400", &long)), &redactor());
    let SendVerdict::Rejected(reason) = report.verdict else {
        panic!("{:?}", report.verdict);
    };
    assert_eq!(reason.words.unwrap().chars().count(), WORDS_MAX);
    assert_eq!(report.raw.unwrap().chars().count(), RAW_MAX);
}

proptest! {
    #[test]
    fn any_bytes_are_judged_and_never_believed(status in 200_u16..600, body in proptest::collection::vec(any::<u8>(), 0..300)) {
        for call in CALLS {
            let end = end(call, answered_with(status, body.clone()));
            let by_status = matches!((end, status), (End::Credentials, 401 | 403) | (End::Wait, 402 | 429) | (End::Refused, 402));
            prop_assert!(end == End::Unclear || by_status, "{:?}", end);
        }
    }

    #[test]
    fn a_damaged_reply_is_believed_only_if_it_says_so(
        from in 0_usize..120, length in 0_usize..30, noise in "[{}\\[\\]\":,a-z0-9 ]{0,12}", which in 0_usize..4
    ) {
        let wholes = [
            good(Call::Send),
            error("0", "429", "Rate limit exceeded"),
            error("1", "400", "Empty parameter or parameter validation error"),
            error("4", "500", "The server encountered an unexpected condition"),
        ];
        let whole = &wholes[which];
        let from = from.min(whole.len());
        let mut bytes = whole.clone().into_bytes();
        let to = (from + length).min(bytes.len());
        bytes.splice(from..to, noise.into_bytes());
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let found = end(Call::Send, answered_with(200, bytes));
        // A message that was taken is never called refused, and the other way round.
        match found {
            End::Good => prop_assert!(which == 0 && text.contains("\"message_id\""), "{}", text),
            End::Wait => prop_assert!(which == 1, "{}", text),
            End::Refused => prop_assert!(which != 0, "{}", text),
            End::Credentials => prop_assert!(text.contains("401") || text.contains("403"), "{}", text),
            End::Unclear | End::NotSent => {}
        }
    }
}

#[test]
fn a_gateway_that_fails_is_told_from_an_answer_that_cannot_be_read() {
    let html = b"<h1>no</h1>".to_vec();
    for (status, body, fails) in [
        (500, html.clone(), true),
        (503, Vec::new(), true),
        (500, strange(500).into_bytes(), true),
        (200, strange(500).into_bytes(), true),
        (
            200,
            error("4", "500", "The server encountered an unexpected condition").into_bytes(),
            true,
        ),
        (502, strange(400).into_bytes(), true),
        (200, html.clone(), false),
        (404, html, false),
    ] {
        let shown = String::from_utf8_lossy(&body).into_owned();
        let asked = state(answered_with(status, body), "554", &redactor()).unwrap_err();
        assert_eq!(
            matches!(asked, GatewayError::Failing { .. }),
            fails,
            "{status} {shown}: {asked:?}"
        );
        assert!(
            fails || matches!(asked, GatewayError::Unreadable { .. }),
            "{asked:?}"
        );
    }
    // The words of the table outweigh the status: the message is the reason, and not the gateway.
    let window = error("7", "503", "more than 24 hours have passed");
    assert!(matches!(
        state(answered_with(503, window), "554", &redactor()),
        Err(GatewayError::Refused { .. })
    ));
}
