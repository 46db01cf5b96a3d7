//! How answers are written: the same facts in the many spellings a PHP program finds for them.

use serde_json::{Value, json};

/// How answers are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Style {
    /// Whole numbers.
    pub numbers: NumberStyle,
    /// The battery.
    pub battery: BatteryStyle,
    /// Yes and no.
    pub flags: FlagStyle,
    /// The picture of a code.
    pub picture: PictureStyle,
    /// Whether letters beyond ASCII are written as `\u00e3` and slashes as `\/`, as PHP does by itself.
    pub escapes: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            numbers: NumberStyle::Mixed,
            battery: BatteryStyle::LikeNumbers,
            flags: FlagStyle::Plain,
            picture: PictureStyle::Alternating,
            escapes: true,
        }
    }
}

/// How whole numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberStyle {
    /// What comes from the database as text, what was counted as a number.
    Mixed,
    /// Always as a number.
    Number,
    /// Always as text.
    Text,
}

/// How the battery is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatteryStyle {
    /// As [`Style::numbers`] says.
    LikeNumbers,
    /// `"87%"`.
    Percent,
    /// `""`, though a phone is there.
    Empty,
    /// `null`.
    Null,
    /// No such field.
    Missing,
}

/// How yes and no are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlagStyle {
    /// `sim`, `nao`.
    Plain,
    /// `sim`, `não`.
    Accented,
    /// `Sim`, `Não`.
    Capital,
    /// ` SIM `, ` NAO `.
    PaddedCapitals,
}

/// How the picture of a code is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureStyle {
    /// From one answer to the next, bare base64 and a data URI.
    Alternating,
    /// Bare base64.
    Bare,
    /// `data:image/png;base64,…`.
    DataUri,
}

impl Style {
    /// A whole number; `from_database` tells how [`NumberStyle::Mixed`] writes it.
    pub(super) fn number(&self, number: u64, from_database: bool) -> Value {
        let as_text = match self.numbers {
            NumberStyle::Mixed => from_database,
            NumberStyle::Number => false,
            NumberStyle::Text => true,
        };
        if as_text {
            json!(number.to_string())
        } else {
            json!(number)
        }
    }

    /// Yes or no.
    pub(super) fn flag(&self, yes: bool) -> Value {
        json!(match (self.flags, yes) {
            (FlagStyle::Plain | FlagStyle::Accented, true) => "sim",
            (FlagStyle::Plain, false) => "nao",
            (FlagStyle::Accented, false) => "não",
            (FlagStyle::Capital, true) => "Sim",
            (FlagStyle::Capital, false) => "Não",
            (FlagStyle::PaddedCapitals, true) => " SIM ",
            (FlagStyle::PaddedCapitals, false) => " NAO ",
        })
    }

    /// The battery; `None` if the field is left out.
    pub(super) fn battery(&self, percent: Option<u8>) -> Option<Value> {
        let Some(percent) = percent else {
            return Some(json!(""));
        };
        match self.battery {
            BatteryStyle::LikeNumbers => Some(self.number(u64::from(percent), true)),
            BatteryStyle::Percent => Some(json!(format!("{percent}%"))),
            BatteryStyle::Empty => Some(json!("")),
            BatteryStyle::Null => Some(Value::Null),
            BatteryStyle::Missing => None,
        }
    }

    /// The picture of a code, for the answer with this number.
    pub(super) fn picture(&self, base64: &str, answer_number: u64) -> Value {
        let bare = match self.picture {
            PictureStyle::Alternating => answer_number.is_multiple_of(2),
            PictureStyle::Bare => true,
            PictureStyle::DataUri => false,
        };
        if bare {
            json!(base64)
        } else {
            json!(format!("data:image/png;base64,{base64}"))
        }
    }
}
