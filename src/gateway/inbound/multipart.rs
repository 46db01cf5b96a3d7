//! A form in parts, `multipart/form-data`, read in pieces. Its memory is bounded whatever comes: a reader that looks for
//! the next line of a boundary in all it has read so far would hold a whole hostile body, and search it again and again.

use super::body::{FieldReader, FieldSink, Halt};

/// Longest text before the first boundary, in bytes.
const PREAMBLE_MAX: usize = 64 * 1024;
/// Longest head of a part, in bytes.
const HEAD_MAX: usize = 16 * 1024;

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// The first boundary.
    FirstBoundary,
    /// The rest of a boundary's line.
    EndOfBoundary,
    /// The head of a part.
    Head,
    /// The content of a part.
    Content,
    /// Nothing that matters.
    Nothing,
}

/// The reader.
#[derive(Debug)]
pub(in crate::gateway) struct MultipartReader {
    /// `--` and the boundary.
    delimiter: Vec<u8>,
    next: Next,
    /// What has come and is not read yet.
    pending: Vec<u8>,
    /// How much was passed over before the first boundary, in bytes.
    passed_over: usize,
    /// How many of the pending bytes belong to the head.
    not_content: usize,
}

impl MultipartReader {
    /// A reader for parts between lines of this boundary.
    pub(in crate::gateway) fn new(boundary: &str) -> Self {
        Self {
            delimiter: format!("--{boundary}").into_bytes(),
            next: Next::FirstBoundary,
            pending: Vec::new(),
            passed_over: 0,
            not_content: 0,
        }
    }

    /// One step; whether there may be another one with what is pending.
    fn step(&mut self, sink: &mut dyn FieldSink) -> Result<bool, Halt> {
        match self.next {
            Next::FirstBoundary => self.first_boundary(),
            Next::EndOfBoundary => self.end_of_boundary(sink),
            Next::Head => self.head(sink),
            Next::Content => self.content(sink),
            Next::Nothing => {
                self.pending.clear();
                Ok(false)
            }
        }
    }

    fn first_boundary(&mut self) -> Result<bool, Halt> {
        if let Some(at) = find(&self.pending, &self.delimiter, 0) {
            self.pending.drain(..at + self.delimiter.len());
            self.next = Next::EndOfBoundary;
            return Ok(true);
        }
        let kept = self.pending.len().min(self.delimiter.len());
        self.passed_over += self.pending.len() - kept;
        self.pending.drain(..self.pending.len() - kept);
        if self.passed_over > PREAMBLE_MAX {
            return Err(broken("the form in parts does not begin"));
        }
        Ok(false)
    }

    fn end_of_boundary(&mut self, sink: &mut dyn FieldSink) -> Result<bool, Halt> {
        if self.pending.len() < 2 {
            return Ok(false);
        }
        if self.pending.starts_with(b"--") {
            self.next = Next::Nothing;
            sink.end_record()?;
            return Ok(true);
        }
        if let Some(at) = self.pending.iter().position(|byte| *byte == b'\n') {
            self.pending.drain(..=at);
            self.next = Next::Head;
            return Ok(true);
        }
        if self.pending.len() > HEAD_MAX {
            return Err(broken("a boundary of the form does not end"));
        }
        Ok(false)
    }

    fn head(&mut self, sink: &mut dyn FieldSink) -> Result<bool, Halt> {
        let mut line_start = 0;
        while let Some(length) = self.pending[line_start..].iter().position(|byte| *byte == b'\n') {
            let line_end = line_start + length;
            if matches!(&self.pending[line_start..line_end], b"" | b"\r") {
                let name = field_name(&self.pending[..line_start]);
                // The line end before the content stays: a boundary that follows at once begins with it.
                self.pending.drain(..line_end);
                self.next = Next::Content;
                self.not_content = 1;
                sink.begin(&name)?;
                return Ok(true);
            }
            line_start = line_end + 1;
        }
        if self.pending.len() > HEAD_MAX {
            return Err(broken("the head of a part does not end"));
        }
        Ok(false)
    }

