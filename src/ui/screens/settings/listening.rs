//! Listening: whether, where, and whether the world can reach it.

use super::parts::{control, row};
use crate::domain::account::{DraftProblemKind, check_base_url};
use crate::domain::settings::Settings;
use crate::engine::{Answer, Command, InboxCommand, ListenerState, OutsideCheck, OutsideError, Ticket};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::{Tone, icons, space};
use crate::ui::widgets::field::Field;
use crate::ui::widgets::{self, Button};
use crate::ui::words;
use egui::Ui;
use std::net::{IpAddr, Ipv4Addr};

/// Ports that any program may have.
const PORT_MIN: u16 = 1_024;

/// The card.
#[derive(Debug, Default)]
pub(super) struct ListeningCard {
    port: Typed,
    public_url: Typed,
    check: Option<Ticket>,
    outcome: Option<Result<OutsideCheck, OutsideError>>,
}

/// A field whose text is taken when it is left.
#[derive(Debug, Default)]
struct Typed {
    text: String,
    /// What the setting was when the text was made of it.
    of: Option<String>,
    error: Option<String>,
}

impl Typed {
    /// Follows the setting unless something else is being typed.
    fn follow(&mut self, setting: &str) {
        if self.of.as_deref() != Some(setting) {
            self.text = setting.to_owned();
            self.of = Some(setting.to_owned());
            self.error = None;
        }
    }
}

impl ListeningCard {
    pub(super) fn ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, settings: &mut Settings) {
        let theme = ctx.theme;
        let title = t!(ctx, "settings-listen");
        row(ui, ctx, &title, &t!(ctx, "settings-listen-help"), |ui| {
            widgets::toggle(ui, theme, title.clone(), &mut settings.listen);
        });
        state_ui(ui, ctx);
        if !settings.listen {
            return;
        }
        let title = t!(ctx, "settings-listen-address");
        row(ui, ctx, &title, &t!(ctx, "settings-listen-address-help"), |ui| {
            let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
            let everywhere = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
            let mut places = vec![
                (here, t!(ctx, "settings-listen-here")),
                (everywhere, t!(ctx, "settings-listen-everywhere")),
            ];
            if !places
                .iter()
                .any(|(address, _)| *address == settings.listen_address)
            {
                places.push((settings.listen_address, settings.listen_address.to_string()));
            }
            control(ui, 260.0, |ui| {
                let address = &mut settings.listen_address;
                widgets::choice::select_bare(ui, theme, title.clone(), address, &places, 260.0);
            });
        });
        self.port_ui(ui, ctx, settings);
        self.public_ui(ui, ctx, settings);
        self.check_ui(ui, ctx, settings);
    }

    fn port_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, settings: &mut Settings) {
        let setting = match settings.listen_port {
            0 => String::new(),
            port => port.to_string(),
        };
        self.port.follow(&setting);
        let field = Field::new(t!(ctx, "settings-listen-port"), &mut self.port.text)
            .hint(t!(ctx, "settings-listen-port-any"))
            .help(Some(t!(ctx, "settings-listen-port-help")))
            .error(self.port.error.clone())
            .max_chars(5)
            .width(ui.available_width().min(420.0))
            .show(ui, ctx.theme);
        if field.lost_focus() {
            let typed = self.port.text.trim();
            let port = if typed.is_empty() {
                Some(0)
            } else {
                typed.parse().ok().filter(|port| *port >= PORT_MIN)
            };
            self.port.error = port
                .is_none()
                .then(|| t!(ctx, "settings-listen-port-wrong", min = PORT_MIN.to_string()));
            if let Some(port) = port {
                settings.listen_port = port;
            }
        }
    }

    fn public_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, settings: &mut Settings) {
        self.public_url
            .follow(settings.public_url.as_deref().unwrap_or_default());
        ui.add_space(space::XS);
        let field = Field::new(t!(ctx, "settings-public-url"), &mut self.public_url.text)
            .hint("https://recado.example")
            .help(Some(t!(ctx, "settings-public-url-help")))
            .error(self.public_url.error.clone())
            .max_chars(500)
            .show(ui, ctx.theme);
        if field.lost_focus() {
            let typed = self.public_url.text.trim();
            let checked = if typed.is_empty() {
                Ok(None)
            } else {
                check_base_url(typed)
                    .and_then(|url| {
                        // What follows a question mark would end up in the middle of the webhook's address.
                        let bare = url.query().is_none() && url.fragment().is_none();
                        bare.then_some(url).ok_or(DraftProblemKind::NotAUrl)
                    })
                    .map(|url| Some(url.as_str().trim_end_matches('/').to_owned()))
            };
            match checked {
                Ok(url) => {
                    if settings.public_url != url {
                        self.outcome = None;
                    }
                    settings.public_url = url;
                    self.public_url.error = None;
                }
                Err(problem) => self.public_url.error = Some(words::draft_problem(ctx.text, problem)),
            }
        }
    }

    fn check_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, settings: &Settings) {
        let theme = ctx.theme;
        if let Some(ticket) = self.check
            && let Some(answer) = ctx.take_answer(ticket)
        {
            self.check = None;
            self.outcome = match answer {
                Answer::Outside(outcome) => Some(outcome),
                _ => None,
            };
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = egui::vec2(space::M, space::S);
            let possible = settings.public_url.is_some()
                && matches!(ctx.live.listener.state, ListenerState::Listening(_));
            let check = Button::secondary(t!(ctx, "settings-check-outside"))
                .icon(icons::GLOBE)
                .small()
                .enabled(possible)
                .busy(self.check.is_some());
            if check.show(ui, theme).clicked() && self.check.is_none() {
                let ticket = ctx.ticket();
                self.check = Some(ticket);
                self.outcome = None;
                ctx.send(Command::Inbox(InboxCommand::CheckFromOutside(ticket)));
            }
            match &self.outcome {
                Some(Ok(check)) => {
                    let words = t!(ctx, "settings-outside-fine", milliseconds = check.milliseconds);
                    widgets::pill(ui, theme, Tone::Ok, Some(icons::CIRCLE_CHECK), words);
                }
                Some(Err(_)) => {
                    let words = t!(ctx, "settings-outside-failed");
                    widgets::pill(ui, theme, Tone::Bad, Some(icons::CIRCLE_X), words);
                }
                None => {}
            }
        });
        if let Some(Err(error)) = &self.outcome {
            widgets::hint(ui, theme, outside_words(ctx, error));
        }
    }
}

