//! The screens for writing, driven as an operator does: by names and keys, over a played engine.

use super::bench::{Bench, ctrl_enter, message};
use crate::domain::conversation::{Draft, DraftPlace};
use crate::domain::message::{MessageState, Reason, ReasonKind};
use crate::engine::{Answer, Command, Event, OutboxCommand, Question};
use crate::ui::screens::Screen;
use crate::ui::testing;
use egui::{Key, Modifiers};
use std::sync::Arc;
use std::time::Duration;

const TEXT: &str = "Mensagem";

fn write(bench: &mut Bench, text: &str) {
    bench.focus(TEXT);
    bench.type_text(text);
}

fn outbox(bench: &mut Bench) -> Vec<OutboxCommand> {
    let is_outbox = |command| match command {
        Command::Outbox(command) => Some(command),
        _ => None,
    };
    bench.taken().into_iter().filter_map(is_outbox).collect()
}

#[test]
fn enter_sends_and_the_text_stays_until_it_is_stored() {
    let mut bench = Bench::usual();
    write(&mut bench, "Olá, ação é ñ 👋🇧🇷");
    bench.press(Modifiers::NONE, Key::Enter);
    let (ticket, to, text, attachment) = bench.one_send();
    assert_eq!(
        (to[0].digits(), text.as_str(), attachment),
        ("5511900000044", "Olá, ação é ñ 👋🇧🇷", None)
    );
    assert_eq!(bench.value(TEXT), "Olá, ação é ñ 👋🇧🇷");
    // A second Enter while it is being stored sends nothing more.
    bench.press(Modifiers::NONE, Key::Enter);
    assert_eq!(bench.sends().len(), 0);
    bench.tell(Event::Answer(ticket, Answer::Enqueued(Ok(Vec::new()))));
    assert_eq!(bench.value(TEXT), "");
}

#[test]
fn what_could_not_be_stored_stays_with_a_sentence() {
    let mut bench = Bench::usual();
    write(&mut bench, "fica");
    bench.press(Modifiers::NONE, Key::Enter);
    let (ticket, ..) = bench.one_send();
    bench.tell(Event::Answer(ticket, Answer::Enqueued(Err("disco cheio".into()))));
    assert_eq!(bench.value(TEXT), "fica");
    assert!(bench.tells("A mensagem não foi guardada nem enviada.") && bench.tells("disco cheio"));
}

#[test]
fn the_other_key_breaks_the_line() {
    let mut bench = Bench::usual();
    write(&mut bench, "um");
    bench.press(Modifiers::SHIFT, Key::Enter);
    bench.type_text("dois");
    assert_eq!(bench.value(TEXT), "um\ndois");
    assert_eq!(bench.sends().len(), 0);

    let mut bench = Bench::with(ctrl_enter);
    write(&mut bench, "um");
    bench.press(Modifiers::NONE, Key::Enter);
    bench.type_text("dois");
    assert_eq!(bench.sends().len(), 0);
    bench.press(Modifiers::COMMAND, Key::Enter);
    assert_eq!(bench.one_send().2, "um\ndois");
}

#[test]
fn what_cannot_be_sent_is_not_sent() {
    let mut bench = Bench::usual();
    assert!(bench.is_disabled("Enviar"));
    write(&mut bench, "   ");
    bench.press(Modifiers::NONE, Key::Enter);
    assert_eq!(bench.sends().len(), 0);
    bench.type_text(&"x".repeat(4_100));
    assert!(bench.tells("caracteres a mais") && bench.is_disabled("Enviar"));
    bench.press(Modifiers::NONE, Key::Enter);
    assert_eq!(bench.sends().len(), 0);
}

#[test]
fn marks_that_mislead_are_taken_out_and_said() {
    let mut bench = Bench::usual();
    write(&mut bench, "a\u{202e}b\u{7}c");
    assert!(bench.tells("1 marca que inverte o texto"), "{:#?}", bench.texts());
    bench.press(Modifiers::NONE, Key::Enter);
    assert_eq!(bench.one_send().2, "abc");
}

#[test]
fn an_attachment_is_checked_before_it_is_sent() {
    let mut bench = Bench::usual();
    bench.attach("Um endereço https…");
    bench.type_text("https://files.example/foto.gif");
    assert!(
        bench.tells("O gateway não aceita arquivos .gif"),
        "{:#?}",
        bench.texts()
    );
    write(&mut bench, "veja");
    bench.press(Modifiers::NONE, Key::Enter);
    assert_eq!(bench.sends().len(), 0);
    bench.focus("Endereço do anexo");
    bench.press(Modifiers::COMMAND, Key::A);
    bench.type_text("https://files.example/foto.jpg");
    assert!(bench.tells("verificado"));
    bench.click("Enviar");
    let (_, _, text, attachment) = bench.one_send();
    assert_eq!(
        (text.as_str(), attachment.unwrap().name.as_str()),
        ("veja", "foto.jpg")
    );
}

