//! The pasts of the accounts with templates, in a store of their own.

use super::demo_gateways::{Accounts, Gateways, Pace};
use super::demo_library::ShopTemplate;
use super::demo_past::conversation_with;
use super::{demo_decision, demo_devino};
use crate::domain::conversation::{ConversationFilter, ConversationRow};
use crate::domain::message::{Message, MessageState, ReasonKind};
use crate::domain::window::FreeText;
use crate::domain::{AccountId, PhoneNumber, ThreadEntry, Timestamp};
use crate::gateway::{capabilities, decision_telecom, devino};
use crate::simulator::common::Step;
use crate::store::Store;
use crate::ui::text::{Language, Localizer};
use std::collections::BTreeSet;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(20);

struct World {
    gateways: Gateways,
    accounts: Accounts,
    store: Store,
    now: Timestamp,
    _folder: tempfile::TempDir,
}

async fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let gateways = Gateways::start(7, &Pace::fast()).await.unwrap();
    let now = Timestamp::now();
    let accounts = gateways.accounts(&Localizer::new(Language::Portuguese), now);
    let store = Store::open(folder.path()).await.unwrap();
    let (path, control) = (folder.path(), gateways.devino.control());
    demo_devino::fill(&store, path, &accounts.devino, &control, 7, now)
        .await
        .unwrap();
    let control = gateways.decision.control();
    demo_decision::fill(&store, path, &accounts.decision, &control, 7, now)
        .await
        .unwrap();
    World {
        gateways,
        accounts,
        store,
        now,
        _folder: folder,
    }
}

impl World {
    async fn rows(&self, account: AccountId) -> Vec<ConversationRow> {
        let filter = ConversationFilter {
            account: Some(account),
            ..ConversationFilter::default()
        };
        self.store.conversations(&filter, None, 100).await.unwrap()
    }

    async fn sent(&self, account: AccountId) -> Vec<Message> {
        let mut sent = Vec::new();
        for row in self.rows(account).await {
            for entry in self.store.thread(row.conversation.id, None, 100).await.unwrap() {
                if let ThreadEntry::Outgoing(message) = entry {
                    sent.push(*message);
                }
            }
        }
        sent
    }

    async fn free_text(&self, number: &str) -> FreeText {
        let account = self.accounts.devino.id;
        let last = self.store.first_and_last_message_at(account).await.unwrap();
        let hours = capabilities(self.accounts.devino.gateway).window_hours;
        let number = PhoneNumber::from_digits(number).unwrap();
        let wrote = self.store.last_wrote(account, vec![number]).await.unwrap();
        FreeText::of(hours, wrote[0].1, last.is_some(), self.now)
    }
}

/// Every end a message can come to stands in the past, and the sentences of the reasons exist.
fn has_every_end(messages: &[Message], refused: &[ReasonKind], details: &BTreeSet<&str>) {
    let states: BTreeSet<&str> = messages.iter().map(|message| message.state.key()).collect();
    for state in [
        MessageState::Read,
        MessageState::Delivered,
        MessageState::Rejected,
        MessageState::Unknown,
    ] {
        assert!(states.contains(state.key()), "{state:?}: {states:?}");
    }
    assert!(!messages.iter().any(|message| message.state.is_open()));
    let reasons: Vec<_> = messages
        .iter()
        .filter(|message| message.state == MessageState::Rejected)
        .filter_map(|message| message.reason.clone())
        .collect();
    let mut kinds: Vec<ReasonKind> = reasons.iter().map(|reason| reason.kind).collect();
    kinds.sort_unstable_by_key(|kind| kind.key());
    assert_eq!(kinds, refused);
    for reason in reasons {
        assert!(details.contains(reason.detail.as_deref().unwrap()), "{reason:?}");
        assert!(reason.words.is_some());
    }
}

