//! What stands in the form, and what of it cannot stand.

use crate::domain::account::{
    Account, AccountDraft, DraftProblem, DraftProblemKind, check_base_url, clean_credential,
};
use crate::domain::phone::country_code;
use crate::domain::{AccountId, GatewayKind, Secret};
use crate::engine::Live;
use crate::gateway::{AUTH_FORM, Capabilities, CredentialField, capabilities};
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// Country of a new account.
pub(super) const FIRST_COUNTRY: &str = "BR";

/// Everything that can be typed. Credentials are overwritten in memory when they are let go.
#[derive(Clone, PartialEq, Default)]
pub(super) struct Values {
    pub gateway: Option<GatewayKind>,
    pub name: String,
    /// Every credential field by key, secret or not, and under [`AUTH_FORM`] the way they are sent where there are several.
    pub fields: BTreeMap<&'static str, Zeroizing<String>>,
    pub base_url: String,
    pub country: String,
}

impl Values {
    /// Of a new account. With one gateway only, it is chosen already.
    pub fn new(live: &Live) -> Self {
        let only = match live.gateways {
            [only] => Some(*only),
            _ => None,
        };
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
        let form = form_among(capabilities, account.identity.get(AUTH_FORM).map(String::as_str));
        let form = form.map(|form| (AUTH_FORM, Zeroizing::new(form.to_owned())));
        Self {
            gateway: Some(account.gateway),
            name: account.name.clone(),
            fields: capabilities
                .credentials
                .iter()
                .map(|credential| field(credential.key))
                .chain(form)
                .collect(),
            base_url: account.base_url.clone().unwrap_or_default(),
            country: account.default_country.clone(),
        }
    }

    /// What the chosen gateway can do.
    pub fn capabilities(&self) -> Option<&'static Capabilities> {
        self.gateway.map(capabilities)
    }

    /// Another gateway. What was typed for the one before is no business of this one's.
    pub fn choose_gateway(&mut self, kind: GatewayKind) {
        if self.gateway != Some(kind) {
            self.gateway = Some(kind);
            self.fields.clear();
            self.base_url.clear();
        }
    }

    /// In which way the credentials are sent, where there are several.
    pub fn auth_form(&self, capabilities: &Capabilities) -> Option<&'static str> {
        form_among(capabilities, self.fields.get(AUTH_FORM).map(|form| form.as_str()))
    }

    /// Another way of sending the credentials.
    pub fn choose_auth_form(&mut self, form: &'static str) {
        self.fields.insert(AUTH_FORM, Zeroizing::new(form.to_owned()));
    }

    /// The credentials that the chosen way of sending them needs.
    pub fn needed(
        &self,
        capabilities: &'static Capabilities,
    ) -> impl Iterator<Item = &'static CredentialField> + use<> {
        let form = self.auth_form(capabilities);
        capabilities
            .credentials
            .iter()
            .filter(move |credential| is_needed(credential, form))
    }

    /// The same, as the engine takes it.
    pub fn draft(&self) -> AccountDraft {
        let known = self.capabilities();
        let form = known.and_then(|known| self.auth_form(known));
        let is_asked = |key: &str| {
            known.is_some_and(|known| {
                let mut fields = known.credentials.iter();
                fields.any(|credential| credential.key == key && is_needed(credential, form))
            })
        };
        AccountDraft {
            gateway: self.gateway,
            name: self.name.trim().to_owned(),
            fields: self
                .fields
                .iter()
                .filter(|(key, _)| is_asked(key))
                .map(|(key, value)| ((*key).to_owned(), Secret::new(clean_credential(value))))
                .chain(form.map(|form| (AUTH_FORM.to_owned(), Secret::new(form.to_owned()))))
                .collect(),
            base_url: clean_credential(&self.base_url),
            default_country: self.country.trim().to_uppercase(),
        }
    }

    /// What can be seen from here to be wrong. The engine looks again, and further. `id`: which account is changed; `kept`
    /// tells of its empty secrets whether a stored one is kept.
    pub fn problems(
        &self,
        credentials: Option<&'static Capabilities>,
        id: Option<AccountId>,
        kept: impl Fn(&CredentialField) -> bool,
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
        for credential in credentials.into_iter().flat_map(|known| self.needed(known)) {
            let typed = self.fields.get(credential.key).map_or("", |value| value.as_str());
            let value = Zeroizing::new(clean_credential(typed));
            if !(value.is_empty() && kept(credential)) {
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

/// The way of this key; the usual one where there is none of it.
fn form_among(capabilities: &Capabilities, key: Option<&str>) -> Option<&'static str> {
    let mut forms = capabilities.auth_forms.iter().copied();
    forms
        .find(|form| Some(*form) == key)
        .or_else(|| capabilities.auth_forms.first().copied())
}

/// Whether this way of sending the credentials needs this one of them.
pub(super) fn is_needed(credential: &CredentialField, form: Option<&str>) -> bool {
    credential.only_for.is_empty() || form.is_some_and(|form| credential.only_for.contains(&form))
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
