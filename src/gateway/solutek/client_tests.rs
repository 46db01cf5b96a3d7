use super::*;
use crate::domain::attachment::Attachment;
use crate::domain::message::ReasonKind;
use crate::domain::outbox::SendVerdict;
use crate::domain::{ClientMessageId, PhoneNumber};
use crate::gateway::test_server::{Play, TestServer};
use std::collections::BTreeMap;
use std::time::Duration;

const TOKEN: &str = "canary+token/7f \"é\"";

fn credentials(base_url: Url) -> Credentials {
    let fields = [
        ("email", "loja@example.com"),
        ("token", TOKEN),
        ("idapp", "app-12"),
    ];
    Credentials {
        base_url,
        fields: fields
            .into_iter()
            .map(|(key, value)| (key.to_owned(), Secret::new(value.to_owned())))
            .collect(),
    }
}

fn client(base: Url) -> Solutek {
    bounded(base, Duration::from_secs(20))
}

fn bounded(base: Url, whole: Duration) -> Solutek {
    let timeouts = Timeouts {
        connect: Duration::from_secs(10),
        send: whole,
        read: whole,
    };
    Solutek::with_timeouts(credentials(base), timeouts).unwrap()
}

fn request(text: &str, attachment: Option<(&str, MediaKind)>) -> SendRequest {
    SendRequest {
        client_id: ClientMessageId::from_stored("0123456789abcdef0123456789abcdef".into()),
        to: PhoneNumber::from_digits("5511900000012").unwrap(),
        text: text.into(),
        attachment: attachment.map(|(url, kind)| Attachment {
            url: url.into(),
            name: "x".into(),
            kind,
            file: None,
        }),
        template: None,
        callback: None,
    }
}

/// Starts a server, makes a call against it and tells the address and the fields that came.
async fn captured<T>(body: &str, call: impl AsyncFnOnce(Solutek) -> T) -> (T, String, Vec<(String, String)>) {
    let server = TestServer::start(Play::http(200, "", body.as_bytes())).await;
    let value = call(client(server.url())).await;
    let seen = server.seen();
    assert_eq!((seen.len(), server.connections()), (1, 1));
    let line = seen[0].line.clone();
    (value, line, seen[0].fields())
}

