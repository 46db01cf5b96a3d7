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

/// Minutes of a day.
const MINUTES_OF_DAY: u16 = 24 * 60;

/// A text that is often sent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct QuickReply {
    /// What it is called in the list.
    pub title: String,
    /// The text; `{name}` becomes the recipient's name.
    pub text: String,
}

impl QuickReply {
    /// How many there may be.
    pub const MAX: usize = 100;
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
    /// Whether a notification of an incoming message shows its text.
    pub notification_text: bool,
    /// Whether a sound is played for an incoming message.
    pub sound: bool,
    /// From when to when no notification is shown, in minutes of the local day; the end may be before the beginning
    /// (over midnight). `None` for never.
    pub quiet_minutes: Option<(u16, u16)>,
    /// Whether the program listens for the gateways' calls.
    pub listen: bool,
    /// The address it listens on: loopback unless a reverse proxy stands on another machine.
    pub listen_address: std::net::IpAddr,
    /// The port it listens on; 0 for any free one, which is then kept.
    pub listen_port: u16,
    /// The address under which the listener can be reached from outside, through a reverse proxy or a tunnel.
    pub public_url: Option<String>,
    /// Whether a backup is made every day.
    pub daily_backup: bool,
    /// Where backups go; `None` is the folder `backups` in the data folder.
    pub backup_folder: Option<std::path::PathBuf>,
    /// How many backups are kept: 1 to 100.
    pub backups_kept: u16,
    /// Texts to send with one click; `{name}` becomes the recipient's name.
    pub quick_replies: Vec<QuickReply>,
    /// Which key sends.
    pub send_key: SendKey,
    /// The folder files were last saved to.
    pub downloads_folder: Option<std::path::PathBuf>,
    /// The folder files were last attached from.
    pub pick_folder: Option<std::path::PathBuf>,
    /// Seconds between two reads of an account's health: 10 to 3600.
    pub health_interval_secs: u32,
    /// The account chosen last, as text.
    pub last_account: Option<String>,
}

impl Settings {
    /// Whether notifications are silent at this minute of the local day (0 to 1439).
    #[must_use]
    pub fn is_quiet(&self, minute_of_day: u16) -> bool {
        match self.quiet_minutes {
            Some((from, until)) if from <= until => (from..until).contains(&minute_of_day),
            Some((from, until)) => minute_of_day >= from || minute_of_day < until,
            None => false,
        }
    }

    /// Brings every value into its range.
    #[must_use]
    pub fn clamped(mut self) -> Self {
        self.scale_percent = self.scale_percent.clamp(80, 200);
        self.health_interval_secs = self.health_interval_secs.clamp(10, 3_600);
        self.backups_kept = self.backups_kept.clamp(1, 100);
        self.quiet_minutes = self
            .quiet_minutes
            .map(|(from, until)| (from.min(MINUTES_OF_DAY - 1), until.min(MINUTES_OF_DAY - 1)));
        self.quick_replies.truncate(QuickReply::MAX);
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
            notification_text: true,
            sound: false,
            quiet_minutes: None,
            listen: true,
            listen_address: std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST),
            listen_port: 0,
            public_url: None,
            daily_backup: true,
            backup_folder: None,
            backups_kept: 7,
            quick_replies: Vec::new(),
            send_key: SendKey::Enter,
            downloads_folder: None,
            pick_folder: None,
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

    #[test]
    fn quiet_hours_may_cross_midnight() {
        let quiet = |from, until, minute| {
            Settings {
                quiet_minutes: Some((from, until)),
                ..Settings::default()
            }
            .is_quiet(minute)
        };
        assert!(quiet(22 * 60, 7 * 60, 23 * 60) && quiet(22 * 60, 7 * 60, 6 * 60 + 59));
        assert!(!quiet(22 * 60, 7 * 60, 7 * 60) && !quiet(22 * 60, 7 * 60, 12 * 60));
        assert!(quiet(12 * 60, 13 * 60, 12 * 60) && !quiet(12 * 60, 13 * 60, 13 * 60));
        assert!(!quiet(600, 600, 600) && !Settings::default().is_quiet(0));
    }
}
