//! The cards: connection, battery, today's limit, the gateway's queue. A value whose last reading failed stays, dimmed, with its age and the reason.

use super::series::{self, BatteryTrend};
use super::{figures, heading, plot, refresh};
use crate::domain::health::{self, Expiry, Limits, Read};
use crate::domain::{Connection, Timestamp};
use crate::engine::{AccountView, DashboardData};
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::screens::Screen;
use crate::ui::screens::grid::grid;
use crate::ui::screens::stale::{Stale, stale, stale_ui};
use crate::ui::screens::status::{self, connection_look};
use crate::ui::theme::{Tone, Type, Weight, icons, space};
use crate::ui::widgets::{self, Button};
use crate::ui::words;
use egui::{Color32, Ui, vec2};
use std::time::Duration;

/// Under this the battery is called low, in percent.
const BATTERY_LOW: u8 = 15;
/// Under this share the limit is called nearly used up.
const LIMIT_LOW: f64 = 0.10;
/// Within so many days the end of the plan is a warning.
const PLAN_WARNING_DAYS: i32 = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Card {
    Connection,
    Battery,
    Limit,
    Queue,
    /// When the gateway last took a message, and last reported.
    Activity,
    Problems,
    /// How long delivery takes.
    Delivery,
}

/// Draws the cards that the gateway can fill, and what we know ourselves in the place of what it does not tell.
pub(super) fn ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView, day: Option<&DashboardData>) {
    let capabilities = view.capabilities;
    let cards: Vec<Card> = [
        (true, Card::Connection),
        (capabilities.status, Card::Battery),
        (!capabilities.status, Card::Activity),
        (capabilities.limits, Card::Limit),
        (!capabilities.limits, Card::Problems),
        (capabilities.queue, Card::Queue),
        (!capabilities.queue, Card::Delivery),
    ]
    .into_iter()
    .filter_map(|(there, card)| there.then_some(card))
    .collect();
    let columns = match ui.available_width() {
        width if width >= 860.0 => 4,
        width if width >= 440.0 => 2,
        _ => 1,
    };
    grid(
        ui,
        ctx,
        "dashboard-cards",
        columns,
        cards.len(),
        |ui, index| match cards.get(index) {
            Some(Card::Connection) => connection_ui(ui, ctx, view),
            Some(Card::Battery) => battery_ui(ui, ctx, view, day),
            Some(Card::Limit) => limit_ui(ui, ctx, view, day),
            Some(Card::Queue) => queue_ui(ui, ctx, view),
            Some(Card::Activity) => figures::activity_ui(ui, ctx, view),
            Some(Card::Problems) => figures::problems_ui(ui, ctx, view),
            Some(Card::Delivery) => figures::delivery_ui(ui, ctx, view),
            None => {}
        },
    );
}

/// The one thing a card is about. Long words come smaller.
pub(super) fn figure(ui: &mut Ui, ctx: &UiContext<'_>, words: impl Into<String>, color: Color32) {
    let theme = ctx.theme;
    let words = words.into();
    let lay = |kind| {
        widgets::text::layout(
            ui,
            words.as_str(),
            kind,
            Weight::Semibold,
            color,
            f32::INFINITY,
            1,
        )
        .size()
        .x
    };
    let kind = if lay(Type::Figure) <= ui.available_width() {
        Type::Figure
    } else {
        Type::ScreenTitle
    };
    widgets::label(ui, theme, words, kind, Weight::Semibold, color);
}

pub(super) fn line(ui: &mut Ui, ctx: &UiContext<'_>, words: impl Into<String>) {
    let color = ctx.theme.colors.dim;
    widgets::label(ui, ctx.theme, words, Type::Secondary, Weight::Regular, color);
}

