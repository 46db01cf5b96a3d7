//! What the gateways' documents bound is bounded before anything leaves, in the characters the gateways count.

use super::desk::{Contracted, Desk, deaf, is_taken};
use super::played::TEMPLATE;
use crate::program::number;
use crate::stage::{Stage, together};
use recado::domain::account::{DraftProblem, DraftProblemKind};
use recado::domain::{Attachment, MediaKind, PhoneNumber, Secret, TemplateMessage};
use recado::engine::{AccountError, Answer, EnqueueError, OutboxCommand};
use recado::gateway::{Capabilities, decision_telecom, devino};
use recado::simulator::decision_telecom::PlayedDecisionTelecom;
use recado::simulator::devino::PlayedDevino;

/// Letters of one to four bytes, and one that is put together of two characters.
const LETTERS: [&str; 5] = ["a", "é", "€", "👋", "e\u{301}"];

/// A text of so many characters, all of it this letter.
fn text_of(letter: &str, characters: usize) -> String {
    letter.chars().cycle().take(characters).collect()
}

/// The longest text goes, one character more does not.
fn texts_are_counted_in_characters<V: Contracted>(limit: usize) {
    let stage = Stage::new();
    let desk = Desk::<V>::open(&stage);
    let mut program = stage.program();
    deaf(&mut program);
    let account = desk.account(&mut program, "Loja");
    for (index, letter) in LETTERS.iter().enumerate() {
        let longest = text_of(letter, limit);
        let message = program.send_one(account, &number(index), &longest);
        let taken = program.until_message(message.id, "taken", |message| !message.state.is_open());
        assert!(is_taken(taken.state), "{letter}: {taken:#?}");
        let record = desk.ledger.messages().pop().unwrap();
        assert_eq!((record.text.chars().count(), record.text), (limit, longest));

        let ticket = program.begin_send(account, &[&number(index)], &text_of(letter, limit + 1));
        match program.answer(ticket) {
            Answer::Enqueued(Err(EnqueueError::TextTooLong(told))) => assert_eq!(told, limit),
            other => panic!("{letter}: {other:?}"),
        }
    }
    assert_eq!(desk.sends(), LETTERS.len(), "of the others nothing has left");
    // Of a template only its key and values go; what is shown of it here may be as long as it likes.
    let ticket = program.ticket();
    program.outbox(OutboxCommand::Send {
        template: Some(TemplateMessage {
            key: TEMPLATE.to_owned(),
            language: "pt_BR".to_owned(),
            values: vec!["Ana".to_owned()],
        }),
        ticket,
        account,
        to: vec![PhoneNumber::from_digits(&number(9)).unwrap()],
        names: Vec::new(),
        text: text_of("a", limit + 1),
        attachments: Vec::new(),
        not_before: None,
    });
    let Answer::Enqueued(Ok(messages)) = program.answer(ticket) else {
        panic!("a template was refused for what is shown of it");
    };
    let sent = program.until_message(messages[0].id, "taken", |message| !message.state.is_open());
    assert!(is_taken(sent.state), "{sent:#?}");
}

#[test]
fn the_longest_text_goes_and_a_longer_one_does_not() {
    together(&[
        ("devino", || {
            texts_are_counted_in_characters::<PlayedDevino>(1_000)
        }),
        ("decision", || {
            texts_are_counted_in_characters::<PlayedDecisionTelecom>(4_096)
        }),
    ]);
}

/// The longest name to send as is taken, a longer one told at its field.
fn senders_are_counted_in_characters<V: Contracted>(capabilities: &Capabilities) {
    let field = capabilities
        .credentials
        .iter()
        .find(|field| field.key == "sender");
    let longest = field.unwrap().max;
    let stage = Stage::new();
    let desk = Desk::<V>::open(&stage);
    let mut program = stage.program();
    deaf(&mut program);
    for (index, letter) in LETTERS[..4].iter().enumerate() {
        let draft = |characters| {
            let mut draft = desk.draft(&format!("Loja {index}"));
            let sender = Secret::new(text_of(letter, characters));
            draft.fields.insert("sender".to_owned(), sender);
            draft
        };
        let problem = DraftProblem {
            field: "sender".to_owned(),
            kind: DraftProblemKind::TooLong(longest),
        };
        assert_eq!(
            program.save(None, draft(longest + 1)),
            Err(AccountError::Fields(vec![problem]))
        );
        assert!(program.save(None, draft(longest)).is_ok(), "{letter}");
    }
}

#[test]
fn a_name_to_send_as_that_is_too_long_is_told_at_its_field() {
    together(&[
        ("devino", || {
            senders_are_counted_in_characters::<PlayedDevino>(&devino::CAPABILITIES);
        }),
        ("decision", || {
            senders_are_counted_in_characters::<PlayedDecisionTelecom>(&decision_telecom::CAPABILITIES);
        }),
    ]);
    let sender = decision_telecom::CAPABILITIES.credentials.iter();
    assert_eq!(sender.filter(|field| field.max == 20).count(), 1);
}

#[test]
fn the_name_of_a_file_is_shortened_in_front_of_its_extension() {
    let stage = Stage::new();
    let desk = Desk::<PlayedDevino>::open(&stage);
    let mut program = stage.program();
    deaf(&mut program);
    let account = desk.account(&mut program, "Loja");
    for (index, (letter, count)) in [("é", 96), ("é", 97), ("👋", 100), ("a", 120)].iter().enumerate() {
        let ticket = program.ticket();
        program.outbox(OutboxCommand::Send {
            template: None,
            ticket,
            account,
            to: vec![PhoneNumber::from_digits(&number(index)).unwrap()],
            names: Vec::new(),
            text: "Segue".to_owned(),
            attachments: vec![Attachment {
                url: "https://files.example/nota.pdf".to_owned(),
                file: None,
                name: format!("{}.pdf", text_of(letter, *count)),
                kind: MediaKind::Document,
            }],
            not_before: None,
        });
        let Answer::Enqueued(Ok(messages)) = program.answer(ticket) else {
            panic!("{letter} {count}");
        };
        let sent = program.until_message(messages[0].id, "taken", |message| !message.state.is_open());
        assert!(is_taken(sent.state), "{sent:#?}");
        let body = desk.ledger.requests().pop().unwrap().body;
        let body: serde_json::Value = serde_json::from_str(&body).unwrap();
        let name = body["messages"][0]["contentName"].as_str().unwrap();
        assert_eq!(name, format!("{}.pdf", text_of(letter, 96)));
        assert_eq!(name.chars().count(), 100);
    }
}
