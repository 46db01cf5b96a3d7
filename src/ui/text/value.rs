//! What is put into sentences.

use super::format;
use fluent_bundle::FluentValue;
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};
use std::borrow::Cow;

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
    pub(super) fn fluent(&self) -> FluentValue<'_> {
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
