//! Replies that are bad below their body: connections that break, lengths that are wrong, what is no HTTP at all.

use super::kinds::Kind;
use super::{End, Endpoint, Expected, Play};
use crate::gateway::http::BODY_MAX;
use Expected::{Only, Same, SameOrUnclear};

const UNCLEAR: Expected = Only(End::Unclear);

/// Announces this length and ends after these bytes.
pub(super) fn announced(length: usize, body: &[u8]) -> Play {
    let head = format!("HTTP/1.1 200 X\r\nContent-Length: {length}\r\n\r\n");
    Play::Answer([head.as_bytes(), body].concat())
}

fn raw(head: &str, body: &str) -> Play {
    Play::Answer(format!("{head}{body}").into_bytes())
}

fn chunked(body: &str, end: &str) -> Play {
    let head = "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n";
    raw(head, &format!("{:x}\r\n{body}\r\n{end}", body.len()))
}

/// Answers that end at once.
pub(super) fn answers(endpoint: &Endpoint) -> Vec<Kind> {
    let good = endpoint.good.as_str();
    let length = good.len();
    let head = format!("HTTP/1.1 200 X\r\nContent-Length: {length}\r\n");
    let odd_status = if endpoint.good_is_error {
        SameOrUnclear
    } else {
        UNCLEAR
    };
    let endless = format!("{}{good}", " ".repeat(BODY_MAX));
    let kinds = vec![
        ("no type", raw(&format!("{head}\r\n"), good), Same),
        (
            "HTTP/1.0 until the end",
            raw("HTTP/1.0 200 X\r\n\r\n", good),
            Same,
        ),
        ("in a chunk", chunked(good, "0\r\n\r\n"), Same),
        (
            "a hint before",
            raw(&format!("HTTP/1.1 103 X\r\n\r\n{head}\r\n"), good),
            Same,
        ),
        (
            "one byte missing at the end",
            raw("HTTP/1.1 200 X\r\n\r\n", &good[..length - 1]),
            UNCLEAR,
        ),
        (
            "one byte announced too little",
            announced(length - 1, good.as_bytes()),
            UNCLEAR,
        ),
        (
            "one byte announced too much",
            announced(length + 1, good.as_bytes()),
            UNCLEAR,
        ),
        ("a chunk and no end", chunked(good, ""), UNCLEAR),
        ("a chunk of no size", chunked(good, "zz\r\n"), UNCLEAR),
        (
            "two lengths",
            raw(&format!("{head}Content-Length: 3\r\n\r\n"), good),
            UNCLEAR,
        ),
        (
            "a length that is none",
            raw("HTTP/1.1 200 X\r\nContent-Length: x\r\n\r\n", good),
            UNCLEAR,
        ),
        (
            "a length below zero",
            raw("HTTP/1.1 200 X\r\nContent-Length: -1\r\n\r\n", good),
            UNCLEAR,
        ),
        (
            "said to be compressed",
            raw(&format!("{head}Content-Encoding: gzip\r\n\r\n"), good),
            SameOrUnclear,
        ),
        ("no HTTP", raw("SSH-2.0-OpenSSH_9.9\r\n", ""), UNCLEAR),
        ("no head", raw("", good), UNCLEAR),
        ("half a head", raw("HTTP/1.1 200 X\r\nContent-", ""), UNCLEAR),
        (
            "only a promise",
            raw("HTTP/1.1 100 Continue\r\n\r\n", ""),
            UNCLEAR,
        ),
        (
            "status 999",
            raw(
                &format!("HTTP/1.1 999 X\r\nContent-Length: {length}\r\n\r\n"),
                good,
            ),
            odd_status,
        ),
        (
            "status 20",
            raw(
                &format!("HTTP/1.1 20 X\r\nContent-Length: {length}\r\n\r\n"),
                good,
            ),
            UNCLEAR,
        ),
        (
            "a head without end",
            raw(&format!("{head}X: {}\r\n\r\n", "x".repeat(1 << 20)), good),
            UNCLEAR,
        ),
        (
            "a body beyond all bounds",
            announced(endless.len(), endless.as_bytes()),
            UNCLEAR,
        ),
        ("closed unread", Play::CloseAtOnce, UNCLEAR),
        ("closed", Play::CloseAfterRequest, UNCLEAR),
        ("reset", Play::ResetAfterRequest, UNCLEAR),
        ("reset after half", Play::ResetAfter(half(endpoint)), UNCLEAR),
    ];
    of(kinds)
}

/// Answers that do not end.
pub(super) fn endless(endpoint: &Endpoint) -> Vec<Kind> {
    let kinds = vec![
        ("silence", Play::KeepSilent, UNCLEAR),
        ("half, then drop by drop", Play::Drip(half(endpoint)), UNCLEAR),
        (
            "a head drop by drop",
            Play::Drip(b"HTTP/1.1 200 X\r\nX: ".to_vec()),
            UNCLEAR,
        ),
    ];
    of(kinds)
}

fn of(kinds: Vec<(&'static str, Play, Expected)>) -> Vec<Kind> {
    let kinds = kinds.into_iter();
    kinds
        .map(|(name, play, expected)| Kind { name, play, expected })
        .collect()
}

/// The head and half of the body.
fn half(endpoint: &Endpoint) -> Vec<u8> {
    let good = endpoint.good.as_bytes();
    let head = format!("HTTP/1.1 200 X\r\nContent-Length: {}\r\n\r\n", 9_000);
    [head.as_bytes(), &good[..good.len() / 2]].concat()
}
