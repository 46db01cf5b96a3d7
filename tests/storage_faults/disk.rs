//! A disk as it may be after the power went: everything that was synced is there; of what was not, any part may be.

use crate::trace::Record;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What a disk writes as a whole, in bytes.
const SECTOR: usize = 512;
/// What `open` is told to make a file, or to empty it.
const O_CREAT: i32 = 0o100;
const O_TRUNC: i32 = 0o1000;

/// Which syncs are kept: a control leaves some out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syncs {
    /// All.
    All,
    /// None of the database's, as with `synchronous=OFF`.
    NoneOfDatabase,
    /// None of received and attached files.
    NoneOfMedia,
    /// None of the folders'.
    NoneOfFolders,
}

impl Syncs {
    /// Whether one of this path, a folder or a file, is kept.
    fn keep(self, path: &str, is_folder: bool) -> bool {
        match self {
            Self::All => true,
            Self::NoneOfDatabase => !path.contains("recado.sqlite3") && !path.ends_with("data"),
            Self::NoneOfMedia => is_folder || !path.contains("media/"),
            Self::NoneOfFolders => !is_folder,
        }
    }
}

/// How much of what was not synced is there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Luck {
    /// Nothing.
    None,
    /// Everything.
    All,
    /// Each sector, each length and each name with this chance.
    Each(f64),
}

impl Luck {
    fn holds(self, random: &mut StdRng) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Each(chance) => random.random_bool(chance),
        }
    }
}

/// Something done to a file's bytes.
enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Truncate(usize),
}

/// A file's bytes: on the disk for sure, and what came since.
#[derive(Default)]
struct Body {
    synced: Vec<u8>,
    since: Vec<Change>,
}

impl Body {
    fn sync(&mut self) {
        for change in std::mem::take(&mut self.since) {
            match change {
                Change::Write { at, bytes } => put(&mut self.synced, at, &bytes),
                Change::Truncate(length) => self.synced.resize(length, 0),
            }
        }
    }

    fn after(&self, luck: Luck, random: &mut StdRng) -> Vec<u8> {
        let mut content = self.synced.clone();
        for change in &self.since {
            match change {
                Change::Write { at, bytes } => {
                    let mut done = 0;
                    while done < bytes.len() {
                        let place = at + done;
                        let length = (SECTOR - place % SECTOR).min(bytes.len() - done);
                        if luck.holds(random) {
                            put(&mut content, place, &bytes[done..done + length]);
                        }
                        done += length;
                    }
                }
                Change::Truncate(length) if luck.holds(random) => content.resize(*length, 0),
                Change::Truncate(_) => {}
            }
        }
        content
    }
}

fn put(content: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    let end = at + bytes.len();
    if content.len() < end {
        content.resize(end, 0);
    }
    content[at..end].copy_from_slice(bytes);
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    Folder,
    /// The body with this number.
    File(usize),
}

/// Something done to names: these became something or nothing, together.
struct Naming {
    names: Vec<(String, Option<Entry>)>,
}

/// A disk, and what runs on it.
pub struct Disk {
    syncs: Syncs,
    bodies: Vec<Body>,
    open: BTreeMap<i32, (String, Entry)>,
    now: BTreeMap<String, Entry>,
    synced: BTreeMap<String, Entry>,
    since: Vec<Naming>,
}

impl Disk {
    pub fn new(syncs: Syncs) -> Self {
        let root = BTreeMap::from([(String::new(), Entry::Folder)]);
        Self {
            syncs,
            bodies: Vec::new(),
            open: BTreeMap::new(),
            now: root.clone(),
            synced: root,
            since: Vec::new(),
        }
    }

    /// Does what was done.
    pub fn apply(&mut self, record: &Record) {
        match record {
            Record::Open { file, flags, path } => self.opened(*file, *flags, path),
            Record::Close { file } => drop(self.open.remove(file)),
            Record::Write { file, at, bytes } => {
                let at = usize::try_from(*at).unwrap();
                let bytes = bytes.clone();
                self.body(*file).since.push(Change::Write { at, bytes });
            }
            Record::Truncate { file, length } => {
                let length = usize::try_from(*length).unwrap();
                self.body(*file).since.push(Change::Truncate(length));
            }
            Record::Sync { file } => self.sync(*file),
            Record::Unlink { path } | Record::RemoveFolder { path } => self.name(vec![(path.clone(), None)]),
            Record::MakeFolder { path } => self.name(vec![(path.clone(), Some(Entry::Folder))]),
            Record::Rename { from, to } => {
                let entry = self.now[from];
                assert_ne!(entry, Entry::Folder, "folders are not renamed here");
                self.name(vec![(from.clone(), None), (to.clone(), Some(entry))]);
            }
            Record::Link { from, to } => {
                let entry = self.now[from];
                self.name(vec![(to.clone(), Some(entry))]);
            }
            Record::Sent { .. }
            | Record::Received { .. }
            | Record::Mark { .. }
            | Record::Accept { .. }
            | Record::Connect { .. } => {}
        }
    }

