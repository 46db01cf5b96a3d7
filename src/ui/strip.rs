//! The strip at the top: how the chosen account stands. What a gateway cannot tell is not there; where the window is
//! narrow the last parts go first.

use super::app::FrameAction;
use super::context::{UiAction, UiContext};
use super::shortcuts;
use super::theme::{Theme, Tone, Type, Weight, icons, radius, size, space};
use super::widgets;
use super::words;
use crate::domain::{Connection, PhoneNumber, Timestamp};
use crate::engine::AccountView;
use crate::t;
use egui::{Align, CornerRadius, CursorIcon, Layout, Sense, Ui, pos2, vec2};
use std::time::Duration;

/// Between the parts.
const GAP: f32 = 16.0;
const TRACK: f32 = 72.0;
/// The search field: with its words, and as an icon only.
const SEARCH_WIDE: f32 = 196.0;
const NAME_AT_MOST: f32 = 200.0;

/// One part of the strip after the state, in the order in which they stand.
#[derive(Debug, Clone, PartialEq)]
enum Part {
    /// Name and number of the phone.
    Phone(String),
    /// Battery, in percent.
    Battery(u8),
    /// Used of today's limit.
    Limit { used: u64, daily: u64 },
    /// Waiting here, and at the gateway.
    Waiting { here: u64, there: Option<u64> },
}

/// Draws the strip; what was asked of the frame in it.
pub fn ui(ui: &mut Ui, ctx: &UiContext<'_>) -> Option<FrameAction> {
    let mut asked = None;
    let rect = ui.max_rect();
    let content = rect.shrink2(vec2(space::L, 0.0));
    let right = ui
        .scope_builder(
            egui::UiBuilder::new()
                .max_rect(content)
                .layout(Layout::right_to_left(Align::Center)),
            |ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                asked = right_ui(ui, ctx, content.width());
                ui.min_rect().left()
            },
        )
        .inner;
    let mut left = content;
    left.max.x = (right - GAP).max(left.min.x);
    ui.scope_builder(
        egui::UiBuilder::new()
            .max_rect(left)
            .layout(Layout::left_to_right(Align::Center)),
        |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            left_ui(ui, ctx);
        },
    );
    asked
}

fn right_ui(ui: &mut Ui, ctx: &UiContext<'_>, width: f32) -> Option<FrameAction> {
    let mut asked = None;
    if search_ui(ui, ctx, width >= 900.0).clicked() {
        asked = Some(FrameAction::OpenPalette);
    }
    let account = ctx.account?;
    let name = t!(ctx, "strip-refresh");
    if widgets::icon_button_enabled(ui, ctx.theme, icons::REFRESH, name, !account.health.reading).clicked() {
        asked = Some(FrameAction::Refresh);
    }
    if width >= 620.0 {
        age_ui(ui, ctx, account);
    }
    asked
}

fn age_ui(ui: &mut Ui, ctx: &UiContext<'_>, account: &AccountView) {
    let words = if account.health.reading {
        t!(ctx, "strip-reading")
    } else {
        let Some(at) = account.health.read_at else {
            return;
        };
        ctx.wake_at(next_age(at, ctx.now));
        ctx.text.ago(at, coarse(at, ctx.now))
    };
    let color = ctx.theme.colors.faint;
    widgets::label(ui, ctx.theme, words, Type::Hint, Weight::Regular, color)
        .on_hover_text(t!(ctx, "strip-age-hint"));
}

/// The step in which an age is told: five seconds within a minute, then a minute. A window that shows an age every
/// second would never rest.
fn step(age: Duration) -> i64 {
    if age < Duration::from_secs(60) {
        5_000
    } else {
        60_000
    }
}

fn coarse(at: Timestamp, now: Timestamp) -> Timestamp {
    let age = now.since(at);
    let millis = i64::try_from(age.as_millis()).unwrap_or(i64::MAX);
    Timestamp(at.0.saturating_add(millis - millis % step(age)))
}