    fn content(&mut self, sink: &mut dyn FieldSink) -> Result<bool, Halt> {
        let mut from = 0;
        while let Some(at) = self.line_with_delimiter(from) {
            let after = at + 1 + self.delimiter.len();
            match self.pending[after..] {
                [] | [b'-'] => return self.give_held(at, sink).map(|()| false),
                [b'\r' | b'\n' | b' ' | b'\t', ..] | [b'-', b'-', ..] => {
                    let before = at.checked_sub(1).and_then(|before| self.pending.get(before));
                    let content_end = if before == Some(&b'\r') { at - 1 } else { at };
                    self.give(content_end, sink)?;
                    self.pending.drain(..after - content_end);
                    self.not_content = 0;
                    self.next = Next::EndOfBoundary;
                    sink.end()?;
                    return Ok(true);
                }
                _ => from = at + 1,
            }
        }
        let kept = self.pending.len().min(self.delimiter.len() + 2);
        self.give_held(self.pending.len() - kept, sink).map(|()| false)
    }

    /// Where a line end is followed by the delimiter.
    fn line_with_delimiter(&self, mut from: usize) -> Option<usize> {
        loop {
            let at = from + self.pending[from..].iter().position(|byte| *byte == b'\n')?;
            if self.pending[at + 1..].starts_with(&self.delimiter) {
                return Some(at);
            }
            from = at + 1;
        }
    }

    /// Gives the first bytes away as content, without the line end of the head.
    fn give(&mut self, length: usize, sink: &mut dyn FieldSink) -> Result<(), Halt> {
        let own = self.not_content.min(length);
        if length > own {
            sink.data(&self.pending[own..length])?;
        }
        self.not_content -= own;
        self.pending.drain(..length);
        Ok(())
    }

    /// The same, but a `\r` at the end stays: it may belong to the line end before a boundary.
    fn give_held(&mut self, length: usize, sink: &mut dyn FieldSink) -> Result<(), Halt> {
        let last = length.checked_sub(1).and_then(|last| self.pending.get(last));
        let length = if last == Some(&b'\r') { length - 1 } else { length };
        self.give(length, sink)
    }
}

impl FieldReader for MultipartReader {
    fn feed(&mut self, piece: &[u8], sink: &mut dyn FieldSink) -> Result<(), Halt> {
        self.pending.extend_from_slice(piece);
        while self.step(sink)? {}
        Ok(())
    }

    fn finish(&mut self, _: &mut dyn FieldSink) -> Result<(), Halt> {
        match self.next {
            Next::Nothing => Ok(()),
            Next::FirstBoundary => Err(broken("there is no form in it")),
            _ => Err(broken("the form was cut off")),
        }
    }
}

fn broken(why: &str) -> Halt {
    Halt::Broken(why.to_owned())
}

fn find(text: &[u8], what: &[u8], from: usize) -> Option<usize> {
    let first = *what.first()?;
    let mut at = from;
    loop {
        at += text.get(at..)?.iter().position(|byte| *byte == first)?;
        if text[at..].starts_with(what) {
            return Some(at);
        }
        at += 1;
    }
}

/// The name in the head of a part; nothing if it has none.
fn field_name(head: &[u8]) -> Vec<u8> {
    for line in head.split(|byte| *byte == b'\n') {
        let is_it = line
            .get(..20)
            .is_some_and(|start| start.eq_ignore_ascii_case(b"content-disposition:"));
        if !is_it {
            continue;
        }
        let mut rest = &line[20..];
        while let Some(at) = find_ignoring_case(rest, b"name=") {
            let value = &rest[at + 5..];
            if at > 0 && !matches!(rest[at - 1], b' ' | b';' | b'\t') {
                // `filename=`
                rest = value;
                continue;
            }
            return match value.split_first() {
                Some((b'"', quoted)) => quoted.iter().copied().take_while(|byte| *byte != b'"').collect(),
                _ => value
                    .iter()
                    .copied()
                    .take_while(|byte| !matches!(byte, b';' | b' ' | b'\r'))
                    .collect(),
            };
        }
    }
    Vec::new()
}

