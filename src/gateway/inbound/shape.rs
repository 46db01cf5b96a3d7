//! What a body is: JSON, a form, or a form in parts. The body decides; its `Content-Type` says nothing that can be relied on
//! and is asked only where the body leaves it open.

use super::body::{FieldReader, FieldSink, Halt, Source};
use super::form::FormReader;
use super::json_fields::JsonFieldReader;
use super::multipart::MultipartReader;

/// How much of a body is looked at, in bytes.
pub(in crate::gateway) const LOOKED_AT: usize = 8 * 1024;
/// Longest boundary, in bytes; the standard says 70.
const BOUNDARY_MAX: usize = 200;

/// What a body is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::gateway) enum Shape {
    /// JSON, perhaps with noise around it.
    Json,
    /// Pairs with `=` and `&`.
    Form,
    /// Parts between lines of this boundary.
    Multipart(String),
}

impl Shape {
    /// What the body is that begins like this.
    pub(in crate::gateway) fn of(beginning: &[u8], content_type: Option<&str>) -> Self {
        let text = beginning
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(beginning)
            .trim_ascii_start();
        if text.starts_with(b"{") || text.starts_with(b"[") || text.starts_with(b"\"") {
            return Self::Json;
        }
        if let Some(boundary) = first_line_boundary(text) {
            return Self::Multipart(boundary);
        }
        let told = content_type.unwrap_or_default().trim();
        if let Some(boundary) = told_boundary(told) {
            return Self::Multipart(boundary);
        }
        let name_end = text
            .iter()
            .position(|byte| matches!(byte, b'=' | b'&'))
            .unwrap_or(text.len());
        let could_be_name = text[..name_end]
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_.-+%[]*~$".contains(byte));
        let is_pair = name_end < text.len();
        let is_escaped_json = text.get(..3).is_some_and(|start| {
            [b"%7b", b"%5b", b"%22"]
                .iter()
                .any(|escape| start.eq_ignore_ascii_case(*escape))
        });
        if !text.is_empty() && could_be_name && (is_pair || is_escaped_json) {
            return Self::Form;
        }
        Self::Json
    }

    /// Gives the fields of a body of this shape to `sink`.
    pub(in crate::gateway) fn read(&self, source: &Source, sink: &mut dyn FieldSink) -> Result<(), Halt> {
        let mut reader: Box<dyn FieldReader> = match self {
            Self::Json => Box::new(JsonFieldReader::default()),
            Self::Form => Box::new(FormReader::default()),
            Self::Multipart(boundary) => Box::new(MultipartReader::new(boundary)),
        };
        source.each_piece(|piece| reader.feed(piece, sink))?;
        reader.finish(sink)
    }
}

/// Whether a text can only be meant as JSON, or as JSON in JSON.
pub(in crate::gateway) fn may_be_json(text: &str) -> bool {
    text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n'])
        .starts_with(['{', '[', '"'])
}

/// Whether a body begins like JSON, or like the warnings that a server prints in front of it. The beginning is the
/// sender's own; further on, a body may hold what a person wrote.
pub(in crate::gateway) fn begins_like_a_document(body: &[u8]) -> bool {
    let text = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    matches!(text.trim_ascii_start().first(), Some(b'{' | b'[' | b'"' | b'<'))
}

/// The boundary of a body that begins with a line of one and with the head of a part.
fn first_line_boundary(text: &[u8]) -> Option<String> {
    let rest = text.strip_prefix(b"--")?;
    let line_end = rest.iter().position(|byte| *byte == b'\n')?;
    let boundary = rest[..line_end].trim_ascii_end();
    let head = rest[line_end + 1..].trim_ascii_start();
    let is_head = head
        .get(..8)
        .is_some_and(|start| start.eq_ignore_ascii_case(b"content-"));
    (is_head && (1..=BOUNDARY_MAX).contains(&boundary.len()))
        .then(|| std::str::from_utf8(boundary).ok().map(str::to_owned))
        .flatten()
}

fn told_boundary(content_type: &str) -> Option<String> {
    let lower = content_type.to_ascii_lowercase();
    if !lower.starts_with("multipart/") {
        return None;
    }
    let at = lower.find("boundary=")? + "boundary=".len();
    let value = content_type.get(at..)?;
    let boundary = match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split([';', ' ', ',']).next(),
    }?;
    (1..=BOUNDARY_MAX)
        .contains(&boundary.len())
        .then(|| boundary.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_decides_what_it_is() {
        const FORM: &str = "application/x-www-form-urlencoded";
        const PARTS: &str = "Multipart/Form-Data; boundary=\"told\"; charset=x";
        let parts = |boundary: &str| Shape::Multipart(boundary.to_owned());
        let table: &[(&str, Option<&str>, Shape)] = &[
            ("{\"a\":1}", None, Shape::Json),
            ("\u{feff}\r\n [{}]", Some(FORM), Shape::Json),
            ("\"{}\"", Some(PARTS), Shape::Json),
            ("<br />\n<b>Warning</b>: a=b in {\"a\":1}", None, Shape::Json),
            ("a=1", None, Shape::Form),
            ("a=1", Some("application/json"), Shape::Form),
            ("a%5Bb%5D[c]=1&d=2", Some("text/plain"), Shape::Form),
            ("%7B%22a%22%3A1%7D", Some(FORM), Shape::Form),
            ("", Some(FORM), Shape::Json),
            ("hello", Some(FORM), Shape::Json),
            ("hello", None, Shape::Json),
            ("--x y\r\nContent-Disposition: form-data", None, parts("x y")),
            (
                "--x\ncontent-type: a",
                Some("multipart/form-data; boundary=y"),
                parts("x"),
            ),
            ("--x\r\nhello", Some(PARTS), parts("told")),
            ("preamble\r\n--told\r\n", Some(PARTS), parts("told")),
            ("--x", None, Shape::Json),
            ("a=1", Some("multipart/form-data; boundary=k;z"), parts("k")),
            ("a=1", Some("multipart/form-data; boundary="), Shape::Form),
        ];
        for (body, content_type, shape) in table {
            assert_eq!(Shape::of(body.as_bytes(), *content_type), *shape, "{body}");
        }
    }
}
