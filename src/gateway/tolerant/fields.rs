//! Reading the fields of an object by what they mean, whatever type they arrived in. A missing field, `null` and a
//! blank text are the same: `None`.

use super::json::{Json, Object};
use super::{Picture, folded};
use crate::domain::health::Expiry;
use crate::domain::text::shown_name;

/// Longest identifier; anything longer is none.
const ID_MAX: usize = 200;

impl Object {
    /// A text as it came, or a number or truth value in its written form.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<String> {
        let text = match self.get(key)? {
            Json::Text(text) => text.clone(),
            Json::Number(source) => source.clone(),
            Json::Bool(value) => value.to_string(),
            _ => return None,
        };
        (!text.trim().is_empty()).then_some(text)
    }

    /// Words for a person: a text, or the texts of a list or object one after the other.
    #[must_use]
    pub fn words(&self, key: &str) -> Option<String> {
        let list = match self.get(key)? {
            Json::List(list) => list,
            _ => return self.text(key),
        };
        let words: Vec<&str> = list
            .iter()
            .filter_map(|value| match value {
                Json::Text(text) if !text.trim().is_empty() => Some(text.trim()),
                _ => None,
            })
            .collect();
        (!words.is_empty()).then(|| words.join("; "))
    }

    /// An identifier as text; a number never goes through a floating-point one. `12.0` and `1.2e1` are `12`.
    #[must_use]
    pub fn id(&self, key: &str) -> Option<String> {
        let id = match self.get(key)? {
            Json::Text(text) => text.trim().to_owned(),
            Json::Number(source) => whole_number(source).unwrap_or_else(|| source.clone()),
            _ => return None,
        };
        (!id.is_empty() && id.len() <= ID_MAX).then_some(id)
    }

    /// A count. `None` if it is negative, no whole number, or more than 64 bits hold.
    #[must_use]
    pub fn unsigned(&self, key: &str) -> Option<u64> {
        match self.get(key)? {
            Json::Number(source) => whole_number(source)?.parse().ok(),
            Json::Text(text) => {
                let text = text.trim();
                // No program prints a count as `1.000` unless it separates the thousands.
                let plain = if is_grouped(text) {
                    text.replace('.', "")
                } else {
                    whole_number(text)?
                };
                plain.parse().ok()
            }
            _ => None,
        }
    }

    /// A percentage, rounded; `None` if it is none or outside 0 to 100.
    #[must_use]
    pub fn percent(&self, key: &str) -> Option<u8> {
        let text = match self.get(key)? {
            Json::Number(source) => source.as_str(),
            Json::Text(text) => text.trim().trim_end_matches('%').trim_end(),
            _ => return None,
        };
        let value: f64 = text.replace(',', ".").parse().ok()?;
        // A sign before a zero is no percentage anyone means.
        if !(0.0..=100.0).contains(&value) || text.starts_with('-') {
            return None;
        }
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is within 0 to 100"
        )]
        Some(value.round() as u8)
    }

    /// A finite decimal number, with a point or a comma.
    #[must_use]
    pub fn decimal(&self, key: &str) -> Option<f64> {
        let text = match self.get(key)? {
            Json::Number(source) => source.as_str(),
            Json::Text(text) => text.trim(),
            _ => return None,
        };
        let value: f64 = text.replace(',', ".").parse().ok()?;
        value.is_finite().then_some(value)
    }

    /// Yes or no: the Portuguese words in any case and accent, `true`/`false`, 1/0.
    #[must_use]
    pub fn yes_no(&self, key: &str) -> Option<bool> {
        let word = match self.get(key)? {
            Json::Bool(value) => return Some(*value),
            Json::Number(source) => whole_number(source)?,
            Json::Text(text) => text.replace('\u{fffd}', "a").to_lowercase(),
            _ => return None,
        };
        // A minus sign is no letter to be folded away: -1 is neither.
        if word.trim_start().starts_with('-') {
            return None;
        }
        match folded(&word).as_str() {
            "sim" | "s" | "true" | "1" | "yes" | "y" => Some(true),
            // The last is `não` whose UTF-8 was taken for Latin-1 on the way.
            "nao" | "n" | "false" | "0" | "no" | "na o" => Some(false),
            _ => None,
        }
    }

    /// A date: ISO (a time behind it is passed over), `dd/mm/yyyy`, `dd-mm-yyyy`; otherwise the text as it came. The
    /// zero date that databases write for "none" is `None`.
    #[must_use]
    pub fn date(&self, key: &str) -> Option<Expiry> {
        let text = self.text(key)?;
        let text = text.trim();
        let day = text.split([' ', 'T']).next().unwrap_or_default();
        let parts: Vec<&str> = day.split(['-', '/']).collect();
        if parts.iter().all(|part| part.bytes().all(|byte| byte == b'0')) {
            return None;
        }
        let date = match parts.as_slice() {
            [year, month, day] if year.len() == 4 => date(year, month, day),
            [day, month, year] if year.len() == 4 => date(year, month, day),
            _ => None,
        };
        Some(match date {
            Some(date) => Expiry::Date(date),
            None => Expiry::Text(shown_name(text)),
        })
        .filter(|expiry| !matches!(expiry, Expiry::Text(text) if text.is_empty()))
    }

    /// A picture in base64; see [`Picture`].
    #[must_use]
    pub fn picture(&self, key: &str) -> Option<Picture> {
        match self.get(key)? {
            Json::Text(text) => Picture::read(text),
            _ => None,
        }
    }
}

