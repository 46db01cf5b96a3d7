//! The sound server of Linux, spoken to over its socket: PulseAudio, or PipeWire, which speaks the same.

use super::error::PlayError;
use super::opus::{FRAMES_PER_SECOND, Frame};
use super::output::{Output, Speaker};
use super::pulse_wire::{Message, Wire, WireError, places};
use pulseaudio::protocol::stream::{BufferAttr, StreamFlags};
use pulseaudio::protocol::{
    ChannelMap, Command, CorkStreamParams, CreatePlaybackStreamReply, LatencyParams, PlaybackLatency,
    PlaybackStreamParams, Prop, Props, Request, SampleFormat, SampleSpec,
};
use std::ffi::CString;
use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime};

const FRAME_BYTES: u32 = 4;
/// What the server holds ahead of the ear: 200 ms, the price of a busy machine.
const BUFFER_BYTES: u32 = FRAMES_PER_SECOND / 5 * FRAME_BYTES;
/// How much of it has to be there before it begins: 50 ms.
const BEGIN_BYTES: u32 = FRAMES_PER_SECOND / 20 * FRAME_BYTES;
/// How often the server is asked how far it is.
const ASK_EVERY: Duration = Duration::from_millis(25);

/// The sound server that the environment names, or the one of this user.
#[derive(Debug, Clone)]
pub struct PulseSpeaker {
    places: Vec<PathBuf>,
    cookie: Option<PathBuf>,
}

impl PulseSpeaker {
    /// Looks at `PULSE_SERVER`, `PULSE_RUNTIME_PATH`, `XDG_RUNTIME_DIR` and `PULSE_COOKIE`. Connects to nothing yet.
    /// Servers on other machines are not used.
    #[must_use]
    pub fn from_environment() -> Self {
        Self {
            places: places(|name| std::env::var(name).ok()),
            cookie: pulseaudio::cookie_path_from_env(),
        }
    }

    /// The server at this socket.
    #[must_use]
    pub fn at(socket: PathBuf) -> Self {
        Self {
            places: vec![socket],
            cookie: pulseaudio::cookie_path_from_env(),
        }
    }
}

impl Speaker for PulseSpeaker {
    fn open(&self) -> Result<Box<dyn Output>, PlayError> {
        let none = |error: WireError| PlayError::NoSoundDevice(error.to_string());
        let mut wire = Wire::connect(&self.places, self.cookie.as_deref()).map_err(none)?;
        let stream = Stream::create(&mut wire, false).map_err(none)?;
        Ok(Box::new(PulseOutput {
            wire,
            stream,
            paused: false,
        }))
    }
}

/// One stream of sound on a connection.
struct Stream {
    channel: u32,
    /// How many bytes the server asked for and did not get.
    wanted_bytes: u64,
    written_frames: u64,
    heard_frames: u64,
    asked: Option<u32>,
    asked_at: Option<Instant>,
    draining: Option<u32>,
}

impl Stream {
    fn create(wire: &mut Wire, paused: bool) -> Result<Self, WireError> {
        let mut props = Props::new();
        // Shown by the system's mixer. No role: "phone" would silence other programs.
        props.set(Prop::MediaName, CString::from(c"Recado"));
        let created: CreatePlaybackStreamReply =
            wire.ask(&Command::CreatePlaybackStream(PlaybackStreamParams {
                sample_spec: SampleSpec {
                    format: SampleFormat::S16Le,
                    channels: 2,
                    sample_rate: FRAMES_PER_SECOND,
                },
                channel_map: ChannelMap::stereo(),
                buffer_attr: BufferAttr {
                    target_length: BUFFER_BYTES,
                    pre_buffering: BEGIN_BYTES,
                    ..BufferAttr::default()
                },
                props,
                flags: StreamFlags {
                    start_corked: paused,
                    ..StreamFlags::default()
                },
                ..PlaybackStreamParams::default()
            }))?;
        Ok(Self {
            channel: created.channel,
            wanted_bytes: u64::from(created.requested_bytes),
            written_frames: 0,
            heard_frames: 0,
            asked: None,
            asked_at: None,
            draining: None,
        })
    }

    fn wanted_frames(&self) -> usize {
        usize::try_from(self.wanted_bytes / u64::from(FRAME_BYTES)).unwrap_or(usize::MAX)
    }

