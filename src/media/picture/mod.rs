//! Pictures on their way out. Whatever else is done with one, what it tells beside what is seen on it (where and with
//! what it was taken) is left out, and it stands upright.
//!
//! A picture that stands upright already is not decoded: it is passed on part by part, bit by bit the same to the eye, so
//! that a photograph of 50 megapixels costs no memory. One that must be turned, converted or made smaller is decoded
//! within limits (8192 pixels a side, 128 MiB of pixels, 64 MiB of file; the pixels twice while it is turned). A JPEG
//! beyond them that lies on its side keeps the one note that says so and no other; everything else beyond them is
//! refused with a word about it.

mod jpeg;
pub(super) mod pixels;
pub(super) mod png;
mod stream;
mod webp;

#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod metadata_tests;

use super::folder::NewFile;
use super::kinds::Kind;
use crate::domain::outgoing::FileProblem;
use image::ImageFormat;
use image::metadata::Orientation;
use pixels::Encoding;
use std::io::{BufReader, Write as _};
use std::path::Path;
use stream::{Seen, broken};

/// More pixels than any camera makes.
const PIXELS_MAX: u64 = 250_000_000;

/// A picture that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Readable {
    /// Its format.
    format: ImageFormat,
}

/// A picture without what it tells, upright.
#[derive(Debug)]
pub(super) struct Cleaned {
    pub(super) file: NewFile,
    pub(super) size: (u32, u32),
}

/// Whether pictures of the kind can be read, and so be converted.
pub(super) fn readable(kind: Kind) -> Option<Readable> {
    let format = match kind.extension {
        "jpg" => ImageFormat::Jpeg,
        "png" => ImageFormat::Png,
        "gif" => ImageFormat::Gif,
        "webp" => ImageFormat::WebP,
        "bmp" => ImageFormat::Bmp,
        _ => return None,
    };
    Some(Readable { format })
}

impl Readable {
    /// Whether it can be rid of what it tells, and so be sent as the kind it is.
    pub(super) fn can_be_cleaned(self) -> bool {
        matches!(
            self.format,
            ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP
        )
    }

    /// Whether it is small enough to be decoded.
    ///
    /// # Errors
    /// Why it is not.
    pub(super) fn fits(self, path: &Path) -> Result<(), FileProblem> {
        pixels::fits(path, self.format).map(|_| ())
    }

    /// Its pixels, upright.
    ///
    /// # Errors
    /// [`FileProblem::BadPicture`] if it cannot be decoded.
    pub(super) fn pixels(self, path: &Path) -> Result<pixels::Pixels, FileProblem> {
        let orientation = if self.can_be_cleaned() {
            self.strip(path, &mut std::io::sink(), None)?.orientation
        } else {
            Orientation::NoTransforms
        };
        pixels::decode(path, self.format, orientation)
    }

    /// A copy in `folder`, without what it tells, upright.
    ///
    /// # Errors
    /// [`FileProblem::BadPicture`] if it is not whole; or what is wrong with the disk.
    pub(super) fn cleaned(self, path: &Path, folder: &Path) -> Result<Cleaned, FileProblem> {
        let mut file = NewFile::begin(folder)?;
        let seen = self.strip(path, &mut file, None)?;
        if u64::from(seen.size.0) * u64::from(seen.size.1) > PIXELS_MAX {
            let (width, height) = seen.size;
            return Err(broken(&format!(
                "{width} × {height} pixels are more than any camera makes"
            )));
        }
        if seen.orientation == Orientation::NoTransforms {
            let size = seen.size;
            return Ok(Cleaned { file, size });
        }
        drop(file);
        self.turned(path, folder, seen)
    }

    fn turned(self, path: &Path, folder: &Path, seen: Seen) -> Result<Cleaned, FileProblem> {
        let mut file = NewFile::begin(folder)?;
        let upright = upright_size(seen);
        let pixels = match self.fits(path) {
            Ok(()) => pixels::decode(path, self.format, seen.orientation)?,
            Err(_) if self.format == ImageFormat::Jpeg => {
                self.strip(path, &mut file, Some(seen.orientation))?;
                return Ok(Cleaned { file, size: upright });
            }
            Err(problem) => return Err(problem),
        };
        let bytes = match self.format {
            ImageFormat::Jpeg => pixels.encode(Encoding::Jpeg)?,
            ImageFormat::WebP => pixels.encode_webp()?,
            _ => pixels.encode(Encoding::Png)?,
        };
        file.write_all(&bytes)
            .map_err(|error| super::folder::write_problem(&error))?;
        Ok(Cleaned { file, size: upright })
    }

    fn strip(
        self,
        path: &Path,
        out: &mut impl std::io::Write,
        told: Option<Orientation>,
    ) -> Result<Seen, FileProblem> {
        let file = std::fs::File::open(path).map_err(|error| FileProblem::Failed(error.to_string()))?;
        let mut source = BufReader::with_capacity(64 * 1024, file);
        match self.format {
            ImageFormat::Jpeg => jpeg::strip(&mut source, out, told),
            ImageFormat::WebP => webp::strip(&mut source, out),
            _ => png::strip(&mut source, out),
        }
    }
}

fn upright_size(seen: Seen) -> (u32, u32) {
    let (width, height) = seen.size;
    match seen.orientation {
        Orientation::Rotate90
        | Orientation::Rotate270
        | Orientation::Rotate90FlipH
        | Orientation::Rotate270FlipH => (height, width),
        _ => (width, height),
    }
}
