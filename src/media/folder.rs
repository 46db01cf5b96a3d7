//! The program's folder for media: files come into it under random names, for the owner's eyes only, and are on the disk
//! with their names before anyone is told of them. What is not kept is removed again.

use crate::domain::outgoing::FileProblem;
use sha2::{Digest, Sha256};
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Largest file that is taken in, in bytes, whatever a gateway takes.
pub(super) const FILE_MAX: u64 = 512 * 1024 * 1024;

/// How much is copied at a time, in bytes.
const BLOCK: usize = 256 * 1024;

/// A file being written into the folder. Dropped without [`NewFile::keep`] it is removed.
#[derive(Debug)]
pub(super) struct NewFile {
    file: File,
    name: String,
    path: PathBuf,
    kept: bool,
    hash: Sha256,
    bytes: u64,
    only_text: bool,
}

/// What was kept.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) stored_name: String,
    pub(super) bytes: u64,
    pub(super) sha256: [u8; 32],
}

impl NewFile {
    /// Begins a file under a random name. Makes the folder if there is none.
    pub(super) fn begin(folder: &Path) -> Result<Self, FileProblem> {
        let name = format!("{:032x}", rand::random::<u128>());
        let path = folder.join(&name);
        let file = match owner_only().open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                make_folder(folder).and_then(|()| owner_only().open(&path))
            }
            other => other,
        }
        .map_err(|error| write_problem(&error))?;
        Ok(Self {
            file,
            name,
            path,
            kept: false,
            hash: Sha256::new(),
            bytes: 0,
            only_text: true,
        })
    }

    /// Copies a source into it, block by block. What it holds when it is read is what counts; it may change meanwhile.
    pub(super) fn copy(&mut self, source: &mut impl Read) -> Result<(), FileProblem> {
        let mut block = vec![0; BLOCK];
        loop {
            let length = match source.read(&mut block) {
                Ok(0) => return Ok(()),
                Ok(length) => length,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(FileProblem::Unreadable(error.to_string())),
            };
            let sum = self.bytes.saturating_add(length as u64);
            if sum > FILE_MAX {
                return Err(too_large_at_all(sum));
            }
            self.write_all(&block[..length])
                .map_err(|error| write_problem(&error))?;
        }
    }

    /// How many bytes it has.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Whether no byte of it is a control character that texts do not have.
    pub(super) fn only_text(&self) -> bool {
        self.only_text
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Opens what was written so far for reading.
    pub(super) fn read_back(&self) -> Result<File, FileProblem> {
        File::open(&self.path).map_err(|error| FileProblem::Failed(error.to_string()))
    }

    /// Brings it to the disk, its name too.
    pub(super) fn keep(mut self) -> Result<Kept, FileProblem> {
        self.file.sync_all().map_err(|error| write_problem(&error))?;
        // Elsewhere a folder cannot be opened as a file; the file system keeps its names by itself.
        #[cfg(unix)]
        if let Some(folder) = self.path.parent() {
            File::open(folder)
                .and_then(|folder| folder.sync_all())
                .map_err(|error| write_problem(&error))?;
        }
        self.kept = true;
        Ok(Kept {
            stored_name: std::mem::take(&mut self.name),
            bytes: self.bytes,
            sha256: std::mem::take(&mut self.hash).finalize().into(),
        })
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = self.file.write(bytes)?;
        let written = &bytes[..length];
        self.hash.update(written);
        self.bytes += length as u64;
        self.only_text = self.only_text && written.iter().all(|byte| super::plain_text::may_be_text(*byte));
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if !self.kept
            && let Err(error) = std::fs::remove_file(&self.path)
        {
            tracing::warn!(%error, "a file that is not needed could not be removed");
        }
    }
}