fn find_ignoring_case(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len())
        .position(|part| part.eq_ignore_ascii_case(what))
}

#[cfg(test)]
mod tests {
    use super::super::body::testing::read_in_pieces;
    use super::*;
    use proptest::prelude::*;

    fn body(parts: &[(&str, &str)], line: &str) -> String {
        let parts: String = parts
            .iter()
            .map(|(name, value)| {
                format!("--x{line}Content-Disposition: form-data; name=\"{name}\"{line}{line}{value}{line}")
            })
            .collect();
        format!("{parts}--x--{line}")
    }

    fn read(body: &str, size: usize) -> (Vec<Vec<(String, String)>>, Option<String>) {
        read_in_pieces(MultipartReader::new("x"), body.as_bytes(), size)
    }

    #[test]
    fn parts_are_read_whatever_the_pieces() {
        let parts = [
            ("a", "1"),
            ("empty", ""),
            ("b", "two\r\nlines\r\n"),
            ("c", "\r\n--xy\r\n--\r\n\r--x"),
            ("d", "\n"),
        ];
        let expected: Vec<(String, String)> = parts
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let plain = body(&parts, "\r\n");
        let loose = format!(
            "a preamble\r\n{}\r\nan epilogue",
            plain.replace("--x\r\nContent", "--x \t\r\nContent")
        );
        for text in [plain, loose] {
            for size in 1..=text.len() {
                assert_eq!(
                    read(&text, size),
                    (vec![expected.clone()], None),
                    "pieces of {size}: {text}"
                );
            }
        }
        let bare = body(&[("a", "1"), ("b", "")], "\n");
        assert_eq!(
            read(&bare, 3).0,
            [[("a".into(), "1".into()), ("b".into(), "".into())]]
        );
    }

    #[test]
    fn heads_of_every_kind_are_read() {
        for (head, name) in [
            ("content-disposition:form-data;name=a", "a"),
            (
                "Content-Type: text/plain\r\nCONTENT-DISPOSITION: form-data; filename=\"b\"; name=\"a\"",
                "a",
            ),
            ("Content-Disposition: form-data; filename=\"b\"", ""),
            ("X: y", ""),
        ] {
            let text = format!("--x\r\n{head}\r\n\r\nv\r\n--x--");
            assert_eq!(read(&text, 4).0, [[(name.to_owned(), "v".to_owned())]], "{head}");
        }
        assert_eq!(
            read("--x\r\n\r\nv\r\n--x--", 4).0,
            [[(String::new(), "v".to_owned())]]
        );
    }

    #[test]
    fn a_form_cut_off_anywhere_is_broken() {
        let whole = body(&[("a", "1"), ("b", "x\r\ny")], "\r\n");
        for length in 0..whole.len() - 2 {
            let (records, error) = read(&whole[..length], 5);
            assert_eq!((records.len(), error.is_some()), (0, true), "{length}");
        }
    }

    #[test]
    fn nothing_without_end_is_kept() {
        let large = "a".repeat(PREAMBLE_MAX * 2);
        for start in ["", "--x", "--x\r\n", "--x\r\nA: b\r\n"] {
            let (records, error) = read(&format!("{start}{large}"), 4_096);
            assert!(records.is_empty() && error.is_some(), "{start}");
        }
    }

    proptest! {
        #[test]
        fn any_content_comes_back(value in "[\\r\\nx\\-a ]{0,40}", size in 1_usize..40) {
            prop_assume!(!format!("\n{value}\r\n").contains("\n--x"));
            let text = body(&[("a", &value)], "\r\n");
            prop_assert_eq!(read(&text, size), (vec![vec![("a".to_owned(), value)]], None));
        }

        #[test]
        fn any_bytes_are_read_alike_in_any_pieces(text in "[\\r\\nx\\-a: ]{0,120}", size in 1_usize..40) {
            let text = format!("--x\r\n{text}");
            prop_assert_eq!(read(&text, size), read(&text, usize::MAX));
        }
    }
}
