//! Messages over time by what has become of them, and their sums.

use super::cards::plan_words;
use super::plot::{self, Axes, Mark};
use super::series::{self, Bucket, Counts, Range};
use super::{card_title, unreadable_ui};
use crate::engine::{AccountView, DashboardData};
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::read_model::Loadable;
use crate::ui::screens::grid::compact;
use crate::ui::theme::{Tone, Type, Weight, faded, icons, mix, space};
use crate::ui::widgets;
use egui::{Color32, CornerRadius, Response, Sense, Ui, vec2};
use egui_plot::PlotTransform;

const HEIGHT: f32 = 154.0;

/// The colours of a bar, from the ground up: accepted, delivered, read, problems.
fn colors(ctx: &UiContext<'_>) -> [Color32; 4] {
    let colors = &ctx.theme.colors;
    [
        mix(colors.faint, colors.panel, 0.35),
        colors.accent,
        mix(colors.info, colors.panel, 0.42),
        colors.bad,
    ]
}

fn names(ctx: &UiContext<'_>) -> [String; 4] {
    [
        t!(ctx, "dashboard-series-accepted"),
        t!(ctx, "dashboard-series-delivered"),
        t!(ctx, "dashboard-series-read"),
        t!(ctx, "dashboard-series-problems"),
    ]
}

/// Draws the card.
pub(super) fn ui(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    view: &AccountView,
    data: Option<&Loadable<DashboardData>>,
    range: Range,
    width: f32,
) {
    widgets::card_sized(ui, ctx.theme, width, 0.0, |ui| {
        compact(ui);
        ui.spacing_mut().item_spacing.y = space::S;
        head_ui(ui, ctx, range);
        let error = data.and_then(|data| data.error.as_ref());
        let Some(value) = data.and_then(|data| data.value.as_ref()) else {
            match error {
                Some(error) => unreadable_ui(ui, ctx, error),
                None => skeleton_ui(ui, ctx),
            }
            return;
        };
        if let Some(error) = error {
            unreadable_ui(ui, ctx, error);
        }
        let buckets = series::buckets(&value.hours, range, ctx.now);
        let total = series::total(&buckets);
        if total.all() == 0 {
            nothing_ui(ui, ctx, range);
        } else {
            bars_ui(ui, ctx, range, &buckets, total);
        }
        widgets::divider(ui, ctx.theme);
        sums_ui(ui, ctx, view, total);
    });
}

fn skeleton_ui(ui: &mut Ui, ctx: &UiContext<'_>) {
    let width = ui.available_width();
    widgets::skeleton(ui, ctx.theme, vec2(width, HEIGHT));
    widgets::skeleton(ui, ctx.theme, vec2(width * 0.6, 32.0));
}

/// Title and legend.
fn head_ui(ui: &mut Ui, ctx: &UiContext<'_>, range: Range) {
    let title = match range {
        Range::Day => t!(ctx, "dashboard-messages-by-hour"),
        Range::Week | Range::Month => t!(ctx, "dashboard-messages-by-day"),
    };
    if ui.available_width() < 520.0 {
        card_title(ui, ctx, title);
        ui.horizontal_wrapped(|ui| legend_ui(ui, ctx, false));
        return;
    }
    ui.horizontal(|ui| {
        card_title(ui, ctx, title);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            legend_ui(ui, ctx, true);
        });
    });
}

fn legend_ui(ui: &mut Ui, ctx: &UiContext<'_>, from_right: bool) {
    let theme = ctx.theme;
    let mut entries: Vec<(Color32, String)> = colors(ctx).into_iter().zip(names(ctx)).collect();
    if from_right {
        entries.reverse();
    }
    ui.spacing_mut().item_spacing = vec2(space::L, space::XS);
    for (color, name) in entries {
        // Dot and word are one thing: where the row wraps they stay together.
        let galley = widgets::text::layout(
            ui,
            name.as_str(),
            Type::Hint,
            Weight::Regular,
            theme.colors.dim,
            f32::INFINITY,
            1,
        );
        let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 16.0, 18.0), Sense::hover());
        ui.painter()
            .circle_filled(rect.left_center() + vec2(4.0, 0.0), 4.0, color);
        let at = egui::pos2(rect.left() + 16.0, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, theme.colors.dim);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &name));
    }
}

