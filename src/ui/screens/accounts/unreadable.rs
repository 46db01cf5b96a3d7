//! What came for an account and could not be read: when, why, and how it begins. Nothing of it is dropped.

use crate::domain::inbox::RawDelivery;
use crate::engine::{AccountView, Answer, Command, ExportScope, Question, Ticket};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::screens::export::ExportDialog;
use crate::ui::theme::{Tone, Type, Weight, icons, space};
use crate::ui::widgets::{self, Button, label};
use egui::{Context, ScrollArea, Ui};

/// Height of the list before it scrolls, in points.
const LIST_HEIGHT: f32 = 320.0;

/// The dialog, and the one for exporting that follows it.
#[derive(Default)]
pub(super) struct Unreadable {
    open: Option<Open>,
    export: ExportDialog,
}

struct Open {
    account: crate::domain::AccountId,
    ticket: Ticket,
    list: Option<Vec<RawDelivery>>,
}

/// The line in the card that says that there is some; whether it is to be shown.
pub(super) fn card_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView) -> bool {
    if view.inbox.unreadable == 0 {
        return false;
    }
    let words = t!(ctx, "accounts-unreadable", count = view.inbox.unreadable);
    widgets::pill(ui, ctx.theme, Tone::Warn, Some(icons::WARNING), words);
    Button::secondary(t!(ctx, "accounts-unreadable-show"))
        .icon(icons::EYE)
        .small()
        .show(ui, ctx.theme)
        .clicked()
}

impl Unreadable {
    /// Asks for the list of an account and opens the dialog.
    pub(super) fn open(&mut self, ctx: &UiContext<'_>, account: crate::domain::AccountId) {
        let ticket = ctx.ticket();
        ctx.send(Command::Ask(ticket, Question::RawDeliveries(account)));
        self.open = Some(Open {
            account,
            ticket,
            list: None,
        });
    }

    /// Draws what is open.
    pub(super) fn ui(&mut self, ui: &Ui, ctx: &UiContext<'_>) {
        self.export.ui(ui, ctx);
        let Some(open) = &mut self.open else { return };
        if let Some(answer) = ctx.take_answer(open.ticket) {
            open.list = match answer {
                Answer::RawDeliveries(list) => Some(list),
                _ => Some(Vec::new()),
            };
        }
        let (export, close) = dialog_ui(ui.ctx(), ctx, open.list.as_deref());
        if export {
            let title = t!(ctx, "accounts-unreadable-title");
            let scope = ExportScope::Unreadable(open.account);
            self.export.open(ctx, scope, "raw", title);
        }
        if export || close {
            self.open = None;
        }
    }
}

fn dialog_ui(context: &Context, ctx: &UiContext<'_>, list: Option<&[RawDelivery]>) -> (bool, bool) {
    let theme = ctx.theme;
    let title = t!(ctx, "accounts-unreadable-title");
    let shown = widgets::dialog(context, theme, "unreadable", title, |ui| {
        widgets::hint(ui, theme, t!(ctx, "accounts-unreadable-body"));
        ui.add_space(space::S);
        ScrollArea::vertical()
            .max_height(LIST_HEIGHT)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                for one in list.unwrap_or_default() {
                    let when = ctx.text.day_and_time(one.received_at, ctx.now);
                    let size = ctx.text.file_size(one.bytes);
                    let color = theme.colors.text;
                    label(
                        ui,
                        theme,
                        format!("{when} · {size}"),
                        Type::Body,
                        Weight::Medium,
                        color,
                    );
                    for words in [one.why.as_deref().unwrap_or_default(), &one.beginning] {
                        if !words.is_empty() {
                            widgets::hint(ui, theme, words);
                        }
                    }
                    widgets::divider(ui, theme);
                }
            });
        ui.add_space(space::S);
        ui.horizontal(|ui| {
            let close = Button::secondary(t!(ctx, "close")).show(ui, theme).clicked();
            let export = Button::primary(t!(ctx, "accounts-unreadable-export"))
                .icon(icons::DOWNLOAD)
                .show(ui, theme)
                .clicked();
            (export, close)
        })
        .inner
    });
    let (export, close) = shown.inner.unwrap_or_default();
    (export, close || shown.should_close)
}
