use super::outgoing::{taken, with_file};
use super::*;
use crate::domain::conversation::LastLine;
use crate::domain::hosting::PREPARED_BEFORE;
use crate::domain::{ClientMessageId, ConversationId, MessageId, OutgoingFile, OutgoingFileId};
use crate::store::StoreError;
use proptest::prelude::*;
use std::collections::HashMap;

/// Something that may happen; messages are picked by a number that wraps around those there are.
#[derive(Debug, Clone)]
enum Step {
    Enqueue {
        contact: u32,
        delay: Option<i64>,
        file: Option<usize>,
    },
    Prepare(u8),
    PrepareAgain(usize),
    Dispatch,
    Begin(usize),
    Finish(usize, u8),
    Change(usize, u8),
    Retry(usize),
    Resend(usize),
    PutAside(usize),
    ClearQueue,
    Wait(i64),
    Reopen,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let index = 0..64_usize;
    let ahead = i64::try_from(PREPARED_BEFORE.as_millis()).unwrap();
    let delay = prop_oneof![3 => 1..500_i64, 1 => ahead..ahead + 500];
    let step = prop_oneof![
        6 => (0..3_u32, proptest::option::weighted(0.2, delay), proptest::option::weighted(0.4, 0..2_usize))
            .prop_map(|(contact, delay, file)| Step::Enqueue { contact, delay, file }),
        4 => any::<u8>().prop_map(Step::Prepare),
        1 => index.clone().prop_map(Step::PrepareAgain),
        6 => Just(Step::Dispatch),
        2 => index.clone().prop_map(Step::Begin),
        8 => (index.clone(), any::<u8>()).prop_map(|(index, kind)| Step::Finish(index, kind)),
        2 => (index.clone(), any::<u8>()).prop_map(|(index, kind)| Step::Change(index, kind)),
        1 => index.clone().prop_map(Step::Retry),
        1 => index.clone().prop_map(Step::Resend),
        1 => index.prop_map(Step::PutAside),
        1 => Just(Step::ClearQueue),
        3 => (1..300_i64).prop_map(Step::Wait),
        1 => Just(Step::Reopen),
    ];
    proptest::collection::vec(step, 1..40)
}

fn file_of(message: &Message) -> Option<OutgoingFileId> {
    message.attachment.as_ref()?.file
}

struct World {
    folder: TempDir,
    store: Store,
    account: AccountId,
    now: i64,
    known: Vec<MessageId>,
    client_ids: HashMap<MessageId, (ClientMessageId, ConversationId)>,
    files: Vec<OutgoingFile>,
    rests: HashMap<OutgoingFileId, i64>,
    /// How many tokens have been given out: none is given twice.
    placed: u64,
}

impl World {
    async fn new() -> Self {
        let (folder, store, account) = store().await;
        let files = vec![taken(&store, account, 1).await, taken(&store, account, 2).await];
        Self {
            folder,
            store,
            files,
            rests: HashMap::new(),
            placed: 0,
            account,
            now: 0,
            known: Vec::new(),
            client_ids: HashMap::new(),
        }
    }

    fn pick(&self, index: usize) -> Option<MessageId> {
        (!self.known.is_empty()).then(|| self.known[index % self.known.len()])
    }

    fn learn(&mut self, message: &Message) {
        self.known.push(message.id);
        self.at_once(message);
        self.client_ids
            .insert(message.id, (message.client_id.clone(), message.conversation));
    }

    /// What the operator asks for does not let its file rest.
    fn at_once(&mut self, message: &Message) {
        if let Some(file) = file_of(message)
            && message.state == MessageState::Preparing
        {
            self.rests.remove(&file);
        }
    }

    async fn all(&self) -> Vec<Message> {
        let mut all = Vec::new();
        for id in &self.known {
            all.push(self.store.message(*id).await.unwrap());
        }
        all
    }

    /// What is due by the rules alone, without any database.
    fn expected(&self, all: &[Message]) -> Option<MessageId> {
        let now = at(self.now);
        let reached = |message: &Message| message.not_before.is_none_or(|time| time <= now);
        all.iter()
            .enumerate()
            .find(|(place, message)| {
                let blocked = all[..*place].iter().any(|older| {
                    older.conversation == message.conversation
                        && (older.state == MessageState::InFlight
                            || (matches!(older.state, MessageState::Queued | MessageState::Preparing)
                                && reached(older)))
                });
                message.state == MessageState::Queued
                    && message.next_attempt_at.is_some_and(|time| time <= now)
                    && reached(message)
                    && !blocked
            })
            .map(|(_, message)| message.id)
    }

