//! What people write.

use super::scene::{Scene, at_each_gateway};
use crate::program::number;
use recado::domain::ThreadEntry;
use recado::engine::{Answer, Question};
use recado::simulator::Contact;

const WORDS: &str = "Bom dia, ainda tem?";

fn is_kept_once(scene: &mut Scene) {
    let mut program = scene.program();
    let account = scene.called_account(&mut program);
    let maria = Contact::new(&number(44), "Maria Souza");
    scene.gateway.hear(&maria, WORDS, 3);
    scene.gateway.wait("all is told", &mut |facts| facts.is_quiet);
    if !scene.can.incoming {
        // In no form that is known: kept as it came, shown as unread, never dropped.
        program.until(account, "a note", |view| view.inbox.unreadable > 0);
        let Answer::RawDeliveries(kept) = program.ask(Question::RawDeliveries(account)) else {
            panic!()
        };
        assert!(
            !kept.is_empty() && kept.iter().all(|one| one.beginning.contains(WORDS)),
            "{kept:?}"
        );
        assert!(program.conversations(account).is_empty());
        assert_eq!(scene.gateway.facts().sends.len(), 0, "what comes in never sends");
        return;
    }
    let view = program.until(account, "she is heard", |view| view.inbox.unread == 1);
    assert_eq!(view.inbox.unreadable, 0);
    // The same words a second time are a message of their own.
    scene.gateway.hear(&maria, WORDS, 2);
    scene.gateway.wait("all is told", &mut |facts| facts.is_quiet);
    program.until(account, "both are there", |view| view.inbox.unread == 2);
    let rows = program.conversations(account);
    assert_eq!(rows.len(), 1, "{rows:#?}");
    let texts: Vec<String> = program
        .thread(rows[0].conversation.id)
        .into_iter()
        .map(|entry| match entry {
            ThreadEntry::Incoming(message) => message.text,
            ThreadEntry::Outgoing(message) => panic!("{message:?}"),
        })
        .collect();
    assert_eq!(texts, [WORDS, WORDS]);
    assert_eq!(scene.gateway.facts().sends.len(), 0, "what comes in never sends");
}

#[test]
fn what_somebody_writes_is_kept_once_though_told_often() {
    at_each_gateway("what somebody writes is kept once", is_kept_once);
}
