//! WebP without what it tells beside the picture: Exif, XMP, unknown chunks, and whatever hangs behind its end.

use super::stream::{
    EXIF_MAX, Seen, broken, orientation_in, pass, read_array, read_problem, read_vec, write,
};
use crate::domain::outgoing::FileProblem;
use image::metadata::Orientation;
use std::io::{BufRead, Seek, SeekFrom, Write};

/// The chunks that stay: the picture, its transparency, its colour profile and its animation.
const KEPT: &[[u8; 4]] = &[
    *b"VP8X", *b"VP8 ", *b"VP8L", *b"ALPH", *b"ICCP", *b"ANIM", *b"ANMF",
];
/// How many chunks are looked at: an animation has one for each of its frames.
const CHUNKS_MAX: usize = 100_000;
/// The bits of the extended head that announce Exif and XMP.
const TELLS: u8 = 0x08 | 0x04;

struct Chunk {
    kind: [u8; 4],
    at: u64,
    length: u32,
}

impl Chunk {
    /// What it takes in the file, with its head and the byte that fills it up.
    fn whole(&self) -> u64 {
        8 + u64::from(self.length) + u64::from(self.length & 1)
    }
}

/// Writes the picture anew.
///
/// # Errors
/// [`FileProblem::BadPicture`] if it is not whole; or what is wrong with the disk.
pub(super) fn strip(source: &mut (impl BufRead + Seek), out: &mut impl Write) -> Result<Seen, FileProblem> {
    let chunks = chunks(source)?;
    let mut orientation = Orientation::NoTransforms;
    if let Some(exif) = chunks
        .iter()
        .find(|chunk| chunk.kind == *b"EXIF" && chunk.length <= EXIF_MAX)
    {
        seek(source, exif.at)?;
        let exif = read_vec(source, exif.length as usize)?;
        orientation = orientation_in(&exif).unwrap_or(orientation);
    }
    let size = size(source, &chunks)?;
    let kept = || chunks.iter().filter(|chunk| KEPT.contains(&chunk.kind));
    let length = 4 + kept().map(Chunk::whole).sum::<u64>();
    write(out, b"RIFF")?;
    let length = u32::try_from(length).map_err(|_| broken("it is too long"))?;
    write(out, &length.to_le_bytes())?;
    write(out, b"WEBP")?;
    for chunk in kept() {
        write(out, &chunk.kind)?;
        write(out, &chunk.length.to_le_bytes())?;
        seek(source, chunk.at)?;
        let mut left = u64::from(chunk.length);
        if chunk.kind == *b"VP8X" && left > 0 {
            let [flags] = read_array(source)?;
            write(out, &[flags & !TELLS])?;
            left -= 1;
        }
        pass(source, left, |part| write(out, part))?;
        if chunk.length & 1 == 1 {
            write(out, &[0])?;
        }
    }
    Ok(Seen { size, orientation })
}

/// All chunks of the file. What stands behind the length its head tells is none of it.
fn chunks(source: &mut (impl BufRead + Seek)) -> Result<Vec<Chunk>, FileProblem> {
    let there = source
        .seek(SeekFrom::End(0))
        .map_err(|error| read_problem(&error))?;
    seek(source, 0)?;
    let riff: [u8; 4] = read_array(source)?;
    let length = u64::from(u32::from_le_bytes(read_array(source)?));
    let webp: [u8; 4] = read_array(source)?;
    if riff != *b"RIFF" || webp != *b"WEBP" || length < 4 {
        return Err(broken("it does not begin like a WebP"));
    }
    let end = 8 + length;
    if end > there {
        return Err(broken("it ends too early"));
    }
    let (mut found, mut at) = (Vec::new(), 12);
    while at + 8 <= end {
        seek(source, at)?;
        let chunk = Chunk {
            kind: read_array(source)?,
            length: u32::from_le_bytes(read_array(source)?),
            at: at + 8,
        };
        // The byte that fills the last one up is missing from some.
        if at + 8 + u64::from(chunk.length) > end || found.len() >= CHUNKS_MAX {
            return Err(broken("a part of it goes beyond its end"));
        }
        at += chunk.whole();
        found.push(chunk);
    }
    Ok(found)
}

/// Width and height, from the extended head or the picture's own.
fn size(source: &mut (impl BufRead + Seek), chunks: &[Chunk]) -> Result<(u32, u32), FileProblem> {
    let pictures = [*b"VP8 ", *b"VP8L", *b"ANMF"];
    if !chunks.iter().any(|chunk| pictures.contains(&chunk.kind)) {
        return Err(broken("there is no picture in it"));
    }
    let Some(first) = chunks.first() else {
        return Err(broken("there is no picture in it"));
    };
    seek(source, first.at)?;
    let head = read_vec(source, (first.length as usize).min(10))?;
    let size = match (&first.kind, head.as_slice()) {
        (b"VP8X", &[_, _, _, _, a, b, c, d, e, f]) => (
            1 + u32::from_le_bytes([a, b, c, 0]),
            1 + u32::from_le_bytes([d, e, f, 0]),
        ),
        (b"VP8 ", &[_, _, _, 0x9d, 0x01, 0x2a, a, b, c, d]) => (
            u32::from(u16::from_le_bytes([a, b]) & 0x3fff),
            u32::from(u16::from_le_bytes([c, d]) & 0x3fff),
        ),
        (b"VP8L", &[0x2f, a, b, c, d, ..]) => {
            let bits = u32::from_le_bytes([a, b, c, d]);
            (1 + (bits & 0x3fff), 1 + (bits >> 14 & 0x3fff))
        }
        _ => return Err(broken("it tells no size")),
    };
    if size.0 == 0 || size.1 == 0 {
        return Err(broken("it tells no size"));
    }
    Ok(size)
}

fn seek(source: &mut impl Seek, to: u64) -> Result<(), FileProblem> {
    source
        .seek(SeekFrom::Start(to))
        .map(|_| ())
        .map_err(|error| read_problem(&error))
}
