//! Values of webhooks: who wrote, when, and texts.

use crate::domain::text::{clean_message, is_direction_control, shown_name};
use crate::domain::{PhoneNumber, Timestamp};
use crate::gateway::inbound::names::hexadecimal;
use crate::gateway::tolerant::{Json, Object};
use sha2::{Digest, Sha256};

/// 2009-01-01 and 2100-01-01 in seconds: nothing was written before WhatsApp began, or after this program.
const TIMES_SECS: std::ops::Range<i128> = 1_230_768_000..4_102_444_800;
/// How deep texts are looked for in a value that should have been a text.
const DEEPEST: usize = 8;

/// Who wrote: digits with the country code in front, perhaps with `+`, blanks, or the suffix of an address.
///
/// # Errors
/// Why it is no person's number.
pub(in crate::gateway) fn sender(object: &Object, key: &str) -> Result<PhoneNumber, String> {
    let told = object
        .id(key)
        .ok_or("a message came without the number of its sender")?;
    let (number, address) = match told.split_once('@') {
        Some((number, address)) => (number, address.trim().to_ascii_lowercase()),
        None => (told.as_str(), String::new()),
    };
    let kind = match address.as_str() {
        "" | "c.us" | "s.whatsapp.net" => None,
        "g.us" => Some("a group"),
        "broadcast" => Some("a broadcast list"),
        "newsletter" => Some("a channel"),
        "lid" => Some("a person whose number is hidden"),
        _ => Some("no telephone number"),
    };
    if let Some(kind) = kind {
        return Err(format!("a message came from {kind}: {told}"));
    }
    // The number of one of the sender's devices stands behind a colon.
    let number = number.split(':').next().unwrap_or_default();
    let digits: String = number
        .chars()
        .filter(|character| !character.is_whitespace() && !matches!(character, '+' | '-' | '(' | ')' | '.'))
        .collect();
    PhoneNumber::from_digits(&digits)
        .or_else(|_| PhoneNumber::parse(number, "BR"))
        .map_err(|problem| format!("the sender is no telephone number ({problem:?}): {told}"))
}

/// When it was written: seconds since 1970, or milliseconds, micro- or nanoseconds. `None` for anything that was no time
/// in this century.
pub(in crate::gateway) fn time(object: &Object, key: &str) -> Option<Timestamp> {
    let text = object.id(key)?;
    let whole = text.split(['.', ',']).next().unwrap_or_default();
    let told: i128 = whole.parse().ok()?;
    let (per_second, _) = [
        (1_i128, 100_000_000_000_i128),
        (1_000, 100_000_000_000_000),
        (1_000_000, 100_000_000_000_000_000),
        (1_000_000_000, i128::MAX),
    ]
    .into_iter()
    .find(|(_, below)| told < *below)?;
    if !TIMES_SECS.contains(&told.div_euclid(per_second)) {
        return None;
    }
    i64::try_from(told.saturating_mul(1_000) / per_second)
        .ok()
        .map(Timestamp)
}

/// A text as far as it can be read: of a list or an object the texts inside, line by line.
pub(in crate::gateway) fn readable(object: &Object, key: &str) -> String {
    let mut text = String::new();
    if let Some(value) = object.get(key) {
        add_readable(value, &mut text, 0);
    }
    text
}

