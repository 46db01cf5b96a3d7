//! Writing files that other programs read.

use super::{SaveError, SaveSource};
use std::path::{Path, PathBuf};

/// Writes a file. One that is there is replaced only if `replace`.
///
/// # Errors
/// Why it was not written.
pub(super) fn write(path: &Path, source: &SaveSource, replace: bool) -> Result<(), SaveError> {
    use std::io::Write as _;
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => SaveError::Exists,
        _ => SaveError::Failed(error.to_string()),
    };
    let mut original = match source {
        SaveSource::Bytes(_) => None,
        // Opened first: nothing is made or replaced when there is nothing to copy.
        SaveSource::File(from) => Some(std::fs::File::open(from).map_err(failed)?),
    };
    if let (SaveSource::File(from), Ok(to)) = (source, path.canonicalize())
        && from.canonicalize().is_ok_and(|from| from == to)
    {
        return Err(SaveError::Exists);
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true);
    if replace {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    let mut target = options.open(path).map_err(failed)?;
    let written = match (source, &mut original) {
        (SaveSource::Bytes(bytes), _) => target.write_all(bytes),
        (SaveSource::File(_), Some(original)) => std::io::copy(original, &mut target).map(|_| ()),
        (SaveSource::File(_), None) => Ok(()),
    };
    written
        .and_then(|()| target.sync_all())
        .map_err(|error| SaveError::Failed(error.to_string()))
}

/// A copy of this name in a folder of its own, which goes when it is dropped.
///
/// # Errors
/// What the system says.
pub(super) fn copy_for_others(file: &Path, name: &str) -> std::io::Result<(tempfile::TempDir, PathBuf)> {
    let folder = tempfile::Builder::new().prefix("recado-").tempdir()?;
    let copy = folder.path().join(name);
    std::fs::copy(file, &copy)?;
    Ok((folder, copy))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(content: &[u8]) -> SaveSource {
        SaveSource::Bytes(content.into())
    }

    #[test]
    fn a_file_is_replaced_only_when_it_was_asked_about() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        assert_eq!(write(&path, &bytes(b"one"), false), Ok(()));
        assert_eq!(write(&path, &bytes(b"two"), false), Err(SaveError::Exists));
        assert_eq!(std::fs::read(&path).unwrap(), b"one");
        assert_eq!(write(&path, &bytes(b"2"), true), Ok(()));
        assert_eq!(std::fs::read(&path).unwrap(), b"2");
        let nowhere = folder.path().join("no/such/folder/a.txt");
        assert!(matches!(
            write(&nowhere, &bytes(b""), false),
            Err(SaveError::Failed(_))
        ));
    }

    #[test]
    fn a_stored_file_is_copied_and_never_written_over_itself() {
        let folder = tempfile::tempdir().unwrap();
        let (stored, path) = (folder.path().join("0a1b"), folder.path().join("nota.ogg"));
        std::fs::write(&stored, b"voice").unwrap();
        let source = SaveSource::File(stored.clone());
        assert_eq!(write(&path, &source, false), Ok(()));
        assert_eq!(std::fs::read(&path).unwrap(), b"voice");
        assert_eq!(write(&stored, &source, true), Err(SaveError::Exists));
        assert_eq!(std::fs::read(&stored).unwrap(), b"voice");
        // What is gone replaces nothing.
        std::fs::remove_file(&stored).unwrap();
        assert!(matches!(write(&path, &source, true), Err(SaveError::Failed(_))));
        assert_eq!(std::fs::read(&path).unwrap(), b"voice");
    }
}
