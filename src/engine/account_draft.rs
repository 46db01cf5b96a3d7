//! What was typed for an account, checked field by field.

use crate::domain::account::{
    Account, AccountDraft, DraftProblem, DraftProblemKind, check_base_url, clean_credential,
};
use crate::domain::phone::country_code;
use crate::domain::{AccountId, GatewayKind, Secret};
use crate::gateway::{self, AUTH_FORM};
use std::collections::BTreeMap;

/// A draft that has been checked.
pub(super) struct Checked {
    pub(super) gateway: GatewayKind,
    pub(super) name: String,
    pub(super) base_url: Option<String>,
    pub(super) default_country: String,
    pub(super) identity: BTreeMap<String, String>,
    /// Secrets that were typed; one that is missing is kept as it is stored.
    pub(super) secrets: BTreeMap<&'static str, Secret>,
}

/// The secret fields that stand in their place for an account as it is.
fn stored_secrets(account: &Account) -> impl Iterator<Item = &'static str> + use<> {
    let form = account.identity.get(AUTH_FORM).map(String::as_str);
    let capabilities = gateway::capabilities(account.gateway);
    let form = capabilities.auth_form(form);
    let secret = capabilities.fields_of(form).filter(|field| field.secret);
    secret.map(|field| field.key)
}

/// The secrets that an account had and has no use for after a change.
pub(super) fn no_longer_needed(old: &Account, new: &Account) -> Vec<&'static str> {
    let needed: Vec<_> = stored_secrets(new).collect();
    stored_secrets(old).filter(|key| !needed.contains(key)).collect()
}

/// Checks what was typed. `stored`: the account that is changed; an empty secret then means that its own is kept, if it
/// has one.
pub(super) fn check(
    draft: &AccountDraft,
    stored: Option<&Account>,
    taken: impl Fn(&str) -> bool,
) -> Result<Checked, Vec<DraftProblem>> {
    let mut problems = Vec::new();
    let mut problem = |field: &str, kind| {
        problems.push(DraftProblem {
            field: field.to_owned(),
            kind,
        })
    };
    let name = draft.name.trim().to_owned();
    if let Some(kind) = text_problem(&name, Account::NAME_MAX) {
        problem("name", kind);
    } else if taken(&name) {
        problem("name", DraftProblemKind::NameTaken);
    }
    let address = clean_credential(&draft.base_url);
    let base_url = if address.is_empty() {
        None
    } else {
        match check_base_url(&address) {
            Ok(url) => Some(url.to_string()),
            Err(kind) => {
                problem("base_url", kind);
                None
            }
        }
    };
    let country = draft.default_country.trim().to_uppercase();
    let default_country = if country.is_empty() {
        "BR".to_owned()
    } else {
        country
    };
    if country_code(&default_country).is_none() {
        problem("default_country", DraftProblemKind::UnknownCountry);
    }
    let Some(gateway) = draft.gateway else {
        problem("gateway", DraftProblemKind::Empty);
        return Err(problems);
    };
    let fields = check_fields(gateway, draft, stored, &mut problem);
    if problems.is_empty() {
        Ok(Checked {
            gateway,
            name,
            base_url,
            default_country,
            identity: fields.identity,
            secrets: fields.secrets,
        })
    } else {
        Err(problems)
    }
}

/// The credentials that were typed.
struct Fields {
    identity: BTreeMap<String, String>,
    secrets: BTreeMap<&'static str, Secret>,
}

/// Checks the credentials that the chosen way of sending them needs; what was typed for another way is left out.
fn check_fields(
    gateway: GatewayKind,
    draft: &AccountDraft,
    stored: Option<&Account>,
    problem: &mut impl FnMut(&str, DraftProblemKind),
) -> Fields {
    let mut identity = BTreeMap::new();
    let mut secrets = BTreeMap::new();
    let is_kept = |key: &str| {
        stored.is_some_and(|old| old.gateway == gateway && stored_secrets(old).any(|stored| stored == key))
    };
    let capabilities = gateway::capabilities(gateway);
    let chosen = draft.fields.get(AUTH_FORM).map(Secret::reveal);
    let chosen = chosen.map(str::trim).filter(|form| !form.is_empty());
    let form = capabilities.auth_form(chosen);
    if chosen.is_some() && chosen != form && !capabilities.auth_forms.is_empty() {
        problem(AUTH_FORM, DraftProblemKind::Malformed);
    }
    if let Some(form) = form {
        identity.insert(AUTH_FORM.to_owned(), form.to_owned());
    }
    for field in capabilities.fields_of(form) {
        let typed = draft
            .fields
            .get(field.key)
            .map(Secret::reveal)
            .unwrap_or_default();
        let value = clean_credential(typed);
        if value.is_empty() && field.secret && is_kept(field.key) {
            continue;
        }
        if let Some(kind) = text_problem(&value, field.max) {
            problem(field.key, kind);
        } else if field.email && !looks_like_email(&value) {
            problem(field.key, DraftProblemKind::NotAnEmail);
        } else if field.secret {
            secrets.insert(field.key, Secret::new(value));
        } else {
            identity.insert(field.key.to_owned(), value);
        }
    }
    Fields { identity, secrets }
}

