//! The files of a message that is being written: each is with the engine, here, or has a problem with its way out. What
//! the engine answers to a file that was taken away meanwhile is given up as well.

mod card;
mod list;
mod pixels;

use crate::domain::outgoing::{FileProblem, FileSource, PictureChange};
use crate::domain::text::shown_name;
use crate::domain::{AccountId, Attachment, OutgoingFile, OutgoingFileId};
use crate::engine::{Answer, AttachmentCommand, Command, Ticket};
use crate::t;
use crate::ui::context::UiContext;
use std::path::PathBuf;
use std::sync::{Arc, mpsc};

/// As many as go along with one message, an address counted; the engine takes no more.
pub(super) const FILES_MAX: usize = 10;

/// The files, in the order in which they are sent.
#[derive(Default)]
pub(super) struct Files {
    slots: Vec<Slot>,
    /// By which the next one is known among the widgets.
    next_key: u64,
    /// Asked for, and not wanted any more.
    unwanted: Vec<Ticket>,
    /// Taken in, and not wanted any more.
    given_up: Vec<OutgoingFileId>,
    /// Those of the send that is under way.
    sending: Vec<OutgoingFileId>,
    said: Option<Said>,
    /// The one to be brought into sight: it is new, or has a problem.
    reveal: Option<u64>,
}

/// One file.
struct Slot {
    key: u64,
    name: String,
    /// Where it came from, while that is known.
    source: Option<FileSource>,
    state: State,
    /// What it was before it was made smaller.
    before: Option<Box<OutgoingFile>>,
    /// What came of making it smaller, if nothing did.
    said: Option<SlotSaid>,
}

enum State {
    /// Pixels of the clipboard, being brought into the order in which they are taken in.
    Reading(mpsc::Receiver<FileSource>),
    /// With the engine; `kept` is what stays if nothing comes of it.
    TakingIn {
        ticket: Ticket,
        kept: Option<Box<OutgoingFile>>,
    },
    /// It cannot be attached.
    Problem(FileProblem),
    /// Taken in.
    Here(Box<OutgoingFile>),
}

enum SlotSaid {
    /// It is as small as it gets.
    NoSmaller,
    /// It could not be made smaller.
    Failed(FileProblem),
}

/// What is to be said about what was added last.
enum Said {
    /// So many were left out, for there are enough.
    TooMany(usize),
    /// It is there already.
    Same(String),
}

impl Files {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Takes back what was kept with a draft; what was added before it came stands behind.
    pub(super) fn restore(&mut self, files: &[OutgoingFile]) {
        let kept: Vec<Slot> = files.iter().map(|file| self.kept_slot(file)).collect();
        self.slots.splice(0..0, kept);
        self.slots.truncate(FILES_MAX);
    }

    fn kept_slot(&mut self, file: &OutgoingFile) -> Slot {
        Slot {
            key: self.key(),
            name: file.file.name.clone(),
            source: None,
            state: State::Here(Box::new(file.clone())),
            before: None,
            said: None,
        }
    }

    /// Adds files of this computer, as many as there is room for beside `others` (addresses).
    pub(super) fn add_paths(
        &mut self,
        ctx: &UiContext<'_>,
        account: AccountId,
        paths: Vec<PathBuf>,
        others: usize,
    ) {
        let room = FILES_MAX.saturating_sub(self.slots.len() + others);
        let left_out = paths.len().saturating_sub(room);
        self.said = (left_out > 0).then_some(Said::TooMany(left_out));
        for path in paths.into_iter().take(room) {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            let name = shown_name(&name);
            let source = FileSource::Path(path);
            let state = taking_in(ctx, account, source.clone(), PictureChange::Keep, None);
            self.push(name, Some(source), state);
        }
    }

    /// Adds a picture of the clipboard.
    pub(super) fn add_pixels(
        &mut self,
        egui: &egui::Context,
        ctx: &UiContext<'_>,
        image: Arc<egui::ColorImage>,
        others: usize,
    ) {
        let full = self.slots.len() + others >= FILES_MAX;
        self.said = full.then_some(Said::TooMany(1));
        if !full {
            // Signs that no file system has anything against: the name goes along to whoever gets the picture.
            let when = ctx.now.local().strftime("%Y-%m-%d %H.%M").to_string();
            let name = t!(ctx, "composer-file-pasted", when = when);
            let state = State::Reading(pixels::read(egui, image, name.clone()));
            self.push(name, None, state);
        }
    }

