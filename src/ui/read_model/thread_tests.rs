//! The stretch of a thread that is kept, against a database that is played.

use super::*;
use crate::domain::message::{Message, MessageState};
use crate::domain::{AccountId, ClientMessageId, PhoneNumber, Timestamp};
use crate::engine::{Answer, Command, Event, Ticket};
use crate::ui::read_model::{ReadModel, Want};

/// A thread in a database, and the model that reads it.
struct Played {
    model: ReadModel,
    id: ConversationId,
    stored: Vec<ThreadEntry>,
    last: u64,
    asked: usize,
}

fn entry(state: MessageState) -> ThreadEntry {
    ThreadEntry::Outgoing(Box::new(Message {
        template: None,
        id: MessageId::new(),
        account: AccountId::new(),
        conversation: ConversationId::new(),
        to: PhoneNumber::from_digits("5511900000012").unwrap(),
        text: "x".into(),
        attachment: None,
        client_id: ClientMessageId::random(),
        gateway_id: None,
        state,
        reason: None,
        attempts: 0,
        next_attempt_at: None,
        first_unclear_at: None,
        not_before: None,
        created_at: Timestamp(0),
        updated_at: Timestamp(0),
    }))
}

impl Played {
    fn new(count: usize) -> Self {
        let mut played = Self {
            model: ReadModel::default(),
            id: ConversationId::new(),
            stored: (0..count).map(|_| entry(MessageState::Queued)).collect(),
            last: 0,
            asked: 0,
        };
        played.frame(&[]);
        played
    }

    /// One frame: what is wanted is asked, and answered out of the database.
    fn frame(&mut self, wants: &[Want]) -> usize {
        let questions = self.ask(wants);
        let count = questions.len();
        for (ticket, question) in questions {
            let answer = self.answer(&question);
            self.model.apply(Event::Answer(ticket, answer));
        }
        count
    }

