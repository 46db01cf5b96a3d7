//! Files over a restart, and while another conversation or account is shown.

use super::*;
use crate::domain::conversation::{Draft, DraftPlace};
use crate::ui::screens::Screen;
use crate::ui::screens::conversations::bench::people;
use crate::ui::testing;
use std::time::Duration;

#[test]
fn files_are_kept_with_the_draft_and_given_up_only_after_it() {
    let mut bench = Bench::usual();
    let place = DraftPlace::Conversation(bench.stored.id(0));
    let kept = with_file(&mut bench, "nota.pdf", 1_000);
    bench.wait(Duration::from_secs(1));
    let drafts = bench.kept();
    assert_eq!(drafts.last().unwrap().0, place);
    assert_eq!(drafts.last().unwrap().1.files, std::slice::from_ref(&kept));
    // Taken away, the draft lets go of it first; it does not wait for the next letter.
    bench.click("Tirar nota.pdf");
    let commands = bench.taken();
    let draft = commands.iter().position(|command| {
        matches!(
            command,
            Command::Conversation(crate::engine::ConversationCommand::KeepDraft(_, draft)) if draft.files.is_empty()
        )
    });
    let gone = commands.iter().position(
        |command| matches!(command, Command::Attachment(AttachmentCommand::Discard(id)) if *id == kept.id),
    );
    assert!(draft.is_some() && draft < gone, "{commands:?}");
}

#[test]
fn files_of_a_draft_come_back() {
    let live = testing::live(1);
    let mut stored = people(live.accounts[0].account.id);
    let mut bench = Bench::new(live.clone(), people(live.accounts[0].account.id), [400.0, 300.0]);
    bench.settle();
    let kept = OutgoingFile {
        account: live.accounts[0].account.id,
        ..file(&bench, "foto.jpg", 1_000)
    };
    let draft = Draft {
        text: "segue".into(),
        files: vec![kept.clone()],
        ..Draft::default()
    };
    stored.drafts = vec![(DraftPlace::Conversation(stored.id(0)), draft)];
    let mut bench = Bench::new(live, stored, [1_280.0, 800.0]);
    bench.open(0);
    assert!(bench.shows("foto.jpg") && !bench.is_disabled("Enviar"));
    bench.wait(Duration::from_secs(2));
    assert_eq!(bench.kept(), [], "nothing has changed");
    bench.click("Enviar");
    let (ticket, _, attachments) = one_send(&mut bench);
    assert_eq!(attachments, [Attachment::from_file(&kept)]);
    bench.tell(Event::Answer(ticket, Answer::Enqueued(Ok(Vec::new()))));
    bench.wait(Duration::from_secs(2));
    assert!(bench.kept().last().unwrap().1.is_empty());
}

#[test]
fn an_answer_finds_its_file_whatever_is_shown() {
    let mut bench = Bench::usual();
    drop_files(&mut bench, &["/home/ana/foto.jpg"]);
    let (ticket, ..) = one_asked(&mut bench);
    bench.open(1);
    assert!(!bench.shows("foto.jpg"));
    let come = file(&bench, "foto.jpg", 1_024);
    answer(&mut bench, ticket, Ok(come.clone()));
    bench.wait(Duration::from_secs(1));
    let drafts = bench.kept();
    assert_eq!(drafts.last().unwrap().1.files, [come]);
    bench.played.harness.state_mut().go(Screen::Queue);
    bench.settle();
    bench.open(0);
    assert!(
        bench.shows("foto.jpg") && bench.tells("JPG · 1 KB"),
        "{:#?}",
        bench.texts()
    );
}

#[test]
fn files_belong_to_the_account_for_which_they_were_checked() {
    let live = testing::live(2);
    let accounts: Vec<_> = live.accounts.iter().map(|view| view.account.id).collect();
    let stored = people(accounts[0]);
    let mut bench = Bench::new(live, stored, [1_280.0, 800.0]);
    bench.played.harness.state_mut().go(Screen::NewMessage);
    bench.settle();
    drop_files(&mut bench, &["/home/ana/foto.jpg"]);
    let commands = bench.about_files();
    let Some(AttachmentCommand::TakeIn { ticket, account, .. }) = commands.first() else {
        panic!("{commands:?}");
    };
    assert_eq!(*account, accounts[0]);
    let ticket = *ticket;
    choose(&mut bench, "Loja Centro", "Clínica Aurora");
    assert!(!bench.shows("foto.jpg"));
    // The other account's message takes its own.
    drop_files(&mut bench, &["/home/ana/nota.pdf"]);
    let commands = bench.about_files();
    assert!(matches!(commands[..], [AttachmentCommand::TakeIn { account, .. }] if account == accounts[1]));
    let come = file(&bench, "foto.jpg", 1_000);
    answer(&mut bench, ticket, Ok(come));
    choose(&mut bench, "Clínica Aurora", "Loja Centro");
    assert!(bench.shows("foto.jpg") && !bench.shows("nota.pdf"));
}

/// Chooses the account of `to` in the strip, where that of `from` is chosen.
fn choose(bench: &mut Bench, from: &str, to: &str) {
    bench.click(&format!("Conta: {from}"));
    bench.click(to);
}
