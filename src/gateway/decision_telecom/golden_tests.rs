//! Every sample of the vendor's document, over real HTTP: what goes out, and what its answers mean.

use super::*;
use crate::domain::message::ReasonKind;
use crate::domain::{Attachment, ClientMessageId, MediaKind, MessageState, PhoneNumber, TemplateMessage};
use crate::gateway::test_server::{Play, Seen, TestServer};
use serde_json::{Value, json};

const KEY: &str = "User Hash Key";
const CALLBACK: &str = "https://yourdomain.example/whatsapp-callback";
const TAKEN: &str = "{\n\"message_id\":554\n}";

fn request() -> SendRequest {
    SendRequest {
        client_id: ClientMessageId::from_stored("0123456789abcdef0123456789abcdef".into()),
        to: PhoneNumber::from_digits("5511900000012").unwrap(),
        text: "Message content".into(),
        attachment: None,
        template: None,
        callback: Some(Url::parse(CALLBACK).unwrap()),
    }
}

fn picture() -> Attachment {
    Attachment {
        url: "https://yourdomain.example/images/image.jpg".into(),
        name: "image.jpg".into(),
        kind: MediaKind::Image,
        file: None,
    }
}

async fn exchanged<T>(status: u16, reply: &str, call: impl AsyncFnOnce(DecisionTelecom) -> T) -> (T, Seen) {
    let server = TestServer::start(Play::http(status, "", reply.as_bytes())).await;
    let fields = [("key", KEY), ("sender", "Custom Company")];
    let client = DecisionTelecom::new(Credentials {
        base_url: server.url(),
        fields: fields
            .into_iter()
            .map(|(key, value)| (key.to_owned(), Secret::new(value.to_owned())))
            .collect(),
    });
    let value = call(client.unwrap()).await;
    assert_eq!(server.connections(), 1);
    (value, server.seen().remove(0))
}

async fn sent(request: &SendRequest, status: u16, reply: &str) -> (SendVerdict, Seen) {
    let (report, seen) = exchanged(status, reply, async |client| client.send(request).await).await;
    (report.verdict, seen)
}

fn body(seen: &Seen) -> Value {
    serde_json::from_slice(&seen.body).unwrap()
}

/// Section "API Send WhatsApp message": the fields of the sample, of each type of message those that belong to it.
#[tokio::test]
async fn the_sample_of_each_type_of_message() {
    let (verdict, seen) = sent(&request(), 200, TAKEN).await;
    assert_eq!(seen.line, "POST /api/json/send-whatsapp HTTP/1.1");
    assert!(seen.headers.contains("content-type: application/json\n"));
    let expected = json!({
        "source_addr": "Custom Company",
        "destination_addr": "5511900000012",
        "message_type": 1,
        "text": "Message content",
        "callback_url": CALLBACK,
    });
    assert_eq!(body(&seen), expected);
    let gateway_id = Some("554".to_owned());
    assert_eq!(verdict, SendVerdict::Accepted { gateway_id });

    let mut media = request();
    media.attachment = Some(picture());
    let (_, seen) = sent(&media, 200, TAKEN).await;
    let expected = json!({
        "source_addr": "Custom Company",
        "destination_addr": "5511900000012",
        "message_type": 2,
        "text": "Message content",
        "file_url": "https://yourdomain.example/images/image.jpg",
        "callback_url": CALLBACK,
    });
    assert_eq!(body(&seen), expected);

    let mut template = media;
    template.template = Some(TemplateMessage {
        key: "your-namespace:image_tmp_en".into(),
        language: "en".into(),
        values: vec!["replacement_text".into()],
    });
    let (_, seen) = sent(&template, 200, TAKEN).await;
    let mut outer = body(&seen);
    // A text that holds a document.
    let params = outer.as_object_mut().unwrap().remove("template_params").unwrap();
    let params: Value = serde_json::from_str(params.as_str().unwrap()).unwrap();
    let image = json!({"type": "image", "image": {"link": "https://yourdomain.example/images/image.jpg"}});
    let text = json!({"type": "text", "text": "replacement_text"});
    let expected = json!({
        "to": "5511900000012",
        "type": "template",
        "template": {
            "namespace": "your-namespace",
            "language": {"policy": "deterministic", "code": "en"},
            "name": "image_tmp_en",
            "components": [
                {"type": "header", "parameters": [image]},
                {"type": "body", "parameters": [text]},
            ],
        },
    });
    assert_eq!(params, expected);
    // The form of the document's last sample, which breaks off, never leaves: nothing but this stands outside.
    assert_eq!(
        (&outer["message_type"], &outer["template_name"]),
        (&json!(4), &json!("image_tmp_en"))
    );
    for absent in ["to", "type", "template", "text"] {
        assert_eq!(outer.get(absent), None, "{absent}");
    }
}

