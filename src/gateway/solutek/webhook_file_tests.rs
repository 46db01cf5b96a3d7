//! Files that come: what becomes of them, and that none is left that nobody was told of.

use super::tests::{PNG, files, form, names, parts, reports, told, told_with};
use crate::domain::GatewayKind;
use crate::domain::incoming::Inbound;
use crate::gateway::inbound::{ReceiveError, WebhookBody, WebhookCall, read_webhook};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::time::{Duration, Instant};

#[tokio::test]
async fn what_is_no_file_leaves_none_behind() {
    let base64 = STANDARD.encode(PNG);
    let table: Vec<Vec<u8>> = vec![
        form("r.jpg", ""),
        form("r.jpg", " \r\n"),
        form("r.jpg", "data:image/png;base64,"),
        form("r.jpg", "data:image/png;base64"),
        form("r.jpg", "<svg></svg>"),
        form("r.jpg", &format!("{base64}{base64}")),
        form("r.jpg", "AAAAA"),
        form("r.jpg", &format!("{}*", "A".repeat(200_000))),
        form("", &base64),
        form("\0", &base64),
        b"tipo=arquivo&referencia=r.jpg".to_vec(),
        b"tipo=arquivo".to_vec(),
        format!("tipo=arquivo&base64={}", base64.replace('+', "%2B")).into_bytes(),
        parts(&[
            ("tipo", "arquivo"),
            ("referencia", "r"),
            ("base64", &"A".repeat(300_000)),
        ])[..290_000]
            .to_vec(),
        format!(
            "{{\"tipo\":\"arquivo\",\"referencia\":\"r\",\"base64\":\"{}",
            "A".repeat(5_000_000)
        )
        .into_bytes(),
        format!(
            "{{\"tipo\":\"arquivo\",\"base64\":\"{}\"}}",
            "A".repeat(5_000_000)
        )
        .into_bytes(),
        format!("tipo=arquivo&referencia=r&base64=AAAA&{}", "x=1&".repeat(2_000)).into_bytes(),
        format!(
            "tipo=arquivo&referencia=r&base64={}&{}",
            "A".repeat(100_000),
            "x".repeat(5_000_000)
        )
        .into_bytes(),
    ];
    for body in table {
        let (found, folder) = told_with(None, &body).await;
        let shown = String::from_utf8_lossy(&body[..body.len().min(100)]);
        assert!(
            matches!(found.as_slice(), [Inbound::Unreadable { .. }]),
            "{shown}: {found:?}"
        );
        assert_eq!(
            names(&folder.path().join("media")),
            Vec::<String>::new(),
            "{shown}"
        );
    }
}

#[tokio::test]
async fn files_are_what_their_bytes_say() {
    let table: &[(&[u8], &str, &str, &str)] = &[
        (b"%PDF-1.7\n", "nota.exe", "nota.pdf", "application/pdf"),
        (
            b"MZ\x90\0\x03\0",
            "nota.pdf",
            "nota.bin",
            "application/octet-stream",
        ),
        (b"PK\x03\x04aaaa", "nota.pdf", "nota.zip", "application/zip"),
        (
            b"<svg onload=x>",
            "foto.svg",
            "foto.bin",
            "application/octet-stream",
        ),
        (
            b"<html><script>",
            "foto.png",
            "foto.bin",
            "application/octet-stream",
        ),
        (b"#!/bin/sh\n", "x.sh", "x.bin", "application/octet-stream"),
        (b"OggS\0\x02\0\0\0\0\0\0", "voz.mp3", "voz.ogg", "audio/ogg"),
        (b"a\n", "../../.bashrc", "bashrc.txt", "text/plain"),
        (b"\xff\xd8\xff\xe0", "CON", "_CON.jpg", "image/jpeg"),
        (b"\xff\xd8\xff\xe0", "a\u{202e}gpj.exe", "agpj.jpg", "image/jpeg"),
    ];
    for (bytes, reference, name, mime) in table {
        let (found, _folder) = told_with(None, &form(reference, &STANDARD.encode(bytes))).await;
        let file = &files(&found)[0].file;
        assert_eq!(
            (file.name.as_str(), file.mime.as_str()),
            (*name, *mime),
            "{reference}"
        );
        assert!(
            file.stored_name.len() == 32 && file.stored_name.bytes().all(|byte| byte.is_ascii_hexdigit())
        );
    }
}

