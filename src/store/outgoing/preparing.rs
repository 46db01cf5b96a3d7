//! Messages whose file is being put where the gateway can fetch it. Nothing of them has left.

use super::super::rows::{self, message_columns};
use super::super::{changes, outbox, queue};
use super::{Failure, Store, StoreError, file, file_columns, placement, placements, stored_json};
use crate::domain::hosting::{PREPARED_BEFORE, Placement, Preparation};
use crate::domain::message::{Message, MessageState, Reason, ReasonKind};
use crate::domain::{AccountId, MessageId, OutgoingFileId, Timestamp};
use sqlx::Row as _;
use sqlx::sqlite::SqliteConnection;

/// `$1` account, `$2` now, `$3` up to which time a message may be scheduled, `$4` the time from which on a stamp shows
/// that the clock was set back.
const NEXT: &str = concat!(
    "SELECT ",
    file_columns!(),
    " FROM messages AS m CROSS JOIN outgoing_files AS f ON f.id = m.file \
     WHERE m.account = $1 AND m.state = 'preparing' AND (m.not_before IS NULL OR m.not_before <= $3) \
     AND (f.next_try_at IS NULL OR f.next_try_at <= $2 OR f.tried_at > $4) \
     ORDER BY m.sequence LIMIT 1"
);

/// `$1` account, `$2` now, `$3` how long before its time a message is prepared, in milliseconds.
const NEXT_TIME: &str = "SELECT min(at) FROM ( \
         SELECT max(coalesce(f.next_try_at, m.not_before - $3), coalesce(m.not_before - $3, f.next_try_at)) AS at \
         FROM messages AS m CROSS JOIN outgoing_files AS f ON f.id = m.file \
         WHERE m.account = $1 AND m.state = 'preparing') WHERE at > $2";