#[test]
fn a_colon_and_letters_complete_an_emoji() {
    let mut bench = Bench::usual();
    write(&mut bench, "ótimo :cora");
    assert!(bench.tells("↑ ↓ escolhem"));
    bench.press(Modifiers::NONE, Key::Enter);
    assert_eq!(bench.sends().len(), 0, "Enter took the emoji");
    let text = bench.value(TEXT);
    assert!(
        text.starts_with("ótimo ") && !text.contains(':') && crate::domain::text::has_emoji(&text),
        "{text}"
    );
    bench.press(Modifiers::NONE, Key::Enter);
    assert_eq!(bench.one_send().2, text);
}

#[test]
fn the_picker_puts_an_emoji_in() {
    let mut bench = Bench::usual();
    write(&mut bench, "oi ");
    bench.click("Emoji");
    bench.focus("Buscar emoji");
    bench.type_text("fogo");
    let fire = crate::ui::emoji::find("fogo", crate::ui::text::Language::Portuguese)[0];
    bench.click(&fire.name(crate::ui::text::Language::Portuguese));
    assert_eq!(bench.value(TEXT), format!("oi {}", fire.text));
}

#[test]
fn a_draft_is_kept_after_a_pause_and_comes_back() {
    let mut bench = Bench::usual();
    let place = DraftPlace::Conversation(bench.stored.id(0));
    write(&mut bench, "depois eu termino");
    assert_eq!(bench.kept(), []);
    bench.wait(Duration::from_millis(900));
    let draft = Draft {
        text: "depois eu termino".into(),
        ..Draft::default()
    };
    assert_eq!(bench.kept(), [(place, draft.clone())]);

    let live = testing::live(1);
    let mut stored = super::bench::people(live.accounts[0].account.id);
    stored.drafts = vec![(DraftPlace::Conversation(stored.id(0)), draft)];
    let mut again = Bench::new(live, stored, [1_280.0, 800.0]);
    again.open(0);
    assert_eq!(again.value(TEXT), "depois eu termino");
}

#[test]
fn a_queue_that_holds_is_said_before_writing() {
    let bench = Bench::with(|live| {
        live.accounts[0].held = Some(Reason::new(ReasonKind::CredentialsRefused));
    });
    assert!(bench.tells("A mensagem será guardada e esperará."));
}

#[test]
fn the_operator_decides_about_an_uncertain_message_knowing_the_risk() {
    let mut bench = Bench::usual();
    let uncertain = |message: &&crate::domain::Message| message.state == MessageState::Unknown;
    let id = bench.stored.entries[&bench.stored.id(0)]
        .iter()
        .filter_map(crate::domain::ThreadEntry::outgoing)
        .find(uncertain)
        .unwrap()
        .id;
    bench.click("Chegou");
    assert!(matches!(outbox(&mut bench)[..], [OutboxCommand::Arrived(sent)] if sent == id));
    let rect = bench.rect("Chegou");
    // Of the two buttons of that name the one beside "it arrived" is the uncertain message's.
    let pointer = egui::pos2(rect.right() + 40.0, rect.center().y);
    bench.played.harness.drag_at(pointer);
    bench.played.harness.drop_at(pointer);
    bench.settle();
    assert!(bench.tells("segunda cópia"), "{:#?}", bench.texts());
    assert!(outbox(&mut bench).is_empty());
    bench.click("Enviar mesmo assim");
    assert!(matches!(outbox(&mut bench)[..], [OutboxCommand::SendAgain(sent)] if sent == id));
}

#[test]
fn the_tick_opens_the_history() {
    let mut bench = Bench::usual();
    bench.click("Histórico: Aceita pelo gateway");
    assert!(
        bench
            .asked
            .iter()
            .any(|question| matches!(question, Question::History(_)))
    );
    bench.press(Modifiers::NONE, Key::Escape);
}

#[test]
fn a_long_thread_reads_older_pages_and_draws_what_is_seen() {
    let live = testing::live(1);
    let account = live.accounts[0].account.id;
    let mut stored = super::bench::people(account);
    let many = (0..1_000)
        .map(|index| message(3_000 - index, MessageState::Read, &format!("linha {index}")))
        .collect();
    stored.add(account, Some("Muitas"), "5511900000090", many);
    let index = stored.rows.len() - 1;
    let mut bench = Bench::new(live, stored, [1_280.0, 800.0]);
    bench.open(index);
    assert!(bench.tells("linha 999") && !bench.tells("linha 900,"));
    let drawn = bench
        .texts()
        .iter()
        .filter(|text| text.starts_with("linha "))
        .count();
    assert!(drawn < 40, "{drawn} messages were drawn");
    let pages = |bench: &Bench| {
        bench
            .asked
            .iter()
            .filter(|question| matches!(question, Question::Thread { before: Some(_), .. }))
            .count()
    };
    assert_eq!(pages(&bench), 0);
    let middle = egui::pos2(840.0, 400.0);
    bench.played.harness.hover_at(middle);
    for _ in 0..30 {
        bench.played.harness.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, 400.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        });
        bench.settle();
    }
    assert!(pages(&bench) >= 1, "older messages are read near the top");
}

