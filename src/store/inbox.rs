//! What comes in: raw bodies.

use super::rows;
use super::{Store, StoreError};
use crate::domain::inbox::{RawDelivery, RawOutcome};
use crate::domain::{AccountId, PhoneNumber, Timestamp};
use sqlx::Row as _;
use std::collections::BTreeMap;

impl Store {
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
