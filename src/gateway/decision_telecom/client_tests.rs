use super::*;
use crate::domain::message::{Reason, ReasonKind};
use crate::domain::{Attachment, ClientMessageId, MediaKind, MessageState, PhoneNumber};
use crate::gateway::AUTH_FORM;
use crate::gateway::test_server::{Play, Seen, TestServer};
use std::time::Duration;

const KEY: &str = "canary+key/7f0c";

fn credentials(base_url: Url, form: Option<&str>, key: &str) -> Credentials {
    let fields = [
        ("key", Some(key)),
        ("sender", Some("Custom Company")),
        (AUTH_FORM, form),
    ];
    Credentials {
        base_url,
        fields: fields
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), Secret::new(value?.to_owned()))))
            .collect(),
    }
}

fn client(base: Url) -> DecisionTelecom {
    bounded(base, Duration::from_secs(20))
}

fn bounded(base: Url, whole: Duration) -> DecisionTelecom {
    let timeouts = Timeouts {
        connect: Duration::from_secs(10),
        send: whole,
        read: whole,
    };
    DecisionTelecom::with_timeouts(credentials(base, None, KEY), timeouts).unwrap()
}

fn request(text: &str) -> SendRequest {
    SendRequest {
        client_id: ClientMessageId::from_stored("0123456789abcdef0123456789abcdef".into()),
        to: PhoneNumber::from_digits("5511900000012").unwrap(),
        text: text.into(),
        attachment: None,
        template: None,
        callback: None,
    }
}

/// Starts a server, makes a call against it and tells what came.
async fn captured<T>(status: u16, body: &str, call: impl AsyncFnOnce(DecisionTelecom) -> T) -> (T, Seen) {
    let server = TestServer::start(Play::http(status, "", body.as_bytes())).await;
    let value = call(client(server.url())).await;
    let seen = server.seen();
    assert_eq!((seen.len(), server.connections()), (1, 1));
    (value, seen[0].clone())
}

fn header(seen: &Seen, name: &str) -> String {
    let start = format!("{name}: ");
    let mut values = seen.headers.lines().filter_map(|line| line.strip_prefix(&start));
    let value = values
        .next()
        .unwrap_or_else(|| panic!("no {name}: {}", seen.headers));
    assert_eq!(values.next(), None);
    value.to_owned()
}

#[tokio::test]
async fn a_message_goes_out_as_documented() {
    let reply = r#"{
"message_id":554
}"#;
    let (report, seen) = captured(200, reply, async |client| {
        client.send(&request("Message content")).await
    })
    .await;
    assert_eq!(seen.line, "POST /api/json/send-whatsapp HTTP/1.1");
    assert_eq!(header(&seen, "content-type"), "application/json");
    assert_eq!(
        String::from_utf8(seen.body).unwrap(),
        r#"{"source_addr":"Custom Company","destination_addr":"5511900000012","message_type":1,"text":"Message content"}"#
    );
    assert_eq!(
        report,
        SendReport {
            verdict: SendVerdict::Accepted {
                gateway_id: Some("554".into())
            },
            raw: Some(format!("HTTP 200\n{reply}")),
        }
    );
}

