//! The sound server: a real one with a sink that leads nowhere where there is one, and ones that misbehave.

use super::error::PlayError;
use super::output::Speaker;
use super::player::{NoteId, PlayState, Player};
use super::pulse::PulseSpeaker;
use super::testing::{in_a_file, long_note};
use std::io::Read;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(20);

#[track_caller]
fn until(mut reached: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !reached() {
        assert!(begun.elapsed() < PATIENCE, "never");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A sound server of this test's own, without a device.
struct Server {
    process: Child,
    folder: tempfile::TempDir,
}

impl Server {
    /// `None` where the program is not installed.
    fn start() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("native");
        let process = Command::new("pulseaudio")
            .args([
                "-n",
                "--daemonize=no",
                "--use-pid-file=no",
                "--exit-idle-time=-1",
                "--disable-shm=yes",
            ])
            .arg("--load=module-null-sink")
            .arg(format!(
                "--load=module-native-protocol-unix auth-anonymous=1 socket={}",
                socket.display()
            ))
            .env("HOME", folder.path())
            .env("XDG_RUNTIME_DIR", folder.path())
            .env("PULSE_RUNTIME_PATH", folder.path())
            .env("XDG_CONFIG_HOME", folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let server = Self { process, folder };
        until(|| socket.exists());
        Some(server)
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("native")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

fn player(socket: &Path) -> Player {
    Player::start(Arc::new(PulseSpeaker::at(socket.to_owned())), Arc::new(|| {})).unwrap()
}

fn id() -> NoteId {
    NoteId(uuid::Uuid::now_v7())
}

#[test]
fn a_note_is_played_on_a_real_server_in_real_time() {
    let (_folder, path) = in_a_file(&long_note(4));
    let Some(server) = Server::start() else {
        eprintln!("pulseaudio is not installed: playing on a real sound server was not tried");
        let nobody = player(Path::new("/nowhere/native"));
        nobody.play(id(), path);
        until(|| {
            matches!(
                nobody.status().state,
                PlayState::Failed(PlayError::NoSoundDevice(_))
            )
        });
        return;
    };
    let player = player(&server.socket());
    player.play(id(), path.clone());
    until(|| player.status().state == PlayState::Playing);
    until(|| player.status().position_ms >= 100);
    let (begun, from) = (Instant::now(), player.status().position_ms);
    until(|| player.status().position_ms >= from + 500);
    // As fast as time goes; a busy machine may be late.
    assert!(
        begun.elapsed() > Duration::from_millis(350),
        "{:?}",
        begun.elapsed()
    );

    player.pause();
    until(|| player.status().state == PlayState::Paused);
    // What was on its way to the ear when it was held may still be counted.
    let held = player.status().position_ms;
    let pausing = Instant::now();
    until(|| pausing.elapsed() > Duration::from_millis(400));
    assert!(player.status().position_ms < held + 200);

    player.seek(3_500);
    until(|| player.status().position_ms == 3_500);
    player.resume();
    until(|| player.status().position_ms > 3_600);
    until(|| player.status().state == PlayState::Ended);
    assert_eq!(player.status().position_ms, 4_000);

    player.chime();
    player.play(id(), path);
    until(|| {
        let status = player.status();
        status.state == PlayState::Playing && status.position_ms > 0
    });
    drop(server);
    until(|| matches!(player.status().state, PlayState::Failed(PlayError::DeviceLost(_))));
}

#[test]
fn the_end_of_a_very_short_sound_is_reached() {
    let Some(server) = Server::start() else {
        eprintln!("pulseaudio is not installed: a short sound on a real sound server was not tried");
        return;
    };
    let mut output = PulseSpeaker::at(server.socket()).open().unwrap();
    until(|| output.room(Duration::from_millis(10)).unwrap() >= 480);
    output.write(&[[100, -100]; 480]).unwrap();
    output.finish().unwrap();
    until(|| {
        output.room(Duration::ZERO).unwrap();
        output.heard() == 480
    });
}

#[test]
fn no_server_is_no_device() {
    let outcome = PulseSpeaker::at(PathBuf::from("/nowhere/native")).open();
    assert!(matches!(outcome.err(), Some(PlayError::NoSoundDevice(_))));
}

#[test]
fn a_server_that_is_silent_talks_nonsense_or_hangs_up_is_no_device() {
    let folder = tempfile::tempdir().unwrap();
    let mut huge = vec![0xFF; 4];
    huge.extend([0xFF; 16]);
    let mut nonsense = 12_u32.to_be_bytes().to_vec();
    nonsense.extend([0xFF; 4]);
    nonsense.extend([0; 12]);
    nonsense.extend([b'?'; 12]);
    for (name, says, stays) in [
        ("silent", vec![], true),
        ("huge", huge, true),
        ("nonsense", nonsense, true),
        ("gone", vec![], false),
    ] {
        let socket = folder.path().join(name);
        let listener = UnixListener::bind(&socket).unwrap();
        let server = std::thread::spawn(move || {
            let (mut client, _) = listener.accept().unwrap();
            std::io::Write::write_all(&mut client, &says).unwrap();
            if stays {
                client.read_to_end(&mut Vec::new()).ok();
            }
        });
        let begun = Instant::now();
        let outcome = PulseSpeaker::at(socket).open();
        assert!(
            matches!(outcome.err(), Some(PlayError::NoSoundDevice(_))),
            "{name}"
        );
        assert!(begun.elapsed() < Duration::from_secs(5), "{name}");
        server.join().unwrap();
    }
}
