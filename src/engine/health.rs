//! Reading an account's health: status, limits and queue one after another, every so often, at once when asked; what
//! changed is kept and told.

use super::dispatcher::is_about_credentials;
use super::protocol::{CallError, Event, HealthCommand, Notice};
use super::shared::{Running, Shared, call_error, connection_after, lock, shown_phone, without_secrets};
use crate::domain::health::{
    Alert, Connection, ConnectionChange, Expiry, Health, HealthSample, Limits, PhoneStatus, Read,
    ReadFailure, next_interval,
};
use crate::domain::{AccountId, Timestamp};
use crate::gateway::{self, GatewayError};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// What one round of reading brought.
#[derive(Default)]
struct Round {
    phone: Option<PhoneStatus>,
    limits: Option<Limits>,
    queue_length: Option<u64>,
    failure: Option<CallError>,
}

impl Round {
    /// Whether it brought anything that is plotted.
    fn has_values(&self) -> bool {
        self.phone.is_some() || self.limits.is_some() || self.queue_length.is_some()
    }
}

/// How often it is tried whether a gateway answers that tells no status.
const TESTED_EVERY: Duration = Duration::from_secs(15 * 60);

/// How long until that is tried again: sooner after a failure, so that it is seen soon when it is over.
fn test_interval(failures_in_a_row: u32) -> Duration {
    match failures_in_a_row {
        0 => TESTED_EVERY,
        many => Duration::from_secs(30 << many.min(8)).min(TESTED_EVERY),
    }
}

impl Shared {
    /// Carries out a command about reading the health.
    pub(super) fn health_command(&self, command: HealthCommand) {
        match command {
            HealthCommand::Refresh(id) => {
                if let Some(running) = self.running(id) {
                    running.health_wake.notify_one();
                }
            }
            HealthCommand::WindowVisible(visible) => {
                let was_hidden = self.hidden.swap(!visible, Ordering::Relaxed);
                if visible && was_hidden {
                    self.read_all_health();
                }
            }
        }
    }

    /// Reads every account now.
    pub(super) fn read_all_health(&self) {
        for view in &self.publisher.live().accounts {
            // Whether the others answer is asked seldom, or when the operator wants to know.
            if view.capabilities.status
                && let Some(running) = self.running(view.account.id)
            {
                running.health_wake.notify_one();
            }
        }
    }

    /// Reads the health of an account until it is stopped.
    pub(super) async fn watch_health(self: Arc<Self>, running: Arc<Running>) {
        let mut failures = 0_u32;
        let mut changed_at = self.clock.now();
        let tells_status = self
            .account(running.id)
            .is_none_or(|account| gateway::capabilities(account.gateway).status);
        loop {
            self.update_health(running.id, |health| health.reading = true);
            let round = tokio::select! {
                () = running.stop.cancelled() => return,
                round = self.read_round(&running) => round,
            };
            let now = self.clock.now();
            failures = if round.failure.is_some() {
                failures.saturating_add(1)
            } else {
                0
            };
            if self.take_round(&running, round, now).await {
                changed_at = now;
            }
            let setting = self.settings().health_interval_secs;
            let interval = if tells_status {
                next_interval(setting, failures, now.since(changed_at), self.is_hidden())
            } else {
                test_interval(failures)
            };
            self.update_health(running.id, |health| {
                health.interval_secs = u32::try_from(interval.as_secs()).unwrap_or(u32::MAX);
            });
            tokio::select! {
                () = running.stop.cancelled() => return,
                () = running.health_wake.notified() => {}
                () = tokio::time::sleep(interval) => {}
            }
        }
    }

