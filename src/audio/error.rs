//! What can go wrong between a file and the ear.

/// Why a file cannot be played as a voice note.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The file is gone or may not be read; the system's own words.
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
    /// The file has no bytes.
    #[error("the file is empty")]
    Empty,
    /// The bytes are of another kind of file.
    #[error("the file is not Ogg")]
    NotOgg,
    /// An Ogg file of another codec, by its common name.
    #[error("the file holds {codec}, not Opus")]
    OtherCodec {
        /// The codec's common name, or `?`.
        codec: &'static str,
    },
    /// Neither mono nor stereo.
    #[error("the file has {channels} channels")]
    Channels {
        /// How many the file says it has.
        channels: u8,
    },
    /// An Opus file from which no sound can be had.
    #[error("the file is damaged")]
    Damaged,
}

/// Why nothing is heard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlayError {
    /// No sound server answers, or it has nothing to play on; for the log, why.
    #[error("no sound device: {0}")]
    NoSoundDevice(String),
    /// This program has no way to play sound on this system.
    #[error("sound is not supported on this system")]
    NotSupported,
    /// The sound server went away, or took the stream back, while playing; for the log, why.
    #[error("the sound device is gone: {0}")]
    DeviceLost(String),
    /// The file is at fault.
    #[error(transparent)]
    Decode(#[from] DecodeError),
}

impl PlayError {
    /// The key of the words for the screen.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::NoSoundDevice(_) => "voice-no-sound-device",
            Self::NotSupported => "voice-not-supported",
            Self::DeviceLost(_) => "voice-device-lost",
            Self::Decode(DecodeError::Unreadable(_)) => "voice-unreadable",
            Self::Decode(DecodeError::Empty) => "voice-empty",
            Self::Decode(DecodeError::NotOgg) => "voice-not-ogg",
            Self::Decode(DecodeError::OtherCodec { .. }) => "voice-other-codec",
            Self::Decode(DecodeError::Channels { .. }) => "voice-channels",
            Self::Decode(DecodeError::Damaged) => "voice-damaged",
        }
    }
}

impl From<std::io::Error> for DecodeError {
    fn from(error: std::io::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}