#[tokio::test]
async fn two_files_of_one_form_are_the_last_and_two_of_one_array_are_two() {
    let base64 = STANDARD.encode(PNG);
    let (found, folder) = told_with(
        None,
        format!(
            "tipo=arquivo&base64=AAAA&referencia=r&base64={}",
            base64.replace('+', "%2B")
        )
        .as_bytes(),
    )
    .await;
    assert_eq!(
        std::fs::read(files(&found)[0].file.path(&folder.path().join("media"))).unwrap(),
        PNG
    );
    let one =
        |content: &str| format!("{{\"tipo\":\"arquivo\",\"referencia\":\"r\",\"base64\":\"{content}\"}}");
    let found = told(format!("[{},{}]", one(&base64), one("aGk=")).as_bytes()).await;
    assert_eq!(files(&found).len(), 2);
}

#[tokio::test]
async fn large_files_pass_in_pieces_whatever_they_come_in() {
    let bytes: Vec<u8> = PNG
        .iter()
        .copied()
        .chain((0..6_000_000_u32).map(|index| (index.wrapping_mul(2_654_435_761) >> 13) as u8))
        .collect();
    let base64 = STANDARD.encode(&bytes);
    let wrapped: String = base64
        .as_bytes()
        .chunks(76)
        .map(|line| format!("{}\r\n", String::from_utf8_lossy(line)))
        .collect();
    let blanks: String = base64
        .as_bytes()
        .chunks(64)
        .map(|line| format!("{} ", String::from_utf8_lossy(line)))
        .collect();
    let json = serde_json::json!({"tipo": "arquivo", "referencia": "r", "base64": base64}).to_string();
    for body in [
        form("r", &base64),
        format!("tipo=arquivo&referencia=r&base64={base64}").into_bytes(),
        parts(&[("tipo", "arquivo"), ("referencia", "r"), ("base64", &wrapped)]),
        parts(&[("tipo", "arquivo"), ("referencia", "r"), ("base64", &blanks)]),
        json.replace('/', "\\/").into_bytes(),
    ] {
        let (found, folder) = told_with(None, &body).await;
        let file = &files(&found)[0].file;
        assert_eq!(
            (file.bytes, file.mime.as_str()),
            (bytes.len() as u64, "image/png")
        );
        assert!(std::fs::read(file.path(&folder.path().join("media"))).unwrap() == bytes);
    }
}

#[tokio::test]
async fn a_machine_that_fails_says_so_and_asks_for_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let occupied = folder.path().join("media");
    std::fs::write(&occupied, "no folder").unwrap();
    let body = form("r.jpg", &STANDARD.encode(PNG));
    let read = async |body| {
        let call = WebhookCall {
            content_type: None,
            body,
            about: None,
        };
        read_webhook(GatewayKind::Solutek, call, &occupied).await
    };
    assert!(matches!(
        read(WebhookBody::Memory(&body)).await,
        Err(ReceiveError::Failed { .. })
    ));
    let missing = folder.path().join("missing");
    assert!(matches!(
        read(WebhookBody::File(&missing)).await,
        Err(ReceiveError::Failed { .. })
    ));
    // What needs no disk is read all the same.
    let found = read(WebhookBody::Memory(
        b"{\"tipo\":\"status\",\"idlog\":1,\"codigo_status\":1}",
    ))
    .await
    .unwrap();
    assert_eq!(reports(&found).len(), 1);
    let too_large = std::fs::File::create(&missing).unwrap();
    too_large.set_len(140 * 1024 * 1024 + 1).unwrap();
    let found = read(WebhookBody::File(&missing)).await.unwrap();
    assert!(matches!(found.as_slice(), [Inbound::Unreadable { .. }]));
}

#[tokio::test]
async fn a_reading_that_nobody_waits_for_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let media = folder.path().join("media");
    let body = form("r.jpg", &STANDARD.encode(vec![7; 3_000_000]));
    let call = WebhookCall {
        content_type: None,
        body: WebhookBody::Memory(&body),
        about: None,
    };
    let mut reading = Box::pin(read_webhook(GatewayKind::Solutek, call, &media));
    assert!(futures_util::FutureExt::now_or_never(&mut reading).is_none());
    drop(reading);
    // The thread that reads it goes on to its end; the file is there for a moment and then no more.
    let deadline = Instant::now() + Duration::from_secs(30);
    let mut seen = false;
    while Instant::now() < deadline {
        match names(&media).is_empty() {
            true if seen => return,
            empty => seen |= !empty,
        }
        tokio::task::yield_now().await;
    }
    panic!("seen: {seen}, left: {:?}", names(&media));
}
