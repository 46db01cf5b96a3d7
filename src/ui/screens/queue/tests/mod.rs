//! The queue, driven by accessible names.

mod gateway;
mod preparing;

use super::*;
use crate::domain::GatewayKind;
use crate::domain::message::{Reason, ReasonKind};
use crate::engine::Live;
use crate::ui::screens::Screen;
use crate::ui::screens::stage::{self, Stage, Stored};
use crate::ui::testing::{self, NOW};
use egui::vec2;
use std::sync::Arc;
use std::time::Duration;

fn stored() -> Stored {
    Stored {
        outbox: stage::outbox(),
        history: stage::history(),
        ..Stored::default()
    }
}

fn of(outbox: Vec<Message>) -> Stored {
    Stored {
        outbox,
        history: stage::history(),
        ..Stored::default()
    }
}

fn staged(live: Live, stored: Stored) -> Stage {
    let mut screen = QueueScreen::default();
    Stage::new(live, stored, [1_196.0, 900.0], move |ui, ctx| screen.ui(ui, ctx))
}

fn usual() -> Stage {
    staged(testing::live(1), stored())
}

/// The outbox commands sent, in words.
fn sent(stage: &mut Stage) -> Vec<String> {
    stage
        .sent()
        .into_iter()
        .map(|command| match command {
            Command::Outbox(OutboxCommand::Cancel(_)) => "cancel".to_owned(),
            Command::Outbox(OutboxCommand::Retry(_)) => "retry".to_owned(),
            Command::Outbox(OutboxCommand::Arrived(_)) => "arrived".to_owned(),
            Command::Outbox(OutboxCommand::SendAgain(_)) => "send again".to_owned(),
            Command::Outbox(OutboxCommand::PutAside(_)) => "put aside".to_owned(),
            other => format!("{other:?}"),
        })
        .collect()
}

#[test]
fn a_menu_offers_what_may_be_done_and_does_it() {
    let open = |state, unclear: bool| {
        let mut message = stage::message(state, 31, "Olá");
        message.first_unclear_at = unclear.then_some(NOW);
        let mut stage = staged(testing::live(1), of(vec![message]));
        stage.click("Ações da mensagem para +55 11 90000-0031");
        stage
    };
    let all = [
        ("Tentar agora", "retry"),
        ("Cancelar envio", "cancel"),
        ("Enviar de novo", "send again"),
        ("Deixar de lado", "put aside"),
    ];
    let expected = [
        (MessageState::Queued, false, vec!["retry", "cancel"]),
        (MessageState::Queued, true, vec!["retry"]),
        (MessageState::InFlight, false, vec![]),
        (MessageState::Rejected, false, vec!["send again", "put aside"]),
        (MessageState::Cancelled, false, vec!["send again"]),
    ];
    for (state, unclear, expected) in expected {
        let stage = open(state, unclear);
        let offered: Vec<&str> = all
            .iter()
            .filter(|(words, _)| stage.shows(words))
            .map(|(_, command)| *command)
            .collect();
        let mut wanted = expected.clone();
        wanted.sort_by_key(|command| all.iter().position(|(_, of)| of == command));
        assert_eq!(offered, wanted, "{state:?}");
        assert!(stage.shows("Abrir conversa") && stage.shows("Ver histórico"));
        for (words, command) in all.iter().filter(|(_, command)| expected.contains(command)) {
            let mut stage = open(state, unclear);
            stage.click(words);
            assert_eq!(sent(&mut stage), [*command]);
        }
    }
}

#[test]
fn an_uncertain_message_is_resolved_by_the_operator() {
    let unknown = || of(vec![stage::message(MessageState::Unknown, 21, "Seu pedido saiu")]);
    let mut stage = staged(testing::live(1), unknown());
    assert!(stage.tells("1 mensagem incerta. Confira no telefone se chegou a +55 11 90000-0021"));
    stage.click("Chegou");
    assert_eq!(sent(&mut stage), ["arrived"]);
    stage.click("Enviar de novo");
    assert!(stage.sent().is_empty() && stage.tells("segunda cópia"));
    stage.click("Cancelar");
    assert!(stage.sent().is_empty() && !stage.tells("segunda cópia"));
    // The same by the row's menu.
    stage.click("Ações da mensagem para +55 11 90000-0021");
    stage.click("Enviar de novo…");
    stage.click("Enviar mesmo assim");
    assert_eq!(sent(&mut stage), ["send again"]);
    assert!(!stage.tells("segunda cópia"));
}

