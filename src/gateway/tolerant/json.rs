//! A JSON reader that keeps numbers as they are written, takes trailing commas, lone surrogates and raw control
//! characters, and neither recurses nor grows without bound.

use std::collections::BTreeMap;

/// How deep a value is kept; what lies deeper is passed over and reads as null.
const DEEPEST: usize = 24;
/// How many values a document may have: more is no answer of any gateway, and would only fill the memory.
const MOST_VALUES: usize = 100_000;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`, or nested too deep to be kept.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it was written: identifiers do not survive a floating-point number.
    Number(String),
    /// A text.
    Text(String),
    /// An array.
    List(Vec<Self>),
    /// An object.
    Object(Object),
}

impl Json {
    /// The object itself, or the only one in an array.
    pub(super) fn into_single_object(self) -> Option<Object> {
        match self {
            Self::Object(object) => Some(object),
            Self::List(list) => match <[Self; 1]>::try_from(list) {
                Ok([Self::Object(object)]) => Some(object),
                _ => None,
            },
            _ => None,
        }
    }
}

/// An object. Of a repeated key the last value counts, as PHP has it. Its fields are read in `fields`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Object(BTreeMap<String, Json>);

impl Object {
    /// The value under a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Json> {
        self.0.get(key)
    }

    /// Keys and values, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }
}

impl FromIterator<(String, Json)> for Object {
    fn from_iter<I: IntoIterator<Item = (String, Json)>>(members: I) -> Self {
        Self(members.into_iter().collect())
    }
}

/// Why reading stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// The text ended within the value.
    End,
    /// This is no JSON.
    Syntax,
    /// More values than anyone needs.
    TooMuch,
}

/// Reads one value from a place in a text.
pub(super) struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    values: usize,
    began: bool,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        Self {
            text,
            at,
            depth: 0,
            values: 0,
            began: false,
        }
    }

    /// Where it stands: behind the value, or where it stopped.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Whether the key of an object was read, so that this was a document and no noise.
    pub(super) fn has_read_a_key(&self) -> bool {
        self.began
    }

    pub(super) fn value(&mut self) -> Result<Json, Stop> {
        self.values += 1;
        if self.values > MOST_VALUES {
            return Err(Stop::TooMuch);
        }
        self.blanks();
        match self.peek()? {
            b'{' | b'[' if self.depth >= DEEPEST => self.pass_over().map(|()| Json::Null),
            b'{' => self.object(),
            b'[' => self.list(),
            b'"' => self.string().map(Json::Text),
            b'-' | b'0'..=b'9' => self.number(),
            _ => self.word(),
        }
    }

    fn peek(&self) -> Result<u8, Stop> {
        self.text.as_bytes().get(self.at).copied().ok_or(Stop::End)
    }

    fn blanks(&mut self) {
        let rest = &self.text[self.at..];
        let kept = rest.trim_start_matches([' ', '\t', '\n', '\r', '\u{feff}', '\u{a0}']);
        self.at += rest.len() - kept.len();
    }

    fn object(&mut self) -> Result<Json, Stop> {
        self.at += 1;
        self.depth += 1;
        let mut members = BTreeMap::new();
        loop {
            self.blanks();
            match self.peek()? {
                b'}' => break,
                b'"' => {}
                _ => return Err(Stop::Syntax),
            }
            let key = self.string()?;
            self.began = true;
            self.blanks();
            if self.peek()? != b':' {
                return Err(Stop::Syntax);
            }
            self.at += 1;
            let value = self.value()?;
            members.insert(key, value);
            self.blanks();
            match self.peek()? {
                b',' => self.at += 1,
                b'}' => {}
                _ => return Err(Stop::Syntax),
            }
        }
        self.at += 1;
        self.depth -= 1;
        Ok(Json::Object(Object(members)))
    }

    fn list(&mut self) -> Result<Json, Stop> {
        self.at += 1;
        self.depth += 1;
        let mut values = Vec::new();
        loop {
            self.blanks();
            if self.peek()? == b']' {
                break;
            }
            values.push(self.value()?);
            self.blanks();
            match self.peek()? {
                b',' => self.at += 1,
                b']' => {}
                _ => return Err(Stop::Syntax),
            }
        }
        self.at += 1;
        self.depth -= 1;
        Ok(Json::List(values))
    }

    fn number(&mut self) -> Result<Json, Stop> {
        let start = self.at;
        if self.peek()? == b'-' {
            self.at += 1;
        }
        self.digits()?;
        if self.peek() == Ok(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Ok(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek()?, b'+' | b'-') {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(Json::Number(self.text[start..self.at].to_owned()))
    }

    fn digits(&mut self) -> Result<(), Stop> {
        if !self.peek()?.is_ascii_digit() {
            return Err(Stop::Syntax);
        }
        while self.peek().is_ok_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }

    fn word(&mut self) -> Result<Json, Stop> {
        let rest = &self.text[self.at..];
        for (word, value) in [
            ("true", Json::Bool(true)),
            ("false", Json::Bool(false)),
            ("null", Json::Null),
        ] {
            if rest.starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
            if word.starts_with(rest) {
                return Err(Stop::End);
            }
        }
        Err(Stop::Syntax)
    }

    fn string(&mut self) -> Result<String, Stop> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = &self.text[self.at..];
            let run = rest.find(['"', '\\']).ok_or(Stop::End)?;
            out.push_str(&rest[..run]);
            self.at += run + 1;
            if rest.as_bytes()[run] == b'"' {
                return Ok(out);
            }
            let escaped = self.text[self.at..].chars().next().ok_or(Stop::End)?;
            self.at += escaped.len_utf8();
            match escaped {
                'b' => out.push('\u{8}'),
                'f' => out.push('\u{c}'),
                'n' => out.push('\n'),
                'r' => out.push('\r'),
                't' => out.push('\t'),
                'u' => out.push(self.unicode()?),
                // `\"`, `\\`, `\/`, and what hand-made JSON escapes without need.
                other => out.push(other),
            }
        }
    }

    /// Reads behind `\u`. A surrogate without its other half becomes the replacement character.
    fn unicode(&mut self) -> Result<char, Stop> {
        let high = self.four_digits()?;
        if !(0xd800..0xdc00).contains(&high) {
            return Ok(char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let before = self.at;
        if self.text[self.at..].starts_with("\\u") {
            self.at += 2;
            let low = self.four_digits()?;
            if (0xdc00..0xe000).contains(&low) {
                let code = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = before;
        }
        Ok(char::REPLACEMENT_CHARACTER)
    }

    fn four_digits(&mut self) -> Result<u32, Stop> {
        let bytes = self.text.as_bytes().get(self.at..self.at + 4).ok_or(Stop::End)?;
        let code = bytes
            .iter()
            .try_fold(0, |code, byte| Some(code * 16 + char::from(*byte).to_digit(16)?));
        self.at += if code.is_some() { 4 } else { 0 };
        code.ok_or(Stop::Syntax)
    }

    /// Passes over an array or object without recursion: only brackets and strings are looked at.
    fn pass_over(&mut self) -> Result<(), Stop> {
        let mut open = Vec::new();
        loop {
            match self.peek()? {
                b'{' => open.push(b'}'),
                b'[' => open.push(b']'),
                close @ (b'}' | b']') => {
                    if open.pop() != Some(close) {
                        return Err(Stop::Syntax);
                    }
                    if open.is_empty() {
                        self.at += 1;
                        return Ok(());
                    }
                }
                b'"' => {
                    self.string()?;
                    continue;
                }
                _ => {
                    let rest = &self.text[self.at..];
                    let run = rest.find(['{', '}', '[', ']', '"']).ok_or(Stop::End)?;
                    self.at += run;
                    continue;
                }
            }
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Json, Stop> {
        Parser::new(text, 0).value()
    }

    #[test]
    fn values_are_read() {
        let text = |text: &str| Ok(Json::Text(text.to_owned()));
        assert_eq!(read(r#""a\"\\\/\n\u00e9\ud83d\ude00""#), text("a\"\\/\né😀"));
        assert_eq!(read(r#""\ud83d""#), text("\u{fffd}"));
        assert_eq!(read(r#""\ud83dx\ude00""#), text("\u{fffd}x\u{fffd}"));
        assert_eq!(read(r#""\ud83d\u0041""#), text("\u{fffd}A"));
        assert_eq!(read("\"a\n\0b\""), text("a\n\0b"));
        for number in ["0", "-1", "12.0", "1e3", "18446744073709551616", "-0.5E-7", "007"] {
            assert_eq!(read(number), Ok(Json::Number(number.to_owned())));
        }
        assert_eq!(
            read("[true,false,null,]"),
            Ok(Json::List(vec![Json::Bool(true), Json::Bool(false), Json::Null]))
        );
    }

    #[test]
    fn what_is_cut_off_is_told_from_what_is_wrong() {
        for text in [
            "",
            "{",
            "[",
            "\"",
            "\"\\",
            "\"\\u00",
            "tru",
            "-",
            "1.",
            "1e",
            "1e+",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,",
            "[1",
            "[1,",
        ] {
            assert_eq!(read(text), Err(Stop::End), "{text}");
        }
        for text in [
            "x",
            "{a",
            "{\"a\" 1",
            "[,",
            "{,",
            "\"\\uzzzz\"",
            "1.x",
            "[1 2]",
            "{\"a\":1 \"b\"",
            "}",
            "-x",
        ] {
            assert_eq!(read(text), Err(Stop::Syntax), "{text}");
        }
        let deep = format!("{}}}", "[".repeat(30));
        assert_eq!(read(&deep), Err(Stop::Syntax));
    }
}
