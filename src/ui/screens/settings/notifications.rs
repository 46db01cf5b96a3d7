//! What is announced, and when.

use super::parts::{control, row};
use crate::domain::settings::Settings;
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::space;
use crate::ui::widgets;
use egui::Ui;

/// Quiet hours when they are switched on: from ten in the evening until seven in the morning.
const USUAL_NIGHT: (u16, u16) = (22 * 60, 7 * 60);
/// Steps in which quiet hours are chosen, in minutes.
const STEP_MINUTES: u16 = 30;

pub(super) fn ui(ui: &mut Ui, ctx: &UiContext<'_>, settings: &mut Settings) {
    let theme = ctx.theme;
    let title = t!(ctx, "settings-notifications-show");
    row(ui, ctx, &title, &t!(ctx, "settings-notifications-help"), |ui| {
        widgets::toggle(ui, theme, title.clone(), &mut settings.notifications);
    });
    if settings.notifications {
        let title = t!(ctx, "settings-notification-text");
        row(
            ui,
            ctx,
            &title,
            &t!(ctx, "settings-notification-text-help"),
            |ui| {
                widgets::toggle(ui, theme, title.clone(), &mut settings.notification_text);
            },
        );
    }
    let title = t!(ctx, "settings-sound");
    row(ui, ctx, &title, &t!(ctx, "settings-sound-help"), |ui| {
        widgets::toggle(ui, theme, title.clone(), &mut settings.sound);
    });
    if !settings.notifications && !settings.sound {
        return;
    }
    let title = t!(ctx, "settings-quiet");
    let mut quiet = settings.quiet_minutes.is_some();
    row(ui, ctx, &title, &t!(ctx, "settings-quiet-help"), |ui| {
        widgets::toggle(ui, theme, title.clone(), &mut quiet);
    });
    settings.quiet_minutes = quiet.then(|| settings.quiet_minutes.unwrap_or(USUAL_NIGHT));
    if let Some((from, until)) = &mut settings.quiet_minutes {
        let title = t!(ctx, "settings-quiet-hours");
        row(ui, ctx, &title, "", |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            time_ui(ui, ctx, t!(ctx, "settings-quiet-from"), from);
            widgets::hint(ui, theme, "–");
            time_ui(ui, ctx, t!(ctx, "settings-quiet-until"), until);
        });
    }
}

fn time_ui(ui: &mut Ui, ctx: &UiContext<'_>, name: String, minutes: &mut u16) {
    let odd = Some(*minutes).filter(|minutes| minutes % STEP_MINUTES != 0);
    let times: Vec<(u16, String)> = (0..24 * 60 / STEP_MINUTES)
        .map(|step| step * STEP_MINUTES)
        .chain(odd)
        .map(|minutes| (minutes, format!("{:02}:{:02}", minutes / 60, minutes % 60)))
        .collect();
    control(ui, 108.0, |ui| {
        widgets::choice::select_bare(ui, ctx.theme, name, minutes, &times, 108.0);
    });
}
