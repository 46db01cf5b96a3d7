//! The played Devino over real HTTP.

mod checks;
mod faults;
mod incoming;

use super::*;
use crate::simulator::Timing;
use crate::simulator::common::{Ending, Function, Step};
use crate::simulator::tests::PATIENCE;
use crate::simulator::tests::receiver::Receiver;
use crate::simulator::webhook::WebhookEnd;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::time::Duration;

const PERSON: &str = "5511900000002";

/// A gateway and a client of it.
struct Desk {
    simulator: DevinoSimulator,
    control: DevinoControl,
    ledger: DevinoLedger,
    client: reqwest::Client,
}

impl Desk {
    async fn open(config: DevinoConfig) -> Self {
        // Another test of this process may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .no_proxy()
            .tls_certs_only([])
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let simulator = DevinoSimulator::start(config).await.unwrap();
        let control = simulator.control();
        control.person_wrote(PERSON);
        Self {
            ledger: simulator.ledger(),
            control,
            simulator,
            client,
        }
    }

    async fn fast() -> Self {
        Self::open(DevinoConfig::fast()).await
    }

    async fn post(&self, authorization: &str, body: String) -> reqwest::Result<reqwest::Response> {
        let address = format!("{}whatsapp/messages", self.simulator.base_url());
        let request = self
            .client
            .post(address)
            .header("content-type", "application/json");
        request
            .header("authorization", authorization)
            .body(body)
            .send()
            .await
    }

    /// Sends messages; answers HTTP status and JSON.
    async fn send(&self, messages: &[Value]) -> (u16, Value) {
        let body = json!({ "messages": messages }).to_string();
        let response = self.post("Key demo-key-0000", body).await.unwrap();
        assert_eq!(
            response.headers()["content-type"],
            "application/json; charset=UTF-8"
        );
        let status = response.status().as_u16();
        (
            status,
            serde_json::from_slice(&response.bytes().await.unwrap()).unwrap(),
        )
    }

    /// Sends a message that is taken; answers its identifier.
    async fn take(&self, message: Value) -> u64 {
        let (status, answer) = self.send(&[message]).await;
        assert_eq!(
            (status, &answer["result"][0]["code"]),
            (200, &json!("OK")),
            "{answer}"
        );
        answer["result"][0]["messageId"]
            .as_str()
            .unwrap()
            .parse()
            .unwrap()
    }

    async fn wait_for(&self, condition: impl FnMut(&DevinoState) -> bool) {
        self.control.wait_for(condition, PATIENCE).await.unwrap();
    }

    /// Waits until a message is at this step.
    async fn reaches(&self, id: u64, step: Step) {
        self.wait_for(|state| {
            let message = state.book().message(id).unwrap();
            message.latest_step() == Some(step)
        })
        .await;
    }
}

fn message(text: &str) -> Value {
    json!({"from": "Recado", "to": PERSON, "text": text, "callbackData": text})
}

fn told_to(text: &str, receiver: &Receiver) -> Value {
    let mut message = message(text);
    message["callbackUrl"] = json!(receiver.url.as_str());
    message
}

#[tokio::test]
async fn credentials_are_taken_in_each_form() {
    let desk = Desk::fast().await;
    let body = || json!({"messages": [message("a")]}).to_string();
    let basic = format!("Basic {}", STANDARD.encode("demo:demo-password-0000"));
    let status = async |authorization: &str| {
        let response = desk.post(authorization, body()).await.unwrap();
        response.status().as_u16()
    };
    for (authorization, expected) in [
        ("Key demo-key-0000", 200),
        (basic.as_str(), 200),
        ("Key demo-key-0001", 401),
        ("Basic demo-key-0000", 401),
        ("demo-key-0000", 401),
        ("Bearer demo-key-0000", 401),
    ] {
        assert_eq!(status(authorization).await, expected, "{authorization}");
    }
    desk.control.refuse_credentials(true);
    assert_eq!(status("Key demo-key-0000").await, 401);
    let schemes: Vec<_> = desk
        .ledger
        .requests()
        .into_iter()
        .filter_map(|request| request.scheme)
        .collect();
    assert_eq!(schemes, ["Key", "Basic", "Key", "Basic", "Bearer", "Key"]);
    assert!(!format!("{:?}", desk.ledger.requests()).contains("demo-key"));
    let only_key = DevinoConfig {
        accepted: vec![DevinoAuth::Key],
        ..DevinoConfig::fast()
    };
    let desk = Desk::open(only_key).await;
    assert_eq!(desk.post(&basic, body()).await.unwrap().status(), 401);
    assert_eq!(desk.ledger.messages().len(), 0);
}

