//! The row below the text: what can be put in, how long it is, and the button that sends.

use super::Composer;
use crate::domain::conversation::DraftPlace;
use crate::domain::settings::SendKey;
use crate::domain::text::{character_count, with_name};
use crate::engine::AccountView;
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::{Type, Weight, icons, space};
use crate::ui::widgets::{self, Button};
use egui::{Align, Layout, Ui};

/// From here on, in points, the button that sends has room for the moment too.
const ROOM_FOR_MOMENT: f32 = 380.0;
/// From here on, in points, the characters are counted beside the button; and where there are too many of them.
const ROOM_FOR_COUNT: (f32, f32) = (100.0, 240.0);

/// Where an attachment comes from.
#[derive(Clone, Copy)]
enum From {
    /// The system's dialog.
    Dialog,
    /// A path that is typed.
    Path,
    /// The clipboard.
    Clipboard,
    /// An address.
    Address,
}

impl Composer {
    /// Draws the row; answers whether the button that sends was pressed.
    pub(super) fn bar_ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        account: &AccountView,
        blocked: Option<&str>,
        button: Option<String>,
    ) -> bool {
        let theme = ctx.theme;
        let mut counted = false;
        let pressed = ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            if !account.capabilities.media.is_empty() && self.takes_attachments() {
                self.attach_ui(ui, ctx);
            }
            if !self.is_template() {
                self.insert_ui(ui, ctx);
            }
            if account.capabilities.templates.is_some()
                && widgets::icon_button(ui, theme, icons::SQUARE_PEN, t!(ctx, "composer-template-open"))
                    .clicked()
                && self.sending.is_none()
            {
                self.templates.open();
            }
            self.schedule.button_ui(ui, ctx);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let shortcut = match ctx.live.settings.send_key {
                    SendKey::Enter => "Enter",
                    SendKey::CtrlEnter => "Ctrl Enter",
                };
                let roomy = ui.available_width() > ROOM_FOR_MOMENT;
                let later = self.schedule.button_words(ctx, roomy);
                let icon = if later.is_some() {
                    icons::CALENDAR_CLOCK
                } else {
                    icons::SEND
                };
                let words = later.or(button).unwrap_or_else(|| t!(ctx, "composer-send"));
                let send = Button::primary(words)
                    .icon(icon)
                    .shortcut(shortcut)
                    .enabled(blocked.is_none())
                    .busy(self.sending.is_some())
                    .show(ui, theme);
                let pressed = send.clicked();
                if let Some(why) = blocked {
                    send.on_disabled_hover_text(why);
                }
                if self.is_template() {
                    counted = true;
                    return pressed;
                }
                let over = character_count(&self.cleaned()) > account.capabilities.text_limit;
                let wanted = if over { ROOM_FOR_COUNT.1 } else { ROOM_FOR_COUNT.0 };
                counted = ui.available_width() > wanted;
                if counted {
                    self.count_ui(ui, ctx, account);
                }
                pressed
            })
            .inner
        });
        if !counted {
            // No room beside the buttons: on a line of its own.
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                self.count_ui(ui, ctx, account)
            });
        }
        pressed.inner
    }

    /// The buttons that put something into the text.
    fn insert_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        let theme = ctx.theme;
        let emoji = widgets::icon_button(ui, theme, icons::SMILE, t!(ctx, "composer-emoji"));
        if let Some(chosen) = self.picker.ui(ui, ctx, &emoji) {
            self.put(ui, ctx, chosen);
        }
        let quick = widgets::icon_button(ui, theme, icons::LIGHTNING, t!(ctx, "quick-replies"));
        if let Some(reply) = self.replies.ui(ui, ctx, &quick) {
            let text = match self.place {
                DraftPlace::Conversation(_) => with_name(&reply, self.name.as_deref()),
                // Each of the recipients gets its own name when it is sent.
                DraftPlace::NewMessage(_) => reply,
            };
            self.put(ui, ctx, &text);
        }
    }

    /// The button for attachments, with a menu of where they can come from.
    fn attach_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        let name = t!(ctx, "composer-attach");
        let theme = ctx.theme;
        let chosen = widgets::menu_button(ui, theme, icons::PAPERCLIP, name, |ui| {
            let items = [
                (icons::FOLDER, t!(ctx, "composer-attach-pick"), From::Dialog),
                (icons::KEYBOARD, t!(ctx, "composer-attach-path"), From::Path),
                (icons::COPY, t!(ctx, "composer-attach-clipboard"), From::Clipboard),
                (icons::LINK, t!(ctx, "composer-attach-address"), From::Address),
            ];
            let mut chosen = None;
            for (icon, words, from) in items {
                if widgets::menu_item(ui, theme, icon, words).clicked() {
                    chosen = Some(from);
                }
            }
            chosen
        });
        match chosen.inner.flatten() {
            Some(From::Dialog) => self.pick(ctx),
            Some(From::Path) => self.open_path(ctx, None),
            Some(From::Clipboard) => self.ask_clipboard(ui.ctx()),
            Some(From::Address) => self.address.open(),
            None => {}
        }
    }

    /// How many characters there are of those the gateway takes.
    fn count_ui(&self, ui: &mut Ui, ctx: &UiContext<'_>, account: &AccountView) {
        let theme = ctx.theme;
        let limit = account.capabilities.text_limit;
        let count = character_count(&self.cleaned());
        let color = if count > limit {
            theme.colors.bad
        } else {
            theme.colors.faint
        };
        let (count_words, limit_words) = (ctx.text.number(count as u64), ctx.text.number(limit as u64));
        let words = format!("{count_words} / {limit_words}");
        widgets::label(ui, theme, words, Type::Hint, Weight::Regular, color);
        if count > limit {
            let over = t!(ctx, "composer-over", count = count - limit);
            widgets::label(ui, theme, over, Type::Hint, Weight::Medium, theme.colors.bad);
        }
    }
}
