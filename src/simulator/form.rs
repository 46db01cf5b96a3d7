//! The fields of a request, read as PHP reads them: multipart or urlencoded, the last of a name counts, and what cannot
//! be read is no field.

use super::ledger::BodyEncoding;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;

/// Fields that are credentials and appear in no record.
const CREDENTIAL_FIELDS: [&str; 3] = ["email", "token", "idapp"];

/// The fields of a request, in their order.
#[derive(Clone)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Fields in their order.
    pub(super) fn new(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// A field by name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .rev()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    /// All but the credentials.
    pub(super) fn without_credentials(self) -> Vec<(String, String)> {
        self.0
            .into_iter()
            .filter(|(name, _)| !CREDENTIAL_FIELDS.contains(&name.as_str()))
            .collect()
    }

    /// None.
    pub(super) fn none() -> Self {
        Self(Vec::new())
    }
}

/// Reads the fields of a body.
pub(super) async fn read(parts: Parts, body: Bytes) -> (BodyEncoding, Fields) {
    let content_type = parts
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_ascii_lowercase();
    if content_type.starts_with("application/x-www-form-urlencoded") {
        let pairs = url::form_urlencoded::parse(&body).into_owned().collect();
        return (BodyEncoding::UrlEncoded, Fields::new(pairs));
    }
    if content_type.starts_with("multipart/form-data")
        && let Some(fields) = read_multipart(Request::from_parts(parts, Body::from(body))).await
    {
        return (BodyEncoding::Multipart, fields);
    }
    (BodyEncoding::Unreadable, Fields::none())
}

async fn read_multipart(request: Request) -> Option<Fields> {
    let mut multipart = Multipart::from_request(request, &()).await.ok()?;
    let mut pairs = Vec::new();
    while let Some(field) = multipart.next_field().await.ok()? {
        let name = field.name().unwrap_or_default().to_owned();
        let value = field.bytes().await.ok()?;
        pairs.push((name, String::from_utf8_lossy(&value).into_owned()));
    }
    Some(Fields::new(pairs))
}
