//! What we know ourselves of an account's messages.

use super::connections::Failure;
use super::{Store, StoreError, rows};
use crate::domain::health::DeliveryFigures;
use crate::domain::{AccountId, Timestamp};
use sqlx::sqlite::SqliteConnection;
use std::time::Duration;

/// How far back the time to delivery is looked at.
const LOOK_BACK: Duration = Duration::from_secs(7 * 24 * 3_600);

/// Most messages whose time to delivery is looked at, the newest: more of them would not change what is shown.
const SAMPLE_MAX: i64 = 10_000;

/// `$1` account.
const ACCEPTED: &str = "SELECT max(accepted_at) FROM messages WHERE account = $1 AND accepted_at IS NOT NULL";

/// `$1` account.
const REPORTED: &str = "SELECT max(received_at) FROM reports WHERE account = $1";

/// `$1` account, `$2` the beginning of the day.
const PROBLEMS: &str = "SELECT count(*) FROM messages WHERE account = $1 AND state IN ('rejected', 'unknown') \
     AND created_at >= $2";

/// `$1` account, `$2` from when on, `$3` at most.
const TIMES: &str = "SELECT delivered_at - accepted_at FROM messages WHERE account = $1 AND delivered_at >= $2 \
     AND delivered_at IS NOT NULL AND accepted_at IS NOT NULL ORDER BY delivered_at DESC LIMIT $3";

/// `$1` account.
const FIRST_MESSAGE: &str = "SELECT min(created_at) FROM messages WHERE account = $1 AND direction = 'in'";

/// `$1` account.
const LAST_MESSAGE: &str = "SELECT max(created_at) FROM messages WHERE account = $1 AND direction = 'in'";

impl Store {
    /// What is known of an account's messages. The time to delivery is that of the newest 10,000 delivered messages at most;
    /// what was asked for counts as reported too.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn delivery_figures(
        &self,
        account: AccountId,
        now: Timestamp,
    ) -> Result<DeliveryFigures, StoreError> {
        self.connections
            .read("count what became of the messages", move |connection| {
                Box::pin(figures(connection, account, now))
            })
            .await
    }

    /// When a person's message first and last came in for an account; `None` if none ever did.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn first_and_last_message_at(
        &self,
        account: AccountId,
    ) -> Result<Option<(Timestamp, Timestamp)>, StoreError> {
        self.connections
            .read("look for the first and the last message", move |connection| {
                Box::pin(async move {
                    let first = latest(connection, FIRST_MESSAGE, account).await?;
                    let last = latest(connection, LAST_MESSAGE, account).await?;
                    Ok(first.zip(last))
                })
            })
            .await
    }
}

async fn figures(
    connection: &mut SqliteConnection,
    account: AccountId,
    now: Timestamp,
) -> Result<DeliveryFigures, Failure> {
    let problems: i64 = sqlx::query_scalar(PROBLEMS)
        .bind(account.0)
        .bind(start_of_day(now).0)
        .fetch_one(&mut *connection)
        .await?;
    let times: Vec<i64> = sqlx::query_scalar(TIMES)
        .bind(account.0)
        .bind(now.minus(LOOK_BACK).0)
        .bind(SAMPLE_MAX)
        .fetch_all(&mut *connection)
        .await?;
    Ok(DeliveryFigures {
        accepted_at: latest(connection, ACCEPTED, account).await?,
        reported_at: latest(connection, REPORTED, account).await?,
        problems_today: rows::count(problems),
        median_delivery_ms: median(times),
    })
}

async fn latest(
    connection: &mut SqliteConnection,
    sql: &'static str,
    account: AccountId,
) -> Result<Option<Timestamp>, Failure> {
    let latest: Option<i64> = sqlx::query_scalar(sql)
        .bind(account.0)
        .fetch_one(connection)
        .await?;
    Ok(latest.map(Timestamp))
}

/// Midnight here; on a day on which the clock is turned, its first moment.
fn start_of_day(now: Timestamp) -> Timestamp {
    now.local()
        .start_of_day()
        .map_or(now, |start| Timestamp(start.timestamp().as_millisecond()))
}

/// What half of the times do not exceed. A clock that was set back in between tells nothing.
fn median(times: Vec<i64>) -> Option<u64> {
    let mut times: Vec<u64> = times
        .into_iter()
        .filter_map(|time| u64::try_from(time).ok())
        .collect();
    times.sort_unstable();
    times.get(times.len().checked_sub(1)? / 2).copied()
}

#[cfg(test)]
pub(super) const FIGURES_QUERIES: [&str; 6] =
    [ACCEPTED, REPORTED, PROBLEMS, TIMES, FIRST_MESSAGE, LAST_MESSAGE];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_take_no_longer() {
        for (times, half) in [
            (vec![], None),
            (vec![-5], None),
            (vec![7], Some(7)),
            (vec![9, 1], Some(1)),
            (vec![3, 1, 2], Some(2)),
            (vec![4, 3, -1, 2, 1], Some(2)),
        ] {
            assert_eq!(median(times.clone()), half, "{times:?}");
        }
    }

    #[test]
    fn the_day_begins_at_midnight_here() {
        let now = Timestamp(1_795_219_200_000);
        let start = start_of_day(now);
        assert!(start <= now && now.since(start) < Duration::from_secs(25 * 3_600));
        assert_eq!(start.local().date(), now.local().date());
        assert_eq!(start_of_day(start), start);
    }
}
