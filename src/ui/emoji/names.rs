//! The list of emoji by group, and how they are found by name.

use crate::ui::text::Language;
use std::collections::HashMap;
use std::sync::LazyLock;

const LIST: &str = include_str!("../../../assets/emoji/emoji.tsv");
const NAMES: &str = include_str!("../../../assets/emoji/names.tsv");

/// The groups of the picker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// Faces and hearts.
    Smileys,
    /// Hands, people, families.
    People,
    /// Animals and plants.
    Animals,
    /// Food and drink.
    Food,
    /// Travel, places, weather.
    Travel,
    /// Feasts, sport, games.
    Activities,
    /// Things.
    Objects,
    /// Signs.
    Symbols,
    /// Flags.
    Flags,
}

impl Group {
    /// The groups in the order of the picker.
    pub const ALL: [Self; 9] = [
        Self::Smileys,
        Self::People,
        Self::Animals,
        Self::Food,
        Self::Travel,
        Self::Activities,
        Self::Objects,
        Self::Symbols,
        Self::Flags,
    ];

    /// How the list, and the keys of its translated name, call it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Smileys => "smileys",
            Self::People => "people",
            Self::Animals => "animals",
            Self::Food => "food",
            Self::Travel => "travel",
            Self::Activities => "activities",
            Self::Objects => "objects",
            Self::Symbols => "symbols",
            Self::Flags => "flags",
        }
    }
}

/// One emoji of the list.
#[derive(Debug)]
pub struct Emoji {
    /// The characters themselves.
    pub text: &'static str,
    /// Where it stands in the picker.
    pub group: Group,
    /// English names, words joined by `_`, several names by blanks.
    pub english: &'static str,
    /// Portuguese words, for the ones used most.
    pub portuguese: Option<&'static str>,
    /// Spanish words, for the ones used most.
    pub spanish: Option<&'static str>,
    /// Where it stands among the ones used most, which are found first.
    place: usize,
}

impl Emoji {
    /// What a screen reader or a hint calls it: the words of the language where there are any, else its first English
    /// name.
    #[must_use]
    pub fn name(&self, language: Language) -> String {
        self.words(language).map_or_else(
            || {
                let first = self.english.split(' ').next().unwrap_or_default();
                first.replace(['_', '-'], " ")
            },
            str::to_owned,
        )
    }

    /// The short name that stands between colons, without blanks.
    #[must_use]
    pub fn short_name(&self, language: Language) -> &'static str {
        let words = self.words(language).unwrap_or(self.english);
        words.split(' ').next().unwrap_or_default()
    }

    fn words(&self, language: Language) -> Option<&'static str> {
        match language {
            Language::Portuguese => self.portuguese,
            Language::Spanish => self.spanish,
            Language::English => None,
        }
    }
}

/// Every emoji, in the order of the picker. Skin tones are not in the list, but are drawn.
pub static ALL: LazyLock<Vec<Emoji>> = LazyLock::new(|| {
    let names: HashMap<&str, (usize, &str, &str)> = NAMES
        .lines()
        .enumerate()
        .filter_map(|(place, line)| {
            let mut parts = line.split('\t');
            Some((parts.next()?, (place, parts.next()?, parts.next()?)))
        })
        .collect();
    LIST.lines()
        .filter_map(|line| {
            let mut parts = line.split('\t');
            let (group, text, english) = (parts.next()?, parts.next()?, parts.next()?);
            let own = names.get(text);
            Some(Emoji {
                text,
                group: Group::ALL.into_iter().find(|known| known.key() == group)?,
                english,
                place: own.map_or(usize::MAX, |own| own.0),
                portuguese: own.map(|own| own.1),
                spanish: own.map(|own| own.2),
            })
        })
        .collect()
});

/// The emoji of a group.
pub fn in_group(group: Group) -> impl Iterator<Item = &'static Emoji> {
    ALL.iter().filter(move |emoji| emoji.group == group)
}

/// What is searched in for one emoji: a blank before every word, no accents, no capitals.
struct Keys {
    english: String,
    portuguese: String,
    spanish: String,
}

