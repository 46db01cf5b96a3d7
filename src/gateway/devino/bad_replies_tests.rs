//! This gateway's calls against the table of bad replies, with both forms of its credentials.

use super::*;
use crate::domain::MediaKind;
use crate::gateway::AUTH_FORM;
use crate::gateway::bad_replies_tests::{
    Call, Connect, Contract, End, Endpoint, cut_at_every_byte, every_kind, file, template, text,
};
use std::sync::Arc;

const KEY: &str = "canaryKey7f3a9c";

fn connect(more: &'static [(&'static str, &'static str)]) -> Connect {
    Box::new(move |base_url, timeouts| {
        let fields = more
            .iter()
            .chain(&[("sender", "MyCompany")])
            .map(|(key, value)| ((*key).to_owned(), Secret::new((*value).to_owned())))
            .collect();
        Arc::new(Devino::with_timeouts(Credentials { base_url, fields }, timeouts).unwrap())
    })
}

/// The list of results, one for each message.
fn taken(count: u64) -> String {
    let one = |number| {
        format!(
            "{{\"code\":\"OK\",\"messageId\":\"{}\"}}",
            3_482_512_350_952_730_368 + number
        )
    };
    let all: Vec<String> = (0..count).map(one).collect();
    format!("{{\"result\":[{}]}}", all.join(","))
}

fn sending(name: &'static str, call: Call, count: u64) -> Endpoint {
    Endpoint {
        name,
        call,
        good: taken(count),
        refusal: r#"{"code":"REJECTED","reasons":[{"key":"forbidden"}],"description":"Forbidden"}"#
            .to_owned(),
        good_is_error: false,
        payment: End::Wait,
    }
}

fn contract() -> Contract {
    Contract {
        gateway: CAPABILITIES.vendor,
        forms: vec![
            ("key", connect(&[("key", KEY)])),
            (
                "login",
                connect(&[(AUTH_FORM, BY_LOGIN), ("login", "loja"), ("password", KEY)]),
            ),
        ],
        endpoints: vec![
            sending("text", Call::send(text(0)), 1),
            sending("document", Call::send(file(MediaKind::Document, "pdf")), 1),
            sending("template", Call::send(template()), 1),
            sending("several", Call::Many((0..3).map(text).collect()), 3),
            Endpoint {
                good: r#"{"code":"REJECTED","reasons":[{"key":"must.be.not.null","ref":"messages"}]}"#
                    .to_owned(),
                good_is_error: true,
                payment: End::Refused,
                ..sending("test", Call::Test, 0)
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
