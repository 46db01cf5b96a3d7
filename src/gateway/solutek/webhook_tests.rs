//! What the document shows, and how it comes in other wrappings.

use crate::domain::incoming::{Inbound, InboundFile, InboundMessage, InboundReport, IncomingKind, Place};
use crate::domain::{GatewayKind, MessageState, Timestamp};
use crate::gateway::inbound::{WebhookBody, WebhookCall, read_webhook};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::path::Path;

pub(super) const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\xfb\xef\xbe\xff";

/// Reads a body once from memory and once from a file; both come to the same.
pub(super) async fn told_with(content_type: Option<&str>, body: &[u8]) -> (Vec<Inbound>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let media = folder.path().join("media");
    let spooled = folder.path().join("spooled");
    std::fs::write(&spooled, body).unwrap();
    let read = async |body| {
        let call = WebhookCall {
            content_type,
            body,
            about: None,
        };
        read_webhook(GatewayKind::Solutek, call, &media).await.unwrap()
    };
    let parts = read(WebhookBody::Memory(body)).await;
    let again = read(WebhookBody::File(&spooled)).await;
    assert!(!parts.is_empty());
    assert_eq!(
        without_names(&parts),
        without_names(&again),
        "{}",
        String::from_utf8_lossy(&body[..body.len().min(300)])
    );
    let mut stored = stored_names(&parts);
    stored.extend(stored_names(&again));
    assert_eq!(names(&media).len(), stored.len(), "files that nobody was told of");
    (parts, folder)
}

fn stored_names(parts: &[Inbound]) -> Vec<String> {
    files(parts)
        .into_iter()
        .map(|file| file.file.stored_name.clone())
        .collect()
}

fn without_names(parts: &[Inbound]) -> Vec<Inbound> {
    let mut parts = parts.to_vec();
    for part in &mut parts {
        if let Inbound::File(file) = part {
            file.file.stored_name.clear();
        }
    }
    parts
}

pub(super) fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect()
}

pub(super) async fn told(body: &[u8]) -> Vec<Inbound> {
    told_with(None, body).await.0
}

pub(super) fn messages(parts: &[Inbound]) -> Vec<&InboundMessage> {
    parts
        .iter()
        .filter_map(|part| match part {
            Inbound::Message(message) => Some(&**message),
            _ => None,
        })
        .collect()
}

pub(super) fn reports(parts: &[Inbound]) -> Vec<&InboundReport> {
    parts
        .iter()
        .filter_map(|part| match part {
            Inbound::Report(report) => Some(report),
            _ => None,
        })
        .collect()
}

pub(super) fn files(parts: &[Inbound]) -> Vec<&InboundFile> {
    parts
        .iter()
        .filter_map(|part| match part {
            Inbound::File(file) => Some(file),
            _ => None,
        })
        .collect()
}

async fn one_message(fields: &str) -> InboundMessage {
    let body = format!(
        "{{\"tipo\":\"mensagem\",\"whatsapp\":\"5511900000044\",\"horario_unix\":\"1700000000\",\"idmsg\":\"A1\",\
         \"nome_cliente\":\"Márcia\",{fields}}}"
    );
    match told(body.as_bytes()).await.as_slice() {
        [Inbound::Message(message)] => (**message).clone(),
        other => panic!("{body}: {other:?}"),
    }
}

fn plain(kind: IncomingKind) -> InboundMessage {
    InboundMessage {
        gateway_id: "A1".into(),
        from: crate::domain::PhoneNumber::from_digits("5511900000044").unwrap(),
        kind,
        text: String::new(),
        sender_name: Some("Márcia".into()),
        address_book_name: None,
        sent_at: Some(Timestamp(1_700_000_000_000)),
        place: None,
        reference: None,
        mime: None,
        width: None,
        height: None,
        told_bytes: None,
        thumbnail: None,
        reply_to: None,
        content_url: None,
        content_name: None,
    }
}

