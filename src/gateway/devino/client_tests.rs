use super::*;
use crate::domain::message::ReasonKind;
use crate::domain::{ClientMessageId, PhoneNumber};
use crate::gateway::AUTH_FORM;
use crate::gateway::test_server::{Play, Seen, TestServer};
use std::time::Duration;

const KEY: &str = "canary+Key/7f==";
const PASSWORD: &str = "canary pass:7f\u{e9}";

fn credentials(base_url: Url, fields: &[(&str, &str)]) -> Credentials {
    Credentials {
        base_url,
        fields: fields
            .iter()
            .map(|(key, value)| ((*key).to_owned(), Secret::new((*value).to_owned())))
            .collect(),
    }
}

const BY_KEY_FIELDS: &[(&str, &str)] = &[("key", KEY), ("sender", "MyCompany")];
const BY_LOGIN_FIELDS: &[(&str, &str)] = &[
    (AUTH_FORM, "login"),
    ("login", "loja"),
    ("password", PASSWORD),
    ("sender", "MyCompany"),
];

fn client(base: Url) -> Devino {
    bounded(base, Duration::from_secs(20))
}

fn bounded(base: Url, whole: Duration) -> Devino {
    let timeouts = Timeouts {
        connect: Duration::from_secs(10),
        send: whole,
        read: whole,
    };
    Devino::with_timeouts(credentials(base, BY_KEY_FIELDS), timeouts).unwrap()
}

/// The messages 0, 1, 2 … `count`, told apart by their text.
fn messages(count: usize) -> Vec<SendRequest> {
    (0..count)
        .map(|number| SendRequest {
            client_id: ClientMessageId::from_stored(format!("{number:032x}")),
            to: PhoneNumber::from_digits("5511900000012").unwrap(),
            text: number.to_string(),
            attachment: None,
            template: None,
            callback: None,
        })
        .collect()
}

fn accepted(numbers: std::ops::Range<usize>) -> Play {
    let entries: Vec<String> = numbers
        .map(|number| format!("{{\"code\":\"OK\",\"messageId\":\"id-{number}\"}}"))
        .collect();
    let body = format!("{{\"result\":[{}]}}", entries.join(","));
    Play::http(200, "", body.as_bytes())
}

fn refused_whole(key: &str, place: &str) -> Play {
    let body = format!("{{\"code\":\"REJECTED\",\"reasons\":[{{\"key\":\"{key}\",\"ref\":\"{place}\"}}]}}");
    Play::http(400, "", body.as_bytes())
}

/// Which messages a request held.
fn held(seen: &Seen) -> Vec<usize> {
    let body: serde_json::Value = serde_json::from_slice(&seen.body).unwrap();
    let messages = body["messages"].as_array().unwrap();
    messages
        .iter()
        .map(|message| message["text"].as_str().unwrap().parse().unwrap())
        .collect()
}

/// Sends messages to a server that plays this: what became of each, and which messages each call held.
async fn sent(count: usize, plays: Vec<Play>) -> (Vec<SendVerdict>, Vec<Vec<usize>>) {
    let server = TestServer::start(Play::InTurn(plays)).await;
    let reports = client(server.url()).send_many(&messages(count)).await;
    assert_eq!(reports.len(), count);
    let seen = server.seen().iter().map(held).collect();
    (reports.into_iter().map(|report| report.verdict).collect(), seen)
}

fn taken(number: usize) -> SendVerdict {
    SendVerdict::Accepted {
        gateway_id: Some(format!("id-{number}")),
    }
}

#[tokio::test]
async fn a_message_goes_out_as_documented() {
    let server = TestServer::start(accepted(7..8)).await;
    let report = client(server.url()).send(&messages(1)[0]).await;
    let seen = server.seen();
    assert_eq!((seen.len(), server.connections()), (1, 1));
    assert_eq!(seen[0].line, "POST /api/json/whatsapp/messages HTTP/1.1");
    assert_eq!(
        String::from_utf8(seen[0].body.clone()).unwrap(),
        "{\"messages\":[{\"from\":\"MyCompany\",\"to\":\"5511900000012\",\"text\":\"0\",\
         \"callbackData\":\"00000000000000000000000000000000\"}]}"
    );
    for header in [
        format!("authorization: Key {KEY}\n"),
        "content-type: application/json\n".to_owned(),
        "accept: application/json\n".to_owned(),
    ] {
        assert!(seen[0].headers.contains(&header), "{header}: {}", seen[0].headers);
    }
    assert_eq!(
        report,
        SendReport {
            verdict: taken(7),
            raw: Some("HTTP 200\n{\"result\":[{\"code\":\"OK\",\"messageId\":\"id-7\"}]}".to_owned()),
        }
    );
}

