//! What a screen is given to draw with, and the ways in which it can ask for something.

use super::app::FrameAction;
use super::outside::DialogAnswer;
use super::read_model::{ReadModel, Want};
use super::screens::Screen;
use super::text::Localizer;
use super::theme::Theme;
use crate::domain::{AccountId, ConversationId, Timestamp};
use crate::engine::{AccountView, Answer, Command, Live, Ticket};
use std::cell::{Cell, RefCell};
use std::path::PathBuf;

/// What a screen may ask of the program around it.
#[derive(Debug)]
pub enum UiAction {
    /// Something for the engine. If its queue is full the action is kept and tried again with the next frame.
    Command(Command),
    /// Opens a screen.
    Go(Screen),
    /// Chooses an account.
    SelectAccount(AccountId),
    /// Opens a conversation on the conversations screen.
    OpenConversation(ConversationId),
    /// Opens the composer for a new message.
    NewMessage,
    /// Says something in passing.
    Toast(ToastKind, String),
    /// Puts a text on the clipboard.
    CopyText(String),
    /// Puts a picture on the clipboard.
    CopyImage(egui::ColorImage),
    /// Lets the operator choose where to save these bytes (suggested file name first).
    SaveFile(String, Vec<u8>),
    /// Opens an address with the system's program, after the operator has seen it whole.
    OpenUrl(String),
    /// Lets the operator choose where to save a copy of a file.
    SaveStoredFile {
        /// Where it is.
        path: std::path::PathBuf,
        /// The suggested name.
        name: String,
    },
    /// Lets the operator choose files in the system's dialog; what comes of it is taken with
    /// [`UiContext::take_picked`] by this ticket.
    PickFiles(Ticket),
    /// Opens a copy of a file with the system's program; one that may run something is refused.
    OpenFile {
        /// Where it is.
        path: std::path::PathBuf,
        /// Its name, by which the system knows the kind.
        name: String,
    },
    /// Opens the conversation with this number, or the composer for a new message to it (the name to show beside it).
    WriteTo(crate::domain::PhoneNumber, String),
    /// Opens the folder with the system's program.
    OpenFolder(std::path::PathBuf),
}

/// How a toast looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToastKind {
    /// Something went well.
    Done,
    /// Something to know.
    Info,
    /// Something went wrong.
    Problem,
}

/// What a screen is given. Everything in it is borrowed for one frame.
pub struct UiContext<'a> {
    /// Colours, sizes and type.
    pub theme: &'a Theme,
    /// Words and numbers in the operator's language.
    pub text: &'a Localizer,
    /// Everything small, as it is now.
    pub live: &'a Live,
    /// What has been read from the database so far.
    pub model: &'a ReadModel,
    /// The chosen account.
    pub account: Option<&'a AccountView>,
    /// The time of this frame.
    pub now: Timestamp,
    /// Whether the window is narrower than 1000 points: list and thread take turns.
    pub narrow: bool,
    requests: &'a Requests,
}

/// What screens have asked for during a frame.
#[derive(Debug, Default)]
pub struct Requests {
    actions: RefCell<Vec<UiAction>>,
    wants: RefCell<Vec<Want>>,
    wake_at: Cell<Option<Timestamp>>,
    next_ticket: Cell<u64>,
    focus_search: Cell<bool>,
    frame: RefCell<Vec<FrameAction>>,
    drop_words: RefCell<Option<String>>,
    picked: RefCell<Vec<(Ticket, DialogAnswer<Vec<PathBuf>>)>>,
}

impl Requests {
    /// The operator wants to search on the screen that is shown (`Ctrl+F`).
    pub fn ask_focus_search(&self) {
        self.focus_search.set(true);
    }

    /// Forgets a wish to search that no screen has taken.
    pub fn forget_focus_search(&self) {
        self.focus_search.set(false);
    }

    /// Takes what was asked for since the last call.
    pub fn take(&self) -> (Vec<UiAction>, Vec<Want>, Option<Timestamp>) {
        (self.actions.take(), self.wants.take(), self.wake_at.take())
    }