fn expected(more: &[(&str, &str)]) -> Vec<(String, String)> {
    let first = [
        ("email", "loja@example.com"),
        ("token", TOKEN),
        ("idapp", "app-12"),
    ];
    first
        .iter()
        .chain(more)
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[tokio::test]
async fn a_message_goes_out_as_documented() {
    let id = "0123456789abcdef0123456789abcdef";
    let picture = "https://files.example/a.png";
    let table = [
        (request("Olá, ação", None), ["texto", "", "Olá, ação", "nao"]),
        (request("Oi 👋\n🇧🇷", None), ["texto", "", "Oi 👋\n🇧🇷", "sim"]),
        (
            request("--x\r\n\"@/etc", None),
            ["texto", "", "--x\r\n\"@/etc", "nao"],
        ),
        (
            request("", Some((picture, MediaKind::Image))),
            ["imagem", picture, "", "nao"],
        ),
        (
            request("veja", Some(("https://files.example/a.pdf", MediaKind::Document))),
            ["arquivo", "https://files.example/a.pdf", "veja", "nao"],
        ),
        (
            request("", Some(("https://files.example/a.mp3", MediaKind::Audio))),
            ["arquivo", "https://files.example/a.mp3", "", "nao"],
        ),
    ];
    for (request, [media, url, text, emoji]) in table {
        let reply = r#"{"erro":"nao","sobre_o_erro":"","status":"Processando","idlog":991}"#;
        let (report, line, fields) = captured(reply, async |client| client.send(&request).await).await;
        assert_eq!(line, "POST /api/json/enviar HTTP/1.1");
        assert_eq!(
            fields,
            expected(&[
                ("idmsg", id),
                ("midia", media),
                ("url_anexo", url),
                ("whatsapp", "5511900000012"),
                ("mensagem", text),
                ("emoji", emoji),
            ])
        );
        assert_eq!(
            report,
            SendReport {
                verdict: SendVerdict::Accepted {
                    gateway_id: Some("991".into())
                },
                raw: Some(format!("HTTP 200\n{reply}")),
            }
        );
    }
}

#[tokio::test]
async fn every_other_function_goes_out_as_documented() {
    let plain = expected(&[]);
    let post = |path: &str| format!("POST /api/json/{path} HTTP/1.1");

    let body = r#"{"erro":"nao","logado":"sim","pronto":"nao","nome":"Loja","telefone":"5511900000012","bateria":87}"#;
    let (status, line, fields) = captured(body, async |client| client.status().await).await;
    assert_eq!((line, &fields), (post("status"), &plain));
    let status = status.unwrap();
    assert_eq!(
        (status.paired, status.online, status.battery_percent),
        (true, false, Some(87))
    );

    let body = r#"{"erro":"nao","limite_diario":500,"limite_diario_usado":20,"limite_diario_restante":480,"expira":"2027-01-31"}"#;
    let (limits, line, fields) = captured(body, async |client| client.limits().await).await;
    assert_eq!((line, &fields), (post("limites"), &plain));
    assert_eq!(limits.unwrap().left, Some(480));

    let body = r#"{"erro":"nao","status":"ok"}"#;
    let (started, line, fields) = captured(body, async |client| client.start_pairing().await).await;
    assert_eq!((line, &fields, started), (post("qrcode"), &plain, Ok(())));

    let body = r#"{"erro":"nao","conectado":"nao","qrcode":""}"#;
    let (answer, line, fields) = captured(body, async |client| client.poll_pairing().await).await;
    assert_eq!((line, &fields), (post("qrcode_update"), &plain));
    assert_eq!(answer, Ok(PairingAnswer::NoCode));

    let body = r#"{"erro":"nao","fila":"7"}"#;
    let (length, line, fields) = captured(body, async |client| client.queue_length().await).await;
    assert_eq!((line, &fields, length), (post("obter_fila"), &plain, Ok(7)));

    let body = r#"{"erro":"nao","excluidos":7}"#;
    let (deleted, line, fields) = captured(body, async |client| client.clear_queue().await).await;
    assert_eq!((line, &fields, deleted), (post("limpar"), &plain, Ok(7)));

    let body = r#"{"erro":"nao","delay_anterior":0,"delay_atual":"5"}"#;
    let (delay, line, fields) = captured(body, async |client| client.set_delay(5).await).await;
    assert_eq!((line, fields), (post("delay"), expected(&[("segundos", "5")])));
    assert_eq!(
        delay,
        Ok(DelayChange {
            previous_secs: Some(0),
            current_secs: Some(5)
        })
    );
}

#[test]
fn the_address_is_joined_with_and_without_a_slash() {
    for (base, joined) in [
        (
            "https://gateway.example/a/json/",
            "https://gateway.example/a/json/enviar",
        ),
        (
            "https://gateway.example/a/json",
            "https://gateway.example/a/json/enviar",
        ),
        ("https://gateway.example", "https://gateway.example/enviar"),
        (
            "https://gateway.example/a?k=1#x",
            "https://gateway.example/a/enviar?k=1",
        ),
        (
            CAPABILITIES.default_base_url,
            "https://www.solutek.online/api/whatsapp/gateway/json/enviar",
        ),
    ] {
        let client = client(Url::parse(base).unwrap());
        assert_eq!(client.address(Function::Send).as_str(), joined);
    }
}

#[test]
fn without_credentials_or_encryption_there_is_no_client() {
    let https = Url::parse("https://gateway.example/").unwrap();
    for key in ["email", "token", "idapp"] {
        let mut missing = credentials(https.clone());
        missing.fields.remove(key);
        let mut blank = credentials(https.clone());
        blank.fields.insert(key.into(), Secret::default());
        for credentials in [missing, blank] {
            assert!(matches!(
                Solutek::new(credentials),
                Err(GatewayError::CredentialsRefused { .. })
            ));
        }
    }
    let none = Credentials {
        base_url: https,
        fields: BTreeMap::new(),
    };
    assert!(Solutek::new(none).is_err());
    let plain = Url::parse("http://gateway.example/").unwrap();
    assert!(matches!(
        Solutek::new(credentials(plain)),
        Err(GatewayError::Unreachable {
            may_have_left: false,
            ..
        })
    ));
}

#[tokio::test]
async fn whatever_the_server_does_a_send_ends_and_is_made_once() {
    let good = br#"{"erro":"nao","idlog":"1"}"#;
    let half = b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{\"erro\":\"nao\",\"idlog\":\"1\"".to_vec();
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
        let report = client.send(&request("oi", None)).await;
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
    let report = client(base.clone()).send(&request("oi", None)).await;
    assert!(
        matches!(report.verdict, SendVerdict::NotSent { .. }),
        "{report:?}"
    );
    assert_eq!(report.raw, None);
    assert!(matches!(
        client(base).status().await,
        Err(GatewayError::Unreachable {
            may_have_left: false,
            ..
        })
    ));
}

#[tokio::test]
async fn a_server_that_repeats_the_request_gives_no_secret_away() {
    let echo = format!("<pre>email=loja@example.com token={TOKEN}</pre>");
    for status in [200, 403, 500] {
        let server = TestServer::start(Play::http(status, "", echo.as_bytes())).await;
        let client = client(server.url());
        let report = client.send(&request("oi", None)).await;
        let all = format!("{report:?} {:?} {client:?}", client.status().await);
        assert!(all.contains("[secret]") && !all.contains("canary"), "{all}");
    }
}
