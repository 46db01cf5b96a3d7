//! A speaker for tests and pictures that is heard in held time: nothing moves until it is told how much was heard.

use super::error::PlayError;
use super::opus::{FRAMES_PER_SECOND, Frame};
use super::output::{Output, Speaker};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What the device takes ahead of what is heard: 200 ms.
const BUFFER_FRAMES: usize = FRAMES_PER_SECOND as usize / 5;
/// What is kept of the sound: ten seconds.
const KEPT_FRAMES: usize = FRAMES_PER_SECOND as usize * 10;

#[derive(Default)]
struct State {
    opened: usize,
    open_now: usize,
    refusal: Option<PlayError>,
    stuck: bool,
    lost: bool,
    paused: bool,
    written: u64,
    heard: u64,
    sound: Vec<Frame>,
}

#[derive(Default)]
struct Device {
    state: Mutex<State>,
    changed: Condvar,
}

impl Device {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The speaker, and the hand that holds its time. Clones are the same speaker.
#[derive(Clone, Default)]
pub struct HeldSpeaker {
    device: Arc<Device>,
}

impl HeldSpeaker {
    /// Lets so many milliseconds be heard, as far as so much was written. Answers how many were.
    pub fn advance_ms(&self, ms: u64) -> u64 {
        let mut state = self.device.state();
        if !state.paused {
            let frames = ms * u64::from(FRAMES_PER_SECOND / 1_000);
            state.heard = state.written.min(state.heard + frames);
        }
        self.device.changed.notify_all();
        state.heard / u64::from(FRAMES_PER_SECOND / 1_000)
    }

    /// Refuses to open from now on, or opens again.
    pub fn refuse(&self, refusal: Option<PlayError>) {
        self.device.state().refusal = refusal;
    }

    /// Opens without ever answering, until it is told otherwise.
    pub fn hang(&self, stuck: bool) {
        self.device.state().stuck = stuck;
        self.device.changed.notify_all();
    }

    /// The device is pulled out, or put back.
    pub fn pull_out(&self, lost: bool) {
        self.device.state().lost = lost;
        self.device.changed.notify_all();
    }

    /// How many frames were written since the last opening or clearing.
    #[must_use]
    pub fn written_frames(&self) -> u64 {
        self.device.state().written
    }

    /// How often it was opened, and how many are open now.
    #[must_use]
    pub fn openings(&self) -> (usize, usize) {
        let state = self.device.state();
        (state.opened, state.open_now)
    }

    /// The sound written since the last opening or clearing, ten seconds of it at most.
    #[must_use]
    pub fn sound(&self) -> Vec<Frame> {
        self.device.state().sound.clone()
    }
}

impl Speaker for HeldSpeaker {
    fn open(&self) -> Result<Box<dyn Output>, PlayError> {
        let mut state = self.device.state();
        while state.stuck {
            state = self
                .device
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        if let Some(refusal) = &state.refusal {
            return Err(refusal.clone());
        }
        state.opened += 1;
        state.open_now += 1;
        state.paused = false;
        empty(&mut state);
        Ok(Box::new(HeldOutput {
            device: Arc::clone(&self.device),
        }))
    }
}

struct HeldOutput {
    device: Arc<Device>,
}

fn empty(state: &mut State) {
    state.written = 0;
    state.heard = 0;
    state.sound.clear();
}

fn room(state: &State) -> usize {
    BUFFER_FRAMES.saturating_sub((state.written - state.heard) as usize)
}

fn there(state: &State) -> Result<(), PlayError> {
    if state.lost {
        Err(PlayError::DeviceLost("pulled out".to_owned()))
    } else {
        Ok(())
    }
}

impl Output for HeldOutput {
    fn room(&mut self, limit: Duration) -> Result<usize, PlayError> {
        let mut state = self.device.state();
        if room(&state) == 0 && !limit.is_zero() {
            let waited = self.device.changed.wait_timeout(state, limit);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        there(&state)?;
        Ok(room(&state))
    }

    fn write(&mut self, frames: &[Frame]) -> Result<(), PlayError> {
        let mut state = self.device.state();
        there(&state)?;
        state.written += frames.len() as u64;
        let kept = KEPT_FRAMES.saturating_sub(state.sound.len()).min(frames.len());
        state.sound.extend(frames.iter().take(kept));
        Ok(())
    }

    fn heard(&mut self) -> u64 {
        self.device.state().heard
    }

    fn set_paused(&mut self, paused: bool) -> Result<(), PlayError> {
        let mut state = self.device.state();
        state.paused = paused;
        there(&state)
    }

    fn clear(&mut self) -> Result<(), PlayError> {
        let mut state = self.device.state();
        empty(&mut state);
        there(&state)
    }

    fn finish(&mut self) -> Result<(), PlayError> {
        there(&self.device.state())
    }
}

impl Drop for HeldOutput {
    fn drop(&mut self) {
        self.device.state().open_now -= 1;
    }
}
