//! The vendors' tables of errors as an operator sees them: a step of a message's history and a row of the queue for each.
//! Kept where `RECADO_PICTURES` names a folder; without, only one language is drawn.

use super::history::step_ui;
use super::queue::QueueScreen;
use super::stage::{self, Stored, for_the_eye};
use crate::domain::message::{MessageState, MessageStep};
use crate::engine::{Command, Live, Ticket};
use crate::gateway::testing::Documented;
use crate::gateway::{decision_telecom, devino};
use crate::ui::context::{Requests, UiContext};
use crate::ui::offscreen;
use crate::ui::read_model::ReadModel;
use crate::ui::testing::{self, NOW};
use crate::ui::text::{Language, Localizer};
use crate::ui::theme::{self, Theme, Type, Weight, space};
use crate::ui::widgets;
use egui::{Frame, Margin, Ui, Vec2, vec2};

/// How wide a dialog with the history is, and the queue on a usual screen, in points.
const WIDTHS: (f32, f32) = (600.0, 1_196.0);

/// Everything a screen is drawn with.
struct Board {
    live: Live,
    model: ReadModel,
    theme: Theme,
    text: Localizer,
    requests: Requests,
    stored: Stored,
}

impl Board {
    fn new(language: Language, stored: Stored) -> Self {
        Self {
            live: testing::live(1),
            model: ReadModel::default(),
            theme: Theme::new(false),
            text: Localizer::new(language),
            requests: Requests::default(),
            stored,
        }
    }

    /// Draws until everything asked for is there; answers the picture.
    fn picture(&mut self, size: Vec2, mut draw: impl FnMut(&mut Ui, &UiContext<'_>)) -> image::RgbaImage {
        let context = egui::Context::default();
        theme::install(&context);
        theme::apply(&context, &self.theme);
        let mut textures = offscreen::Textures::default();
        let mut picture = image::RgbaImage::default();
        for frame in 0..5 {
            let input = egui::RawInput {
                screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, size)),
                time: Some(f64::from(frame) * 0.25),
                ..Default::default()
            };
            let output = context.run_ui(input, |ui| {
                let ctx = UiContext::new(
                    &self.theme,
                    &self.text,
                    &self.live,
                    &self.model,
                    self.live.accounts.first(),
                    NOW,
                    false,
                    &self.requests,
                );
                Frame::new()
                    .fill(self.theme.colors.panel)
                    .inner_margin(Margin::same(24))
                    .show(ui, |ui| draw(ui, &ctx));
            });
            picture = offscreen::render(&context, output, size, 1.0, &mut textures);
            self.read();
        }
        picture
    }

    fn read(&mut self) {
        let (_, wants, _) = self.requests.take();
        let mut next = 1_000_000;
        let questions = self.model.ask(wants, || {
            next += 1;
            Ticket(next)
        });
        for question in questions {
            if let Command::Ask(ticket, question) = question
                && let Some(answer) = self.stored.answer(&question)
            {
                self.model.apply(crate::engine::Event::Answer(ticket, answer));
            }
        }
    }
}

/// What state a message of this reason is in.
fn state(row: &Documented) -> MessageState {
    use crate::domain::message::ReasonKind as K;
    match row.reason.kind {
        K::RateLimited | K::PaymentNeeded => MessageState::Queued,
        K::GatewayFailure => MessageState::Unknown,
        _ => MessageState::Rejected,
    }
}

/// The last step of each message's history, one below the other.
fn details(board: &mut Board, rows: &[Documented]) -> image::RgbaImage {
    let height = 60.0 + 150.0 * rows.len() as f32;
    let mut bottom = 0.0_f32;
    let picture = board.picture(vec2(WIDTHS.0 + 48.0, height), |ui, ctx| {
        ui.set_width(WIDTHS.0);
        ui.spacing_mut().item_spacing = vec2(space::S, space::XS);
        ui.spacing_mut().interact_size.y = 22.0;
        for row in rows {
            let colors = &ctx.theme.colors;
            let named = row.named.as_str();
            widgets::label(ui, ctx.theme, named, Type::Hint, Weight::Medium, colors.faint);
            let step = MessageStep {
                at: NOW,
                state: state(row),
                attempt: 1,
                reason: Some(row.reason.clone()),
                raw: None,
            };
            step_ui(ui, ctx, (0, true), &step);
            ui.add_space(space::M);
        }
        bottom = ui.min_rect().bottom() + 24.0;
    });
    assert!(bottom < height, "everything is on the picture");
    let (width, _) = picture.dimensions();
    image::imageops::crop_imm(&picture, 0, 0, width, bottom as u32).to_image()
}

/// The queue with a message for each row.
fn queue(board: &mut Board, rows: &[Documented]) -> image::RgbaImage {
    let mut screen = QueueScreen::default();
    let height = 520.0 + 46.0 * rows.len() as f32;
    board.picture(vec2(WIDTHS.1 + 48.0, height), |ui, ctx| screen.ui(ui, ctx))
}

fn outbox(rows: &[Documented]) -> Stored {
    let messages = rows.iter().zip(0_u8..).map(|(row, index)| {
        let mut message = stage::message(state(row), index % 100, &row.named);
        message.reason = Some(row.reason.clone());
        message.attempts = 1;
        message
    });
    Stored {
        outbox: messages.collect(),
        ..Stored::default()
    }
}

#[test]
fn the_tables_as_the_operator_sees_them() {
    let vendors = [
        ("devino", devino::documented::rows()),
        ("decision-telecom", decision_telecom::documented::rows()),
    ];
    let all: Vec<(Language, &str, &[Documented])> = Language::ALL
        .iter()
        .flat_map(|language| {
            vendors
                .iter()
                .map(|(vendor, rows)| (*language, *vendor, rows.as_slice()))
        })
        .collect();
    let count = if for_the_eye() { all.len() } else { vendors.len() };
    for (language, vendor, rows) in all.into_iter().take(count) {
        let mut board = Board::new(language, outbox(rows));
        for (place, picture) in [
            ("details", details(&mut board, rows)),
            ("queue", queue(&mut board, rows)),
        ] {
            // Nothing is left empty: dark letters stand in every fifth of it.
            let fifth = picture.height() / 5;
            for part in 0..5 {
                let dark = picture
                    .rows()
                    .skip((part * fifth) as usize)
                    .take(fifth as usize)
                    .flatten()
                    .filter(|pixel| pixel.0[0] < 110);
                assert!(dark.count() > 300, "{place} {vendor} {language:?}, part {part}");
            }
            if let Ok(folder) = std::env::var("RECADO_PICTURES") {
                std::fs::create_dir_all(&folder).unwrap();
                let name = format!("{folder}/reasons-{place}-{vendor}-{}.png", language.key());
                picture.save(name).unwrap();
            }
        }
    }
}
