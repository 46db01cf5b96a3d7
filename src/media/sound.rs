//! Sounds that come as a row of frames (MP3, AAC) or of pages (Ogg). Two bytes are no proof: the length a frame tells
//! must lead to another frame.

use super::look::Look;
use super::runs::contains;
use std::io::{Read, Seek};

/// How far behind a tag or padding the first frame is looked for, in bytes.
const SEARCHED: usize = 8 * 1024;

/// Kilobits a second of layer III, by the index in the frame's head: MPEG 1, then MPEG 2 and 2.5.
const BIT_RATES: [[u32; 16]; 2] = [
    [
        0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0,
    ],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0],
];

/// The extension of the kind of sound it is; `None` if it is none of these.
pub(super) fn extension_of<R: Read + Seek>(look: &mut Look<R>) -> Option<&'static str> {
    let head = look.head();
    if head.starts_with(b"#!AMR\n") {
        return Some("amr");
    }
    if head.starts_with(b"#!AMR-WB\n") {
        return Some("awb");
    }
    if head.starts_with(b"OggS") {
        return of_ogg(head);
    }
    if head.starts_with(b"ID3") {
        let behind = behind_tag(head)?;
        let found = look.at(behind, SEARCHED);
        return if found.starts_with(b"fLaC") {
            Some("flac")
        } else {
            first_frame(&found)
        };
    }
    // Some recorders leave room for a tag.
    let padding = head.iter().take_while(|byte| **byte == 0).count();
    let start = if padding < head.len() && padding <= SEARCHED {
        padding
    } else {
        0
    };
    frame_kind(&head[start..])
}

/// Where the sound begins behind an ID3 tag: a length of four times seven bits.
fn behind_tag(head: &[u8]) -> Option<u64> {
    let size = head.get(6..10)?;
    if size.iter().any(|byte| byte & 0x80 != 0) {
        return None;
    }
    let length = size.iter().fold(0_u64, |sum, byte| sum << 7 | u64::from(*byte));
    let footer = if head.get(5)? & 0x10 == 0 { 0 } else { 10 };
    Some(10 + length + footer)
}

/// Whether frames of MP3 begin somewhere near the start: a recording that was cut begins in the middle of one.
pub(super) fn begins_late(head: &[u8]) -> bool {
    first_frame(&head[..head.len().min(SEARCHED)]) == Some("mp3")
}

fn first_frame(bytes: &[u8]) -> Option<&'static str> {
    (0..bytes.len()).find_map(|start| frame_kind(&bytes[start..]))
}

/// What kind of frame begins here, if another one follows it (or the file ends with it).
fn frame_kind(bytes: &[u8]) -> Option<&'static str> {
    for (length_of, extension) in [
        (layer_three_length as fn(&[u8]) -> Option<usize>, "mp3"),
        (adts_length, "aac"),
    ] {
        if let Some(length) = length_of(bytes) {
            let rest = bytes.get(length..);
            let followed = match rest {
                Some(rest) => rest.is_empty() || rest.starts_with(b"TAG") || length_of(rest).is_some(),
                // The frame goes beyond what is looked at, which no frame at the start does.
                None => false,
            };
            if followed {
                return Some(extension);
            }
        }
    }
    None
}

/// The length in bytes of a frame of MPEG audio, layer III.
fn layer_three_length(bytes: &[u8]) -> Option<usize> {
    let [0xff, second, third, ..] = *bytes else {
        return None;
    };
    let (version, layer) = (second >> 3 & 3, second >> 1 & 3);
    if second & 0xe0 != 0xe0 || version == 1 || layer != 1 {
        return None;
    }
    let first_version = version == 3;
    let rate = BIT_RATES[usize::from(!first_version)][usize::from(third >> 4)];
    let samples = [44_100, 48_000, 32_000]
        .get(usize::from(third >> 2 & 3))
        .copied()?
        / match version {
            3 => 1,
            2 => 2,
            _ => 4,
        };
    let padding = u32::from(third >> 1 & 1);
    let per_frame = if first_version { 144_000 } else { 72_000 };
    (rate > 0)
        .then(|| per_frame * rate / samples + padding)
        .and_then(|length| usize::try_from(length).ok())
}

/// The length in bytes of a frame of AAC with a transport head.
fn adts_length(bytes: &[u8]) -> Option<usize> {
    let [0xff, second, third, fourth, fifth, sixth, ..] = *bytes else {
        return None;
    };
    if second & 0xf6 != 0xf0 || third >> 2 & 0xf > 12 {
        return None;
    }
    let length = usize::from(fourth & 3) << 11 | usize::from(fifth) << 3 | usize::from(sixth) >> 5;
    (length >= 7).then_some(length)
}

/// By the first packet of its first page.
fn of_ogg(head: &[u8]) -> Option<&'static str> {
    let segments = usize::from(*head.get(26)?);
    let packet = head.get(27 + segments..)?;
    if packet.starts_with(b"OpusHead") {
        // A film has its picture's page next to it.
        Some(if contains(&head[..head.len().min(1024)], b"\x80theora") {
            "ogv"
        } else {
            "ogg"
        })
    } else if packet.starts_with(b"\x80theora") {
        Some("ogv")
    } else if packet.starts_with(b"\x01vorbis") {
        Some("vorbis")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::look::look_at;
    use super::super::testing::{aac, amr, mp3, ogg};
    use super::*;

    fn extension(bytes: &[u8]) -> Option<&'static str> {
        extension_of(&mut look_at(bytes))
    }

    #[test]
    fn frames_lead_to_frames() {
        let mp3 = mp3(6);
        assert_eq!(extension(&mp3), Some("mp3"));
        assert_eq!(extension(&aac(6)), Some("aac"));
        assert_eq!(extension(&amr()), Some("amr"));
        assert_eq!(extension(&ogg(b"OpusHead")), Some("ogg"));
        assert_eq!(extension(&ogg(b"\x01vorbis")), Some("vorbis"));
        assert_eq!(extension(&ogg(b"\x80theora")), Some("ogv"));
        assert_eq!(extension(&ogg(b"Speex   ")), None);
        let tag = |length: u8| {
            [
                b"ID3\x04\0\0\0\0\x01",
                &[length][..],
                &vec![7; 128 + usize::from(length)],
            ]
            .concat()
        };
        assert_eq!(extension(&[tag(20), mp3.clone()].concat()), Some("mp3"));
        assert_eq!(
            extension(&[tag(20), vec![0; 3_000], mp3.clone()].concat()),
            Some("mp3")
        );
        assert_eq!(extension(&[tag(20), aac(3)].concat()), Some("aac"));
        assert_eq!(extension(&[tag(20), b"fLaC".to_vec()].concat()), Some("flac"));
        assert_eq!(extension(&[vec![0; 500], mp3.clone()].concat()), Some("mp3"));
        assert!(begins_late(&[b"\x12\x34", &mp3[7..]].concat()) && !begins_late(&[0x55; 9_000]));
        for other in [
            tag(20),
            b"ID3".to_vec(),
            b"ID3\x03\0\0\xff\xff\xff\xff".to_vec(),
            b"\xff\xfb\x90\x64".to_vec(),
            [&mp3[..400], b"no frame follows"].concat(),
            vec![0xff; 5_000],
            vec![0; 5_000],
            b"OggS".to_vec(),
        ] {
            assert_eq!(extension(&other), None, "{:?}", &other[..other.len().min(20)]);
        }
    }
}
