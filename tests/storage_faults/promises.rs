//! What must be in a database and its folder, whatever befell the disk.

use crate::events::Event;
use recado::domain::message::MessageState;
use recado::store::Store;
use sha2::{Digest as _, Sha256};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _, Row as _};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// An outgoing message.
struct Outgoing {
    client_id: String,
    state: MessageState,
    attempts: i64,
}

/// The books of a data folder, read past the program.
pub struct Books {
    media: PathBuf,
    accounts: Vec<String>,
    /// By the identifier in digits.
    outgoing: BTreeMap<String, Outgoing>,
    /// Incoming messages by the gateway's identifier.
    incoming: Vec<String>,
    /// How far each of our messages is by the gateway's identifier, or by what waits for its message.
    reported: BTreeMap<String, Vec<MessageState>>,
    /// The name on the disk of each file that came, by its hash.
    files: BTreeMap<Vec<u8>, String>,
    /// Those that were taken in.
    taken_in: BTreeMap<String, Vec<u8>>,
    deliveries: usize,
}

/// Opens a folder as the program does, and looks whether the database is whole. Nothing is left open.
///
/// # Errors
/// What is wrong with it.
pub async fn open(data: &Path) -> Result<Books, String> {
    let store = Store::open(data)
        .await
        .map_err(|error| format!("the program cannot open it: {error}"))?;
    store
        .accounts()
        .await
        .map_err(|error| format!("the program cannot read it: {error}"))?;
    store.close().await;
    let options = SqliteConnectOptions::new().filename(data.join("recado.sqlite3"));
    let mut connection = options.connect().await.map_err(|error| error.to_string())?;
    let books = read(&mut connection, data).await;
    connection.close().await.map_err(|error| error.to_string())?;
    books
}

async fn read(connection: &mut SqliteConnection, data: &Path) -> Result<Books, String> {
    let whole: String = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_one(&mut *connection)
        .await
        .map_err(|error| error.to_string())?;
    if whole != "ok" {
        return Err(format!("integrity_check: {whole}"));
    }
    let loose = sqlx::query("PRAGMA foreign_key_check")
        .fetch_all(&mut *connection)
        .await
        .map_err(|error| error.to_string())?;
    if !loose.is_empty() {
        return Err(format!("{} rows without the row they belong to", loose.len()));
    }
    collect(connection, data).await.map_err(|error| error.to_string())
}

async fn collect(connection: &mut SqliteConnection, data: &Path) -> Result<Books, sqlx::Error> {
    let accounts = sqlx::query_scalar("SELECT lower(hex(id)) FROM accounts")
        .fetch_all(&mut *connection)
        .await?;
    let mut outgoing = BTreeMap::new();
    let mut reported: BTreeMap<String, Vec<MessageState>> = BTreeMap::new();
    let rows = sqlx::query(
        "SELECT lower(hex(id)) AS id, client_id, gateway_id, state, attempts FROM messages WHERE direction = 'out'",
    )
    .fetch_all(&mut *connection)
    .await?;
    for row in rows {
        let state = MessageState::from_key(row.get("state")).unwrap();
        if let Some(gateway_id) = row.get::<Option<String>, _>("gateway_id") {
            reported.entry(gateway_id).or_default().push(state);
        }
        let message = Outgoing {
            client_id: row.get("client_id"),
            state,
            attempts: row.get("attempts"),
        };
        outgoing.insert(row.get("id"), message);
    }
    let waiting = sqlx::query("SELECT reference, state FROM reports WHERE message IS NULL")
        .fetch_all(&mut *connection)
        .await?;
    for row in waiting {
        let state = MessageState::from_key(row.get("state")).unwrap();
        reported.entry(row.get("reference")).or_default().push(state);
    }
    let incoming = sqlx::query_scalar("SELECT gateway_id FROM incoming")
        .fetch_all(&mut *connection)
        .await?;
    let files = sqlx::query("SELECT sha256, stored_name FROM files")
        .fetch_all(&mut *connection)
        .await?;
    let taken_in = sqlx::query("SELECT stored_name, sha256 FROM outgoing_files")
        .fetch_all(&mut *connection)
        .await?;
    let deliveries: i64 = sqlx::query_scalar("SELECT count(*) FROM deliveries")
        .fetch_one(&mut *connection)
        .await?;
    Ok(Books {
        media: data.join("media"),
        accounts,
        outgoing,
        incoming,
        reported,
        files: files
            .iter()
            .map(|row| (row.get("sha256"), row.get("stored_name")))
            .collect(),
        taken_in: taken_in
            .iter()
            .map(|row| (row.get("stored_name"), row.get("sha256")))
            .collect(),
        deliveries: usize::try_from(deliveries).unwrap(),
    })
}

