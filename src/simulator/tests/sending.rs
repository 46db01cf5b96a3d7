//! Messages: what is accepted, what is repeated, what really goes to people.

use super::*;
use crate::simulator::form::Fields;
use crate::simulator::ledger::BodyEncoding;
use crate::simulator::replies::Intake;
use crate::simulator::{PhoneState, RepeatAnswer};
use serde_json::json;
use tokio::time::Instant;

#[tokio::test]
async fn a_message_is_sent_received_and_seen() {
    let desk = Desk::fast().await;
    let answer = desk.send("m1").await;
    assert_eq!(answer["erro"], "nao");
    assert_eq!(
        (&answer["whatsapp"], &answer["status"]),
        (&json!("5511900000002"), &json!("Processando"))
    );
    assert_eq!(answer["mensagem"], "Olá, seu pedido está pronto 😀");
    desk.wait_for(|state| {
        state
            .ledger()
            .message("m1")
            .is_some_and(|message| message.statuses.len() == 3)
    })
    .await;
    let message = desk.ledger.message("m1").unwrap();
    assert_eq!(
        message
            .statuses
            .iter()
            .map(|status| status.code)
            .collect::<Vec<_>>(),
        [1, 2, 3]
    );
    assert!(
        message
            .statuses
            .iter()
            .all(|status| answer["idlog"] == status.log_id)
    );
    assert!(message.statuses.windows(2).all(|pair| pair[0].at <= pair[1].at));
    assert_eq!(desk.ledger.sent_count("m1"), 1);
    assert_eq!(desk.ledger.sendings()[0].text, "Olá, seu pedido está pronto 😀");
}

#[tokio::test]
async fn wrong_messages_are_refused_and_cost_nothing() {
    let desk = Desk::fast().await;
    let with = |name: &'static str, value: &'static str| {
        message("w1").map(|field| if field.0 == name { (name, value) } else { field })
    };
    for left_out in ["idmsg", "midia", "whatsapp", "mensagem", "emoji"] {
        let fields: Vec<_> = message("w1")
            .into_iter()
            .filter(|(name, _)| *name != left_out)
            .collect();
        let answer = desk.call(Endpoint::Send, &fields).await;
        assert_eq!(answer["sobre_o_erro"], format!("Campo obrigatório: {left_out}"));
    }
    for (name, value) in [
        ("idmsg", ""),
        ("midia", "video"),
        ("midia", "imagem"),
        ("whatsapp", "+5511900000002"),
        ("whatsapp", "123"),
        ("mensagem", ""),
        ("emoji", "talvez"),
    ] {
        let answer = desk.call(Endpoint::Send, &with(name, value)).await;
        assert_eq!(answer["erro"], "sim", "{name}={value}");
    }
    assert_eq!(desk.control.read(SimulatorState::daily_used), 0);
    for (media, address, accepted) in [
        ("imagem", "https://example.org/a/foto.JPG?x=1", true),
        ("arquivo", "https://example.org/pedido.pdf", true),
        ("arquivo", "https://example.org/pedido.docx", false),
        ("arquivo", "file:///etc/foto.png", false),
        ("arquivo", "", false),
    ] {
        let fields = message(address).map(|(name, value)| match name {
            "midia" => (name, media),
            "url_anexo" => (name, address),
            "idmsg" => (name, if address.is_empty() { "w9" } else { address }),
            _ => (name, value),
        });
        let answer = desk.call(Endpoint::Send, &fields).await;
        assert_eq!(answer["erro"] == "nao", accepted, "{media} {address}");
    }
    assert_eq!(desk.control.read(SimulatorState::daily_used), 2);
}

#[tokio::test]
async fn a_repeated_identifier_never_sends_again() {
    for mode in [
        RepeatAnswer::SameLogId,
        RepeatAnswer::NewLogId,
        RepeatAnswer::Refused,
        RepeatAnswer::Noise,
    ] {
        let desk = Desk::fast().await;
        desk.control.set_repeat_answer(mode);
        let first = desk.send("r1").await;
        for _ in 0..2 {
            let repeated = desk.post(Endpoint::Send, &message("r1")).await.unwrap();
            let body = repeated.text().await.unwrap();
            let json: Option<Value> = serde_json::from_str(&body).ok();
            match mode {
                RepeatAnswer::SameLogId => assert_eq!(json.unwrap()["idlog"], first["idlog"]),
                RepeatAnswer::NewLogId => assert_ne!(json.unwrap()["idlog"], first["idlog"]),
                RepeatAnswer::Refused => {
                    assert_eq!(json.unwrap()["sobre_o_erro"], "ID da mensagem repetido");
                }
                _ => assert!(json.is_none() && body.contains("Warning")),
            }
        }
        desk.send("r2").await;
        desk.wait_for(|state| state.ledger().sent_count("r2") == 1).await;
        assert_eq!(
            (desk.ledger.sent_count("r1"), desk.ledger.requests("r1")),
            (1, 3),
            "{mode:?}"
        );
        assert!(desk.ledger.all_bodies_identical("r1"));
        assert_eq!(desk.control.read(SimulatorState::daily_used), 2);
    }
}

