//! Reading JSON that arrives wrapped in noise: byte-order marks, warnings and HTML around it, Latin-1 bytes, trailing
//! commas, several documents one after the other, arrays where an object was promised, absurd nesting.
//!
//! Generous with what stands around a document, strict about its end: a document that was cut off, or that breaks
//! after its first key, is never read in part, and nothing inside of it is taken for a document of its own.

mod fields;
mod json;
mod picture;

pub use json::{Json, Object};
pub use picture::Picture;

use json::{Parser, Stop};

/// What was found in the bytes of an answer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Documents {
    /// The complete objects, in the order they came. An array of a single object counts as that object.
    pub objects: Vec<Object>,
    /// A document began and did not end, or ended unreadably: what was to be said is not all known.
    pub broken: bool,
}

impl Documents {
    /// Finds the documents in `bytes`.
    ///
    /// Text before, between and after them is passed over. Where a `{` or `[` of that text begins no document (a date
    /// in brackets, a style sheet), the search goes on behind it.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        let text = decoded(bytes);
        let mut found = Self::default();
        // Failed beginnings are read again from the next bracket on; this bounds how often.
        let mut budget = text.len().saturating_mul(4).saturating_add(64 * 1024);
        let mut from = 0;
        while let Some(start) = text[from..].find(['{', '[']).map(|index| from + index) {
            let mut parser = Parser::new(&text, start);
            match parser.value() {
                Ok(value) => {
                    found.objects.extend(value.into_single_object());
                    from = parser.position();
                }
                Err(Stop::End) => {
                    found.broken |= parser.has_read_a_key();
                    break;
                }
                Err(Stop::Syntax) if parser.has_read_a_key() => {
                    found.broken = true;
                    break;
                }
                Err(Stop::TooMuch) => {
                    found.broken = true;
                    break;
                }
                Err(Stop::Syntax) => {
                    let Some(rest) = budget.checked_sub(parser.position() - start + 1) else {
                        found.broken = true;
                        break;
                    };
                    budget = rest;
                    from = start + 1;
                }
            }
        }
        found
    }

    /// The objects that have the key.
    pub fn with_key<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Object> {
        self.objects
            .iter()
            .filter(move |object| object.get(key).is_some())
    }
}

/// What [`each_object`] finds.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// An object: a document of its own, or an element of an array.
    Object(Object),
    /// Elements of an array that are no objects.
    Others(usize),
}

/// Finds the objects of a text one after the other and hands each over before the next is read, so that an array of any
/// length takes the memory of one element. Noise is passed over as by [`Documents::read`]; unlike there, the elements in
/// front of the place where an array breaks off count: a webhook is not asked again.
///
/// `true` if a document began and did not end, or ended unreadably.
pub fn each_object(text: &str, mut visit: impl FnMut(Found)) -> bool {
    let mut budget = text.len().saturating_mul(4).saturating_add(64 * 1024);
    let mut from = 0;
    while let Some(start) = text[from..].find(['{', '[']).map(|index| from + index) {
        let (end, problem) = if text.as_bytes()[start] == b'[' {
            elements(text, start, &mut visit)
        } else {
            let mut parser = Parser::new(text, start);
            match parser.value() {
                Ok(value) => {
                    hand_over(value, &mut visit);
                    (parser.position(), None)
                }
                Err(stop) => (parser.position(), Some((stop, parser.has_read_a_key()))),
            }
        };
        match problem {
            None => from = end,
            Some((Stop::End, document)) => return document,
            Some((Stop::TooMuch, _) | (Stop::Syntax, true)) => return true,
            Some((Stop::Syntax, false)) => {
                let Some(rest) = budget.checked_sub(end - start + 1) else {
                    return true;
                };
                budget = rest;
                from = start + 1;
            }
        }
    }
    false
}

/// Reads the elements of an array; where it ended, and if it broke off, why and whether it was a document at all.
fn elements(text: &str, start: usize, visit: &mut impl FnMut(Found)) -> (usize, Option<(Stop, bool)>) {
    let mut document = false;
    let mut others = 0;
    let mut at = start + 1;
    loop {
        at += blank_length(&text[at..]);
        match text.as_bytes().get(at) {
            None => return (at, Some((Stop::End, document))),
            Some(b']') => break,
            Some(_) => {}
        }
        let mut parser = Parser::new(text, at);
        let value = parser.value();
        document |= parser.has_read_a_key();
        at = parser.position();
        match value {
            Ok(value @ (Json::Object(_) | Json::List(_))) => others += hand_over(value, visit),
            Ok(_) => others += 1,
            Err(stop) => return (at, Some((stop, document))),
        }
        at += blank_length(&text[at..]);
        match text.as_bytes().get(at) {
            None => return (at, Some((Stop::End, document))),
            Some(b',') => at += 1,
            Some(b']') => {}
            Some(_) => return (at, Some((Stop::Syntax, document))),
        }
    }
    if others > 0 {
        visit(Found::Others(others));
    }
    (at + 1, None)
}

