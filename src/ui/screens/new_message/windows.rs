//! Until when free text may be sent to each of the recipients, where the account's gateway knows such a time. The engine
//! refuses what comes too late whatever is known here.

use super::{Form, Person, called};
use crate::domain::window::FreeText;
use crate::domain::{PhoneNumber, Timestamp};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::read_model::Want;
use crate::ui::screens::conversations::composer::text::line;
use crate::ui::screens::conversations::composer::window::moment;
use crate::ui::theme::{Tone, icons, space};
use crate::ui::widgets;
use egui::Ui;
use std::collections::HashMap;

/// When they last wrote, as far as it has been read: `None` within for who never did. By [`PhoneNumber::contact_key`].
#[derive(Default)]
pub(super) struct Windows {
    last_wrote: HashMap<String, Option<Timestamp>>,
}

impl Windows {
    /// Takes what has been read, and asks for the rest. What was known stays until it has been read again.
    pub(super) fn refresh(&mut self, ctx: &UiContext<'_>, numbers: &[PhoneNumber]) {
        let Some(account) = ctx
            .account
            .filter(|view| view.capabilities.window_hours.is_some())
        else {
            return;
        };
        if numbers.is_empty() {
            return;
        }
        let id = account.account.id;
        ctx.want(Want::LastWrote(id, numbers.to_vec()));
        let read = ctx.model.last_wrote(id, numbers).unwrap_or_default();
        for (number, at) in numbers.iter().zip(read) {
            self.last_wrote.insert(number.contact_key(), *at);
        }
    }

    /// How it stands with somebody; `None` while it has not been read.
    pub(super) fn free(&self, ctx: &UiContext<'_>, number: &PhoneNumber) -> Option<FreeText> {
        let account = ctx.account?;
        let hours = account.capabilities.window_hours;
        if hours.is_none() {
            return Some(FreeText::Always);
        }
        let last = self.last_wrote.get(&number.contact_key())?;
        let free = FreeText::of(hours, *last, ctx.live.hears(account, ctx.now), ctx.now);
        if let FreeText::Until(end) = free {
            ctx.wake_at(end);
        }
        Some(free)
    }
}

/// How it stands with all of them.
#[derive(Default)]
pub(super) struct Standing {
    /// Who cannot get free text.
    pub(super) closed: Vec<Person>,
    /// Until when the others can, as far as that is known.
    pub(super) ends: Vec<Timestamp>,
    /// Of how many it is not known.
    pub(super) not_known: usize,
}

impl Form {
    /// How it stands with these people.
    pub(super) fn standing(&self, ctx: &UiContext<'_>, people: &[Person]) -> Standing {
        let mut standing = Standing::default();
        for person in people {
            match self.recipients.free(ctx, &person.0) {
                Some(FreeText::Since(_) | FreeText::NeverWrote) => standing.closed.push(person.clone()),
                Some(FreeText::Until(end)) => standing.ends.push(end),
                Some(FreeText::PerhapsSince(_) | FreeText::NotKnown) => standing.not_known += 1,
                Some(FreeText::Always) | None => {}
            }
        }
        standing
    }

    /// Why free text cannot be sent to all of them.
    pub(super) fn closed_problem(&self, ctx: &UiContext<'_>, standing: &Standing) -> Option<String> {
        let first = standing.closed.first().filter(|_| !self.composer.is_template())?;
        let name = called(&first.0, first.1.as_deref());
        Some(match standing.closed.len() - 1 {
            0 => t!(ctx, "window-only-template-one", name = name),
            others => t!(ctx, "window-only-template", name = name, count = others),
        })
    }

    /// What it means for the message, and the ways out.
    pub(super) fn windows_ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        people: usize,
        standing: &Standing,
    ) {
        let Some(account) = ctx.account.filter(|_| !self.composer.is_template()) else {
            return;
        };
        let Some(hours) = account.capabilities.window_hours else {
            return;
        };
        let closed = standing.closed.len();
        if closed > 0 {
            if people > 1 {
                let words = t!(ctx, "window-summary", count = closed, all = people);
                line(ui, ctx.theme, (Tone::Warn, icons::LOCK), words);
            }
            self.ways_out_ui(ui, ctx, people, standing);
            return;
        }
        let leaves = self.composer.not_before();
        let first = standing.ends.iter().min().copied();
        if let Some(end) = first.filter(|end| leaves.is_some_and(|leaves| leaves >= *end)) {
            let when = moment(ctx, end);
            let words = if people > 1 {
                t!(ctx, "window-ends-before-some", when = when)
            } else {
                t!(ctx, "window-ends-before", when = when)
            };
            line(ui, ctx.theme, (Tone::Warn, icons::WARNING), words);
        } else if let Some(end) = first.filter(|_| standing.not_known == 0) {
            let when = moment(ctx, end);
            let words = if people > 1 {
                t!(ctx, "window-until-all", when = when)
            } else {
                t!(ctx, "window-until", when = when)
            };
            line(ui, ctx.theme, (Tone::Neutral, icons::CLOCK), words);
        } else if people == 0 || standing.not_known > 0 {
            widgets::hint(ui, ctx.theme, t!(ctx, "window-new-message", hours = hours));
        }
    }

    fn ways_out_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, people: usize, standing: &Standing) {
        let closed = standing.closed.len();
        let can_template = ctx
            .account
            .is_some_and(|account| account.capabilities.templates.is_some());
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            let words = if people > 1 {
                t!(ctx, "window-template-for-all", count = people)
            } else {
                t!(ctx, "window-use-template")
            };
            if can_template && widgets::link(ui, ctx.theme, words).clicked() {
                self.composer.choose_template();
            }
            let words = t!(ctx, "window-remove-closed", count = closed);
            if closed < people && widgets::link(ui, ctx.theme, words).clicked() {
                let gone: Vec<PhoneNumber> =
                    standing.closed.iter().map(|(number, _)| number.clone()).collect();
                self.recipients.remove(&gone);
            }
        });
    }
}