#[tokio::test]
async fn the_book_notices_a_second_sending_and_a_changed_body() {
    let desk = Desk::fast().await;
    desk.control.set_repeat_answer(RepeatAnswer::SendsAgain);
    desk.send("d1").await;
    let changed = message("d1").map(|(name, value)| {
        if name == "mensagem" {
            (name, "outra")
        } else {
            (name, value)
        }
    });
    desk.call(Endpoint::Send, &changed).await;
    desk.wait_for(|state| state.ledger().sent_count("d1") == 2).await;
    assert!(!desk.ledger.all_bodies_identical("d1"));
    assert_eq!(desk.ledger.sendings().len(), 2);
    assert!(desk.ledger.all_bodies_identical("nobody"));
}

#[tokio::test]
async fn offline_and_held_messages_wait_and_keep_their_order() {
    let desk = Desk::fast().await;
    desk.control.set_phone(PhoneState::Offline);
    for client_id in ["o1", "o2"] {
        desk.send(client_id).await;
    }
    desk.control.hold_queue(true);
    desk.control.set_phone(PhoneState::Online);
    desk.send("o3").await;
    let never = desk
        .control
        .wait_for(|state| state.sent_total() > 0, Duration::from_millis(50))
        .await;
    assert!(never.unwrap_err().state.contains("queue_length: 3"));
    desk.control.hold_queue(false);
    desk.wait_for(|state| state.sent_total() == 3).await;
    let order: Vec<String> = desk
        .ledger
        .sendings()
        .into_iter()
        .map(|message| message.client_id)
        .collect();
    assert_eq!(order, ["o1", "o2", "o3"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_crowd_is_sent_once_each_in_order_and_paced() {
    let desk = Desk::fast().await;
    let identifiers: Vec<String> = (0..60).map(|number| format!("crowd-{number}")).collect();
    let all = identifiers.iter().map(|client_id| desk.send(client_id));
    assert!(
        futures_util::future::join_all(all)
            .await
            .iter()
            .all(|answer| answer["erro"] == "nao")
    );
    desk.wait_for(|state| state.sent_total() == 60).await;
    let accepted: Vec<String> = desk
        .ledger
        .messages()
        .into_iter()
        .map(|message| message.client_id)
        .collect();
    let sendings = desk.ledger.sendings();
    assert!(sendings.iter().map(|message| &message.client_id).eq(&accepted));
    let pace = Timing::fast().send_interval;
    assert!(
        sendings
            .windows(2)
            .all(|pair| pair[0].sent_at[0] + pace <= pair[1].sent_at[0])
    );
    assert!(
        identifiers
            .iter()
            .all(|client_id| desk.ledger.sent_count(client_id) == 1)
    );
}

/// No socket and no waiting: the state is told what time it is.
#[test]
fn the_delay_spaces_a_full_queue_to_the_instant() {
    let start = Instant::now();
    let mut state = SimulatorState::new(SimulatorConfig::default(), String::new(), start);
    let ask = |state: &mut SimulatorState, endpoint, fields: &[(&str, &str)], now| {
        state.settle(now);
        let right = credentials();
        let all = right.iter().chain(fields);
        let fields = all
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let intake = Intake {
            method: "POST".to_owned(),
            path: "/".to_owned(),
            encoding: BodyEncoding::Multipart,
            fields: Fields::new(fields),
        };
        state.take_request(endpoint, intake, now);
    };
    ask(&mut state, Endpoint::SetDelay, &[("segundos", "5")], start);
    for number in 0..200 {
        ask(&mut state, Endpoint::Send, &message(&format!("n{number}")), start);
    }
    state.settle(start + Duration::from_secs(500));
    assert_eq!((state.sent_total(), state.queue_length()), (100, 100));
    let sent_at: Vec<Duration> = state
        .ledger()
        .sendings()
        .map(|message| message.sent_at[0])
        .collect();
    assert!(
        sent_at
            .windows(2)
            .all(|pair| pair[1] - pair[0] == Duration::from_secs(5))
    );
    ask(
        &mut state,
        Endpoint::ClearQueue,
        &[],
        start + Duration::from_secs(500),
    );
    state.settle(start + Duration::from_secs(9_000));
    assert_eq!((state.sent_total(), state.daily_used()), (100, 200));
    assert_eq!(state.next_effect_at(), None, "nothing is due when all is done");
}
