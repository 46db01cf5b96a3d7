//! This gateway's two functions against the table of bad replies, with the three readings of how the key is sent.

use super::*;
use crate::domain::MediaKind;
use crate::gateway::AUTH_FORM;
use crate::gateway::bad_replies_tests::{
    Call, Connect, Contract, End, Endpoint, cut_at_every_byte, every_kind, file, template, text,
};
use std::sync::Arc;

const KEY: &str = "canary-key-7f3a9c";

fn connect(form: &'static str) -> Connect {
    Box::new(move |base_url, timeouts| {
        let fields = [("key", KEY), ("sender", "Custom Company"), (AUTH_FORM, form)];
        let fields = fields
            .into_iter()
            .map(|(name, value)| (name.to_owned(), Secret::new(value.to_owned())))
            .collect();
        Arc::new(DecisionTelecom::with_timeouts(Credentials { base_url, fields }, timeouts).unwrap())
    })
}

/// A documented error.
const ERROR: &str = r#"{"name":"Bad Request","message":"Empty parameter or parameter validation error","code":1,"status":400}"#;

fn endpoint(name: &'static str, call: Call, good: &str) -> Endpoint {
    // Of a send only the document's own errors are definite; a question is refused by anything that says no.
    let (payment, refusal) = if matches!(call, Call::Send(_) | Call::Many(_)) {
        (End::Wait, ERROR)
    } else {
        let unknown_page = r#"{"name":"Not Found","message":"Page not found.","code":0,"status":404}"#;
        (End::Refused, unknown_page)
    };
    Endpoint {
        name,
        call,
        good: good.to_owned(),
        refusal: refusal.to_owned(),
        good_is_error: false,
        payment,
    }
}

fn contract() -> Contract {
    let sent = r#"{"message_id":9007199254740993}"#;
    Contract {
        gateway: CAPABILITIES.vendor,
        forms: [KEY_BASIC, KEY_COLON, KEY_RAW]
            .into_iter()
            .map(|form| (form, connect(form)))
            .collect(),
        endpoints: vec![
            endpoint("text", Call::send(text(0)), sent),
            endpoint("picture", Call::send(file(MediaKind::Image, "jpg")), sent),
            endpoint("template", Call::send(template()), sent),
            endpoint("several", Call::Many(vec![text(0)]), sent),
            endpoint("state", Call::State("554"), r#"{"message_id":554,"status":1}"#),
            endpoint("test", Call::Test, r#"{"message_id":554,"status":6}"#),
            Endpoint {
                good_is_error: true,
                ..endpoint("test, answered with an error", Call::Test, ERROR)
            },
        ],
        secret: KEY,
    }
}

#[tokio::test]
async fn every_kind_of_bad_reply_to_every_call() {
    every_kind(contract()).await;
}

#[tokio::test]
async fn a_reply_cut_at_every_byte() {
    cut_at_every_byte(contract()).await;
}
