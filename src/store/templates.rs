//! The libraries of templates.

use super::{Store, StoreError, rows};
use crate::domain::{AccountId, Template, TemplateId, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{Error as SqlError, Row as _};

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
    /// [`StoreError::Database`], also if another one has the same key and language.
    pub async fn put_template(&self, template: &Template) -> Result<(), StoreError> {
        let template = template.clone();
        self.connections
            .write("keep the template", move |connection| {
                Box::pin(async move {
                    let parameters = serde_json::to_string(&template.parameters)
                        .map_err(|error| SqlError::Encode(error.into()))?;
                    sqlx::query(
                        "INSERT INTO templates (id, account, key, language, body, parameters, header_image, updated_at) \
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO UPDATE SET key = excluded.key, \
                         language = excluded.language, body = excluded.body, parameters = excluded.parameters, \
                         header_image = excluded.header_image, updated_at = excluded.updated_at",
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