fn add_readable(value: &Json, text: &mut String, depth: usize) {
    let line = match value {
        Json::Text(line) | Json::Number(line) => line.as_str(),
        Json::Bool(true) => "true",
        Json::Bool(false) => "false",
        Json::Null => return,
        Json::List(list) => {
            if depth < DEEPEST {
                list.iter().for_each(|inner| add_readable(inner, text, depth + 1));
            }
            return;
        }
        Json::Object(object) => {
            if depth < DEEPEST {
                object
                    .iter()
                    .for_each(|(_, inner)| add_readable(inner, text, depth + 1));
            }
            return;
        }
    };
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

/// A text without what does not belong in one, and not longer than `max` characters. Blank is empty.
pub(in crate::gateway) fn clean(text: &str, max: usize) -> String {
    if text.trim().is_empty() {
        return String::new();
    }
    let end = text
        .char_indices()
        // What is cleaned away must not make the rest short.
        .nth(max.saturating_mul(2))
        .map_or(text.len(), |(end, _)| end);
    let (cleaned, _) = clean_message(&text[..end]);
    match cleaned.char_indices().nth(max) {
        Some((end, _)) => cleaned[..end].to_owned(),
        None => cleaned,
    }
}

/// A name to show, if there is one.
pub(in crate::gateway) fn name(object: &Object, key: &str) -> Option<String> {
    Some(shown_name(&object.text(key)?)).filter(|name| !name.is_empty())
}

/// An identifier: a text or a number, or an object that holds it under one of the names `inside`.
pub(in crate::gateway) fn identifier(object: &Object, key: &str, inside: &[&str]) -> Option<String> {
    let id = match object.get(key)? {
        Json::Object(inner) => inside.iter().find_map(|key| inner.id(key)),
        _ => object.id(key),
    };
    id.filter(|id| {
        !id.chars()
            .any(|character| character.is_control() || is_direction_control(character))
    })
}

/// A digest of all that an object says; of equal objects it is equal, whatever the order of their fields.
pub(in crate::gateway) fn digest_of(object: &Object) -> String {
    let mut hash = Sha256::new();
    add_object(object, &mut hash);
    format!("sha256-{}", hexadecimal(&hash.finalize()[..16]))
}

fn add_object(object: &Object, hash: &mut Sha256) {
    for (key, value) in object.iter() {
        add_text('k', key, hash);
        add_value(value, hash);
    }
    hash.update("}");
}

/// Recursion ends: a value is nested only as deep as the reader of JSON keeps it.
fn add_value(value: &Json, hash: &mut Sha256) {
    match value {
        Json::Null => hash.update("n"),
        Json::Bool(value) => hash.update(if *value { "t" } else { "f" }),
        // The same number comes as a number and as a text.
        Json::Number(text) | Json::Text(text) => add_text('s', text, hash),
        Json::List(list) => {
            list.iter().for_each(|inner| add_value(inner, hash));
            hash.update("]");
        }
        Json::Object(object) => add_object(object, hash),
    }
}

fn add_text(kind: char, text: &str, hash: &mut Sha256) {
    hash.update(format!("{kind}{}:", text.len()));
    hash.update(text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::tolerant::Documents;

    fn object(value: &str) -> Object {
        Documents::read(format!("{{\"x\":{value}}}").as_bytes())
            .objects
            .remove(0)
    }

    #[test]
    fn senders_in_every_writing() {
        for told in [
            "\"5511900000012\"",
            "5511900000012",
            "5511900000012.0",
            "5.511900000012e12",
            "\" +55 (11) 90000-0012 \"",
            "\"5511900000012@c.us\"",
            "\"5511900000012@S.Whatsapp.net \"",
            "\"5511900000012:17@c.us\"",
            "\"005511900000012\"",
            "\"\\u202a+5511900000012\\u202c\"",
        ] {
            assert_eq!(
                sender(&object(told), "x").unwrap().digits(),
                "5511900000012",
                "{told}"
            );
        }
        for (told, why) in [
            ("\"5511900000012-1600000000@g.us\"", "group"),
            ("\"120363000000000012@g.us\"", "group"),
            ("\"120363000000000012\"", "TooLong"),
            ("\"status@broadcast\"", "broadcast"),
            ("\"1@newsletter\"", "channel"),
            ("\"123456789012@lid\"", "hidden"),
            ("\"x@example.com\"", "no telephone number"),
            ("\"Marina\"", "NotDigits"),
            ("\"\"", "without the number"),
            ("null", "without the number"),
            ("[5511900000012]", "without the number"),
            ("-1", "no telephone number"),
            ("12", "no telephone number"),
            ("\"@c.us\"", "no telephone number"),
        ] {
            let problem = sender(&object(told), "x").unwrap_err();
            assert!(problem.contains(why), "{told}: {problem}");
        }
    }

    #[test]
    fn times_in_every_unit() {
        let at = |told: &str| time(&object(told), "x").map(|at| at.0);
        for told in [
            "1700000000",
            "\"1700000000\"",
            "\" 1700000000 \"",
            "1.7e9",
            "1700000000.0",
            "1700000000000",
            "1700000000000000",
            "1700000000000000000",
        ] {
            assert_eq!(at(told), Some(1_700_000_000_000), "{told}");
        }
        assert_eq!(at("\"1700000000123\""), Some(1_700_000_000_123));
        assert_eq!(at("\"1700000000.789\""), Some(1_700_000_000_000));
        for told in [
            "0",
            "-1700000000",
            "1",
            "99999999999",
            "1e30",
            "99999999999999999999999999999999999999999999",
            "\"\"",
            "\"ontem\"",
            "\"2026-11-21 10:00:00\"",
            "\"NaN\"",
            "null",
            "true",
            "[1700000000]",
        ] {
            assert_eq!(at(told), None, "{told}");
        }
    }

    #[test]
    fn texts_are_cleaned_and_bounded() {
        assert_eq!(clean("a\r\nb\0\u{1b}[1m\u{202e}c\td", 100), "a\nb[1mc\td");
        assert_eq!(clean(" \u{a0}\n", 100), "");
        assert_eq!(clean(&"\0é".repeat(1_000_000), 100).chars().count(), 100);
        assert_eq!(
            readable(&object(r#"["a",{"b":"c","d":[1,true,null]}]"#), "x"),
            "a\nc\n1\ntrue"
        );
        assert_eq!(readable(&object("null"), "x"), "");
    }

    #[test]
    fn digests_tell_different_contents_apart() {
        let digest = |text: &str| digest_of(&Documents::read(text.as_bytes()).objects[0]);
        assert_eq!(digest(r#"{"a":1,"b":"x"}"#), digest(r#"{ "b":"x", "a":"1" }"#));
        let different = [
            r#"{"a":1,"b":"x"}"#,
            r#"{"a":1,"b":"y"}"#,
            r#"{"a":1}"#,
            r#"{"a":[1]}"#,
            r#"{"a":[[1]]}"#,
            r#"{"a":{"b":1}}"#,
            r#"{"ab":""}"#,
            r#"{"a":"b"}"#,
            r#"{}"#,
        ];
        let digests: std::collections::BTreeSet<String> = different.iter().map(|text| digest(text)).collect();
        assert_eq!(digests.len(), different.len());
    }
}
