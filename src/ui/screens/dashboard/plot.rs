//! The look of the plots: quiet axes, no dragging; and the lines of battery and queue over time.

use super::series::{self, Point, Range};
use super::{card_title, unreadable_ui};
use crate::domain::Timestamp;
use crate::engine::DashboardData;
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::read_model::Loadable;
use crate::ui::theme::{Type, Weight, faded, font};
use crate::ui::widgets;
use egui::{Align2, Color32, CursorIcon, Rangef, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use egui_plot::{AxisHints, GridMark, Plot, PlotPoint, PlotPoints, PlotTransform};
use std::time::Duration;

const LINE_HEIGHT: f32 = 110.0;
const SPARK_HEIGHT: f32 = 36.0;

/// A mark of an axis.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mark {
    /// Where.
    pub(super) value: f64,
    /// What is written there.
    pub(super) words: String,
}

/// The marks of both axes, and the room between two labels of the lower one, in values.
pub(super) struct Axes {
    /// Of the lower axis.
    pub(super) x: Vec<Mark>,
    /// Of the left axis.
    pub(super) y: Vec<Mark>,
    /// Distance of two marks of the lower axis.
    pub(super) x_step: f64,
}

/// A plot that looks like ours and cannot be dragged or zoomed: what is to be seen is in it.
pub(super) fn themed<'a>(ctx: &UiContext<'_>, id: &'static str, height: f32) -> Plot<'a> {
    Plot::new(id)
        .height(height)
        .min_size(vec2(40.0, 20.0))
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .sense(Sense::hover())
        .show_background(false)
        .show_crosshair(false)
        // What is under the pointer is told by a tooltip of our own.
        .show_x(false)
        .show_y(false)
        .show_axes(false)
        .show_grid(false)
        .grid_color(ctx.theme.colors.line)
        .grid_fade(0.0)
        .grid_spacing(Rangef::new(1.0, 2.0))
}

/// Gives a plot its axes.
pub(super) fn with_axes<'a>(plot: Plot<'a>, ctx: &UiContext<'_>, axes: Axes) -> Plot<'a> {
    let (x_marks, y_marks) = (
        grid_marks(&axes.x, axes.x_step),
        grid_marks(&axes.y, f64::MAX / 4.0),
    );
    let hints = |hints: AxisHints<'a>, marks: Vec<Mark>| {
        hints
            .tick_label_color(ctx.theme.colors.faint)
            .tick_label_font(font(Type::Hint, Weight::Regular))
            .label_spacing(Rangef::new(1.0, 2.0))
            .formatter(move |mark, _| words_at(&marks, mark.value))
    };
    let x = hints(AxisHints::new_x(), axes.x).min_thickness(20.0);
    let y = hints(AxisHints::new_y(), axes.y).min_thickness(26.0);
    plot.show_axes(true)
        .show_grid([false, true])
        .custom_x_axes(vec![x])
        .custom_y_axes(vec![y])
        .x_grid_spacer(move |_| x_marks.clone())
        .y_grid_spacer(move |_| y_marks.clone())
}

fn grid_marks(marks: &[Mark], step_size: f64) -> Vec<GridMark> {
    marks
        .iter()
        .map(|mark| GridMark {
            value: mark.value,
            step_size,
        })
        .collect()
}

fn words_at(marks: &[Mark], value: f64) -> String {
    marks
        .iter()
        .find(|mark| (mark.value - value).abs() < 1e-6)
        .map_or_else(String::new, |mark| mark.words.clone())
}

/// Says what a plot shows to those who do not see it.
pub(super) fn describe(response: &Response, words: String) {
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
}

/// What stands in the place of a plot that has nothing to show.
pub(super) fn nothing_ui(ui: &mut Ui, ctx: &UiContext<'_>, words: String, height: f32) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let color = ctx.theme.colors.faint;
    let font = font(Type::Secondary, Weight::Regular);
    ui.painter()
        .text(rect.center(), Align2::CENTER_CENTER, &words, font, color);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
}

/// Which line is plotted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// Battery in percent.
    Battery,
    /// Length of the gateway's queue.
    Queue,
}

