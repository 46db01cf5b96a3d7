//! The player of this machine: the program's one [`Player`], with the lengths and shapes of notes.

use super::{PlayerState, VoiceFacts, VoicePlayer};
use crate::audio::{NoteId, PlayError, PlayState, Player, Speaker, Waveforms, system_speaker};
use crate::domain::MessageId;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// The place that was asked for and the one the player has come to may differ by so much before it is sent there.
const NEAR: Duration = Duration::from_millis(60);

/// Plays through the sound server. Nothing of it is touched before something is to be heard.
pub struct SystemPlayer {
    speaker: Arc<dyn Speaker>,
    parts: OnceLock<Parts>,
}

struct Parts {
    player: Option<Player>,
    waveforms: Option<Waveforms>,
}

impl Default for SystemPlayer {
    fn default() -> Self {
        Self::new(system_speaker())
    }
}

impl SystemPlayer {
    /// With this speaker.
    #[must_use]
    pub fn new(speaker: Arc<dyn Speaker>) -> Self {
        Self {
            speaker,
            parts: OnceLock::new(),
        }
    }

    fn player(&self) -> Option<&Player> {
        self.parts.get()?.player.as_ref()
    }
}

impl VoicePlayer for SystemPlayer {
    fn begin(&self, wake: Arc<dyn Fn() + Send + Sync>) {
        self.parts.get_or_init(|| {
            let player = Player::start(self.speaker.clone(), wake.clone());
            let waveforms = Waveforms::start(wake);
            if let Some(error) = player.as_ref().err().or(waveforms.as_ref().err()) {
                tracing::warn!(%error, "no thread for sound");
            }
            Parts {
                player: player.ok(),
                waveforms: waveforms.ok(),
            }
        });
    }

    fn play(&self, id: MessageId, file: &Path, from: Duration) {
        let Some(player) = self.player() else { return };
        let status = player.status();
        let is_current = status.id == Some(NoteId(id.0));
        let mut at = Duration::from_millis(status.position_ms);
        // What a full queue of commands does not take did not happen; pressing again is all one can do.
        let taken = match status.state {
            PlayState::Paused if is_current => player.resume(),
            PlayState::Playing if is_current => true,
            _ => {
                at = Duration::ZERO;
                player.play(NoteId(id.0), file.to_owned())
            }
        };
        if taken && at.abs_diff(from) > NEAR {
            player.seek(u64::try_from(from.as_millis()).unwrap_or(u64::MAX));
        }
    }

    fn pause(&self) {
        if let Some(player) = self.player() {
            player.pause();
        }
    }

    fn state(&self) -> PlayerState {
        let Some(player) = self.player() else {
            return PlayerState::Failed(PlayError::NotSupported);
        };
        let status = player.status();
        let at = Duration::from_millis(status.position_ms);
        match status.state {
            PlayState::Idle | PlayState::Ended => PlayerState::Idle,
            PlayState::Loading => PlayerState::Loading,
            PlayState::Playing => PlayerState::Playing(at),
            PlayState::Paused => PlayerState::Paused(at),
            PlayState::Failed(error) => PlayerState::Failed(error),
        }
    }

    fn about(&self, id: MessageId, file: &Path) -> Option<VoiceFacts> {
        let waveforms = self.parts.get()?.waveforms.as_ref()?;
        Some(match waveforms.get(NoteId(id.0), file)? {
            Ok(shape) => VoiceFacts {
                length: Duration::from_millis(shape.length_ms),
                loudness: shape.bars.iter().map(|bar| f32::from(*bar) / 255.0).collect(),
                problem: None,
            },
            Err(error) => VoiceFacts {
                problem: Some(error),
                ..VoiceFacts::default()
            },
        })
    }

    fn chime(&self) {
        if let Some(player) = self.player() {
            player.chime();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::HeldSpeaker;
    use std::path::PathBuf;
    use std::time::Instant;

    fn fixture() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/voice-note.ogg")
    }

    fn until(holds: impl Fn() -> bool) {
        let until = Instant::now() + Duration::from_secs(30);
        while !holds() {
            assert!(Instant::now() < until, "it never came");
            std::thread::yield_now();
        }
    }

    #[test]
    fn a_note_is_measured_played_and_stopped() {
        let player = SystemPlayer::new(Arc::new(HeldSpeaker::default()));
        assert!(
            matches!(player.state(), PlayerState::Failed(_)),
            "it has not begun"
        );
        player.begin(Arc::new(|| {}));
        let id = MessageId::new();
        until(|| player.about(id, &fixture()).is_some());
        let facts = player.about(id, &fixture()).unwrap();
        assert!(!facts.length.is_zero() && !facts.loudness.is_empty(), "{facts:?}");
        assert_eq!(player.state(), PlayerState::Idle);
        player.play(id, &fixture(), Duration::ZERO);
        until(|| matches!(player.state(), PlayerState::Playing(_)));
        player.pause();
        until(|| matches!(player.state(), PlayerState::Paused(_)));
        player.play(id, &fixture(), Duration::from_millis(300));
        until(|| matches!(player.state(), PlayerState::Playing(at) if at >= Duration::from_millis(300)));
    }

    #[test]
    fn what_cannot_be_played_says_why() {
        let player = SystemPlayer::new(Arc::new(crate::audio::NoSpeaker));
        player.begin(Arc::new(|| {}));
        let id = MessageId::new();
        player.play(id, &fixture(), Duration::ZERO);
        until(|| player.state() == PlayerState::Failed(PlayError::NotSupported));
        let missing = Path::new("/no/such/file.ogg");
        let other = MessageId::new();
        until(|| player.about(other, missing).is_some());
        let problem = player.about(other, missing).unwrap().problem.unwrap();
        assert_eq!(problem.key(), "voice-unreadable");
    }
}
