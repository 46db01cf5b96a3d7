//! What came, as it came: raw bodies.

use super::rows;
use super::{RawBody, Store, StoreError};
use crate::domain::inbox::{RawDelivery, RawOutcome};
use crate::domain::{AccountId, PhoneNumber, Timestamp};
use sqlx::Row as _;
use std::collections::BTreeMap;

/// How many deliveries are removed in one transaction, so that what comes in meanwhile does not wait long.
const PRUNE_STEP: i64 = 1_000;

impl Store {
    /// One raw body, whole.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Database`].
    pub async fn raw_body(&self, sequence: i64) -> Result<RawBody, StoreError> {
        self.connections
            .read("read the raw body", move |connection| {
                Box::pin(async move {
                    let row = sqlx::query(
                        "SELECT received_at, content_type, why, body FROM deliveries WHERE sequence = $1",
                    )
                    .bind(sequence)
                    .fetch_optional(connection)
                    .await?
                    .ok_or(StoreError::NotFound)?;
                    Ok(RawBody {
                        sequence,
                        received_at: Timestamp(row.try_get("received_at")?),
                        content_type: row.try_get("content_type")?,
                        why: row.try_get("why")?,
                        body: row.try_get("body")?,
                    })
                })
            })
            .await
    }

    /// Removes raw bodies that came before `before` and were read as a whole; what could not be read stays for ever.
    /// Answers how many.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn prune_deliveries(&self, before: Timestamp) -> Result<u64, StoreError> {
        let mut removed = 0;
        loop {
            let step = self
                .connections
                .write("remove old raw bodies", move |connection| {
                    Box::pin(async move {
                        let done = sqlx::query(
                            "DELETE FROM deliveries WHERE sequence IN (SELECT sequence FROM deliveries \
                             WHERE received_at < $1 AND outcome = 'read' LIMIT $2)",
                        )
                        .bind(before.0)
                        .bind(PRUNE_STEP)
                        .execute(connection)
                        .await?;
                        Ok(done.rows_affected())
                    })
                })
                .await?;
            removed += step;
            if step == 0 {
                return Ok(removed);
            }
        }
    }

    /// What came for an account and could not be read as a whole, newest first, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn unreadable(&self, account: AccountId, limit: u32) -> Result<Vec<RawDelivery>, StoreError> {
        self.connections
            .read("read the raw bodies", move |connection| {
                Box::pin(async move {
                    let found = sqlx::query(
                        "SELECT sequence, received_at, outcome, why, bytes, substr(body, 1, 2000) AS beginning \
                         FROM deliveries WHERE account = $1 AND outcome <> 'read' ORDER BY sequence DESC LIMIT $2",
                    )
                    .bind(account.0)
                    .bind(i64::from(limit))
                    .fetch_all(connection)
                    .await?;
                    let mut list = Vec::with_capacity(found.len());
                    for row in &found {
                        let body: Option<Vec<u8>> = row.try_get("beginning")?;
                        let text = String::from_utf8_lossy(&body.unwrap_or_default()).into_owned();
                        list.push(RawDelivery {
                            sequence: row.try_get("sequence")?,
                            account,
                            received_at: Timestamp(row.try_get("received_at")?),
                            outcome: rows::keyed(row, "outcome", RawOutcome::from_key)?,
                            why: row.try_get("why")?,
                            bytes: u64::try_from(row.try_get::<i64, _>("bytes")?).unwrap_or(0),
                            beginning: crate::domain::text::one_line(&text, 400),
                        });
                    }
                    Ok(list)
                })
            })
            .await
    }

    /// Those of these numbers whose people asked not to be written to, by this account; both forms of a Brazilian number
    /// are one person.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn not_to_be_written_to(
        &self,
        account: AccountId,
        numbers: Vec<PhoneNumber>,
    ) -> Result<Vec<PhoneNumber>, StoreError> {
        self.connections
            .read("look for the recipients", move |connection| {
                Box::pin(async move {
                    let mut by_contact: BTreeMap<String, Vec<PhoneNumber>> = BTreeMap::new();
                    for number in numbers {
                        by_contact.entry(number.contact_key()).or_default().push(number);
                    }
                    let mut marked = Vec::new();
                    for (contact, numbers) in by_contact {
                        let is_marked: bool = sqlx::query_scalar(
                            "SELECT EXISTS (SELECT 1 FROM conversations \
                             WHERE account = $1 AND contact_key = $2 AND do_not_write = 1)",
                        )
                        .bind(account.0)
                        .bind(contact)
                        .fetch_one(&mut *connection)
                        .await?;
                        if is_marked {
                            marked.extend(numbers);
                        }
                    }
                    Ok(marked)
                })
            })
            .await
    }
}