#[tokio::test]
async fn login_and_password_go_as_basic() {
    let server = TestServer::start(accepted(0..1)).await;
    let client = Devino::new(credentials(server.url(), BY_LOGIN_FIELDS)).unwrap();
    assert_eq!(client.send(&messages(1)[0]).await.verdict, taken(0));
    let encoded = STANDARD.encode(format!("loja:{PASSWORD}"));
    let header = format!("authorization: Basic {encoded}\n");
    assert!(server.seen()[0].headers.contains(&header));
}

#[tokio::test]
async fn the_test_sends_nothing() {
    let taken = r#"{"code":"REJECTED","reasons":[{"key":"must.be.not.null","ref":"messages"}]}"#;
    for (status, body, expected) in [
        (400, taken, Ok(None)),
        (
            401,
            "<p>no",
            Err(GatewayError::CredentialsRefused {
                words: "HTTP 401: no".to_owned(),
            }),
        ),
        (
            404,
            "<p>no",
            Err(GatewayError::Unreadable {
                words: "HTTP 404: no".to_owned(),
            }),
        ),
    ] {
        let server = TestServer::start(Play::http(status, "", body.as_bytes())).await;
        assert_eq!(client(server.url()).test().await, expected, "{status}");
        assert_eq!(server.seen()[0].body, b"{\"messages\":[]}");
        assert_eq!(server.connections(), 1);
    }
}

