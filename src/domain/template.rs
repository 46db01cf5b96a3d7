//! Templates: messages whose wording is registered at the vendor, with places for parameters. The library is the
//! operator's own: no vendor lists what is registered there.

use super::{AccountId, Timestamp};
use serde::{Deserialize, Serialize};

/// One parameter of a template.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TemplateParameter {
    /// What the operator calls it; not empty, no two alike within a template.
    pub name: String,
    /// A value as it may look, for the preview.
    pub sample: String,
}

/// A template of an account's library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Our identifier.
    pub id: super::TemplateId,
    /// The account.
    pub account: AccountId,
    /// Under which identifier or name it is registered at the vendor.
    pub key: String,
    /// Its language as the vendor has it, such as `pt_BR` or `EN`.
    pub language: String,
    /// Its wording, with `{{1}}`, `{{2}}` … where the parameters stand.
    pub text: String,
    /// The parameters by position.
    pub parameters: Vec<TemplateParameter>,
    /// Whether a picture stands above the text.
    pub header_image: bool,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// What is wrong with a template, or with the values for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateProblem {
    /// No identifier or name.
    NoKey,
    /// The identifier or name is longer than this many characters, or holds control characters.
    BadKey(usize),
    /// No language, or none that looks like one.
    BadLanguage,
    /// No wording.
    NoText,
    /// The wording is longer than this many characters.
    TextTooLong(usize),
    /// A parameter has no name, or one that another has.
    ParameterName(usize),
    /// The wording has a place for a parameter that is not in the list (its number), or the other way round.
    Places(usize),
    /// No value for this parameter (its name).
    Missing(String),
    /// The value of this parameter (its name) holds line breaks, tabs or more than four blanks in a row, which vendors
    /// refuse.
    BadValue(String),
    /// The value of this parameter (its name) is longer than this many characters.
    ValueTooLong(String, usize),
    /// A picture is needed above the text.
    NoHeaderImage,
    /// There is another one of this identifier and language.
    Taken,
}

impl Template {
    /// Longest identifier or name, in characters.
    pub const KEY_MAX: usize = 512;
    /// Longest wording, in characters.
    pub const TEXT_MAX: usize = 1_024;
    /// Longest value of a parameter, in characters.
    pub const VALUE_MAX: usize = 1_024;
    /// Most parameters.
    pub const PARAMETERS_MAX: usize = 20;
}

/// A template as it goes out with a message. What the person sees is the message's text; a picture above it is its
/// attachment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateMessage {
    /// Under which identifier or name it is registered at the vendor.
    pub key: String,
    /// Its language as the vendor has it.
    pub language: String,
    /// The values by position.
    pub values: Vec<String>,
}

/// A piece of a template's wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words that stand there as they are.
    Words(&'a str),
    /// The place of a parameter: its position, from 0.
    Place(usize),
}

/// Takes a wording apart. `{{1}}` is the place of the first parameter, blanks within the braces do not matter; whatever
/// else stands in braces is words.
#[must_use]
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut words = 0;
    let mut at = 0;
    while let Some(open) = text[at..].find("{{").map(|found| at + found) {
        let inner = open + 2;
        let Some(close) = text[inner..].find("}}").map(|found| inner + found) else {
            break;
        };
        match place(&text[inner..close]) {
            Some(position) => {
                if words < open {
                    pieces.push(Piece::Words(&text[words..open]));
                }
                pieces.push(Piece::Place(position));
                words = close + 2;
                at = words;
            }
            // The next brace may open a place: `{{{1}}`.
            None => at = open + 1,
        }
    }
    if words < text.len() {
        pieces.push(Piece::Words(&text[words..]));
    }
    pieces
}

/// The position, from 0, of the number in a place.
fn place(inner: &str) -> Option<usize> {
    let digits = inner.trim();
    let is_number = (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse::<usize>().ok().filter(|_| is_number)?.checked_sub(1)
}

/// How many parameters a wording has places for: the highest number in it.
#[must_use]
pub fn places(text: &str) -> usize {
    pieces(text)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Place(position) => Some(position + 1),
            Piece::Words(_) => None,
        })
        .max()
        .unwrap_or(0)
}