impl Line {
    fn id(self) -> &'static str {
        match self {
            Self::Battery => "battery-line",
            Self::Queue => "queue-line",
        }
    }

    fn title(self, ctx: &UiContext<'_>) -> String {
        match self {
            Self::Battery => t!(ctx, "dashboard-battery"),
            Self::Queue => t!(ctx, "dashboard-gateway-queue"),
        }
    }

    fn points(self, data: &DashboardData, since: Timestamp) -> Vec<Point> {
        #[allow(clippy::cast_precision_loss, reason = "a queue on a plot needs no 53 bits")]
        series::points(&data.samples, since, |sample| match self {
            Self::Battery => sample.battery_percent.map(f64::from),
            Self::Queue => sample.queue_length.map(|length| length as f64),
        })
    }

    fn words(self, ctx: &UiContext<'_>, value: f64) -> String {
        match self {
            Self::Battery => ctx.text.percent(value / 100.0, 0),
            Self::Queue => ctx.text.decimal(value, 0),
        }
    }

    fn color(self, ctx: &UiContext<'_>) -> Color32 {
        match self {
            Self::Battery => ctx.theme.colors.accent,
            Self::Queue => ctx.theme.colors.info,
        }
    }

    /// Marks of the left axis and where it ends.
    fn scale(self, ctx: &UiContext<'_>, points: &[Point]) -> (Vec<Mark>, f64) {
        let step = match self {
            Self::Battery => 50.0,
            Self::Queue => {
                let highest = points.iter().map(|point| point.value).fold(0.0, f64::max);
                series::grid_step(highest * 1.4)
            }
        };
        let top = match self {
            Self::Battery => 100.0,
            Self::Queue => {
                let highest = points.iter().map(|point| point.value).fold(1.0, f64::max);
                (highest / step).ceil() * step
            }
        };
        (scale_marks(step, top, |value| self.words(ctx, value)), top)
    }
}

/// Marks from zero to `top`.
pub(super) fn scale_marks(step: f64, top: f64, words: impl Fn(f64) -> String) -> Vec<Mark> {
    let count = (top / step).round().clamp(1.0, 20.0) as u32;
    (0..=count)
        .map(|index| {
            let value = step * f64::from(index);
            Mark {
                value,
                words: words(value),
            }
        })
        .collect()
}

/// A card's contents: title and line, or what stands in its place.
pub(super) fn line_ui(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    line: Line,
    data: Option<&Loadable<DashboardData>>,
    range: Range,
) {
    card_title(ui, ctx, line.title(ctx));
    ui.add_space(2.0);
    let Some(value) = data.and_then(|data| data.value.as_ref()) else {
        match data.and_then(|data| data.error.as_ref()) {
            Some(error) => unreadable_ui(ui, ctx, error),
            None => {
                let width = ui.available_width();
                widgets::skeleton(ui, ctx.theme, vec2(width, LINE_HEIGHT));
            }
        }
        return;
    };
    let start = ctx.now.minus(range.duration());
    let points = line.points(value, start);
    if points.is_empty() {
        return nothing_ui(ui, ctx, t!(ctx, "dashboard-no-readings"), LINE_HEIGHT);
    }
    let (y, top) = line.scale(ctx, &points);
    let (x, x_step) = time_marks(ctx, range, start, ui.available_width());
    let plot = with_axes(themed(ctx, line.id(), LINE_HEIGHT), ctx, Axes { x, y, x_step });
    let (response, transform) = show_line(ui, ctx, plot, line, &points, range, start, top);
    describe(&response, summary(ctx, line, &points));
    hover_ui(ui, ctx, line, &points, start, &response, &transform);
}

/// The battery of the last 24 hours, without axes.
pub(super) fn spark_ui(ui: &mut Ui, ctx: &UiContext<'_>, day: Option<&DashboardData>) {
    let Some(day) = day else { return };
    let start = ctx.now.minus(Range::Day.duration());
    let line = Line::Battery;
    let points = line.points(day, start);
    if points.len() < 2 {
        return;
    }
    ui.add_space(6.0);
    let plot = themed(ctx, "battery-spark", SPARK_HEIGHT);
    let (response, transform) = show_line(ui, ctx, plot, line, &points, Range::Day, start, 100.0);
    let name = summary(ctx, line, &points);
    describe(&response, name);
    hover_ui(ui, ctx, line, &points, start, &response, &transform);
}

#[allow(
    clippy::too_many_arguments,
    reason = "one line of one plot, drawn in two places"
)]
fn show_line<'a>(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    plot: Plot<'a>,
    line: Line,
    points: &[Point],
    range: Range,
    start: Timestamp,
    top: f64,
) -> (Response, PlotTransform) {
    let color = line.color(ctx);
    let pieces: Vec<PlotPoints<'a>> = series::pieces(points, range)
        .into_iter()
        .map(|piece| {
            let points: Vec<[f64; 2]> = piece
                .iter()
                .map(|point| [seconds(start, point.at), point.value])
                .collect();
            PlotPoints::from(points)
        })
        .collect();
    let end = range.duration().as_secs_f64();
    let shown = plot.show(ui, move |plot| {
        plot.set_plot_bounds_x(0.0..=end);
        // A line at zero is drawn whole.
        plot.set_plot_bounds_y(-top * 0.02..=top * 1.02);
        for (index, piece) in pieces.into_iter().enumerate() {
            plot.line(
                egui_plot::Line::new("", piece)
                    .id(index)
                    .color(color)
                    .width(2.0)
                    .fill(0.0)
                    .fill_alpha(0.12)
                    .allow_hover(false),
            );
        }
    });
    (shown.response, shown.transform)
}

