//! Secrets that may be nowhere: they go through every flow, and gateways and storage repeat them in every form.

mod others;

use crate::program::{Program, number};
use crate::stage::{Played, Stage, draft};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use recado::domain::Secret;
use recado::domain::message::MessageState;
use recado::engine::{AccountCommand, Answer, Command, OutboxCommand, PairingCommand, Question};
use recado::secrets::Secrets;
use recado::simulator::{Endpoint, Fault, Times};
use std::path::Path;

const CHILD: &str = "RECADO_CANARY_FOLDER";
/// Letters that every way of writing changes, around a heart that only base64 does.
const CANARY: &str = "é/+ \"KanarienvogelQ7\"&=%<";
const HEART: &str = "KanarienvogelQ7";

/// Runs the flows in a process of their own, whose log is of the most talkative kind.
#[test]
fn no_secret_is_anywhere() {
    let stage = Stage::new();
    let data = stage.folder.path().join("data");
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "canary::the_flows", "--nocapture", "--test-threads=1"])
        .env(CHILD, &data)
        .env("RECADO_SEED", stage.seed.to_string())
        .env("RECADO_LOG", "trace")
        .output()
        .unwrap();
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(output.status.success(), "{said}");
    let forms = forms();
    assert_eq!(found_in(said.as_bytes(), &forms), None, "printed");
    let files = files(&data);
    let mut log_bytes = 0;
    for (name, bytes) in &files {
        assert_eq!(found_in(&kept_in(name, bytes), &forms), None, "in {name}");
        if name.ends_with(".log") {
            log_bytes += bytes.len();
        }
    }
    // The search finds what is there.
    let database = &files
        .iter()
        .find(|(name, _)| name.ends_with(".sqlite3"))
        .unwrap()
        .1;
    assert!(found_in(database, &[b"demo@recado.example".to_vec()]).is_some());
    assert!(
        found_in(database, &[b"[secret]".to_vec()]).is_some(),
        "gateways did repeat it"
    );
    assert!(log_bytes > 10_000, "there was a log: {log_bytes}");
}

/// The hearts as they are and in addresses, and the parts of them that base64 shows wherever they begin within a longer
/// text: so too where a login or a colon stands around them.
fn forms() -> Vec<Vec<u8>> {
    let mut forms = Vec::new();
    for heart in others::HEARTS.into_iter().chain([HEART]) {
        forms.push(heart.as_bytes().to_vec());
        let percent: String = url::form_urlencoded::byte_serialize(heart.as_bytes()).collect();
        forms.push(percent.into_bytes());
        for before in 0..3 {
            let shifted = format!("{}{heart}", "x".repeat(before));
            let encoded = base64_of(&shifted);
            // Without the ends, which depend on what stands around it.
            forms.push(encoded.as_bytes()[4..encoded.len() - 4].to_vec());
        }
    }
    forms
}

/// What may not be in a file: signed addresses are in the database, and in no log.
fn kept_in(name: &str, bytes: &[u8]) -> Vec<u8> {
    if name.contains(".sqlite3") {
        others::without_signers(bytes)
    } else {
        bytes.to_vec()
    }
}

fn base64_of(text: &str) -> String {
    STANDARD.encode(text)
}

pub fn found_in(bytes: &[u8], forms: &[Vec<u8>]) -> Option<String> {
    forms.iter().find_map(|form| {
        let at = bytes
            .windows(form.len())
            .position(|window| window == form.as_slice())?;
        let (from, to) = (at.saturating_sub(80), (at + 80).min(bytes.len()));
        Some(String::from_utf8_lossy(&bytes[from..to]).into_owned())
    })
}

pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
    all
}

/// The child's part; nothing in an ordinary run.
#[test]
fn the_flows() {
    let Ok(folder) = std::env::var(CHILD) else { return };
    let folder = std::path::PathBuf::from(folder);
    let logging = recado::platform::logging::start(&folder).unwrap();
    let stage = Stage::new();
    let gateway = stage.gateway_with(|config| config.credentials.token = Secret::new(CANARY.to_owned()));
    let mut program = stage.program_with(|options| {
        options.folder = folder.clone();
        options.secrets = Secrets::session();
    });
    let mut accounts = others::flows(&mut program, &stage);
    accounts.push(flows(&mut program, &gateway));
    // While it runs, with everything still in the log of the database.
    program.take_events();
    let forms = forms();
    for (name, bytes) in files(&folder) {
        let found = found_in(&kept_in(&name, &bytes), &forms);
        assert!(found.is_none(), "in {name}: {found:?}");
    }
    let live = format!("{:?}", program.link.live.borrow());
    assert_eq!(found_in(live.as_bytes(), &forms), None);
    for id in accounts {
        program.command(Command::Account(AccountCommand::Remove {
            id,
            with_history: false,
        }));
    }
    program.until_live("removed", |live| live.accounts.is_empty());
    program.shutdown();
    program.take_events();
    let said: Vec<String> = program
        .said
        .iter()
        .filter_map(|event| found_in(&others::without_signers(event.as_bytes()), &forms))
        .collect();
    println!("said: {said:#?}");
    assert!(said.is_empty(), "in {} events", said.len());
    drop(logging);
}

