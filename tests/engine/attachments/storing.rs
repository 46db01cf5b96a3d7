//! Files that are put into storage.

use super::bench::{Bucket, document, fetched, url_of};
use super::storage_server::{Fault, SECRET_KEY, keys};
use crate::accounts::MoodyVault;
use crate::program::number;
use crate::stage::Stage;
use recado::domain::hosting::{AttachmentHosting, HostingPlace, PreparingStep};
use recado::domain::message::{MessageState, ReasonKind};
use recado::engine::{AccountCommand, Command, Notice, OutboxCommand};
use recado::secrets::SecretError;
use recado::simulator::SimulatorState;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// Holds requests of this kind up: tells when one came, and lets it go on.
fn hold(bucket: &Bucket, what: &'static str) -> (Receiver<()>, Sender<()>) {
    let (tell, came) = channel();
    let (let_go, wait) = channel::<()>();
    bucket.server.fail(move |seen| {
        if seen.what() == what {
            let _ = tell.send(());
            let _ = wait.recv();
        }
        None
    });
    (came, let_go)
}

#[test]
fn one_upload_serves_every_message_and_the_object_goes_with_the_last() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    gateway.control.hold_queue(true);
    let bucket = Bucket::start(&stage);
    let vault = Arc::new(MoodyVault::default());
    let mut program = stage.program_with(|options| options.secrets = vault.secrets());
    let account = program.add_account("Loja", &gateway);
    let webhook = program.until_listening(account);
    gateway.control.set_webhook(Some(webhook));
    bucket.choose(&mut program, account);
    let (path, content) = document(&stage, "Catálogo.pdf", 300_000);
    let file = program.take_in(account, &path);
    let messages = program.send_files(account, &[&number(1), &number(2), &number(3)], "Oi", &[file]);
    let mut urls = Vec::new();
    for message in &messages {
        urls.push(url_of(&program.until_state(message.id, MessageState::Accepted)));
    }
    urls.dedup();
    assert_eq!(urls.len(), 1);
    assert_eq!(fetched(&stage, &urls[0]), (200, content));
    let puts = bucket.server.asked();
    assert_eq!(puts.iter().filter(|what| *what == "put").count(), 1, "{puts:?}");
    assert_eq!(bucket.objects().len(), 1);
    gateway.control.hold_queue(false);
    gateway.wait("all is told", SimulatorState::is_webhook_quiet);
    for message in &messages {
        program.until_state(message.id, MessageState::Read);
    }
    program.until_hosted("nothing is outside", |files| {
        files.is_empty() && bucket.objects().is_empty()
    });
    gateway.assert_nothing_doubled();
}

#[test]
fn an_upload_nobody_needs_any_more_stops_at_once() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let bucket = Bucket::start(&stage);
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    bucket.choose(&mut program, account);
    let (came, let_go) = hold(&bucket, "part 2");
    let (path, content) = document(&stage, "Filme.pdf", 20_000_000);
    let file = program.take_in(account, &path);
    let messages = program.send_files(
        account,
        &[&number(1), &number(2)],
        "",
        std::slice::from_ref(&file),
    );
    came.recv_timeout(crate::stage::PATIENCE).unwrap();
    let total = content.len() as u64;
    program.until_live("on its way", |live| {
        live.preparing.get(&file.id).is_some_and(|(of, step)| {
            *of == account
                && matches!(step, PreparingStep::Uploading { done, total: all } if *done > 0 && *all == total)
        })
    });
    program.outbox(OutboxCommand::Cancel(messages[0].id));
    program.until_state(messages[0].id, MessageState::Cancelled);
    // The other one still needs it.
    assert!(program.link.live.borrow().preparing.contains_key(&file.id));
    program.outbox(OutboxCommand::Cancel(messages[1].id));
    program.until_state(messages[1].id, MessageState::Cancelled);
    program.until_live("no longer on its way", |live| live.preparing.is_empty());
    drop(let_go);
    bucket.server.fail(|_| None);
    program.until_hosted("nothing is left of it", |files| {
        files.is_empty() && bucket.objects().is_empty() && bucket.server.left_over().is_empty()
    });
    assert_eq!(gateway.sends(), 0);
}

#[test]
fn an_upload_goes_on_after_a_restart_where_it_was() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let bucket = Bucket::start(&stage);
    let vault = Arc::new(MoodyVault::default());
    let mut program = stage.program_with(|options| options.secrets = vault.secrets());
    let account = program.add_account("Loja", &gateway);
    bucket.choose(&mut program, account);
    let (came, let_go) = hold(&bucket, "part 2");
    let (path, content) = document(&stage, "Filme.pdf", 20_000_000);
    let file = program.take_in(account, &path);
    let message = program.send_file(account, &number(1), &file);
    came.recv_timeout(crate::stage::PATIENCE).unwrap();
    assert!(program.shutdown() < Duration::from_secs(4));
    drop(let_go);
    bucket.server.fail(|_| None);
    bucket.server.asked();
    let mut program = stage.program_with(|options| options.secrets = vault.secrets());
    let accepted = program.until_state(message.id, MessageState::Accepted);
    let asked = bucket.server.asked();
    assert!(
        !asked.iter().any(|what| what == "part 1" || what == "begin"),
        "{asked:?}"
    );
    assert!(asked.iter().any(|what| what == "part 3"), "{asked:?}");
    assert_eq!(fetched(&stage, &url_of(&accepted)), (200, content));
    assert_eq!(gateway.ledger.sent_count(message.client_id.as_str()).max(1), 1);
    gateway.assert_nothing_doubled();
}