pub(super) fn assemble(
    checked: &Checked,
    existing: Option<&Account>,
    now: crate::domain::Timestamp,
) -> Account {
    Account {
        id: existing.map_or_else(AccountId::new, |account| account.id),
        gateway: checked.gateway,
        name: checked.name.clone(),
        identity: checked.identity.clone(),
        base_url: checked.base_url.clone(),
        default_country: checked.default_country.clone(),
        paused: existing.is_some_and(|account| account.paused),
        delay_secs: existing.and_then(|account| account.delay_secs),
        hosting: existing
            .map(|account| account.hosting.clone())
            .unwrap_or_default(),
        created_at: existing.map_or(now, |account| account.created_at),
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

fn looks_like_email(value: &str) -> bool {
    value.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty()
            && host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !host.contains('@')
            && !value.chars().any(char::is_whitespace)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(fields: &[(&str, &str)]) -> AccountDraft {
        AccountDraft {
            gateway: Some(GatewayKind::Solutek),
            name: "Loja Centro".into(),
            fields: fields
                .iter()
                .map(|(key, value)| ((*key).to_owned(), Secret::new((*value).to_owned())))
                .collect(),
            ..AccountDraft::default()
        }
    }

    fn problems(draft: &AccountDraft, stored: Option<&Account>) -> Vec<(String, DraftProblemKind)> {
        match check(draft, stored, |name| name == "Taken") {
            Ok(_) => Vec::new(),
            Err(problems) => problems
                .into_iter()
                .map(|problem| (problem.field, problem.kind))
                .collect(),
        }
    }

    #[test]
    fn what_was_typed_is_checked_field_by_field() {
        let good = [
            ("email", "contato@lojacentro.example"),
            ("token", " tok \n"),
            ("idapp", "48213"),
        ];
        assert_eq!(problems(&draft(&good), None), []);
        let checked = check(&draft(&good), None, |_| false).unwrap_or_else(|_| panic!());
        assert_eq!(checked.secrets["token"].reveal(), "tok");
        assert!(!checked.identity.contains_key("token"));

        assert_eq!(
            problems(
                &AccountDraft {
                    name: "  ".into(),
                    ..draft(&[("email", "no"), ("idapp", "1\u{0}2")])
                },
                None
            ),
            [
                ("name".to_owned(), DraftProblemKind::Empty),
                ("email".to_owned(), DraftProblemKind::NotAnEmail),
                ("token".to_owned(), DraftProblemKind::Empty),
                ("idapp".to_owned(), DraftProblemKind::ControlCharacters),
            ]
        );
        let long = "x".repeat(5_000);
        assert!(
            problems(
                &draft(&[("email", "a@b.example"), ("token", &long), ("idapp", "1")]),
                None
            )
            .iter()
            .any(|(field, kind)| field == "token" && matches!(kind, DraftProblemKind::TooLong(_)))
        );
        let mut other = draft(&good);
        other.name = "Taken".into();
        other.base_url = "http://gateway.example".into();
        other.default_country = "XX".into();
        assert_eq!(
            problems(&other, None),
            [
                ("name".to_owned(), DraftProblemKind::NameTaken),
                ("base_url".to_owned(), DraftProblemKind::NotEncrypted),
                ("default_country".to_owned(), DraftProblemKind::UnknownCountry),
            ]
        );
    }

    #[test]
    fn a_change_keeps_the_secret_that_was_not_typed() {
        let mut first = draft(&[("email", "a@b.example"), ("token", "t"), ("idapp", "1")]);
        first.name = "Loja".into();
        let stored = stored(&first);
        let change = draft(&[("email", "contato@lojacentro.example"), ("idapp", "48213")]);
        assert_eq!(problems(&change, Some(&stored)), []);
        assert_eq!(
            problems(&change, None),
            [("token".to_owned(), DraftProblemKind::Empty)]
        );
    }

    fn stored(draft: &AccountDraft) -> Account {
        let checked = check(draft, None, |_| false).unwrap_or_else(|problems| panic!("{problems:?}"));
        assemble(&checked, None, crate::domain::Timestamp(0))
    }

    #[test]
    fn only_what_the_chosen_way_needs_is_asked_and_kept() {
        let devino = |fields: &[(&str, &str)]| AccountDraft {
            gateway: Some(GatewayKind::Devino),
            ..draft(fields)
        };
        let by_key = stored(&devino(&[
            ("key", "k"),
            ("sender", "Loja"),
            ("login", "left over"),
        ]));
        let identity: Vec<_> = by_key
            .identity
            .iter()
            .map(|(key, value)| (&**key, &**value))
            .collect();
        assert_eq!(identity, [("auth_form", "key"), ("sender", "Loja")]);

        // The other way has other secrets: none of them is stored yet.
        let other = [("auth_form", "login"), ("login", "me"), ("sender", "Loja")];
        assert_eq!(
            problems(&devino(&other), Some(&by_key)),
            [("password".to_owned(), DraftProblemKind::Empty)]
        );
        let by_login = stored(&devino(&[&other[..], &[("password", "p")]].concat()));
        assert_eq!(problems(&devino(&other), Some(&by_login)), []);
        assert_eq!(no_longer_needed(&by_key, &by_login), ["key"]);
        assert_eq!(no_longer_needed(&by_login, &by_key), ["password"]);
        assert_eq!(no_longer_needed(&by_key, &by_key), Vec::<&str>::new());

        let unknown = devino(&[("auth_form", "smoke"), ("key", "k"), ("sender", "Loja")]);
        assert_eq!(
            problems(&unknown, None),
            [("auth_form".to_owned(), DraftProblemKind::Malformed)]
        );
    }
}
