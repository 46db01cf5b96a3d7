//! Banners under the strip: what goes on and wants something from the operator.

use super::app::FrameAction;
use super::context::{UiAction, UiContext};
use super::screens::Screen;
use super::theme::{Tone, icons, space};
use super::widgets::{self, Button};
use super::words;
use crate::domain::Connection;
use crate::domain::message::ReasonKind;
use crate::engine::{Command, InboxCommand, ListenerState, SecretsCommand};
use crate::secrets::SecretStatus;
use crate::t;
use egui::{Frame, Margin, Ui};

/// How the way to the engine stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkState {
    /// Commands that wait for room.
    pub waiting: usize,
    /// The engine is gone.
    pub closed: bool,
}

struct Banner {
    tone: Tone,
    icon: &'static str,
    title: String,
    body: String,
    buttons: Vec<(String, Answer)>,
}

/// What a button of a banner does.
#[derive(Clone)]
enum Answer {
    Frame(FrameAction),
    Go(Screen),
    Secrets(SecretsCommand),
    Inbox(InboxCommand),
}

/// Draws the banners there are; what was asked of the frame in them.
pub fn ui(ui: &mut Ui, ctx: &UiContext<'_>, link: LinkState) -> Option<FrameAction> {
    let banners: Vec<Banner> = [
        link_banner(ctx, link),
        secrets_banner(ctx),
        listener_banner(ctx),
        gap_banner(ctx),
        account_banner(ctx),
    ]
    .into_iter()
    .flatten()
    .collect();
    if banners.is_empty() {
        return None;
    }
    let mut asked = None;
    Frame::new()
        .fill(ctx.theme.colors.bg)
        .inner_margin(Margin {
            left: 12,
            right: 12,
            top: 12,
            bottom: 0,
        })
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::S;
            for banner in banners {
                if let Some(answer) = banner_ui(ui, ctx, banner) {
                    match answer {
                        Answer::Frame(action) => asked = Some(action),
                        Answer::Go(screen) => ctx.act(UiAction::Go(screen)),
                        Answer::Secrets(command) => ctx.send(Command::Secrets(command)),
                        Answer::Inbox(command) => ctx.send(Command::Inbox(command)),
                    }
                }
            }
        });
    asked
}

fn banner_ui(ui: &mut Ui, ctx: &UiContext<'_>, banner: Banner) -> Option<Answer> {
    let color = ctx.theme.tone(banner.tone).0;
    let mut clicked = None;
    widgets::banner(
        ui,
        ctx.theme,
        banner.tone,
        banner.icon,
        banner.title,
        banner.body,
        |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            for (words, answer) in banner.buttons {
                if Button::secondary(words)
                    .color(color)
                    .small()
                    .show(ui, ctx.theme)
                    .clicked()
                {
                    clicked = Some(answer);
                }
            }
        },
    );
    clicked
}

fn link_banner(ctx: &UiContext<'_>, link: LinkState) -> Option<Banner> {
    if link.closed {
        return Some(Banner {
            tone: Tone::Bad,
            icon: icons::ALERT,
            title: t!(ctx, "banner-engine-gone"),
            body: t!(ctx, "banner-engine-gone-body"),
            buttons: Vec::new(),
        });
    }
    (link.waiting > 0).then(|| Banner {
        tone: Tone::Warn,
        icon: icons::TIMER,
        title: t!(ctx, "banner-busy"),
        body: t!(ctx, "banner-busy-body", count = link.waiting),
        buttons: Vec::new(),
    })
}

