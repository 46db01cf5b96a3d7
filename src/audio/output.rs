//! Where sound goes: one trait for the devices, and the device of this system.

use super::error::PlayError;
use super::opus::Frame;
use std::sync::Arc;
use std::time::Duration;

/// An open way to the ear: 48 kHz, stereo. Used by one thread.
pub trait Output: Send {
    /// Waits, at most this long, for the device to take more, and tells how many frames it takes now. Has to be
    /// called regularly: it is also when the device is listened to.
    ///
    /// # Errors
    /// The device is gone.
    fn room(&mut self, limit: Duration) -> Result<usize, PlayError>;

    /// Hands over sound, never more than there is room for.
    ///
    /// # Errors
    /// The device is gone.
    fn write(&mut self, frames: &[Frame]) -> Result<(), PlayError>;

    /// How many of the frames written since the opening or the last [`Output::clear`] were really heard.
    fn heard(&mut self) -> u64;

    /// Holds the sound, or lets it go on.
    ///
    /// # Errors
    /// The device is gone.
    fn set_paused(&mut self, paused: bool) -> Result<(), PlayError>;

    /// Throws away what was written and not heard; [`Output::heard`] begins at nought again.
    ///
    /// # Errors
    /// The device is gone.
    fn clear(&mut self) -> Result<(), PlayError>;

    /// Says that nothing follows, so that the rest is played however short it is.
    ///
    /// # Errors
    /// The device is gone.
    fn finish(&mut self) -> Result<(), PlayError>;
}

/// Opens outputs.
pub trait Speaker: Send + Sync {
    /// Opens an output. May take its time: the player calls it on a thread of its own and gives up waiting.
    ///
    /// # Errors
    /// There is no device.
    fn open(&self) -> Result<Box<dyn Output>, PlayError>;
}

/// The speaker of this system: on Linux the sound server (PulseAudio, or PipeWire in its clothes); elsewhere, until it
/// is built, [`NoSpeaker`].
#[must_use]
pub fn system_speaker() -> Arc<dyn Speaker> {
    #[cfg(target_os = "linux")]
    let speaker = super::pulse::PulseSpeaker::from_environment();
    #[cfg(not(target_os = "linux"))]
    let speaker = NoSpeaker;
    Arc::new(speaker)
}

/// Plays nothing, and says so.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoSpeaker;

impl Speaker for NoSpeaker {
    fn open(&self) -> Result<Box<dyn Output>, PlayError> {
        Err(PlayError::NotSupported)
    }
}
