//! One account while it runs: what wakes its duties, and what keeps them waiting.

use super::lock;
use crate::domain::health::AlertState;
use crate::domain::{AccountId, Timestamp};
use crate::gateway::Gateway;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// One account while it runs.
pub(in crate::engine) struct Running {
    pub(in crate::engine) id: AccountId,
    /// Cancelled when the account is removed or the engine stops.
    pub(in crate::engine) stop: CancellationToken,
    /// Something may be due for the dispatcher.
    pub(in crate::engine) outbox_wake: Notify,
    /// A file may be due to be prepared.
    pub(in crate::engine) prepare_wake: Notify,
    /// What files waited for may have come: all of them are due.
    pub(in crate::engine) prepare_all: AtomicBool,
    /// A message may be due to be asked about.
    pub(in crate::engine) follow_wake: Notify,
    /// The health is to be read now.
    pub(in crate::engine) health_wake: Notify,
    /// Held by whoever changes what is under way at the gateway: an attempt, or clearing its queue.
    pub(in crate::engine) gate: tokio::sync::Mutex<()>,
    /// When an attempt last began: the next one keeps the delay from it.
    pub(in crate::engine) last_attempt: Mutex<Option<Timestamp>>,
    /// How many messages the gateway has accepted since its limits were read at that time.
    pub(in crate::engine) accepted_since: Mutex<(Option<Timestamp>, u64)>,
    /// Set while nothing of the account is tried, whatever wakes the dispatcher.
    pub(in crate::engine) hold: Mutex<Option<Hold>>,
    pub(in crate::engine) refused: Mutex<Refused>,
    pub(in crate::engine) alerts: Mutex<AlertState>,
    pub(in crate::engine) pairing_stop: Mutex<Option<CancellationToken>>,
    pub(super) client: tokio::sync::Mutex<Option<Arc<dyn Gateway>>>,
}

/// A time in which nothing of an account is tried, because the gateway refuses the account as a whole.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Hold {
    pub(in crate::engine) since: Timestamp,
    pub(in crate::engine) until: Timestamp,
}

/// How often the account as a whole was refused, since a message was last taken.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::engine) struct Refused {
    /// In a row.
    pub(in crate::engine) times: u32,
    /// Messages leave one by one until one is taken: what refuses one refuses all.
    pub(in crate::engine) probes: bool,
    /// A queue went on because a read was answered, and was refused all the same: reads say nothing about sending.
    pub(in crate::engine) reads_mislead: bool,
    /// The queue goes on because a read was answered.
    pub(in crate::engine) tried_for_a_read: bool,
}

impl Refused {
    /// After one more refusal.
    pub(in crate::engine) fn again(self) -> Self {
        Self {
            times: self.times.saturating_add(1),
            probes: true,
            reads_mislead: self.reads_mislead || self.tried_for_a_read,
            tried_for_a_read: false,
        }
    }
}

impl Hold {
    /// How long it still lasts. It is over as well when the clock has been set back behind its beginning: its end means
    /// nothing any more then.
    fn rest(self, now: Timestamp) -> Option<Duration> {
        (self.since <= now.plus(Duration::from_secs(60)) && now < self.until).then(|| self.until.since(now))
    }
}

impl Running {
    /// How long nothing may be tried yet.
    pub(in crate::engine) fn rest_of_hold(&self, now: Timestamp) -> Option<Duration> {
        lock(&self.hold).and_then(|hold| hold.rest(now))
    }

    /// Lets the dispatcher try at once again, as if nothing had been refused before: the operator wishes it, or there are
    /// other credentials.
    pub(in crate::engine) fn release(&self) {
        let mut refused = lock(&self.refused);
        *refused = Refused {
            probes: refused.probes,
            ..Refused::default()
        };
        drop(refused);
        self.try_again();
    }

    /// Lets the dispatcher try at once again. If it is refused again, it rests longer than before.
    pub(in crate::engine) fn try_again(&self) {
        *lock(&self.hold) = None;
        self.outbox_wake.notify_one();
    }

    pub(super) fn new(id: AccountId, stop: CancellationToken) -> Self {
        Self {
            id,
            stop,
            outbox_wake: Notify::new(),
            prepare_wake: Notify::new(),
            // What kept a file waiting may be over since the program ended.
            prepare_all: AtomicBool::new(true),
            follow_wake: Notify::new(),
            health_wake: Notify::new(),
            gate: tokio::sync::Mutex::new(()),
            last_attempt: Mutex::default(),
            accepted_since: Mutex::default(),
            hold: Mutex::default(),
            refused: Mutex::default(),
            alerts: Mutex::default(),
            pairing_stop: Mutex::default(),
            client: tokio::sync::Mutex::new(None),
        }
    }
}
