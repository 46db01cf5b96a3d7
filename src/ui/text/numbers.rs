//! Numbers, shares and sizes, as the language writes them.

use super::{Language, Localizer, format};

impl Localizer {
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
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn numbers_in_sentences_are_grouped_too() {
        assert_eq!(
            all(|text| text
                .with("duration-days", &[("count", 1_234.into())])
                .replace('\u{a0}', " ")),
            ["1.234 d", "1.234 d", "1,234 d"]
        );
    }
}