    fn ask(&mut self, wants: &[Want]) -> Vec<(Ticket, Question)> {
        let mut all = vec![Want::Thread(self.id)];
        all.extend_from_slice(wants);
        let last = &mut self.last;
        let commands = self.model.ask(all, || {
            *last += 1;
            Ticket(*last)
        });
        self.asked += commands.len();
        commands
            .into_iter()
            .map(|command| match command {
                Command::Ask(ticket, question) => (ticket, question),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    fn answer(&self, question: &Question) -> Answer {
        let Question::Thread { before, limit, .. } = question else {
            panic!("{question:?}")
        };
        let end = before.map_or(self.stored.len(), |before| {
            self.stored.iter().position(|one| one.id() == before).unwrap_or(0)
        });
        Answer::Thread(self.stored[end.saturating_sub(*limit as usize)..end].to_vec())
    }

    fn add(&mut self, count: usize) {
        self.stored
            .extend(std::iter::repeat_with(|| entry(MessageState::Queued)).take(count));
        self.tell(Vec::new());
    }

    fn tell(&mut self, ids: Vec<MessageId>) {
        let conversations = vec![self.id];
        self.model.apply(Event::Messages { ids, conversations });
    }

    fn thread(&self) -> &Thread {
        self.model.thread(self.id).unwrap().value.as_ref().unwrap()
    }

    /// Which part of the database is kept; it must be one stretch, as it is stored.
    fn kept(&self) -> std::ops::Range<usize> {
        let entries = &self.thread().entries;
        let from = self.stored.iter().position(|one| *one == entries[0]).unwrap();
        assert_eq!(entries[..], self.stored[from..from + entries.len()]);
        from..from + entries.len()
    }

    fn read_at(&mut self, index: usize) {
        let id = self.stored[index].id();
        self.frame(&[Want::Reader(self.id, Some(id))]);
    }
}

#[test]
fn older_pages_stay_when_new_messages_come() {
    let mut played = Played::new(250);
    played.frame(&[Want::Older(played.id)]);
    assert_eq!(played.kept(), 50..250);
    played.add(10);
    played.frame(&[]);
    assert_eq!(played.kept(), 50..260);
    assert!(played.thread().has_older);
    // So many new ones that the two do not touch: who is at the end gets them without what lies between.
    played.add(300);
    played.frame(&[]);
    assert_eq!(played.kept(), 460..560);
    assert!(!played.thread().has_newer());
}

#[test]
fn a_reader_further_up_stays_there_and_reads_what_came_piece_by_piece() {
    let mut played = Played::new(250);
    played.read_at(200);
    played.add(330);
    played.frame(&[]);
    assert_eq!(played.kept(), 150..250);
    assert!(played.thread().has_newer());
    for _ in 0..20 {
        played.frame(&[Want::Newer(played.id)]);
        played.kept();
    }
    assert_eq!(played.kept(), 150..580);
    assert!(!played.thread().has_newer());
}

#[test]
fn what_is_far_from_the_reader_goes_and_comes_back() {
    let mut played = Played::new(10_000);
    let mut first = 9_900;
    while first > 0 {
        played.read_at(first);
        played.frame(&[Want::Older(played.id)]);
        first = played.kept().start;
        assert!(played.kept().len() <= (PAGES_KEPT + 1) * PAGE_LENGTH);
    }
    assert!(played.thread().has_newer());
    // Half way down something new comes, and one that is shown changes.
    let mut came = false;
    while played.thread().has_newer() {
        let last = played.kept().end - 1;
        played.read_at(last);
        played.frame(&[Want::Newer(played.id)]);
        assert!(played.kept().len() <= (PAGES_KEPT + 1) * PAGE_LENGTH);
        if last > 5_000 && !std::mem::replace(&mut came, true) {
            played.add(250);
        }
    }
    played.frame(&[]);
    assert_eq!(played.kept().end, 10_250);
    assert!(played.thread().has_older);
    assert!(played.asked < 500, "{}", played.asked);
}

#[test]
fn what_changed_further_up_is_read_again() {
    let mut played = Played::new(900);
    for _ in 0..8 {
        played.frame(&[Want::Older(played.id)]);
    }
    let changed: Vec<MessageId> = [3, 450, 895]
        .map(|index| {
            let ThreadEntry::Outgoing(message) = &mut played.stored[index] else {
                panic!("outgoing")
            };
            message.state = MessageState::Read;
            message.id
        })
        .to_vec();
    played.tell(changed);
    for _ in 0..4 {
        played.frame(&[]);
    }
    assert_eq!(played.kept(), 0..900);
    assert_eq!(played.frame(&[]), 0, "and then it rests");
    // After an overflow nobody knows what has changed.
    for one in &mut played.stored {
        if let ThreadEntry::Outgoing(message) = one {
            message.state = MessageState::Delivered;
        }
    }
    played.model.apply(Event::Overflow);
    for _ in 0..12 {
        played.frame(&[]);
    }
    assert_eq!(played.kept(), 0..900);
}

#[test]
fn a_page_that_could_not_be_read_is_not_asked_for_in_every_frame() {
    let mut played = Played::new(300);
    let (ticket, _) = played.ask(&[Want::Older(played.id)]).remove(0);
    played
        .model
        .apply(Event::Answer(ticket, Answer::Failed("disk".into())));
    assert_eq!(played.thread().older_error.as_deref(), Some("disk"));
    assert_eq!(played.frame(&[Want::Older(played.id)]), 0);
    played.frame(&[Want::ThreadAgain(played.id)]);
    assert_eq!(played.frame(&[Want::Older(played.id)]), 1);
    assert_eq!(played.kept(), 100..300);
}

#[test]
fn the_end_is_one_question_away() {
    let mut played = Played::new(10_000);
    for first in (7_000..9_900).rev().step_by(100) {
        played.read_at(first + 1);
        played.frame(&[Want::Older(played.id)]);
    }
    assert!(played.thread().has_newer());
    let asked = played.asked;
    played.frame(&[Want::Newest(played.id)]);
    played.frame(&[]);
    assert_eq!(played.kept(), 9_900..10_000);
    assert!(played.asked - asked <= 2);
}

#[test]
fn an_older_page_that_comes_too_late_makes_no_gap() {
    let mut played = Played::new(1_000);
    let questions = played.ask(&[Want::Older(played.id)]);
    played.add(700);
    played.frame(&[]);
    for (ticket, question) in questions {
        let answer = played.answer(&question);
        played.model.apply(Event::Answer(ticket, answer));
    }
    assert_eq!(played.kept(), 1_600..1_700);
}

#[test]
fn only_a_few_threads_are_kept() {
    let mut played = Played::new(10);
    for _ in 0..9 {
        played.id = ConversationId::new();
        played.frame(&[]);
    }
    assert_eq!(played.model.threads.len(), THREADS_KEPT);
    assert!(played.model.thread(played.id).is_some());
}
