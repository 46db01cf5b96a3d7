//! What can go wrong on request: one fault for one function, a number of times or always.

use serde_json::Value;
use std::collections::VecDeque;
use std::time::Duration;

/// A function of the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Endpoint {
    /// `enviar`.
    Send,
    /// `limites`.
    Limits,
    /// `qrcode`.
    StartPairing,
    /// `qrcode_update`.
    PollPairing,
    /// `limpar`.
    ClearQueue,
    /// `obter_fila`.
    QueueLength,
    /// `delay`.
    SetDelay,
    /// `status`.
    Status,
}

impl Endpoint {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Send,
        Self::Limits,
        Self::StartPairing,
        Self::PollPairing,
        Self::ClearQueue,
        Self::QueueLength,
        Self::SetDelay,
        Self::Status,
    ];

    /// The last part of its address.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Send => "enviar",
            Self::Limits => "limites",
            Self::StartPairing => "qrcode",
            Self::PollPairing => "qrcode_update",
            Self::ClearQueue => "limpar",
            Self::QueueLength => "obter_fila",
            Self::SetDelay => "delay",
            Self::Status => "status",
        }
    }

    /// The function that a path ends in, under any base.
    #[must_use]
    pub fn from_path(path: &str) -> Option<Self> {
        let last = path.trim_end_matches('/').rsplit('/').next()?;
        Self::ALL.into_iter().find(|endpoint| endpoint.path() == last)
    }
}

/// How often a fault happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    /// At the next so many calls.
    Next(u32),
    /// Until the faults are cleared.
    Always,
}

impl Times {
    /// At the next call only.
    pub const ONCE: Self = Self::Next(1);

    /// It happens once more; whether that was the last time.
    pub(super) fn use_up(&mut self) -> bool {
        match self {
            Self::Next(left) if *left > 1 => {
                *left -= 1;
                false
            }
            Self::Next(_) => true,
            Self::Always => false,
        }
    }
}

/// What goes wrong. Each says whether the request is *processed* (a message is accepted, a queue deleted) though its
/// answer is lost or spoilt; [`FaultRule::processed`] can say otherwise.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// Answers these bytes with this HTTP status. Not processed.
    Reply {
        /// HTTP status.
        status: u16,
        /// The body.
        body: Vec<u8>,
    },
    /// Answers in Latin-1 instead of UTF-8, with letters beyond ASCII in it. Processed.
    Latin1,
    /// A UTF-8 byte order mark first. Processed.
    Bom,
    /// PHP's own warning in HTML before the JSON. Processed.
    PhpWarningBefore,
    /// PHP's own warning in HTML after the JSON. Processed.
    PhpWarningAfter,
    /// A comma after the last field. Processed.
    TrailingComma,
    /// The answer twice in a row. Processed.
    TwoDocuments,
    /// A page of the hosting company with status 200. Not processed.
    HtmlInstead,
    /// Status 200 and no body. Processed.
    Empty,
    /// The body ends after so many bytes, in good order for HTTP. Processed.
    TruncatedAt(usize),
    /// The connection is closed after so many bytes of a longer body. Processed.
    CutAt(usize),
    /// Headers and so many bytes of the body, then nothing for ever. Processed.
    StallAt(usize),
    /// The vendor's own refusal with these words: `erro` = `sim`, or what others have for it. Not processed.
    WrongErro(String),
    /// One field of the true answer holds something else; `None` leaves it out. Processed.
    SetField {
        /// Its name in the answer, such as `erro`.
        name: &'static str,
        /// What it holds.
        value: Option<Value>,
    },
    /// An HTTP status with a page, and perhaps the wish to wait. Not processed.
    HttpStatus {
        /// HTTP status.
        status: u16,
        /// `Retry-After`.
        retry_after: Option<Duration>,
    },
    /// Sends elsewhere; without an address, to the same function under another path of this gateway, where a client that
    /// follows is caught by the ledger. Not processed.
    Redirect {
        /// HTTP status.
        status: u16,
        /// `Location`.
        location: Option<String>,
    },
    /// The connection is closed while the request still lies unread in the socket. Never processed.
    CloseBeforeReading,
    /// The request is read, then the connection is reset. Processed.
    ResetAfterReading,
    /// The request is read, then not one byte comes. Processed.
    ProcessThenNever,
    /// The request is read, then not one byte comes. Not processed.
    NeverWithoutProcessing,
    /// The whole answer, status line too, comes in pieces. Processed.
    Drip {
        /// Bytes of a piece.
        bytes: usize,
        /// Time between two pieces.
        interval: Duration,
    },
    /// The answer comes late. Processed at once.
    Delay(Duration),
}

impl Fault {
    /// Whether the request is processed unless a rule says otherwise.
    #[must_use]
    pub const fn processes(&self) -> bool {
        !matches!(
            self,
            Self::Reply { .. }
                | Self::HtmlInstead
                | Self::WrongErro(_)
                | Self::HttpStatus { .. }
                | Self::Redirect { .. }
                | Self::CloseBeforeReading
                | Self::NeverWithoutProcessing
        )
    }
}

