//! Pictures in base64, in the ways they get bent on the road: data address in front, wrapped lines, `+` turned into a
//! blank by form decoding, URL-safe alphabet, padding gone.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What a picture field held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    /// Bytes. Whether they are a picture is not looked at here.
    Bytes(Vec<u8>),
    /// Something that is no base64.
    NotBase64,
}

impl Picture {
    /// Reads a field; `None` if there is nothing in it.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = match text.get(..5) {
            Some(head) if head.eq_ignore_ascii_case("data:") => {
                text.split_once(',').map_or("", |(_, data)| data).trim()
            }
            _ => text,
        };
        if text.is_empty() {
            return None;
        }
        // Line ends (and blanks beside them) come from wrapping; another blank was a `+` before a form was decoded,
        // unless the blanks stand as regularly as wrapping sets them.
        let lines: String = text.split(['\r', '\n', '\t']).map(str::trim).collect();
        let (restored, joined) = (lines.replace(' ', "+"), lines.replace(' ', ""));
        let (first, second) = if is_wrapped_with_blanks(&lines) {
            (joined, restored)
        } else {
            (restored, joined)
        };
        let bytes = decode(&first).or_else(|| decode(&second));
        Some(bytes.map_or(Self::NotBase64, Self::Bytes))
    }
}

fn is_wrapped_with_blanks(text: &str) -> bool {
    let pieces: Vec<usize> = text.split(' ').map(str::len).collect();
    match pieces.as_slice() {
        [width, middle @ .., last] => {
            *width >= 8 && middle.iter().all(|piece| piece == width) && last <= width
        }
        _ => false,
    }
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let standard = text.replace('-', "+").replace('_', "/");
    LENIENT.decode(standard.trim_end_matches('=')).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bend_is_straightened() {
        let png: Vec<u8> = [
            b"\x89PNG\r\n\x1a\n".as_slice(),
            &[0, 0xfb, 0xef, 0xbe, 0xff, 0xfe, 1, 2],
        ]
        .concat();
        let standard = base64::engine::general_purpose::STANDARD.encode(&png);
        assert!(
            standard.contains('+') && standard.contains('/') && standard.ends_with('='),
            "{standard}"
        );
        let wrapped: String = standard
            .as_bytes()
            .chunks(7)
            .map(|line| format!("{} \r\n", String::from_utf8_lossy(line)))
            .collect();
        let blanks: String = standard
            .as_bytes()
            .chunks(8)
            .map(|part| format!("{} ", String::from_utf8_lossy(part)))
            .collect();
        for bent in [
            standard.clone(),
            format!("data:image/png;base64,{standard}"),
            format!("DATA:image/png;charset=x;base64, {standard}"),
            wrapped,
            blanks,
            standard.replace('+', " "),
            standard.replace('+', "-").replace('/', "_"),
            standard.trim_end_matches('=').to_owned(),
            format!("  {standard}\n"),
        ] {
            assert_eq!(Picture::read(&bent), Some(Picture::Bytes(png.clone())), "{bent}");
        }
    }

    #[test]
    fn nothing_and_no_base64_are_told_apart() {
        for nothing in ["", "  \r\n", "data:image/png;base64,", "data:"] {
            assert_eq!(Picture::read(nothing), None, "{nothing}");
        }
        for wrong in ["***", "<svg></svg>", "não", "a"] {
            assert_eq!(Picture::read(wrong), Some(Picture::NotBase64), "{wrong}");
        }
        assert_eq!(Picture::read("aGk"), Some(Picture::Bytes(b"hi".to_vec())));
    }
}
