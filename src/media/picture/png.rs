//! PNG without what it tells beside the picture: texts, Exif, times, and whatever hangs behind its end. Only chunks that
//! are needed to show it stay.

use super::stream::{EXIF_MAX, Seen, broken, orientation_in, pass, read_array, read_vec, write};
use crate::domain::outgoing::FileProblem;
use image::metadata::Orientation;
use std::io::{BufRead, Write};

const START: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// The chunks that stay: the picture, its colours and measures, and its animation.
const KEPT: &[[u8; 4]] = &[
    *b"IHDR", *b"PLTE", *b"IDAT", *b"IEND", *b"tRNS", *b"cHRM", *b"gAMA", *b"iCCP", *b"sBIT", *b"sRGB",
    *b"cICP", *b"mDCV", *b"cLLI", *b"bKGD", *b"pHYs", *b"acTL", *b"fcTL", *b"fdAT",
];

/// Writes the picture anew.
///
/// # Errors
/// [`FileProblem::BadPicture`] if it is not whole; or what is wrong with the disk.
pub(super) fn strip(source: &mut impl BufRead, out: &mut impl Write) -> Result<Seen, FileProblem> {
    if read_array(source)? != START {
        return Err(broken("it does not begin like a PNG"));
    }
    write(out, &START)?;
    let mut size = None;
    let mut orientation = None;
    let mut pixels = false;
    loop {
        let length = u32::from_be_bytes(read_array(source)?);
        let kind: [u8; 4] = read_array(source)?;
        if length > i32::MAX.cast_unsigned() || (size.is_none() && kind != *b"IHDR") {
            return Err(broken("its parts are out of order"));
        }
        match &kind {
            b"IHDR" => {
                let head = small_chunk(source, kind, length)?;
                size = Some(size_in(&head, size)?);
                write_chunk(out, kind, &head)?;
            }
            b"eXIf" if length <= EXIF_MAX => {
                orientation = orientation.or(orientation_in(&small_chunk(source, kind, length)?));
            }
            _ if KEPT.contains(&kind) => {
                pixels |= kind == *b"IDAT";
                write(out, &length.to_be_bytes())?;
                write(out, &kind)?;
                let sum = pass_chunk(source, kind, length, |part| write(out, part))?;
                write(out, &sum.to_be_bytes())?;
            }
            // A large first letter means that the picture cannot be shown without it.
            [first, ..] if first.is_ascii_uppercase() => return Err(broken("it has an unknown part")),
            _ => {
                pass_chunk(source, kind, length, |_| Ok(()))?;
            }
        }
        if kind == *b"IEND" {
            break;
        }
    }
    match size {
        Some(size) if pixels => Ok(Seen {
            size,
            orientation: orientation.unwrap_or(Orientation::NoTransforms),
        }),
        _ => Err(broken("there is no picture in it")),
    }
}

fn size_in(head: &[u8], before: Option<(u32, u32)>) -> Result<(u32, u32), FileProblem> {
    let number = |at: usize| {
        let bytes: [u8; 4] = head.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_be_bytes(bytes))
    };
    match (number(0), number(4), head.len(), before) {
        (Some(width), Some(height), 13, None)
            if (1..=i32::MAX.cast_unsigned()).contains(&width)
                && (1..=i32::MAX.cast_unsigned()).contains(&height) =>
        {
            Ok((width, height))
        }
        _ => Err(broken("it tells no size")),
    }
}

/// A chunk's content, checked.
fn small_chunk(source: &mut impl BufRead, kind: [u8; 4], length: u32) -> Result<Vec<u8>, FileProblem> {
    if length > EXIF_MAX {
        return Err(broken("a part is too long"));
    }
    let content = read_vec(source, length as usize)?;
    check_sum(source, sum(sum(u32::MAX, &kind), &content))?;
    Ok(content)
}

fn write_chunk(out: &mut impl Write, kind: [u8; 4], content: &[u8]) -> Result<(), FileProblem> {
    let length = u32::try_from(content.len()).map_err(|_| broken("a part is too long"))?;
    write(out, &length.to_be_bytes())?;
    write(out, &kind)?;
    write(out, content)?;
    write(out, &(!sum(sum(u32::MAX, &kind), content)).to_be_bytes())
}

/// Passes a chunk's content on; answers its check sum.
fn pass_chunk(
    source: &mut impl BufRead,
    kind: [u8; 4],
    length: u32,
    mut to: impl FnMut(&[u8]) -> Result<(), FileProblem>,
) -> Result<u32, FileProblem> {
    let mut state = sum(u32::MAX, &kind);
    pass(source, u64::from(length), |part| {
        state = sum(state, part);
        to(part)
    })?;
    check_sum(source, state)?;
    Ok(!state)
}

fn check_sum(source: &mut impl BufRead, state: u32) -> Result<(), FileProblem> {
    if u32::from_be_bytes(read_array(source)?) == !state {
        Ok(())
    } else {
        Err(broken("a part is damaged"))
    }
}

/// The check sum of the format (CRC-32), carried on over more bytes.
fn sum(state: u32, bytes: &[u8]) -> u32 {
    bytes.iter().fold(state, |state, byte| {
        TABLE[((state ^ u32::from(*byte)) & 0xff) as usize] ^ (state >> 8)
    })
}

static TABLE: [u32; 256] = table();

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut index: u32 = 0;
    while index < 256 {
        let mut value = index;
        let mut bit = 0;
        while bit < 8 {
            value = if value & 1 == 1 {
                0xedb8_8320 ^ (value >> 1)
            } else {
                value >> 1
            };
            bit += 1;
        }
        table[index as usize] = value;
        index += 1;
    }
    table
}

/// A chunk, for the tests of this room.
#[cfg(test)]
pub(in crate::media) fn chunk(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_chunk(&mut bytes, kind, content).unwrap();
    bytes
}