fn date(year: &str, month: &str, day: &str) -> Option<jiff::civil::Date> {
    let number = |text: &str| {
        (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.parse::<i16>().ok())
            .flatten()
    };
    jiff::civil::Date::new(
        number(year)?,
        i8::try_from(number(month)?).ok()?,
        i8::try_from(number(day)?).ok()?,
    )
    .ok()
}

fn is_grouped(text: &str) -> bool {
    let mut groups = text.split('.');
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let head = groups
        .next()
        .is_some_and(|head| (1..=3).contains(&head.len()) && digits(head) && !head.starts_with('0'));
    let rest: Vec<&str> = groups.collect();
    head && !rest.is_empty() && rest.iter().all(|group| group.len() == 3 && digits(group))
}

/// The digits of a number that is whole, however it is written, by moving its decimal point in the text.
fn whole_number(source: &str) -> Option<String> {
    const LONGEST: i32 = 40;
    let (negative, rest) = match source.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, source),
    };
    let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (rest, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut digits = format!("{whole}{fraction}");
    if whole.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let point = i32::try_from(whole.len()).ok()?.checked_add(exponent)?;
    let behind = digits.split_off(usize::try_from(point.max(0)).ok()?.min(digits.len()));
    if behind.bytes().any(|byte| byte != b'0') || point > LONGEST {
        return None;
    }
    while i32::try_from(digits.len()).ok()? < point {
        digits.push('0');
    }
    let plain = digits.trim_start_matches('0');
    Some(match (plain, negative) {
        ("", _) => "0".to_owned(),
        (plain, true) => format!("-{plain}"),
        (plain, false) => plain.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::Documents;
    use super::*;

    fn object(value: &str) -> Object {
        let json = format!("{{\"x\":{value}}}");
        Documents::read(json.as_bytes()).objects.remove(0)
    }

    #[test]
    fn identifiers_never_lose_a_digit() {
        let table = [
            ("\"12\"", Some("12")),
            ("12", Some("12")),
            ("12.0", Some("12")),
            ("1e3", Some("1000")),
            ("1.2e1", Some("12")),
            ("-1", Some("-1")),
            ("9007199254740991", Some("9007199254740991")),
            ("9007199254740993", Some("9007199254740993")),
            ("9223372036854775808", Some("9223372036854775808")),
            ("18446744073709551616", Some("18446744073709551616")),
            ("3482512350952730368", Some("3482512350952730368")),
            ("1.5", Some("1.5")),
            ("1e999999999", Some("1e999999999")),
            ("\" true_x@c.us \"", Some("true_x@c.us")),
            ("\"\"", None),
            ("null", None),
            ("[1]", None),
            ("true", None),
        ];
        for (value, id) in table {
            assert_eq!(object(value).id("x").as_deref(), id, "{value}");
        }
        assert_eq!(object(&format!("\"{}\"", "9".repeat(201))).id("x"), None);
    }

    #[test]
    fn counts_are_read_whatever_they_are_written_as() {
        let table = [
            ("\"12\"", Some(12)),
            ("\" 12 \"", Some(12)),
            ("12.0", Some(12)),
            ("\"12.0\"", Some(12)),
            ("1e3", Some(1000)),
            ("\"1.000\"", Some(1000)),
            ("\"1.000.000\"", Some(1_000_000)),
            ("0", Some(0)),
            ("-1", None),
            ("-0", Some(0)),
            ("\"-1\"", None),
            ("1.5", None),
            ("18446744073709551615", Some(u64::MAX)),
            ("18446744073709551616", None),
            ("1e400", None),
            ("0.1e1", Some(1)),
            ("100e-2", Some(1)),
            ("\"\"", None),
            ("\"ilimitado\"", None),
            ("null", None),
            ("true", None),
            ("[3]", None),
        ];
        for (value, count) in table {
            assert_eq!(object(value).unsigned("x"), count, "{value}");
        }
    }

    #[test]
    fn percentages_stay_within_bounds() {
        let table = [
            ("87", Some(87)),
            ("\"87%\"", Some(87)),
            ("\" 87 % \"", Some(87)),
            ("87.0", Some(87)),
            ("\"87,4\"", Some(87)),
            ("0", Some(0)),
            ("100", Some(100)),
            ("101", None),
            ("-1", None),
            ("\"\"", None),
            ("\"%\"", None),
            ("\"NaN\"", None),
            ("\"inf\"", None),
            ("1e309", None),
            ("null", None),
        ];
        for (value, percent) in table {
            assert_eq!(object(value).percent("x"), percent, "{value}");
        }
    }

    #[test]
    fn decimal_numbers_are_finite() {
        let table = [
            ("-23.5", Some(-23.5)),
            ("\"-23,5\"", Some(-23.5)),
            ("\" 1e2 \"", Some(100.0)),
            ("1e308", Some(1e308)),
            ("1e309", None),
            ("\"NaN\"", None),
            ("\"-inf\"", None),
            ("\"1,000.5\"", None),
            ("\"\"", None),
            ("null", None),
        ];
        for (value, number) in table {
            assert_eq!(object(value).decimal("x"), number, "{value}");
        }
    }

    #[test]
    fn yes_and_no_in_every_writing() {
        for yes in [
            "\"sim\"",
            "\" Sim\\n\"",
            "\"SIM\"",
            "true",
            "1",
            "\"1\"",
            "1.0",
            "\"s\"",
        ] {
            assert_eq!(object(yes).yes_no("x"), Some(true), "{yes}");
        }
        for no in [
            "\"nao\"",
            "\"não\"",
            "\"NÃO\"",
            "\"Nao \"",
            "false",
            "0",
            "\"0\"",
            "\"n\\u00c3\\u00a3o\"",
            "\"na\\u0303o\"",
            "\"n\\ufffdo\"",
        ] {
            assert_eq!(object(no).yes_no("x"), Some(false), "{no}");
        }
        for neither in [
            "\"\"",
            "null",
            "\"talvez\"",
            "2",
            "-1",
            "\"-1\"",
            "[]",
            "\"simnao\"",
            "{}",
        ] {
            assert_eq!(object(neither).yes_no("x"), None, "{neither}");
        }
        let latin = Documents::read(b"{\"x\":\"n\xe3o\"}");
        assert_eq!(latin.objects[0].yes_no("x"), Some(false));
    }

    #[test]
    fn dates_are_read_or_kept_as_they_came() {
        let date = |year, month, day| Some(Expiry::Date(jiff::civil::date(year, month, day)));
        let text = |text: &str| Some(Expiry::Text(text.to_owned()));
        let table = [
            ("\"2027-01-31\"", date(2027, 1, 31)),
            ("\"2027-01-31 23:59:59\"", date(2027, 1, 31)),
            ("\"2027-01-31T23:59:59-03:00\"", date(2027, 1, 31)),
            ("\"31/01/2027\"", date(2027, 1, 31)),
            ("\"1/2/2027 10:00\"", date(2027, 2, 1)),
            ("\"31-01-2027\"", date(2027, 1, 31)),
            ("\"0000-00-00\"", None),
            ("\"0000-00-00 00:00:00\"", None),
            ("\"00/00/0000\"", None),
            ("\"\"", None),
            ("null", None),
            ("\"2027-02-30\"", text("2027-02-30")),
            ("\"vital\\u0000ício\"", text("vitalício")),
            ("1800000000", text("1800000000")),
            ("\"31/01/27\"", text("31/01/27")),
        ];
        for (value, expiry) in table {
            assert_eq!(object(value).date("x"), expiry, "{value}");
        }
    }

    #[test]
    fn words_of_a_list_are_joined() {
        assert_eq!(object("[\"a\",1,\" b \"]").words("x").as_deref(), Some("a; b"));
        assert_eq!(object("\"a\"").words("x").as_deref(), Some("a"));
        assert_eq!(object("[]").words("x"), None);
    }
}
