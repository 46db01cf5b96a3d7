//! Starting where something is in the way: no display, no place for the data, data that cannot be read, another copy.

use crate::window::{Desk, program};
use recado::store::Store;
use recado::ui::text::{Language, Localizer};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Where SQLite's file format keeps the number by which a database tells its schema, in bytes from the beginning.
const USER_VERSION_AT: usize = 60;

fn without_display(home: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(program());
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "LANGUAGE"] {
        command.env_remove(name);
    }
    let nowhere = format!("unix:path={}", home.join("no-bus").display());
    command
        .env("HOME", home)
        .env("LC_ALL", "en_US.UTF-8")
        .env("DBUS_SESSION_BUS_ADDRESS", nowhere)
        .args(arguments)
        .output()
        .unwrap()
}

#[test]
fn without_a_display_it_says_so_and_writes_nothing() {
    let text = Localizer::new(Language::English);
    let home = tempfile::tempdir().unwrap();
    let ran = without_display(home.path(), &[]);
    assert!(!ran.status.success());
    assert_eq!(
        String::from_utf8_lossy(&ran.stderr).trim_end(),
        text.get("no-display")
    );
    assert!(ran.stdout.is_empty());
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn without_a_display_the_demo_does_the_same_job_in_the_terminal() {
    let text = Localizer::new(Language::English);
    let home = tempfile::tempdir().unwrap();
    let ran = without_display(home.path(), &["demo"]);
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(
        ran.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    assert_eq!(said.lines().next(), Some(&*text.get("demo-no-display")), "{said}");
    assert!(said.contains("Olá, ação é ñ 👋🇧🇷"), "{said}");
    assert!(said.contains("█▀"), "no code was drawn: {said}");
    assert!(said.contains("the same bytes"), "no file was fetched: {said}");
    assert_eq!(
        said.lines().last(),
        Some(&*text.get("demo-headless-done")),
        "{said}"
    );
}

#[test]
fn a_second_copy_brings_the_first_to_the_front_and_ends() {
    let Some(desk) = Desk::start() else { return };
    let first = desk.open(&desk.data_folder());
    first.see(&desk.words("rail-settings"));
    let other = desk.open(&desk.home().join("other"));
    other.see(&desk.words("rail-settings"));
    other.until("the other window in front", || other.is_in_front().then_some(()));
    let mut second = desk.open(&desk.data_folder());
    assert!(second.wait().success(), "{}", second.said());
    assert_eq!(second.said().trim_end(), desk.words("already-running"));
    first.until("the first window in front", || first.is_in_front().then_some(()));
    assert!(first.close().success());
    assert!(other.close().success());
}

#[test]
fn a_folder_that_cannot_be_is_said_in_the_window() {
    let Some(desk) = Desk::start() else { return };
    let file = desk.home().join("a file");
    fs::write(&file, "no folder").unwrap();
    let folder = file.join("below");
    let mut program = desk.open(&folder);
    program.see(&desk.words("failure-folder"));
    program.see_part(&folder.display().to_string());
    program.see(&desk.words("failure-folder-do"));
    // Trying again comes to the same while nothing has changed.
    program.click(&desk.words("try-again"));
    program.see(&desk.words("failure-folder"));
    program.click(&desk.words("failure-quit"));
    assert!(!program.wait().success());
    assert!(
        program.said().contains(&folder.display().to_string()),
        "{}",
        program.said()
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), "no folder");
}

/// A database as the program makes it, and its path.
fn database(folder: &Path) -> PathBuf {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        Store::open(folder).await.unwrap().close().await;
    });
    let is_database = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "sqlite3");
    let mut files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files.find(is_database).unwrap()
}

#[test]
fn a_database_of_a_newer_version_is_left_alone_until_the_older_is_back() {
    let Some(desk) = Desk::start() else { return };
    let path = database(&desk.data_folder());
    let right = fs::read(&path).unwrap();
    let mut newer = right.clone();
    newer[USER_VERSION_AT..USER_VERSION_AT + 4].copy_from_slice(&471_u32.to_be_bytes());
    fs::write(&path, &newer).unwrap();
    let program = desk.open(&desk.data_folder());
    program.see(&desk.words("failure-newer"));
    program.see_part("471");
    program.see(&desk.words("failure-newer-do"));
    assert_eq!(fs::read(&path).unwrap(), newer);
    // Whoever puts the right file in its place needs not start again.
    fs::write(&path, &right).unwrap();
    program.click(&desk.words("try-again"));
    program.see(&desk.words("rail-settings"));
    assert!(program.close().success());
}

#[test]
fn a_damaged_database_is_said_and_left_as_it_is() {
    let Some(desk) = Desk::start() else { return };
    let path = database(&desk.data_folder());
    let mut damaged = fs::read(&path).unwrap();
    // The first page says where everything else is.
    damaged[100..3_000].fill(0xA5);
    fs::write(&path, &damaged).unwrap();
    let mut program = desk.open(&desk.data_folder());
    program.see(&desk.words("failure-damaged"));
    program.see(&desk.words("failure-damaged-means"));
    program.see(&desk.words("failure-damaged-do"));
    program.press(&desk.words("failure-quit"));
    program.wait();
    assert_eq!(fs::read(&path).unwrap(), damaged);
}

#[test]
fn a_damaged_database_gives_way_to_the_newest_whole_backup() {
    let Some(desk) = Desk::start() else { return };
    let folder = desk.data_folder();
    let path = database(&folder);
    let backup = folder.join("backups/recado-1");
    fs::create_dir_all(&backup).unwrap();
    fs::copy(&path, backup.join("recado.sqlite3")).unwrap();
    let about = r#"{"format":1,"program":"0.1.0","made_at":1700000000000,"bytes":4096}"#;
    fs::write(backup.join("backup.json"), about).unwrap();
    let mut damaged = fs::read(&path).unwrap();
    damaged[100..3_000].fill(0xA5);
    fs::write(&path, &damaged).unwrap();
    let program = desk.open(&folder);
    program.see(&desk.words("failure-damaged"));
    program.see_part("2023");
    program.click(&desk.words("failure-restore"));
    program.see(&desk.words("rail-settings"));
    assert!(program.close().success());
    let kept = fs::read_dir(&folder)
        .unwrap()
        .flatten()
        .find(|entry| entry.file_name().to_string_lossy().starts_with("damaged-"))
        .expect("the damaged database was not kept");
    assert_eq!(fs::read(kept.path().join("recado.sqlite3")).unwrap(), damaged);
}
