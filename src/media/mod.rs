//! Files the operator attaches: what they are by their bytes, whether a gateway takes them, and pictures made fit to be
//! sent. Everything here blocks and may take long: it is called from threads of its own.
//!
//! [`take_in`] copies a file into the program's folder and judges the copy, so that nothing that happens to the original
//! afterwards matters. The bytes decide what a file is; its name is only checked against them and set right. What runs
//! something, by its name or by its bytes, is never taken.
//!
//! Pictures lose what they tell beside what is seen on them (see [`PictureChange`]). Other kinds go as they are: the notes
//! inside a film or a document are the operator's own business.

mod archive;
mod compound;
mod film;
mod folder;
mod kinds;
mod look;
mod picture;
mod plain_text;
mod runs;
mod sniff;
mod sound;

#[cfg(test)]
mod picture_change_tests;
#[cfg(test)]
mod take_in_tests;
#[cfg(test)]
mod testing;

use crate::domain::MediaKind;
use crate::domain::attachment::MediaRule;
use crate::domain::file_name::{last_part, safe_stem, split_extension};
use crate::domain::incoming::StoredFile;
use crate::domain::outgoing::{FileProblem, PictureChange};
use crate::domain::text::is_direction_control;
use folder::{NewFile, open_source, write_problem};
use kinds::{Class, Kind};
use picture::pixels::{Encoded, Pixels};
use picture::{Readable, readable};
use sniff::Found;
use std::io::Write as _;
use std::path::Path;

/// What a file is called that has no name left.
const NAMELESS: &str = "file";

/// A file or picture to be taken in.
#[derive(Debug, Clone, Copy)]
pub struct TakeIn<'a> {
    /// Where it comes from.
    pub source: Source<'a>,
    /// What is made of it, if it is a picture.
    pub change: PictureChange,
    /// What the gateway takes.
    pub rules: &'static [MediaRule],
    /// The program's folder for media; made if there is none.
    pub folder: &'a Path,
    /// What a picture without a name is called, in the operator's language, without an extension.
    pub picture_name: &'a str,
}

/// Where a file to be taken in comes from.
#[derive(Debug, Clone, Copy)]
pub enum Source<'a> {
    /// A file of the operator's disk; its name is the path's last part.
    Path(&'a Path),
    /// A picture from the clipboard.
    Pixels {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// Red, green, blue and alpha (not premultiplied) of each pixel, row by row from the top.
        rgba: &'a [u8],
    },
    /// A file that was taken in before, under its random name; it stays.
    Stored {
        /// Where it is.
        path: &'a Path,
        /// The name it is shown with.
        name: &'a str,
    },
}

/// A file that was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// What was stored; its name ends as the gateway's table has it.
    pub file: StoredFile,
    /// What it is sent as.
    pub kind: MediaKind,
    /// Width and height in pixels, of a picture.
    pub pixels: Option<(u32, u32)>,
}

/// Takes a file in: copies it into the folder under a random name (32 hexadecimal digits, for the owner's eyes only,
/// brought to the disk with its name), finds out what it is, checks it against the gateway's table and makes a picture fit
/// to be sent. Blocks; reads and writes up to 512 MiB. If it fails, nothing stays in the folder.
///
/// # Errors
/// Why it cannot be attached. [`FileProblem::way_out`] says which [`PictureChange`] would help.
pub fn take_in(request: TakeIn<'_>) -> Result<Taken, FileProblem> {
    match request.source {
        Source::Path(path) => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            take_file(&request, path, &name)
        }
        Source::Stored { path, name } => take_file(&request, path, name),
        Source::Pixels { width, height, rgba } => take_pixels(&request, width, height, rgba),
    }
}

/// A file's name, taken apart.
struct Name<'a> {
    /// All of it.
    whole: &'a str,
    /// What stands before the extension.
    stem: &'a str,
    /// Its extension in lower case; empty if it has none.
    extension: String,
    /// What the extension stands for.
    kind: Option<Kind>,
}

impl<'a> Name<'a> {
    fn read(name: &'a str) -> Self {
        let whole = last_part(name);
        let (stem, extension) = split_extension(whole);
        let extension = extension.unwrap_or_default().to_lowercase();
        Self {
            whole,
            stem,
            kind: kinds::of_extension(&extension),
            extension,
        }
    }