#[test]
fn the_question_goes_when_the_answer_has_come_from_elsewhere() {
    let message = stage::message(MessageState::Unknown, 21, "Seu pedido saiu");
    let mut stage = staged(testing::live(1), of(vec![message.clone()]));
    stage.click("Enviar de novo");
    assert!(stage.tells("segunda cópia"));
    stage.change_outbox(vec![]);
    assert!(!stage.tells("segunda cópia") && stage.shows("Nada na fila"));
}

#[test]
fn several_uncertain_messages_are_shown_by_a_filter() {
    let many = (1..=3)
        .map(|digits| stage::message(MessageState::Unknown, digits, "x"))
        .chain([stage::message(MessageState::Queued, 40, "y")])
        .collect();
    let mut stage = staged(testing::live(1), of(many));
    assert!(stage.tells("3 mensagens incertas."));
    stage.click("Mostrar incertas");
    assert!(!stage.shows("+55 11 90000-0040") && stage.shows("+55 11 90000-0001"));
}

#[test]
fn filters_count_and_show() {
    let mut stage = usual();
    let expected = [
        ("Todas 6", 6),
        ("Esperando 3", 3),
        ("Incertas 1", 1),
        ("Recusadas 1", 1),
        ("Agendadas 1", 1),
    ];
    for (filter, count) in expected {
        stage.click(filter);
        let rows = stage
            .texts()
            .iter()
            .filter(|text| text.starts_with("Selecionar a mensagem para"))
            .count();
        assert_eq!(rows, count, "{filter}");
    }
    let mut stage = staged(
        testing::live(1),
        of(vec![stage::message(MessageState::Queued, 1, "x")]),
    );
    stage.click("Recusadas 0");
    stage.click("Mostrar todas");
    assert!(stage.shows("+55 11 90000-0001"));
}

#[test]
fn many_are_selected_and_done_at_once() {
    let mut stage = usual();
    stage.click("Selecionar a mensagem para +55 11 90000-0023");
    assert!(stage.shows("1 selecionada"));
    stage.click("Selecionar todas");
    assert!(stage.shows("6 selecionadas"));
    // Of six, three wait (all of them without an unclear attempt) and one is rejected.
    assert!(stage.shows("Tentar 3 agora") && stage.shows("Deixar 1 de lado"));
    stage.click("Cancelar 3");
    assert_eq!(sent(&mut stage), ["cancel", "cancel", "cancel"]);
    assert!(stage.shows("Neste computador"), "the selection is gone");
    stage.click("Selecionar todas");
    stage.click("Selecionar todas");
    assert!(stage.shows("Neste computador"));
}

#[test]
fn only_what_the_filter_shows_is_done() {
    let mut stage = usual();
    stage.click("Selecionar todas");
    stage.click("Limpar a seleção");
    stage.click("Esperando 3");
    stage.click("Selecionar todas");
    stage.click("Tentar 2 agora");
    assert_eq!(sent(&mut stage), ["retry", "retry"]);
}

#[test]
fn every_reason_and_state_is_told_in_words() {
    for kind in ReasonKind::ALL {
        let mut message = stage::message(MessageState::Rejected, 1, "x");
        message.reason = Some(Reason::with_words(*kind, "erro 17"));
        let stage = staged(testing::live(1), of(vec![message]));
        let text = crate::ui::text::Localizer::new(crate::ui::text::Language::Portuguese);
        let sentence = text.get(&format!("reason-{}", kind.key()));
        assert!(stage.shows(&sentence), "{sentence}");
    }
    for state in MessageState::ALL {
        let stage = staged(testing::live(1), of(vec![stage::message(*state, 1, "x")]));
        for text in stage.texts() {
            for key in ["queue-", "state-", "reason-", "dashboard-", "history-", "status-"] {
                assert!(!text.contains(key), "{state:?}: {text}");
            }
        }
    }
}