#[tokio::test]
async fn a_status_is_asked_for_as_documented() {
    // The sample of the document, with its trailing comma.
    let reply = "{\n\"message_id\":554,\n\"status\":1,\n}";
    let (answer, seen) = captured(200, reply, async |client| client.message_state("554").await).await;
    assert_eq!(seen.line, "POST /api/json/receive-whatsapp HTTP/1.1");
    assert_eq!(seen.body, br#"{"message_id":554}"#);
    assert_eq!(answer.unwrap().state, Some(MessageState::Delivered));
}

#[tokio::test]
async fn the_key_is_sent_in_each_of_its_forms() {
    let coded = |text: &str| format!("Basic {}", STANDARD.encode(text));
    for (form, expected) in [
        (None, coded(KEY)),
        (Some(""), coded(KEY)),
        (Some("key-basic"), coded(KEY)),
        (Some("key-colon"), coded(&format!("{KEY}:"))),
        (Some("key-raw"), format!("Basic {KEY}")),
    ] {
        let server = TestServer::start(Play::http(200, "", b"{\"message_id\":1}")).await;
        let client = DecisionTelecom::new(credentials(server.url(), form, KEY)).unwrap();
        let _ = client.send(&request("oi")).await;
        let _ = client.message_state("1").await;
        let _ = client.test().await;
        let seen = server.seen();
        assert_eq!(seen.len(), 3);
        for seen in seen {
            assert_eq!(header(&seen, "authorization"), expected, "{form:?}");
        }
    }
    assert_eq!(CAPABILITIES.auth_forms, ["key-basic", "key-colon", "key-raw"]);
}

#[tokio::test]
async fn the_test_sends_nothing_and_tells_whether_the_key_was_taken() {
    #[derive(Debug, PartialEq)]
    enum End {
        Taken,
        Refused,
        Wait,
        SaidNo,
        Unreadable,
    }
    let parameter = r#"{"name":"Invalid Parameter: message_id","message":"Empty parameter or parameter validation error","code":1,"status":400}"#;
    for (status, body, end) in [
        (400, parameter, End::Taken),
        (200, parameter, End::Taken),
        (
            200,
            r#"{"message":"Empty parameter or parameter validation error","code":1,"status":4}"#,
            End::Taken,
        ),
        (200, r#"{"message_id":0,"status":6,}"#, End::Taken),
        (200, r#"{"message_id":0,"status":null}"#, End::Taken),
        (
            404,
            r#"{"name":"Not Found","message":"Message not found","code":0,"status":404}"#,
            End::Taken,
        ),
        (
            422,
            r#"{"name":"Unprocessable","message":"message_id must not be 0","code":0,"status":422}"#,
            End::Taken,
        ),
        (
            402,
            r#"{"message":"User balance is empty","code":3,"status":402}"#,
            End::Taken,
        ),
        (
            500,
            r#"{"message":"The server encountered an unexpected condition which prevented it from fulfilling the request","code":4,"status":500}"#,
            End::Taken,
        ),
        (
            401,
            r#"{"message":"Invalid file extension","code":9,"status":401}"#,
            End::Taken,
        ),
        (401, "", End::Refused),
        (401, "<h1>Unauthorized</h1>", End::Refused),
        (403, "{}", End::Refused),
        (
            401,
            r#"{"name":"Unauthorized","message":"Your request was made with invalid credentials.","code":0,"status":401}"#,
            End::Refused,
        ),
        (
            200,
            r#"{"name":"Unauthorized","message":"Your request was made with invalid credentials.","code":0,"status":401}"#,
            End::Refused,
        ),
        (
            429,
            r#"{"message":"Rate limit exceeded","code":0,"status":429}"#,
            End::Wait,
        ),
        (429, "", End::Wait),
        (
            404,
            r#"{"name":"Not Found","message":"Page not found.","code":0,"status":404}"#,
            End::SaidNo,
        ),
        (404, "<h1>Not found</h1>", End::Unreadable),
        (200, "<h1>Bom dia</h1>", End::Unreadable),
        (200, r#"{"status":"ok"}"#, End::Unreadable),
        (200, r#"{"message_id":[554],"status":{"x":1}}"#, End::Unreadable),
        (200, r#"{"message_id":"","status":""}"#, End::Unreadable),
        (200, "", End::Unreadable),
        (
            500,
            r#"{"name":"PHP Warning","message":"x","code":2,"status":500}"#,
            End::Unreadable,
        ),
        (502, "<h1>Bad gateway</h1>", End::Unreadable),
        (302, parameter, End::Unreadable),
    ] {
        let (answer, seen) = captured(status, body, async |client| client.test().await).await;
        assert_eq!(seen.line, "POST /api/json/receive-whatsapp HTTP/1.1");
        assert_eq!(seen.body, br#"{"message_id":0}"#);
        let found = match answer {
            Ok(None) => End::Taken,
            Err(GatewayError::CredentialsRefused { .. }) => End::Refused,
            Err(GatewayError::RateLimited { .. }) => End::Wait,
            Err(GatewayError::Refused { .. }) => End::SaidNo,
            Err(GatewayError::Unreadable { .. } | GatewayError::Failing { .. }) => End::Unreadable,
            other => panic!("{other:?}"),
        };
        assert_eq!(found, end, "{status} {body}");
    }
}

#[test]
fn the_address_is_joined_whatever_its_end() {
    for (base, joined) in [
        (
            CAPABILITIES.default_base_url,
            "https://web.it-decision.com/v1/api/send-whatsapp",
        ),
        (
            "https://gateway.example/v1/api",
            "https://gateway.example/v1/api/send-whatsapp",
        ),
        ("https://gateway.example", "https://gateway.example/send-whatsapp"),
        (
            "https://gateway.example/v1/api/send-whatsapp",
            "https://gateway.example/v1/api/send-whatsapp",
        ),
        (
            "https://gateway.example/v1/api/receive-whatsapp/",
            "https://gateway.example/v1/api/send-whatsapp",
        ),
        (
            "https://gateway.example/a?k=1#x",
            "https://gateway.example/a/send-whatsapp?k=1",
        ),
    ] {
        let client = client(Url::parse(base).unwrap());
        assert_eq!(client.address(SEND).as_str(), joined);
        assert_eq!(
            client.address(RECEIVE).as_str(),
            joined.replace("/send-whatsapp", "/receive-whatsapp")
        );
    }
}

#[test]
fn without_credentials_or_encryption_there_is_no_client() {
    let https = Url::parse("https://gateway.example/").unwrap();
    for missing in ["key", "sender"] {
        let mut without = credentials(https.clone(), None, KEY);
        without.fields.remove(missing);
        let mut blank = credentials(https.clone(), None, KEY);
        blank.fields.insert(missing.into(), Secret::default());
        for credentials in [without, blank] {
            assert!(matches!(
                DecisionTelecom::new(credentials),
                Err(GatewayError::CredentialsRefused { words }) if words.contains(missing)
            ));
        }
    }
    for (form, key) in [("basic", KEY), ("key-raw", "a\nb: c"), ("key-raw", "ação")] {
        let error = DecisionTelecom::new(credentials(https.clone(), Some(form), key)).unwrap_err();
        assert!(
            matches!(&error, GatewayError::CredentialsRefused { words } if !words.contains(key)),
            "{form}"
        );
    }
    assert!(DecisionTelecom::new(credentials(https, Some("key-colon"), "ação")).is_ok());
    let plain = Url::parse("http://gateway.example/").unwrap();
    assert!(matches!(
        DecisionTelecom::new(credentials(plain, None, KEY)),
        Err(GatewayError::Unreachable {
            may_have_left: false,
            ..
        })
    ));
}

#[tokio::test]
async fn what_cannot_be_sent_does_not_leave() {
    let server = TestServer::start(Play::http(200, "", b"{\"message_id\":1}")).await;
    let mut picture = request("");
    picture.attachment = Some(Attachment {
        url: "https://files.example/a.pdf".into(),
        name: "a.pdf".into(),
        kind: MediaKind::Document,
        file: None,
    });
    let report = client(server.url()).send(&picture).await;
    assert_eq!(
        report,
        SendReport {
            verdict: SendVerdict::Rejected(
                Reason::new(ReasonKind::InvalidAttachment).detailed("decision-file-extension")
            ),
            raw: None,
        }
    );
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn whatever_the_server_does_a_send_ends_and_is_made_once() {
    let good = br#"{"message_id":554}"#;
    let half = b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{\"message_id\":554}".to_vec();
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
        let client = bounded(server.url(), whole);
        let report = client.send(&request("oi")).await;
        assert!(
            matches!(&report.verdict, SendVerdict::Ambiguous(reason) if reason.kind == kind),
            "{play:?} → {report:?}"
        );
        assert_eq!(server.connections(), 1, "{play:?}");
        assert!(!format!("{report:?}").contains("canary"));
    }
}

#[tokio::test]
async fn what_could_not_leave_is_not_sent() {
    let server = TestServer::start(Play::CloseAtOnce).await;
    let mut base = server.url();
    base.set_scheme("https").unwrap();
    let report = client(base.clone()).send(&request("oi")).await;
    assert!(
        matches!(report.verdict, SendVerdict::NotSent { .. }),
        "{report:?}"
    );
    assert_eq!(report.raw, None);
    for error in [
        client(base.clone()).test().await.map(|_| ()).unwrap_err(),
        client(base).message_state("554").await.map(|_| ()).unwrap_err(),
    ] {
        assert!(matches!(
            error,
            GatewayError::Unreachable {
                may_have_left: false,
                ..
            }
        ));
    }
}

#[tokio::test]
async fn a_wait_is_as_long_as_the_server_asks() {
    let body = br#"{"message":"Rate limit exceeded","code":0,"status":429}"#;
    for status in [200, 429] {
        let server = TestServer::start(Play::http(status, "Retry-After: 7\r\n", body)).await;
        let report = client(server.url()).send(&request("oi")).await;
        assert_eq!(
            report.verdict,
            SendVerdict::Wait {
                reason: Reason::with_words(ReasonKind::RateLimited, "0: Rate limit exceeded")
                    .detailed("decision-rate"),
                retry_after: Some(Duration::from_secs(7)),
            }
        );
    }
}

#[tokio::test]
async fn a_server_that_repeats_the_request_gives_no_secret_away() {
    // A key that was given in base64 is read back by the server.
    let inside = "canary-login:canary-password";
    for (form, key) in [
        ("key-basic", KEY.to_owned()),
        ("key-colon", KEY.to_owned()),
        ("key-raw", KEY.to_owned()),
        ("key-raw", STANDARD.encode(inside)),
        ("key-raw", STANDARD.encode(format!("{inside}:"))),
    ] {
        let coded = [STANDARD.encode(&key), STANDARD.encode(format!("{key}:"))];
        let echo = format!(
            "<pre>Authorization: Basic {key} Basic {} Basic {} {KEY} {} login {inside}</pre>",
            coded[0],
            coded[1],
            key.to_uppercase()
        );
        for status in [200, 401, 403, 500] {
            for body in [
                echo.clone(),
                format!(
                    r#"{{"name":"{key}","message":"{} no","code":17,"status":400}}"#,
                    coded[1]
                ),
                format!(r#"{{"message_id":"{}"}}"#, coded[0]),
            ] {
                let server = TestServer::start(Play::http(status, "", body.as_bytes())).await;
                let client = DecisionTelecom::new(credentials(server.url(), Some(form), &key)).unwrap();
                let report = client.send(&request("oi")).await;
                let state = client.message_state("554").await;
                let all = format!("{report:?} {state:?} {:?} {client:?}", client.test().await);
                assert!(all.contains("[secret]"), "{all}");
                let forbidden = [
                    key.as_str(),
                    coded[0].trim_end_matches('='),
                    coded[1].trim_end_matches('='),
                ];
                for secret in forbidden {
                    assert!(!all.contains(secret), "{secret} in {all}");
                }
                if key == KEY {
                    assert!(!all.to_lowercase().contains(KEY), "{all}");
                } else {
                    assert!(!all.contains(inside), "{all}");
                }
            }
        }
    }
}