/// A fault, where and how often.
#[derive(Debug, Clone, PartialEq)]
pub struct FaultRule<E = Endpoint> {
    /// At which function; `None` for any.
    pub endpoint: Option<E>,
    /// What.
    pub fault: Fault,
    /// How often.
    pub times: Times,
    /// Whether the request is processed all the same; `None` leaves it to the fault. An unprocessed request whose true
    /// answer was to be spoilt is answered with the vendor's refusal first.
    pub processed: Option<bool>,
}

impl<E> FaultRule<E> {
    pub(super) fn is_processed(&self) -> bool {
        match self.fault {
            Fault::CloseBeforeReading => false,
            _ => self.processed.unwrap_or(self.fault.processes()),
        }
    }
}

/// The faults that wait to happen, first come first served.
#[derive(Debug)]
pub(super) struct FaultBook<E = Endpoint> {
    rules: VecDeque<FaultRule<E>>,
}

impl<E> Default for FaultBook<E> {
    fn default() -> Self {
        let rules = VecDeque::new();
        Self { rules }
    }
}

impl<E: Copy + PartialEq> FaultBook<E> {
    pub(super) fn arm(&mut self, rule: FaultRule<E>) {
        if rule.times != Times::Next(0) {
            self.rules.push_back(rule);
        }
    }

    pub(super) fn clear(&mut self) {
        self.rules.clear();
    }

    /// Whether any connection must be looked at before it is read.
    pub(super) fn closes_some(&self) -> bool {
        self.rules
            .iter()
            .any(|rule| rule.fault == Fault::CloseBeforeReading)
    }

    /// Takes the first rule for a function if it closes the connection unread.
    pub(super) fn take_close(&mut self, endpoint: E) -> bool {
        let first = self.rules.iter().position(|rule| applies(rule, endpoint));
        match first {
            Some(index) if self.rules[index].fault == Fault::CloseBeforeReading => {
                self.take_at(index);
                true
            }
            _ => false,
        }
    }

    /// Takes the first rule for a request that was read.
    pub(super) fn take(&mut self, endpoint: E) -> Option<FaultRule<E>> {
        let index = self
            .rules
            .iter()
            .position(|rule| applies(rule, endpoint) && rule.fault != Fault::CloseBeforeReading)?;
        self.take_at(index)
    }

    fn take_at(&mut self, index: usize) -> Option<FaultRule<E>> {
        let rule = self.rules.get_mut(index)?;
        if rule.times.use_up() {
            return self.rules.remove(index);
        }
        Some(rule.clone())
    }
}

fn applies<E: Copy + PartialEq>(rule: &FaultRule<E>, endpoint: E) -> bool {
    rule.endpoint.is_none_or(|only| only == endpoint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(endpoint: Option<Endpoint>, fault: Fault, times: Times) -> FaultRule {
        FaultRule {
            endpoint,
            fault,
            times,
            processed: None,
        }
    }

    #[test]
    fn paths_name_functions_under_any_base() {
        for endpoint in Endpoint::ALL {
            assert_eq!(
                Endpoint::from_path(&format!("/api/json/{}", endpoint.path())),
                Some(endpoint)
            );
        }
        assert_eq!(Endpoint::from_path("/status/"), Some(Endpoint::Status));
        assert_eq!(Endpoint::from_path("/"), None);
        assert_eq!(Endpoint::from_path("/enviar/x"), None);
    }

    #[test]
    fn rules_are_used_up_in_order() {
        let mut book = FaultBook::default();
        book.arm(rule(Some(Endpoint::Send), Fault::Empty, Times::Next(2)));
        book.arm(rule(None, Fault::Bom, Times::Always));
        let mut next = |endpoint| book.take(endpoint).map(|rule| rule.fault);
        assert_eq!(next(Endpoint::Send), Some(Fault::Empty));
        assert_eq!(next(Endpoint::Status), Some(Fault::Bom));
        assert_eq!(next(Endpoint::Send), Some(Fault::Empty));
        assert_eq!(next(Endpoint::Send), Some(Fault::Bom));
        assert_eq!(next(Endpoint::Send), Some(Fault::Bom));
        book.clear();
        assert_eq!(book.take(Endpoint::Send), None);
    }

    #[test]
    fn a_closing_rule_waits_for_its_turn() {
        let mut book = FaultBook::default();
        book.arm(rule(Some(Endpoint::Send), Fault::Empty, Times::ONCE));
        book.arm(rule(Some(Endpoint::Send), Fault::CloseBeforeReading, Times::ONCE));
        assert!(book.closes_some());
        assert!(!book.take_close(Endpoint::Send));
        assert_eq!(
            book.take(Endpoint::Send).map(|rule| rule.fault),
            Some(Fault::Empty)
        );
        assert!(!book.take_close(Endpoint::Status));
        assert!(book.take_close(Endpoint::Send));
        assert!(!book.closes_some());
    }
}
