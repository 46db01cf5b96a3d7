//! One delivery of a gateway: its raw body first, then everything in it, in one transaction.

use super::connections::Failure;
use super::{Store, StoreError, changes, files, incoming, reports};
use crate::domain::inbox::RawOutcome;
use crate::domain::incoming::Inbound;
use crate::domain::{AccountId, ConversationId, MessageId, Timestamp, text};
use sqlx::sqlite::SqliteConnection;
use std::collections::HashSet;

/// Longest account of what could not be read in a delivery, in characters, and of how many parts.
const WHY_MAX: usize = 500;
const WHYS_MAX: usize = 5;

/// What one call of a gateway brought.
#[derive(Debug, Clone, PartialEq)]
pub struct NewDelivery {
    /// For which account.
    pub account: AccountId,
    /// When it came.
    pub received_at: Timestamp,
    /// The `Content-Type` it came with.
    pub content_type: Option<String>,
    /// The body as it came; `None` for a large one, of which only the parts are kept.
    pub body: Option<Vec<u8>>,
    /// The size of the body in bytes.
    pub bytes: u64,
    /// What was read of it. Files stand in their folder already.
    pub parts: Vec<Inbound>,
}

/// What a delivery has changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Received {
    /// Incoming messages that were not known before, in their order.
    pub new_messages: Vec<(MessageId, ConversationId)>,
    /// Messages of both sides that were known and are different now: reported about, deleted by their sender, joined by
    /// their file.
    pub changed: Vec<(MessageId, ConversationId)>,
    /// Files (by [`crate::domain::incoming::StoredFile::stored_name`]) that had come before under another name: the
    /// caller removes them.
    pub files_not_needed: Vec<String>,
    /// The number of the delivery.
    pub sequence: i64,
}

/// One delivery while it is taken in.
pub(super) struct Intake {
    /// Whose.
    pub(super) account: AccountId,
    /// When it came.
    pub(super) at: Timestamp,
    /// Its number.
    pub(super) delivery: i64,
}

impl Store {
    /// Stores what came, all or nothing. What had come before (see the unique keys of the schema) changes nothing, in
    /// whatever order things come. `Ok` means that it is on the disk.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the account is gone, [`StoreError::Database`].
    pub async fn receive(&self, delivery: NewDelivery) -> Result<Received, StoreError> {
        self.connections
            .write("store what came in", move |connection| {
                Box::pin(receive(connection, delivery))
            })
            .await
    }
}

async fn receive(connection: &mut SqliteConnection, delivery: NewDelivery) -> Result<Received, Failure> {
    if !changes::account_is_active(connection, delivery.account).await? {
        return Err(StoreError::NotFound.into());
    }
    let (outcome, why) = outcome(&delivery.parts);
    let sequence: i64 = sqlx::query_scalar(
        "INSERT INTO deliveries (account, received_at, content_type, body, bytes, outcome, why) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING sequence",
    )
    .bind(delivery.account.0)
    .bind(delivery.received_at.0)
    .bind(delivery.content_type)
    .bind(delivery.body)
    .bind(super::rows::stored_count(delivery.bytes))
    .bind(outcome.key())
    .bind(why)
    .fetch_one(&mut *connection)
    .await?;
    let intake = Intake {
        account: delivery.account,
        at: delivery.received_at,
        delivery: sequence,
    };
    let mut received = Received {
        sequence,
        ..Received::default()
    };
    for part in delivery.parts {
        match part {
            Inbound::Message(message) => incoming::take(connection, &intake, *message, &mut received).await?,
            Inbound::File(file) => {
                files::take(connection, intake.account, intake.at, file, &mut received).await?
            }
            Inbound::Report(report) => {
                received
                    .changed
                    .extend(reports::take(connection, intake.account, intake.at, report).await?);
            }
            Inbound::Unreadable { .. } => {}
        }
    }
    let mut named: HashSet<MessageId> = received.new_messages.iter().map(|(id, _)| *id).collect();
    received.changed.retain(|(id, _)| named.insert(*id));
    Ok(received)
}

/// How much of a delivery could be read, and why not all of it.
fn outcome(parts: &[Inbound]) -> (RawOutcome, Option<String>) {
    let mut whys: Vec<&str> = Vec::new();
    let mut unreadable = 0;
    for part in parts {
        if let Inbound::Unreadable { why } = part {
            unreadable += 1;
            if whys.len() < WHYS_MAX && !whys.contains(&why.as_str()) {
                whys.push(why);
            }
        }
    }
    let outcome = match unreadable {
        0 => return (RawOutcome::Read, None),
        all if all == parts.len() => RawOutcome::Unreadable,
        _ => RawOutcome::Partly,
    };
    (outcome, Some(text::one_line(&whys.join("; "), WHY_MAX)))
}
