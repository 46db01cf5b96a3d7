//! The dialogs of the accounts screen: leaving something unsaved, removing an account.

use super::{AccountsScreen, Target};
use crate::engine::{AccountCommand, AccountView, Command};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::{Type, Weight, icons, space};
use crate::ui::widgets::{Button, dialog, label, toggle_row};
use egui::{Context, Ui, vec2};

/// The dialog that is open.
pub(super) enum Dialog {
    /// Something typed would be lost by going there.
    Leave(Target),
    /// Making a new address for the webhook of an account.
    RenewWebhook(crate::domain::AccountId),
    /// Removing an account.
    Remove {
        id: crate::domain::AccountId,
        with_history: bool,
    },
}

/// What was chosen in a dialog.
enum Choice {
    Nothing,
    Close,
    Leave(Target),
}

impl AccountsScreen {
    pub(super) fn dialogs_ui(&mut self, context: &Context, ctx: &UiContext<'_>) {
        let Some(open) = &mut self.dialog else { return };
        let choice = match open {
            Dialog::Leave(target) => leave_ui(context, ctx, *target),
            Dialog::RenewWebhook(id) => match ctx.live.account(*id) {
                Some(view) if !super::webhook::renew_ui(context, ctx, view) => Choice::Nothing,
                _ => Choice::Close,
            },
            Dialog::Remove { id, with_history } => match ctx.live.account(*id) {
                Some(view) => remove_ui(context, ctx, view, with_history),
                None => Choice::Close,
            },
        };
        match choice {
            Choice::Nothing => {}
            Choice::Close => self.dialog = None,
            Choice::Leave(target) => {
                self.dialog = None;
                self.open(context, ctx, target);
            }
        }
    }
}

fn text_ui(ui: &mut Ui, ctx: &UiContext<'_>, words: String) {
    let color = ctx.theme.colors.dim;
    label(ui, ctx.theme, words, Type::Body, Weight::Regular, color);
}

/// The buttons of a dialog. The harmless one comes first: the keyboard begins there.
fn buttons_ui<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(space::S);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, space::S);
        add(ui)
    })
    .inner
}

fn leave_ui(context: &Context, ctx: &UiContext<'_>, target: Target) -> Choice {
    let title = t!(ctx, "accounts-leave-title");
    let shown = dialog(context, ctx.theme, "accounts-leave", title, |ui| {
        text_ui(ui, ctx, t!(ctx, "accounts-leave-body"));
        buttons_ui(ui, |ui| {
            let mut choice = Choice::Nothing;
            let keep = Button::primary(t!(ctx, "accounts-leave-keep"));
            if keep.show(ui, ctx.theme).clicked() {
                choice = Choice::Close;
            }
            let discard = Button::danger(t!(ctx, "accounts-leave-discard"));
            if discard.show(ui, ctx.theme).clicked() {
                choice = Choice::Leave(target);
            }
            choice
        })
    });
    chosen(shown)
}

fn chosen(shown: crate::ui::widgets::DialogResponse<Choice>) -> Choice {
    match shown.inner {
        Some(Choice::Nothing) | None if shown.should_close => Choice::Close,
        Some(choice) => choice,
        None => Choice::Nothing,
    }
}

fn remove_ui(context: &Context, ctx: &UiContext<'_>, view: &AccountView, with_history: &mut bool) -> Choice {
    let name = view.account.name.as_str();
    let title = t!(ctx, "accounts-remove-title", account = name);
    let shown = dialog(context, ctx.theme, "accounts-remove", title, |ui| {
        let store = super::store_note::store_name(ctx);
        let vendor = view.capabilities.vendor;
        let body = if view.capabilities.pairing {
            t!(ctx, "accounts-remove-body", store = store, vendor = vendor)
        } else {
            t!(
                ctx,
                "accounts-remove-body-no-phone",
                store = store,
                vendor = vendor
            )
        };
        text_ui(ui, ctx, body);
        if view.outbox.queued > 0 {
            let words = t!(ctx, "accounts-remove-waiting", count = view.outbox.queued);
            let color = ctx.theme.colors.warn;
            label(ui, ctx.theme, words, Type::Body, Weight::Medium, color);
        }
        toggle_row(
            ui,
            ctx.theme,
            t!(ctx, "accounts-remove-history"),
            "",
            with_history,
        );
        let hint = if *with_history {
            t!(ctx, "accounts-remove-history-on")
        } else {
            t!(ctx, "accounts-remove-history-off")
        };
        crate::ui::widgets::hint(ui, ctx.theme, hint);
        buttons_ui(ui, |ui| {
            let mut choice = Choice::Nothing;
            let keep = Button::secondary(t!(ctx, "accounts-remove-keep"));
            if keep.show(ui, ctx.theme).clicked() {
                choice = Choice::Close;
            }
            let remove =
                Button::danger(t!(ctx, "accounts-remove-confirm", account = name)).icon(icons::TRASH);
            if remove.show(ui, ctx.theme).clicked() {
                ctx.send(Command::Account(AccountCommand::Remove {
                    id: view.account.id,
                    with_history: *with_history,
                }));
                choice = Choice::Close;
            }
            choice
        })
    });
    chosen(shown)
}
