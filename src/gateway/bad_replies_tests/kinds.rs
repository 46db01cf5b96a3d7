//! Bad bodies, and statuses that say something else than their body.

use super::{End, Endpoint, Expected, Play};
use Expected::{Only, Same, SameOrUnclear};
use serde_json::{Map, Value, json};

/// A kind of reply and what it must come to.
pub(super) struct Kind {
    pub(super) name: &'static str,
    pub(super) play: Play,
    pub(super) expected: Expected,
}

const UNCLEAR: Expected = Only(End::Unclear);
const WARNING: &str =
    "<br />\n<b>Warning</b>:  Undefined array key \"x\" in <b>/srv/a.php</b> on line <b>7</b><br />\n";
const HTML: &str = "<!DOCTYPE html><html><style>p{margin:0}</style><body>Bom dia</body></html>";

fn with_200(kinds: Vec<(&'static str, Vec<u8>, Expected)>) -> Vec<Kind> {
    let kinds = kinds.into_iter();
    kinds
        .map(|(name, body, expected)| Kind {
            name,
            play: Play::http(200, "", &body),
            expected,
        })
        .collect()
}

/// Bodies, all with status 200.
pub(super) fn bodies(endpoint: &Endpoint, secret: &str) -> Vec<Kind> {
    [
        with_200(no_document(secret)),
        with_200(other_documents(endpoint)),
        with_200(damaged(endpoint)),
        with_200(readable(endpoint)),
        with_200(said_no(endpoint)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Nothing that could be a document.
fn no_document(secret: &str) -> Vec<(&'static str, Vec<u8>, Expected)> {
    let fatal = "<br />\n<b>Fatal error</b>:  Uncaught Error: {main} thrown in <b>/srv/a.php</b>";
    let echo = format!("<pre>Authorization: {secret} token={secret}</pre>");
    let bodies: Vec<(&'static str, Vec<u8>)> = vec![
        ("empty", vec![]),
        ("blanks", b" \r\n\t ".to_vec()),
        ("a mark only", "\u{feff}".into()),
        ("HTML", HTML.into()),
        ("a warning only", WARNING.into()),
        ("a fatal error", fatal.into()),
        ("XML", "<?xml version=\"1.0\"?><ok>1</ok>".into()),
        ("a word", "OK".into()),
        ("bytes", vec![0xff, 0xfe, 0x00, 0xc3, 0x28]),
        ("zeros", vec![0; 64]),
        (
            "compressed, unannounced",
            vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 0],
        ),
        ("a form", "erro=nao&code=OK&message_id=554&status=1".into()),
        ("the credentials", echo.into()),
    ];
    let unclear = bodies.into_iter().map(|(name, body)| (name, body, UNCLEAR));
    unclear.collect()
}

/// Whole documents, but none that answers.
fn other_documents(endpoint: &Endpoint) -> Vec<(&'static str, Vec<u8>, Expected)> {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let objects = format!("{}0{}", "{\"a\":".repeat(10_000), "}".repeat(10_000));
    let quoted = serde_json::to_string(&endpoint.good).unwrap();
    let inside = format!("{{\"data\":{}}}", endpoint.good);
    let escaped = endpoint.good.replace('"', "&quot;");
    let bodies: Vec<(&'static str, String)> = vec![
        ("null", "null".into()),
        ("true", "true".into()),
        ("a number", "12".into()),
        ("a huge number", "1e999".into()),
        ("a text", "\"ok\"".into()),
        ("an empty array", "[]".into()),
        ("an empty object", "{}".into()),
        ("an array in an array", "[[]]".into()),
        ("an array of null", "[null]".into()),
        ("an array of numbers", "[1,2,3]".into()),
        ("nested 10,000 deep", nested(10_000)),
        ("nested and not closed", "[".repeat(10_000)),
        ("objects 10,000 deep", objects),
        ("a lone surrogate", "\"\\ud800\"".into()),
        ("something else", "{\"ok\":true,\"id\":1}".into()),
        (
            "something else, a million of it",
            format!("[{}0]", "0,".repeat(300_000)),
        ),
        (
            "an error page in JSON",
            "{\"timestamp\":1,\"error\":\"x\",\"path\":\"/a\"}".into(),
        ),
        ("the answer as a text", quoted),
        ("the answer inside", inside),
        ("the answer escaped for HTML", escaped),
        ("the answer with apostrophes", endpoint.good.replace('"', "'")),
    ];
    let unclear = bodies
        .into_iter()
        .map(|(name, body)| (name, body.into(), UNCLEAR));
    unclear.collect()
}

/// Replaces every value, however deep, that holds no others.
fn each_value(value: &Value, with: &impl Fn(&Value) -> Value) -> Value {
    match value {
        Value::Object(object) => {
            let fields = object.iter();
            Value::Object(
                fields
                    .map(|(key, value)| (key.clone(), each_value(value, with)))
                    .collect(),
            )
        }
        Value::Array(list) => Value::Array(list.iter().map(|value| each_value(value, with)).collect()),
        other => with(other),
    }
}

/// Replaces every key of the document and of what is inside.
fn each_key(value: &Value, with: &impl Fn(&str) -> String) -> Value {
    match value {
        Value::Object(object) => {
            let fields = object.iter();
            let renamed: Map<String, Value> = fields
                .map(|(key, value)| (with(key), each_key(value, with)))
                .collect();
            Value::Object(renamed)
        }
        Value::Array(list) => Value::Array(list.iter().map(|value| each_key(value, with)).collect()),
        other => other.clone(),
    }
}

/// The answer, with something wrong in it.
fn damaged(endpoint: &Endpoint) -> Vec<(&'static str, Vec<u8>, Expected)> {
    let good = &endpoint.good;
    let value: Value = serde_json::from_str(good).unwrap();
    let all = |with: &dyn Fn(&Value) -> Value| each_value(&value, &|old| with(old)).to_string();
    let half = good.len() / 2;
    let wide: Vec<u8> = good.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let zeros: Vec<u8> = good.bytes().flat_map(|byte| [byte, 0]).collect();
    vec![
        ("cut in half", good[..half].into(), UNCLEAR),
        (
            "the last character missing",
            good[..good.len() - 1].into(),
            UNCLEAR,
        ),
        // What is left may be a whole document of its own, which says the same.
        ("the first character missing", good[1..].into(), SameOrUnclear),
        (
            "the halves changed round",
            format!("{}{}", &good[half..], &good[..half]).into(),
            UNCLEAR,
        ),
        (
            "a half and a whole",
            format!("{}{good}", &good[..half]).into(),
            UNCLEAR,
        ),
        (
            "a whole and a half",
            format!("{good}{}", &good[..half]).into(),
            UNCLEAR,
        ),
        ("a comma for a colon", good.replacen(':', ",", 1).into(), UNCLEAR),
        ("no colon", good.replacen(':', " ", 1).into(), UNCLEAR),
        (
            "a broken number",
            good.replacen(':', ":-,\"x\":", 1).into(),
            UNCLEAR,
        ),
        ("two bytes a character", wide, UNCLEAR),
        ("zeros between", zeros, UNCLEAR),
        (
            "HTML in the middle",
            good.replacen(':', &format!(":{HTML}"), 1).into(),
            UNCLEAR,
        ),
        ("every value empty", all(&|_| json!("")).into(), UNCLEAR),
        ("every value null", all(&|_| Value::Null).into(), UNCLEAR),
        ("every value an array", all(&|old| json!([old])).into(), UNCLEAR),
        (
            "every value an object",
            all(&|old| json!({ "value": old })).into(),
            UNCLEAR,
        ),
        (
            "other keys",
            each_key(&value, &|key| format!("x_{key}")).to_string().into(),
            UNCLEAR,
        ),
        (
            "only keys",
            each_key(&value, &|key| format!("{key} ")).to_string().into(),
            UNCLEAR,
        ),
    ]
}

/// The answer in noise, or in another writing, which can be read all the same.
fn readable(endpoint: &Endpoint) -> Vec<(&'static str, Vec<u8>, Expected)> {
    let good = &endpoint.good;
    let with = |more: &str| format!("{}{more}}}", &good[..good.len() - 1]);
    let deep = format!(",\"x\":{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let value: Value = serde_json::from_str(good).unwrap();
    let as_text = each_value(&value, &|old| match old {
        Value::Number(number) => Value::String(number.to_string()),
        other => other.clone(),
    });
    let numbers =
        ",\"a\":-1,\"b\":1e3,\"c\":9007199254740993,\"d\":9223372036854775808,\"e\":18446744073709551616";
    let latin = [with(",\"x\":\"N").trim_end_matches('}').as_bytes(), b"\xe3o\"}"].concat();
    vec![
        ("a mark before", format!("\u{feff}{good}").into(), Same),
        (
            "marks and blanks before",
            format!("\u{feff}\u{feff}\r\n{good}").into(),
            Same,
        ),
        ("a warning before", format!("{WARNING}{good}").into(), Same),
        ("a warning after", format!("{good}{WARNING}").into(), Same),
        ("HTML before", format!("{HTML}{good}").into(), Same),
        ("HTML after", format!("{good}{HTML}").into(), Same),
        (
            "a dated line before",
            format!("[21-Nov-2026 08:00:00] oi\n{good}").into(),
            Same,
        ),
        ("a trailing comma", with(",").into(), Same),
        ("an array of one", format!("[{good}]").into(), Same),
        ("twice the same", format!("{good}\n{good}").into(), Same),
        (
            "another document before",
            format!("{{\"debug\":1}}{good}").into(),
            Same,
        ),
        (
            "blanks everywhere",
            good.replace("\":", "\" :\r\n\t").into(),
            Same,
        ),
        ("more fields", with(",\"x\":null,\"y\":[1]").into(), Same),
        ("numbers beyond all bounds", with(numbers).into(), Same),
        (
            "half a character",
            with(",\"x\":\"\\ud800 \\udc00\"").into(),
            Same,
        ),
        ("Latin-1", latin, Same),
        ("a field 10,000 deep", with(&deep).into(), Same),
        ("numbers as texts", as_text.to_string().into(), Same),
    ]
}

/// Whole refusals, alone and beside what denies them.
fn said_no(endpoint: &Endpoint) -> Vec<(&'static str, Vec<u8>, Expected)> {
    let (good, no) = (&endpoint.good, &endpoint.refusal);
    vec![
        ("a refusal", no.clone().into(), Only(End::Refused)),
        (
            "a refusal in noise",
            format!("\u{feff}{WARNING}{no}{HTML}").into(),
            Only(End::Refused),
        ),
        ("yes and no", format!("{good}{no}").into(), UNCLEAR),
        ("no and yes", format!("{no}{good}").into(), UNCLEAR),
        ("half a refusal", no[..no.len() / 2].into(), UNCLEAR),
        (
            "half a refusal, then yes",
            format!("{}{good}", &no[..no.len() / 2]).into(),
            UNCLEAR,
        ),
    ]
}

/// Statuses, with and without the good answer.
pub(super) fn statuses(endpoint: &Endpoint) -> Vec<Kind> {
    let good = endpoint.good.as_bytes();
    let kind = |name, status, headers, body: &[u8], expected| Kind {
        name,
        play: Play::http(status, headers, body),
        expected,
    };
    let at_odds = if endpoint.good_is_error {
        SameOrUnclear
    } else {
        UNCLEAR
    };
    let away = "Location: http://127.0.0.1:9/x\r\n";
    let page = HTML.as_bytes();
    vec![
        kind("201 and the answer", 201, "", good, Same),
        kind("206 and the answer", 206, "", good, Same),
        kind("204 and nothing", 204, "", b"", UNCLEAR),
        kind("300", 300, "", good, UNCLEAR),
        kind("301 with the answer", 301, away, good, UNCLEAR),
        kind("302", 302, away, b"", UNCLEAR),
        kind("303 with the answer", 303, away, good, UNCLEAR),
        kind("307 with the answer", 307, away, good, UNCLEAR),
        kind("308", 308, away, page, UNCLEAR),
        kind("302 to nowhere", 302, "", page, UNCLEAR),
        kind("400 and HTML", 400, "", page, UNCLEAR),
        kind("400 and the answer", 400, "", good, at_odds),
        kind("404 and HTML", 404, "", page, UNCLEAR),
        kind("404 and the answer", 404, "", good, at_odds),
        kind("408", 408, "", b"", UNCLEAR),
        kind("413", 413, "", page, UNCLEAR),
        kind("499", 499, "", b"", UNCLEAR),
        kind("500", 500, "", b"", UNCLEAR),
        kind("500 and HTML", 500, "", page, UNCLEAR),
        kind("500 and the answer", 500, "", good, at_odds),
        kind("502 and HTML", 502, "", page, UNCLEAR),
        kind("503, wait", 503, "Retry-After: 3\r\n", b"busy", UNCLEAR),
        kind("503 and the answer", 503, "", good, at_odds),
        kind("504", 504, "", page, UNCLEAR),
        kind("520", 520, "", page, UNCLEAR),
        kind("401 and HTML", 401, "", page, Only(End::Credentials)),
        kind("403 and nothing", 403, "", b"", Only(End::Credentials)),
        kind("429 and nothing", 429, "Retry-After: 9\r\n", b"", Only(End::Wait)),
        kind(
            "429 and a senseless wait",
            429,
            "Retry-After: soon\r\n",
            page,
            Only(End::Wait),
        ),
        kind("402 and nothing", 402, "", b"", Only(endpoint.payment)),
        kind(
            "half an answer and 401",
            401,
            "",
            &good[..good.len() / 2],
            UNCLEAR,
        ),
        kind(
            "half an answer and 429",
            429,
            "",
            &good[..good.len() / 2],
            UNCLEAR,
        ),
    ]
}