/// Hands over an object, or the objects of a list; how many other values there were.
fn hand_over(value: Json, visit: &mut impl FnMut(Found)) -> usize {
    let mut others = 0;
    match value {
        Json::Object(object) => visit(Found::Object(object)),
        Json::List(list) => {
            for value in list {
                match value {
                    Json::Object(object) => visit(Found::Object(object)),
                    _ => others += 1,
                }
            }
        }
        _ => others += 1,
    }
    others
}

fn blank_length(text: &str) -> usize {
    text.len()
        - text
            .trim_start_matches([' ', '\t', '\n', '\r', '\u{feff}', '\u{a0}'])
            .len()
}

/// The text within a JSON text, for JSON that was encoded twice; `None` if it is none.
#[must_use]
pub fn unquoted(text: &str) -> Option<String> {
    let start = text.find(|character: char| !character.is_whitespace() && character != '\u{feff}')?;
    if !text[start..].starts_with('"') {
        return None;
    }
    match Parser::new(text, start).value() {
        Ok(Json::Text(inner)) => Some(inner),
        _ => None,
    }
}

/// The bytes as text: UTF-8 where they are UTF-8, every other byte as Windows-1252 (which holds Latin-1).
#[must_use]
pub fn decoded(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|byte| windows_1252(*byte)));
    }
    text
}

fn windows_1252(byte: u8) -> char {
    const FROM_0X80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    byte.checked_sub(0x80)
        .and_then(|index| FROM_0X80.get(usize::from(index)))
        .copied()
        .unwrap_or(char::from(byte))
}

/// A text as one line for a person: tags gone, blanks collapsed, at most `max` characters. What is secret has to be gone
/// before: without its tags and blanks nobody knows it again.
#[must_use]
pub fn one_plain_line(text: &str, max: usize) -> String {
    let mut plain = String::new();
    let mut inside_tag = false;
    for character in text.chars() {
        match character {
            '<' => {
                inside_tag = true;
                plain.push(' ');
            }
            '>' if inside_tag => inside_tag = false,
            '\u{feff}' => {}
            _ if inside_tag => {}
            _ => plain.push(character),
        }
    }
    crate::domain::text::one_line(&plain, max)
}

