//! Accounts: which there are, their credentials, whether they work, and where their secrets are kept.

#[cfg(test)]
pub(crate) mod bench;
mod choice;
mod countries;
mod dialogs;
mod fields;
mod form;
mod form_ui;
mod gateway;
#[cfg(test)]
mod gateway_tests;
mod hosting;
mod list;
mod outcome;
mod secret;
mod side;
mod store_note;
mod templates;
#[cfg(test)]
mod tests;
mod unreadable;
#[cfg(test)]
mod unreadable_tests;
mod values;
mod webhook;

use crate::domain::AccountId;
use crate::engine::Ticket;
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::theme::{icons, size};
use crate::ui::widgets::{Button, empty_state, screen_frame, skeleton};
use dialogs::Dialog;
use egui::{Rect, Ui, UiBuilder, pos2, vec2};
use form::AccountForm;
use hosting::HostingForm;
use templates::Library;

/// Where the operator wants to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    /// The form of a new account.
    New,
    /// The form of a saved one.
    Account(AccountId),
    /// No form.
    Nothing,
}

/// The accounts screen.
#[derive(Default)]
pub struct AccountsScreen {
    form: Option<AccountForm>,
    /// Where the attachments of the form's account are put; there is none for an account that is not saved yet.
    hosting: Option<HostingForm>,
    /// The templates of the form's account, where its gateway knows any.
    library: Option<Library>,
    dialog: Option<Dialog>,
    unreadable: unreadable::Unreadable,
    /// The chosen account in the frame before.
    followed: Option<AccountId>,
    /// The account that was saved here just now and is chosen as soon as it is there: its form need not be opened then.
    awaited: Option<AccountId>,
    /// Where it is narrow: whether the form is shown and not the list.
    form_shown: bool,
    /// Revealed secrets that come when nobody waits for them any more: taken and dropped.
    unwanted: Vec<Ticket>,
    forms_made: u64,
}

impl AccountsScreen {
    /// Draws the screen.
    pub fn ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        self.unwanted.retain(|ticket| ctx.take_answer(*ticket).is_none());
        if let Some(id) = self.form.as_mut().and_then(|form| form.take_answers(ctx)) {
            self.after_save(ui, ctx, id);
        }
        self.follow(ui, ctx);
        self.follow_hosting(ui.ctx(), ctx);
        self.follow_library(ctx);

