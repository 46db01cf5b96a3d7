//! JPEG without what it tells beside the picture: where and with what it was taken, by whom, comments, small copies of it,
//! and whatever hangs behind its end (phones put films and second pictures there). The picture itself is passed on bit by
//! bit. Only what is needed to show it stays: tables, scans, the colour profile, and two marks on how colours are meant.

use super::stream::{Seen, broken, orientation_in, pass, read_array, read_problem, read_vec, write};
use crate::domain::outgoing::FileProblem;
use image::metadata::Orientation;
use std::io::{BufRead, Write};

/// Exif with nothing in it but how the picture must be turned; the value is put at [`ORIENTATION_AT`].
const ONLY_ORIENTATION: &[u8] = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x01\0\0\0\0\0\0";
const ORIENTATION_AT: usize = 25;

/// Writes the picture anew. `told` writes how it must be turned into it, for a picture too large to be turned.
///
/// # Errors
/// [`FileProblem::BadPicture`] if it is not whole; or what is wrong with the disk.
pub(super) fn strip(
    source: &mut impl BufRead,
    out: &mut impl Write,
    told: Option<Orientation>,
) -> Result<Seen, FileProblem> {
    if read_array(source)? != [0xff, 0xd8] {
        return Err(broken("it does not begin like a JPEG"));
    }
    write(out, &[0xff, 0xd8])?;
    let mut strip = Strip {
        told: told.map(only_orientation),
        size: None,
        orientation: None,
        scans: 0,
    };
    let mut marker = next_marker(source)?;
    loop {
        match marker {
            // The end. Nothing behind it belongs to the picture.
            0xd9 => break,
            // Marks without content, out of place here.
            0x01 | 0xd0..=0xd8 => {}
            _ => {
                let length = u16::from_be_bytes(read_array(source)?);
                let content = usize::from(length)
                    .checked_sub(2)
                    .ok_or_else(|| broken("a part has no length"))?;
                let content = read_vec(source, content)?;
                strip.segment(marker, &content, out)?;
                if marker == 0xda {
                    marker = pass_scan(source, out)?;
                    continue;
                }
            }
        }
        marker = next_marker(source)?;
    }
    write(out, &[0xff, 0xd9])?;
    let size = strip.size.ok_or_else(|| broken("it tells no size"))?;
    if strip.scans == 0 {
        return Err(broken("there is no picture in it"));
    }
    Ok(Seen {
        size,
        orientation: strip.orientation.unwrap_or(Orientation::NoTransforms),
    })
}

struct Strip {
    /// What is still to be written of how it must be turned.
    told: Option<Vec<u8>>,
    size: Option<(u32, u32)>,
    orientation: Option<Orientation>,
    scans: usize,
}

impl Strip {
    /// Looks at a segment and passes on what stays of it.
    fn segment(&mut self, marker: u8, content: &[u8], out: &mut impl Write) -> Result<(), FileProblem> {
        match marker {
            // Frame heads; 0xc4, 0xc8 and 0xcc between them are none.
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                let &[_, high, low, wide, narrow, ..] = content else {
                    return Err(broken("it tells no size"));
                };
                let height = u32::from(u16::from_be_bytes([high, low]));
                let width = u32::from(u16::from_be_bytes([wide, narrow]));
                if width == 0 || height == 0 || self.size.is_some() {
                    return Err(broken("it tells no size, or two"));
                }
                self.size = Some((width, height));
            }
            0xda => {
                if self.size.is_none() {
                    return Err(broken("the picture comes before its size"));
                }
                self.scans += 1;
            }
            // Tables, and what changes the reading of scans.
            0xc4 | 0xcc | 0xdb..=0xdf => {}
            0xe0 => return jfif(content, out),
            0xe1 if content.starts_with(b"Exif\0") => {
                self.orientation = self.orientation.or_else(|| orientation_in(content));
                return Ok(());
            }
            0xe2 if content.starts_with(b"ICC_PROFILE\0") => {}
            0xee if content.starts_with(b"Adobe") && content.len() >= 12 => {
                self.write_told(out)?;
                return segment(0xee, &content[..12], out);
            }
            _ => return Ok(()),
        }
        self.write_told(out)?;
        segment(marker, content, out)
    }

    fn write_told(&mut self, out: &mut impl Write) -> Result<(), FileProblem> {
        match self.told.take() {
            Some(exif) => segment(0xe1, &exif, out),
            None => Ok(()),
        }
    }
}

/// The head of most files: without the small copy of the picture it may hold.
fn jfif(content: &[u8], out: &mut impl Write) -> Result<(), FileProblem> {
    match content.get(..12) {
        Some(head) if head.starts_with(b"JFIF\0") => segment(0xe0, &[head, &[0, 0]].concat(), out),
        _ => Ok(()),
    }
}

fn segment(marker: u8, content: &[u8], out: &mut impl Write) -> Result<(), FileProblem> {
    let length = u16::try_from(content.len() + 2).map_err(|_| broken("a part is too long"))?;
    write(out, &[0xff, marker])?;
    write(out, &length.to_be_bytes())?;
    write(out, content)
}

fn only_orientation(orientation: Orientation) -> Vec<u8> {
    let mut exif = ONLY_ORIENTATION.to_vec();
    if let Some(value) = exif.get_mut(ORIENTATION_AT) {
        *value = orientation.to_exif();
    }
    exif
}

/// The next marker; what stands before it is skipped.
fn next_marker(source: &mut impl BufRead) -> Result<u8, FileProblem> {
    let mut before = 0;
    loop {
        let [byte] = read_array(source)?;
        if before == 0xff && !matches!(byte, 0 | 0xff) {
            return Ok(byte);
        }
        before = byte;
    }
}

/// Passes on the coded pixels behind a scan's head, up to the marker that ends them.
fn pass_scan(source: &mut impl BufRead, out: &mut impl Write) -> Result<u8, FileProblem> {
    loop {
        let block = source.fill_buf().map_err(|error| read_problem(&error))?;
        if block.is_empty() {
            return Err(broken("it ends too early"));
        }
        let mark = block.iter().position(|byte| *byte == 0xff);
        let length = mark.unwrap_or(block.len()) as u64;
        pass(source, length, |part| write(out, part))?;
        if mark.is_none() {
            continue;
        }
        let [_] = read_array(source)?;
        let mut next = 0xff;
        while next == 0xff {
            [next] = read_array(source)?;
        }
        match next {
            // A byte of pixels that looks like a marker, and the marks between rows.
            0 | 0xd0..=0xd7 => write(out, &[0xff, next])?,
            marker => return Ok(marker),
        }
    }
}
