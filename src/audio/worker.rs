//! The player's thread: takes commands, opens the device, decodes just ahead of what is heard.

use super::chime::chime;
use super::error::{DecodeError, PlayError};
use super::note::{VoiceNote, frames_to_ms, ms_to_frames};
use super::opus::Frame;
use super::output::{Output, Speaker};
use super::player::{Command, NoteId, PlayState, PlayerStatus, Shared};
use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, sync_channel};
use std::time::{Duration, Instant};

/// How often the device is looked after while it plays.
const PLAYING_STEP: Duration = Duration::from_millis(10);
/// How often while it is held.
const PAUSED_STEP: Duration = Duration::from_millis(100);

type Opening = Receiver<Result<Box<dyn Output>, PlayError>>;

/// What is to be heard.
enum Source {
    Note(Box<VoiceNote>),
    Chime,
}

struct Current {
    source: Source,
    /// `None` while the device is being opened.
    output: Option<Box<dyn Output>>,
    give_up_at: Instant,
    paused: bool,
    /// Decoded, and not yet taken by the device.
    waiting: VecDeque<Frame>,
    /// No more comes out of the source.
    exhausted: bool,
    written: u64,
    /// From the so-many-th frame written, the note is at this place: its holes make the two drift apart.
    anchors: VecDeque<(u64, u64)>,
}

pub(super) struct Worker {
    commands: Receiver<Command>,
    shared: Arc<Shared>,
    speaker: Arc<dyn Speaker>,
    patience: Duration,
    /// A device that is being opened. At most one, also when it never answers.
    opening: Option<Opening>,
    current: Option<Current>,
}

impl Worker {
    pub(super) fn new(
        commands: Receiver<Command>,
        shared: Arc<Shared>,
        speaker: Arc<dyn Speaker>,
        patience: Duration,
    ) -> Self {
        Self {
            commands,
            shared,
            speaker,
            patience,
            opening: None,
            current: None,
        }
    }

    /// Works until the player is dropped.
    pub(super) fn run(mut self) {
        while let Some(command) = self.next_command() {
            if let Some(command) = command {
                self.obey(command);
            }
            self.step();
        }
    }

