//! What has just happened, said in passing: small cards at the lower right. They go by themselves, except those that
//! tell of a problem; a pointer over them keeps them. They are a live region, so a screen reader says them too.

use super::context::{ToastKind, UiContext};
use super::theme::{Tone, Type, Weight, icons, radius, shadow, size, space};
use super::widgets;
use crate::domain::Timestamp;
use crate::t;
use egui::{Align2, Area, CornerRadius, Frame, Id, Margin, Order, Stroke, vec2};
use std::time::Duration;

/// How long a toast stays.
pub const SHOWN_FOR: Duration = Duration::from_secs(4);
/// How many are shown at once; the oldest go first.
const AT_MOST: usize = 4;
const WIDTH: f32 = 340.0;

#[derive(Debug)]
struct Toast {
    number: u64,
    kind: ToastKind,
    text: String,
    /// `None` stays until it is closed.
    ends_at: Option<Timestamp>,
}

/// The toasts that are shown.
#[derive(Debug, Default)]
pub struct Toasts {
    toasts: Vec<Toast>,
    made: u64,
}

impl Toasts {
    /// Says something. What is being said already is not said twice, only longer.
    pub fn say(&mut self, kind: ToastKind, text: impl Into<String>, now: Timestamp) {
        let text = text.into();
        let ends_at = (kind != ToastKind::Problem).then(|| now.plus(SHOWN_FOR));
        if let Some(same) = self
            .toasts
            .iter_mut()
            .find(|toast| toast.text == text && toast.kind == kind)
        {
            same.ends_at = ends_at;
            return;
        }
        self.made += 1;
        self.toasts.push(Toast {
            number: self.made,
            kind,
            text,
            ends_at,
        });
        if self.toasts.len() > AT_MOST {
            self.toasts.remove(0);
        }
    }

    /// Whether nothing is shown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.toasts.is_empty()
    }

    /// Draws them and lets go of those whose time is over.
    pub fn ui(&mut self, egui: &egui::Context, ctx: &UiContext<'_>) {
        let now = ctx.now;
        self.toasts
            .retain(|toast| toast.ends_at.is_none_or(|ends_at| ends_at > now));
        if self.toasts.is_empty() {
            return;
        }
        let mut closed = None;
        let area = Area::new(Id::unique("toasts"))
            .order(Order::Tooltip)
            // Not at the bottom, where the button that sends and the way to the end of a thread are.
            .anchor(Align2::RIGHT_TOP, vec2(-space::L, size::STRIP + BELOW_STRIP))
            .show(egui, |ui| {
                ui.spacing_mut().item_spacing.y = space::S;
                for toast in &self.toasts {
                    if toast_ui(ui, ctx, toast) {
                        closed = Some(toast.number);
                    }
                }
            });
        egui.accesskit_node_builder(area.response.id, |node| {
            node.set_role(egui::accesskit::Role::Status);
            node.set_live(egui::accesskit::Live::Polite);
        });
        if let Some(number) = closed {
            self.toasts.retain(|toast| toast.number != number);
            egui.request_repaint();
        }
        if area.response.contains_pointer() {
            for toast in &mut self.toasts {
                toast.ends_at = toast
                    .ends_at
                    .map(|ends_at| ends_at.max(now.plus(Duration::from_secs(2))));
            }
        }
        if let Some(next) = self.toasts.iter().filter_map(|toast| toast.ends_at).min() {
            ctx.wake_at(next);
        }
    }
}

/// Room below the strip: the buttons of a screen's head stay free, in points.
const BELOW_STRIP: f32 = 68.0;

/// Draws one; whether it was closed.
fn toast_ui(ui: &mut egui::Ui, ctx: &UiContext<'_>, toast: &Toast) -> bool {
    let (icon, tone) = match toast.kind {
        ToastKind::Done => (icons::CIRCLE_CHECK, Tone::Ok),
        ToastKind::Info => (icons::INFO, Tone::Info),
        ToastKind::Problem => (icons::ALERT, Tone::Bad),
    };
    let theme = ctx.theme;
    let colors = &theme.colors;
    Frame::new()
        .fill(colors.panel)
        .stroke(Stroke::new(1.0, colors.line))
        .corner_radius(CornerRadius::same(radius::ROW))
        .shadow(shadow(theme.dark))
        .inner_margin(Margin {
            left: 12,
            right: 4,
            top: 4,
            bottom: 4,
        })
        .show(ui, |ui| {
            ui.set_width(WIDTH);
            ui.horizontal(|ui| {
                widgets::icon(ui, theme, icon, size::ICON_BUTTON, theme.tone(tone).0);
                let words = theme.rich(toast.text.as_str(), Type::Secondary, Weight::Regular, colors.text);
                let width = ui.available_width() - size::CONTROL - space::S;
                ui.vertical(|ui| {
                    ui.set_width(width);
                    ui.add_space(space::S);
                    ui.add(egui::Label::new(words).wrap());
                    ui.add_space(space::S);
                });
                widgets::icon_button(ui, theme, icons::X, t!(ctx, "toast-close")).clicked()
            })
            .inner
        })
        .inner
}
