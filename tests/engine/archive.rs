//! Backups, restoring one, and exports.

use crate::program::{Program, number};
use crate::stage::{Stage, TOKEN, token_for_all};
use recado::domain::AccountId;
use recado::domain::message::{MessageState, ReasonKind};
use recado::engine::{
    AccountCommand, Answer, ArchiveCommand, Backup, Command, ExportFormat, ExportScope, Question,
};
use std::path::{Path, PathBuf};

fn back_up(program: &mut Program) -> Result<Backup, String> {
    let ticket = program.ticket();
    program.command(Command::Archive(ArchiveCommand::Backup(ticket)));
    match program.answer(ticket) {
        Answer::BackedUp(result) => result,
        other => panic!("{other:?}"),
    }
}

fn restore(program: &mut Program, from: &Path, into: &Path) -> Result<PathBuf, String> {
    let ticket = program.ticket();
    program.command(Command::Archive(ArchiveCommand::Restore {
        ticket,
        from: from.to_owned(),
        into: into.to_owned(),
    }));
    match program.answer(ticket) {
        Answer::Restored(result) => result,
        other => panic!("{other:?}"),
    }
}

fn export(program: &mut Program, scope: ExportScope, format: ExportFormat, to: &Path) -> Result<u64, String> {
    let ticket = program.ticket();
    program.command(Command::Archive(ArchiveCommand::Export {
        ticket,
        scope,
        format,
        to: to.to_owned(),
    }));
    match program.answer(ticket) {
        Answer::Exported(result) => result,
        other => panic!("{other:?}"),
    }
}

fn pause(program: &mut Program, id: AccountId, paused: bool) {
    program.command(Command::Account(AccountCommand::SetPaused { id, paused }));
    program.until(id, "paused or not", |view| view.account.paused == paused);
}

#[test]
fn an_old_backup_sends_nothing_by_itself() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut program = stage.lasting_program();
    let account = program.add_account("Loja", &gateway);
    let sent = program.send_one(account, &number(1), "já foi");
    program.until_state(sent.id, MessageState::Accepted);
    pause(&mut program, account, true);
    let waiting = program.send_one(account, &number(2), "ainda não");
    let backup = back_up(&mut program).unwrap();
    assert!(backup.bytes > 0 && backup.folder.join("recado.sqlite3").exists());
    let Answer::Backups(list) = program.ask(Question::Backups) else {
        panic!("no list")
    };
    assert_eq!(list, std::slice::from_ref(&backup));

    // It goes out after the backup was made.
    pause(&mut program, account, false);
    program.until_state(waiting.id, MessageState::Accepted);
    let into = stage.folder.path().join("restored");
    assert_eq!(restore(&mut program, &backup.folder, &into), Ok(into.clone()));
    assert!(
        restore(&mut program, &backup.folder, &into).is_err(),
        "not over something"
    );
    program.shutdown();
    let sends = gateway.sends();

    let mut restored = stage.program_with(|options| {
        options.folder = into.clone();
        options.secrets = token_for_all(TOKEN);
    });
    pause(&mut restored, account, false);
    let message = restored.message(waiting.id);
    assert_eq!(message.state, MessageState::Unknown);
    assert_eq!(message.reason.unwrap().kind, ReasonKind::FromBackup);
    assert_eq!(restored.message(sent.id).state, MessageState::Accepted);
    // Whatever is sent now is new; the dispatcher has looked at its queue by then.
    let new = restored.send_one(account, &number(3), "novo");
    restored.until_state(new.id, MessageState::Accepted);
    assert_eq!(gateway.sends(), sends + 1);
    gateway.assert_nothing_doubled();
    restored.shutdown();
    // The second start finds an ordinary database.
    let mut again = stage.program_with(|options| {
        options.folder = into;
        options.secrets = token_for_all(TOKEN);
    });
    assert_eq!(again.message(new.id).state, MessageState::Accepted);
}

#[test]
fn a_backup_that_cannot_be_made_says_why_and_leaves_nothing() {
    let stage = Stage::new();
    let mut program = stage.program();
    let blocked = stage.folder.path().join("blocked");
    std::fs::write(&blocked, b"a file, no folder").unwrap();
    program.change_settings(|settings| settings.backup_folder = Some(blocked.clone()));
    let said = back_up(&mut program).unwrap_err();
    assert!(said.contains("blocked"), "{said}");
    let Answer::Backups(list) = program.ask(Question::Backups) else {
        panic!("no list")
    };
    assert_eq!(list, []);
}

#[test]
fn conversations_are_exported_for_spreadsheets_and_for_programs() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut program = stage.program();
    let account = program.add_account("=Loja", &gateway);
    for text in ["=1+1", "Olá, ação; \"ñ\" 👋\nsegunda linha", "@SOMA(A1)"] {
        let message = program.send_one(account, &number(7), text);
        program.until_state(message.id, MessageState::Accepted);
    }
    let csv = stage.folder.path().join("all.csv");
    let scope = ExportScope::All;
    assert_eq!(export(&mut program, scope, ExportFormat::Csv, &csv), Ok(3));
    let text = std::fs::read(&csv).unwrap();
    assert!(text.starts_with(b"\xef\xbb\xbf"));
    let mut reader = csv::Reader::from_reader(&text[3..]);
    let texts: Vec<String> = reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            assert_eq!(
                (&record[0], &record[3], &record[6]),
                ("'=Loja", "out", "accepted")
            );
            assert!(!record[2].starts_with('+'));
            record[7].to_owned()
        })
        .collect();
    assert_eq!(
        texts,
        ["'=1+1", "Olá, ação; \"ñ\" 👋\nsegunda linha", "'@SOMA(A1)"]
    );
    let again = export(&mut program, scope, ExportFormat::Csv, &csv);
    assert!(again.is_err(), "what is there is not written over");

    let json = stage.folder.path().join("account.json");
    let scope = ExportScope::Account(account);
    assert_eq!(export(&mut program, scope, ExportFormat::Json, &json), Ok(3));
    let document: serde_json::Value = serde_json::from_slice(&std::fs::read(&json).unwrap()).unwrap();
    let records = document["records"].as_array().unwrap();
    assert_eq!(records.len(), 3);
    assert_eq!(records[0]["text"], "=1+1");
    assert!(
        records[0]["history"].as_array().unwrap().len() >= 3,
        "{}",
        records[0]
    );
    let nowhere = stage.folder.path().join("no/such/folder.csv");
    assert!(export(&mut program, scope, ExportFormat::Csv, &nowhere).is_err());
    let left = std::fs::read_dir(stage.folder.path())
        .unwrap()
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(".tmp"))
        .count();
    assert_eq!(left, 0, "half a file stays nowhere");
}
