//! The composer: text with emoji, an attachment by its address, and the button that sends. It keeps what is typed until
//! the engine has stored it, and over a restart.

use super::completion;
use super::emoji_picker::EmojiPicker;
use super::quick_replies::QuickReplyPicker;
use super::schedule::Schedule;
use crate::domain::attachment::{Attachment, AttachmentProblem};
use crate::domain::conversation::{Draft, DraftPlace};
use crate::domain::message::Message;
use crate::domain::settings::SendKey;
use crate::domain::text::{character_count, clean_message, with_name};
use crate::domain::{Conversation, PhoneNumber, Timestamp};
use crate::engine::{AccountView, Answer, Command, ConversationCommand, OutboxCommand, Ticket};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::{Theme, Tone, Type, Weight, font, icons, radius, space};
use crate::ui::widgets::{self, Button, Field};
use crate::ui::words;
use egui::text::CCursorRange;
use egui::{
    Align, CornerRadius, Frame, Id, Key, KeyboardShortcut, Layout, Margin, Modifiers, Stroke, StrokeKind,
    TextEdit, Ui,
};
use std::time::Duration;

/// A draft is kept this long after the last change.
const KEEP_AFTER: Duration = Duration::from_millis(800);
/// From here on, in points, the button that sends has room for the moment too.
const ROOM_FOR_MOMENT: f32 = 380.0;
/// From here on, in points, the characters are counted beside the button; and where there are too many of them.
const ROOM_FOR_COUNT: (f32, f32) = (100.0, 240.0);
/// Rows of text before the composer scrolls.
const ROWS_MAX: usize = 6;

/// What is being written, and where it belongs.
pub struct Composer {
    place: DraftPlace,
    text: String,
    url: String,
    url_open: bool,
    restored: bool,
    changed_at: Option<Timestamp>,
    kept: Draft,
    sending: Option<Ticket>,
    failed: Option<String>,
    picker: EmojiPicker,
    replies: QuickReplyPicker,
    schedule: Schedule,
    /// Who the conversation is with, for a quick reply; `None` also where several may get it.
    name: Option<String>,
    completion: completion::Completion,
    cursor: Option<CCursorRange>,
    focus: bool,
    focus_if_free: bool,
    focus_url: bool,
}

/// What became of a send in this frame.
pub enum Sent {
    /// Nothing new.
    No,
    /// Nothing was stored; the composer says why.
    Failed,
    /// The engine has stored these messages.
    Stored(Vec<Message>),
}

impl Composer {
    /// An empty composer for a place.
    #[must_use]
    pub fn new(place: DraftPlace) -> Self {
        Self {
            place,
            text: String::new(),
            url: String::new(),
            url_open: false,
            restored: false,
            changed_at: None,
            kept: Draft::default(),
            sending: None,
            failed: None,
            picker: EmojiPicker::default(),
            replies: QuickReplyPicker::default(),
            schedule: Schedule::default(),
            name: None,
            completion: completion::Completion::default(),
            cursor: None,
            focus: false,
            focus_if_free: false,
            focus_url: false,
        }
    }

    /// The text as it will be sent.
    #[must_use]
    pub fn cleaned(&self) -> String {
        clean_message(&self.text).0
    }

    /// Whether a send is under way.
    #[must_use]
    pub fn is_sending(&self) -> bool {
        self.sending.is_some()
    }

    /// Puts the keyboard into the text with the next frame.
    pub fn take_focus(&mut self) {
        self.focus = true;
    }

    /// Takes its draft back, once, as soon as the drafts have been read. Answers the recipients that were kept with it.
    pub fn restore(&mut self, ctx: &UiContext<'_>) -> Option<Vec<String>> {
        if self.restored {
            return None;
        }
        let drafts = ctx.model.drafts(ctx.account?.account.id)?;
        self.restored = true;
        let draft = drafts.get(&self.place)?.clone();
        // What was typed before the draft came is newer.
        if self.text.is_empty() && self.url.is_empty() {
            self.text.clone_from(&draft.text);
            self.url.clone_from(&draft.attachment_url);
            self.url_open = !self.url.is_empty();
        }
        let recipients = draft.recipients.clone();
        self.kept = draft;
        Some(recipients)
    }

