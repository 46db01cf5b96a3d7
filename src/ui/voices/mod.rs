//! Voice notes: which one plays, and where each was left. What makes the sound is behind [`VoicePlayer`].

mod system;

pub use system::SystemPlayer;

use crate::audio::PlayError;
use crate::domain::MessageId;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// How many places in voice notes are remembered.
const PLACES_MAX: usize = 200;

/// Makes the sound. Nothing in it may take long: it is called by the window's thread.
pub trait VoicePlayer: Send + Sync {
    /// How the window is woken when something has changed. Called once, before anything else.
    fn begin(&self, _wake: Arc<dyn Fn() + Send + Sync>) {}

    /// Plays the file of a message from this place on, instead of what plays now. One that was stopped goes on.
    fn play(&self, id: MessageId, file: &Path, from: Duration);

    /// Stops where it is.
    fn pause(&self);

    /// How it stands with what was played last.
    fn state(&self) -> PlayerState;

    /// What is known of the file of a message, once it has been looked at, which begins with the first call.
    fn about(&self, id: MessageId, file: &Path) -> Option<VoiceFacts>;

    /// The sound of a message that comes.
    fn chime(&self) {}
}

/// How the sound stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum PlayerState {
    /// Nothing plays, or it has ended.
    #[default]
    Idle,
    /// It will be heard at once.
    Loading,
    /// It plays, and has come so far.
    Playing(Duration),
    /// It was stopped there.
    Paused(Duration),
    /// It cannot be heard.
    Failed(PlayError),
}

/// What is known of a voice note.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct VoiceFacts {
    /// Its length.
    pub length: Duration,
    /// How loud it is from its beginning to its end, each from 0 to 1; may be empty.
    pub loudness: Arc<[f32]>,
    /// Why no sound can be had from the file.
    pub problem: Option<PlayError>,
}

/// Plays nothing: for machines and tests without sound.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoPlayer;

impl VoicePlayer for NoPlayer {
    fn play(&self, _: MessageId, _: &Path, _: Duration) {}

    fn pause(&self) {}

    fn state(&self) -> PlayerState {
        PlayerState::Failed(PlayError::NotSupported)
    }

    fn about(&self, _: MessageId, _: &Path) -> Option<VoiceFacts> {
        None
    }
}

/// A voice note as its bubble shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoiceView {
    /// Whether it plays.
    pub plays: bool,
    /// How far it is.
    pub at: Duration,
    /// Why it was not heard.
    pub problem: Option<PlayError>,
}

/// The voice notes of a window.
pub struct Voices {
    player: Arc<dyn VoicePlayer>,
    /// What was played last.
    current: Option<MessageId>,
    /// Where those that do not play were left.
    places: HashMap<MessageId, Duration>,
}

impl Voices {
    /// With this player.
    #[must_use]
    pub fn new(player: Arc<dyn VoicePlayer>) -> Self {
        Self {
            player,
            current: None,
            places: HashMap::new(),
        }
    }

    /// What is known of the voice note of a message.
    #[must_use]
    pub fn about(&self, id: MessageId, file: &Path) -> Option<VoiceFacts> {
        self.player.about(id, file)
    }

    /// How it stands with the voice note of a message.
    #[must_use]
    pub fn view(&self, id: MessageId) -> VoiceView {
        let left_at = self.places.get(&id).copied().unwrap_or_default();
        let (plays, at, problem) = match self.player.state() {
            _ if self.current != Some(id) => (false, left_at, None),
            PlayerState::Idle => (false, Duration::ZERO, None),
            PlayerState::Loading => (true, left_at, None),
            PlayerState::Playing(at) => (true, at, None),
            PlayerState::Paused(_) => (false, left_at, None),
            PlayerState::Failed(problem) => (false, left_at, Some(problem)),
        };
        VoiceView { plays, at, problem }
    }

    /// Plays the voice note of a message from where it was left, or stops it.
    pub fn toggle(&mut self, id: MessageId, file: &Path) {
        let view = self.view(id);
        if view.plays {
            self.places.insert(id, view.at);
            self.player.pause();
        } else {
            self.play(id, file, view.at);
        }
    }

    /// Goes to a place; what plays goes on from there.
    pub fn seek(&mut self, id: MessageId, file: &Path, to: Duration) {
        if self.view(id).plays {
            self.play(id, file, to);
        } else {
            self.leave_at(id, to);
        }
    }

    /// Stops what plays, because it is not on the screen any more.
    pub fn stop(&mut self) {
        if let Some(id) = self.current {
            let view = self.view(id);
            if view.plays {
                self.leave_at(id, view.at);
                self.player.pause();
            }
        }
    }

    fn play(&mut self, id: MessageId, file: &Path, from: Duration) {
        if self.current != Some(id) {
            self.stop();
        }
        self.leave_at(id, from);
        self.current = Some(id);
        self.player.play(id, file, from);
    }

