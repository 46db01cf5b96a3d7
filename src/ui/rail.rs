//! The rail: the screens, an icon over a word, with what wants to be seen on them.

use super::context::{UiAction, UiContext};
use super::screens::Screen;
use super::text::Localizer;
use super::theme::{Tone, Type, Weight, icons, radius, size, space};
use super::widgets;
use crate::domain::Connection;
use crate::domain::pairing::PairingPhase;
use crate::t;
use egui::{CornerRadius, CursorIcon, Sense, pos2, vec2};

/// Height of an item: as in the plan, and where the window is too low for all of them.
const ITEM_HEIGHT: std::ops::RangeInclusive<f32> = 42.0..=56.0;

/// What stands at the corner of an icon.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Mark {
    /// So many.
    Count(usize, String),
    /// Something goes on, or is wrong, in words.
    Dot(Tone, String),
}

/// The icon of a screen.
#[must_use]
pub fn icon_of(screen: Screen) -> &'static str {
    match screen {
        Screen::Conversations => icons::MESSAGES,
        Screen::NewMessage => icons::SEND,
        Screen::Pairing => icons::QR,
        Screen::Dashboard => icons::DASHBOARD,
        Screen::Queue => icons::QUEUE,
        Screen::Accounts => icons::ACCOUNTS,
        Screen::Settings => icons::SETTINGS,
    }
}

/// The name of a screen.
#[must_use]
pub fn name_of(text: &Localizer, screen: Screen) -> String {
    text.get(&format!("screen-{}", screen.key()))
}

/// Draws the rail.
pub fn ui(ui: &mut egui::Ui, ctx: &UiContext<'_>, shown: Screen) {
    let count = Screen::ALL.len() as f32;
    let low = ui.available_height() < 460.0;
    let (gap, margin) = (space::XS, if low { space::XS } else { space::M });
    let height = ((ui.available_height() - 2.0 * margin) / count - gap)
        .floor()
        .clamp(*ITEM_HEIGHT.start(), *ITEM_HEIGHT.end());
    egui::ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = gap;
            ui.add_space(margin);
            for screen in Screen::ALL {
                if item_ui(ui, ctx, *screen, *screen == shown, height).clicked() {
                    ctx.act(UiAction::Go(*screen));
                }
            }
        });
}

fn item_ui(
    ui: &mut egui::Ui,
    ctx: &UiContext<'_>,
    screen: Screen,
    selected: bool,
    height: f32,
) -> egui::Response {
    let theme = ctx.theme;
    let colors = &theme.colors;
    let mark = mark_of(ctx, screen);
    let word = ctx.text.get(&format!("rail-{}", screen.key()));
    let width = ui.available_width();
    let (outer, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    response.widget_info(|| {
        let name = match &mark {
            None => word.clone(),
            Some(Mark::Count(_, words) | Mark::Dot(_, words)) => format!("{word}, {words}"),
        };
        egui::WidgetInfo::selected(egui::Role::Button, true, selected, name)
    });
    let rect = outer.shrink2(vec2(space::S, 0.0));
    if ui.is_rect_visible(rect) {
        let ground = if selected {
            Some(colors.accent_soft)
        } else if response.is_pointer_button_down_on() {
            Some(theme.pressed(colors.panel))
        } else if response.hovered() {
            Some(theme.hovered(colors.panel))
        } else {
            None
        };
        if let Some(ground) = ground {
            ui.painter()
                .rect_filled(rect, CornerRadius::same(radius::ROW), ground);
        }
        let color = if selected { colors.accent } else { colors.dim };
        let icon = pos2(rect.center().x, rect.center().y - 9.0);
        widgets::text::paint_icon(ui, icon, icon_of(screen), size::ICON_RAIL, color);
        let weight = if selected {
            Weight::Semibold
        } else {
            Weight::Medium
        };
        let galley = widgets::text::layout(ui, &*word, Type::Hint, weight, color, rect.width() - 2.0, 1);
        let at = pos2(rect.center().x - galley.size().x / 2.0, rect.center().y + 5.0);
        ui.painter().galley(at, galley, color);
        let corner = icon + vec2(15.0, -6.0);
        match &mark {
            Some(Mark::Count(count, _)) => widgets::pill::paint_badge(ui, theme, corner, *count),
            Some(Mark::Dot(tone, _)) => {
                let around = ground.unwrap_or(colors.panel);
                ui.painter().circle_filled(corner, 6.0, around);
                ui.painter().circle_filled(corner, 4.0, theme.tone(*tone).0);
            }
            None => {}
        }
    }
    // The ring goes around what is painted, which is narrower than what can be clicked.
    let mut ring = response.clone();
    ring.rect = rect;
    widgets::focus_ring(ui, theme, &ring, radius::ROW);
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    match mark {
        Some(Mark::Count(_, words) | Mark::Dot(_, words)) => response.on_hover_text(words),
        None => response,
    }
}

fn mark_of(ctx: &UiContext<'_>, screen: Screen) -> Option<Mark> {
    match screen {
        Screen::Conversations => {
            let unread = usize::try_from(ctx.live.unread()).unwrap_or(usize::MAX);
            (unread > 0).then(|| Mark::Count(unread, t!(ctx, "rail-unread", count = unread)))
        }
        Screen::Queue => {
            let counts = ctx.account?.outbox;
            let problems = usize::try_from(counts.rejected + counts.unknown).unwrap_or(usize::MAX);
            (problems > 0).then(|| Mark::Count(problems, t!(ctx, "rail-problems", count = problems)))
        }
        Screen::Pairing => {
            let phases = || ctx.live.accounts.iter().map(|view| &view.pairing);
            if phases().any(|pairing| pairing.is_active()) {
                return Some(Mark::Dot(Tone::Accent, t!(ctx, "rail-pairing-active")));
            }
            phases()
                .any(|pairing| {
                    matches!(
                        pairing.phase,
                        PairingPhase::Failed { .. } | PairingPhase::TimedOut
                    )
                })
                .then(|| Mark::Dot(Tone::Bad, t!(ctx, "rail-pairing-failed")))
        }
        Screen::Accounts => ctx
            .live
            .accounts
            .iter()
            .any(|view| {
                matches!(
                    view.health.connection,
                    Connection::CredentialsRefused | Connection::CredentialsMissing
                )
            })
            .then(|| Mark::Dot(Tone::Bad, t!(ctx, "rail-accounts-trouble"))),
        Screen::NewMessage | Screen::Dashboard | Screen::Settings => None,
    }
}
