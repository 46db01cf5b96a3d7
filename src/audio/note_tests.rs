//! What a good file sounds like.

use super::error::DecodeError;
use super::note::VoiceNote;
use super::testing::{
    Muxer, PACKET, STEREO, TONE, all_sound, head, hertz, in_a_file, long_note, open, packets_of, tone_packets,
};
use super::waveform::{WAVEFORM_BARS, Waveform, Waveforms};
use super::{NoteId, PlayError};
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::channel;
use std::time::Duration;

fn loudness(sound: &[[i16; 2]], channel: usize) -> f64 {
    let sum: f64 = sound.iter().map(|frame| f64::from(frame[channel]).powi(2)).sum();
    (sum / sound.len() as f64).sqrt()
}

#[test]
fn a_recorded_tone_comes_out_as_that_tone() {
    let mut note = open(TONE);
    assert_eq!(note.length_ms(), Some(1_000));
    let (sound, places) = all_sound(&mut note);
    assert_eq!(sound.len(), 48_000);
    assert_eq!(places[0].0, 0);
    assert!(
        places
            .windows(2)
            .all(|pair| pair[0].0 + pair[0].1 as u64 == pair[1].0)
    );
    assert!((hertz(&sound[4_800..43_200], 0) - 440.0).abs() < 3.0);
    assert!(sound.iter().all(|frame| frame[0] == frame[1]));
    // The tone was made with an amplitude of an eighth.
    let loudness = loudness(&sound[4_800..43_200], 0);
    assert!((2_200.0..3_600.0).contains(&loudness), "{loudness}");
}

#[test]
fn stereo_keeps_its_sides() {
    let mut note = open(STEREO);
    assert_eq!(note.length_ms(), Some(300));
    let (sound, _) = all_sound(&mut note);
    assert_eq!(sound.len(), 14_400);
    let middle = &sound[2_400..12_000];
    assert!((hertz(middle, 0) - 440.0).abs() < 10.0, "{}", hertz(middle, 0));
    assert!((hertz(middle, 1) - 1_000.0).abs() < 15.0, "{}", hertz(middle, 1));
}

#[test]
fn pre_skip_and_the_last_granule_cut_both_ends() {
    let mut muxer = Muxer::opus(1, 1_000);
    let packets = tone_packets(5);
    let borrowed: Vec<&[u8]> = packets.iter().map(Vec::as_slice).collect();
    muxer.page(0, 3 * PACKET, &borrowed[..3]);
    muxer.page(4, 5 * PACKET - 500, &borrowed[3..]);
    let mut note = open(muxer.bytes);
    assert_eq!(note.length_frames(), Some(5 * PACKET - 1_500));
    assert_eq!(all_sound(&mut note).0.len() as u64, 5 * PACKET - 1_500);
}

#[test]
fn a_stream_cut_out_of_a_longer_one_begins_at_nought() {
    let mut muxer = Muxer::opus(1, 312);
    muxer.sound(&tone_packets(10), 5, 1_000_000);
    let mut note = open(muxer.bytes);
    assert_eq!(note.length_frames(), Some(10 * PACKET - 312));
    let (sound, places) = all_sound(&mut note);
    assert_eq!(places[0].0, 0);
    assert_eq!(sound.len() as u64, 10 * PACKET - 312);
}

#[test]
fn a_packet_over_two_pages_is_put_together() {
    let packets = tone_packets(4);
    let mut whole = Muxer::opus(1, 0);
    whole.sound(&packets, 4, 0);
    let mut split = Muxer::opus(1, 0);
    // The first packet, with 504 bytes of padding (RFC 6716, section 3.2.5).
    let mut long = vec![packets[0][0] | 3, 0b0100_0001, 255, 250];
    long.extend(&packets[0][1..]);
    long.resize(long.len() + 504, 0);
    let cut = 255;
    split.raw_page(0, u64::MAX, &[255], &long[..cut]);
    let rest = &long[cut..];
    let mut lacing = vec![255; rest.len() / 255];
    lacing.push((rest.len() % 255) as u8);
    let mut body = rest.to_vec();
    for packet in &packets[1..] {
        lacing.push(u8::try_from(packet.len()).unwrap());
        body.extend(packet);
    }
    split.raw_page(5, 4 * PACKET, &lacing, &body);
    assert!(all_sound(&mut open(split.bytes)).0 == all_sound(&mut open(whole.bytes)).0);
}