    fn leave_at(&mut self, id: MessageId, at: Duration) {
        if self.places.len() >= PLACES_MAX && !self.places.contains_key(&id) {
            self.places.clear();
        }
        self.places.insert(id, at);
        if self.current == Some(id) && !self.view(id).plays {
            // Ended or stopped: what counts from now on is the place noted here.
            self.current = None;
        }
    }
}

#[cfg(test)]
#[allow(missing_docs, reason = "the tests of other rooms use what is in here")]
pub mod tests {
    use super::*;
    use std::path::PathBuf;
    use std::sync::Mutex;

    /// A player that remembers what it was told.
    #[derive(Default)]
    pub struct PlayedPlayer {
        /// What was to be played, and from where.
        pub played: Mutex<Vec<(PathBuf, Duration)>>,
        /// How it stands.
        pub state: Mutex<PlayerState>,
    }

    impl PlayedPlayer {
        /// Lets it come to this place, end or fail.
        pub fn set(&self, state: PlayerState) {
            *self.state.lock().unwrap() = state;
        }
    }

    impl VoicePlayer for PlayedPlayer {
        fn play(&self, _: MessageId, file: &Path, from: Duration) {
            self.played.lock().unwrap().push((file.to_owned(), from));
            self.set(PlayerState::Playing(from));
        }

        fn pause(&self) {
            let state = self.state();
            if let PlayerState::Playing(at) = state {
                self.set(PlayerState::Paused(at));
            }
        }

        fn state(&self) -> PlayerState {
            self.state.lock().unwrap().clone()
        }

        fn about(&self, _: MessageId, _: &Path) -> Option<VoiceFacts> {
            let loudness: Vec<f32> = (0..64_u16)
                .map(|at| (f32::from(at) * 0.55).sin().abs() * (1.0 - f32::from(at) / 90.0))
                .collect();
            Some(VoiceFacts {
                length: Duration::from_secs(14),
                loudness: loudness.into(),
                problem: None,
            })
        }
    }

    fn secs(secs: u64) -> Duration {
        Duration::from_secs(secs)
    }

    #[test]
    fn one_plays_at_a_time_and_each_keeps_its_place() {
        let player = Arc::new(PlayedPlayer::default());
        let mut voices = Voices::new(player.clone());
        let (one, two) = (MessageId::new(), MessageId::new());
        voices.toggle(one, Path::new("one"));
        player.set(PlayerState::Playing(secs(3)));
        assert_eq!((voices.view(one).plays, voices.view(one).at), (true, secs(3)));
        voices.toggle(two, Path::new("two"));
        assert_eq!((voices.view(one).plays, voices.view(one).at), (false, secs(3)));
        player.set(PlayerState::Playing(secs(2)));
        voices.toggle(two, Path::new("two"));
        assert_eq!((voices.view(two).plays, voices.view(two).at), (false, secs(2)));
        voices.toggle(one, Path::new("one"));
        let played = player.played.lock().unwrap().clone();
        assert_eq!(
            played,
            [
                ("one".into(), secs(0)),
                ("two".into(), secs(0)),
                ("one".into(), secs(3))
            ]
        );
        player.set(PlayerState::Idle);
        assert_eq!(
            (voices.view(one).plays, voices.view(one).at),
            (false, secs(0)),
            "it has ended"
        );
    }

    #[test]
    fn a_place_is_chosen_before_and_while_it_plays() {
        let player = Arc::new(PlayedPlayer::default());
        let mut voices = Voices::new(player.clone());
        let id = MessageId::new();
        voices.seek(id, Path::new("one"), secs(9));
        assert_eq!((voices.view(id).plays, voices.view(id).at), (false, secs(9)));
        voices.toggle(id, Path::new("one"));
        voices.seek(id, Path::new("one"), secs(4));
        assert_eq!(
            *player.played.lock().unwrap(),
            [("one".into(), secs(9)), ("one".into(), secs(4))]
        );
        voices.stop();
        voices.seek(id, Path::new("one"), secs(1));
        assert_eq!((voices.view(id).plays, voices.view(id).at), (false, secs(1)));
        // After its end a chosen place counts again.
        voices.toggle(id, Path::new("one"));
        player.set(PlayerState::Idle);
        voices.seek(id, Path::new("one"), secs(6));
        assert_eq!(voices.view(id).at, secs(6));
    }

    #[test]
    fn what_cannot_be_heard_is_said_of_the_one_that_was_tried() {
        let mut voices = Voices::new(Arc::new(NoPlayer));
        let (one, two) = (MessageId::new(), MessageId::new());
        assert_eq!(voices.view(one).problem, None);
        voices.toggle(one, Path::new("one"));
        assert_eq!(voices.view(one).problem, Some(PlayError::NotSupported));
        assert_eq!(voices.view(two).problem, None);
    }
}
