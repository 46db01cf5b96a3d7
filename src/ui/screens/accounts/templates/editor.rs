//! The dialog in which a template is written down.

use super::preview::preview_ui;
use crate::domain::template::{TemplateParameter, TemplateProblem, places};
use crate::domain::{AccountId, Template, TemplateId};
use crate::engine::{AccountView, Answer, Command, TemplateCommand, TemplateError, Ticket};
use crate::gateway::TemplateForm;
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::template_words;
use crate::ui::theme::{Type, Weight, space};
use crate::ui::widgets::{Button, Field, dialog_sized, hint, label, toggle_row};
use egui::{Context, Id, Ui};

/// How wide the dialog is, in points.
const WIDTH: f32 = 560.0;
/// Longest text that can be typed into a field at all, in characters: longer ones are told to be too long.
const TYPED_MAX: usize = 4_000;

/// What was pressed in the dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pressed {
    Nothing,
    Close,
    Save,
}

/// What became of the dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// It was given up.
    Closed,
    /// The template is kept.
    Saved,
}

/// A template while it is being written down.
pub(super) struct Editor {
    template: Template,
    /// As it was when the dialog opened.
    baseline: Template,
    is_new: bool,
    /// Parameters that the wording has no place for just now: their names are not lost while it is being changed.
    spare: Vec<TemplateParameter>,
    /// Whether it has been tried to save it: only then are missing things pointed out.
    tried: bool,
    /// What the library would not take, and of which template.
    refused: Option<(TemplateError, Template)>,
    saving: Option<(Ticket, Template)>,
    /// Whether the first field is to take the keyboard.
    fresh: bool,
}

impl Editor {
    /// Of a new one, in the language of the one that was changed last.
    pub fn new(account: AccountId, language: Option<String>) -> Self {
        let template = Template {
            id: TemplateId::new(),
            account,
            key: String::new(),
            language: language.unwrap_or_default(),
            text: String::new(),
            parameters: Vec::new(),
            header_image: false,
            updated_at: crate::domain::Timestamp(0),
        };
        Self::with(template, true)
    }

    /// Of one that is there.
    pub fn of(template: Template) -> Self {
        Self::with(template, false)
    }

    fn with(template: Template, is_new: bool) -> Self {
        Self {
            baseline: template.clone(),
            template,
            is_new,
            spare: Vec::new(),
            tried: false,
            refused: None,
            saving: None,
            fresh: true,
        }
    }

    /// Draws it; what became of it, once.
    pub fn ui(
        &mut self,
        context: &Context,
        ctx: &UiContext<'_>,
        view: &AccountView,
        form: TemplateForm,
    ) -> Option<Ended> {
        if self.take_answer(ctx) {
            return Some(Ended::Saved);
        }
        let title = if self.is_new {
            t!(ctx, "templates-new")
        } else {
            t!(ctx, "templates-change")
        };
        let shown = dialog_sized(context, ctx.theme, "template", title, WIDTH, |ui| {
            self.fields_ui(ui, ctx, view, form);
            self.buttons_ui(ui, ctx)
        });
        let pressed = shown.inner.unwrap_or(Pressed::Nothing);
        if pressed == Pressed::Save {
            self.save(ctx, form);
        }
        // A click beside the dialog must not lose what was typed: that takes *Cancel*.
        let untouched = self.template == self.baseline;
        let closed = pressed == Pressed::Close || (shown.should_close && untouched);
        (closed && self.saving.is_none()).then_some(Ended::Closed)
    }

    fn save(&mut self, ctx: &UiContext<'_>, form: TemplateForm) {
        self.tried = true;
        if self.saving.is_some() || !self.cleaned(ctx).problems(form.key_max).is_empty() {
            return;
        }
        let template = self.cleaned(ctx);
        let ticket = ctx.ticket();
        ctx.send(Command::Template(TemplateCommand::Save(
            ticket,
            Box::new(template),
        )));
        self.saving = Some((ticket, self.template.clone()));
    }

    /// Whether it is kept.
    fn take_answer(&mut self, ctx: &UiContext<'_>) -> bool {
        let Some((ticket, sent)) = self.saving.take() else {
            return false;
        };
        match ctx.take_answer(ticket) {
            None => self.saving = Some((ticket, sent)),
            Some(Answer::TemplateSaved(Ok(_))) => return true,
            Some(Answer::TemplateSaved(Err(error))) => self.refused = Some((error, sent)),
            Some(Answer::Failed(words)) => self.refused = Some((TemplateError::Store(words), sent)),
            Some(_) => {}
        }
        false
    }

    /// As it goes to the library: without the blanks around what was typed.
    fn cleaned(&self, ctx: &UiContext<'_>) -> Template {
        let trimmed = |words: &str| words.trim().to_owned();
        let parameters = self.template.parameters.iter();
        Template {
            key: trimmed(&self.template.key),
            language: trimmed(&self.template.language),
            parameters: parameters
                .map(|parameter| TemplateParameter {
                    name: trimmed(&parameter.name),
                    sample: trimmed(&parameter.sample),
                })
                .collect(),
            updated_at: ctx.now,
            ..self.template.clone()
        }
    }

    /// What may be pointed out now.
    fn problems(&self, ctx: &UiContext<'_>, form: TemplateForm) -> Vec<TemplateProblem> {
        let mut problems = if self.tried {
            self.cleaned(ctx).problems(form.key_max)
        } else {
            Vec::new()
        };
        if let Some((TemplateError::Problems(refused), of)) = &self.refused
            && *of == self.template
        {
            let further = refused.iter().filter(|problem| !problems.contains(problem));
            let further: Vec<TemplateProblem> = further.cloned().collect();
            problems.extend(further);
        }
        problems
    }

