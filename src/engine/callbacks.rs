//! The addresses under which a gateway reports about single messages: the account's own, and behind it the message's
//! identifier. What comes to one is about that message, whatever its body says.

use super::protocol::Live;
use super::reach::{Reach, is_played_here};
use super::shared::Shared;
use crate::domain::{Account, ClientMessageId};
use crate::gateway;
use crate::store::StoreError;
use url::Url;

/// What the messages of an account are sent with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Callbacks {
    /// The account's address without a slash at its end; `None` if its gateway takes none, or nobody could call it.
    base: Option<String>,
}

impl Callbacks {
    /// The address of a message.
    pub(super) fn of(&self, message: &ClientMessageId) -> Option<Url> {
        Url::parse(&format!("{}/{message}", self.base.as_deref()?)).ok()
    }
}

/// Under which address we are called.
enum Reached {
    /// Nobody can call us.
    Nowhere,
    /// It will be known in a moment: the program has only just begun.
    Soon,
    /// Under this one, without a slash at its end.
    At(String),
}

impl Shared {
    /// The addresses for messages of an account that leave now; `None` if they will be known in a moment only.
    pub(super) async fn callbacks(&self, account: &Account) -> Result<Option<Callbacks>, StoreError> {
        let none = Some(Callbacks { base: None });
        if !gateway::capabilities(account.gateway).callback_per_message {
            return Ok(none);
        }
        let base = match reached(&self.publisher.live(), account) {
            Reached::Nowhere => return Ok(none),
            Reached::Soon => return Ok(None),
            Reached::At(base) => base,
        };
        let mut path = self.webhook_path(account.id);
        if path.is_none() {
            self.load_paths().await?;
            path = self.webhook_path(account.id);
        }
        Ok(Some(Callbacks {
            base: path.map(|path| format!("{base}{path}")),
        }))
    }
}

fn reached(live: &Live, account: &Account) -> Reached {
    match &live.settings.public_url {
        _ if !live.settings.listen => Reached::Nowhere,
        // That nobody listens in this moment does not matter: reports come later, and come again.
        Some(public) => Reached::At(public.trim_end_matches('/').to_owned()),
        None if !is_played_here(account) => Reached::Nowhere,
        None => match live.reach(account) {
            Reach::Starting => Reached::Soon,
            reach => reach
                .base()
                .map_or(Reached::Nowhere, |base| Reached::At(base.to_owned())),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_an_address_of_its_own() {
        let id = ClientMessageId::random();
        let callbacks = Callbacks {
            base: Some("https://recado.example/in/w/0123".to_owned()),
        };
        assert_eq!(
            callbacks.of(&id).map(String::from),
            Some(format!("https://recado.example/in/w/0123/{id}"))
        );
        assert_eq!(Callbacks { base: None }.of(&id), None);
    }
}
