//! The form as it is drawn: what can be done on top, what came of it, the fields, and beside them how the account
//! stands.

use super::dialogs::Dialog;
use super::form::AccountForm;
use super::hosting::HostingForm;
use super::templates::Library;
use super::webhook::WebhookWish;
use super::{AccountsScreen, Target, outcome, side};
use crate::domain::Connection;
use crate::domain::text::shown_name;
use crate::engine::AccountView;
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::screens::Screen;
use crate::ui::theme::{Type, Weight, icons, space};
use crate::ui::widgets::{Button, banner, card_sized, label, screen_header};
use egui::{Ui, vec2};
use std::time::Duration;

/// Widest a column of cards becomes, in points.
const COLUMN_MAX: f32 = 520.0;
/// From this width on there are two columns, in points.
const TWO_COLUMNS: f32 = 640.0;
/// Below this width the buttons stand under the title, in points.
const ONE_ROW: f32 = 540.0;

/// What was chosen among the buttons on top.
#[derive(Clone, Copy, PartialEq)]
enum Chosen {
    Nothing,
    Remove,
    Abandon,
    Test,
    Save,
}

impl AccountsScreen {
    pub(super) fn form_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        let Some(form) = &mut self.form else { return };
        let view = form.id.and_then(|id| ctx.live.account(id));
        let chosen = header_ui(ui, ctx, form, view);
        outcome_ui(ui, ctx, form, view);
        let gateway = form.capabilities(ctx);
        let hosting = self.hosting.as_mut();
        let mut library = self.library.as_mut();
        let mut unwanted = Vec::new();
        let mut wish = None;
        let available = ui.available_width();
        if available >= TWO_COLUMNS {
            let width = ((available - space::L) / 2.0).min(COLUMN_MAX);
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = space::L;
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = space::L;
                    unwanted.extend(credentials_ui(ui, ctx, form, width));
                    unwanted.extend(hosting_ui(ui, ctx, hosting, view, width));
                });
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = space::L;
                    wish = side::side_ui(ui, ctx, view, gateway, width);
                    library_ui(ui, ctx, library.take(), view, width);
                });
            });
        } else {
            unwanted.extend(credentials_ui(ui, ctx, form, available));
            unwanted.extend(hosting_ui(ui, ctx, hosting, view, available));
            wish = side::side_ui(ui, ctx, view, gateway, available);
            library_ui(ui, ctx, library.take(), view, available);
        }
        self.unwanted.extend(unwanted);
        match (wish, view) {
            (Some(WebhookWish::Renew), Some(view)) => {
                self.dialog = Some(Dialog::RenewWebhook(view.account.id));
            }
            (Some(WebhookWish::ShowUnreadable), Some(view)) => self.unreadable.open(ctx, view.account.id),
            _ => {}
        }
        self.act(ui, ctx, chosen);
    }

    fn act(&mut self, ui: &Ui, ctx: &UiContext<'_>, chosen: Chosen) {
        let Some(form) = &mut self.form else { return };
        match chosen {
            Chosen::Nothing => {}
            Chosen::Test => form.test(ctx),
            Chosen::Save => form.save(ctx),
            Chosen::Remove => {
                self.dialog = form.id.map(|id| Dialog::Remove {
                    id,
                    with_history: false,
                });
            }
            Chosen::Abandon => {
                let target = ctx.account.filter(|_| !ctx.narrow).map(|view| view.account.id);
                let target = target.map_or(Target::Nothing, Target::Account);
                self.go(ui.ctx(), ctx, target);
            }
        }
    }
}

fn header_ui(ui: &mut Ui, ctx: &UiContext<'_>, form: &AccountForm, view: Option<&AccountView>) -> Chosen {
    let title = match view {
        Some(view) => shown_name(&view.account.name),
        None => t!(ctx, "accounts-new"),
    };
    let subtitle = subtitle(ctx, form, view);
    if ui.available_width() >= ONE_ROW {
        screen_header(ui, ctx.theme, title, subtitle, |ui| buttons_ui(ui, ctx, form)).inner
    } else {
        screen_header(ui, ctx.theme, title, subtitle, |_| {});
        ui.horizontal_wrapped(|ui| buttons_ui(ui, ctx, form)).inner
    }
}

