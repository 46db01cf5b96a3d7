//! Everything small as it is now, which a window reads without asking: the accounts, how listening stands, the settings.

use super::super::reach::base_here;
use crate::domain::health::{DeliveryFigures, Health};
use crate::domain::hosting::Preparing;
use crate::domain::inbox::Gap;
use crate::domain::message::Reason;
use crate::domain::settings::Settings;
use crate::domain::{Account, AccountId, GatewayKind, MessageId, Pairing, Timestamp};
use crate::gateway::Capabilities;
use crate::secrets::SecretStatus;
use crate::store::OutboxCounts;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// Whether we listen for the gateways' calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListenerState {
    /// Switched off by the operator.
    Off,
    /// Not yet.
    Starting,
    /// Under this address of this machine.
    Listening(std::net::SocketAddr),
    /// It could not be done; what the system said. Tried again by itself.
    Failed(String),
}

/// How listening stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListenerView {
    /// Whether we listen.
    pub state: ListenerState,
    /// The last time in which nobody listened, until the operator has read it.
    pub gap: Option<Gap>,
    /// Since when somebody has listened without a gap worth a word; `None` while nobody does.
    pub unbroken_since: Option<Timestamp>,
}

/// Where an account's gateway calls.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InboxView {
    /// The path in use, beginning with a slash; empty until it is made.
    pub path: String,
    /// Until when an older path is still answered.
    pub older_until: Option<Timestamp>,
    /// When the gateway last called on any of them.
    pub last_called_at: Option<Timestamp>,
    /// When a person's message first came; `None` if none ever did.
    pub first_message_at: Option<Timestamp>,
    /// When a person's message last came; `None` if none ever did.
    pub last_message_at: Option<Timestamp>,
    /// Unseen incoming messages.
    pub unread: u64,
    /// Bodies that came and could not be read.
    pub unreadable: u64,
}

/// One account as a window sees it.
#[derive(Debug, Clone)]
pub struct AccountView {
    /// What is stored.
    pub account: Arc<Account>,
    /// What it can do.
    pub capabilities: &'static Capabilities,
    /// Its health.
    pub health: Arc<Health>,
    /// Its pairing.
    pub pairing: Arc<Pairing>,
    /// Its messages by state.
    pub outbox: OutboxCounts,
    /// Why its whole queue holds, if it does.
    pub held: Option<Reason>,
    /// When the next message may leave, while the delay between two is kept.
    pub paced_until: Option<Timestamp>,
    /// Where its gateway calls, and what has come.
    pub inbox: InboxView,
    /// What we know of its messages.
    pub figures: DeliveryFigures,
}

/// How long after the last message of any customer an account still counts as one that hears. A webhook that was never
/// entered at the vendor's, or no longer leads here, is told by silence only, and a silence of days is usual for a small
/// shop.
const HEARD_WITHIN: std::time::Duration = std::time::Duration::from_secs(7 * 24 * 3_600);

/// How far a file that is being fetched is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FetchStep {
    /// Bytes that have come.
    pub done: u64,
    /// Bytes in all, where that is known.
    pub total: Option<u64>,
}

/// Files that are being fetched, by message.
pub type Fetching = BTreeMap<MessageId, FetchStep>;

/// Everything small, as it is now. Cheap to clone. Published as a whole: a reader never sees half a change.
#[derive(Debug, Clone)]
pub struct Live {
    /// Accounts in the order they were added.
    pub accounts: Vec<AccountView>,
    /// The settings.
    pub settings: Arc<Settings>,
    /// How listening stands.
    pub listener: ListenerView,
    /// Files that are being put where a gateway can fetch them, and how far each of them is.
    pub preparing: Arc<Preparing>,
    /// Files of incoming messages that are being fetched, and how far each of them is.
    pub fetching: Arc<Fetching>,
    /// How the place of the secrets stands.
    pub secrets: SecretStatus,
    /// The data folder.
    pub folder: PathBuf,
    /// Whether the database has been read for the first time.
    pub loaded: bool,
    /// The gateways that can be added, in the order in which they are offered.
    pub gateways: &'static [GatewayKind],
}

impl Live {
    /// Whether whatever customers wrote to an account in its last hours of free text is known here: the gateway has a form
    /// for it, something came within the last seven days, and since before these hours somebody has listened without a gap.
    /// Only then does silence say that a person has not written. `false` where the gateway knows no such hours.
    #[must_use]
    pub fn hears(&self, view: &AccountView, now: Timestamp) -> bool {
        let inbox = &view.inbox;
        let (Some(hours), Some(first), Some(last), Some(unbroken)) = (
            view.capabilities.window_hours,
            inbox.first_message_at,
            inbox.last_message_at,
            self.listener.unbroken_since,
        ) else {
            return false;
        };
        let before = now.minus(std::time::Duration::from_secs(u64::from(hours) * 3_600));
        view.capabilities.incoming
            && now.since(last) <= HEARD_WITHIN
            // What was written before anything could come here may be younger than that.
            && first.max(unbroken) <= before
    }

    /// The address to enter at the vendor of an account: the public one if there is one, else this machine's. `None`
    /// while nothing listens.
    #[must_use]
    pub fn webhook_url(&self, view: &AccountView) -> Option<String> {
        if view.inbox.path.is_empty() {
            return None;
        }
        let base = match (&self.settings.public_url, &self.listener.state) {
            (Some(public), _) => public.trim_end_matches('/').to_owned(),
            (None, ListenerState::Listening(address)) => base_here(*address),
            (None, _) => return None,
        };
        Some(format!("{base}{}", view.inbox.path))
    }

    /// Unseen incoming messages of all accounts.
    #[must_use]
    pub fn unread(&self) -> u64 {
        self.accounts.iter().map(|view| view.inbox.unread).sum()
    }

    /// The account of this id.
    #[must_use]
    pub fn account(&self, id: AccountId) -> Option<&AccountView> {
        self.accounts.iter().find(|view| view.account.id == id)
    }
}
