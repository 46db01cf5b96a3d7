//! Group commit: writes that wait at the same time share one transaction, and with it one wait for the disk. Each is
//! undone by itself when it fails, and each caller is answered when everything is on the disk. A write that is alone
//! waits for no company.

use super::connections::{Failure, code, primary_code};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use sqlx::Error as SqlError;
use sqlx::error::{DatabaseError, ErrorKind};
use sqlx::sqlite::SqliteConnection;
use std::borrow::Cow;
use std::collections::VecDeque;
use std::error::Error as StdError;
use std::panic::AssertUnwindSafe;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// How many writes share a transaction at most: enough to make the disk the smaller part, few enough that the first of
/// them does not wait long for the last.
const GROUP_MAX: usize = 64;

/// The one connection that writes, and who waits for it.
pub(super) struct Writer {
    connection: tokio::sync::Mutex<Option<SqliteConnection>>,
    waiting: Mutex<VecDeque<Box<dyn Job>>>,
    #[cfg(test)]
    commits: std::sync::atomic::AtomicU64,
}

impl Writer {
    /// Takes over a connection that is open and set up.
    pub(super) fn new(connection: SqliteConnection) -> Self {
        Self {
            connection: tokio::sync::Mutex::new(Some(connection)),
            waiting: Mutex::default(),
            #[cfg(test)]
            commits: std::sync::atomic::AtomicU64::new(0),
        }
    }

    /// Adds a piece of work to those that wait. It is done in a turn that begins later; see [`Writer::take_turn`].
    pub(super) fn add<T, W>(&self, what: &'static str, work: W) -> oneshot::Receiver<Result<T, Failure>>
    where
        T: Send + 'static,
        W: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, Failure>> + Send + 'static,
    {
        let (caller, answer) = oneshot::channel();
        self.waiting().push_back(Box::new(Work {
            what,
            work: Some(work),
            outcome: None,
            caller,
        }));
        answer
    }

    /// Waits for the connection and does what waits by then, also for others. Whoever adds work takes one turn afterwards:
    /// so there are never fewer turns to come than works that wait.
    pub(super) async fn take_turn(&self) {
        let mut connection = self.connection.lock().await;
        let group = self.next_group();
        match connection.as_mut() {
            Some(connection) => self.run(connection, group).await,
            None => fail_all(group, &SqlError::PoolClosed),
        }
    }

    /// Does everything that waits now, and gives the connection away: nothing is written any more.
    pub(super) async fn close(&self) -> Option<SqliteConnection> {
        let mut connection = self.connection.lock().await;
        let mut left = self.waiting().len();
        while let Some(open) = connection.as_mut()
            && left > 0
        {
            let group = self.next_group();
            left = left.saturating_sub(group.len().max(1));
            self.run(open, group).await;
        }
        connection.take()
    }

    /// How many transactions were committed so far.
    #[cfg(test)]
    pub(super) fn commits(&self) -> u64 {
        self.commits.load(std::sync::atomic::Ordering::SeqCst)
    }

    fn waiting(&self) -> MutexGuard<'_, VecDeque<Box<dyn Job>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next_group(&self) -> VecDeque<Box<dyn Job>> {
        let mut waiting = self.waiting();
        let count = waiting.len().min(GROUP_MAX);
        waiting.drain(..count).collect()
    }

    async fn run(&self, connection: &mut SqliteConnection, mut group: VecDeque<Box<dyn Job>>) {
        while !group.is_empty() {
            if let Err(error) = begin(connection).await {
                return fail_all(group, &error);
            }
            // Rolling back a transaction undoes a single work as well as a savepoint does.
            let alone = group.len() == 1;
            let mut done = Vec::with_capacity(group.len());
            let broken = loop {
                let Some(mut job) = group.pop_front() else {
                    break None;
                };
                let step = run_one(connection, job.as_mut(), alone).await;
                done.push(job);
                if let Err(error) = step {
                    break Some(error);
                }
            };
            let end = match broken {
                None => execute(connection, "COMMIT").await,
                Some(error) => Err(error),
            };
            match end {
                Ok(()) => {
                    #[cfg(test)]
                    self.commits.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                    done.into_iter().for_each(|job| job.committed());
                }
                Err(error) => {
                    // After a full disk SQLite has rolled back by itself already, and this fails, as it should.
                    if let Err(error) = execute(connection, "ROLLBACK").await {
                        tracing::debug!(%error, "nothing to roll back");
                    }
                    fail_all(done, &error);
                }
            }
        }
    }
}

/// Does one work of a transaction, and undoes it if it fails. An error means that the whole transaction is gone.
async fn run_one(connection: &mut SqliteConnection, job: &mut dyn Job, alone: bool) -> Result<(), SqlError> {
    if alone {
        job.run(connection).await;
        return match job.has_failed() {
            true => Err(job.failure()),
            false => Ok(()),
        };
    }
    execute(connection, "SAVEPOINT work").await?;
    job.run(connection).await;
    if !job.has_failed() {
        return execute(connection, "RELEASE work").await;
    }
    if execute(connection, "ROLLBACK TO work; RELEASE work")
        .await
        .is_err()
    {
        // There is no such savepoint: what the work met (a full disk) made SQLite roll back everything.
        return Err(job.failure());
    }
    Ok(())
}

