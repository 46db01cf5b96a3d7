//! Telephone numbers: E.164, parsed once at the edge and then trusted. A number is never rewritten: the Brazilian
//! ninth digit is known, both forms lead to the same contact, and the form that was typed is the one that is sent.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A number in E.164: country code and subscriber number, digits only, 7 to 15 of them, no `+`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PhoneNumber(String);

/// Something about a number that is worth a word but forbids nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneWarning {
    /// A Brazilian mobile number without the ninth digit: WhatsApp knows many older numbers that way.
    NinthDigitMissing,
    /// The numbering plan of its country does not know such a number.
    NotInNumberingPlan,
}

/// Why a text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneProblem {
    /// Nothing in it.
    Empty,
    /// Letters or other characters that numbers do not have.
    NotDigits,
    /// Too few digits to be a number with its area code.
    TooShort,
    /// More than the 15 digits of E.164.
    TooLong,
    /// The country code is not known.
    UnknownCountry,
}

impl PhoneNumber {
    /// Reads what a person typed. With `+` or `00` in front it is international; otherwise it belongs to
    /// `default_country` (ISO 3166 code), unless it starts with that country's code and is long enough to hold it.
    ///
    /// # Errors
    /// Why it is no number.
    pub fn parse(text: &str, default_country: &str) -> Result<Self, PhoneProblem> {
        let text: String = text
            .trim()
            .chars()
            .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'))
            .collect();
        if text.is_empty() {
            return Err(PhoneProblem::Empty);
        }
        let (mut international, rest) = match text.strip_prefix('+') {
            Some(rest) => (true, rest),
            None => (false, text.as_str()),
        };
        let mut digits = String::new();
        for character in rest.chars() {
            match character {
                '0'..='9' => digits.push(character),
                ' ' | '\u{a0}' | '\u{202f}' | '\t' | '-' | '–' | '\u{2011}' | '.' | '(' | ')' | '/' => {}
                _ => return Err(PhoneProblem::NotDigits),
            }
        }
        if digits.is_empty() {
            return Err(PhoneProblem::NotDigits);
        }
        if !international && digits.starts_with("00") {
            international = true;
            digits.drain(..2);
        }
        if !international {
            let country_code = country_code(default_country)
                .ok_or(PhoneProblem::UnknownCountry)?
                .to_string();
            // A national number may carry a trunk zero (011 …), which E.164 does not have.
            let national = digits.trim_start_matches('0').to_owned();
            let already_there = national.starts_with(&country_code)
                && national.len() > longest_national(default_country)
                && national.len() <= longest_national(default_country) + country_code.len();
            if national.len() < shortest_national(default_country) {
                return Err(PhoneProblem::TooShort);
            }
            digits = if already_there {
                national
            } else {
                format!("{country_code}{national}")
            };
        }
        Self::from_digits(&digits)
    }

