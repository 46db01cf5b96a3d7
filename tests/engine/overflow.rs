//! A window that takes nothing.

use crate::program::number;
use crate::stage::{PATIENCE, Stage};
use recado::engine::{Answer, Command, EVENTS_MAX, Question, SHUTDOWN_PATIENCE};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// Counts how often the window was woken.
#[derive(Default)]
struct Woken {
    times: Mutex<usize>,
    more: Condvar,
}

impl Woken {
    fn wake(&self) {
        *self.times.lock().unwrap() += 1;
        self.more.notify_all();
    }

    fn wait_for(&self, times: usize) {
        let (_guard, waited) = self
            .more
            .wait_timeout_while(self.times.lock().unwrap(), PATIENCE, |now| *now < times)
            .unwrap();
        assert!(!waited.timed_out(), "not woken {times} times");
    }
}

#[test]
fn a_window_that_takes_nothing_is_told_to_read_again() {
    const MANY: usize = 5_000;
    let woken = Arc::new(Woken::default());
    let stage = Stage::new();
    let gateway = stage.gateway();
    let told = Arc::clone(&woken);
    let mut program = stage.program_with(|options| options.wake = Arc::new(move || told.wake()));
    let account = program.add_account("Loja", &gateway);
    program.pause(account, true);
    program.take_events();
    // Nothing is taken from here on.
    let people: Vec<String> = (0..100).map(number).collect();
    let people: Vec<&str> = people.iter().map(String::as_str).collect();
    for _ in 0..MANY / people.len() {
        program.begin_send(account, &people, "Oi");
    }
    for _ in 0..MANY {
        let ticket = program.ticket();
        program.command(Command::Ask(ticket, Question::Strangers(account, Vec::new())));
    }
    woken.wait_for(MANY);
    // Full to its last place, and nowhere else is anything kept.
    assert_eq!(program.link.events.len(), EVENTS_MAX);
    program.take_events();
    let until = std::time::Instant::now() + PATIENCE;
    while program.overflows == 0 {
        assert!(program.next_event(until).is_some(), "never told");
    }
    program.until(account, "all stored", |view| view.outbox.queued == MANY as u64);
    let Answer::Outbox(outbox) = program.ask(Question::Outbox(account)) else {
        panic!()
    };
    assert_eq!(outbox.len(), MANY);
    let last = &outbox[MANY - 1];
    assert_eq!(program.message(last.id), *last);
    let took = program.shutdown();
    assert!(took < SHUTDOWN_PATIENCE + Duration::from_secs(1), "{took:?}");
}
