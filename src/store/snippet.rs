//! The part of a message's text that a search has found, for a line of the conversation list.

use super::search::folded_character;
use crate::domain::text;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

/// Visible characters of a snippet, and how many of them stand before what was found.
const LENGTH: usize = 120;
const BEFORE: usize = 24;
/// How much of a text is looked at before and behind the first word found, in bytes: a visible character may consist of
/// any number of marks, and the line must still hold what was found.
const BYTES_BEFORE: usize = 512;
const BYTES_BEHIND: usize = 4 * 1024;

/// A text folded, with the way back.
struct Folded {
    text: String,
    /// For each byte of the folded text, where the character it came from begins in the original.
    origins: Vec<usize>,
}

impl Folded {
    fn of(original: &str) -> Self {
        let (mut text, mut origins) = (String::new(), Vec::new());
        for (at, character) in original.char_indices() {
            for part in folded_character(character) {
                text.push(part);
                origins.resize(text.len(), at);
            }
        }
        Self { text, origins }
    }
}

/// The start of the first word of `words` in `original`, in bytes.
fn first_found(original: &str, words: &[&[String]]) -> Option<usize> {
    let folded = Folded::of(original);
    words
        .iter()
        .flat_map(|forms| forms.iter())
        .filter_map(|form| folded.text.find(form.as_str()))
        .min()
        .and_then(|at| folded.origins.get(at).copied())
}

/// One line of `original` around the first of `words` that is found in it, with `…` where it was cut; `None` if none is.
pub(super) fn around(original: &str, words: &[&[String]]) -> Option<String> {
    let found = first_found(original, words)?;
    let from = floor(original, found.saturating_sub(BYTES_BEFORE));
    let until = floor(original, found.saturating_add(BYTES_BEHIND));
    let before = original.get(from..found)?;
    let mut characters = before.grapheme_indices(true).rev();
    let start = characters.nth(BEFORE - 1).map_or(from, |(at, _)| from + at);
    if start == 0 {
        return Some(text::one_line(original.get(..until)?, LENGTH));
    }
    // Not from the middle of a word, if another one begins before what was found.
    let blank = original.get(start..found)?.find(char::is_whitespace).unwrap_or(0);
    let line = text::one_line(original.get(start + blank..until)?, LENGTH);
    Some(format!("…{line}"))
}

/// The bytes of `shown` (one line of text) in which a word of the search stands.
pub(super) fn marks(shown: &str, words: &[&[String]]) -> Vec<Range<usize>> {
    let folded = Folded::of(shown);
    let end_of = |at: usize| {
        let last = folded.origins.get(at).copied().unwrap_or(shown.len());
        let mut characters = shown.get(last..).unwrap_or_default().graphemes(true);
        last + characters.next().map_or(0, str::len)
    };
    let mut marks: Vec<Range<usize>> = words
        .iter()
        .flat_map(|forms| forms.iter())
        .flat_map(|form| folded.text.match_indices(form.as_str()))
        .map(|(at, part)| {
            let start = folded.origins.get(at).copied().unwrap_or(shown.len());
            start..end_of(at + part.len() - 1)
        })
        .collect();
    marks.sort_by_key(|mark| (mark.start, mark.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(marks.len());
    for mark in marks {
        match apart.last_mut() {
            Some(last) if mark.start <= last.end => last.end = last.end.max(mark.end),
            _ => apart.push(mark),
        }
    }
    apart
}

/// The nearest place not after `at` where the text may be cut.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::search::Terms;
    use super::*;

    /// The snippet, with its marks in brackets.
    fn shown(original: &str, search: &str) -> Option<String> {
        let terms = Terms::of(search);
        let words = terms.chosen(terms.all());
        let mut line = around(original, &words)?;
        for mark in marks(&line, &words).into_iter().rev() {
            line.insert(mark.end, ']');
            line.insert(mark.start, '[');
        }
        Some(line)
    }

    #[test]
    fn what_was_found_is_marked_in_whole_characters() {
        for (original, search, expected) in [
            ("Olá, João!", "joao ola", "[Olá], [João]!"),
            ("e\u{301}le", "el", "[e\u{301}l]e"),
            ("ﬁnal", "in", "[ﬁn]al"),
            ("½ litro", "2", "[½] litro"),
            ("👍🏽 ok", "👍", "[👍🏽] ok"),
            ("abcdef", "abc bcd f", "[abcd]e[f]"),
            ("ligue 9000-0012", "9000-0012", "ligue [9000-0012]"),
            ("\u{202e}abc\0def", "abc def", "\u{202e}[abc]\0[def]"),
            ("a\n\nb", "b", "a [b]"),
        ] {
            assert_eq!(shown(original, search).as_deref(), Some(expected), "{search}");
        }
        assert_eq!(shown("", "x"), None);
        assert_eq!(shown("abc", "x"), None);
        assert_eq!(shown("abc", ""), None);
    }

    #[test]
    fn a_long_text_is_cut_at_a_word() {
        let text = format!("{}agulha {}", "palha ".repeat(10_000), "feno ".repeat(10_000));
        let line = shown(&text, "AGULHA").unwrap();
        assert!(
            line.starts_with("… palha ") || line.starts_with("…palha "),
            "{line}"
        );
        assert!(
            line.contains("palha [agulha] feno") && line.ends_with('…'),
            "{line}"
        );
        let solid = format!("{}agulha{}", "é".repeat(100_000), "é".repeat(100_000));
        let line = shown(&solid, "agulha").unwrap();
        assert!(line.starts_with("…éééé") && line.chars().count() < 140, "{line}");
        // Marks without end upon one letter are one visible character that no line can hold.
        let zalgo = format!("x{}agulha", "\u{301}".repeat(50_000));
        assert!(shown(&zalgo, "agulha").unwrap().contains("agulha"));
    }
}
