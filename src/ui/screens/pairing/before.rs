//! Before pairing: which phone is connected, and that beginning disconnects it.

use super::parts::{columns_ui, number_words, short_name, steps_ui};
use crate::domain::Connection;
use crate::domain::text::shown_name;
use crate::engine::{AccountView, Command, PairingCommand};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::{Tone, Type, Weight, icons, size, space};
use crate::ui::widgets::{Button, banner, card_sized, divider, hint, icon, label, pill};
use crate::ui::words;
use egui::Ui;

/// What is known of the phone that is connected now.
enum Now<'a> {
    /// A phone is paired.
    Paired {
        name: Option<&'a str>,
        number: Option<&'a str>,
        online: bool,
        battery_percent: Option<u8>,
    },
    /// None is.
    Nobody,
    /// It could not be read yet, or not any more.
    Unknown,
}

fn now(view: &AccountView) -> Now<'_> {
    match &view.health.phone {
        Some(read) if read.value.paired => Now::Paired {
            name: read.value.name.as_deref(),
            number: read.value.number.as_deref(),
            online: read.value.online,
            battery_percent: read.value.battery_percent,
        },
        Some(_) => Now::Nobody,
        None => Now::Unknown,
    }
}

/// What the confirming button says: exactly what it does.
fn begin_words(ctx: &UiContext<'_>, now: &Now<'_>) -> String {
    match now {
        Now::Paired { name, number, .. } => t!(
            ctx,
            "pairing-begin-disconnecting",
            phone = short_name(ctx, *name, *number)
        ),
        Now::Nobody => t!(ctx, "pairing-begin"),
        Now::Unknown => t!(ctx, "pairing-begin-unknown"),
    }
}

pub(super) fn before_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView) {
    let trouble = matches!(
        view.health.connection,
        Connection::CredentialsRefused | Connection::CredentialsMissing | Connection::GatewayUnreachable
    );
    if trouble {
        banner(
            ui,
            ctx.theme,
            Tone::Warn,
            icons::WARNING,
            words::connection(ctx.text, view.health.connection),
            words::connection_hint(ctx.text, view.health.connection),
            |_| {},
        );
    }
    columns_ui(
        ui,
        &mut (),
        |(), ui, width| {
            card_sized(ui, ctx.theme, width, 0.0, |ui| phone_ui(ui, ctx, view));
        },
        |(), ui| {
            ui.spacing_mut().item_spacing.y = space::L;
            label(
                ui,
                ctx.theme,
                t!(ctx, "pairing-steps-title"),
                Type::PaneTitle,
                Weight::Semibold,
                ctx.theme.colors.text,
            );
            steps_ui(ui, ctx);
            ui.add_space(space::XS);
            hint(ui, ctx.theme, t!(ctx, "pairing-limit-hint"));
        },
    );
}

fn phone_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView) {
    let colors = &ctx.theme.colors;
    let now = now(view);
    ui.spacing_mut().item_spacing.y = space::M;
    label(
        ui,
        ctx.theme,
        t!(ctx, "pairing-phone-now"),
        Type::Secondary,
        Weight::Medium,
        colors.dim,
    );
    match &now {
        Now::Paired {
            name,
            number,
            online,
            battery_percent,
        } => {
            connected_ui(ui, ctx, *name, *number, *online, *battery_percent);
            divider(ui, ctx.theme);
            let phone = short_name(ctx, *name, *number);
            warning_ui(ui, ctx, t!(ctx, "pairing-will-disconnect", phone = phone));
        }
        Now::Nobody => {
            title_ui(ui, ctx, t!(ctx, "pairing-phone-none"));
            divider(ui, ctx.theme);
            let words = t!(ctx, "pairing-phone-none-hint");
            label(ui, ctx.theme, words, Type::Body, Weight::Regular, colors.dim);
        }
        Now::Unknown => {
            title_ui(ui, ctx, t!(ctx, "pairing-phone-unknown"));
            divider(ui, ctx.theme);
            warning_ui(ui, ctx, t!(ctx, "pairing-will-disconnect-unknown"));
        }
    }
    ui.add_space(space::XS);
    let begin = Button::primary(begin_words(ctx, &now))
        .icon(icons::QR)
        .full_width();
    if begin.show(ui, ctx.theme).clicked() {
        ctx.send(Command::Pairing(PairingCommand::Start(view.account.id)));
    }
}

fn title_ui(ui: &mut Ui, ctx: &UiContext<'_>, words: String) {
    let color = ctx.theme.colors.text;
    label(ui, ctx.theme, words, Type::PaneTitle, Weight::Semibold, color);
}

fn warning_ui(ui: &mut Ui, ctx: &UiContext<'_>, words: String) {
    let colors = &ctx.theme.colors;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.add_space(1.0);
        icon(ui, ctx.theme, icons::WARNING, size::ICON_BUTTON, colors.warn);
        ui.vertical(|ui| {
            label(ui, ctx.theme, words, Type::Body, Weight::Regular, colors.text);
        });
    });
}

fn connected_ui(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    name: Option<&str>,
    number: Option<&str>,
    online: bool,
    battery_percent: Option<u8>,
) {
    let colors = &ctx.theme.colors;
    title_ui(ui, ctx, short_name(ctx, name, number));
    // The number stands in the title already when there is no name.
    if let Some(number) = number.filter(|_| name.is_some_and(|name| !shown_name(name).is_empty())) {
        ui.add_space(-space::S);
        let number = number_words(number);
        label(ui, ctx.theme, number, Type::Body, Weight::Regular, colors.dim);
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let connection = if online {
            Connection::Ready
        } else {
            Connection::PhoneOffline
        };
        let (tone, sign) = if online {
            (Tone::Ok, icons::WIFI)
        } else {
            (Tone::Warn, icons::WIFI_OFF)
        };
        pill(
            ui,
            ctx.theme,
            tone,
            Some(sign),
            words::connection(ctx.text, connection),
        );
        if let Some(percent) = battery_percent {
            let (tone, sign) = match percent {
                0..15 => (Tone::Bad, icons::BATTERY_LOW),
                15..50 => (Tone::Neutral, icons::BATTERY_MEDIUM),
                _ => (Tone::Neutral, icons::BATTERY_FULL),
            };
            let share = f64::from(percent) / 100.0;
            pill(ui, ctx.theme, tone, Some(sign), ctx.text.percent(share, 0));
        }
    });
}
