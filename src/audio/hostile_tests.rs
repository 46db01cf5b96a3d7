//! Files that mean harm, or met with an accident: they end, soon, without a panic, in bounded memory.

use super::note::VoiceNote;
use super::testing::{Muxer, PACKET, STEREO, TONE, head, long_note, tags, tone_packets};
use super::waveform::Waveform;
use proptest::prelude::*;
use std::io::Cursor;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

/// Opens, plays, searches and measures a file; answers how many frames came out.
fn ordeal(bytes: Vec<u8>) -> u64 {
    // No byte can last longer than a thousand frames or so, and each hole is at most a second per page.
    let frames_max = bytes.len() as u64 * 50_000 + 100_000;
    let Ok(mut note) = VoiceNote::read(Cursor::new(bytes)) else {
        return 0;
    };
    let mut frames = 0;
    while let Ok(Some(chunk)) = note.next_chunk() {
        assert!(!chunk.frames.is_empty() && chunk.frames.len() <= 5_760);
        frames += chunk.frames.len() as u64;
        assert!(frames <= frames_max);
    }
    for place in [0, 1, frames / 2, frames, u64::MAX] {
        if note.seek(place).is_ok() {
            note.next_chunk().ok();
        }
    }
    note.seek(0).ok();
    Waveform::of(&mut note, &AtomicBool::new(false)).ok();
    frames
}

fn short_file() -> Vec<u8> {
    let mut muxer = Muxer::opus(1, 312);
    muxer.sound(&tone_packets(6), 2, 0);
    muxer.bytes
}

#[test]
fn a_file_cut_at_any_byte() {
    let file = short_file();
    let whole = ordeal(file.clone());
    assert_eq!(whole, 6 * PACKET - 312);
    for length in 0..file.len() {
        assert!(ordeal(file[..length].to_vec()) <= whole, "{length}");
    }
}

#[test]
fn a_file_with_any_byte_wrong() {
    let file = short_file();
    for index in 0..file.len() {
        let mut wrong = file.clone();
        wrong[index] ^= 0x55;
        ordeal(wrong);
    }
}