    /// `None`: the end. `Some(None)`: nothing new, but there is work.
    fn next_command(&self) -> Option<Option<Command>> {
        let limit = match &self.current {
            // The device itself is waited for, in `play_on`.
            Some(current) if current.is_filling() => Duration::ZERO,
            Some(current) if current.output.is_some() && current.paused => PAUSED_STEP,
            Some(_) => PLAYING_STEP,
            None if self.opening.is_some() => PAUSED_STEP,
            None => return self.commands.recv().ok().map(Some),
        };
        match self.commands.recv_timeout(limit) {
            Ok(command) => Some(Some(command)),
            Err(RecvTimeoutError::Timeout) => Some(None),
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    fn obey(&mut self, command: Command) {
        match command {
            Command::Play(id, path) => self.play(id, &path),
            Command::Pause => self.hold(true),
            Command::Resume => self.hold(false),
            Command::Seek(position_ms) => self.seek(position_ms),
            Command::Stop => {
                self.drop_note();
                self.shared.update(|status| *status = PlayerStatus::default());
            }
            Command::Chime if self.current.is_none() => self.begin(Source::Chime),
            Command::Chime => {}
        }
    }

    fn play(&mut self, id: NoteId, path: &Path) {
        self.current = None;
        self.shared.update(|status| {
            *status = PlayerStatus {
                id: Some(id),
                state: PlayState::Loading,
                ..PlayerStatus::default()
            }
        });
        match VoiceNote::open(path) {
            Ok(note) => {
                let length_ms = note.length_ms();
                self.shared.update(|status| status.length_ms = length_ms);
                self.begin(Source::Note(Box::new(note)));
            }
            Err(error) => self.fail(error.into()),
        }
    }

    /// Has the device opened on a thread of its own: a sound server that does not answer must not hold this one.
    fn begin(&mut self, source: Source) {
        self.current = Some(Current {
            source,
            output: None,
            give_up_at: Instant::now() + self.patience,
            paused: false,
            waiting: VecDeque::new(),
            exhausted: false,
            written: 0,
            anchors: VecDeque::new(),
        });
        if self.opening.is_none() {
            let speaker = Arc::clone(&self.speaker);
            let (sender, receiver) = sync_channel(1);
            let thread = std::thread::Builder::new().name("recado-sound-open".to_owned());
            // Nobody may be there any more to take it; then the device is closed again.
            if let Err(error) = thread.spawn(move || sender.send(speaker.open()).ok()) {
                self.fail(PlayError::NoSoundDevice(error.to_string()));
                return;
            }
            self.opening = Some(receiver);
        }
    }

    fn hold(&mut self, paused: bool) {
        let Some(current) = self.current.as_mut().filter(|current| current.is_note()) else {
            return;
        };
        current.paused = paused;
        let done = current.output.as_mut().map(|output| output.set_paused(paused));
        match done {
            Some(Ok(())) => self.shared.update(|status| status.state = playing(paused)),
            Some(Err(error)) => self.fail(error),
            None => {}
        }
    }

    fn seek(&mut self, position_ms: u64) {
        let Some(current) = self.current.as_mut() else {
            return;
        };
        match current.seek(ms_to_frames(position_ms)) {
            Ok(true) => self.shared.update(|status| {
                status.position_ms = status
                    .length_ms
                    .map_or(position_ms, |length| position_ms.min(length));
            }),
            Ok(false) => {}
            Err(error) => self.fail(error),
        }
    }

    fn drop_note(&mut self) {
        if self.current.as_ref().is_some_and(Current::is_note) {
            self.current = None;
        }
    }

    /// Ends what is playing with an error. A chime that cannot be heard is not worth one.
    fn fail(&mut self, error: PlayError) {
        let was_chime = self.current.take().is_some_and(|current| !current.is_note());
        tracing::info!(%error, "sound cannot be played");
        if !was_chime {
            self.shared.update(|status| {
                if status.id.is_some() {
                    status.state = PlayState::Failed(error);
                }
            });
        }
    }

    fn step(&mut self) {
        self.take_device();
        let Some(current) = self.current.as_mut() else {
            return;
        };
        let is_note = current.is_note();
        match current.play_on() {
            Ok(Progress::Loading) => {}
            Ok(Progress::At(position)) if is_note => self.shared.update(|status| {
                let position_ms = frames_to_ms(position);
                status.position_ms = status
                    .length_ms
                    .map_or(position_ms, |length| position_ms.min(length));
            }),
            Ok(Progress::Ended) => {
                self.current = None;
                if is_note {
                    self.shared.update(|status| {
                        status.position_ms = status.length_ms.unwrap_or(status.position_ms);
                        status.state = PlayState::Ended;
                    });
                }
            }
            Ok(Progress::At(_)) => {}
            Err(error) => self.fail(error),
        }
    }

    /// Takes the device once it is open, or gives up.
    fn take_device(&mut self) {
        let outcome = match self.opening.as_ref().map(Receiver::try_recv) {
            Some(Ok(outcome)) => Some(outcome),
            Some(Err(TryRecvError::Disconnected)) => {
                Some(Err(PlayError::NoSoundDevice("the opening broke off".to_owned())))
            }
            Some(Err(TryRecvError::Empty)) => None,
            None => return,
        };
        let Some(outcome) = outcome else {
            let late = |current: &Current| current.output.is_none() && Instant::now() >= current.give_up_at;
            if self.current.as_ref().is_some_and(late) {
                self.fail(PlayError::NoSoundDevice("no answer in time".to_owned()));
            }
            return;
        };
        self.opening = None;
        // Nobody wants it any more: dropping it closes it.
        let Some(current) = self.current.as_mut() else {
            return;
        };
        let opened = outcome.and_then(|mut output| {
            if current.paused {
                output.set_paused(true)?;
            }
            current.output = Some(output);
            Ok(())
        });
        let state = playing(current.paused);
        match opened {
            Ok(()) if current.is_note() => self.shared.update(|status| status.state = state),
            Ok(()) => {}
            Err(error) => self.fail(error),
        }
    }
}

fn playing(paused: bool) -> PlayState {
    if paused {
        PlayState::Paused
    } else {
        PlayState::Playing
    }
}

enum Progress {
    Loading,
    /// This place of the note was heard, in frames.
    At(u64),
    Ended,
}

impl Current {
    fn is_note(&self) -> bool {
        matches!(self.source, Source::Note(_))
    }

    /// Whether the device is to be waited for, to hand it more.
    fn is_filling(&self) -> bool {
        let done = self.exhausted && self.waiting.is_empty();
        self.output.is_some() && !self.paused && !done
    }

    /// Tells whether there is something to search in.
    fn seek(&mut self, frame: u64) -> Result<bool, PlayError> {
        let Source::Note(note) = &mut self.source else {
            return Ok(false);
        };
        note.seek(frame)?;
        self.waiting.clear();
        self.anchors = VecDeque::from([(0, frame)]);
        self.exhausted = false;
        self.written = 0;
        if let Some(output) = &mut self.output {
            output.clear()?;
        }
        Ok(true)
    }

    /// Hands the device what it takes, decoding no more than that, and tells how far it has come.
    fn play_on(&mut self) -> Result<Progress, PlayError> {
        let limit = if self.is_filling() {
            PLAYING_STEP
        } else {
            Duration::ZERO
        };
        let Some(output) = self.output.as_mut() else {
            return Ok(Progress::Loading);
        };
        let mut room = output.room(limit)?;
        while room > 0 && !(self.exhausted && self.waiting.is_empty()) {
            if self.waiting.is_empty() {
                self.exhausted = !decode(
                    &mut self.source,
                    &mut self.waiting,
                    self.written,
                    &mut self.anchors,
                )?;
                if self.exhausted {
                    output.finish()?;
                }
                continue;
            }
            let take = room.min(self.waiting.len());
            let frames: Vec<Frame> = self.waiting.drain(..take).collect();
            output.write(&frames)?;
            self.written += take as u64;
            room -= take;
        }
        let heard = output.heard();
        if self.exhausted && heard >= self.written {
            return Ok(Progress::Ended);
        }
        Ok(Progress::At(self.place(heard)))
    }

    /// The place in the note of the so-many-th frame that was written.
    fn place(&mut self, heard: u64) -> u64 {
        while self.anchors.get(1).is_some_and(|(written, _)| *written <= heard) {
            self.anchors.pop_front();
        }
        self.anchors.front().map_or(0, |(written, place)| {
            place.saturating_add(heard.saturating_sub(*written))
        })
    }
}

/// Decodes one more piece; `false` at the end.
fn decode(
    source: &mut Source,
    waiting: &mut VecDeque<Frame>,
    written: u64,
    anchors: &mut VecDeque<(u64, u64)>,
) -> Result<bool, DecodeError> {
    let note = match source {
        Source::Note(note) => note,
        Source::Chime if written == 0 => {
            waiting.extend(chime());
            return Ok(true);
        }
        Source::Chime => return Ok(false),
    };
    let Some(chunk) = note.next_chunk()? else {
        return Ok(false);
    };
    let expected = anchors
        .back()
        .map(|(at, place)| place.saturating_add(written - at));
    if expected != Some(chunk.position) {
        anchors.push_back((written, chunk.position));
    }
    waiting.extend(chunk.frames);
    Ok(true)
}