impl Books {
    /// Whether everything that was promised holds.
    ///
    /// # Errors
    /// What does not.
    pub fn hold<'e>(&self, promised: impl IntoIterator<Item = &'e Event>) -> Result<(), String> {
        let mut answered = 0;
        for event in promised {
            answered += usize::from(matches!(
                event,
                Event::Message { .. } | Event::File { .. } | Event::Report { .. }
            ));
            self.holds(event).map_err(|lost| format!("{lost}: {event:?}"))?;
        }
        if self.deliveries < answered {
            return Err(format!(
                "{} raw bodies of {answered} answered 2xx",
                self.deliveries
            ));
        }
        Ok(())
    }

    fn holds(&self, event: &Event) -> Result<(), String> {
        let given = |is_there: bool, lost: &str| is_there.then_some(()).ok_or_else(|| lost.to_owned());
        match event {
            Event::Account { id } => given(self.accounts.contains(&plain(id)), "the account is lost"),
            Event::Stored { id, client_id } => {
                let message = self.outgoing.get(&plain(id)).ok_or("the message is lost")?;
                given(message.client_id == *client_id, "the message has another name")
            }
            Event::Shown { id, state } => {
                let message = self.outgoing.get(&plain(id)).ok_or("the message is lost")?;
                given(
                    message.state.progress() >= state.progress(),
                    &format!("it is {} again", message.state.key()),
                )
            }
            Event::Left { client_id } => {
                let mut all = self.outgoing.values();
                let message = all.find(|message| message.client_id == *client_id);
                let message = message.ok_or("what was sent is not there")?;
                given(message.attempts > 0, "it was sent, and nothing says so")
            }
            Event::TakenIn { stored_name, sha256 } => {
                let known = self.taken_in.get(stored_name).ok_or("the file's row is lost")?;
                given(known == sha256, "the row is about another file")?;
                self.on_the_disk(stored_name, sha256)
            }
            Event::Message { gateway_id } => {
                given(self.incoming.contains(gateway_id), "what somebody wrote is lost")
            }
            Event::File { sha256, .. } => {
                let name = self.files.get(sha256.as_slice());
                let name = name.ok_or("the row of a file that came is lost")?;
                self.on_the_disk(name, sha256)
            }
            Event::Report { gateway_id, state } => {
                let known = self.reported.get(gateway_id).ok_or("the report is lost")?;
                given(
                    known.iter().any(|known| known.progress() >= state.progress()),
                    "the report counts no more",
                )
            }
        }
    }

    fn on_the_disk(&self, name: &str, sha256: &[u8; 32]) -> Result<(), String> {
        let bytes = std::fs::read(self.media.join(name)).map_err(|error| format!("the file: {error}"))?;
        let found: [u8; 32] = Sha256::digest(&bytes).into();
        match found == *sha256 {
            true => Ok(()),
            false => Err(format!("the file holds something else, in {} bytes", bytes.len())),
        }
    }
}

/// An identifier without its hyphens.
fn plain(id: &str) -> String {
    id.replace('-', "").to_lowercase()
}
