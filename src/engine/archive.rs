//! Copies of everything: backups now and every day, restoring one into a new folder. What is exported is in `export`.
//!
//! A backup is a folder: a copy of the database, the media beside it, and `backup.json` that says when it was made. It is
//! made under a name that is not listed and gets its own at the end, so that half a backup is never taken for one.

use super::inbox::media_folder;
use super::protocol::{Answer, ArchiveCommand, Backup};
use super::recovery::remember_backups;
use super::shared::Shared;
use crate::domain::Timestamp;
use crate::platform::folders;
use crate::store::Store;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Usual folder of backups inside the data folder.
pub(super) const FOLDER: &str = "backups";
/// Stands before the name of a backup that is being made.
const PARTIAL: &str = ".partial-";
const ABOUT: &str = "backup.json";
/// How often it is looked whether today's backup is due.
const LOOK: Duration = Duration::from_secs(600);
/// After the start the machine has better things to do.
const FIRST_LOOK: Duration = Duration::from_secs(120);

/// What a backup says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct About {
    format: u32,
    program: String,
    made_at: i64,
    bytes: u64,
}

impl Shared {
    /// Carries out a command about copies.
    pub(super) fn archive_command(self: &Arc<Self>, command: ArchiveCommand) {
        self.spawn("archive", |shared| async move {
            let (ticket, answer) = match command {
                ArchiveCommand::Backup(ticket) => (ticket, Answer::BackedUp(shared.back_up().await)),
                ArchiveCommand::Restore { ticket, from, into } => {
                    (ticket, Answer::Restored(restore(from, into).await))
                }
                ArchiveCommand::Export {
                    ticket,
                    scope,
                    format,
                    to,
                } => (ticket, Answer::Exported(shared.export(scope, format, &to).await)),
            };
            shared.publisher.answer(ticket, answer);
        });
    }

    fn backup_folder(&self) -> PathBuf {
        let live = self.publisher.live();
        live.settings
            .backup_folder
            .clone()
            .unwrap_or_else(|| live.folder.join(FOLDER))
    }

    /// The backups there are, newest first.
    pub(super) async fn backups(&self) -> Vec<Backup> {
        let folder = self.backup_folder();
        tokio::task::spawn_blocking(move || list(&folder))
            .await
            .unwrap_or_default()
    }

    /// Makes a backup now and removes those that are too many.
    async fn back_up(&self) -> Result<Backup, String> {
        let _one_at_a_time = self.backing_up.lock().await;
        let folder = self.backup_folder();
        let now = self.clock.now();
        let name = format!("recado-{}", now.local().strftime("%Y-%m-%d-%H%M%S"));
        let (target, partial) = (folder.join(&name), folder.join(format!("{PARTIAL}{name}")));
        let said = |path: &Path| {
            let path = path.display().to_string();
            move |error: io::Error| format!("{path}: {error}")
        };
        if target.exists() {
            return Err(said(&target)(io::ErrorKind::AlreadyExists.into()));
        }
        folders::make_private(&folder).map_err(said(&folder))?;
        let data = self.publisher.live().folder.clone();
        if let Err(error) = remember_backups(&data, self.settings().backup_folder.as_ref()) {
            tracing::warn!(%error, "where the backups are could not be written down beside the database");
        }
        // What an interrupted backup has left.
        remove_partials(&folder);
        folders::make_private(&partial).map_err(said(&partial))?;
        self.store
            .copy_into(&partial, now)
            .await
            .map_err(|error| error.to_string())?;
        let (media, kept) = (media_folder(self), usize::from(self.settings().backups_kept));
        let finished = tokio::task::spawn_blocking(move || {
            let bytes = finish(&partial, &target, &media, now)?;
            prune(&folder, kept);
            io::Result::Ok(Backup {
                folder: target,
                made_at: now,
                bytes,
            })
        });
        finished
            .await
            .map_err(|error| error.to_string())?
            .map_err(|error| error.to_string())
    }