async fn execute(connection: &mut SqliteConnection, sql: &'static str) -> Result<(), SqlError> {
    sqlx::query(sql).execute(connection).await.map(drop)
}

/// Begins a write transaction. By hand, because sqlx counts transactions by itself: when SQLite has rolled one back (a full
/// disk, an I/O error), that count stays wrong, and the connection would never write again.
async fn begin(connection: &mut SqliteConnection) -> Result<(), SqlError> {
    const BEGIN: &str = "BEGIN IMMEDIATE";
    match execute(connection, BEGIN).await {
        // One is open still: whoever began it was torn away by the end of its runtime.
        Err(error) if primary_code(&error) == Some(code::MISUSE_OF_SQL) => {
            execute(connection, "ROLLBACK").await?;
            execute(connection, BEGIN).await
        }
        result => result,
    }
}

fn fail_all(jobs: impl IntoIterator<Item = Box<dyn Job>>, error: &SqlError) {
    for job in jobs {
        job.undone(error);
    }
}

/// A piece of work whose result has any type.
trait Job: Send {
    /// Does it. A panic in it is a failure like others.
    fn run<'c>(&'c mut self, connection: &'c mut SqliteConnection) -> BoxFuture<'c, ()>;

    /// Whether it was done and did not succeed.
    fn has_failed(&self) -> bool;

    /// Why, for those that fail with it.
    fn failure(&self) -> SqlError;

    /// Answers the caller: what was done is on the disk.
    fn committed(self: Box<Self>);

    /// Answers the caller: nothing was done, because of `error` if not because of itself.
    fn undone(self: Box<Self>, error: &SqlError);
}

struct Work<T, W> {
    what: &'static str,
    work: Option<W>,
    outcome: Option<Result<T, Failure>>,
    caller: oneshot::Sender<Result<T, Failure>>,
}

impl<T, W> Job for Work<T, W>
where
    T: Send + 'static,
    W: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, Failure>> + Send + 'static,
{
    fn run<'c>(&'c mut self, connection: &'c mut SqliteConnection) -> BoxFuture<'c, ()> {
        Box::pin(async move {
            if let Some(work) = self.work.take() {
                let outcome = AssertUnwindSafe(async move { work(connection).await })
                    .catch_unwind()
                    .await;
                self.outcome = Some(outcome.unwrap_or(Err(Failure::Sql(SqlError::WorkerCrashed))));
            }
        })
    }

    fn has_failed(&self) -> bool {
        !matches!(self.outcome, Some(Ok(_)))
    }

    fn failure(&self) -> SqlError {
        match &self.outcome {
            Some(Err(Failure::Sql(error))) => copy_of(error),
            Some(Err(Failure::Store(error))) => SqlError::Protocol(error.to_string()),
            Some(Ok(_)) | None => SqlError::WorkerCrashed,
        }
    }

    fn committed(self: Box<Self>) {
        let outcome = self.outcome.unwrap_or(Err(Failure::Sql(SqlError::WorkerCrashed)));
        // A caller that has stopped waiting is told nothing.
        drop(self.caller.send(outcome));
    }

    fn undone(self: Box<Self>, error: &SqlError) {
        let outcome = match self.outcome {
            // What went wrong first is what is told.
            Some(Err(failure)) => Err(failure),
            _ => Err(Failure::Sql(copy_of(error))),
        };
        tracing::debug!(what = self.what, "a write was undone");
        drop(self.caller.send(outcome));
    }
}

/// The same error once more: every caller of a group is told why it failed.
fn copy_of(error: &SqlError) -> SqlError {
    match error {
        SqlError::Database(inner) => SqlError::Database(Box::new(Copied {
            words: inner.to_string(),
            code: inner.code().map(Cow::into_owned),
        })),
        SqlError::PoolClosed => SqlError::PoolClosed,
        SqlError::WorkerCrashed => SqlError::WorkerCrashed,
        other => SqlError::Io(std::io::Error::other(other.to_string())),
    }
}

/// What SQLite said, told again.
#[derive(Debug, thiserror::Error)]
#[error("{words}")]
struct Copied {
    words: String,
    code: Option<String>,
}

impl DatabaseError for Copied {
    fn message(&self) -> &str {
        &self.words
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        self.code.as_deref().map(Cow::Borrowed)
    }

    fn as_error(&self) -> &(dyn StdError + Send + Sync + 'static) {
        self
    }

    fn as_error_mut(&mut self) -> &mut (dyn StdError + Send + Sync + 'static) {
        self
    }

    fn into_error(self: Box<Self>) -> Box<dyn StdError + Send + Sync + 'static> {
        self
    }

    fn kind(&self) -> ErrorKind {
        ErrorKind::Other
    }
}
