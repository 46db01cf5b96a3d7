//! Which languages there are, and which of them fits the system's wishes.

use fluent_langneg::{NegotiationStrategy, negotiate_languages};
use unic_langid::LanguageIdentifier;

/// The languages there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Portuguese of Brazil.
    #[default]
    Portuguese,
    /// Spanish.
    Spanish,
    /// English.
    English,
}

impl Language {
    /// Every language, in the order they are offered.
    pub const ALL: &'static [Self] = &[Self::Portuguese, Self::Spanish, Self::English];

    /// The tag under which it is stored in the settings, and the folder of its files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Portuguese => "pt-BR",
            Self::Spanish => "es",
            Self::English => "en",
        }
    }

    /// Its name, in itself.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Portuguese => "Português (Brasil)",
            Self::Spanish => "Español",
            Self::English => "English",
        }
    }

    /// Reads the stored tag.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|language| language.key() == key)
    }

    /// The language that fits the system's wishes best.
    #[must_use]
    pub fn of_system() -> Self {
        Self::negotiate(sys_locale::get_locales())
    }

    /// The language of a settings value: the one named, or the system's.
    #[must_use]
    pub fn of_setting(setting: Option<&str>) -> Self {
        setting.and_then(Self::from_key).unwrap_or_else(Self::of_system)
    }

    /// The language that fits `wishes` (BCP 47 or POSIX tags, dearest first) best; English where none does.
    pub fn negotiate(wishes: impl IntoIterator<Item = String>) -> Self {
        let wishes: Vec<LanguageIdentifier> = wishes
            .into_iter()
            .filter_map(|tag| {
                // POSIX carries an encoding or a modifier along: `pt_BR.UTF-8`, `es_ES@euro`.
                let tag = tag.split(['.', '@']).next().unwrap_or_default().replace('_', "-");
                tag.parse().ok()
            })
            .collect();
        let offered: Vec<LanguageIdentifier> =
            Self::ALL.iter().map(|language| language.identifier()).collect();
        let english = Self::English.identifier();
        let chosen = negotiate_languages(&wishes, &offered, Some(&english), NegotiationStrategy::Lookup);
        chosen
            .first()
            .and_then(|chosen| {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|language| language.identifier() == **chosen)
            })
            .unwrap_or(Self::English)
    }

    pub(super) fn identifier(self) -> LanguageIdentifier {
        self.key().parse().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_language_is_found() {
        let of = |tags: &[&str]| Language::negotiate(tags.iter().map(|tag| (*tag).to_owned()));
        assert_eq!(of(&["pt_BR.UTF-8"]), Language::Portuguese);
        assert_eq!(of(&["pt-PT"]), Language::Portuguese);
        assert_eq!(of(&["es-419", "en"]), Language::Spanish);
        assert_eq!(of(&["de-AT", "es_ES@euro"]), Language::Spanish);
        assert_eq!(of(&["en-GB"]), Language::English);
        assert_eq!(of(&["C", "zh-Hans-CN"]), Language::English);
        assert_eq!(of(&[]), Language::English);
        assert_eq!(Language::of_setting(Some("es")), Language::Spanish);
    }
}
