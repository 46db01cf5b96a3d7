//! The card with the templates of an account.

use super::editor::{Editor, Ended};
use super::files::{Files, Moved, Way};
use crate::domain::{AccountId, Template, TemplateId};
use crate::engine::{AccountView, Answer, Command, Question, TemplateCommand, TemplateError, Ticket};
use crate::gateway::TemplateForm;
use crate::t;
use crate::ui::context::{ToastKind, UiAction, UiContext};
use crate::ui::read_model::Want;
use crate::ui::screens::accounts::side::head_ui;
use crate::ui::theme::{Type, Weight, icons, space};
use crate::ui::widgets::{
    Button, dialog, divider, fading_line, hint, icon_button, label, menu_button, menu_item, skeleton,
};
use crate::ui::{template_words, words};
use egui::{Align, Context, Layout, ScrollArea, Ui, vec2};

/// Highest the list becomes before it scrolls, in points.
const LIST_MAX: f32 = 320.0;
/// Height of a row, in points.
const ROW: f32 = 48.0;

/// What is open over the card.
enum Open {
    Nothing,
    Editor(Box<Editor>),
    Removing(Removing),
    Files(Files),
}

/// A template that is to be removed, once that is confirmed.
struct Removing {
    id: TemplateId,
    /// The removal that is under way.
    asked: Option<Ticket>,
    /// Why it could not be removed.
    error: Option<String>,
}

/// What was asked for in the card.
enum Wish {
    Add,
    Change(TemplateId),
    Remove(TemplateId),
    Move(Way),
    ReadAgain,
}

/// The templates of an account as the card shows them.
pub(in crate::ui::screens::accounts) struct Library {
    /// Whose they are.
    pub(in crate::ui::screens::accounts) account: AccountId,
    list: Option<Vec<Template>>,
    error: Option<String>,
    asked: Option<Ticket>,
    open: Open,
}

impl Library {
    /// Of this account; asks for its templates.
    pub(in crate::ui::screens::accounts) fn new(ctx: &UiContext<'_>, account: AccountId) -> Self {
        let mut library = Self {
            account,
            list: None,
            error: None,
            asked: None,
            open: Open::Nothing,
        };
        library.ask(ctx);
        library
    }

    fn ask(&mut self, ctx: &UiContext<'_>) {
        let ticket = ctx.ticket();
        ctx.send(Command::Ask(ticket, Question::Templates(self.account)));
        // An answer to an older question is not waited for: it stays untaken and is dropped.
        self.asked = Some(ticket);
    }

    /// Takes the templates when they have come.
    pub(in crate::ui::screens::accounts) fn take_answers(&mut self, ctx: &UiContext<'_>) {
        let Some(answer) = self.asked.and_then(|ticket| ctx.take_answer(ticket)) else {
            return;
        };
        self.asked = None;
        match answer {
            Answer::Templates(list) => {
                self.list = Some(list);
                self.error = None;
            }
            Answer::Failed(said) => self.error = Some(said),
            _ => {}
        }
    }

