//! A form in the body of a call, `application/x-www-form-urlencoded`, read in pieces.

use super::body::{FieldReader, FieldSink, Halt};

/// Longest name of a field, in bytes. Some senders post JSON with a form's content type, escaped: it stands where a name
/// does.
const NAME_MAX: usize = 4 * 1024 * 1024;

/// The reader.
#[derive(Debug, Default)]
pub(in crate::gateway) struct FormReader {
    name: Vec<u8>,
    /// The name is over and its value is being read.
    in_value: bool,
    /// What has been read of an escape: `%`, or `%` and a digit.
    escape: Vec<u8>,
    decoded: Vec<u8>,
}

impl FormReader {
    fn byte(&mut self, byte: u8, sink: &mut dyn FieldSink) -> Result<(), Halt> {
        if !self.escape.is_empty() {
            if byte.is_ascii_hexdigit() {
                self.escape.push(byte);
                if let [_, high, low] = *self.escape {
                    self.escape.clear();
                    self.decoded.push(digit(high) * 16 + digit(low));
                }
                return Ok(());
            }
            // No escape after all: it means itself.
            self.decoded.append(&mut self.escape);
        }
        match byte {
            b'%' => self.escape.push(byte),
            b'+' => self.decoded.push(b' '),
            b'=' if !self.in_value => {
                self.flush(sink)?;
                self.begin_value(sink)?;
            }
            b'&' => self.end_field(sink)?,
            other => self.decoded.push(other),
        }
        Ok(())
    }

    /// Gives away what is decoded.
    fn flush(&mut self, sink: &mut dyn FieldSink) -> Result<(), Halt> {
        if self.decoded.is_empty() {
            return Ok(());
        }
        if self.in_value {
            sink.data(&self.decoded)?;
        } else if self.name.len() + self.decoded.len() > NAME_MAX {
            return Err(Halt::Broken(
                "the form has a field whose name does not end".to_owned(),
            ));
        } else {
            self.name.extend_from_slice(&self.decoded);
        }
        self.decoded.clear();
        Ok(())
    }

    fn begin_value(&mut self, sink: &mut dyn FieldSink) -> Result<(), Halt> {
        sink.begin(&self.name)?;
        self.name.clear();
        self.in_value = true;
        Ok(())
    }

    fn end_field(&mut self, sink: &mut dyn FieldSink) -> Result<(), Halt> {
        self.decoded.append(&mut self.escape);
        self.flush(sink)?;
        if !self.in_value {
            if self.name.is_empty() {
                return Ok(());
            }
            self.begin_value(sink)?;
        }
        self.in_value = false;
        sink.end()
    }
}

fn digit(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => byte - b'0',
        b'a'..=b'f' => byte - b'a' + 10,
        b'A'..=b'F' => byte - b'A' + 10,
        _ => 0,
    }
}

impl FieldReader for FormReader {
    fn feed(&mut self, piece: &[u8], sink: &mut dyn FieldSink) -> Result<(), Halt> {
        for byte in piece {
            self.byte(*byte, sink)?;
        }
        self.flush(sink)
    }

    fn finish(&mut self, sink: &mut dyn FieldSink) -> Result<(), Halt> {
        self.end_field(sink)?;
        sink.end_record()
    }
}

#[cfg(test)]
mod tests {
    use super::super::body::testing::read_in_pieces;
    use super::*;
    use proptest::prelude::*;

    fn fields(body: &[u8], size: usize) -> Vec<(String, String)> {
        let (mut records, error) = read_in_pieces(FormReader::default(), body, size);
        assert_eq!((records.len(), error), (1, None));
        records.remove(0)
    }

    #[test]
    fn forms_are_read_whatever_the_pieces() {
        let table: &[(&str, &[(&str, &str)])] = &[
            ("", &[]),
            ("a=1&b=2", &[("a", "1"), ("b", "2")]),
            ("a=1&&b", &[("a", "1"), ("b", "")]),
            ("=x", &[("", "x")]),
            ("a=b=c", &[("a", "b=c")]),
            ("a+b=c+d%20e%2B%26", &[("a b", "c d e+&")]),
            ("a=%C3%A9%", &[("a", "é%")]),
            ("a=%zz%4&b=%4z", &[("a", "%zz%4"), ("b", "%4z")]),
            ("a=%%41", &[("a", "%A")]),
            ("%7B%22a%22%3A1%7D", &[("{\"a\":1}", "")]),
        ];
        for (body, expected) in table {
            for size in 1..=body.len().max(1) {
                let found = fields(body.as_bytes(), size);
                let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
                assert_eq!(found, *expected, "{body} in pieces of {size}");
            }
        }
    }

    #[test]
    fn a_name_without_end_is_refused() {
        let body = vec![b'a'; NAME_MAX + 1];
        let (records, error) = read_in_pieces(FormReader::default(), &body, 65_536);
        assert!(records.is_empty() && error.is_some());
    }

    proptest! {
        #[test]
        fn any_form_is_read_as_it_was_written(
            pairs in proptest::collection::vec(("\\PC{1,8}", "\\PC{0,30}"), 0..6), size in 1_usize..40
        ) {
            let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
            prop_assert_eq!(fields(body.as_bytes(), size), pairs);
        }

        #[test]
        fn any_bytes_are_read_alike_in_any_pieces(body in proptest::collection::vec(any::<u8>(), 0..200), size in 1_usize..40) {
            prop_assert_eq!(
                read_in_pieces(FormReader::default(), &body, size),
                read_in_pieces(FormReader::default(), &body, usize::MAX)
            );
        }
    }
}