impl Template {
    /// Everything that is wrong with it, but for [`TemplateProblem::Taken`], which only the library knows. `key_max` is
    /// the gateway's bound for the key, in characters.
    #[must_use]
    pub fn problems(&self, key_max: usize) -> Vec<TemplateProblem> {
        let mut problems = Vec::new();
        if self.key.is_empty() {
            problems.push(TemplateProblem::NoKey);
        } else if self.key.chars().count() > key_max || self.key.chars().any(char::is_control) {
            problems.push(TemplateProblem::BadKey(key_max));
        }
        if !is_language(&self.language) {
            problems.push(TemplateProblem::BadLanguage);
        }
        if self.text.trim().is_empty() {
            problems.push(TemplateProblem::NoText);
        } else if self.text.chars().count() > Self::TEXT_MAX {
            problems.push(TemplateProblem::TextTooLong(Self::TEXT_MAX));
        }
        for (index, parameter) in self.parameters.iter().enumerate() {
            let earlier = &self.parameters[..index];
            if parameter.name.trim().is_empty() || earlier.iter().any(|other| other.name == parameter.name) {
                problems.push(TemplateProblem::ParameterName(index + 1));
            }
        }
        let pieces = pieces(&self.text);
        let highest = places(&self.text).max(self.parameters.len());
        problems.extend((0..highest.min(Self::PARAMETERS_MAX + 1)).filter_map(|position| {
            let is_placed = pieces.contains(&Piece::Place(position));
            (is_placed != (position < self.parameters.len()) || position >= Self::PARAMETERS_MAX)
                .then_some(TemplateProblem::Places(position + 1))
        }));
        problems
    }

    /// The message of it with these values (by position), and the text as the person will see it.
    ///
    /// # Errors
    /// Every value that is missing or that vendors refuse, and a picture that is missing.
    pub fn filled(
        &self,
        values: &[String],
        has_picture: bool,
    ) -> Result<(TemplateMessage, String), Vec<TemplateProblem>> {
        let mut problems = Vec::new();
        for (position, parameter) in self.parameters.iter().enumerate() {
            let value = values.get(position).map_or("", |value| value.trim());
            let name = parameter.name.clone();
            if value.is_empty() {
                problems.push(TemplateProblem::Missing(name));
            } else if value.chars().any(char::is_control) || value.contains("     ") {
                problems.push(TemplateProblem::BadValue(name));
            } else if value.chars().count() > Self::VALUE_MAX {
                problems.push(TemplateProblem::ValueTooLong(name, Self::VALUE_MAX));
            }
        }
        if self.header_image && !has_picture {
            problems.push(TemplateProblem::NoHeaderImage);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let values: Vec<String> = values
            .iter()
            .take(self.parameters.len())
            .map(|value| value.trim().to_owned())
            .collect();
        let text = self.shown(|position| values.get(position).map(String::as_str));
        let message = TemplateMessage {
            key: self.key.clone(),
            language: self.language.clone(),
            values,
        };
        Ok((message, text))
    }

    /// The text with what `value` gives for each position; its place stays where there is nothing for it.
    #[must_use]
    pub fn shown<'a>(&'a self, value: impl Fn(usize) -> Option<&'a str>) -> String {
        pieces(&self.text)
            .into_iter()
            .map(|piece| match piece {
                Piece::Words(words) => words.to_owned(),
                Piece::Place(position) => match value(position) {
                    Some(value) => value.to_owned(),
                    None => format!("{{{{{}}}}}", position + 1),
                },
            })
            .collect()
    }
}

