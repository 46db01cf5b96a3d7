//! Pairing as the gateway goes through it: making a code, showing one after another, waiting for the phone.

use super::config::{PairedPhone, Timing};
use super::qr;
use rand::rngs::StdRng;
use std::time::Duration;
use tokio::time::Instant;

/// A code that lived no time at all would be replaced for ever.
const SHORTEST_CODE_LIFETIME: Duration = Duration::from_millis(1);

/// Where pairing stands at the gateway.
#[derive(Debug, Clone, Default)]
pub(super) enum PairingSession {
    /// Not going on.
    #[default]
    Idle,
    /// A code is being made.
    Preparing {
        /// When it is ready.
        ready_at: Instant,
    },
    /// A code can be scanned.
    Showing {
        /// What a phone reads in it.
        text: String,
        /// Its picture, base64 of a PNG, once somebody asked for it: a code that nobody sees is not drawn.
        picture_base64: Option<String>,
        /// When the next one replaces it.
        renew_at: Instant,
        /// When a code of this session was first handed out.
        first_shown_at: Option<Instant>,
    },
    /// A phone has scanned it; the session is being set up.
    Confirming {
        /// Which phone.
        phone: PairedPhone,
        /// When it is connected.
        confirmed_at: Instant,
    },
}

impl PairingSession {
    /// Begins: a code will be made.
    pub(super) fn begin(timing: &Timing, now: Instant) -> Self {
        Self::Preparing {
            ready_at: now + timing.code_preparation,
        }
    }

    /// The next code: the first, or the one after the present one.
    pub(super) fn show_next_code(&mut self, timing: &Timing, random: &mut StdRng, now: Instant) {
        let first_shown_at = match self {
            Self::Idle | Self::Confirming { .. } => return,
            Self::Preparing { .. } => None,
            Self::Showing { first_shown_at, .. } => *first_shown_at,
        };
        let text = qr::pairing_text(random);
        let renew_at = now + timing.code_lifetime.max(SHORTEST_CODE_LIFETIME);
        *self = Self::Showing {
            text,
            picture_base64: None,
            renew_at,
            first_shown_at,
        };
    }

    /// Notes that a code was handed out; answers its picture.
    pub(super) fn hand_out(&mut self, now: Instant) -> Option<String> {
        match self {
            Self::Showing {
                text,
                picture_base64,
                first_shown_at,
                ..
            } => {
                first_shown_at.get_or_insert(now);
                if picture_base64.is_none() {
                    *picture_base64 = qr::picture_base64(text);
                }
                picture_base64.clone()
            }
            _ => None,
        }
    }

    /// A phone scans the code; `false` if there is none to scan.
    pub(super) fn scan(&mut self, phone: PairedPhone, timing: &Timing, now: Instant) -> bool {
        if !matches!(self, Self::Showing { .. }) {
            return false;
        }
        *self = Self::Confirming {
            phone,
            confirmed_at: now + timing.confirmation,
        };
        true
    }
}
