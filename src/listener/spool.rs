//! Large bodies on their way to the store: files under random names that only we can read and that nobody keeps.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tempfile::TempPath;
use tokio::io::{AsyncWriteExt, BufWriter};

/// Bytes collected before they are written.
const BUFFER_BYTES: usize = 256 * 1024;
/// How the names of all spool files begin.
const PREFIX: &str = "spool-";

/// How the names of this run's files begin: what an earlier run left behind is told from what is in use.
fn prefix_of_this_run() -> &'static str {
    static PREFIX_OF_THIS_RUN: OnceLock<String> = OnceLock::new();
    PREFIX_OF_THIS_RUN.get_or_init(|| format!("{PREFIX}{:016x}-", rand::random::<u64>()))
}

/// A file that is being written. Dropped before its end, it is removed.
pub(super) struct SpoolFile {
    file: BufWriter<tokio::fs::File>,
    path: TempPath,
    bytes: u64,
}

impl SpoolFile {
    /// Makes one (0600) in `folder`, which is made (0700) if it is not there.
    ///
    /// # Errors
    /// What the system says.
    pub(super) async fn create(folder: PathBuf) -> io::Result<Self> {
        let made = tokio::task::spawn_blocking(move || {
            make_folder(&folder)?;
            tempfile::Builder::new()
                .prefix(prefix_of_this_run())
                .rand_bytes(16)
                .tempfile_in(&folder)
        });
        let (file, path) = made.await.map_err(io::Error::other)??.into_parts();
        Ok(Self {
            file: BufWriter::with_capacity(BUFFER_BYTES, tokio::fs::File::from_std(file)),
            path,
            bytes: 0,
        })
    }

    /// Writes more.
    ///
    /// # Errors
    /// What the system says.
    pub(super) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.bytes += bytes.len() as u64;
        self.file.write_all(bytes).await
    }

    /// The file with all of its bytes, and their number. It is not synced: it is not what is promised to be kept.
    ///
    /// # Errors
    /// What the system says.
    pub(super) async fn finish(mut self) -> io::Result<(TempPath, u64)> {
        self.file.flush().await?;
        Ok((self.path, self.bytes))
    }
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Removes what earlier runs left behind when they were killed. Tells how many files.
pub(super) fn sweep(folder: &Path) -> io::Result<usize> {
    let mut removed = 0;
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(PREFIX) && !name.starts_with(prefix_of_this_run()) {
            fs::remove_file(entry.path())?;
            removed += 1;
        }
    }
    Ok(removed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_goes_unless_it_is_finished_and_kept() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("deep/spool");
        let mut file = SpoolFile::create(folder.clone()).await.unwrap();
        file.write(b"half").await.unwrap();
        let path = file.path.to_path_buf();
        assert!(path.exists());
        drop(file);
        assert!(!path.exists());

        let mut file = SpoolFile::create(folder.clone()).await.unwrap();
        file.write(b"who").await.unwrap();
        file.write(b"le").await.unwrap();
        let (path, bytes) = file.finish().await.unwrap();
        assert_eq!((fs::read(&path).unwrap(), bytes), (b"whole".to_vec(), 5));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&path), mode(&folder)), (0o600, 0o700));
        }
    }

    #[tokio::test]
    async fn the_sweep_takes_only_what_an_earlier_run_left() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(sweep(&home.path().join("nowhere")).unwrap(), 0);
        let of_this_run = SpoolFile::create(home.path().to_owned()).await.unwrap();
        fs::write(home.path().join("spool-0000000000000000-old"), b"x").unwrap();
        fs::write(home.path().join("notes.txt"), b"x").unwrap();
        assert_eq!(sweep(home.path()).unwrap(), 1);
        assert!(of_this_run.path.exists() && home.path().join("notes.txt").exists());
        assert!(SpoolFile::create(home.path().join("notes.txt")).await.is_err());
    }
}
