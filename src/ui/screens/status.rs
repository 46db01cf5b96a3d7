//! How states look on every screen that shows them (tone and icon), and times that keep themselves up to date.

use super::Screen;
use crate::domain::hosting::PreparingStep;
use crate::domain::message::{Message, MessageState};
use crate::domain::{Connection, PhoneNumber, Timestamp};
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::theme::{Tone, icons, space};
use crate::ui::widgets;
use egui::{Ui, vec2};
use std::time::Duration;

/// The tone and the icon of how an account stands.
#[must_use]
pub fn connection_look(connection: Connection) -> (Tone, &'static str) {
    match connection {
        Connection::NotChecked => (Tone::Neutral, icons::CLOCK),
        Connection::Ready | Connection::Answers => (Tone::Ok, icons::WIFI),
        Connection::PhoneOffline => (Tone::Warn, icons::WIFI_OFF),
        Connection::MustPair => (Tone::Warn, icons::QR),
        Connection::GatewayUnreachable => (Tone::Warn, icons::PLUG),
        Connection::CredentialsRefused => (Tone::Bad, icons::KEY),
        Connection::CredentialsMissing => (Tone::Bad, icons::LOCK),
    }
}

/// The tone and the icon of a message's state.
#[must_use]
pub fn message_look(state: MessageState) -> (Tone, &'static str) {
    match state {
        MessageState::Preparing => (Tone::Neutral, icons::UPLOAD),
        MessageState::Queued => (Tone::Neutral, icons::CLOCK),
        MessageState::InFlight => (Tone::Accent, icons::SEND),
        MessageState::Accepted | MessageState::Sent => (Tone::Neutral, icons::CHECK),
        // As in the plot and beside the messages: what was read is blue.
        MessageState::Delivered => (Tone::Ok, icons::CHECK_CHECK),
        MessageState::Read => (Tone::Info, icons::CHECK_CHECK),
        MessageState::Rejected => (Tone::Bad, icons::CIRCLE_X),
        MessageState::Unknown => (Tone::Warn, icons::QUESTION),
        MessageState::Cancelled => (Tone::Neutral, icons::BAN),
    }
}

/// What is being done just now with the file of a message.
#[must_use]
pub fn preparing_step(ctx: &UiContext<'_>, message: &Message) -> Option<PreparingStep> {
    if message.state != MessageState::Preparing {
        return None;
    }
    let file = message.attachment.as_ref()?.file?;
    ctx.live.preparing.get(&file).map(|(_, step)| *step)
}

/// How far that is, from 0 to 1.
#[must_use]
pub fn preparing_share(step: PreparingStep) -> f32 {
    let (PreparingStep::Uploading { done, total } | PreparingStep::Checking { done, total }) = step;
    if total == 0 {
        return 0.0;
    }
    (done.min(total) as f64 / total as f64) as f32
}

/// How long ago something was, told in steps of five seconds within a minute and of a minute later, so that the window
/// rests between them; it is drawn again when the next step comes.
#[must_use]
pub fn age(ctx: &UiContext<'_>, then: Timestamp) -> String {
    let elapsed = ctx.now.since(then);
    let step = if elapsed < Duration::from_secs(60) { 5 } else { 60 };
    let whole = Duration::from_secs(elapsed.as_secs() / step * step);
    ctx.wake_at(then.plus(whole + Duration::from_secs(step)));
    ctx.text.ago(then, then.plus(whole))
}

/// How long something lasts already, in whole minutes after the first.
#[must_use]
pub fn lasting(ctx: &UiContext<'_>, since: Timestamp) -> String {
    let elapsed = ctx.now.since(since).as_secs();
    let step = if elapsed < 60 { 5 } else { 60 };
    let whole = elapsed / step * step;
    ctx.wake_at(since.plus(Duration::from_secs(whole + step)));
    ctx.text.duration(Duration::from_secs(whole))
}

/// The time left until `due`, second by second in the last minute (`None` when it has come); later the moment itself.
#[must_use]
pub fn countdown(ctx: &UiContext<'_>, due: Timestamp) -> Option<String> {
    let millis = due.0.checked_sub(ctx.now.0).filter(|millis| *millis > 0)?;
    let seconds = u64::try_from(millis).ok()?.div_ceil(1_000);
    let left = Duration::from_secs(seconds);
    let (step, words) = match seconds {
        0..=60 => (1, ctx.text.duration(left)),
        61..=3_600 => (60, ctx.text.duration(Duration::from_secs(seconds / 60 * 60))),
        _ => (60, ctx.text.day_and_time(due, ctx.now)),
    };
    // The words change when the time left falls under the next whole step.
    let next = Duration::from_secs((seconds - 1) / step * step);
    ctx.wake_at(due.minus(next));
    Some(words)
}

/// A moment that something waits for: `hoje, 14:32`, `amanhã, 08:00`.
#[must_use]
pub fn planned(ctx: &UiContext<'_>, at: Timestamp) -> String {
    let (day, time) = (ctx.text.day(at, ctx.now), ctx.text.time(at));
    t!(ctx, "day-and-time", day = day, time = time)
}

/// A phone number as a gateway tells it, in groups where it is one.
#[must_use]
pub fn shown_number(digits: &str) -> String {
    PhoneNumber::from_digits(digits).map_or_else(|_| digits.to_owned(), |number| number.to_string())
}

/// A phone number in a sentence: it does not break at the end of a line.
#[must_use]
pub fn unbroken(number: &PhoneNumber) -> String {
    number.to_string().replace(' ', "\u{a0}").replace('-', "\u{2011}")
}

/// What a screen that needs an account shows while there is none: the way to add one.
pub fn no_account_ui(ui: &mut Ui, ctx: &UiContext<'_>, icon: &str, body: String) {
    let theme = ctx.theme;
    if !ctx.live.loaded {
        widgets::screen_frame(ui, theme, |ui| {
            widgets::skeleton(ui, theme, vec2(200.0, 28.0));
            ui.add_space(space::S);
            let width = ui.available_width();
            widgets::skeleton(ui, theme, vec2(width, 140.0));
            widgets::skeleton(ui, theme, vec2(width, 260.0));
        });
        return;
    }
    let action = t!(ctx, "status-add-account");
    if widgets::empty_state(ui, theme, icon, t!(ctx, "no-account"), body, Some(&action)) {
        ctx.act(UiAction::Go(Screen::Accounts));
    }
}
