//! Beside the form: the address at which the gateway calls, and whether it does.

use crate::domain::account::is_loopback;
use crate::engine::{AccountView, Command, InboxCommand, ListenerState};
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::screens::Screen;
use crate::ui::theme::{Tone, Type, Weight, icons, space};
use crate::ui::widgets::{self, Button, label, pill, read_only_field};
use egui::Ui;

/// What the card asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WebhookWish {
    /// A new address.
    Renew,
    /// To see what could not be read.
    ShowUnreadable,
}

/// Draws the card.
pub(super) fn webhook_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView) -> Option<WebhookWish> {
    let theme = ctx.theme;
    ui.spacing_mut().item_spacing.y = space::M;
    super::side::head_ui(ui, ctx, t!(ctx, "accounts-webhook"), |ui| {
        let (tone, sign, words) = standing(ctx, view);
        pill(ui, theme, tone, Some(sign), words);
    });
    for words in what_to_do(ctx, view) {
        text(ui, ctx, words);
    }
    // Where nothing is to be entered, nobody needs to see the address.
    if view.capabilities.incoming || !view.capabilities.callback_per_message {
        address_ui(ui, ctx, view);
    }
    if ctx.live.settings.public_url.is_none() && !is_told_here(view) {
        text(ui, ctx, private_words(ctx, view));
        if Button::secondary(t!(ctx, "accounts-webhook-settings"))
            .icon(icons::SETTINGS)
            .small()
            .show(ui, theme)
            .clicked()
        {
            ctx.act(UiAction::Go(Screen::Settings));
        }
    }
    let called = match view.inbox.last_called_at {
        Some(at) => t!(
            ctx,
            "accounts-webhook-called",
            when = ctx.text.moment(at, ctx.now)
        ),
        None => t!(ctx, "accounts-webhook-never"),
    };
    text(ui, ctx, called);
    if let Some(until) = view.inbox.older_until.filter(|until| *until > ctx.now) {
        let words = t!(
            ctx,
            "accounts-webhook-older",
            until = ctx.text.moment(until, ctx.now)
        );
        text(ui, ctx, words);
    }
    let wish = super::unreadable::card_ui(ui, ctx, view).then_some(WebhookWish::ShowUnreadable);
    let renew = Button::secondary(t!(ctx, "accounts-webhook-renew"))
        .icon(icons::REFRESH)
        .small();
    renew
        .show(ui, theme)
        .clicked()
        .then_some(WebhookWish::Renew)
        .or(wish)
}

fn text(ui: &mut Ui, ctx: &UiContext<'_>, words: String) {
    let dim = ctx.theme.colors.dim;
    label(ui, ctx.theme, words, Type::Secondary, Weight::Regular, dim);
}

/// Whether the gateway calls, as a colour, a sign and words.
fn standing(ctx: &UiContext<'_>, view: &AccountView) -> (Tone, &'static str, String) {
    match (&ctx.live.listener.state, view.inbox.last_called_at) {
        (ListenerState::Listening(_), Some(_)) => {
            (Tone::Ok, icons::CIRCLE_CHECK, t!(ctx, "accounts-webhook-works"))
        }
        (ListenerState::Listening(_), None) => {
            (Tone::Neutral, icons::CLOCK, t!(ctx, "accounts-webhook-waits"))
        }
        (ListenerState::Off | ListenerState::Starting, _) => {
            (Tone::Neutral, icons::PAUSE, t!(ctx, "accounts-webhook-off"))
        }
        (ListenerState::Failed(_), _) => (Tone::Bad, icons::ALERT, t!(ctx, "accounts-webhook-failed")),
    }
}

/// The address to be entered at the vendor's.
fn address_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView) {
    let theme = ctx.theme;
    let Some(url) = ctx.live.webhook_url(view) else {
        text(ui, ctx, t!(ctx, "accounts-webhook-none"));
        return;
    };
    // In a place of its own: the field stands closer to its label than the rest of the card.
    ui.vertical(|ui| {
        read_only_field(ui, theme, t!(ctx, "accounts-webhook-address"), &url, |ui| {
            let name = t!(ctx, "accounts-webhook-copy");
            if widgets::icon_button(ui, theme, icons::COPY, name).clicked() {
                ctx.act(UiAction::CopyText(url.clone()));
            }
        });
    });
}

/// What the operator has to do so that the gateway calls.
fn what_to_do(ctx: &UiContext<'_>, view: &AccountView) -> Vec<String> {
    let known = view.capabilities;
    let vendor = known.vendor;
    match (known.callback_per_message, known.incoming) {
        (false, _) => vec![t!(ctx, "accounts-webhook-body", vendor = vendor)],
        (true, true) => vec![
            t!(ctx, "accounts-webhook-by-message", vendor = vendor),
            t!(ctx, "accounts-webhook-incoming", vendor = vendor),
        ],
        (true, false) => vec![
            t!(ctx, "accounts-webhook-by-message", vendor = vendor),
            t!(ctx, "accounts-webhook-no-incoming", vendor = vendor),
        ],
    }
}

/// Whether a gateway on this computer tells at an address of each message: it needs no public one.
fn is_told_here(view: &AccountView) -> bool {
    let base_url = view.account.base_url.as_deref();
    view.capabilities.callback_per_message
        && base_url
            .and_then(|url| url::Url::parse(url).ok())
            .is_some_and(|url| is_loopback(&url))
}

/// What does not come as long as there is no public address.
fn private_words(ctx: &UiContext<'_>, view: &AccountView) -> String {
    let known = view.capabilities;
    if !known.callback_per_message {
        t!(ctx, "accounts-webhook-private")
    } else if known.message_state {
        t!(ctx, "accounts-webhook-private-asked", vendor = known.vendor)
    } else {
        t!(ctx, "accounts-webhook-private-blind", vendor = known.vendor)
    }
}

/// Before a new address is made: what that means. Answers whether it is over.
pub(super) fn renew_ui(context: &egui::Context, ctx: &UiContext<'_>, view: &AccountView) -> bool {
    let theme = ctx.theme;
    let title = t!(ctx, "accounts-webhook-renew-title");
    let shown = widgets::dialog(context, theme, "renew-webhook", title, |ui| {
        let known = view.capabilities;
        let body = if known.incoming || !known.callback_per_message {
            t!(ctx, "accounts-webhook-renew-body", vendor = known.vendor)
        } else {
            t!(ctx, "accounts-webhook-renew-body-alone", vendor = known.vendor)
        };
        label(ui, theme, body, Type::Body, Weight::Regular, theme.colors.text);
        ui.add_space(space::M);
        ui.horizontal(|ui| {
            let cancel = Button::secondary(t!(ctx, "cancel")).show(ui, theme).clicked();
            let renew = Button::primary(t!(ctx, "accounts-webhook-renew-go"))
                .show(ui, theme)
                .clicked();
            (cancel, renew)
        })
        .inner
    });
    let (cancel, renew) = shown.inner.unwrap_or_default();
    if renew {
        ctx.send(Command::Inbox(InboxCommand::RotatePath(view.account.id)));
    }
    cancel || renew || shown.should_close
}