fn nothing_ui(ui: &mut Ui, ctx: &UiContext<'_>, range: Range) {
    let words = match range {
        Range::Day => t!(ctx, "dashboard-nothing-sent-day"),
        Range::Week => t!(ctx, "dashboard-nothing-sent-week"),
        Range::Month => t!(ctx, "dashboard-nothing-sent-month"),
    };
    ui.allocate_ui_with_layout(
        vec2(ui.available_width(), HEIGHT),
        egui::Layout::top_down(egui::Align::Center),
        |ui| {
            ui.set_min_height(HEIGHT);
            ui.add_space(34.0);
            let colors = &ctx.theme.colors;
            widgets::icon(ui, ctx.theme, icons::SEND, 22.0, colors.faint);
            let color = colors.dim;
            widgets::label(ui, ctx.theme, words, Type::Body, Weight::Regular, color);
            if widgets::link(ui, ctx.theme, t!(ctx, "dashboard-new-message")).clicked() {
                ctx.act(UiAction::NewMessage);
            }
        },
    );
}

fn bars_ui(ui: &mut Ui, ctx: &UiContext<'_>, range: Range, buckets: &[Bucket], total: Counts) {
    #[allow(
        clippy::cast_precision_loss,
        reason = "messages of an hour on a plot need no 53 bits"
    )]
    let highest = buckets
        .iter()
        .map(|bucket| bucket.counts.all() as f64)
        .fold(1.0, f64::max);
    let step = series::grid_step(highest * 1.1);
    let top = (highest * 1.1 / step).ceil() * step;
    let y = plot::scale_marks(step, top, |value| ctx.text.decimal(value, 0));
    let (x, x_step) = bucket_marks(ui, ctx, range, buckets);
    let count = buckets.len() as f64;
    let drawn = plot::with_axes(plot::themed(ctx, "messages", HEIGHT), ctx, Axes { x, y, x_step }).show(
        ui,
        move |plot| {
            plot.set_plot_bounds_x(-0.5..=count - 0.5);
            plot.set_plot_bounds_y(0.0..=top);
        },
    );
    plot::describe(&drawn.response, summary(ctx, total));
    let hovered = hovered_ui(ui, ctx, range, buckets, &drawn.response, &drawn.transform);
    paint_bars(ui, ctx, buckets, hovered, &drawn.transform);
}

fn bucket_marks(ui: &Ui, ctx: &UiContext<'_>, range: Range, buckets: &[Bucket]) -> (Vec<Mark>, f64) {
    let room = ui.available_width() / buckets.len().max(1) as f32;
    // Labels of about 30 points; every so many bars one fits.
    let every = [1_usize, 2, 3, 4, 6, 8, 12]
        .into_iter()
        .find(|every| room * *every as f32 >= 36.0)
        .unwrap_or(12);
    let last = buckets.len().saturating_sub(1);
    let marks = buckets
        .iter()
        .enumerate()
        .filter(|(index, bucket)| match range {
            // Round hours, wherever the day begins.
            Range::Day => usize::try_from(bucket.start.local().hour())
                .unwrap_or(0)
                .is_multiple_of(every),
            Range::Week | Range::Month => (last - index).is_multiple_of(every),
        })
        .map(|(index, bucket)| Mark {
            value: index as f64,
            words: plot::mark_words(ctx, range, bucket.start),
        })
        .collect();
    (marks, every as f64)
}

/// Which bar is under the pointer, with what is in it told in a tooltip.
fn hovered_ui(
    ui: &Ui,
    ctx: &UiContext<'_>,
    range: Range,
    buckets: &[Bucket],
    response: &Response,
    transform: &PlotTransform,
) -> Option<usize> {
    let pointer = response.hover_pos()?;
    let place = transform.value_from_position(pointer).x.round();
    let index = (place >= 0.0).then_some(place as usize)?;
    let bucket = buckets.get(index)?;
    let step = transform.position_from_point_x(1.0) - transform.position_from_point_x(0.0);
    let center = transform.position_from_point_x(index as f64);
    let band = egui::Rect::from_x_y_ranges(
        center - step / 2.0..=center + step / 2.0,
        transform.frame().y_range(),
    );
    ui.painter()
        .rect_filled(band, CornerRadius::same(4), faded(ctx.theme.colors.text, 0.05));
    response.clone().on_hover_ui_at_pointer(|ui| {
        tooltip_ui(ui, ctx, range, bucket);
    });
    Some(index)
}

fn tooltip_ui(ui: &mut Ui, ctx: &UiContext<'_>, range: Range, bucket: &Bucket) {
    let theme = ctx.theme;
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.spacing_mut().interact_size.y = 18.0;
    let when = match range {
        Range::Day => ctx.text.day_and_time(bucket.start, ctx.now),
        Range::Week | Range::Month => ctx.text.day_line(bucket.start, ctx.now),
    };
    let text = theme.colors.text;
    widgets::label(ui, theme, when, Type::Secondary, Weight::Semibold, text);
    let rows = colors(ctx).into_iter().zip(names(ctx)).zip(bucket.counts.stack());
    for ((color, name), count) in rows {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let (rect, _) = ui.allocate_exact_size(vec2(8.0, 8.0), Sense::hover());
            ui.painter().circle_filled(rect.center(), 4.0, color);
            let words = format!("{} {name}", ctx.text.number(count));
            widgets::label(ui, theme, words, Type::Secondary, Weight::Regular, text);
        });
    }
}

