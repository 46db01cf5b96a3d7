//! Files that our own listener hands out.

use super::bench::{document, fetched, until_gone, url_of};
use super::proxy::{Proxy, Way};
use crate::program::number;
use crate::stage::{PATIENCE, Stage};
use recado::domain::hosting::HostingPlace;
use recado::domain::message::{MessageState, ReasonKind};
use recado::engine::{AttachmentCommand, OutboxCommand};
use recado::simulator::SimulatorState;
use std::time::Instant;

#[test]
fn a_file_goes_from_the_disk_to_two_people_and_is_taken_away_when_both_have_it() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    gateway.control.hold_queue(true);
    let mut program = stage.lasting_program();
    let account = program.add_account("Loja", &gateway);
    let webhook = program.until_listening(account);
    gateway.control.set_webhook(Some(webhook));
    let (path, content) = document(&stage, "Orçamento.pdf", 200_000);
    let file = program.take_in(account, &path);
    assert_eq!(
        (file.file.name.as_str(), file.file.bytes),
        ("Orçamento.pdf", content.len() as u64)
    );
    // What becomes of the original does not matter.
    std::fs::remove_file(&path).unwrap();
    let messages = program.send_files(
        account,
        &[&number(1), &number(2)],
        "Segue",
        std::slice::from_ref(&file),
    );
    assert_eq!(messages.len(), 2);
    let mut urls = Vec::new();
    for message in &messages {
        assert_eq!(message.state, MessageState::Preparing);
        let accepted = program.until_state(message.id, MessageState::Accepted);
        urls.push(url_of(&accepted));
        let states: Vec<MessageState> = program
            .history(message.id)
            .iter()
            .map(|step| step.state)
            .collect();
        assert_eq!(
            states,
            [
                MessageState::Preparing,
                MessageState::Queued,
                MessageState::InFlight,
                MessageState::Accepted
            ]
        );
    }
    assert_eq!(urls[0], urls[1]);
    assert!(
        urls[0].ends_with("/file.pdf") && !urls[0].contains("Or"),
        "{}",
        urls[0]
    );
    for message in gateway.ledger.messages() {
        assert_eq!(message.attachment_url, urls[0]);
        assert_eq!(message.text, "Segue");
    }
    assert_eq!(fetched(&stage, &urls[0]), (200, content));
    let hosted = program.until_hosted("one file outside", |files| files.len() == 1);
    assert_eq!(hosted[0].needed_by, 2);
    assert_eq!(hosted[0].placement.place, HostingPlace::Listener);
    assert!(program.link.live.borrow().preparing.is_empty());
    // A guess is no way to it.
    let guess = urls[0].replace("/a/", "/a/0");
    assert_eq!(fetched(&stage, &guess).0, 404);
    gateway.control.hold_queue(false);
    gateway.wait("all is told", SimulatorState::is_webhook_quiet);
    for message in &messages {
        program.until_state(message.id, MessageState::Read);
    }
    for told in gateway.ledger.messages() {
        let came = told.attachment.unwrap();
        assert_eq!((came.status, came.sha256), (Some(200), file.file.sha256));
    }
    until_gone(&stage, &mut program, &urls[0]);
    program.until_hosted("nothing is outside", <[_]>::is_empty);
    gateway.assert_nothing_doubled();
}

#[test]
fn a_dead_address_holds_its_message_until_it_answers() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut program = stage.lasting_program();
    let account = program.add_account("Loja", &gateway);
    let webhook = program.until_listening(account);
    let proxy = Proxy::start(&stage.handle(), Way::Dead);
    proxy.lead_to(&webhook);
    program.change_settings(|settings| settings.public_url = Some(proxy.url.clone()));
    let (path, content) = document(&stage, "Planta.pdf", 3_000);
    let file = program.take_in(account, &path);
    let message = program.send_file(account, &number(1), &file);
    // Text to somebody else does not wait for it.
    let other = program.send_one(account, &number(2), "Oi");
    let waits = program.until_message(message.id, "waits", |message| message.reason.is_some());
    assert_eq!(waits.state, MessageState::Preparing);
    assert_eq!(waits.reason.unwrap().kind, ReasonKind::AttachmentUnreachable);
    program.until_state(other.id, MessageState::Accepted);
    assert_eq!(program.account_view(account).outbox.preparing, 1);
    proxy.set(Way::Open);
    program.outbox(OutboxCommand::Retry(message.id));
    let accepted = program.until_state(message.id, MessageState::Accepted);
    let url = url_of(&accepted);
    assert!(url.starts_with(&proxy.url), "{url}");
    assert_eq!(fetched(&stage, &url), (200, content));
    gateway.assert_nothing_doubled();
}

