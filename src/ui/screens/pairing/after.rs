//! After pairing: the phone that is connected now, or why there is none and what to do.

use super::parts::{number_words, sentence, short_name};
use crate::domain::pairing::PairingFailure;
use crate::engine::{AccountView, Command, PairingCommand};
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::screens::Screen;
use crate::ui::theme::{Tone, Type, Weight, icons, space};
use crate::ui::widgets::text::paint_icon;
use crate::ui::widgets::{Button, card_sized, label};
use crate::ui::words;
use egui::{Sense, Ui, vec2};

/// Width of the card that says how it ended, in points.
const WIDTH: f32 = 560.0;

/// How pairing ended without a phone.
pub(super) struct Ending {
    tone: Tone,
    icon: &'static str,
    title: String,
    body: String,
    /// The vendor's or the system's own words.
    said: Option<String>,
    /// Whether the credentials are at fault.
    credentials: bool,
}

pub(super) fn cancelled(ctx: &UiContext<'_>, phone: Option<&str>) -> Ending {
    let body = match phone {
        Some(phone) => sentence(ctx, t!(ctx, "pairing-cancelled-body", phone = phone)),
        None => t!(ctx, "pairing-cancelled-body-none"),
    };
    Ending {
        tone: Tone::Neutral,
        icon: icons::BAN,
        title: t!(ctx, "pairing-cancelled"),
        body,
        said: None,
        credentials: false,
    }
}

pub(super) fn timed_out(ctx: &UiContext<'_>) -> Ending {
    Ending {
        tone: Tone::Warn,
        icon: icons::TIMER,
        title: t!(ctx, "pairing-timed-out"),
        body: t!(ctx, "pairing-timed-out-body"),
        said: None,
        credentials: false,
    }
}

pub(super) fn failed(ctx: &UiContext<'_>, kind: PairingFailure, said: &str) -> Ending {
    Ending {
        tone: Tone::Bad,
        icon: icons::CIRCLE_X,
        title: t!(ctx, "pairing-failed"),
        body: words::pairing_failure(ctx.text, kind),
        said: (!said.trim().is_empty()).then(|| words::their_words(ctx.text, said)),
        credentials: matches!(
            kind,
            PairingFailure::CredentialsRefused | PairingFailure::CredentialsMissing
        ),
    }
}

/// Says how it ended, and offers to try again.
pub(super) fn ended_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView, ending: &Ending) {
    outcome_card(ui, ctx, ending.tone, ending.icon, |ui| {
        let colors = &ctx.theme.colors;
        words_ui(ui, ctx, &ending.title, &ending.body);
        if let Some(said) = &ending.said {
            label(ui, ctx.theme, said, Type::Secondary, Weight::Regular, colors.dim);
        }
        ui.add_space(space::S);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::S, space::S);
            let again = Button::primary(t!(ctx, "pairing-try-again")).icon(icons::ROTATE);
            if again.show(ui, ctx.theme).clicked() {
                ctx.send(Command::Pairing(again_command(view)));
            }
            if ending.credentials {
                let check = Button::secondary(t!(ctx, "pairing-check-credentials")).icon(icons::ACCOUNTS);
                if check.show(ui, ctx.theme).clicked() {
                    ctx.act(UiAction::Go(Screen::Accounts));
                }
            }
        });
    });
}

/// A phone that is (as far as known) connected is not disconnected by *try again*: the confirming button comes first.
fn again_command(view: &AccountView) -> PairingCommand {
    let nobody = view.health.phone.as_ref().is_some_and(|read| !read.value.paired);
    if nobody {
        PairingCommand::Start(view.account.id)
    } else {
        PairingCommand::Dismiss(view.account.id)
    }
}

/// Name and number of the phone, and the way on.
pub(super) fn connected_ui(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    view: &AccountView,
    name: Option<&str>,
    number: Option<&str>,
) {
    outcome_card(ui, ctx, Tone::Ok, icons::CHECK, |ui| {
        let title = sentence(
            ctx,
            t!(ctx, "pairing-connected", phone = short_name(ctx, name, number)),
        );
        let body = match number {
            Some(number) if name.is_some() => t!(
                ctx,
                "pairing-connected-body-number",
                number = number_words(number),
                account = view.account.name.as_str()
            ),
            _ => t!(
                ctx,
                "pairing-connected-body",
                account = view.account.name.as_str()
            ),
        };
        words_ui(ui, ctx, &title, &body);
        ui.add_space(space::S);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::S, space::S);
            let dismiss = || ctx.send(Command::Pairing(PairingCommand::Dismiss(view.account.id)));
            let dashboard = Button::primary(t!(ctx, "pairing-to-dashboard")).icon(icons::DASHBOARD);
            if dashboard.show(ui, ctx.theme).clicked() {
                dismiss();
                ctx.act(UiAction::Go(Screen::Dashboard));
            }
            let another = Button::secondary(t!(ctx, "pairing-another")).icon(icons::QR);
            if another.show(ui, ctx.theme).clicked() {
                dismiss();
            }
        });
    });
}

fn words_ui(ui: &mut Ui, ctx: &UiContext<'_>, title: &str, body: &str) {
    let colors = &ctx.theme.colors;
    label(
        ui,
        ctx.theme,
        title,
        Type::PaneTitle,
        Weight::Semibold,
        colors.text,
    );
    label(ui, ctx.theme, body, Type::Body, Weight::Regular, colors.dim);
}

fn outcome_card(ui: &mut Ui, ctx: &UiContext<'_>, tone: Tone, sign: &str, add: impl FnOnce(&mut Ui)) {
    let width = ui.available_width().min(WIDTH);
    card_sized(ui, ctx.theme, width, 0.0, |ui| {
        ui.add_space(space::S);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            ui.add_space(space::S);
            let (rect, _) = ui.allocate_exact_size(vec2(48.0, 48.0), Sense::hover());
            let (color, ground) = ctx.theme.tone(tone);
            ui.painter().circle_filled(rect.center(), 24.0, ground);
            paint_icon(ui, rect.center(), sign, 24.0, color);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = space::XS;
                add(ui);
            });
        });
        ui.add_space(space::S);
    });
}
