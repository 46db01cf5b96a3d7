//! What of the queue is at the gateway: clearing it, and the delay between messages.

use super::*;
use crate::engine::{Answer, CallError, CallErrorKind, Ticket};
use crate::gateway::{Capabilities, DelayChange, solutek};

fn ticket_of_clear(stage: &mut Stage) -> Ticket {
    match stage.sent()[..] {
        [Command::Outbox(OutboxCommand::ClearGatewayQueue { ticket, .. })] => ticket,
        ref other => panic!("{other:?}"),
    }
}

#[test]
fn clearing_is_asked_about_done_and_told() {
    let mut stage = usual();
    stage.click("Limpar 14…");
    assert!(stage.sent().is_empty(), "nothing happens before it is confirmed");
    for words in [
        "14 mensagens que o gateway ainda não mandou serão apagadas lá.",
        "O limite de hoje não é devolvido.",
        "ficam incertas",
    ] {
        assert!(stage.tells(words), "{words}");
    }
    stage.click("Cancelar");
    assert!(stage.sent().is_empty() && !stage.shows("Apagar 14 mensagens"));
    stage.click("Limpar 14…");
    stage.click("Apagar 14 mensagens");
    let ticket = ticket_of_clear(&mut stage);
    stage.answer(ticket, Answer::QueueCleared(Ok((12, 3))));
    assert!(stage.tells("12 mensagens apagadas no gateway. 3 das nossas ficaram incertas"));
}

#[test]
fn escape_leaves_the_question_without_clearing() {
    let mut stage = usual();
    stage.click("Limpar 14…");
    stage.harness.key_press(egui::Key::Escape);
    stage.settle();
    assert!(!stage.shows("Apagar 14 mensagens") && stage.sent().is_empty());
}

#[test]
fn a_failed_clearing_is_told_in_a_sentence() {
    let mut stage = usual();
    for (kind, words) in [
        (CallErrorKind::Unreachable, "O gateway não foi alcançado"),
        (CallErrorKind::Unreadable, "pode ter feito ou não"),
        (CallErrorKind::NotRecorded, "nada foi pedido ao gateway"),
    ] {
        stage.click("Limpar 14…");
        stage.click("Apagar 14 mensagens");
        let ticket = ticket_of_clear(&mut stage);
        let error = CallError {
            kind,
            words: "erro 17".into(),
        };
        stage.answer(ticket, Answer::QueueCleared(Err(error)));
        assert!(stage.tells(words) && stage.tells("Foi dito: erro 17"), "{words}");
    }
}

#[test]
fn the_delay_typed_is_the_delay_sent() {
    let mut stage = usual();
    stage.type_into("Segundos", "90");
    stage.click("Aplicar");
    let [Command::Outbox(OutboxCommand::SetDelay { ticket, secs: 90, .. })] = stage.sent()[..] else {
        panic!("no delay was sent");
    };
    let change = DelayChange {
        previous_secs: Some(3),
        current_secs: Some(5),
    };
    stage.answer(ticket, Answer::DelaySet(Ok(change)));
    assert!(stage.tells("Antes 3 s, agora 5 s."));
    assert!(stage.tells("mais de 3 mensagens"), "the vendor's advice");
}

#[test]
fn a_delay_that_cannot_be_is_refused() {
    for wrong in ["", "abc", "-1", "3601", "1.5"] {
        let mut stage = usual();
        stage.type_into("Segundos", wrong);
        if wrong.is_empty() {
            stage.harness.key_press(egui::Key::Delete);
            stage.settle();
        }
        stage.click("Aplicar");
        assert!(stage.sent().is_empty(), "{wrong}");
        assert!(stage.tells("Digite um número de 0 a 3.600."), "{wrong}");
    }
}

#[test]
fn a_delay_never_set_is_not_known() {
    let mut live = testing::live(1);
    Arc::make_mut(&mut live.accounts[0].account).delay_secs = None;
    let stage = staged(live, stored());
    assert!(stage.tells("não se sabe: o gateway não permite perguntar"));
    assert!(stage.tells("vazia em ≈ 14 s ou mais"));
}

static WITHOUT_QUEUE: Capabilities = Capabilities {
    queue: false,
    delay: false,
    ..solutek::CAPABILITIES
};

#[test]
fn what_the_gateway_cannot_do_has_no_card() {
    let mut live = testing::live(1);
    live.accounts[0].capabilities = &WITHOUT_QUEUE;
    let stage = staged(live, stored());
    assert!(!stage.shows("No gateway") && !stage.shows("Espera entre mensagens"));
    assert!(stage.shows("Neste computador"));
}

#[test]
fn an_empty_gateway_queue_cannot_be_cleared_and_an_unread_one_can() {
    let with = |length: Option<u64>| {
        let mut live = testing::live(1);
        testing::change_account(&mut live, 0, |account| {
            Arc::make_mut(&mut account.health).queue_length =
                length.map(|value| crate::domain::health::Read { value, at: NOW });
        });
        staged(live, stored())
    };
    let mut empty = with(Some(0));
    empty.click("Limpar 0…");
    assert!(!empty.tells("Limpar a fila do gateway?"));
    let mut unread = with(None);
    unread.click("Limpar…");
    unread.click("Apagar a fila");
    ticket_of_clear(&mut unread);
}