#[tokio::test]
async fn each_message_of_a_batch_has_its_own_answer() {
    let desk = Desk::fast().await;
    let mut faulty = message("b");
    faulty["to"] = json!("x");
    let (status, answer) = desk.send(&[message("a"), faulty.clone(), message("c")]).await;
    assert_eq!(status, 200);
    let result = answer["result"].as_array().unwrap();
    let codes: Vec<_> = result
        .iter()
        .map(|entry| entry["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["OK", "REJECTED", "OK"]);
    assert_eq!(
        result[1]["reasons"],
        json!([{"key": "invalid", "ref": "messages[1].to"}])
    );
    let ids: Vec<_> = [0, 2]
        .map(|index| result[index]["messageId"].as_str().unwrap())
        .to_vec();
    assert!(ids[0] != ids[1] && ids.iter().all(|id| id.len() == 19), "{ids:?}");
    assert_eq!(
        (
            desk.ledger.copies("a"),
            desk.ledger.copies("b"),
            desk.ledger.copies("c")
        ),
        (1, 0, 1)
    );

    desk.control.set_style(DevinoStyle {
        refuses_whole: true,
        numbered_references: false,
        ids_as_text: false,
        ..DevinoStyle::default()
    });
    let (status, answer) = desk.send(&[message("d"), faulty]).await;
    assert_eq!(
        (status, &answer["reasons"]),
        (400, &json!([{"key": "invalid", "ref": "messages[i].to"}]))
    );
    assert_eq!(desk.ledger.copies("d"), 0);
    let (_, answer) = desk.send(&[message("e")]).await;
    assert!(
        answer["result"][0]["messageId"]
            .as_u64()
            .is_some_and(|id| id > 1 << 53)
    );
    // No key makes a repetition known.
    desk.send(&[message("e")]).await;
    assert_eq!(desk.ledger.copies("e"), 2);
}

#[tokio::test]
async fn lists_that_are_empty_or_too_long_are_refused_whole() {
    let desk = Desk::fast().await;
    let refused = |key: &str| json!([{"key": key, "ref": "messages"}]);
    let (status, answer) = desk.send(&[]).await;
    assert_eq!((status, &answer["reasons"]), (400, &refused("must.be.not.null")));
    desk.control.set_batch_max(2);
    let (status, answer) = desk.send(&vec![message("a"); 3]).await;
    assert_eq!((status, &answer["reasons"]), (400, &refused("too.many.messages")));
    assert_eq!(desk.send(&vec![message("a"); 2]).await.0, 200);
    let response = desk.post("Key demo-key-0000", "{".to_owned()).await.unwrap();
    assert_eq!(response.status(), 400);
    assert_eq!(desk.ledger.messages().len(), 2);
}

#[tokio::test]
async fn every_documented_refusal_can_be_asked_for() {
    let desk = Desk::fast().await;
    for refusal in REFUSALS {
        let mut expected = json!({"key": refusal.key});
        if let Some(place) = refusal.place.reference(Some(0)) {
            expected["ref"] = json!(place);
        }
        desk.control.refuse(*refusal, Scope::Request, Times::ONCE);
        let (status, answer) = desk.send(&[message("whole")]).await;
        assert_eq!((status, &answer["reasons"][0]), (400, &expected));
        desk.control.refuse(*refusal, Scope::Message, Times::ONCE);
        let (status, answer) = desk.send(&[message("one"), message("other")]).await;
        assert_eq!((status, &answer["result"][0]["reasons"][0]), (200, &expected));
        assert_eq!(answer["result"][1]["code"], "OK");
    }
    assert_eq!((desk.ledger.copies("whole"), desk.ledger.copies("one")), (0, 0));
    assert_eq!(desk.ledger.copies("other"), REFUSALS.len());
    desk.control.refuse(REFUSALS[0], Scope::Message, Times::Always);
    desk.control.clear_refusals();
    desk.take(message("after")).await;
}

#[tokio::test]
async fn what_becomes_of_a_message_is_told_at_its_own_address() {
    let desk = Desk::fast().await;
    let receiver = Receiver::open().await;
    let id = desk.take(told_to("token-1", &receiver)).await;
    let received = receiver.wait_for(2).await;
    desk.wait_for(DevinoState::is_all_told).await;
    let entries: Vec<Value> = received.iter().flat_map(|received| received.objects()).collect();
    for (entry, word) in entries.iter().zip(["DELIVERED", "READ"]) {
        assert!(
            entry["ts"].as_u64().is_some_and(|ts| ts > 1_600_000_000_000),
            "{entry}"
        );
        let told = (
            &entry["messageId"],
            &entry["status"],
            &entry["errorCode"],
            &entry["options"],
        );
        assert_eq!(told, (&json!(id), &json!(word), &json!(0), &json!("token-1")));
    }
    assert!(received[0].body.starts_with(b"[{"));
    assert_eq!(received[0].content_type.as_deref(), Some("application/json"));
    let steps: Vec<Step> = desk
        .ledger
        .message(id)
        .unwrap()
        .steps
        .iter()
        .map(|record| record.step)
        .collect();
    assert_eq!(steps, [Step::Sent, Step::Delivered, Step::Seen]);
    // Another spelling, each told twice; what has no word is not told.
    let word = |word: &str| Some(word.to_owned());
    desk.control.set_style(DevinoStyle {
        status_ids_as_text: true,
        status_copies: 2,
        statuses_max: 1,
        words: StatusWords {
            sent: word("SENT"),
            delivered: None,
            seen: None,
            failed: None,
        },
        ..DevinoStyle::default()
    });
    let id = desk.take(told_to("token-2", &receiver)).await;
    desk.reaches(id, Step::Seen).await;
    desk.wait_for(DevinoState::is_all_told).await;
    let entries: Vec<Value> = receiver.received()[2..]
        .iter()
        .flat_map(|received| received.objects())
        .collect();
    assert_eq!(entries.len(), 2);
    assert_eq!(
        (&entries[0]["messageId"], &entries[1]["status"]),
        (&json!(id.to_string()), &json!("SENT"))
    );
}

#[tokio::test]
async fn every_documented_code_can_come_late() {
    let desk = Desk::fast().await;
    let receiver = Receiver::open().await;
    for code in CALLBACK_CODES {
        desk.control.end_messages(Ending::Fails(*code), Times::ONCE);
        let id = desk.take(told_to("late", &receiver)).await;
        desk.reaches(id, Step::Failed(*code)).await;
        assert_eq!(desk.ledger.message(id).unwrap().sent_at, None);
    }
    desk.wait_for(DevinoState::is_all_told).await;
    let told: Vec<u64> = receiver
        .received()
        .iter()
        .flat_map(|received| received.objects())
        .map(|entry| entry["errorCode"].as_u64().unwrap())
        .collect();
    assert_eq!(
        told,
        CALLBACK_CODES
            .iter()
            .map(|code| u64::from(*code))
            .collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn messages_can_stay_where_they_are() {
    let desk = Desk::fast().await;
    desk.control.end_messages(Ending::Pending, Times::ONCE);
    desk.control.end_messages(Ending::Delivered, Times::ONCE);
    let pending = desk.take(message("a")).await;
    let delivered = desk.take(message("b")).await;
    let seen = desk.take(message("c")).await;
    desk.reaches(seen, Step::Seen).await;
    desk.reaches(pending, Step::Sent).await;
    desk.reaches(delivered, Step::Delivered).await;
    desk.control.hold_queue(true);
    desk.take(message("d")).await;
    assert_eq!(
        desk.control
            .read(|state| (state.queue_length(), state.book().sent_total())),
        (1, 3)
    );
}

#[tokio::test]
async fn only_this_machine_is_called_and_asked() {
    let desk = Desk::fast().await;
    let mut away = message("away");
    away["callbackUrl"] = json!("https://recado.example/s/1");
    away["contentUrl"] = json!("https://files.example/a.jpg");
    let id = desk.take(away).await;
    desk.reaches(id, Step::Seen).await;
    desk.wait_for(DevinoState::is_all_told).await;
    assert_eq!(desk.ledger.message(id).unwrap().attachment, None);
    let calls = desk.ledger.calls();
    assert_eq!(calls.len(), 2);
    assert!(
        calls
            .iter()
            .all(|call| call.attempts.is_empty() && call.end == Some(WebhookEnd::NoAddress))
    );
    let slow = DevinoConfig::default().common.timing;
    assert!(slow.received_after > Timing::fast().received_after);
    assert_eq!(desk.ledger.requests_to(Function::Send), 1);
}
