//! The shape of a note, for the picture in its bubble.

use super::error::{DecodeError, PlayError};
use super::note::{VoiceNote, frames_to_ms};
use super::opus::FRAMES_PER_SECOND;
use super::player::{NoteId, Wake};
use std::collections::HashMap;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

/// Bars in a picture.
pub const WAVEFORM_BARS: usize = 64;
/// A note up to this long is decoded whole; of a longer one, or one that does not tell its length, only so much.
const WHOLE_MAX_FRAMES: u64 = 120 * FRAMES_PER_SECOND as u64;
/// What is decoded for each bar of a longer note.
const SAMPLE_FRAMES: u64 = FRAMES_PER_SECOND as u64 / 2;
/// The resolution in which a short note is measured before it is folded into bars: 10 ms.
const STEP_FRAMES: u64 = FRAMES_PER_SECOND as u64 / 100;
/// Louder than this is a sound; below, the picture stays flat instead of showing enlarged noise.
const SILENCE_PEAK: u16 = 200;
const WAITING_MAX: usize = 64;
const KEPT_MAX: usize = 512;

/// The shape of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waveform {
    /// How loud each part of the note is; 255 is the loudest part of this note.
    pub bars: [u8; WAVEFORM_BARS],
    /// How long the note is, in milliseconds, as far as it was decoded if its file does not say.
    pub length_ms: u64,
}

impl Waveform {
    /// Measures a note. Decodes two minutes at most, however long it is; `stop` ends it early.
    ///
    /// # Errors
    /// There is no sound to be had from the file.
    pub fn of<R: Read + Seek>(note: &mut VoiceNote<R>, stop: &AtomicBool) -> Result<Self, DecodeError> {
        let long = note.length_frames().filter(|frames| *frames > WHOLE_MAX_FRAMES);
        let (peaks, length) = match long {
            Some(frames) => (sampled(note, frames, stop)?, frames),
            None => whole(note, stop)?,
        };
        Ok(Self {
            bars: bars(&peaks),
            length_ms: frames_to_ms(length),
        })
    }
}

fn peak(frames: &[super::opus::Frame]) -> u16 {
    let samples = frames.iter().flatten();
    samples
        .map(|sample| sample.unsigned_abs())
        .max()
        .unwrap_or_default()
}

/// The loudest sample of each 64th of a long note, from half a second of each.
fn sampled<R: Read + Seek>(
    note: &mut VoiceNote<R>,
    length: u64,
    stop: &AtomicBool,
) -> Result<Vec<u16>, DecodeError> {
    let mut peaks = vec![0; WAVEFORM_BARS];
    for (bar, loudest) in peaks.iter_mut().enumerate() {
        let from = length / WAVEFORM_BARS as u64 * bar as u64;
        note.seek(from)?;
        let mut decoded = 0;
        while decoded < SAMPLE_FRAMES && !stop.load(Ordering::Relaxed) {
            let Some(chunk) = note.next_chunk()? else { break };
            decoded += chunk.frames.len() as u64;
            *loudest = peak(chunk.frames).max(*loudest);
        }
    }
    Ok(peaks)
}

/// The loudest sample of each 10 ms, folded into bars, and the length.
fn whole<R: Read + Seek>(note: &mut VoiceNote<R>, stop: &AtomicBool) -> Result<(Vec<u16>, u64), DecodeError> {
    let mut steps: Vec<u16> = Vec::new();
    let mut end = 0;
    let mut decoded = 0;
    while decoded < WHOLE_MAX_FRAMES && !stop.load(Ordering::Relaxed) {
        let Some(chunk) = note.next_chunk()? else { break };
        decoded += chunk.frames.len() as u64;
        // A note without a sensible length may jump anywhere.
        if chunk.position > WHOLE_MAX_FRAMES {
            break;
        }
        for (index, frame) in chunk.frames.iter().enumerate() {
            let step = ((chunk.position + index as u64) / STEP_FRAMES) as usize;
            if steps.len() <= step {
                steps.resize(step + 1, 0);
            }
            if let Some(loudest) = steps.get_mut(step) {
                *loudest = peak(std::slice::from_ref(frame)).max(*loudest);
            }
        }
        end = chunk.position + chunk.frames.len() as u64;
    }
    let length = note.length_frames().unwrap_or(end);
    let count = steps.len().max(1);
    let folded = (0..WAVEFORM_BARS).map(|bar| {
        let from = bar * count / WAVEFORM_BARS;
        let until = ((bar + 1) * count / WAVEFORM_BARS).max(from + 1).min(count);
        steps
            .get(from..until)
            .and_then(|steps| steps.iter().max())
            .copied()
            .unwrap_or_default()
    });
    Ok((folded.collect(), length))
}

