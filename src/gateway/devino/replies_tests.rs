//! Every kind of reply to every call: one message, three messages, and the test that sends nothing.

use super::*;
use crate::domain::Secret;
use crate::gateway::http::Loss;
use proptest::prelude::*;

pub(super) const CANARY: &str = "canary-7f3a9c";

pub(super) fn redactor() -> Redactor {
    Redactor::new([&Secret::new(CANARY.into())])
}

pub(super) fn answered(status: u16, body: impl Into<Vec<u8>>) -> Outcome {
    Outcome::Answered(Answer {
        status,
        retry_after: None,
        body: body.into(),
    })
}

/// The calls of this gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Call {
    One,
    Three,
    Test,
}

const CALLS: [Call; 3] = [Call::One, Call::Three, Call::Test];

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

fn end_of(verdict: &SendVerdict) -> End {
    match verdict {
        SendVerdict::Accepted { .. } => End::Good,
        SendVerdict::Ambiguous(_) => End::Unclear,
        SendVerdict::Rejected(_) | SendVerdict::AlreadyKnown { .. } => End::Refused,
        SendVerdict::CredentialsRefused { .. } => End::Credentials,
        SendVerdict::Wait { .. } => End::Wait,
        SendVerdict::NotSent { .. } => End::NotSent,
    }
}

/// The same of every message; different ends of one reply have tests of their own.
fn end(call: Call, outcome: &Outcome) -> End {
    let count = match call {
        Call::One => 1,
        Call::Three => 3,
        Call::Test => {
            return match tested(outcome.clone(), &redactor()) {
                Ok(()) => End::Good,
                Err(GatewayError::Refused { .. }) => End::Refused,
                Err(GatewayError::CredentialsRefused { .. }) => End::Credentials,
                Err(GatewayError::RateLimited { .. }) => End::Wait,
                Err(GatewayError::Unreachable {
                    may_have_left: false, ..
                }) => End::NotSent,
                Err(_) => End::Unclear,
            };
        }
    };
    match judge(outcome, count, &redactor()) {
        Judgement::All(verdict) => end_of(&verdict),
        Judgement::Split | Judgement::TooMany => End::Refused,
        Judgement::Each(fates) => {
            assert_eq!(fates.len(), count);
            let ends: Vec<End> = fates
                .iter()
                .map(|fate| match fate {
                    Fate::Final(verdict) => end_of(verdict),
                    Fate::RefusedAlong => End::Refused,
                })
                .collect();
            assert!(ends.iter().all(|end| *end == ends[0]), "{ends:?}");
            ends[0]
        }
    }
}

/// The reply that says that all is well.
fn good(call: Call) -> String {
    match call {
        Call::One => r#"{"result":[{"code":"OK","messageId":"3482512350952730368"}]}"#.to_owned(),
        Call::Three => {
            let one = |id: u64| format!("{{\"code\":\"OK\",\"messageId\":\"{id}\"}}");
            format!("{{\"result\":[{},{},{}]}}", one(1), one(2), one(3))
        }
        Call::Test => {
            r#"{"code":"REJECTED","reasons":[{"key":"must.be.not.null","ref":"messages"}]}"#.to_owned()
        }
    }
}

/// A reply that refuses the whole call with this reason.
fn refusal(key: &str, description: &str) -> String {
    format!("{{\"code\":\"REJECTED\",\"reasons\":[{{\"key\":\"{key}\"}}],\"description\":\"{description}\"}}")
}

