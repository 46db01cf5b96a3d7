//! What an Opus stream says of itself (RFC 7845) and its packets made into sound (RFC 6716).

use super::error::DecodeError;
use opus_pure::OpusDecoder;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Opus always decodes to this rate, whatever was recorded.
pub const FRAMES_PER_SECOND: u32 = 48_000;
const DECODED_RATE: i32 = 48_000;
/// One moment of sound: left and right.
pub type Frame = [i16; 2];
/// The longest packet: 120 ms.
pub(super) const PACKET_MAX_FRAMES: u32 = 5_760;
const STEP_FRAMES: u32 = FRAMES_PER_SECOND / 400;
/// A decoder that breaks this often in one note is not asked again.
const BREAKS_MAX: u32 = 8;

/// The identification header (RFC 7845, section 5.1), as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct OpusHead {
    /// 1 or 2.
    pub(super) channels: u8,
    /// Frames at the beginning that only warm the decoder up.
    pub(super) pre_skip: u16,
    /// What every sample is multiplied by.
    pub(super) gain: f32,
}

impl OpusHead {
    /// Reads the first packet of a stream. `None`: not Opus.
    pub(super) fn parse(packet: &[u8]) -> Option<Result<Self, DecodeError>> {
        packet.starts_with(b"OpusHead").then(|| Self::parse_opus(packet))
    }

    fn parse_opus(packet: &[u8]) -> Result<Self, DecodeError> {
        let fixed = packet.first_chunk::<19>().ok_or(DecodeError::Damaged)?;
        let (version, channels, family) = (fixed[8], fixed[9], fixed[18]);
        if version > 15 || channels == 0 {
            return Err(DecodeError::Damaged);
        }
        // Family 1 may say mono or stereo too, with one stream in the natural order; the rest is surround sound.
        let plain = match family {
            0 => channels <= 2,
            1 => match packet.get(19..) {
                Some([1, 0, 0, ..]) => channels == 1,
                Some([1, 1, 0, 1, ..]) => channels == 2,
                _ => false,
            },
            _ => false,
        };
        if !plain {
            return Err(DecodeError::Channels { channels });
        }
        let decibels = f32::from(i16::from_le_bytes([fixed[16], fixed[17]])) / 256.0;
        Ok(Self {
            channels,
            pre_skip: u16::from_le_bytes([fixed[10], fixed[11]]),
            gain: 10_f32.powf(decibels / 20.0),
        })
    }
}

/// The name of the codec whose first packet this is.
pub(super) fn other_codec(packet: &[u8]) -> &'static str {
    const MARKS: &[(&[u8], &str)] = &[
        (b"\x01vorbis", "Vorbis"),
        (b"\x7fFLAC", "FLAC"),
        (b"fLaC", "FLAC"),
        (b"Speex   ", "Speex"),
        (b"\x80theora", "Theora"),
        (b"BBCD\0", "Dirac"),
        (b"CELT    ", "CELT"),
        (b"PCM     ", "PCM"),
    ];
    MARKS
        .iter()
        .find(|(mark, _)| packet.starts_with(mark))
        .map_or("?", |(_, name)| *name)
}

/// How many frames a packet lasts (RFC 6716, section 3). `None`: not a packet.
pub(super) fn packet_frames(packet: &[u8]) -> Option<u32> {
    let first = *packet.first()?;
    let config = first >> 3;
    let frame = match config {
        0..=11 => [480, 960, 1_920, 2_880][usize::from(config & 3)],
        12..=15 => [480, 960][usize::from(config & 1)],
        _ => [120, 240, 480, 960][usize::from(config & 3)],
    };
    let count = match first & 3 {
        0 => 1,
        1 | 2 => 2,
        _ => u32::from(*packet.get(1)? & 63),
    };
    let frames = frame * count;
    (1..=PACKET_MAX_FRAMES).contains(&frames).then_some(frames)
}

/// Makes packets into sound. The decoder under it is foreign code fed with foreign bytes: where it gives up or
/// breaks, there is silence for as long as the packet lasts.
pub(super) struct FrameDecoder {
    decoder: OpusDecoder,
    head: OpusHead,
    samples: Vec<i16>,
    breaks: u32,
}

impl FrameDecoder {
    pub(super) fn new(head: OpusHead) -> Result<Self, DecodeError> {
        Ok(Self {
            decoder: new_decoder(head)?,
            head,
            samples: vec![0; PACKET_MAX_FRAMES as usize * usize::from(head.channels)],
            breaks: 0,
        })
    }

    /// Forgets what was heard before, after a jump.
    pub(super) fn reset(&mut self) -> Result<(), DecodeError> {
        self.decoder = new_decoder(self.head)?;
        Ok(())
    }

    /// Whether the decoder broke so often that this note is given up.
    pub(super) fn is_hopeless(&self) -> bool {
        self.breaks >= BREAKS_MAX
    }

    /// Appends exactly this many frames of a packet; an empty one is a lost one, and is guessed from what was before.
    pub(super) fn decode(
        &mut self,
        packet: &[u8],
        frames: u32,
        into: &mut Vec<Frame>,
    ) -> Result<(), DecodeError> {
        let channels = usize::from(self.head.channels);
        // What is guessed comes in steps of 2.5 ms.
        let asked = if packet.is_empty() {
            frames.next_multiple_of(STEP_FRAMES).min(PACKET_MAX_FRAMES)
        } else {
            PACKET_MAX_FRAMES
        };
        let decoded = if self.is_hopeless() {
            0
        } else {
            let (decoder, samples) = (&mut self.decoder, &mut self.samples);
            match catch_unwind(AssertUnwindSafe(|| {
                decoder.decode_s16(packet, asked as usize, samples)
            })) {
                Ok(decoded) => decoded.unwrap_or_default(),
                Err(_) => {
                    self.breaks += 1;
                    self.reset()?;
                    0
                }
            }
        };
        let known = decoded.min(frames as usize);
        let gain = self.head.gain;
        let sound = self.samples.chunks_exact(channels).take(known).map(|frame| {
            let [left, right] =
                [frame.first(), frame.last()].map(|sample| sample.copied().unwrap_or_default());
            [louder(left, gain), louder(right, gain)]
        });
        into.extend(sound);
        into.extend(std::iter::repeat_n([0; 2], frames as usize - known));
        Ok(())
    }
}

fn louder(sample: i16, gain: f32) -> i16 {
    // The conversion saturates.
    if gain == 1.0 {
        sample
    } else {
        (f32::from(sample) * gain) as i16
    }
}

fn new_decoder(head: OpusHead) -> Result<OpusDecoder, DecodeError> {
    OpusDecoder::new(DECODED_RATE, usize::from(head.channels)).map_err(|_| DecodeError::Damaged)
}
