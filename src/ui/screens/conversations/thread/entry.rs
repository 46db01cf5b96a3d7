//! One entry in the thread: its bubble, its menu, its tick, and the buttons of one that needs the operator.

use super::super::bubble::{Around, Bubble, Painted, Tools, Wish, card, media_folder};
use super::super::fetches::{Fetch, Fetches};
use super::{GUTTER, preparing};
use crate::domain::message::{Message, ReasonKind};
use crate::domain::outbox::allowed;
use crate::domain::window::FreeText;
use crate::domain::{IncomingKind, IncomingMessage, MessageState, ThreadEntry, Timestamp};
use crate::engine::{Command, InboxCommand, OutboxCommand};
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::theme::{icons, radius, space};
use crate::ui::widgets::{self, Button};
use crate::ui::words;
use egui::{
    Align, Layout, Popup, PopupAnchor, Rect, Response, Role, Sense, SetOpenCommand, Stroke, StrokeKind, Ui,
    UiBuilder, WidgetInfo, pos2,
};

/// Height of the buttons below a message that needs the operator.
pub(super) const BUTTONS: f32 = 40.0;

/// What an entry's height depends on, beside the room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Signature {
    /// Its state, when that changed, why it waits, and whether the file it carries could be read about.
    Outgoing(MessageState, Timestamp, Option<ReasonKind>, Option<bool>),
    /// Whether its file is here, when it was deleted, and how the fetching of its file stands.
    Incoming(bool, Option<Timestamp>, Option<Fetch>),
}

pub(super) fn signature(ctx: &UiContext<'_>, entry: &ThreadEntry, fetches: &Fetches) -> Signature {
    match entry {
        ThreadEntry::Outgoing(message) => {
            let file = message.attachment.as_ref().and_then(|attachment| attachment.file);
            let known = file.and_then(|file| ctx.model.outgoing_file(file));
            Signature::Outgoing(
                message.state,
                message.updated_at,
                message.reason.as_ref().map(|reason| reason.kind),
                known.and_then(|file| match (&file.value, &file.error) {
                    (Some(_), _) => Some(true),
                    (None, Some(_)) => Some(false),
                    (None, None) => None,
                }),
            )
        }
        ThreadEntry::Incoming(message) => {
            let media = message.media.as_ref();
            Signature::Incoming(
                media.is_some_and(|media| media.file.is_some()),
                message.revoked_at,
                fetches.of(message.id).cloned(),
            )
        }
    }
}

/// The height of an entry without its day line.
pub(super) fn height(ui: &Ui, ctx: &UiContext<'_>, entry: &ThreadEntry, around: &Around<'_>) -> f32 {
    Bubble::new(ui, ctx, entry, around).height + if has_buttons(entry) { BUTTONS } else { 0.0 }
}

/// Draws an entry with its top left corner in the thread at `corner`. `marked`: it was jumped to just now.
pub(super) fn entry_ui(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    tools: &mut Tools<'_>,
    entry: &ThreadEntry,
    around: &Around<'_>,
    (corner, marked): (egui::Pos2, bool),
) {
    let builder = UiBuilder::new()
        .id_salt(("entry", entry.id().0))
        .max_rect(Rect::from_min_size(corner, egui::vec2(around.width, 1.0)));
    ui.scope_builder(builder, |ui| {
        let bubble = Bubble::new(ui, ctx, entry, around);
        let ground = bubble.ground(corner, around.width);
        let response = ui.interact(ground, ui.scope_id().with("bubble"), Sense::click());
        let painted = bubble.paint(ui, ctx.theme, ground);
        if marked {
            ui.painter().rect_stroke(
                ground.expand(2.0),
                f32::from(radius::CARD) + 2.0,
                Stroke::new(2.0, ctx.theme.colors.accent),
                StrokeKind::Outside,
            );
        }
        let name = name(ctx, entry);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
        widgets::focus_ring(ui, ctx.theme, &response, radius::CARD);
        let link = response
            .hover_pos()
            .and_then(|pointer| bubble.link_at(&painted, pointer))
            .map(ToOwned::to_owned);
        let over_link = link.is_some();
        if let Some(link) = link {
            ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
            if response.clicked_by(egui::PointerButton::Primary) {
                ctx.act(UiAction::OpenUrl(link));
            }
        }
        bubble.parts_ui(ui, ctx, tools, ground);
        menu_ui(ctx, &response, over_link, |ui| {
            for link in bubble.links().into_iter().take(3) {
                let words = t!(ctx, "thread-open-link", address = link.as_str());
                if widgets::menu_item(ui, ctx.theme, icons::EXTERNAL_LINK, words).clicked() {
                    ctx.act(UiAction::OpenUrl(link));
                }
            }
            match entry {
                ThreadEntry::Outgoing(message) => {
                    outgoing_menu(ui, ctx, message);
                    own_file_menu(ui, ctx, message);
                }
                ThreadEntry::Incoming(message) => {
                    let newest = around.thread.entries.last().map(ThreadEntry::id);
                    if incoming_menu(ui, ctx, message) {
                        tools.wishes.extend(newest.map(Wish::Unseen));
                    }
                }
            }
        });
        if let ThreadEntry::Outgoing(message) = entry {
            if tick_ui(ui, ctx, message, &painted) {
                tools.wishes.push(Wish::History(message.id));
            }
            if has_buttons(entry) {
                let place = (&painted, corner.x);
                tools
                    .wishes
                    .extend(below_ui(ui, ctx, message, place, around.free));
            }
        }
    });
}