    /// What left the server's buffer, less what the device still holds, was heard. Never goes back.
    fn note_latency(&mut self, latency: &PlaybackLatency) {
        let read = u64::try_from(latency.read_offset).unwrap_or_default() / u64::from(FRAME_BYTES);
        let held = latency.sink_usec.saturating_mul(u64::from(FRAMES_PER_SECOND)) / 1_000_000;
        let heard = read.saturating_sub(held).min(self.written_frames);
        self.heard_frames = self.heard_frames.max(heard);
    }
}

struct PulseOutput {
    wire: Wire,
    stream: Stream,
    paused: bool,
}

impl PulseOutput {
    fn ask_how_far(&mut self) -> Result<(), WireError> {
        let due = self.stream.asked_at.is_none_or(|at| at.elapsed() >= ASK_EVERY);
        if due && self.stream.asked.is_none() {
            self.stream.asked_at = Some(Instant::now());
            let asked = self.wire.send(&Command::GetPlaybackLatency(LatencyParams {
                channel: self.stream.channel,
                now: SystemTime::now(),
            }))?;
            self.stream.asked = Some(asked);
        }
        Ok(())
    }

    fn hear(&mut self, message: Message) -> Result<(), PlayError> {
        let stream = &mut self.stream;
        match message {
            Message::Reply(number, reply) if stream.asked == Some(number) => {
                stream.asked = None;
                let latency = self.wire.read::<PlaybackLatency>(reply).map_err(lost)?;
                stream.note_latency(&latency);
            }
            Message::Reply(number, reply) if stream.draining == Some(number) => {
                stream.draining = None;
                if reply.is_ok() {
                    stream.heard_frames = stream.written_frames;
                }
            }
            Message::Event(event) => match *event {
                Command::Request(Request { channel, length }) if channel == stream.channel => {
                    stream.wanted_bytes += u64::from(length);
                }
                Command::PlaybackStreamKilled(channel) if channel == stream.channel => {
                    return Err(PlayError::DeviceLost(
                        "the sound server ended the stream".to_owned(),
                    ));
                }
                // News of streams that are gone, and of no interest.
                _ => {}
            },
            // Answers to what needs none.
            Message::Reply(..) => {}
        }
        Ok(())
    }
}

fn lost(error: WireError) -> PlayError {
    PlayError::DeviceLost(error.to_string())
}

impl Output for PulseOutput {
    fn room(&mut self, limit: Duration) -> Result<usize, PlayError> {
        self.ask_how_far().map_err(lost)?;
        while let Some(message) = self.wire.receive(Duration::ZERO).map_err(lost)? {
            self.hear(message)?;
        }
        if self.stream.wanted_frames() == 0
            && !limit.is_zero()
            && let Some(message) = self.wire.receive(limit).map_err(lost)?
        {
            self.hear(message)?;
        }
        Ok(self.stream.wanted_frames())
    }

    fn write(&mut self, frames: &[Frame]) -> Result<(), PlayError> {
        let bytes: Vec<u8> = frames
            .iter()
            .flatten()
            .flat_map(|sample| sample.to_le_bytes())
            .collect();
        self.wire.send_sound(self.stream.channel, &bytes).map_err(lost)?;
        self.stream.wanted_bytes = self.stream.wanted_bytes.saturating_sub(bytes.len() as u64);
        self.stream.written_frames += frames.len() as u64;
        Ok(())
    }

    fn heard(&mut self) -> u64 {
        self.stream.heard_frames
    }

    fn set_paused(&mut self, paused: bool) -> Result<(), PlayError> {
        self.paused = paused;
        let cork = CorkStreamParams {
            channel: self.stream.channel,
            cork: paused,
        };
        self.wire.send(&Command::CorkPlaybackStream(cork)).map_err(lost)?;
        Ok(())
    }

    fn clear(&mut self) -> Result<(), PlayError> {
        // A new stream instead of a flushed one: its counters begin at nought, and no drain is under way.
        self.wire
            .send(&Command::DeletePlaybackStream(self.stream.channel))
            .map_err(lost)?;
        self.stream = Stream::create(&mut self.wire, self.paused).map_err(lost)?;
        Ok(())
    }

    fn finish(&mut self) -> Result<(), PlayError> {
        let drain = Command::DrainPlaybackStream(self.stream.channel);
        self.stream.draining = Some(self.wire.send(&drain).map_err(lost)?);
        Ok(())
    }
}