/// Loudness as the ear takes it (roughly the square root), the loudest bar at the top.
fn bars(peaks: &[u16]) -> [u8; WAVEFORM_BARS] {
    let mut bars = [0; WAVEFORM_BARS];
    let loudest = peaks.iter().max().copied().unwrap_or_default();
    if loudest < SILENCE_PEAK {
        return bars;
    }
    for (bar, peak) in bars.iter_mut().zip(peaks) {
        // The conversion saturates.
        *bar = ((f32::from(*peak) / f32::from(loudest)).sqrt() * 255.0).round() as u8;
    }
    bars
}

type Outcome = Option<Result<Arc<Waveform>, PlayError>>;

/// Measures notes one after the other on a thread of its own, and keeps what it found. One per program.
pub struct Waveforms {
    known: Arc<Mutex<HashMap<NoteId, Outcome>>>,
    queue: Option<SyncSender<(NoteId, PathBuf)>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Waveforms {
    /// Starts the thread. `wake` is called whenever a shape is ready.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(wake: Wake) -> std::io::Result<Self> {
        let known = Arc::new(Mutex::new(HashMap::new()));
        let stop = Arc::new(AtomicBool::new(false));
        let (queue, orders) = sync_channel(WAITING_MAX);
        let (their_known, their_stop) = (Arc::clone(&known), Arc::clone(&stop));
        let thread = std::thread::Builder::new()
            .name("recado-waveform".to_owned())
            .spawn(move || work(&orders, &their_known, &their_stop, &wake))?;
        Ok(Self {
            known,
            queue: Some(queue),
            stop,
            thread: Some(thread),
        })
    }

    /// The shape of a note if it is known; otherwise it is measured, and this may be asked again after the wake-up.
    /// Never waits: safe in every frame, for the notes in sight. `Some(Err)`: no sound to be had from the file.
    #[must_use]
    pub fn get(&self, id: NoteId, path: &Path) -> Option<Result<Arc<Waveform>, PlayError>> {
        let mut known = lock(&self.known);
        if let Some(outcome) = known.get(&id) {
            return outcome.clone();
        }
        // With a full queue it is asked again in a later frame.
        let sent = self
            .queue
            .as_ref()
            .is_some_and(|queue| queue.try_send((id, path.to_owned())).is_ok());
        if sent {
            if known.len() >= KEPT_MAX {
                // What scrolled out of sight is measured anew when it comes back; what is waiting stays.
                known.retain(|_, outcome| outcome.is_none());
            }
            known.insert(id, None);
        }
        None
    }

    /// Forgets a note, after its file changed.
    pub fn forget(&self, id: NoteId) {
        let mut known = lock(&self.known);
        if known.get(&id).is_some_and(Option::is_some) {
            known.remove(&id);
        }
    }
}

impl Drop for Waveforms {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.queue = None;
        if let Some(thread) = self.thread.take() {
            super::player::join_briefly(thread);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn work(
    orders: &Receiver<(NoteId, PathBuf)>,
    known: &Mutex<HashMap<NoteId, Outcome>>,
    stop: &AtomicBool,
    wake: &Wake,
) {
    while let Ok((id, path)) = orders.recv() {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let shape = VoiceNote::open(&path).and_then(|mut note| Waveform::of(&mut note, stop));
        lock(known).insert(id, Some(shape.map(Arc::new).map_err(PlayError::from)));
        wake();
    }
}
