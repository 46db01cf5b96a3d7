//! The dashboard: how the chosen account stands, and how it came to stand so.

mod cards;
mod changes;
mod figures;
mod messages;
mod outbox;
mod plot;
mod series;

use super::grid::grid;
use super::status::{self, age};
use crate::domain::AccountId;
use crate::engine::{AccountView, Command, DashboardData, HealthCommand};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::read_model::{Loadable, Want};
use crate::ui::theme::{Tone, Type, Weight, icons, size, space};
use crate::ui::widgets;
use egui::{Align, Key, Layout, Modifiers, Ui, vec2};
use series::Range;
use std::time::Duration;

/// From this width on, plots and lists stand side by side.
const WIDE: f32 = 860.0;

/// The dashboard screen.
#[derive(Debug, Default)]
pub struct DashboardScreen {
    range: Range,
}

impl DashboardScreen {
    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        let Some(view) = ctx.account else {
            return status::no_account_ui(ui, ctx, icons::DASHBOARD, t!(ctx, "dashboard-no-account"));
        };
        let id = view.account.id;
        // The cards always look at one day, whatever the plots show.
        ctx.want(Want::Dashboard(id, Range::Day.hours()));
        ctx.want(Want::Dashboard(id, self.range.hours()));
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::F5)) {
            refresh(ctx, id);
        }
        widgets::screen_frame(ui, ctx.theme, |ui| {
            self.header_ui(ui, ctx, view);
            let day = read(ctx, id, Range::Day).and_then(|day| day.value.as_ref());
            cards::ui(ui, ctx, view, day);
            self.details_ui(ui, ctx, view);
        });
    }

    fn header_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView) {
        let options: Vec<(Range, String)> = Range::ALL
            .iter()
            .map(|range| (*range, range_words(ctx, *range)))
            .collect();
        let name = t!(ctx, "dashboard-range");
        let subtitle = read_words(ctx, view);
        widgets::screen_header(ui, ctx.theme, t!(ctx, "screen-dashboard"), subtitle, |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            widgets::segmented(ui, ctx.theme, name, &mut self.range, &options);
            let reading = view.health.reading;
            let name = t!(ctx, "dashboard-refresh");
            if widgets::icon_button_enabled(ui, ctx.theme, icons::REFRESH, name, !reading).clicked() {
                refresh(ctx, view.account.id);
            }
        });
    }

    /// Under the cards: messages and lines on the left, our outbox and what changed on the right, or all of it one
    /// under the other.
    fn details_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView) {
        let data = read(ctx, view.account.id, self.range);
        let range = self.range;
        let whole = ui.available_width();
        if whole < WIDE {
            let width = whole.floor();
            plots_ui(ui, ctx, view, data, range, width);
            outbox::ui(ui, ctx, view, width);
            changes::ui(ui, ctx, data, width, 0.0);
            return;
        }
        let right = ((whole - space::L) / 3.0).floor().clamp(260.0, 380.0);
        let left = (whole - space::L - right).floor();
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::L, space::L);
            let height = column(ui, left, |ui| plots_ui(ui, ctx, view, data, range, left));
            column(ui, right, |ui| {
                let above = column(ui, right, |ui| outbox::ui(ui, ctx, view, right));
                changes::ui(ui, ctx, data, right, height - above - space::L);
            });
        });
    }
}

/// A column of this width; answers its height.
fn column(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui)) -> f32 {
    ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
        ui.set_width(width);
        add(ui);
    })
    .response
    .rect
    .height()
}

fn plots_ui(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    view: &AccountView,
    data: Option<&Loadable<DashboardData>>,
    range: Range,
    width: f32,
) {
    messages::ui(ui, ctx, view, data, range, width);
    let capabilities = view.capabilities;
    let lines: Vec<plot::Line> = [
        (capabilities.status, plot::Line::Battery),
        (capabilities.queue, plot::Line::Queue),
    ]
    .into_iter()
    .filter_map(|(there, line)| there.then_some(line))
    .collect();
    if lines.is_empty() {
        return;
    }
    let columns = if width < 520.0 { 1 } else { lines.len() };
    grid(ui, ctx, "dashboard-lines", columns, lines.len(), |ui, index| {
        if let Some(line) = lines.get(index) {
            plot::line_ui(ui, ctx, *line, data, range);
        }
    });
}

fn read<'a>(ctx: &UiContext<'a>, id: AccountId, range: Range) -> Option<&'a Loadable<DashboardData>> {
    ctx.model.dashboard(id, range.hours())
}

/// Whether the gateway tells anything of phone, limits or queue.
fn tells_anything(view: &AccountView) -> bool {
    let capabilities = view.capabilities;
    capabilities.status || capabilities.limits || capabilities.queue
}

fn refresh(ctx: &UiContext<'_>, id: AccountId) {
    ctx.send(Command::Health(HealthCommand::Refresh(id)));
}

fn range_words(ctx: &UiContext<'_>, range: Range) -> String {
    match range {
        Range::Day => t!(ctx, "dashboard-range-day"),
        Range::Week => t!(ctx, "dashboard-range-week"),
        Range::Month => t!(ctx, "dashboard-range-month"),
    }
}

/// When everything was last read, and how often it is.
fn read_words(ctx: &UiContext<'_>, view: &AccountView) -> String {
    let health = &view.health;
    let secs = match health.interval_secs {
        0 => ctx.live.settings.health_interval_secs,
        secs => secs,
    };
    let interval = ctx.text.duration(Duration::from_secs(u64::from(secs)));
    if health.reading && health.read_at.is_none() {
        return t!(ctx, "dashboard-reading");
    }
    match (&health.failure, health.read_at) {
        (Some(failure), _) => {
            t!(
                ctx,
                "dashboard-read-failed",
                age = age(ctx, failure.at),
                interval = interval
            )
        }
        // Such a gateway is only asked whether it takes the credentials.
        (None, Some(at)) if !tells_anything(view) => t!(
            ctx,
            "dashboard-asked",
            vendor = view.capabilities.vendor,
            age = age(ctx, at),
            interval = interval
        ),
        (None, Some(at)) => t!(ctx, "dashboard-read-all", age = age(ctx, at), interval = interval),
        (None, None) => t!(ctx, "dashboard-not-read"),
    }
}

/// The head of a card: icon and word.
fn heading(ui: &mut Ui, ctx: &UiContext<'_>, icon: &str, words: String, tone: Tone) {
    let theme = ctx.theme;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let (color, _) = theme.tone(tone);
        widgets::icon(ui, theme, icon, size::ICON_TEXT, color);
        widgets::label(
            ui,
            theme,
            words,
            Type::Secondary,
            Weight::Regular,
            theme.colors.dim,
        );
    });
}

/// The title of a card with a plot or a list in it.
fn card_title(ui: &mut Ui, ctx: &UiContext<'_>, words: impl Into<String>) {
    let theme = ctx.theme;
    widgets::label(ui, theme, words, Type::Body, Weight::Semibold, theme.colors.text);
}

/// What could not be read from the database, in one line.
fn unreadable_ui(ui: &mut Ui, ctx: &UiContext<'_>, words: &str) {
    let theme = ctx.theme;
    let sentence = t!(ctx, "dashboard-data-unreadable", words = words);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        widgets::icon(ui, theme, icons::ALERT, 14.0, theme.colors.bad);
        widgets::label(ui, theme, sentence, Type::Hint, Weight::Regular, theme.colors.bad);
    });
}

#[cfg(test)]
mod tests;
