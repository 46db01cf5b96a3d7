//! Base64 of any length, decoded as it comes, in the ways it gets bent on the road: a data address in front, wrapped
//! lines, the URL-safe alphabet, padding gone, and `+` turned into a blank when a form was decoded.
//!
//! What a blank was, a `+` or the filling between lines, is known only at the end. So it is decoded with one reading,
//! and at the end [`Base64Stream::finish`] says whether another reading is the better one.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);
/// Longest head of a data address, in bytes.
const HEAD_MAX: usize = 1_024;
/// Decoded at once, in characters.
const BATCH: usize = 16 * 1024;
/// Widths at which programs wrap base64.
const USUAL_WIDTHS: &[u64] = &[48, 60, 64, 72, 76, 80, 128];

/// What a blank in base64 is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::gateway) enum Blanks {
    /// A `+` that a form's decoding has turned.
    #[default]
    Plus,
    /// The same, but not at the ends of lines.
    PlusWithinLines,
    /// Nothing.
    Filling,
}

/// Why it cannot be decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::gateway) enum NotBase64 {
    /// A character that base64 does not have.
    Character(u8),
    /// Something behind the padding.
    BehindPadding,
    /// It was cut off.
    CutOff,
    /// A data address without content.
    DataAddress,
}

impl std::fmt::Display for NotBase64 {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Character(byte) => {
                write!(formatter, "the file is no base64: it holds the byte {byte:#04x}")
            }
            Self::BehindPadding => formatter.write_str("the file is no base64: it goes on behind its end"),
            Self::CutOff => formatter.write_str("the file was cut off"),
            Self::DataAddress => formatter.write_str("the file's data address has no content"),
        }
    }
}

/// The decoder.
#[derive(Debug, Default)]
pub(in crate::gateway) struct Base64Stream {
    blanks: Blanks,
    /// What came before it was known whether it is a data address; `None` afterwards.
    head: Option<Vec<u8>>,
    /// Inside of the head of a data address; how long it is so far.
    data_address: Option<usize>,
    /// Characters to be decoded, in the standard alphabet.
    batch: Vec<u8>,
    characters: u64,
    padding: u64,
    /// Blanks seen since the last character.
    held: u64,
    /// The last character that was no blank was a line end.
    at_line_start: bool,
    survey: Survey,
}

impl Base64Stream {
    /// A decoder with this reading of blanks.
    pub(in crate::gateway) fn new(blanks: Blanks) -> Self {
        Self {
            blanks,
            head: Some(Vec::new()),
            ..Self::default()
        }
    }

    /// Decodes more; what it comes to is added to `out`.
    pub(in crate::gateway) fn feed(&mut self, piece: &[u8], out: &mut Vec<u8>) -> Result<(), NotBase64> {
        let Some(mut head) = self.head.take() else {
            return self.content(piece, out);
        };
        head.extend_from_slice(piece);
        let start = head
            .iter()
            .position(|byte| !byte.is_ascii_whitespace())
            .unwrap_or(head.len());
        head.drain(..start);
        if head.len() < 5 {
            self.head = Some(head);
            return Ok(());
        }
        if head[..5].eq_ignore_ascii_case(b"data:") {
            self.data_address = Some(0);
        }
        self.content(&head, out)
    }

    fn content(&mut self, mut piece: &[u8], out: &mut Vec<u8>) -> Result<(), NotBase64> {
        if let Some(length) = self.data_address {
            let Some(comma) = piece.iter().position(|byte| *byte == b',') else {
                let length = length + piece.len();
                self.data_address = Some(length);
                return if length > HEAD_MAX {
                    Err(NotBase64::DataAddress)
                } else {
                    Ok(())
                };
            };
            self.data_address = None;
            piece = &piece[comma + 1..];
        }
        for byte in piece {
            self.byte(*byte)?;
            if self.batch.len() >= BATCH {
                self.decode(out);
            }
        }
        Ok(())
    }

