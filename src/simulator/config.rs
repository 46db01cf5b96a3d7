//! How a simulated gateway begins.

use super::demo::DemoScript;
use super::style::Style;
use super::webhook::WebhookConfig;
use crate::domain::Secret;
use std::time::Duration;

/// How a simulated gateway begins.
#[derive(Debug, Clone)]
pub struct SimulatorConfig {
    /// Everything random follows from it; printed by `Debug` so that a failed test can be repeated.
    pub seed: u64,
    /// Port on 127.0.0.1; 0 takes a free one. A fixed port lets a gateway come back at the same address.
    pub port: u16,
    /// The credentials that are accepted.
    pub credentials: SimulatorCredentials,
    /// The phone that is paired at the start.
    pub paired: Option<PairedPhone>,
    /// The phone that scans the next code.
    pub scanning_phone: PairedPhone,
    /// Battery at the start, in percent.
    pub battery_percent: u8,
    /// How long one percent of battery lasts (or takes to charge); `None` keeps it as it is.
    pub battery_step_interval: Option<Duration>,
    /// Messages a day.
    pub daily_limit: u64,
    /// Messages used today.
    pub daily_used: u64,
    /// Delay between two messages, in seconds; 0 for none.
    pub delay_secs: u32,
    /// When the plan ends, as the gateway writes it.
    pub expiry: String,
    /// How long things take.
    pub timing: Timing,
    /// How answers are written.
    pub style: Style,
    /// Where it is told what people write and what became of messages.
    pub webhook: WebhookConfig,
    /// Whether it fetches what messages carry, where the address leads to this machine; other addresses are never
    /// fetched.
    pub fetches_attachments: bool,
    /// A life that goes on by itself.
    pub demo: Option<DemoScript>,
}

impl Default for SimulatorConfig {
    fn default() -> Self {
        let phone = PairedPhone::new("Balcão da loja", "5511900000001");
        Self {
            seed: 1,
            port: 0,
            credentials: SimulatorCredentials::default(),
            paired: Some(phone.clone()),
            scanning_phone: phone,
            battery_percent: 87,
            battery_step_interval: None,
            daily_limit: 500,
            daily_used: 0,
            delay_secs: 0,
            expiry: "2027-12-31".to_owned(),
            timing: Timing::default(),
            style: Style::default(),
            webhook: WebhookConfig::default(),
            fetches_attachments: true,
            demo: None,
        }
    }
}

/// The credentials that are accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulatorCredentials {
    /// `email` of every call.
    pub email: String,
    /// `token` of every call.
    pub token: Secret,
    /// `idapp` of every call.
    pub application_id: String,
}

impl Default for SimulatorCredentials {
    fn default() -> Self {
        Self {
            email: "demo@recado.example".to_owned(),
            token: Secret::new("demo-token-0000".to_owned()),
            application_id: "1".to_owned(),
        }
    }
}

/// A phone that can be paired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairedPhone {
    /// Its profile name.
    pub name: String,
    /// Its number, digits with the country code.
    pub number: String,
}

impl PairedPhone {
    /// A phone by name and number.
    #[must_use]
    pub fn new(name: &str, number: &str) -> Self {
        Self {
            name: name.to_owned(),
            number: number.to_owned(),
        }
    }
}

/// How long things take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timing {
    /// From the request for a code until the first one is ready.
    pub code_preparation: Duration,
    /// How long one code lives.
    pub code_lifetime: Duration,
    /// From the scan until the phone is connected.
    pub confirmation: Duration,
    /// The gateway's own pace: least time between two messages, and from acceptance to sending.
    pub send_interval: Duration,
    /// From sending until the recipient's phone has it; each message varies by half of it either way.
    pub received_after: Duration,
    /// From receiving until the recipient has seen it; varies likewise.
    pub seen_after: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            code_preparation: Duration::from_secs(2),
            code_lifetime: Duration::from_secs(20),
            confirmation: Duration::from_secs(3),
            send_interval: Duration::from_millis(300),
            received_after: Duration::from_millis(1_200),
            seen_after: Duration::from_secs(4),
        }
    }
}

impl Timing {
    /// Everything within milliseconds, for tests; codes do not change by themselves.
    #[must_use]
    pub fn fast() -> Self {
        Self {
            code_preparation: Duration::from_millis(5),
            code_lifetime: Duration::from_secs(3_600),
            confirmation: Duration::from_millis(5),
            send_interval: Duration::from_millis(1),
            received_after: Duration::from_millis(2),
            seen_after: Duration::from_millis(2),
        }
    }
}
