//! Sending later: the moment that was chosen, and the dialog in which it is.

use super::chip::Chip;
use crate::domain::Timestamp;
use crate::domain::schedule::{self, ScheduleProblem};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::screens::status::planned;
use crate::ui::text::Language;
use crate::ui::theme::{Tone, Type, Weight, icons, space};
use crate::ui::widgets::{self, Button, Field};
use egui::{Key, Ui};
use jiff::tz::TimeZone;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3_600);

/// What is chosen, and what is being typed.
#[derive(Default)]
pub(super) struct Schedule {
    chosen: Option<Timestamp>,
    dialog: Option<Typed>,
}

/// The fields of the dialog.
struct Typed {
    date: String,
    time: String,
    problem: Option<ScheduleProblem>,
}

impl Schedule {
    /// The moment that was chosen.
    pub(super) fn chosen(&self) -> Option<Timestamp> {
        self.chosen
    }

    /// Whether the moment that was chosen is not ahead any more.
    pub(super) fn has_passed(&self, now: Timestamp) -> bool {
        self.chosen.is_some_and(|at| at <= now)
    }

    /// What the button that sends says, if a moment is chosen; the moment itself only where there is room.
    pub(super) fn button_words(&self, ctx: &UiContext<'_>, roomy: bool) -> Option<String> {
        let at = self.chosen?;
        Some(if roomy {
            t!(ctx, "schedule-send", when = planned(ctx, at))
        } else {
            t!(ctx, "schedule-send-short")
        })
    }

    /// The button that opens the dialog.
    pub(super) fn button_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        if widgets::icon_button(ui, ctx.theme, icons::CALENDAR_CLOCK, t!(ctx, "schedule-open")).clicked() {
            let zone = TimeZone::system();
            let begin = self
                .chosen
                .filter(|at| *at > ctx.now)
                .or_else(|| schedule::offered(ctx.now, &zone).first().copied())
                .unwrap_or(ctx.now);
            self.dialog = Some(Typed::of(begin, ctx.text.language()));
        }
        self.dialog_ui(ui, ctx);
    }

    /// The moment that was chosen, with the way to take it away. Nothing while none is.
    pub(super) fn ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        let Some(at) = self.chosen else { return };
        let when = planned(ctx, at);
        let (tone, words) = if at <= ctx.now {
            (Tone::Warn, t!(ctx, "schedule-chip-passed", when = when))
        } else {
            ctx.wake_at(at);
            (Tone::Accent, t!(ctx, "schedule-chip", when = when))
        };
        let chip = Chip {
            tone,
            icon: icons::CALENDAR_CLOCK,
            text: words,
            remove: &t!(ctx, "schedule-remove"),
        };
        ui.horizontal(|ui| {
            if chip.show(ui, ctx.theme).1 {
                self.chosen = None;
            }
        });
    }

    fn dialog_ui(&mut self, ui: &Ui, ctx: &UiContext<'_>) {
        let Some(typed) = &mut self.dialog else { return };
        let zone = TimeZone::system();
        let title = t!(ctx, "schedule-title");
        let shown = widgets::dialog(ui.ctx(), ctx.theme, "schedule", title, |ui| {
            let offered = offered_ui(ui, ctx, &zone);
            let entered = typed.fields_ui(ui, ctx, &zone);
            let (cancel, choose) = ui
                .horizontal(|ui| {
                    let cancel = Button::secondary(t!(ctx, "cancel")).show(ui, ctx.theme).clicked();
                    let choose = Button::primary(t!(ctx, "schedule-choose"))
                        .icon(icons::CALENDAR_CLOCK)
                        .show(ui, ctx.theme);
                    (cancel, choose.clicked())
                })
                .inner;
            (offered, entered || choose, cancel)
        });
        let (offered, choose, cancel) = shown.inner.unwrap_or_default();
        let mut close = cancel || shown.should_close;
        if let Some(at) = offered {
            self.chosen = Some(at);
            close = true;
        } else if choose {
            match schedule::read(&typed.date, &typed.time, ctx.now, &zone) {
                Ok(at) => {
                    self.chosen = Some(at);
                    close = true;
                }
                Err(problem) => typed.problem = Some(problem),
            }
        }
        if close {
            self.dialog = None;
        }
    }
}