    fn push(&mut self, name: String, source: Option<FileSource>, state: State) {
        let key = self.key();
        self.reveal = Some(key);
        self.slots.push(Slot {
            key,
            name,
            source,
            state,
            before: None,
            said: None,
        });
    }

    fn key(&mut self) -> u64 {
        self.next_key += 1;
        self.next_key
    }

    /// Takes what the engine has answered.
    pub(super) fn poll(&mut self, ctx: &UiContext<'_>, account: Option<AccountId>) {
        let given_up = &mut self.given_up;
        self.unwanted.retain(|ticket| match ctx.take_answer(*ticket) {
            Some(Answer::TakenIn(Ok(file))) => {
                given_up.push(file.id);
                false
            }
            Some(_) => false,
            None => true,
        });
        let mut index = 0;
        while index < self.slots.len() {
            if self.poll_slot(ctx, account, index) {
                self.slots.remove(index);
            } else {
                index += 1;
            }
        }
    }

    /// Takes the answer to one; whether it goes, because it is there already.
    fn poll_slot(&mut self, ctx: &UiContext<'_>, account: Option<AccountId>, index: usize) -> bool {
        let Some(slot) = self.slots.get_mut(index) else {
            return false;
        };
        match &mut slot.state {
            State::Reading(pixels) => {
                match (pixels.try_recv(), account) {
                    (Ok(source), Some(account)) => {
                        slot.state = taking_in(ctx, account, source.clone(), PictureChange::Keep, None);
                        slot.source = Some(source);
                    }
                    (Err(mpsc::TryRecvError::Empty), _) => {}
                    _ => slot.state = State::Problem(FileProblem::BadPicture(String::new())),
                }
                false
            }
            State::TakingIn { ticket, kept } => {
                let Some(answer) = ctx.take_answer(*ticket) else {
                    return false;
                };
                let kept = kept.take();
                let answer = match answer {
                    Answer::TakenIn(answer) => answer,
                    Answer::Failed(words) => Err(FileProblem::Failed(words)),
                    _ => Err(FileProblem::Failed(String::new())),
                };
                self.answered(index, kept, answer)
            }
            State::Problem(_) | State::Here(_) => false,
        }
    }

    /// Puts an answer in its place; whether the file goes, because it is there already.
    fn answered(
        &mut self,
        index: usize,
        kept: Option<Box<OutgoingFile>>,
        answer: Result<OutgoingFile, FileProblem>,
    ) -> bool {
        let same = match &answer {
            Ok(file) if kept.is_none() => self.slots.iter().any(|other| other.holds(file)),
            _ => false,
        };
        let Some(slot) = self.slots.get_mut(index) else {
            return false;
        };
        match (answer, kept) {
            (Ok(file), None) if same => {
                self.given_up.push(file.id);
                self.said = Some(Said::Same(slot.name.clone()));
                return true;
            }
            (Ok(file), None) => {
                slot.name.clone_from(&file.file.name);
                slot.state = State::Here(Box::new(file));
            }
            (Ok(file), Some(kept)) if file.file.bytes >= kept.file.bytes => {
                self.given_up.push(file.id);
                slot.said = Some(SlotSaid::NoSmaller);
                slot.state = State::Here(kept);
            }
            (Ok(file), Some(kept)) => {
                match &slot.before {
                    // Made smaller twice: the first is what can be had back.
                    Some(_) => self.given_up.push(kept.id),
                    None => slot.before = Some(kept),
                }
                slot.name.clone_from(&file.file.name);
                slot.state = State::Here(Box::new(file));
            }
            (Err(problem), Some(kept)) => {
                slot.said = Some(SlotSaid::Failed(problem));
                slot.state = State::Here(kept);
            }
            (Err(problem), None) => {
                slot.state = State::Problem(problem);
                self.reveal = Some(slot.key);
            }
        }
        false
    }

    /// Takes one away. What it was before, and what is on its way, goes as well.
    fn remove(&mut self, index: usize) {
        self.said = None;
        let slot = self.slots.remove(index);
        match slot.state {
            State::Here(file) => self.given_up.push(file.id),
            State::TakingIn { ticket, kept } => {
                self.unwanted.push(ticket);
                self.given_up.extend(kept.map(|kept| kept.id));
            }
            State::Reading(_) | State::Problem(_) => {}
        }
        self.given_up.extend(slot.before.map(|before| before.id));
    }

