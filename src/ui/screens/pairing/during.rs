//! While pairing goes on: the code, its age, the steps, how far it is.

use super::parts::{columns_ui, is_stale, seconds_until, sentence, steps_ui};
use super::{PairingScreen, code};
use crate::domain::Pairing;
use crate::domain::Timestamp;
use crate::domain::pairing::{CONFIRMATION_LIMIT, POLL_INTERVAL, PairingCode, PairingPhase, SCAN_LIMIT};
use crate::engine::AccountView;
use crate::t;
use crate::ui::context::{ToastKind, UiAction, UiContext};
use crate::ui::theme::{Tone, Type, Weight, faded, icons, radius, size, space};
use crate::ui::widgets::text::layout as lay_out;
use crate::ui::widgets::{
    banner, card_sized, divider, hint, icon, icon_button, label, ring, skeleton, spinner,
};
use crate::ui::words;
use egui::{Align, CornerRadius, Layout, Rect, Sense, Ui, UiBuilder, pos2, vec2};
use std::time::Duration;

/// Side of the square the code is drawn into, in points, where there is room.
const CODE_SIDE: f32 = 344.0;

impl PairingScreen {
    pub(super) fn during_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView) {
        columns_ui(
            ui,
            self,
            |screen, ui, width| {
                card_sized(ui, ctx.theme, width, 0.0, |ui| screen.code_card_ui(ui, ctx, view));
            },
            |screen, ui| {
                ui.spacing_mut().item_spacing.y = space::L;
                screen.notices_ui(ui, ctx, view);
                steps_ui(ui, ctx);
                divider(ui, ctx.theme);
                progress_ui(ui, ctx, &view.pairing);
                hint(ui, ctx.theme, t!(ctx, "pairing-goes-on"));
            },
        );
    }

    fn code_card_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView) {
        let side = CODE_SIDE.min(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::M;
        ui.vertical_centered(|ui| match &view.pairing.phase {
            PairingPhase::Code {
                code, received_at, ..
            } => {
                let old = is_stale(*received_at, ctx.now);
                let name = t!(ctx, "pairing-code-image");
                let place = self.painter.show(ui, code, side, &name, old).rect;
                if old {
                    stale_ui(ui, ctx, place);
                }
            }
            PairingPhase::WaitingForConfirmation { .. } => place_ui(
                ui,
                ctx,
                side,
                Some(icons::PHONE),
                &t!(ctx, "pairing-place-confirming"),
            ),
            _ => place_ui(ui, ctx, side, None, &t!(ctx, "pairing-place-waiting")),
        });
        self.age_ui(ui, ctx, &view.pairing);
    }

    /// The line under the code: how old it is, when the gateway is asked again, and what can be done with it.
    fn age_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, pairing: &Pairing) {
        const RING: f32 = 26.0;
        let colors = &ctx.theme.colors;
        let code = match &pairing.phase {
            PairingPhase::Code { code, .. } => Some(code),
            _ => None,
        };
        let (title, detail) = age_words(ctx, pairing);
        let buttons = if code.is_some() { 3.0 * size::CONTROL } else { 0.0 };
        let width = (ui.available_width() - RING - space::M - buttons).max(80.0);
        let measure =
            |text: &str, kind, weight| lay_out(ui, text, kind, weight, colors.text, width, 3).size().y;
        let words =
            measure(&title, Type::Body, Weight::Medium) + measure(&detail, Type::Secondary, Weight::Regular);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), words.max(44.0)), Sense::hover());

        let corner = pos2(rect.left(), rect.center().y - RING / 2.0);
        let place = Rect::from_min_size(corner, vec2(RING, RING));
        let mut child = ui.new_child(UiBuilder::new().max_rect(place));
        ring(
            &mut child,
            ctx.theme,
            poll_share(pairing, ctx.now),
            RING,
            colors.accent,
        );

        let corner = pos2(place.right() + space::M, rect.center().y - words / 2.0);
        let place = Rect::from_min_size(corner, vec2(width, words));
        let mut child = ui.new_child(UiBuilder::new().max_rect(place));
        child.spacing_mut().item_spacing.y = 0.0;
        label(
            &mut child,
            ctx.theme,
            title,
            Type::Body,
            Weight::Medium,
            colors.text,
        );
        let quiet = colors.dim;
        label(
            &mut child,
            ctx.theme,
            detail,
            Type::Secondary,
            Weight::Regular,
            quiet,
        );

        if let Some(code) = code {
            let layout = Layout::right_to_left(Align::Center);
            let mut child = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
            child.spacing_mut().item_spacing.x = 0.0;
            self.code_buttons_ui(&mut child, ctx, code);
        }
    }

    /// From right to left.
    fn code_buttons_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, shown: &PairingCode) {
        if icon_button(ui, ctx.theme, icons::DOWNLOAD, t!(ctx, "pairing-save-code")).clicked()
            && let Some(bytes) = code::png(shown)
        {
            ctx.act(UiAction::SaveFile(t!(ctx, "pairing-code-file"), bytes));
        }
        if icon_button(ui, ctx.theme, icons::COPY, t!(ctx, "pairing-copy-code")).clicked()
            && let Some(picture) = code::picture(shown)
        {
            ctx.act(UiAction::CopyImage(picture));
            ctx.act(UiAction::Toast(ToastKind::Done, t!(ctx, "pairing-code-copied")));
        }
        if icon_button(ui, ctx.theme, icons::EXPAND, t!(ctx, "pairing-enlarge-code")).clicked() {
            self.enlarged = true;
        }
    }

    fn notices_ui(&self, ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView) {
        if let Some((failure, said)) = &view.pairing.trouble {
            let seconds = view
                .pairing
                .next_poll_at
                .map_or(0, |poll| seconds_until(poll, ctx.now));
            let mut body = t!(ctx, "pairing-trouble-next", seconds = seconds);
            if !said.trim().is_empty() {
                body = format!("{body} {}", words::their_words(ctx.text, said));
            }
            let title = words::pairing_failure(ctx.text, *failure);
            banner(ui, ctx.theme, Tone::Warn, icons::WARNING, title, body, |_| {});
        }
        let body = waiting_words(ctx, view);
        match self.phone_gone(view) {
            Some(phone) if view.pairing.phase == PairingPhase::Starting => {
                let title = sentence(ctx, t!(ctx, "pairing-being-disconnected", phone = phone));
                banner(ui, ctx.theme, Tone::Warn, icons::WARNING, title, body, |_| {});
            }
            Some(phone) => {
                let title = sentence(ctx, t!(ctx, "pairing-was-disconnected", phone = phone));
                banner(ui, ctx.theme, Tone::Warn, icons::WARNING, title, body, |_| {});
            }
            None => {
                let title = t!(ctx, "pairing-no-phone-yet");
                banner(ui, ctx.theme, Tone::Warn, icons::WARNING, title, body, |_| {});
            }
        }
    }
}

