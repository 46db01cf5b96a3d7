//! Words, numbers and times in the operator's language, through Fluent.

#[cfg(test)]
mod completeness;
mod files;
mod format;

pub use files::FILES;

use crate::domain::Timestamp;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_langneg::{NegotiationStrategy, negotiate_languages};
use std::borrow::Cow;
use std::time::Duration;
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

    fn identifier(self) -> LanguageIdentifier {
        self.key().parse().unwrap_or_default()
    }
}

/// A value that is put into a sentence.
#[derive(Debug, Clone)]
pub enum Value {
    /// Text, put in as it is (isolated, so that right-to-left text does not disturb the sentence).
    Text(String),
    /// A number; plural forms follow it.
    Number(f64),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}
impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<Cow<'_, str>> for Value {
    fn from(text: Cow<'_, str>) -> Self {
        Self::Text(text.into_owned())
    }
}
macro_rules! number_value {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Value {
            #[allow(clippy::cast_precision_loss, clippy::cast_lossless, reason = "counts in sentences stay far below 2^53")]
            fn from(number: $kind) -> Self {
                Self::Number(number as f64)
            }
        }
    )*};
}
number_value!(u8, u16, u32, u64, usize, i32, i64, f64);

impl Value {
    fn fluent(&self) -> FluentValue<'_> {
        match self {
            // Isolates are characters a screen reader and a search by name would meet, so they are put only where
            // they do something.
            Self::Text(text) if format::has_right_to_left(text) => {
                FluentValue::String(Cow::Owned(format!("\u{2068}{text}\u{2069}")))
            }
            Self::Text(text) => FluentValue::String(Cow::Borrowed(text)),
            Self::Number(number) => {
                FluentValue::Number(FluentNumber::new(*number, FluentNumberOptions::default()))
            }
        }
    }
}

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

    /// A whole number with the language's grouping: `1.177`, `1,177`.
    #[must_use]
    pub fn number(&self, number: u64) -> String {
        format::grouped(&number.to_string(), self.language)
    }

    /// A number with a fixed count of decimals: `3,1`, in English `3.1`.
    #[must_use]
    pub fn decimal(&self, number: f64, decimals: usize) -> String {
        format::grouped(&format!("{number:.decimals$}"), self.language)
    }

    /// A share (0 to 1) as a percentage: `68%`, `98,4%`; in Spanish `68 %`.
    #[must_use]
    pub fn percent(&self, share: f64, decimals: usize) -> String {
        let number = self.decimal(share * 100.0, decimals);
        match self.language {
            Language::Spanish => format!("{number}\u{a0}%"),
            Language::Portuguese | Language::English => format!("{number}%"),
        }
    }

    /// A size: `842 B`, `184 KB`, `1,2 MB`.
    #[must_use]
    pub fn file_size(&self, bytes: u64) -> String {
        #[allow(clippy::cast_precision_loss, reason = "a size for a person needs no 53 bits")]
        let kilobytes = bytes as f64 / 1024.0;
        match bytes {
            0..1024 => format!("{bytes}\u{a0}B"),
            1024..1_000_000 => format!("{}\u{a0}KB", self.decimal(kilobytes.min(999.0), 0)),
            1_000_000..1_000_000_000 => format!("{}\u{a0}MB", self.decimal(kilobytes / 1024.0, 1)),
            _ => format!("{}\u{a0}GB", self.decimal(kilobytes / 1024.0 / 1024.0, 1)),
        }
    }

    /// A short duration: `12 s`, `4 min`, `1 min 10 s`, `6 h 12 min`, `3 d`.
    #[must_use]
    pub fn duration(&self, duration: Duration) -> String {
        let seconds = duration.as_secs();
        let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
        let one = |key, count: u64| self.with(key, &[("count", count.into())]);
        let two = |big, count: u64, small, rest: u64| {
            if rest == 0 {
                one(big, count)
            } else {
                self.with(
                    "duration-two",
                    &[
                        ("big", one(big, count).into()),
                        ("small", one(small, rest).into()),
                    ],
                )
            }
        };
        match seconds {
            0..60 => one("duration-seconds", seconds),
            // Seconds matter for a few minutes only.
            60..600 => two("duration-minutes", minutes, "duration-seconds", seconds % 60),
            600..3_600 => one("duration-minutes", minutes),
            3_600..86_400 => two("duration-hours", hours, "duration-minutes", minutes % 60),
            _ => two(
                "duration-days",
                days,
                "duration-hours",
                if days < 3 { hours % 24 } else { 0 },
            ),
        }
    }

    /// How long ago: `há 12 s`, `há 4 min`; `agora` under two seconds.
    #[must_use]
    pub fn ago(&self, then: Timestamp, now: Timestamp) -> String {
        let elapsed = now.since(then);
        if elapsed < Duration::from_secs(2) {
            return self.get("ago-now");
        }
        // Minutes with their seconds would change every second for nothing.
        let seconds = elapsed.as_secs();
        let coarse = if seconds < 60 {
            seconds
        } else {
            seconds - seconds % 60
        };
        self.with(
            "ago",
            &[("duration", self.duration(Duration::from_secs(coarse)).into())],
        )
    }

    /// The time of day: `14:32`.
    #[must_use]
    pub fn time(&self, at: Timestamp) -> String {
        at.local().strftime("%H:%M").to_string()
    }

    /// The time of day with seconds: `14:32:07`.
    #[must_use]
    pub fn time_with_seconds(&self, at: Timestamp) -> String {
        at.local().strftime("%H:%M:%S").to_string()
    }

    /// A date: `18/12/2026`, in English `18 Dec 2026`.
    #[must_use]
    pub fn date(&self, date: jiff::civil::Date) -> String {
        match self.language {
            Language::Portuguese | Language::Spanish => date.strftime("%d/%m/%Y").to_string(),
            // English-speaking countries disagree on the order of day and month, so the month is a word.
            Language::English => date.strftime("%-d %b %Y").to_string(),
        }
    }

    /// The day for a list row, in small letters: `hoje`, `ontem`, `amanhã`, the weekday within a week before or after,
    /// else the date.
    #[must_use]
    pub fn day(&self, at: Timestamp, now: Timestamp) -> String {
        let (date, today) = (at.local().date(), now.local().date());
        match today.since(date).map(|span| span.get_days()) {
            Ok(0) => self.get("day-today"),
            Ok(1) => self.get("day-yesterday"),
            Ok(-1) => self.get("day-tomorrow"),
            Ok(2..=6 | -6..=-2) => self.weekday(date.weekday()),
            _ => self.date(date),
        }
    }

    /// The day as it stands alone on a line: [`Localizer::day`] with a capital.
    #[must_use]
    pub fn day_line(&self, at: Timestamp, now: Timestamp) -> String {
        format::capitalised(&self.day(at, now))
    }

    /// The name of a weekday: `terça-feira`.
    #[must_use]
    pub fn weekday(&self, day: jiff::civil::Weekday) -> String {
        const KEYS: [&str; 7] = [
            "weekday-monday",
            "weekday-tuesday",
            "weekday-wednesday",
            "weekday-thursday",
            "weekday-friday",
            "weekday-saturday",
            "weekday-sunday",
        ];
        let index = usize::try_from(day.to_monday_zero_offset()).unwrap_or(0);
        self.get(KEYS.get(index).copied().unwrap_or(KEYS[0]))
    }

    /// A moment for a row: the time if it is today, else the day.
    #[must_use]
    pub fn moment(&self, at: Timestamp, now: Timestamp) -> String {
        if at.local().date() == now.local().date() {
            self.time(at)
        } else {
            self.day(at, now)
        }
    }

    /// A moment with both its parts: `14:32` today, else `ontem, 14:32`, `18/12/2026, 14:32`.
    #[must_use]
    pub fn day_and_time(&self, at: Timestamp, now: Timestamp) -> String {
        if at.local().date() == now.local().date() {
            return self.time(at);
        }
        self.with(
            "day-and-time",
            &[("day", self.day(at, now).into()), ("time", self.time(at).into())],
        )
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

    fn at(year: i16, month: i8, day: i8, hour: i8, minute: i8) -> Timestamp {
        let local = jiff::civil::date(year, month, day).at(hour, minute, 7, 0);
        Timestamp(
            local
                .to_zoned(jiff::tz::TimeZone::system())
                .unwrap()
                .timestamp()
                .as_millisecond(),
        )
    }

    fn all<T>(what: impl Fn(&Localizer) -> T) -> [T; 3] {
        [Language::Portuguese, Language::Spanish, Language::English]
            .map(|language| what(&Localizer::new(language)))
    }

    #[test]
    fn numbers_are_grouped_as_the_language_does() {
        assert_eq!(all(|text| text.number(1_177)), ["1.177", "1.177", "1,177"]);
        assert_eq!(all(|text| text.number(999)), ["999", "999", "999"]);
        assert_eq!(
            all(|text| text.number(12_345_678)),
            ["12.345.678", "12.345.678", "12,345,678"]
        );
        assert_eq!(
            all(|text| text.decimal(-1234.56, 1)),
            ["-1.234,6", "-1.234,6", "-1,234.6"]
        );
        assert_eq!(
            all(|text| text.percent(0.984, 1)),
            ["98,4%", "98,4\u{a0}%", "98.4%"]
        );
        assert_eq!(all(|text| text.file_size(188_416)), ["184\u{a0}KB"; 3]);
        assert_eq!(
            all(|text| text.file_size(1_258_291)),
            ["1,2\u{a0}MB", "1,2\u{a0}MB", "1.2\u{a0}MB"]
        );
    }

    #[test]
    fn durations_are_short() {
        let text = Localizer::new(Language::Portuguese);
        let table = [
            (0, "0 s"),
            (12, "12 s"),
            (70, "1 min 10 s"),
            (240, "4 min"),
            (659, "10 min"),
            (22_320, "6 h 12 min"),
            (90_000, "1 d 1 h"),
            (3 * 86_400 + 7_000, "3 d"),
        ];
        for (seconds, words) in table {
            assert_eq!(
                text.duration(Duration::from_secs(seconds)).replace('\u{a0}', " "),
                words
            );
        }
    }

    #[test]
    fn ages_are_told_coarsely() {
        let now = Timestamp(1_000_000);
        let ago = |seconds: u64| {
            all(|text| {
                text.ago(now.minus(Duration::from_secs(seconds)), now)
                    .replace('\u{a0}', " ")
            })
        };
        assert_eq!(ago(1), ["agora", "ahora", "now"]);
        assert_eq!(ago(12), ["há 12 s", "hace 12 s", "12 s ago"]);
        assert_eq!(ago(239), ["há 3 min", "hace 3 min", "3 min ago"]);
    }

    #[test]
    fn days_are_named_while_they_are_near() {
        let now = at(2026, 11, 21, 9, 0);
        assert_eq!(all(|text| text.day(now, now)), ["hoje", "hoy", "today"]);
        assert_eq!(
            all(|text| text.day(at(2026, 11, 20, 23, 59), now)),
            ["ontem", "ayer", "yesterday"]
        );
        assert_eq!(
            all(|text| text.day(at(2026, 11, 22, 0, 0), now)),
            ["amanhã", "mañana", "tomorrow"]
        );
        assert_eq!(
            all(|text| text.day(at(2026, 11, 17, 1, 0), now)),
            ["terça-feira", "martes", "Tuesday"]
        );
        assert_eq!(
            all(|text| text.day(at(2026, 12, 18, 1, 0), now)),
            ["18/12/2026", "18/12/2026", "18 Dec 2026"]
        );
        assert_eq!(all(|text| text.day_line(now, now)), ["Hoje", "Hoy", "Today"]);
        assert_eq!(
            all(|text| text.moment(at(2026, 11, 21, 14, 32), now)),
            ["14:32"; 3]
        );
        assert_eq!(
            all(|text| text.day_and_time(at(2026, 11, 20, 14, 32), now)),
            ["ontem, 14:32", "ayer, 14:32", "yesterday, 14:32"]
        );
        assert_eq!(
            Localizer::new(Language::English).time_with_seconds(at(2026, 11, 21, 14, 32)),
            "14:32:07"
        );
    }

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
    fn numbers_in_sentences_are_grouped_too() {
        assert_eq!(
            all(|text| text
                .with("duration-days", &[("count", 1_234.into())])
                .replace('\u{a0}', " ")),
            ["1.234 d", "1.234 d", "1,234 d"]
        );
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
