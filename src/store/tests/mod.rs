//! What the store promises, tried from outside; and what its tests need.

mod accounts;
mod attempts;
mod concurrency;
mod content;
mod conversations;
mod figures;
mod group_commit;
mod health;
mod inbox;
mod inbox_keeping;
mod listening;
mod opening;
mod order;
mod outgoing;
mod placements;
mod polls;
mod properties;
mod reports;
mod schema;
mod search;
mod search_index;
mod shuffled;
mod templates;
mod upgrades;

use super::{NewMessage, Store};
use crate::domain::message::{Message, MessageState, Reason, ReasonKind};
use crate::domain::outbox::Transition;
use crate::domain::{Account, AccountId, GatewayKind, PhoneNumber, Timestamp};
use std::collections::BTreeMap;
use tempfile::TempDir;

/// A time to start from: 2026-11-21T00:00:00Z.
const START: Timestamp = Timestamp(1_795_219_200_000);

/// `START` and so many milliseconds.
fn at(milliseconds: i64) -> Timestamp {
    Timestamp(START.0 + milliseconds)
}

fn phone(last: u32) -> PhoneNumber {
    PhoneNumber::from_digits(&format!("551190000{last:04}")).unwrap()
}

fn account(name: &str) -> Account {
    Account {
        hosting: Default::default(),
        id: AccountId::new(),
        gateway: GatewayKind::Solutek,
        name: name.to_owned(),
        identity: BTreeMap::from([("login".to_owned(), "ana@example.com".to_owned())]),
        base_url: None,
        default_country: "BR".to_owned(),
        paused: false,
        delay_secs: Some(5),
        created_at: START,
    }
}

fn to(last: u32, text: &str) -> NewMessage {
    NewMessage {
        template: None,
        to: phone(last),
        text: text.to_owned(),
        attachment: None,
        not_before: None,
    }
}

fn scheduled(last: u32, text: &str, not_before: Timestamp) -> NewMessage {
    NewMessage {
        not_before: Some(not_before),
        ..to(last, text)
    }
}

/// A store in a folder of its own with one account.
async fn store() -> (TempDir, Store, AccountId) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let account = account("Loja");
    store.put_account(&account).await.unwrap();
    (folder, store, account.id)
}

async fn send(store: &Store, account: AccountId, new: NewMessage, now: Timestamp) -> Message {
    store.enqueue(account, vec![new], now).await.unwrap().remove(0)
}

fn becomes(state: MessageState) -> Transition {
    Transition {
        state,
        reason: None,
        next_attempt_at: None,
        gateway_id: None,
        unclear: false,
        holds_account: false,
    }
}

fn unclear_again(when: Timestamp) -> Transition {
    Transition {
        reason: Some(Reason::new(ReasonKind::TimedOut)),
        next_attempt_at: Some(when),
        unclear: true,
        ..becomes(MessageState::Queued)
    }
}

/// Stores a message and takes it to `state` by one attempt.
async fn sent_as(store: &Store, account: AccountId, last: u32, text: &str, state: MessageState) -> Message {
    let message = send(store, account, to(last, text), START).await;
    store.begin_attempt(message.id, START).await.unwrap();
    store
        .finish_attempt(message.id, &becomes(state), None, at(1))
        .await
        .unwrap()
}

/// Runs statements that a test needs and the store does not offer.
async fn run_sql(store: &Store, sql: &'static str) -> Result<(), super::StoreError> {
    store
        .connections
        .write("run a test's statement", move |connection| {
            Box::pin(async move {
                sqlx::raw_sql(sql).execute(connection).await?;
                Ok(())
            })
        })
        .await
}

/// One number that a test needs.
async fn number(store: &Store, sql: &'static str) -> i64 {
    store
        .connections
        .read("read a test's number", move |connection| {
            Box::pin(async move { Ok(sqlx::query_scalar(sql).fetch_one(connection).await?) })
        })
        .await
        .unwrap()
}
