//! Carries what is to be told, one POST after another.

use super::super::life::Shared;
use super::outgoing::{Next, Parcel};
use super::told::{WebhookAttempt, WebhookEnd};
use bytes::Bytes;
use reqwest::header::CONTENT_TYPE;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};
use url::Url;

/// A client for this machine: no proxy, no redirects, no retries of its own.
pub(in crate::simulator) fn client(connections: usize) -> reqwest::Result<reqwest::Client> {
    // The program that is played for may have chosen one already; it is the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([])
        .http1_only()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .pool_max_idle_per_host(connections)
        .build()
}

/// Posts a body; answers the HTTP status, or `None` if no whole answer came within `timeout`.
pub(in crate::simulator) async fn post(
    client: &reqwest::Client,
    url: Url,
    content_type: Option<&str>,
    body: Bytes,
    timeout: Duration,
) -> Option<u16> {
    let mut request = client.post(url).timeout(timeout).body(body);
    if let Some(content_type) = content_type {
        request = request.header(CONTENT_TYPE, content_type);
    }
    let response = request.send().await.ok()?;
    let status = response.status().as_u16();
    // The status counts even if the rest of the answer is lost; reading it keeps the connection.
    let _ = response.bytes().await;
    Some(status)
}

/// Carries what is to be told, until the gateway stops.
pub(in crate::simulator) async fn carry(shared: Arc<Shared>) {
    let client = match client(1) {
        Ok(client) => client,
        Err(error) => return tracing::warn!(%error, "the played gateway cannot tell its webhook"),
    };
    let mut changes = shared.changes();
    loop {
        changes.borrow_and_update();
        let until = match shared.with(|state, now| state.take_parcel(now)) {
            Next::Parcel(parcel) => {
                tokio::select! {
                    () = shared.stop.cancelled() => return,
                    () = deliver(&shared, &client, &parcel) => continue,
                }
            }
            Next::At(instant) => Some(instant),
            Next::Nothing => None,
        };
        let until_due = async {
            match until {
                Some(instant) => sleep_until(instant).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = shared.stop.cancelled() => return,
            changed = changes.changed() => if changed.is_err() { return },
            () = until_due => {}
        }
    }
}

/// Posts one parcel until it is answered or given up. The address is asked for each time: it may have been changed.
async fn deliver(shared: &Shared, client: &reqwest::Client, parcel: &Parcel) {
    let first = Instant::now();
    let mut attempts = 0;
    let end = loop {
        let (config, at) = shared.with(|state, now| (state.outgoing.config.clone(), state.since_start(now)));
        let Some(url) = config.url else {
            break WebhookEnd::NoAddress;
        };
        let began = Instant::now();
        let content_type = parcel.content_type.as_deref();
        let status = post(client, url, content_type, parcel.body.clone(), config.timeout).await;
        attempts += 1;
        let attempt = WebhookAttempt {
            at,
            took: began.elapsed(),
            status,
        };
        shared.with(|state, _| state.note_attempt(parcel, &attempt));
        match status {
            Some(200..=299) => break WebhookEnd::Acknowledged,
            Some(100..=499) => break WebhookEnd::Refused,
            _ => match config.retry.wait_after(attempts, first.elapsed()) {
                Some(wait) => tokio::time::sleep(wait).await,
                None => break WebhookEnd::GivenUp,
            },
        }
    };
    shared.with(|state, _| state.note_end(parcel, end));
}