    fn byte(&mut self, byte: u8) -> Result<(), NotBase64> {
        let standard = match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' => byte,
            b'-' => b'+',
            b'_' => b'/',
            b' ' => {
                if self.padding == 0 && self.characters > 0 {
                    self.held += 1;
                    self.survey.blank(self.at_line_start);
                }
                return Ok(());
            }
            b'\r' | b'\n' | b'\t' => {
                self.line_end();
                return Ok(());
            }
            b'=' => {
                self.take_held(true);
                self.padding += 1;
                return Ok(());
            }
            other => return Err(NotBase64::Character(other)),
        };
        if self.padding > 0 {
            return Err(NotBase64::BehindPadding);
        }
        self.take_held(false);
        self.survey.character();
        self.at_line_start = false;
        self.characters += 1;
        self.batch.push(standard);
        Ok(())
    }

    fn line_end(&mut self) {
        if self.characters == 0 || self.padding > 0 {
            return;
        }
        if !self.at_line_start {
            self.survey.line_end(self.held);
        }
        self.take_held(true);
        self.at_line_start = true;
    }

    /// Decides about the blanks that are held, now that it is known what follows them.
    fn take_held(&mut self, before_line_end: bool) {
        let held = std::mem::take(&mut self.held);
        let plus = match self.blanks {
            Blanks::Plus => true,
            Blanks::PlusWithinLines => !before_line_end && !self.at_line_start,
            Blanks::Filling => false,
        };
        if plus {
            for _ in 0..held {
                self.characters += 1;
                self.batch.push(b'+');
            }
        }
    }

    fn decode(&mut self, out: &mut Vec<u8>) {
        let whole = self.batch.len() - self.batch.len() % 4;
        // Only characters of the alphabet are in the batch: this cannot fail.
        let _ = ENGINE.decode_vec(&self.batch[..whole], out);
        self.batch.drain(..whole);
    }

    /// Decodes the rest; the better reading of blanks if there is one, and it is worth decoding all again.
    pub(in crate::gateway) fn finish(&mut self, out: &mut Vec<u8>) -> Result<Option<Blanks>, NotBase64> {
        if let Some(head) = self.head.take() {
            self.content(&head, out)?;
        }
        if self.data_address.is_some() {
            return Err(NotBase64::DataAddress);
        }
        // At the very end only what completes the last group was a `+`.
        let completes = self.blanks != Blanks::Filling
            && !self.at_line_start
            && self.padding == 0
            && !self.characters.is_multiple_of(4)
            && (self.characters + self.held).is_multiple_of(4);
        if completes {
            self.take_held(false);
        }
        let better = match self.blanks {
            Blanks::Plus => self.survey.better(self.padding),
            Blanks::PlusWithinLines | Blanks::Filling => None,
        };
        if better.is_some() {
            return Ok(better);
        }
        if self.characters % 4 == 1 {
            return Err(NotBase64::CutOff);
        }
        self.decode(out);
        let rest = std::mem::take(&mut self.batch);
        let _ = ENGINE.decode_vec(&rest, out);
        Ok(None)
    }
}

/// How blanks and line ends stand in it.
#[derive(Debug, Default)]
struct Survey {
    characters: u64,
    blanks: u64,
    line_ends: u64,
    /// Line ends with blanks in front of them, and with blanks behind them; how many blanks these are.
    blank_before: u64,
    blank_after: u64,
    edge_blanks: u64,
    after_line_end: bool,
    /// Characters since the last blank, and how many there were before the first one.
    piece: u64,
    first_piece: Option<u64>,
    /// The last piece was not as long as the first one; one in front of it was not.
    odd: bool,
    irregular: bool,
}

impl Survey {
    fn character(&mut self) {
        self.characters += 1;
        self.piece += 1;
        self.irregular |= self.odd;
        self.after_line_end = false;
    }

    fn blank(&mut self, at_line_start: bool) {
        self.blanks += 1;
        if at_line_start {
            self.edge_blanks += 1;
            if self.after_line_end {
                self.blank_after += 1;
                self.after_line_end = false;
            }
        }
        match self.first_piece {
            None => self.first_piece = Some(self.piece),
            Some(first) => self.odd |= first != self.piece,
        }
        self.piece = 0;
    }

    fn line_end(&mut self, held: u64) {
        self.line_ends += 1;
        self.blank_before += u64::from(held > 0);
        self.edge_blanks += held;
        self.after_line_end = true;
    }

