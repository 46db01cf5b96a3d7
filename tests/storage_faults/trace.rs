//! What the library has written down.

use std::path::Path;

/// One thing that was done, in the order it was done. Paths are below the folder; a descriptor is a file until it is
/// closed.
#[derive(Debug, PartialEq, Eq)]
pub enum Record {
    /// A file or folder was opened, and made or emptied if these flags of `open` say so.
    Open { file: i32, flags: i32, path: String },
    /// A descriptor is free.
    Close { file: i32 },
    /// Bytes were written to a file.
    Write { file: i32, at: u64, bytes: Vec<u8> },
    /// A file got this length.
    Truncate { file: i32, length: u64 },
    /// A file or folder was brought to the disk.
    Sync { file: i32 },
    /// A name went.
    Unlink { path: String },
    /// A name became another.
    Rename { from: String, to: String },
    /// A folder was made.
    MakeFolder { path: String },
    /// A folder went.
    RemoveFolder { path: String },
    /// A file got a second name.
    Link { from: String, to: String },
    /// Bytes left through a connection.
    Sent { file: i32, bytes: Vec<u8> },
    /// Bytes came through one.
    Received { file: i32, bytes: Vec<u8> },
    /// The child said something.
    Mark { words: String },
    /// A connection came.
    Accept { file: i32 },
    /// A connection was begun.
    Connect { file: i32 },
}

const HEAD_BYTES: usize = 24;

/// Reads a whole trace.
pub fn read(path: &Path) -> Vec<Record> {
    let all = std::fs::read(path).unwrap();
    let mut rest = all.as_slice();
    let mut records = Vec::new();
    while let Some((head, after)) = rest.split_at_checked(HEAD_BYTES) {
        let number = |at: usize| u32::from_ne_bytes(head[at..at + 4].try_into().unwrap());
        let value = u64::from_ne_bytes(head[8..16].try_into().unwrap());
        let (one, after) = after.split_at(number(16) as usize);
        let (two, after) = after.split_at(number(20) as usize);
        records.push(record(number(0), number(4).cast_signed(), value, one, two));
        rest = after;
    }
    assert!(rest.is_empty(), "half a record");
    records
}

fn record(what: u32, file: i32, value: u64, one: &[u8], two: &[u8]) -> Record {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    match what {
        1 => Record::Open {
            file,
            flags: i32::try_from(value & 0x7fff_ffff).unwrap(),
            path: text(one),
        },
        2 => Record::Close { file },
        3 => Record::Write {
            file,
            at: value,
            bytes: one.to_vec(),
        },
        4 => Record::Truncate { file, length: value },
        5 => Record::Sync { file },
        6 => Record::Unlink { path: text(one) },
        7 => Record::Rename {
            from: text(one),
            to: text(two),
        },
        8 => Record::MakeFolder { path: text(one) },
        9 => Record::RemoveFolder { path: text(one) },
        10 => Record::Link {
            from: text(one),
            to: text(two),
        },
        11 => Record::Sent {
            file,
            bytes: one.to_vec(),
        },
        12 => Record::Received {
            file,
            bytes: one.to_vec(),
        },
        13 => Record::Mark { words: text(one) },
        14 => Record::Accept { file },
        15 => Record::Connect { file },
        other => panic!("no record: {other}"),
    }
}
