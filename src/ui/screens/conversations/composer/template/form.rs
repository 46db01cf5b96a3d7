//! A template that is being filled in: a field for each parameter, and the message as the person will see it.

use super::super::super::bubble;
use super::super::super::chip::Chip;
use super::super::text::note;
use super::problem_words;
use crate::domain::conversation::TemplateDraft;
use crate::domain::settings::SendKey;
use crate::domain::template::{Template, TemplateMessage, TemplateParameter, TemplateProblem};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::fuzzy;
use crate::ui::theme::{Tone, Type, Weight, icons, space};
use crate::ui::widgets::{self, Field};
use egui::{Id, Key, Response, ScrollArea, Ui};

/// From here on, in points, two fields stand beside each other.
const TWO_COLUMNS: f32 = 480.0;
/// Height from which on the preview scrolls, in points.
const PREVIEW_MAX: f32 = 190.0;
/// What a parameter is called that stands for the person's name, in the languages of the program.
const NAMES: [&str; 3] = ["name", "nome", "nombre"];

/// The template and its values.
pub(in super::super) struct Form {
    template: Template,
    values: Vec<String>,
    /// The operator wanted to send it: what is missing is marked from then on.
    tried: bool,
    /// The field that is to get the keyboard.
    focus: Option<usize>,
    /// A field that gets the keyboard is brought into sight. Not the first one: the form begins at its top.
    follows: bool,
}

/// What the operator did in the form.
#[derive(Default)]
pub(in super::super) struct FormAct {
    /// Pressed the key that sends.
    pub(in super::super) send: bool,
    /// Wants free text again.
    pub(in super::super) close: bool,
}

impl Form {
    /// A form for a template; the parameter for a name begins with that of the person.
    pub(super) fn new(template: Template, name: Option<&str>) -> Self {
        let value = |parameter: &str| {
            let stands_for_name = NAMES.contains(&fuzzy::folded(parameter.trim()).as_str());
            name.filter(|_| stands_for_name).unwrap_or_default().to_owned()
        };
        let values: Vec<String> = template
            .parameters
            .iter()
            .map(|parameter| value(&parameter.name))
            .collect();
        let focus = values.iter().position(String::is_empty);
        Self {
            focus: focus.or((!values.is_empty()).then_some(0)),
            template,
            values,
            tried: false,
            follows: false,
        }
    }

    /// The form as it was kept: the values by the names of their parameters.
    pub(super) fn again(template: Template, kept: &TemplateDraft) -> Self {
        let value = |parameter: &TemplateParameter| {
            let mut kept = kept.values.iter();
            let found = kept.find(|(name, _)| *name == parameter.name);
            found.map_or_else(String::new, |(_, value)| value.clone())
        };
        Self {
            values: template.parameters.iter().map(value).collect(),
            template,
            tried: false,
            focus: None,
            follows: true,
        }
    }

    /// What is to be kept with the draft.
    pub(super) fn draft(&self) -> TemplateDraft {
        let names = self.template.parameters.iter();
        TemplateDraft {
            template: self.template.id,
            values: names
                .map(|parameter| parameter.name.clone())
                .zip(self.values.iter().cloned())
                .collect(),
            shown: self.text(),
        }
    }

    /// Whether a picture stands above the text.
    pub(in super::super) fn has_picture(&self) -> bool {
        self.template.header_image
    }

    /// The message with its text, or what is missing.
    pub(in super::super) fn filled(
        &self,
        has_picture: bool,
    ) -> Result<(TemplateMessage, String), Vec<TemplateProblem>> {
        self.template.filled(&self.values, has_picture)
    }

    /// The text as far as it is filled in; the parameters' names stand where nothing is.
    pub(in super::super) fn text(&self) -> String {
        let names: Vec<String> = self.template.parameters.iter().map(super::place).collect();
        self.template.shown(|position| {
            let value = self.values.get(position).map(|value| value.trim());
            value
                .filter(|value| !value.is_empty())
                .or_else(|| names.get(position).map(String::as_str))
        })
    }

