//! Whether a gateway can fetch files from our own listener, and under which address.

use crate::domain::account::is_loopback;
use crate::engine::{AccountView, ListenerState, Live};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::{Tone, icons};
use std::net::Ipv4Addr;

/// How our own listener can be reached by the gateway of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reach {
    /// Under the public address, this one.
    Public(String),
    /// Under the address of this computer, this one: the gateway runs on it too.
    Here(String),
    /// Not at all: there is no public address.
    NoPublicAddress,
    /// Not at all: we do not listen.
    NotListening,
    /// Not yet: we are about to listen.
    Starting,
}

impl Reach {
    pub fn of(live: &Live, view: &AccountView) -> Self {
        let mut here = match &live.listener.state {
            ListenerState::Listening(address) => *address,
            ListenerState::Starting => return Self::Starting,
            ListenerState::Off | ListenerState::Failed(_) => return Self::NotListening,
        };
        let base_url = view.account.base_url.as_deref();
        let is_local = base_url
            .and_then(|url| url::Url::parse(url).ok())
            .is_some_and(|url| is_loopback(&url));
        match &live.settings.public_url {
            Some(public) => Self::Public(public.trim_end_matches('/').to_owned()),
            None if is_local => {
                // Where we listen everywhere, this computer reaches us under its own address.
                if here.ip().is_unspecified() {
                    here.set_ip(Ipv4Addr::LOCALHOST.into());
                }
                Self::Here(format!("http://{here}"))
            }
            None => Self::NoPublicAddress,
        }
    }

    /// What the addresses of files begin with.
    pub fn base(&self) -> Option<&str> {
        match self {
            Self::Public(base) | Self::Here(base) => Some(base),
            Self::NoPublicAddress | Self::NotListening | Self::Starting => None,
        }
    }

    /// Whether messages with files would wait.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::NoPublicAddress | Self::NotListening)
    }

    /// The state in a word.
    pub fn pill(&self, ctx: &UiContext<'_>) -> (Tone, &'static str, String) {
        match self {
            Self::Public(_) | Self::Here(_) => {
                (Tone::Ok, icons::CIRCLE_CHECK, t!(ctx, "hosting-state-listener"))
            }
            Self::Starting => (Tone::Neutral, icons::CLOCK, t!(ctx, "hosting-state-starting")),
            Self::NoPublicAddress | Self::NotListening => {
                (Tone::Warn, icons::WARNING, t!(ctx, "hosting-state-out-of-reach"))
            }
        }
    }

    /// What it means, in a sentence.
    pub fn sentence(&self, ctx: &UiContext<'_>) -> String {
        match self {
            Self::Public(_) => t!(ctx, "hosting-reach-public"),
            Self::Here(_) => t!(ctx, "hosting-reach-here"),
            Self::NoPublicAddress => t!(ctx, "hosting-reach-no-public-address"),
            Self::NotListening => t!(ctx, "hosting-reach-not-listening"),
            Self::Starting => t!(ctx, "hosting-reach-starting"),
        }
    }
}
