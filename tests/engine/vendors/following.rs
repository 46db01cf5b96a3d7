//! What becomes of messages is asked where nothing is told.

use super::{Desk, deaf};
use crate::program::number;
use crate::stage::Stage;
use recado::domain::Timestamp;
use recado::domain::message::MessageState;
use recado::domain::time::Clock;
use recado::simulator::Times;
use recado::simulator::common::{Ending, Function};
use recado::simulator::decision_telecom::PlayedDecisionTelecom;
use std::time::Duration;

const START: Timestamp = Timestamp(1_790_000_000_000);

#[test]
fn a_message_is_asked_about_until_its_end_and_over_a_restart() {
    let stage = Stage::new();
    let desk = Desk::<PlayedDecisionTelecom>::open(&stage);
    let clock = Clock::held(START);
    let begin = || {
        stage.program_with(|options| {
            options.clock = clock.clone();
            options.secrets = crate::stage::token_for_all(crate::stage::TOKEN);
        })
    };
    let mut program = begin();
    deaf(&mut program);
    let account = desk.account(&mut program, "Loja");
    desk.control.hold_queue(true);
    desk.control.end_messages(Ending::Delivered, Times::Next(1));
    desk.control.end_messages(Ending::Seen, Times::Next(1));
    let first = program.send_one(account, &number(1), "Oi");
    let second = program.send_one(account, &number(2), "Oi");
    for message in [&first, &second] {
        program.until_state(message.id, MessageState::Accepted);
    }
    let asked = |desk: &Desk<PlayedDecisionTelecom>| desk.ledger.requests_to(Function::State);
    // The test of the account puts a question too.
    let before = asked(&desk);
    clock.advance(Duration::from_secs(31));
    program.wake(account);
    desk.wait("both are asked about", |state| {
        state.book().requests_to(Function::State) >= before + 2
    });
    assert_eq!(program.message(first.id).state, MessageState::Accepted, "pending");

    // The next questions are put by the program as it begins anew.
    program.shutdown();
    drop(program);
    desk.control.hold_queue(false);
    desk.wait("all is where it ends", |state| {
        let ends: Vec<_> = state
            .book()
            .messages()
            .iter()
            .map(|message| message.steps.len())
            .collect();
        ends.len() == 2 && ends[0] >= 2 && ends[1] >= 3
    });
    clock.advance(Duration::from_secs(61));
    let mut program = begin();
    program.until_state(first.id, MessageState::Delivered);
    program.until_state(second.id, MessageState::Read);
}