/// What becomes of the messages meanwhile.
fn waiting_words(ctx: &UiContext<'_>, view: &AccountView) -> String {
    let there = view.health.queue_length.as_ref().map_or(0, |read| read.value);
    let waiting = there.saturating_add(view.outbox.queued);
    t!(ctx, "pairing-messages-wait", count = waiting)
}

/// How much of the time to the next poll has gone.
fn poll_share(pairing: &Pairing, now: Timestamp) -> f32 {
    let left = pairing
        .next_poll_at
        .map_or(Duration::ZERO, |poll| poll.since(now));
    1.0 - (left.as_secs_f32() / POLL_INTERVAL.as_secs_f32()).clamp(0.0, 1.0)
}

fn age_words(ctx: &UiContext<'_>, pairing: &Pairing) -> (String, String) {
    let seconds = pairing.next_poll_at.map(|poll| seconds_until(poll, ctx.now));
    let detail = match seconds {
        None => t!(ctx, "pairing-asking"),
        Some(0) => t!(ctx, "pairing-poll-now", number = pairing.polls + 1),
        Some(seconds) => t!(
            ctx,
            "pairing-poll-in",
            seconds = seconds,
            number = pairing.polls.max(1)
        ),
    };
    let title = match &pairing.phase {
        PairingPhase::Code { received_at, .. } => t!(
            ctx,
            "pairing-code-age",
            age = ctx.text.duration(ctx.now.since(*received_at))
        ),
        PairingPhase::WaitingForConfirmation { since } => t!(
            ctx,
            "pairing-confirming-age",
            age = ctx.text.duration(ctx.now.since(*since))
        ),
        PairingPhase::Starting => t!(ctx, "pairing-starting"),
        _ => t!(ctx, "pairing-code-coming"),
    };
    (title, detail)
}

/// The place of a code that is not there yet, or no longer.
fn place_ui(ui: &mut Ui, ctx: &UiContext<'_>, side: f32, sign: Option<&str>, words: &str) {
    let colors = &ctx.theme.colors;
    let place = match sign {
        None => skeleton(ui, ctx.theme, vec2(side, side)).rect,
        Some(_) => {
            let (place, _) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
            let corners = CornerRadius::same(radius::CONTROL);
            ui.painter().rect_filled(place, corners, colors.accent_soft);
            place
        }
    };
    let inside = Rect::from_center_size(place.center(), vec2(side - 2.0 * space::XXL, 96.0));
    let mut child = ui.new_child(
        UiBuilder::new()
            .max_rect(inside)
            .layout(Layout::top_down(Align::Center)),
    );
    child.spacing_mut().item_spacing.y = space::M;
    let color = match sign {
        Some(sign) => {
            icon(&mut child, ctx.theme, sign, 32.0, colors.accent);
            colors.text
        }
        None => {
            icon(&mut child, ctx.theme, icons::QR, 32.0, colors.dim);
            colors.dim
        }
    };
    let words = ctx.theme.rich(words, Type::Body, Weight::Medium, color);
    child.add(egui::Label::new(words).wrap().halign(Align::Center));
}

