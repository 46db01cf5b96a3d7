//! Credentials the gateway refuses.

use super::desk::deaf;
use super::scene::{Scene, at_each_gateway};
use crate::program::number;
use crate::stage::TOKEN;
use recado::domain::health::Connection;
use recado::domain::message::{MessageState, ReasonKind};
use recado::engine::{AccountCommand, Answer, Command};
use recado::secrets::Secrets;

fn hold_the_queue(scene: &mut Scene) {
    let mut program = scene.program_on_held_clock();
    deaf(&mut program);
    let account = scene.account(&mut program);
    scene.gateway.refuse_credentials(true);
    let first = program.send_one(account, &number(1), "Primeira");
    program.until(account, "the queue holds", |view| {
        view.held
            .as_ref()
            .is_some_and(|reason| reason.kind == ReasonKind::CredentialsRefused)
    });
    program.until_message(first.id, "waits", |message| message.state == MessageState::Queued);
    let second = program.send_one(account, &number(2), "Segunda");
    program.refresh(account);
    program.until(account, "refused", |view| {
        view.health.connection == Connection::CredentialsRefused
    });
    assert_eq!(
        scene.gateway.facts().requests_with("Segunda"),
        0,
        "each new message tried them"
    );
    assert_eq!(program.account_view(account).outbox.rejected, 0);
    scene.gateway.refuse_credentials(false);
    program.refresh(account);
    for message in [first.id, second.id] {
        program.until_state(message, MessageState::Accepted);
    }
    let facts = scene.gateway.facts();
    assert_eq!((facts.copies_of("Primeira"), facts.copies_of("Segunda")), (1, 1));
}

#[test]
fn refused_credentials_hold_the_queue_until_the_gateway_takes_them() {
    at_each_gateway("refused credentials hold the queue", hold_the_queue);
}

fn are_tested(scene: &mut Scene) {
    let mut program = scene
        .stage
        .program_with(|options| options.secrets = Secrets::session());
    deaf(&mut program);
    for (token, good) in [("wrong-token-1", false), (TOKEN, true)] {
        let ticket = program.ticket();
        program.command(Command::Account(AccountCommand::Test {
            ticket,
            id: None,
            draft: Box::new(scene.gateway.draft("Loja", token)),
        }));
        match program.answer(ticket) {
            Answer::Tested(result) => {
                assert_eq!(result.is_ok(), good, "{result:?}");
                assert!(result.is_err() || result.unwrap().phone.is_some() == scene.can.status);
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(scene.gateway.facts().sends.len(), 0, "a test sent something");
    // Wrong ones that were saved all the same, and right ones the moment the queue is seen to hold.
    let mut account = None;
    for round in 1..=6 {
        let wrong = scene.gateway.draft("Loja", "wrong-token-1");
        let id = program.save(account, wrong).unwrap();
        let message = program.send_one(id, &number(round), "Oi");
        program.until(id, "held", |view| view.held.is_some());
        let right = scene.gateway.draft("Loja", TOKEN);
        account = Some(program.save(Some(id), right).unwrap());
        program.until_state(message.id, MessageState::Accepted);
        scene.until_well(&mut program, id);
        assert_eq!(scene.gateway.facts().copies_of("Oi"), round);
    }
}

#[test]
fn a_test_of_credentials_tells_the_truth_and_sends_nothing() {
    at_each_gateway("a test of credentials sends nothing", are_tested);
}