fn seconds(start: Timestamp, at: Timestamp) -> f64 {
    at.since(start).as_secs_f64()
}

fn summary(ctx: &UiContext<'_>, line: Line, points: &[Point]) -> String {
    let values = || points.iter().map(|point| point.value);
    let lowest = values().fold(f64::MAX, f64::min);
    let highest = values().fold(f64::MIN, f64::max);
    t!(
        ctx,
        "dashboard-line-summary",
        what = line.title(ctx),
        lowest = line.words(ctx, lowest),
        highest = line.words(ctx, highest)
    )
}

/// The value under the pointer: a point on the line, and its time in words.
fn hover_ui(
    ui: &Ui,
    ctx: &UiContext<'_>,
    line: Line,
    points: &[Point],
    start: Timestamp,
    response: &Response,
    transform: &PlotTransform,
) {
    let Some(pointer) = response.hover_pos() else {
        return;
    };
    let at = start.plus(Duration::from_secs_f64(
        transform.value_from_position(pointer).x.max(0.0),
    ));
    let nearest = points.iter().min_by_key(|point| (point.at.0 - at.0).abs());
    let Some(nearest) = nearest else { return };
    let center = transform.position_from_point(&PlotPoint::new(seconds(start, nearest.at), nearest.value));
    let painter = ui.painter();
    let colors = &ctx.theme.colors;
    painter.vline(
        center.x,
        transform.frame().y_range(),
        Stroke::new(1.0, faded(colors.faint, 0.5)),
    );
    painter.circle(center, 4.0, line.color(ctx), Stroke::new(2.0, colors.panel));
    let words = t!(
        ctx,
        "dashboard-line-point",
        value = line.words(ctx, nearest.value),
        time = ctx.text.day_and_time(nearest.at, ctx.now)
    );
    response
        .clone()
        .on_hover_cursor(CursorIcon::Default)
        .on_hover_text_at_pointer(words);
}

/// The marks of a time axis that begins at `start`: full hours, or days.
fn time_marks(ctx: &UiContext<'_>, range: Range, start: Timestamp, width: f32) -> (Vec<Mark>, f64) {
    let every = match (range, width < 300.0) {
        (Range::Day, false) => 4,
        (Range::Day, true) => 6,
        (Range::Week, _) => 24,
        (Range::Month, false) => 24 * 5,
        (Range::Month, true) => 24 * 7,
    };
    let first = start.local();
    let begin = if range == Range::Day {
        first.date().at(first.hour(), 0, 0, 0)
    } else {
        first.date().at(0, 0, 0, 0)
    };
    let mut marks = Vec::new();
    let hours = i64::from(range.hours());
    for hour in 0..=hours + 24 {
        let Ok(moment) = begin
            .checked_add(jiff::Span::new().hours(hour))
            .and_then(|civil| civil.to_zoned(jiff::tz::TimeZone::system()))
        else {
            continue;
        };
        let at = Timestamp(moment.timestamp().as_millisecond());
        let fits = match range {
            Range::Day => i64::from(moment.hour()) % every == 0,
            Range::Week | Range::Month => hour % every == 0,
        };
        let value = seconds(start, at);
        // What stands at the very edge would lie over the other axis or be cut.
        let edge = range.duration().as_secs_f64() * 0.03;
        if !fits || value < edge || at > ctx.now || value > range.duration().as_secs_f64() - edge {
            continue;
        }
        marks.push(Mark {
            value,
            words: mark_words(ctx, range, at),
        });
    }
    (marks, every as f64 * 3_600.0)
}

/// What is written under a mark: the hour, or the day of the month.
pub(super) fn mark_words(ctx: &UiContext<'_>, range: Range, at: Timestamp) -> String {
    let local = at.local();
    match range {
        Range::Day => t!(ctx, "dashboard-axis-hour", hour = local.hour().to_string()),
        Range::Week | Range::Month => local.day().to_string(),
    }
}

/// A rectangle of a plot on the screen, on whole points.
pub(super) fn bar_rect(
    transform: &PlotTransform,
    center: f64,
    width: f32,
    bottom: f64,
    top: f64,
) -> egui::Rect {
    let x = transform.position_from_point_x(center);
    let (low, high) = (
        transform.position_from_point_y(bottom),
        transform.position_from_point_y(top),
    );
    egui::Rect::from_min_max(
        pos2((x - width / 2.0).round(), high.round()),
        pos2((x + width / 2.0).round(), low.round()),
    )
}
