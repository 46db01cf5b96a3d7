//! Pairing a phone by a QR code, as a state machine: what is shown, what may replace what, when it ends.

use super::Timestamp;
use std::sync::Arc;
use std::time::Duration;

/// How often the gateway is asked for the code.
pub const POLL_INTERVAL: Duration = Duration::from_secs(5);
/// How long without a scan until pairing is given up.
pub const SCAN_LIMIT: Duration = Duration::from_secs(5 * 60);
/// How long a confirmation may take after the scan.
pub const CONFIRMATION_LIMIT: Duration = Duration::from_secs(2 * 60);
/// The age at which a code is no longer trusted to work, and dimmed.
pub const STALE_AFTER: Duration = Duration::from_secs(30);

/// A code as it came from the gateway: the bytes of a picture, not yet looked at.
#[derive(Clone, PartialEq, Eq)]
pub struct PairingPicture(pub Arc<[u8]>);

impl std::fmt::Debug for PairingPicture {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The picture gives access to the phone: it is not for logs.
        write!(formatter, "PairingPicture({} bytes)", self.0.len())
    }
}

/// A code ready to be drawn.
#[derive(Clone, PartialEq, Eq)]
pub enum PairingCode {
    /// Decoded, to be drawn again sharp at any size: `true` is dark, row by row, `width` × `width`, no quiet zone.
    Modules {
        /// Modules on a side.
        width: usize,
        /// The modules.
        dark: Arc<[bool]>,
    },
    /// A picture that could not be decoded as a QR code, shown as it came: RGBA, row by row.
    Picture {
        /// Pixels.
        width: usize,
        /// Pixels.
        height: usize,
        /// `width × height × 4` bytes.
        rgba: Arc<[u8]>,
    },
}

impl std::fmt::Debug for PairingCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Modules { width, .. } => write!(formatter, "PairingCode::Modules({width})"),
            Self::Picture { width, height, .. } => {
                write!(formatter, "PairingCode::Picture({width} × {height})")
            }
        }
    }
}

/// What the gateway answered to one poll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PairingAnswer {
    /// No code yet, or no longer: it is being made, or it has just been scanned.
    NoCode,
    /// A picture.
    Picture(PairingPicture),
    /// A phone is connected.
    Connected {
        /// Its profile name.
        name: Option<String>,
        /// Its number, digits.
        number: Option<String>,
    },
}

/// Where pairing stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum PairingPhase {
    /// Not going on.
    #[default]
    Idle,
    /// The gateway has been asked to begin; the phone that was paired is being disconnected.
    Starting,
    /// Begun; the code is being made.
    WaitingForCode,
    /// A code is there to be scanned.
    Code {
        /// The code.
        code: PairingCode,
        /// When it came (a repeated identical picture does not renew it).
        received_at: Timestamp,
        /// How many different codes there have been, this one included.
        number: u32,
    },
    /// The code went after one was shown: it has been scanned, or is being replaced.
    WaitingForConfirmation {
        /// Since when.
        since: Timestamp,
    },
    /// Done.
    Connected {
        /// Profile name of the phone.
        name: Option<String>,
        /// Number of the phone, digits.
        number: Option<String>,
        /// When.
        at: Timestamp,
    },
    /// Ended by the operator.
    Cancelled,
    /// Ended because nobody scanned a code in time.
    TimedOut,
    /// Ended by an error that asking again does not mend.
    Failed {
        /// What kind.
        kind: PairingFailure,
        /// What was said.
        words: String,
    },
}

/// Errors in pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairingFailure {
    /// The gateway could not be reached; while polling it is asked again.
    Unreachable,
    /// The gateway answered, but not readably; while polling it is asked again.
    Unreadable,
    /// The gateway refuses the credentials.
    CredentialsRefused,
    /// The credentials cannot be read here.
    CredentialsMissing,
    /// The gateway said no.
    Refused,
    /// What came is no picture.
    NotAPicture,
}

impl PairingFailure {
    /// The key after `pairing-failure-` under which it is translated.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Unreadable => "unreadable",
            Self::CredentialsRefused => "credentials-refused",
            Self::CredentialsMissing => "credentials-missing",
            Self::Refused => "refused",
            Self::NotAPicture => "not-a-picture",
        }
    }

    /// Whether asking again may mend it.
    #[must_use]
    pub fn passes(self) -> bool {
        matches!(self, Self::Unreachable | Self::Unreadable | Self::NotAPicture)
    }
}

/// The pairing of one account.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pairing {
    /// Where it stands.
    pub phase: PairingPhase,
    /// When it was begun.
    pub started_at: Option<Timestamp>,
    /// When the next poll is due, while polling.
    pub next_poll_at: Option<Timestamp>,
    /// A passing error of the last poll, gone with the next good one.
    pub trouble: Option<(PairingFailure, String)>,
    /// Polls answered so far.
    pub polls: u32,
    last_poll: u64,
    last_picture: Option<PairingPicture>,
    codes: u32,
}

