//! Conversations: who has been written to, the thread with one person, and the composer below it.

#[cfg(test)]
pub(in crate::ui::screens) mod bench;
#[cfg(test)]
mod both_sides;
pub(in crate::ui::screens) mod bubble;
pub(in crate::ui::screens) mod chip;
mod completion;
pub mod composer;
#[cfg(test)]
mod composer_tests;
#[cfg(test)]
mod edges;
mod emoji_picker;
mod fetches;
#[cfg(test)]
mod files_tests;
pub mod formatting;
pub(in crate::ui::screens) mod header;
#[cfg(test)]
mod keyboard_tests;
mod list;
#[cfg(test)]
mod own_tests;
mod person;
#[cfg(test)]
mod pictures;
mod quick_replies;
#[cfg(test)]
mod remote_tests;
mod schedule;
#[cfg(test)]
mod scroll_tests;
#[cfg(test)]
mod tests;
mod thread;
#[cfg(test)]
mod thread_tests;
mod viewer;

use crate::domain::conversation::DraftPlace;
use crate::domain::{AccountId, Conversation, ConversationId};
use crate::engine::{Command, ExportScope, InboxCommand};
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::pictures::Pictures;
use crate::ui::presence::Presence;
use crate::ui::read_model::{FilterKey, Want};
use crate::ui::screens::export::ExportDialog;
use crate::ui::theme::{Tone, icons, size};
use crate::ui::voices::{VoicePlayer, Voices};
use crate::ui::widgets;
use composer::Composer;
use egui::{Align, Layout, Rect, Stroke, Ui, UiBuilder, pos2};
use header::HeaderWish;
use list::ListWish;
use std::collections::HashMap;
use std::sync::Arc;
use thread::{ThreadWish, Whose};

/// The screen, with what is open on it.
pub struct ConversationsScreen {
    open: Option<Open>,
    list: list::ListState,
    composers: HashMap<ConversationId, Composer>,
    thread: thread::ThreadView,
    header: header::Header,
    export: ExportDialog,
    history: Option<crate::domain::MessageId>,
    pictures: Pictures,
    voices: Voices,
    presence: Presence,
    viewer: viewer::Viewer,
    fetches: fetches::Fetches,
}

/// The conversation that is open.
struct Open {
    id: ConversationId,
    /// What was last known of it: the list may be at another page, or searched through.
    known: Option<Conversation>,
    /// How many of its messages have not been seen, while a list that has been read tells.
    unread: Option<u32>,
    /// Whether its account has been the chosen one since it was opened.
    arrived: bool,
}

impl ConversationsScreen {
    /// With what plays voice notes.
    #[must_use]
    pub fn new(player: Arc<dyn VoicePlayer>) -> Self {
        Self {
            open: None,
            list: list::ListState::default(),
            composers: HashMap::new(),
            thread: thread::ThreadView::default(),
            header: header::Header::default(),
            export: ExportDialog::default(),
            history: None,
            pictures: Pictures::default(),
            voices: Voices::new(player),
            presence: Presence::default(),
            viewer: viewer::Viewer::default(),
            fetches: fetches::Fetches::default(),
        }
    }

    /// Opens a conversation.
    pub fn open(&mut self, id: ConversationId) {
        if self.open_id() != Some(id) {
            self.open = Some(Open {
                id,
                known: None,
                unread: None,
                arrived: false,
            });
            self.thread = thread::ThreadView::default();
            self.voices.stop();
        }
    }

    /// The conversation that is open.
    #[must_use]
    pub fn open_id(&self) -> Option<ConversationId> {
        self.open.as_ref().map(|open| open.id)
    }

