//! The form of one account: what was typed, what is under way, what came of it.

use super::countries;
use super::secret::{self, Revealing};
use super::values::{Values, is_needed};
use crate::domain::AccountId;
use crate::domain::account::{DraftProblem, DraftProblemKind};
use crate::engine::{AccountCommand, AccountError, AccountView, Answer, Command, Live, TestResult, Ticket};
use crate::gateway::{Capabilities, CredentialField};
use crate::t;
use crate::ui::context::{ToastKind, UiAction, UiContext};
use egui::Id;

/// What came of the last test or save.
pub(super) enum Outcome {
    Tested(Result<TestResult, AccountError>),
    Saved,
    NotSaved(AccountError),
}

/// The form of one account, new or saved.
pub(super) struct AccountForm {
    /// Which account is changed; `None` for a new one.
    pub id: Option<AccountId>,
    pub values: Values,
    /// What is saved; the form is changed where it differs.
    baseline: Values,
    /// Whether it has been tried: only then are missing things pointed out.
    tried: bool,
    /// What the engine would not take, until it is changed.
    refused: Vec<(DraftProblem, Values)>,
    saving: Option<(Ticket, Values)>,
    testing: Option<(Ticket, Values)>,
    pub outcome: Option<Outcome>,
    pub revealing: Revealing,
    /// Whether the country is typed by its code.
    pub country_by_code: bool,
    pub advanced: bool,
    /// Whether the account has been seen among those that are live.
    seen: bool,
    /// The field that is to take the keyboard.
    pub focus: Option<String>,
    /// Tells the fields of one form from those of another.
    serial: u64,
}

impl AccountForm {
    pub fn new_account(live: &Live, serial: u64) -> Self {
        Self::with(None, Values::new(live), serial)
    }

    pub fn of(view: &AccountView, serial: u64) -> Self {
        let values = Values::of(&view.account, view.capabilities);
        let mut form = Self::with(Some(view.account.id), values, serial);
        form.seen = true;
        form
    }

    fn with(id: Option<AccountId>, values: Values, serial: u64) -> Self {
        Self {
            id,
            country_by_code: !countries::is_offered(&values.country),
            baseline: values.clone(),
            values,
            tried: false,
            refused: Vec::new(),
            saving: None,
            testing: None,
            outcome: None,
            revealing: Revealing::default(),
            advanced: false,
            seen: false,
            focus: None,
            serial,
        }
    }

    /// The id of a field's text edit.
    pub fn field_id(&self, key: &str) -> Id {
        Id::unique(("account-field", self.serial, key))
    }

    /// Whether anything typed is not saved.
    pub fn is_changed(&self) -> bool {
        self.values != self.baseline
    }

    pub fn is_testing(&self) -> bool {
        self.testing.is_some()
    }

    pub fn is_saving(&self) -> bool {
        self.saving.is_some()
    }

