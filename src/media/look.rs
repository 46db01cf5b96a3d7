//! Looking at a file here and there, without reading it whole. What cannot be read looks like the end of the file: what a
//! file is, is judged by what can be seen of it.

use std::io::{Read, Seek, SeekFrom};

/// How many of a file's first bytes are looked at.
pub(super) const HEAD_BYTES: usize = 64 * 1024;

/// A file that is looked at.
#[derive(Debug)]
pub(super) struct Look<R> {
    source: R,
    length: u64,
    head: Vec<u8>,
    only_text: bool,
}

impl<R: Read + Seek> Look<R> {
    /// Reads the first bytes. `only_text` if no byte of the file is one that texts do not have.
    pub(super) fn new(source: R, length: u64, only_text: bool) -> Self {
        let mut look = Self {
            source,
            length,
            head: Vec::new(),
            only_text,
        };
        look.head = look.at(0, HEAD_BYTES);
        look
    }

    /// Its first bytes.
    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }

    /// Its length in bytes.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Whether no byte of it is one that texts do not have.
    pub(super) fn only_text(&self) -> bool {
        self.only_text
    }

    /// At most `most` bytes from an offset on.
    pub(super) fn at(&mut self, offset: u64, most: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        if offset < self.length && self.source.seek(SeekFrom::Start(offset)).is_ok() {
            let read = self.source.by_ref().take(most as u64).read_to_end(&mut bytes);
            if let Err(error) = read {
                tracing::debug!(%error, "a part of a file could not be looked at");
            }
        }
        bytes
    }
}

#[cfg(test)]
pub(super) fn look_at(bytes: &[u8]) -> Look<std::io::Cursor<&[u8]>> {
    let only_text = bytes.iter().all(|byte| super::plain_text::may_be_text(*byte));
    Look::new(std::io::Cursor::new(bytes), bytes.len() as u64, only_text)
}
