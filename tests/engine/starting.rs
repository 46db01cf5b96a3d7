//! Folders in which the program cannot begin. Nothing in them may be changed.

use crate::stage::Stage;
use recado::engine::{Engine, EngineOptions, StartError};
use recado::secrets::Secrets;
use recado::store::StoreError;
use sqlx::Connection as _;
use std::path::{Path, PathBuf};

fn start(folder: &Path) -> Result<Engine, StartError> {
    Engine::start(EngineOptions::new(folder.to_owned(), Secrets::session()))
}

fn refused(folder: &Path) -> StoreError {
    match start(folder) {
        Err(StartError::Store(error)) => error,
        Err(error) => panic!("{error:?}"),
        Ok(_) => panic!("it began"),
    }
}

/// A database of ours, closed cleanly.
fn database(stage: &Stage) -> PathBuf {
    start(stage.folder.path()).unwrap().shutdown();
    stage.folder.path().join("recado.sqlite3")
}

#[test]
fn a_file_where_the_folder_should_be() {
    let stage = Stage::new();
    let file = stage.folder.path().join("data");
    std::fs::write(&file, "not a folder").unwrap();
    assert!(matches!(refused(&file), StoreError::Folder { .. }));
    assert!(matches!(refused(&file.join("deeper")), StoreError::Folder { .. }));
    assert_eq!(std::fs::read(&file).unwrap(), b"not a folder");
}

#[test]
fn a_folder_where_the_database_should_be() {
    let stage = Stage::new();
    std::fs::create_dir(stage.folder.path().join("recado.sqlite3")).unwrap();
    assert!(matches!(refused(stage.folder.path()), StoreError::Folder { .. }));
}

#[test]
fn a_database_of_a_newer_version() {
    let stage = Stage::new();
    let file = database(&stage);
    stage.handle().block_on(async {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&file);
        let mut connection = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
        sqlx::query("PRAGMA user_version = 4711")
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
    });
    let before = std::fs::read(&file).unwrap();
    assert!(matches!(
        refused(stage.folder.path()),
        StoreError::Newer { found: 4711, .. }
    ));
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

#[test]
fn a_damaged_database() {
    let stage = Stage::new();
    let file = database(&stage);
    let whole = std::fs::read(&file).unwrap();
    let mut garbled = whole.clone();
    garbled[..100].fill(0x5a);
    let halved = whole[..whole.len() / 2].to_vec();
    for damaged in [garbled, halved, b"<html>not found</html>".repeat(100)] {
        std::fs::write(&file, &damaged).unwrap();
        let error = refused(stage.folder.path());
        assert!(matches!(error, StoreError::Damaged(_)), "{error:?}");
        assert_eq!(std::fs::read(&file).unwrap(), damaged);
    }
    std::fs::write(&file, &whole).unwrap();
    start(stage.folder.path()).unwrap().shutdown();
}