#[test]
fn silence_of_one_byte_packets_lasts_its_time() {
    // CELT, 20 ms, and SILK, 60 ms, both without a byte of sound: what a phone sends while nobody speaks.
    for (packet, frames) in [(vec![0xF8], 960_u64), (vec![0x18], 2_880), (vec![0x1B, 2], 5_760)] {
        let mut muxer = Muxer::opus(1, 0);
        let packets: Vec<&[u8]> = std::iter::repeat_n(packet.as_slice(), 20).collect();
        muxer.page(4, 20 * frames, &packets);
        let (sound, _) = all_sound(&mut open(muxer.bytes));
        assert_eq!(sound.len() as u64, 20 * frames, "{packet:?}");
        assert!(sound.iter().all(|frame| frame[0].abs() < 50), "{packet:?}");
    }
}

#[test]
fn lost_pages_are_a_hole_that_keeps_the_time() {
    let packets = tone_packets(50);
    let mut muxer = Muxer::opus(1, 0);
    for (index, chunk) in packets.chunks(5).enumerate() {
        let borrowed: Vec<&[u8]> = chunk.iter().map(Vec::as_slice).collect();
        let before = muxer.bytes.len();
        muxer.page(
            if index == 9 { 4 } else { 0 },
            (index as u64 + 1) * 5 * PACKET,
            &borrowed,
        );
        // Two pages are lost, one is corrupted.
        match index {
            3 | 4 => muxer.bytes.truncate(before),
            7 => *muxer.bytes.last_mut().unwrap() ^= 1,
            _ => {}
        }
    }
    let mut note = open(muxer.bytes);
    assert_eq!(note.length_ms(), Some(1_000));
    let (sound, places) = all_sound(&mut note);
    assert_eq!(sound.len(), 48_000);
    assert!(
        places
            .windows(2)
            .all(|pair| pair[0].0 + pair[0].1 as u64 == pair[1].0)
    );
    // Of the 200 ms hole the first 120 are guessed, the rest is silent; after it the tone goes on.
    assert!(loudness(&sound[22_000..23_900], 0) < 1.0);
    assert!((hertz(&sound[25_000..33_000], 0) - 440.0).abs() < 8.0);
}

#[test]
fn a_hole_of_minutes_is_jumped_over() {
    let packets = tone_packets(20);
    let mut muxer = Muxer::opus(1, 0);
    let borrowed: Vec<&[u8]> = packets.iter().map(Vec::as_slice).collect();
    muxer.page(0, 10 * PACKET, &borrowed[..10]);
    muxer.page(4, 300 * 48_000, &borrowed[10..]);
    let mut note = open(muxer.bytes);
    let (sound, places) = all_sound(&mut note);
    assert_eq!(sound.len() as u64, 20 * PACKET);
    assert_eq!(places[10].0, 300 * 48_000 - 10 * PACKET);
}

#[test]
fn seeking_finds_the_very_frame() {
    let file = long_note(180);
    let mut note = open(file.clone());
    let reference = all_sound(&mut open(file)).0;
    for second in [0_u64, 1, 59, 60, 90, 150, 179, 3, 178] {
        let frame = second * 48_000 + 17 * second;
        note.seek(frame).unwrap();
        let chunk = note.next_chunk().unwrap().unwrap();
        assert_eq!(chunk.position, frame);
        let mut sound = chunk.frames.to_vec();
        while sound.len() < 9_600 {
            sound.extend(note.next_chunk().unwrap().unwrap().frames);
        }
        // Warmed up, the decoder gives what it would have given without the jump, to within rounding.
        let apart = sound[..9_600].iter().zip(&reference[frame as usize..]);
        let far = apart
            .filter(|(left, right)| left[0].abs_diff(right[0]) > 600)
            .count();
        assert!(far < 200, "{far} at {second} s");
    }
    note.seek(u64::MAX).unwrap();
    assert_eq!(note.next_chunk(), Ok(None));
    note.seek(0).unwrap();
    assert_eq!(note.next_chunk().unwrap().unwrap().position, 0);
}

