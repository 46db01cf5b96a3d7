//! Contact cards (vCard 2.1 to 4.0, RFC 6350) as phones send them. Read tolerantly: what is not understood is passed
//! over, and nothing that comes in makes it fail.

use super::phone::PhoneNumber;
use super::text::shown_name;

/// Cards that are read out of one text at most.
const CARDS_MAX: usize = 50;
/// Numbers of a card that are read at most.
const NUMBERS_MAX: usize = 20;
/// Characters of a number as it is shown.
const NUMBER_CHARACTERS_MAX: usize = 40;

/// A person on a card.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContactCard {
    /// The name; the firm's, or empty, if there is none.
    pub name: String,
    /// The telephone numbers, each once.
    pub numbers: Vec<CardNumber>,
}

/// A number on a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardNumber {
    /// As it stands on the card.
    pub written: String,
    /// The number to write to, if it is one.
    pub phone: Option<PhoneNumber>,
}

impl ContactCard {
    /// Reads every card in a text. `country` (ISO code) is that of numbers without a country code.
    #[must_use]
    pub fn read_all(text: &str, country: &str) -> Vec<Self> {
        let mut cards = Vec::new();
        let mut open: Option<Draft> = None;
        for line in unfolded(text) {
            let Some(property) = Property::read(&line) else {
                continue;
            };
            match (property.name.as_str(), &mut open) {
                ("BEGIN", _) if property.value.trim().eq_ignore_ascii_case("vcard") => {
                    cards.extend(open.take().and_then(Draft::finish));
                    open = Some(Draft::default());
                }
                ("END", _) => cards.extend(open.take().and_then(Draft::finish)),
                (_, Some(draft)) => draft.take(&property, country),
                // A card without its first line.
                ("FN" | "N" | "TEL", None) => open.get_or_insert_default().take(&property, country),
                _ => {}
            }
            if cards.len() >= CARDS_MAX {
                return cards;
            }
        }
        cards.extend(open.and_then(Draft::finish));
        cards
    }
}

/// A card that is being read.
#[derive(Default)]
struct Draft {
    formatted_name: String,
    name: String,
    firm: String,
    numbers: Vec<CardNumber>,
}

impl Draft {
    fn take(&mut self, property: &Property, country: &str) {
        match property.name.as_str() {
            "FN" => self.formatted_name = shown_name(&property.text()),
            "N" => {
                // Family; given; more names; before; after: as one writes it.
                let parts = property.parts();
                let part = |at: usize| parts.get(at).map(|part| part.trim()).unwrap_or_default();
                let name = [part(3), part(1), part(2), part(0), part(4)];
                let name: Vec<&str> = name.into_iter().filter(|part| !part.is_empty()).collect();
                self.name = shown_name(&name.join(" "));
            }
            "ORG" => self.firm = shown_name(property.parts().first().map_or("", |first| first.trim())),
            "TEL" if self.numbers.len() < NUMBERS_MAX => self.number(property, country),
            _ => {}
        }
    }

    fn number(&mut self, property: &Property, country: &str) {
        let text = property.text();
        let written = text.trim();
        let written = written
            .strip_prefix("tel:")
            .or_else(|| written.strip_prefix("TEL:"))
            .unwrap_or(written);
        let written: String = shown_name(written).chars().take(NUMBER_CHARACTERS_MAX).collect();
        // WhatsApp names the account's own number in a parameter: that is the one to write to.
        let phone = property
            .parameter("waid")
            .and_then(|digits| PhoneNumber::from_digits(digits).ok())
            .or_else(|| PhoneNumber::parse(&written, country).ok());
        let number = CardNumber { written, phone };
        let known = self
            .numbers
            .iter()
            .any(|other| match (&other.phone, &number.phone) {
                (Some(other), Some(phone)) => other == phone,
                _ => other.written == number.written,
            });
        if !known && !number.written.is_empty() {
            self.numbers.push(number);
        }
    }

    fn finish(self) -> Option<ContactCard> {
        let name = [self.formatted_name, self.name, self.firm]
            .into_iter()
            .find(|name| !name.is_empty())
            .unwrap_or_default();
        (!name.is_empty() || !self.numbers.is_empty()).then_some(ContactCard {
            name,
            numbers: self.numbers,
        })
    }
}

/// The lines of a card, with those that were folded put together again.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut soft_break = false;
    for line in text.split(['\n', '\r']).filter(|line| !line.is_empty()) {
        match lines.last_mut() {
            // A line of quoted-printable that ends in `=` goes on in the next one.
            Some(last) if soft_break => {
                last.pop();
                last.push_str(line);
            }
            Some(last) if line.starts_with([' ', '\t']) => last.push_str(&line[1..]),
            _ => lines.push(line.to_owned()),
        }
        soft_break = lines.last().is_some_and(|last| {
            last.ends_with('=') && last.to_ascii_uppercase().contains("QUOTED-PRINTABLE")
        });
    }
    lines
}

/// `group.NAME;PARAMETER=x:value`
struct Property {
    name: String,
    parameters: Vec<(String, String)>,
    value: String,
}