/// Answers that repeat the token in every form a program could find.
fn echoes() -> Vec<Fault> {
    let json = serde_json::to_string(CANARY).unwrap();
    let json = json.trim_matches('"');
    let php = json.replace('/', "\\/").replace('é', "\\u00e9");
    let percent: String = url::form_urlencoded::byte_serialize(CANARY.as_bytes()).collect();
    let base64 = STANDARD.encode(CANARY);
    let inside = STANDARD.encode(format!("email=demo&token={CANARY}&idapp=1"));
    let all = format!("{json} | {php} | {percent} | {base64} | {inside}");
    let reply = |status, body: String| Fault::Reply {
        status,
        body: body.into_bytes(),
    };
    vec![
        reply(
            200,
            format!(r#"{{"erro":"sim","sobre_o_erro":"Parâmetro estranho: {all}"}}"#),
        ),
        reply(
            200,
            format!(r#"{{"erro":"sim","sobre_o_erro":"Token inválido: {all}"}}"#),
        ),
        reply(500, format!("<pre>POST token={CANARY} {all}</pre>")),
        reply(200, format!("token={CANARY} {all}")),
        reply(
            200,
            format!(
                r#"{{"erro":"nao","conectado":"sim","nome":"{json}","telefone":"{json}","logado":"sim","pronto":"sim","idlog":"{json}","expira":"{json}"}}"#
            ),
        ),
    ]
}

fn flows(program: &mut Program, gateway: &Played) -> recado::domain::AccountId {
    let everywhere = |fault: &Fault| {
        for endpoint in Endpoint::ALL {
            gateway.fault(endpoint, fault.clone(), Times::ONCE, None);
        }
    };
    // Typed wrong, tested, saved, shown.
    let typed = || draft("Loja", &gateway.url, CANARY);
    let mut wrong = typed();
    wrong
        .fields
        .insert("email".to_owned(), Secret::new("no".to_owned()));
    assert!(program.save(None, wrong).is_err());
    for fault in std::iter::once(Fault::Delay(std::time::Duration::ZERO)).chain(echoes()) {
        gateway.fault(Endpoint::Status, fault, Times::ONCE, None);
        let ticket = program.ticket();
        program.command(Command::Account(AccountCommand::Test {
            ticket,
            id: None,
            draft: Box::new(typed()),
        }));
        assert!(matches!(program.answer(ticket), Answer::Tested(_)));
    }
    let account = program.save(None, typed()).unwrap();
    let ticket = program.ticket();
    program.command(Command::Account(AccountCommand::Reveal {
        ticket,
        id: account,
        field: "token",
    }));
    let Answer::Revealed(Ok(secret)) = program.answer(ticket) else {
        panic!()
    };
    assert_eq!(secret.reveal(), CANARY);
    let sent = program.send_one(account, &number(1), "Oi");
    program.until_state(sent.id, MessageState::Accepted);
    for fault in echoes() {
        everywhere(&fault);
        let message = program.send_one(account, &number(2), "Oi");
        program.refresh(account);
        program.until_message(message.id, "tried", |message| {
            message.attempts >= 1 && message.state != MessageState::InFlight
        });
        program.pairing(PairingCommand::Start(account));
        gateway.wait("pairing was asked for", |state| {
            !state.ledger().requests().is_empty() && state.ledger().requests_to(Endpoint::StartPairing) > 0
        });
        program.pairing(PairingCommand::Cancel(account));
        let ticket = program.ticket();
        program.outbox(OutboxCommand::ClearGatewayQueue { ticket, account });
        assert!(matches!(program.answer(ticket), Answer::QueueCleared(_)));
        let ticket = program.ticket();
        program.outbox(OutboxCommand::SetDelay {
            ticket,
            account,
            secs: 1,
        });
        assert!(matches!(program.answer(ticket), Answer::DelaySet(_)));
        program.ask(Question::History(message.id));
        program.ask(Question::Dashboard { account, hours: 1 });
        gateway.control.clear_faults();
    }
    program.refresh(account);
    program.ask(Question::Outbox(account));
    // Another token that is refused, and one that is not typed.
    let refused = draft("Loja", &gateway.url, &format!("{CANARY}2"));
    program.save(Some(account), refused).unwrap();
    program.until(account, "refused", |view| {
        view.health.connection == recado::domain::Connection::CredentialsRefused
    });
    program
        .save(Some(account), draft("Loja", &gateway.url, ""))
        .unwrap();
    account
}
