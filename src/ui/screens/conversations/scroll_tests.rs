//! The thread: what is laid out, and where the reader is.

use super::bench::{Bench, Stored, message};
use super::bubble::LAID_OUT;
use crate::domain::message::{Message, MessageState};
use crate::engine::{Answer, Event, Question};
use crate::ui::testing;
use egui::{Key, Modifiers, Rect};
use egui_kittest::kittest::Queryable as _;

/// So many messages, a minute apart, from the newest down: all of one day.
fn thread(count: u64) -> Vec<Message> {
    (0..count)
        .map(|index| message(count - index, MessageState::Read, &format!("linha {index}")))
        .collect()
}

fn bench(messages: Vec<Message>) -> (Bench, usize) {
    let live = testing::live(1);
    let account = live.accounts[0].account.id;
    let mut stored: Stored = super::bench::people(account);
    stored.add(account, Some("Muitas"), "5511900000090", messages);
    let index = stored.rows.len() - 1;
    let mut bench = Bench::new(live, stored, [1_280.0, 800.0]);
    bench.open(index);
    (bench, index)
}

fn scroll(bench: &mut Bench, points: f32) {
    bench.played.harness.hover_at(egui::pos2(840.0, 400.0));
    bench.played.harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, points),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    });
    bench.played.harness.run_steps(12);
}

/// Where the bubble of a text is, if it is drawn.
fn bubble(bench: &Bench, text: &str) -> Option<Rect> {
    let spoken = format!("{text} ");
    let found = bench.played.harness.query_all_by_label_contains(&spoken).next();
    found.map(|node| node.rect())
}

fn older(bench: &Bench) -> usize {
    let is_older = |question: &&Question| matches!(question, Question::Thread { before: Some(_), .. });
    bench.asked.iter().filter(is_older).count()
}

fn laid_out(act: impl FnOnce()) -> usize {
    let before = LAID_OUT.with(std::cell::Cell::get);
    act();
    LAID_OUT.with(std::cell::Cell::get) - before
}

#[test]
fn a_resting_thread_lays_out_what_is_in_sight() {
    let (mut bench, _) = bench(thread(400));
    let frame = laid_out(|| bench.played.harness.run_steps(1));
    assert!((1..30).contains(&frame), "{frame}");
    assert_eq!(older(&bench), 0, "it opens at its end and reads nothing above it");
}

#[test]
fn the_bubble_one_reads_does_not_move_when_older_ones_come() {
    let (mut bench, _) = bench(thread(300));
    bench.silent = true;
    // Near the top, but not at it: a wheel that is turned against the edge goes on when there is room again.
    for _ in 0..21 {
        scroll(&mut bench, 250.0);
        bench.settle();
    }
    bench.played.harness.run_steps(60);
    let first = "linha 204";
    let before = bubble(&bench, first).unwrap();
    bench.silent = false;
    // The question that waited is answered now.
    let id = bench.stored.rows.last().unwrap().conversation.id;
    let page = bench.stored.entries[&id][100..200].to_vec();
    let ticket = bench.waiting(|question| matches!(question, Question::Thread { before: Some(_), .. }));
    bench.tell(Event::Answer(ticket, Answer::Thread(page)));
    let after = bubble(&bench, first).unwrap_or(Rect::NOTHING);
    assert!(
        (before.top() - after.top()).abs() < 1.0,
        "{before} became {after}"
    );
    for _ in 0..200 {
        scroll(&mut bench, 1_000.0);
        bench.settle();
        if bubble(&bench, "linha 0").is_some() {
            break;
        }
    }
    assert!(
        bubble(&bench, "linha 0").is_some(),
        "the beginning can be reached"
    );
}

#[test]
fn new_messages_move_a_reader_only_when_they_are_their_own() {
    let (mut bench, index) = bench(thread(60));
    let id = bench.stored.id(index);
    let add = |bench: &mut Bench, text: &str| {
        let new = Message {
            conversation: id,
            ..message(0, MessageState::Queued, text)
        };
        let entries = bench.stored.entries.get_mut(&id).unwrap();
        entries.push(super::bench::outgoing(new.clone()));
        new
    };
    let told = |new: &Message| Event::Messages {
        ids: vec![new.id],
        conversations: vec![id],
    };
    assert!(bubble(&bench, "linha 59").is_some());
    let at_the_end = add(&mut bench, "ao fim");
    bench.tell(told(&at_the_end));
    assert!(
        bubble(&bench, "ao fim").is_some(),
        "who is at the end stays there"
    );
    scroll(&mut bench, 1_200.0);
    let other = add(&mut bench, "de fora");
    bench.tell(told(&other));
    assert!(bubble(&bench, "de fora").is_none());
    bench.focus("Mensagem");
    bench.type_text("minha");
    bench.press(Modifiers::NONE, Key::Enter);
    let (ticket, ..) = bench.one_send();
    let own = add(&mut bench, "minha");
    bench.tell(Event::Answer(ticket, Answer::Enqueued(Ok(vec![own.clone()]))));
    bench.tell(told(&own));
    assert!(bubble(&bench, "minha").is_some(), "what one sends is shown");
}

#[test]
fn what_was_searched_for_is_shown_where_it_stands_however_far_up() {
    let messages = thread(450);
    let wanted = messages[20].id;
    let live = testing::live(1);
    let account = live.accounts[0].account.id;
    let mut stored: Stored = super::bench::people(account);
    stored.add(account, Some("Muitas"), "5511900000090", messages);
    let row = stored.rows.last_mut().unwrap();
    row.hit = Some(crate::domain::conversation::SearchHit {
        message: wanted,
        snippet: "linha 20".into(),
        marks: std::iter::once(6..8).collect(),
    });
    let mut bench = Bench::new(live, stored, [1_280.0, 800.0]);
    bench.focus("Buscar conversas");
    bench.type_text("muitas");
    bench.settle();
    let row = bench.played.harness.get_by_label_contains("Muitas, linha 20, ");
    row.click();
    for _ in 0..12 {
        bench.settle();
    }
    let place = bubble(&bench, "linha 20").expect("it is in sight");
    assert!(place.top() > 100.0 && place.bottom() < 700.0, "{place:?}");
    assert!(older(&bench) >= 4, "its page was read");
}
