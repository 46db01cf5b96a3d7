//! Until when free text may be sent to the person, where a gateway knows such a time.

use super::text::line;
use crate::domain::conversation::DraftPlace;
use crate::domain::message::{Reason, ReasonKind};
use crate::domain::window::FreeText;
use crate::domain::{Conversation, PhoneNumber, Timestamp};
use crate::engine::AccountView;
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::screens::status::{planned, unbroken};
use crate::ui::theme::{Tone, icons};
use crate::ui::widgets;
use crate::ui::words;
use egui::Ui;

/// How it stands between an account and a person.
pub(in crate::ui::screens) fn free_text(
    ctx: &UiContext<'_>,
    account: &AccountView,
    person: &Conversation,
) -> FreeText {
    let hours = account.capabilities.window_hours;
    FreeText::of(
        hours,
        person.last_wrote_at,
        ctx.live.hears(account, ctx.now),
        ctx.now,
    )
}

/// The line that says it; whether a template is wanted instead. It turns at the moment the time ends.
pub(super) fn line_ui(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    account: &AccountView,
    free: FreeText,
    leaves: Option<Timestamp>,
) -> bool {
    let hours = account.capabilities.window_hours.unwrap_or_default();
    let (tone, icon, words) = match free {
        FreeText::Always => return false,
        FreeText::Until(end) => {
            ctx.wake_at(end);
            let when = moment(ctx, end);
            if leaves.is_some_and(|leaves| leaves >= end) {
                let words = t!(ctx, "window-ends-before", when = when);
                (Tone::Warn, icons::WARNING, words)
            } else {
                let words = t!(ctx, "window-until", when = when);
                (Tone::Neutral, icons::CLOCK, words)
            }
        }
        FreeText::Since(_) | FreeText::NeverWrote => {
            (Tone::Warn, icons::LOCK, closed_words(ctx, account, free))
        }
        FreeText::PerhapsSince(end) => {
            let words = t!(
                ctx,
                "window-perhaps-since",
                hours = hours,
                when = moment(ctx, end)
            );
            (Tone::Info, icons::INFO, words)
        }
        FreeText::NotKnown => {
            let words = t!(ctx, "window-not-known", hours = hours);
            (Tone::Neutral, icons::INFO, words)
        }
    };
    line(ui, ctx.theme, (tone, icon), words);
    let offers = account.capabilities.templates.is_some() && matches!(tone, Tone::Warn | Tone::Info);
    offers && widgets::link(ui, ctx.theme, t!(ctx, "window-use-template")).clicked()
}

/// Why no free text can be sent.
pub(super) fn closed_words(ctx: &UiContext<'_>, account: &AccountView, free: FreeText) -> String {
    let hours = account.capabilities.window_hours.unwrap_or_default();
    match free {
        FreeText::Since(end) => t!(ctx, "window-since", hours = hours, when = moment(ctx, end)),
        _ => t!(ctx, "window-never-wrote"),
    }
}

/// Why the engine stored nothing: it knew better than this window who may get free text. Of several people it says who.
pub(super) fn refused_words(ctx: &UiContext<'_>, place: DraftPlace, people: &[PhoneNumber]) -> String {
    /// As many are named.
    const NAMED: usize = 6;
    let reason = Reason::new(ReasonKind::OutsideWindow);
    let mut sentences = vec![words::reason(ctx.text, &reason)];
    if matches!(place, DraftPlace::NewMessage(_)) && !people.is_empty() {
        let mut names: Vec<String> = people.iter().take(NAMED).map(unbroken).collect();
        let more = people.len().saturating_sub(NAMED);
        if more > 0 {
            names.push(t!(ctx, "new-message-and-more", count = more));
        }
        sentences.push(t!(ctx, "window-refused", people = names.join(", ")));
    }
    sentences.push(words::reason_advice(ctx.text, &reason));
    sentences.join(" ")
}

/// The time alone if it is today.
pub(in crate::ui::screens) fn moment(ctx: &UiContext<'_>, at: Timestamp) -> String {
    if at.local().date() == ctx.now.local().date() {
        ctx.text.time(at)
    } else {
        planned(ctx, at)
    }
}
