//! A copy takes the place of a damaged database. The damaged files are kept aside, nothing is overwritten, and what is cut
//! off in the middle goes on when the folder is opened next: at no moment would an empty database be begun instead.

use super::open::{FILE_NAME, beside, folder_error, inspect, size_of};
use super::{Store, StoreError};
use std::fs;
use std::io;
use std::path::Path;

/// Where the copy is made ready, in the data folder.
const READY: &str = ".restored";
/// Stands beside a copy that is ready, with the name of the folder for the damaged files in it.
const WHOLE: &str = "whole";
/// What belongs to a database.
const ENDINGS: [&str; 4] = ["-wal", "-shm", "-journal", ""];

impl Store {
    /// Reads every page of the database in a folder, without changing anything.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is none, else as [`Store::open`].
    pub async fn look_at(folder: &Path) -> Result<(), StoreError> {
        let path = folder.join(FILE_NAME);
        let size = size_of(&path)?
            .filter(|size| *size > 0)
            .ok_or(StoreError::NotFound)?;
        inspect(&path, size, true).await
    }

    /// Puts a copy of the database in the folder `copy` in the place of the one in `folder`, which must not be open. What was
    /// there before is kept in `folder` below the name `aside`.
    ///
    /// # Errors
    /// As [`Store::open`], about the copy; then everything is as it was. [`StoreError::Folder`] if files cannot be written or
    /// moved; if some have been moved already, the next [`Store::open`] goes on with it.
    pub async fn replace(folder: &Path, copy: &Path, aside: &str) -> Result<(), StoreError> {
        let ready = folder.join(READY);
        prepare(&ready, &copy.join(FILE_NAME))?;
        // Brings the schema up to date and leaves what was waiting to the operator.
        Self::open(&ready).await?.close().await;
        let path = ready.join(FILE_NAME);
        if size_of(&beside(&path, "-wal"))?.is_some_and(|size| size > 0) {
            let source = io::Error::other("the copy could not be closed");
            return Err(folder_error(&path, source));
        }
        let whole = ready.join(WHOLE);
        synced(&path).map_err(|error| folder_error(&path, error))?;
        fs::write(&whole, aside)
            .and_then(|()| synced(&whole))
            .and_then(|()| synced(&ready))
            .map_err(|error| folder_error(&whole, error))?;
        finish(folder)
    }
}

/// Copies the database into an empty folder.
fn prepare(ready: &Path, from: &Path) -> Result<(), StoreError> {
    let failed = |error| folder_error(ready, error);
    match fs::remove_dir_all(ready) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    super::open::prepare_folder(ready)?;
    fs::copy(from, ready.join(FILE_NAME)).map_err(|error| folder_error(from, error))?;
    Ok(())
}

/// Goes on with a copy that is ready and has not taken its place yet. One that is not ready is taken away.
pub(super) fn finish(folder: &Path) -> Result<(), StoreError> {
    let ready = folder.join(READY);
    if !ready.exists() {
        return Ok(());
    }
    let failed = |error| folder_error(&ready, error);
    let copy = ready.join(FILE_NAME);
    match fs::read_to_string(ready.join(WHOLE)) {
        // In its place already, or else the damaged files go first: the log of one database must never meet another one.
        Ok(aside) if copy.exists() => {
            let aside = folder.join(aside);
            super::open::prepare_folder(&aside)?;
            let path = folder.join(FILE_NAME);
            for ending in ENDINGS {
                let from = beside(&path, ending);
                match fs::rename(&from, beside(&aside.join(FILE_NAME), ending)) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => {
                        return Err(folder_error(&from, error));
                    }
                    _ => {}
                }
            }
            synced(&aside).map_err(failed)?;
            fs::rename(&copy, &path).map_err(failed)?;
            synced(folder).map_err(failed)?;
        }
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(failed(error)),
    }
    fs::remove_dir_all(&ready).map_err(failed)
}

