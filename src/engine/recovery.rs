//! What can be done about a database that is damaged, before the engine begins: finding the newest backup that is whole, and
//! putting it in the damaged one's place. All of it blocks; call it beside the window's thread.

use super::archive::{FOLDER, list};
use super::protocol::Backup;
use crate::domain::Timestamp;
use crate::platform::folders;
use crate::store::{Store, StoreError};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A file of the data folder with the path of the folder that holds the backups. The setting itself is in the database, which
/// cannot be read when this is needed.
const ELSEWHERE: &str = "backup-folder";
/// Stands before the name of a folder that keeps a damaged database; a date and a time follow.
const DAMAGED: &str = "damaged-";

/// The newest backup of a data folder whose database can be read whole by this program.
#[must_use]
pub fn newest_whole_backup(folder: &Path) -> Option<Backup> {
    let mut backups = list(&folder.join(FOLDER));
    if let Ok(elsewhere) = fs::read_to_string(folder.join(ELSEWHERE)) {
        backups.extend(list(Path::new(&elsewhere)));
    }
    backups.sort_by_key(|backup| std::cmp::Reverse(backup.made_at));
    let runtime = runtime().ok()?;
    backups.into_iter().find(|backup| {
        let whole = runtime.block_on(Store::look_at(&backup.folder));
        if let Err(error) = &whole {
            tracing::warn!(%error, path = %backup.folder.display(), "a backup is not whole");
        }
        whole.is_ok()
    })
}

/// Puts a backup in the place of the database of a data folder, which must not be open. The damaged files are kept in a folder
/// of their own there, and what was waiting to be sent in the backup is left to the operator.
///
/// # Errors
/// What could not be read or written; then the damaged database is where it was, or the next start goes on with it.
pub fn put_back(folder: &Path, backup: &Backup, now: Timestamp) -> Result<(), StoreError> {
    let failed = |source| StoreError::Folder {
        path: folder.to_owned(),
        source,
    };
    let runtime = runtime().map_err(failed)?;
    add_media(&backup.folder.join("media"), &folder.join("media")).map_err(failed)?;
    let aside = format!("{DAMAGED}{}", now.local().strftime("%Y-%m-%d-%H%M%S"));
    runtime.block_on(Store::replace(folder, &backup.folder, &aside))
}

/// Remembers outside of the database where the backups are.
pub(super) fn remember_backups(folder: &Path, elsewhere: Option<&PathBuf>) -> io::Result<()> {
    let path = folder.join(ELSEWHERE);
    match elsewhere {
        Some(elsewhere) => fs::write(path, elsewhere.to_string_lossy().as_bytes()),
        None => match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        },
    }
}

/// Copies the files of a backup that are not there any more. Files never change, so one that is there is the same one.
fn add_media(from: &Path, to: &Path) -> io::Result<()> {
    const PARTIAL: &str = ".partial";
    folders::make_private(to)?;
    let entries = match fs::read_dir(from) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if !target.exists() && entry.file_type()?.is_file() {
            let partial = to.join(PARTIAL);
            fs::copy(entry.path(), &partial)?;
            fs::File::open(&partial)?.sync_all()?;
            fs::rename(&partial, &target)?;
        }
    }
    Ok(())
}

fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Account, AccountId, GatewayKind};
    use std::collections::BTreeMap;

    const DATABASE: &str = "recado.sqlite3";

    /// Makes a backup below `folder` of a data folder, as the engine makes them.
    fn back_up(data: &Path, folder: &Path, at: i64) -> PathBuf {
        let target = folder.join(format!("recado-{at}"));
        fs::create_dir_all(target.join("media")).unwrap();
        fs::write(target.join("media/kept"), b"a picture").unwrap();
        runtime().unwrap().block_on(async {
            let store = Store::open(data).await.unwrap();
            store.copy_into(&target, Timestamp(at)).await.unwrap();
            store.close().await;
        });
        let about = serde_json::json!({ "format": 1, "program": "0", "made_at": at, "bytes": 3 });
        fs::write(target.join("backup.json"), about.to_string()).unwrap();
        target
    }

    fn damage(database: &Path) {
        let mut bytes = fs::read(database).unwrap();
        bytes[100..3_000].fill(0xA5);
        fs::write(database, bytes).unwrap();
    }

    fn accounts(data: &Path) -> Vec<Account> {
        runtime().unwrap().block_on(async {
            let store = Store::open(data).await.unwrap();
            let accounts = store.accounts().await.unwrap();
            store.close().await;
            accounts
        })
    }

    #[test]
    fn the_newest_whole_backup_is_found_and_put_back() {
        let data = tempfile::tempdir().unwrap();
        let account = Account {
            id: AccountId::new(),
            gateway: GatewayKind::Solutek,
            name: "Loja".to_owned(),
            base_url: None,
            identity: BTreeMap::new(),
            default_country: "BR".to_owned(),
            paused: false,
            delay_secs: None,
            hosting: Default::default(),
            created_at: Timestamp(1),
        };
        runtime().unwrap().block_on(async {
            let store = Store::open(data.path()).await.unwrap();
            store.put_account(&account).await.unwrap();
            store.close().await;
        });
        let backups = data.path().join(FOLDER);
        back_up(data.path(), &backups, 10);
        let whole = back_up(data.path(), &backups, 20);
        damage(&back_up(data.path(), &backups, 30).join(DATABASE));
        damage(&data.path().join(DATABASE));

        let found = newest_whole_backup(data.path()).unwrap();
        assert_eq!((&found.folder, found.made_at), (&whole, Timestamp(20)));
        put_back(data.path(), &found, Timestamp(40)).unwrap();
        assert_eq!(accounts(data.path()).len(), 1);
        assert_eq!(fs::read(data.path().join("media/kept")).unwrap(), b"a picture");
        let kept = fs::read_dir(data.path())
            .unwrap()
            .flatten()
            .find(|entry| entry.file_name().to_string_lossy().starts_with(DAMAGED))
            .unwrap();
        assert!(kept.path().join(DATABASE).exists());
    }

    #[test]
    fn backups_in_another_folder_are_found_as_well() {
        let (data, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        assert_eq!(newest_whole_backup(data.path()), None);
        let whole = back_up(data.path(), elsewhere.path(), 20);
        let path = elsewhere.path().to_path_buf();
        remember_backups(data.path(), Some(&path)).unwrap();
        assert_eq!(newest_whole_backup(data.path()).unwrap().folder, whole);
        remember_backups(data.path(), None).unwrap();
        assert_eq!(newest_whole_backup(data.path()), None);
    }
}