/// Whether it looks like a language: two or three letters, perhaps with a country or script behind `_` or `-`.
fn is_language(text: &str) -> bool {
    let mut parts = text.split(['_', '-']);
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn template(text: &str, names: &[&str]) -> Template {
        Template {
            id: super::super::TemplateId::new(),
            account: AccountId::new(),
            key: "pedido_pronto".into(),
            language: "pt_BR".into(),
            text: text.into(),
            parameters: names
                .iter()
                .map(|name| TemplateParameter {
                    name: (*name).into(),
                    sample: "x".into(),
                })
                .collect(),
            header_image: false,
            updated_at: Timestamp(0),
        }
    }

    #[test]
    fn a_wording_is_taken_apart() {
        use Piece::{Place, Words};
        for (text, expected) in [
            ("", vec![]),
            ("Olá", vec![Words("Olá")]),
            ("Olá {{1}}!", vec![Words("Olá "), Place(0), Words("!")]),
            ("{{ 2 }}{{1}}", vec![Place(1), Place(0)]),
            ("{{0}}{{x}}{{}}", vec![Words("{{0}}{{x}}{{}}")]),
            ("{{{1}}}", vec![Words("{"), Place(0), Words("}")]),
            ("a {{1", vec![Words("a {{1")]),
            (
                "{{99999999999999999999}}",
                vec![Words("{{99999999999999999999}}")],
            ),
        ] {
            assert_eq!(pieces(text), expected, "{text}");
        }
        assert_eq!(places("{{3}} {{1}}"), 3);
    }

    #[test]
    fn what_is_wrong_is_named() {
        use TemplateProblem as P;
        assert_eq!(template("Olá {{1}}", &["nome"]).problems(512), []);
        assert_eq!(template("Olá", &["nome"]).problems(512), [P::Places(1)]);
        assert_eq!(
            template("Olá {{2}}", &["nome"]).problems(512),
            [P::Places(1), P::Places(2)]
        );
        assert_eq!(template(" ", &[]).problems(512), [P::NoText]);
        assert_eq!(
            template("{{1}} {{2}}", &["a", "a"]).problems(512),
            [P::ParameterName(2)]
        );
        let long = "a".repeat(1_025);
        assert_eq!(template(&long, &[]).problems(512), [P::TextTooLong(1_024)]);
        let bad = Template {
            key: String::new(),
            language: "portuguese!".into(),
            ..template("x", &[])
        };
        assert_eq!(bad.problems(512), [P::NoKey, P::BadLanguage]);
        let bad = Template {
            key: "abc".into(),
            language: "EN".into(),
            ..template("x", &[])
        };
        assert_eq!(bad.problems(2), [P::BadKey(2)]);
    }

    #[test]
    fn a_message_is_made_only_with_every_value() {
        use TemplateProblem as P;
        let values =
            |values: &[&str]| -> Vec<String> { values.iter().map(|value| (*value).into()).collect() };
        let order = template(
            "Olá {{1}}, o pedido {{2}} chegou. Até, {{1}}!",
            &["nome", "pedido"],
        );
        let (message, text) = order
            .filled(&values(&[" Ana ", "1842", "to spare"]), false)
            .unwrap();
        assert_eq!(text, "Olá Ana, o pedido 1842 chegou. Até, Ana!");
        assert_eq!(message.values, ["Ana", "1842"]);
        assert_eq!(
            order.filled(&values(&["Ana"]), false),
            Err(vec![P::Missing("pedido".into())])
        );
        assert_eq!(
            order.filled(&values(&["A\nna", "a     b"]), false),
            Err(vec![P::BadValue("nome".into()), P::BadValue("pedido".into())])
        );
        let long = "x".repeat(1_025);
        assert_eq!(
            order.filled(&values(&[&long, "1"]), false),
            Err(vec![P::ValueTooLong("nome".into(), 1_024)])
        );
        let pictured = Template {
            header_image: true,
            ..template("Olá", &[])
        };
        assert_eq!(pictured.filled(&[], false), Err(vec![P::NoHeaderImage]));
        assert!(pictured.filled(&[], true).is_ok());
        // A value that looks like a place is words.
        let (_, text) = order.filled(&values(&["{{2}}", "9"]), false).unwrap();
        assert!(text.starts_with("Olá {{2}}, o pedido 9"));
    }

    #[test]
    fn what_is_not_filled_in_yet_shows_its_place() {
        let order = template("Olá {{1}} {{2}}", &["a", "b"]);
        assert_eq!(
            order.shown(|position| (position == 0).then_some("Ana")),
            "Olá Ana {{2}}"
        );
    }

    proptest! {
        #[test]
        fn the_pieces_of_any_wording_are_the_whole_of_it(text in "[{}0-9 a]{0,24}") {
            let again: String = pieces(&text)
                .into_iter()
                .map(|piece| match piece {
                    Piece::Words(words) => words.to_owned(),
                    Piece::Place(position) => format!("{{{{{}}}}}", position + 1),
                })
                .collect();
            let plain = |text: &str| text.replace([' ', '0'], "");
            prop_assert_eq!(plain(&again), plain(&text));
        }
    }
}