    /// The better reading than every blank a `+`.
    fn better(&self, padding: u64) -> Option<Blanks> {
        if self.blanks == 0 {
            return None;
        }
        let fits = |characters: u64| {
            if padding > 0 {
                (characters + padding).is_multiple_of(4)
            } else {
                characters % 4 != 1
            }
        };
        let as_plus = fits(self.characters + self.blanks);
        let within_lines = fits(self.characters + self.blanks - self.edge_blanks.min(self.blanks));
        let every_line =
            self.line_ends > 0 && (self.blank_before >= self.line_ends || self.blank_after >= self.line_ends);
        if every_line && within_lines && (self.line_ends > 1 || !as_plus) {
            return Some(Blanks::PlusWithinLines);
        }
        let filling = fits(self.characters);
        let width = self.first_piece.unwrap_or(0);
        let regular = width >= 8 && !self.irregular && self.piece <= width;
        let wrapped = regular && (self.blanks > 1 || USUAL_WIDTHS.contains(&width));
        (filling && (wrapped || !as_plus)).then_some(Blanks::Filling)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::STANDARD;
    use proptest::prelude::*;

    fn read_with(text: &[u8], size: usize, blanks: Blanks) -> Result<(Vec<u8>, Option<Blanks>), NotBase64> {
        let (mut stream, mut out) = (Base64Stream::new(blanks), Vec::new());
        for piece in text.chunks(size) {
            stream.feed(piece, &mut out)?;
        }
        let better = stream.finish(&mut out)?;
        Ok((out, better))
    }

    fn read(text: &str, size: usize) -> Result<Vec<u8>, NotBase64> {
        let (out, better) = read_with(text.as_bytes(), size, Blanks::default())?;
        match better {
            None => Ok(out),
            Some(better) => read_with(text.as_bytes(), size, better).map(|(out, _)| out),
        }
    }

    fn wrapped(text: &str, width: usize, between: &str) -> String {
        text.as_bytes()
            .chunks(width)
            .map(|line| format!("{}{between}", String::from_utf8_lossy(line)))
            .collect()
    }

    #[test]
    fn every_bend_is_straightened_in_any_pieces() {
        let bytes: Vec<u8> = (0..400_u32).map(|index| (index * 7 + 0xf8) as u8).collect();
        for length in [1, 2, 3, 200, 333, 400] {
            let bytes = &bytes[..length];
            let standard = STANDARD.encode(bytes);
            let safe = standard.replace('+', "-").replace('/', "_");
            let bare = standard.trim_end_matches('=').to_owned();
            let mut table = vec![
                standard.clone(),
                format!("data:image/png;base64,{standard}"),
                format!(" DATA:;charset=x;base64, \r\n{standard}\r\n"),
                wrapped(&standard, 76, "\r\n"),
                wrapped(&standard, 64, "\n"),
                safe.trim_end_matches('=').to_owned(),
                bare.clone(),
                format!("  {safe}\n"),
            ];
            // A `+` as the very first character is no more to be told from a blank in front.
            if !standard.starts_with('+') && length > 3 {
                table.push(standard.replace('+', " "));
                table.push(bare.replace('+', " "));
                table.push(wrapped(&standard, 76, "\r\n").replace('+', " "));
                table.push(wrapped(&standard, 60, " "));
                table.push(wrapped(&standard, 76, " \r\n"));
                table.push(wrapped(&standard, 76, "\r\n "));
            }
            for text in table {
                for size in [1, 2, 3, 5, 64, 10_000] {
                    assert_eq!(
                        read(&text, size).as_deref(),
                        Ok(bytes),
                        "{length}, pieces of {size}: {text:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn what_is_no_base64_says_why() {
        let table = [
            ("***", NotBase64::Character(b'*')),
            ("aGk=aGk=", NotBase64::BehindPadding),
            ("aGkaa", NotBase64::CutOff),
            ("não", NotBase64::Character(0xc3)),
            ("data:image/png;base64", NotBase64::DataAddress),
            ("data:", NotBase64::DataAddress),
        ];
        for (text, problem) in table {
            for size in [1, 100] {
                assert_eq!(read(text, size), Err(problem.clone()), "{text}");
            }
        }
        let endless = format!("data:{}", "x".repeat(HEAD_MAX * 2));
        assert_eq!(read(&endless, 64), Err(NotBase64::DataAddress));
        for nothing in ["", " \r\n", "data:image/png;base64,", "===="] {
            assert_eq!(read(nothing, 3), Ok(Vec::new()), "{nothing}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..600), size in 1_usize..200, style in 0..4) {
            let standard = STANDARD.encode(&bytes);
            let text = match style {
                0 => standard,
                1 => wrapped(&standard, 76, "\r\n"),
                2 => standard.trim_end_matches('=').replace('+', "-").replace('/', "_"),
                _ => format!("data:a/b;base64,{standard}"),
            };
            prop_assert_eq!(read(&text, size), Ok(bytes));
        }

        #[test]
        fn any_text_is_read_alike_in_any_pieces(text in "[A-Za-z0-9+/=_ \\r\\n-]{0,80}", size in 1_usize..20) {
            prop_assert_eq!(read(&text, size), read(&text, 1_000));
        }
    }
}