/// What a bubble is to somebody who does not see it.
fn name(ctx: &UiContext<'_>, entry: &ThreadEntry) -> String {
    match entry {
        ThreadEntry::Outgoing(message) => {
            let text = if message.text.is_empty() {
                message
                    .attachment
                    .as_ref()
                    .map_or("", |attachment| attachment.name.as_str())
            } else {
                message.text.as_str()
            };
            let state = words::state(ctx.text, message.state);
            format!("{text} {}, {state}", ctx.text.time(entry.at()))
        }
        ThreadEntry::Incoming(message) => {
            let line = words::incoming_line(ctx.text, message.kind, &message.text);
            let state = if message.revoked_at.is_some() {
                t!(ctx, "thread-deleted")
            } else {
                t!(ctx, "thread-received")
            };
            format!("{line} {}, {state}", ctx.text.time(entry.at()))
        }
    }
}

/// The menu: by the other button of the mouse where that is, by the keyboard below the bubble.
fn menu_ui(ctx: &UiContext<'_>, response: &Response, over_link: bool, items: impl FnOnce(&mut Ui)) {
    let by_pointer = response.clicked_by(egui::PointerButton::Primary);
    let by_keyboard = response.clicked() && !by_pointer && !over_link;
    let below = response.id.with("menu below");
    if by_keyboard || response.secondary_clicked() {
        response.ctx.data_mut(|data| data.insert_temp(below, by_keyboard));
    }
    let mut popup = Popup::context_menu(response).frame(widgets::menu_frame(ctx.theme));
    if by_keyboard {
        popup = popup.open_memory(SetOpenCommand::Bool(true));
    }
    if response.ctx.data(|data| data.get_temp(below)).unwrap_or(false) {
        popup = popup.anchor(PopupAnchor::from(response));
    }
    popup.accessible_name(t!(ctx, "thread-menu")).show(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.set_min_width(180.0);
        items(ui);
    });
}

fn outgoing_menu(ui: &mut Ui, ctx: &UiContext<'_>, message: &Message) {
    let may = allowed(message);
    if widgets::menu_item(ui, ctx.theme, icons::COPY, t!(ctx, "conversations-copy-text")).clicked() {
        ctx.act(UiAction::CopyText(message.text.clone()));
    }
    if may.cancel
        && widgets::menu_item(ui, ctx.theme, icons::BAN, t!(ctx, "conversations-cancel-message")).clicked()
    {
        ctx.send(Command::Outbox(OutboxCommand::Cancel(message.id)));
    }
    if may.retry
        && widgets::menu_item(ui, ctx.theme, icons::REFRESH, t!(ctx, "conversations-retry")).clicked()
    {
        ctx.send(Command::Outbox(OutboxCommand::Retry(message.id)));
    }
}

/// What can be done with the file that a message of ours carries.
fn own_file_menu(ui: &mut Ui, ctx: &UiContext<'_>, message: &Message) {
    let file = message.attachment.as_ref().and_then(|attachment| attachment.file);
    let file = file.and_then(|file| ctx.model.outgoing_file(file)?.value.as_ref());
    if let Some(file) = file
        && widgets::menu_item(ui, ctx.theme, icons::DOWNLOAD, t!(ctx, "thread-save-as")).clicked()
    {
        ctx.act(UiAction::SaveStoredFile {
            path: file.file.path(&media_folder(ctx)),
            name: file.file.name.clone(),
        });
    }
}