#[test]
fn pausing_and_resuming() {
    let mut stage = usual();
    stage.click("Pausar envios");
    assert!(matches!(
        stage.sent()[..],
        [Command::Account(AccountCommand::SetPaused { paused: true, .. })]
    ));
    Arc::make_mut(&mut stage.account().account).paused = true;
    stage.settle();
    assert!(
        stage.tells("Envios em pausa: as mensagens esperam aqui") && stage.tells("Os envios estão em pausa.")
    );
    stage.click("Retomar envios");
    assert!(matches!(
        stage.sent()[..],
        [Command::Account(AccountCommand::SetPaused { paused: false, .. })]
    ));
    Arc::make_mut(&mut stage.account().account).paused = false;
    stage.account().held = Some(Reason::new(ReasonKind::CredentialsRefused));
    stage.settle();
    assert!(
        stage.tells("O gateway recusa as credenciais."),
        "why the whole queue holds"
    );
}

#[test]
fn a_countdown_asks_to_be_drawn_when_it_changes() {
    let mut waiting = stage::message(MessageState::Queued, 1, "x");
    waiting.next_attempt_at = Some(NOW.plus(Duration::from_millis(4_300)));
    let mut live = testing::live(1);
    testing::change_account(&mut live, 0, |account| {
        Arc::make_mut(&mut account.health).queue_length = None;
    });
    let mut stage = staged(live.clone(), of(vec![waiting]));
    assert!(stage.tells("5 s"));
    let wake = stage.around().wake_at.map(|at| at.0 - NOW.0);
    assert_eq!(wake, Some(300));
    let mut still = staged(live, of(vec![stage::message(MessageState::Queued, 1, "x")]));
    assert_eq!(still.around().wake_at, None, "nothing moves: the window rests");
}

#[test]
fn the_history_tells_every_step_and_can_be_copied() {
    let mut stage = usual();
    stage.click("Ações da mensagem para +55 11 90000-0021");
    stage.click("Ver histórico");
    for words in [
        "Histórico da mensagem",
        "Na fila",
        "tentativa 1",
        "tentativa 2",
        "O gateway teve um erro interno.",
        "Foi dito: HTTP 502",
        "502 Bad Gateway",
        "Resultado desconhecido",
    ] {
        assert!(stage.tells(words), "{words} is not in {:#?}", stage.texts());
    }
    stage.click("Copiar histórico");
    stage.click("Copiar resposta");
    let copied: Vec<String> = stage
        .acted()
        .into_iter()
        .filter_map(|action| match action {
            UiAction::CopyText(text) => Some(text),
            _ => None,
        })
        .collect();
    assert!(copied[0].contains("HTTP 502") && copied[0].contains("tentativa 2"));
    assert!(copied[1].starts_with("HTTP 502"));
    stage.click("Fechar");
    assert!(!stage.tells("Histórico da mensagem"));
}

#[test]
fn a_row_leads_to_its_conversation() {
    let message = stage::message(MessageState::Queued, 1, "x");
    let conversation = message.conversation;
    let mut stage = staged(testing::live(1), of(vec![message]));
    stage.click("Ações da mensagem para +55 11 90000-0001");
    stage.click("Abrir conversa");
    assert!(matches!(stage.acted()[..], [UiAction::OpenConversation(id)] if id == conversation));
}

#[test]
fn ten_thousand_messages_draw_only_what_is_in_sight() {
    let many: Vec<Message> = (0..10_000)
        .map(|index| stage::message(MessageState::Queued, 1, &format!("mensagem {index}")))
        .collect();
    let mut stage = staged(testing::live(1), of(many));
    assert!(stage.shows("Todas 10.000") && stage.shows("mensagem 0"));
    let rows = stage
        .texts()
        .iter()
        .filter(|text| text.starts_with("Selecionar a mensagem para"))
        .count();
    assert!(rows < 30, "{rows}");
    stage.click("Selecionar todas");
    stage.click("Cancelar 10.000");
    assert_eq!(stage.sent().len(), 10_000);
}

#[test]
fn nothing_is_cut_at_any_width() {
    use egui_kittest::kittest::Queryable as _;
    for width in [320.0, 476.0, 700.0, 816.0, 1_196.0] {
        let mut screen = QueueScreen::default();
        let stage = Stage::new(testing::live(1), stored(), [width, 1_600.0], move |ui, ctx| {
            screen.ui(ui, ctx);
        });
        let menu = "Ações da mensagem para +55 11 90000-0021";
        for words in [menu, "Limpar 14…", "Aplicar", "Pausar envios", "Agendadas 1"] {
            let right = stage.harness.get_by_label(words).rect().right();
            assert!(right <= width - 16.0, "{words} ends at {right} of {width}");
        }
    }
}

