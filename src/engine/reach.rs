//! Whether a gateway reaches our own listener, and under which address.

use super::protocol::{ListenerState, Live};
use crate::domain::Account;
use crate::domain::account::is_loopback;
use crate::gateway;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// How our own listener can be reached by the gateway of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Under the public address: this one, without a slash at its end.
    Public(String),
    /// Under the address of this machine, this one: the gateway runs on it too.
    Here(String),
    /// Not at all: there is no public address.
    NoPublicAddress,
    /// Not at all: we do not listen.
    NotListening,
    /// Not yet: we are about to listen.
    Starting,
}

impl Reach {
    /// What the addresses in our listener begin with, where it is reached.
    #[must_use]
    pub fn base(&self) -> Option<&str> {
        match self {
            Self::Public(base) | Self::Here(base) => Some(base),
            Self::NoPublicAddress | Self::NotListening | Self::Starting => None,
        }
    }

    /// Whether it is not reached, and will not be by itself in a moment.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::NoPublicAddress | Self::NotListening)
    }
}

impl Live {
    /// How the gateway of an account reaches our own listener.
    #[must_use]
    pub fn reach(&self, account: &Account) -> Reach {
        let here = match &self.listener.state {
            ListenerState::Listening(address) => *address,
            ListenerState::Starting => return Reach::Starting,
            ListenerState::Off | ListenerState::Failed(_) => return Reach::NotListening,
        };
        if let Some(public) = &self.settings.public_url {
            return Reach::Public(public.trim_end_matches('/').to_owned());
        }
        if !is_played_here(account) {
            return Reach::NoPublicAddress;
        }
        Reach::Here(base_here(here))
    }
}

/// The address of our own listener as this machine reaches it: also where we listen everywhere.
pub(super) fn base_here(mut address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        address.set_ip(IpAddr::V4(Ipv4Addr::LOCALHOST));
    }
    format!("http://{address}")
}

/// Whether the gateway of an account is played on this machine: what lies on this machine can be fetched by it, too.
pub(super) fn is_played_here(account: &Account) -> bool {
    let address = account
        .base_url
        .as_deref()
        .unwrap_or(gateway::capabilities(account.gateway).default_base_url);
    url::Url::parse(address).is_ok_and(|url| is_loopback(&url))
}
