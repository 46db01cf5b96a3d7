//! When people last wrote: it decides whether free text may be sent to them.

use super::{Store, StoreError};
use crate::domain::{AccountId, MessageId, PhoneNumber, Timestamp};
use uuid::Uuid;

impl Store {
    /// When each of these people last wrote to an account, in the order given; both forms of a Brazilian number are one
    /// person.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn last_wrote(
        &self,
        account: AccountId,
        people: Vec<PhoneNumber>,
    ) -> Result<Vec<(PhoneNumber, Option<Timestamp>)>, StoreError> {
        self.connections
            .read("look when people last wrote", move |connection| {
                Box::pin(async move {
                    let mut found = Vec::with_capacity(people.len());
                    for number in people {
                        let at: Option<Option<i64>> = sqlx::query_scalar(
                            "SELECT last_wrote_at FROM conversations WHERE account = $1 AND contact_key = $2",
                        )
                        .bind(account.0)
                        .bind(number.contact_key())
                        .fetch_optional(&mut *connection)
                        .await?;
                        found.push((number, at.flatten().map(Timestamp)));
                    }
                    Ok(found)
                })
            })
            .await
    }

    /// Messages that the gateway has accepted since `since` under an identifier of its own and that nobody asks about: the
    /// program ended in that moment.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn not_followed(
        &self,
        account: AccountId,
        since: Timestamp,
    ) -> Result<Vec<MessageId>, StoreError> {
        self.connections
            .read("look for messages nobody asks about", move |connection| {
                Box::pin(async move {
                    let found: Vec<Uuid> = sqlx::query_scalar(
                        "SELECT id FROM messages WHERE account = $1 AND direction = 'out' AND state = 'accepted' \
                         AND gateway_id IS NOT NULL AND updated_at >= $2 \
                         AND id NOT IN (SELECT message FROM message_polls WHERE account = $1) ORDER BY sequence",
                    )
                    .bind(account.0)
                    .bind(since.0)
                    .fetch_all(connection)
                    .await?;
                    Ok(found.into_iter().map(MessageId).collect())
                })
            })
            .await
    }
}