impl Store {
    /// The file that is to be put in its place next: that of the oldest message of `account` which is being prepared and
    /// whose turn it is. A message that is scheduled for later has its turn [`PREPARED_BEFORE`] its time; a file that
    /// could not be put up rests until its next try, and the others do not wait for it. A file that was put off before the
    /// clock was set back by more than a minute is due.
    ///
    /// `Err(when)` in the inner result is the next time at which there may be one, always later than `now`; `Err(None)`
    /// means that nothing waits for a time.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn next_to_prepare(
        &self,
        account: AccountId,
        now: Timestamp,
    ) -> Result<Result<Preparation, Option<Timestamp>>, StoreError> {
        let ahead = i64::try_from(PREPARED_BEFORE.as_millis()).unwrap_or(i64::MAX);
        self.connections
            .read("look for the next file", move |connection| {
                Box::pin(async move {
                    let row = sqlx::query(NEXT)
                        .bind(account.0)
                        .bind(now.0)
                        .bind(now.plus(PREPARED_BEFORE).0)
                        .bind(now.plus(queue::CLOCK_SET_BACK).0)
                        .fetch_optional(&mut *connection)
                        .await?;
                    if let Some(row) = row {
                        return Ok(Ok(Preparation {
                            file: file(&row)?,
                            placement: placement(&row)?,
                            tries: rows::count(row.try_get("tries")?),
                        }));
                    }
                    let when: Option<i64> = sqlx::query_scalar(NEXT_TIME)
                        .bind(account.0)
                        .bind(now.0)
                        .bind(ahead)
                        .fetch_one(connection)
                        .await?;
                    Ok(Err(when.map(Timestamp)))
                })
            })
            .await
    }

    /// Keeps where a file is, or is being put, and how far that is. A place it had under another token is ended
    /// ([`Store::end_placement`]).
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the file or its account is gone, or this very placement was ended meanwhile;
    /// [`StoreError::Database`].
    pub async fn place(&self, id: OutgoingFileId, placement: &Placement) -> Result<(), StoreError> {
        let placement = placement.clone();
        self.connections
            .write("keep where the file is", move |connection| {
                Box::pin(async move {
                    let tokens: Option<(Option<String>, Option<String>)> = sqlx::query_as(
                        "SELECT f.token, f.ended_token FROM outgoing_files AS f \
                         JOIN accounts AS a ON a.id = f.account AND a.removed_at IS NULL WHERE f.id = $1",
                    )
                    .bind(id.0)
                    .fetch_optional(&mut *connection)
                    .await?;
                    let (token, ended) = tokens.ok_or(StoreError::NotFound)?;
                    if ended.as_ref() == Some(&placement.token) {
                        return Err(StoreError::NotFound.into());
                    }
                    if token.is_some_and(|token| token != placement.token) {
                        placements::end(connection, id, Timestamp(0)).await?;
                    }
                    write_placement(connection, id, &placement).await
                })
            })
            .await
    }

    /// A file can be had under `url`: it was fetched back at `checked_at` and can be had until `expires_at`. Every message
    /// that waits for it is [`MessageState::Queued`] with that address, due now or from its time on. Answers them.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the file is gone or its placement was ended meanwhile, [`StoreError::Database`].
    pub async fn file_ready(
        &self,
        id: OutgoingFileId,
        url: &str,
        checked_at: Timestamp,
        expires_at: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<Message>, StoreError> {
        let url = url.to_owned();
        self.connections
            .write("record that the file can be had", move |connection| {
                Box::pin(async move {
                    let done = sqlx::query(
                        "UPDATE outgoing_files SET url = $2, checked_at = $3, expires_at = $4, upload = NULL, \
                         placed_at = coalesce(placed_at, $5), tries = 0, tried_at = NULL, next_try_at = NULL \
                         WHERE id = $1 AND place IS NOT NULL",
                    )
                    .bind(id.0)
                    .bind(&url)
                    .bind(checked_at.0)
                    .bind(expires_at.0)
                    .bind(now.0)
                    .execute(&mut *connection)
                    .await?;
                    if done.rows_affected() == 0 {
                        return Err(StoreError::NotFound.into());
                    }
                    move_waiting(connection, id, now, |message| {
                        if let Some(attachment) = &mut message.attachment {
                            attachment.url.clone_from(&url);
                        }
                        let scheduled = message.not_before.is_some_and(|time| time > now);
                        message.state = MessageState::Queued;
                        message.reason = scheduled.then(|| Reason::new(ReasonKind::Scheduled));
                        message.next_attempt_at = Some(now);
                    })
                    .await
                })
            })
            .await
    }

    /// A file could not be put in its place, or not be fetched back: it is tried again at `next_try_at`. The messages that
    /// wait for it say why; their histories get a line when the class of the reason is another one. Answers those that
    /// are different now.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the file is gone, [`StoreError::Database`].
    pub async fn file_waits(
        &self,
        id: OutgoingFileId,
        reason: Reason,
        next_try_at: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<Message>, StoreError> {
        self.connections
            .write("record that the file waits", move |connection| {
                Box::pin(async move {
                    let done = sqlx::query(
                        "UPDATE outgoing_files SET tries = tries + 1, tried_at = $2, next_try_at = $3 WHERE id = $1",
                    )
                    .bind(id.0)
                    .bind(now.0)
                    .bind(next_try_at.0)
                    .execute(&mut *connection)
                    .await?;
                    if done.rows_affected() == 0 {
                        return Err(StoreError::NotFound.into());
                    }
                    let mut changed = Vec::new();
                    for old in waiting(connection, id).await? {
                        if old.reason.as_ref() == Some(&reason) {
                            continue;
                        }
                        let mut new = old.clone();
                        new.reason = Some(reason.clone());
                        // What is tried for days must not fill the history with words that differ by a number.
                        if old.reason.as_ref().is_some_and(|before| before.kind == reason.kind) {
                            changes::reword(connection, &new).await?;
                        } else {
                            changes::record(connection, &old, &new, None, now).await?;
                        }
                        changed.push(new);
                    }
                    Ok(changed)
                })
            })
            .await
    }

    /// Makes every file of an account that rests after a failure due now: what they waited for may have come.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn try_all_files(&self, account: AccountId) -> Result<(), StoreError> {
        self.connections
            .write("make the files due", move |connection| {
                Box::pin(async move {
                    sqlx::query(
                        "UPDATE outgoing_files SET next_try_at = NULL WHERE account = $1 AND next_try_at IS NOT NULL",
                    )
                    .bind(account.0)
                    .execute(connection)
                    .await?;
                    Ok(())
                })
            })
            .await
    }

    /// A file is gone from this disk, or has changed there: every message that waits for it is
    /// [`MessageState::Rejected`]. Answers them.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the file is not known, [`StoreError::Database`].
    pub async fn file_lost(
        &self,
        id: OutgoingFileId,
        reason: Reason,
        now: Timestamp,
    ) -> Result<Vec<Message>, StoreError> {
        self.connections
            .write("record that the file is lost", move |connection| {
                Box::pin(async move {
                    let done = sqlx::query(
                        "UPDATE outgoing_files SET tries = 0, tried_at = NULL, next_try_at = NULL WHERE id = $1",
                    )
                    .bind(id.0)
                    .execute(&mut *connection)
                    .await?;
                    if done.rows_affected() == 0 {
                        return Err(StoreError::NotFound.into());
                    }
                    move_waiting(connection, id, now, |message| {
                        message.state = MessageState::Rejected;
                        message.reason = Some(reason.clone());
                    })
                    .await
                })
            })
            .await
    }

    /// Sends a queued message with a file of the operator's, of which nothing has left, back to be prepared:
    /// [`MessageState::Preparing`], without an address.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] if it is not queued, may have left or has no such file; [`StoreError::NotFound`],
    /// [`StoreError::Database`].
    pub async fn prepare_again(
        &self,
        message: MessageId,
        reason: impl Into<Option<Reason>>,
        now: Timestamp,
    ) -> Result<Message, StoreError> {
        let reason = reason.into();
        self.connections
            .write("prepare the message again", move |connection| {
                Box::pin(async move {
                    let old = outbox::find_in(connection, message, &[MessageState::Queued]).await?;
                    let mut new = old.clone();
                    let attachment = new
                        .attachment
                        .as_mut()
                        .filter(|attachment| attachment.file.is_some());
                    let (Some(attachment), None) = (attachment, old.first_unclear_at) else {
                        return Err(StoreError::WrongState(old.state).into());
                    };
                    attachment.url.clear();
                    new.state = MessageState::Preparing;
                    new.reason = reason;
                    new.next_attempt_at = None;
                    new.updated_at = now;
                    changes::record(connection, &old, &new, None, now).await?;
                    Ok(new)
                })
            })
            .await
    }
}