        let full = ui.available_rect_before_wrap();
        if ctx.narrow {
            if self.form_shown && self.form.is_some() {
                self.detail_at(ui, ctx, full);
            } else {
                self.list_at(ui, ctx, full);
            }
        } else {
            let edge = full.left() + size::LIST;
            self.list_at(ui, ctx, Rect::from_min_max(full.min, pos2(edge, full.bottom())));
            self.detail_at(ui, ctx, Rect::from_min_max(pos2(edge, full.top()), full.max));
        }
        ui.allocate_rect(full, egui::Sense::hover());
        self.dialogs_ui(ui.ctx(), ctx);
        self.library_dialogs_ui(ui.ctx(), ctx);
        self.unreadable.ui(ui, ctx);
    }

    fn list_at(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, rect: Rect) {
        let place = UiBuilder::new().id_salt("accounts-list").max_rect(rect);
        let target = ui
            .scope_builder(place, |ui| list::list_ui(ui, ctx, self.form.as_ref()))
            .inner;
        match target {
            Some(Target::Account(id)) if self.form.as_ref().is_some_and(|form| form.id == Some(id)) => {
                self.form_shown = true;
            }
            Some(target) => self.go(ui.ctx(), ctx, target),
            None => {}
        }
    }

    fn detail_at(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, rect: Rect) {
        let place = UiBuilder::new().id_salt("account-form").max_rect(rect);
        ui.scope_builder(place, |ui| {
            ui.set_clip_rect(rect.intersect(ui.clip_rect()));
            screen_frame(ui, ctx.theme, |ui| {
                if self.form.is_some() {
                    if ctx.narrow {
                        self.back_ui(ui, ctx);
                    }
                    self.form_ui(ui, ctx);
                } else if ctx.live.loaded {
                    self.empty_ui(ui, ctx);
                } else {
                    skeleton(ui, ctx.theme, vec2(240.0, 28.0));
                    skeleton(ui, ctx.theme, vec2(392.0, 320.0));
                }
            });
        });
    }

    fn back_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        let back = Button::secondary(t!(ctx, "accounts-back"))
            .icon(icons::ARROW_LEFT)
            .small();
        if back.show(ui, ctx.theme).clicked() {
            self.form_shown = false;
        }
    }

    fn empty_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        let action = t!(ctx, "accounts-empty-action");
        let chosen = empty_state(
            ui,
            ctx.theme,
            icons::ACCOUNTS,
            t!(ctx, "accounts-empty"),
            t!(ctx, "accounts-empty-body"),
            Some(action.as_str()),
        );
        if chosen {
            self.go(ui.ctx(), ctx, Target::New);
        }
    }

    /// Goes there, or asks first when something typed would be lost.
    fn go(&mut self, context: &egui::Context, ctx: &UiContext<'_>, target: Target) {
        let changed = self.form.as_ref().is_some_and(AccountForm::is_changed)
            || self.hosting.as_ref().is_some_and(HostingForm::is_changed);
        if changed {
            self.dialog = Some(Dialog::Leave(target));
        } else {
            self.open(context, ctx, target);
        }
    }

    /// Opens a form; what was typed in the one before is gone.
    fn open(&mut self, context: &egui::Context, ctx: &UiContext<'_>, target: Target) {
        if let Some(mut form) = self.form.take() {
            self.unwanted.extend(form.release());
            form.forget_typing(context);
        }
        self.close_hosting(context);
        if target != Target::New {
            self.awaited = None;
        }
        self.forms_made += 1;
        self.form_shown = target != Target::Nothing;
        self.form = match target {
            Target::New => {
                let mut form = AccountForm::new_account(ctx.live, self.forms_made);
                form.focus = Some("name".to_owned());
                Some(form)
            }
            Target::Account(id) => ctx
                .live
                .account(id)
                .map(|view| AccountForm::of(view, self.forms_made)),
            Target::Nothing => None,
        };
        if let Target::Account(id) = target
            && ctx.account.is_none_or(|view| view.account.id != id)
        {
            ctx.act(UiAction::SelectAccount(id));
        }
    }

    fn after_save(&mut self, ui: &Ui, ctx: &UiContext<'_>, id: AccountId) {
        if let Some(form) = &mut self.form {
            self.unwanted.extend(form.release());
            form.forget_typing(ui.ctx());
        }
        if ctx.account.is_none_or(|view| view.account.id != id) {
            self.awaited = Some(id);
        }
    }

    /// The card about attachments goes with the form: it is there once the account is.
    fn follow_hosting(&mut self, context: &egui::Context, ctx: &UiContext<'_>) {
        let id = self.form.as_ref().and_then(|form| form.id);
        let view = id.and_then(|id| ctx.live.account(id));
        let current = self.hosting.as_ref().map(|hosting| hosting.account);
        if current != view.map(|view| view.account.id) {
            self.close_hosting(context);
            self.hosting = view.map(HostingForm::of);
        }
        if let (Some(hosting), Some(view)) = (&mut self.hosting, view) {
            hosting.take_answers(context, ctx);
            hosting.follow(view);
        }
    }

    /// So do the templates.
    fn follow_library(&mut self, ctx: &UiContext<'_>) {
        let id = self.form.as_ref().and_then(|form| form.id);
        let view = id.and_then(|id| ctx.live.account(id));
        let wanted = view.filter(|view| view.capabilities.templates.is_some());
        let wanted = wanted.map(|view| view.account.id);
        if self.library.as_ref().map(|library| library.account) != wanted {
            self.library = wanted.map(|account| Library::new(ctx, account));
        }
        if let Some(library) = &mut self.library {
            library.take_answers(ctx);
        }
    }

    fn library_dialogs_ui(&mut self, context: &egui::Context, ctx: &UiContext<'_>) {
        let Some(library) = &mut self.library else { return };
        let Some(view) = ctx.live.account(library.account) else {
            return;
        };
        if let Some(form) = view.capabilities.templates {
            library.dialogs_ui(context, ctx, view, form);
        }
    }

    fn close_hosting(&mut self, context: &egui::Context) {
        let unwanted = self.hosting.take().and_then(|hosting| hosting.close(context));
        self.unwanted.extend(unwanted);
    }

    /// Keeps up with what happens around the screen: another account chosen, one removed.
    fn follow(&mut self, ui: &Ui, ctx: &UiContext<'_>) {
        if self.form.as_mut().is_some_and(|form| !form.follow(ctx.live)) {
            self.open(ui.ctx(), ctx, Target::Nothing);
        }
        // The first account is chosen as soon as it is there, which may be before the answer to its saving: until that has
        // come, nobody can say whether it is the one in the form.
        if self
            .form
            .as_ref()
            .is_some_and(|form| form.id.is_none() && form.is_saving())
        {
            return;
        }
        let chosen = ctx.account.map(|view| view.account.id);
        let news = chosen != self.followed && self.awaited.is_none();
        self.followed = chosen;
        if let Some(saved) = self.awaited {
            if chosen == Some(saved) {
                self.awaited = None;
            } else if ctx.live.account(saved).is_some() {
                ctx.act(UiAction::SelectAccount(saved));
            }
        }
        let Some(id) = chosen else { return };
        match &self.form {
            Some(form) if news && form.id != Some(id) => self.go(ui.ctx(), ctx, Target::Account(id)),
            None if !ctx.narrow => {
                self.open(ui.ctx(), ctx, Target::Account(id));
                // Nobody asked for the form: should the window become narrow, the list comes first.
                self.form_shown = false;
            }
            _ => {}
        }
    }
}