#[tokio::test]
async fn every_kind_of_message_of_the_document_is_read() {
    let thumbnail = STANDARD.encode(PNG);
    assert_eq!(
        one_message(r#""midia":"chat","mensagem":"Olá 👋\r\nBom dia""#).await,
        InboundMessage {
            text: "Olá 👋\nBom dia".into(),
            ..plain(IncomingKind::Text)
        }
    );
    let picture = InboundMessage {
        text: "Nota".into(),
        reference: Some("f0a1".into()),
        mime: Some("image/jpeg".into()),
        width: Some(1280),
        height: Some(960),
        told_bytes: Some(84_311),
        thumbnail: Some(PNG.to_vec()),
        ..plain(IncomingKind::Image)
    };
    for (mime, numbers) in [
        ("image/jpeg", r#""width":1280,"height":960,"size":84311"#),
        ("jpg", r#""width":"1280","height":"960","size":"84311""#),
    ] {
        for thumbnail in [
            thumbnail.clone(),
            format!("data:image/jpeg;base64,{thumbnail}"),
            thumbnail.replace('+', " "),
        ] {
            let fields = format!(
                r#""midia":"image","mensagem":"{thumbnail}","mimetype":"{mime}",{numbers},"referencia":"F0A1.jpeg","legenda":"Nota""#
            );
            assert_eq!(one_message(&fields).await, picture);
        }
    }
    assert_eq!(
        one_message(r#""midia":"ptt","mensagem":"","referencia":"v9.oga""#).await,
        InboundMessage {
            reference: Some("v9".into()),
            ..plain(IncomingKind::Voice)
        }
    );
    assert_eq!(
        one_message(r#""midia":"document","mensagem":"","referencia":"d7.pdf","mimetype":"application/pdf""#)
            .await,
        InboundMessage {
            reference: Some("d7".into()),
            mime: Some("application/pdf".into()),
            ..plain(IncomingKind::Document)
        }
    );
    for (kind, live) in [
        ("fixo", false),
        ("tempo_real", true),
        ("Tempo Real", true),
        ("", false),
    ] {
        for (lat, lng) in [
            ("-23.5505", "-46.6333"),
            ("\"-23.5505\"", "\"-46.6333\""),
            ("\"-23,5505\"", "\" -46,6333\""),
        ] {
            let fields = format!(
                r#""midia":"location","mensagem":"{thumbnail}","lat":{lat},"lng":{lng},"loctipo":"{kind}""#
            );
            assert_eq!(
                one_message(&fields).await,
                InboundMessage {
                    place: Place::new(-23.5505, -46.6333, live),
                    thumbnail: Some(PNG.to_vec()),
                    ..plain(IncomingKind::Place)
                }
            );
        }
    }
}

#[tokio::test]
async fn kinds_beyond_the_document_are_read_too() {
    let kind = async |fields: &str| {
        let message = one_message(fields).await;
        (
            message.kind,
            message.text,
            message.reference,
            message.thumbnail.is_some(),
        )
    };
    let thumbnail = STANDARD.encode(PNG);
    let none = || (String::new(), None, false);
    let with = |kind, (text, reference, thumbnail): (String, Option<String>, bool)| {
        (kind, text, reference, thumbnail)
    };
    let video =
        format!(r#""midia":"video","mensagem":"{thumbnail}","referencia":"f.mp4","legenda":"a"#) + "\"";
    assert_eq!(
        kind(&video).await,
        (IncomingKind::Video, "a".into(), Some("f".into()), true)
    );
    assert_eq!(
        kind(r#""midia":"audio","mensagem":"","referencia":"a.mp3""#).await,
        (IncomingKind::Audio, String::new(), Some("a".into()), false)
    );
    let card = r"BEGIN:VCARD\nFN:Ana\nEND:VCARD";
    assert_eq!(
        kind(&format!(r#""midia":"vcard","mensagem":"{card}""#)).await,
        (IncomingKind::ContactCard, card.replace("\\n", "\n"), None, false)
    );
    assert_eq!(
        kind(r#""midia":"revoked","mensagem":"""#).await,
        with(IncomingKind::Revoked, none())
    );
    assert_eq!(
        kind(r#""midia":"CHAT ","mensagem":"x""#).await.0,
        IncomingKind::Text
    );
    for (fields, text) in [
        (r#""midia":"poll","mensagem":"Pizza?""#, "Pizza?"),
        (
            r#""midia":"poll","opcoes":["sim","não"],"titulo":"Pizza?""#,
            "poll\nopcoes: sim\nnão\ntitulo: Pizza?",
        ),
        (r#""midia":"call_log""#, "call log"),
        (r#""midia":7,"legenda":"x""#, "x"),
        (r#""midia":"","mensagem":"""#, ""),
    ] {
        assert_eq!(
            kind(fields).await,
            (IncomingKind::Unknown, text.into(), None, false),
            "{fields}"
        );
    }
    // Without the word, the fields say what it is.
    for (fields, expected) in [
        (r#""mensagem":"oi""#, IncomingKind::Text),
        (r#""midia":null,"lat":1,"lng":2"#, IncomingKind::Place),
        (
            r#""midia":"","referencia":"a","mimetype":"image/png""#,
            IncomingKind::Image,
        ),
        (
            r#""midia":"","referencia":"a","mimetype":"audio/ogg; codecs=opus""#,
            IncomingKind::Audio,
        ),
        (r#""midia":"","referencia":"a""#, IncomingKind::Document),
        (
            r#""midia":"ptv","referencia":"a","mimetype":"video/mp4""#,
            IncomingKind::Video,
        ),
    ] {
        let fields = if fields.contains("mensagem") {
            fields.to_owned()
        } else {
            format!(r#""mensagem":"",{fields}"#)
        };
        assert_eq!(kind(&fields).await.0, expected, "{fields}");
    }
    let answer = one_message(
        r#""midia":"chat","mensagem":"sim","nome_agenda":"Márcia (loja)","quotedMsg":{"id":"Q7"}"#,
    )
    .await;
    assert_eq!(
        (answer.reply_to.as_deref(), answer.address_book_name.as_deref()),
        (Some("Q7"), Some("Márcia (loja)"))
    );
}

#[tokio::test]
async fn a_picture_is_told_from_words() {
    let message = async |midia: &str, text: &str| {
        let fields = format!(r#""midia":"{midia}","referencia":"a","mensagem":"{text}""#);
        let message = one_message(&fields).await;
        (message.text, message.thumbnail.map(|bytes| bytes.len()))
    };
    let picture = |bytes: usize| STANDARD.encode([PNG, &vec![7; bytes]].concat());
    let largest = InboundMessage::THUMBNAIL_MAX - PNG.len();
    for midia in ["image", "video", "location", "document", "outra"] {
        assert_eq!(
            message(midia, &picture(0)).await,
            (String::new(), Some(PNG.len()))
        );
        assert_eq!(
            message(midia, &picture(largest)).await,
            (String::new(), Some(InboundMessage::THUMBNAIL_MAX))
        );
        for hidden in [
            picture(largest + 1),
            "data:image/png;base64,AAAA".into(),
            "data:image/svg+xml;base64,PHN2Zy8+".into(),
        ] {
            assert_eq!(message(midia, &hidden).await.1, None);
            assert!(
                !message(midia, &hidden).await.0.contains(&hidden[..20]),
                "{midia}"
            );
        }
        for words in ["Segue", "Segue a foto", "iVBORw0KGgo", "AAAA", "não 👋", "a=b"] {
            assert_eq!(message(midia, words).await, (words.to_owned(), None));
        }
    }
    // What a person typed is what a person typed.
    let typed = picture(0);
    assert_eq!(message("chat", &typed).await, (typed, None));
}

#[tokio::test]
async fn statuses_of_the_document_are_read() {
    for (code, words, state) in [
        (1, "Enviado", MessageState::Sent),
        (2, "Recebido", MessageState::Delivered),
        (3, "Visualizado", MessageState::Read),
    ] {
        for code in [format!("{code}"), format!("\"{code}\""), "null".to_owned()] {
            let body = format!(
                r#"{{"tipo":"status","idlog":"000077","codigo_status":{code},"referencia_status":"{words}"}}"#
            );
            let report = InboundReport {
                reference: "000077".into(),
                other_reference: None,
                state,
                words: None,
                reason: None,
            };
            assert_eq!(told(body.as_bytes()).await, [Inbound::Report(report)]);
        }
    }
}

/// A file's form: `Content-Type` and body.
pub(super) fn form(reference: &str, base64: &str) -> Vec<u8> {
    url::form_urlencoded::Serializer::new(String::new())
        .append_pair("tipo", "arquivo")
        .append_pair("referencia", reference)
        .append_pair("base64", base64)
        .finish()
        .into_bytes()
}

pub(super) fn parts(pairs: &[(&str, &str)]) -> Vec<u8> {
    let parts: String = pairs
        .iter()
        .map(|(name, value)| {
            format!("--b0\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        })
        .collect();
    format!("{parts}--b0--\r\n").into_bytes()
}

#[tokio::test]
async fn a_file_is_stored_whatever_it_comes_in() {
    let base64 = STANDARD.encode(PNG);
    assert!(base64.contains('+') && base64.contains('/'), "{base64}");
    let wrapped: String = base64
        .as_bytes()
        .chunks(20)
        .map(|line| format!("{}\r\n", String::from_utf8_lossy(line)))
        .collect();
    let address = format!("data:image/png;base64,{base64}");
    let safe = base64
        .replace('+', "-")
        .replace('/', "_")
        .trim_end_matches('=')
        .to_owned();
    let json = |value: &str| {
        serde_json::json!({"tipo": "arquivo", "referencia": "Foto 1.jpg", "base64": value}).to_string()
    };
    let mut bodies = Vec::new();
    for value in [
        base64.clone(),
        wrapped,
        address,
        safe,
        base64.replace('+', " "),
        format!(" {base64}\n"),
    ] {
        bodies.push(form("Foto 1.jpg", &value));
        bodies.push(parts(&[
            ("tipo", "arquivo"),
            ("referencia", "Foto 1.jpg"),
            ("base64", &value),
        ]));
        bodies.push(parts(&[
            ("base64", &value),
            ("referencia", "x/Foto 1.jpg"),
            ("tipo", " Arquivo"),
        ]));
        bodies.push(json(&value).into_bytes());
        bodies.push(format!("[{}]", json(&value)).into_bytes());
        bodies.push(
            url::form_urlencoded::Serializer::new(String::new())
                .append_pair("dados", &json(&value))
                .finish()
                .into_bytes(),
        );
    }
    // Nothing escaped at all: a blank is then a plus.
    bodies.push(format!("tipo=arquivo&referencia=Foto+1.jpg&base64={base64}").into_bytes());
    bodies.push(format!("referencia=Foto+1.jpg&base64={}\r\n", base64.replace('=', "%3D")).into_bytes());
    for body in bodies {
        for content_type in [
            None,
            Some("application/x-www-form-urlencoded"),
            Some("multipart/form-data; boundary=b0"),
            Some("application/json"),
            Some("nonsense/\u{e9}"),
        ] {
            let wrong =
                content_type.is_some_and(|told| told.starts_with("multipart")) && !body.starts_with(b"--");
            if wrong && !body.starts_with(b"{") && !body.starts_with(b"[") {
                continue;
            }
            let (found, folder) = told_with(content_type, &body).await;
            let [Inbound::File(file)] = found.as_slice() else {
                panic!("{}: {found:?}", String::from_utf8_lossy(&body));
            };
            assert_eq!(file.reference, "foto 1", "{}", String::from_utf8_lossy(&body));
            assert_eq!(
                (file.file.name.as_str(), file.file.mime.as_str()),
                ("Foto 1.png", "image/png")
            );
            let stored = std::fs::read(file.file.path(&folder.path().join("media"))).unwrap();
            assert_eq!((stored.as_slice(), file.file.bytes), (PNG, PNG.len() as u64));
        }
    }
}

#[tokio::test]
async fn a_message_comes_in_any_wrapping() {
    let json = r#"{"tipo":"mensagem","whatsapp":"5511900000044","horario_unix":"1700000000","mensagem":"a & b = c + d","idmsg":"A1","midia":"chat"}"#;
    let escaped = |pairs: &[(&str, &str)]| {
        url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish()
    };
    let field_by_field = escaped(&[
        ("tipo", "mensagem"),
        ("whatsapp", "5511900000044"),
        ("horario_unix", "1700000000"),
        ("mensagem", "a & b = c + d"),
        ("idmsg", "A1"),
        ("midia", "chat"),
    ]);
    let warning = "<br />\n<b>Warning</b>:  Undefined index: a in <b>/srv/x.php</b> on line <b>3</b><br />\n";
    let twice = serde_json::Value::String(json.to_owned()).to_string();
    let bodies: Vec<Vec<u8>> = vec![
        json.into(),
        format!("\u{feff}{json}").into(),
        format!("{warning}{json}").into(),
        format!("{json}{warning}").into(),
        format!("[{json}]").into(),
        format!("[{json},]").into(),
        format!("[[{json}]]").into(),
        format!("{},}}", &json[..json.len() - 1]).into(),
        format!("{json}=").into(),
        twice.clone().into(),
        format!("{{\"dados\":{json}}}").into(),
        format!("{{\"data\":[{json}]}}").into(),
        format!("{{\"payload\":{twice}}}").into(),
        escaped(&[("dados", json)]).into(),
        escaped(&[("", json)]).into(),
        escaped(&[(json, "")]).into(),
        escaped(&[("dados", &format!("[{json}]"))]).into(),
        escaped(&[("dados", &twice)]).into(),
        field_by_field.into(),
        parts(&[("dados", json)]),
        parts(&[("x", "1"), ("", json)]),
        format!("{{\"tipo\":\"status\",{}", &json[1..]).into(),
        json.replace("\"A1\"", "\"B\",\"idmsg\":\"A1\"").into(),
        json.replace("\"mensagem\",", "\" Mensagem \",").into(),
        json.replace("\"tipo\":\"mensagem\",", "").into(),
        json.replace("\"5511900000044\"", "5511900000044").into(),
    ];
    for body in bodies {
        for content_type in [
            None,
            Some("application/json"),
            Some("application/x-www-form-urlencoded"),
            Some("text/html"),
        ] {
            let (found, _folder) = told_with(content_type, &body).await;
            let shown = String::from_utf8_lossy(&body);
            let [Inbound::Message(message)] = found.as_slice() else {
                panic!("{shown}: {found:?}");
            };
            assert_eq!(message.text, "a & b = c + d", "{shown}");
            assert_eq!(
                (message.gateway_id.as_str(), message.kind),
                ("A1", IncomingKind::Text),
                "{shown}"
            );
        }
    }
    let latin = [
        &b"{\"tipo\":\"mensagem\",\"whatsapp\":\"5511900000044\",\"midia\":\"chat\",\"mensagem\":\"n"[..],
        b"\xe3o\"}",
    ]
    .concat();
    assert_eq!(messages(&told(&latin).await)[0].text, "não");
}

#[tokio::test]
async fn many_objects_keep_their_order_and_the_rest_is_told() {
    let message = |id: &str| {
        format!(
            r#"{{"tipo":"mensagem","whatsapp":"5511900000044","midia":"chat","mensagem":"x","idmsg":"{id}"}}"#
        )
    };
    let status = r#"{"tipo":"status","idlog":7,"codigo_status":2}"#;
    let body = format!(
        r#"[{},{status},null,{{"tipo":"perfil","img_icone":"x"}},{{"tipo":"arquivo","referencia":"r","base64":"{}"}},{}]"#,
        message("A"),
        STANDARD.encode(PNG),
        message("B")
    );
    let found = told(body.as_bytes()).await;
    let shape: Vec<&str> = found
        .iter()
        .map(|part| match part {
            Inbound::Message(message) => message.gateway_id.as_str(),
            Inbound::Report(report) => report.reference.as_str(),
            Inbound::File(file) => file.reference.as_str(),
            Inbound::Unreadable { why } if why.contains("perfil") => "perfil",
            Inbound::Unreadable { .. } => "?",
        })
        .collect();
    assert_eq!(shape, ["A", "7", "perfil", "r", "B", "?"]);
}

#[tokio::test]
async fn a_message_without_identifier_is_known_again_by_its_content() {
    let body = |text: &str, more: &str| {
        format!(
            r#"{{"tipo":"mensagem","whatsapp":"5511900000044","horario_unix":1700000000,"midia":"chat","mensagem":"{text}"{more}}}"#
        )
    };
    let mut ids = Vec::new();
    for body in [
        body("a", ""),
        body("a", ""),
        body("b", ""),
        body("a", r#","idmsg":null"#).replace("1700000000", "1700000001"),
        body("a", &format!(r#","idmsg":"{}""#, "x".repeat(1_000_000))),
    ] {
        ids.push(messages(&told(body.as_bytes()).await)[0].gateway_id.clone());
    }
    assert_eq!(ids[0], ids[1]);
    ids.remove(0);
    assert!(
        ids.iter().all(|id| id.starts_with("sha256-") && id.len() == 39),
        "{ids:?}"
    );
    assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
}