#[test]
fn a_storage_that_cannot_be_used_holds_the_message_and_says_why() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let bucket = Bucket::start(&stage);
    let vault = Arc::new(MoodyVault::default());
    let mut program = stage.program_with(|options| options.secrets = vault.secrets());
    let account = program.add_account("Loja", &gateway);
    let wrong = program.set_hosting(account, bucket.hosting(), Some(keys("another/Secret00000001")));
    assert_eq!(wrong, Ok(()));
    let (path, _) = document(&stage, "Planta.pdf", 5_000);
    let file = program.take_in(account, &path);
    let message = program.send_file(account, &number(1), &file);
    let refused = program.until_message(message.id, "refused", |message| message.reason.is_some());
    let reason = refused.reason.unwrap();
    assert_eq!(reason.kind, ReasonKind::StorageRefused);
    let words = reason.words.unwrap_or_default();
    assert!(words.contains("SignatureDoesNotMatch"), "{words}");
    // The right keys are tried at once.
    let until = |program: &mut crate::program::Program, kind| {
        program.until_message(message.id, "another reason", |message| {
            message.reason.as_ref().is_some_and(|reason| reason.kind == kind)
        })
    };
    vault.set_mood(Some(SecretError::NoAnswer));
    program.outbox(OutboxCommand::Retry(message.id));
    until(&mut program, ReasonKind::StorageKeysMissing);
    vault.set_mood(None);
    bucket.server.fail(|_| Some(Fault::Instead(503, "")));
    program.outbox(OutboxCommand::Retry(message.id));
    program.until_message(message.id, "not served", |message| {
        message.reason.as_ref().is_some_and(|reason| {
            matches!(
                reason.kind,
                ReasonKind::StorageRefused | ReasonKind::StorageUnreachable
            ) && !reason
                .words
                .as_ref()
                .is_some_and(|words| words.contains("Signature"))
        })
    });
    assert_eq!(gateway.sends(), 0);
    bucket.server.fail(|_| None);
    bucket.choose(&mut program, account);
    program.until_state(message.id, MessageState::Accepted);
    // Nothing that was said has the secret in it.
    let said = program.said.join("\n");
    assert!(!said.contains(SECRET_KEY) && !said.contains("another/Secret00000001"));
}

#[test]
fn another_place_takes_over_what_waits_and_what_is_about_to_leave() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let bucket = Bucket::start(&stage);
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    program.until_listening(account);
    let (path, content) = document(&stage, "Planta.pdf", 5_000);
    let file = program.take_in(account, &path);
    program.pause(account, true);
    let ready = program.send_file(account, &number(1), &file);
    let ready = program.until_state(ready.id, MessageState::Queued);
    assert_eq!(
        program.set_hosting(account, AttachmentHosting::AddressOnly, None),
        Ok(())
    );
    let other = program.take_in(account, &path);
    let waits = program.send_file(account, &number(2), &other);
    let waits = program.until_message(waits.id, "waits", |message| message.reason.is_some());
    assert_eq!(waits.reason.unwrap().kind, ReasonKind::NoAttachmentPlace);
    bucket.choose(&mut program, account);
    let stored = program.until_state(waits.id, MessageState::Queued);
    assert!(url_of(&stored).starts_with(&bucket.server.config().endpoint));
    program.pause(account, false);
    for message in [ready.id, waits.id] {
        program.until_state(message, MessageState::Accepted);
    }
    for told in gateway.ledger.messages() {
        assert!(
            told.attachment_url.starts_with(&bucket.server.config().endpoint),
            "{told:?}"
        );
        assert_eq!(fetched(&stage, &told.attachment_url), (200, content.clone()));
    }
    assert_eq!(fetched(&stage, &url_of(&ready)).0, 404);
    let hosted = program.hosted_files();
    assert!(
        hosted
            .iter()
            .all(|file| file.placement.place == HostingPlace::Storage)
    );
}

#[test]
fn an_object_that_is_gone_is_uploaded_anew() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let bucket = Bucket::start(&stage);
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    bucket.choose(&mut program, account);
    let (path, content) = document(&stage, "Planta.pdf", 5_000);
    let file = program.take_in(account, &path);
    program.pause(account, true);
    let message = program.send_file(account, &number(1), &file);
    program.until_state(message.id, MessageState::Queued);
    for object in bucket.objects() {
        std::fs::remove_file(object).unwrap();
    }
    // A second message has the file looked at again.
    let second = program.send_file(account, &number(2), &file);
    let second = program.until_state(second.id, MessageState::Queued);
    assert_eq!(fetched(&stage, &url_of(&second)), (200, content.clone()));
    program.pause(account, false);
    for message in [message.id, second.id] {
        program.until_state(message, MessageState::Accepted);
    }
    for told in gateway.ledger.messages() {
        assert_eq!(fetched(&stage, &told.attachment_url), (200, content.clone()));
    }
}

#[test]
fn a_removed_account_leaves_nothing_behind() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    gateway.control.hold_queue(true);
    let bucket = Bucket::start(&stage);
    let vault = Arc::new(MoodyVault::default());
    let mut program = stage.program_with(|options| options.secrets = vault.secrets());
    let account = program.add_account("Loja", &gateway);
    bucket.choose(&mut program, account);
    let (path, _) = document(&stage, "Planta.pdf", 5_000);
    let file = program.take_in(account, &path);
    let message = program.send_file(account, &number(1), &file);
    program.until_state(message.id, MessageState::Accepted);
    assert_eq!(bucket.objects().len(), 1);
    program.command(Command::Account(AccountCommand::Remove {
        id: account,
        with_history: false,
    }));
    program.until_notice("removed", |notice| matches!(notice, Notice::AccountRemoved(_)));
    assert_eq!(bucket.objects().len(), 0);
    assert!(vault.is_empty());
    assert_eq!(program.hosted_files().len(), 0);
    assert_eq!(program.message(message.id).state, MessageState::Accepted);
}