#[test]
fn without_an_account_it_leads_to_the_accounts() {
    let mut stage = staged(testing::live(0), stored());
    stage.click("Adicionar conta");
    assert!(matches!(stage.acted()[..], [UiAction::Go(Screen::Accounts)]));
}

/// The pictures are for the eye (`RECADO_PICTURES` keeps them); the test is that every look can be drawn.
#[test]
fn every_look_is_drawn() {
    for (name, dark, scale, size) in stage::looks() {
        let name = format!("queue-{name}");
        let look = (dark, scale, size);
        let picture = stage::picture(&name, Screen::Queue, testing::live(2), &stored(), look, &[]);
        assert_eq!(picture.width(), (size.x * scale).round() as u32);
    }
    if !stage::for_the_eye() {
        return;
    }
    let size = vec2(1_280.0, 800.0);
    let dialogs = [
        ("clear", false, vec![egui::pos2(590.0, 211.0)]),
        ("history", true, vec![egui::pos2(550.0, 405.0)]),
        ("selected", false, vec![egui::pos2(141.0, 368.0)]),
        ("menu", false, vec![egui::pos2(1_210.0, 405.0)]),
        ("send-again", true, vec![egui::pos2(1_170.0, 747.0)]),
    ];
    for (name, dark, clicks) in dialogs {
        let name = format!("queue-{name}");
        let look = (dark, 1.0, size);
        let picture = stage::picture(&name, Screen::Queue, testing::live(1), &stored(), look, &clicks);
        assert_eq!(picture.width(), 1_280);
    }
    let look = (false, 1.0, size);
    let mut spanish = testing::live(1);
    Arc::make_mut(&mut spanish.settings).language = Some("es".into());
    Arc::make_mut(&mut spanish.accounts[0].account).paused = true;
    stage::picture("queue-spanish", Screen::Queue, spanish, &stored(), look, &[]);
    stage::picture(
        "queue-empty",
        Screen::Queue,
        testing::live(1),
        &Stored::default(),
        look,
        &[],
    );
}

#[test]
fn a_scheduled_message_says_for_when_and_can_leave_now_or_be_cancelled() {
    let mut stage = usual();
    let at = NOW.plus(Duration::from_secs(20 * 3_600)).local();
    let words = format!("Marcada para amanhã, {}.", at.strftime("%H:%M"));
    assert!(stage.tells(&words), "{words}");
    let menu = "Ações da mensagem para +55 11 90000-0025";
    stage.click(menu);
    stage.click("Enviar agora");
    assert_eq!(sent(&mut stage), ["retry"]);
    stage.click(menu);
    stage.click("Cancelar envio");
    assert_eq!(sent(&mut stage), ["cancel"]);
}

#[test]
fn while_the_delay_is_kept_the_next_one_is_counted_down() {
    let mut live = testing::live(1);
    testing::change_account(&mut live, 0, |view| {
        view.paced_until = Some(NOW.plus(Duration::from_secs(12)));
    });
    let mut stage = staged(live.clone(), stored());
    assert!(stage.tells("Espera a vez: a próxima sai em 12 s."));
    assert!(
        stage.tells("Marcada para"),
        "another reason to wait goes before it"
    );
    // What is held waits for something else.
    testing::change_account(&mut live, 0, |view| {
        view.held = Some(Reason::new(ReasonKind::CredentialsRefused));
    });
    stage = staged(live, stored());
    assert!(!stage.tells("a próxima sai em"));
}

#[test]
fn where_no_phone_sends_nobody_is_told_to_look_at_one() {
    let mut live = testing::live(1);
    live.accounts[0].capabilities = crate::gateway::capabilities(GatewayKind::Devino);
    let unknown = stage::message(MessageState::Unknown, 21, "Seu pedido saiu");
    let mut stage = staged(live, of(vec![unknown]));
    assert!(stage.tells("Pergunte a +55 11 90000-0021 se chegou"));
    stage.click("Enviar de novo");
    assert!(stage.tells("Pergunte antes à pessoa") && !stage.tells("telefone"));
}

#[test]
fn a_free_text_whose_time_was_over_is_not_sent_again_from_here() {
    let mut message = stage::message(MessageState::Rejected, 31, "Olá");
    message.reason = Some(Reason::new(ReasonKind::OutsideWindow));
    let mut stage = staged(testing::live(1), of(vec![message]));
    stage.click("Ações da mensagem para +55 11 90000-0031");
    assert!(!stage.shows("Enviar de novo") && stage.shows("Abrir conversa"));
}
