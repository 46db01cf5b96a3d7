//! Contact cards: who, which numbers, and the way to write to them.

use super::actions::{self, Action, INDENT};
use super::{Part, Tools};
use crate::domain::vcard::{CardNumber, ContactCard};
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::theme::{Type, Weight, icons, space};
use crate::ui::widgets::text::layout;
use crate::ui::widgets::{self};
use egui::{Align, Galley, Layout, Rect, Sense, Ui, UiBuilder, Vec2, pos2, vec2};
use std::sync::Arc;

/// How many people of a card are shown, and how many numbers of each.
const PEOPLE_SHOWN: usize = 4;
const NUMBERS_SHOWN: usize = 3;
/// Side of the circle with the initials.
const AVATAR: f32 = 40.0;
/// Height of a number with its button.
const NUMBER: f32 = 34.0;
/// What a button is wider than its word, with the room before it.
const AROUND_WORD: f32 = 2.0 * 12.0 + space::L;

pub(super) struct Cards {
    people: Vec<Person>,
    more: Option<Arc<Galley>>,
    actions: Vec<Action>,
    /// Width of their row.
    actions_width: f32,
    size: Vec2,
}

struct Person {
    name: String,
    shown_name: Arc<Galley>,
    numbers: Vec<(CardNumber, Arc<Galley>)>,
    /// Room that a button beside a number takes.
    button: f32,
}

/// The name of the file that the cards in a text are saved as: that of the first person.
pub(in super::super) fn file_name(ctx: &UiContext<'_>, text: &str) -> String {
    let cards = ContactCard::read_all(text, "");
    let name = cards.first().map_or("", |card| card.name.as_str());
    format!("{}.vcf", file_stem(ctx, name))
}

impl Cards {
    /// Reads the cards in a text; `None` if there are none.
    pub(super) fn new(ui: &Ui, ctx: &UiContext<'_>, text: &str, width: f32) -> Option<Self> {
        let country = ctx
            .account
            .map_or("", |view| view.account.default_country.as_str());
        let cards = ContactCard::read_all(text, country);
        let first = cards.first()?;
        let file_name = format!("{}.vcf", file_stem(ctx, &first.name));
        let content = text.to_owned();
        let actions = vec![Action {
            word: t!(ctx, "thread-save-card"),
            name: t!(ctx, "thread-save-file", name = file_name.as_str()),
            icon: icons::DOWNLOAD,
            make: Box::new(move || UiAction::SaveFile(file_name.clone(), content.clone().into_bytes())),
        }];
        let hidden = cards.len().saturating_sub(PEOPLE_SHOWN);
        let more = (hidden > 0).then(|| {
            let words = t!(ctx, "thread-card-more", count = hidden);
            layout(
                ui,
                words,
                Type::Hint,
                Weight::Regular,
                ctx.theme.colors.dim,
                width,
                1,
            )
        });
        let people: Vec<Person> = cards
            .into_iter()
            .take(PEOPLE_SHOWN)
            .map(|card| Person::new(ui, ctx, card, width))
            .collect();
        let below = actions::size(ui, &actions);
        let height: f32 = people.iter().map(Person::height).sum::<f32>()
            + space::S * (people.len() - 1) as f32
            + more.as_ref().map_or(0.0, |more| more.size().y)
            + below.y;
        let widest = people.iter().map(Person::width).fold(below.x, f32::max);
        Some(Self {
            people,
            more,
            actions,
            actions_width: below.x - INDENT,
            size: vec2(widest.max(240.0).min(width), height),
        })
    }
}

impl Person {
    fn new(ui: &Ui, ctx: &UiContext<'_>, card: ContactCard, width: f32) -> Self {
        let colors = &ctx.theme.colors;
        let room = (width - AVATAR - space::M).max(60.0);
        let name = if card.name.is_empty() {
            t!(ctx, "incoming-contact-card")
        } else {
            card.name
        };
        let word = t!(ctx, "thread-write-to");
        let word = layout(ui, word, Type::Body, Weight::Medium, colors.text, room, 1);
        let button = word.size().x + AROUND_WORD;
        let numbers = card
            .numbers
            .into_iter()
            .take(NUMBERS_SHOWN)
            .map(|number| {
                let shown = match &number.phone {
                    Some(phone) => phone.to_string(),
                    None => number.written.clone(),
                };
                let room = (room - button).max(60.0);
                let galley = layout(ui, shown, Type::Secondary, Weight::Regular, colors.dim, room, 1);
                (number, galley)
            })
            .collect();
        Self {
            shown_name: layout(
                ui,
                name.as_str(),
                Type::Body,
                Weight::Medium,
                colors.text,
                room,
                1,
            ),
            name,
            numbers,
            button,
        }
    }