    /// The name to show, with the extension of the gateway's table. An end that stands for no kind is part of the name.
    fn with(&self, extension: &str) -> String {
        let known = self.kind.is_some() || self.extension == extension;
        let stem = if known { self.stem } else { self.whole };
        let stem = safe_stem(stem).unwrap_or_else(|| NAMELESS.to_owned());
        format!("{stem}.{extension}")
    }
}

/// A name without what cannot be seen in it, and without the dots and blanks that vanish at its end on some systems.
fn visible(name: &str) -> String {
    let name: String = name
        .chars()
        .filter(|character| !character.is_control() && !is_direction_control(*character))
        .collect();
    name.trim_end_matches(|character: char| character == '.' || character.is_whitespace())
        .to_owned()
}

fn take_file(request: &TakeIn<'_>, path: &Path, name: &str) -> Result<Taken, FileProblem> {
    let shown = visible(name);
    if runs::by_name(&shown) {
        return Err(FileProblem::MayRun);
    }
    let name = Name::read(&shown);
    let mut source = open_source(path)?;
    let mut copy = NewFile::begin(request.folder)?;
    copy.copy(&mut source)?;
    if copy.bytes() == 0 {
        return Err(FileProblem::Empty);
    }
    let mut look = look::Look::new(copy.read_back()?, copy.bytes(), copy.only_text());
    match sniff::what_is(&mut look, name.kind) {
        Found::Runs => Err(FileProblem::MayRun),
        Found::Unknown => Err(unknown(&name, request.rules)),
        Found::Kind(kind) => {
            if let Some(named) = name.kind
                && !kinds::may_be_called(kind, named)
            {
                return Err(FileProblem::NotWhatItSays {
                    named: name.extension,
                    found: kind.extension.to_owned(),
                });
            }
            match readable(kind).filter(|_| kind.class == Class::Picture) {
                Some(readable) => take_picture(request, &copy, &name, kind, readable),
                None => take_as_it_is(request, copy, &name, kind),
            }
        }
    }
}

fn take_as_it_is(
    request: &TakeIn<'_>,
    copy: NewFile,
    name: &Name<'_>,
    kind: Kind,
) -> Result<Taken, FileProblem> {
    let rule = rule_for(kind, request.rules)
        .filter(|_| kind.class != Class::Picture)
        .ok_or_else(|| unsupported(kind.extension, request.rules, false))?;
    check_size(copy.bytes(), rule, || false)?;
    keep(copy, name.with(rule.extension), rule, None)
}

fn take_picture(
    request: &TakeIn<'_>,
    copy: &NewFile,
    name: &Name<'_>,
    kind: Kind,
    readable: Readable,
) -> Result<Taken, FileProblem> {
    let rule = rule_for(kind, request.rules).filter(|_| readable.can_be_cleaned());
    let may_convert = request
        .rules
        .iter()
        .any(|rule| matches!(rule.mime, "image/jpeg" | "image/png"));
    match (rule, request.change) {
        (Some(rule), PictureChange::Smaller) if may_convert => {
            let smaller = readable
                .pixels(copy.path())?
                .shrink(request.rules)
                .ok_or_else(|| unsupported(kind.extension, request.rules, false))?;
            match smaller {
                Ok(smaller) if (smaller.bytes.len() as u64) < copy.bytes() => {
                    write_encoded(request, &smaller, name)
                }
                // Its own bytes are fewer, or at least not too many.
                Ok(_) | Err(FileProblem::TooLarge { .. }) => {
                    take_cleaned(request, copy, name, rule, readable)
                }
                Err(problem) => Err(problem),
            }
        }
        (Some(rule), _) => take_cleaned(request, copy, name, rule, readable),
        (None, PictureChange::Keep) => {
            if may_convert {
                readable.fits(copy.path())?;
            }
            Err(unsupported(kind.extension, request.rules, may_convert))
        }
        (None, change) => {
            let none = || unsupported(kind.extension, request.rules, false);
            if !may_convert {
                return Err(none());
            }
            let pixels = readable.pixels(copy.path())?;
            let encoded = if change == PictureChange::Smaller {
                pixels.shrink(request.rules)
            } else {
                pixels.convert(request.rules, false)
            };
            write_encoded(request, &encoded.ok_or_else(none)??, name)
        }
    }
}