    /// The composer below a thread; answers whether something was sent.
    pub fn thread_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, conversation: &Conversation) -> bool {
        self.restore(ctx);
        self.name = conversation.shown_name().map(str::to_owned);
        let stored = matches!(self.poll(ctx), Sent::Stored(_));
        let margin = Margin {
            left: 20,
            right: 20,
            top: 12,
            bottom: 12,
        };
        let send = Frame::new()
            .inner_margin(margin)
            .show(ui, |ui| self.editor_ui(ui, ctx, Ok(()), None))
            .inner;
        if send {
            self.send(ctx, vec![conversation.phone.clone()], Vec::new());
        }
        stored
    }

    /// When the message is to leave, if not at once.
    #[must_use]
    pub fn not_before(&self) -> Option<Timestamp> {
        self.schedule.chosen()
    }

    /// Whether the moment that was chosen has passed meanwhile.
    #[must_use]
    pub fn is_too_late(&self, now: Timestamp) -> bool {
        self.schedule.has_passed(now)
    }

    /// What the button that sends says: `words`, or for when it is scheduled.
    #[must_use]
    pub fn send_words(&self, ctx: &UiContext<'_>, words: String) -> String {
        self.schedule.button_words(ctx, true).unwrap_or(words)
    }

    /// Whether an address of an attachment has been typed.
    #[must_use]
    pub fn has_attachment(&self) -> bool {
        !self.url.trim().is_empty()
    }

    /// Hands the message to the engine, which answers when it is stored. With `names` each recipient gets the text with
    /// its own name in it.
    pub fn send(&mut self, ctx: &UiContext<'_>, to: Vec<PhoneNumber>, names: Vec<Option<String>>) {
        let Some(account) = ctx.account else { return };
        let Ok(attachment) = self.attachment(account) else {
            return;
        };
        let ticket = ctx.ticket();
        self.sending = Some(ticket);
        self.failed = None;
        ctx.send(Command::Outbox(OutboxCommand::Send {
            ticket,
            account: account.account.id,
            to,
            names,
            text: self.cleaned(),
            attachments: attachment.into_iter().collect(),
            not_before: self.schedule.chosen(),
        }));
    }

    /// Takes the engine's answer to a send: stored messages empty the composer, a failure leaves everything in it.
    pub fn poll(&mut self, ctx: &UiContext<'_>) -> Sent {
        let Some(answer) = self.sending.and_then(|ticket| ctx.take_answer(ticket)) else {
            return Sent::No;
        };
        self.sending = None;
        // The text could not be typed in meanwhile and has lost the keyboard; whoever took it since then keeps it.
        self.focus_if_free = true;
        match answer {
            Answer::Enqueued(Ok(messages)) => {
                self.text.clear();
                self.url.clear();
                self.url_open = false;
                self.cursor = None;
                self.schedule = Schedule::default();
                self.changed_at = Some(Timestamp(0));
                Sent::Stored(messages)
            }
            Answer::Enqueued(Err(words)) | Answer::Failed(words) => {
                self.failed = Some(words);
                Sent::Failed
            }
            _ => Sent::No,
        }
    }

    /// The draft with its recipients, when it is time to keep it; `at_once` where there may be no later.
    pub fn draft_to_keep(
        &mut self,
        ctx: &UiContext<'_>,
        recipients: Vec<String>,
        at_once: bool,
    ) -> Option<ConversationCommand> {
        if !self.restored {
            return None;
        }
        let draft = Draft {
            recipients,
            text: self.text.clone(),
            attachment_url: self.url.clone(),
            files: Vec::new(),
        };
        if draft == self.kept {
            self.changed_at = None;
            return None;
        }
        let changed_at = *self.changed_at.get_or_insert(ctx.now);
        let due = changed_at.plus(KEEP_AFTER);
        if ctx.now < due && !at_once {
            ctx.wake_at(due);
            return None;
        }
        self.changed_at = None;
        self.kept = draft.clone();
        Some(ConversationCommand::KeepDraft(self.place, draft))
    }

    fn attachment(&self, account: &AccountView) -> Result<Option<Attachment>, AttachmentProblem> {
        if self.url.trim().is_empty() {
            return Ok(None);
        }
        Attachment::from_url(&self.url, account.capabilities.media).map(Some)
    }

    /// The editor; answers whether the operator wants to send. `recipients` says whether somebody can get it, or why not;
    /// `button` is another word for the button.
    pub fn editor_ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        recipients: Result<(), String>,
        button: Option<String>,
    ) -> bool {
        let Some(account) = ctx.account else { return false };
        ui.spacing_mut().item_spacing.y = space::S;
        if let Some(words) = &self.failed {
            let (title, body) = (
                t!(ctx, "composer-not-stored"),
                t!(ctx, "composer-not-stored-body", words = words.as_str()),
            );
            widgets::banner(ui, ctx.theme, Tone::Bad, icons::ALERT, title, body, |_| {});
        }
        let attachment = self.attachment(account);
        self.attachment_ui(ui, ctx, &attachment);
        self.schedule.ui(ui, ctx);
        let wants = self.text_ui(ui, ctx);
        // Only now: what came in one frame with the key that sends counts.
        let attachment = self.attachment(account);
        let blocked = self.blocked(ctx, account, &attachment, recipients);
        self.notes_ui(ui, ctx, account);
        let pressed = self.bar_ui(ui, ctx, account, blocked.as_deref(), button);
        (wants || pressed) && blocked.is_none() && self.sending.is_none()
    }

    /// Why it cannot be sent yet.
    fn blocked(
        &self,
        ctx: &UiContext<'_>,
        account: &AccountView,
        attachment: &Result<Option<Attachment>, AttachmentProblem>,
        recipients: Result<(), String>,
    ) -> Option<String> {
        let limit = account.capabilities.text_limit;
        match attachment {
            Err(problem) => return Some(words::attachment_problem(ctx.text, problem)),
            Ok(None) if self.cleaned().trim().is_empty() => return Some(t!(ctx, "composer-empty")),
            Ok(_) => {}
        }
        if character_count(&self.cleaned()) > limit {
            return Some(t!(
                ctx,
                "composer-too-long",
                limit = ctx.text.number(limit as u64)
            ));
        }
        if self.schedule.has_passed(ctx.now) {
            return Some(t!(ctx, "schedule-passed"));
        }
        recipients.err()
    }

    fn attachment_ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        attachment: &Result<Option<Attachment>, AttachmentProblem>,
    ) {
        if !self.url_open {
            return;
        }
        let theme = ctx.theme;
        if let Ok(Some(attachment)) = attachment {
            let icon = super::bubble::media_icon(attachment.kind);
            ui.horizontal(|ui| {
                widgets::pill(ui, theme, Tone::Neutral, Some(icon), &attachment.name);
                if widgets::icon_button(ui, theme, icons::X, t!(ctx, "composer-attachment-remove")).clicked()
                {
                    self.url.clear();
                    self.url_open = false;
                    self.focus = true;
                }
                widgets::hint(
                    ui,
                    theme,
                    t!(ctx, "composer-attachment-fits", vendor = vendor(ctx)),
                );
            });
        }
        let error = attachment
            .as_ref()
            .err()
            .map(|problem| words::attachment_problem(ctx.text, problem));
        let help = t!(ctx, "composer-attachment-help", types = types(ctx));
        let mut close = false;
        let id = Id::unique(("attachment address", place_id(self.place)));
        let field = Field::new(t!(ctx, "composer-attachment-url"), &mut self.url)
            .hint("https://")
            .error(error)
            .help(Some(help))
            .id(id)
            .trailing(|ui| {
                close =
                    widgets::icon_button(ui, theme, icons::X, t!(ctx, "composer-attachment-close")).clicked();
            })
            .show(ui, theme);
        if std::mem::take(&mut self.focus_url) {
            field.request_focus();
        }
        if close {
            self.url.clear();
            self.url_open = false;
            self.focus = true;
        }
    }

    fn text_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) -> bool {
        let theme = ctx.theme;
        let colors = &theme.colors;
        let id = Id::unique(("composer text", place_id(self.place)));
        let key = ctx.live.settings.send_key;
        let focused = ui.memory(|memory| memory.has_focus(id));
        let language = ctx.text.language();
        let mut wants = false;
        if focused {
            wants = !self
                .completion
                .keys(ui, id, &mut self.text, &mut self.cursor, language)
                && take_send_key(ui, key);
        }
        let line_break = match key {
            SendKey::Enter => KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter),
            SendKey::CtrlEnter => KeyboardShortcut::new(Modifiers::NONE, Key::Enter),
        };
        let rows = self.text.lines().count().clamp(2, ROWS_MAX);
        let box_ = Frame::new().inner_margin(Margin::symmetric(12, 8));
        let mut prepared = box_.begin(ui);
        let width = prepared.content_ui.available_width();
        let output = egui::ScrollArea::vertical()
            .id_salt(("composer scroll", place_id(self.place)))
            .max_height(Type::Body.line_height() * ROWS_MAX as f32)
            .show(&mut prepared.content_ui, |ui| {
                let edit = TextEdit::multiline(&mut self.text)
                    .id(id)
                    .frame(Frame::NONE)
                    .margin(Margin::ZERO)
                    .font(font(Type::Body, Weight::Regular))
                    .text_color(colors.text)
                    .hint_text(theme.rich(
                        t!(ctx, "composer-hint"),
                        Type::Body,
                        Weight::Regular,
                        colors.faint,
                    ))
                    .desired_rows(rows)
                    .desired_width(width)
                    .return_key(Some(line_break))
                    .event_filter(self.completion.event_filter())
                    .interactive(self.sending.is_none());
                let output = edit.show(ui);
                let response = output
                    .response
                    .response
                    .clone()
                    .accessible_name(t!(ctx, "composer-text"));
                (response, output.cursor_range)
            })
            .inner;
        let (response, cursor) = output;
        let rect = prepared.content_ui.min_rect().expand2(egui::vec2(12.0, 8.0));
        let stroke = if response.has_focus() {
            Stroke::new(2.0, colors.accent)
        } else {
            Stroke::new(1.0, colors.line)
        };
        ui.painter().rect_stroke(
            rect,
            CornerRadius::same(radius::CONTROL),
            stroke,
            StrokeKind::Inside,
        );
        prepared.end(ui);
        if let Some(cursor) = cursor {
            self.cursor = Some(cursor);
        }
        let free = self.focus_if_free && ui.memory(|memory| memory.focused().is_none());
        if self.sending.is_none() {
            self.focus_if_free = false;
            if std::mem::take(&mut self.focus) || free {
                response.request_focus();
            }
        }
        if response.changed() {
            self.changed_at = Some(ctx.now);
            self.failed = None;
        }
        if response.lost_focus() {
            // Whoever leaves the field may leave the program.
            self.changed_at = Some(Timestamp(0));
        }
        self.completion
            .ui(ui, ctx, &response, id, &mut self.text, &mut self.cursor);
        wants
    }

    fn notes_ui(&self, ui: &mut Ui, ctx: &UiContext<'_>, account: &AccountView) {
        let removed = clean_message(&self.text).1;
        if removed.control > 0 {
            note(
                ui,
                ctx.theme,
                Tone::Warn,
                t!(ctx, "composer-control-removed", count = removed.control),
            );
        }
        if removed.direction > 0 {
            note(
                ui,
                ctx.theme,
                Tone::Warn,
                t!(ctx, "composer-direction-removed", count = removed.direction),
            );
        }
        if let Some(reason) = &account.held {
            let why = words::reason(ctx.text, reason);
            note(
                ui,
                ctx.theme,
                Tone::Info,
                t!(ctx, "composer-will-wait", why = why),
            );
        }
    }

    /// Puts something at the cursor, and gives the keyboard back to the text.
    fn put(&mut self, ui: &Ui, ctx: &UiContext<'_>, new: &str) {
        if self.sending.is_some() {
            return;
        }
        let id = Id::unique(("composer text", place_id(self.place)));
        completion::put(ui, id, &mut self.text, &mut self.cursor, None, new);
        self.changed_at = Some(ctx.now);
        self.failed = None;
        self.focus = true;
    }

    fn bar_ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        account: &AccountView,
        blocked: Option<&str>,
        button: Option<String>,
    ) -> bool {
        let theme = ctx.theme;
        let mut counted = false;
        let pressed = ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            if widgets::icon_button(ui, theme, icons::PAPERCLIP, t!(ctx, "composer-attach")).clicked() {
                self.url_open = !self.url_open || !self.url.is_empty();
                self.focus_url = self.url_open;
            }
            let emoji = widgets::icon_button(ui, theme, icons::SMILE, t!(ctx, "composer-emoji"));
            if let Some(chosen) = self.picker.ui(ui, ctx, &emoji) {
                self.put(ui, ctx, chosen);
            }
            let quick = widgets::icon_button(ui, theme, icons::LIGHTNING, t!(ctx, "quick-replies"));
            if let Some(reply) = self.replies.ui(ui, ctx, &quick) {
                let text = match self.place {
                    DraftPlace::Conversation(_) => with_name(&reply, self.name.as_deref()),
                    // Each of the recipients gets its own name when it is sent.
                    DraftPlace::NewMessage(_) => reply,
                };
                self.put(ui, ctx, &text);
            }
            self.schedule.button_ui(ui, ctx);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let shortcut = match ctx.live.settings.send_key {
                    SendKey::Enter => "Enter",
                    SendKey::CtrlEnter => "Ctrl Enter",
                };
                let roomy = ui.available_width() > ROOM_FOR_MOMENT;
                let later = self.schedule.button_words(ctx, roomy);
                let icon = if later.is_some() {
                    icons::CALENDAR_CLOCK
                } else {
                    icons::SEND
                };
                let words = later.or(button).unwrap_or_else(|| t!(ctx, "composer-send"));
                let send = Button::primary(words)
                    .icon(icon)
                    .shortcut(shortcut)
                    .enabled(blocked.is_none())
                    .busy(self.sending.is_some())
                    .show(ui, theme);
                let pressed = send.clicked();
                if let Some(why) = blocked {
                    send.on_disabled_hover_text(why);
                }
                let over = character_count(&self.cleaned()) > account.capabilities.text_limit;
                let wanted = if over { ROOM_FOR_COUNT.1 } else { ROOM_FOR_COUNT.0 };
                counted = ui.available_width() > wanted;
                if counted {
                    self.count_ui(ui, ctx, account);
                }
                pressed
            })
            .inner
        });
        if !counted {
            // No room beside the buttons: on a line of its own.
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                self.count_ui(ui, ctx, account)
            });
        }
        pressed.inner
    }

    /// How many characters there are of those the gateway takes.
    fn count_ui(&self, ui: &mut Ui, ctx: &UiContext<'_>, account: &AccountView) {
        let theme = ctx.theme;
        let limit = account.capabilities.text_limit;
        let count = character_count(&self.cleaned());
        let color = if count > limit {
            theme.colors.bad
        } else {
            theme.colors.faint
        };
        let (count_words, limit_words) = (ctx.text.number(count as u64), ctx.text.number(limit as u64));
        let words = format!("{count_words} / {limit_words}");
        widgets::label(ui, theme, words, Type::Hint, Weight::Regular, color);
        if count > limit {
            let over = t!(ctx, "composer-over", count = count - limit);
            widgets::label(ui, theme, over, Type::Hint, Weight::Medium, theme.colors.bad);
        }
    }
}

