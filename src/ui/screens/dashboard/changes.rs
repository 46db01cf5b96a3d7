//! What changed: the account's connection over time, newest first.

use super::{card_title, unreadable_ui};
use crate::domain::Connection;
use crate::domain::health::ConnectionChange;
use crate::engine::DashboardData;
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::read_model::Loadable;
use crate::ui::screens::grid::compact;
use crate::ui::screens::status::connection_look;
use crate::ui::theme::{Type, Weight, space};
use crate::ui::widgets;
use crate::ui::words;
use egui::{Align, Layout, Ui, vec2};

const ROW: f32 = 30.0;
/// As many are shown at least, and where there is room more.
const AT_LEAST: usize = 6;
const AT_MOST: usize = 40;

/// Draws the list, at least `min_height` high.
pub(super) fn ui(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    data: Option<&Loadable<DashboardData>>,
    width: f32,
    min_height: f32,
) {
    widgets::card_sized(ui, ctx.theme, width, min_height.max(0.0), |ui| {
        compact(ui);
        card_title(ui, ctx, t!(ctx, "dashboard-changes"));
        ui.add_space(space::XS);
        let Some(data) = data else {
            return skeleton_ui(ui, ctx);
        };
        match (&data.value, &data.error) {
            (Some(value), _) if value.changes.is_empty() => {
                widgets::hint(ui, ctx.theme, t!(ctx, "dashboard-no-changes"));
            }
            (Some(value), _) => {
                ui.spacing_mut().item_spacing.y = 0.0;
                let room = ((min_height - 34.0 - 40.0) / ROW).floor().max(0.0) as usize;
                let shown = room.clamp(AT_LEAST, AT_MOST);
                for (index, change) in value.changes.iter().take(shown).enumerate() {
                    change_ui(ui, ctx, &value.changes, index, change);
                }
            }
            (None, Some(error)) => unreadable_ui(ui, ctx, error),
            (None, None) => skeleton_ui(ui, ctx),
        }
    });
}

fn skeleton_ui(ui: &mut Ui, ctx: &UiContext<'_>) {
    ui.spacing_mut().item_spacing.y = space::M;
    for width in [180.0, 220.0, 160.0, 200.0] {
        widgets::skeleton(ui, ctx.theme, vec2(width, 16.0));
    }
}

fn change_ui(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    all: &[ConnectionChange],
    index: usize,
    change: &ConnectionChange,
) {
    let theme = ctx.theme;
    let newer = index.checked_sub(1).and_then(|index| all.get(index));
    let words = change_words(ctx, change, all.get(index + 1), newer);
    let (tone, _) = connection_look(change.connection);
    ui.allocate_ui_with_layout(
        vec2(ui.available_width(), ROW),
        Layout::right_to_left(Align::Center),
        |ui| {
            ui.set_min_size(vec2(ui.available_width(), ROW));
            ui.spacing_mut().item_spacing.x = space::M;
            let full = ctx.text.day_and_time(change.at, ctx.now);
            let short = ctx.text.moment(change.at, ctx.now);
            let color = theme.colors.faint;
            widgets::label(ui, theme, short, Type::Hint, Weight::Regular, color).on_hover_text(full);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                widgets::dot(ui, theme, tone);
                let room = ui.available_width();
                let color = theme.colors.text;
                widgets::fading_line(ui, theme, words, Type::Body, Weight::Regular, color, room);
            });
        },
    );
}

/// What happened, told by what was before (`older`) and by how long it lasted (until `newer`).
fn change_words(
    ctx: &UiContext<'_>,
    change: &ConnectionChange,
    older: Option<&ConnectionChange>,
    newer: Option<&ConnectionChange>,
) -> String {
    if change.connection == Connection::Answers {
        return match older.map(|older| older.connection) {
            Some(Connection::GatewayUnreachable) => t!(ctx, "dashboard-change-gateway-back"),
            Some(Connection::CredentialsRefused | Connection::CredentialsMissing) => {
                t!(ctx, "dashboard-change-credentials-back")
            }
            _ => words::connection(ctx.text, change.connection),
        };
    }
    if change.connection == Connection::Ready {
        return match (older.map(|older| older.connection), &change.phone_name) {
            (Some(Connection::PhoneOffline), _) => t!(ctx, "dashboard-change-phone-back"),
            (Some(Connection::MustPair), Some(name)) => t!(ctx, "dashboard-change-paired", name = name),
            (Some(Connection::GatewayUnreachable), _) => t!(ctx, "dashboard-change-gateway-back"),
            (Some(Connection::CredentialsRefused | Connection::CredentialsMissing), _) => {
                t!(ctx, "dashboard-change-credentials-back")
            }
            (_, Some(name)) => t!(ctx, "dashboard-change-ready-named", name = name),
            (_, None) => t!(ctx, "dashboard-change-ready"),
        };
    }
    let words = match change.connection {
        Connection::MustPair => t!(ctx, "dashboard-change-must-pair"),
        other => words::connection(ctx.text, other),
    };
    match newer {
        Some(newer) => {
            let lasted = ctx.text.duration(newer.at.since(change.at));
            t!(ctx, "dashboard-change-lasted", what = words, duration = lasted)
        }
        None => words,
    }
}
