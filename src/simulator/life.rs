//! One state shared by the server, the controls and the clock, and the task that lets due events happen.

use super::attachments;
use super::control::WaitError;
use super::faults::Endpoint;
use super::state::SimulatorState;
use super::webhook::courier;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

/// What a vendor that is played is at one instant, and what happens to it in time.
pub(super) trait Played: std::fmt::Debug + Send + 'static {
    /// Lets everything happen that is due by `now`.
    fn settle(&mut self, now: Instant);

    /// Changes with every change.
    fn revision(&self) -> u64;

    /// Notes that something changed.
    fn touch(&mut self);

    /// When the next event is due, of any kind.
    fn next_event_at(&self) -> Option<Instant>;

    /// When the next event is due that must happen even if nobody looks.
    fn next_effect_at(&self) -> Option<Instant>;

    /// Whether any connection must be looked at before it is read.
    fn closes_some(&self) -> bool;

    /// Whether a request to this path is to be closed unread; uses up the rule that says so.
    fn take_close(&mut self, path: &str) -> bool;
}

impl Played for SimulatorState {
    fn settle(&mut self, now: Instant) {
        self.settle(now);
    }

    fn revision(&self) -> u64 {
        self.revision()
    }

    fn touch(&mut self) {
        self.touch();
    }

    fn next_event_at(&self) -> Option<Instant> {
        self.next_event_at()
    }

    fn next_effect_at(&self) -> Option<Instant> {
        self.next_effect_at()
    }

    fn closes_some(&self) -> bool {
        self.faults.closes_some()
    }

    fn take_close(&mut self, path: &str) -> bool {
        Endpoint::from_path(path).is_some_and(|endpoint| self.faults.take_close(endpoint))
    }
}

/// The state, and who waits for it to change.
pub(super) struct Shared<S = SimulatorState> {
    state: Mutex<S>,
    revision: watch::Sender<u64>,
    /// Ends everything.
    pub(super) stop: CancellationToken,
}

impl<S: Played> Shared<S> {
    pub(super) fn new(state: S) -> Self {
        Self {
            state: Mutex::new(state),
            revision: watch::Sender::new(0),
            stop: CancellationToken::new(),
        }
    }

    /// Lets everything happen that is due, then acts on the state, then wakes who waits for a change.
    pub(super) fn with<R>(&self, action: impl FnOnce(&mut S, Instant) -> R) -> R {
        let (result, revision) = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            let now = Instant::now();
            state.settle(now);
            let result = action(&mut state, now);
            (result, state.revision())
        };
        self.revision.send_if_modified(|seen| {
            let newer = revision > *seen;
            *seen = revision.max(*seen);
            newer
        });
        result
    }

    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.revision.subscribe()
    }

    /// Waits until a condition holds, looking only when something has happened.
    ///
    /// # Errors
    /// [`WaitError`] if it does not hold within `timeout`.
    pub(super) async fn wait_for(
        &self,
        mut condition: impl FnMut(&S) -> bool,
        timeout: Duration,
    ) -> Result<(), WaitError> {
        let mut changes = self.changes();
        let deadline = Instant::now() + timeout;
        loop {
            changes.borrow_and_update();
            let (met, next) = self.with(|state, _| (condition(state), state.next_event_at()));
            if met {
                return Ok(());
            }
            if Instant::now() >= deadline {
                let state = self.with(|state, _| format!("{state:?}"));
                return Err(WaitError {
                    waited: timeout,
                    state,
                });
            }
            let wake_at = next.map_or(deadline, |next| next.min(deadline));
            tokio::select! {
                _ = changes.changed() => {}
                () = sleep_until(wake_at) => {}
            }
        }
    }
}

/// Lets due events happen, tells the webhook of them and fetches attachments, until the gateway stops.
pub(super) async fn live(shared: Arc<Shared>) {
    tokio::join!(
        let_happen(Arc::clone(&shared)),
        attachments::fetch_all(Arc::clone(&shared)),
        courier::carry(shared)
    );
}

/// Lets due events happen until the gateway stops. What is only looked at, such as the battery, happens when it is
/// looked at.
pub(super) async fn let_happen<S: Played>(shared: Arc<Shared<S>>) {
    let mut changes = shared.changes();
    loop {
        changes.borrow_and_update();
        let due = shared.with(|state, _| state.next_effect_at());
        let until_due = async {
            match due {
                Some(instant) => sleep_until(instant).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = shared.stop.cancelled() => return,
            changed = changes.changed() => if changed.is_err() { return },
            () = until_due => {}
        }
    }
}
