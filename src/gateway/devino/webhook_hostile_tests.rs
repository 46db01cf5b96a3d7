//! Bodies that are broken, absurd or hostile: every one is answered with at least one part, nothing panics, and nothing is
//! made up.

use super::tests::{OURS, told_with};
use super::*;
use crate::domain::incoming::InboundMessage;
use proptest::prelude::*;

/// One call of each kind, as pairs of texts.
fn calls() -> Vec<Vec<(&'static str, &'static str)>> {
    let message = |more: &[(&'static str, &'static str)]| {
        let mut all = vec![
            ("incomingMessageId", "3482512350952730368"),
            ("to", "MyCompany"),
            ("from", "5511900000044"),
            ("ts", "1700000000000"),
            ("profileName", "Ana"),
        ];
        all.extend(more);
        all
    };
    vec![
        vec![
            ("messageId", "3482512350952730368"),
            ("ts", "1700000000000"),
            ("status", "DELIVERED"),
            ("errorCode", "0"),
            ("options", OURS),
        ],
        vec![
            ("messageId", "7"),
            ("status", "UNDELIVERED"),
            ("errorCode", "2305"),
        ],
        message(&[("text", "oi")]),
        message(&[
            ("contentUrl", "https://files.example/x.jpg"),
            ("contentType", "image/jpeg"),
        ]),
        message(&[("whatsAppGeoLocation", "{\"latitude\":-23.5,\"longitude\":-46.6}")]),
        message(&[(
            "whatsAppContacts",
            "[{\"contactName\":\"Ana\",\"phones\":[\"5511900000021\"]}]",
        )]),
    ]
}

fn json(pairs: &[(&str, &str)]) -> String {
    let fields: Vec<String> = pairs
        .iter()
        .map(|(key, value)| format!("\"{key}\":{}", serde_json::Value::String((*value).to_owned())))
        .collect();
    format!("{{{}}}", fields.join(","))
}

/// What a body must come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// What it says, and nothing else.
    Read,
    /// What it says, and that something beside it could not be read.
    Partly,
    /// The same twice.
    Twice,
    /// Nothing.
    Unreadable,
}

fn end(found: &[Inbound], expected: &Inbound) -> Option<End> {
    let unreadable = |part: &Inbound| matches!(part, Inbound::Unreadable { .. });
    let rest: Vec<&Inbound> = found.iter().filter(|part| !unreadable(part)).collect();
    let right = rest.iter().all(|part| *part == expected);
    match (rest.len(), found.iter().any(unreadable)) {
        _ if !right => None,
        (0, true) => Some(End::Unreadable),
        (1, false) => Some(End::Read),
        (1, true) => Some(End::Partly),
        (2, false) => Some(End::Twice),
        _ => None,
    }
}