    /// Draws the card's contents.
    pub(in crate::ui::screens::accounts) fn ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        view: &AccountView,
        form: TemplateForm,
    ) {
        ui.spacing_mut().item_spacing.y = space::M;
        head_ui(ui, ctx, t!(ctx, "templates-title"), |_| {});
        let vendor = view.capabilities.vendor;
        let colors = &ctx.theme.colors;
        let body = t!(ctx, "templates-body", vendor = vendor);
        label(ui, ctx.theme, body, Type::Secondary, Weight::Regular, colors.dim);
        if !form.by_identifier {
            hint(ui, ctx.theme, t!(ctx, "templates-namespace"));
        }
        let in_list = self.list_ui(ui, ctx);
        let below = ui
            .horizontal(|ui| {
                let add = Button::secondary(t!(ctx, "templates-add"))
                    .icon(icons::PLUS)
                    .small();
                let add = add.show(ui, ctx.theme).clicked().then_some(Wish::Add);
                add.or(self.menu_ui(ui, ctx))
            })
            .inner;
        if let Some(wish) = in_list.or(below) {
            self.take(ctx, view, wish);
        }
    }

    fn menu_ui(&self, ui: &mut Ui, ctx: &UiContext<'_>) -> Option<Wish> {
        let theme = ctx.theme;
        let mut wish = None;
        menu_button(ui, theme, icons::MORE, t!(ctx, "templates-more"), |ui| {
            if menu_item(ui, theme, icons::UPLOAD, t!(ctx, "templates-import")).clicked() {
                wish = Some(Wish::Move(Way::In));
            }
            let some = self.list.as_ref().is_some_and(|list| !list.is_empty());
            if some && menu_item(ui, theme, icons::DOWNLOAD, t!(ctx, "templates-export")).clicked() {
                wish = Some(Wish::Move(Way::Out));
            }
        });
        wish
    }

    fn list_ui(&self, ui: &mut Ui, ctx: &UiContext<'_>) -> Option<Wish> {
        let theme = ctx.theme;
        if let Some(said) = &self.error {
            let sentence = t!(ctx, "templates-unreadable");
            let sentence = format!("{sentence} {}", words::their_words(ctx.text, said));
            label(
                ui,
                theme,
                sentence,
                Type::Secondary,
                Weight::Regular,
                theme.colors.bad,
            );
            let again = Button::secondary(t!(ctx, "templates-read-again"))
                .icon(icons::REFRESH)
                .small();
            return again.show(ui, theme).clicked().then_some(Wish::ReadAgain);
        }
        let Some(list) = &self.list else {
            skeleton(ui, theme, vec2(ui.available_width(), ROW));
            return None;
        };
        if list.is_empty() {
            hint(ui, theme, t!(ctx, "templates-none"));
            return None;
        }
        let mut wish = None;
        ScrollArea::vertical()
            .id_salt("templates")
            .max_height(LIST_MAX)
            // An area keeps the height of the frame before; without this a list that has grown would not.
            .min_scrolled_height(LIST_MAX)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = space::XS;
                for (index, template) in list.iter().enumerate() {
                    if index > 0 {
                        divider(ui, theme);
                    }
                    wish = wish.take().or(row_ui(ui, ctx, template));
                }
            });
        wish
    }

    fn take(&mut self, ctx: &UiContext<'_>, view: &AccountView, wish: Wish) {
        let found = |id: TemplateId| {
            let mut list = self.list.iter().flatten();
            list.find(|template| template.id == id).cloned()
        };
        self.open = match wish {
            Wish::Add => {
                let newest = self
                    .list
                    .iter()
                    .flatten()
                    .max_by_key(|template| template.updated_at);
                let language = newest.map(|template| template.language.clone());
                Open::Editor(Box::new(Editor::new(self.account, language)))
            }
            Wish::Change(id) => match found(id) {
                Some(template) => Open::Editor(Box::new(Editor::of(template))),
                None => Open::Nothing,
            },
            Wish::Remove(id) => Open::Removing(Removing {
                id,
                asked: None,
                error: None,
            }),
            Wish::Move(way) => Open::Files(Files::new(ctx, view, way)),
            Wish::ReadAgain => {
                self.error = None;
                self.ask(ctx);
                return;
            }
        };
    }

    /// Draws what is open over the card.
    pub(in crate::ui::screens::accounts) fn dialogs_ui(
        &mut self,
        context: &Context,
        ctx: &UiContext<'_>,
        view: &AccountView,
        form: TemplateForm,
    ) {
        match &mut self.open {
            Open::Nothing => {}
            Open::Editor(editor) => {
                if let Some(ended) = editor.ui(context, ctx, view, form) {
                    self.close(ctx, ended == Ended::Saved);
                }
            }
            Open::Files(files) => {
                if let Some(moved) = files.ui(context, ctx) {
                    self.close(ctx, moved == Moved::Done);
                }
            }
            Open::Removing(_) => self.removing_ui(context, ctx, view),
        }
    }

    fn close(&mut self, ctx: &UiContext<'_>, changed: bool) {
        self.open = Open::Nothing;
        if changed {
            self.ask(ctx);
            self.changed(ctx);
        }
    }

    /// What composers have read of it is read again.
    fn changed(&self, ctx: &UiContext<'_>) {
        ctx.want(Want::TemplatesAgain(self.account));
        ctx.want(Want::Templates(self.account));
    }

    fn removing_ui(&mut self, context: &Context, ctx: &UiContext<'_>, view: &AccountView) {
        let Open::Removing(removing) = &mut self.open else {
            return;
        };
        match removing.asked.and_then(|ticket| ctx.take_answer(ticket)) {
            Some(Answer::TemplateRemoved(Ok(()))) => {
                let id = removing.id;
                let lists = self.list.iter_mut();
                lists.for_each(|list| list.retain(|one| one.id != id));
                ctx.act(UiAction::Toast(ToastKind::Done, t!(ctx, "templates-removed")));
                self.open = Open::Nothing;
                self.changed(ctx);
                return;
            }
            Some(Answer::TemplateRemoved(Err(error))) => {
                removing.asked = None;
                removing.error = Some(template_words::error(ctx.text, &error));
            }
            Some(Answer::Failed(said)) => {
                removing.asked = None;
                removing.error = Some(template_words::error(ctx.text, &TemplateError::Store(said)));
            }
            Some(_) | None => {}
        }
        let mut list = self.list.iter().flatten();
        let Some(template) = list.find(|template| template.id == removing.id) else {
            self.open = Open::Nothing;
            return;
        };
        let theme = ctx.theme;
        let colors = &theme.colors;
        let title = t!(ctx, "templates-remove-title", key = template.key.as_str());
        let shown = dialog(context, theme, "template-remove", title, |ui| {
            let body = t!(ctx, "templates-remove-body", vendor = view.capabilities.vendor);
            label(ui, theme, body, Type::Body, Weight::Regular, colors.text);
            if let Some(words) = &removing.error {
                let words = words.as_str();
                label(ui, theme, words, Type::Secondary, Weight::Regular, colors.bad);
            }
            ui.add_space(space::S);
            ui.horizontal_wrapped(|ui| {
                // The harmless one first: the keyboard begins there.
                let keep = Button::secondary(t!(ctx, "templates-remove-keep"));
                let keep = keep.show(ui, theme).clicked();
                let remove = Button::danger(t!(ctx, "templates-remove-confirm"))
                    .icon(icons::TRASH)
                    .busy(removing.asked.is_some());
                (remove.show(ui, theme).clicked(), keep)
            })
            .inner
        });
        let (remove, keep) = shown.inner.unwrap_or_default();
        if remove && removing.asked.is_none() {
            let ticket = ctx.ticket();
            ctx.send(Command::Template(TemplateCommand::Remove(ticket, removing.id)));
            removing.asked = Some(ticket);
            removing.error = None;
        } else if (keep || shown.should_close) && removing.asked.is_none() {
            self.open = Open::Nothing;
        }
    }
}

fn row_ui(ui: &mut Ui, ctx: &UiContext<'_>, template: &Template) -> Option<Wish> {
    let theme = ctx.theme;
    let colors = &theme.colors;
    let key = template.key.as_str();
    let mut wish = None;
    let size = vec2(ui.available_width(), ROW);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let name = t!(ctx, "templates-remove-named", key = key);
        if icon_button(ui, theme, icons::TRASH, name).clicked() {
            wish = Some(Wish::Remove(template.id));
        }
        let name = t!(ctx, "templates-change-named", key = key);
        if icon_button(ui, theme, icons::PENCIL, name).clicked() {
            wish = Some(Wish::Change(template.id));
        }
        ui.add_space(space::S);
        let width = ui.available_width();
        ui.allocate_ui_with_layout(vec2(width, ROW), Layout::top_down(Align::Min), |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add_space(space::XS);
            let head = format!("{key} · {}", template.language);
            fading_line(ui, theme, head, Type::Body, Weight::Medium, colors.text, width);
            let text = template.text.split_whitespace().collect::<Vec<&str>>().join(" ");
            fading_line(
                ui,
                theme,
                text,
                Type::Secondary,
                Weight::Regular,
                colors.dim,
                width,
            );
        });
    });
    wish
}