    async fn read_round(&self, running: &Running) -> Round {
        let mut round = Round::default();
        let client = match self.client(running).await {
            Ok(client) => client,
            Err(error) => {
                round.failure = Some(error);
                return round;
            }
        };
        let capabilities = client.capabilities();
        let failed = |error: GatewayError| Some(call_error(&error));
        if capabilities.status {
            match client.status().await {
                Ok(status) => round.phone = Some(shown_phone(status)),
                Err(error) => {
                    round.failure = failed(error);
                    // Without its status nothing else of the gateway would be answered either.
                    return round;
                }
            }
        }
        if !capabilities.status
            && let Err(error) = client.test().await
        {
            round.failure = failed(error);
            return round;
        }
        if capabilities.limits {
            match client.limits().await {
                Ok(mut limits) => {
                    limits.expires = match limits.expires {
                        Some(Expiry::Text(text)) => without_secrets(Some(text)).map(Expiry::Text),
                        other => other,
                    };
                    round.limits = Some(limits);
                }
                Err(error) => round.failure = failed(error),
            }
        }
        if capabilities.queue {
            let asked_at = self.clock.now();
            match client.queue_length().await {
                Ok(length) => {
                    round.queue_length = Some(length);
                    if length == 0
                        && let Err(error) = self.store.queue_seen_empty(running.id, asked_at).await
                    {
                        tracing::warn!(%error, "an empty queue could not be recorded");
                    }
                }
                Err(error) => round.failure = failed(error),
            }
        }
        round
    }

    /// Takes what was read into the live picture and the database. Tells whether anything is different.
    async fn take_round(&self, running: &Running, round: Round, now: Timestamp) -> bool {
        let id = running.id;
        let live = self.publisher.live();
        let Some(view) = live.account(id) else {
            return false;
        };
        let before = Arc::clone(&view.health);
        let mut health = (*before).clone();
        merge(&mut health, &round, now);
        let different = health.connection != before.connection
            || health.phone.as_ref().map(|read| &read.value) != before.phone.as_ref().map(|read| &read.value)
            || health.limits.as_ref().map(|read| &read.value)
                != before.limits.as_ref().map(|read| &read.value)
            || health.queue_length.as_ref().map(|read| read.value)
                != before.queue_length.as_ref().map(|read| read.value);
        let changed_to = (health.connection != before.connection).then(|| ConnectionChange {
            at: now,
            connection: health.connection,
            phone_name: health.phone.as_ref().and_then(|read| read.value.name.clone()),
        });
        let mut alerts = lock(&running.alerts).update(&health, now, now.local().date());
        // The operator who is pairing a phone need not be told that none is paired.
        alerts.retain(|alert| *alert != Alert::MustPair || !view.pairing.is_active());
        self.update_health(id, |slot| *slot = health);
        if round.limits.is_some() {
            // Another figure may let a message go that did not fit into the day.
            running.outbox_wake.notify_one();
        }
        if round.failure.is_none() && round.has_values() {
            let sample = HealthSample {
                at: now,
                battery_percent: round.phone.as_ref().and_then(|phone| phone.battery_percent),
                queue_length: round.queue_length,
                limit_used: round.limits.as_ref().and_then(|limits| limits.used),
            };
            if let Err(error) = self.store.put_sample(id, sample).await {
                tracing::warn!(%error, "a health sample could not be kept");
            }
        }
        if round.phone.is_some() || round.failure.is_none() {
            self.credentials_work(running);
        }
        if let Some(change) = &changed_to
            && !self.goes_on(id, before.connection, change.connection).await
            && let Err(error) = self.store.put_connection_change(id, change).await
        {
            tracing::warn!(%error, "a change of connection could not be kept");
        }
        self.publisher.emit(Event::Dashboard(id));
        for alert in alerts {
            self.publisher.notice(Notice::Alert(id, alert));
            if self.settings().notifications {
                (self.on_alert)(&view.account.name, alert);
            }
        }
        different
    }

    /// Whether the first reading since the program began found what the last one before it had found.
    async fn goes_on(&self, id: AccountId, before: Connection, now: Connection) -> bool {
        before == Connection::NotChecked
            && match self.store.connection_changes(id, 1).await {
                Ok(changes) => changes.first().is_some_and(|last| last.connection == now),
                Err(_) => false,
            }
    }

    /// The gateway has answered with these credentials: a queue that was held because of them goes on. Not once it was
    /// refused all the same: it then waits for its time.
    fn credentials_work(&self, running: &Running) {
        if lock(&running.refused).reads_mislead {
            return;
        }
        if self.end_held(running.id, is_about_credentials) {
            lock(&running.refused).tried_for_a_read = true;
            running.try_again();
        }
    }

