//! What is refused, what is lost, and what is forgotten.

use super::bench::{document, url_of};
use crate::program::number;
use crate::stage::{PATIENCE, Stage};
use recado::domain::attachment::AttachmentProblem;
use recado::domain::conversation::{Draft, DraftPlace};
use recado::domain::message::{MessageState, ReasonKind};
use recado::domain::outgoing::FileProblem;
use recado::domain::{Attachment, OutgoingFileId};
use recado::engine::{Answer, AttachmentCommand, Command, ConversationCommand, Notice, Question};
use std::time::{Duration, Instant};

#[test]
fn a_file_that_is_lost_on_this_disk_rejects_its_messages() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    program.until_listening(account);
    let media = stage.folder.path().join("media");
    type Harm = fn(&std::path::Path);
    let harms: [Harm; 3] = [
        |path| std::fs::remove_file(path).unwrap(),
        |path| std::fs::write(path, b"%PDF-1.7\nshorter").unwrap(),
        // Of the same size: found only when it comes back from outside.
        |path| {
            let mut content = std::fs::read(path).unwrap();
            content[1_000] ^= 1;
            std::fs::write(path, content).unwrap();
        },
    ];
    for (index, harm) in harms.iter().enumerate() {
        let (path, _) = document(&stage, &format!("Planta {index}.pdf"), 20_000);
        let file = program.take_in(account, &path);
        harm(&media.join(&file.file.stored_name));
        let message = program.send_file(account, &number(index), &file);
        let lost = program.until_state(message.id, MessageState::Rejected);
        assert_eq!(lost.reason.unwrap().kind, ReasonKind::AttachmentLost);
        program.until_notice("told", |notice| {
            matches!(notice, Notice::Problem(id, reason)
                if *id == message.id && reason.kind == ReasonKind::AttachmentLost)
        });
    }
    assert_eq!(gateway.sends(), 0);
    program.until_hosted("nothing is outside", <[_]>::is_empty);
}

#[test]
fn what_cannot_be_attached_is_refused_whole() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    let other = program.add_account("Filial", &gateway);
    let (path, _) = document(&stage, "Planta.pdf", 1_000);
    let of_other = program.take_in(other, &path);
    let own = program.take_in(account, &path);
    let mut unknown = own.clone();
    unknown.id = OutgoingFileId::new();
    let many: Vec<_> = std::iter::repeat_n(own.clone(), 11).collect();
    for files in [vec![own.clone(), of_other], vec![unknown], many] {
        let ticket = program.begin_send_files(account, &[&number(1)], "Oi", &files, None);
        match program.answer(ticket) {
            Answer::Enqueued(Err(_)) => {}
            other => panic!("{other:?}"),
        }
    }
    let missing = program.try_take_in(account, &stage.folder.path().join("nothing.pdf"));
    assert!(missing.is_err(), "{missing:?}");
    let program_file = stage.folder.path().join("disk/leia.exe");
    std::fs::write(&program_file, b"MZ\x90\x00").unwrap();
    assert!(program.try_take_in(account, &program_file).is_err());
    assert_eq!(program.account_view(account).outbox.preparing, 0);
    assert_eq!(gateway.sends(), 0);
    // Nothing was left behind by what was refused.
    let kept = std::fs::read_dir(stage.folder.path().join("media"))
        .unwrap()
        .count();
    assert_eq!(kept, 2);
    // An address that stands for nothing is no way around it.
    assert_eq!(Attachment::from_url("", &[]), Err(AttachmentProblem::NotAUrl));
    assert_eq!(
        program.try_take_in(recado::domain::AccountId::new(), &path),
        Err(FileProblem::Failed("not found".into()))
    );
}

#[test]
fn a_file_that_is_put_away_is_gone_unless_something_needs_it() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    program.until_listening(account);
    program.pause(account, true);
    let media = stage.folder.path().join("media");
    let (path, _) = document(&stage, "Planta.pdf", 1_000);
    let (unwanted, in_draft, in_message) = (
        program.take_in(account, &path),
        program.take_in(account, &path),
        program.take_in(account, &path),
    );
    let message = program.send_file(account, &number(1), &in_message);
    program.command(Command::Conversation(ConversationCommand::KeepDraft(
        DraftPlace::Conversation(message.conversation),
        Draft {
            text: "Segue".into(),
            files: vec![in_draft.clone()],
            ..Draft::default()
        },
    )));
    // Answered after the draft was kept.
    program.ask(Question::Drafts(account));
    for file in [&unwanted, &in_draft, &in_message] {
        program.attachment(AttachmentCommand::Discard(file.id));
    }
    let until = Instant::now() + PATIENCE;
    while media.join(&unwanted.file.stored_name).exists() {
        assert!(Instant::now() < until, "still there");
        program.next_event(Instant::now() + Duration::from_millis(20));
    }
    let queued = program.until_state(message.id, MessageState::Queued);
    assert!(!url_of(&queued).is_empty());
    for file in [&in_draft, &in_message] {
        assert!(media.join(&file.file.stored_name).exists());
        match program.ask(Question::OutgoingFile(file.id)) {
            Answer::OutgoingFile(known) => assert_eq!(*known, *file),
            other => panic!("{other:?}"),
        }
    }
    assert!(matches!(
        program.ask(Question::OutgoingFile(unwanted.id)),
        Answer::Failed(_)
    ));
}
