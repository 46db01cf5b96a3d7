//! Opening: the folder and its permissions, what kind of file is there, and the schema. Nothing is written to a file
//! before it is known to be ours, whole and not newer than this program.

use super::connections::{Connections, code, database_error, primary_code};
use super::{Store, StoreError};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, Error as SqlError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Name of the database file in the data folder.
pub(super) const FILE_NAME: &str = "recado.sqlite3";

/// What stands in the header of every database of ours: `RECA`.
const APPLICATION_ID: i64 = 0x5245_4341;

/// How long another process may write before we give up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(15);

/// How many connections read beside the one that writes.
const READER_COUNT: usize = 3;

/// How much of the database each reader keeps in memory at most, in KiB (negative: SQLite counts it in pages otherwise).
const READER_CACHE_KIB: &str = "-8192";

/// A number below which the log file is cut back after a burst, in bytes.
const LOG_SIZE_LIMIT_BYTES: &str = "16777216";

/// Every step of the schema, oldest first. The script of step *n* (from one) sets `user_version` to *n*.
pub(super) const MIGRATIONS: &[&str] = &[
    include_str!("migrations/sqlite/0001_beginning.sql"),
    include_str!("migrations/sqlite/0002_inbox.sql"),
    include_str!("migrations/sqlite/0003_search.sql"),
    include_str!("migrations/sqlite/0004_attachments.sql"),
    include_str!("migrations/sqlite/0005_templates.sql"),
];

/// The newest schema this program knows.
fn known_version() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

impl Store {
    /// Opens (or makes) `folder/recado.sqlite3`, folder 0700 and files 0600, and brings the schema up to date.
    ///
    /// # Errors
    /// [`StoreError::Folder`], [`StoreError::Newer`], [`StoreError::Damaged`] or [`StoreError::Database`]; in none of
    /// these has anything been overwritten.
    pub async fn open(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(FILE_NAME);
        prepare_folder(folder)?;
        super::replacing::finish(folder)?;
        match size_of(&path)? {
            size @ (None | Some(0)) => {
                // SQLite would throw the log of an empty file away, and with it what was committed last.
                if size_of(&beside(&path, "-wal"))?.is_some_and(|size| size > 0) {
                    return Err(StoreError::Damaged(
                        "the database file is empty, but its log is not".to_owned(),
                    ));
                }
                if size.is_none() {
                    create_private(&path)?;
                }
            }
            Some(size) => inspect(&path, size, false).await?,
        }
        for file in ["", "-wal", "-shm"] {
            make_private(&beside(&path, file), 0o600);
        }
        let mut writer = connect_writer(&path).await?;
        if let Err(error) = migrate(&mut writer, &path).await {
            drop(writer.close().await);
            return Err(error);
        }
        if let Err(error) = settle(&mut writer).await {
            drop(writer.close().await);
            return Err(error);
        }
        let mut readers = Vec::with_capacity(READER_COUNT);
        for _ in 0..READER_COUNT {
            let options = options(&path)
                .read_only(true)
                .pragma("query_only", "ON")
                .pragma("cache_size", READER_CACHE_KIB);
            readers.push(
                options
                    .connect()
                    .await
                    .map_err(|error| opening_error(&path, error))?,
            );
        }
        Ok(Self {
            connections: Arc::new(Connections::new(writer, readers)),
        })
    }

    /// Ends the writer and the readers after everything under way is done.
    pub async fn close(&self) {
        self.connections.close().await;
    }
}

/// The path of a file that stands beside the database (`-wal`, `-shm`, `-journal`), or with an empty ending its own.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The size in bytes; `None` if there is no such file. The file is not opened: closing it again would let go of the
/// locks that this process may hold on it through SQLite.
pub(super) fn size_of(path: &Path) -> Result<Option<u64>, StoreError> {
    match std::fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => Ok(Some(metadata.len())),
        Ok(_) => Err(folder_error(path, io::Error::other("it is not a file"))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(folder_error(path, error)),
    }
}

pub(super) fn folder_error(path: &Path, source: io::Error) -> StoreError {
    StoreError::Folder {
        path: path.to_owned(),
        source,
    }
}

pub(super) fn prepare_folder(folder: &Path) -> Result<(), StoreError> {
    let is_new = !folder.exists();
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(|error| folder_error(folder, error))?;
    make_private(folder, 0o700);
    // What SQLite syncs inside of it would be lost with its name.
    #[cfg(unix)]
    if is_new
        && let Some(parent) = folder.parent()
        && let Err(error) = std::fs::File::open(parent).and_then(|parent| parent.sync_all())
    {
        tracing::warn!(%error, path = %folder.display(), "the name of the new folder may not last");
    }
    #[cfg(not(unix))]
    let _ = is_new;
    Ok(())
}

/// Makes the empty file with its final permissions; SQLite gives its companions the same ones.
fn create_private(path: &Path) -> Result<(), StoreError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        // Someone else was faster; that is as good.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(folder_error(path, error)),
    }
}

/// Takes the rights of others away from what was there before. Some file systems know no rights: a warning, no failure.
#[cfg(unix)]
fn make_private(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    const EVERYBODYS: u32 = 0o1000;
    let Ok(metadata) = std::fs::metadata(path) else {
        return;
    };
    let now = metadata.permissions().mode();
    // A folder shared by design (`/tmp`) is not ours to close.
    if now & 0o077 == 0 || (metadata.is_dir() && now & EVERYBODYS != 0) {
        return;
    }
    if let Err(error) = std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)) {
        tracing::warn!(%error, path = %path.display(), "the permissions could not be narrowed");
    }
}

