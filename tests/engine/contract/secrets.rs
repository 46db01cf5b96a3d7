//! The credentials of every gateway are in no file, no log and nothing that is told to a window.

use super::scene::{Scene, at_each_gateway};
use crate::canary::{files, found_in};
use crate::program::number;
use crate::stage::{PATIENCE, Stage, TOKEN};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use recado::domain::message::MessageState;
use recado::engine::Question;
use recado::simulator::{Fault, Times};
use std::time::{Duration, Instant};

const CHILD: &str = "RECADO_CONTRACT_FOLDER";

/// What may be nowhere: as it is, and as headers have it.
fn forms() -> Vec<Vec<u8>> {
    let coded = |text: String| STANDARD.encode(text).trim_end_matches('=').as_bytes().to_vec();
    vec![
        TOKEN.as_bytes().to_vec(),
        coded(TOKEN.to_owned()),
        coded(format!("{TOKEN}:")),
    ]
}

/// Answers that repeat the credentials.
fn echoes() -> Vec<Fault> {
    let coded = [STANDARD.encode(TOKEN), STANDARD.encode(format!("{TOKEN}:"))].join(" ");
    [200, 401, 500]
        .into_iter()
        .map(|status| Fault::Reply {
            status,
            body: format!("<pre>Authorization: Key {TOKEN} {coded} token={TOKEN}</pre>").into_bytes(),
        })
        .chain([Fault::WrongErro(format!("Token {TOKEN} {coded}"))])
        .collect()
}

fn nothing_shows_it(scene: &mut Scene) {
    let mut program = scene.program();
    let account = scene.called_account(&mut program);
    let sent = program.send_one(account, &number(1), "Oi");
    program.until_state(sent.id, MessageState::Read);
    for (index, echo) in echoes().into_iter().enumerate() {
        scene.gateway.fault(echo, Times::ONCE, None);
        let message = program.send_one(account, &number(2 + index), "Oi");
        program.until_message(message.id, "tried", |message| {
            message.attempts >= 1 && message.state != MessageState::InFlight
        });
        // Refused credentials hold it until a question shows that they are taken; the next echo must not meet that one.
        let until = Instant::now() + PATIENCE;
        while program.message(message.id).state.is_open() {
            assert!(Instant::now() < until, "held for ever");
            program.refresh(account);
            program.next_event(Instant::now() + Duration::from_millis(50));
        }
        program.ask(Question::History(message.id));
        program.until(account, "not held", |view| view.held.is_none());
    }
    program.ask(Question::Outbox(account));
    program.ask(Question::Dashboard { account, hours: 1 });
    program.take_events();
    let forms = forms();
    let live = format!("{:?}", program.link.live.borrow());
    assert_eq!(found_in(live.as_bytes(), &forms), None);
    for said in &program.said {
        assert_eq!(found_in(said.as_bytes(), &forms), None);
    }
    // While it runs, with everything still in the log of the database.
    let mut bytes = Vec::new();
    for (name, content) in files(scene.stage.folder.path()) {
        assert_eq!(found_in(&content, &forms), None, "in {name}");
        bytes.extend(content);
    }
    assert!(
        found_in(&bytes, &[b"[secret]".to_vec()]).is_some(),
        "it was repeated"
    );
    program.shutdown();
}

/// The child's part; nothing in an ordinary run.
#[test]
fn the_flows() {
    let Ok(folder) = std::env::var(CHILD) else { return };
    let logging = recado::platform::logging::start(std::path::Path::new(&folder)).unwrap();
    at_each_gateway("the credentials are nowhere", nothing_shows_it);
    drop(logging);
}

/// Runs the flows in a process of their own, whose log is of the most talkative kind.
#[test]
fn the_credentials_are_nowhere() {
    let stage = Stage::new();
    let folder = stage.folder.path().join("log");
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "contract::secrets::the_flows",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(CHILD, &folder)
        .env("RECADO_SEED", stage.seed.to_string())
        .env("RECADO_LOG", "trace")
        .output()
        .unwrap();
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    println!("{said}");
    assert!(output.status.success());
    let forms = forms();
    assert_eq!(found_in(said.as_bytes(), &forms), None, "printed");
    let files = files(&folder);
    for (name, content) in &files {
        assert_eq!(found_in(content, &forms), None, "in {name}");
    }
    let logged: usize = files.iter().map(|(_, content)| content.len()).sum();
    assert!(logged > 10_000, "there was a log: {logged}");
}
