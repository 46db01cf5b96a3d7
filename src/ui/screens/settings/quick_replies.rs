//! Texts that are often sent: made, changed and removed here, sent from the composer.

use super::parts::row;
use crate::domain::settings::{QuickReply, Settings};
use crate::domain::text::one_line;
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::{icons, space};
use crate::ui::widgets::field::Field;
use crate::ui::widgets::{self, Button};
use egui::Ui;

/// Longest title, in characters.
const TITLE_MAX: usize = 60;
/// Longest text, in characters: every gateway takes so many.
const TEXT_MAX: usize = 4_000;

/// The card.
#[derive(Debug, Default)]
pub(super) struct QuickRepliesCard {
    /// What is being changed: which one (`None`: a new one), and how it stands.
    open: Option<(Option<usize>, QuickReply)>,
    /// Whether it was tried to save it without a title or a text.
    incomplete: bool,
}

impl QuickRepliesCard {
    pub(super) fn ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, settings: &mut Settings) {
        let theme = ctx.theme;
        widgets::hint(ui, theme, t!(ctx, "settings-quick-replies-help"));
        let mut removed = None;
        for (index, reply) in settings.quick_replies.iter().enumerate() {
            row(ui, ctx, &reply.title, &one_line(&reply.text, 100), |ui| {
                let change = t!(ctx, "settings-quick-reply-change", title = reply.title.as_str());
                if widgets::icon_button(ui, theme, icons::PENCIL, change).clicked() {
                    self.open = Some((Some(index), reply.clone()));
                    self.incomplete = false;
                }
                let remove = t!(ctx, "settings-quick-reply-remove", title = reply.title.as_str());
                if widgets::icon_button(ui, theme, icons::TRASH, remove).clicked() {
                    removed = Some(index);
                }
            });
        }
        if let Some(index) = removed {
            settings.quick_replies.remove(index);
        }
        ui.horizontal(|ui| {
            let add = Button::secondary(t!(ctx, "settings-quick-reply-add"))
                .icon(icons::PLUS)
                .small()
                .enabled(settings.quick_replies.len() < QuickReply::MAX);
            if add.show(ui, theme).clicked() {
                self.open = Some((None, QuickReply::default()));
                self.incomplete = false;
            }
        });
        self.dialog_ui(ui, ctx, settings);
    }

    fn dialog_ui(&mut self, ui: &Ui, ctx: &UiContext<'_>, settings: &mut Settings) {
        let Some((index, reply)) = &mut self.open else {
            return;
        };
        let theme = ctx.theme;
        let incomplete = self.incomplete;
        let title = ctx.text.get(if index.is_some() {
            "settings-quick-reply-title-change"
        } else {
            "settings-quick-reply-title-new"
        });
        let shown = widgets::dialog(ui.ctx(), theme, "quick-reply", title, |ui| {
            let missing = |text: &str| {
                (incomplete && text.trim().is_empty()).then(|| t!(ctx, "settings-quick-reply-missing"))
            };
            let (no_title, no_text) = (missing(&reply.title), missing(&reply.text));
            Field::new(t!(ctx, "settings-quick-reply-name"), &mut reply.title)
                .max_chars(TITLE_MAX)
                .error(no_title)
                .show(ui, theme);
            ui.add_space(space::M);
            Field::new(t!(ctx, "settings-quick-reply-text"), &mut reply.text)
                .multiline(5)
                .max_chars(TEXT_MAX)
                .error(no_text)
                .help(Some(t!(ctx, "settings-quick-reply-text-help")))
                .show(ui, theme);
            ui.add_space(space::M);
            ui.horizontal(|ui| {
                let cancel = Button::secondary(t!(ctx, "cancel")).show(ui, theme).clicked();
                let save = Button::primary(t!(ctx, "settings-quick-reply-save"))
                    .show(ui, theme)
                    .clicked();
                (cancel, save)
            })
            .inner
        });
        let (cancel, save) = shown.inner.unwrap_or_default();
        if save {
            if reply.title.trim().is_empty() || reply.text.trim().is_empty() {
                self.incomplete = true;
                return;
            }
            let saved = QuickReply {
                title: reply.title.trim().to_owned(),
                text: reply.text.trim_end().to_owned(),
            };
            match index.and_then(|index| settings.quick_replies.get_mut(index)) {
                Some(slot) => *slot = saved,
                None => settings.quick_replies.push(saved),
            }
        }
        if save || cancel || shown.should_close {
            self.open = None;
        }
    }
}
