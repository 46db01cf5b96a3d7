//! Reading a picture part by part while it is written anew, with what can go wrong told apart.

use crate::domain::outgoing::FileProblem;
use std::io::{self, BufRead, Read, Write};

/// What was seen of a picture while it was written anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::media) struct Seen {
    /// Its width and height in pixels, as they are stored.
    pub(in crate::media) size: (u32, u32),
    /// How it must be turned to stand upright.
    pub(in crate::media) orientation: image::metadata::Orientation,
}

/// Largest block of Exif that is looked at, in bytes.
pub(super) const EXIF_MAX: u32 = 1024 * 1024;

/// A picture that cannot be read.
pub(super) fn broken(words: &str) -> FileProblem {
    FileProblem::BadPicture(words.to_owned())
}

/// What is wrong when reading fails: a picture that is cut off, or the disk.
pub(super) fn read_problem(error: &io::Error) -> FileProblem {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => broken("it ends too early"),
        _ => FileProblem::Failed(error.to_string()),
    }
}

/// Fills the array.
pub(super) fn read_array<const LENGTH: usize>(
    source: &mut impl BufRead,
) -> Result<[u8; LENGTH], FileProblem> {
    let mut bytes = [0; LENGTH];
    source
        .read_exact(&mut bytes)
        .map_err(|error| read_problem(&error))?;
    Ok(bytes)
}

/// Reads that many bytes.
pub(super) fn read_vec(source: &mut impl BufRead, length: usize) -> Result<Vec<u8>, FileProblem> {
    let mut bytes = Vec::new();
    let read = Read::take(source, length as u64)
        .read_to_end(&mut bytes)
        .map_err(|error| read_problem(&error))?;
    if read == length {
        Ok(bytes)
    } else {
        Err(broken("it ends too early"))
    }
}

/// Passes that many bytes on, block by block.
pub(super) fn pass(
    source: &mut impl BufRead,
    mut length: u64,
    mut to: impl FnMut(&[u8]) -> Result<(), FileProblem>,
) -> Result<(), FileProblem> {
    while length > 0 {
        let block = source.fill_buf().map_err(|error| read_problem(&error))?;
        if block.is_empty() {
            return Err(broken("it ends too early"));
        }
        let part = usize::try_from(length).map_or(block.len(), |length| length.min(block.len()));
        to(&block[..part])?;
        source.consume(part);
        length -= part as u64;
    }
    Ok(())
}

/// Writes all of it.
pub(super) fn write(out: &mut impl Write, bytes: &[u8]) -> Result<(), FileProblem> {
    out.write_all(bytes)
        .map_err(|error| super::super::folder::write_problem(&error))
}

/// How a block of Exif says the picture must be turned. Some programs put a mark in front of it.
pub(super) fn orientation_in(exif: &[u8]) -> Option<image::metadata::Orientation> {
    let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    image::metadata::Orientation::from_exif_chunk(exif)
}