#[test]
fn the_louder_note_of_its_header_is_louder() {
    let mut louder = TONE.to_vec();
    // Output gain, 1/256 dB: +6.02 dB doubles. The page needs its checksum again.
    louder[28 + 16..28 + 18].copy_from_slice(&1_541_i16.to_le_bytes());
    let sum = super::ogg::checksum(&louder[..47]);
    louder[22..26].copy_from_slice(&sum.to_le_bytes());
    let plain = loudness(&all_sound(&mut open(TONE)).0, 0);
    let twice = loudness(&all_sound(&mut open(louder)).0, 0);
    assert!((twice / plain - 2.0).abs() < 0.01, "{}", twice / plain);
}

fn refusal(bytes: &[u8]) -> DecodeError {
    VoiceNote::read(Cursor::new(bytes.to_vec())).err().unwrap()
}

#[test]
fn other_files_are_named_for_what_they_are() {
    let other = |packet: &[u8]| {
        let mut muxer = Muxer::new(1);
        muxer.page(2, 0, &[packet]);
        muxer.page(4, 100, &[b"sound"]);
        muxer.bytes
    };
    assert_eq!(refusal(b""), DecodeError::Empty);
    assert_eq!(refusal(b"ID3\x04 an mp3, say"), DecodeError::NotOgg);
    assert_eq!(refusal(&vec![0; 3_000_000]), DecodeError::NotOgg);
    assert_eq!(refusal(b"OggS"), DecodeError::Damaged);
    assert_eq!(
        refusal(&other(b"\x01vorbis....")),
        DecodeError::OtherCodec { codec: "Vorbis" }
    );
    assert_eq!(
        refusal(&other(b"Speex   1.2")),
        DecodeError::OtherCodec { codec: "Speex" }
    );
    assert_eq!(
        refusal(&other(b"\x7fFLAC")),
        DecodeError::OtherCodec { codec: "FLAC" }
    );
    assert_eq!(refusal(&other(b"\0")), DecodeError::OtherCodec { codec: "?" });
    assert_eq!(refusal(&other(&head(0, 0))), DecodeError::Damaged);
    assert_eq!(
        refusal(&other(&head(255, 0))),
        DecodeError::Channels { channels: 255 }
    );
    assert_eq!(refusal(&other(&head(2, 0)[..15])), DecodeError::Damaged);
    let mut surround = head(6, 0);
    surround[18] = 1;
    surround.extend([4, 2, 0, 4, 1, 2, 3, 5]);
    assert_eq!(refusal(&other(&surround)), DecodeError::Channels { channels: 6 });
    let missing = VoiceNote::open(Path::new("/nowhere/note.ogg")).err();
    assert!(matches!(missing, Some(DecodeError::Unreadable(_))));
    assert!(matches!(
        VoiceNote::open(Path::new("/")).err(),
        Some(DecodeError::Unreadable(_))
    ));
}