    /// What the gateway of this form can do.
    pub fn capabilities(&self, ctx: &UiContext<'_>) -> Option<&'static Capabilities> {
        match self.id.and_then(|id| ctx.live.account(id)) {
            Some(view) => Some(view.capabilities),
            None => self.values.capabilities(),
        }
    }

    /// Takes over what has changed in the account elsewhere. Returns whether the account is still there.
    pub fn follow(&mut self, live: &Live) -> bool {
        let Some(id) = self.id else { return true };
        let Some(view) = live.account(id) else {
            return !self.seen;
        };
        self.seen = true;
        let stored = Values::of(&view.account, view.capabilities);
        if !self.is_changed() && self.saving.is_none() && stored != self.baseline {
            self.country_by_code = !countries::is_offered(&stored.country);
            self.values = stored.clone();
            self.baseline = stored;
        }
        true
    }

    /// Every problem of a field that may be pointed out now.
    pub fn problem(&self, ctx: &UiContext<'_>, field: &str) -> Option<DraftProblemKind> {
        let refused = self
            .refused
            .iter()
            .find(|(problem, values)| problem.field == field && same(&self.values, values, field));
        if let Some((problem, _)) = refused {
            return Some(problem.kind);
        }
        if !self.tried {
            return None;
        }
        self.problems(ctx)
            .into_iter()
            .find(|problem| problem.field == field)
            .map(|problem| problem.kind)
    }

    fn problems(&self, ctx: &UiContext<'_>) -> Vec<DraftProblem> {
        let known = self.capabilities(ctx);
        let kept = |credential: &CredentialField| self.is_stored(known, credential);
        self.values.problems(known, self.id, kept, ctx.live)
    }

    /// Whether the account has this secret already: one of another way of sending the credentials it has not.
    pub fn is_stored(&self, known: Option<&Capabilities>, credential: &CredentialField) -> bool {
        let form = known.and_then(|known| self.baseline.auth_form(known));
        self.id.is_some() && credential.secret && is_needed(credential, form)
    }

    /// Looks at what was typed before anything is asked of the engine. The first field that cannot stand takes the
    /// keyboard.
    fn may_go(&mut self, ctx: &UiContext<'_>) -> bool {
        self.tried = true;
        let problems = self.problems(ctx);
        self.point_at(problems.first());
        problems.is_empty()
    }

    fn point_at(&mut self, problem: Option<&DraftProblem>) {
        if let Some(problem) = problem {
            self.advanced |= matches!(problem.field.as_str(), "base_url" | "default_country");
            self.focus = Some(problem.field.clone());
        }
    }

    pub fn test(&mut self, ctx: &UiContext<'_>) {
        self.outcome = None;
        if self.testing.is_some() || !self.may_go(ctx) {
            return;
        }
        let ticket = ctx.ticket();
        ctx.send(Command::Account(AccountCommand::Test {
            ticket,
            id: self.id,
            draft: Box::new(self.values.draft()),
        }));
        self.testing = Some((ticket, self.values.clone()));
    }

    pub fn save(&mut self, ctx: &UiContext<'_>) {
        self.outcome = None;
        if self.saving.is_some() || !self.may_go(ctx) {
            return;
        }
        let ticket = ctx.ticket();
        ctx.send(Command::Account(AccountCommand::Save {
            ticket,
            id: self.id,
            draft: Box::new(self.values.draft()),
        }));
        self.saving = Some((ticket, self.values.clone()));
    }

    /// Takes the answers that have come. Returns the account that has just been saved.
    pub fn take_answers(&mut self, ctx: &UiContext<'_>) -> Option<AccountId> {
        self.revealing.take_answer(ctx);
        if let Some((ticket, values)) = self.testing.take() {
            match ctx.take_answer(ticket) {
                None => self.testing = Some((ticket, values)),
                Some(answer) => self.tested(answer, values),
            }
        }
        let (ticket, values) = self.saving.take()?;
        match ctx.take_answer(ticket) {
            None => {
                self.saving = Some((ticket, values));
                None
            }
            Some(answer) => self.saved(ctx, answer, values),
        }
    }

    fn tested(&mut self, answer: Answer, values: Values) {
        let result = match answer {
            Answer::Tested(result) => result,
            Answer::Failed(words) => Err(AccountError::Store(words)),
            _ => return,
        };
        // An answer about something else than what stands there now would mislead.
        if let Err(AccountError::Fields(problems)) = result {
            self.refuse(problems, values);
        } else if self.values == values {
            self.outcome = Some(Outcome::Tested(result));
        }
    }

    fn saved(&mut self, ctx: &UiContext<'_>, answer: Answer, values: Values) -> Option<AccountId> {
        let error = match answer {
            Answer::Saved(Ok(id)) => {
                self.keep(ctx, id, values);
                return Some(id);
            }
            Answer::Saved(Err(AccountError::Fields(problems))) => {
                self.refuse(problems, values);
                return None;
            }
            Answer::Saved(Err(error)) => error,
            Answer::Failed(words) => AccountError::Store(words),
            _ => return None,
        };
        self.outcome = Some(Outcome::NotSaved(error));
        None
    }

    /// What was sent is saved now; what was typed since is not.
    fn keep(&mut self, ctx: &UiContext<'_>, id: AccountId, sent: Values) {
        let mut kept = Values {
            name: sent.name.trim().to_owned(),
            ..sent.clone()
        };
        if let Some(capabilities) = self.capabilities(ctx) {
            for credential in capabilities.credentials.iter().filter(|field| field.secret) {
                if let Some(value) = kept.fields.get_mut(credential.key) {
                    value.clear();
                }
            }
        }
        if self.values == sent {
            self.values = kept.clone();
        }
        self.baseline = kept;
        let is_new = self.id.is_none();
        self.id = Some(id);
        self.tried = false;
        self.refused.clear();
        if is_new {
            self.outcome = Some(Outcome::Saved);
        }
        let words = t!(ctx, "accounts-saved", account = self.baseline.name.as_str());
        ctx.act(UiAction::Toast(ToastKind::Done, words));
    }

    fn refuse(&mut self, problems: Vec<DraftProblem>, values: Values) {
        self.tried = true;
        self.point_at(problems.first());
        self.refused = problems
            .into_iter()
            .map(|problem| (problem, values.clone()))
            .collect();
    }

    /// Nobody looks at a secret any more. Returns the ticket of an answer that nobody waits for.
    pub fn release(&mut self) -> Option<Ticket> {
        self.revealing.release()
    }

    /// Lets go of what egui keeps of the fields for *undo*: it holds what was typed.
    pub fn forget_typing(&self, context: &egui::Context) {
        for key in self.values.fields.keys() {
            secret::forget_typing(context, self.field_id(key));
        }
    }
}

fn same(left: &Values, right: &Values, field: &str) -> bool {
    match field {
        "name" => left.name == right.name,
        "gateway" => left.gateway == right.gateway,
        "base_url" => left.base_url == right.base_url,
        "default_country" => left.country == right.country,
        key => left.fields.get(key) == right.fields.get(key),
    }
}
