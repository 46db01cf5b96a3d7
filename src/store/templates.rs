//! The libraries of templates.

use super::connections::Failure;
use super::{Store, StoreError, changes, rows};
use crate::domain::{AccountId, Template, TemplateId, Timestamp};
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{Error as SqlError, Row as _};
use uuid::Uuid;

impl Store {
    /// The templates of an account, by key and language.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn templates(&self, account: AccountId) -> Result<Vec<Template>, StoreError> {
        self.connections
            .read("read the templates", move |connection| {
                Box::pin(async move {
                    let found = sqlx::query(
                        "SELECT id, account, key, language, body, parameters, header_image, updated_at FROM templates \
                         WHERE account = $1 ORDER BY key, language",
                    )
                    .bind(account.0)
                    .fetch_all(connection)
                    .await?;
                    Ok(found.iter().map(template).collect::<Result<_, _>>()?)
                })
            })
            .await
    }

    /// Adds a template or replaces the one of the same identifier.
    ///
    /// # Errors
    /// [`StoreError::Taken`] if another one of the account has the same key and language, [`StoreError::NotFound`] if the
    /// account is gone or the identifier is that of another account's, [`StoreError::Database`].
    pub async fn put_template(&self, template: &Template) -> Result<(), StoreError> {
        let template = template.clone();
        self.connections
            .write("keep the template", move |connection| {
                Box::pin(async move {
                    if !changes::account_is_active(connection, template.account).await? {
                        return Err(StoreError::NotFound.into());
                    }
                    if same_named(connection, &template)
                        .await?
                        .is_some_and(|id| id != template.id)
                    {
                        return Err(StoreError::Taken.into());
                    }
                    put(connection, template).await
                })
            })
            .await
    }

    /// Adds templates of one account, all or none; one of the same key and language is replaced and keeps its identifier.
    ///
    /// # Errors
    /// As [`Store::put_template`], but none is taken.
    pub async fn merge_templates(
        &self,
        account: AccountId,
        templates: Vec<Template>,
    ) -> Result<(), StoreError> {
        self.connections
            .write("keep the templates", move |connection| {
                Box::pin(async move {
                    if !changes::account_is_active(connection, account).await? {
                        return Err(StoreError::NotFound.into());
                    }
                    for mut template in templates {
                        template.account = account;
                        if let Some(id) = same_named(connection, &template).await? {
                            template.id = id;
                        }
                        put(connection, template).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Removes a template; nothing happens if there is none.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn remove_template(&self, id: TemplateId) -> Result<(), StoreError> {
        self.connections
            .write("remove the template", move |connection| {
                Box::pin(async move {
                    sqlx::query("DELETE FROM templates WHERE id = $1")
                        .bind(id.0)
                        .execute(connection)
                        .await?;
                    Ok(())
                })
            })
            .await
    }
}

/// The template of the account that has this one's key and language.
async fn same_named(
    connection: &mut SqliteConnection,
    template: &Template,
) -> Result<Option<TemplateId>, Failure> {
    let found: Option<Uuid> =
        sqlx::query_scalar("SELECT id FROM templates WHERE account = $1 AND key = $2 AND language = $3")
            .bind(template.account.0)
            .bind(&template.key)
            .bind(&template.language)
            .fetch_optional(connection)
            .await?;
    Ok(found.map(TemplateId))
}

async fn put(connection: &mut SqliteConnection, template: Template) -> Result<(), Failure> {
    let parameters =
        serde_json::to_string(&template.parameters).map_err(|error| SqlError::Encode(error.into()))?;
    let done = sqlx::query(
        "INSERT INTO templates (id, account, key, language, body, parameters, header_image, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO UPDATE SET key = excluded.key, \
         language = excluded.language, body = excluded.body, parameters = excluded.parameters, \
         header_image = excluded.header_image, updated_at = excluded.updated_at WHERE account = excluded.account",
    )
    .bind(template.id.0)
    .bind(template.account.0)
    .bind(template.key)
    .bind(template.language)
    .bind(template.text)
    .bind(parameters)
    .bind(template.header_image)
    .bind(template.updated_at.0)
    .execute(connection)
    .await?;
    if done.rows_affected() == 0 {
        return Err(StoreError::NotFound.into());
    }
    Ok(())
}

fn template(row: &SqliteRow) -> Result<Template, SqlError> {
    let parameters: String = row.try_get("parameters")?;
    Ok(Template {
        id: TemplateId(row.try_get("id")?),
        account: AccountId(row.try_get("account")?),
        key: row.try_get("key")?,
        language: row.try_get("language")?,
        text: row.try_get("body")?,
        parameters: serde_json::from_str(&parameters).map_err(|error| SqlError::Decode(error.into()))?,
        header_image: row.try_get("header_image")?,
        updated_at: rows::time(row, "updated_at")?.unwrap_or(Timestamp(0)),
    })
}