/// The menu of a message that came; whether the conversation was marked as not seen.
fn incoming_menu(ui: &mut Ui, ctx: &UiContext<'_>, message: &IncomingMessage) -> bool {
    let item = |ui: &mut Ui, icon, words| widgets::menu_item(ui, ctx.theme, icon, words).clicked();
    if !message.text.is_empty() && item(ui, icons::COPY, t!(ctx, "conversations-copy-text")) {
        ctx.act(UiAction::CopyText(message.text.clone()));
    }
    if item(ui, icons::PHONE, t!(ctx, "thread-copy-number")) {
        ctx.act(UiAction::CopyText(message.from.e164()));
    }
    let file = message.media.as_ref().and_then(|media| media.file.as_ref());
    if let Some(file) = file.filter(|file| file.may_be_opened())
        && item(ui, icons::EXTERNAL_LINK, t!(ctx, "open"))
    {
        ctx.act(UiAction::OpenFile {
            path: file.path(&media_folder(ctx)),
            name: file.name.clone(),
        });
    }
    if let Some(file) = file
        && item(ui, icons::DOWNLOAD, t!(ctx, "thread-save-as"))
    {
        ctx.act(UiAction::SaveStoredFile {
            path: file.path(&media_folder(ctx)),
            name: file.name.clone(),
        });
    }
    if message.kind == IncomingKind::ContactCard && item(ui, icons::DOWNLOAD, t!(ctx, "thread-save-card")) {
        let name = card::file_name(ctx, &message.text);
        ctx.act(UiAction::SaveFile(name, message.text.clone().into_bytes()));
    }
    let unseen = item(ui, icons::BELL, t!(ctx, "thread-mark-unread"));
    if unseen {
        ctx.send(Command::Inbox(InboxCommand::Unseen(message.conversation)));
    }
    unseen
}

/// The tick; whether its history is wanted.
fn tick_ui(ui: &Ui, ctx: &UiContext<'_>, message: &Message, painted: &Painted) -> bool {
    let Some(place) = painted.tick else { return false };
    let state = words::state(ctx.text, message.state);
    let tick = ui.interact(place.expand(4.0), ui.scope_id().with("tick"), Sense::click());
    tick.widget_info(|| {
        let name = t!(ctx, "conversations-history-of", state = state.as_str());
        WidgetInfo::labeled(Role::Button, true, name)
    });
    widgets::focus_ring(ui, ctx.theme, &tick, 4);
    tick.on_hover_text(&state)
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .clicked()
}

pub(super) fn has_buttons(entry: &ThreadEntry) -> bool {
    entry.outgoing().is_some_and(|message| {
        let may = allowed(message);
        message.state == MessageState::Preparing
            || (message.state.is_problem() && (may.resolve || may.resend))
    })
}

/// The buttons below a message; what was pressed that is not done at once.
fn below_ui(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    message: &Message,
    (painted, left): (&Painted, f32),
    free: FreeText,
) -> Option<Wish> {
    let rect = Rect::from_min_max(
        pos2(left - GUTTER, painted.below.y + space::XS),
        pos2(painted.below.x, painted.below.y + BUTTONS),
    );
    let builder = UiBuilder::new()
        .id_salt("buttons")
        .max_rect(rect)
        .layout(Layout::right_to_left(Align::Center));
    ui.scope_builder(builder, |ui| {
        if message.state == MessageState::Preparing {
            preparing::row_ui(ui, ctx, message);
            return None;
        }
        buttons_ui(ui, ctx, message, free)
    })
    .inner
}

fn buttons_ui(ui: &mut Ui, ctx: &UiContext<'_>, message: &Message, free: FreeText) -> Option<Wish> {
    let may = allowed(message);
    // The same text would be refused again, or is likely to be.
    let was_late = message
        .reason
        .as_ref()
        .is_some_and(|reason| reason.kind == ReasonKind::OutsideWindow);
    let is_text = message.template.is_none() && !may.resolve;
    let doubtful = was_late && !matches!(free, FreeText::Always | FreeText::Until(_));
    if is_text && (free.is_closed() || doubtful) {
        let template = Button::secondary(t!(ctx, "window-use-template")).small();
        if template.show(ui, ctx.theme).clicked() {
            return Some(Wish::Template);
        }
        if free.is_closed() {
            return None;
        }
    }
    let command = |command| ctx.send(Command::Outbox(command));
    let again = Button::secondary(t!(ctx, "conversations-send-again"))
        .small()
        .show(ui, ctx.theme)
        .clicked();
    if again && !may.resolve {
        command(OutboxCommand::SendAgain(message.id));
    }
    let arrived = may.resolve
        && Button::secondary(t!(ctx, "conversations-arrived"))
            .small()
            .show(ui, ctx.theme)
            .clicked();
    if arrived {
        command(OutboxCommand::Arrived(message.id));
    }
    (again && may.resolve).then_some(Wish::Risk(message.id))
}
