//! Several messages in one request, where the gateway takes several.

use super::desk::{Desk, deaf, is_taken};
use crate::program::{Program, number};
use crate::stage::Stage;
use recado::domain::AccountId;
use recado::domain::message::{Message, MessageState, ReasonKind};
use recado::simulator::devino::{PlayedDevino, REFUSALS, Scope};
use recado::simulator::{Fault, Times};

/// Stores messages that are due at the same time.
fn at_once(program: &mut Program, account: AccountId, count: usize) -> Vec<Message> {
    program.pause(account, true);
    let numbers: Vec<String> = (1..=count).map(number).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let messages = program.send(account, &numbers, "Oi");
    program.pause(account, false);
    messages
}

#[test]
fn a_batch_is_one_request_and_each_of_it_has_its_own_end() {
    let stage = Stage::new();
    let desk = Desk::<PlayedDevino>::open(&stage);
    let mut program = stage.program();
    let account = desk.account(&mut program, "Loja");
    deaf(&mut program);
    let invalid = *REFUSALS.iter().find(|refusal| refusal.key == "invalid").unwrap();
    desk.control.refuse(invalid, Scope::Message, Times::ONCE);
    let messages = at_once(&mut program, account, 30);
    let states: Vec<MessageState> = messages
        .iter()
        .map(|message| {
            let ended = program.until_message(message.id, "ended", |message| !message.state.is_open());
            assert_eq!(
                desk.copies_to(&ended),
                usize::from(is_taken(ended.state)),
                "{ended:?}"
            );
            assert_eq!(ended.attempts, 1);
            ended.state
        })
        .collect();
    let refused = states
        .iter()
        .filter(|state| **state == MessageState::Rejected)
        .count();
    assert_eq!((refused, states.len() - refused), (1, 29), "{states:?}");
    assert_eq!(desk.sends(), 2, "twenty and ten");

    // An answer that is lost leaves all of its request unclear, and nothing of it goes out again.
    desk.fault(Fault::ResetAfterReading, None);
    let lost = at_once(&mut program, account, 5);
    for message in &lost {
        let unknown = program.until_state(message.id, MessageState::Unknown);
        assert_eq!(unknown.reason.unwrap().kind, ReasonKind::ConnectionLost);
    }
    assert_eq!(desk.sends(), 3);
}
