//! The recipients as chips: who they are, and what is wrong or unusual about them.

use super::{MAX, Recipient, Recipients, label};
use crate::domain::window::FreeText;
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::screens::conversations::chip::Chip;
use crate::ui::screens::conversations::composer::window::moment;
use crate::ui::screens::conversations::header::number_line;
use crate::ui::theme::{Tone, Type, Weight, icons, space};
use crate::ui::widgets;
use crate::ui::words;
use egui::Ui;

/// Height from which on the recipients scroll, in points.
const CHIPS_HEIGHT: f32 = 136.0;
/// From here on all can be taken away at once.
const MANY: usize = 5;
/// As many reasons are shown.
const REASONS_MAX: usize = 5;

impl Recipients {
    pub(super) fn chips_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        if self.chosen.is_empty() {
            return;
        }
        let mut removed = None;
        let mut all = false;
        egui::ScrollArea::vertical()
            .id_salt("recipients")
            .max_height(CHIPS_HEIGHT)
            .auto_shrink([false, true])
            .stick_to_bottom(true)
            .show(ui, |ui| {
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = egui::vec2(space::S, space::S);
                    for (index, recipient) in self.shown() {
                        let (tone, icon, why) = self.look(ctx, recipient);
                        let mut text = label(recipient);
                        if self.is_left_out(recipient) {
                            text = format!("{text} · {}", t!(ctx, "new-message-not-to-write"));
                        } else if let Some(words) = self.window_words(ctx, recipient) {
                            text = format!("{text} · {words}");
                        }
                        let remove = t!(ctx, "new-message-remove", name = label(recipient));
                        let chip = Chip {
                            tone,
                            icon,
                            text,
                            remove: &remove,
                        };
                        let (response, gone) = chip.show(ui, ctx.theme);
                        if let Some(why) = why {
                            response.on_hover_text(why);
                        }
                        if gone {
                            removed = Some(index);
                        }
                    }
                    if self.chosen.len() > MANY {
                        let words = t!(ctx, "new-message-remove-all", count = self.chosen.len());
                        all = widgets::link(ui, ctx.theme, words).clicked();
                    }
                });
            });
        self.reasons_ui(ui, ctx);
        if let Some(index) = removed {
            self.chosen.remove(index);
            self.merged = 0;
            self.focus = true;
        }
        if all {
            self.chosen.clear();
            self.merged = 0;
            self.focus = true;
        }
    }

    /// The recipients that are drawn: as many as a message may have, and what is wrong behind them, or it could not be
    /// taken away.
    fn shown(&self) -> impl Iterator<Item = (usize, &Recipient)> {
        self.chosen
            .iter()
            .enumerate()
            .filter(|(index, recipient)| *index < MAX || recipient.number.is_err())
            .take(2 * MAX)
    }

    /// What is wrong or unusual about them, in words; what is wrong first.
    fn reasons_ui(&self, ui: &mut Ui, ctx: &UiContext<'_>) {
        let mut reasons: Vec<(bool, String)> = self
            .shown()
            .filter_map(|(_, recipient)| match self.look(ctx, recipient) {
                (tone @ (Tone::Bad | Tone::Warn), _, Some(why)) => {
                    Some((tone == Tone::Warn, format!("{}: {why}", label(recipient))))
                }
                _ => None,
            })
            .collect();
        reasons.sort_by_key(|(warning, _)| *warning);
        let more = reasons.len().saturating_sub(REASONS_MAX);
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            for (warning, line) in reasons.into_iter().take(REASONS_MAX) {
                let tone = if warning { Tone::Warn } else { Tone::Bad };
                let color = ctx.theme.tone(tone).0;
                widgets::label(ui, ctx.theme, line, Type::Hint, Weight::Regular, color);
            }
            if more > 0 {
                widgets::hint(ui, ctx.theme, t!(ctx, "new-message-and-more", count = more));
            }
        });
    }

    /// How somebody's chip looks, and why.
    fn look(&self, ctx: &UiContext<'_>, recipient: &Recipient) -> (Tone, &'static str, Option<String>) {
        if self.is_left_out(recipient) {
            return (Tone::Warn, icons::BAN, Some(t!(ctx, "new-message-asked-not")));
        }
        let number = recipient.number.as_ref().ok().filter(|_| self.free_text);
        let why = match number.and_then(|number| self.free(ctx, number)) {
            Some(FreeText::Since(end)) => t!(ctx, "window-why-since", when = moment(ctx, end)),
            Some(FreeText::NeverWrote) => t!(ctx, "window-why-never"),
            _ => return look(ctx, recipient),
        };
        (Tone::Warn, icons::LOCK, Some(why))
    }

    /// Until when free text may be sent to somebody, in two words.
    fn window_words(&self, ctx: &UiContext<'_>, recipient: &Recipient) -> Option<String> {
        let number = recipient.number.as_ref().ok().filter(|_| self.free_text)?;
        match self.free(ctx, number)? {
            FreeText::Until(end) => Some(t!(ctx, "window-chip-until", when = moment(ctx, end))),
            FreeText::Since(_) | FreeText::NeverWrote => Some(t!(ctx, "window-chip-closed")),
            FreeText::Always | FreeText::PerhapsSince(_) | FreeText::NotKnown => None,
        }
    }
}

fn look(ctx: &UiContext<'_>, recipient: &Recipient) -> (Tone, &'static str, Option<String>) {
    match &recipient.number {
        Err(problem) => (
            Tone::Bad,
            icons::ALERT,
            Some(words::phone_problem(ctx.text, *problem)),
        ),
        Ok(number) => match number.warning() {
            Some(warning) => (
                Tone::Warn,
                icons::WARNING,
                Some(words::phone_warning(ctx.text, warning)),
            ),
            None => (
                Tone::Accent,
                icons::USER,
                number.other_form().map(|_| number_line(ctx, number)),
            ),
        },
    }
}