/// The colour of a figure: its own, or faint when it may no longer hold.
fn figure_color(ctx: &UiContext<'_>, stale: Option<&Stale>, tone: Option<Tone>) -> Color32 {
    match (stale, tone) {
        (Some(_), _) => ctx.theme.colors.faint,
        (None, Some(tone)) => ctx.theme.tone(tone).0,
        (None, None) => ctx.theme.colors.text,
    }
}

/// What stands in a card whose value has not been read yet: its shape while it is being read, else a dash.
fn unread_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView) {
    if view.health.failure.is_none() {
        widgets::skeleton(ui, ctx.theme, vec2(96.0, 28.0));
        widgets::skeleton(ui, ctx.theme, vec2(150.0, 14.0));
        return;
    }
    figure(ui, ctx, "—", ctx.theme.colors.faint);
    line(ui, ctx, t!(ctx, "dashboard-unknown"));
}

fn connection_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView) {
    let health = &view.health;
    let (tone, icon) = connection_look(health.connection);
    heading(ui, ctx, icon, t!(ctx, "dashboard-connection"), tone);
    let color = ctx.theme.tone(tone).0;
    figure(ui, ctx, words::connection(ctx.text, health.connection), color);
    let phone = health.phone.as_ref().map(|read| &read.value);
    let mut parts = Vec::new();
    if let Some(since) = health.since {
        let lasting = status::lasting(ctx, since);
        parts.push(t!(ctx, "dashboard-since", duration = lasting));
    }
    let named = health.connection != Connection::MustPair;
    parts.extend(phone.filter(|_| named).and_then(|phone| phone.name.clone()));
    if !parts.is_empty() {
        line(ui, ctx, parts.join(" · "));
    }
    if let Some(number) = phone.filter(|_| named).and_then(|phone| phone.number.as_deref()) {
        line(ui, ctx, status::shown_number(number));
    }
    if health.connection == Connection::Answers {
        widgets::hint(ui, ctx.theme, words::connection_hint(ctx.text, health.connection));
    } else if health.connection != Connection::Ready {
        connection_advice_ui(ui, ctx, view);
    }
}

/// What to do while the account is not ready.
fn connection_advice_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView) {
    let health = &view.health;
    let hint = widgets::hint(ui, ctx.theme, words::connection_hint(ctx.text, health.connection));
    if let Some(failure) = health
        .failure
        .as_ref()
        .filter(|failure| !failure.words.trim().is_empty())
    {
        hint.on_hover_text(words::their_words(ctx.text, &failure.words));
    }
    ui.add_space(space::XS);
    let button = |ui: &mut Ui, icon, words: String| {
        Button::secondary(words)
            .icon(icon)
            .small()
            .show(ui, ctx.theme)
            .clicked()
    };
    match health.connection {
        Connection::MustPair if view.capabilities.pairing => {
            if button(ui, icons::QR, t!(ctx, "dashboard-pair")) {
                ctx.act(UiAction::Go(Screen::Pairing));
            }
        }
        Connection::CredentialsRefused | Connection::CredentialsMissing => {
            if button(ui, icons::KEY, t!(ctx, "dashboard-open-accounts")) {
                ctx.act(UiAction::Go(Screen::Accounts));
            }
        }
        _ => {
            let reading = health.reading;
            let words = t!(ctx, "dashboard-check-now");
            let pressed = Button::secondary(words)
                .icon(icons::REFRESH)
                .small()
                .busy(reading)
                .show(ui, ctx.theme)
                .clicked();
            if pressed {
                refresh(ctx, view.account.id);
            }
        }
    }
}

