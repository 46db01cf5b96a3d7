//! When a message is to be sent: dates and times as people type them, and the moments that are offered.

use super::Timestamp;
use jiff::Zoned;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan};

/// Why a moment cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScheduleProblem {
    /// The date is none.
    Date,
    /// The time is none.
    Time,
    /// It has passed.
    Past,
    /// It is more than a year ahead.
    TooFar,
}

/// In how many years at most a message can be sent.
const YEARS_MAX: i64 = 1;
/// When a working day begins.
const MORNING: Time = Time::constant(8, 0, 0, 0);

/// The moments that are offered at this one, the nearest first and none twice: in an hour, tomorrow morning, and on
/// Monday morning.
#[must_use]
pub fn offered(now: Timestamp, zone: &TimeZone) -> Vec<Timestamp> {
    let here = now.in_zone(zone.clone());
    let in_an_hour = here
        .checked_add(SignedDuration::from_hours(1))
        .ok()
        .map(|later| Timestamp(later.timestamp().as_millisecond() / 60_000 * 60_000));
    let tomorrow = here.date().tomorrow().ok();
    let monday = here.date().nth_weekday(1, Weekday::Monday).ok();
    let mut offered: Vec<Timestamp> = in_an_hour
        .into_iter()
        .chain(
            [tomorrow, monday]
                .into_iter()
                .flatten()
                .filter_map(|date| moment(date, MORNING, zone)),
        )
        .collect();
    offered.dedup();
    offered
}

/// The moment of this date and time in `zone`. An hour that is skipped when the clocks go forward is the one after it;
/// of one that comes twice it is the first.
fn moment(date: Date, time: Time, zone: &TimeZone) -> Option<Timestamp> {
    let zoned: Zoned = date.to_datetime(time).to_zoned(zone.clone()).ok()?;
    Some(Timestamp(zoned.timestamp().as_millisecond()))
}

/// Reads what was typed as date and time, as the moment in `zone`.
///
/// # Errors
/// What is wrong with it.
pub fn read(date: &str, time: &str, now: Timestamp, zone: &TimeZone) -> Result<Timestamp, ScheduleProblem> {
    let here = now.in_zone(zone.clone());
    let date = read_date(date, here.date()).ok_or(ScheduleProblem::Date)?;
    let time = read_time(time).ok_or(ScheduleProblem::Time)?;
    let at = moment(date, time, zone).ok_or(ScheduleProblem::Date)?;
    let last = here
        .checked_add(YEARS_MAX.years())
        .map_or(i64::MAX, |last| last.timestamp().as_millisecond());
    if at <= now {
        Err(ScheduleProblem::Past)
    } else if at.0 > last {
        Err(ScheduleProblem::TooFar)
    } else {
        Ok(at)
    }
}

