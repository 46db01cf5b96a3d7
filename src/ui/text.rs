//! Words, numbers and times in the operator's language, through Fluent.

#[cfg(test)]
mod completeness;
mod files;
mod format;
mod language;
mod numbers;
mod times;
mod value;

pub use files::FILES;
pub use language::Language;
pub use value::Value;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

/// Gives words in one language. Cheap to keep, dear to make. A sentence that is missing in it comes from the English
/// files.
pub struct Localizer {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    fallback: Option<FluentBundle<FluentResource>>,
}

impl std::fmt::Debug for Localizer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Localizer({})", self.language.key())
    }
}

impl Localizer {
    /// A localizer for a language.
    #[must_use]
    pub fn new(language: Language) -> Self {
        let fallback = (language != Language::English).then(|| bundle(Language::English));
        Self {
            language,
            bundle: bundle(language),
            fallback,
        }
    }

    /// A localizer whose words are about a third longer and carry accents all over: shows where a text is cut, where
    /// one does not go through Fluent, and where a glyph is missing.
    #[must_use]
    pub fn pseudo(language: Language) -> Self {
        let mut localizer = Self::new(language);
        localizer.bundle.set_transform(Some(format::pseudo));
        localizer
    }

    /// Its language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether there is a sentence of this key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
            || self
                .fallback
                .as_ref()
                .is_some_and(|bundle| bundle.has_message(key))
    }

    /// The sentence of a key. A missing key shows itself (and fails the completeness test).
    #[must_use]
    pub fn get(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The sentence of a key with values put in.
    #[must_use]
    pub fn with(&self, key: &str, values: &[(&str, Value)]) -> String {
        let arguments: Option<FluentArgs<'_>> = (!values.is_empty()).then(|| {
            values
                .iter()
                .map(|(name, value)| (*name, value.fluent()))
                .collect()
        });
        std::iter::once(&self.bundle)
            .chain(&self.fallback)
            .find_map(|bundle| {
                let pattern = bundle.get_message(key)?.value()?;
                let mut errors = Vec::new();
                let sentence = bundle.format_pattern(pattern, arguments.as_ref(), &mut errors);
                if !errors.is_empty() {
                    tracing::warn!(key, ?errors, "a sentence lacks a value");
                }
                Some(sentence.into_owned())
            })
            .unwrap_or_else(|| {
                tracing::warn!(key, "a sentence is missing");
                key.to_owned()
            })
    }
}

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![language.identifier()]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::Portuguese => format::number_portuguese,
        Language::Spanish => format::number_spanish,
        Language::English => format::number_english,
    }));
    if let Err(error) = bundle.add_builtins() {
        tracing::error!(?error, "NUMBER cannot be used in sentences");
    }
    for (_, room, source) in FILES.iter().filter(|(tag, ..)| *tag == language.key()) {
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(resource, errors)| {
            tracing::error!(room, ?errors, "a file of words has mistakes");
            resource
        });
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(room, ?errors, "a key stands in two files of words");
        }
    }
    bundle
}

/// The sentence of a key, with values: `t!(context, "queue-clear", count = 12)`.
#[macro_export]
macro_rules! t {
    ($context:expr, $key:expr) => { $context.text.get($key) };
    ($context:expr, $key:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $context.text.with($key, &[$((stringify!($name), $crate::ui::text::Value::from($value))),+])
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_takes_values_and_isolates_only_what_runs_the_other_way() {
        let text = Localizer::new(Language::English);
        assert_eq!(text.with("ago", &[("duration", "x".into())]), "x ago");
        assert_eq!(
            text.with("ago", &[("duration", "שלום".into())]),
            "\u{2068}שלום\u{2069} ago"
        );
        assert_eq!(text.get("no-such-key"), "no-such-key");
        assert!(text.has("ago") && !text.has("no-such-key"));
    }

    #[test]
    fn pseudo_words_are_longer_and_readable() {
        let text = Localizer::pseudo(Language::English);
        let today = text.get("day-today");
        assert!(
            today.chars().count() > "today".len() && today != "today",
            "{today}"
        );
        assert!(
            text.with("ago", &[("duration", "12 s".into())])
                .starts_with("12 s")
        );
    }
}