    /// Takes digits with the country code in front, as gateways and the database give them.
    ///
    /// # Errors
    /// Why they are no number.
    pub fn from_digits(digits: &str) -> Result<Self, PhoneProblem> {
        if digits.is_empty() {
            return Err(PhoneProblem::Empty);
        }
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(PhoneProblem::NotDigits);
        }
        if digits.len() < 7 {
            return Err(PhoneProblem::TooShort);
        }
        if digits.len() > 15 {
            return Err(PhoneProblem::TooLong);
        }
        if digits.starts_with('0') || country_of(digits).is_none() {
            return Err(PhoneProblem::UnknownCountry);
        }
        Ok(Self(digits.to_owned()))
    }

    /// The digits, country code first, no `+`: the form that gateways take.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// `+` and the digits.
    #[must_use]
    pub fn e164(&self) -> String {
        format!("+{}", self.0)
    }

    /// The key of the contact: equal for both forms of a Brazilian mobile number (the one without the ninth digit),
    /// else the number itself.
    #[must_use]
    pub fn contact_key(&self) -> String {
        match self.brazilian() {
            Some((area, subscriber)) if subscriber.len() == 9 => format!("55{area}{}", &subscriber[1..]),
            _ => self.0.clone(),
        }
    }

    /// The other form of a Brazilian mobile number, with or without the ninth digit; `None` where there is none.
    #[must_use]
    pub fn other_form(&self) -> Option<Self> {
        let (area, subscriber) = self.brazilian()?;
        Some(Self(match subscriber.len() {
            9 => format!("55{area}{}", &subscriber[1..]),
            _ => format!("55{area}9{subscriber}"),
        }))
    }

    /// What is unusual about it.
    #[must_use]
    pub fn warning(&self) -> Option<PhoneWarning> {
        if matches!(self.brazilian(), Some((_, subscriber)) if subscriber.len() == 8) {
            return Some(PhoneWarning::NinthDigitMissing);
        }
        // Mexican numbers are known to WhatsApp with a 1 after the country code, which the plan has dropped.
        if self.0.starts_with("521") && self.0.len() == 13 {
            return None;
        }
        let valid = phonenumber::parse(None, self.e164()).is_ok_and(|number| phonenumber::is_valid(&number));
        (!valid).then_some(PhoneWarning::NotInNumberingPlan)
    }

    /// Area code and subscriber number, if it is a Brazilian mobile number of either form.
    fn brazilian(&self) -> Option<(&str, &str)> {
        let national = self.0.strip_prefix("55")?;
        let (area, subscriber) = national.split_at_checked(2)?;
        let mobile = match subscriber.len() {
            9 => subscriber.starts_with('9'),
            // Without the ninth digit mobile numbers begin with 6 to 9; 2 to 5 are landlines.
            8 => matches!(subscriber.as_bytes()[0], b'6'..=b'9'),
            _ => false,
        };
        (mobile && area.bytes().all(|byte| matches!(byte, b'1'..=b'9'))).then_some((area, subscriber))
    }
}

impl fmt::Display for PhoneNumber {
    /// The number in groups: `+55 11 90000-0012`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(national) = self
            .0
            .strip_prefix("55")
            .filter(|rest| matches!(rest.len(), 10 | 11))
        {
            let (area, subscriber) = national.split_at(2);
            let (head, tail) = subscriber.split_at(subscriber.len() - 4);
            return write!(formatter, "+55 {area} {head}-{tail}");
        }
        match phonenumber::parse(None, self.e164()) {
            Ok(number) => write!(
                formatter,
                "{}",
                number.format().mode(phonenumber::Mode::International)
            ),
            Err(_) => write!(formatter, "+{}", self.0),
        }
    }
}

fn country_of(digits: &str) -> Option<u16> {
    (1..=3)
        .filter_map(|length| digits.get(..length)?.parse().ok())
        .find(|code| {
            phonenumber::metadata::DATABASE
                .by_code(code)
                .is_some_and(|plans| !plans.is_empty())
        })
}

/// The calling code of a country; `None` if the code is not known.
#[must_use]
pub fn country_code(iso: &str) -> Option<u16> {
    phonenumber::metadata::DATABASE
        .by_id(&iso.trim().to_uppercase())
        .map(phonenumber::Metadata::country_code)
}

fn longest_national(iso: &str) -> usize {
    match iso.to_uppercase().as_str() {
        "BR" | "AR" => 11,
        "CO" | "MX" | "PE" | "VE" | "EC" | "US" | "CA" | "DO" | "PR" => 10,
        "CL" | "PY" => 9,
        "BO" | "UY" | "CR" | "GT" | "HN" | "NI" | "PA" | "SV" => 8,
        _ => 11,
    }
}

