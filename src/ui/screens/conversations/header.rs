//! The head of a thread: who it is, what one keeps about them, and what can be done with the whole conversation.

use super::list::display_name;
use super::person::PersonDialog;
use crate::domain::{Conversation, PhoneNumber};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::{Tone, Type, Weight, icons, space};
use crate::ui::widgets;
use egui::{Align, Layout, Stroke, Ui};

/// Height of the head, in points.
pub(super) const HEIGHT: f32 = 60.0;
/// Room for the buttons at its end.
const BUTTONS: f32 = 100.0;
/// Room for the mark of a person who is not to be written to.
const MARK: f32 = 128.0;
/// A note is shown where there is so much room for it.
const NOTE_AT_LEAST: f32 = 60.0;

/// What the operator chose on the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeaderWish {
    /// Back to the list.
    Back,
    /// Counts the conversation as not looked at.
    MarkUnread,
    /// Exports it.
    Export,
}

/// The head, with the dialog about the person.
#[derive(Default)]
pub(super) struct Header {
    person: PersonDialog,
}

impl Header {
    /// Draws it; answers what the operator chose.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        conversation: &Conversation,
    ) -> Option<HeaderWish> {
        let theme = ctx.theme;
        let colors = &theme.colors;
        let rect = ui.max_rect();
        ui.painter().rect_filled(rect, 0.0, colors.panel);
        ui.painter()
            .hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, colors.line));
        let name = display_name(conversation);
        let mut wish = None;
        ui.allocate_ui_with_layout(rect.size(), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_height(HEIGHT);
            ui.add_space(space::L);
            if ctx.narrow
                && widgets::icon_button(ui, theme, icons::ARROW_LEFT, t!(ctx, "conversations-back")).clicked()
            {
                wish = Some(HeaderWish::Back);
            }
            widgets::avatar(ui, theme, &widgets::initials(&name), 36.0);
            ui.add_space(space::XS);
            let width = (ui.available_width() - BUTTONS).max(80.0);
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = 0.0;
                // Words only: they need not be as high as what is clicked.
                ui.spacing_mut().interact_size.y = 0.0;
                ui.add_space((HEIGHT - 40.0) / 2.0);
                name_ui(ui, ctx, conversation, &name, width);
                number_ui(ui, ctx, conversation, width);
            });
            if widgets::icon_button(ui, theme, icons::PENCIL, t!(ctx, "person-edit")).clicked() {
                self.person.open(conversation);
            }
            wish = wish.or(menu_ui(ui, ctx));
        });
        self.person.ui(ui, ctx);
        wish
    }
}

/// The name, and the mark of a person who is not to be written to.
fn name_ui(ui: &mut Ui, ctx: &UiContext<'_>, conversation: &Conversation, name: &str, width: f32) {
    let theme = ctx.theme;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.set_min_height(22.0);
        let marked = conversation.do_not_write;
        let room = if marked { width - MARK } else { width };
        let color = theme.colors.text;
        widgets::fading_line(ui, theme, name, Type::Body, Weight::Semibold, color, room);
        if marked {
            let words = t!(ctx, "person-mark");
            widgets::pill(ui, theme, Tone::Warn, Some(icons::BAN), words);
        }
    });
}

/// The number, and the first line of the note as far as there is room; under the pointer all of it.
fn number_ui(ui: &mut Ui, ctx: &UiContext<'_>, conversation: &Conversation, width: f32) {
    let theme = ctx.theme;
    let colors = &theme.colors;
    let (kind, weight) = (Type::Hint, Weight::Regular);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let number = number_line(ctx, &conversation.phone);
        let shown = widgets::fading_line(ui, theme, number, kind, weight, colors.dim, width);
        let note = conversation.note.trim();
        if note.is_empty() {
            return;
        }
        let room = width - shown.rect.width() - 14.0 - 3.0 * space::XS;
        if room < NOTE_AT_LEAST {
            shown.on_hover_text(note);
            return;
        }
        ui.add_space(space::XS);
        widgets::icon(ui, theme, icons::FILE_TEXT, 14.0, colors.faint);
        let first = note.lines().next().unwrap_or_default();
        widgets::fading_line(ui, theme, first, kind, weight, colors.faint, room).on_hover_text(note);
    });
}

fn menu_ui(ui: &mut Ui, ctx: &UiContext<'_>) -> Option<HeaderWish> {
    let theme = ctx.theme;
    widgets::menu_button(ui, theme, icons::MORE, t!(ctx, "conversations-menu"), |ui| {
        let unread = t!(ctx, "conversations-mark-unread");
        let unread = widgets::menu_item(ui, theme, icons::INBOX, unread).clicked();
        let export = t!(ctx, "conversations-export");
        let export = widgets::menu_item(ui, theme, icons::DOWNLOAD, export).clicked();
        (unread.then_some(HeaderWish::MarkUnread)).or(export.then_some(HeaderWish::Export))
    })
    .inner
    .flatten()
}

/// A number, and that it is the same person with or without the ninth digit.
pub(in crate::ui::screens) fn number_line(ctx: &UiContext<'_>, number: &PhoneNumber) -> String {
    let phone = number.to_string();
    match number.other_form() {
        Some(other) if other.digits().len() < number.digits().len() => {
            t!(ctx, "conversations-also-without-nine", number = phone)
        }
        Some(_) => t!(ctx, "conversations-also-with-nine", number = phone),
        None => phone,
    }
}