#[tokio::test]
async fn messages_go_in_batches_and_each_has_its_own_end() {
    let (verdicts, calls) = sent(45, vec![accepted(0..20), accepted(20..40), accepted(40..45)]).await;
    assert_eq!(verdicts, (0..45).map(taken).collect::<Vec<_>>());
    let expected: Vec<Vec<usize>> = vec![(0..20).collect(), (20..40).collect(), (40..45).collect()];
    assert_eq!(calls, expected);
    assert!(
        client(Url::parse("https://gateway.example/").unwrap())
            .send_many(&[])
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn a_batch_that_is_too_large_is_split_in_halves() {
    let too_many = || refused_whole("too.many.messages", "messages");
    let (verdicts, calls) = sent(
        5,
        vec![
            too_many(),
            accepted(0..2),
            too_many(),
            accepted(2..3),
            accepted(3..5),
        ],
    )
    .await;
    assert_eq!(verdicts, (0..5).map(taken).collect::<Vec<_>>());
    let expected: [&[usize]; 5] = [&[0, 1, 2, 3, 4], &[0, 1], &[2, 3, 4], &[2], &[3, 4]];
    assert_eq!(calls, expected);
    // One that always finds it too large: each message is tried alone once, and there is an end.
    let (verdicts, calls) = sent(20, vec![too_many()]).await;
    assert!(verdicts.iter().all(|verdict| matches!(
        verdict,
        SendVerdict::Rejected(reason) if reason.detail.as_deref() == Some("devino-too-many")
    )));
    assert_eq!(calls.len(), 39);
    let mut alone: Vec<usize> = calls
        .iter()
        .filter(|call| call.len() == 1)
        .flatten()
        .copied()
        .collect();
    alone.sort_unstable();
    assert_eq!(alone, (0..20).collect::<Vec<_>>());
}

#[tokio::test]
async fn one_faulty_message_does_not_take_the_others_along() {
    let faulty = |verdict: &SendVerdict| matches!(verdict, SendVerdict::Rejected(reason) if reason.kind == ReasonKind::InvalidRecipient);
    let (verdicts, calls) = sent(
        3,
        vec![refused_whole("invalid", "messages[1].to"), accepted(0..2)],
    )
    .await;
    assert_eq!(calls, [vec![0, 1, 2], vec![0, 2]]);
    assert!(verdicts[0] == taken(0) && faulty(&verdicts[1]) && verdicts[2] == taken(1));
    // Not said which: found by halves.
    let (verdicts, calls) = sent(
        3,
        vec![
            refused_whole("invalid", "messages[i].to"),
            accepted(0..1),
            refused_whole("invalid", "messages[i].to"),
            refused_whole("invalid", "messages[i].to"),
            accepted(2..3),
        ],
    )
    .await;
    assert_eq!(calls, [vec![0, 1, 2], vec![0], vec![1, 2], vec![1], vec![2]]);
    assert!(verdicts[0] == taken(0) && faulty(&verdicts[1]) && verdicts[2] == taken(2));
}

#[tokio::test]
async fn beside_a_message_a_failing_server_refused_nothing_is_posted_again() {
    let failing = Play::http(
        500,
        "",
        br#"{"reasons":[{"key":"invalid","ref":"messages[1].to"}]}"#,
    );
    let (verdicts, calls) = sent(25, vec![failing, accepted(0..25)]).await;
    assert_eq!(calls, [(0..20).collect::<Vec<_>>()]);
    for (index, verdict) in verdicts.iter().enumerate() {
        let expected = match verdict {
            SendVerdict::Rejected(reason) => index == 1 && reason.kind == ReasonKind::InvalidRecipient,
            SendVerdict::Ambiguous(reason) => index < 20 && reason.kind == ReasonKind::GatewayFailure,
            SendVerdict::NotSent { .. } => index >= 20,
            _ => false,
        };
        assert!(expected, "{index}: {verdict:?}");
    }
}

#[tokio::test]
async fn a_batch_found_too_large_is_not_made_again() {
    let plays = vec![
        refused_whole("too.many.messages", "messages"),
        accepted(0..5),
        accepted(5..10),
        accepted(0..5),
        accepted(5..8),
    ];
    let server = TestServer::start(Play::InTurn(plays)).await;
    let client = client(server.url());
    for count in [10, 8] {
        let reports = client.send_many(&messages(count)).await;
        let verdicts: Vec<SendVerdict> = reports.into_iter().map(|report| report.verdict).collect();
        assert_eq!(verdicts, (0..count).map(taken).collect::<Vec<_>>());
    }
    let lengths: Vec<usize> = server.seen().iter().map(|seen| held(seen).len()).collect();
    assert_eq!(lengths, [10, 5, 5, 5, 3]);
}

#[tokio::test]
async fn no_call_is_begun_that_could_end_too_late_or_after_the_stop() {
    // With this bound a second call could end after the time of a send.
    let server = TestServer::start(refused_whole("too.many.messages", "messages")).await;
    let slow = bounded(server.url(), SENDS_WITHIN);
    let stopped = client(server.url());
    stopped.begin_no_more();
    for (client, words) in [(slow, "took too long"), (stopped, "stops")] {
        let before = server.seen().len();
        let reports = client.send_many(&messages(4)).await;
        assert_eq!((reports.len(), server.seen().len()), (4, before + 1));
        for report in reports {
            assert!(
                matches!(&report.verdict, SendVerdict::NotSent { words: said } if said.contains(words)),
                "{report:?}"
            );
        }
    }
}

#[tokio::test]
async fn after_an_unclear_answer_nothing_more_is_tried() {
    let table = [
        (Play::CloseAfterRequest, 20),
        (Play::http(500, "", b"x"), 20),
        (Play::http(200, "", b"<p>"), 20),
    ];
    for (play, unclear) in table {
        let (verdicts, calls) = sent(30, vec![play.clone()]).await;
        assert_eq!(calls.len(), 1, "{play:?}");
        for (index, verdict) in verdicts.iter().enumerate() {
            match verdict {
                SendVerdict::Ambiguous(_) => assert!(index < unclear),
                SendVerdict::NotSent { .. } => assert!(index >= unclear),
                other => panic!("{play:?}: {other:?}"),
            }
        }
    }
    for (play, expected) in [
        (Play::http(401, "", b""), "CredentialsRefused"),
        (Play::http(402, "", b""), "PaymentNeeded"),
        (
            Play::http(429, "Retry-After: 9\r\n", b""),
            "retry_after: Some(9s)",
        ),
    ] {
        let (verdicts, calls) = sent(30, vec![play]).await;
        assert_eq!(calls.len(), 1);
        assert!(
            verdicts
                .iter()
                .all(|verdict| format!("{verdict:?}").contains(expected)),
            "{verdicts:?}"
        );
    }
}

#[test]
fn the_address_is_joined_with_and_without_a_slash() {
    let whole = "https://gateway.example/a/whatsapp/messages";
    for (base, joined) in [
        ("https://gateway.example/a/", whole),
        ("https://gateway.example/a", whole),
        ("https://gateway.example/a/whatsapp/messages", whole),
        ("https://gateway.example/a/whatsapp/messages/", whole),
        (
            "https://gateway.example",
            "https://gateway.example/whatsapp/messages",
        ),
        (
            "https://gateway.example/whatsapp?k=1#x",
            "https://gateway.example/whatsapp/whatsapp/messages?k=1",
        ),
        (
            CAPABILITIES.default_base_url,
            "https://api.devino.online/whatsapp/messages",
        ),
    ] {
        assert_eq!(client(Url::parse(base).unwrap()).address().as_str(), joined);
    }
}

#[test]
fn without_credentials_or_encryption_there_is_no_client() {
    let https = || Url::parse("https://gateway.example/").unwrap();
    let refused: &[&[(&str, &str)]] = &[
        &[],
        &[("key", KEY)],
        &[("key", KEY), ("sender", "")],
        &[("sender", "x")],
        &[("key", ""), ("sender", "x")],
        &[("key", "a b"), ("sender", "x")],
        &[("key", "a\r\nb"), ("sender", "x")],
        &[("key", "chav\u{e9}"), ("sender", "x")],
        &[(AUTH_FORM, "login"), ("key", KEY), ("sender", "x")],
        &[(AUTH_FORM, "login"), ("login", "a"), ("sender", "x")],
        &[
            (AUTH_FORM, "login"),
            ("login", "a:b"),
            ("password", "c"),
            ("sender", "x"),
        ],
        &[(AUTH_FORM, "other"), ("key", KEY), ("sender", "x")],
    ];
    for fields in refused {
        let made = Devino::new(credentials(https(), fields));
        assert!(
            matches!(made, Err(GatewayError::CredentialsRefused { .. })),
            "{fields:?}"
        );
    }
    let accepted: &[&[(&str, &str)]] = &[
        BY_KEY_FIELDS,
        BY_LOGIN_FIELDS,
        &[
            (AUTH_FORM, "key"),
            ("key", KEY),
            ("sender", "x"),
            ("password", ""),
        ],
    ];
    for fields in accepted {
        assert!(Devino::new(credentials(https(), fields)).is_ok(), "{fields:?}");
    }
    let plain = Url::parse("http://gateway.example/").unwrap();
    assert!(matches!(
        Devino::new(credentials(plain, BY_KEY_FIELDS)),
        Err(GatewayError::Unreachable {
            may_have_left: false,
            ..
        })
    ));
}

#[tokio::test]
async fn whatever_the_server_does_a_send_ends_and_is_made_once() {
    let good = br#"{"result":[{"code":"OK","messageId":"1"}]}"#;
    let half = b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{\"result\":[{\"code\":\"OK\"}".to_vec();
    let table = [
        (Play::CloseAtOnce, ReasonKind::ConnectionLost),
        (Play::CloseAfterRequest, ReasonKind::ConnectionLost),
        (Play::ResetAfterRequest, ReasonKind::ConnectionLost),
        (Play::ResetAfter(half.clone()), ReasonKind::ConnectionLost),
        (Play::KeepSilent, ReasonKind::TimedOut),
        (Play::Drip(half), ReasonKind::TimedOut),
        (Play::http(200, "", b""), ReasonKind::UnreadableAnswer),
        (Play::http(200, "", b"<h1>Ola"), ReasonKind::UnreadableAnswer),
        (Play::http(200, "", &good[..9]), ReasonKind::UnreadableAnswer),
        (
            Play::http(302, "Location: /x\r\n", good),
            ReasonKind::UnreadableAnswer,
        ),
        (
            Play::http(503, "Retry-After: 3\r\n", b"busy"),
            ReasonKind::GatewayFailure,
        ),
    ];
    for (play, kind) in table {
        let server = TestServer::start(play.clone()).await;
        let whole = Duration::from_millis(if kind == ReasonKind::TimedOut { 300 } else { 20_000 });
        let report = bounded(server.url(), whole).send(&messages(1)[0]).await;
        assert!(
            matches!(&report.verdict, SendVerdict::Ambiguous(reason) if reason.kind == kind),
            "{play:?} → {report:?}"
        );
        assert_eq!(server.connections(), 1, "{play:?}");
    }
}

#[tokio::test]
async fn what_could_not_leave_is_not_sent() {
    let server = TestServer::start(Play::CloseAtOnce).await;
    let mut base = server.url();
    base.set_scheme("https").unwrap();
    let reports = client(base.clone()).send_many(&messages(30)).await;
    assert_eq!(reports.len(), 30);
    for report in reports {
        assert!(matches!(report.verdict, SendVerdict::NotSent { .. }) && report.raw.is_none());
    }
    assert_eq!(server.connections(), 1);
    assert!(matches!(
        client(base).test().await,
        Err(GatewayError::Unreachable {
            may_have_left: false,
            ..
        })
    ));
}

#[tokio::test]
async fn a_server_that_repeats_the_request_gives_no_secret_away() {
    let both = format!("loja:{PASSWORD}");
    for fields in [BY_KEY_FIELDS, BY_LOGIN_FIELDS] {
        let echo = format!(
            "<pre>Key {KEY} Basic {} {both} {PASSWORD} {}</pre>",
            STANDARD.encode(&both),
            STANDARD.encode(format!("x{KEY}"))
        );
        for status in [200, 401, 500] {
            let server = TestServer::start(Play::http(status, "", echo.as_bytes())).await;
            let client = Devino::new(credentials(server.url(), fields)).unwrap();
            let report = client.send(&messages(1)[0]).await;
            let all = format!("{report:?} {:?} {client:?}", client.test().await);
            assert!(all.contains("[secret]"), "{all}");
            let secrets: Vec<String> = match fields.len() {
                2 => vec![KEY.to_owned(), STANDARD.encode(KEY)],
                _ => vec![PASSWORD.to_owned(), STANDARD.encode(&both)],
            };
            for secret in secrets {
                assert!(!all.contains(&secret[..secret.len() - 4]), "{secret}: {all}");
            }
        }
    }
}
