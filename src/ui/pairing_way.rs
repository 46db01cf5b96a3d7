//! Where the way to the pairing screen leads: an account whose gateway pairs no phone has none.

use crate::domain::AccountId;
use crate::engine::{AccountView, Live};

/// Where the way to the pairing screen leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairingWay {
    /// To the chosen account, or there is none yet.
    Open,
    /// To another account: the chosen one pairs no phone, and a pairing goes on there.
    Elsewhere(AccountId),
    /// Nowhere: the chosen account pairs no phone; others do.
    Closed,
    /// Nowhere, and no account pairs a phone.
    Needless,
}

impl PairingWay {
    /// As it is now.
    #[must_use]
    pub fn of(live: &Live, chosen: Option<&AccountView>) -> Self {
        if chosen.is_none_or(|view| view.capabilities.pairing) {
            return Self::Open;
        }
        let mut pairs = live.accounts.iter().filter(|view| view.capabilities.pairing);
        match pairs.clone().find(|view| view.pairing.is_active()) {
            Some(view) => Self::Elsewhere(view.account.id),
            None if pairs.next().is_some() => Self::Closed,
            None => Self::Needless,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Pairing;
    use crate::gateway::devino;
    use crate::ui::testing;
    use std::sync::Arc;

    #[test]
    fn the_way_leads_where_a_phone_can_be_paired() {
        let mut live = testing::live(2);
        assert_eq!(PairingWay::of(&live, None), PairingWay::Open);
        let way = |live: &Live, index: usize| PairingWay::of(live, live.accounts.get(index));
        assert_eq!(way(&live, 1), PairingWay::Open);
        live.accounts[1].capabilities = &devino::CAPABILITIES;
        assert_eq!(way(&live, 1), PairingWay::Closed);
        live.accounts[0].pairing = Arc::new(Pairing::starting(testing::NOW));
        let first = live.accounts[0].account.id;
        assert_eq!(way(&live, 1), PairingWay::Elsewhere(first));
        live.accounts[0].capabilities = &devino::CAPABILITIES;
        assert_eq!(way(&live, 1), PairingWay::Needless);
    }
}