/// Says over a dimmed code that it is old.
pub(super) fn stale_ui(ui: &mut Ui, ctx: &UiContext<'_>, place: Rect) {
    let (color, ground) = ctx.theme.tone(Tone::Warn);
    let width = (place.width() - 72.0).clamp(80.0, 280.0);
    let words = ctx
        .theme
        .rich(t!(ctx, "pairing-code-old"), Type::Body, Weight::Medium, color);
    let under = ui.painter().add(egui::Shape::Noop);
    let inside = Rect::from_center_size(place.center(), vec2(width, 40.0));
    let mut child = ui.new_child(
        UiBuilder::new()
            .max_rect(inside)
            .layout(Layout::top_down(Align::Center)),
    );
    child.add(egui::Label::new(words).wrap().halign(Align::Center));
    let plate = egui::epaint::RectShape::filled(
        child.min_rect().expand2(vec2(space::M, space::M)),
        CornerRadius::same(radius::ROW),
        ground,
    );
    ui.painter().set(under, plate);
}

/// How a step of the list stands.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Done,
    Now(f32),
    Working,
    Later,
}

/// What has been done, what is going on, what comes.
fn progress_ui(ui: &mut Ui, ctx: &UiContext<'_>, pairing: &Pairing) {
    let asked_at = pairing.started_at.map(|at| ctx.text.time_with_seconds(at));
    let scan_left = pairing.started_at.map_or(1.0, |at| {
        1.0 - ctx.now.since(at).as_secs_f32() / SCAN_LIMIT.as_secs_f32()
    });
    let (asked, scan, confirmation) = match &pairing.phase {
        PairingPhase::Starting => (Step::Working, Step::Later, Step::Later),
        PairingPhase::WaitingForCode => (Step::Done, Step::Working, Step::Later),
        PairingPhase::WaitingForConfirmation { since } => {
            let left = 1.0 - ctx.now.since(*since).as_secs_f32() / CONFIRMATION_LIMIT.as_secs_f32();
            (Step::Done, Step::Done, Step::Now(left))
        }
        _ => (Step::Done, Step::Now(scan_left), Step::Later),
    };
    let scan_words = match &pairing.phase {
        PairingPhase::WaitingForCode => t!(ctx, "pairing-progress-code"),
        PairingPhase::WaitingForConfirmation { .. } => t!(ctx, "pairing-progress-scanned"),
        _ => t!(ctx, "pairing-progress-scan"),
    };
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.spacing_mut().interact_size.y = Type::Body.line_height();
        row_ui(ui, ctx, asked, t!(ctx, "pairing-progress-asked"), asked_at);
        row_ui(ui, ctx, scan, scan_words, None);
        row_ui(
            ui,
            ctx,
            confirmation,
            t!(ctx, "pairing-progress-confirmation"),
            None,
        );
        row_ui(ui, ctx, Step::Later, t!(ctx, "pairing-progress-connected"), None);
    });
}

fn row_ui(ui: &mut Ui, ctx: &UiContext<'_>, step: Step, words: String, at: Option<String>) {
    let colors = &ctx.theme.colors;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let (weight, color) = match step {
            Step::Done => {
                icon(ui, ctx.theme, icons::CIRCLE_CHECK, size::ICON_BUTTON, colors.ok);
                (Weight::Regular, colors.text)
            }
            Step::Now(share) => {
                ring(ui, ctx.theme, share, size::ICON_BUTTON, colors.accent);
                (Weight::Medium, colors.text)
            }
            Step::Working => {
                spinner(ui, ctx.theme, size::ICON_BUTTON);
                (Weight::Medium, colors.text)
            }
            Step::Later => {
                icon(
                    ui,
                    ctx.theme,
                    icons::CIRCLE,
                    size::ICON_BUTTON,
                    faded(colors.faint, 0.8),
                );
                (Weight::Regular, colors.faint)
            }
        };
        label(ui, ctx.theme, words, Type::Body, weight, color);
        if let Some(at) = at.filter(|_| step == Step::Done) {
            label(ui, ctx.theme, at, Type::Hint, Weight::Regular, colors.faint);
        }
    });
}