/// Every kind of body that means the same for every kind of call.
#[allow(clippy::too_many_lines, reason = "a table")]
fn kinds(pairs: &[(&'static str, &'static str)]) -> Vec<(&'static str, Vec<u8>, End)> {
    use End::{Partly, Read, Twice, Unreadable};
    let good = json(pairs);
    let with = |more: &str| format!("{}{more}}}", &good[..good.len() - 1]).into_bytes();
    let warning = "<br />\n<b>Warning</b>:  x in <b>/srv/a.php</b> on line <b>7</b><br />\n";
    let html = "<!DOCTYPE html><html><style>p{margin:0}</style><body>Bom dia</body></html>";
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let form = |pairs: &[(&str, &str)]| {
        url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish()
    };
    let escaped = form(pairs);
    let part = |(name, value): &(&str, &str)| {
        format!("--b0\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let parts: String = pairs.iter().map(part).collect();
    let cut = good.len() / 2;
    vec![
        ("plain", good.clone().into(), Read),
        ("mark", format!("\u{feff}{good}").into(), Read),
        ("marks", format!("\u{feff}\u{feff}\r\n{good}\n").into(), Read),
        ("warning before", format!("{warning}{good}").into(), Read),
        ("warning after", format!("{good}{warning}").into(), Read),
        ("HTML before", format!("{html}{good}").into(), Read),
        ("HTML after", format!("{good}{html}").into(), Read),
        ("dated log line", format!("[21-Nov-2026] oi\n{good}").into(), Read),
        ("trailing comma", with(","), Read),
        ("array", format!("[{good}]").into(), Read),
        ("array with a trailing comma", format!("[{good},]").into(), Read),
        ("array of two", format!("[{good},{good}]").into(), Twice),
        ("two documents", format!("{good}{good}").into(), Twice),
        ("two lines", format!("{good}\n{good}\n").into(), Twice),
        ("array of arrays", format!("[[{good}]]").into(), Read),
        (
            "array with rubbish",
            format!("[null,{good},7,\"x\",[]]").into(),
            Partly,
        ),
        (
            "array with an empty object",
            format!("[{{}},{good}]").into(),
            Partly,
        ),
        (
            "array cut off",
            format!("[{good},{}", &good[..cut]).into(),
            Partly,
        ),
        ("array broken", format!("[{good},{{\"a\":oops}}]").into(), Partly),
        ("second cut off", format!("{good}{}", &good[..cut]).into(), Partly),
        ("inside of a field", format!("{{\"data\":{good}}}").into(), Read),
        (
            "in an array of a field",
            format!("{{\"data\":[{good}]}}").into(),
            Read,
        ),
        (
            "encoded twice",
            serde_json::Value::String(good.clone()).to_string().into(),
            Read,
        ),
        ("in a form's field", form(&[("d", &good)]).into(), Read),
        (
            "array in a form's field",
            form(&[("d", &format!("[{good}]"))]).into(),
            Read,
        ),
        (
            "as a form's name",
            form(&[("d", &good)])[2..].to_owned().into(),
            Read,
        ),
        ("form", escaped.clone().into(), Read),
        ("form with more", format!("x=1&{escaped}&&y&=").into(), Read),
        ("parts", format!("{parts}--b0--\r\n").into(), Read),
        (
            "JSON in parts",
            format!("{}--b0--\r\n", part(&("json", &good))).into(),
            Read,
        ),
        (
            "names in other case",
            good.replace("\"messageId\"", "\"MessageID\"")
                .replace("\"from\"", "\"FROM\"")
                .into(),
            Read,
        ),
        (
            "last key wins",
            format!("{{\"ts\":\"x\",\"from\":\"x\",{}", &good[1..]).into(),
            Read,
        ),
        (
            "blanks everywhere",
            good.replace("\":\"", "\" :\r\n\t\"").into(),
            Read,
        ),
        (
            "escaped letters",
            good.replace("\"ts\"", "\"\\u0074s\"").into(),
            Read,
        ),
        ("lone surrogate", with(",\"x\":\"\\ud800 \\udc00\""), Read),
        (
            "Latin-1",
            [&with(",\"x\":\"N")[..good.len() + 6], b"\xe3o\"}"].concat(),
            Read,
        ),
        ("raw control characters", with(",\"x\":\"a\0\x1b\n\""), Read),
        ("deep field", with(&format!(",\"x\":{}", deep(10_000))), Read),
        (
            "numbers",
            with(",\"a\":-1,\"b\":1e3,\"c\":9007199254740993,\"d\":18446744073709551616"),
            Read,
        ),
        (
            "long field",
            with(&format!(",\"x\":\"{}\"", "y".repeat(1_000_000))),
            Read,
        ),
        (
            "deep around",
            format!("{}{good}{}", "[".repeat(10_000), "]".repeat(10_000)).into(),
            Unreadable,
        ),
        ("deep only", deep(10_000).into(), Unreadable),
        ("deep and open", "[".repeat(10_000).into(), Unreadable),
        (
            "deep objects",
            format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000)).into(),
            Unreadable,
        ),
        ("empty", Vec::new(), Unreadable),
        ("blanks", b" \r\n\t".to_vec(), Unreadable),
        ("only a mark", b"\xef\xbb\xbf".to_vec(), Unreadable),
        ("HTML", html.into(), Unreadable),
        ("warning", warning.into(), Unreadable),
        ("half", good.as_bytes()[..cut].to_vec(), Unreadable),
        ("null", b"null".to_vec(), Unreadable),
        ("number", b"12.0".to_vec(), Unreadable),
        ("text", b"\"DELIVERED\"".to_vec(), Unreadable),
        ("empty object", b"{}".to_vec(), Unreadable),
        ("empty array", b"[]".to_vec(), Unreadable),
        ("array of null", b"[null,null]".to_vec(), Unreadable),
        ("random bytes", (0..=255).collect(), Unreadable),
        (
            "UTF-16",
            good.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Unreadable,
        ),
        ("compressed", b"\x1f\x8b\x08\0\0\0\0\0".repeat(40), Unreadable),
        ("NULs", vec![0; 10_000], Unreadable),
        (
            "too large",
            with(&format!(",\"x\":\"{}\"", "y".repeat(5_000_000))),
            Unreadable,
        ),
        (
            "no identifiers",
            br#"{"status":"DELIVERED"}"#.to_vec(),
            Unreadable,
        ),
        (
            "somebody else's",
            br#"{"tipo":"status","idlog":"7","codigo_status":2}"#.to_vec(),
            Unreadable,
        ),
        (
            "XML",
            b"<?xml version=\"1.0\"?><status>DELIVERED</status>".to_vec(),
            Unreadable,
        ),
    ]
}

