//! What stands in the form, and what of it cannot stand.

use crate::domain::account::{
    Account, AccountDraft, DraftProblem, DraftProblemKind, check_base_url, clean_credential,
};
use crate::domain::phone::country_code;
use crate::domain::{AccountId, GatewayKind, Secret};
use crate::engine::Live;
use crate::gateway::{Capabilities, capabilities};
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// Country of a new account.
pub(super) const FIRST_COUNTRY: &str = "BR";

/// Everything that can be typed. Credentials are overwritten in memory when they are let go.
#[derive(Clone, PartialEq, Default)]
pub(super) struct Values {
    pub gateway: Option<GatewayKind>,
    pub name: String,
    /// Every credential field by key, secret or not.
    pub fields: BTreeMap<&'static str, Zeroizing<String>>,
    pub base_url: String,
    pub country: String,
}

impl Values {
    /// Of a new account. With one gateway only, it is chosen already.
    pub fn new(live: &Live) -> Self {
        let mut gateways = live.gateways.values().copied();
        let only = gateways.next().filter(|_| gateways.next().is_none());
        Self {
            gateway: only,
            country: FIRST_COUNTRY.to_owned(),
            ..Self::default()
        }
    }

    /// Of a saved account; its secrets are not read.
    pub fn of(account: &Account, capabilities: &Capabilities) -> Self {
        let field = |key: &'static str| {
            let value = account.identity.get(key).cloned().unwrap_or_default();
            (key, Zeroizing::new(value))
        };
        Self {
            gateway: Some(account.gateway),
            name: account.name.clone(),
            fields: capabilities
                .credentials
                .iter()
                .map(|credential| field(credential.key))
                .collect(),
            base_url: account.base_url.clone().unwrap_or_default(),
            country: account.default_country.clone(),
        }
    }

    /// What the chosen gateway can do.
    pub fn capabilities(&self) -> Option<&'static Capabilities> {
        self.gateway.map(capabilities)
    }

    /// The same, as the engine takes it.
    pub fn draft(&self) -> AccountDraft {
        AccountDraft {
            gateway: self.gateway,
            name: self.name.trim().to_owned(),
            fields: self
                .fields
                .iter()
                .map(|(key, value)| ((*key).to_owned(), Secret::new(clean_credential(value))))
                .collect(),
            base_url: clean_credential(&self.base_url),
            default_country: self.country.trim().to_uppercase(),
        }
    }

    /// What can be seen from here to be wrong. The engine looks again, and further. `id`: which account is changed; its
    /// empty secrets mean that the stored ones are kept.
    pub fn problems(
        &self,
        credentials: Option<&Capabilities>,
        id: Option<AccountId>,
        live: &Live,
    ) -> Vec<DraftProblem> {
        let mut problems = Vec::new();
        let mut problem = |field: &str, kind: Option<DraftProblemKind>| {
            problems.extend(kind.map(|kind| DraftProblem {
                field: field.to_owned(),
                kind,
            }));
        };
        problem(
            "gateway",
            self.gateway.is_none().then_some(DraftProblemKind::Empty),
        );
        let name = self.name.trim();
        let taken = live.accounts.iter().any(|view| {
            Some(view.account.id) != id && view.account.name.to_lowercase() == name.to_lowercase()
        });
        let name_problem =
            text_problem(name, Account::NAME_MAX).or_else(|| taken.then_some(DraftProblemKind::NameTaken));
        problem("name", name_problem);
        for credential in credentials.map_or(&[][..], |capabilities| capabilities.credentials) {
            let typed = self.fields.get(credential.key).map_or("", |value| value.as_str());
            let value = Zeroizing::new(clean_credential(typed));
            let kept = value.is_empty() && credential.secret && id.is_some();
            if !kept {
                problem(credential.key, text_problem(&value, credential.max));
            }
        }
        let base_url = clean_credential(&self.base_url);
        if !base_url.is_empty() {
            problem("base_url", check_base_url(&base_url).err());
        }
        let unknown = country_code(&self.country).is_none();
        problem(
            "default_country",
            unknown.then_some(DraftProblemKind::UnknownCountry),
        );
        problems
    }
}

fn text_problem(value: &str, max: usize) -> Option<DraftProblemKind> {
    if value.is_empty() {
        Some(DraftProblemKind::Empty)
    } else if value.chars().count() > max {
        Some(DraftProblemKind::TooLong(max))
    } else if value.chars().any(char::is_control) {
        Some(DraftProblemKind::ControlCharacters)
    } else {
        None
    }
}