fn next_age(at: Timestamp, now: Timestamp) -> Timestamp {
    let shown = coarse(at, now);
    Timestamp(shown.0.saturating_add(step(now.since(at))))
}

fn search_ui(ui: &mut Ui, ctx: &UiContext<'_>, wide: bool) -> egui::Response {
    let theme = ctx.theme;
    let colors = &theme.colors;
    let name = t!(ctx, "strip-search");
    if !wide {
        return widgets::icon_button(ui, theme, icons::SEARCH, name);
    }
    let (rect, response) = ui.allocate_exact_size(vec2(SEARCH_WIDE, 32.0), Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    if ui.is_rect_visible(rect) {
        let ground = if response.hovered() {
            theme.hovered(colors.sunk)
        } else {
            colors.sunk
        };
        ui.painter()
            .rect_filled(rect, CornerRadius::same(radius::CONTROL), ground);
        let middle = rect.center().y;
        widgets::text::paint_icon(
            ui,
            pos2(rect.left() + 20.0, middle),
            icons::SEARCH,
            size::ICON_TEXT,
            colors.dim,
        );
        let key = shortcuts::with_command(ui.ctx(), "K");
        let key = widgets::text::layout(ui, key, Type::Hint, Weight::Regular, colors.faint, 80.0, 1);
        let room = rect.width() - 36.0 - key.size().x - 2.0 * space::M;
        let words = widgets::text::layout(ui, &*name, Type::Body, Weight::Regular, colors.dim, room, 1);
        let at = pos2(rect.left() + 36.0, middle - words.size().y / 2.0);
        ui.painter().galley(at, words, colors.dim);
        let at = pos2(
            rect.right() - space::M - key.size().x,
            middle - key.size().y / 2.0,
        );
        ui.painter().galley(at, key, colors.faint);
    }
    widgets::focus_ring(ui, theme, &response, radius::CONTROL);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

fn left_ui(ui: &mut Ui, ctx: &UiContext<'_>) {
    if !ctx.live.loaded {
        widgets::skeleton(ui, ctx.theme, vec2(180.0, 20.0));
        return;
    }
    chooser_ui(ui, ctx);
    let Some(account) = ctx.account else {
        return;
    };
    let colors = &ctx.theme.colors;
    ui.add_space(space::XS);
    let (line, _) = ui.allocate_exact_size(vec2(1.0, 20.0), Sense::hover());
    ui.painter().rect_filled(line, 0.0, colors.line);
    ui.add_space(space::XS);

    let (connection, tone) = (account.health.connection, tone_of(account.health.connection));
    widgets::dot(ui, ctx.theme, tone);
    let state = words::connection(ctx.text, connection);
    let width = ui.available_width();
    widgets::fading_line(
        ui,
        ctx.theme,
        state,
        Type::Body,
        Weight::Semibold,
        colors.text,
        width,
    )
    .on_hover_text(words::connection_hint(ctx.text, connection));

    // What was read before a failure is still shown, but not as if it were true now.
    let dimmed = account.health.failure.is_some();
    let color = if dimmed { colors.faint } else { colors.dim };
    let mut room = ui.available_width();
    for (index, part) in parts(account).into_iter().enumerate() {
        let gap = if index == 0 && matches!(part, Part::Phone(_)) {
            space::S
        } else {
            GAP
        };
        let needed = gap + part_width(ui, ctx, &part);
        if needed > room {
            break;
        }
        room -= needed;
        ui.add_space(gap - space::S);
        part_ui(ui, ctx, &part, color, dimmed);
    }
}

/// The dot of a state.
#[must_use]
pub fn tone_of(connection: Connection) -> Tone {
    match connection {
        Connection::NotChecked => Tone::Neutral,
        Connection::Ready | Connection::Answers => Tone::Ok,
        Connection::PhoneOffline | Connection::MustPair | Connection::GatewayUnreachable => Tone::Warn,
        Connection::CredentialsRefused | Connection::CredentialsMissing => Tone::Bad,
    }
}

fn parts(account: &AccountView) -> Vec<Part> {
    let (health, can) = (&account.health, account.capabilities);
    let mut parts = Vec::new();
    if let Some(phone) = &health.phone {
        let number = phone.value.number.as_deref().map(|digits| {
            PhoneNumber::from_digits(digits).map_or_else(|_| digits.to_owned(), |number| number.to_string())
        });
        let words: Vec<String> = phone.value.name.clone().into_iter().chain(number).collect();
        if !words.is_empty() {
            parts.push(Part::Phone(words.join(" · ")));
        }
        parts.extend(phone.value.battery_percent.map(Part::Battery));
    }
    if let Some(limits) = health.limits.as_ref().filter(|_| can.limits)
        && let Some(daily) = limits.value.daily
    {
        let left = limits.value.left.map(|left| daily.saturating_sub(left));
        parts.extend(limits.value.used.or(left).map(|used| Part::Limit { used, daily }));
    }
    let here = account.outbox.preparing + account.outbox.queued + account.outbox.in_flight;
    let there = health
        .queue_length
        .as_ref()
        .filter(|_| can.queue)
        .map(|read| read.value);
    if here > 0 || there.is_some() {
        parts.push(Part::Waiting { here, there });
    }
    parts
}

fn part_words(ctx: &UiContext<'_>, part: &Part) -> String {
    match part {
        Part::Phone(words) => words.clone(),
        Part::Battery(percent) => ctx.text.percent(f64::from(*percent) / 100.0, 0),
        Part::Limit { used, daily } => t!(
            ctx,
            "strip-limit",
            used = ctx.text.number(*used),
            daily = ctx.text.number(*daily)
        ),
        Part::Waiting {
            here,
            there: Some(there),
        } => t!(
            ctx,
            "strip-waiting",
            here = ctx.text.number(*here),
            there = ctx.text.number(*there)
        ),
        Part::Waiting { here, there: None } => t!(ctx, "strip-waiting-here", here = ctx.text.number(*here)),
    }
}

fn text_width(ui: &Ui, theme: &Theme, words: &str) -> f32 {
    widgets::text::layout(
        ui,
        words,
        Type::Body,
        Weight::Regular,
        theme.colors.dim,
        f32::INFINITY,
        1,
    )
    .size()
    .x
}

fn part_width(ui: &Ui, ctx: &UiContext<'_>, part: &Part) -> f32 {
    let words = text_width(ui, ctx.theme, &part_words(ctx, part));
    match part {
        Part::Phone(_) => words,
        Part::Battery(_) | Part::Waiting { .. } => size::ICON_TEXT + space::XS + words,
        Part::Limit { .. } => {
            let today = text_width(ui, ctx.theme, &t!(ctx, "strip-today"));
            today + space::S + TRACK + space::S + words
        }
    }
    .ceil()
}

fn part_ui(ui: &mut Ui, ctx: &UiContext<'_>, part: &Part, color: egui::Color32, dimmed: bool) {
    let theme = ctx.theme;
    let words = part_words(ctx, part);
    let line =
        |ui: &mut Ui, words: String| widgets::label(ui, theme, words, Type::Body, Weight::Regular, color);
    ui.scope(|ui| match part {
        Part::Phone(_) => {
            line(ui, words);
        }
        Part::Battery(percent) => {
            ui.spacing_mut().item_spacing.x = space::XS;
            let (icon, color) = match percent {
                0..15 if !dimmed => (icons::BATTERY_LOW, theme.colors.bad),
                0..15 => (icons::BATTERY_LOW, color),
                15..60 => (icons::BATTERY_MEDIUM, color),
                _ => (icons::BATTERY_FULL, color),
            };
            widgets::icon(ui, theme, icon, size::ICON_TEXT, color);
            let hover = t!(ctx, "strip-battery-hint", percent = words.as_str());
            line(ui, words).on_hover_text(hover);
        }
        Part::Limit { used, daily } => {
            line(ui, t!(ctx, "strip-today"));
            #[allow(clippy::cast_precision_loss, reason = "a bar needs no 24 bits")]
            let share = *used as f32 / (*daily).max(1) as f32;
            let bar = if share > 0.9 {
                theme.colors.warn
            } else {
                theme.colors.accent
            };
            widgets::state::progress_sized(ui, theme, share, bar, vec2(TRACK, 6.0));
            let left = ctx.text.number(daily.saturating_sub(*used));
            line(ui, words).on_hover_text(t!(ctx, "strip-limit-hint", left = left));
        }
        Part::Waiting { .. } => {
            ui.spacing_mut().item_spacing.x = space::XS;
            widgets::icon(ui, theme, icons::QUEUE, size::ICON_TEXT, color);
            line(ui, words).on_hover_text(t!(ctx, "strip-waiting-hint"));
        }
    });
}

fn chooser_ui(ui: &mut Ui, ctx: &UiContext<'_>) {
    let theme = ctx.theme;
    let colors = &theme.colors;
    let Some(chosen) = ctx.account else {
        if ctx.live.accounts.is_empty() {
            let words = t!(ctx, "no-account");
            widgets::label(ui, theme, words, Type::Body, Weight::Semibold, colors.dim);
        }
        return;
    };
    let name = chosen.account.name.as_str();
    let room = (ui.available_width() * 0.4).clamp(80.0, NAME_AT_MOST);
    let galley = widgets::text::layout(ui, name, Type::Body, Weight::Semibold, colors.text, room, 1);
    let width = 28.0 + space::S + galley.size().x + space::S + 14.0 + space::S;
    let (rect, response) = ui.allocate_exact_size(vec2(width, 36.0), Sense::click());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::ComboBox, true, t!(ctx, "strip-account", name = name))
    });
    if ui.is_rect_visible(rect) {
        if response.hovered() {
            ui.painter().rect_filled(
                rect.expand2(vec2(space::XS, 0.0)),
                CornerRadius::same(radius::CONTROL),
                theme.hovered(colors.panel),
            );
        }
        let circle = egui::Rect::from_min_size(pos2(rect.left(), rect.center().y - 14.0), vec2(28.0, 28.0));
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(circle));
        widgets::state::avatar_toned(&mut child, theme, Tone::Accent, &widgets::initials(name), 28.0);
        let at = pos2(circle.right() + space::S, rect.center().y - galley.size().y / 2.0);
        let end = at.x + galley.size().x + space::S + 7.0;
        ui.painter().galley(at, galley, colors.text);
        widgets::text::paint_icon(
            ui,
            pos2(end, rect.center().y),
            icons::CHEVRONS_UP_DOWN,
            14.0,
            colors.faint,
        );
    }
    widgets::focus_ring(ui, theme, &response, radius::CONTROL);
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    widgets::menu::menu(theme, &response, t!(ctx, "strip-accounts"), |ui| {
        for view in &ctx.live.accounts {
            let selected = view.account.id == chosen.account.id;
            if widgets::menu::option_item(ui, theme, view.account.name.as_str(), selected).clicked()
                && !selected
            {
                ctx.act(UiAction::SelectAccount(view.account.id));
            }
        }
        widgets::divider(ui, theme);
        if widgets::menu_item(ui, theme, icons::ACCOUNTS, t!(ctx, "strip-manage-accounts")).clicked() {
            ctx.act(UiAction::Go(super::screens::Screen::Accounts));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_changes_rarely() {
        let at = Timestamp(10_000);
        let after = |secs: u64| at.plus(Duration::from_millis(secs * 1_000 + 300));
        assert_eq!(coarse(at, after(12)), at.plus(Duration::from_secs(10)));
        assert_eq!(next_age(at, after(12)), at.plus(Duration::from_secs(15)));
        assert_eq!(next_age(at, after(58)), at.plus(Duration::from_secs(60)));
        assert_eq!(next_age(at, after(61)), at.plus(Duration::from_secs(120)));
        assert!(next_age(at, after(0)) > after(0));
    }
}
