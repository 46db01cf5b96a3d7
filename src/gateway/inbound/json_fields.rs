//! The fields of JSON objects too large to be held, read in pieces: a file in base64 inside of JSON. Only texts, numbers
//! and words right inside of an object are given; what is nested deeper is passed over.

use super::body::{FieldReader, FieldSink, Halt};

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// An object.
    Object,
    /// A key, or the end of the object.
    Key,
    /// The rest of a key.
    InKey,
    /// The colon.
    Colon,
    /// A value.
    Value,
    /// The rest of a text.
    InText,
    /// The rest of a number or word.
    InWord,
    /// The rest of a nested value; how deep.
    Nested(usize),
    /// A comma, or the end of the object.
    Comma,
}

/// Longest key, number or word, in bytes.
const KEY_MAX: usize = 64 * 1024;

/// The reader.
#[derive(Debug)]
pub(in crate::gateway) struct JsonFieldReader {
    next: Next,
    /// What has been read of an escape, from its backslash on.
    escape: Vec<u8>,
    /// The first half of a character beyond 16 bits.
    high: Option<u32>,
    /// Inside of a text of a nested value; whether the last byte was a backslash.
    nested_text: Option<bool>,
    key: Vec<u8>,
    decoded: Vec<u8>,
}

impl Default for JsonFieldReader {
    fn default() -> Self {
        Self {
            next: Next::Object,
            escape: Vec::new(),
            high: None,
            nested_text: None,
            key: Vec::new(),
            decoded: Vec::new(),
        }
    }
}

impl JsonFieldReader {
    fn byte(&mut self, byte: u8, sink: &mut dyn FieldSink) -> Result<(), Halt> {
        let blank = matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
        match self.next {
            Next::Object => {
                if byte == b'{' {
                    self.next = Next::Key;
                }
            }
            Next::Key => match byte {
                b'"' => self.next = Next::InKey,
                b'}' => {
                    self.next = Next::Object;
                    sink.end_record()?;
                }
                b',' => {}
                _ if blank => {}
                _ => return Err(broken()),
            },
            Next::InKey => {
                if self.text_byte(byte) {
                    self.key = std::mem::take(&mut self.decoded);
                    self.next = Next::Colon;
                } else if self.decoded.len() > KEY_MAX {
                    return Err(broken());
                }
            }
            Next::Colon => match byte {
                b':' => self.next = Next::Value,
                _ if blank => {}
                _ => return Err(broken()),
            },
            Next::Value => return self.value(byte, blank, sink),
            Next::InText => {
                if self.text_byte(byte) {
                    self.give(sink)?;
                    sink.end()?;
                    self.next = Next::Comma;
                }
            }
            Next::InWord => {
                if blank || matches!(byte, b',' | b'}') {
                    self.end_word(sink)?;
                    return self.byte(byte, sink);
                }
                self.decoded.push(byte);
                if self.decoded.len() > KEY_MAX {
                    return Err(broken());
                }
            }
            Next::Nested(depth) => self.nested(byte, depth),
            Next::Comma => match byte {
                b',' => self.next = Next::Key,
                b'}' => {
                    self.next = Next::Object;
                    sink.end_record()?;
                }
                _ if blank => {}
                _ => return Err(broken()),
            },
        }
        Ok(())
    }

    fn value(&mut self, byte: u8, blank: bool, sink: &mut dyn FieldSink) -> Result<(), Halt> {
        match byte {
            b'"' => {
                sink.begin(&self.key)?;
                self.next = Next::InText;
            }
            b'{' | b'[' => self.next = Next::Nested(1),
            b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => {
                self.decoded.push(byte);
                self.next = Next::InWord;
            }
            _ if blank => {}
            _ => return Err(broken()),
        }
        Ok(())
    }

    /// Gives a number or a word; `null` is the same as no field.
    fn end_word(&mut self, sink: &mut dyn FieldSink) -> Result<(), Halt> {
        self.next = Next::Comma;
        if self.decoded == b"null" {
            self.decoded.clear();
            return Ok(());
        }
        sink.begin(&self.key)?;
        self.give(sink)?;
        sink.end()
    }

    fn nested(&mut self, byte: u8, depth: usize) {
        if let Some(escaped) = self.nested_text {
            self.nested_text = match byte {
                _ if escaped => Some(false),
                b'\\' => Some(true),
                b'"' => None,
                _ => Some(false),
            };
            return;
        }
        match byte {
            b'"' => self.nested_text = Some(false),
            b'{' | b'[' => self.next = Next::Nested(depth + 1),
            b'}' | b']' if depth == 1 => self.next = Next::Comma,
            b'}' | b']' => self.next = Next::Nested(depth - 1),
            _ => {}
        }
    }

    /// One byte of a text; whether it was its end.
    fn text_byte(&mut self, byte: u8) -> bool {
        if !self.escape.is_empty() {
            self.escape.push(byte);
            self.read_escape();
            return false;
        }
        match byte {
            b'\\' => self.escape.push(byte),
            b'"' => {
                self.lose_half();
                return true;
            }
            other => {
                self.lose_half();
                self.decoded.push(other);
            }
        }
        false
    }