#[test]
fn a_page_that_claims_to_follow_for_ever() {
    let mut file = short_file();
    for _ in 0..200_000 {
        file.extend(b"OggS\0\0\0\0\0\0\0\0\0\0\x07\0\0\0\x01\0\0\0\0\0\0\0\xff");
    }
    let begun = Instant::now();
    assert_eq!(ordeal(file), 6 * PACKET - 312);
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[test]
fn lying_granules_and_lengths() {
    let packets = tone_packets(4);
    let borrowed: Vec<&[u8]> = packets.iter().map(Vec::as_slice).collect();
    for granules in [
        [0, 0],
        [u64::MAX, u64::MAX],
        [u64::MAX >> 1, u64::MAX >> 1],
        [1 << 62, 5],
        [5, 1 << 62],
        [2 * PACKET, 1 << 40],
        [u64::MAX - 1, 4 * PACKET],
    ] {
        for pre_skip in [0, 312, u16::MAX] {
            for flags in [[0, 0], [0, 4], [4, 4], [0, 2], [1, 1]] {
                let mut muxer = Muxer::opus(1, pre_skip);
                muxer.page(flags[0], granules[0], &borrowed[..2]);
                muxer.page(flags[1], granules[1], &borrowed[2..]);
                let length = VoiceNote::read(Cursor::new(muxer.bytes.clone()))
                    .unwrap()
                    .length_ms();
                assert!(length.unwrap_or_default() < 60_000, "{granules:?} {length:?}");
                ordeal(muxer.bytes);
            }
        }
    }
}

#[test]
fn many_streams_empty_packets_and_endless_tags() {
    let mut file = Vec::new();
    for serial in 0..5_000 {
        let mut muxer = Muxer::new(serial);
        muxer.page(2, 0, &[b"nothing known"]);
        file.extend(muxer.bytes);
    }
    assert_eq!(ordeal(file), 0);
    let mut muxer = Muxer::opus(2, 0);
    for page in 0..200 {
        muxer.page(0, page, &[b"".as_slice(); 255]);
    }
    // Only their granules go on, a frame each.
    assert!(ordeal(muxer.bytes) < 200);
    let mut muxer = Muxer::new(7);
    muxer.page(2, 0, &[&head(1, 0)]);
    let mut tags = tags();
    tags.resize(255 * 255, 0);
    for page in 0..40 {
        muxer.raw_page(u8::from(page > 0), u64::MAX, &[255; 255], &tags);
    }
    muxer.raw_page(1, 0, &[0], &[]);
    muxer.sound(&tone_packets(4), 2, 0);
    // The tags are too long to be kept, the sound after them is heard.
    assert_eq!(ordeal(muxer.bytes), 4 * PACKET);
}

#[test]
fn two_interleaved_streams_can_be_searched() {
    let mut left = Muxer::new(1);
    let mut right = Muxer::new(2);
    left.page(2, 0, &[&head(1, 0)]);
    right.page(2, 0, &[&head(1, 0)]);
    left.page(0, 0, &[&tags()]);
    right.page(0, 0, &[&tags()]);
    let mut file = Vec::new();
    for second in 0..200 {
        for muxer in [&mut left, &mut right] {
            let packets = tone_packets(50);
            let borrowed: Vec<&[u8]> = packets.iter().map(Vec::as_slice).collect();
            muxer.page(0, (second + 1) * 48_000, &borrowed);
        }
    }
    // In pages by turns.
    let pages = |bytes: &[u8]| -> Vec<Vec<u8>> {
        let starts: Vec<usize> = bytes
            .windows(4)
            .enumerate()
            .filter(|(_, window)| window == b"OggS")
            .map(|(at, _)| at)
            .chain([bytes.len()])
            .collect();
        starts
            .windows(2)
            .map(|pair| bytes[pair[0]..pair[1]].to_vec())
            .collect()
    };
    for (one, other) in pages(&left.bytes).into_iter().zip(pages(&right.bytes)) {
        file.extend(one);
        file.extend(other);
    }
    let mut note = VoiceNote::read(Cursor::new(file.clone())).unwrap();
    assert_eq!(note.length_ms(), Some(200_000));
    for second in [199, 0, 100] {
        note.seek(second * 48_000).unwrap();
        assert_eq!(note.next_chunk().unwrap().unwrap().position, second * 48_000);
    }
    assert_eq!(ordeal(file), 200 * 48_000);
}

#[test]
fn a_damaged_long_note_can_still_be_searched() {
    let mut file = long_note(300);
    for at in (1_000..file.len()).step_by(9_973) {
        file[at] ^= 0xFF;
    }
    let mut note = VoiceNote::read(Cursor::new(file)).unwrap();
    for second in [10, 290, 150] {
        note.seek(second * 48_000).unwrap();
        let position = note.next_chunk().unwrap().unwrap().position;
        assert!(
            (second * 48_000..(second + 5) * 48_000).contains(&position),
            "{position}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn packets_of_noise(packets in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 1..20), channels in 1_u8..=2) {
        let mut muxer = Muxer::opus(channels, 0);
        let borrowed: Vec<&[u8]> = packets.iter().map(Vec::as_slice).collect();
        muxer.page(4, 1 << 20, &borrowed);
        ordeal(muxer.bytes);
    }

    #[test]
    fn good_packets_with_noise_in_them(
        stereo in any::<bool>(),
        changes in prop::collection::vec((0_usize..50, 0_usize..120, any::<u8>()), 1..40),
    ) {
        let mut packets = super::testing::packets_of(if stereo { STEREO } else { TONE });
        for (packet, byte, value) in changes {
            let count = packets.len();
            if let Some(byte) = packets[packet % count].get_mut(byte) {
                *byte = value;
            }
        }
        let mut muxer = Muxer::opus(if stereo { 2 } else { 1 }, 312);
        muxer.sound(&packets, 7, 0);
        ordeal(muxer.bytes);
    }

    #[test]
    fn bytes_of_noise_after_a_header(noise in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let mut file = Muxer::opus(1, 312).bytes;
        file.extend(noise);
        ordeal(file);
    }
}
