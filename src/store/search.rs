//! Words to look for: folded, so that case and accents do not count, and numbers in every form people write them.

use crate::domain::PhoneNumber;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Longest search that is looked at, in characters, and most words in it.
const SEARCH_MAX: usize = 200;
const WORDS_MAX: usize = 8;

/// The text without case and accents, and with blanks for control characters (SQLite's `LIKE` ends at a NUL).
pub(super) fn folded(text: &str) -> String {
    text.nfkd()
        .filter(|character| !is_combining_mark(*character))
        .flat_map(char::to_lowercase)
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect()
}

/// What a conversation is found by beside its messages: its number in every form, and its name.
pub(super) fn conversation_text(phone: &PhoneNumber, name: Option<&str>) -> String {
    let other = phone.other_form();
    let mut text = phone.digits().to_owned();
    for part in [other.as_ref().map(PhoneNumber::digits), name]
        .into_iter()
        .flatten()
    {
        text.push(' ');
        text.push_str(&folded(part));
    }
    text
}

/// What a search asks for, as `LIKE` patterns with `\` as their escape.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Terms {
    /// The search read as one number: any of these in the numbers of a conversation will do.
    pub(super) number: Vec<String>,
    /// The search read as words: of each word, any of its forms must be found.
    pub(super) words: Vec<Vec<String>>,
}

impl Terms {
    /// Reads what was typed.
    pub(super) fn of(search: &str) -> Self {
        let short: String = search.chars().take(SEARCH_MAX).collect();
        let text = folded(&short);
        let words = text
            .split_whitespace()
            .take(WORDS_MAX)
            .map(|word| {
                let mut forms = vec![contains(word)];
                // "0000-0012" stands in the database as 00000012.
                if let Some(digits) = digits_of(word).filter(|digits| digits != word) {
                    forms.push(contains(&digits));
                }
                forms
            })
            .collect();
        let mut number = Vec::new();
        if let Some(digits) = digits_of(&text) {
            // A trunk zero or an international prefix in front is not stored.
            let bare = digits.trim_start_matches('0');
            if bare.len() >= 8 && bare.len() < digits.len() {
                number.push(contains(bare));
            }
            number.push(contains(&digits));
        }
        Self { number, words }
    }

    /// Whether nothing is asked for.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// The digits of a text that holds nothing but what numbers are written with.
fn digits_of(text: &str) -> Option<String> {
    let written = |character: char| {
        character.is_ascii_digit()
            || character.is_whitespace()
            || matches!(
                character,
                '+' | '-' | '.' | '(' | ')' | '/' | '\u{2010}'..='\u{2013}'
            )
    };
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (!digits.is_empty() && text.chars().all(written)).then_some(digits)
}

/// A `LIKE` pattern for any text that holds `part`.
fn contains(part: &str) -> String {
    let mut pattern = String::with_capacity(part.len() + 2);
    pattern.push('%');
    for character in part.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_count() {
        assert_eq!(folded("AÇÃO É Ñandú ﬁm İ\0x"), "acao e nandu fim i x");
        assert_eq!(folded("日本 👨‍👩‍👧"), "日本 👨‍👩‍👧");
        assert_eq!(folded("a\u{301}"), folded("á"));
    }

    #[test]
    fn numbers_are_found_as_they_are_written() {
        let terms = Terms::of("+55 (11) 90000-0012");
        assert_eq!(terms.number, ["%5511900000012%"]);
        assert_eq!(terms.words.len(), 3);
        assert_eq!(
            Terms::of("011 90000-0012").number,
            ["%11900000012%", "%011900000012%"]
        );
        let mixed = Terms::of("maria 0000-0012");
        assert_eq!((mixed.number.len(), mixed.words[1].len()), (0, 2));
        assert!(Terms::of(" \u{a0}\t").is_empty());
    }

    #[test]
    fn signs_with_a_meaning_lose_it() {
        assert_eq!(Terms::of("10%_\\").words, [["%10\\%\\_\\\\%"]]);
        assert!(Terms::of(&"x ".repeat(100_000)).words.len() <= WORDS_MAX);
    }
}
