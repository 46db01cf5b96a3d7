//! Templates in the composer: one is chosen, filled in, and takes the place of the free text until it is sent or put
//! away. What is written as free text stays where it is.

mod choice;
mod form;

pub(super) use form::{Form, FormAct};

use super::text::note;
use crate::domain::AccountId;
use crate::domain::conversation::TemplateDraft;
use crate::domain::template::{Template, TemplateParameter, TemplateProblem};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::read_model::Want;
use crate::ui::template_words;
use crate::ui::theme::Tone;
use choice::{Choice, Chosen};
use egui::Ui;

/// The dialog and the form.
#[derive(Default)]
pub(super) struct Templates {
    choice: Option<Choice>,
    form: Option<Form>,
    /// Kept with the draft, until its template has been read.
    kept: Option<TemplateDraft>,
    /// The template that was being filled in is not in the library any more.
    gone: bool,
}

impl Templates {
    /// Opens the dialog.
    pub(super) fn open(&mut self) {
        self.choice = Some(Choice::default());
    }

    /// The template that is being filled in.
    pub(super) fn form(&self) -> Option<&Form> {
        self.form.as_ref()
    }

    /// The same, to be changed.
    pub(super) fn form_mut(&mut self) -> Option<&mut Form> {
        self.form.as_mut()
    }

    /// Back to free text.
    pub(super) fn close_form(&mut self) {
        self.form = None;
        self.kept = None;
        self.gone = false;
    }

    /// Takes what was kept with the draft; what was chosen before that came is newer.
    pub(super) fn restore(&mut self, kept: Option<TemplateDraft>) {
        if self.form.is_none() {
            self.kept = kept;
        }
    }

    /// What is to be kept with the draft.
    pub(super) fn draft(&self) -> Option<TemplateDraft> {
        self.form.as_ref().map(Form::draft).or_else(|| self.kept.clone())
    }

    /// Opens the form again that was kept, as soon as the library has been read: its wording may have changed meanwhile.
    /// Says so where it is not there any more.
    pub(super) fn settle(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, account: AccountId) {
        if self.gone && self.form.is_none() {
            note(ui, ctx.theme, Tone::Warn, t!(ctx, "composer-template-gone"));
        }
        let Some(kept) = &self.kept else { return };
        ctx.want(Want::Templates(account));
        let read = ctx.model.templates(account);
        let Some(library) = read.and_then(|read| read.value.as_ref()) else {
            return;
        };
        let found = library.iter().find(|template| template.id == kept.template);
        self.form = found.map(|template| Form::again(template.clone(), kept));
        self.gone = found.is_none();
        self.kept = None;
    }

    /// Draws the dialog while it is open; `name` is that of the person.
    pub(super) fn choice_ui(&mut self, ui: &Ui, ctx: &UiContext<'_>, account: AccountId, name: Option<&str>) {
        let Some(choice) = &mut self.choice else { return };
        match choice.ui(ui, ctx, account) {
            Chosen::NotYet => return,
            Chosen::Nothing => {}
            Chosen::Template(template) => {
                self.close_form();
                self.form = Some(Form::new(*template, name));
            }
        }
        self.choice = None;
    }
}

/// How a parameter without a value is shown.
fn place(parameter: &TemplateParameter) -> String {
    format!("{{{}}}", parameter.name)
}

/// The text with the names of the parameters in their places.
fn with_names(template: &Template) -> String {
    let names: Vec<String> = template.parameters.iter().map(place).collect();
    template.shown(|position| names.get(position).map(String::as_str))
}

/// Why a template cannot be sent like this.
pub(super) fn problem_words(ctx: &UiContext<'_>, problem: &TemplateProblem) -> String {
    match problem {
        TemplateProblem::Missing(_)
        | TemplateProblem::BadValue(_)
        | TemplateProblem::ValueTooLong(..)
        | TemplateProblem::NoHeaderImage => template_words::problem(ctx.text, problem),
        // What is wrong with the template itself is said, and mended, in the library.
        _ => t!(ctx, "composer-template-broken"),
    }
}