fn secrets_banner(ctx: &UiContext<'_>) -> Option<Banner> {
    let again = || (t!(ctx, "try-again"), Answer::Secrets(SecretsCommand::TryAgain));
    let session = || {
        (
            t!(ctx, "banner-use-session"),
            Answer::Secrets(SecretsCommand::UseSession),
        )
    };
    let vault = |key| (ctx.text.get(key), Answer::Frame(FrameAction::OpenVault));
    let banner = |title, body, buttons| Banner {
        tone: Tone::Warn,
        icon: icons::LOCK,
        title,
        body,
        buttons,
    };
    match &ctx.live.secrets {
        SecretStatus::Checking | SecretStatus::Ready { .. } => None,
        SecretStatus::Locked => Some(banner(
            t!(ctx, "banner-keyring-locked"),
            t!(ctx, "banner-keyring-locked-body"),
            vec![again(), session()],
        )),
        SecretStatus::Absent { .. } => Some(banner(
            t!(ctx, "banner-keyring-absent"),
            t!(ctx, "banner-keyring-absent-body"),
            vec![again(), vault("banner-make-vault"), session()],
        )),
        SecretStatus::VaultClosed => Some(banner(
            t!(ctx, "banner-vault-closed"),
            t!(ctx, "banner-vault-closed-body"),
            vec![vault("banner-open-vault"), session()],
        )),
    }
}

/// Nobody listens although somebody should: answers are being lost by gateways that do not try again.
fn listener_banner(ctx: &UiContext<'_>) -> Option<Banner> {
    let ListenerState::Failed(said) = &ctx.live.listener.state else {
        return None;
    };
    Some(Banner {
        tone: Tone::Bad,
        icon: icons::WIFI_OFF,
        title: t!(ctx, "banner-not-listening"),
        body: t!(ctx, "banner-not-listening-body", words = said.as_str()),
        buttons: vec![
            (t!(ctx, "try-again"), Answer::Inbox(InboxCommand::ListenAgain)),
            (t!(ctx, "banner-to-settings"), Answer::Go(Screen::Settings)),
        ],
    })
}

/// While the program was closed nothing was received.
fn gap_banner(ctx: &UiContext<'_>) -> Option<Banner> {
    let gap = ctx.live.listener.gap?;
    let from = ctx.text.day_and_time(gap.from, ctx.now);
    let until = ctx.text.day_and_time(gap.until, ctx.now);
    Some(Banner {
        tone: Tone::Info,
        icon: icons::HISTORY,
        title: t!(ctx, "banner-gap", from = from, until = until),
        body: t!(ctx, "banner-gap-body"),
        buttons: vec![(t!(ctx, "banner-gap-seen"), Answer::Inbox(InboxCommand::GapSeen))],
    })
}

/// Of what an account suffers from, only the most telling is said.
fn account_banner(ctx: &UiContext<'_>) -> Option<Banner> {
    let account = ctx.account?;
    if account.account.paused {
        return Some(Banner {
            tone: Tone::Info,
            icon: icons::PAUSE,
            title: t!(ctx, "banner-paused"),
            body: t!(ctx, "banner-paused-body", count = account.outbox.queued),
            buttons: vec![(
                t!(ctx, "banner-resume"),
                Answer::Frame(FrameAction::SetPaused(false)),
            )],
        });
    }
    if let Some(reason) = &account.held {
        let to_accounts = matches!(
            reason.kind,
            ReasonKind::CredentialsRefused | ReasonKind::CredentialsMissing
        );
        let mut buttons = Vec::new();
        if to_accounts {
            buttons.push((t!(ctx, "banner-to-accounts"), Answer::Go(Screen::Accounts)));
        }
        return Some(Banner {
            tone: if to_accounts { Tone::Bad } else { Tone::Warn },
            icon: icons::ALERT,
            title: words::reason_exactly(ctx.text, reason),
            body: words::reason_advice(ctx.text, reason),
            buttons,
        });
    }
    let connection = account.health.connection;
    (connection == Connection::GatewayUnreachable).then(|| Banner {
        tone: Tone::Warn,
        icon: icons::WIFI_OFF,
        title: words::connection(ctx.text, connection),
        body: words::connection_hint(ctx.text, connection),
        buttons: vec![(t!(ctx, "banner-read-now"), Answer::Frame(FrameAction::Refresh))],
    })
}