/// Opens a file of the operator's: a real one, not a folder, a pipe that never ends, or a device.
pub(super) fn open_source(path: &Path) -> Result<File, FileProblem> {
    let unreadable = |error: io::Error| FileProblem::Unreadable(error.to_string());
    // Before it is opened, because opening a pipe waits for its other end, and after, because it may have been changed.
    if !std::fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(FileProblem::NotAFile);
    }
    let file = File::open(path).map_err(unreadable)?;
    let facts = file.metadata().map_err(unreadable)?;
    if !facts.is_file() {
        return Err(FileProblem::NotAFile);
    }
    if facts.len() > FILE_MAX {
        return Err(too_large_at_all(facts.len()));
    }
    Ok(file)
}

/// What is wrong when something cannot be written.
pub(super) fn write_problem(error: &io::Error) -> FileProblem {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => FileProblem::NoRoom,
        _ => FileProblem::Failed(error.to_string()),
    }
}

fn too_large_at_all(bytes: u64) -> FileProblem {
    FileProblem::TooLarge {
        bytes,
        max_bytes: FILE_MAX,
        shrinkable: false,
    }
}

fn owner_only() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    // Its own name is to last like those of the files in it.
    #[cfg(unix)]
    if let Some(parent) = folder.parent() {
        File::open(parent)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files_in(folder: &Path) -> usize {
        std::fs::read_dir(folder).map_or(0, Iterator::count)
    }

    /// A source that says nothing of its length.
    struct Endless;

    impl Read for Endless {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            into.fill(b'x');
            Ok(into.len())
        }
    }

    #[test]
    fn what_is_kept_is_whole_and_the_owners() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a/media");
        let mut new = NewFile::begin(&deep).unwrap();
        new.copy(&mut &b"abc"[..]).unwrap();
        assert!(new.only_text() && new.bytes() == 3);
        let kept = new.keep().unwrap();
        assert_eq!((kept.bytes, kept.stored_name.len()), (3, 32));
        assert_eq!(kept.sha256[..4], [0xba, 0x78, 0x16, 0xbf]);
        let path = deep.join(&kept.stored_name);
        assert_eq!(std::fs::read(&path).unwrap(), b"abc");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(
                std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
                0o600
            );
            assert_eq!(
                std::fs::metadata(&deep).unwrap().permissions().mode() & 0o777,
                0o700
            );
        }
    }

    #[test]
    fn what_is_not_kept_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut new = NewFile::begin(folder.path()).unwrap();
        new.write_all(b"\0half").unwrap();
        assert!(!new.only_text());
        drop(new);
        assert_eq!(files_in(folder.path()), 0);
        // One that grows for ever is given up.
        let mut new = NewFile::begin(folder.path()).unwrap();
        let result = new.copy(&mut Endless);
        assert!(matches!(
            result,
            Err(FileProblem::TooLarge {
                max_bytes: FILE_MAX,
                ..
            })
        ));
        drop(new);
        assert_eq!(files_in(folder.path()), 0);
    }

    #[test]
    fn a_full_disk_is_told_apart() {
        for kind in [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded] {
            assert_eq!(write_problem(&kind.into()), FileProblem::NoRoom);
        }
        assert!(matches!(
            write_problem(&io::ErrorKind::PermissionDenied.into()),
            FileProblem::Failed(_)
        ));
        // A folder that cannot be made.
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, b"x").unwrap();
        assert!(matches!(NewFile::begin(&file), Err(FileProblem::Failed(_))));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn only_files_are_opened() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe.pdf");
        assert!(
            std::process::Command::new("mkfifo")
                .arg(&pipe)
                .status()
                .unwrap()
                .success()
        );
        for path in [
            folder.path(),
            &pipe,
            Path::new("/dev/zero"),
            Path::new("/dev/null"),
        ] {
            assert_eq!(
                open_source(path).unwrap_err(),
                FileProblem::NotAFile,
                "{}",
                path.display()
            );
        }
        assert!(matches!(
            open_source(&folder.path().join("none")),
            Err(FileProblem::Unreadable(_))
        ));
        let sparse = folder.path().join("sparse.pdf");
        File::create(&sparse).unwrap().set_len(1 << 40).unwrap();
        assert!(matches!(open_source(&sparse), Err(FileProblem::TooLarge { bytes, .. }) if bytes == 1 << 40));
    }
}
