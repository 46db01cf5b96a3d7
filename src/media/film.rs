//! Films and sounds in the container of ISO 14496-12 (MP4, 3GP, M4A, QuickTime) and pictures in it (HEIC, AVIF): by its
//! brand, and by what its tracks hold, because a brand says little about that.

use super::look::Look;
use std::io::{Read, Seek};

/// How many boxes are looked at: a hostile file has any number of them.
const BOXES_MAX: usize = 4_096;

/// What the tracks hold.
#[derive(Debug, Default)]
struct Tracks {
    film: bool,
    sound: bool,
    /// A film in HEVC, which newer cameras make and many phones and gateways do not play.
    hevc: bool,
}

/// The extension of the kind it is; `None` if it is no such container.
pub(super) fn extension_of<R: Read + Seek>(look: &mut Look<R>) -> Option<&'static str> {
    let head = look.head();
    if head.get(4..8) != Some(b"ftyp") {
        return None;
    }
    let brand: [u8; 3] = head.get(8..11)?.try_into().ok()?;
    match &brand {
        b"hei" | b"hev" | b"mif" | b"msf" => return Some("heic"),
        b"avi" => return Some("avif"),
        b"qt " => return Some("mov"),
        b"M4A" | b"M4B" | b"3gp" | b"3g2" | b"M4V" | b"iso" | b"mp4" | b"avc" | b"MSN" | b"das" | b"mmp"
        | b"F4V" | b"cmf" | b"XAV" => {}
        _ => return None,
    }
    let tracks = tracks_of(look);
    if tracks.hevc {
        return Some("hevc");
    }
    let only_sound = tracks.sound && !tracks.film;
    Some(match &brand {
        b"M4A" | b"M4B" if !tracks.film => "m4a",
        _ if only_sound => "m4a",
        b"3gp" => "3gp",
        b"3g2" => "3g2",
        _ => "mp4",
    })
}

/// A box: its type, and where its content begins and ends.
struct Part {
    kind: [u8; 4],
    start: u64,
    end: u64,
}

fn tracks_of<R: Read + Seek>(look: &mut Look<R>) -> Tracks {
    let mut tracks = Tracks::default();
    let mut left = BOXES_MAX;
    let end = look.length();
    for movie in parts(look, 0, end, &mut left, b"moov") {
        for track in parts(look, movie.start, movie.end, &mut left, b"trak") {
            for media in parts(look, track.start, track.end, &mut left, b"mdia") {
                read_track(look, &media, &mut left, &mut tracks);
            }
        }
    }
    tracks
}

fn read_track<R: Read + Seek>(look: &mut Look<R>, media: &Part, left: &mut usize, tracks: &mut Tracks) {
    let mut film = false;
    for handler in parts(look, media.start, media.end, left, b"hdlr") {
        match look.at(handler.start + 8, 4).as_slice() {
            b"vide" => film = true,
            b"soun" => tracks.sound = true,
            _ => {}
        }
    }
    if !film {
        return;
    }
    tracks.film = true;
    for information in parts(look, media.start, media.end, left, b"minf") {
        for table in parts(look, information.start, information.end, left, b"stbl") {
            for description in parts(look, table.start, table.end, left, b"stsd") {
                // Version, number of entries, then the first entry: its length and its coding.
                let coding = look.at(description.start + 12, 4);
                tracks.hevc |= matches!(coding.as_slice(), b"hvc1" | b"hev1" | b"dvh1" | b"dvhe");
            }
        }
    }
}

/// The boxes of a type between two places, in their order.
fn parts<R: Read + Seek>(
    look: &mut Look<R>,
    start: u64,
    end: u64,
    left: &mut usize,
    wanted: &[u8; 4],
) -> Vec<Part> {
    let mut found = Vec::new();
    let mut at = start;
    while *left > 0 && at.saturating_add(8) <= end {
        *left -= 1;
        let Some(part) = part_at(look, at, end) else { break };
        at = part.end;
        if part.kind == *wanted {
            found.push(part);
        }
    }
    found
}

fn part_at<R: Read + Seek>(look: &mut Look<R>, at: u64, end: u64) -> Option<Part> {
    let head = look.at(at, 16);
    let (size, rest) = head.split_first_chunk::<4>()?;
    let (kind, rest) = rest.split_first_chunk::<4>()?;
    let (size, header) = match u32::from_be_bytes(*size) {
        0 => (end - at, 8),
        1 => (u64::from_be_bytes(*rest.first_chunk()?), 16),
        size => (u64::from(size), 8),
    };
    (size >= header).then(|| Part {
        kind: *kind,
        start: at + header,
        end: at.saturating_add(size).min(end),
    })
}

#[cfg(test)]
mod tests {
    use super::super::look::look_at;
    use super::super::testing::{film, part};
    use super::*;

    fn extension(bytes: &[u8]) -> Option<&'static str> {
        extension_of(&mut look_at(bytes))
    }

    #[test]
    fn brands_and_tracks_tell() {
        for (brand, tracks, expected) in [
            (
                b"isom",
                &[(b"vide", b"avc1"), (b"soun", b"mp4a")][..],
                Some("mp4"),
            ),
            (b"mp42", &[(b"soun", b"mp4a")], Some("m4a")),
            (b"M4A ", &[(b"soun", b"mp4a")], Some("m4a")),
            (b"M4A ", &[], Some("m4a")),
            (b"isom", &[], Some("mp4")),
            (b"3gp5", &[(b"vide", b"s263")], Some("3gp")),
            (b"3g2a", &[(b"soun", b"mp4a"), (b"vide", b"avc1")], Some("3g2")),
            (b"isom", &[(b"vide", b"hvc1")], Some("hevc")),
            (b"qt  ", &[(b"vide", b"avc1")], Some("mov")),
            (b"heic", &[], Some("heic")),
            (b"avif", &[], Some("avif")),
            (b"zzzz", &[], None),
        ] {
            assert_eq!(extension(&film(brand, tracks)), expected, "{brand:?} {tracks:?}");
        }
        assert_eq!(extension(b"\0\0\0\x08ftyp"), None);
        assert_eq!(extension(b""), None);
    }

    #[test]
    fn boxes_that_lie_end_the_search() {
        // A length of nothing, of more than there is, of less than its head, and of 64 bits.
        for size in [0_u32, 7, u32::MAX, 1] {
            let lie = [&size.to_be_bytes()[..], b"moov", &u64::MAX.to_be_bytes()].concat();
            let bytes = [part(b"ftyp", b"isom\0\0\0\0"), lie].concat();
            assert_eq!(extension(&bytes), Some("mp4"), "{size}");
        }
        let many = part(b"free", b"").repeat(100_000);
        let bytes = [part(b"ftyp", b"isom"), many].concat();
        assert_eq!(extension(&bytes), Some("mp4"));
    }
}
