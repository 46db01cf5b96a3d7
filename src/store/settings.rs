//! The settings: one JSON document.

use super::{Store, StoreError};
use crate::domain::settings::Settings;
use serde_json::{Map, Value};
use sqlx::Error as SqlError;

impl Store {
    /// The settings; defaults if none were saved, and for every value that cannot be read.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn settings(&self) -> Result<Settings, StoreError> {
        self.connections
            .read("read the settings", |connection| {
                Box::pin(async move {
                    let stored: Option<String> =
                        sqlx::query_scalar("SELECT value FROM settings WHERE key = 'settings'")
                            .fetch_optional(connection)
                            .await?;
                    Ok(stored.map_or_else(Settings::default, |json| lenient(&json)))
                })
            })
            .await
    }

    /// Saves the settings.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn put_settings(&self, settings: &Settings) -> Result<(), StoreError> {
        let settings = settings.clone();
        self.connections
            .write("save the settings", move |connection| {
                Box::pin(async move {
                    let json =
                        serde_json::to_string(&settings).map_err(|error| SqlError::Encode(error.into()))?;
                    sqlx::query(
                        "INSERT INTO settings (key, value) VALUES ('settings', $1) \
                         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                    )
                    .bind(json)
                    .execute(connection)
                    .await?;
                    Ok(())
                })
            })
            .await
    }
}

/// Reads a document value by value, so that one that is unknown here does not cost the others.
fn lenient(json: &str) -> Settings {
    if let Ok(settings) = serde_json::from_str::<Settings>(json) {
        return settings.clamped();
    }
    let stored: Map<String, Value> = serde_json::from_str(json).unwrap_or_default();
    let mut kept = Map::new();
    for (key, value) in stored {
        kept.insert(key.clone(), value);
        if serde_json::from_value::<Settings>(Value::Object(kept.clone())).is_err() {
            kept.remove(&key);
        }
    }
    serde_json::from_value::<Settings>(Value::Object(kept))
        .unwrap_or_default()
        .clamped()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::settings::ThemeChoice;

    #[test]
    fn one_unreadable_value_does_not_cost_the_others() {
        let settings =
            lenient(r#"{"theme":"sepia","scale_percent":9000,"language":"es","notifications":false}"#);
        assert_eq!(
            (
                settings.theme,
                settings.scale_percent,
                settings.language.as_deref()
            ),
            (ThemeChoice::System, 200, Some("es"))
        );
        assert!(!settings.notifications);
        assert_eq!(lenient("[1, 2"), Settings::default());
    }
}