    fn opened(&mut self, file: i32, flags: i32, path: &str) {
        let entry = match self.now.get(path) {
            Some(entry) => *entry,
            None => {
                assert_ne!(flags & O_CREAT, 0, "{path} was there before");
                let entry = Entry::File(self.bodies.len());
                self.bodies.push(Body::default());
                self.name(vec![(path.to_owned(), Some(entry))]);
                entry
            }
        };
        if let Entry::File(body) = entry
            && flags & O_TRUNC != 0
        {
            self.bodies[body].since.push(Change::Truncate(0));
        }
        self.open.insert(file, (path.to_owned(), entry));
    }

    fn body(&mut self, file: i32) -> &mut Body {
        match self.open[&file].1 {
            Entry::File(body) => &mut self.bodies[body],
            Entry::Folder => panic!("a folder is not written to"),
        }
    }

    fn name(&mut self, names: Vec<(String, Option<Entry>)>) {
        set(&mut self.now, &names);
        self.since.push(Naming { names });
    }

    fn sync(&mut self, file: i32) {
        let (path, entry) = self.open[&file].clone();
        if !self.syncs.keep(&path, entry == Entry::Folder) {
            return;
        }
        match entry {
            Entry::File(body) => self.bodies[body].sync(),
            Entry::Folder => {
                let synced = &mut self.synced;
                self.since.retain(|naming| {
                    let is_here = naming.names.iter().any(|(name, _)| folder_of(name) == path);
                    if is_here {
                        set(synced, &naming.names);
                    }
                    !is_here
                });
            }
        }
    }

    /// Writes into a folder what may be there when the power goes now.
    pub fn cut(&self, into: &Path, luck: Luck, seed: u64) {
        let mut random = StdRng::seed_from_u64(seed);
        let mut names = self.synced.clone();
        for naming in &self.since {
            if luck.holds(&mut random) {
                set(&mut names, &naming.names);
            }
        }
        // Folders come before what is in them; what is in none is lost.
        let mut folders = BTreeSet::from([""]);
        for (name, entry) in &names {
            let path = into.join(name);
            if !folders.contains(folder_of(name)) {
                continue;
            }
            match entry {
                Entry::Folder => {
                    folders.insert(name);
                    std::fs::create_dir_all(path).unwrap();
                }
                // The index that processes share is never synced: anything may stand there.
                Entry::File(_) if name.ends_with("-shm") => {
                    std::fs::write(path, vec![random.random(); 32_768]).unwrap();
                }
                Entry::File(body) => {
                    std::fs::write(path, self.bodies[*body].after(luck, &mut random)).unwrap()
                }
            }
        }
    }
}

fn set(names: &mut BTreeMap<String, Entry>, changes: &[(String, Option<Entry>)]) {
    for (name, entry) in changes {
        match entry {
            Some(entry) => names.insert(name.clone(), *entry),
            None => names.remove(name),
        };
    }
}

fn folder_of(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[test]
fn what_was_synced_stays_and_what_was_not_may_go() {
    let mut disk = Disk::new(Syncs::All);
    let path = |path: &str| path.to_owned();
    let (root, file) = (3, 4);
    disk.apply(&Record::Open {
        file: root,
        flags: 0,
        path: path(""),
    });
    for name in ["kept", "nameless"] {
        disk.apply(&Record::Open {
            file,
            flags: O_CREAT,
            path: path(name),
        });
        disk.apply(&Record::Write {
            file,
            at: 0,
            bytes: vec![1; 1_000],
        });
        disk.apply(&Record::Sync { file });
        if name == "kept" {
            disk.apply(&Record::Sync { file: root });
            disk.apply(&Record::Write {
                file,
                at: 512,
                bytes: vec![2; 1_000],
            });
        }
        disk.apply(&Record::Close { file });
    }
    let after = |luck| {
        let folder = tempfile::tempdir().unwrap();
        disk.cut(folder.path(), luck, 1);
        ["kept", "nameless"].map(|name| std::fs::read(folder.path().join(name)).ok())
    };
    assert_eq!(after(Luck::None), [Some(vec![1; 1_000]), None]);
    let mut whole = vec![1; 512];
    whole.extend([2; 1_000]);
    assert_eq!(after(Luck::All), [Some(whole), Some(vec![1; 1_000])]);
    // One of its two new sectors.
    let torn = (0..64).any(|seed| {
        let folder = tempfile::tempdir().unwrap();
        disk.cut(folder.path(), Luck::Each(0.5), seed);
        let content = std::fs::read(folder.path().join("kept")).unwrap();
        content.len() == 1_512 && (content[512], content[1_024]) == (1, 2)
    });
    assert!(torn);
}
