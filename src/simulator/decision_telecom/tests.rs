//! The played DecisionTelecom over real HTTP.

use super::*;
use crate::simulator::common::{Ending, Function, Rate, RegisteredTemplate, Step};
use crate::simulator::tests::PATIENCE;
use crate::simulator::tests::receiver::Receiver;
use crate::simulator::webhook::WebhookEnd;
use crate::simulator::{Fault, FaultRule};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::time::Duration;

const PERSON: &str = "5511900000002";

/// A gateway and a client of it.
struct Desk {
    simulator: DecisionSimulator,
    control: DecisionControl,
    ledger: DecisionLedger,
    client: reqwest::Client,
}

impl Desk {
    async fn open(config: DecisionConfig) -> Self {
        // Another test of this process may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .no_proxy()
            .tls_certs_only([])
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let simulator = DecisionSimulator::start(config).await.unwrap();
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
        Self::open(DecisionConfig::fast()).await
    }

    async fn post(
        &self,
        function: &str,
        authorization: &str,
        body: &Value,
    ) -> reqwest::Result<reqwest::Response> {
        let address = format!("{}{function}", self.simulator.base_url());
        let request = self.client.post(address).header("authorization", authorization);
        request
            .header("content-type", "application/json")
            .body(body.to_string())
            .send()
            .await
    }

    /// Calls a function; answers HTTP status and body.
    async fn call(&self, function: &str, body: &Value) -> (u16, String) {
        let authorization = format!("Basic {}", STANDARD.encode("demo-key-0000"));
        let response = self.post(function, &authorization, body).await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }

    async fn send(&self, message: &Value) -> (u16, Value) {
        let (status, body) = self.call("send-whatsapp", message).await;
        (status, serde_json::from_str(&body).unwrap())
    }

    /// Sends a message that is taken; answers its identifier.
    async fn take(&self, message: &Value) -> u64 {
        let (status, answer) = self.send(message).await;
        assert_eq!(status, 200, "{answer}");
        answer["message_id"].as_u64().unwrap()
    }

    /// What is answered about a message.
    async fn state(&self, id: u64) -> String {
        let (status, body) = self.call("receive-whatsapp", &json!({ "message_id": id })).await;
        assert_eq!(status, 200);
        body
    }

    async fn wait_for(&self, condition: impl FnMut(&DecisionState) -> bool) {
        self.control.wait_for(condition, PATIENCE).await.unwrap();
    }

    async fn reaches(&self, id: u64, step: Step) {
        self.wait_for(|state| state.book().message(id).unwrap().latest_step() == Some(step))
            .await;
    }
}

fn message(text: &str) -> Value {
    json!({"source_addr": "Recado", "destination_addr": PERSON, "message_type": 1, "text": text})
}

fn template(values: &[&str]) -> Value {
    let parameters: Vec<Value> = values
        .iter()
        .map(|value| json!({"type": "text", "text": value}))
        .collect();
    let params = json!({"to": "5511900000004", "type": "template", "template": {"name": "pedido",
        "language": {"policy": "deterministic", "code": "pt_BR"},
        "components": [{"type": "body", "parameters": parameters}]}});
    json!({"source_addr": "Recado", "destination_addr": "5511900000004", "message_type": 4,
        "template_name": "pedido", "template_params": params.to_string()})
}

#[tokio::test]
async fn the_key_is_taken_in_each_form() {
    let forms = [
        (
            DecisionAuth::Key,
            format!("Basic {}", STANDARD.encode("demo-key-0000")),
        ),
        (
            DecisionAuth::KeyColon,
            format!("Basic {}", STANDARD.encode("demo-key-0000:")),
        ),
        (DecisionAuth::Raw, "Basic demo-key-0000".to_owned()),
    ];
    for (accepted, _) in &forms {
        let config = DecisionConfig {
            accepted: vec![*accepted],
            ..DecisionConfig::fast()
        };
        let desk = Desk::open(config).await;
        for (form, authorization) in &forms {
            let response = desk
                .post("send-whatsapp", authorization, &message("a"))
                .await
                .unwrap();
            let expected = if form == accepted { 200 } else { 401 };
            assert_eq!(response.status(), expected, "{accepted:?} {form:?}");
        }
        assert_eq!(desk.ledger.messages().len(), 1);
    }
    let desk = Desk::fast().await;
    desk.control.refuse_credentials(true);
    let (status, answer) = desk.send(&message("a")).await;
    assert_eq!((status, &answer["name"]), (401, &json!("Unauthorized")));
}

