//! A voice note: an Ogg Opus file, made into sound piece by piece. Never more than a page of it is in memory.

use super::error::DecodeError;
use super::ogg::{PAGE_MAX_BYTES, Page, PageReader};
use super::opus::{
    FRAMES_PER_SECOND, Frame, FrameDecoder, OpusHead, PACKET_MAX_FRAMES, other_codec, packet_frames,
};
use super::packets::Assembler;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

/// The decoder is warmed up for so long before the place one jumps to (RFC 7845, section 4.6).
const WARM_UP_FRAMES: u64 = 3_840;
/// A hole up to this long is heard as silence; over a longer one the note jumps.
const HOLE_MAX_FRAMES: u64 = FRAMES_PER_SECOND as u64;
/// So much of a hole is guessed from the sound before it.
const GUESSED_MAX_FRAMES: u64 = PACKET_MAX_FRAMES as u64;
/// First pages of logical streams that are looked at for one of Opus.
const STREAMS_MAX: usize = 64;
/// The end of the file in which the last page is looked for: two pages at their longest.
const TAIL_BYTES: u64 = 2 * PAGE_MAX_BYTES as u64;
/// No byte of a sensible file lasts longer than this many frames; a length beyond is a lie.
const FRAMES_PER_BYTE_MAX: u64 = 1_920;

/// Some sound of a note.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chunk<'a> {
    /// Frames from the beginning of the note to the first one here.
    pub position: u64,
    /// The sound, at most 120 ms of it.
    pub frames: &'a [Frame],
}

/// An open voice note. Opening reads the headers and the end of the file; nothing is decoded before
/// [`VoiceNote::next_chunk`].
pub struct VoiceNote<R = File> {
    pages: PageReader<R>,
    file_bytes: u64,
    serial: u32,
    pre_skip: u64,
    /// Where the page after the identification begins.
    after_head: u64,
    /// Where the first page with sound begins; beyond it, another stream that begins ends this one.
    first_sound: u64,
    /// Granule of the first frame of the stream.
    start: Option<u64>,
    length: Option<u64>,
    assembler: Assembler,
    /// The next packet may be the one with the tags.
    tags_due: bool,
    packets: VecDeque<Vec<u8>>,
    /// Granule of the next frame out of the decoder.
    granule: u64,
    /// Granule of the first frame that is to be heard.
    heard_from: u64,
    /// Granule after the last frame that is to be heard.
    heard_until: Option<u64>,
    /// Frames that are missing before the next packet.
    hole: u64,
    guessed: u64,
    ended: bool,
    gave_sound: bool,
    decoder: FrameDecoder,
    sound: Vec<Frame>,
}

impl VoiceNote {
    /// Opens a file.
    ///
    /// # Errors
    /// The file cannot be read, or is no Ogg Opus file in mono or stereo.
    pub fn open(path: &Path) -> Result<Self, DecodeError> {
        // Opening a named pipe would wait for its writer.
        if !std::fs::metadata(path)?.is_file() {
            return Err(DecodeError::Unreadable("not a file".to_owned()));
        }
        Self::read(File::open(path)?)
    }
}

impl<R: Read + Seek> VoiceNote<R> {
    /// Reads from anything that can be read and searched.
    ///
    /// # Errors
    /// As [`VoiceNote::open`].
    pub fn read(source: R) -> Result<Self, DecodeError> {
        let mut pages = PageReader::new(source);
        let file_bytes = pages.file_bytes()?;
        if file_bytes == 0 {
            return Err(DecodeError::Empty);
        }
        let (head_page, head) = find_opus(&mut pages)?;
        let after_head = pages.offset();
        let mut note = Self {
            pages,
            file_bytes,
            serial: head_page.serial,
            pre_skip: u64::from(head.pre_skip),
            after_head,
            first_sound: u64::MAX,
            start: None,
            length: None,
            assembler: Assembler::default(),
            tags_due: true,
            packets: VecDeque::new(),
            granule: 0,
            heard_from: 0,
            heard_until: None,
            hole: 0,
            guessed: 0,
            ended: false,
            gave_sound: false,
            decoder: FrameDecoder::new(head)?,
            sound: Vec::new(),
        };
        note.load_page()?;
        note.length = note.measure_length()?;
        note.rewind()?;
        Ok(note)
    }

    /// How long the note is, in frames of 1/48,000 s. `None`: the file does not say, or lies.
    #[must_use]
    pub fn length_frames(&self) -> Option<u64> {
        self.length
    }

    /// How long the note is, in milliseconds.
    #[must_use]
    pub fn length_ms(&self) -> Option<u64> {
        self.length.map(frames_to_ms)
    }

