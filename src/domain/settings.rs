//! The operator's settings.

use serde::{Deserialize, Serialize};

/// Light, dark, or as the system has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeChoice {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Which key sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SendKey {
    /// Enter sends, Shift+Enter breaks the line.
    #[default]
    Enter,
    /// Ctrl+Enter sends, Enter breaks the line.
    CtrlEnter,
}

/// Every setting. Stored as one JSON document; a missing or unknown value takes its default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// `pt-BR`, `es` or `en`; `None` is the system's.
    pub language: Option<String>,
    /// Light or dark.
    pub theme: ThemeChoice,
    /// Size of everything, in percent: 80 to 200.
    pub scale_percent: u16,
    /// Whether desktop notifications are shown.
    pub notifications: bool,
    /// Which key sends.
    pub send_key: SendKey,
    /// Seconds between two reads of an account's health: 10 to 3600.
    pub health_interval_secs: u32,
    /// The account chosen last, as text.
    pub last_account: Option<String>,
}

impl Settings {
    /// Brings every value into its range.
    #[must_use]
    pub fn clamped(mut self) -> Self {
        self.scale_percent = self.scale_percent.clamp(80, 200);
        self.health_interval_secs = self.health_interval_secs.clamp(10, 3_600);
        self
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            theme: ThemeChoice::System,
            scale_percent: 100,
            notifications: true,
            send_key: SendKey::Enter,
            health_interval_secs: 30,
            last_account: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_or_newer_document_is_read() {
        let settings: Settings =
            serde_json::from_str(r#"{"scale_percent": 9000, "from_the_future": 1}"#).unwrap();
        assert_eq!(
            settings.clamped(),
            Settings {
                scale_percent: 200,
                ..Settings::default()
            }
        );
    }
}
