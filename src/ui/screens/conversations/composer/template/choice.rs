//! The dialog in which a template is chosen: the account's library, searched by typing.

use super::super::super::quick_replies::{BEGINNING, list_keys, row_ui};
use crate::domain::AccountId;
use crate::domain::template::Template;
use crate::domain::text::one_line;
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::fuzzy;
use crate::ui::read_model::Want;
use crate::ui::screens::Screen;
use crate::ui::theme::{Tone, icons, space};
use crate::ui::widgets;
use egui::{EventFilter, Id, ScrollArea, Ui, vec2};

/// How wide the dialog is, in points, where the window allows.
const WIDTH: f32 = 520.0;
/// Height from which on the list scrolls, in points.
const HEIGHT_MAX: f32 = 320.0;

/// What is typed into the search, and which row the keys have chosen.
#[derive(Default)]
pub(super) struct Choice {
    search: String,
    chosen: usize,
    /// Whether it has been drawn, and whether the search has been given the keyboard.
    shown: bool,
    focused: bool,
}

/// What became of the dialog in this frame.
pub(super) enum Chosen {
    /// It is still open.
    NotYet,
    /// It was closed without a template.
    Nothing,
    /// This one.
    Template(Box<Template>),
}

impl Choice {
    /// Draws the dialog.
    pub(super) fn ui(&mut self, ui: &Ui, ctx: &UiContext<'_>, account: AccountId) -> Chosen {
        if !self.shown {
            // The library is changed elsewhere.
            ctx.want(Want::TemplatesAgain(account));
        }
        ctx.want(Want::Templates(account));
        let title = t!(ctx, "composer-template-choose");
        let shown = widgets::dialog::dialog_sized(
            ui.ctx(),
            ctx.theme,
            ("templates", account.0),
            title,
            WIDTH,
            |ui| {
                ui.spacing_mut().item_spacing.y = space::S;
                self.contents_ui(ui, ctx, account)
            },
        );
        self.shown = true;
        match shown.inner {
            Some(Chosen::NotYet) | None if shown.should_close => Chosen::Nothing,
            Some(chosen) => chosen,
            None => Chosen::NotYet,
        }
    }

    fn contents_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, account: AccountId) -> Chosen {
        let read = ctx.model.templates(account);
        let templates = read.and_then(|read| read.value.as_deref());
        if let Some(words) = read.and_then(|read| read.error.as_deref()) {
            let title = t!(ctx, "composer-template-unreadable");
            widgets::banner(ui, ctx.theme, Tone::Bad, icons::ALERT, title, words, |_| {});
        }
        let mut chosen = Chosen::NotYet;
        match templates {
            Some([]) => {
                let (title, body) = (
                    t!(ctx, "composer-template-none"),
                    t!(ctx, "composer-template-none-body"),
                );
                let action = t!(ctx, "composer-template-library");
                if widgets::empty_state(ui, ctx.theme, icons::SQUARE_PEN, title, body, Some(&action)) {
                    ctx.act(UiAction::Go(Screen::Accounts));
                    chosen = Chosen::Nothing;
                }
            }
            Some(templates) => {
                if let Some(template) = self.list_ui(ui, ctx, templates) {
                    return Chosen::Template(Box::new(template.clone()));
                }
                if widgets::link(ui, ctx.theme, t!(ctx, "composer-template-library")).clicked() {
                    ctx.act(UiAction::Go(Screen::Accounts));
                    chosen = Chosen::Nothing;
                }
            }
            None if read.is_none_or(|read| read.error.is_none()) => {
                for width in [320.0, 260.0, 380.0] {
                    widgets::skeleton(ui, ctx.theme, vec2(width, 40.0));
                }
            }
            None => {}
        }
        chosen
    }

    fn list_ui<'a>(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        templates: &'a [Template],
    ) -> Option<&'a Template> {
        let id = Id::unique("template search");
        let found = found(templates, &self.search);
        let entered = list_keys(ui, id, found.len(), &mut self.chosen);
        let (name, hint) = (
            t!(ctx, "composer-template-search"),
            t!(ctx, "composer-template-search-hint"),
        );
        let field = widgets::search_field(ui, ctx.theme, id, name, hint, &mut self.search);
        if !std::mem::replace(&mut self.focused, true) {
            field.request_focus();
        }
        if field.has_focus() {
            // The arrows move in the list, not out of the field.
            let filter = EventFilter {
                horizontal_arrows: true,
                vertical_arrows: true,
                ..EventFilter::default()
            };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        }
        if field.changed() {
            self.chosen = 0;
        }
        if found.is_empty() {
            widgets::hint(ui, ctx.theme, t!(ctx, "composer-template-nothing-found"));
        }
        let mut taken = entered.then(|| found.get(self.chosen)).flatten();
        ScrollArea::vertical()
            .max_height(HEIGHT_MAX)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                for (index, template) in found.iter().enumerate() {
                    let title = format!("{} · {}", template.key, template.language);
                    let text = one_line(&super::with_names(template), BEGINNING);
                    let row = row_ui(ui, ctx, (&title, text), index == self.chosen);
                    if row.clicked() {
                        taken = Some(template);
                    }
                    if index == self.chosen && !ui.clip_rect().contains_rect(row.rect) {
                        row.scroll_to_me(None);
                    }
                }
            });
        taken.copied()
    }
}

/// Those that fit what is searched for: by key first, then by language and text.
fn found<'a>(templates: &'a [Template], search: &str) -> Vec<&'a Template> {
    let search = fuzzy::folded(search.trim());
    let has = |text: &str| fuzzy::folded(text).contains(&search);
    let by_key = |template: &&Template| has(&template.key);
    let by_text =
        |template: &&Template| !has(&template.key) && (has(&template.language) || has(&template.text));
    let mut found: Vec<&Template> = templates.iter().filter(by_key).collect();
    found.extend(templates.iter().filter(by_text));
    found
}
