//! What was typed into the card, what is under way, what came of it.

use super::super::secret::{self, Revealing};
use super::said::Outcome;
use super::values::{Place, Values};
use crate::domain::AccountId;
use crate::domain::account::DraftProblemKind;
use crate::domain::hosting::{AttachmentHosting, HostingError, StorageProblem};
use crate::domain::text::shown_name;
use crate::engine::{AccountView, Answer, AttachmentCommand, Command, Ticket};
use crate::t;
use crate::ui::context::{ToastKind, UiContext};
use egui::Id;

/// The fields that hold text, in the order in which they stand.
const FIELDS: [&str; 6] = [
    "endpoint",
    "bucket",
    "region",
    "access_key",
    "secret_key",
    "prefix",
];

/// The card of one account.
pub(in super::super) struct HostingForm {
    /// Of which account.
    pub(in super::super) account: AccountId,
    pub(super) values: Values,
    /// What is saved; the form is changed where it differs.
    baseline: Values,
    /// What the account had when it was last looked at: it may lag behind what has just been saved.
    seen: AttachmentHosting,
    /// Whether it has been tried: only then are missing things pointed out.
    tried: bool,
    /// What the engine would not take, until it is changed.
    refused: Vec<(StorageProblem, Values)>,
    testing: Option<(Ticket, Values)>,
    saving: Option<(Ticket, Values)>,
    /// What came of the last test or save, and of which values.
    outcome: Option<(Outcome, Values)>,
    pub(super) revealing: Revealing,
    /// The field that is to take the keyboard.
    pub(super) focus: Option<&'static str>,
}

impl HostingForm {
    /// The card of an account as it is saved.
    pub(in super::super) fn of(view: &AccountView) -> Self {
        let values = Values::of(&view.account.hosting);
        Self {
            account: view.account.id,
            baseline: values.clone(),
            values,
            seen: view.account.hosting.clone(),
            tried: false,
            refused: Vec::new(),
            testing: None,
            saving: None,
            outcome: None,
            revealing: Revealing::default(),
            focus: None,
        }
    }

    /// Whether anything chosen or typed is not saved.
    pub(in super::super) fn is_changed(&self) -> bool {
        self.values.differs_from(&self.baseline)
    }

    pub(super) fn is_testing(&self) -> bool {
        self.testing.is_some()
    }

    pub(super) fn is_saving(&self) -> bool {
        self.saving.is_some()
    }

    /// The account, where it has keys that are kept.
    pub(super) fn kept_keys(&self) -> Option<AccountId> {
        (self.baseline.place == Place::Storage).then_some(self.account)
    }

    /// What came of the last test or save, as long as it is about what stands there.
    pub(super) fn outcome(&self) -> Option<&Outcome> {
        let (outcome, of) = self.outcome.as_ref()?;
        (*of == self.values || matches!(outcome, Outcome::NotSaved(_))).then_some(outcome)
    }

    /// The id of a field's text edit.
    pub(super) fn field_id(&self, key: &str) -> Id {
        Id::unique(("hosting-field", self.account.0, key))
    }

    /// What is wrong with a field, as far as it may be pointed out now.
    pub(super) fn problem(&self, field: &str) -> Option<DraftProblemKind> {
        let refused = self
            .refused
            .iter()
            .find(|(problem, values)| problem.field == field && self.values.same(values, field));
        if let Some((problem, _)) = refused {
            return Some(problem.kind);
        }
        let problems = if self.tried {
            self.values.problems(self.kept_keys().is_some())
        } else {
            Vec::new()
        };
        let mine = problems.into_iter().find(|problem| problem.field == field);
        mine.map(|problem| problem.kind)
    }

    /// Takes over what has changed in the account elsewhere.
    pub(in super::super) fn follow(&mut self, view: &AccountView) {
        if view.account.hosting == self.seen {
            return;
        }
        self.seen = view.account.hosting.clone();
        let stored = Values::of(&self.seen);
        if !self.is_changed() && self.saving.is_none() {
            self.values = stored.clone();
        }
        self.baseline = stored;
    }

    /// Goes back to what is saved. Returns the ticket of an answer that nobody waits for any more.
    pub(super) fn undo(&mut self, context: &egui::Context) -> Option<Ticket> {
        self.values = self.baseline.clone();
        self.tried = false;
        self.refused.clear();
        self.outcome = None;
        self.forget_typing(context);
        self.revealing.release()
    }