    async fn take(&mut self, step: Step) {
        let now = at(self.now);
        let store = self.store.clone();
        match step {
            Step::Enqueue { contact, delay, file } => {
                let new = match file {
                    Some(file) => with_file(contact, "x", &self.files[file]),
                    None => to(contact, "x"),
                };
                let new = NewMessage {
                    not_before: delay.map(|delay| at(self.now + delay)),
                    ..new
                };
                let message = send(&store, self.account, new, now).await;
                self.learn(&message);
            }
            Step::Prepare(kind) => self.prepare(kind).await,
            Step::PrepareAgain(index) => self.prepare_again(index).await,
            Step::Dispatch => self.dispatch().await,
            Step::Wait(milliseconds) => self.now += milliseconds,
            Step::ClearQueue => {
                store.queue_cleared(self.account, now).await.unwrap();
            }
            Step::Reopen => {
                store.close().await;
                self.store = Store::open(self.folder.path()).await.unwrap();
            }
            Step::Begin(index) => self.one(index, &[MessageState::Queued], "begin", 0).await,
            Step::Finish(index, kind) => self.one(index, &[MessageState::InFlight], "finish", kind).await,
            Step::Change(index, kind) => self.change(index, kind).await,
            Step::Retry(index) => {
                let states = [MessageState::Queued, MessageState::Preparing];
                self.one(index, &states, "retry", 0).await;
            }
            Step::PutAside(index) => {
                if let Some(id) = self.pick(index) {
                    let before = store.message(id).await.unwrap();
                    let may = matches!(before.state, MessageState::Rejected | MessageState::Cancelled);
                    assert_eq!(store.put_aside(id, now).await.is_ok(), may);
                }
            }
            Step::Resend(index) => {
                if let Some(id) = self.pick(index)
                    && let Ok(message) = store.resend(id, now).await
                {
                    self.learn(&message);
                }
            }
        }
    }

    async fn dispatch(&mut self) {
        let all = self.all().await;
        let expected = self.expected(&all);
        match self.store.next_due(self.account, at(self.now)).await.unwrap() {
            Ok(message) => {
                assert_eq!(Some(message.id), expected);
                self.store.begin_attempt(message.id, at(self.now)).await.unwrap();
            }
            Err(when) => {
                assert_eq!(expected, None);
                assert!(when.is_none_or(|when| when > at(self.now)));
            }
        }
    }

    /// Which file is to be put in its place by the rules alone.
    fn expected_file(&self, all: &[Message]) -> Option<OutgoingFileId> {
        let turn = at(self.now).plus(PREPARED_BEFORE);
        all.iter()
            .filter(|message| {
                message.state == MessageState::Preparing && message.not_before.is_none_or(|time| time <= turn)
            })
            .filter_map(file_of)
            .find(|file| self.rests.get(file).is_none_or(|until| *until <= self.now))
    }

    async fn prepare(&mut self, kind: u8) {
        let all = self.all().await;
        let expected = self.expected_file(&all);
        let now = at(self.now);
        let store = &self.store;
        let file = match store.next_to_prepare(self.account, now).await.unwrap() {
            Ok(preparation) => preparation.file.id,
            Err(when) => {
                assert_eq!(expected, None);
                assert!(when.is_none_or(|when| when > now));
                return;
            }
        };
        assert_eq!(Some(file), expected);
        let waiting =
            |message: &&Message| message.state == MessageState::Preparing && file_of(message) == Some(file);
        let waiting: Vec<_> = all.iter().filter(waiting).map(|message| message.id).collect();
        let reason = Reason::new(ReasonKind::AttachmentUnreachable);
        let changed = match kind % 8 {
            0..=3 => {
                self.placed += 1;
                let placement = super::outgoing::listener(self.placed);
                store.place(file, &placement).await.unwrap();
                self.rests.remove(&file);
                let url = format!("https://loja.example/{kind}");
                store
                    .file_ready(file, &url, now, at(self.now + 1_000), now)
                    .await
                    .unwrap()
            }
            4..=6 => {
                let until = self.now + i64::from(kind);
                self.rests.insert(file, until);
                store.file_waits(file, reason, at(until), now).await.unwrap();
                return;
            }
            _ => {
                self.rests.remove(&file);
                store.file_lost(file, reason, now).await.unwrap()
            }
        };
        assert_eq!(
            changed.iter().map(|message| message.id).collect::<Vec<_>>(),
            waiting
        );
    }

    async fn prepare_again(&mut self, index: usize) {
        let Some(id) = self.pick(index) else { return };
        let before = self.store.message(id).await.unwrap();
        let reason = Reason::new(ReasonKind::AttachmentAddressEnded);
        let may = before.state == MessageState::Queued
            && before.first_unclear_at.is_none()
            && file_of(&before).is_some();
        let done = self.store.prepare_again(id, reason, at(self.now)).await;
        assert_eq!(done.is_ok(), may);
    }