    /// Makes a large picture smaller; the large one is kept until the message is sent.
    fn make_smaller(&mut self, ctx: &UiContext<'_>, account: AccountId, index: usize) {
        let Some(slot) = self.slots.get_mut(index) else {
            return;
        };
        if let State::Here(file) = &slot.state {
            let source = FileSource::Taken(file.id);
            let kept = Some(file.clone());
            slot.said = None;
            slot.state = taking_in(ctx, account, source, PictureChange::Smaller, kept);
        }
    }

    /// Puts the large picture back in the place of the smaller one.
    fn undo(&mut self, index: usize) {
        let Some(slot) = self.slots.get_mut(index) else {
            return;
        };
        let State::Here(smaller) = &slot.state else { return };
        if let Some(before) = slot.before.take() {
            self.given_up.push(smaller.id);
            slot.name.clone_from(&before.file.name);
            slot.state = State::Here(before);
        }
    }

    /// Takes one that has a problem in again, changed so that it fits.
    fn change(&mut self, ctx: &UiContext<'_>, account: AccountId, index: usize, change: PictureChange) {
        if let Some(slot) = self.slots.get_mut(index)
            && let Some(source) = slot.source.clone()
        {
            slot.state = taking_in(ctx, account, source, change, None);
        }
    }

    /// Why nothing can be sent yet.
    pub(super) fn blocked(&self, ctx: &UiContext<'_>) -> Option<String> {
        let mut blocked = None;
        for slot in &self.slots {
            match &slot.state {
                State::Problem(_) => return Some(t!(ctx, "composer-file-has-problem")),
                State::Reading(_) | State::TakingIn { .. } => {
                    blocked = Some(t!(ctx, "composer-files-coming"));
                }
                State::Here(_) => {}
            }
        }
        blocked
    }

    /// Those that are here, for the draft. One that is being made smaller counts as it was.
    pub(super) fn here(&self) -> Vec<OutgoingFile> {
        let file = |slot: &Slot| match &slot.state {
            State::Here(file) | State::TakingIn { kept: Some(file), .. } => Some(OutgoingFile::clone(file)),
            _ => None,
        };
        self.slots.iter().filter_map(file).collect()
    }

    /// The attachments of the send that begins.
    pub(super) fn begin_send(&mut self) -> Vec<Attachment> {
        let files = self.here();
        self.sending = files.iter().map(|file| file.id).collect();
        files.iter().map(Attachment::from_file).collect()
    }

    /// The send has been stored: its files belong to messages now. What was added meanwhile stays.
    pub(super) fn stored(&mut self) {
        self.said = None;
        let sent = std::mem::take(&mut self.sending);
        let (gone, stay) = std::mem::take(&mut self.slots)
            .into_iter()
            .partition(|slot| matches!(&slot.state, State::Here(file) if sent.contains(&file.id)));
        self.slots = stay;
        let gone: Vec<Slot> = gone;
        let originals = gone.into_iter().filter_map(|slot| slot.before);
        self.given_up.extend(originals.map(|before| before.id));
    }

    /// Whether any file is to be given up.
    pub(super) fn has_given_up(&self) -> bool {
        !self.given_up.is_empty()
    }

    /// The files that nobody wants any more, once.
    pub(super) fn take_given_up(&mut self) -> Vec<OutgoingFileId> {
        std::mem::take(&mut self.given_up)
    }
}

impl Slot {
    /// Whether it is this very file, byte by byte.
    fn holds(&self, file: &OutgoingFile) -> bool {
        let same = |other: &OutgoingFile| other.file.sha256 == file.file.sha256;
        match &self.state {
            State::Here(other)
            | State::TakingIn {
                kept: Some(other), ..
            } => same(other) || self.before.as_deref().is_some_and(same),
            _ => false,
        }
    }
}

/// Asks the engine to take a file in.
fn taking_in(
    ctx: &UiContext<'_>,
    account: AccountId,
    source: FileSource,
    change: PictureChange,
    kept: Option<Box<OutgoingFile>>,
) -> State {
    let ticket = ctx.ticket();
    ctx.send(Command::Attachment(AttachmentCommand::TakeIn {
        ticket,
        account,
        source,
        change,
    }));
    State::TakingIn { ticket, kept }
}