    /// Asks for something as a screen would.
    #[cfg(test)]
    pub fn act_for_test(&self, action: UiAction) {
        self.actions.borrow_mut().push(action);
    }

    /// Takes what was asked of the frame since the last call.
    pub fn take_frame_actions(&self) -> Vec<FrameAction> {
        self.frame.take()
    }

    /// A ticket that has not been used before.
    pub fn ticket(&self) -> Ticket {
        self.next_ticket.set(self.next_ticket.get() + 1);
        Ticket(self.next_ticket.get())
    }
}

impl<'a> UiContext<'a> {
    /// Puts a context together for one frame.
    #[must_use]
    #[allow(
        clippy::too_many_arguments,
        reason = "made in one place, out of the parts of the program"
    )]
    pub fn new(
        theme: &'a Theme,
        text: &'a Localizer,
        live: &'a Live,
        model: &'a ReadModel,
        account: Option<&'a AccountView>,
        now: Timestamp,
        narrow: bool,
        requests: &'a Requests,
    ) -> Self {
        Self {
            theme,
            text,
            live,
            model,
            account,
            now,
            narrow,
            requests,
        }
    }

    /// Asks the program for something.
    pub fn act(&self, action: UiAction) {
        self.requests.actions.borrow_mut().push(action);
    }

    /// Asks the frame around the screen for something of its own.
    pub fn ask_frame(&self, action: FrameAction) {
        self.requests.frame.borrow_mut().push(action);
    }

    /// Sends a command to the engine.
    pub fn send(&self, command: Command) {
        self.act(UiAction::Command(command));
    }

    /// Says that this is being shown: it is read when it has not been, and again when it has changed. To be called in
    /// every frame that shows it.
    pub fn want(&self, want: Want) {
        self.requests.wants.borrow_mut().push(want);
    }

    /// A ticket for a command that is answered.
    #[must_use]
    pub fn ticket(&self) -> Ticket {
        self.requests.ticket()
    }

    /// The answer to a ticket, once, when it has come.
    #[must_use]
    pub fn take_answer(&self, ticket: Ticket) -> Option<Answer> {
        self.model.take_answer(ticket)
    }

    /// Says that files dropped on the window in this frame are taken, and what becomes of them. To be called in every
    /// frame that takes them.
    pub fn offer_drops(&self, words: String) {
        self.requests.drop_words.replace(Some(words));
    }

    /// What becomes of files dropped on the window; `None` where nothing takes them.
    #[must_use]
    pub fn take_drop_words(&self) -> Option<String> {
        self.requests.drop_words.take()
    }

    /// What came of [`UiAction::PickFiles`] with this ticket, once, when it has come.
    #[must_use]
    pub fn take_picked(&self, ticket: Ticket) -> Option<DialogAnswer<Vec<PathBuf>>> {
        let mut picked = self.requests.picked.borrow_mut();
        let index = picked.iter().position(|(of, _)| *of == ticket)?;
        Some(picked.swap_remove(index).1)
    }

    /// Keeps what the operator chose until the screen that asked takes it.
    pub fn keep_picked(&self, ticket: Ticket, answer: DialogAnswer<Vec<PathBuf>>) {
        self.requests.picked.borrow_mut().push((ticket, answer));
    }

    /// Whether the operator has just asked to search (`Ctrl+F`): the screen that has a search field gives it the
    /// keyboard. True once.
    #[must_use]
    pub fn take_focus_search(&self) -> bool {
        self.requests.focus_search.take()
    }

    /// Draws again at `at` even if nothing happens before: for ages and countdowns. A screen that shows seconds calls
    /// it in every frame with the next full second; without it the window rests.
    pub fn wake_at(&self, at: Timestamp) {
        let earlier = self.requests.wake_at.get().map_or(at, |already| already.min(at));
        self.requests.wake_at.set(Some(earlier));
    }
}
