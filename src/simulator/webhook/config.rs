//! Where the gateway tells what happens, and how stubbornly.

use super::style::WebhookStyle;
use std::time::Duration;
use url::Url;

/// Where the gateway tells what happens, and how stubbornly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookConfig {
    /// The address entered in the vendor's panel; with none, what happens is told to nobody.
    pub url: Option<Url>,
    /// How it is written.
    pub style: WebhookStyle,
    /// What follows an answer that is none, or a 5xx.
    pub retry: WebhookRetry,
    /// How long one attempt may take.
    pub timeout: Duration,
    /// Most that may wait to be told; what comes on top is forgotten, and the ledger says so.
    pub queue_max: usize,
}

impl Default for WebhookConfig {
    fn default() -> Self {
        Self {
            url: None,
            style: WebhookStyle::default(),
            retry: WebhookRetry::default(),
            timeout: Duration::from_secs(20),
            queue_max: 10_000,
        }
    }
}

/// What follows when nothing was answered, or a 5xx. After 2xx, 3xx and 4xx nothing is ever told again. While something
/// is tried again, what happened later waits: the order is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookRetry {
    /// Wait after the first attempt; doubled after each further one.
    pub first_wait: Duration,
    /// Longest wait between two attempts.
    pub longest_wait: Duration,
    /// Since the first attempt, after which no other begins.
    pub give_up_after: Duration,
}

impl Default for WebhookRetry {
    fn default() -> Self {
        Self {
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(15),
            give_up_after: Duration::from_secs(600),
        }
    }
}

impl WebhookRetry {
    /// One attempt, whatever comes of it: what a plain PHP gateway does.
    #[must_use]
    pub fn never() -> Self {
        Self {
            give_up_after: Duration::ZERO,
            ..Self::default()
        }
    }

    /// Waits of milliseconds, for tests.
    #[must_use]
    pub fn fast() -> Self {
        Self {
            first_wait: Duration::from_millis(2),
            longest_wait: Duration::from_millis(50),
            give_up_after: Duration::from_secs(60),
        }
    }

    /// The wait after the attempt with this number, the first being 1; `None` if `elapsed` since the first attempt leaves
    /// no time for another.
    pub(in crate::simulator) fn wait_after(&self, attempt: u32, elapsed: Duration) -> Option<Duration> {
        let doubled = 2_u32.saturating_pow(attempt.saturating_sub(1).min(20));
        let wait = self.first_wait.saturating_mul(doubled).min(self.longest_wait);
        (elapsed + wait <= self.give_up_after).then_some(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_bound_and_end() {
        let retry = WebhookRetry::default();
        let waits: Vec<_> = (1..8)
            .filter_map(|attempt| retry.wait_after(attempt, Duration::ZERO))
            .map(|wait| wait.as_millis())
            .collect();
        assert_eq!(waits, [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
        assert_eq!(retry.wait_after(3, Duration::from_secs(599)), None);
        assert_eq!(WebhookRetry::never().wait_after(1, Duration::ZERO), None);
    }
}