    fn height(&self) -> f32 {
        (24.0 + NUMBER * self.numbers.len() as f32).max(AVATAR)
    }

    fn width(&self) -> f32 {
        let numbers = self
            .numbers
            .iter()
            .map(|(_, galley)| galley.size().x + self.button);
        AVATAR + space::M + numbers.fold(self.shown_name.size().x, f32::max)
    }

    fn show(&self, ui: &mut Ui, ctx: &UiContext<'_>, rect: Rect) {
        let colors = &ctx.theme.colors;
        let avatar = Rect::from_min_size(rect.min, Vec2::splat(AVATAR));
        ui.scope_builder(UiBuilder::new().max_rect(avatar), |ui| {
            widgets::avatar(ui, ctx.theme, &widgets::initials(&self.name), AVATAR);
        });
        let left = avatar.right() + space::M;
        let name_height = if self.numbers.is_empty() { AVATAR } else { 22.0 };
        let name_at = pos2(left, rect.top() + (name_height - self.shown_name.size().y) / 2.0);
        ui.painter()
            .galley(name_at, Arc::clone(&self.shown_name), colors.text);
        for (index, (number, galley)) in self.numbers.iter().enumerate() {
            let top = rect.top() + 22.0 + NUMBER * index as f32;
            let at = pos2(left, top + (NUMBER - galley.size().y) / 2.0);
            ui.painter().galley(at, Arc::clone(galley), colors.dim);
            let Some(phone) = &number.phone else { continue };
            let button = Rect::from_min_max(
                pos2(left + galley.size().x + space::S, top + 2.0),
                pos2(rect.right(), top + NUMBER),
            );
            let builder = UiBuilder::new()
                .id_salt(("write", index))
                .max_rect(button)
                .layout(Layout::right_to_left(Align::Center));
            ui.scope_builder(builder, |ui| {
                let clicked = widgets::Button::ghost(t!(ctx, "thread-write-to"))
                    .name(t!(
                        ctx,
                        "thread-write-to-name",
                        name = self.name.as_str(),
                        number = phone.to_string()
                    ))
                    .color(colors.accent)
                    .small()
                    .show(ui, ctx.theme)
                    .clicked();
                if clicked {
                    ctx.act(UiAction::WriteTo(phone.clone(), self.name.clone()));
                }
            });
        }
        ui.allocate_rect(rect, Sense::hover());
    }
}

impl Part for Cards {
    fn size(&self) -> Vec2 {
        self.size
    }

    fn last_row(&self) -> Option<f32> {
        (!self.actions.is_empty()).then_some(self.actions_width)
    }

    fn show(&self, ui: &mut Ui, ctx: &UiContext<'_>, _: &mut Tools<'_>, rect: Rect) {
        let mut top = rect.top();
        for (index, person) in self.people.iter().enumerate() {
            let place = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), person.height()));
            ui.scope_builder(UiBuilder::new().id_salt(index).max_rect(place), |ui| {
                person.show(ui, ctx, place);
            });
            top += person.height() + space::S;
        }
        top -= space::S;
        if let Some(more) = &self.more {
            ui.painter()
                .galley(pos2(rect.left(), top), Arc::clone(more), ctx.theme.colors.dim);
            top += more.size().y;
        }
        let row = Rect::from_min_max(pos2(rect.left() - INDENT, top), rect.max);
        actions::show(ui, ctx, &self.actions, row);
    }
}

fn file_stem(ctx: &UiContext<'_>, name: &str) -> String {
    if name.is_empty() {
        t!(ctx, "incoming-contact-card")
    } else {
        name.to_owned()
    }
}
