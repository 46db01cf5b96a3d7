//! What happens beside the straight way: other pages, other accounts, answers that come late, keys instead of a mouse.

use super::bench::{Bench, message, outgoing, people};
use crate::domain::conversation::{Draft, DraftPlace};
use crate::domain::message::{Message, MessageState};
use crate::domain::{AccountId, ConversationId, PhoneNumber};
use crate::engine::{Answer, Event};
use crate::ui::screens::Screen;
use crate::ui::testing;
use egui::{Key, Modifiers};
use std::time::Duration;

const TEXT: &str = "Mensagem";
const TO: &str = "Para";

fn form(recipients: &str) -> Bench {
    let mut bench = Bench::usual();
    bench.played.harness.state_mut().go(Screen::NewMessage);
    bench.settle();
    bench.focus(TO);
    bench.paste(recipients);
    bench.focus(TEXT);
    bench.type_text("Bom dia!");
    bench.taken();
    bench
}

fn sent_to(account: AccountId, number: PhoneNumber) -> Message {
    Message {
        account,
        conversation: ConversationId::new(),
        to: number,
        ..message(0, MessageState::Queued, "Bom dia!")
    }
}

#[test]
fn the_conversation_with_somebody_new_is_open_after_the_first_message() {
    let mut bench = form("+55 11 90000-0098,");
    bench.press(Modifiers::NONE, Key::Enter);
    let (ticket, to, ..) = bench.one_send();
    let sent = sent_to(bench.account(), to[0].clone());
    bench
        .stored
        .entries
        .insert(sent.conversation, vec![outgoing(sent.clone())]);
    // As the engine does: first that something has changed, then the answer. The list is read again only after both.
    let changed = Event::Messages {
        ids: vec![sent.id],
        conversations: vec![sent.conversation],
    };
    bench.played.engine.events.try_send(changed).unwrap();
    bench.tell(Event::Answer(ticket, Answer::Enqueued(Ok(vec![sent]))));
    assert_eq!(bench.played.harness.state().screen(), Screen::Conversations);
    assert!(bench.shows("Nome e nota") && bench.tells("+55 11 90000-0098"));
}

#[test]
fn a_conversation_that_no_page_of_the_list_holds_can_be_opened_and_stays() {
    let mut bench = Bench::usual();
    let row = bench.stored.rows.remove(1);
    bench.tell(Event::Overflow);
    let id = row.conversation.id;
    bench.played.harness.state_mut().open_conversation(id);
    bench.settle();
    assert!(bench.shows("Nome e nota") && bench.tells("+55 11 90000-0021"));
    bench.stored.rows.insert(0, row);
    bench.tell(Event::Overflow);
    assert!(bench.shows("João Pereira"), "its name, once that is known");
    bench.stored.rows.remove(0);
    bench.tell(Event::Overflow);
    assert!(bench.shows("João Pereira"), "it stays when it leaves the page");
}

#[test]
fn a_conversation_of_another_account_brings_its_account_along() {
    let live = testing::live(2);
    let accounts: Vec<_> = live.accounts.iter().map(|view| view.account.id).collect();
    let mut stored = people(accounts[0]);
    let read = message(3, MessageState::Read, "Até amanhã na clínica");
    stored.add(accounts[1], Some("Paciente"), "5511900000099", vec![read]);
    let other = stored.rows.pop().unwrap().conversation.id;
    let mut bench = Bench::new(live, stored, [1_280.0, 800.0]);
    bench.open(0);
    bench.played.harness.state_mut().open_conversation(other);
    bench.settle();
    assert_eq!(bench.played.harness.state().account(), Some(accounts[1]));
    assert!(bench.tells("+55 11 90000-0099"));
}

#[test]
fn what_was_sent_is_no_draft_though_another_conversation_was_opened_meanwhile() {
    let mut bench = Bench::usual();
    bench.focus(TEXT);
    bench.type_text("Olá");
    bench.wait(Duration::from_secs(1));
    bench.press(Modifiers::NONE, Key::Enter);
    let (ticket, ..) = bench.one_send();
    bench.open(1);
    bench.tell(Event::Answer(ticket, Answer::Enqueued(Ok(Vec::new()))));
    let place = DraftPlace::Conversation(bench.stored.id(0));
    assert_eq!(bench.kept(), [(place, Draft::default())]);
    bench.open(0);
    assert_eq!(bench.value(TEXT), "");
}

#[test]
fn an_answer_does_not_pull_the_operator_back_to_what_was_left() {
    let mut bench = form("+55 11 90000-0021,");
    bench.press(Modifiers::NONE, Key::Enter);
    let (ticket, to, ..) = bench.one_send();
    bench.played.harness.state_mut().go(Screen::Dashboard);
    bench.settle();
    let sent = sent_to(bench.account(), to[0].clone());
    bench.tell(Event::Answer(ticket, Answer::Enqueued(Ok(vec![sent]))));
    assert_eq!(bench.played.harness.state().screen(), Screen::Dashboard);
    bench.played.harness.state_mut().go(Screen::NewMessage);
    bench.settle();
    assert_eq!(bench.played.harness.state().screen(), Screen::NewMessage);
    assert_eq!(bench.value(TEXT), "");
}