/// `24/12/2026`, `24/12` (this year, or the next if that day has passed), `24.12.26`, `2026-12-24`.
fn read_date(text: &str, today: Date) -> Option<Date> {
    let parts: Vec<&str> = text
        .trim()
        .split(['/', '.', '-', ' '])
        .filter(|part| !part.is_empty())
        .collect();
    let number = |text: &str| {
        text.parse::<i16>()
            .ok()
            .filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let numbers: Vec<i16> = parts.iter().map(|part| number(part)).collect::<Option<_>>()?;
    let date = |year: i16, month: i16, day: i16| {
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    match numbers[..] {
        [year, month, day] if parts[0].len() == 4 => date(year, month, day),
        [day, month, year] if parts[2].len() == 4 => date(year, month, day),
        [day, month, year] if parts[2].len() == 2 => date(2_000 + year, month, day),
        [day, month] => date(today.year(), month, day)
            .filter(|date| *date >= today)
            .or_else(|| date(today.year() + 1, month, day)),
        _ => None,
    }
}

/// `8:30`, `8h30`, `8h`, `8`, `0830`, `8.30`, `8:30 pm`.
fn read_time(text: &str) -> Option<Time> {
    let text = text.trim().to_lowercase();
    let (text, half) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(text), _) => (text.trim(), Some(0)),
        (_, Some(text)) => (text.trim(), Some(12)),
        _ => (text.as_str(), None),
    };
    let (hour, minute) = match text.split_once([':', 'h', '.']) {
        Some((hour, "")) if text.ends_with('h') => (hour, "0"),
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        Some(_) => return None,
        None if text.len() == 4 && text.is_ascii() => text.split_at(2),
        None => (text, "0"),
    };
    let number = |text: &str| {
        let digits = !text.is_empty() && text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<i8>().ok().filter(|_| digits)
    };
    let (hour, minute) = (number(hour.trim())?, number(minute)?);
    let hour = match half {
        None => hour,
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
    };
    Time::new(hour, minute, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap()
    }

    fn at(zone: &TimeZone, year: i16, month: i8, day: i8, hour: i8, minute: i8) -> Timestamp {
        moment(date(year, month, day), Time::constant(hour, minute, 0, 0), zone).unwrap()
    }

    #[test]
    fn dates_are_read_as_they_are_typed() {
        let today = date(2026, 11, 21);
        for (text, expected) in [
            ("24/12/2026", Some(date(2026, 12, 24))),
            (" 24.12.26 ", Some(date(2026, 12, 24))),
            ("2026-12-24", Some(date(2026, 12, 24))),
            ("24/12", Some(date(2026, 12, 24))),
            ("21/11", Some(today)),
            ("20/11", Some(date(2027, 11, 20))),
            ("31/02/2027", None),
            ("29/02/2027", None),
            ("12", None),
            ("a/b/c", None),
            ("+1/12/2026", None),
            ("", None),
            ("1/1/1/1", None),
        ] {
            assert_eq!(read_date(text, today), expected, "{text}");
        }
    }

    #[test]
    fn times_are_read_as_they_are_typed() {
        for (text, expected) in [
            ("8:30", Some((8, 30))),
            ("08:05", Some((8, 5))),
            ("8h", Some((8, 0))),
            ("8h30", Some((8, 30))),
            ("14", Some((14, 0))),
            ("0830", Some((8, 30))),
            ("8.30", Some((8, 30))),
            ("8:30 PM", Some((20, 30))),
            ("12 am", Some((0, 0))),
            ("12pm", Some((12, 0))),
            ("13 pm", None),
            ("24:00", None),
            ("8:60", None),
            ("8:5", None),
            (":30", None),
            ("-8", None),
            ("", None),
            ("oito", None),
            ("8:", None),
        ] {
            let expected = expected.map(|(hour, minute)| Time::constant(hour, minute, 0, 0));
            assert_eq!(read_time(text), expected, "{text}");
        }
    }

    #[test]
    fn the_past_and_the_far_future_are_refused() {
        let here = zone("America/Sao_Paulo");
        let now = at(&here, 2026, 11, 21, 9, 0);
        assert_eq!(read("21/11", "8:59", now, &here), Err(ScheduleProblem::Past));
        assert_eq!(read("21/11", "9:00", now, &here), Err(ScheduleProblem::Past));
        assert_eq!(
            read("21/11", "9:01", now, &here),
            Ok(at(&here, 2026, 11, 21, 9, 1))
        );
        assert!(read("21/11/2027", "9:00", now, &here).is_ok());
        assert_eq!(
            read("21/11/2027", "9:01", now, &here),
            Err(ScheduleProblem::TooFar)
        );
        assert_eq!(read("31/02", "9", now, &here), Err(ScheduleProblem::Date));
        assert_eq!(read("22/11", "9h9", now, &here), Err(ScheduleProblem::Time));
    }

    #[test]
    fn an_hour_that_is_skipped_or_comes_twice_is_a_moment_all_the_same() {
        let here = zone("Europe/Lisbon");
        let now = at(&here, 2026, 3, 1, 12, 0);
        // On 2026-03-29 the clocks go from 01:00 to 02:00.
        let skipped = read("29/03/2026", "1:30", now, &here).unwrap();
        assert_eq!(
            skipped.in_zone(here.clone()).strftime("%H:%M").to_string(),
            "02:30"
        );
        // On 2026-10-25 the hour from 01:00 comes twice.
        let twice = read("25/10/2026", "1:30", now, &here).unwrap();
        assert_eq!(twice.in_zone(here.clone()).offset().seconds(), 3_600);
    }

    #[test]
    fn what_is_offered_comes_nearest_first_and_once() {
        let here = zone("America/Sao_Paulo");
        // 2026-11-21 is a Saturday.
        let now = at(&here, 2026, 11, 21, 14, 20);
        assert_eq!(
            offered(now, &here),
            [
                at(&here, 2026, 11, 21, 15, 20),
                at(&here, 2026, 11, 22, 8, 0),
                at(&here, 2026, 11, 23, 8, 0)
            ]
        );
        let sunday = at(&here, 2026, 11, 22, 14, 20);
        assert_eq!(offered(sunday, &here).len(), 2, "tomorrow is Monday");
        let monday = at(&here, 2026, 11, 23, 7, 0);
        assert_eq!(offered(monday, &here)[2], at(&here, 2026, 11, 30, 8, 0));
    }
}
