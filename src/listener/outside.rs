//! The round trip through the public address: does what the operator entered at the vendor really lead here? Whoever
//! answers must prove to be this very run of the program, so that another copy, a cache or the proxy's own page is not
//! taken for us.

use super::Listener;
use crate::domain::Secret;
use crate::gateway::http::{HttpClient, Outcome, Purpose, Timeouts};
use crate::gateway::redaction::Redactor;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use subtle::ConstantTimeEq;
use url::Url;

/// How long a whole round trip may take.
const ROUND_TRIP_MAX: Duration = Duration::from_secs(10);
/// How long a nonce is answered.
const NONCE_LIFE: Duration = Duration::from_secs(15);
/// Most round trips at a time.
const NONCES_MAX: usize = 16;
/// How much of another one's answer is told, in characters.
const BEGINNING_MAX: usize = 200;

/// A round trip that came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutsideRoundTrip {
    /// How long it took.
    pub duration: Duration,
}

/// Why a round trip did not come back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutsideFault {
    /// The address cannot be reached, is refused (it must be `https`, or this machine's), or did not answer in time;
    /// what the system said.
    #[error("the public address cannot be reached: {0}")]
    Unreachable(String),
    /// Somebody else answered. Status 421 with our own words means that a proxy leads here but does not pass the public
    /// name on (header `Host`).
    #[error("somebody else answered at the public address: HTTP {status}")]
    SomebodyElse {
        /// The HTTP status.
        status: u16,
        /// How the answer begins, control characters taken out.
        beginning: String,
    },
}

/// The questions that were asked and not yet answered.
pub(super) struct Questions {
    key: [u8; 32],
    open: Mutex<BTreeMap<String, Instant>>,
}

impl Questions {
    pub(super) fn new() -> Self {
        Self {
            key: rand::random(),
            open: Mutex::default(),
        }
    }

    /// A new question. `None` while too many are open.
    fn ask(&self, now: Instant) -> Option<String> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, until| *until > now);
        if open.len() >= NONCES_MAX {
            return None;
        }
        let nonce = hex(&rand::random::<[u8; 32]>());
        open.insert(nonce.clone(), now + NONCE_LIFE);
        Some(nonce)
    }

    /// The answer to a question that was asked a moment ago; once only.
    pub(super) fn answer(&self, nonce: &str, now: Instant) -> Option<String> {
        let until = self
            .open
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(nonce)?;
        (until > now).then(|| self.proof(nonce))
    }

    /// Nobody waits for the answer any more.
    fn forget(&self, nonce: &str) {
        self.open
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(nonce);
    }

    /// What only this run can say. Key and nonce have fixed lengths, so that a plain hash cannot be extended.
    fn proof(&self, nonce: &str) -> String {
        let digest = Sha256::new()
            .chain_update(b"recado round trip\0")
            .chain_update(self.key)
            .chain_update(nonce)
            .finalize();
        hex(&digest)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl Listener {
    /// Calls ourselves through the public address, within 10 seconds. No redirect is followed, TLS is verified, and the
    /// system's proxy is used as for everything else. The name in the address must be the one set with
    /// [`Listener::set_public_host`].
    ///
    /// # Errors
    /// Why it did not come back.
    pub async fn check_from_outside(&self, public_url: &str) -> Result<OutsideRoundTrip, OutsideFault> {
        let unreachable = |words: &str| OutsideFault::Unreachable(words.to_owned());
        let questions = self.questions();
        let nonce = questions
            .ask(Instant::now())
            .ok_or_else(|| unreachable("too many checks at a time"))?;
        let outcome = round_trip(public_url, &nonce).await;
        questions.forget(&nonce);
        let (duration, status, body) = outcome.map_err(OutsideFault::Unreachable)?;
        let proof = questions.proof(&nonce);
        if status == 200 && bool::from(body.trim_ascii().ct_eq(proof.as_bytes())) {
            Ok(OutsideRoundTrip { duration })
        } else {
            Err(OutsideFault::SomebodyElse {
                status,
                beginning: beginning(&body),
            })
        }
    }
}

/// Duration, status and body of the call; words when there was no whole answer.
async fn round_trip(public_url: &str, nonce: &str) -> Result<(Duration, u16, Vec<u8>), String> {
    let base = public_url.trim().trim_end_matches('/');
    let url = Url::parse(&format!("{base}/check/{nonce}")).map_err(|error| error.to_string())?;
    let timeouts = Timeouts {
        connect: ROUND_TRIP_MAX,
        send: ROUND_TRIP_MAX,
        read: ROUND_TRIP_MAX,
    };
    let client = HttpClient::new(&url, timeouts, Redactor::new(std::iter::empty::<&Secret>()))?;
    let began = Instant::now();
    match client.get(&url, Purpose::Read).await {
        Outcome::Answered(answer) => Ok((began.elapsed(), answer.status, answer.body)),
        Outcome::NotSent { words } | Outcome::MaybeSent { words, .. } => Err(words),
    }
}

/// How a foreign answer begins, fit to be shown.
fn beginning(body: &[u8]) -> String {
    let start = &body[..body.len().min(BEGINNING_MAX * 4)];
    String::from_utf8_lossy(start)
        .chars()
        .map(|character| if character.is_control() { ' ' } else { character })
        .take(BEGINNING_MAX)
        .collect::<String>()
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_answered_once_and_not_for_long() {
        let (questions, others) = (Questions::new(), Questions::new());
        let now = Instant::now();
        let nonce = questions.ask(now).unwrap();
        assert_eq!(others.answer(&nonce, now), None);
        assert_ne!(questions.proof(&nonce), others.proof(&nonce));
        assert_eq!(questions.answer(&nonce, now), Some(questions.proof(&nonce)));
        assert_eq!(questions.answer(&nonce, now), None);
        let nonce = questions.ask(now).unwrap();
        assert_eq!(questions.answer(&nonce, now + NONCE_LIFE), None);
        for _ in 0..NONCES_MAX {
            assert!(questions.ask(now).is_some());
        }
        assert_eq!(questions.ask(now), None);
        assert!(questions.ask(now + NONCE_LIFE).is_some());
    }

    #[test]
    fn a_foreign_answer_is_shown_short_and_without_control_characters() {
        assert_eq!(
            beginning(b"  <h1>\r\n\x1b[31mHi\0</h1>\xff"),
            "<h1>   [31mHi </h1>\u{fffd}"
        );
        assert_eq!(beginning(&[b'x'; 5_000]).len(), BEGINNING_MAX);
    }
}
