//! The player in held time.

use super::error::{DecodeError, PlayError};
use super::held::HeldSpeaker;
use super::output::NoSpeaker;
use super::player::{NoteId, PlayState, Player, PlayerStatus};
use super::testing::{TONE, hertz, in_a_file, long_note};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(20);

struct Scene {
    player: Player,
    speaker: HeldSpeaker,
    woken: Receiver<()>,
}

fn scene() -> Scene {
    scene_with_patience(PATIENCE)
}

fn scene_with_patience(patience: Duration) -> Scene {
    let speaker = HeldSpeaker::default();
    let (sender, woken) = channel();
    let wake = Arc::new(move || sender.send(()).unwrap_or_default());
    let player = Player::start_with_patience(Arc::new(speaker.clone()), wake, patience).unwrap();
    Scene {
        player,
        speaker,
        woken,
    }
}

fn id(number: u128) -> NoteId {
    NoteId(uuid::Uuid::from_u128(number))
}

#[track_caller]
fn until(mut reached: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !reached() {
        assert!(begun.elapsed() < PATIENCE, "never");
        std::thread::yield_now();
    }
}

impl Scene {
    /// Waits, from wake-up to wake-up, until the note stands so.
    fn until(&self, state: &PlayState) -> PlayerStatus {
        loop {
            let status = self.player.status();
            if status.state == *state {
                return status;
            }
            assert!(self.woken.recv_timeout(PATIENCE).is_ok(), "still {status:?}");
        }
    }

    fn until_position(&self, ms: u64) {
        until(|| self.player.status().position_ms == ms);
    }

    /// Plays to here, as fast as the player decodes.
    fn hear_until(&self, ms: u64) {
        until(|| {
            let heard = self.speaker.advance_ms(0);
            self.speaker.advance_ms(ms.saturating_sub(heard).min(20)) >= ms
        });
    }
}

#[test]
fn a_note_is_heard_from_beginning_to_end() {
    let scene = scene();
    assert_eq!(scene.player.status(), PlayerStatus::default());
    let (_folder, path) = in_a_file(TONE);
    assert!(scene.player.play(id(1), path));
    let status = scene.until(&PlayState::Playing);
    assert_eq!((status.id, status.length_ms), (Some(id(1)), Some(1_000)));
    // Never more than the device takes is decoded ahead.
    until(|| scene.speaker.written_frames() == 9_600);
    scene.speaker.advance_ms(100);
    scene.until_position(100);
    until(|| scene.speaker.written_frames() == 14_400);
    scene.hear_until(1_000);
    let status = scene.until(&PlayState::Ended);
    assert_eq!((status.position_ms, status.id), (1_000, Some(id(1))));
    let sound = scene.speaker.sound();
    assert_eq!(sound.len(), 48_000);
    assert!((hertz(&sound[4_800..43_200], 0) - 440.0).abs() < 3.0);
    until(|| scene.speaker.openings() == (1, 0));
}

#[test]
fn holding_and_going_on() {
    let scene = scene();
    let (_folder, path) = in_a_file(TONE);
    scene.player.play(id(1), path);
    scene.until(&PlayState::Playing);
    scene.hear_until(50);
    scene.player.pause();
    let held = scene.until(&PlayState::Paused);
    assert_eq!(scene.speaker.advance_ms(500), 50);
    assert!(held.position_ms <= 50);
    scene.player.resume();
    scene.until(&PlayState::Playing);
    scene.hear_until(300);
    scene.until_position(300);
}

#[test]
fn a_note_may_be_held_before_it_begins() {
    let scene = scene();
    let (_folder, path) = in_a_file(TONE);
    scene.speaker.hang(true);
    scene.player.play(id(1), path);
    scene.until(&PlayState::Loading);
    scene.player.seek(400);
    scene.player.pause();
    scene.until_position(400);
    scene.speaker.hang(false);
    assert_eq!(scene.until(&PlayState::Paused).position_ms, 400);
    scene.player.resume();
    scene.until(&PlayState::Playing);
    scene.hear_until(600);
    scene.until(&PlayState::Ended);
}

#[test]
fn seeking_goes_there_and_throws_away_what_was_ahead() {
    let scene = scene();
    let (_folder, path) = in_a_file(&long_note(120));
    scene.player.play(id(1), path);
    scene.until(&PlayState::Playing);
    scene.player.seek(90_000);
    scene.until_position(90_000);
    scene.hear_until(250);
    scene.until_position(90_250);
    scene.player.seek(10);
    scene.until_position(10);
    scene.player.pause();
    scene.until(&PlayState::Paused);
    scene.player.seek(60_000);
    scene.until_position(60_000);
    scene.player.resume();
    scene.until(&PlayState::Playing);
    scene.player.seek(u64::MAX);
    let end = scene.until(&PlayState::Ended);
    assert_eq!(end.position_ms, 120_000);
}

