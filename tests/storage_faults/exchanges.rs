//! HTTP as it stands in a trace: which calls were answered 2xx, and when; what left for the gateway, and when.

use crate::trace::Record;
use std::collections::BTreeMap;

/// A call that came and was answered 2xx.
pub struct Answered {
    /// The record in which the answer began to leave.
    pub at: usize,
    /// The body of the call.
    pub body: Vec<u8>,
}

/// What went over the network.
#[derive(Default)]
pub struct Exchanges {
    /// Calls that came (`POST`), in the order of their answers.
    pub answered: Vec<Answered>,
    /// What left through each connection of ours.
    left: Vec<Left>,
}

/// What left through one connection.
#[derive(Default)]
struct Left {
    bytes: Vec<u8>,
    /// Where in them each record began, and which it was.
    begins: Vec<(usize, usize)>,
}

enum Side {
    /// Somebody calls us: what came and is not answered yet.
    Called(Vec<u8>),
    /// We call: the number of the connection in [`Exchanges::left`].
    Calling(usize),
}

/// Reads the network's part of a trace.
pub fn read(records: &[Record]) -> Exchanges {
    let mut found = Exchanges::default();
    let mut open: BTreeMap<i32, Side> = BTreeMap::new();
    for (at, record) in records.iter().enumerate() {
        match record {
            Record::Accept { file } => drop(open.insert(*file, Side::Called(Vec::new()))),
            Record::Connect { file } => {
                open.insert(*file, Side::Calling(found.left.len()));
                found.left.push(Left::default());
            }
            Record::Close { file } => drop(open.remove(file)),
            Record::Received { file, bytes } => {
                if let Some(Side::Called(came)) = open.get_mut(file) {
                    came.extend(bytes);
                }
            }
            Record::Sent { file, bytes } => match open.get_mut(file) {
                Some(Side::Called(came)) => found.answered.extend(answered(at, came, bytes)),
                Some(Side::Calling(number)) => {
                    let left = &mut found.left[*number];
                    left.begins.push((left.bytes.len(), at));
                    left.bytes.extend(bytes);
                }
                None => {}
            },
            _ => {}
        }
    }
    found
}

/// The call that is answered by what leaves now, if that is the beginning of an answer; it is taken away from what came.
fn answered(at: usize, came: &mut Vec<u8>, leaves: &[u8]) -> Option<Answered> {
    if !leaves.starts_with(b"HTTP/1.1 ") {
        return None;
    }
    let head_end = find(came, b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&came[..head_end]).to_lowercase();
    assert!(
        !head.contains("transfer-encoding"),
        "the played gateway tells lengths"
    );
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))
        .map_or(0, |length| length.trim().parse().unwrap());
    // An answer may come before the whole call has.
    let end = (head_end + length).min(came.len());
    let call: Vec<u8> = came.drain(..end).collect();
    let taken = leaves.starts_with(b"HTTP/1.1 2") && head.starts_with("post ");
    taken.then(|| Answered {
        at,
        body: call[head_end..].to_vec(),
    })
}

impl Exchanges {
    /// The record with which these words first left, as a whole.
    pub fn left_at(&self, words: &str) -> Option<usize> {
        let places = self.left.iter().filter_map(|left| {
            let last = find(&left.bytes, words.as_bytes())? + words.len() - 1;
            let (_, record) = left.begins.iter().rev().find(|(begin, _)| *begin <= last)?;
            Some(*record)
        });
        places.min()
    }
}

/// Where something begins.
pub fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}
