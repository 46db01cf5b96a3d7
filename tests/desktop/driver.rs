//! What is in a window, asked of the accessibility bus.

use crate::session::{PYTHON, Session};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

/// An element of a window, as the accessibility bus tells it.
#[derive(Debug, Clone, Deserialize)]
pub struct Element {
    pub role: String,
    pub name: String,
    pub text: Option<String>,
    pub editable: bool,
    pub active: bool,
    pub states: Vec<String>,
    /// Left, top, width and height on the screen.
    pub place: Option<[i32; 4]>,
}

impl Element {
    /// Whether it is in this state.
    pub fn is(&self, state: &str) -> bool {
        self.states.iter().any(|its| its == state)
    }

    /// Its middle on the screen, where it has an extent.
    pub fn middle(&self) -> Option<(i32, i32)> {
        let [left, top, width, height] = self.place?;
        (width > 0 && height > 0).then_some((left + width / 2, top + height / 2))
    }
}

/// What the secret service keeps.
#[derive(Debug, Deserialize)]
pub struct KeptSecret {
    pub label: String,
    pub secret: String,
}

/// The process that reads windows; see `drive.py`.
pub struct Driver {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Driver {
    /// Starts it within a session.
    pub fn start(session: &Session) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/desktop/drive.py");
        let mut child = session
            .command(PYTHON)
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Self { child, input, output }
    }

    /// Asks a question of those in `drive.py`, and waits for the answer.
    pub fn ask<T: DeserializeOwned>(&mut self, question: &serde_json::Value) -> T {
        writeln!(self.input, "{question}").unwrap();
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        let mut answer: serde_json::Value = serde_json::from_str(&line).expect("the driver has ended");
        assert!(answer.get("error").is_none(), "{question} was answered {answer}");
        serde_json::from_value(answer["answer"].take()).unwrap()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
