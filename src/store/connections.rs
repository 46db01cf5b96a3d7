//! The connections to the database: one that writes, a few that only read.
//!
//! They are held here and not in a pool with time limits, because such a limit could strike between `BEGIN` and the
//! first statement, and because waiting for one's turn is never a failure.

use super::StoreError;
use super::group_commit::Writer;
use futures_util::future::BoxFuture;
use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection as _, Error as SqlError};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Why a piece of work on a connection failed, before it is known what was being done.
#[derive(Debug)]
pub(super) enum Failure {
    /// The database said so.
    Sql(SqlError),
    /// We say so.
    Store(StoreError),
}

impl From<SqlError> for Failure {
    fn from(error: SqlError) -> Self {
        Self::Sql(error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Failure {
    /// The error for the caller, with what was being done.
    pub(super) fn during(self, what: &'static str) -> StoreError {
        match self {
            Self::Sql(error) => database_error(what, error),
            Self::Store(error) => error,
        }
    }
}

/// The primary result codes of SQLite that are told apart.
pub(super) mod code {
    /// The statement makes no sense now (a `BEGIN` inside a transaction).
    pub(in crate::store) const MISUSE_OF_SQL: i32 = 1;
    /// Another process is writing.
    pub(in crate::store) const BUSY: i32 = 5;
    /// The file or its folder does not allow writing.
    pub(in crate::store) const READ_ONLY: i32 = 8;
    /// A page is not what it should be.
    pub(in crate::store) const CORRUPT: i32 = 11;
    /// The file cannot be opened.
    pub(in crate::store) const CANNOT_OPEN: i32 = 14;
    /// The file is something else.
    pub(in crate::store) const NOT_A_DATABASE: i32 = 26;
}

/// The primary result code of an error; `None` if it did not come from SQLite.
pub(super) fn primary_code(error: &SqlError) -> Option<i32> {
    let extended: i32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(extended & 0xff)
}

/// Classes an error of the database, once and for all.
pub(super) fn database_error(what: &'static str, source: SqlError) -> StoreError {
    match (primary_code(&source), &source) {
        (Some(code::CORRUPT | code::NOT_A_DATABASE), _) => StoreError::Damaged(source.to_string()),
        // A value no version of the program could have written there.
        (_, SqlError::ColumnDecode { .. } | SqlError::Decode(_)) => StoreError::Damaged(source.to_string()),
        _ => StoreError::Database { what, source },
    }
}

/// All connections of one open database.
pub(super) struct Connections {
    writer: Arc<Writer>,
    readers: Arc<Readers>,
}

struct Readers {
    turns: Arc<Semaphore>,
    size: u32,
    idle: Mutex<Vec<SqliteConnection>>,
}

impl Readers {
    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<SqliteConnection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A reader on loan; it goes back when dropped, also when the caller stops waiting in the middle of a query.
struct Loan {
    connection: Option<SqliteConnection>,
    home: Arc<Readers>,
    _turn: OwnedSemaphorePermit,
}

impl Drop for Loan {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.home.idle().push(connection);
        }
    }
}

impl Connections {
    /// Takes over connections that are open and set up.
    pub(super) fn new(writer: SqliteConnection, readers: Vec<SqliteConnection>) -> Self {
        let size = u32::try_from(readers.len()).unwrap_or(u32::MAX);
        Self {
            writer: Arc::new(Writer::new(writer)),
            readers: Arc::new(Readers {
                turns: Arc::new(Semaphore::new(readers.len())),
                size,
                idle: Mutex::new(readers),
            }),
        }
    }

    /// Runs `work` in a write transaction and commits it; on an error everything it did is rolled back. Works that wait at
    /// the same time are committed together.
    ///
    /// The work goes on to its end even if the caller stops waiting: a transaction is never left half way.
    pub(super) async fn write<T, W>(&self, what: &'static str, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, Failure>> + Send + 'static,
    {
        let answer = self.writer.add(what, work);
        let writer = Arc::clone(&self.writer);
        tokio::spawn(async move { writer.take_turn().await });
        match answer.await {
            Ok(result) => result.map_err(|failure| failure.during(what)),
            // The runtime in which it was being done has ended.
            Err(_) => Err(database_error(what, SqlError::WorkerCrashed)),
        }
    }

    /// Runs `work` on one of the readers. What it sees is everything committed before it began.
    pub(super) async fn read<T, W>(&self, what: &'static str, work: W) -> Result<T, StoreError>
    where
        W: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, Failure>> + Send,
    {
        let closed = || Failure::Sql(SqlError::PoolClosed).during(what);
        let turn = Arc::clone(&self.readers.turns)
            .acquire_owned()
            .await
            .map_err(|_| closed())?;
        let mut loan = Loan {
            connection: self.readers.idle().pop(),
            home: Arc::clone(&self.readers),
            _turn: turn,
        };
        let connection = loan.connection.as_mut().ok_or_else(closed)?;
        work(connection).await.map_err(|failure| failure.during(what))
    }

    /// How many write transactions were committed so far.
    #[cfg(test)]
    pub(super) fn commits(&self) -> u64 {
        self.writer.commits()
    }

    /// Closes everything after the work under way is done. The writer goes last: it folds the log into the file.
    pub(super) async fn close(&self) {
        if let Ok(turns) = self.readers.turns.acquire_many(self.readers.size).await {
            self.readers.turns.close();
            let idle = std::mem::take(&mut *self.readers.idle());
            for connection in idle {
                close_one(connection).await;
            }
            drop(turns);
        }
        if let Some(connection) = self.writer.close().await {
            close_one(connection).await;
        }
    }
}

async fn close_one(connection: SqliteConnection) {
    if let Err(error) = connection.close().await {
        tracing::warn!(%error, "a connection to the database did not close cleanly");
    }
}