static KEYS: LazyLock<Vec<Keys>> = LazyLock::new(|| {
    let key = |words: &str| format!(" {} ", plain(words));
    ALL.iter()
        .map(|emoji| Keys {
            english: key(emoji.english),
            portuguese: emoji.portuguese.map_or_else(String::new, key),
            spanish: emoji.spanish.map_or_else(String::new, key),
        })
        .collect()
});

/// The emoji of which a word in this language, or in English, begins with `prefix`; whole words first, the operator's
/// language before English. Accents and capitals do not count. Nothing for a blank prefix.
#[must_use]
pub fn find(prefix: &str, language: Language) -> Vec<&'static Emoji> {
    let prefix = plain(prefix);
    if prefix.is_empty() {
        return Vec::new();
    }
    let (begins, whole) = (format!(" {prefix}"), format!(" {prefix} "));
    let mut found: Vec<(u8, &'static Emoji)> = ALL
        .iter()
        .zip(KEYS.iter())
        .filter_map(|(emoji, keys)| {
            let own = match language {
                Language::Portuguese => &keys.portuguese,
                Language::Spanish => &keys.spanish,
                Language::English => &keys.english,
            };
            let rank = if *own == whole {
                0
            } else if own.starts_with(&whole) {
                1
            } else if own.contains(&whole) {
                2
            } else if own.contains(&begins) {
                3
            } else if keys.english.contains(&whole) {
                4
            } else if keys.english.contains(&begins) {
                5
            } else {
                return None;
            };
            Some((rank, emoji))
        })
        .collect();
    found.sort_by_key(|(rank, emoji)| (*rank, emoji.place));
    found.into_iter().map(|(_, emoji)| emoji).collect()
}

/// Lower case, without accents, words parted by single blanks.
fn plain(text: &str) -> String {
    let folded: String = text
        .to_lowercase()
        .chars()
        .filter(|character| !('\u{300}'..='\u{36f}').contains(character))
        .map(|character| match character {
            'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'ì' | 'î' | 'ï' => 'i',
            'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
            'ú' | 'ù' | 'û' | 'ü' => 'u',
            'ç' => 'c',
            'ñ' => 'n',
            '_' | '-' | ':' => ' ',
            other => other,
        })
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(prefix: &str, language: Language) -> &'static str {
        find(prefix, language).first().map_or("", |emoji| emoji.text)
    }

    #[test]
    fn the_list_is_whole() {
        assert_eq!(ALL.len(), LIST.lines().count());
        for group in Group::ALL {
            assert!(in_group(group).count() > 50, "{group:?}");
        }
        let named = ALL.iter().filter(|emoji| emoji.portuguese.is_some()).count();
        assert_eq!(named, NAMES.lines().count());
        assert!(named >= 150);
        for emoji in ALL.iter() {
            for language in [Language::Portuguese, Language::Spanish, Language::English] {
                assert!(!emoji.name(language).is_empty());
                assert!(!emoji.short_name(language).contains(' '));
            }
        }
    }

    #[test]
    fn names_are_found_in_the_operators_language() {
        assert_eq!(first("coração", Language::Portuguese), "❤️");
        assert_eq!(first("coracao", Language::Portuguese), "❤️");
        assert_eq!(first("CORAZON", Language::Spanish), "❤️");
        assert_eq!(first("obrig", Language::Portuguese), "🙏");
        assert_eq!(first("nota fiscal", Language::Portuguese), "🧾");
        assert_eq!(first("heart", Language::English), "❤️");
        assert_eq!(first("joy", Language::English), "😂");
        assert!(
            find("pray", Language::Portuguese)
                .iter()
                .any(|emoji| emoji.text == "🙏")
        );
        assert!(find("", Language::English).is_empty());
        assert!(find("  ", Language::English).is_empty());
        assert!(find("zzzqx", Language::English).is_empty());
    }

    #[test]
    fn words_in_the_middle_do_not_count() {
        let found = find("ração", Language::Portuguese);
        assert!(found.iter().all(|emoji| emoji.text != "❤️"));
    }
}
