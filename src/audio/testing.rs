//! Ogg files made by hand, for the tests.

use super::note::VoiceNote;
use super::ogg::{PageReader, checksum};
use super::opus::Frame;
use super::packets::Assembler;
use std::io::{Cursor, Write};
use std::path::PathBuf;

/// One second of 440 Hz, mono.
pub(super) const TONE: &[u8] = include_bytes!("../../tests/fixtures/voice-note.ogg");
/// 0.3 s, 440 Hz left, 1,000 Hz right.
pub(super) const STEREO: &[u8] = include_bytes!("../../tests/fixtures/voice-note-stereo.ogg");
/// Frames in each packet of both.
pub(super) const PACKET: u64 = 960;

pub(super) fn head(channels: u8, pre_skip: u16) -> Vec<u8> {
    let mut head = b"OpusHead\x01".to_vec();
    head.push(channels);
    head.extend(pre_skip.to_le_bytes());
    head.extend(48_000_u32.to_le_bytes());
    head.extend([0, 0, 0]);
    head
}

pub(super) fn tags() -> Vec<u8> {
    b"OpusTags\0\0\0\0\0\0\0\0".to_vec()
}

/// Writes pages of one stream.
pub(super) struct Muxer {
    pub(super) bytes: Vec<u8>,
    pub(super) serial: u32,
    pub(super) sequence: u32,
}

impl Muxer {
    pub(super) fn new(serial: u32) -> Self {
        Self {
            bytes: Vec::new(),
            serial,
            sequence: 0,
        }
    }

    /// A file with its two header pages.
    pub(super) fn opus(channels: u8, pre_skip: u16) -> Self {
        let mut muxer = Self::new(7);
        muxer.page(2, 0, &[&head(channels, pre_skip)]);
        muxer.page(0, 0, &[&tags()]);
        muxer
    }

    /// A page of whole packets. Flags: 1 continued, 2 first, 4 last.
    pub(super) fn page(&mut self, flags: u8, granule: u64, packets: &[&[u8]]) {
        let mut lacing = Vec::new();
        for packet in packets {
            lacing.extend(std::iter::repeat_n(255, packet.len() / 255));
            lacing.push((packet.len() % 255) as u8);
        }
        self.raw_page(flags, granule, &lacing, &packets.concat());
    }

    pub(super) fn raw_page(&mut self, flags: u8, granule: u64, lacing: &[u8], body: &[u8]) {
        let mut page = b"OggS\0".to_vec();
        page.push(flags);
        page.extend(granule.to_le_bytes());
        page.extend(self.serial.to_le_bytes());
        page.extend(self.sequence.to_le_bytes());
        page.extend([0; 4]);
        page.push(u8::try_from(lacing.len()).unwrap());
        page.extend(lacing);
        page.extend(body);
        let sum = checksum(&page);
        page[22..26].copy_from_slice(&sum.to_le_bytes());
        self.bytes.extend(page);
        self.sequence += 1;
    }

    /// Pages of these packets of 20 ms, so many in each, from this granule on; the last page ends the stream.
    pub(super) fn sound(&mut self, packets: &[Vec<u8>], per_page: usize, mut granule: u64) {
        let pages = packets.chunks(per_page).count();
        for (index, chunk) in packets.chunks(per_page).enumerate() {
            granule += PACKET * chunk.len() as u64;
            let borrowed: Vec<&[u8]> = chunk.iter().map(Vec::as_slice).collect();
            self.page(if index + 1 == pages { 4 } else { 0 }, granule, &borrowed);
        }
    }
}

/// The packets of sound of a file.
pub(super) fn packets_of(file: &[u8]) -> Vec<Vec<u8>> {
    let mut pages = PageReader::new(Cursor::new(file));
    let mut assembler = Assembler::default();
    let mut packets = Vec::new();
    while let Some(page) = pages.next().unwrap() {
        packets.extend(assembler.take(&page));
    }
    packets.drain(..2);
    packets
}

/// A tone of so many packets, over and over the same second.
pub(super) fn tone_packets(count: usize) -> Vec<Vec<u8>> {
    packets_of(TONE).into_iter().cycle().take(count).collect()
}

/// A note of so many seconds.
pub(super) fn long_note(seconds: usize) -> Vec<u8> {
    let mut muxer = Muxer::opus(1, 0);
    muxer.sound(&tone_packets(seconds * 50), 50, 0);
    muxer.bytes
}

/// All of the sound, and where each piece of it said it was.
pub(super) fn all_sound(note: &mut VoiceNote<Cursor<Vec<u8>>>) -> (Vec<Frame>, Vec<(u64, usize)>) {
    let (mut sound, mut places) = (Vec::new(), Vec::new());
    while let Some(chunk) = note.next_chunk().unwrap() {
        places.push((chunk.position, chunk.frames.len()));
        sound.extend(chunk.frames);
    }
    (sound, places)
}

pub(super) fn open(bytes: impl Into<Vec<u8>>) -> VoiceNote<Cursor<Vec<u8>>> {
    VoiceNote::read(Cursor::new(bytes.into())).unwrap()
}

/// The frequency of a channel: how often it crosses nought upwards.
pub(super) fn hertz(sound: &[Frame], channel: usize) -> f64 {
    let samples: Vec<i16> = sound.iter().map(|frame| frame[channel]).collect();
    let crossings = samples
        .windows(2)
        .filter(|pair| pair[0] < 0 && pair[1] >= 0)
        .count();
    crossings as f64 * 48_000.0 / samples.len() as f64
}

pub(super) fn in_a_file(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("note.ogg");
    std::fs::File::create(&path).unwrap().write_all(bytes).unwrap();
    (folder, path)
}