fn take_cleaned(
    request: &TakeIn<'_>,
    copy: &NewFile,
    name: &Name<'_>,
    rule: &'static MediaRule,
    readable: Readable,
) -> Result<Taken, FileProblem> {
    let cleaned = readable.cleaned(copy.path(), request.folder)?;
    // What was to be made smaller and still is too large cannot be made smaller.
    check_size(cleaned.file.bytes(), rule, || {
        request.change != PictureChange::Smaller && readable.fits(copy.path()).is_ok()
    })?;
    keep(cleaned.file, name.with(rule.extension), rule, Some(cleaned.size))
}

fn take_pixels(request: &TakeIn<'_>, width: u32, height: u32, rgba: &[u8]) -> Result<Taken, FileProblem> {
    let pixels = Pixels::from_rgba(width, height, rgba)?;
    let encoded = if request.change == PictureChange::Smaller {
        pixels.shrink(request.rules)
    } else {
        // What is on a clipboard is mostly a picture of a screen, which JPEG smears.
        pixels.convert(request.rules, true)
    };
    let encoded = encoded.ok_or_else(|| unsupported("png", request.rules, false))??;
    let name = Name {
        whole: request.picture_name,
        stem: request.picture_name,
        extension: String::new(),
        kind: None,
    };
    write_encoded(request, &encoded, &name)
}

fn write_encoded(request: &TakeIn<'_>, encoded: &Encoded, name: &Name<'_>) -> Result<Taken, FileProblem> {
    check_size(encoded.bytes.len() as u64, encoded.rule, || {
        request.change != PictureChange::Smaller
    })?;
    let mut file = NewFile::begin(request.folder)?;
    file.write_all(&encoded.bytes)
        .map_err(|error| write_problem(&error))?;
    keep(
        file,
        name.with(encoded.rule.extension),
        encoded.rule,
        Some(encoded.size),
    )
}

fn keep(
    file: NewFile,
    name: String,
    rule: &'static MediaRule,
    pixels: Option<(u32, u32)>,
) -> Result<Taken, FileProblem> {
    let kept = file.keep()?;
    Ok(Taken {
        file: StoredFile {
            stored_name: kept.stored_name,
            name,
            bytes: kept.bytes,
            mime: rule.mime.to_owned(),
            sha256: kept.sha256,
        },
        kind: rule.kind,
        pixels,
    })
}

/// The row of the table for a kind: the one of its usual extension, or the first of its type.
fn rule_for(kind: Kind, rules: &'static [MediaRule]) -> Option<&'static MediaRule> {
    let of_type = || rules.iter().filter(|rule| rule.mime == kind.mime);
    of_type()
        .find(|rule| rule.extension == kind.extension)
        .or_else(|| of_type().next())
}

fn check_size(bytes: u64, rule: &MediaRule, shrinkable: impl FnOnce() -> bool) -> Result<(), FileProblem> {
    match rule.max_bytes {
        Some(max_bytes) if bytes > max_bytes => Err(FileProblem::TooLarge {
            bytes,
            max_bytes,
            shrinkable: shrinkable(),
        }),
        _ => Ok(()),
    }
}

fn unsupported(found: &str, rules: &'static [MediaRule], convertible: bool) -> FileProblem {
    FileProblem::Unsupported {
        found: found.to_owned(),
        allowed: rules.iter().map(|rule| rule.extension).collect(),
        convertible,
    }
}

/// Bytes that tell nothing: of a name that promises a kind it is not that kind.
fn unknown(name: &Name<'_>, rules: &'static [MediaRule]) -> FileProblem {
    let promised = name.kind.is_some_and(|kind| rule_for(kind, rules).is_some());
    if promised {
        FileProblem::NotWhatItSays {
            named: name.extension.clone(),
            found: String::new(),
        }
    } else {
        unsupported(&name.extension, rules, false)
    }
}
