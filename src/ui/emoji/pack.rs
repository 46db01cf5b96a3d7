//! The pictures, in one file made by `assets/emoji/pack.py` (which says how it is laid out).

const PACK: &[u8] = include_bytes!("../../../assets/emoji/twemoji.pack");
/// The signature and the number of pictures.
const HEAD: usize = 8;
/// Where a name and a picture start.
const ENTRY: usize = 8;

/// The PNG of an emoji. Presentation selectors (`U+FE0F`) make no difference.
pub(super) fn png(emoji: &str) -> Option<&'static [u8]> {
    let plain;
    let name = if emoji.contains('\u{fe0f}') {
        plain = emoji.replace('\u{fe0f}', "");
        plain.as_bytes()
    } else {
        emoji.as_bytes()
    };
    let (mut low, mut high) = (0, count());
    while low < high {
        let middle = low + (high - low) / 2;
        let (here, picture) = entry(middle)?;
        match here.cmp(name) {
            std::cmp::Ordering::Equal => return Some(picture),
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    None
}

fn number(at: usize) -> Option<usize> {
    let bytes = PACK.get(at..at + 4)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(bytes)).ok()
}

fn count() -> usize {
    number(4).unwrap_or(0)
}

fn entry(index: usize) -> Option<(&'static [u8], &'static [u8])> {
    let at = HEAD + index * ENTRY;
    let name = PACK.get(number(at)?..number(at + ENTRY)?)?;
    let picture = PACK.get(number(at + 4)?..number(at + 4 + ENTRY)?)?;
    Some((name, picture))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pack_is_whole_and_sorted() {
        assert_eq!(PACK.get(..4), Some(b"RCDE".as_slice()));
        assert!(count() > 3_700, "{}", count());
        let mut before: &[u8] = b"";
        for index in 0..count() {
            let (name, picture) = entry(index).unwrap();
            assert!(before < name, "{index}");
            assert!(picture.starts_with(b"\x89PNG"), "{index}");
            before = name;
        }
        assert!(PACK.len() < 6_000_000, "{}", PACK.len());
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        for text in ["", "a", "ção", "\u{1f1e7}", "\u{10ffff}"] {
            assert!(png(text).is_none(), "{text:?}");
        }
    }
}
