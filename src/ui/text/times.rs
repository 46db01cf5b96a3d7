//! Durations, ages, days and times, in the operator's language.

use super::{Language, Localizer, format};
use crate::domain::Timestamp;
use std::time::Duration;

impl Localizer {
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
}
