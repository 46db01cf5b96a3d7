//! The card as it is drawn.

use super::super::choice::{choice_ui, group_ui};
use super::super::side::head_ui;
use super::form::HostingForm;
use super::said;
use super::values::Place;
use crate::engine::{AccountView, Reach, Ticket};
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::screens::Screen;
use crate::ui::theme::{Tone, Type, Weight, icons, space};
use crate::ui::widgets::{Button, banner, hint, icon_button, label, pill, read_only_field};
use egui::{Ui, vec2};

/// What the address of a file looks like after the beginning: the middle is 256 random bits.
const EXAMPLE: &str = "/a/…/file.jpg";

impl HostingForm {
    /// Draws the card's contents. Returns the ticket of a secret that nobody looks at any more.
    pub(in super::super) fn ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        view: &AccountView,
    ) -> Option<Ticket> {
        ui.spacing_mut().item_spacing.y = space::M;
        let reach = ctx.live.reach(&view.account);
        head_ui(ui, ctx, t!(ctx, "hosting-title"), |ui| {
            let (tone, sign, words) = self.state(ctx, &reach);
            pill(ui, ctx.theme, tone, Some(sign), words);
        });
        let color = ctx.theme.colors.dim;
        let body = t!(ctx, "hosting-body", vendor = view.capabilities.vendor);
        label(ui, ctx.theme, body, Type::Secondary, Weight::Regular, color);
        group_ui(ui, t!(ctx, "hosting-title"), |ui| {
            for place in Place::ALL {
                let key = place.key();
                let name = ctx.text.get(&format!("hosting-choice-{key}"));
                let means = ctx.text.get(&format!("hosting-choice-{key}-means"));
                let selected = self.values.place == place;
                if choice_ui(ui, ctx, &name, &means, selected).clicked() {
                    self.values.place = place;
                }
            }
        });
        // In a place of its own: fields stand closer to their labels than the rest of the card.
        let revealed = match self.values.place {
            Place::Listener => {
                listener_ui(ui, ctx, &reach);
                None
            }
            Place::Storage => ui.vertical(|ui| self.storage_ui(ui, ctx)).inner,
            Place::AddressOnly => None,
        };
        // A key that was being looked at when another place was chosen is let go.
        let hidden = (self.values.place != Place::Storage)
            .then(|| self.revealing.release())
            .flatten();
        self.outcome_ui(ui, ctx);
        revealed.or(hidden).or(self.buttons_ui(ui, ctx))
    }

    /// How it stands, in a word.
    fn state(&self, ctx: &UiContext<'_>, reach: &Reach) -> (Tone, &'static str, String) {
        if self.is_changed() {
            return (Tone::Info, icons::PENCIL, t!(ctx, "accounts-unsaved"));
        }
        match self.values.place {
            Place::Listener => reach.pill(ctx),
            Place::Storage => (Tone::Neutral, icons::DATABASE, t!(ctx, "hosting-state-storage")),
            Place::AddressOnly => (Tone::Neutral, icons::LINK, t!(ctx, "hosting-state-address")),
        }
    }

    fn outcome_ui(&self, ui: &mut Ui, ctx: &UiContext<'_>) {
        let Some(outcome) = self.outcome() else { return };
        let said = said::said(ctx, outcome);
        banner(ui, ctx.theme, said.tone, said.icon, said.title, said.body, |_| ());
        if !said.their_words.is_empty() {
            hint(ui, ctx.theme, said.their_words);
        }
    }

    fn buttons_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) -> Option<Ticket> {
        let changed = self.is_changed();
        if changed {
            hint(ui, ctx.theme, t!(ctx, "hosting-change-means"));
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::S, space::S);
            if self.values.place != Place::AddressOnly {
                let test = Button::secondary(t!(ctx, "hosting-test"))
                    .icon(icons::PLUG)
                    .small()
                    .busy(self.is_testing())
                    .show(ui, ctx.theme);
                if test.clicked() {
                    self.test(ctx);
                }
            }
            let save = t!(ctx, "hosting-save");
            let save = if changed {
                Button::primary(save)
            } else {
                Button::secondary(save)
            };
            let save = save.small().busy(self.is_saving()).enabled(changed);
            if save.show(ui, ctx.theme).clicked() {
                self.save(ctx);
            }
            let undo = changed && !self.is_saving();
            let undo = undo
                && Button::ghost(t!(ctx, "hosting-undo"))
                    .icon(icons::UNDO)
                    .small()
                    .show(ui, ctx.theme)
                    .clicked();
            undo.then(|| self.undo(ui.ctx())).flatten()
        })
        .inner
    }
}

/// Where our own listener offers files, and whether anybody can get there.
fn listener_ui(ui: &mut Ui, ctx: &UiContext<'_>, reach: &Reach) {
    let theme = ctx.theme;
    if let Some(base) = reach.base() {
        let url = format!("{base}{EXAMPLE}");
        ui.vertical(|ui| {
            read_only_field(ui, theme, t!(ctx, "hosting-addresses"), &url, |ui| {
                let name = t!(ctx, "hosting-addresses-copy");
                if icon_button(ui, theme, icons::COPY, name).clicked() {
                    ctx.act(UiAction::CopyText(base.to_owned()));
                }
            });
        });
    }
    if reach.is_missing() {
        let tone = Tone::Warn;
        let (color, _) = theme.tone(tone);
        let title = t!(ctx, "hosting-reach-title");
        banner(
            ui,
            theme,
            tone,
            icons::WARNING,
            title,
            reach.sentence(ctx),
            |ui| {
                let settings = Button::secondary(t!(ctx, "hosting-to-settings"))
                    .icon(icons::SETTINGS)
                    .small()
                    .color(color);
                if settings.show(ui, theme).clicked() {
                    ctx.act(UiAction::Go(Screen::Settings));
                }
            },
        );
    } else {
        hint(ui, theme, reach.sentence(ctx));
    }
}
