//! Voice notes: Ogg Opus files made into sound.
//!
//! | file | what it is for |
//! |---|---|
//! | `ogg`, `packets` | pages with a right checksum, and the packets in them; bounded whatever the file says |
//! | `opus` | the stream's own header, how long a packet lasts, and the fenced-in decoder |
//! | `note` | [`VoiceNote`]: length, sound piece by piece, going to a place |
//! | `waveform` | [`Waveforms`]: the shape in the bubble, on a thread of its own |
//! | `output`, `pulse`, `held` | [`Speaker`] and [`Output`]: the sound server of Linux; held time for tests |
//! | `player`, `worker` | [`Player`]: one per program, one note at a time, on a thread of its own |
//!
//! # Limits
//!
//! Sound comes out on Linux only, through PulseAudio or PipeWire on this machine. Elsewhere playing ends in
//! [`PlayError::NotSupported`]; lengths and shapes of notes work everywhere. Of a chained file the first stream is
//! played; surround sound is refused.
//!
//! # Why the pages are read here
//!
//! A page reader that takes files from strangers must have bounds: on junk, on wrong checksums, on packets. The
//! readers at hand have none, and one can be made to search for ever in a file of two streams.

mod chime;
mod error;
mod held;
mod note;
mod ogg;
mod opus;
mod output;
mod packets;
mod player;
#[cfg(target_os = "linux")]
mod pulse;
#[cfg(target_os = "linux")]
mod pulse_wire;
mod waveform;
mod worker;

pub use chime::{CHIME_FRAMES, chime};
pub use error::{DecodeError, PlayError};
pub use held::HeldSpeaker;
pub use note::{Chunk, VoiceNote, frames_to_ms, ms_to_frames};
pub use opus::{FRAMES_PER_SECOND, Frame};
pub use output::{NoSpeaker, Output, Speaker, system_speaker};
pub use player::{NoteId, OPENING_MAX, PlayState, Player, PlayerStatus, Wake};
#[cfg(target_os = "linux")]
pub use pulse::PulseSpeaker;
pub use waveform::{WAVEFORM_BARS, Waveform, Waveforms};

#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod note_tests;
#[cfg(test)]
mod player_tests;
#[cfg(target_os = "linux")]
#[cfg(test)]
mod pulse_tests;
#[cfg(test)]
mod testing;