fn battery_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView, day: Option<&DashboardData>) {
    let read = view.health.phone.as_ref();
    let percent = read.and_then(|read| read.value.battery_percent);
    let low = percent.is_some_and(|percent| percent < BATTERY_LOW);
    let icon = match percent {
        Some(0..=20) => icons::BATTERY_LOW,
        Some(21..=70) => icons::BATTERY_MEDIUM,
        _ => icons::BATTERY_FULL,
    };
    let tone = if low { Tone::Bad } else { Tone::Neutral };
    heading(ui, ctx, icon, t!(ctx, "dashboard-battery"), tone);
    let Some(read) = read else {
        return unread_ui(ui, ctx, view);
    };
    let stale = stale(ctx, view, read.at);
    let Some(percent) = percent else {
        figure(ui, ctx, "—", ctx.theme.colors.faint);
        line(ui, ctx, t!(ctx, "dashboard-battery-untold"));
        return stale_ui(ui, ctx, stale.as_ref());
    };
    let color = figure_color(ctx, stale.as_ref(), low.then_some(Tone::Bad));
    figure(ui, ctx, ctx.text.percent(f64::from(percent) / 100.0, 0), color);
    if stale.is_some() {
        stale_ui(ui, ctx, stale.as_ref());
    } else {
        let samples = day.map_or(&[][..], |day| &day.samples);
        let trend = series::battery(samples, percent, ctx.now).map(|trend| trend_words(ctx, trend));
        let low = low.then(|| t!(ctx, "dashboard-battery-low"));
        let words: Vec<String> = low.into_iter().chain(trend).collect();
        if !words.is_empty() {
            line(ui, ctx, words.join(" · "));
        }
    }
    plot::spark_ui(ui, ctx, day);
}

fn trend_words(ctx: &UiContext<'_>, trend: BatteryTrend) -> String {
    let rate = |per_hour: f64| {
        let decimals = usize::from(per_hour < 1.0);
        ctx.text.percent(per_hour / 100.0, decimals)
    };
    match trend {
        BatteryTrend::Falling { per_hour, empty_at } => {
            let rate = rate(per_hour);
            match empty_at {
                Some(at) => {
                    let until = ctx.text.day_and_time(round_to_minutes(at, 10), ctx.now);
                    t!(ctx, "dashboard-battery-falling-until", rate = rate, until = until)
                }
                None => t!(ctx, "dashboard-battery-falling", rate = rate),
            }
        }
        BatteryTrend::Rising { per_hour } => t!(ctx, "dashboard-battery-rising", rate = rate(per_hour)),
        BatteryTrend::Steady => t!(ctx, "dashboard-battery-steady"),
    }
}

/// A forecast is no clock: it is told in steps.
fn round_to_minutes(at: Timestamp, minutes: i64) -> Timestamp {
    let step = minutes * 60_000;
    Timestamp((at.0 + step / 2).div_euclid(step) * step)
}

fn limit_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView, day: Option<&DashboardData>) {
    let read = view.health.limits.as_ref();
    let share_left = read.and_then(|read| read.value.share_left());
    let low = share_left.is_some_and(|share| share < LIMIT_LOW);
    let tone = if low { Tone::Warn } else { Tone::Neutral };
    heading(ui, ctx, icons::GAUGE, t!(ctx, "dashboard-limit"), tone);
    let Some(Read { value: limits, at }) = read else {
        return unread_ui(ui, ctx, view);
    };
    let stale = stale(ctx, view, *at);
    let color = figure_color(ctx, stale.as_ref(), low.then_some(Tone::Warn));
    let Some(left) = left_of(limits) else {
        figure(ui, ctx, "—", ctx.theme.colors.faint);
        line(ui, ctx, t!(ctx, "dashboard-limit-untold"));
        return stale_ui(ui, ctx, stale.as_ref());
    };
    figure(ui, ctx, ctx.text.number(left), color);
    let of = match limits.daily {
        Some(daily) => t!(
            ctx,
            "dashboard-limit-left-of",
            left = left,
            daily = ctx.text.number(daily)
        ),
        None => t!(ctx, "dashboard-limit-left", left = left),
    };
    let forecast = limit_forecast(ctx, limits, left, day).filter(|_| stale.is_none());
    let words: Vec<String> = std::iter::once(of).chain(forecast).collect();
    line(ui, ctx, words.join(" · "));
    if let Some(share_left) = share_left {
        let colors = &ctx.theme.colors;
        let color = match (&stale, low) {
            (Some(_), _) => colors.faint,
            (None, true) => colors.warn,
            (None, false) => colors.accent,
        };
        ui.add_space(space::XS);
        let used = t!(
            ctx,
            "dashboard-limit-used",
            share = ctx.text.percent(1.0 - share_left, 0)
        );
        widgets::progress(ui, ctx.theme, (1.0 - share_left) as f32, color).on_hover_text(used);
    }
    stale_ui(ui, ctx, stale.as_ref());
}

