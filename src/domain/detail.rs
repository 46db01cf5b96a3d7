//! Which sentence says a reason more exactly than its class does, and what is filled into it. Written as one word so that it
//! is stored with the reason: `key`, or `key?name=value&name=value`. What stands in it is for a sentence, so a value holds
//! none of the signs that part it.

/// A sentence's key and the values for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail<'a> {
    /// The key after `detail-`.
    pub key: &'a str,
    /// Name and value. The value of [`Detail::FIELD`] is the key of a name, after `message-field-`.
    pub values: Vec<(&'a str, &'a str)>,
}

impl<'a> Detail<'a> {
    /// The name of the value that is a field of a message.
    pub const FIELD: &'static str = "field";

    /// Reads what [`Detail::word`] wrote.
    #[must_use]
    pub fn read(word: &'a str) -> Self {
        let (key, values) = word.split_once('?').unwrap_or((word, ""));
        Self {
            key,
            values: values
                .split('&')
                .filter_map(|value| value.split_once('='))
                .collect(),
        }
    }

    /// As one word. The signs that part it become blanks in the values.
    #[must_use]
    pub fn word(&self) -> String {
        let mut word = self.key.to_owned();
        for (index, (name, value)) in self.values.iter().enumerate() {
            word.push(if index == 0 { '?' } else { '&' });
            word.push_str(name);
            word.push('=');
            word.extend(value.chars().map(|letter| match letter {
                '?' | '&' | '=' => ' ',
                other => other,
            }));
        }
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read() {
        for (word, key, values) in [
            ("spam", "spam", vec![]),
            ("text?limit=1000", "text", vec![("limit", "1000")]),
            (
                "over?field=to&limit=20",
                "over",
                vec![("field", "to"), ("limit", "20")],
            ),
        ] {
            let detail = Detail { key, values };
            assert_eq!(Detail::read(word), detail);
            assert_eq!(detail.word(), word);
        }
        let hostile = Detail {
            key: "storage-host",
            values: vec![("host", "a&region=b?c=d")],
        };
        assert_eq!(hostile.word(), "storage-host?host=a region b c d");
        for damaged in ["", "?", "a?b", "a?&&=", "=?=&"] {
            assert!(
                Detail::read(damaged)
                    .values
                    .iter()
                    .all(|(name, _)| name.is_empty())
            );
        }
    }
}