/// Every kind of reply that means the same for every call: name, status, body, what it must come to.
#[allow(clippy::too_many_lines, reason = "a table")]
fn kinds(call: Call) -> Vec<(&'static str, u16, Vec<u8>, End)> {
    use End::{Credentials, Good, Refused, Unclear, Wait};
    let good = good(call);
    let with = |more: &str| format!("{}{more}}}", &good[..good.len() - 1]).into_bytes();
    let forbidden = refusal("forbidden", "no");
    let warning = "<br />\n<b>Warning</b>:  x in <b>/srv/a.php</b> on line <b>7</b><br />\n";
    let html = "<!DOCTYPE html><html><style>p{margin:0}</style><body>Bom dia</body></html>";
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let spring =
        r#"{"timestamp":1,"status":500,"error":"Internal Server Error","path":"/whatsapp/messages"}"#;
    // A test is answered with a refusal, whose status is the vendor's matter.
    let only_with_2xx = if call == Call::Test { Good } else { Unclear };
    vec![
        ("plain", 200, good.clone().into(), Good),
        ("created", 201, good.clone().into(), Good),
        ("mark", 200, format!("\u{feff}{good}").into(), Good),
        ("marks", 200, format!("\u{feff}\u{feff}\r\n{good}").into(), Good),
        ("warning before", 200, format!("{warning}{good}").into(), Good),
        ("warning after", 200, format!("{good}{warning}").into(), Good),
        ("HTML before", 200, format!("{html}{good}").into(), Good),
        ("HTML after", 200, format!("{good}{html}").into(), Good),
        (
            "dated log line",
            200,
            format!("[21-Nov-2026] oi\n{good}").into(),
            Good,
        ),
        ("trailing comma", 200, with(","), Good),
        ("array of one", 200, format!("[{good}]").into(), Good),
        ("twice the same", 200, format!("{good}\n{good}").into(), Good),
        ("blanks", 200, good.replace(':', " :\r\n\t").into(), Good),
        (
            "more fields",
            200,
            with(",\"x\":null,\"y\":[1e3,-1,18446744073709551616]"),
            Good,
        ),
        ("lone surrogate", 200, with(",\"x\":\"\\ud800 \\udc00\""), Good),
        (
            "Latin-1",
            200,
            [&with(",\"x\":\"N")[..good.len() + 6], b"\xe3o\"}"].concat(),
            Good,
        ),
        ("raw control characters", 200, with(",\"x\":\"a\0\x1b\n\""), Good),
        ("deep field", 200, with(&format!(",\"x\":{}", deep(10_000))), Good),
        (
            "repeated key",
            200,
            format!("{{\"code\":\"x\",\"reasons\":[],{}", &good[1..]).into(),
            Good,
        ),
        (
            "long",
            200,
            with(&format!(",\"x\":\"{}\"", "y".repeat(1_000_000))),
            Good,
        ),
        ("empty", 200, Vec::new(), Unclear),
        ("no content", 204, Vec::new(), Unclear),
        ("only a mark", 200, b"\xef\xbb\xbf".to_vec(), Unclear),
        ("only HTML", 200, html.into(), Unclear),
        ("only a warning", 200, warning.into(), Unclear),
        (
            "truncated",
            200,
            good.as_bytes()[..good.len() - 2].to_vec(),
            Unclear,
        ),
        ("two at odds", 200, format!("{good}{forbidden}").into(), Unclear),
        (
            "second cut off",
            200,
            format!("{good}{{\"result\":[{{\"co").into(),
            Unclear,
        ),
        ("deep only", 200, deep(10_000).into(), Unclear),
        ("deep objects", 200, "{\"result\":".repeat(10_000).into(), Unclear),
        ("null", 200, b"null".to_vec(), Unclear),
        ("number", 200, b"12.0".to_vec(), Unclear),
        ("text", 200, b"\"OK\"".to_vec(), Unclear),
        ("nothing in it", 200, b"{}".to_vec(), Unclear),
        ("result is null", 200, br#"{"result":null}"#.to_vec(), Unclear),
        ("result is a text", 200, br#"{"result":"OK"}"#.to_vec(), Unclear),
        ("result is a number", 200, br#"{"result":1}"#.to_vec(), Unclear),
        (
            "result is an empty object",
            200,
            br#"{"result":{}}"#.to_vec(),
            Unclear,
        ),
        (
            "unknown code",
            200,
            br#"{"result":[{"code":"MAYBE","messageId":"1"}]}"#.to_vec(),
            Unclear,
        ),
        (
            "code is missing",
            200,
            br#"{"result":[{"messageId":"1"}]}"#.to_vec(),
            Unclear,
        ),
        ("bare OK", 200, br#"{"code":"OK"}"#.to_vec(), Unclear),
        ("some other document", 200, spring.into(), Unclear),
        ("random bytes", 200, (0..=255).collect(), Unclear),
        (
            "UTF-16",
            200,
            good.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Unclear,
        ),
        ("compressed", 200, b"\x1f\x8b\x08\0\0".repeat(50), Unclear),
        ("NULs", 200, vec![0; 10_000], Unclear),
        (
            "encoded twice",
            200,
            serde_json::Value::String(good.clone()).to_string().into(),
            Unclear,
        ),
        (
            "XML",
            200,
            b"<?xml version=\"1.0\"?><code>OK</code>".to_vec(),
            Unclear,
        ),
        ("form", 200, b"code=OK&messageId=7".to_vec(), Unclear),
        ("moved", 302, Vec::new(), Unclear),
        ("moved and good", 302, good.clone().into(), Unclear),
        ("moved and bad", 307, forbidden.clone().into(), Unclear),
        ("moved for good", 308, good.clone().into(), Unclear),
        ("not found", 404, html.into(), Unclear),
        ("request timed out", 408, html.into(), Unclear),
        ("too large", 413, html.into(), Unclear),
        ("bad request in HTML", 400, html.into(), Unclear),
        ("bad request and good", 400, good.clone().into(), only_with_2xx),
        ("failed", 500, html.into(), Unclear),
        ("failed in JSON", 500, spring.into(), Unclear),
        ("failed and good", 500, good.clone().into(), only_with_2xx),
        (
            "failed for unknown reasons",
            500,
            refusal("unknown", "x").into(),
            Unclear,
        ),
        (
            "failed for reasons of its own",
            502,
            refusal("oops", "x").into(),
            Unclear,
        ),
        (
            "failed without reasons",
            500,
            br#"{"code":"REJECTED"}"#.to_vec(),
            Unclear,
        ),
        ("failed and forbidden", 500, forbidden.clone().into(), Refused),
        ("unavailable", 503, Vec::new(), Unclear),
        ("timed out behind", 504, html.into(), Unclear),
        ("unknown status", 999, html.into(), Unclear),
        ("forbidden", 200, forbidden.clone().into(), Refused),
        ("forbidden, bad request", 400, forbidden.clone().into(), Refused),
        ("unknown", 200, refusal("unknown", "x").into(), Refused),
        ("reasons of its own", 200, refusal("oops", "x").into(), Refused),
        (
            "only reasons",
            200,
            br#"{"reasons":[{"key":"forbidden"}]}"#.to_vec(),
            Refused,
        ),
        (
            "only words",
            200,
            br#"{"code":"REJECTED","description":"no"}"#.to_vec(),
            Refused,
        ),
        (
            "billing",
            200,
            refusal("billing.error", "x").into(),
            if call == Call::Test { Refused } else { Wait },
        ),
        (
            "payment required",
            402,
            html.into(),
            if call == Call::Test { Refused } else { Wait },
        ),
        ("unauthorised", 401, html.into(), Credentials),
        ("unauthorised, empty", 401, Vec::new(), Credentials),
        (
            "unauthorised and forbidden",
            401,
            forbidden.clone().into(),
            Credentials,
        ),
        ("forbidden, no entry", 403, forbidden.clone().into(), Refused),
        ("no entry in other words", 403, spring.into(), Credentials),
        (
            "no entry, cut off",
            403,
            b"{\"result\":[{\"code\":".to_vec(),
            Unclear,
        ),
        ("too many", 429, html.into(), Wait),
        ("too many and bad", 429, forbidden.into(), Wait),
        ("too many, cut off", 429, b"{\"code\":\"OK\",".to_vec(), Unclear),
    ]
}

#[test]
fn every_kind_of_reply_to_every_call_is_judged_right() {
    for call in CALLS {
        let kinds = kinds(call);
        assert!(kinds.len() >= 80, "{}", kinds.len());
        for (name, status, body, expected) in kinds {
            let shown = String::from_utf8_lossy(&body[..body.len().min(300)]).into_owned();
            let found = end(call, &answered(status, body));
            assert_eq!(found, expected, "{call:?}, {name}: {shown}");
        }
    }
    let unauthorised = answered(401, good(Call::One));
    assert_eq!(end(Call::One, &unauthorised), End::Unclear);
    assert_eq!(
        end(Call::Test, &answered(401, good(Call::Test))),
        End::Credentials
    );
    assert_eq!(end(Call::Test, &answered(200, r#"{"result":[]}"#)), End::Good);
    assert_eq!(end(Call::Test, &answered(400, r#"{"result":[]}"#)), End::Unclear);
    let in_result = format!("{{\"result\":[{}]}}", good(Call::Test));
    assert_eq!(end(Call::Test, &answered(200, in_result)), End::Good);
    // A message that nobody sent.
    assert_eq!(end(Call::Test, &answered(200, good(Call::One))), End::Unclear);
}

#[test]
fn a_reply_cut_off_anywhere_is_unclear() {
    for call in CALLS {
        for whole in [
            good(call),
            refusal("forbidden", "no"),
            format!("[{}]", good(call)),
        ] {
            for length in 0..whole.len() {
                let cut = &whole.as_bytes()[..length];
                for body in [cut.to_vec(), [b"\xef\xbb\xbf<p>", cut].concat()] {
                    let found = end(call, &answered(200, body));
                    assert_eq!(found, End::Unclear, "{call:?}, {length} bytes of {whole}");
                }
            }
        }
    }
}

#[test]
fn what_never_came_is_judged_by_how_it_was_lost() {
    for (loss, kind) in [
        (Loss::TimedOut, ReasonKind::TimedOut),
        (Loss::ConnectionLost, ReasonKind::ConnectionLost),
        (Loss::Unreadable, ReasonKind::UnreadableAnswer),
    ] {
        let lost = Outcome::MaybeSent {
            loss,
            words: format!("reset by {CANARY}"),
            partial: None,
        };
        let verdict = SendVerdict::Ambiguous(Reason::with_words(kind, "reset by [secret]"));
        assert_eq!(judge(&lost, 3, &redactor()), Judgement::All(verdict));
        assert_eq!(raw(&lost, &redactor()), None);
        assert_eq!(end(Call::Test, &lost), End::Unclear);
    }
    let not_sent = Outcome::NotSent { words: "dns".into() };
    for call in CALLS {
        assert_eq!(end(call, &not_sent), End::NotSent);
    }
    let partial = Outcome::MaybeSent {
        loss: Loss::ConnectionLost,
        words: "reset".into(),
        partial: Some(Answer {
            status: 200,
            retry_after: None,
            body: b"{\"result\":[{\"t\":\"canary-7f".to_vec(),
        }),
    };
    assert_eq!(
        raw(&partial, &redactor()).unwrap(),
        "HTTP 200\n{\"result\":[{\"t\":\"[secret]"
    );
}

#[test]
fn no_secret_comes_back_out_and_what_is_kept_is_bounded() {
    for (status, body) in [
        (
            200,
            format!("{{\"result\":[{{\"code\":\"OK\",\"messageId\":\"{CANARY}\"}}]}}"),
        ),
        (200, refusal(CANARY, CANARY)),
        (403, refusal("forbidden", CANARY)),
        (500, format!("<p>{CANARY}")),
        (402, format!("<p>{}", CANARY.to_uppercase())),
    ] {
        let outcome = answered(status, body);
        let all = format!(
            "{:?} {:?} {:?}",
            judge(&outcome, 1, &redactor()),
            raw(&outcome, &redactor()),
            tested(outcome, &redactor())
        );
        assert!(
            !all.to_lowercase().contains("canary") && all.contains("[secret]"),
            "{all}"
        );
    }
    let long = answered(200, refusal("forbidden", &"é\u{202e}\0".repeat(1_000_000)));
    let Judgement::All(SendVerdict::Rejected(reason)) = judge(&long, 1, &redactor()) else {
        panic!("not refused");
    };
    assert_eq!(reason.words.unwrap().chars().count(), WORDS_MAX);
    assert_eq!(raw(&long, &redactor()).unwrap().chars().count(), RAW_MAX);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_judged_and_never_believed(status in 200_u16..600, body in proptest::collection::vec(any::<u8>(), 0..300)) {
        for call in CALLS {
            let end = end(call, &answered(status, body.clone()));
            let by_status = matches!(
                (end, status),
                (End::Credentials, 401 | 403) | (End::Wait, 402 | 429) | (End::Refused, 402)
            );
            prop_assert!(end == End::Unclear || by_status, "{:?}", end);
        }
    }

    #[test]
    fn a_damaged_reply_is_believed_only_if_it_says_so(
        from in 0_usize..120, length in 0_usize..30, noise in "[{}\\[\\]\":,a-z0-9 ]{0,12}", refused in any::<bool>()
    ) {
        let whole = if refused { refusal("forbidden", "no") } else { good(Call::One) };
        let (from, mut bytes) = (from.min(whole.len()), whole.into_bytes());
        let to = (from + length).min(bytes.len());
        bytes.splice(from..to, noise.into_bytes());
        let text = String::from_utf8_lossy(&bytes).into_owned();
        match end(Call::One, &answered(200, bytes)) {
            End::Good => prop_assert!(text.contains("OK") && (text.contains("result\"") || text.contains("messageId\"")), "{}", text),
            End::Refused => prop_assert!(text.contains("REJECTED") || text.contains("reasons"), "{}", text),
            End::Wait | End::Credentials => prop_assert!(false, "{}", text),
            _ => {}
        }
    }
}