/// The folder of the user's own profile is private already.
#[cfg(not(unix))]
fn make_private(_path: &Path, _mode: u32) {}

pub(super) fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(BUSY_TIMEOUT)
        .foreign_keys(true)
        .pragma("trusted_schema", "OFF")
        .pragma("cell_size_check", "ON")
        .disable_statement_logging()
}

/// Looks at an existing file without being able to change it; at every page if `thorough`.
pub(super) async fn inspect(path: &Path, size: u64, thorough: bool) -> Result<(), StoreError> {
    let log = size_of(&beside(path, "-wal"))?.is_some_and(|size| size > 0);
    // A rollback journal is left only by a first start that was cut off. Only a connection that may write can undo that.
    let journal = size_of(&beside(path, "-journal"))?.is_some_and(|size| size > 0);
    let error = |error| opening_error(path, error);
    let mut connection = options(path).read_only(!journal).connect().await.map_err(error)?;
    let verdict = judge(&mut connection, path, size, thorough || log || journal).await;
    drop(connection.close().await);
    verdict
}

/// Whether the file is ours, not newer, and whole. Reading every page takes long in a big file, so it is done at a start only
/// after a shutdown that was not clean, which has left its log behind.
async fn judge(
    connection: &mut SqliteConnection,
    path: &Path,
    size: u64,
    every_page: bool,
) -> Result<(), StoreError> {
    let error = |error| opening_error(path, error);
    let number = async |connection: &mut SqliteConnection, sql: &'static str| {
        sqlx::query_scalar::<_, i64>(sql).fetch_one(connection).await
    };
    let tables = number(connection, "SELECT count(*) FROM sqlite_schema")
        .await
        .map_err(error)?;
    let application = number(connection, "PRAGMA application_id").await.map_err(error)?;
    let found = number(connection, "PRAGMA user_version").await.map_err(error)?;
    if tables == 0 && application == 0 && found == 0 {
        return Ok(());
    }
    if application != APPLICATION_ID {
        return Err(StoreError::Damaged(
            "the file is a database of another program".to_owned(),
        ));
    }
    let known = known_version();
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    if every_page {
        let check: String = sqlx::query_scalar("PRAGMA quick_check(1)")
            .fetch_one(connection)
            .await
            .map_err(error)?;
        if check != "ok" {
            return Err(StoreError::Damaged(check));
        }
    } else {
        let page_bytes = number(connection, "PRAGMA page_size").await.map_err(error)?;
        let page_count = number(connection, "PRAGMA page_count").await.map_err(error)?;
        let whole = u64::try_from(page_bytes.saturating_mul(page_count)).unwrap_or(u64::MAX);
        if size < whole {
            return Err(StoreError::Damaged(format!(
                "the file has {size} of its {whole} bytes"
            )));
        }
    }
    Ok(())
}

/// Classes what SQLite says while a file is being opened.
fn opening_error(path: &Path, error: SqlError) -> StoreError {
    match primary_code(&error) {
        Some(code::CANNOT_OPEN) => folder_error(path, io::Error::other(error.to_string())),
        Some(code::READ_ONLY) => folder_error(
            path,
            io::Error::new(io::ErrorKind::PermissionDenied, error.to_string()),
        ),
        _ => database_error("open the database", error),
    }
}

async fn connect_writer(path: &Path) -> Result<SqliteConnection, StoreError> {
    let options = options(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("journal_size_limit", LOG_SIZE_LIMIT_BYTES);
    // On macOS an ordinary fsync leaves the data in the drive's own memory.
    #[cfg(target_os = "macos")]
    let options = options
        .pragma("fullfsync", "ON")
        .pragma("checkpoint_fullfsync", "ON");
    let started = std::time::Instant::now();
    loop {
        match options.connect().await {
            // SQLite does not wait by itself when two programs turn the same new file into WAL mode.
            Err(error) if primary_code(&error) == Some(code::BUSY) && started.elapsed() < BUSY_TIMEOUT => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            result => return result.map_err(|error| opening_error(path, error)),
        }
    }
}

/// Looks whether the database is a copy, and settles it if so, all or nothing.
async fn settle(writer: &mut SqliteConnection) -> Result<(), StoreError> {
    const WHAT: &str = "settle the restored copy";
    let failed = |error| database_error(WHAT, error);
    let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
    super::backup::settle_copy(&mut transaction)
        .await
        .map_err(|failure| failure.during(WHAT))?;
    transaction.commit().await.map_err(failed)
}

/// Applies what the file has not got yet, all or nothing. Taking the write lock also proves that writing is possible.
async fn migrate(writer: &mut SqliteConnection, path: &Path) -> Result<(), StoreError> {
    let error = |error| opening_error(path, error);
    let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await.map_err(error)?;
    // Read under the lock: another process may have done it meanwhile.
    let found: i64 = sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(&mut *transaction)
        .await
        .map_err(error)?;
    let known = known_version();
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    let pending = MIGRATIONS.iter().skip(usize::try_from(found).unwrap_or(0));
    for script in pending {
        sqlx::raw_sql(*script)
            .execute(&mut *transaction)
            .await
            .map_err(error)?;
    }
    transaction.commit().await.map_err(error)
}