fn shortest_national(iso: &str) -> usize {
    // In Brazil a number without its area code cannot be reached from a gateway.
    if iso.eq_ignore_ascii_case("BR") { 10 } else { 7 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_read() {
        let table = [
            ("+55 11 90000-0012", "BR", "5511900000012"),
            ("11 90000-0012", "BR", "5511900000012"),
            ("(011) 90000.0012", "BR", "5511900000012"),
            ("5511900000012", "BR", "5511900000012"),
            ("0055 11 90000 0012", "BR", "5511900000012"),
            ("1190000012", "BR", "551190000012"),
            ("55 11 9000-0012", "BR", "551190000012"),
            // The area code 55 (Rio Grande do Sul) is not the country code.
            ("55 90000-0012", "BR", "5555900000012"),
            ("\u{202a}+55 11 90000‑0012\u{202c}", "BR", "5511900000012"),
            ("+1 415 555 0132", "BR", "14155550132"),
            ("+52 1 55 1234 5678", "BR", "5215512345678"),
        ];
        for (text, country, digits) in table {
            assert_eq!(
                PhoneNumber::parse(text, country).map(|n| n.0),
                Ok(digits.to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_number_is_refused_with_its_reason() {
        let table = [
            ("", PhoneProblem::Empty),
            ("  ", PhoneProblem::Empty),
            ("Marina", PhoneProblem::NotDigits),
            ("+", PhoneProblem::NotDigits),
            ("11 9000O-0012", PhoneProblem::NotDigits),
            ("90000-0012", PhoneProblem::TooShort),
            ("+55 11", PhoneProblem::TooShort),
            ("+5511900000012345678", PhoneProblem::TooLong),
            ("+999 12345678", PhoneProblem::UnknownCountry),
        ];
        for (text, problem) in table {
            assert_eq!(PhoneNumber::parse(text, "BR"), Err(problem), "{text}");
        }
    }

    #[test]
    fn both_brazilian_forms_are_one_contact_and_neither_is_rewritten() {
        let with = PhoneNumber::parse("+55 11 90000-0012", "BR").unwrap();
        let without = PhoneNumber::parse("+55 11 0000-0012", "BR");
        // 0000-0012 is neither a mobile nor a landline; the eight-digit form of a real mobile begins with 6 to 9.
        assert!(without.is_ok_and(|n| n.other_form().is_none()));
        let nine = PhoneNumber::parse("+55 81 98888-0012", "BR").unwrap();
        let eight = PhoneNumber::parse("+55 81 8888-0012", "BR").unwrap();
        assert_eq!(nine.contact_key(), eight.contact_key());
        assert_eq!(nine.other_form().as_ref(), Some(&eight));
        assert_eq!(eight.other_form().as_ref(), Some(&nine));
        assert_eq!(eight.digits(), "558188880012");
        assert_eq!(eight.warning(), Some(PhoneWarning::NinthDigitMissing));
        assert_eq!(nine.warning(), None);
        assert_eq!(with.to_string(), "+55 11 90000-0012");
        assert_eq!(eight.to_string(), "+55 81 8888-0012");
        let landline = PhoneNumber::parse("+55 11 3333-0012", "BR").unwrap();
        assert_eq!(
            (landline.other_form(), landline.contact_key()),
            (None, "551133330012".to_owned())
        );
    }
}

#[cfg(test)]
mod properties {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,40}") {
            if let Ok(number) = PhoneNumber::parse(&text, "BR") {
                prop_assert!(number.digits().len() <= 15 && number.digits().bytes().all(|b| b.is_ascii_digit()));
                prop_assert_eq!(PhoneNumber::from_digits(number.digits()), Ok(number.clone()));
                prop_assert_eq!(PhoneNumber::parse(&number.e164(), "US"), Ok(number.clone()));
                let _ = (number.to_string(), number.warning());
            }
        }

        #[test]
        fn a_contact_is_the_same_in_both_forms(area in 11_u32..100, subscriber in 60_000_000_u32..100_000_000) {
            prop_assume!(area % 10 != 0);
            let eight = PhoneNumber::from_digits(&format!("55{area}{subscriber}")).unwrap();
            let nine = eight.other_form().unwrap();
            prop_assert_eq!(nine.other_form(), Some(eight.clone()));
            prop_assert_eq!(nine.contact_key(), eight.contact_key());
        }
    }
}