#[test]
fn a_film_beside_the_sound_and_a_chained_stream_are_left_alone() {
    let packets = tone_packets(10);
    let mut film = Muxer::new(99);
    film.page(2, 0, &[b"\x80theora..."]);
    let mut sound = Muxer::new(7);
    sound.page(2, 0, &[&head(1, 0)]);
    let mut file = [std::mem::take(&mut film.bytes), std::mem::take(&mut sound.bytes)].concat();
    sound.page(0, 0, &[&super::testing::tags()]);
    sound.sound(&packets[..5], 5, 0);
    // Without its mark of the end, the stream of the other film's pages goes on in between.
    film.page(0, 4, &[b"picture"]);
    file.extend(&sound.bytes);
    file.extend(&film.bytes);
    let mut chained = Muxer::new(1_000);
    chained.page(2, 0, &[&head(2, 0)]);
    chained.page(0, 0, &[&super::testing::tags()]);
    chained.sound(&packets_of(STEREO), 2, 0);
    file.extend(&chained.bytes);
    let mut note = open(file);
    assert_eq!(note.length_frames(), Some(5 * PACKET));
    assert_eq!(all_sound(&mut note).0.len() as u64, 5 * PACKET);
    note.seek(2 * PACKET).unwrap();
    assert_eq!(all_sound(&mut note).0.len() as u64, 3 * PACKET);
}

#[test]
fn the_shape_shows_where_it_is_loud() {
    let stop = AtomicBool::new(false);
    let silence = vec![vec![0xF8]; 50];
    let mut muxer = Muxer::opus(1, 0);
    muxer.sound(
        &[silence.clone(), tone_packets(50), silence.clone()].concat(),
        10,
        0,
    );
    let shape = Waveform::of(&mut open(muxer.bytes), &stop).unwrap();
    assert_eq!(shape.length_ms, 3_000);
    assert!(shape.bars[..20].iter().all(|bar| *bar < 40), "{:?}", shape.bars);
    assert!(
        shape.bars[24..40].iter().all(|bar| *bar > 200),
        "{:?}",
        shape.bars
    );
    assert_eq!(shape.bars.iter().max(), Some(&255));
    let mut muxer = Muxer::opus(1, 0);
    muxer.sound(&silence, 10, 0);
    let flat = Waveform::of(&mut open(muxer.bytes), &stop).unwrap();
    assert_eq!(flat.bars, [0; WAVEFORM_BARS]);
}

#[test]
fn the_shape_of_an_hour_costs_half_a_minute_of_it() {
    let silence = vec![vec![0xF8]; 1_800 * 50];
    let mut muxer = Muxer::opus(1, 0);
    muxer.sound(&[silence, tone_packets(1_800 * 50)].concat(), 50, 0);
    let begun = std::time::Instant::now();
    let shape = Waveform::of(&mut open(muxer.bytes), &AtomicBool::new(false)).unwrap();
    assert_eq!(shape.length_ms, 3_600_000);
    assert!(shape.bars[..32].iter().all(|bar| *bar < 40), "{:?}", shape.bars);
    assert!(shape.bars[33..].iter().all(|bar| *bar > 200), "{:?}", shape.bars);
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[test]
fn shapes_are_measured_elsewhere_and_kept() {
    let (sender, woken) = channel();
    let waveforms = Waveforms::start(Arc::new(move || sender.send(()).unwrap_or_default())).unwrap();
    let (_folder, path) = in_a_file(TONE);
    let (good, bad) = (NoteId(uuid::Uuid::now_v7()), NoteId(uuid::Uuid::now_v7()));
    assert!(waveforms.get(good, &path).is_none());
    woken.recv_timeout(Duration::from_secs(20)).unwrap();
    assert_eq!(waveforms.get(good, &path).unwrap().unwrap().length_ms, 1_000);
    assert!(waveforms.get(bad, Path::new("/nowhere")).is_none());
    woken.recv_timeout(Duration::from_secs(20)).unwrap();
    let refusal = waveforms.get(bad, Path::new("/nowhere")).unwrap();
    assert!(matches!(
        refusal,
        Err(PlayError::Decode(DecodeError::Unreadable(_)))
    ));
    waveforms.forget(bad);
    assert!(waveforms.get(bad, &path).is_none());
    woken.recv_timeout(Duration::from_secs(20)).unwrap();
    assert!(waveforms.get(bad, &path).unwrap().is_ok());
}
