//! What people write, told at the address in the panel.

use super::*;
use crate::simulator::common::Told;
use crate::simulator::scenery::pictures::Scene;
use crate::simulator::webhook::{Contact, Said, WebhookRetry};

/// A gateway that tells a receiver.
async fn telling() -> (Desk, Receiver) {
    let desk = Desk::fast().await;
    let receiver = Receiver::open().await;
    desk.control.set_webhook(Some(receiver.url.clone()));
    (desk, receiver)
}

fn ana() -> Contact {
    Contact::new("5511900000005", "Ana Souza")
}

/// What somebody writes, as it is told.
async fn told(desk: &Desk, receiver: &Receiver, said: Said) -> Value {
    let before = receiver.received().len();
    let id = desk.control.contact_writes(ana(), said);
    let received = receiver.wait_for(before + 1).await;
    assert_eq!(received[before].content_type.as_deref(), Some("application/json"));
    let object: Value = serde_json::from_slice(&received[before].body).unwrap();
    assert_eq!(object["incomingMessageId"], json!(id));
    assert_eq!(
        (&object["from"], &object["to"]),
        (&json!("5511900000005"), &json!("Recado"))
    );
    assert_eq!(object["profileName"], "Ana Souza");
    assert!(object["ts"].as_u64().is_some());
    object
}

#[tokio::test]
async fn people_write_text_places_and_contacts() {
    let (desk, receiver) = telling().await;
    assert_eq!(told(&desk, &receiver, Said::text("Oi 😀")).await["text"], "Oi 😀");
    let place = told(&desk, &receiver, Said::place(-23.5, -46.6, false)).await;
    assert_eq!(place["whatsAppGeoLocation"]["latitude"], -23.5);
    assert_eq!(place["whatsAppGeoLocation"]["longitude"], -46.6);
    let card = Said::contact_card("Bia Lima", "5511900000006");
    let contact = told(&desk, &receiver, card.clone()).await;
    let contact = &contact["whatsAppContacts"][0];
    assert_eq!(contact["contactName"][0]["formattedName"], "Bia Lima");
    assert_eq!(contact["phones"][0]["waId"], "5511900000006");
    desk.control.set_style(DevinoStyle {
        contacts_as_text: true,
        ..DevinoStyle::default()
    });
    let contact = told(&desk, &receiver, card).await;
    assert_eq!(
        contact["whatsAppContacts"][0]["phones"],
        json!(["+5511900000006"])
    );
    let nothing = told(
        &desk,
        &receiver,
        Said::Unknown {
            kind: "sticker".to_owned(),
            text: String::new(),
        },
    )
    .await;
    assert!(nothing.get("text").is_none() && nothing.get("contentUrl").is_none());
    // Who wrote may be written to.
    let mut answer = message("resposta");
    answer["to"] = json!("5511900000005");
    let id = desk.take(answer).await;
    desk.reaches(id, Step::Seen).await;
}

#[tokio::test]
async fn files_are_told_by_an_address_where_they_can_be_fetched() {
    let (desk, receiver) = telling().await;
    for (said, text, content_type, name) in [
        (
            Said::picture(Scene::Cake, "Bolo"),
            Some("Bolo"),
            "image/jpeg",
            ".jpg",
        ),
        (Said::voice(), None, "audio/ogg; codecs=opus", ".ogg"),
        (
            Said::pdf("nota fiscal.pdf", "Nota", &["1"]),
            None,
            "application/pdf",
            "nota fiscal.pdf",
        ),
        (Said::video(""), None, "video/mp4", ".mp4"),
    ] {
        let bytes = said.file().unwrap().0.clone();
        let object = told(&desk, &receiver, said).await;
        assert_eq!(object.get("text").and_then(Value::as_str), text);
        assert_eq!(object["contentType"], content_type);
        assert!(
            object["contentName"].as_str().unwrap().ends_with(name),
            "{object}"
        );
        let url = object["contentUrl"].as_str().unwrap();
        let response = desk.client.get(url).send().await.unwrap();
        assert_eq!(
            (response.status().as_u16(), &response.headers()["content-type"]),
            (200, &content_type.parse().unwrap())
        );
        assert_eq!(response.bytes().await.unwrap(), bytes);
        let head = desk.client.head(url).send().await.unwrap();
        assert_eq!(head.headers()["content-length"], bytes.len().to_string());
        let gone = desk.client.get(format!("{url}x")).send().await.unwrap();
        assert_eq!(gone.status(), 404);
    }
}

#[tokio::test]
async fn what_is_not_taken_is_told_again() {
    let (desk, receiver) = telling().await;
    receiver.answer(&[503, 500, 200, 404]);
    desk.control.contact_writes(ana(), Said::text("a"));
    receiver.wait_for(3).await;
    desk.control.contact_writes(ana(), Said::text("b"));
    desk.wait_for(DevinoState::is_all_told).await;
    let ends: Vec<_> = desk
        .ledger
        .calls()
        .iter()
        .map(|call| (call.attempts.len(), call.end))
        .collect();
    assert_eq!(
        ends,
        [
            (3, Some(WebhookEnd::Acknowledged)),
            (1, Some(WebhookEnd::Refused))
        ]
    );
    desk.control.set_retry(WebhookRetry::never());
    receiver.answer(&[503]);
    desk.control.contact_writes(ana(), Said::text("c"));
    desk.wait_for(DevinoState::is_all_told).await;
    assert_eq!(desk.ledger.calls()[2].end, Some(WebhookEnd::GivenUp));
    desk.control.set_webhook(None);
    desk.control.contact_writes(ana(), Said::text("d"));
    desk.wait_for(DevinoState::is_all_told).await;
    assert_eq!(desk.ledger.calls()[3].end, Some(WebhookEnd::NoAddress));
    assert!(matches!(&desk.ledger.calls()[3].told, Told::Message { from, .. } if *from == ana()));
}

#[tokio::test]
async fn repetitions_and_strange_bodies() {
    let (desk, receiver) = telling().await;
    desk.control.set_style(DevinoStyle {
        message_copies: 3,
        ..DevinoStyle::default()
    });
    desk.control.contact_writes(ana(), Said::text("a"));
    let received = receiver.wait_for(3).await;
    assert!(received.iter().all(|other| other.body == received[0].body));
    desk.control.post_body(None, Some("text/plain"), "[1,");
    let received = receiver.wait_for(4).await;
    assert_eq!(received[3].body, b"[1,");
    assert_eq!(received[3].content_type.as_deref(), Some("text/plain"));
}