/// A text for comparing words: lower case, without accents, every run of other characters than letters and digits one
/// blank, none at the ends.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_lowercase) {
        let plain = match character {
            'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'ì' | 'î' | 'ï' => 'i',
            'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
            'ú' | 'ù' | 'û' | 'ü' => 'u',
            'ç' => 'c',
            'ñ' => 'n',
            // The accent of a decomposed letter.
            '\u{300}'..='\u{36f}' => continue,
            other if other.is_alphanumeric() => other,
            _ => ' ',
        };
        if plain != ' ' || !out.ends_with(' ') {
            out.push(plain);
        }
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(bytes: &[u8]) -> (Vec<Option<String>>, bool) {
        let found = Documents::read(bytes);
        (
            found.objects.iter().map(|object| object.text("a")).collect(),
            found.broken,
        )
    }

    #[test]
    fn noise_around_a_document_is_passed_over() {
        let one = (vec![Some("1".to_owned())], false);
        let table: &[&[u8]] = &[
            br#"{"a":"1"}"#,
            b"\xef\xbb\xbf{\"a\":\"1\"}",
            b" \r\n\t{\"a\" : \"1\" , }\n",
            b"<br />\n<b>Notice</b>: index [x] of {y} on line <b>3</b><br />{\"a\":\"1\"}",
            b"[21-Nov-2026 08:00:00 UTC] something {\"a\":\"1\"}",
            b"{\"a\":\"1\"}<br><b>Fatal</b>: {it stopped",
            b"<style>p{color:red}</style>{\"a\":\"1\"}</html>",
            b"[{\"a\":\"1\"}]",
            b"[{\"a\":\"1\",},]",
            b"{\"a\":\"0\",\"a\":\"1\"}",
            b"{\"b\":[1,2,],\"a\":1}",
            b"callback({\"a\":\"1\"});",
        ];
        for bytes in table {
            assert_eq!(texts(bytes), one, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn nothing_is_read_out_of_a_broken_document() {
        let table: &[(&[u8], bool)] = &[
            (b"", false),
            (b"<html>no</html>", false),
            (b"null", false),
            (b"{", false),
            (b"[{\"a\":\"1\"},{\"a\":\"2\"}]", false),
            (b"{\"x\":1,\"y\":{\"a\":\"1\"}", true),
            (b"[{\"a\":\"1\"}", true),
            (b"{\"x\":1 oops {\"a\":\"1\"}}", true),
            (b"{\"a\":oops}{\"a\":\"1\"}", true),
            (b"{\"x\" 1, \"y\":{\"a\":\"1\"}}", true),
            (b"{\"x\":\"1\",,\"y\":{\"a\":\"1\"}}", true),
        ];
        for (bytes, broken) in table {
            assert_eq!(
                texts(bytes),
                (vec![], *broken),
                "{}",
                String::from_utf8_lossy(bytes)
            );
        }
        assert_eq!(texts(b"{\"a\":1}{\"a\":2"), (vec![Some("1".into())], true));
        assert_eq!(texts(b"{\"a\":1}{\"a"), (vec![Some("1".into())], false));
    }

    #[test]
    fn absurd_nesting_and_lengths_are_bounded() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            for depth in [10_000, 500_000] {
                let inner = format!("{}1{}", open.repeat(depth), close.repeat(depth));
                let _ = Documents::read(inner.as_bytes());
                let _ = Documents::read(open.repeat(depth).as_bytes());
                let around = format!("{{\"b\":{inner},\"a\":\"1\"}}");
                let (found, broken) = texts(around.as_bytes());
                assert_eq!((found, broken), (vec![Some("1".into())], false));
            }
        }
        let many = format!("{{\"b\":[{}],\"a\":1}}", "[],".repeat(1_000_000));
        assert!(texts(many.as_bytes()).1);
        // Openings that all fail must not be read over and over.
        let _ = Documents::read("[ 1 ".repeat(500_000).as_bytes());
        let _ = Documents::read("{ x ".repeat(500_000).as_bytes());
        let _ = Documents::read("[[[[x".repeat(300_000).as_bytes());
    }

    fn visited(text: &str) -> (Vec<String>, usize, bool) {
        let (mut objects, mut others) = (Vec::new(), 0);
        let broken = each_object(text, |found| match found {
            Found::Object(object) => objects.push(object.text("a").unwrap_or_default()),
            Found::Others(count) => others += count,
        });
        (objects, others, broken)
    }

    #[test]
    fn every_object_is_handed_over_in_its_order() {
        let table: &[(&str, &str, usize, bool)] = &[
            ("", "", 0, false),
            (r#"{"a":1}"#, "1", 0, false),
            (r#"[{"a":1},{"a":2},]"#, "1 2", 0, false),
            (r#"[{"a":1},null,7,[{"a":2},3],"x"]"#, "1 2", 4, false),
            (r#"{"a":1}{"a":2}"#, "1 2", 0, false),
            (r#"[21-Nov-2026] a [x] {"a":1}"#, "1", 0, false),
            (r#"[{"a":1},{"a":2},{"a":"#, "1 2", 0, true),
            (r#"[{"a":1},{"a":2} oops"#, "1 2", 0, true),
            (r#"[{"a":1}"#, "1", 0, true),
            (r#"[1,2,3"#, "", 0, false),
            (r#"[]"#, "", 0, false),
            (r#"[1,2]"#, "", 2, false),
        ];
        for (text, objects, others, broken) in table {
            let (found, rest, cut) = visited(text);
            assert_eq!(
                (found.join(" ").as_str(), rest, cut),
                (*objects, *others, *broken),
                "{text}"
            );
        }
        let many = format!("[{}]", r#"{"a":1},"#.repeat(100_000));
        assert_eq!(visited(&many).0.len(), 100_000);
        for depth in ["[", "[{\"a\":", "{ x ", "[[[[x", "[ 1 "] {
            let _ = visited(&depth.repeat(300_000));
        }
        assert_eq!(
            unquoted("\u{feff} \"{\\\"a\\\":1}\"").as_deref(),
            Some("{\"a\":1}")
        );
        assert_eq!((unquoted("{\"a\":1}"), unquoted("\"x")), (None, None));
    }

    #[test]
    fn foreign_bytes_become_text() {
        assert_eq!(decoded(b"n\xe3o \x80 n\xc3\xa3o"), "não € não");
        assert_eq!(
            one_plain_line("<html><h1>Bad\n gateway</h1> <p>x > y", 40),
            "Bad gateway x > y"
        );
        assert_eq!(
            folded(" N\u{c3}O—Autorizado: E-Mail a\u{303}o "),
            "nao autorizado e mail ao"
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let text = decoded(&bytes);
            let _ = (Documents::read(&bytes), one_plain_line(&text, 20), visited(&text), unquoted(&text));
        }

        #[test]
        fn any_brackets_are_read(text in "[{}\\[\\]:,\" a1\\\\u-]{0,200}") {
            let _ = visited(&text);
            let found = Documents::read(text.as_bytes());
            for object in &found.objects {
                let _ = (object.text("a"), object.id("a"), object.unsigned("a"));
            }
        }

        #[test]
        fn what_a_strict_reader_reads_is_read_alike(key in "[a-z]{1,6}", value in "\\PC{0,40}", number in any::<u64>()) {
            let json = serde_json::json!({ key.clone(): value, "number": number, "list": [1, {"x": null}] }).to_string();
            let found = Documents::read(json.as_bytes());
            prop_assert_eq!(found.objects.len(), 1);
            prop_assert_eq!(found.objects[0].unsigned("number"), Some(number));
            if key != "number" && key != "list" {
                prop_assert_eq!(found.objects[0].get(&key), Some(&Json::Text(value)));
            }
        }
    }
}
