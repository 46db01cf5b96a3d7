//! People written to before, offered while a name or a number is being typed.

use super::{Recipients, country, is_same_person};
use crate::domain::{Conversation, PhoneNumber};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::fuzzy::folded;
use crate::ui::read_model::{FilterKey, Want};
use crate::ui::theme::space;
use crate::ui::widgets;
use egui::{Key, Modifiers, Popup, PopupCloseBehavior, RectAlign, Response, Ui};

/// Earlier conversations that are offered.
const OFFERED: usize = 5;
/// Somebody who was written to before.
pub(super) struct Offer {
    name: Option<String>,
    number: PhoneNumber,
    do_not_write: bool,
}

impl Recipients {
    /// Takes the keys that choose among what is offered: arrows, and Enter for the one they stand at. Answers whether
    /// Enter was pressed for what was typed.
    pub(super) fn keys(&mut self, ui: &Ui, ctx: &UiContext<'_>, offers: &[Offer]) -> bool {
        let pressed =
            |key| ui.input_mut(|input| input.modifiers.is_none() && input.consume_key(Modifiers::NONE, key));
        let pointed = self.pointed(ctx, offers);
        if let Some(last) = offers.len().checked_sub(1) {
            if pressed(Key::ArrowDown) {
                self.pointed = Some(pointed.map_or(0, |at| if at == last { 0 } else { at + 1 }));
                return false;
            }
            if pressed(Key::ArrowUp) {
                self.pointed = Some(pointed.map_or(last, |at| at.checked_sub(1).unwrap_or(last)));
                return false;
            }
        }
        if !pressed(Key::Enter) {
            return false;
        }
        match pointed.and_then(|at| offers.get(at)) {
            Some(offer) => {
                self.take(offer, country(ctx));
                false
            }
            None => true,
        }
    }

    /// Which of the offered Enter takes: the one the arrows stand at, or the first where what was typed is no number.
    fn pointed(&self, ctx: &UiContext<'_>, offers: &[Offer]) -> Option<usize> {
        let last = offers.len().checked_sub(1)?;
        let first = || (!self.reads_well(ctx)).then_some(0);
        self.pointed.or_else(first).map(|at| at.min(last))
    }

    pub(super) fn take(&mut self, offer: &Offer, country: &str) {
        self.typing.clear();
        self.pointed = None;
        self.merged = 0;
        self.add(&offer.number.e164(), offer.name.clone(), country);
    }

    /// People written to before whose name or number fits what is being typed, and who are not chosen yet.
    pub(super) fn offers(&self, ctx: &UiContext<'_>) -> Vec<Offer> {
        let search = self.typing.trim().to_owned();
        if search.chars().count() < 2 {
            return Vec::new();
        }
        let filter = FilterKey {
            account: ctx.account.map(|view| view.account.id),
            search,
            problems_only: false,
            unread_only: false,
        };
        ctx.want(Want::Conversations(filter.clone()));
        let list = ctx
            .model
            .conversations(&filter)
            .and_then(|list| list.value.as_ref());
        let is_new = |number: &PhoneNumber| {
            let mut chosen = self.chosen.iter().filter_map(|other| other.number.as_ref().ok());
            !chosen.any(|other| is_same_person(other, number))
        };
        list.map_or(&[][..], |list| &list.rows)
            .iter()
            .filter(|row| self.fits(&row.conversation) && is_new(&row.conversation.phone))
            .take(OFFERED)
            .map(|row| Offer {
                name: row.conversation.shown_name().map(str::to_owned),
                number: row.conversation.phone.clone(),
                do_not_write: row.conversation.do_not_write,
            })
            .collect()
    }

    /// The list is searched by what was written as well; here only who it is counts.
    fn fits(&self, person: &Conversation) -> bool {
        let digits: String = self.typing.chars().filter(char::is_ascii_digit).collect();
        let number = &person.phone;
        if digits.is_empty() {
            let name = person.shown_name().unwrap_or_default();
            return folded(name).contains(&folded(self.typing.trim()));
        }
        digits.len() > 1 && (number.digits().contains(&digits) || number.contact_key().contains(&digits))
    }

    /// Draws what is offered below the field; answers what was clicked.
    pub(super) fn offers_ui<'a>(
        &self,
        ctx: &UiContext<'_>,
        field: &Response,
        offers: &'a [Offer],
    ) -> Option<&'a Offer> {
        if offers.is_empty() {
            return None;
        }
        let pointed = self.pointed(ctx, offers);
        let mut clicked = None;
        Popup::from_response(field)
            .id(field.id.with("offers"))
            .open(true)
            .align(RectAlign::BOTTOM_START)
            .gap(space::XS)
            .close_behavior(PopupCloseBehavior::IgnoreClicks)
            .frame(widgets::menu::menu_frame(ctx.theme))
            .show(|ui| {
                ui.set_min_width(320.0);
                ui.spacing_mut().item_spacing.y = 2.0;
                for (index, offer) in offers.iter().enumerate() {
                    let mut words = match &offer.name {
                        Some(name) => format!("{name} · {}", offer.number),
                        None => offer.number.to_string(),
                    };
                    if offer.do_not_write {
                        words = format!("{words} · {}", t!(ctx, "new-message-not-to-write"));
                    }
                    let chosen = pointed == Some(index);
                    if widgets::menu::option_item(ui, ctx.theme, words, chosen).clicked() {
                        clicked = Some(offer);
                    }
                }
            });
        clicked
    }
}