impl Typed {
    fn of(at: Timestamp, language: Language) -> Self {
        let local = at.local();
        Self {
            date: local.strftime(pattern(language)).to_string(),
            time: local.strftime("%H:%M").to_string(),
            problem: None,
        }
    }

    /// Draws the fields and what they come to; answers whether Enter was pressed in one.
    fn fields_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, zone: &TimeZone) -> bool {
        let problem = self.problem;
        let of = |field: ScheduleProblem| {
            problem
                .filter(|problem| *problem == field)
                .map(|problem| problem_words(ctx, problem))
        };
        let (wrong_date, wrong_time) = (of(ScheduleProblem::Date), of(ScheduleProblem::Time));
        let responses = ui
            .horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = space::M;
                let width = ((ui.available_width() - space::M) / 2.0).max(100.0);
                let date = Field::new(t!(ctx, "schedule-date"), &mut self.date)
                    .help(Some(t!(ctx, "schedule-date-help")))
                    .error(wrong_date)
                    .max_chars(20)
                    .width(width)
                    .show(ui, ctx.theme);
                let time = Field::new(t!(ctx, "schedule-time"), &mut self.time)
                    .help(Some(t!(ctx, "schedule-time-help")))
                    .error(wrong_time)
                    .max_chars(12)
                    .width(width)
                    .show(ui, ctx.theme);
                [date, time]
            })
            .inner;
        if responses.iter().any(egui::Response::changed) {
            self.problem = None;
        }
        // An hour that the clocks skip, and a year that was not typed, are seen here as what they become.
        let (tone, icon, words) = match schedule::read(&self.date, &self.time, ctx.now, zone) {
            Ok(at) => {
                let left = ctx.text.duration(at.since(ctx.now));
                let when = planned(ctx, at);
                let words = t!(ctx, "schedule-comes-to", when = when, duration = left);
                (Tone::Neutral, icons::CLOCK, words)
            }
            Err(problem @ (ScheduleProblem::Past | ScheduleProblem::TooFar)) => {
                (Tone::Bad, icons::ALERT, problem_words(ctx, problem))
            }
            Err(_) => (Tone::Neutral, icons::CLOCK, t!(ctx, "schedule-unread")),
        };
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            let color = ctx.theme.tone(tone).0;
            widgets::icon(ui, ctx.theme, icon, 14.0, color);
            widgets::label(ui, ctx.theme, words, Type::Hint, Weight::Regular, color);
        });
        let enter = ui.input(|input| input.key_pressed(Key::Enter));
        enter && responses.iter().any(egui::Response::lost_focus)
    }
}

/// The moments to choose with one click.
fn offered_ui(ui: &mut Ui, ctx: &UiContext<'_>, zone: &TimeZone) -> Option<Timestamp> {
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(space::S, space::S);
        for at in schedule::offered(ctx.now, zone) {
            let time = ctx.text.time(at);
            let words = if at.since(ctx.now) <= HOUR {
                t!(ctx, "schedule-in-an-hour", time = time)
            } else {
                t!(
                    ctx,
                    "day-and-time",
                    day = ctx.text.day_line(at, ctx.now),
                    time = time
                )
            };
            if Button::secondary(words).small().show(ui, ctx.theme).clicked() {
                chosen = Some(at);
            }
        }
    });
    chosen
}

/// How a date is written in a field so that it can be read again.
fn pattern(language: Language) -> &'static str {
    match language {
        Language::Portuguese | Language::Spanish => "%d/%m/%Y",
        // English-speaking countries disagree on the order of day and month.
        Language::English => "%Y-%m-%d",
    }
}

fn problem_words(ctx: &UiContext<'_>, problem: ScheduleProblem) -> String {
    ctx.text.get(match problem {
        ScheduleProblem::Date => "schedule-problem-date",
        ScheduleProblem::Time => "schedule-problem-time",
        ScheduleProblem::Past => "schedule-problem-past",
        ScheduleProblem::TooFar => "schedule-problem-too-far",
    })
}