/// Section "API Receive WhatsApp message" and "WhatsApp messages statuses".
#[tokio::test]
async fn the_sample_of_a_question_and_every_status() {
    use MessageState::{Delivered, Read, Rejected};
    let statuses = [
        (1, Some(Delivered)),
        (2, Some(Rejected)),
        (3, Some(Rejected)),
        (4, Some(Rejected)),
        (5, Some(Rejected)),
        (6, None),
        (7, Some(Read)),
    ];
    for (code, state) in statuses {
        // With the comma behind the last field.
        let reply = format!("{{\n\"message_id\":554,\n\"status\":{code},\n}}");
        let (answer, seen) = exchanged(200, &reply, async |client| client.message_state("554").await).await;
        assert_eq!(seen.line, "POST /api/json/receive-whatsapp HTTP/1.1");
        assert_eq!(body(&seen), json!({"message_id": 554}));
        let answer = answer.unwrap();
        assert_eq!(answer.state, state, "{code}");
        assert_eq!(answer.reason.is_some(), state == Some(Rejected), "{code}");
    }
}

/// Section "Errors": every entry, with the status it has and with 200.
#[tokio::test]
async fn every_entry_of_the_errors() {
    use ReasonKind::{
        GatewayFailure, InvalidAttachment, OutsideWindow, PaymentNeeded, RateLimited, RejectedByGateway,
    };
    let failed =
        "The server encountered an unexpected condition which prevented it from fulfilling the request";
    let window = "Message failed to send because more than 24 hours have passed since the customer last replied to \
                  this number. In this case, you can only send a template message";
    let entries = [
        ("Rate limit exceeded", 0, 429, RateLimited),
        (
            "Empty parameter or parameter validation error",
            1,
            4,
            RejectedByGateway,
        ),
        (failed, 2, 500, GatewayFailure),
        ("User balance is empty", 3, 402, PaymentNeeded),
        (failed, 4, 500, GatewayFailure),
        (failed, 5, 500, GatewayFailure),
        (failed, 6, 500, GatewayFailure),
        (window, 7, 503, OutsideWindow),
        ("Invalid MIME type file_url", 8, 401, InvalidAttachment),
        ("Invalid file extension", 9, 401, InvalidAttachment),
    ];
    for (message, code, status, kind) in entries {
        let reply = json!({"message": message, "code": code, "status": status}).to_string();
        let own = if status < 100 { 400 } else { status };
        for http in [own, 200] {
            let (verdict, _) = sent(&request(), http, &reply).await;
            let reason = match (&verdict, kind) {
                (SendVerdict::Wait { reason, .. }, RateLimited | PaymentNeeded)
                | (SendVerdict::Ambiguous(reason), GatewayFailure)
                | (SendVerdict::Rejected(reason), RejectedByGateway | OutsideWindow | InvalidAttachment) => {
                    reason
                }
                (other, _) => panic!("{reply} with {http}: {other:?}"),
            };
            assert_eq!(reason.kind, kind, "{reply} with {http}");
            assert!(
                reason
                    .words
                    .as_deref()
                    .is_some_and(|words| words.contains(message))
            );
        }
    }
}