fn subtitle(ctx: &UiContext<'_>, form: &AccountForm, view: Option<&AccountView>) -> String {
    if form.is_changed() && view.is_some() {
        return t!(ctx, "accounts-unsaved");
    }
    let Some(view) = view else {
        return t!(ctx, "accounts-new-subtitle");
    };
    let vendor = view.capabilities.vendor;
    match view.health.read_at {
        Some(at) => {
            // The age is no clock: a few seconds more or less do not matter here.
            let next = if ctx.now.since(at).as_secs() < 60 { 10 } else { 60 };
            ctx.wake_at(ctx.now.plus(Duration::from_secs(next)));
            let age = ctx.text.ago(at, ctx.now);
            t!(ctx, "accounts-read-at", vendor = vendor, age = age)
        }
        None => vendor.to_owned(),
    }
}

fn buttons_ui(ui: &mut Ui, ctx: &UiContext<'_>, form: &AccountForm) -> Chosen {
    ui.spacing_mut().item_spacing = vec2(space::S, space::S);
    let mut chosen = Chosen::Nothing;
    let saved = form.id.is_some();
    if saved {
        let remove = Button::ghost(t!(ctx, "accounts-remove"))
            .icon(icons::TRASH)
            .color(ctx.theme.colors.bad);
        if remove.show(ui, ctx.theme).clicked() {
            chosen = Chosen::Remove;
        }
    } else {
        let abandon = Button::ghost(t!(ctx, "cancel"));
        if abandon.show(ui, ctx.theme).clicked() {
            chosen = Chosen::Abandon;
        }
    }
    let test = Button::secondary(t!(ctx, "accounts-test"))
        .icon(icons::PLUG)
        .busy(form.is_testing());
    if test.show(ui, ctx.theme).clicked() {
        chosen = Chosen::Test;
    }
    let save = Button::primary(t!(ctx, "save"))
        .busy(form.is_saving())
        .enabled(form.is_changed() || !saved);
    if save.show(ui, ctx.theme).clicked() {
        chosen = Chosen::Save;
    }
    chosen
}

fn outcome_ui(ui: &mut Ui, ctx: &UiContext<'_>, form: &AccountForm, view: Option<&AccountView>) {
    let Some(outcome) = &form.outcome else { return };
    // Where the phone is known to be ready, nothing is left to be paired.
    let is_ready = view.is_some_and(|view| view.health.connection == Connection::Ready);
    let known = form.capabilities(ctx);
    let can_pair = !is_ready && known.is_some_and(|known| known.pairing);
    let said = outcome::said(ctx, outcome, known, can_pair);
    let (color, _) = ctx.theme.tone(said.tone);
    banner(ui, ctx.theme, said.tone, said.icon, said.title, said.body, |ui| {
        if said.pair && view.is_some() {
            let pair = Button::secondary(t!(ctx, "accounts-pair"))
                .icon(icons::QR)
                .color(color);
            if pair.show(ui, ctx.theme).clicked() {
                ctx.act(UiAction::Go(Screen::Pairing));
            }
        }
    });
}

fn hosting_ui(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    hosting: Option<&mut HostingForm>,
    view: Option<&AccountView>,
    width: f32,
) -> Option<crate::engine::Ticket> {
    let (hosting, view) = (hosting?, view?);
    card_sized(ui, ctx.theme, width, 0.0, |ui| hosting.ui(ui, ctx, view)).inner
}

fn library_ui(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    library: Option<&mut Library>,
    view: Option<&AccountView>,
    width: f32,
) {
    let (Some(library), Some(view)) = (library, view) else {
        return;
    };
    if let Some(form) = view.capabilities.templates {
        card_sized(ui, ctx.theme, width, 0.0, |ui| library.ui(ui, ctx, view, form));
    }
}

fn credentials_ui(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    form: &mut AccountForm,
    width: f32,
) -> Option<crate::engine::Ticket> {
    card_sized(ui, ctx.theme, width, 0.0, |ui| {
        ui.spacing_mut().item_spacing.y = space::L;
        label(
            ui,
            ctx.theme,
            t!(ctx, "accounts-credentials"),
            Type::Body,
            Weight::Semibold,
            ctx.theme.colors.text,
        );
        ui.vertical(|ui| form.fields_ui(ui, ctx)).inner
    })
    .inner
}
