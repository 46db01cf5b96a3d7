//! Bodies that are broken, absurd or hostile: every one is answered with at least one part, nothing panics, nothing is
//! made up, and no file is left that nobody was told of.

use super::tests::{PNG, files, messages, parts, reports, told, told_with};
use crate::domain::incoming::{Inbound, InboundMessage};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::time::{Duration, Instant};

/// One call of each kind, as JSON without its last bracket, and as the pairs of a form.
pub(super) fn calls() -> Vec<(&'static str, Vec<(&'static str, String)>)> {
    let pairs = |pairs: &[(&'static str, &str)]| {
        pairs
            .iter()
            .map(|(key, value)| (*key, (*value).to_owned()))
            .collect()
    };
    let base64 = STANDARD.encode(PNG);
    let thumbnail = base64.as_str();
    let message = |midia: &'static str, text: &str, more: &[(&'static str, &str)]| {
        let mut all = vec![
            ("tipo", "mensagem"),
            ("whatsapp", "5511900000044"),
            ("horario_unix", "1700000000"),
            ("idmsg", "A1"),
            ("nome_cliente", "Ana"),
            ("midia", midia),
            ("mensagem", text),
        ];
        all.extend(more);
        pairs(&all)
    };
    vec![
        ("chat", message("chat", "oi", &[])),
        (
            "image",
            message(
                "image",
                thumbnail,
                &[
                    ("referencia", "r.jpg"),
                    ("mimetype", "image/jpeg"),
                    ("legenda", "x"),
                ],
            ),
        ),
        ("ptt", message("ptt", "", &[("referencia", "r.oga")])),
        (
            "document",
            message(
                "document",
                "",
                &[("referencia", "r.pdf"), ("mimetype", "application/pdf")],
            ),
        ),
        (
            "location",
            message(
                "location",
                thumbnail,
                &[("lat", "-23.5"), ("lng", "-46.6"), ("loctipo", "fixo")],
            ),
        ),
        (
            "status",
            pairs(&[
                ("tipo", "status"),
                ("idlog", "77"),
                ("codigo_status", "2"),
                ("referencia_status", "Recebido"),
            ]),
        ),
        (
            "arquivo",
            pairs(&[
                ("tipo", "arquivo"),
                ("referencia", "r.jpg"),
                ("base64", thumbnail),
            ]),
        ),
    ]
}