impl Property {
    fn read(line: &str) -> Option<Self> {
        let colon = value_begins(line)?;
        let (head, value) = (&line[..colon], &line[colon + 1..]);
        let mut head = head.split(';');
        let name = head.next()?.rsplit('.').next()?.trim().to_ascii_uppercase();
        let parameters = head
            .map(|parameter| match parameter.split_once('=') {
                Some((key, value)) => (
                    key.trim().to_ascii_lowercase(),
                    value.trim().trim_matches('"').to_owned(),
                ),
                // vCard 2.1 leaves the name of the parameter out.
                None => (String::new(), parameter.trim().to_owned()),
            })
            .collect();
        Some(Self {
            name,
            parameters,
            value: value.to_owned(),
        })
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    fn decoded(&self) -> String {
        let quoted = self
            .parameters
            .iter()
            .any(|(_, value)| value.eq_ignore_ascii_case("quoted-printable"));
        if quoted {
            from_quoted_printable(&self.value)
        } else {
            self.value.clone()
        }
    }

    fn text(&self) -> String {
        let mut out = String::new();
        unescape(&self.decoded(), |character, _| out.push(character));
        out
    }

    /// The value at its semicolons.
    fn parts(&self) -> Vec<String> {
        let mut parts = vec![String::new()];
        unescape(&self.decoded(), |character, escaped| {
            if character == ';' && !escaped {
                parts.push(String::new());
            } else if let Some(last) = parts.last_mut() {
                last.push(character);
            }
        });
        parts
    }
}

/// Where the colon before the value is: not one within a quoted parameter.
fn value_begins(line: &str) -> Option<usize> {
    let mut quoted = false;
    for (index, byte) in line.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b':' if !quoted => return Some(index),
            _ => {}
        }
    }
    line.find(':')
}

fn unescape(text: &str, mut push: impl FnMut(char, bool)) {
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n' | 'N') => push(' ', true),
                Some(other) => push(other, true),
                None => push('\\', false),
            },
            other => push(other, false),
        }
    }
}

fn from_quoted_printable(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = (*first == b'=')
            .then(|| after.get(..2))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match escaped {
            Some(byte) => {
                out.push(byte);
                rest = &after[2..];
            }
            None => {
                out.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn one(text: &str) -> ContactCard {
        let mut cards = ContactCard::read_all(text, "BR");
        assert_eq!(cards.len(), 1, "{cards:?}");
        cards.remove(0)
    }

    fn digits(card: &ContactCard) -> Vec<Option<&str>> {
        let phone = |number: &CardNumber| number.phone.clone();
        card.numbers
            .iter()
            .map(|number| {
                phone(number)
                    .is_some()
                    .then(|| number.phone.as_ref().unwrap().digits())
            })
            .collect()
    }

    #[test]
    fn a_card_as_phones_send_it() {
        let card = one("BEGIN:VCARD\nVERSION:3.0\nN:Souza;Marina;;;\nFN:Marina Souza\n\
             item1.TEL;waid=5511900000044:+55 11 90000-0044\nitem1.X-ABLabel:Celular\nEND:VCARD");
        assert_eq!(card.name, "Marina Souza");
        assert_eq!(digits(&card), [Some("5511900000044")]);
        assert_eq!(card.numbers[0].written, "+55 11 90000-0044");
    }

    #[test]
    fn old_and_odd_cards() {
        let card = one(
            "begin:vcard\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Concei=C3=A7=C3=A3o;=\r\nJos=C3=A9;;Dr.\r\n\
             TEL;CELL:(11) 90000-0021\r\nTEL;TYPE=\"work:1\",voice:tel:+5511900000021\r\nTEL;HOME:ramal\r\nend:vcard",
        );
        assert_eq!(card.name, "Dr. José Conceição");
        assert_eq!(digits(&card), [Some("5511900000021"), None]);
        assert_eq!(card.numbers[1].written, "ramal");

        let card = one("BEGIN:VCARD\nORG:Padaria\\, Café\\; Pão;Vendas\nTEL:11 90000-00\n 31\n");
        assert_eq!(
            (card.name.as_str(), digits(&card)),
            ("Padaria, Café; Pão", vec![Some("5511900000031")])
        );
        assert_eq!(one("FN:Só um nome").name, "Só um nome");
    }

    #[test]
    fn several_cards_in_one_message() {
        let text = "BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\nBEGIN:VCARD\nFN:C\nEND:VCARD";
        let names: Vec<String> = ContactCard::read_all(text, "BR")
            .into_iter()
            .map(|card| card.name)
            .collect();
        assert_eq!(names, ["A", "B", "C"]);
        let many = "BEGIN:VCARD\nFN:A\nEND:VCARD\n".repeat(500);
        assert_eq!(ContactCard::read_all(&many, "BR").len(), CARDS_MAX);
    }

    #[test]
    fn what_is_no_card_is_none() {
        for text in [
            "",
            "Oi!",
            "BEGIN:VCARD\nEND:VCARD",
            ":::;;;",
            "FN",
            "END:VCARD",
            "TEL:",
        ] {
            assert_eq!(ContactCard::read_all(text, "BR"), [], "{text:?}");
        }
        assert_eq!(one("FN:a\u{202e}b\u{7}c").name, "abc");
    }

    proptest! {
        #[test]
        fn nothing_makes_it_fail(text in "(BEGIN:VCARD|END:VCARD|FN|N|TEL|;|:|=|\\\\|\"|ENCODING=QUOTED-PRINTABLE|[ \t\r\n]|=C3|é|\\PC){0,60}") {
            let _ = ContactCard::read_all(&text, "BR");
        }
    }
}