#[test]
fn a_new_note_stops_the_old_one_and_stop_forgets_it() {
    let scene = scene();
    let (_folder, path) = in_a_file(TONE);
    scene.player.play(id(1), path.clone());
    scene.until(&PlayState::Playing);
    scene.player.play(id(2), path);
    until(|| scene.player.status().id == Some(id(2)));
    scene.until(&PlayState::Playing);
    until(|| scene.speaker.openings() == (2, 1));
    scene.player.stop();
    assert_eq!(scene.until(&PlayState::Idle), PlayerStatus::default());
    until(|| scene.speaker.openings() == (2, 0));
    // Nothing to hold, to search, to stop: nothing happens.
    for taken in [
        scene.player.pause(),
        scene.player.resume(),
        scene.player.seek(5),
        scene.player.stop(),
    ] {
        assert!(taken);
    }
}

#[test]
fn what_cannot_be_played_says_why() {
    let scene = scene();
    scene.player.play(id(1), PathBuf::from("/nowhere/note.ogg"));
    until(|| {
        matches!(
            scene.player.status().state,
            PlayState::Failed(PlayError::Decode(DecodeError::Unreadable(_)))
        )
    });
    let (_folder, path) = in_a_file(b"RIFF and so on");
    scene.player.play(id(2), path);
    let failed = scene.until(&PlayState::Failed(PlayError::Decode(DecodeError::NotOgg)));
    assert_eq!(failed.id, Some(id(2)));
    // Only the header: no sound in it.
    let (_folder, path) = in_a_file(&TONE[..100]);
    scene.player.play(id(3), path.clone());
    scene.until(&PlayState::Failed(PlayError::Decode(DecodeError::Damaged)));
    let none = PlayError::NoSoundDevice("none here".to_owned());
    scene.speaker.refuse(Some(none.clone()));
    let (_folder, path) = in_a_file(TONE);
    scene.player.play(id(4), path.clone());
    scene.until(&PlayState::Failed(none));
    scene.speaker.refuse(None);
    scene.player.play(id(4), path.clone());
    scene.until(&PlayState::Playing);
    scene.speaker.pull_out(true);
    scene.until(&PlayState::Failed(PlayError::DeviceLost("pulled out".to_owned())));
    scene.speaker.pull_out(false);
    scene.player.play(id(4), path);
    scene.until(&PlayState::Playing);
}

#[test]
fn a_device_that_never_answers_is_given_up() {
    let scene = scene_with_patience(Duration::from_millis(50));
    let (_folder, path) = in_a_file(TONE);
    scene.speaker.hang(true);
    let late = PlayState::Failed(PlayError::NoSoundDevice("no answer in time".to_owned()));
    for number in [1, 2, 3] {
        scene.player.play(id(number), path.clone());
        until(|| scene.player.status().id == Some(id(number)));
        scene.until(&late);
    }
    // One opening was under way all the time, not three; what it brings is of use.
    scene.speaker.hang(false);
    until(|| scene.speaker.openings().0 == 1);
    until(|| scene.speaker.openings().1 == 0);
    scene.player.play(id(4), path);
    scene.until(&PlayState::Playing);
    assert_eq!(scene.speaker.openings(), (2, 1));
}

#[test]
fn the_player_ends_while_something_hangs() {
    let scene = scene();
    let (_folder, path) = in_a_file(TONE);
    scene.speaker.hang(true);
    scene.player.play(id(1), path);
    scene.until(&PlayState::Loading);
    let begun = Instant::now();
    drop(scene.player);
    assert!(begun.elapsed() < PATIENCE);
    scene.speaker.hang(false);
    until(|| scene.speaker.openings().1 == 0);
}

#[test]
fn the_chime_is_heard_but_not_over_a_note_and_not_as_one() {
    let scene = scene();
    scene.player.chime();
    until(|| scene.speaker.written_frames() == 7_200);
    assert_eq!(scene.speaker.sound(), super::chime());
    assert_eq!(scene.player.status(), PlayerStatus::default());
    scene.hear_until(150);
    until(|| scene.speaker.openings() == (1, 0));
    let (_folder, path) = in_a_file(TONE);
    scene.player.play(id(1), path);
    scene.until(&PlayState::Playing);
    scene.player.chime();
    scene.player.pause();
    scene.until(&PlayState::Paused);
    assert_eq!(scene.speaker.openings(), (2, 1));
    // Without a device it is silent, and says nothing.
    let player = Player::start(Arc::new(NoSpeaker), Arc::new(|| {})).unwrap();
    player.chime();
    player.play(id(2), Path::new("/nowhere").to_owned());
    until(|| matches!(player.status().state, PlayState::Failed(PlayError::Decode(_))));
    let (_folder, path) = in_a_file(TONE);
    player.play(id(3), path);
    until(|| player.status().state == PlayState::Failed(PlayError::NotSupported));
}