    fn read_escape(&mut self) {
        let plain = match *self.escape {
            [_, b'u', ref digits @ ..] => {
                if digits.len() < 4 {
                    return;
                }
                let code = std::str::from_utf8(digits)
                    .ok()
                    .and_then(|digits| u32::from_str_radix(digits, 16).ok());
                self.escape.clear();
                return self.code_unit(code.unwrap_or(0xfffd));
            }
            [_, b'n'] => b'\n',
            [_, b'r'] => b'\r',
            [_, b't'] => b'\t',
            [_, b'b'] => 8,
            [_, b'f'] => 12,
            [_, other] => other,
            _ => return,
        };
        self.escape.clear();
        self.lose_half();
        self.decoded.push(plain);
    }

    fn code_unit(&mut self, code: u32) {
        if let Some(high) = self.high.take() {
            if (0xdc00..0xe000).contains(&code) {
                return self.push(0x1_0000 + ((high - 0xd800) << 10) + (code - 0xdc00));
            }
            self.push(0xfffd);
        }
        if (0xd800..0xdc00).contains(&code) {
            self.high = Some(code);
        } else {
            self.push(code);
        }
    }

    /// The first half of a character without its second.
    fn lose_half(&mut self) {
        if self.high.take().is_some() {
            self.push(0xfffd);
        }
    }

    fn push(&mut self, code: u32) {
        let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
        self.decoded
            .extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    }

    fn give(&mut self, sink: &mut dyn FieldSink) -> Result<(), Halt> {
        if !self.decoded.is_empty() {
            sink.data(&self.decoded)?;
            self.decoded.clear();
        }
        Ok(())
    }
}

fn broken() -> Halt {
    Halt::Broken("the JSON breaks off".to_owned())
}

impl FieldReader for JsonFieldReader {
    fn feed(&mut self, piece: &[u8], sink: &mut dyn FieldSink) -> Result<(), Halt> {
        for byte in piece {
            self.byte(*byte, sink)?;
        }
        if self.next == Next::InText {
            self.give(sink)?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &mut dyn FieldSink) -> Result<(), Halt> {
        if self.next == Next::Object {
            Ok(())
        } else {
            Err(Halt::Broken("the JSON was cut off".to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::body::testing::read_in_pieces;
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str, size: usize) -> (Vec<Vec<(String, String)>>, Option<String>) {
        read_in_pieces(JsonFieldReader::default(), text.as_bytes(), size)
    }

    #[test]
    fn fields_are_read_whatever_the_pieces() {
        let text = "\u{feff}\n[ {\"a\":\"1\\/\\u00e9\\ud83d\\ude00\\n\\\"\", \"b\" : -12.5e3,\"c\":{\"x\":[\"}\\\"\"]},\"d\":null,}\
                    ,{\"a\":\"\"}, {} ]";
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let expected = vec![
            vec![pair("a", "1/é😀\n\""), pair("b", "-12.5e3")],
            vec![pair("a", "")],
            vec![],
        ];
        for size in 1..=text.len() {
            assert_eq!(read(text, size), (expected.clone(), None), "pieces of {size}");
        }
        assert_eq!(
            read("{\"a\":\"\\ud83dx\\ud83d\"}", 3).0[0][0].1,
            "\u{fffd}x\u{fffd}"
        );
    }

    #[test]
    fn what_breaks_off_says_so() {
        let whole = "{\"a\":\"x\\u00e9\",\"b\":[1,{\"c\":2}],\"d\":1}";
        for length in 1..whole.len() {
            if whole.is_char_boundary(length) {
                assert!(read(&whole[..length], 3).1.is_some(), "{length}");
            }
        }
        for wrong in ["{x", "{\"a\" 1", "{\"a\":x", "{\"a\":\"b\" \"c\"", "{\"a\":1]"] {
            let _ = read(wrong, 2);
        }
        assert!(
            read(&format!("{{\"{}", "k".repeat(KEY_MAX * 2)), 4_096)
                .1
                .is_some()
        );
        assert!(
            read(&format!("{{\"a\":{}", "[".repeat(100_000)), 4_096)
                .1
                .is_some()
        );
    }

    proptest! {
        #[test]
        fn what_a_strict_writer_writes_is_read(key in "\\PC{1,9}", value in "\\PC{0,40}", size in 1_usize..40) {
            let text = serde_json::json!({ key.clone(): value }).to_string();
            prop_assert_eq!(read(&text, size), (vec![vec![(key, value)]], None));
        }

        #[test]
        fn any_text_is_read_alike_in_any_pieces(text in "[{}\\[\\]:,\" a1\\\\ud8-]{0,120}", size in 1_usize..40) {
            prop_assert_eq!(read(&text, size), read(&text, usize::MAX));
        }
    }
}