pub(super) fn json(pairs: &[(&'static str, String)]) -> String {
    let fields: Vec<String> = pairs
        .iter()
        .map(|(key, value)| format!("\"{key}\":{}", serde_json::Value::String(value.clone())))
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
    let nameless = |part: &Inbound| {
        let mut part = part.clone();
        if let Inbound::File(file) = &mut part {
            file.file.stored_name.clear();
        }
        part
    };
    let unreadable = |part: &Inbound| matches!(part, Inbound::Unreadable { .. });
    let rest: Vec<&Inbound> = found.iter().filter(|part| !unreadable(part)).collect();
    let right = rest.iter().all(|part| nameless(part) == nameless(expected));
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
fn kinds(pairs: &[(&'static str, String)]) -> Vec<(&'static str, Vec<u8>, End)> {
    let good = json(pairs);
    let with = |more: &str| format!("{}{more}}}", &good[..good.len() - 1]).into_bytes();
    let warning =
        "<br />\n<b>Warning</b>:  Undefined array key \"x\" in <b>/srv/a.php</b> on line <b>7</b><br />\n";
    let html = "<!DOCTYPE html><html><style>p{margin:0}</style><body>Bom dia</body></html>";
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let escaped = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    let in_field = |text: &str| {
        url::form_urlencoded::Serializer::new(String::new())
            .append_pair("d", text)
            .finish()
            .into_bytes()
    };
    let borrowed: Vec<(&str, &str)> = pairs.iter().map(|(key, value)| (*key, value.as_str())).collect();
    let cut = good.len() / 2;
    let table: Vec<(&'static str, Vec<u8>, End)> = vec![
        ("plain", good.clone().into(), End::Read),
        ("mark", format!("\u{feff}{good}").into(), End::Read),
        ("marks", format!("\u{feff}\u{feff}\r\n{good}\n").into(), End::Read),
        ("warning before", format!("{warning}{good}").into(), End::Read),
        ("warning after", format!("{good}{warning}").into(), End::Read),
        ("HTML before", format!("{html}{good}").into(), End::Read),
        ("HTML after", format!("{good}{html}").into(), End::Read),
        (
            "dated log line",
            format!("[21-Nov-2026 08:00:00] oi\n{good}").into(),
            End::Read,
        ),
        ("trailing comma", with(","), End::Read),
        ("array", format!("[{good}]").into(), End::Read),
        (
            "array with a trailing comma",
            format!("[{good},]").into(),
            End::Read,
        ),
        ("array of two", format!("[{good},{good}]").into(), End::Twice),
        ("two documents", format!("{good}{good}").into(), End::Twice),
        ("two lines", format!("{good}\n{good}\n").into(), End::Twice),
        ("array of arrays", format!("[[{good}]]").into(), End::Read),
        (
            "array with rubbish",
            format!("[null,{good},7,\"x\",[]]").into(),
            End::Partly,
        ),
        (
            "array with an empty object",
            format!("[{{}},{good}]").into(),
            End::Partly,
        ),
        (
            "array cut off",
            format!("[{good},{}", &good[..cut]).into(),
            End::Partly,
        ),
        (
            "array broken",
            format!("[{good},{{\"a\":oops}}]").into(),
            End::Partly,
        ),
        (
            "second cut off",
            format!("{good}{}", &good[..cut]).into(),
            End::Partly,
        ),
        (
            "inside of a field",
            format!("{{\"dados\":{good}}}").into(),
            End::Read,
        ),
        (
            "in an array of a field",
            format!("{{\"data\":[{good}]}}").into(),
            End::Read,
        ),
        (
            "encoded twice",
            serde_json::Value::String(good.clone()).to_string().into(),
            End::Read,
        ),
        ("in a form's field", in_field(&good), End::Read),
        (
            "array in a form's field",
            in_field(&format!("[{good}]")),
            End::Read,
        ),
        (
            "with noise in a form's field",
            in_field(&format!("\u{feff} {good}")),
            End::Read,
        ),
        ("as a form's name", in_field(&good)[2..].to_vec(), End::Read),
        ("form", escaped.clone().into(), End::Read),
        ("form with more", format!("x=1&{escaped}&&y&=").into(), End::Read),
        (
            "form with a line end",
            format!("{escaped}&z=1\r\n").into(),
            End::Read,
        ),
        (
            "form, first keys count for nothing",
            format!("tipo=x&{escaped}").into(),
            End::Read,
        ),
        ("parts", parts(&borrowed), End::Read),
        ("JSON in parts", parts(&[("json", good.as_str())]), End::Read),
        (
            "parts with bare line ends",
            String::from_utf8_lossy(&parts(&borrowed))
                .replace("\r\n", "\n")
                .into(),
            End::Read,
        ),
        ("parts cut off", parts(&borrowed)[..cut].to_vec(), End::Unreadable),
        (
            "last key wins",
            format!("{{\"tipo\":\"x\",{}", &good[1..]).into(),
            End::Read,
        ),
        (
            "blanks everywhere",
            good.replace("\":\"", "\" :\r\n\t\"").into(),
            End::Read,
        ),
        (
            "escaped letters",
            good.replace("\"tipo\"", "\"\\u0074ipo\"").into(),
            End::Read,
        ),
        ("lone surrogate", with(",\"x\":\"\\ud800 \\udc00\""), End::Read),
        (
            "Latin-1",
            [&with(",\"x\":\"N")[..good.len() + 6], b"\xe3o\"}"].concat(),
            End::Read,
        ),
        ("NUL", with(",\"x\":\"a\\u0000b\""), End::Read),
        ("raw control characters", with(",\"x\":\"a\0\x1b\n\""), End::Read),
        ("deep field", with(&format!(",\"x\":{}", deep(10_000))), End::Read),
        (
            "deep around",
            format!("{}{good}{}", "[".repeat(10_000), "]".repeat(10_000)).into(),
            End::Unreadable,
        ),
        ("deep only", deep(10_000).into(), End::Unreadable),
        ("deep and open", "[".repeat(10_000).into(), End::Unreadable),
        (
            "deep objects",
            format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000)).into(),
            End::Unreadable,
        ),
        (
            "numbers",
            with(",\"a\":-1,\"b\":1e3,\"c\":9007199254740993,\"d\":18446744073709551616"),
            End::Read,
        ),
        (
            "long field",
            with(&format!(",\"x\":\"{}\"", "y".repeat(1_000_000))),
            End::Read,
        ),
        ("empty", Vec::new(), End::Unreadable),
        ("blanks", b" \r\n\t".to_vec(), End::Unreadable),
        ("only a mark", b"\xef\xbb\xbf".to_vec(), End::Unreadable),
        ("HTML", html.into(), End::Unreadable),
        ("warning", warning.into(), End::Unreadable),
        ("half", good.as_bytes()[..cut].to_vec(), End::Unreadable),
        ("null", b"null".to_vec(), End::Unreadable),
        ("number", b"12.0".to_vec(), End::Unreadable),
        ("text", b"\"tipo\"".to_vec(), End::Unreadable),
        ("empty object", b"{}".to_vec(), End::Unreadable),
        ("empty array", b"[]".to_vec(), End::Unreadable),
        ("array of null", b"[null,null]".to_vec(), End::Unreadable),
        ("random bytes", (0..=255).collect(), End::Unreadable),
        (
            "UTF-16",
            good.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            End::Unreadable,
        ),
        (
            "compressed",
            b"\x1f\x8b\x08\0\0\0\0\0".repeat(40),
            End::Unreadable,
        ),
        ("NULs", vec![0; 10_000], End::Unreadable),
        ("unknown kind", with(",\"tipo\":\"perfil\""), End::Unreadable),
        (
            "kind is a list",
            with(
                ",\"tipo\":[\"mensagem\"],\"whatsapp\":null,\"codigo_status\":null,\"referencia_status\":null,\"midia\":null,\"mensagem\":null,\"base64\":\"\",\"referencia\":\"\",\"idlog\":null",
            ),
            End::Unreadable,
        ),
        (
            "XML",
            format!("<?xml version=\"1.0\"?><tipo>{}</tipo>", pairs[0].1).into(),
            End::Unreadable,
        ),
    ];
    table
}

#[tokio::test]
async fn every_kind_of_body_of_every_kind_of_call_is_read_right() {
    for (name, pairs) in calls() {
        let expected = told(json(&pairs).as_bytes()).await;
        let [expected] = expected.as_slice() else {
            panic!("{name}: {expected:?}");
        };
        assert!(
            !matches!(expected, Inbound::Unreadable { .. }),
            "{name}: {expected:?}"
        );
        let kinds = kinds(&pairs);
        assert!(kinds.len() >= 60);
        for (kind, body, wanted) in kinds {
            for content_type in [
                None,
                Some("application/json"),
                Some("application/x-www-form-urlencoded"),
            ] {
                let (found, _folder) = told_with(content_type, &body).await;
                assert_eq!(
                    end(&found, expected),
                    Some(wanted),
                    "{name}, {kind}: {:?}\n{found:?}",
                    String::from_utf8_lossy(&body[..body.len().min(400)])
                );
            }
        }
    }
}

#[tokio::test]
async fn a_call_cut_off_anywhere_makes_nothing_up() {
    for (name, pairs) in calls() {
        let whole = json(&pairs);
        let borrowed: Vec<(&str, &str)> = pairs.iter().map(|(key, value)| (*key, value.as_str())).collect();
        for length in 0..whole.len() {
            let found = told(&whole.as_bytes()[..length]).await;
            assert!(
                matches!(found.as_slice(), [Inbound::Unreadable { .. }]),
                "{name}, {length}: {found:?}"
            );
        }
        let body = parts(&borrowed);
        for length in 0..body.len() - 2 {
            let (found, _folder) = told_with(None, &body[..length]).await;
            assert!(
                found
                    .iter()
                    .all(|part| matches!(part, Inbound::Unreadable { .. })),
                "{name}, {length}: {found:?}"
            );
        }
        // A form has no end of its own: what is cut off of it may read as less, never as something else.
        let escaped = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&pairs)
            .finish();
        for length in 0..escaped.len() {
            let (found, folder) = told_with(None, &escaped.as_bytes()[..length]).await;
            for file in files(&found) {
                let stored = std::fs::read(file.file.path(&folder.path().join("media"))).unwrap();
                assert!(PNG.starts_with(&stored) && file.reference == "r", "{length}");
            }
            assert!(
                reports(&found)
                    .iter()
                    .all(|report| "77".starts_with(&report.reference)),
                "{length}"
            );
            assert!(
                messages(&found)
                    .iter()
                    .all(|message| "5511900000044".starts_with(message.from.digits())),
                "{length}"
            );
        }
    }
}

#[tokio::test]
async fn absurd_values_are_passed_over_and_the_message_is_kept() {
    let absurd = [
        "null",
        "true",
        "\"\"",
        "\" \"",
        "[]",
        "{}",
        "[1,2]",
        "{\"a\":1}",
        "-1",
        "0",
        "1e400",
        "-0.0",
        "18446744073709551616",
        "\"NaN\"",
        "\"Infinity\"",
        "1e308",
        "-1e308",
        "\"\\u0000\"",
        "\"\\u202e\"",
        "\"\\ud800\"",
        "9999999999999999999999",
    ];
    let fields = [
        "horario_unix",
        "mensagem",
        "idmsg",
        "nome_cliente",
        "nome_agenda",
        "midia",
        "mimetype",
        "width",
        "height",
        "size",
        "referencia",
        "legenda",
        "lat",
        "lng",
        "loctipo",
        "quotedMsgId",
    ];
    for (name, pairs) in calls().into_iter().filter(|(_, pairs)| pairs[0].1 == "mensagem") {
        let good = json(&pairs);
        for field in fields {
            for value in absurd {
                let body = format!("{},\"{field}\":{value}}}", &good[..good.len() - 1]);
                let found = told(body.as_bytes()).await;
                let [Inbound::Message(message)] = found.as_slice() else {
                    panic!("{name}: {body}: {found:?}");
                };
                check(message);
            }
        }
        for value in absurd {
            let body = format!("{},\"whatsapp\":{value}}}", &good[..good.len() - 1]);
            let found = told(body.as_bytes()).await;
            assert!(
                matches!(found.as_slice(), [Inbound::Unreadable { .. }]),
                "{body}: {found:?}"
            );
        }
    }
}

/// What holds for every message, whatever came.
pub(super) fn check(message: &InboundMessage) {
    let sound = |text: &str| {
        !text
            .chars()
            .any(|c| c.is_control() || crate::domain::text::is_direction_control(c))
    };
    assert!(!message.gateway_id.is_empty() && message.gateway_id.len() <= 200 && sound(&message.gateway_id));
    assert!(message.text.chars().count() <= InboundMessage::TEXT_MAX);
    assert!(
        sound(&message.text.replace(['\n', '\t'], "")),
        "{:?}",
        message.text
    );
    for name in [&message.sender_name, &message.address_book_name]
        .into_iter()
        .flatten()
    {
        assert!(sound(name) && !name.is_empty() && name.chars().count() <= InboundMessage::NAME_MAX);
    }
    assert!(message.sent_at.is_none_or(|at| at.0 > 1_200_000_000_000));
    assert!(
        message
            .place
            .is_none_or(|place| place.latitude.is_finite() && place.longitude.is_finite())
    );
    assert!(
        message
            .thumbnail
            .as_ref()
            .is_none_or(|bytes| bytes.len() <= InboundMessage::THUMBNAIL_MAX)
    );
    assert!(
        message
            .reference
            .as_ref()
            .is_none_or(|reference| !reference.is_empty() && reference.len() <= 200)
    );
    assert!(
        message
            .mime
            .as_ref()
            .is_none_or(|mime| mime.len() <= 100 && mime.is_ascii())
    );
    assert!(message.width != Some(0) && message.height != Some(0));
}

#[tokio::test]
async fn giants_are_cut_down_to_size() {
    let mebibyte = "é\u{202e}\u{200b}\0".repeat(1024 * 1024 / 8);
    let word = "a".repeat(1_000_000);
    let body = serde_json::json!({
        "tipo": "mensagem", "whatsapp": "5511900000044", "midia": "chat", "mensagem": word, "nome_cliente": mebibyte,
        "nome_agenda": "\u{202e}\0", "idmsg": word, "referencia": word, "mimetype": word, "horario_unix": word, "legenda": mebibyte,
    });
    let found = told(body.to_string().as_bytes()).await;
    let [Inbound::Message(message)] = found.as_slice() else {
        panic!("{found:?}");
    };
    check(message);
    assert_eq!(message.text.chars().count(), InboundMessage::TEXT_MAX);
    assert_eq!(
        (message.address_book_name.clone(), message.mime.clone()),
        (None, None)
    );
}

#[tokio::test]
async fn an_array_of_a_hundred_thousand_is_read_in_bounded_work() {
    let start = Instant::now();
    let statuses: Vec<String> = (0..100_000)
        .map(|id| format!("{{\"idlog\":{id},\"codigo_status\":1}}"))
        .collect();
    let found = told(format!("[{}]", statuses.join(",")).as_bytes()).await;
    assert_eq!(
        (found.len(), reports(&found)[99_999].reference.as_str()),
        (100_000, "99999")
    );
    // Larger than what is read as a whole.
    let padding = "x".repeat(60);
    let statuses: Vec<String> = (0..100_000)
        .map(|id| format!("{{\"tipo\":\"status\",\"idlog\":{id},\"codigo_status\":1,\"x\":\"{padding}\"}}"))
        .collect();
    let found = told(format!("[{}]", statuses.join(",")).as_bytes()).await;
    assert_eq!(reports(&found).len(), 100_000);
    for element in ["null", "{}", "[]", "7", "{\"tipo\":\"x\"}"] {
        let found = told(format!("[{}{element}]", format!("{element},").repeat(100_000)).as_bytes()).await;
        assert!(found.len() <= 21, "{element}: {}", found.len());
    }
    // Far above what it takes, far below what anything quadratic would.
    assert!(
        start.elapsed() < Duration::from_secs(120),
        "{:?}",
        start.elapsed()
    );
}

#[tokio::test]
async fn what_a_person_writes_is_no_report() {
    let status = r#"{"tipo":"status","idlog":"7","codigo_status":"3"}"#;
    let quoted = serde_json::Value::String(status.to_owned());
    let escaped: String = url::form_urlencoded::byte_serialize(status.as_bytes()).collect();
    for body in [
        format!(r#"{{"numero":"5511900000012","conteudo":{quoted}}}"#),
        format!(r#"{{"numero":"5511900000012","dados":{{"conteudo":{quoted}}}}}"#),
        format!("numero=5511900000012&conteudo={escaped}"),
        format!("numero=5511900000012&conteudo={status}"),
        format!(
            "--x\r\nContent-Disposition: form-data; name=\"conteudo\"\r\n\r\n{status}\r\n--x\r\nContent-Di"
        ),
    ] {
        let (parts, _folder) = told_with(None, body.as_bytes()).await;
        assert!(
            parts
                .iter()
                .all(|part| matches!(part, Inbound::Unreadable { .. })),
            "{body}: {parts:?}"
        );
    }
}
