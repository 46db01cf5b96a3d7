//! Recipients, driven by names and keys.

use crate::engine::{Answer, Event};
use crate::ui::screens::Screen;
use crate::ui::screens::conversations::bench::{Bench, message};
use egui::{Key, Modifiers};

const TEXT: &str = "Mensagem";

fn opened() -> Bench {
    let mut bench = Bench::usual();
    bench.played.harness.state_mut().go(Screen::NewMessage);
    bench.settle();
    bench
}

fn write(bench: &mut Bench, text: &str) {
    bench.focus(TEXT);
    bench.type_text(text);
}

#[test]
fn the_keyboard_is_in_the_first_field_and_is_not_taken_back() {
    let mut bench = opened();
    bench.type_text("11 9");
    assert_eq!(bench.value("Para"), "11 9");
    bench.press(Modifiers::COMMAND, Key::A);
    bench.press(Modifiers::NONE, Key::Delete);
    bench.press(Modifiers::NONE, Key::Escape);
    bench.type_text("x");
    assert_eq!(bench.value("Para"), "", "it does not take the keyboard of itself");
}

#[test]
fn a_number_that_stands_in_the_field_still_counts() {
    let mut bench = opened();
    write(&mut bench, "oi");
    bench.focus("Para");
    bench.type_text("11 90000-0055");
    bench.click("Enviar");
    let (_, to, ..) = bench.one_send();
    assert_eq!(to[0].digits(), "5511900000055");
}

#[test]
fn half_a_number_in_the_field_is_not_left_behind() {
    let mut bench = opened();
    bench.type_text("11 90000-0055,");
    bench.type_text("11 9000");
    write(&mut bench, "oi");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.sends().is_empty());
    assert!(bench.is_disabled("Enviar"));
    bench.focus("Para");
    bench.type_text("0-0056");
    bench.focus(TEXT);
    bench.click("Enviar 2 mensagens");
    assert!(bench.tells("2 pessoas recebem uma mensagem cada"));
}

#[test]
fn leaving_the_field_ends_a_whole_number() {
    let mut bench = opened();
    bench.type_text("11 90000-0055");
    bench.press(Modifiers::NONE, Key::Tab);
    assert!(bench.shows("Tirar +55 11 90000-0055"), "{:#?}", bench.texts());
}

#[test]
fn with_and_without_the_nine_is_one_person() {
    let mut bench = opened();
    bench.paste("+55 11 98888-0044, 11 8888-0044,");
    assert!(bench.shows("Tirar +55 11 98888-0044") && bench.tells("1 repetido ficou de fora"));
    write(&mut bench, "oi");
    bench.press(Modifiers::NONE, Key::Enter);
    assert_eq!(bench.one_send().1.len(), 1);
}

#[test]
fn people_written_to_before_are_offered_to_the_mouse_and_to_the_keys() {
    let mut bench = opened();
    let person = bench.stored.rows[0].conversation.clone();
    let name = person.name.clone().unwrap();
    let words = format!("{name} · {}", person.phone);
    let search: String = name.chars().take(4).collect();
    bench.type_text(&search);
    bench.click(&words);
    assert!(bench.shows(&format!("Tirar {words}")), "{:#?}", bench.texts());
    assert_eq!(bench.value("Para"), "");
    bench.type_text(&search);
    assert!(!bench.shows(&words) || bench.texts().iter().filter(|text| **text == words).count() == 1);
    let mut keys = opened();
    keys.type_text(&search);
    keys.press(Modifiers::NONE, Key::ArrowDown);
    keys.press(Modifiers::NONE, Key::Enter);
    assert!(keys.shows(&format!("Tirar {words}")), "{:#?}", keys.texts());
    assert!(keys.sends().is_empty());
}

#[test]
fn backspace_takes_the_last_one_away_but_not_while_it_empties_the_field() {
    let mut bench = opened();
    bench.type_text("11 90000-0055,");
    bench.type_text("1");
    bench.press(Modifiers::NONE, Key::Backspace);
    assert!(bench.shows("Tirar +55 11 90000-0055"));
    bench.played.harness.event(egui::Event::Key {
        key: Key::Backspace,
        physical_key: None,
        pressed: true,
        repeat: true,
        modifiers: Modifiers::NONE,
    });
    bench.settle();
    bench.press(Modifiers::NONE, Key::Backspace);
    assert!(!bench.shows("Tirar +55 11 90000-0055"));
}

#[test]
fn hundreds_are_taken_and_each_can_be_removed() {
    let mut bench = opened();
    let numbers: String = (0..90).map(|index| format!("11 90000-00{index:02},")).collect();
    bench.paste(&numbers);
    write(&mut bench, "oi");
    bench.click("Tirar +55 11 90000-0089");
    assert!(!bench.shows("Tirar +55 11 90000-0089"));
    assert!(
        bench.shows("Enviar 89 mensagens"),
        "the button stays in the window"
    );
}

#[test]
fn a_failure_is_not_hidden_behind_the_summary() {
    let mut bench = opened();
    bench.paste("11 90000-0055, 11 90000-0056,");
    write(&mut bench, "oi");
    bench.press(Modifiers::NONE, Key::Enter);
    bench.click("Enviar 2 mensagens");
    let (ticket, ..) = bench.one_send();
    bench.tell(Event::Answer(ticket, Answer::Enqueued(Err("disco cheio".into()))));
    assert!(!bench.tells("2 pessoas recebem") && bench.tells("disco cheio"));
    assert_eq!(bench.value(TEXT), "oi");
}

#[test]
fn what_was_sent_is_no_draft_though_another_screen_is_shown() {
    use crate::domain::message::MessageState;
    let mut bench = opened();
    bench.paste("11 90000-0055,");
    write(&mut bench, "oi");
    bench.press(Modifiers::NONE, Key::Enter);
    let (ticket, ..) = bench.one_send();
    bench.played.harness.state_mut().go(Screen::Queue);
    bench.settle();
    let stored = vec![message(0, MessageState::Queued, "oi")];
    bench.tell(Event::Answer(ticket, Answer::Enqueued(Ok(stored))));
    bench.wait(std::time::Duration::from_secs(2));
    assert!(bench.kept().iter().all(|(_, draft)| draft.is_empty()));
    assert!(!bench.shows(TEXT), "nobody is taken away from where they are");
    bench.played.harness.state_mut().go(Screen::NewMessage);
    bench.settle();
    assert_eq!(bench.value(TEXT), "");
}
