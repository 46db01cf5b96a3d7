//! What is asked for, and what becomes of answers and events.

use super::asking::SEARCHES;
use super::*;
use crate::domain::{ClientMessageId, MessageState, ThreadEntry, Timestamp};
use crate::engine::Event;

fn tickets() -> impl FnMut() -> Ticket {
    let mut last = 0;
    move || {
        last += 1;
        Ticket(last)
    }
}

fn messages(count: usize) -> Vec<Message> {
    let (account, conversation) = (AccountId::new(), ConversationId::new());
    (0..count)
        .map(|_| Message {
            template: None,
            id: MessageId::new(),
            account,
            conversation,
            to: PhoneNumber::from_digits("5511900000012").unwrap(),
            text: "x".into(),
            attachment: None,
            client_id: ClientMessageId::random(),
            gateway_id: None,
            state: MessageState::Queued,
            reason: None,
            attempts: 0,
            next_attempt_at: None,
            first_unclear_at: None,
            not_before: None,
            created_at: Timestamp(0),
            updated_at: Timestamp(0),
        })
        .collect()
}

fn entries(count: usize) -> Vec<ThreadEntry> {
    messages(count)
        .into_iter()
        .map(|message| ThreadEntry::Outgoing(Box::new(message)))
        .collect()
}

fn changed(id: ConversationId) -> Event {
    Event::Messages {
        ids: Vec::new(),
        conversations: vec![id],
    }
}

#[test]
fn what_is_shown_is_asked_for_once_and_again_when_it_changed() {
    let (mut model, mut ticket) = (ReadModel::default(), tickets());
    let id = ConversationId::new();
    let want = || vec![Want::Thread(id)];
    assert_eq!(model.ask(want(), &mut ticket).len(), 1);
    assert_eq!(model.ask(want(), &mut ticket).len(), 0, "it is on its way");
    // It changes while the answer is on its way: the answer may be the older one.
    model.apply(changed(id));
    model.apply(Event::Answer(Ticket(1), Answer::Thread(entries(3))));
    assert_eq!(model.thread(id).unwrap().value.as_ref().unwrap().entries.len(), 3);
    assert_eq!(model.ask(want(), &mut ticket).len(), 1);
    model.apply(Event::Answer(Ticket(2), Answer::Failed("gone".into())));
    let thread = model.thread(id).unwrap();
    assert_eq!(thread.error.as_deref(), Some("gone"));
    assert!(thread.value.is_some(), "the last good value stays");
}

#[test]
fn a_question_that_found_no_room_is_asked_again() {
    let (mut model, mut ticket) = (ReadModel::default(), tickets());
    let account = AccountId::new();
    assert_eq!(model.ask(vec![Want::Outbox(account)], &mut ticket).len(), 1);
    model.not_asked(Ticket(1));
    assert_eq!(model.ask(vec![Want::Outbox(account)], &mut ticket).len(), 1);
}

#[test]
fn after_an_overflow_everything_shown_is_read_again_and_late_answers_are_dropped() {
    let (mut model, mut ticket) = (ReadModel::default(), tickets());
    let account = AccountId::new();
    model.ask(vec![Want::Outbox(account)], &mut ticket);
    model.apply(Event::Overflow);
    assert_eq!(model.ask(vec![Want::Outbox(account)], &mut ticket).len(), 1);
    model.apply(Event::Answer(Ticket(1), Answer::Outbox(messages(9))));
    assert!(model.take_answer(Ticket(1)).is_none() && model.outbox(account).unwrap().value.is_none());
    model.apply(Event::Answer(Ticket(2), Answer::Outbox(messages(2))));
    assert_eq!(model.outbox(account).unwrap().value.as_ref().unwrap().len(), 2);
}

#[test]
fn searching_letter_by_letter_does_not_pile_up() {
    let (mut model, mut ticket) = (ReadModel::default(), tickets());
    for letters in 0..200 {
        let key = FilterKey {
            search: "a".repeat(letters),
            ..FilterKey::default()
        };
        model.ask(vec![Want::Conversations(key)], &mut ticket);
        let asked = u64::try_from(letters).unwrap() + 1;
        model.apply(Event::Answer(Ticket(asked), Answer::Conversations(Vec::new())));
    }
    assert!(model.conversations.len() <= SEARCHES + 1);
    assert!(
        model.conversations.contains_key(&FilterKey::default()),
        "the plain list stays"
    );
    for number in 1_000..1_000 + 3 * UNTAKEN as u64 {
        model.apply(Event::Answer(Ticket(number), Answer::Strangers(0)));
    }
    assert_eq!(model.answers.borrow().len(), UNTAKEN);
}
