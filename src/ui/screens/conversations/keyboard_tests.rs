//! Where the keyboard is while one writes, and what its keys lead to.

use super::bench::{Bench, people};
use crate::domain::message::MessageState;
use crate::engine::{Answer, Event};
use crate::ui::testing;
use egui::{Key, Modifiers};

const TEXT: &str = "Mensagem";

fn write(bench: &mut Bench, text: &str) {
    bench.focus(TEXT);
    bench.type_text(text);
}

fn sent(bench: &mut Bench, answer: Result<(), &str>) {
    let (ticket, ..) = bench.one_send();
    let message = super::bench::message(0, MessageState::Queued, "x");
    let answer = answer.map(|()| vec![message]).map_err(str::to_owned);
    bench.tell(Event::Answer(
        ticket,
        Answer::Enqueued(answer.map_err(Into::into)),
    ));
}

fn narrow() -> Bench {
    let live = testing::live(1);
    let stored = people(live.accounts[0].account.id);
    let mut bench = Bench::new(live, stored, [900.0, 600.0]);
    bench.open(0);
    bench
}

#[test]
fn the_keyboard_is_back_in_the_text_whatever_became_of_it() {
    let mut bench = Bench::usual();
    write(&mut bench, "um");
    bench.press(Modifiers::NONE, Key::Enter);
    sent(&mut bench, Ok(()));
    bench.type_text("dois");
    assert_eq!(bench.value(TEXT), "dois");
    bench.press(Modifiers::NONE, Key::Enter);
    sent(&mut bench, Err("disco cheio"));
    bench.type_text("!");
    assert_eq!(bench.value(TEXT), "dois!");
    assert!(!bench.tells("disco cheio"), "what is written anew has not failed");
}

#[test]
fn an_answer_takes_the_keyboard_from_nobody() {
    let mut bench = Bench::usual();
    write(&mut bench, "um");
    bench.press(Modifiers::NONE, Key::Enter);
    bench.focus("Buscar conversas");
    sent(&mut bench, Ok(()));
    bench.type_text("mar");
    assert_eq!(
        (
            bench.value("Buscar conversas").as_str(),
            bench.value(TEXT).as_str()
        ),
        ("mar", "")
    );
}

#[test]
fn what_is_typed_and_sent_in_one_frame_is_sent() {
    let mut bench = Bench::usual();
    bench.focus(TEXT);
    bench.played.harness.event(egui::Event::Text("rápido".into()));
    bench.press(Modifiers::NONE, Key::Enter);
    assert_eq!(bench.one_send().2, "rápido");
}

#[test]
fn an_emoji_is_picked_where_one_was_writing_and_writing_goes_on_behind_it() {
    let mut bench = Bench::usual();
    write(&mut bench, "ab");
    bench.press(Modifiers::NONE, Key::ArrowLeft);
    bench.click("Emoji");
    bench.click("Buscar emoji");
    assert!(
        bench.shows("Buscar emoji"),
        "a click in its search does not close it"
    );
    bench.focus("Buscar emoji");
    bench.type_text("fogo");
    let language = crate::ui::text::Language::Portuguese;
    let fire = crate::ui::emoji::find("fogo", language)[0];
    bench.click(&fire.name(language));
    assert!(!bench.shows("Buscar emoji"));
    bench.type_text("!");
    assert_eq!(bench.value(TEXT), format!("a{}!b", fire.text));
    bench.click("Emoji");
    assert_eq!(bench.value("Buscar emoji"), "", "the next search begins anew");
}

#[test]
fn a_list_closed_with_escape_is_offered_for_the_next_name() {
    let mut bench = Bench::usual();
    write(&mut bench, ":cora");
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.tells("↑ ↓ escolhem"));
    bench.press(Modifiers::NONE, Key::Enter);
    sent(&mut bench, Ok(()));
    write(&mut bench, ":cora");
    assert!(bench.tells("↑ ↓ escolhem"));
}

#[test]
fn tab_takes_what_the_arrows_have_come_to() {
    let mut bench = Bench::usual();
    write(&mut bench, "a :cora");
    bench.press(Modifiers::NONE, Key::ArrowDown);
    bench.press(Modifiers::NONE, Key::Tab);
    let second = crate::ui::emoji::find("cora", crate::ui::text::Language::Portuguese)[1];
    bench.type_text("b");
    assert_eq!(bench.value(TEXT), format!("a {}b", second.text));
}

#[test]
fn who_is_chosen_can_be_written_to_and_texts_are_not_mixed() {
    use egui_kittest::kittest::Queryable as _;
    let mut bench = Bench::usual();
    write(&mut bench, "para a primeira");
    let second = super::list::display_name(&bench.stored.rows[1].conversation);
    let row = format!("{second}, ");
    bench.played.harness.get_by_label_contains(&row).click();
    bench.settle();
    bench.type_text("para a segunda");
    assert_eq!(bench.value(TEXT), "para a segunda");
    bench.open(0);
    assert_eq!(bench.value(TEXT), "para a primeira");
}

#[test]
fn what_was_sent_is_no_draft_though_something_else_is_shown() {
    let mut bench = Bench::usual();
    write(&mut bench, "olá");
    bench.wait(std::time::Duration::from_secs(1));
    assert_eq!(bench.kept().len(), 1);
    bench.click("Enviar");
    let (ticket, ..) = bench.one_send();
    bench.open(1);
    bench.tell(Event::Answer(ticket, Answer::Enqueued(Ok(Vec::new()))));
    bench.wait(std::time::Duration::from_secs(1));
    let kept = bench.kept();
    assert!(kept.len() == 1 && kept[0].1.is_empty(), "{kept:?}");
}

#[test]
fn a_restored_attachment_leaves_the_keyboard_alone() {
    use crate::domain::conversation::{Draft, DraftPlace};
    let live = testing::live(1);
    let mut stored = people(live.accounts[0].account.id);
    let draft = Draft {
        attachment_url: "https://files.example/foto.jpg".into(),
        files: Vec::new(),
        ..Draft::default()
    };
    stored.drafts = vec![(DraftPlace::Conversation(stored.id(0)), draft)];
    let mut bench = Bench::new(live, stored, [1_280.0, 800.0]);
    bench.open(0);
    bench.type_text("x");
    assert_eq!(bench.value("Endereço do anexo"), "https://files.example/foto.jpg");
    bench.click("Tirar anexo");
    assert!(!bench.shows("Endereço do anexo"));
    bench.attach("Um endereço https…");
    bench.type_text("https://");
    assert_eq!(
        bench.value("Endereço do anexo"),
        "https://",
        "asked for, it gets the keyboard"
    );
}

#[test]
fn escape_leads_back_in_a_narrow_window_once_nothing_is_in_front() {
    let mut bench = narrow();
    bench.click("Emoji");
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.shows("Buscar emoji") && bench.shows(TEXT));
    write(&mut bench, ":cora");
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(bench.shows(TEXT));
    bench.click("Nome e nota");
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.shows("Sobre esta pessoa") && bench.shows(TEXT));
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.shows(TEXT) && bench.shows("Buscar conversas"));
    let mut wide = Bench::usual();
    wide.press(Modifiers::NONE, Key::Escape);
    assert!(wide.shows(TEXT), "beside the list it stays");
}