fn left_of(limits: &Limits) -> Option<u64> {
    limits
        .left
        .or_else(|| Some(limits.daily?.saturating_sub(limits.used?)))
}

/// When the limit will be used up at the pace of the last hour.
fn limit_forecast(
    ctx: &UiContext<'_>,
    limits: &Limits,
    left: u64,
    day: Option<&DashboardData>,
) -> Option<String> {
    if left == 0 {
        return Some(t!(ctx, "dashboard-limit-gone"));
    }
    let at = health::limit_runs_out(&day?.samples, limits, ctx.now)?;
    if at.local().date() == ctx.now.local().date() {
        let time = ctx.text.time(round_to_minutes(at, 10));
        Some(t!(ctx, "dashboard-limit-runs-out", time = time))
    } else {
        Some(t!(ctx, "dashboard-limit-lasts"))
    }
}

fn queue_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView) {
    heading(
        ui,
        ctx,
        icons::LIST_ORDERED,
        t!(ctx, "dashboard-gateway-queue"),
        Tone::Neutral,
    );
    let Some(read) = view.health.queue_length.as_ref() else {
        return unread_ui(ui, ctx, view);
    };
    let stale = stale(ctx, view, read.at);
    let color = figure_color(ctx, stale.as_ref(), None);
    figure(ui, ctx, ctx.text.number(read.value), color);
    line(ui, ctx, drain_words(ctx, view, read.value));
    stale_ui(ui, ctx, stale.as_ref());
    ui.add_space(space::XS);
    if widgets::link(ui, ctx.theme, t!(ctx, "dashboard-open-queue")).clicked() {
        ctx.act(UiAction::Go(Screen::Queue));
    }
}

/// The time the gateway's queue needs, as far as the delay is known.
fn drain_words(ctx: &UiContext<'_>, view: &AccountView, length: u64) -> String {
    if length == 0 {
        return t!(ctx, "dashboard-queue-empty");
    }
    let delay = view.account.delay_secs;
    let time = ctx.text.duration(health::time_to_drain(length, delay));
    match delay {
        Some(secs) => {
            let delay = ctx.text.duration(Duration::from_secs(u64::from(secs)));
            t!(ctx, "dashboard-queue-drains", time = time, delay = delay)
        }
        None => t!(ctx, "dashboard-queue-drains-at-least", time = time),
    }
}

/// The end of the plan as it stands among the figures: words, and a tone when it is near.
pub(super) fn plan_words(
    ctx: &UiContext<'_>,
    view: &AccountView,
) -> Option<(String, Option<(Tone, String)>)> {
    let limits = &view.health.limits.as_ref()?.value;
    match limits.expires.as_ref()? {
        Expiry::Text(text) => Some((text.clone(), None)),
        Expiry::Date(date) => {
            let today = ctx.now.local().date();
            let days = today.until(*date).map_or(0, |span| span.get_days());
            let warning = match days {
                ..=-1 => Some((Tone::Bad, t!(ctx, "dashboard-plan-over"))),
                0 => Some((Tone::Warn, t!(ctx, "dashboard-plan-today"))),
                1..=PLAN_WARNING_DAYS => Some((Tone::Warn, t!(ctx, "dashboard-plan-soon", days = days))),
                _ => None,
            };
            Some((ctx.text.date(*date), warning))
        }
    }
}
