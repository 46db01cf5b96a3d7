//! Accounts: which gateway, under which name, with which settings. Secrets are not in here; see `secrets`.

use super::{AccountId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which of the gateways an account belongs to. Screens do not ask for it: they ask for capabilities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GatewayKind {
    /// Solutek (Brazil).
    Solutek,
    /// Devino.
    Devino,
    /// DecisionTelecom.
    DecisionTelecom,
}

impl GatewayKind {
    /// Every gateway this program speaks to, in the order they are offered.
    pub const ALL: &'static [Self] = &[Self::Solutek, Self::Devino, Self::DecisionTelecom];

    /// The word under which it is stored.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Solutek => "solutek",
            Self::Devino => "devino",
            Self::DecisionTelecom => "decision_telecom",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.key() == key)
    }
}

/// An account as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// Our identifier.
    pub id: AccountId,
    /// The gateway.
    pub gateway: GatewayKind,
    /// The operator's name for it, not empty, at most [`Account::NAME_MAX`] characters.
    pub name: String,
    /// The credential fields that are no secrets (an e-mail address, an application id), by field key.
    pub identity: BTreeMap<String, String>,
    /// Another base address than the vendor's own; `None` is the vendor's.
    pub base_url: Option<String>,
    /// ISO 3166 code of the country that numbers without `+` belong to.
    pub default_country: String,
    /// Whether sending is paused by the operator.
    pub paused: bool,
    /// Seconds between two messages that the operator last set at the gateway; `None` if never set from here.
    pub delay_secs: Option<u32>,
    /// Where files of the operator's are put so that the gateway can fetch them.
    #[serde(default)]
    pub hosting: super::hosting::AttachmentHosting,
    /// When it was added.
    pub created_at: Timestamp,
}

impl Account {
    /// Longest name, in characters.
    pub const NAME_MAX: usize = 60;
}

/// What the operator typed for a new account or a change of one. Secret fields hold what was typed; on a change an
/// empty secret means "keep the stored one".
#[derive(Debug, Clone, Default)]
pub struct AccountDraft {
    /// The gateway; `None` until chosen.
    pub gateway: Option<GatewayKind>,
    /// Name.
    pub name: String,
    /// Every credential field by key, secret or not.
    pub fields: BTreeMap<String, super::Secret>,
    /// Base address; empty is the vendor's own.
    pub base_url: String,
    /// ISO 3166 code of the country; empty is `BR`.
    pub default_country: String,
}

/// Why a draft cannot be saved: the field it concerns and what is wrong there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftProblem {
    /// `name`, `base_url`, `default_country` or the key of a credential field.
    pub field: String,
    /// What is wrong.
    pub kind: DraftProblemKind,
}

/// What can be wrong with a field of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftProblemKind {
    /// Nothing in it, and it is needed.
    Empty,
    /// Longer than allowed; the limit, in characters.
    TooLong(usize),
    /// Control characters in it (a NUL, a line break pasted along).
    ControlCharacters,
    /// No e-mail address.
    NotAnEmail,
    /// No URL.
    NotAUrl,
    /// Plain `http` to another machine: the credentials would travel readable.
    NotEncrypted,
    /// No country of this code is known.
    UnknownCountry,
    /// Another account has this name.
    NameTaken,
    /// Characters or a form that cannot stand there.
    Malformed,
}

/// Removes what a paste brings along: surrounding blanks, line breaks, byte-order marks and zero-width characters.
#[must_use]
pub fn clean_credential(text: &str) -> String {
    text.trim_matches(|character: char| {
        character.is_whitespace() || matches!(character, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
    })
    .to_owned()
}

/// Checks a base address: `https` anywhere, `http` only to this machine.
///
/// # Errors
/// What is wrong with it.
pub fn check_base_url(text: &str) -> Result<url::Url, DraftProblemKind> {
    let url = url::Url::parse(text.trim()).map_err(|_| DraftProblemKind::NotAUrl)?;
    if url.host_str().is_none() || !url.username().is_empty() || url.password().is_some() {
        return Err(DraftProblemKind::NotAUrl);
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err(DraftProblemKind::NotEncrypted),
        _ => Err(DraftProblemKind::NotAUrl),
    }
}

/// Whether the address names this machine itself.
#[must_use]
pub fn is_loopback(url: &url::Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_goes_to_this_machine_only() {
        for good in [
            "https://gateway.example/a/",
            "http://127.0.0.1:9/",
            "http://localhost:1",
            "http://[::1]:2/x",
        ] {
            assert!(check_base_url(good).is_ok(), "{good}");
        }
        assert_eq!(
            check_base_url("http://gateway.example"),
            Err(DraftProblemKind::NotEncrypted)
        );
        assert_eq!(
            check_base_url("http://localhost.evil.example"),
            Err(DraftProblemKind::NotEncrypted)
        );
        for bad in [
            "",
            "gateway",
            "ftp://127.0.0.1",
            "file:///etc/passwd",
            "https://user:pw@gateway.example",
        ] {
            assert_eq!(check_base_url(bad), Err(DraftProblemKind::NotAUrl), "{bad}");
        }
    }

    #[test]
    fn a_paste_is_cleaned() {
        assert_eq!(clean_credential("\u{feff} abc def\r\n"), "abc def");
        assert_eq!(clean_credential("\u{200b}x\u{200e}"), "x");
    }
}