    /// The operator wants to send it: what is missing is marked, and the first such field gets the keyboard.
    pub(in super::super) fn mark_missing(&mut self) {
        self.tried = true;
        self.focus = self.values.iter().position(|value| value.trim().is_empty());
    }

    /// Draws it; `slot` draws the place for the picture, where there is one.
    pub(in super::super) fn ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        (locked, picture): (bool, Option<&str>),
        slot: impl FnOnce(&mut Ui),
    ) -> FormAct {
        let mut act = FormAct::default();
        let chip = Chip {
            tone: Tone::Accent,
            icon: icons::SQUARE_PEN,
            text: format!("{} · {}", self.template.key, self.template.language),
            remove: &t!(ctx, "composer-template-back"),
        };
        ui.horizontal(|ui| act.close = chip.show(ui, ctx.theme).1 && !locked);
        act.send = self.fields_ui(ui, ctx, locked);
        if self.template.header_image {
            let color = ctx.theme.colors.text;
            let words = t!(ctx, "composer-template-picture");
            widgets::label(ui, ctx.theme, words, Type::Secondary, Weight::Medium, color);
            slot(ui);
            if self.tried && picture.is_none() {
                let words = problem_words(ctx, &TemplateProblem::NoHeaderImage);
                note(ui, ctx.theme, Tone::Bad, words);
            }
        }
        self.preview_ui(ui, ctx, picture);
        act
    }

    fn fields_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, locked: bool) -> bool {
        let two = ui.available_width() >= TWO_COLUMNS && self.values.len() > 1;
        let width = if two {
            (ui.available_width() - space::M) / 2.0
        } else {
            ui.available_width()
        };
        let problems = self.filled(true).err().unwrap_or_default();
        let mut send = false;
        let per_row = if two { 2 } else { 1 };
        for first in (0..self.values.len()).step_by(per_row) {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = space::M;
                for index in first..(first + per_row).min(self.values.len()) {
                    send |= self.field_ui(ui, ctx, index, &problems, (width, locked));
                }
            });
        }
        send
    }

    fn field_ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        index: usize,
        problems: &[TemplateProblem],
        (width, locked): (f32, bool),
    ) -> bool {
        let tried = self.tried;
        let (Some(parameter), Some(value)) =
            (self.template.parameters.get(index), self.values.get_mut(index))
        else {
            return false;
        };
        let error = problems.iter().find(|problem| match problem {
            TemplateProblem::Missing(name) => tried && *name == parameter.name,
            TemplateProblem::BadValue(name) | TemplateProblem::ValueTooLong(name, _) => {
                *name == parameter.name
            }
            _ => false,
        });
        let id = ui.scope_id().with(("template value", index));
        let field = Field::new(parameter.name.as_str(), value)
            .hint(parameter.sample.as_str())
            .error(error.map(|problem| problem_words(ctx, problem)))
            .max_chars(Template::VALUE_MAX)
            .enabled(!locked)
            .width(width)
            .id(id)
            .show(ui, ctx.theme);
        if self.focus == Some(index) {
            self.focus = None;
            field.request_focus();
        }
        if field.gained_focus() {
            if self.follows {
                field.scroll_to_me(None);
            }
            self.follows = true;
        }
        sends(ui, ctx, &field, id)
    }

    fn preview_ui(&self, ui: &mut Ui, ctx: &UiContext<'_>, picture: Option<&str>) {
        widgets::hint(ui, ctx.theme, t!(ctx, "templates-preview"));
        let text = self.text();
        ScrollArea::vertical()
            .id_salt("template preview")
            .max_height(PREVIEW_MAX)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                let room = ui.available_width();
                bubble::preview_ui(ui, ctx.theme, &text, picture, room);
            });
    }
}

/// Whether the key that sends was pressed in a field.
fn sends(ui: &Ui, ctx: &UiContext<'_>, field: &Response, id: Id) -> bool {
    let (enter, command) = ui.input(|input| (input.key_pressed(Key::Enter), input.modifiers.command));
    let here = field.lost_focus() || ui.memory(|memory| memory.has_focus(id));
    let meant = match ctx.live.settings.send_key {
        SendKey::Enter => true,
        SendKey::CtrlEnter => command,
    };
    here && enter && meant
}