    /// Makes the backup of every day.
    pub(super) async fn back_up_daily(self: Arc<Self>) {
        tokio::time::sleep(FIRST_LOOK).await;
        loop {
            let today = self.clock.now().local().date();
            let live = self.publisher.live();
            let wanted = live.settings.daily_backup && !live.accounts.is_empty();
            let newest = self.backups().await.first().map(|backup| backup.made_at);
            if wanted && newest.is_none_or(|at| at.local().date() < today) {
                match self.back_up().await {
                    Ok(backup) => tracing::info!(bytes = backup.bytes, "backed up"),
                    Err(error) => {
                        tracing::warn!(error, "the daily backup failed");
                        self.publisher.notice(super::Notice::BackupFailed(error));
                    }
                }
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}

pub(super) fn list(folder: &Path) -> Vec<Backup> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut backups: Vec<Backup> = entries
        .flatten()
        .filter(|entry| !entry.file_name().to_string_lossy().starts_with(PARTIAL))
        .filter_map(|entry| {
            let text = fs::read(entry.path().join(ABOUT)).ok()?;
            let about: About = serde_json::from_slice(&text).ok()?;
            Some(Backup {
                folder: entry.path(),
                made_at: Timestamp(about.made_at),
                bytes: about.bytes,
            })
        })
        .collect();
    backups.sort_by_key(|backup| std::cmp::Reverse(backup.made_at));
    backups
}

/// Removes the oldest backups beyond `kept`. Only folders that say that they are backups of ours.
fn prune(folder: &Path, kept: usize) {
    for old in list(folder).into_iter().skip(kept.max(1)) {
        if let Err(error) = fs::remove_dir_all(&old.folder) {
            tracing::warn!(%error, path = %old.folder.display(), "an old backup could not be removed");
        }
    }
}

fn remove_partials(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(PARTIAL)
            && let Err(error) = fs::remove_dir_all(entry.path())
        {
            tracing::warn!(%error, "half a backup could not be removed");
        }
    }
}

/// Adds the media and the word about it, and gives the backup its name. Answers its size in bytes.
fn finish(partial: &Path, target: &Path, media: &Path, now: Timestamp) -> io::Result<u64> {
    copy_media(media, &partial.join("media"))?;
    let bytes = size_of(partial)?;
    let about = About {
        format: 1,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: now.0,
        bytes,
    };
    let path = partial.join(ABOUT);
    fs::write(&path, serde_json::to_vec_pretty(&about)?)?;
    fs::File::open(&path)?.sync_all()?;
    // Only what a power cut leaves is a backup.
    for folder in [&partial.join("media"), partial] {
        folders::sync(folder)?;
    }
    fs::rename(partial, target)?;
    if let Some(folder) = target.parent() {
        folders::sync(folder)?;
    }
    Ok(bytes)
}

/// Files that came never change, so a second name for each is as good as a copy where the file system allows it.
fn copy_media(from: &Path, to: &Path) -> io::Result<()> {
    folders::make_private(to)?;
    let entries = match fs::read_dir(from) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        if !entry.file_type()?.is_file() {
            continue;
        }
        let target = to.join(entry.file_name());
        if fs::hard_link(entry.path(), &target).is_err() {
            fs::copy(entry.path(), &target)?;
            fs::File::open(&target)?.sync_all()?;
        }
    }
    Ok(())
}

fn size_of(folder: &Path) -> io::Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        bytes += if metadata.is_dir() {
            size_of(&entry.path())?
        } else {
            metadata.len()
        };
    }
    Ok(bytes)
}

/// Makes a data folder out of a backup and looks whether it is whole.
async fn restore(from: PathBuf, into: PathBuf) -> Result<PathBuf, String> {
    let target = into.clone();
    let copied = tokio::task::spawn_blocking(move || copy_backup(&from, &target)).await;
    copied
        .map_err(|error| error.to_string())?
        .map_err(|error| error.to_string())?;
    // Opening brings the schema up to date and leaves what was waiting to the operator.
    let store = Store::open(&into).await.map_err(|error| error.to_string())?;
    store.close().await;
    Ok(into)
}