fn note(ui: &mut Ui, theme: &Theme, tone: Tone, text: String) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let color = theme.tone(tone).0;
        widgets::icon(ui, theme, icons::INFO, 14.0, color);
        widgets::label(ui, theme, text, Type::Hint, Weight::Regular, color);
    });
}

/// Takes the key that sends out of the input, so that the text does not get it.
fn take_send_key(ui: &Ui, key: SendKey) -> bool {
    ui.input_mut(|input| match key {
        SendKey::Enter => {
            let plain = input.modifiers.is_none() && input.key_pressed(Key::Enter);
            plain && input.consume_key(Modifiers::NONE, Key::Enter)
        }
        SendKey::CtrlEnter => input.consume_key(Modifiers::COMMAND, Key::Enter),
    })
}

fn vendor(ctx: &UiContext<'_>) -> &'static str {
    ctx.account.map_or("", |view| view.capabilities.vendor)
}

fn types(ctx: &UiContext<'_>) -> String {
    let rules = ctx.account.map_or(&[][..], |view| view.capabilities.media);
    rules
        .iter()
        .map(|rule| rule.extension.to_uppercase())
        .collect::<Vec<_>>()
        .join(", ")
}

fn place_id(place: DraftPlace) -> uuid::Uuid {
    match place {
        DraftPlace::Conversation(id) => id.0,
        DraftPlace::NewMessage(id) => id.0,
    }
}
