//! How a played vendor that speaks JSON begins, as far as both do alike.

use super::super::config::Timing;
use super::super::people::PeopleScript;
use super::super::webhook::WebhookRetry;
use super::templates::RegisteredTemplate;
use std::time::Duration;
use url::Url;

/// A person may be written to freely for so long after they last wrote.
const WINDOW: Duration = Duration::from_secs(24 * 3_600);

/// How a played vendor begins, as far as both do alike.
#[derive(Debug, Clone)]
pub struct CommonConfig {
    /// Everything random follows from it; printed by `Debug` so that a failed test can be repeated.
    pub seed: u64,
    /// Port on 127.0.0.1; 0 takes a free one. A fixed port lets a gateway come back at the same address.
    pub port: u16,
    /// How long things take; what concerns pairing does not count here.
    pub timing: Timing,
    /// How long after a person last wrote anything but a template may be sent to them; `None` for always.
    pub window: Option<Duration>,
    /// The templates that are registered.
    pub templates: Vec<RegisteredTemplate>,
    /// Messages that are paid for.
    pub balance: u64,
    /// Most messages that are taken in a time; `None` for any number.
    pub rate: Option<Rate>,
    /// The address of the webhook entered in the vendor's panel.
    pub webhook: Option<Url>,
    /// What follows when what is told is not answered, or answered 5xx. Meanwhile other things are told.
    pub retry: WebhookRetry,
    /// How long one attempt to tell something may take.
    pub call_timeout: Duration,
    /// Whether it fetches what messages carry, where the address leads to this machine; other addresses are never
    /// fetched.
    pub fetches_attachments: bool,
    /// Who answers and writes by themselves.
    pub people: Option<PeopleScript>,
}

impl Default for CommonConfig {
    fn default() -> Self {
        Self {
            seed: 1,
            port: 0,
            timing: Timing::default(),
            window: Some(WINDOW),
            templates: Vec::new(),
            balance: 1_000,
            rate: None,
            webhook: None,
            retry: WebhookRetry::default(),
            call_timeout: Duration::from_secs(20),
            fetches_attachments: true,
            people: None,
        }
    }
}

impl CommonConfig {
    /// Everything within milliseconds, for tests.
    #[must_use]
    pub fn fast() -> Self {
        Self {
            timing: Timing::fast(),
            retry: WebhookRetry::fast(),
            ..Self::default()
        }
    }
}

/// Most messages that are taken in a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// So many.
    pub messages: usize,
    /// In so long.
    pub per: Duration,
}