    /// Draws the screen.
    pub fn ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        self.fetches.poll(ctx);
        let Some(account) = ctx.account else {
            let (title, body) = (
                t!(ctx, "conversations-no-account"),
                t!(ctx, "conversations-no-account-body"),
            );
            let action = t!(ctx, "conversations-add-account");
            if widgets::empty_state(ui, ctx.theme, icons::MESSAGES, title, body, Some(&action)) {
                ctx.act(UiAction::Go(super::Screen::Accounts));
            }
            return;
        };
        ctx.want(Want::Drafts(account.account.id));
        let filter = self.list.filter(account.account.id);
        let rect = ui.available_rect_before_wrap();
        ui.advance_cursor_after_rect(rect);
        if ctx.narrow {
            if self.open.is_some() {
                self.thread_ui(ui, ctx, rect);
            } else {
                self.list_ui(ui, ctx, rect, &filter);
            }
        } else {
            let split = rect.left() + size::LIST;
            let list = Rect::from_min_max(rect.min, pos2(split, rect.bottom()));
            let thread = Rect::from_min_max(pos2(split, rect.top()), rect.max);
            self.list_ui(ui, ctx, list, &filter);
            ui.painter()
                .vline(split, rect.y_range(), Stroke::new(1.0, ctx.theme.colors.line));
            self.thread_ui(ui, ctx, thread);
        }
        super::history::history_dialog(ui.ctx(), ctx, &mut self.history);
        self.viewer.ui(ui.ctx(), ctx, &mut self.pictures);
        if let Some(image) = self.pictures.take_copied(ui.ctx()) {
            ctx.act(UiAction::CopyImage(image));
        }
        self.export.ui(ui, ctx);
    }

    /// The conversation that is open, wherever it has been read. Closes it when the operator goes to another account.
    fn opened(&mut self, ctx: &UiContext<'_>) -> Option<Conversation> {
        let account = ctx.account?.account.id;
        let id = self.open_id()?;
        let listed = self.listed(ctx, account, id);
        let open = self.open.as_mut()?;
        open.unread = listed.as_ref().map(|(_, unread)| *unread);
        let read = if let Some((conversation, _)) = listed {
            Some(conversation)
        } else {
            // New, further down than the pages that were read, or another account's.
            ctx.want(Want::Conversation(id));
            ctx.model.conversation(id).and_then(|person| person.value.clone())
        };
        if read.is_some() {
            open.known = read;
        }
        let known = open.known.clone()?;
        if known.account == account {
            open.arrived = true;
            return Some(known);
        }
        if open.arrived || ctx.live.account(known.account).is_none() {
            self.open = None;
        } else {
            ctx.act(UiAction::SelectAccount(known.account));
        }
        None
    }

    fn listed(
        &self,
        ctx: &UiContext<'_>,
        account: AccountId,
        id: ConversationId,
    ) -> Option<(Conversation, u32)> {
        let everything = FilterKey {
            account: Some(account),
            ..FilterKey::default()
        };
        let shown = self.list.filter(account);
        ctx.want(Want::Conversations(everything.clone()));
        [shown, everything].iter().find_map(|filter| {
            let list = ctx.model.conversations(filter)?.value.as_ref()?;
            let row = list.rows.iter().find(|row| row.conversation.id == id)?;
            Some((row.conversation.clone(), row.unread))
        })
    }

    fn list_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, rect: Rect, filter: &FilterKey) {
        ui.painter().rect_filled(rect, 0.0, ctx.theme.colors.panel);
        let open = self.open_id();
        let chosen = ui
            .scope_builder(
                UiBuilder::new().id_salt("conversation list").max_rect(rect),
                |ui| list::list_ui(ui, ctx, filter, &mut self.list, open),
            )
            .inner;
        match chosen {
            Some(ListWish::Open(id)) => {
                self.open(id);
                // Whoever chooses a person wants to write to them.
                self.composers
                    .entry(id)
                    .or_insert_with(|| Composer::new(DraftPlace::Conversation(id)))
                    .take_focus();
            }
            Some(ListWish::Find(id, message)) => {
                if self.open_id() != Some(id) {
                    self.open(id);
                }
                self.thread.seek(message);
            }
            Some(ListWish::MarkUnread(id)) => self.mark_unread(ctx, id),
            Some(ListWish::Export(person)) => self.open_export(ctx, &person),
            None => {}
        }
    }

    /// A conversation of which nothing has been read yet: it is on its way, or the reason why not stands here.
    fn unknown_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, rect: Rect) {
        let Some(id) = self.open_id() else { return };
        let failed = ctx.model.conversation(id).and_then(|person| person.error.clone());
        ui.scope_builder(UiBuilder::new().id_salt(("unknown", id.0)).max_rect(rect), |ui| {
            if let Some(words) = failed {
                let title = t!(ctx, "conversations-unreadable");
                widgets::banner(ui, ctx.theme, Tone::Bad, icons::ALERT, title, words, |_| {});
            }
        });
        if ctx.narrow && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape)) {
            self.open = None;
        }
    }

    fn open_export(&mut self, ctx: &UiContext<'_>, person: &Conversation) {
        let name = list::display_name(person);
        let title = t!(ctx, "conversations-export-title", name = name.as_str());
        self.export
            .open(ctx, ExportScope::Conversation(person.id), &name, title);
    }

    /// Counts a conversation as not looked at. If it is open it closes, or it would be looked at again at once.
    fn mark_unread(&mut self, ctx: &UiContext<'_>, id: ConversationId) {
        ctx.send(Command::Inbox(InboxCommand::Unseen(id)));
        if self.open_id() == Some(id) {
            self.open = None;
        }
    }

    fn thread_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, rect: Rect) {
        if self.open.is_none() {
            none_open_ui(ui, ctx, rect);
            return;
        }
        // Looked up only now: the list may have opened another one in this frame.
        let Some(conversation) = self.opened(ctx) else {
            self.unknown_ui(ui, ctx, rect);
            return;
        };
        // As it was when the frame began: what Esc closes by itself must not lead back as well.
        let nothing_over =
            !egui::Popup::is_any_open(ui.ctx()) && ui.memory(|memory| memory.top_modal_layer().is_none());
        let id = conversation.id;
        let header = Rect::from_min_max(rect.min, pos2(rect.right(), rect.top() + header::HEIGHT));
        let wish = ui
            .scope_builder(UiBuilder::new().id_salt("thread header").max_rect(header), |ui| {
                self.header.ui(ui, ctx, &conversation)
            })
            .inner;
        match wish {
            Some(HeaderWish::Back) => self.open = None,
            Some(HeaderWish::MarkUnread) => self.mark_unread(ctx, id),
            Some(HeaderWish::Export) => self.open_export(ctx, &conversation),
            None => {}
        }
        let top = self.composer_ui(ui, ctx, &conversation, rect);
        let middle = Rect::from_min_max(pos2(rect.left(), header.bottom()), pos2(rect.right(), top));
        self.entries_ui(ui, ctx, &conversation, middle);
        if ctx.narrow
            && nothing_over
            && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape))
        {
            self.open = None;
        }
    }

    /// Draws the composer below the thread, as high as it wants; answers with its upper end.
    fn composer_ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        conversation: &Conversation,
        rect: Rect,
    ) -> f32 {
        let id = conversation.id;
        let composer = self
            .composers
            .entry(id)
            .or_insert_with(|| Composer::new(DraftPlace::Conversation(id)));
        // The composer is as high as it wants; the thread takes what is left.
        let height_id = ui.scope_id().with("composer height");
        let known: f32 = ui.data(|data| data.get_temp(height_id)).unwrap_or(132.0);
        // The form of a template is read from its top, and needs the room more than the thread does.
        let is_form = composer.is_template();
        let left_over = if is_form { 40.0 } else { 120.0 };
        let limit = (rect.height() - header::HEIGHT - left_over).max(110.0);
        let top = rect.bottom() - known.min(limit);
        let below = Rect::from_min_max(pos2(rect.left(), top), rect.max);
        let line = Stroke::new(1.0, ctx.theme.colors.line);
        ui.painter().rect_filled(below, 0.0, ctx.theme.colors.panel);
        let pictures = &mut self.pictures;
        let used = ui
            .scope_builder(
                UiBuilder::new()
                    .id_salt(("composer", id.0))
                    .max_rect(below)
                    .layout(Layout::top_down(Align::Min)),
                |ui| {
                    // In a very low window it scrolls, with its button in sight.
                    let sent = egui::ScrollArea::vertical()
                        .id_salt(("composer area", is_form))
                        .max_height(limit)
                        .min_scrolled_height(limit)
                        .auto_shrink([false, true])
                        .stick_to_bottom(!is_form)
                        .show(ui, |ui| {
                            if conversation.do_not_write {
                                person::blocked_ui(ui, ctx, id);
                                return false;
                            }
                            composer.thread_ui(ui, ctx, pictures, conversation)
                        })
                        .inner;
                    (sent, ui.min_rect().height())
                },
            )
            .inner;
        if used.0 {
            self.thread.follow_sent();
        }
        if (used.1 - known).abs() > 0.5 {
            ui.data_mut(|data| data.insert_temp(height_id, used.1));
            ui.ctx().request_discard("the composer has another height");
        }
        ui.painter().hline(rect.x_range(), top, line);
        top
    }

    /// Draws the entries of the thread, and does what is asked for there.
    fn entries_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, conversation: &Conversation, middle: Rect) {
        let id = conversation.id;
        ui.scope_builder(
            UiBuilder::new().id_salt(("thread", id.0)).max_rect(middle),
            |ui| {
                ui.set_clip_rect(ui.clip_rect().intersect(middle));
                let unread = self.open.as_ref().and_then(|open| open.unread);
                let mut tools = bubble::Tools {
                    pictures: &mut self.pictures,
                    voices: &mut self.voices,
                    presence: &mut self.presence,
                    wishes: Vec::new(),
                };
                let whose = Whose {
                    conversation,
                    unread,
                    fetches: &self.fetches,
                };
                match self.thread.ui(ui, ctx, whose, &mut tools) {
                    Some(ThreadWish::History(message)) => self.history = Some(message),
                    Some(ThreadWish::View(message)) => self.viewer.open(ui.ctx(), id, message),
                    Some(ThreadWish::Fetch(message)) => self.fetches.begin(ctx, message),
                    Some(ThreadWish::StopFetching(message)) => self.fetches.stop(ctx, message),
                    Some(ThreadWish::Template) => {
                        if let Some(composer) = self.composers.get_mut(&id) {
                            composer.choose_template();
                        }
                    }
                    None => {}
                }
            },
        );
    }

    /// Keeps what has been written here and not sent, whatever screen is shown; `at_once` when the window closes.
    pub fn keep_drafts(&mut self, ctx: &UiContext<'_>, at_once: bool) {
        for composer in self.composers.values_mut() {
            // The answer may come when another conversation or screen is shown; what was sent is no draft.
            let _ = composer.poll(ctx);
            composer.keep_draft(ctx, Vec::new(), at_once);
        }
    }
}

fn none_open_ui(ui: &mut Ui, ctx: &UiContext<'_>, rect: Rect) {
    ui.scope_builder(UiBuilder::new().id_salt("no conversation").max_rect(rect), |ui| {
        let (title, body) = (
            t!(ctx, "conversations-none-open"),
            t!(ctx, "conversations-none-open-body"),
        );
        let action = t!(ctx, "conversations-new");
        if widgets::empty_state(ui, ctx.theme, icons::MESSAGES, title, body, Some(&action)) {
            ctx.act(UiAction::NewMessage);
        }
    });
}
