//! Every sample of the vendor's document, over real HTTP: what goes out, and what its answers mean.

use super::*;
use crate::domain::message::ReasonKind;
use crate::domain::{Attachment, ClientMessageId, MediaKind, PhoneNumber, TemplateMessage};
use crate::gateway::test_server::{Play, Seen, TestServer};
use serde_json::{Value, json};

/// The key of the document's sample.
const KEY: &str = "QWxhZGRpbjpvcGVuIHNlc2FtZQ==";
const OURS: &str = "0123456789abcdef0123456789abcdef";

fn request() -> SendRequest {
    SendRequest {
        client_id: ClientMessageId::from_stored(OURS.into()),
        to: PhoneNumber::from_digits("5511900000012").unwrap(),
        text: "Code: 1234".into(),
        attachment: None,
        template: None,
        callback: None,
    }
}

async fn exchanged(request: &SendRequest, status: u16, reply: &str) -> (SendVerdict, Seen) {
    let server = TestServer::start(Play::http(status, "", reply.as_bytes())).await;
    let fields = [("key", KEY), ("sender", "MyCompany")];
    let client = Devino::new(Credentials {
        base_url: server.url(),
        fields: fields
            .into_iter()
            .map(|(key, value)| (key.to_owned(), Secret::new(value.to_owned())))
            .collect(),
    });
    let report = client.unwrap().send(request).await;
    assert_eq!(server.connections(), 1);
    (report.verdict, server.seen().remove(0))
}

fn body(seen: &Seen) -> Value {
    serde_json::from_slice(&seen.body).unwrap()
}

const TAKEN: &str = r#"{
    "result": [
        {
            "code": "OK",
            "messageId": "3482512350952730368"
        }
    ]
}"#;

/// Section "Enviando", "Solicitar exemplo" and "Resposta exemplo".
#[tokio::test]
async fn the_sample_of_a_request_and_of_its_answer() {
    let (verdict, seen) = exchanged(&request(), 200, TAKEN).await;
    assert_eq!(seen.line, "POST /api/json/whatsapp/messages HTTP/1.1");
    for header in [
        "authorization: Key QWxhZGRpbjpvcGVuIHNlc2FtZQ==\n",
        "content-type: application/json\n",
        "accept: application/json\n",
    ] {
        assert!(seen.headers.contains(header), "{header}: {}", seen.headers);
    }
    // The sample, and what finds the message again when its answer is lost.
    let sample = json!({"messages": [
        {"from": "MyCompany", "to": "5511900000012", "text": "Code: 1234", "callbackData": OURS}
    ]});
    assert_eq!(body(&seen), sample);
    let gateway_id = Some("3482512350952730368".to_owned());
    assert_eq!(verdict, SendVerdict::Accepted { gateway_id });
}

/// Section "Enviando", "Modelo" under "Resposta exemplo": every field, and a code that is none.
#[tokio::test]
async fn the_model_of_an_answer_says_nothing() {
    let model = r#"{ "result": [ { "code": "CODE", "reasons": [ { "key": "string", "ref": "string" } ], "messageId": "string" } ] }"#;
    let (verdict, _) = exchanged(&request(), 200, model).await;
    assert!(
        matches!(&verdict, SendVerdict::Ambiguous(reason) if reason.kind == ReasonKind::UnreadableAnswer),
        "{verdict:?}"
    );
}

/// Section "Enviando", "Parâmetros de solicitação": every field there is, but for `validity`.
#[tokio::test]
async fn every_parameter_goes_out_as_documented() {
    let callback = "https://recado.example/h/0/1";
    let mut file = request();
    file.callback = Some(Url::parse(callback).unwrap());
    file.attachment = Some(Attachment {
        url: "https://files.example/a.pdf".into(),
        name: "Tabela.pdf".into(),
        kind: MediaKind::Document,
        file: None,
    });
    let (_, seen) = exchanged(&file, 200, TAKEN).await;
    let expected = json!({"messages": [{
        "from": "MyCompany",
        "to": "5511900000012",
        "text": "Code: 1234",
        "contentUrl": "https://files.example/a.pdf",
        "contentName": "Tabela.pdf",
        "contentType": "application/pdf",
        "callbackUrl": callback,
        "callbackData": OURS,
    }]});
    assert_eq!(body(&seen), expected);
    let mut template = request();
    template.template = Some(TemplateMessage {
        key: "order_ready".into(),
        language: "pt_BR".into(),
        values: vec!["Ana".into(), "12".into()],
    });
    let (_, seen) = exchanged(&template, 200, TAKEN).await;
    let expected = json!({"messages": [{
        "from": "MyCompany",
        "to": "5511900000012",
        "callbackData": OURS,
        "templateId": "order_ready",
        "templateParams": {"1": "Ana", "2": "12"},
        "languageCode": "pt_BR",
    }]});
    assert_eq!(body(&seen), expected);
}

/// Section "Enviando", "Códigos de erro": every row, as the answer to one message.
#[tokio::test]
async fn every_row_of_the_errors_is_definite() {
    use ReasonKind::{
        InvalidAttachment, InvalidRecipient, PaymentNeeded, RejectedByGateway, SenderRefused,
        TemplateRefused, TextTooLong,
    };
    let rows = [
        ("billing.error", "", PaymentNeeded),
        ("forbidden", "", RejectedByGateway),
        ("unknown", "", RejectedByGateway),
        ("invalid", "messages[0].to", InvalidRecipient),
        ("invalid", "messages[0].validity", RejectedByGateway),
        ("invalid", "messages[0].callbackUrl", RejectedByGateway),
        ("invalid", "messages[0].contentUrl", InvalidAttachment),
        ("invalid", "messages[0].contentType", InvalidAttachment),
        ("invalid", "messages[0].from", SenderRefused),
        ("invalid", "messages[0].languageCode", TemplateRefused),
        ("length.too.long", "messages[0].to", InvalidRecipient),
        ("length.too.long", "messages[0].text", TextTooLong),
        ("length.too.long", "messages[0].languageCode", TemplateRefused),
        ("length.too.short", "messages[0].contentName", InvalidAttachment),
        ("length.too.short", "messages[0].languageCode", TemplateRefused),
        ("must.be.not.null", "messages[0].to", InvalidRecipient),
        ("must.be.not.null", "messages", RejectedByGateway),
        ("must.be.not.null", "messages[0].from", SenderRefused),
        ("must.be.not.null", "messages[0]", RejectedByGateway),
        ("not.available", "messages[0].from", SenderRefused),
        ("too.many.messages", "messages", RejectedByGateway),
    ];
    for (key, place, kind) in rows {
        let reason = if place.is_empty() {
            json!({ "key": key })
        } else {
            json!({ "key": key, "ref": place })
        };
        let refusal = json!({"code": "REJECTED", "reasons": [reason], "description": "descr"});
        for reply in [
            json!({"result": [refusal]}),
            json!({"reasons": [reason]}),
            refusal.clone(),
        ] {
            for status in [200, 400] {
                let (verdict, _) = exchanged(&request(), status, &reply.to_string()).await;
                let found = match &verdict {
                    SendVerdict::Rejected(reason) => reason,
                    SendVerdict::Wait { reason, .. } if kind == PaymentNeeded => reason,
                    other => panic!("{reply} with {status}: {other:?}"),
                };
                assert_eq!(found.kind, kind, "{reply} with {status}");
                assert!(
                    found
                        .detail
                        .as_deref()
                        .is_some_and(|detail| detail.starts_with("devino-"))
                );
                assert!(
                    found.words.as_deref().is_some_and(|words| words.contains(key)),
                    "{verdict:?}"
                );
            }
        }
    }
}
