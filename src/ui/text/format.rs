//! How a language writes numbers, and small things done to words.

use super::Language;
use fluent_bundle::FluentValue;
use std::borrow::Cow;

/// Writes a number in a Portuguese sentence. Fluent takes a plain function, so there is one for each language; what it
/// passes along beside the value is not needed.
pub(super) fn number_portuguese<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    in_sentence(value, Language::Portuguese)
}

/// Writes a number in a Spanish sentence.
pub(super) fn number_spanish<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    in_sentence(value, Language::Spanish)
}

/// Writes a number in an English sentence.
pub(super) fn number_english<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    in_sentence(value, Language::English)
}

fn in_sentence(value: &FluentValue<'_>, language: Language) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let plain = match number.options.maximum_fraction_digits {
        Some(digits) => format!("{:.digits$}", number.value),
        None => number.as_string().into_owned(),
    };
    Some(if number.options.use_grouping {
        grouped(&plain, language)
    } else {
        plain
    })
}

/// Groups the whole part of a number written as `-1234.5` by threes and sets the language's decimal sign.
pub(super) fn grouped(plain: &str, language: Language) -> String {
    let (group, point) = match language {
        Language::Portuguese | Language::Spanish => ('.', ','),
        Language::English => (',', '.'),
    };
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", plain),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(group);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(point);
        out.push_str(fraction);
    }
    out
}

/// Whether any character is of a script written from right to left.
pub(super) fn has_right_to_left(text: &str) -> bool {
    text.chars().any(|character| {
        matches!(character,
            '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}

/// The text with its first letter a capital.
pub(super) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// Words a third longer, with accents on their vowels.
pub(super) fn pseudo(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len() * 2);
    for character in text.chars() {
        match character {
            'a' => out.push_str("áà"),
            'e' => out.push_str("éê"),
            'i' => out.push('í'),
            'o' => out.push_str("óõ"),
            'u' => out.push('ü'),
            'n' => out.push('ñ'),
            'c' => out.push('ç'),
            'A' => out.push('Å'),
            'E' => out.push('É'),
            'O' => out.push('Ö'),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}
