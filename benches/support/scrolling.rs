//! The conversations screen with a thread of more than 100,000 messages, answered out of the database.

use super::past::Past;
use super::{Strings, Studio, empty_frame, finish, link_by_hand, quantile};
use recado::engine::{Answer, Command, Event, Question};
use recado::store::Store;
use recado::ui::screens::Screen;
use std::time::Instant;
use tokio::runtime::Runtime;

/// Answers what the window asks, out of the database.
fn answer(runtime: &Runtime, store: &Store, strings: &mut Strings) -> usize {
    let mut count = 0;
    while let Ok(command) = strings.commands.try_recv() {
        let Command::Ask(ticket, question) = command else {
            continue;
        };
        let answer = runtime.block_on(find(store, question));
        let _ = strings.events.try_send(Event::Answer(ticket, answer));
        count += 1;
    }
    count
}

async fn find(store: &Store, question: Question) -> Answer {
    match question {
        Question::Conversations {
            filter,
            before,
            limit,
        } => Answer::Conversations(store.conversations(&filter, before, limit).await.unwrap()),
        Question::Thread {
            conversation,
            before,
            limit,
        } => Answer::Thread(store.thread(conversation, before, limit).await.unwrap()),
        Question::Conversation(id) => Answer::Conversation(Box::new(store.conversation(id).await.unwrap())),
        Question::Drafts(_) => Answer::Drafts(Vec::new()),
        Question::Strangers(..) => Answer::Strangers(0),
        _ => Answer::Failed("not played here".to_owned()),
    }
}

/// Prints what frames and memory cost while one scrolls back to the beginning of the largest conversation.
pub fn measure(runtime: &Runtime, store: &Store, past: &Past) {
    let nothing = empty_frame(200);
    let (link, mut strings) = link_by_hand();
    let biggest = runtime.block_on(store.conversation(past.largest.0)).unwrap();
    strings.live.send_modify(|live| {
        let live = std::sync::Arc::make_mut(live);
        let account = std::sync::Arc::make_mut(&mut live.accounts[0].account);
        account.id = biggest.account;
    });
    let mut studio = Studio::new(link);
    studio.app.go(Screen::Conversations);
    studio.app.open_conversation(past.largest.0);
    for _ in 0..200 {
        let mut output = studio.frame();
        output.textures_delta.clear();
        answer(runtime, store, &mut strings);
    }
    let mut rest = Vec::new();
    for _ in 0..200 {
        rest.push(timed(&mut studio));
    }
    let (memory, mut scrolled, mut loading, mut pages) = (resident(), Vec::new(), Vec::new(), 0);
    let begun = Instant::now();
    let wanted = past.largest.1 / 100;
    println!("window: scrolling back through {} messages", past.largest.1);
    let mut tenth = 1;
    let mut idle = 0;
    while idle < 400 && begun.elapsed().as_secs() < 240 {
        studio.scroll(egui::vec2(0.0, 60_000.0));
        let frame = timed(&mut studio);
        let answered = answer(runtime, store, &mut strings);
        if answered > 0 {
            loading.push(frame)
        } else {
            scrolled.push(frame)
        }
        pages += answered;
        idle = if answered > 0 { 0 } else { idle + 1 };
        if pages * 10 >= wanted * tenth {
            println!(
                "  {pages:>5} pages: +{} MB, {:.0} s, frames p50 {:.2} p99 {:.2} ms",
                resident().saturating_sub(memory) / 1_000_000,
                begun.elapsed().as_secs_f64(),
                quantile(&scrolled, 0.5),
                quantile(&scrolled, 0.99),
            );
            tenth += 1;
        }
    }
    println!(
        "frames of the conversations screen with that thread, in milliseconds (p50, p99, p50 beside nothing):"
    );
    for (name, times) in [
        ("at rest", &rest),
        ("scrolling", &scrolled),
        ("asking for a page", &loading),
    ] {
        let middle = quantile(times, 0.5);
        println!(
            "  {name:<20} {middle:>8.3} {:>8.3} {:>8.1}",
            quantile(times, 0.99),
            middle / nothing
        );
    }
    println!(
        "memory: {} MB before, {} MB after",
        memory / 1_000_000,
        resident() / 1_000_000
    );
}

fn timed(studio: &mut Studio) -> f64 {
    let begun = Instant::now();
    let output = studio.frame();
    finish(&studio.egui, output);
    begun.elapsed().as_secs_f64() * 1_000.0
}

/// Memory of this process in bytes; nothing where the system does not tell it this way.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap_or_default();
    let kilobytes = line
        .split_whitespace()
        .nth(1)
        .and_then(|number| number.parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1_024
}
