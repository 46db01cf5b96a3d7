//! The head of a thread: who it is, and the name one gives them.

use super::list::display_name;
use crate::domain::{Conversation, ConversationId, PhoneNumber};
use crate::engine::{Command, ConversationCommand};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::{Type, Weight, icons, space};
use crate::ui::widgets::{self, Button, Field};
use egui::{Align, Layout, Stroke, Ui};

/// Height of the head, in points.
pub(super) const HEIGHT: f32 = 60.0;
/// Longest name of a person, in characters.
const NAME_MAX: usize = 80;

/// The head, with the name being edited if it is.
#[derive(Default)]
pub(super) struct Header {
    renaming: Option<(ConversationId, String)>,
}

impl Header {
    /// Draws it; answers whether the operator wants back to the list.
    pub(super) fn ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, conversation: &Conversation) -> bool {
        let theme = ctx.theme;
        let colors = &theme.colors;
        let rect = ui.max_rect();
        ui.painter().rect_filled(rect, 0.0, colors.panel);
        ui.painter()
            .hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, colors.line));
        let name = display_name(conversation);
        let mut back = false;
        ui.allocate_ui_with_layout(rect.size(), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_height(HEIGHT);
            ui.add_space(space::L);
            if ctx.narrow {
                back = widgets::icon_button(ui, theme, icons::ARROW_LEFT, t!(ctx, "conversations-back"))
                    .clicked();
            }
            widgets::avatar(ui, theme, &widgets::initials(&name), 36.0);
            ui.add_space(space::XS);
            let width = (ui.available_width() - 64.0).max(80.0);
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.add_space((HEIGHT - 38.0) / 2.0);
                widgets::fading_line(ui, theme, &name, Type::Body, Weight::Semibold, colors.text, width);
                widgets::fading_line(
                    ui,
                    theme,
                    number_line(ctx, &conversation.phone),
                    Type::Hint,
                    Weight::Regular,
                    colors.dim,
                    width,
                );
            });
            if widgets::icon_button(ui, theme, icons::PENCIL, t!(ctx, "conversations-rename")).clicked() {
                self.renaming = Some((conversation.id, conversation.name.clone().unwrap_or_default()));
            }
        });
        self.dialog_ui(ui, ctx);
        back
    }

    fn dialog_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        let Some((id, mut name)) = self.renaming.take() else {
            return;
        };
        let shown = widgets::dialog(
            ui.ctx(),
            ctx.theme,
            "rename",
            t!(ctx, "conversations-rename-title"),
            |ui| {
                let field = Field::new(t!(ctx, "conversations-name"), &mut name)
                    .max_chars(NAME_MAX)
                    .help(Some(t!(ctx, "conversations-name-help")))
                    .show(ui, ctx.theme);
                let enter = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
                ui.add_space(space::M);
                ui.horizontal(|ui| {
                    let save = Button::primary(t!(ctx, "save")).show(ui, ctx.theme).clicked();
                    let cancel = Button::secondary(t!(ctx, "cancel")).show(ui, ctx.theme).clicked();
                    (save || enter, cancel)
                })
                .inner
            },
        );
        let (save, cancel) = shown.inner.unwrap_or((false, false));
        if save {
            ctx.send(Command::Conversation(ConversationCommand::Rename(id, name)));
        } else if !cancel && !shown.should_close {
            self.renaming = Some((id, name));
        }
    }
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