async fn write_placement(
    connection: &mut SqliteConnection,
    id: OutgoingFileId,
    placement: &Placement,
) -> Result<(), Failure> {
    sqlx::query(
        "UPDATE outgoing_files SET place = $2, token = $3, storage = $4, upload = $5, url = $6, placed_at = $7, \
         checked_at = $8, expires_at = $9 WHERE id = $1",
    )
    .bind(id.0)
    .bind(placement.place.key())
    .bind(&placement.token)
    .bind(stored_json(placement.storage.as_ref())?)
    .bind(stored_json(placement.upload.as_ref())?)
    .bind(placement.url.as_deref())
    .bind(placement.placed_at.map(|time| time.0))
    .bind(placement.checked_at.map(|time| time.0))
    .bind(placement.expires_at.map(|time| time.0))
    .execute(connection)
    .await?;
    Ok(())
}

/// The messages that wait for a file, in the order of sending.
async fn waiting(connection: &mut SqliteConnection, id: OutgoingFileId) -> Result<Vec<Message>, Failure> {
    let found = sqlx::query(concat!(
        "SELECT ",
        message_columns!(),
        " FROM messages AS m WHERE m.file = $1 AND m.state = 'preparing' ORDER BY m.sequence"
    ))
    .bind(id.0)
    .fetch_all(connection)
    .await?;
    Ok(rows::messages(&found)?)
}

/// Moves every message that waits for a file on. Answers them as they are then.
async fn move_waiting(
    connection: &mut SqliteConnection,
    id: OutgoingFileId,
    now: Timestamp,
    edit: impl Fn(&mut Message),
) -> Result<Vec<Message>, Failure> {
    let mut moved = waiting(connection, id).await?;
    for message in &mut moved {
        let old = message.clone();
        edit(message);
        message.updated_at = now;
        changes::record(connection, &old, message, None, now).await?;
    }
    Ok(moved)
}

#[cfg(test)]
pub(in crate::store) const PREPARING_QUERIES: [&str; 2] = [NEXT, NEXT_TIME];