fn copy_backup(from: &Path, into: &Path) -> io::Result<()> {
    let named =
        |path: &Path, error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    if fs::read_dir(into).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(named(into, io::ErrorKind::DirectoryNotEmpty.into()));
    }
    folders::make_private(into).map_err(|error| named(into, error))?;
    let media = into.join("media");
    folders::make_private(&media).map_err(|error| named(&media, error))?;
    for entry in fs::read_dir(from).map_err(|error| named(from, error))? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        if metadata.is_file() && entry.file_name() != ABOUT {
            let target = into.join(entry.file_name());
            fs::copy(entry.path(), &target).map_err(|error| named(&target, error))?;
        }
    }
    let kept = from.join("media");
    for entry in fs::read_dir(&kept).into_iter().flatten() {
        let entry = entry?;
        // Never a second name: the new folder lives on its own.
        let target = media.join(entry.file_name());
        fs::copy(entry.path(), &target).map_err(|error| named(&target, error))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn backup(folder: &Path, name: &str, at: i64) {
        let path = folder.join(name);
        fs::create_dir_all(&path).unwrap();
        let about = About {
            format: 1,
            program: "0".into(),
            made_at: at,
            bytes: 3,
        };
        fs::write(path.join(ABOUT), serde_json::to_vec(&about).unwrap()).unwrap();
    }

    #[test]
    fn only_whole_backups_of_ours_are_listed_and_removed() {
        let folder = tempfile::tempdir().unwrap();
        for (name, at) in [("a", 10), ("b", 30), ("c", 20)] {
            backup(folder.path(), name, at);
        }
        backup(folder.path(), ".partial-d", 40);
        fs::create_dir(folder.path().join("photographs")).unwrap();
        let times = || -> Vec<i64> { list(folder.path()).iter().map(|one| one.made_at.0).collect() };
        assert_eq!(times(), [30, 20, 10]);
        prune(folder.path(), 2);
        assert_eq!(times(), [30, 20]);
        prune(folder.path(), 0);
        assert_eq!(times(), [30], "the last one stays");
        remove_partials(folder.path());
        assert!(!folder.path().join(".partial-d").exists() && folder.path().join("photographs").exists());
        assert!(list(&folder.path().join("missing")).is_empty());
    }

    #[test]
    fn media_are_copied_whatever_else_lies_there() {
        let folder = tempfile::tempdir().unwrap();
        let (media, copy) = (folder.path().join("media"), folder.path().join("copy"));
        copy_media(&media, &copy).unwrap();
        fs::create_dir_all(media.join("folder")).unwrap();
        fs::write(media.join("one"), b"1").unwrap();
        copy_media(&media, &copy.join("second")).unwrap();
        assert_eq!(fs::read(copy.join("second/one")).unwrap(), b"1");
        assert_eq!(size_of(&copy).unwrap(), 1);
    }

    #[test]
    fn nothing_is_restored_over_something() {
        let folder = tempfile::tempdir().unwrap();
        let (from, into) = (folder.path().join("from"), folder.path().join("into"));
        backup(folder.path(), "from", 1);
        fs::create_dir(&into).unwrap();
        fs::write(into.join("mine"), b"x").unwrap();
        assert!(copy_backup(&from, &into).is_err());
        assert_eq!(fs::read_dir(&into).unwrap().count(), 1);
        fs::write(from.join("recado.sqlite3"), b"db").unwrap();
        let fresh = folder.path().join("fresh");
        copy_backup(&from, &fresh).unwrap();
        assert!(fresh.join("recado.sqlite3").exists() && !fresh.join(ABOUT).exists());
    }
}