/// Why a round trip did not come back, and what helps.
fn outside_words(ctx: &UiContext<'_>, error: &OutsideError) -> String {
    match error {
        OutsideError::NoPublicAddress => t!(ctx, "settings-outside-no-address"),
        OutsideError::NotListening => t!(ctx, "settings-outside-not-listening"),
        OutsideError::Unreachable(said) => {
            t!(ctx, "settings-outside-unreachable", words = said.as_str())
        }
        OutsideError::SomebodyElse(status, beginning) => t!(
            ctx,
            "settings-outside-somebody-else",
            status = u64::from(*status),
            words = beginning.as_str()
        ),
    }
}

fn state_ui(ui: &mut Ui, ctx: &UiContext<'_>) {
    let theme = ctx.theme;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(space::M, space::S);
        match &ctx.live.listener.state {
            ListenerState::Off => {
                widgets::pill(ui, theme, Tone::Neutral, None, t!(ctx, "settings-listener-off"));
            }
            ListenerState::Starting => {
                widgets::pill(
                    ui,
                    theme,
                    Tone::Neutral,
                    None,
                    t!(ctx, "settings-listener-starting"),
                );
            }
            ListenerState::Listening(address) => {
                let words = t!(ctx, "settings-listener-on", address = address.to_string());
                widgets::pill(ui, theme, Tone::Ok, Some(icons::CIRCLE_CHECK), words);
            }
            ListenerState::Failed(_) => {
                let words = t!(ctx, "settings-listener-failed");
                widgets::pill(ui, theme, Tone::Bad, Some(icons::CIRCLE_X), words);
                if Button::secondary(t!(ctx, "try-again"))
                    .small()
                    .show(ui, theme)
                    .clicked()
                {
                    ctx.send(Command::Inbox(InboxCommand::ListenAgain));
                }
            }
        }
    });
    if let ListenerState::Failed(said) = &ctx.live.listener.state {
        widgets::hint(ui, theme, words::their_words(ctx.text, said));
    }
}