    /// The next sound; `None` at the end.
    ///
    /// # Errors
    /// The file cannot be read any more, or there was no sound in it at all.
    pub fn next_chunk(&mut self) -> Result<Option<Chunk<'_>>, DecodeError> {
        loop {
            self.sound.clear();
            let granule = self.granule;
            if self.hole > 0 {
                self.fill_hole()?;
            } else if let Some(packet) = self.packets.pop_front() {
                self.decode(&packet)?;
            } else if self.ended {
                return if self.gave_sound {
                    Ok(None)
                } else {
                    Err(DecodeError::Damaged)
                };
            } else {
                self.load_page()?;
            }
            let first = self.trim(granule);
            if !self.sound.is_empty() {
                self.gave_sound = true;
                let position = first.saturating_sub(self.beginning());
                return Ok(Some(Chunk {
                    position,
                    frames: &self.sound,
                }));
            }
        }
    }

    /// Goes to a place, in frames from the beginning of the note; beyond the end is the end.
    ///
    /// # Errors
    /// The file cannot be read any more.
    pub fn seek(&mut self, frame: u64) -> Result<(), DecodeError> {
        let frame = self.length.map_or(frame, |length| frame.min(length));
        let target = self.beginning().saturating_add(frame);
        self.pages.forgive();
        match self.page_before(target.saturating_sub(WARM_UP_FRAMES))? {
            Some(page) => {
                self.forget()?;
                self.tags_due = false;
                // What ends in this page lies before; what begins in it is needed.
                self.assembler.take(&page);
                self.granule = page.granule.unwrap_or_default();
                self.ended = page.last;
                self.pages.seek(page.offset)?;
                self.pages.next()?;
            }
            None => self.rewind()?,
        }
        self.heard_from = target;
        self.gave_sound = true;
        Ok(())
    }

    /// Granule of the first frame one hears when the note is played from its beginning.
    fn beginning(&self) -> u64 {
        self.start.unwrap_or_default().saturating_add(self.pre_skip)
    }

    fn forget(&mut self) -> Result<(), DecodeError> {
        self.assembler = Assembler::default();
        self.packets.clear();
        self.hole = 0;
        self.guessed = 0;
        self.heard_until = None;
        self.ended = false;
        self.decoder.reset()
    }

    fn rewind(&mut self) -> Result<(), DecodeError> {
        self.forget()?;
        self.pages.seek(self.after_head)?;
        self.tags_due = true;
        self.granule = self.start.unwrap_or_default();
        self.heard_from = self.beginning();
        Ok(())
    }

    /// The next page of this stream; `None` where the stream ends, or another one begins after it.
    fn next_page(&mut self) -> Result<Option<Page>, DecodeError> {
        while let Some(page) = self.pages.next()? {
            let ours = page.serial == self.serial;
            if page.first && (ours || page.offset > self.first_sound) {
                return Ok(None);
            }
            if ours {
                return Ok(Some(page));
            }
        }
        Ok(None)
    }

    /// Takes the packets of the next page in which any end, and sees whether something is missing before them.
    fn load_page(&mut self) -> Result<(), DecodeError> {
        while self.packets.is_empty() && !self.ended {
            let Some(page) = self.next_page()? else {
                self.ended = true;
                return Ok(());
            };
            self.ended = page.last;
            self.packets.extend(self.assembler.take(&page));
            if self.tags_due && !self.packets.is_empty() {
                self.tags_due = false;
                if self
                    .packets
                    .front()
                    .is_some_and(|packet| packet.starts_with(b"OpusTags"))
                {
                    self.packets.pop_front();
                }
            }
            if self.packets.is_empty() {
                continue;
            }
            self.first_sound = self.first_sound.min(page.offset);
            let Some(granule) = page.granule else { continue };
            let frames: u64 = self
                .packets
                .iter()
                .filter_map(|packet| packet_frames(packet).map(u64::from))
                .sum();
            let begins = granule.saturating_sub(frames);
            if self.start.is_none() {
                self.start = Some(begins);
                self.granule = begins;
                self.heard_from = self.beginning();
            }
            self.hole = begins.saturating_sub(self.granule);
            self.guessed = 0;
            if page.last {
                self.heard_until = Some(granule);
            }
        }
        Ok(())
    }

    fn fill_hole(&mut self) -> Result<(), DecodeError> {
        if self.hole > HOLE_MAX_FRAMES || self.is_far_before_hearing(self.hole) {
            self.granule = self.granule.saturating_add(self.hole);
            self.hole = 0;
            return self.decoder.reset();
        }
        let frames = self.hole.min(u64::from(PACKET_MAX_FRAMES));
        let length = u32::try_from(frames).unwrap_or(PACKET_MAX_FRAMES);
        if self.guessed < GUESSED_MAX_FRAMES {
            self.decoder.decode(&[], length, &mut self.sound)?;
        } else {
            self.sound.resize(frames as usize, [0; 2]);
        }
        self.guessed += frames;
        self.hole -= frames;
        self.granule = self.granule.saturating_add(frames);
        Ok(())
    }

    fn decode(&mut self, packet: &[u8]) -> Result<(), DecodeError> {
        // What is no packet lasts no time; the next page tells how much is missing.
        let Some(frames) = packet_frames(packet) else {
            return Ok(());
        };
        if !self.is_far_before_hearing(u64::from(frames)) {
            self.decoder.decode(packet, frames, &mut self.sound)?;
        }
        self.granule = self.granule.saturating_add(u64::from(frames));
        if self.decoder.is_hopeless() {
            self.ended = true;
            self.packets.clear();
        }
        Ok(())
    }

    fn is_far_before_hearing(&self, frames: u64) -> bool {
        self.granule.saturating_add(frames).saturating_add(WARM_UP_FRAMES) <= self.heard_from
    }

    /// Cuts off what is decoded but not to be heard. Answers the granule of the first frame that is left.
    fn trim(&mut self, granule: u64) -> u64 {
        let frames = self.sound.len() as u64;
        if let Some(until) = self.heard_until {
            self.sound
                .truncate(until.saturating_sub(granule).min(frames) as usize);
        }
        let early = self
            .heard_from
            .saturating_sub(granule)
            .min(self.sound.len() as u64);
        self.sound.drain(..early as usize);
        granule.saturating_add(early)
    }

    /// Reads the length off the last page, which is looked for at the end of the file first.
    fn measure_length(&mut self) -> Result<Option<u64>, DecodeError> {
        if self.start.is_none() {
            return Ok(None);
        }
        let tail = self.file_bytes.saturating_sub(TAIL_BYTES).max(self.after_head);
        let mut last = self.last_granule_from(tail)?;
        if last.is_none() && tail > self.after_head {
            last = self.last_granule_from(self.after_head)?;
        }
        let believable = self.file_bytes.saturating_mul(FRAMES_PER_BYTE_MAX);
        Ok(last
            .map(|granule| granule.saturating_sub(self.beginning()))
            .filter(|length| *length <= believable))
    }

    fn last_granule_from(&mut self, offset: u64) -> Result<Option<u64>, DecodeError> {
        self.pages.forgive();
        self.pages.seek(offset)?;
        let mut last = None;
        while let Some(page) = self.next_page()? {
            last = page.granule.or(last);
            if page.last {
                break;
            }
        }
        Ok(last)
    }

    /// A page of this stream that ends before this granule, near to it. `None`: begin at the beginning.
    fn page_before(&mut self, granule: u64) -> Result<Option<Page>, DecodeError> {
        let (mut low, mut high) = (self.after_head, self.file_bytes);
        let mut best = None;
        while high.saturating_sub(low) > TAIL_BYTES {
            let middle = low + (high - low) / 2;
            self.pages.seek(middle)?;
            let page = loop {
                match self.next_page()? {
                    Some(page) if page.offset >= high => break None,
                    Some(page) if page.granule.is_none() => {}
                    page => break page,
                }
            };
            match page {
                Some(page) if page.granule < Some(granule) => {
                    low = page.offset;
                    best = Some(page);
                }
                _ => high = middle,
            }
        }
        Ok(best)
    }
}

/// The first Opus stream of a file, with the page that identifies it.
fn find_opus<R: Read + Seek>(pages: &mut PageReader<R>) -> Result<(Page, OpusHead), DecodeError> {
    let mut other = None;
    for _ in 0..STREAMS_MAX {
        let Some(page) = pages.next()? else { break };
        if !page.first {
            break;
        }
        let packet = page.pieces().first().map(|(piece, _)| *piece).unwrap_or_default();
        match OpusHead::parse(packet) {
            Some(head) => {
                let head = head?;
                return Ok((page, head));
            }
            None => other = other.or(Some(other_codec(packet))),
        }
    }
    Err(match other {
        Some(codec) => DecodeError::OtherCodec { codec },
        None if pages.begins_with_capture()? => DecodeError::Damaged,
        None => DecodeError::NotOgg,
    })
}

/// Frames to milliseconds, rounded down.
#[must_use]
pub fn frames_to_ms(frames: u64) -> u64 {
    frames / u64::from(FRAMES_PER_SECOND / 1_000)
}

/// Milliseconds to frames.
#[must_use]
pub fn ms_to_frames(ms: u64) -> u64 {
    ms.saturating_mul(u64::from(FRAMES_PER_SECOND / 1_000))
}