#[test]
fn search_and_filter_ask_for_what_they_say() {
    let mut bench = Bench::usual();
    bench.focus("Buscar conversas");
    bench.type_text("marina");
    let searched = |question: &Question| matches!(question, Question::Conversations { filter, .. } if filter.search == "marina");
    assert!(bench.asked.iter().any(searched));
    assert!(!bench.tells("João Pereira"));
    bench.press(Modifiers::COMMAND, Key::A);
    bench.press(Modifiers::NONE, Key::Delete);
    bench.click("Com problema 2");
    let problems = |question: &Question| matches!(question, Question::Conversations { filter, .. } if filter.problems_only);
    assert!(bench.asked.iter().any(problems));
}

#[test]
fn in_a_narrow_window_list_and_thread_take_turns() {
    let live = testing::live(1);
    let stored = super::bench::people(live.accounts[0].account.id);
    let mut bench = Bench::new(live, stored, [900.0, 600.0]);
    assert!(bench.shows("Buscar conversas") && !bench.shows("Voltar às conversas"));
    bench.open(1);
    assert!(!bench.shows("Buscar conversas"));
    bench.click("Voltar às conversas");
    assert!(bench.shows("Buscar conversas"));
}

fn new_message() -> Bench {
    let mut bench = Bench::usual();
    bench.played.harness.state_mut().go(Screen::NewMessage);
    bench.settle();
    bench.focus("Para");
    bench
}

#[test]
fn one_person_gets_it_at_once_and_enter_in_the_number_does_not_send() {
    let mut bench = new_message();
    bench.type_text("11 90000-0055");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.tells("+55 11 90000-0055") && bench.sends().is_empty());
    write(&mut bench, "oi");
    bench.press(Modifiers::NONE, Key::Enter);
    let (_, to, text, _) = bench.one_send();
    assert_eq!(
        (to.len(), to[0].digits(), text.as_str()),
        (1, "5511900000055", "oi")
    );
}

#[test]
fn a_number_typed_letter_by_letter_ends_only_at_its_comma() {
    let mut bench = new_message();
    for letter in "11 90000-0055, 11 90000-0056,".chars() {
        bench.type_text(&letter.to_string());
    }
    assert!(
        bench.shows("Tirar +55 11 90000-0055") && bench.shows("Tirar +55 11 90000-0056"),
        "{:#?}",
        bench.texts()
    );
}

#[test]
fn several_people_are_named_before_it_goes_out_as_one_command() {
    let mut bench = new_message();
    bench.stored.strangers = 4;
    bench.paste("11 90000-0055\n11 90000-0056\n+55 11 90000-0057, 11 90000-0058, 11 90000-0055,");
    assert!(bench.tells("1 repetido ficou de fora"), "{:#?}", bench.texts());
    write(&mut bench, "Bom dia!");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.sends().is_empty());
    assert!(bench.tells("4 pessoas recebem uma mensagem cada"));
    assert!(
        bench.tells("4 destas pessoas nunca trocaram mensagens"),
        "{:#?}",
        bench.texts()
    );
    bench.click("Enviar 4 mensagens");
    assert_eq!(bench.one_send().1.len(), 4);
}

#[test]
fn the_advised_delay_is_one_click_away() {
    let mut bench = new_message();
    bench.played.engine.change(|live| {
        let account = &mut live.accounts[0].account;
        *account = Arc::new(crate::domain::Account {
            delay_secs: None,
            ..(**account).clone()
        });
    });
    bench.stored.strangers = 4;
    bench.paste("11 90000-0055, 11 90000-0056, 11 90000-0057, 11 90000-0058,");
    write(&mut bench, "Bom dia!");
    bench.press(Modifiers::NONE, Key::Enter);
    bench.click("Esperar 5 s");
    assert!(matches!(
        outbox(&mut bench)[..],
        [OutboxCommand::SetDelay { secs: 5, .. }]
    ));
}

#[test]
fn what_is_no_number_blocks_with_its_reason() {
    let mut bench = new_message();
    bench.paste("quem?, 11 90000-0055,");
    write(&mut bench, "oi");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.sends().is_empty());
    assert!(bench.tells("quem?: Há letras ou sinais"), "{:#?}", bench.texts());
    bench.click("Tirar quem?");
    bench.focus(TEXT);
    bench.press(Modifiers::NONE, Key::Enter);
    assert_eq!(bench.one_send().1.len(), 1);
}

#[test]
fn a_row_says_aloud_that_its_line_is_a_draft() {
    let live = testing::live(1);
    let mut stored = super::bench::people(live.accounts[0].account.id);
    stored.rows[0].draft = Some("já volto".to_owned());
    let bench = Bench::new(live, stored, [1_280.0, 800.0]);
    assert!(bench.tells("Rascunho: já volto,"), "{:#?}", bench.texts());
}