#[tokio::test]
async fn a_message_goes_from_pending_to_seen() {
    let desk = Desk::fast().await;
    desk.control.hold_queue(true);
    let id = desk.take(&message("a")).await;
    assert_eq!(id, 554);
    assert_eq!(desk.state(id).await, r#"{"message_id":554,"status":6,}"#);
    desk.control.end_messages(Ending::Delivered, Times::ONCE);
    let delivered = desk.take(&message("b")).await;
    desk.control.hold_queue(false);
    desk.reaches(id, Step::Seen).await;
    desk.reaches(delivered, Step::Delivered).await;
    assert_eq!(desk.state(id).await, r#"{"message_id":554,"status":7,}"#);
    desk.control.set_style(DecisionStyle {
        trailing_comma: false,
        numbers_as_text: true,
        ..DecisionStyle::default()
    });
    assert_eq!(
        desk.state(delivered).await,
        r#"{"message_id":"555","status":"1"}"#
    );
    for code in [2, 3, 4, 5] {
        desk.control.set_style(DecisionStyle::default());
        desk.control.end_messages(Ending::Fails(code), Times::ONCE);
        let id = desk.take(&message("c")).await;
        desk.reaches(id, Step::Failed(code)).await;
        assert_eq!(
            desk.state(id).await,
            format!(r#"{{"message_id":{id},"status":{code},}}"#)
        );
    }
    for unknown in [json!(0), json!("x"), json!(null), json!(9_999)] {
        let (status, body) = desk
            .call("receive-whatsapp", &json!({ "message_id": unknown }))
            .await;
        let answer: Value = serde_json::from_str(&body).unwrap();
        assert_eq!((status, &answer["code"]), (400, &json!(1)));
        assert_eq!(answer["name"], "Invalid Parameter: message_id");
    }
    assert_eq!(desk.ledger.requests_to(Function::Send), 6);
}

#[tokio::test]
async fn every_documented_error_can_be_asked_for() {
    let desk = Desk::fast().await;
    for (in_200, misprinted, names) in [(false, false, true), (true, false, true), (true, true, false)] {
        desk.control.set_style(DecisionStyle {
            errors_in_200: in_200,
            misprinted_status: misprinted,
            names,
            ..DecisionStyle::default()
        });
        for error in ERRORS {
            desk.control.refuse(error.code, Times::ONCE);
            let (status, answer) = desk.send(&message("a")).await;
            assert_eq!(status, if in_200 { 200 } else { error.status }, "{error:?}");
            let told = if misprinted && error.code == 1 {
                4
            } else {
                error.status
            };
            assert_eq!(
                (&answer["code"], &answer["status"]),
                (&json!(error.code), &json!(told))
            );
            assert_eq!(
                (&answer["message"], answer.get("name").is_some()),
                (&json!(error.message), names)
            );
        }
    }
    assert_eq!(
        ERRORS.iter().map(|error| error.code).collect::<Vec<_>>(),
        (0..=9).collect::<Vec<u8>>()
    );
    assert_eq!(desk.ledger.messages().len(), 0);
    desk.control.refuse(5, Times::Always);
    desk.control.clear_refusals();
    desk.take(&message("after")).await;
}

#[tokio::test]
async fn callbacks_come_in_each_form() {
    let desk = Desk::fast().await;
    for callback in CallbackBody::ALL {
        let receiver = Receiver::open().await;
        desk.control.set_style(DecisionStyle {
            callback,
            callback_copies: 2,
            ..DecisionStyle::default()
        });
        let mut telling = message("a");
        telling["callback_url"] = json!(receiver.url.as_str());
        let id = desk.take(&telling).await;
        desk.reaches(id, Step::Seen).await;
        desk.wait_for(DecisionState::is_all_told).await;
        let received: Vec<(Option<String>, String)> = receiver
            .received()
            .into_iter()
            .map(|received| (received.content_type, String::from_utf8(received.body).unwrap()))
            .collect();
        let (json, form) = ("application/json", "application/x-www-form-urlencoded");
        let expected: Vec<(Option<&str>, String)> = match callback {
            CallbackBody::Never => vec![],
            CallbackBody::Empty => vec![(None, String::new()); 2],
            CallbackBody::Json => [1, 7]
                .map(|status| (Some(json), format!(r#"{{"message_id":{id},"status":{status}}}"#)))
                .to_vec(),
            CallbackBody::Form => [1, 7]
                .map(|status| (Some(form), format!("message_id={id}&status={status}")))
                .to_vec(),
        };
        let expected: Vec<(Option<String>, String)> = expected
            .into_iter()
            .flat_map(|(content_type, body)| vec![(content_type.map(str::to_owned), body); 2])
            .collect();
        assert_eq!(received, expected, "{callback:?}");
        assert_eq!(desk.ledger.copies(receiver.url.as_str()), 1);
    }
}

#[tokio::test]
async fn outside_of_the_day_only_templates_go() {
    let desk = Desk::fast().await;
    desk.control
        .register_template(RegisteredTemplate::new("pedido", "pt_BR", 1));
    desk.take(&message("a")).await;
    desk.control.advance_clock(Duration::from_secs(24 * 3_600));
    let (status, answer) = desk.send(&message("b")).await;
    assert_eq!((status, &answer["code"]), (503, &json!(7)));
    let id = desk.take(&template(&["12"])).await;
    desk.reaches(id, Step::Seen).await;
    assert_eq!(desk.ledger.message(id).unwrap().template.unwrap().values, ["12"]);
    for (wrong, parameter) in [
        (template(&[]), "template_params"),
        (template(&["1", "2"]), "template_params"),
    ] {
        let (status, answer) = desk.send(&wrong).await;
        assert_eq!(
            (status, &answer["name"]),
            (400, &json!(format!("Invalid Parameter: {parameter}")))
        );
    }
    desk.control.forget_template("pedido");
    assert_eq!(
        desk.send(&template(&["12"])).await.1["name"],
        "Invalid Parameter: template_name"
    );
    desk.control.person_wrote(PERSON);
    desk.take(&message("c")).await;
}

#[tokio::test]
async fn money_and_pace_have_their_bounds() {
    let desk = Desk::fast().await;
    desk.control.set_rate(Some(Rate {
        messages: 1,
        per: Duration::from_secs(3_600),
    }));
    desk.take(&message("a")).await;
    let authorization = format!("Basic {}", STANDARD.encode("demo-key-0000"));
    let response = desk
        .post("send-whatsapp", &authorization, &message("b"))
        .await
        .unwrap();
    assert_eq!(response.status(), 429);
    let wait: u64 = response.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((3_500..=3_600).contains(&wait), "{wait}");
    assert!(response.text().await.unwrap().contains("Rate limit exceeded"));
    desk.control.set_rate(None);
    desk.control.set_balance(0);
    let (status, answer) = desk.send(&message("c")).await;
    assert_eq!((status, &answer["code"]), (402, &json!(3)));
    assert_eq!(desk.ledger.messages().len(), 1);
}

#[tokio::test]
async fn pictures_are_fetched_and_those_that_are_not_there_fail() {
    let desk = Desk::fast().await;
    let file = bytes::Bytes::from_static(b"\x89PNG picture");
    let url = desk
        .control
        .change(|state, _| state.serve_file("foto.png", "image/png", file.clone()));
    let picture = |url: &str| json!({"source_addr": "Recado", "destination_addr": PERSON, "message_type": 2, "file_url": url});
    let id = desk.take(&picture(url.as_str())).await;
    desk.reaches(id, Step::Seen).await;
    assert_eq!(desk.ledger.message(id).unwrap().attachment.unwrap().bytes, 12);
    let gone = desk.take(&picture(&url.as_str().replace("foto", "outra"))).await;
    desk.reaches(gone, Step::Failed(4)).await;
    let (status, answer) = desk.send(&picture(&url.as_str().replace(".png", ".gif"))).await;
    assert_eq!((status, &answer["code"]), (401, &json!(9)));
}

#[tokio::test]
async fn faults_spoil_what_was_answered_and_not_what_was_done() {
    let desk = Desk::fast().await;
    let rule = |fault, processed| FaultRule {
        endpoint: Some(Function::Send),
        fault,
        times: Times::ONCE,
        processed,
    };
    let status_500 = Fault::HttpStatus {
        status: 500,
        retry_after: None,
    };
    for (fault, processed, status, taken) in [
        (Fault::HtmlInstead, None, 200, 0),
        (Fault::TruncatedAt(5), None, 200, 1),
        (Fault::Empty, None, 200, 1),
        (status_500.clone(), Some(true), 500, 1),
        (status_500, None, 500, 0),
        (Fault::WrongErro("não".to_owned()), None, 200, 0),
    ] {
        let before = desk.ledger.messages().len();
        desk.control.add_fault(rule(fault.clone(), processed));
        let (answered, _) = desk.call("send-whatsapp", &message("f")).await;
        let after = desk.ledger.messages().len();
        assert_eq!(after - before, taken, "{fault:?}");
        assert_eq!(answered, status, "{fault:?}");
    }
    let before = desk.ledger.messages().len();
    desk.control
        .fault(Function::Send, Fault::ResetAfterReading, Times::ONCE);
    let authorization = format!("Basic {}", STANDARD.encode("demo-key-0000"));
    assert!(
        desk.post("send-whatsapp", &authorization, &message("g"))
            .await
            .is_err()
    );
    assert_eq!(desk.ledger.messages().len(), before + 1);
    desk.control.fault(Function::State, Fault::CutAt(3), Times::ONCE);
    let response = desk
        .post("receive-whatsapp", &authorization, &json!({"message_id": 554}))
        .await;
    assert!(response.unwrap().bytes().await.is_err());
    assert_eq!(
        desk.ledger.requests().last().unwrap().path,
        "/v1/api/receive-whatsapp"
    );
}

#[tokio::test]
async fn a_callback_that_is_not_answered_is_tried_again() {
    let desk = Desk::fast().await;
    let receiver = Receiver::open().await;
    receiver.answer(&[500]);
    desk.control.end_messages(Ending::Delivered, Times::ONCE);
    let mut telling = message("a");
    telling["callback_url"] = json!(receiver.url.as_str());
    desk.take(&telling).await;
    receiver.wait_for(2).await;
    desk.wait_for(DecisionState::is_all_told).await;
    let calls = desk.ledger.calls();
    assert_eq!((calls.len(), calls[0].attempts.len()), (1, 2));
    assert_eq!(calls[0].end, Some(WebhookEnd::Acknowledged));
}
