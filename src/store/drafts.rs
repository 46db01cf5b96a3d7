//! Drafts: what was typed and not yet sent.

use super::connections::Failure;
use super::outgoing::{self, file_columns};
use super::{Store, StoreError, changes};
use crate::domain::conversation::{Draft, DraftPlace};
use crate::domain::{AccountId, ConversationId, OutgoingFile, Timestamp};
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{Error as SqlError, Row as _};
use uuid::Uuid;

impl Store {
    /// Every draft of an account, with those of its files that are still there.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn drafts(&self, account: AccountId) -> Result<Vec<(DraftPlace, Draft)>, StoreError> {
        self.connections
            .read("read the drafts", move |connection| {
                Box::pin(async move {
                    let rows = sqlx::query(
                        "SELECT account, conversation, recipients, body, attachment_url, files, template FROM drafts \
                         WHERE account = $1 ORDER BY updated_at",
                    )
                    .bind(account.0)
                    .fetch_all(&mut *connection)
                    .await?;
                    let mut drafts = Vec::with_capacity(rows.len());
                    for row in &rows {
                        let (place, mut draft) = draft(row)?;
                        draft.files = files(connection, account, row.try_get("files")?).await?;
                        drafts.push((place, draft));
                    }
                    Ok(drafts)
                })
            })
            .await
    }

    /// Keeps a draft; an empty one is removed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the account or the conversation is gone, [`StoreError::Database`].
    pub async fn put_draft(
        &self,
        place: DraftPlace,
        draft: &Draft,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let draft = draft.clone();
        self.connections
            .write("keep the draft", move |connection| {
                Box::pin(async move {
                    let (account, conversation) = match place {
                        DraftPlace::NewMessage(account) => (account, None),
                        DraftPlace::Conversation(id) => {
                            let account: Option<Uuid> =
                                sqlx::query_scalar("SELECT account FROM conversations WHERE id = $1")
                                    .bind(id.0)
                                    .fetch_optional(&mut *connection)
                                    .await?;
                            (AccountId(account.ok_or(StoreError::NotFound)?), Some(id.0))
                        }
                    };
                    sqlx::query("DELETE FROM drafts WHERE account = $1 AND conversation IS $2")
                        .bind(account.0)
                        .bind(conversation)
                        .execute(&mut *connection)
                        .await?;
                    if draft.is_empty() {
                        return Ok(());
                    }
                    if !changes::account_is_active(connection, account).await? {
                        return Err(StoreError::NotFound.into());
                    }
                    let recipients = serde_json::to_string(&draft.recipients)
                        .map_err(|error| SqlError::Encode(error.into()))?;
                    let files: Vec<String> = draft
                        .files
                        .iter()
                        .map(|file| file.id.0.simple().to_string())
                        .collect();
                    let files =
                        serde_json::to_string(&files).map_err(|error| SqlError::Encode(error.into()))?;
                    let template = draft.template.as_ref().map(serde_json::to_string).transpose();
                    let template = template.map_err(|error| SqlError::Encode(error.into()))?;
                    sqlx::query(
                        "INSERT INTO drafts (account, conversation, recipients, body, attachment_url, updated_at, files, \
                         template) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                    )
                    .bind(account.0)
                    .bind(conversation)
                    .bind(recipients)
                    .bind(draft.text)
                    .bind(draft.attachment_url)
                    .bind(now.0)
                    .bind(files)
                    .bind(template)
                    .execute(connection)
                    .await?;
                    Ok(())
                })
            })
            .await
    }
}

fn draft(row: &SqliteRow) -> Result<(DraftPlace, Draft), SqlError> {
    let conversation: Option<Uuid> = row.try_get("conversation")?;
    let place = match conversation {
        Some(id) => DraftPlace::Conversation(ConversationId(id)),
        None => DraftPlace::NewMessage(AccountId(row.try_get("account")?)),
    };
    let recipients: String = row.try_get("recipients")?;
    let template: Option<String> = row.try_get("template")?;
    let template = template
        .map(|template| serde_json::from_str(&template))
        .transpose();
    let draft = Draft {
        recipients: serde_json::from_str(&recipients).map_err(|error| SqlError::Decode(error.into()))?,
        text: row.try_get("body")?,
        attachment_url: row.try_get("attachment_url")?,
        files: Vec::new(),
        template: template.map_err(|error| SqlError::Decode(error.into()))?,
    };
    Ok((place, draft))
}

/// The files of a draft that are still there, in their order.
async fn files(
    connection: &mut SqliteConnection,
    account: AccountId,
    ids: &str,
) -> Result<Vec<OutgoingFile>, Failure> {
    let found = sqlx::query(concat!(
        "SELECT ",
        file_columns!(),
        " FROM json_each($1) AS named JOIN outgoing_files AS f ON f.id = unhex(named.value) \
         WHERE f.account = $2 ORDER BY named.key"
    ))
    .bind(ids)
    .bind(account.0)
    .fetch_all(connection)
    .await?;
    Ok(found.iter().map(outgoing::file).collect::<Result<_, _>>()?)
}
