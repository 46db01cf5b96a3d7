//! Pictures that came: decoded off the window's thread, kept as textures within a bound, forgotten when they have not
//! been shown for the longest.

pub mod decode;
mod worker;

pub use decode::{Source, size_of};

use crate::domain::MessageId;
use egui::{ColorImage, Context, TextureHandle, TextureId, TextureOptions};
use std::collections::HashMap;
use worker::{Job, Worker};

/// What textures may take together, in bytes. What is in sight stays, even above it.
pub const TEXTURES_MAX: usize = 96 * 1024 * 1024;
/// Longest side of a picture in a bubble, in pixels: enough for a window at 200 %.
pub const INLINE_SIDE: u32 = 720;
/// Longest side of a picture in the viewer, in pixels, where the graphics card can.
pub const VIEWER_SIDE: u32 = 4_096;
/// How many pictures wait to be decoded; those asked for longest ago are given up, and asked for again when they are
/// in sight.
const WAITING_MAX: usize = 24;
/// How many that cannot be shown are remembered.
const BROKEN_MAX: usize = 2_000;

/// Which picture.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PictureKey {
    /// A stored file (its stored name), at the size of a bubble.
    Inline(String),
    /// A stored file, as large as can be shown.
    Viewer(String),
    /// The small picture that came with a message.
    Thumbnail(MessageId),
    /// A stored file, for the clipboard.
    Clipboard(String),
}

impl PictureKey {
    fn side(&self, texture_side_max: usize) -> u32 {
        let most = u32::try_from(texture_side_max).unwrap_or(u32::MAX);
        match self {
            Self::Inline(_) | Self::Thumbnail(_) => INLINE_SIDE.min(most),
            Self::Viewer(_) => VIEWER_SIDE.min(most),
            Self::Clipboard(_) => VIEWER_SIDE,
        }
    }
}

/// A picture as it can be drawn now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shown {
    /// Being decoded.
    Loading,
    /// It cannot be shown.
    Broken,
    /// A texture, and how large the picture itself is, in pixels.
    Ready(TextureId, [u32; 2]),
}

enum Kept {
    Waiting,
    Broken,
    Ready { texture: TextureHandle, size: [u32; 2] },
}

struct Slot {
    kept: Kept,
    /// The frame in which it was last asked for.
    frame: u64,
}

/// The pictures of a window.
#[derive(Default)]
pub struct Pictures {
    slots: HashMap<PictureKey, Slot>,
    worker: Option<Worker>,
    bytes: usize,
    /// Decoded for the clipboard.
    copied: Option<ColorImage>,
}

impl Pictures {
    /// A picture, to be asked for in every frame that shows it. What is not known yet is decoded; the window wakes when
    /// it is.
    pub fn get(&mut self, context: &Context, key: &PictureKey, source: impl FnOnce() -> Source) -> Shown {
        self.take_decoded(context);
        let frame = context.cumulative_frame_nr();
        if let Some(slot) = self.slots.get_mut(key) {
            slot.frame = frame;
            return match &slot.kept {
                Kept::Waiting => Shown::Loading,
                Kept::Broken => Shown::Broken,
                Kept::Ready { texture, size } => Shown::Ready(texture.id(), *size),
            };
        }
        let kept = if self.decode(context, key, source()) {
            Kept::Waiting
        } else {
            Kept::Broken
        };
        self.slots.insert(key.clone(), Slot { kept, frame });
        Shown::Loading
    }

    /// Decodes a stored file for the clipboard; [`Self::take_copied`] has it when it is there.
    pub fn copy(&mut self, context: &Context, stored_name: &str, source: Source) {
        self.decode(context, &PictureKey::Clipboard(stored_name.to_owned()), source);
    }

    /// What was decoded for the clipboard, once.
    pub fn take_copied(&mut self, context: &Context) -> Option<ColorImage> {
        self.take_decoded(context);
        self.copied.take()
    }

    /// Gives a picture to the thread that decodes; whether there is one.
    fn decode(&mut self, context: &Context, key: &PictureKey, source: Source) -> bool {
        let side = key.side(context.input(|input| input.max_texture_side));
        let worker = self.worker.get_or_insert_with(|| Worker::start(context.clone()));
        let job = Job {
            key: key.clone(),
            source,
            side,
        };
        for given_up in worker.push(job, WAITING_MAX) {
            self.slots.remove(&given_up);
        }
        worker.runs()
    }