impl Pairing {
    /// A pairing that begins now.
    #[must_use]
    pub fn starting(now: Timestamp) -> Self {
        Self {
            phase: PairingPhase::Starting,
            started_at: Some(now),
            ..Self::default()
        }
    }

    /// Whether it goes on.
    #[must_use]
    pub fn is_active(&self) -> bool {
        matches!(
            self.phase,
            PairingPhase::Starting
                | PairingPhase::WaitingForCode
                | PairingPhase::Code { .. }
                | PairingPhase::WaitingForConfirmation { .. }
        )
    }

    /// The gateway has agreed to begin.
    pub fn begun(&mut self, now: Timestamp) {
        if self.phase == PairingPhase::Starting {
            self.phase = PairingPhase::WaitingForCode;
            self.next_poll_at = Some(now);
        }
    }

    /// Takes the answer to poll number `poll` (counted from 1). An answer that is not newer than the last one taken, or
    /// that comes after the end, is dropped. `decode` turns a picture into something to draw; `None` if it is none.
    pub fn answered(
        &mut self,
        poll: u64,
        answer: PairingAnswer,
        now: Timestamp,
        decode: impl FnOnce(&PairingPicture) -> Option<PairingCode>,
    ) {
        if !self.is_active() || poll <= self.last_poll {
            return;
        }
        self.last_poll = poll;
        self.polls += 1;
        self.trouble = None;
        self.next_poll_at = Some(now.plus(POLL_INTERVAL));
        match answer {
            PairingAnswer::Connected { name, number } => {
                self.end(PairingPhase::Connected {
                    name,
                    number,
                    at: now,
                });
            }
            PairingAnswer::NoCode => {
                if matches!(self.phase, PairingPhase::Code { .. }) {
                    self.phase = PairingPhase::WaitingForConfirmation { since: now };
                }
            }
            PairingAnswer::Picture(picture) => {
                if self.last_picture.as_ref() == Some(&picture)
                    && matches!(self.phase, PairingPhase::Code { .. })
                {
                    return;
                }
                match decode(&picture) {
                    Some(code) => {
                        self.codes += 1;
                        self.last_picture = Some(picture);
                        self.phase = PairingPhase::Code {
                            code,
                            received_at: now,
                            number: self.codes,
                        };
                    }
                    None => self.trouble = Some((PairingFailure::NotAPicture, String::new())),
                }
            }
        }
    }

    /// A poll or the start failed.
    pub fn failed(&mut self, failure: PairingFailure, words: String, now: Timestamp) {
        if !self.is_active() {
            return;
        }
        if failure.passes() && self.phase != PairingPhase::Starting {
            self.polls += 1;
            self.trouble = Some((failure, words));
            self.next_poll_at = Some(now.plus(POLL_INTERVAL));
        } else {
            self.end(PairingPhase::Failed { kind: failure, words });
        }
    }

    /// Looks at the clock: ends it when nobody has scanned for too long.
    pub fn tick(&mut self, now: Timestamp) {
        let Some(started) = self.started_at.filter(|_| self.is_active()) else {
            return;
        };
        let expired = match &self.phase {
            PairingPhase::WaitingForConfirmation { since } => {
                now.since(*since) >= CONFIRMATION_LIMIT && now.since(started) >= SCAN_LIMIT
            }
            _ => now.since(started) >= SCAN_LIMIT,
        };
        if expired {
            self.end(PairingPhase::TimedOut);
        }
    }

    /// The operator ends it.
    pub fn cancel(&mut self) {
        if self.is_active() {
            self.end(PairingPhase::Cancelled);
        }
    }