    /// Ends it. Returns the ticket of an answer that nobody waits for any more.
    pub(in super::super) fn close(mut self, context: &egui::Context) -> Option<Ticket> {
        self.forget_typing(context);
        self.revealing.release()
    }

    fn forget_typing(&self, context: &egui::Context) {
        for field in FIELDS {
            secret::forget_typing(context, self.field_id(field));
        }
    }

    /// Looks at what was typed before anything is asked of the engine.
    fn may_go(&mut self) -> bool {
        self.tried = true;
        self.outcome = None;
        let problems = self.values.problems(self.kept_keys().is_some());
        self.focus = problems.first().map(|problem| problem.field);
        problems.is_empty()
    }

    pub(super) fn test(&mut self, ctx: &UiContext<'_>) {
        if self.testing.is_some() || !self.may_go() {
            return;
        }
        let ticket = ctx.ticket();
        ctx.send(Command::Attachment(AttachmentCommand::TestHosting {
            ticket,
            account: self.account,
            hosting: self.values.hosting(),
            keys: self.values.keys(),
        }));
        self.testing = Some((ticket, self.values.clone()));
    }

    pub(super) fn save(&mut self, ctx: &UiContext<'_>) {
        if self.saving.is_some() || !self.may_go() {
            return;
        }
        let ticket = ctx.ticket();
        ctx.send(Command::Attachment(AttachmentCommand::SetHosting {
            ticket,
            account: self.account,
            hosting: self.values.hosting(),
            keys: self.values.keys(),
        }));
        self.saving = Some((ticket, self.values.clone()));
    }

    /// Takes the answers that have come.
    pub(in super::super) fn take_answers(&mut self, context: &egui::Context, ctx: &UiContext<'_>) {
        self.revealing.take_answer(ctx);
        if let Some((ticket, values)) = self.testing.take() {
            match ctx.take_answer(ticket) {
                None => self.testing = Some((ticket, values)),
                Some(answer) => self.tested(answer, values),
            }
        }
        if let Some((ticket, values)) = self.saving.take() {
            match ctx.take_answer(ticket) {
                None => self.saving = Some((ticket, values)),
                Some(answer) => self.saved(context, ctx, answer, values),
            }
        }
    }

    fn tested(&mut self, answer: Answer, values: Values) {
        let result = match answer {
            Answer::HostingTested(result) => result,
            Answer::Failed(words) => Err(HostingError::Store(words)),
            _ => return,
        };
        match result {
            Err(HostingError::Fields(problems)) => self.refuse(problems, values),
            result => self.outcome = Some((Outcome::Tested(result), values)),
        }
    }

    fn saved(&mut self, context: &egui::Context, ctx: &UiContext<'_>, answer: Answer, values: Values) {
        let error = match answer {
            Answer::HostingSaved(Ok(())) => {
                self.keep(context, ctx, values);
                return;
            }
            Answer::HostingSaved(Err(HostingError::Fields(problems))) => {
                self.refuse(problems, values);
                return;
            }
            Answer::HostingSaved(Err(error)) => error,
            Answer::Failed(words) => HostingError::Store(words),
            _ => return,
        };
        self.outcome = Some((Outcome::NotSaved(error), values));
    }

    /// What was sent is saved now; what was typed since is not.
    fn keep(&mut self, context: &egui::Context, ctx: &UiContext<'_>, sent: Values) {
        // As the engine has it: without the blanks and slashes that were typed around it.
        let kept = Values {
            place: sent.place,
            ..match sent.hosting() {
                hosting @ AttachmentHosting::Storage(_) => Values::of(&hosting),
                _ => sent.without_keys(),
            }
        };
        if self.values == sent {
            self.values = kept.clone();
            self.forget_typing(context);
        }
        self.baseline = kept;
        self.tried = false;
        self.refused.clear();
        let name = ctx.live.account(self.account).map(|view| &view.account.name);
        let name = shown_name(name.map_or("", String::as_str));
        let words = t!(ctx, "hosting-saved", account = name);
        ctx.act(crate::ui::context::UiAction::Toast(ToastKind::Done, words));
    }

    fn refuse(&mut self, problems: Vec<StorageProblem>, values: Values) {
        self.tried = true;
        self.focus = problems.first().map(|problem| problem.field);
        self.refused = problems
            .into_iter()
            .map(|problem| (problem, values.clone()))
            .collect();
    }
}