    /// Does something that only some states allow, and sees that it is refused in every other one.
    async fn one(&mut self, index: usize, allowed: &[MessageState], what: &str, kind: u8) {
        let Some(id) = self.pick(index) else { return };
        let now = at(self.now);
        let before = self.store.message(id).await.unwrap();
        let result = match what {
            "begin" => self.store.begin_attempt(id, now).await,
            "retry" => self.store.retry_now(id, now).await,
            _ => {
                let transition = match kind % 5 {
                    0 => becomes(MessageState::Accepted),
                    1 => becomes(MessageState::Rejected),
                    2 => becomes(MessageState::Unknown),
                    3 => becomes(MessageState::Queued),
                    _ => unclear_again(at(self.now + i64::from(kind))),
                };
                self.store.finish_attempt(id, &transition, Some("raw"), now).await
            }
        };
        match result {
            Ok(after) => {
                assert!(allowed.contains(&before.state));
                if what == "retry" {
                    self.at_once(&after);
                }
            }
            Err(StoreError::WrongState(state)) => {
                assert!(state == before.state && !allowed.contains(&state));
                assert_eq!(self.store.message(id).await.unwrap(), before);
            }
            Err(error) => panic!("{error}"),
        }
    }

    async fn change(&mut self, index: usize, kind: u8) {
        let Some(id) = self.pick(index) else { return };
        let (from, to) = [
            (MessageState::Queued, MessageState::Cancelled),
            (MessageState::Unknown, MessageState::Sent),
            (MessageState::Accepted, MessageState::Unknown),
            (MessageState::Unknown, MessageState::Queued),
            (MessageState::Queued, MessageState::InFlight),
            (MessageState::Preparing, MessageState::Cancelled),
            (MessageState::Preparing, MessageState::Queued),
            (MessageState::Queued, MessageState::Preparing),
        ][usize::from(kind % 8)];
        let before = self.store.message(id).await.unwrap();
        let result = self.store.change_state(id, &[from], to, None, at(self.now)).await;
        let never = to == MessageState::InFlight
            || to == MessageState::Preparing
            || (from, to) == (MessageState::Preparing, MessageState::Queued);
        assert_eq!(result.is_ok(), before.state == from && !never);
    }

    async fn check(&self) {
        let all = self.all().await;
        let mut counts: HashMap<MessageState, u64> = HashMap::new();
        for message in &all {
            *counts.entry(message.state).or_default() += 1;
            let history = self.store.history(message.id).await.unwrap();
            let last = history.last().unwrap();
            assert_eq!((last.state, last.attempt), (message.state, message.attempts));
            let first = match file_of(message) {
                Some(_) => MessageState::Preparing,
                None => MessageState::Queued,
            };
            assert_eq!((history[0].state, history[0].attempt), (first, 0));
            if let Some(attachment) = &message.attachment {
                match message.state {
                    MessageState::Preparing => assert_eq!(attachment.url, ""),
                    MessageState::Cancelled | MessageState::Rejected => {}
                    _ => assert_ne!(attachment.url, ""),
                }
            }
            let begun = history
                .windows(2)
                .filter(|pair| pair[1].state == MessageState::InFlight)
                .inspect(|pair| assert_eq!(pair[0].state, MessageState::Queued))
                .count();
            assert_eq!(u32::try_from(begun).unwrap(), message.attempts);
            let known = &self.client_ids[&message.id];
            assert_eq!((&message.client_id, message.conversation), (&known.0, known.1));
            assert_eq!(
                message.next_attempt_at.is_some(),
                message.state == MessageState::Queued
            );
        }
        let told = self.store.outbox_counts(self.account).await.unwrap();
        let count = |state| counts.get(&state).copied().unwrap_or(0);
        assert_eq!(told.preparing, count(MessageState::Preparing));
        assert_eq!(told.queued, count(MessageState::Queued));
        assert_eq!(told.in_flight, count(MessageState::InFlight));
        assert_eq!(told.accepted, count(MessageState::Accepted));
        assert!(
            told.rejected <= count(MessageState::Rejected) && told.unknown <= count(MessageState::Unknown)
        );
        let rows = self
            .store
            .conversations(&Default::default(), None, 100)
            .await
            .unwrap();
        let problems: u64 = rows.iter().map(|row| u64::from(row.problems)).sum();
        assert_eq!(problems, told.rejected + told.unknown);
        for row in rows {
            let thread = self
                .store
                .messages(row.conversation.id, None, 1_000)
                .await
                .unwrap();
            assert_eq!(
                row.last,
                thread.last().map(|message| LastLine::Outgoing(message.state))
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_the_rules_hold(steps in steps()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut world = World::new().await;
            for step in steps {
                world.take(step).await;
            }
            world.check().await;
        });
    }
}