    fn end(&mut self, phase: PairingPhase) {
        self.phase = phase;
        self.next_poll_at = None;
        self.last_picture = None;
        self.trouble = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(byte: u8) -> PairingAnswer {
        PairingAnswer::Picture(PairingPicture(Arc::from([byte])))
    }

    fn code(picture: &PairingPicture) -> Option<PairingCode> {
        (picture.0[0] != 0).then(|| PairingCode::Modules {
            width: 1,
            dark: Arc::from([picture.0[0] % 2 == 1]),
        })
    }

    fn at(secs: u64) -> Timestamp {
        Timestamp(0).plus(Duration::from_secs(secs))
    }

    fn begun() -> Pairing {
        let mut pairing = Pairing::starting(at(0));
        pairing.begun(at(1));
        pairing
    }

    #[test]
    fn the_usual_way() {
        let mut pairing = begun();
        pairing.answered(1, PairingAnswer::NoCode, at(1), code);
        assert_eq!(pairing.phase, PairingPhase::WaitingForCode);
        pairing.answered(2, picture(1), at(6), code);
        pairing.answered(3, picture(1), at(11), code);
        assert!(
            matches!(pairing.phase, PairingPhase::Code { received_at, number: 1, .. } if received_at == at(6))
        );
        assert_eq!(pairing.next_poll_at, Some(at(16)));
        pairing.answered(4, picture(3), at(16), code);
        assert!(matches!(pairing.phase, PairingPhase::Code { number: 2, .. }));
        pairing.answered(5, PairingAnswer::NoCode, at(21), code);
        assert_eq!(
            pairing.phase,
            PairingPhase::WaitingForConfirmation { since: at(21) }
        );
        pairing.answered(
            6,
            PairingAnswer::Connected {
                name: None,
                number: None,
            },
            at(26),
            code,
        );
        assert!(matches!(pairing.phase, PairingPhase::Connected { .. }) && !pairing.is_active());
    }

    #[test]
    fn an_older_answer_never_replaces_a_newer_one() {
        let mut pairing = begun();
        pairing.answered(3, picture(1), at(6), code);
        let before = pairing.clone();
        pairing.answered(2, picture(2), at(7), code);
        pairing.answered(3, PairingAnswer::NoCode, at(7), code);
        assert_eq!(pairing, before);
    }

    #[test]
    fn passing_trouble_keeps_the_code_and_lasting_trouble_ends() {
        let mut pairing = begun();
        pairing.answered(1, picture(1), at(1), code);
        pairing.failed(PairingFailure::Unreachable, "dns".into(), at(6));
        assert!(matches!(pairing.phase, PairingPhase::Code { .. }) && pairing.trouble.is_some());
        pairing.answered(2, picture(0), at(11), code);
        assert!(matches!(pairing.phase, PairingPhase::Code { .. }));
        assert!(matches!(pairing.trouble, Some((PairingFailure::NotAPicture, _))));
        pairing.failed(PairingFailure::CredentialsRefused, "token".into(), at(16));
        assert!(matches!(pairing.phase, PairingPhase::Failed { .. }));
        let ended = pairing.clone();
        pairing.answered(9, picture(5), at(20), code);
        pairing.failed(PairingFailure::Refused, String::new(), at(20));
        pairing.cancel();
        assert_eq!(pairing, ended);
        let mut starting = Pairing::starting(at(0));
        starting.failed(PairingFailure::Unreachable, String::new(), at(1));
        assert!(matches!(starting.phase, PairingPhase::Failed { .. }));
    }

    #[test]
    fn it_ends_after_five_minutes_but_waits_for_a_confirmation() {
        let mut pairing = begun();
        pairing.answered(1, picture(1), at(1), code);
        pairing.tick(at(299));
        assert!(pairing.is_active());
        let mut scanned = pairing.clone();
        pairing.tick(at(300));
        assert_eq!(pairing.phase, PairingPhase::TimedOut);
        scanned.answered(2, PairingAnswer::NoCode, at(299), code);
        scanned.tick(at(418));
        assert!(scanned.is_active());
        scanned.tick(at(419));
        assert_eq!(scanned.phase, PairingPhase::TimedOut);
    }
}

#[cfg(test)]
mod properties {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn whatever_comes_an_end_is_an_end(steps in proptest::collection::vec((0_u8..6, 0_u64..20, 0_i64..400_000), 0..60)) {
            let mut pairing = Pairing::starting(Timestamp(0));
            pairing.begun(Timestamp(0));
            let mut newest = 0;
            for (what, poll, at) in steps {
                let (before, now) = (pairing.clone(), Timestamp(at));
                match what {
                    0 => pairing.answered(poll, PairingAnswer::NoCode, now, |_| None),
                    1 | 2 => pairing.answered(poll, PairingAnswer::Picture(PairingPicture(Arc::from([what]))), now, |_| {
                        Some(PairingCode::Modules { width: 1, dark: Arc::from([true]) })
                    }),
                    3 => pairing.failed(PairingFailure::Unreadable, String::new(), now),
                    4 => pairing.tick(now),
                    _ => pairing.answered(poll, PairingAnswer::Connected { name: None, number: None }, now, |_| None),
                }
                if !before.is_active() {
                    prop_assert_eq!(&pairing, &before);
                }
                if matches!(what, 0 | 1 | 2 | 5) && poll <= newest {
                    prop_assert_eq!(&pairing, &before);
                } else if matches!(what, 0 | 1 | 2 | 5) && before.is_active() {
                    newest = poll;
                }
                prop_assert_eq!(pairing.next_poll_at.is_some(), pairing.is_active());
            }
        }
    }
}
