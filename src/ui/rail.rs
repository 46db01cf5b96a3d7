//! The rail: the screens, an icon over a word, with what wants to be seen on them.

use super::context::{UiAction, UiContext};
use super::pairing_way::PairingWay;
use super::screens::Screen;
use super::text::Localizer;
use super::theme::{Tone, Type, Weight, icons, radius, size, space};
use super::widgets;
use crate::domain::Connection;
use crate::domain::pairing::PairingPhase;
use crate::engine::AccountView;
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
    let way = PairingWay::of(ctx.live, ctx.account);
    let screens = Screen::ALL.iter().copied();
    let screens: Vec<Screen> = screens
        .filter(|screen| *screen != Screen::Pairing || way != PairingWay::Needless)
        .collect();
    let count = screens.len() as f32;
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
            for screen in screens {
                // It keeps its place, so that nothing jumps when another account is chosen.
                let closed = (screen == Screen::Pairing && way == PairingWay::Closed).then(|| {
                    let vendor = ctx.account.map_or("", |view| view.capabilities.vendor);
                    t!(ctx, "pairing-not-needed-body", vendor = vendor)
                });
                if item_ui(ui, ctx, screen, screen == shown, (height, closed)).clicked() {
                    ctx.act(UiAction::Go(screen));
                }
            }
        });
}

fn item_ui(
    ui: &mut egui::Ui,
    ctx: &UiContext<'_>,
    screen: Screen,
    selected: bool,
    (height, closed): (f32, Option<String>),
) -> egui::Response {
    let theme = ctx.theme;
    let colors = &theme.colors;
    let mark = mark_of(ctx, screen);
    let word = ctx.text.get(&format!("rail-{}", screen.key()));
    let width = ui.available_width();
    let open = closed.is_none();
    let sense = if open { Sense::click() } else { Sense::hover() };
    let (outer, response) = ui.allocate_exact_size(vec2(width, height), sense);
    response.widget_info(|| {
        let name = match &mark {
            None => word.clone(),
            Some(Mark::Count(_, words) | Mark::Dot(_, words)) => format!("{word}, {words}"),
        };
        egui::WidgetInfo::selected(egui::Role::Button, open, selected, name)
    });
    let rect = outer.shrink2(vec2(space::S, 0.0));
    if ui.is_rect_visible(rect) {
        let ground = if selected {
            Some(colors.accent_soft)
        } else if response.is_pointer_button_down_on() {
            Some(theme.pressed(colors.panel))
        } else if open && response.hovered() {
            Some(theme.hovered(colors.panel))
        } else {
            None
        };
        if let Some(ground) = ground {
            ui.painter()
                .rect_filled(rect, CornerRadius::same(radius::ROW), ground);
        }
        let color = match (open, selected) {
            (false, _) => super::theme::faded(colors.faint, 0.6),
            (true, true) => colors.accent,
            (true, false) => colors.dim,
        };
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
    if let Some(why) = closed {
        return response.on_hover_text(why);
    }
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
            let failed =
                |phase: &PairingPhase| matches!(phase, PairingPhase::Failed { .. } | PairingPhase::TimedOut);
            let of = |is_it: &dyn Fn(&AccountView) -> bool| {
                // The chosen one before all others.
                let others = ctx.live.accounts.iter();
                let mut found = ctx.account.into_iter().chain(others).filter(|view| is_it(view));
                found.next()
            };
            let named = |view: &AccountView, words: String| {
                if ctx
                    .account
                    .is_some_and(|chosen| chosen.account.id == view.account.id)
                {
                    words
                } else {
                    let account = view.account.name.as_str();
                    t!(ctx, "rail-pairing-of", what = words, account = account)
                }
            };
            if let Some(view) = of(&|view| view.pairing.is_active()) {
                let words = named(view, t!(ctx, "rail-pairing-active"));
                return Some(Mark::Dot(Tone::Accent, words));
            }
            let view = of(&|view| failed(&view.pairing.phase))?;
            let words = named(view, t!(ctx, "rail-pairing-failed"));
            Some(Mark::Dot(Tone::Bad, words))
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