#[allow(
    clippy::cast_precision_loss,
    reason = "messages of an hour on a plot need no 53 bits"
)]
fn paint_bars(
    ui: &Ui,
    ctx: &UiContext<'_>,
    buckets: &[Bucket],
    hovered: Option<usize>,
    transform: &PlotTransform,
) {
    let step = transform.position_from_point_x(1.0) - transform.position_from_point_x(0.0);
    let width = (step * 0.58).clamp(2.0, 30.0);
    let painter = ui.painter().with_clip_rect(*transform.frame());
    let corner = CornerRadius::same(if width >= 10.0 { 3 } else { 1 });
    for (index, bucket) in buckets.iter().enumerate() {
        let mut bottom = 0_u64;
        for (count, color) in bucket.counts.stack().into_iter().zip(colors(ctx)) {
            if count == 0 {
                continue;
            }
            let (low, high) = (bottom as f64, (bottom + count) as f64);
            let mut rect = plot::bar_rect(transform, index as f64, width, low, high);
            // A hair between two parts; what is there stays visible however little it is.
            if bottom > 0 {
                rect.max.y -= 1.0;
            }
            rect.min.y = rect.min.y.min(rect.max.y - 2.0);
            let color = if hovered == Some(index) {
                mix(color, ctx.theme.colors.text, 0.10)
            } else {
                color
            };
            painter.rect_filled(rect, corner, color);
            bottom += count;
        }
    }
}

fn summary(ctx: &UiContext<'_>, total: Counts) -> String {
    t!(
        ctx,
        "dashboard-messages-summary",
        sent = total.sent(),
        delivered = total.delivered + total.read,
        read = total.read,
        problems = total.problems
    )
}

/// The sums under the plot, and the end of the plan.
fn sums_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView, total: Counts) {
    let share = |share: Option<f64>| share.map_or_else(|| "—".to_owned(), |share| ctx.text.percent(share, 1));
    let mut figures = vec![
        (t!(ctx, "dashboard-sum-sent"), ctx.text.number(total.sent()), None),
        (
            t!(ctx, "dashboard-sum-delivered"),
            share(total.delivered_share()),
            None,
        ),
        (t!(ctx, "dashboard-sum-read"), share(total.read_share()), None),
        (
            t!(ctx, "dashboard-sum-problems"),
            ctx.text.number(total.problems),
            None,
        ),
    ];
    if view.capabilities.limits
        && let Some((words, warning)) = plan_words(ctx, view)
    {
        figures.push((t!(ctx, "dashboard-plan"), words, warning));
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::XXL, space::S);
        for (name, value, warning) in figures {
            figure_ui(ui, ctx, name, value, warning);
        }
    });
}

fn figure_ui(ui: &mut Ui, ctx: &UiContext<'_>, name: String, value: String, warning: Option<(Tone, String)>) {
    let theme = ctx.theme;
    let wide = |ui: &Ui, words: &str, kind, weight| {
        widgets::text::layout(ui, words, kind, weight, theme.colors.text, f32::INFINITY, 1)
            .size()
            .x
    };
    // Measured first, so that a figure goes into the next row as a whole.
    let mut second = wide(ui, &value, Type::PaneTitle, Weight::Semibold);
    if let Some((_, words)) = &warning {
        second += space::S + wide(ui, words, Type::Hint, Weight::Medium) + 38.0;
    }
    let width = wide(ui, &name, Type::Hint, Weight::Regular).max(second).ceil() + 1.0;
    let size = vec2(width.min(ui.max_rect().width()), 40.0);
    let layout = egui::Layout::top_down(egui::Align::Min);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_size(size);
        ui.spacing_mut().item_spacing = vec2(space::S, 2.0);
        ui.spacing_mut().interact_size.y = 22.0;
        widgets::label(ui, theme, name, Type::Hint, Weight::Regular, theme.colors.faint);
        let color = warning
            .as_ref()
            .map_or(theme.colors.text, |(tone, _)| theme.tone(*tone).0);
        ui.horizontal(|ui| {
            widgets::label(ui, theme, value, Type::PaneTitle, Weight::Semibold, color);
            if let Some((tone, words)) = warning {
                widgets::pill(ui, theme, tone, Some(icons::WARNING), words);
            }
        });
    });
}