    fn update_health(&self, id: AccountId, change: impl FnOnce(&mut Health)) {
        self.update_account(id, |view| {
            let mut health = (*view.health).clone();
            change(&mut health);
            let different = *view.health != health;
            if different {
                view.health = Arc::new(health);
            }
            different
        });
    }
}

/// Puts what was read over what was known: a failed read keeps the last value.
fn merge(health: &mut Health, round: &Round, now: Timestamp) {
    health.reading = false;
    let connection = match (&round.phone, &round.failure) {
        (Some(phone), _) => phone.connection(),
        (None, Some(error)) => connection_after(error.kind),
        // A gateway that tells nothing of a phone.
        (None, None) => Connection::Answers,
    };
    if connection != health.connection || health.since.is_none() {
        health.connection = connection;
        health.since = Some(now);
    }
    if let Some(phone) = &round.phone {
        let mut phone = phone.clone();
        if let Some(last) = &health.phone
            && phone.paired
        {
            // An offline phone reports no battery or name; the last known ones are better than none.
            phone.name = phone.name.or_else(|| last.value.name.clone());
            phone.number = phone.number.or_else(|| last.value.number.clone());
            phone.battery_percent = phone.battery_percent.or(last.value.battery_percent);
        }
        health.phone = Some(Read {
            value: phone,
            at: now,
        });
    }
    if let Some(limits) = &round.limits {
        health.limits = Some(Read {
            value: limits.clone(),
            at: now,
        });
    }
    if let Some(length) = round.queue_length {
        health.queue_length = Some(Read {
            value: length,
            at: now,
        });
    }
    match &round.failure {
        Some(error) => {
            health.failure = Some(ReadFailure {
                at: now,
                connection: connection_after(error.kind),
                words: error.words.clone(),
            });
        }
        None => {
            health.failure = None;
            health.read_at = Some(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::CallErrorKind;

    fn failed(kind: CallErrorKind) -> Round {
        Round {
            failure: Some(CallError {
                kind,
                words: "x".into(),
            }),
            ..Round::default()
        }
    }

    #[test]
    fn a_gateway_without_a_status_answers_or_does_not() {
        let mut health = Health::default();
        merge(&mut health, &Round::default(), Timestamp(10));
        assert_eq!(health.connection, Connection::Answers);
        merge(&mut health, &failed(CallErrorKind::Unreachable), Timestamp(20));
        assert_eq!(health.connection, Connection::GatewayUnreachable);
        let intervals = [0, 1, 2, 4, 5, 40].map(|failures| test_interval(failures).as_secs());
        assert_eq!(intervals, [900, 60, 120, 480, 900, 900]);
    }

    #[test]
    fn a_failed_read_keeps_the_last_value() {
        let mut health = Health::default();
        let phone = PhoneStatus {
            paired: true,
            online: true,
            name: Some("Recepção".into()),
            number: None,
            battery_percent: Some(68),
        };
        let good = Round {
            phone: Some(phone),
            queue_length: Some(3),
            ..Round::default()
        };
        merge(&mut health, &good, Timestamp(10));
        assert_eq!(
            (health.connection, health.since, health.read_at),
            (Connection::Ready, Some(Timestamp(10)), Some(Timestamp(10)))
        );
        merge(&mut health, &failed(CallErrorKind::Unreadable), Timestamp(20));
        assert_eq!(health.connection, Connection::GatewayUnreachable);
        assert_eq!(
            health
                .phone
                .as_ref()
                .map(|read| (read.at, read.value.battery_percent)),
            Some((Timestamp(10), Some(68)))
        );
        assert_eq!(health.read_at, Some(Timestamp(10)));
        merge(
            &mut health,
            &failed(CallErrorKind::CredentialsRefused),
            Timestamp(30),
        );
        assert_eq!(
            (health.connection, health.since),
            (Connection::CredentialsRefused, Some(Timestamp(30)))
        );
        let offline = Round {
            phone: Some(PhoneStatus {
                paired: true,
                ..PhoneStatus::default()
            }),
            ..Round::default()
        };
        merge(&mut health, &offline, Timestamp(40));
        assert_eq!(health.connection, Connection::PhoneOffline);
        assert_eq!(health.phone.unwrap().value.name.as_deref(), Some("Recepção"));
        assert_eq!(health.failure, None);
    }
}