    fn fields_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView, form: TemplateForm) {
        ui.spacing_mut().item_spacing.y = space::M;
        let problems = self.problems(ctx, form);
        let told = |fits: &dyn Fn(&TemplateProblem) -> bool| {
            let mut words = problems.iter().filter(|problem| fits(problem));
            words
                .next()
                .map(|problem| template_words::problem(ctx.text, problem))
        };
        let is_key = |problem: &TemplateProblem| {
            matches!(
                problem,
                TemplateProblem::NoKey | TemplateProblem::BadKey(_) | TemplateProblem::Taken
            )
        };
        let is_text = |problem: &TemplateProblem| {
            matches!(
                problem,
                TemplateProblem::NoText | TemplateProblem::TextTooLong(_) | TemplateProblem::Places(_)
            )
        };
        self.key_ui(ui, ctx, view, form, told(&is_key));
        let error = told(&|problem| *problem == TemplateProblem::BadLanguage);
        let vendor = view.capabilities.vendor;
        Field::new(t!(ctx, "templates-language"), &mut self.template.language)
            .hint("pt_BR")
            .help(Some(t!(ctx, "templates-language-help", vendor = vendor)))
            .error(error)
            .max_chars(40)
            .show(ui, ctx.theme);
        let text = Field::new(t!(ctx, "templates-text"), &mut self.template.text)
            .multiline(4)
            .help(Some(t!(ctx, "templates-text-help", vendor = vendor)))
            .error(told(&is_text))
            .max_chars(TYPED_MAX)
            .show(ui, ctx.theme);
        if text.changed() {
            self.follow_places();
        }
        for index in 0..self.template.parameters.len() {
            let error = told(&|problem| *problem == TemplateProblem::ParameterName(index + 1));
            self.parameter_ui(ui, ctx, index, error);
        }
        if form.header_image {
            let words = t!(ctx, "templates-header-image");
            toggle_row(ui, ctx.theme, words, "", &mut self.template.header_image);
        } else if self.template.header_image {
            hint(
                ui,
                ctx.theme,
                t!(ctx, "templates-no-header-image", vendor = vendor),
            );
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            let with_picture = form.header_image;
            preview_ui(ui, ctx, &self.template, with_picture);
        });
    }

    fn key_ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        view: &AccountView,
        form: TemplateForm,
        error: Option<String>,
    ) {
        let vendor = view.capabilities.vendor;
        let (words, help) = if form.by_identifier {
            (
                t!(ctx, "templates-identifier"),
                t!(ctx, "templates-identifier-help", vendor = vendor),
            )
        } else {
            (
                t!(ctx, "templates-name"),
                t!(ctx, "templates-name-help", vendor = vendor),
            )
        };
        let key = Field::new(words, &mut self.template.key)
            .id(Id::unique("template-key"))
            .help(Some(help))
            .error(error)
            .max_chars(TYPED_MAX)
            .show(ui, ctx.theme);
        if std::mem::take(&mut self.fresh) && self.is_new {
            key.request_focus();
        }
    }

    /// The name and the sample of a parameter, side by side.
    fn parameter_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, index: usize, error: Option<String>) {
        let Some(parameter) = self.template.parameters.get_mut(index) else {
            return;
        };
        let number = index + 1;
        let half = ((ui.available_width() - space::M) / 2.0).floor();
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            ui.vertical(|ui| {
                ui.set_width(half);
                Field::new(
                    t!(ctx, "templates-parameter-name", number = number),
                    &mut parameter.name,
                )
                .id(Id::unique(("template-parameter-name", index)))
                .error(error)
                .max_chars(60)
                .width(half)
                .show(ui, ctx.theme);
            });
            ui.vertical(|ui| {
                ui.set_width(half);
                Field::new(
                    t!(ctx, "templates-parameter-sample", number = number),
                    &mut parameter.sample,
                )
                .id(Id::unique(("template-parameter-sample", index)))
                .max_chars(Template::VALUE_MAX)
                .width(half)
                .show(ui, ctx.theme);
            });
        });
    }

    /// As many parameters as the wording has places for.
    fn follow_places(&mut self) {
        let wanted = places(&self.template.text).min(Template::PARAMETERS_MAX);
        let parameters = &mut self.template.parameters;
        while parameters.len() > wanted {
            self.spare.extend(parameters.pop());
        }
        while parameters.len() < wanted {
            parameters.push(self.spare.pop().unwrap_or_default());
        }
    }

    fn buttons_ui(&self, ui: &mut Ui, ctx: &UiContext<'_>) -> Pressed {
        let theme = ctx.theme;
        if let Some((error, of)) = &self.refused
            && *of == self.template
            && !matches!(error, TemplateError::Problems(_))
        {
            let words = template_words::error(ctx.text, error);
            label(
                ui,
                theme,
                words,
                Type::Secondary,
                Weight::Regular,
                theme.colors.bad,
            );
        }
        hint(ui, theme, t!(ctx, "templates-own-copy"));
        ui.horizontal(|ui| {
            let cancel = Button::secondary(t!(ctx, "cancel")).show(ui, theme).clicked();
            let save = Button::primary(t!(ctx, "templates-save"))
                .busy(self.saving.is_some())
                .show(ui, theme)
                .clicked();
            match (save, cancel) {
                (true, _) => Pressed::Save,
                (false, true) => Pressed::Close,
                (false, false) => Pressed::Nothing,
            }
        })
        .inner
    }
}