#[test]
fn when_several_could_not_be_stored_the_reason_is_not_hidden_by_the_summary() {
    let mut bench = form("+55 11 90000-0021, +55 11 90000-0063,");
    bench.click("Enviar 2 mensagens");
    bench.click("Enviar 2 mensagens");
    let (ticket, ..) = bench.one_send();
    bench.tell(Event::Answer(ticket, Answer::Enqueued(Err("disco cheio".into()))));
    assert!(!bench.shows("2 pessoas recebem uma mensagem cada"));
    assert!(bench.tells("disco cheio") && bench.value(TEXT) == "Bom dia!");
}

#[test]
fn typing_goes_on_behind_a_picked_emoji() {
    let mut bench = Bench::usual();
    bench.focus(TEXT);
    bench.type_text("oi!");
    bench.press(Modifiers::NONE, Key::ArrowLeft);
    let fire = crate::ui::emoji::find("fogo", crate::ui::text::Language::Portuguese)[0];
    for _ in 0..2 {
        bench.click("Emoji");
        bench.focus("Buscar emoji");
        bench.press(Modifiers::COMMAND, Key::A);
        bench.type_text("fogo");
        bench.click(&fire.name(crate::ui::text::Language::Portuguese));
    }
    bench.type_text(" e");
    assert_eq!(bench.value(TEXT), format!("oi{0}{0} e!", fire.text));
}

#[test]
fn a_completion_is_taken_by_tab_or_put_away_by_escape_and_the_keyboard_stays() {
    let mut bench = Bench::usual();
    bench.focus(TEXT);
    bench.type_text("oi :cora");
    bench.press(Modifiers::NONE, Key::Tab);
    let text = bench.value(TEXT);
    assert!(!text.contains(':') && !text.is_ascii(), "{text}");
    bench.type_text(" e :sol");
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.tells("↑ ↓ escolhem"));
    bench.type_text("x");
    assert_eq!(bench.value(TEXT), format!("{text} e :solx"));
}

#[test]
fn every_wrong_recipient_can_be_taken_away() {
    let mut numbers: Vec<String> = (0..70).map(|index| format!("+55 11 9{index:04}-0012")).collect();
    numbers.push("quem?".into());
    numbers.push(String::new());
    let mut bench = form(&numbers.join("\n"));
    assert!(bench.is_disabled("Enviar 70 mensagens"));
    bench.click("Tirar quem?");
    assert!(!bench.is_disabled("Enviar 70 mensagens"));
    bench.click("Tirar todos os 70");
    assert!(!bench.tells("Tirar "));
}

#[test]
fn people_from_before_are_chosen_by_keys() {
    let mut bench = form("");
    bench.focus(TO);
    bench.type_text("ma");
    // Marina Souza and Rafael Lima; whoever is chosen is not offered again.
    bench.press(Modifiers::NONE, Key::ArrowDown);
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(
        bench.shows("Tirar Rafael Lima · +55 11 90000-0063"),
        "{:#?}",
        bench.texts()
    );
    bench.type_text("ma");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.shows("Tirar Marina Souza · +55 11 90000-0044"));
    bench.type_text("11 90000-0021");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(
        bench.shows("Tirar +55 11 90000-0021"),
        "a whole number is taken as typed"
    );
    assert_eq!(bench.value(TO), "");
}

#[test]
fn people_from_before_are_chosen_by_the_pointer() {
    let mut bench = form("");
    bench.focus(TO);
    bench.type_text("mari");
    let at = bench.rect("Marina Souza · +55 11 90000-0044").center();
    bench.played.harness.hover_at(at);
    bench.settle();
    for pressed in [true, false] {
        bench.played.harness.event(egui::Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
        // One frame: held for longer it would be no click.
        bench.played.harness.run_steps(1);
    }
    bench.settle();
    assert!(bench.shows("Tirar Marina Souza · +55 11 90000-0044"));
    assert_eq!(bench.value(TO), "");
}

#[test]
fn a_draft_keeps_the_names_of_its_recipients() {
    let mut bench = form("Marina <+55 11 90000-0044>, quem?,");
    bench.wait(Duration::from_secs(1));
    let kept = bench.kept().pop().unwrap().1;
    assert_eq!(kept.recipients, ["Marina <+55 11 90000-0044>", "quem?"]);
    let live = testing::live(1);
    let account = live.accounts[0].account.id;
    let mut stored = people(account);
    stored.drafts.push((DraftPlace::NewMessage(account), kept));
    let mut bench = Bench::new(live, stored, [1_280.0, 800.0]);
    bench.played.harness.state_mut().go(Screen::NewMessage);
    bench.settle();
    assert!(bench.shows("Tirar Marina · +55 11 90000-0044") && bench.shows("Tirar quem?"));
}

#[test]
fn a_conversation_that_is_still_being_read_can_be_left_in_a_narrow_window() {
    let live = testing::live(1);
    let stored = people(live.accounts[0].account.id);
    let mut bench = Bench::new(live, stored, [900.0, 600.0]);
    let nobody = ConversationId::new();
    bench.played.harness.state_mut().open_conversation(nobody);
    bench.settle();
    assert!(!bench.shows("Buscar conversas"));
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(bench.shows("Buscar conversas"), "{:#?}", bench.texts());
}
