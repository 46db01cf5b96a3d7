//! One run of the child against a gateway, from its start to its end.

use crate::shim::Shim;
use crate::stage::{PATIENCE, Played, Stage};
use crate::worker;
use bytes::Bytes;
use rand::rngs::StdRng;
use rand::{Rng as _, RngExt as _};
use recado::simulator::ledger::MessageRecord;
use recado::simulator::webhook::Document;
use recado::simulator::{Contact, Said, SimulatorState, WebhookRetry};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;
use tokio::runtime::Handle;

/// How much happens in a run.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Rounds of messages that the operator sends, in each of the two lives.
    pub rounds: usize,
    /// Texts and files that people send, in each.
    pub texts: usize,
    pub files: usize,
    /// How long the child waits for what a failing disk may hold up.
    pub patience: Duration,
}

/// What is left of a run.
pub struct Run {
    /// What the child said to its parent.
    pub said: Vec<String>,
    /// What it wrote to its standard error.
    pub errors: String,
    /// Whether it ended by itself, without a failure.
    pub ended_well: bool,
}

/// Where one run happens.
pub struct Scene {
    /// The folder that the disk is.
    pub disk: PathBuf,
    /// Beside it.
    pub scratch: PathBuf,
    document: PathBuf,
    handle: Handle,
}

impl Scene {
    /// Makes the folders of a run within `home`.
    pub fn new(stage: &Stage, home: &Path) -> Self {
        let scene = Self {
            handle: stage.handle(),
            disk: home.join("disk"),
            scratch: home.join("scratch"),
            document: home.join("Planta.pdf"),
        };
        std::fs::create_dir_all(&scene.disk).unwrap();
        std::fs::create_dir_all(&scene.scratch).unwrap();
        let mut content = b"%PDF-1.7\n".to_vec();
        content.resize(20_000, b' ');
        content.extend(b"\n%%EOF\n");
        std::fs::write(&scene.document, content).unwrap();
        scene
    }

    /// The program's data folder on that disk.
    pub fn data(&self) -> PathBuf {
        self.disk.join("data")
    }

    /// Plays a whole run.
    pub fn play(&self, shim: &Shim, gateway: &Played, random: &mut StdRng, size: Size) -> Run {
        gateway.control.set_webhook_retry(WebhookRetry::fast());
        let mut process = Command::new(std::env::current_exe().unwrap());
        let errors = self.scratch.join("errors");
        process
            .args(["--exact", "worker::the_child", "--nocapture", "--test-threads=1"])
            .env(worker::FOLDER, self.data())
            .env(worker::ADDRESS, &gateway.url)
            .env(worker::DOCUMENT, &self.document)
            .env(worker::MARKS, &shim.marks)
            .env(worker::ROUNDS, size.rounds.to_string())
            .env(worker::PATIENCE_MS, size.patience.as_millis().to_string())
            .env("RUST_BACKTRACE", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(&errors).unwrap());
        shim.load_into(&mut process);
        let child = process.spawn().unwrap();
        let (said, ended_well) = self.follow(child, gateway, random, size);
        Run {
            said,
            errors: std::fs::read_to_string(errors).unwrap(),
            ended_well,
        }
    }

    fn follow(
        &self,
        mut child: Child,
        gateway: &Played,
        random: &mut StdRng,
        size: Size,
    ) -> (Vec<String>, bool) {
        let mut input = child.stdin.take().unwrap();
        let lines = lines_of(&mut child);
        let mut child = Ended(child);
        let mut said = Vec::new();
        loop {
            let line = match lines.recv_timeout(PATIENCE * 2) {
                Ok(line) => line,
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    said.push("it hangs".to_owned());
                    return (said, false);
                }
            };
            if let Some(url) = line.strip_prefix("listens ") {
                gateway.control.set_webhook(Some(url.parse().unwrap()));
                (0..size.texts).for_each(|_| somebody_writes(gateway, random));
                (0..size.files).for_each(|_| somebody_sends_a_file(gateway, random));
                let _ = writeln!(input);
            } else if line == "deaf" {
                let _ = writeln!(input);
            } else if line == "settled" {
                // With a disk that fails it may never be.
                let over = gateway.control.wait_for(is_over, size.patience);
                let _ = self.handle.block_on(over);
                let _ = writeln!(input);
            }
            said.push(line);
        }
        let ended_well = child.0.wait().unwrap().success() && said.last().is_some_and(|line| line == "ended");
        (said, ended_well)
    }
}

/// Ends the child if the test fails before.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn lines_of(child: &mut Child) -> Receiver<String> {
    let (tell, lines) = channel();
    let out = BufReader::new(child.stdout.take().unwrap());
    std::thread::spawn(move || {
        for line in out.lines().map_while(Result::ok) {
            // The first line may stand behind what the test runner prints.
            if let Some((_, said)) = line.split_once(worker::SAYS)
                && tell.send(said.to_owned()).is_err()
            {
                return;
            }
        }
    });
    lines
}

/// What the gateway says of a message whose attachment it could not fetch.
const NOT_FETCHED: u8 = 4;

/// Whether a message failed at the gateway: it wanted to fetch the attachment while the program did not run.
pub fn has_failed(message: &MessageRecord) -> bool {
    message.statuses.iter().any(|status| status.code == NOT_FETCHED)
}

/// Everything that was accepted is sent and seen, or has failed, and all of it was told.
pub fn is_over(state: &SimulatorState) -> bool {
    let mut messages = state.ledger().messages().iter();
    state.queue_length() == 0
        && state.is_webhook_quiet()
        && messages.all(|message| message.statuses.len() == 3 || has_failed(message))
}

fn somebody(random: &mut StdRng) -> Contact {
    Contact::new(
        &format!("55119000000{:02}", random.random_range(50..90)),
        "Maria Souza",
    )
}

/// A text like no other.
fn somebody_writes(gateway: &Played, random: &mut StdRng) {
    let text = format!("Mensagem {:016x}", random.random::<u64>());
    gateway
        .control
        .contact_writes(somebody(random), Said::text(&text));
}

/// A file like no other.
fn somebody_sends_a_file(gateway: &Played, random: &mut StdRng) {
    let mut bytes = vec![0; random.random_range(5_000..60_000)];
    random.fill_bytes(&mut bytes);
    let document = Document {
        bytes: Bytes::from(bytes),
        mime_type: "application/octet-stream".to_owned(),
        name: "Planta.bin".to_owned(),
    };
    gateway
        .control
        .contact_writes(somebody(random), Said::Document(document));
}

/// A folder in memory where there is such a place: nothing here has to outlast anything.
pub fn home() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    tempfile::tempdir_in(memory).unwrap_or_else(|_| tempfile::tempdir().unwrap())
}
