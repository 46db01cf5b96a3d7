//! The library that stands between a program and its files: compiled once, and what it is told.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// How large the counter's file is, in bytes.
const COUNTER_BYTES: usize = 256;
/// A disk without room.
pub const ENOSPC: i32 = 28;
/// A disk that does not answer as it should.
pub const EIO: i32 = 5;

/// Compiles it, the first time it is asked for, with the compiler that the program's own build needs.
fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        std::fs::create_dir_all(folder).unwrap();
        let target = folder.join("storage_faults_shim.so");
        // Another run of the tests may be using the one that is there.
        let fresh = folder.join(format!("storage_faults_shim-{}.so", std::process::id()));
        let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
        let done = Command::new(compiler)
            .args(["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o"])
            .arg(&fresh)
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/storage_faults/shim.c"))
            .args(["-ldl", "-lpthread"])
            .output()
            .expect("a C compiler, which the program needs too");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        std::fs::rename(&fresh, &target).unwrap();
        target
    })
}

/// Which operations fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failing {
    /// With which error.
    pub errno: i32,
    /// The first, counted from one.
    pub at: u64,
    /// How many from there on.
    pub count: u64,
}

/// What a child's library is told.
pub struct Shim {
    /// The folder whose files are meant.
    pub root: PathBuf,
    /// Where the child writes its marks.
    pub marks: PathBuf,
    /// Where everything is written down.
    pub trace: Option<PathBuf>,
    /// What fails.
    pub failing: Option<Failing>,
    counter: PathBuf,
}

impl Shim {
    /// `scratch` is a folder for what it writes itself, outside of `root`.
    pub fn new(root: &Path, scratch: &Path) -> Self {
        let counter = scratch.join("counter");
        std::fs::write(&counter, [0; COUNTER_BYTES]).unwrap();
        Self {
            root: root.canonicalize().unwrap(),
            marks: scratch.join("marks"),
            trace: None,
            failing: None,
            counter,
        }
    }

    /// Has a process begin with it.
    pub fn load_into(&self, process: &mut Command) {
        process
            .env("LD_PRELOAD", library())
            .env("RECADO_SHIM_ROOT", &self.root)
            .env("RECADO_SHIM_MARKS", &self.marks)
            .env("RECADO_SHIM_COUNTER", &self.counter);
        if let Some(trace) = &self.trace {
            process.env("RECADO_SHIM_TRACE", trace);
        }
        if let Some(failing) = self.failing {
            process
                .env("RECADO_SHIM_ERRNO", failing.errno.to_string())
                .env("RECADO_SHIM_FAIL_AT", failing.at.to_string())
                .env("RECADO_SHIM_FAIL_COUNT", failing.count.to_string());
        }
    }

    /// What it has counted.
    pub fn counted(&self) -> Counted {
        let bytes = std::fs::read(&self.counter).unwrap();
        let number = |at: usize| u64::from_ne_bytes(bytes[at..at + 8].try_into().unwrap());
        let words = bytes[16..].split(|byte| *byte == 0).next().unwrap();
        Counted {
            operations: number(0),
            failed: number(8),
            first: String::from_utf8_lossy(words).into_owned(),
        }
    }
}

/// What happened to a child's operations.
#[derive(Debug)]
pub struct Counted {
    /// How many there were that could fail with that error.
    pub operations: u64,
    /// How many failed.
    pub failed: u64,
    /// The first of them.
    pub first: String,
}