    fn take_decoded(&mut self, context: &Context) {
        let Some(worker) = &self.worker else { return };
        let decoded: Vec<_> = worker.decoded().collect();
        if decoded.is_empty() {
            return;
        }
        for (key, decoded) in decoded {
            if matches!(key, PictureKey::Clipboard(_)) {
                self.copied = decoded.map(|decoded| decoded.image);
                continue;
            }
            let Some(slot) = self.slots.get_mut(&key) else {
                continue;
            };
            slot.kept = match decoded {
                None => Kept::Broken,
                Some(decoded) => {
                    self.bytes += bytes_of(decoded.image.size);
                    Kept::Ready {
                        texture: context.load_texture("picture", decoded.image, TextureOptions::LINEAR),
                        size: decoded.size,
                    }
                }
            };
        }
        self.forget(context.cumulative_frame_nr());
    }

    /// Forgets what has not been shown for the longest, until the rest fits.
    fn forget(&mut self, frame: u64) {
        if self.bytes > TEXTURES_MAX {
            let mut old: Vec<(u64, PictureKey)> = self
                .slots
                .iter()
                .filter(|(_, slot)| matches!(slot.kept, Kept::Ready { .. }) && slot.frame + 1 < frame)
                .map(|(key, slot)| (slot.frame, key.clone()))
                .collect();
            old.sort_unstable_by_key(|(frame, _)| *frame);
            for (_, key) in old {
                if self.bytes <= TEXTURES_MAX {
                    break;
                }
                if let Some(Slot {
                    kept: Kept::Ready { texture, .. },
                    ..
                }) = self.slots.remove(&key)
                {
                    self.bytes = self.bytes.saturating_sub(bytes_of(texture.size()));
                }
            }
        }
        if self.slots.len() > BROKEN_MAX {
            self.slots.retain(|_, slot| !matches!(slot.kept, Kept::Broken));
        }
    }

    /// What the textures take, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }
}

fn bytes_of([width, height]: [usize; 2]) -> usize {
    width * height * 4
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    fn png(side: u32) -> Arc<[u8]> {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(side, side)
            .write_to(&mut bytes, image::ImageFormat::Png)
            .unwrap();
        bytes.into_inner().into()
    }

    /// Frames until the picture is there, or cannot be.
    fn shown(context: &Context, pictures: &mut Pictures, key: &PictureKey, bytes: &Arc<[u8]>) -> Shown {
        let until = Instant::now() + Duration::from_secs(30);
        loop {
            let mut now = Shown::Loading;
            let mut output = context.run_ui(egui::RawInput::default(), |ui| {
                now = pictures.get(ui.ctx(), key, || Source::Memory(bytes.clone()));
            });
            output.textures_delta.clear();
            if now != Shown::Loading {
                return now;
            }
            assert!(Instant::now() < until, "never decoded");
            std::thread::yield_now();
        }
    }

    #[test]
    fn a_picture_is_decoded_elsewhere_and_a_broken_one_once() {
        let (context, mut pictures) = (Context::default(), Pictures::default());
        let key = PictureKey::Inline("a".into());
        assert!(matches!(
            shown(&context, &mut pictures, &key, &png(900)),
            Shown::Ready(_, [900, 900])
        ));
        assert_eq!(pictures.bytes(), 720 * 720 * 4);
        let broken = PictureKey::Thumbnail(MessageId::new());
        let nothing = Arc::from(&b"nothing"[..]);
        assert_eq!(shown(&context, &mut pictures, &broken, &nothing), Shown::Broken);
        assert_eq!(
            pictures.get(&context, &broken, || panic!("asked twice")),
            Shown::Broken
        );
    }

    #[test]
    fn textures_stay_within_their_bound() {
        let (context, mut pictures) = (Context::default(), Pictures::default());
        let bytes = png(INLINE_SIDE);
        let count = TEXTURES_MAX / bytes_of([INLINE_SIDE as usize; 2]) + 8;
        for index in 0..count {
            let key = PictureKey::Inline(index.to_string());
            shown(&context, &mut pictures, &key, &bytes);
        }
        assert!(pictures.bytes() <= TEXTURES_MAX, "{}", pictures.bytes());
        let first = pictures.slots.contains_key(&PictureKey::Inline("0".into()));
        let last = pictures
            .slots
            .contains_key(&PictureKey::Inline((count - 1).to_string()));
        assert!(!first && last);
    }

    #[test]
    fn what_scrolls_past_is_given_up_first() {
        let (context, mut pictures) = (Context::default(), Pictures::default());
        let bytes = png(400);
        for index in 0..400 {
            let key = PictureKey::Inline(index.to_string());
            pictures.get(&context, &key, || Source::Memory(bytes.clone()));
        }
        let waiting = |slot: &&Slot| matches!(slot.kept, Kept::Waiting);
        assert!(pictures.slots.values().filter(waiting).count() <= WAITING_MAX + 1);
        let last = PictureKey::Inline("399".into());
        assert!(matches!(
            shown(&context, &mut pictures, &last, &bytes),
            Shown::Ready(..)
        ));
    }
}
