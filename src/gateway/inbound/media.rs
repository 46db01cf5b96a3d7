//! Files that came, written to the folder for media: under random names, for the owner's eyes only, hashed as they are
//! written, on the disk with their names before anyone is told of them.

use super::kinds::{FileKind, HEAD_BYTES, kind_of};
use super::names::{shown_file_name, told_extension};
use crate::domain::incoming::StoredFile;
use sha2::{Digest, Sha256};
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The folder.
#[derive(Debug, Clone)]
pub(in crate::gateway) struct MediaFolder(PathBuf);

impl MediaFolder {
    /// A folder that need not exist yet.
    pub(in crate::gateway) fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Begins a new file.
    pub(in crate::gateway) fn begin(&self) -> io::Result<MediaWriter> {
        let name = format!("{:032x}", rand::random::<u128>());
        let path = self.0.join(&name);
        let file = match owner_only().open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.make()?;
                owner_only().open(&path)?
            }
            other => other?,
        };
        Ok(MediaWriter {
            file,
            name,
            folder: self.0.clone(),
            unkept: Unkept(Some(path)),
            hash: Sha256::new(),
            bytes: 0,
            head: Vec::new(),
        })
    }

    fn make(&self) -> io::Result<()> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.0)?;
        // Its own name is to last like those of the files in it.
        #[cfg(unix)]
        if let Some(parent) = self.0.parent() {
            File::open(parent)?.sync_all()?;
        }
        Ok(())
    }
}

fn owner_only() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// A file that is removed again unless somebody keeps it.
#[derive(Debug)]
pub(in crate::gateway) struct Unkept(Option<PathBuf>);

impl Unkept {
    /// It stays.
    pub(in crate::gateway) fn keep(mut self) {
        self.0 = None;
    }
}

impl Drop for Unkept {
    fn drop(&mut self) {
        if let Some(path) = self.0.take()
            && let Err(error) = std::fs::remove_file(&path)
        {
            tracing::warn!(%error, "a file that is not needed could not be removed");
        }
    }
}

/// A file being written.
#[derive(Debug)]
pub(in crate::gateway) struct MediaWriter {
    file: File,
    name: String,
    folder: PathBuf,
    unkept: Unkept,
    hash: Sha256,
    bytes: u64,
    head: Vec<u8>,
}

impl MediaWriter {
    /// Writes more.
    pub(in crate::gateway) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let missing = HEAD_BYTES.saturating_sub(self.head.len());
        self.head.extend_from_slice(&bytes[..bytes.len().min(missing)]);
        self.hash.update(bytes);
        self.bytes += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.file.write_all(bytes)
    }

    /// Brings it to the disk, its name too.
    pub(in crate::gateway) fn finish(self) -> io::Result<FreshFile> {
        self.file.sync_all()?;
        // Elsewhere a folder cannot be opened as a file; the file system keeps its names by itself.
        #[cfg(unix)]
        File::open(&self.folder)?.sync_all()?;
        #[cfg(not(unix))]
        let _ = &self.folder;
        Ok(FreshFile {
            stored_name: self.name,
            bytes: self.bytes,
            sha256: self.hash.finalize().into(),
            head: self.head,
            unkept: self.unkept,
        })
    }
}

/// A file on the disk.
#[derive(Debug)]
pub(in crate::gateway) struct FreshFile {
    stored_name: String,
    bytes: u64,
    sha256: [u8; 32],
    head: Vec<u8>,
    unkept: Unkept,
}

impl FreshFile {
    /// Its size in bytes.
    pub(in crate::gateway) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// What is stored of it, with a name made from what the sender calls it.
    pub(in crate::gateway) fn named(self, reference: &str) -> (StoredFile, Unkept) {
        let complete = usize::try_from(self.bytes) == Ok(self.head.len());
        let kind: FileKind = kind_of(&self.head, complete, told_extension(reference).as_deref());
        let stored = StoredFile {
            stored_name: self.stored_name,
            name: shown_file_name(reference, kind.extension),
            bytes: self.bytes,
            mime: kind.mime.to_owned(),
            sha256: self.sha256,
        };
        (stored, self.unkept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        std::fs::read_dir(folder)
            .map(|entries| {
                entries
                    .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
                    .collect()
            })
            .unwrap_or_default()
    }

    #[test]
    fn a_file_is_kept_only_if_somebody_keeps_it() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("new").join("media");
        let folder = MediaFolder::new(&path);
        drop(folder.begin().unwrap());
        let mut writer = folder.begin().unwrap();
        writer.write(b"\x89PNG\r\n\x1a\n").unwrap();
        writer.write(&[0; 100]).unwrap();
        drop(writer.finish().unwrap());
        assert_eq!(names(&path), Vec::<String>::new());

        let mut writer = folder.begin().unwrap();
        writer.write(b"ab").unwrap();
        writer.write(b"c").unwrap();
        let (stored, unkept) = writer.finish().unwrap().named("nota.PNG");
        unkept.keep();
        assert_eq!(names(&path), std::slice::from_ref(&stored.stored_name));
        assert_eq!(
            (stored.bytes, stored.mime.as_str(), stored.name.as_str()),
            (3, "text/plain", "nota.txt")
        );
        assert_eq!(
            stored.sha256[..4],
            [0xba, 0x78, 0x16, 0xbf],
            "the digest of \"abc\" begins so"
        );
        assert_eq!(std::fs::read(stored.path(&path)).unwrap(), b"abc");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&path), mode(&stored.path(&path))), (0o700, 0o600));
        }
    }
}
