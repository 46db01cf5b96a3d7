//! Pairing: one task per account while it goes on. It asks, waits for the answer, rests, asks again: two polls can
//! never be under way at once. It goes on whatever screen is shown, or none.

use super::protocol::{CallError, CallErrorKind, Live, Notice, PairingCommand};
use super::qr;
use super::shared::{Running, Shared, call_error, lock, without_secrets};
use crate::domain::pairing::{
    POLL_INTERVAL, PairingAnswer, PairingCode, PairingFailure, PairingPhase, PairingPicture,
};
use crate::domain::{AccountId, Pairing};
use crate::gateway::Gateway;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

impl Shared {
    /// Carries out a command about pairing.
    pub(super) fn pairing_command(self: &Arc<Self>, command: PairingCommand) {
        match command {
            PairingCommand::Start(id) => {
                let Some(running) = self.running(id) else { return };
                let stop = running.stop.child_token();
                {
                    let active = |live: &Live| live.account(id).is_some_and(|view| view.pairing.is_active());
                    let mut slot = lock(&running.pairing_stop);
                    if let Some(before) = slot.as_ref().filter(|before| !before.is_cancelled()) {
                        if active(&self.publisher.live()) {
                            return;
                        }
                        // It has ended for whoever looks, and its task is about to.
                        before.cancel();
                    }
                    *slot = Some(stop.clone());
                }
                self.update_pairing(id, |pairing| *pairing = Pairing::starting(self.clock.now()));
                let shared = Arc::clone(self);
                self.tasks.spawn(async move {
                    stop.run_until_cancelled(shared.pair(&running, &stop)).await;
                    stop.cancel();
                    if !running.stop.is_cancelled() {
                        running.health_wake.notify_one();
                    }
                });
            }
            PairingCommand::Cancel(id) => {
                // The task first: what it still brings must not come into the next pairing.
                if let Some(stop) = self
                    .running(id)
                    .and_then(|running| lock(&running.pairing_stop).take())
                {
                    stop.cancel();
                }
                self.update_pairing(id, Pairing::cancel);
            }
            PairingCommand::Dismiss(id) => self.update_pairing(id, |pairing| {
                if !pairing.is_active() {
                    *pairing = Pairing::default();
                }
            }),
        }
    }

    async fn pair(&self, running: &Running, stop: &CancellationToken) {
        let id = running.id;
        let client = match self.client(running).await {
            Ok(client) => client,
            Err(error) => {
                self.pairing_failed(id, stop, error);
                return;
            }
        };
        if let Err(error) = client.start_pairing().await {
            self.pairing_failed(id, stop, call_error(&error));
            return;
        }
        self.update_own_pairing(id, stop, |pairing| pairing.begun(self.clock.now()));
        // The phone that was paired is not any more: the strip should say so.
        running.health_wake.notify_one();
        let mut decoded: Option<(PairingPicture, Option<PairingCode>)> = None;
        for poll in 1.. {
            self.poll_once(id, stop, client.as_ref(), poll, &mut decoded)
                .await;
            self.update_own_pairing(id, stop, |pairing| pairing.tick(self.clock.now()));
            let live = self.publisher.live();
            let Some(view) = live.account(id) else { return };
            if let PairingPhase::Connected { name, .. } = &view.pairing.phase {
                self.publisher.notice(Notice::Paired(id, name.clone()));
            }
            if !view.pairing.is_active() {
                return;
            }
            tokio::time::sleep(POLL_INTERVAL).await;
            self.update_own_pairing(id, stop, |pairing| pairing.tick(self.clock.now()));
        }
    }

    async fn poll_once(
        &self,
        id: AccountId,
        stop: &CancellationToken,
        client: &dyn Gateway,
        poll: u64,
        decoded: &mut Option<(PairingPicture, Option<PairingCode>)>,
    ) {
        match client.poll_pairing().await {
            Ok(mut answer) => {
                if let PairingAnswer::Connected { name, .. } = &mut answer {
                    *name = without_secrets(name.take());
                }
                if let PairingAnswer::Picture(picture) = &answer
                    && decoded.as_ref().is_none_or(|(last, _)| last != picture)
                {
                    let bytes = Arc::clone(&picture.0);
                    // Decoding a picture takes the time of several frames; it has no place among the async threads.
                    let code = tokio::task::spawn_blocking(move || qr::decode(&bytes))
                        .await
                        .ok()
                        .flatten();
                    *decoded = Some((picture.clone(), code));
                }
                let code = decoded.as_ref().and_then(|(_, code)| code.clone());
                self.update_own_pairing(id, stop, |pairing| {
                    pairing.answered(poll, answer, self.clock.now(), |_| code)
                });
            }
            Err(error) => self.pairing_failed(id, stop, call_error(&error)),
        }
    }

    fn pairing_failed(&self, id: AccountId, stop: &CancellationToken, error: CallError) {
        self.update_own_pairing(id, stop, |pairing| {
            pairing.failed(failure(error.kind), error.words, self.clock.now());
        });
    }

    /// Changes the pairing only while the task that wants to has not been stopped: after a cancel another pairing may
    /// stand in its place.
    fn update_own_pairing(&self, id: AccountId, stop: &CancellationToken, change: impl FnOnce(&mut Pairing)) {
        self.update_pairing(id, |pairing| {
            if !stop.is_cancelled() {
                change(pairing);
            }
        });
    }

    fn update_pairing(&self, id: AccountId, change: impl FnOnce(&mut Pairing)) {
        self.update_account(id, |view| {
            let mut pairing = (*view.pairing).clone();
            change(&mut pairing);
            let different = *view.pairing != pairing;
            if different {
                view.pairing = Arc::new(pairing);
            }
            different
        });
    }
}

fn failure(kind: CallErrorKind) -> PairingFailure {
    match kind {
        CallErrorKind::Unreachable | CallErrorKind::RateLimited => PairingFailure::Unreachable,
        CallErrorKind::Unreadable => PairingFailure::Unreadable,
        CallErrorKind::CredentialsRefused => PairingFailure::CredentialsRefused,
        CallErrorKind::CredentialsMissing => PairingFailure::CredentialsMissing,
        CallErrorKind::Refused | CallErrorKind::Unsupported | CallErrorKind::NotRecorded => {
            PairingFailure::Refused
        }
    }
}