async fn library_is_registered(world: &World, account: AccountId, templates: &[ShopTemplate]) {
    let stored = world.store.templates(account).await.unwrap();
    assert!((2..=4).contains(&stored.len()) && stored.len() == templates.len());
    for template in &stored {
        assert_eq!(template.problems(512), [], "{}", template.key);
        assert!(template.parameters.iter().all(|one| !one.sample.is_empty()));
        let shop = templates.iter().find(|shop| shop.key == template.key).unwrap();
        let samples: Vec<&str> = shop.parameters.iter().map(|(_, sample)| *sample).collect();
        let (_, text) = shop.filled(&samples).unwrap();
        assert!(!text.contains("{{"), "{text}");
        assert_eq!(shop.registered().parameters, template.parameters.len());
    }
}

#[tokio::test]
async fn the_shop_may_write_freely_all_but_one() {
    let world = world().await;
    let account = world.accounts.devino.id;
    library_is_registered(&world, account, demo_devino::TEMPLATES).await;
    let sent = world.sent(account).await;
    let refused = [ReasonKind::InvalidRecipient, ReasonKind::OutsideWindow];
    has_every_end(&sent, &refused, &devino::details().collect());
    assert!(sent.iter().any(|message| message.template.is_some()));

    let silent = world.free_text(demo_devino::SILENT).await;
    assert!(matches!(silent, FreeText::Since(_)), "{silent:?}");
    let wrote: Vec<String> = world
        .rows(account)
        .await
        .into_iter()
        .filter(|row| row.conversation.last_wrote_at.is_some())
        .map(|row| row.conversation.phone.digits().to_owned())
        .filter(|digits| digits != demo_devino::SILENT)
        .collect();
    assert!(wrote.len() >= 4 && wrote.iter().any(|digits| digits == demo_devino::NEWEST));
    for digits in &wrote {
        let free = world.free_text(digits).await;
        assert!(matches!(free, FreeText::Until(_)), "{digits}: {free:?}");
    }
    // The gateway means the same people.
    world.gateways.devino.control().read(|state| {
        let now = tokio::time::Instant::now();
        let freely = |digits: &String| state.may_write_freely(digits, now);
        assert!(wrote.iter().all(freely));
        assert!(!freely(&demo_devino::SILENT.to_owned()));
    });
}

#[tokio::test]
async fn the_clinic_can_ask_what_became_of_each_message() {
    let world = world().await;
    let account = world.accounts.decision.id;
    library_is_registered(&world, account, demo_decision::TEMPLATES).await;
    let sent = world.sent(account).await;
    has_every_end(
        &sent,
        &[ReasonKind::OutsideWindow],
        &decision_telecom::details().collect(),
    );
    let pending = sent
        .iter()
        .filter(|message| message.state == MessageState::Accepted);
    assert_eq!(pending.count(), 1);
    assert!(
        conversation_with(&world.store, account, demo_decision::SILENT)
            .await
            .unwrap()
            .is_some()
    );
    // The gateway knows each under its identifier, and lets it come as far as we say.
    let control = world.gateways.decision.control();
    let goes_on = control.wait_for(|state| state.queue_length() == 0, PATIENCE);
    goes_on.await.unwrap();
    let taken = |message: &&Message| message.gateway_id.is_some();
    let ids: BTreeSet<&str> = sent
        .iter()
        .filter(taken)
        .filter_map(|message| message.gateway_id.as_deref())
        .collect();
    assert_eq!(ids.len(), sent.iter().filter(taken).count());
    for message in sent.iter().filter(taken) {
        let id: u64 = message.gateway_id.as_deref().unwrap().parse().unwrap();
        let last = match message.state {
            MessageState::Delivered => Step::Delivered,
            _ => Step::Seen,
        };
        let comes = control.wait_for(
            |state| {
                let known = state.book().message(id).unwrap();
                known.to == message.to.digits() && known.latest_step() == Some(last)
            },
            PATIENCE,
        );
        comes.await.unwrap();
    }
    control.read(|state| {
        let now = tokio::time::Instant::now();
        assert!(!state.may_write_freely(demo_decision::SILENT, now));
        assert!(state.may_write_freely(demo_decision::WROTE[0], now));
    });
}
