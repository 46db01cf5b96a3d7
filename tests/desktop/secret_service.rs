//! The keyring of the system in each state it can be in, with a real GNOME Keyring.
//!
//! Which bus a process talks to is decided by its environment, so each test runs its second half in a process of its own:
//! this test program once more, which is told so by [`INSIDE`].

use crate::session::{Keyring, PASSWORD, Session, can_run};
use recado::domain::{AccountId, Secret};
use recado::secrets::manager::SecretsSetup;
use recado::secrets::{KEYRING_PATIENCE, SecretError, SecretPlace, SecretStatus, SecretVault as _, Secrets};
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdout, Stdio};
use std::time::{Duration, Instant};

const INSIDE: &str = "RECADO_TEST_INSIDE_SESSION";

fn is_inside() -> bool {
    std::env::var_os(INSIDE).is_some()
}

fn enter(session: &Session, test: &str) -> Child {
    session
        .command(std::env::current_exe().unwrap())
        .args([&format!("secret_service::{test}"), "--exact", "--nocapture"])
        .env(INSIDE, "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Runs the second half of a test within a session and expects it to succeed.
fn run(keyring: Keyring, test: &str) {
    if can_run(keyring) {
        let session = Session::start(keyring);
        let output = enter(&session, test).wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains("1 passed"), "{said}");
    }
}

async fn settled(secrets: &Secrets) -> SecretStatus {
    let mut watch = secrets.watch();
    watch
        .wait_for(|status| *status != SecretStatus::Checking)
        .await
        .unwrap()
        .clone()
}

fn start() -> (Secrets, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (Secrets::start(SecretsSetup::for_folder(folder.path())), folder)
}

fn ready() -> SecretStatus {
    SecretStatus::Ready {
        place: SecretPlace::Keyring,
        name: "GNOME Keyring".to_owned(),
    }
}

fn secret() -> Secret {
    Secret::new("tök3n \"with\" everything/+".to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_keyring_keeps_secrets_from_one_start_to_the_next() {
    if !is_inside() {
        return run(
            Keyring::Unlocked,
            "an_open_keyring_keeps_secrets_from_one_start_to_the_next",
        );
    }
    let account = AccountId::new();
    let (secrets, _folder) = start();
    assert_eq!(settled(&secrets).await, ready());
    assert_eq!(secrets.get(account, "token").await, Err(SecretError::NotFound));
    secrets.put(account, "token", secret()).await.unwrap();
    secrets
        .put(account, "other", Secret::new("other".to_owned()))
        .await
        .unwrap();
    drop(secrets);
    let (secrets, _folder) = start();
    assert_eq!(secrets.get(account, "token").await, Ok(secret()));
    secrets
        .put(account, "token", Secret::new("changed".to_owned()))
        .await
        .unwrap();
    assert_eq!(
        secrets.get(account, "token").await,
        Ok(Secret::new("changed".to_owned()))
    );
    secrets.remove(account, "token").await.unwrap();
    secrets.remove(account, "token").await.unwrap();
    assert_eq!(secrets.get(account, "token").await, Err(SecretError::NotFound));
    assert_eq!(
        secrets.get(account, "other").await,
        Ok(Secret::new("other".to_owned()))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_service_or_a_keyring_the_operator_is_told_at_once() {
    if !is_inside() {
        run(
            Keyring::None,
            "without_a_service_or_a_keyring_the_operator_is_told_at_once",
        );
        return run(
            Keyring::Empty,
            "without_a_service_or_a_keyring_the_operator_is_told_at_once",
        );
    }
    let begun = Instant::now();
    let (secrets, _folder) = start();
    let status = settled(&secrets).await;
    assert!(
        matches!(&status, SecretStatus::Absent { words } if !words.is_empty()),
        "{status:?}"
    );
    assert!(matches!(
        secrets.get(AccountId::new(), "token").await,
        Err(SecretError::Absent(_))
    ));
    assert!(matches!(
        secrets.put(AccountId::new(), "token", secret()).await,
        Err(SecretError::Absent(_))
    ));
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    // Where there is nobody to ask for a new keyring's password, trying again ends as well.
    let again = secrets.try_again().await;
    assert!(
        !matches!(again, SecretStatus::Ready { .. } | SecretStatus::Checking),
        "{again:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_keyring_whose_prompt_nobody_answers_is_said_to_be_locked() {
    if !is_inside() {
        return run(
            Keyring::Locked,
            "a_locked_keyring_whose_prompt_nobody_answers_is_said_to_be_locked",
        );
    }
    let (secrets, _folder) = start();
    assert_eq!(settled(&secrets).await, SecretStatus::Locked);
    assert_eq!(
        secrets.get(AccountId::new(), "token").await,
        Err(SecretError::NoAnswer)
    );
    assert_eq!(
        secrets.put(AccountId::new(), "token", secret()).await,
        Err(SecretError::NoAnswer)
    );
    assert_eq!(secrets.current(), SecretStatus::Locked);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prompt_may_be_answered_late() {
    const NAME: &str = "a_prompt_may_be_answered_late";
    if !is_inside() {
        if can_run(Keyring::LockedWithPrompt) {
            let session = Session::start(Keyring::LockedWithPrompt);
            let mut child = enter(&session, NAME);
            let mut lines = BufReader::new(child.stdout.take().unwrap());
            hear(&mut lines, "locked");
            session.type_into("Unlock", PASSWORD);
            let rest: String = lines.lines().map(|line| line.unwrap() + "\n").collect();
            assert!(child.wait().unwrap().success(), "{rest}");
        }
        return;
    }
    let account = AccountId::new();
    let begun = Instant::now();
    let (secrets, _folder) = start();
    assert_eq!(settled(&secrets).await, SecretStatus::Locked);
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    assert_eq!(
        secrets.put(account, "token", secret()).await,
        Err(SecretError::NoAnswer)
    );
    let waited = begun.elapsed();
    assert!(waited < KEYRING_PATIENCE + Duration::from_secs(3), "{waited:?}");
    assert_eq!(secrets.current(), SecretStatus::Locked);
    println!("\nlocked");
    secrets
        .watch()
        .wait_for(|status| *status == ready())
        .await
        .unwrap();
    assert_eq!(
        secrets.get(account, "token").await,
        Err(SecretError::NotFound),
        "given up, so not written"
    );
    secrets.put(account, "token", secret()).await.unwrap();
    assert_eq!(secrets.get(account, "token").await, Ok(secret()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keyring_that_goes_away_and_comes_back_is_found_again() {
    if !is_inside() {
        return come_and_go();
    }
    let account = AccountId::new();
    let (secrets, _folder) = start();
    assert_eq!(settled(&secrets).await, ready());
    secrets.put(account, "token", secret()).await.unwrap();
    tell_and_wait("kept");
    assert!(matches!(
        secrets.get(account, "token").await,
        Err(SecretError::Absent(_))
    ));
    assert!(matches!(secrets.current(), SecretStatus::Absent { .. }));
    tell_and_wait("missed");
    assert_eq!(secrets.get(account, "token").await, Ok(secret()));
    assert_eq!(secrets.current(), ready());
}

/// The half of [`a_keyring_that_goes_away_and_comes_back_is_found_again`] that ends and starts the daemon.
fn come_and_go() {
    if !can_run(Keyring::Unlocked) {
        return;
    }
    let mut session = Session::start(Keyring::Unlocked);
    let mut child = enter(&session, "a_keyring_that_goes_away_and_comes_back_is_found_again");
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    hear(&mut lines, "kept");
    session.end_daemon();
    child.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
    hear(&mut lines, "missed");
    session.start_daemon(Some(PASSWORD));
    child.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
    let rest: String = lines.lines().map(|line| line.unwrap() + "\n").collect();
    assert!(child.wait().unwrap().success(), "{rest}");
}

fn hear(lines: &mut BufReader<ChildStdout>, word: &str) {
    let mut heard = String::new();
    loop {
        let mut line = String::new();
        assert_ne!(
            lines.read_line(&mut line).unwrap(),
            0,
            "ended before {word:?}: {heard}"
        );
        if line.trim() == word {
            return;
        }
        heard.push_str(&line);
    }
}

/// Says a word to the other half and waits until it has acted on it.
fn tell_and_wait(word: &str) {
    println!("\n{word}");
    assert_ne!(std::io::stdin().read_line(&mut String::new()).unwrap(), 0);
}