/// Waits until a file, or what stands in a folder, is on the disk.
fn synced(path: &Path) -> io::Result<()> {
    if cfg!(windows) && path.is_dir() {
        // Windows opens no folders, and keeps their entries itself.
        return Ok(());
    }
    fs::File::open(path)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Timestamp;
    use tempfile::TempDir;

    const ASIDE: &str = "damaged-1";

    /// A folder with a database that is damaged, and a copy of it from before.
    async fn damaged() -> (TempDir, TempDir) {
        let (folder, copy) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let store = Store::open(folder.path()).await.unwrap();
        store.copy_into(copy.path(), Timestamp(1)).await.unwrap();
        store.close().await;
        let path = folder.path().join(FILE_NAME);
        let mut bytes = fs::read(&path).unwrap();
        bytes[100..3_000].fill(0xA5);
        fs::write(&path, bytes).unwrap();
        (folder, copy)
    }

    #[tokio::test]
    async fn a_copy_takes_the_place_and_the_damaged_one_is_kept() {
        let (folder, copy) = damaged().await;
        let before = fs::read(folder.path().join(FILE_NAME)).unwrap();
        assert!(Store::open(folder.path()).await.is_err());
        Store::replace(folder.path(), copy.path(), ASIDE).await.unwrap();
        Store::open(folder.path()).await.unwrap().close().await;
        let kept = folder.path().join(ASIDE).join(FILE_NAME);
        assert_eq!(fs::read(kept).unwrap(), before);
        assert!(!folder.path().join(READY).exists());
        // The copy is as it was, to be used again.
        Store::look_at(copy.path()).await.unwrap();
    }

    #[tokio::test]
    async fn a_damaged_copy_changes_nothing() {
        let (folder, copy) = damaged().await;
        let before = fs::read(folder.path().join(FILE_NAME)).unwrap();
        fs::copy(folder.path().join(FILE_NAME), copy.path().join(FILE_NAME)).unwrap();
        assert!(Store::look_at(copy.path()).await.is_err());
        assert!(Store::replace(folder.path(), copy.path(), ASIDE).await.is_err());
        assert_eq!(fs::read(folder.path().join(FILE_NAME)).unwrap(), before);
        assert!(!folder.path().join(ASIDE).exists());
    }

    #[tokio::test]
    async fn what_was_cut_off_goes_on_at_the_next_start() {
        // Every moment between two steps: which of the damaged files have been moved, and whether the copy has.
        for moved in 0..=ENDINGS.len() + 1 {
            let (folder, copy) = damaged().await;
            let path = folder.path().join(FILE_NAME);
            fs::write(beside(&path, "-wal"), b"a log of the damaged one").unwrap();
            let ready = folder.path().join(READY);
            prepare(&ready, &copy.path().join(FILE_NAME)).unwrap();
            Store::open(&ready).await.unwrap().close().await;
            fs::write(ready.join(WHOLE), ASIDE).unwrap();
            fs::create_dir(folder.path().join(ASIDE)).unwrap();
            let aside = folder.path().join(ASIDE).join(FILE_NAME);
            for ending in ENDINGS.iter().take(moved) {
                fs::rename(beside(&path, ending), beside(&aside, ending)).ok();
            }
            if moved > ENDINGS.len() {
                fs::rename(ready.join(FILE_NAME), &path).unwrap();
            }
            Store::open(folder.path()).await.unwrap().close().await;
            assert_eq!(
                fs::read(beside(&aside, "-wal")).unwrap(),
                b"a log of the damaged one"
            );
            assert!(aside.exists() && !ready.exists(), "after {moved} steps");
        }
    }

    #[tokio::test]
    async fn a_copy_that_was_not_ready_is_taken_away() {
        let (folder, copy) = damaged().await;
        let before = fs::read(folder.path().join(FILE_NAME)).unwrap();
        prepare(&folder.path().join(READY), &copy.path().join(FILE_NAME)).unwrap();
        assert!(Store::open(folder.path()).await.is_err());
        assert_eq!(fs::read(folder.path().join(FILE_NAME)).unwrap(), before);
        assert!(!folder.path().join(READY).exists());
    }
}
