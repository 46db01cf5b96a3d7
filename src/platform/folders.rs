//! Where the program keeps its data: one folder, for its owner only.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The environment variable that names the data folder.
pub const DATA_DIR_VARIABLE: &str = "RECADO_DATA_DIR";

/// Why there is no data folder.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The system knows no home folder, and none was named.
    #[error("there is no home folder to keep data in")]
    NoHome,
    /// What was named is something else.
    #[error("{} is not a folder", .0.display())]
    NotAFolder(PathBuf),
    /// It cannot be made, entered or written to.
    #[error("{} cannot be used: {error}", .path.display())]
    Unusable {
        /// Which.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

impl FolderError {
    /// The Fluent key of what to say, with the variables `$path` and `$words`.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::NoHome => "folder-none",
            Self::NotAFolder(_) => "folder-not-a-folder",
            Self::Unusable { .. } => "folder-unusable",
        }
    }

    /// The folder it is about.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::NoHome => None,
            Self::NotAFolder(path) | Self::Unusable { path, .. } => Some(path),
        }
    }
}

/// The data folder, made if it is not there: the one that was asked for, else the one of [`DATA_DIR_VARIABLE`], else the
/// system's place for such data. The same folder always has the same path, however it was spelled.
///
/// # Errors
/// When there is none, or it cannot be used.
pub fn data_folder(asked: Option<PathBuf>) -> Result<PathBuf, FolderError> {
    let system = || {
        directories::ProjectDirs::from("app", "recado", "Recado")
            .map(|folders| folders.data_local_dir().to_path_buf())
    };
    let path = choose(asked, std::env::var_os(DATA_DIR_VARIABLE), system).ok_or(FolderError::NoHome)?;
    prepare(&path)
}

fn choose(
    asked: Option<PathBuf>,
    variable: Option<OsString>,
    system: impl FnOnce() -> Option<PathBuf>,
) -> Option<PathBuf> {
    let variable = variable.filter(|value| !value.is_empty()).map(PathBuf::from);
    asked.or(variable).or_else(system)
}

/// Makes the folder if need be, for its owner only, and tries whether it can be written to.
fn prepare(path: &Path) -> Result<PathBuf, FolderError> {
    let unusable = |error: io::Error| FolderError::Unusable {
        path: path.to_owned(),
        error,
    };
    match fs::metadata(path) {
        Ok(found) if !found.is_dir() => return Err(FolderError::NotAFolder(path.to_owned())),
        Ok(_) => close_to_others(path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => make_private(path).map_err(unusable)?,
        Err(error) => return Err(unusable(error)),
    }
    // Found out now, in words that name the folder, and not by the database later.
    tempfile::tempfile_in(path).map_err(unusable)?;
    path.canonicalize().map_err(unusable)
}

/// The operator's folder for documents, or, where there is none, its home.
#[must_use]
pub fn documents() -> Option<PathBuf> {
    let dirs = directories::UserDirs::new()?;
    Some(dirs.document_dir().unwrap_or_else(|| dirs.home_dir()).to_owned())
}

/// Makes a folder, and those above it, that only its owner may enter. Their names are on the disk then: what is synced
/// inside of them later would go with them when the power does.
///
/// # Errors
/// What the system says.
pub fn make_private(path: &Path) -> io::Result<()> {
    let missing: Vec<&Path> = path
        .ancestors()
        .take_while(|above| !above.as_os_str().is_empty() && !above.exists())
        .collect();
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    missing.into_iter().try_for_each(sync_name)
}

/// Brings the name of a folder to the disk.
fn sync_name(folder: &Path) -> io::Result<()> {
    match folder.parent() {
        Some(parent) if parent.as_os_str().is_empty() => sync(Path::new(".")),
        Some(parent) => sync(parent),
        None => Ok(()),
    }
}

/// Brings the names in a folder to the disk.
///
/// # Errors
/// What the system says.
#[cfg(unix)]
pub fn sync(folder: &Path) -> io::Result<()> {
    match fs::File::open(folder).and_then(|folder| folder.sync_all()) {
        // A file system that has no such thing.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        // A folder above ours that may be entered and not read: nothing in it is ours to look at.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        synced => synced,
    }
}

/// Elsewhere a folder cannot be opened as a file; the file system keeps its names by itself.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn sync(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Takes a folder of ours away from other users. A folder with other things in it (`--data-dir /tmp`) is left as it is: the
/// files in it are closed each for itself.
#[cfg(unix)]
fn close_to_others(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    let is_ours = path.join(super::instance::LOCK_FILE).exists();
    let is_empty = fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
    if (is_ours || is_empty)
        && let Err(error) = fs::set_permissions(path, fs::Permissions::from_mode(0o700))
    {
        tracing::warn!(%error, "the data folder could not be closed to other users");
    }
}

#[cfg(not(unix))]
fn close_to_others(_path: &Path) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_goes_before_the_environment_and_that_before_the_system() {
        let path = |text: &str| Some(PathBuf::from(text));
        let variable = |text: &str| Some(OsString::from(text));
        assert_eq!(choose(path("a"), variable("b"), || path("c")), path("a"));
        assert_eq!(choose(None, variable("b"), || path("c")), path("b"));
        assert_eq!(choose(None, variable(""), || path("c")), path("c"));
        assert_eq!(choose(None, None, || None), None);
    }

    #[test]
    fn a_folder_is_made_and_has_one_path_however_it_is_spelled() {
        let home = tempfile::tempdir().unwrap();
        let wanted = home.path().join("a/b c/ç");
        let made = prepare(&wanted).unwrap();
        assert!(made.is_dir());
        assert_eq!(prepare(&home.path().join("a/../a/b c/ç/.")).unwrap(), made);
        assert_eq!(fs::read_dir(&made).unwrap().count(), 0);
    }

    #[test]
    fn what_cannot_be_a_data_folder_is_named() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("file");
        fs::write(&file, "x").unwrap();
        let error = prepare(&file).unwrap_err();
        assert_eq!(
            (error.key(), error.path()),
            ("folder-not-a-folder", Some(file.as_path()))
        );
        let below = file.join("below");
        let error = prepare(&below).unwrap_err();
        assert_eq!(
            (error.key(), error.path()),
            ("folder-unusable", Some(below.as_path()))
        );
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_enter_and_foreign_folders_keep_their_mode() {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let open = |path: &Path| fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
        let home = tempfile::tempdir().unwrap();
        let folder = prepare(&home.path().join("outer/inner")).unwrap();
        assert_eq!(mode(&folder), 0o700);
        open(&folder);
        prepare(&folder).unwrap();
        assert_eq!(mode(&folder), 0o700, "empty");
        open(&folder);
        fs::write(folder.join("letter.txt"), "not ours").unwrap();
        prepare(&folder).unwrap();
        assert_eq!(mode(&folder), 0o755, "with other things in it");
        fs::write(folder.join(super::super::instance::LOCK_FILE), "").unwrap();
        prepare(&folder).unwrap();
        assert_eq!(mode(&folder), 0o700, "ours");
    }
}