#[test]
fn what_comes_back_altered_is_not_told_to_the_gateway() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut program = stage.lasting_program();
    let account = program.add_account("Loja", &gateway);
    let webhook = program.until_listening(account);
    let proxy = Proxy::start(&stage.handle(), Way::Altering);
    proxy.lead_to(&webhook);
    program.change_settings(|settings| settings.public_url = Some(proxy.url.clone()));
    let (path, _) = document(&stage, "Planta.pdf", 50_000);
    let file = program.take_in(account, &path);
    let message = program.send_file(account, &number(1), &file);
    let waits = program.until_message(message.id, "waits", |message| message.reason.is_some());
    assert_eq!(waits.state, MessageState::Preparing);
    assert_eq!(waits.reason.unwrap().kind, ReasonKind::AttachmentAltered);
    assert_eq!(gateway.sends(), 0);
    proxy.set(Way::Open);
    program.outbox(OutboxCommand::Retry(message.id));
    program.until_state(message.id, MessageState::Accepted);
    assert_eq!(gateway.sends(), 1);
}

#[test]
fn nobody_listening_holds_the_message_until_somebody_does() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut program = stage.lasting_program();
    let account = program.add_account("Loja", &gateway);
    program.until_listening(account);
    let (path, _) = document(&stage, "Planta.pdf", 2_000);
    let file = program.take_in(account, &path);
    // Ready to leave, and held by the pause only.
    program.pause(account, true);
    let message = program.send_file(account, &number(1), &file);
    let queued = program.until_state(message.id, MessageState::Queued);
    let url = url_of(&queued);
    program.change_settings(|settings| settings.listen = false);
    program.until_live("not listening", |live| {
        live.listener.state == recado::engine::ListenerState::Off
    });
    program.pause(account, false);
    let waits = program.until_message(message.id, "waits", |message| {
        message.state == MessageState::Preparing
            && message
                .reason
                .as_ref()
                .is_some_and(|reason| reason.kind == ReasonKind::AttachmentNotOffered)
    });
    assert_eq!(url_of(&waits), "");
    assert_eq!(gateway.sends(), 0);
    program.change_settings(|settings| settings.listen = true);
    let accepted = program.until_state(message.id, MessageState::Accepted);
    // The same place, so the same address.
    assert_eq!(url_of(&accepted), url);
}

#[test]
fn a_file_that_is_taken_back_is_put_up_anew_for_what_still_needs_it() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    gateway.control.hold_queue(true);
    let mut program = stage.lasting_program();
    let account = program.add_account("Loja", &gateway);
    program.until_listening(account);
    let (path, content) = document(&stage, "Planta.pdf", 2_000);
    let file = program.take_in(account, &path);
    let first = program.send_file(account, &number(1), &file);
    let first = program.until_state(first.id, MessageState::Accepted);
    program.pause(account, true);
    let second = program.send_file(account, &number(2), &file);
    let second = program.until_state(second.id, MessageState::Queued);
    assert_eq!(url_of(&first), url_of(&second));
    program.attachment(AttachmentCommand::Revoke(file.id));
    until_gone(&stage, &mut program, &url_of(&first));
    let again = program.until_message(second.id, "ready again", |message| {
        message.state == MessageState::Queued && url_of(message) != url_of(&second)
    });
    assert_eq!(fetched(&stage, &url_of(&again)), (200, content));
    program.pause(account, false);
    program.until_state(second.id, MessageState::Accepted);
    let told = gateway.ledger.messages();
    assert_eq!(told[1].attachment_url, url_of(&again));
    // The gateway has the first one; nothing is done about it.
    assert_eq!(program.message(first.id).state, MessageState::Accepted);
    assert_eq!(url_of(&program.message(first.id)), url_of(&first));
}

#[test]
fn taking_back_the_last_message_takes_the_file_away() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut program = stage.lasting_program();
    let account = program.add_account("Loja", &gateway);
    program.until_listening(account);
    program.pause(account, true);
    let (path, _) = document(&stage, "Planta.pdf", 2_000);
    let file = program.take_in(account, &path);
    let messages = program.send_files(account, &[&number(1), &number(2)], "", &[file]);
    let url = url_of(&program.until_state(messages[0].id, MessageState::Queued));
    program.outbox(OutboxCommand::Cancel(messages[0].id));
    program.until_state(messages[0].id, MessageState::Cancelled);
    let hosted = program.until_hosted("still needed", |files| {
        files.first().is_some_and(|file| file.needed_by == 1)
    });
    assert_eq!((hosted.len(), fetched(&stage, &url).0), (1, 200));
    program.outbox(OutboxCommand::Cancel(messages[1].id));
    until_gone(&stage, &mut program, &url);
    // Sent again after all, it is put up once more.
    program.pause(account, false);
    program.outbox(OutboxCommand::SendAgain(messages[1].id));
    let until = Instant::now() + PATIENCE;
    while gateway.sends() == 0 {
        assert!(program.next_event(until).is_some(), "not sent");
    }
    let told = gateway.ledger.messages().remove(0);
    assert_ne!(told.attachment_url, url);
    assert_ne!(told.client_id, messages[1].client_id.as_str());
}
