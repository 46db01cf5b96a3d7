//! One state shared by the server, the controls and the clock, and the task that lets due events happen.

use super::attachments;
use super::state::SimulatorState;
use super::webhook::courier;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

/// The state, and who waits for it to change.
pub(super) struct Shared {
    state: Mutex<SimulatorState>,
    revision: watch::Sender<u64>,
    /// Ends everything.
    pub(super) stop: CancellationToken,
}

impl Shared {
    pub(super) fn new(state: SimulatorState) -> Self {
        Self {
            state: Mutex::new(state),
            revision: watch::Sender::new(0),
            stop: CancellationToken::new(),
        }
    }

    /// Lets everything happen that is due, then acts on the state, then wakes who waits for a change.
    pub(super) fn with<R>(&self, action: impl FnOnce(&mut SimulatorState, Instant) -> R) -> R {
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
async fn let_happen(shared: Arc<Shared>) {
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
