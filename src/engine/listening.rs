//! Listening for the gateways' calls: begins with the program, follows the settings, tries again after a failure, and
//! knows when nobody listened.

use super::inbox::Door;
use super::protocol::{ListenerState, OutsideCheck, OutsideError};
use super::shared::{Shared, lock};
use crate::domain::Timestamp;
use crate::domain::inbox::Gap;
use crate::domain::settings::Settings;
use crate::listener::{self, Listener, ListenerOptions, OutsideFault};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// A port that could not be had is tried again after this long.
const AGAIN_AFTER: Duration = Duration::from_secs(5);
/// How often it is noted that we still listen: the gap after a crash is known this exactly.
const HEARTBEAT: Duration = Duration::from_secs(30);
/// A shorter time without listening is not worth a word.
const GAP_WORTH_A_WORD: Duration = Duration::from_secs(60);

/// The settings that concern listening.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wish {
    listen: bool,
    address: SocketAddr,
}

impl Wish {
    fn of(settings: &Settings) -> Self {
        Self {
            listen: settings.listen,
            address: SocketAddr::new(settings.listen_address, settings.listen_port),
        }
    }
}

impl Shared {
    /// Listens until the engine stops.
    pub(super) async fn listen(self: Arc<Self>) {
        let prepare = async {
            while let Err(error) = self.load_paths().await {
                self.store_failed(&error);
                tokio::time::sleep(AGAIN_AFTER).await;
            }
            self.tidy_inbox().await;
        };
        self.stopping.run_until_cancelled(prepare).await;
        while !self.stopping.is_cancelled() {
            let wish = Wish::of(&self.settings());
            if !wish.listen {
                self.set_listener(ListenerState::Off);
                self.stopping
                    .run_until_cancelled(self.settings_changed(&wish))
                    .await;
                continue;
            }
            let options = ListenerOptions {
                public_host: host(&self.settings()),
                ..ListenerOptions::new(wish.address.ip(), wish.address.port())
            };
            match Listener::start(options, Arc::new(Door(Arc::downgrade(&self)))).await {
                Ok(listener) => self.listen_with(Arc::new(listener), wish).await,
                Err(error) => {
                    tracing::warn!(%error, "nobody listens");
                    self.set_listener(ListenerState::Failed(error.to_string()));
                    tokio::select! {
                        () = self.stopping.cancelled() => {}
                        () = self.settings_changed(&wish) => {}
                        () = self.listen_wake.notified() => {}
                        () = tokio::time::sleep(AGAIN_AFTER) => {}
                    }
                }
            }
        }
    }

    async fn listen_with(self: &Arc<Self>, listener: Arc<Listener>, mut wish: Wish) {
        let address = listener.address();
        tracing::info!(%address, "listening");
        if wish.address.port() == 0 {
            // The vendor's panel will have this address in it: the next start must have the same.
            self.edit_settings(|settings| settings.listen_port = address.port())
                .await;
            wish.address.set_port(address.port());
        }
        match self.store.listening_began(self.clock.now()).await {
            Ok(gap) => self.tell_listening(gap).await,
            Err(error) => self.store_failed(&error),
        }
        *lock(&self.listener) = Some(Arc::clone(&listener));
        self.set_listener(ListenerState::Listening(address));
        let mut live = self.publisher.subscribe();
        let mut heartbeat = tokio::time::interval(HEARTBEAT);
        loop {
            listener.set_public_host(host(&self.settings()));
            if Wish::of(&self.settings()) != wish || self.stopping.is_cancelled() {
                break;
            }
            tokio::select! {
                () = self.stopping.cancelled() => break,
                changed = live.changed() => if changed.is_err() { break },
                _ = heartbeat.tick() => self.note_listening().await,
            }
        }
        *lock(&self.listener) = None;
        // A check from outside that is under way has it still; then it ends with the check.
        if let Ok(listener) = Arc::try_unwrap(listener) {
            listener.shutdown().await;
        }
        self.note_listening().await;
    }

    /// Writes down that we listen still. The machine may have slept meanwhile.
    async fn note_listening(&self) {
        let now = self.clock.now();
        match self.store.still_listening(now).await {
            Ok(None) => *lock(&self.heard_until) = Some(now),
            Ok(gap) => self.tell_listening(gap).await,
            Err(error) => self.store_failed(&error),
        }
    }

    /// Listening has begun, or it goes on after a gap.
    async fn tell_listening(&self, gap: Option<Gap>) {
        let since = match self.store.listening_since(GAP_WORTH_A_WORD).await {
            Ok(since) => since,
            Err(error) => return self.store_failed(&error),
        };
        *lock(&self.heard_until) = Some(self.clock.now());
        self.publisher.update(|live| {
            let told = gap.filter(|gap| gap.until.since(gap.from) >= GAP_WORTH_A_WORD);
            live.listener.gap = told.or(live.listener.gap);
            let different = live.listener.unbroken_since != since;
            live.listener.unbroken_since = since;
            told.is_some() || different
        });
    }

    /// Whether somebody listens still by the clock as it is now: it was not set ahead, and the machine did not sleep, since
    /// that was last written down.
    pub(super) fn is_listening_on(&self, now: Timestamp) -> bool {
        lock(&self.heard_until)
            .is_some_and(|until| now.since(until) < GAP_WORTH_A_WORD.saturating_add(HEARTBEAT))
    }

    /// Comes when the settings about listening are others.
    async fn settings_changed(&self, wish: &Wish) {
        let mut live = self.publisher.subscribe();
        while Wish::of(&self.settings()) == *wish {
            if live.changed().await.is_err() {
                return std::future::pending().await;
            }
        }
    }

    fn set_listener(&self, state: ListenerState) {
        self.publisher.update(|live| {
            let different = live.listener.state != state;
            if !matches!(state, ListenerState::Listening(_)) {
                live.listener.unbroken_since = None;
            }
            live.listener.state = state;
            different
        });
    }

    /// Has the listener know the public name there is now: what is fetched through it must not come before that.
    pub(super) fn tell_public_host(&self) {
        if let Some(listener) = lock(&self.listener).as_ref() {
            listener.set_public_host(host(&self.settings()));
        }
    }

    /// Calls our own listener through the public address.
    pub(super) async fn check_from_outside(&self) -> Result<OutsideCheck, OutsideError> {
        let settings = self.settings();
        let public = settings
            .public_url
            .as_deref()
            .ok_or(OutsideError::NoPublicAddress)?;
        let listener = lock(&self.listener).clone().ok_or(OutsideError::NotListening)?;
        listener.set_public_host(host(&settings));
        match listener.check_from_outside(public).await {
            Ok(trip) => Ok(OutsideCheck {
                milliseconds: u64::try_from(trip.duration.as_millis()).unwrap_or(u64::MAX),
            }),
            Err(OutsideFault::Unreachable(words)) => Err(OutsideError::Unreachable(words)),
            Err(OutsideFault::SomebodyElse { status, beginning }) => {
                Err(OutsideError::SomebodyElse(status, beginning))
            }
        }
    }
}

/// The name by which callers from outside address us.
fn host(settings: &Settings) -> Option<String> {
    listener::public_host(settings.public_url.as_deref()?)
}
