//! Words to look for: folded, so that case and accents do not count, and numbers in every form people write them.

use crate::domain::PhoneNumber;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Longest search that is looked at, in characters, and most words in it.
const SEARCH_MAX: usize = 200;
const WORDS_MAX: usize = 8;

/// Characters in a run, the unit of the index.
const RUN: usize = 3;
/// Most runs of a word that the index is asked for: what it finds is compared with the whole word anyway.
const RUNS_MAX: usize = 16;

/// The text without case and accents, and with blanks for control characters (the database's texts end at a NUL).
pub(super) fn folded(text: &str) -> String {
    text.chars().flat_map(folded_character).collect()
}

/// What becomes of one character. Each is folded by itself: putting marks into their canonical order, which a whole
/// text would need, makes no difference where marks are left out.
pub(super) fn folded_character(character: char) -> impl Iterator<Item = char> {
    std::iter::once(character)
        .nfkd()
        .filter(|part| !is_combining_mark(*part))
        .flat_map(char::to_lowercase)
        .map(|part| if part.is_control() { ' ' } else { part })
}

/// What a conversation is found by beside its messages: its number in every form, its names and the note about it.
pub(super) fn conversation_text(phone: &PhoneNumber, others: &[Option<&str>]) -> String {
    let other = phone.other_form();
    let mut text = phone.digits().to_owned();
    for part in std::iter::once(other.as_ref().map(PhoneNumber::digits))
        .chain(others.iter().copied())
        .flatten()
        .filter(|part| !part.is_empty())
    {
        text.push(' ');
        text.push_str(&folded(part));
    }
    text
}

/// What a search asks for, folded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Terms {
    /// The search read as one number: any of these in the numbers of a conversation will do.
    pub(super) number: Vec<String>,
    /// The search read as words, at most [`WORDS_MAX`]: of each word, any of its forms must be found.
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
                let mut forms = vec![word.to_owned()];
                // "0000-0012" stands in the database as 00000012.
                if let Some(digits) = digits_of(word).filter(|digits| digits != word) {
                    forms.push(digits);
                }
                forms
            })
            .collect();
        let mut number = Vec::new();
        if let Some(digits) = digits_of(&text) {
            // A trunk zero or an international prefix in front is not stored.
            let bare = digits.trim_start_matches('0');
            if bare.len() >= 8 && bare.len() < digits.len() {
                number.push(bare.to_owned());
            }
            number.push(digits);
        }
        Self { number, words }
    }

    /// Whether nothing is asked for.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words that are meant by `choice`, whose bit *n* stands for word *n*.
    pub(super) fn chosen(&self, choice: WordSet) -> Vec<&[String]> {
        let words = self.words.iter().enumerate();
        words
            .filter(|(index, _)| choice >> index & 1 == 1)
            .map(|(_, forms)| forms.as_slice())
            .collect()
    }

    /// Every word.
    pub(super) fn all(&self) -> WordSet {
        (1 << self.words.len()) - 1
    }
}

/// Some of a search's words: bit *n* stands for word *n*.
pub(super) type WordSet = i64;

/// The words as the index is asked for them: messages that hold every run of three characters of one form of each word.
/// Words of less than three characters are not in the index; `None` if there are no others.
pub(super) fn index_query(words: &[&[String]]) -> Option<String> {
    let mut query = String::new();
    for forms in words.iter().filter(|forms| is_indexed(forms)) {
        query.push_str(if query.is_empty() { "(" } else { " AND (" });
        for (index, form) in forms.iter().enumerate() {
            query.push_str(if index == 0 { "(" } else { " OR (" });
            let characters: Vec<char> = form.chars().collect();
            for (index, run) in characters.windows(RUN).take(RUNS_MAX).enumerate() {
                if index > 0 {
                    query.push_str(" AND ");
                }
                push_run(&mut query, run);
            }
            query.push(')');
        }
        query.push(')');
    }
    (!query.is_empty()).then_some(query)
}

/// Whether every form of a word can be looked for in the index.
pub(super) fn is_indexed(forms: &[String]) -> bool {
    forms.iter().all(|form| form.chars().count() >= RUN)
}

/// The part of an index query that stands for one conversation, from the number of its first message.
pub(super) fn push_conversation(query: &mut String, first_message: i64) {
    const PLANE: u32 = 0xF_0000;
    let run = [30_u32, 15, 0].map(|shift| {
        let bits = u32::try_from(first_message >> shift & 0x7FFF).unwrap_or(0);
        char::from_u32(PLANE + bits).unwrap_or(char::REPLACEMENT_CHARACTER)
    });
    push_run(query, &run);
}

fn push_run(query: &mut String, run: &[char]) {
    query.push('"');
    for character in run {
        query.push(*character);
        if *character == '"' {
            query.push('"');
        }
    }
    query.push('"');
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
        assert_eq!(terms.number, ["5511900000012"]);
        assert_eq!(terms.words.len(), 3);
        assert_eq!(
            Terms::of("011 90000-0012").number,
            ["11900000012", "011900000012"]
        );
        let mixed = Terms::of("maria 0000-0012");
        assert_eq!((mixed.number.len(), mixed.words[1].len()), (0, 2));
        assert!(Terms::of(" \u{a0}\t").is_empty());
    }

    #[test]
    fn the_index_is_asked_for_runs_of_three() {
        let ask = |search: &str| {
            let terms = Terms::of(search);
            index_query(&terms.chosen(terms.all()))
        };
        assert_eq!(ask("Olá").as_deref(), Some(r#"(("ola"))"#));
        assert_eq!(
            ask("casa de pão").as_deref(),
            Some(r#"(("cas" AND "asa")) AND (("pao"))"#)
        );
        assert_eq!(
            ask("12-34").as_deref(),
            Some(r#"(("12-" AND "2-3" AND "-34") OR ("123" AND "234"))"#)
        );
        assert_eq!(ask(r#"a"b OR"#).as_deref(), Some(r#"(("a""b"))"#));
        // The digits of this one are too short for the index, so all of it is.
        assert_eq!(ask("1-2"), None);
        assert_eq!(ask("日本"), None);
        assert!(ask(&"x".repeat(1_000_000)).is_some_and(|query| query.len() < 500));
        let terms = Terms::of("um dois três");
        assert_eq!(
            terms.chosen(0b101),
            [["um".to_owned()].as_slice(), ["tres".to_owned()].as_slice()]
        );
    }

    #[test]
    fn a_text_is_folded_character_by_character() {
        for text in [
            "ΑΣ ΌΣΟΣ",
            "q\u{307}\u{323}q\u{323}\u{307}",
            "각 ｶﾞ ガ ½ ℡ ß ŉ",
            "ไทย हिन्दी",
        ] {
            let whole: String = text
                .nfkd()
                .filter(|character| !is_combining_mark(*character))
                .flat_map(char::to_lowercase)
                .collect();
            assert_eq!(folded(text), whole, "{text}");
        }
    }

    #[test]
    fn few_words_of_a_long_search_are_looked_at() {
        assert!(Terms::of(&"x ".repeat(100_000)).words.len() <= WORDS_MAX);
    }
}