#[test]
fn every_kind_of_body_is_read_for_what_it_says() {
    for pairs in calls() {
        let good = told_with(None, None, json(&pairs).as_bytes());
        let [expected] = &good[..] else { panic!("{good:?}") };
        for (name, body, wanted) in kinds(&pairs) {
            for content_type in [
                None,
                Some("application/json"),
                Some("text/html"),
                Some("multipart/form-data"),
            ] {
                let found = told_with(content_type, None, &body);
                let shown = String::from_utf8_lossy(&body[..body.len().min(300)]);
                assert_eq!(end(&found, expected), Some(wanted), "{name}: {shown}: {found:?}");
            }
        }
    }
}

#[test]
fn a_body_cut_off_anywhere_says_nothing() {
    for pairs in calls() {
        let whole = json(&pairs);
        for length in 0..whole.len() {
            for body in [
                &whole.as_bytes()[..length],
                &[b"[", &whole.as_bytes()[..length]].concat(),
            ] {
                let found = told_with(None, Some(OURS), body);
                assert!(
                    found
                        .iter()
                        .all(|part| matches!(part, Inbound::Unreadable { .. })),
                    "{length} bytes of {whole}: {found:?}"
                );
            }
        }
    }
}

/// What is told is sound, whatever it was told by.
fn check(parts: &[Inbound]) {
    let clean = |text: &str| {
        !text
            .chars()
            .any(|character| character == '\0' || character == '\u{202e}')
    };
    for part in parts {
        match part {
            Inbound::Message(message) => {
                assert!(clean(&message.text) && message.text.chars().count() <= InboundMessage::TEXT_MAX);
                assert!(!message.gateway_id.is_empty() && message.gateway_id.len() <= 200);
                let url = message.content_url.as_deref().unwrap_or("https:");
                assert!(url.starts_with("http") && url.len() <= InboundMessage::URL_MAX);
                assert!(message.content_name.as_deref().is_none_or(clean));
            }
            Inbound::Report(report) => {
                assert!(!report.reference.is_empty() && report.reference.len() <= 200);
                assert!(report.words.as_deref().is_none_or(clean));
            }
            Inbound::Unreadable { why } => assert!(clean(why)),
            Inbound::File(_) => panic!("{part:?}"),
        }
    }
}

/// Any JSON, with the words of the webhooks in it.
fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let word = prop::sample::select(vec![
        "messageId",
        "status",
        "DELIVERED",
        "errorCode",
        "options",
        "ts",
        "incomingMessageId",
        "from",
        "to",
        "text",
        "5511900000044",
        "contentUrl",
        "contentType",
        "contentName",
        "https://files.example/x",
        "image/jpeg",
        "whatsAppGeoLocation",
        "latitude",
        "longitude",
        "whatsAppContacts",
        "contactName",
        "phones",
        "firstName",
    ]);
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        word.clone().prop_map(Into::into),
        "\\PC{0,12}".prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 40, 8, move |inner| {
        let key = prop_oneof![4 => word.clone().prop_map(str::to_owned), 1 => "\\PC{0,6}"];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::btree_map(key, inner, 0..8)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(body in prop::collection::vec(any::<u8>(), 0..400), told in prop::option::of("\\PC{0,40}")) {
        check(&told_with(told.as_deref(), Some(OURS), &body));
    }

    #[test]
    fn any_json_is_read(value in any_json()) {
        check(&told_with(None, None, value.to_string().as_bytes()));
    }

    #[test]
    fn a_damaged_call_says_nothing_that_was_not_said(
        call in 0_usize..6, from in 0_usize..200, length in 0_usize..20, noise in "[{}\\[\\]\":,a-z0-9 ]{0,8}"
    ) {
        let mut body = json(&calls()[call]).into_bytes();
        let from = from.min(body.len());
        body.splice(from..(from + length).min(body.len()), noise.into_bytes());
        check(&told_with(None, None, &body));
    }
}
