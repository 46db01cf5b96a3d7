//! Files of incoming messages that are being fetched: how far each of them is, in the live picture, and the way to stop
//! one.

use super::protocol::FetchStep;
use super::publisher::Publisher;
use super::shared::lock;
use crate::domain::MessageId;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often it is told how far one is.
const TOLD_EVERY: Duration = Duration::from_millis(200);

/// What is being fetched, with the way to stop it.
#[derive(Default)]
pub(super) struct FetchState(Mutex<BTreeMap<MessageId, CancellationToken>>);

impl FetchState {
    /// Stops the fetch for a message, if there is one.
    pub(super) fn stop(&self, message: MessageId) {
        if let Some(stop) = lock(&self.0).get(&message) {
            stop.cancel();
        }
    }

    /// A fetch for a message begins; `None` if there is one already.
    pub(super) fn begin<'a>(&'a self, publisher: &'a Publisher, message: MessageId) -> Option<UnderWay<'a>> {
        let mut known = lock(&self.0);
        if known.contains_key(&message) {
            return None;
        }
        let stop = CancellationToken::new();
        known.insert(message, stop.clone());
        Some(UnderWay {
            state: self,
            publisher,
            message,
            stop,
            now: Mutex::default(),
        })
    }
}

/// One fetch; dropped, it is no longer under way.
pub(super) struct UnderWay<'a> {
    state: &'a FetchState,
    publisher: &'a Publisher,
    message: MessageId,
    stop: CancellationToken,
    now: Mutex<FetchStep>,
}

impl UnderWay<'_> {
    /// So many bytes have come, of so many where that is known.
    pub(super) fn came(&self, done: u64, total: Option<u64>) {
        *lock(&self.now) = FetchStep { done, total };
    }

    /// Ends when the operator wants it no more.
    pub(super) async fn stopped(&self) {
        self.stop.cancelled().await;
    }

    /// Tells how far it is, for as long as this is polled.
    pub(super) async fn tell(&self) -> Infallible {
        let mut every = tokio::time::interval(TOLD_EVERY);
        loop {
            every.tick().await;
            let step = *lock(&self.now);
            self.publisher.update(|live| {
                let changed = live.fetching.get(&self.message) != Some(&step);
                if changed {
                    Arc::make_mut(&mut live.fetching).insert(self.message, step);
                }
                changed
            });
        }
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        lock(&self.state.0).remove(&self.message);
        self.publisher.update(|live| {
            live.fetching.contains_key(&self.message)
                && Arc::make_mut(&mut live.fetching).remove(&self.message).is_some()
        });
    }
}
