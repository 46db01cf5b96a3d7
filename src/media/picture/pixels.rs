//! Pictures as pixels: decoded within limits, turned upright, made smaller, encoded for a gateway.

use super::stream::broken;
use crate::domain::attachment::MediaRule;
use crate::domain::outgoing::{FileProblem, SMALLER_SIDE};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{
    DynamicImage, ImageDecoder as _, ImageEncoder as _, ImageFormat, ImageReader, Limits, Rgb, RgbImage,
};
use std::fs::File;
use std::io::BufReader;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Longest side that is decoded, in pixels.
const SIDE_MAX: u32 = 8_192;
/// What decoded pixels may take, in bytes.
const MEMORY_MAX: u64 = 128 * 1024 * 1024;
/// Largest file that is decoded, in bytes: some decoders read it whole.
const ENCODED_MAX: u64 = 64 * 1024 * 1024;
/// JPEG quality of a picture that was only turned, or converted.
const QUALITY: u8 = 92;
/// JPEG qualities of a picture made smaller, until one fits.
const QUALITIES: [u8; 4] = [85, 75, 65, 55];
/// A picture is not made smaller than this, in pixels of its longer side.
const SIDE_MIN: u32 = 200;

/// Pixels, with the profile that says which colours are meant.
#[derive(Debug)]
pub(in crate::media) struct Pixels {
    pub(in crate::media) image: DynamicImage,
    profile: Option<Vec<u8>>,
}

/// What a picture is encoded as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::media) enum Encoding {
    /// Small, without transparency, not exact.
    Jpeg,
    /// Exact.
    Png,
}

/// A picture encoded for a gateway.
#[derive(Debug)]
pub(in crate::media) struct Encoded {
    pub(in crate::media) bytes: Vec<u8>,
    pub(in crate::media) rule: &'static MediaRule,
    pub(in crate::media) size: (u32, u32),
}

/// Looks at a picture's head alone: its width and height, if it can be decoded.
pub(in crate::media) fn fits(path: &Path, format: ImageFormat) -> Result<(u32, u32), FileProblem> {
    guarded(|| open(path, format).map(|decoder| decoder.dimensions()))
}

/// Decodes a picture and turns it upright; of an animation, its first frame.
pub(in crate::media) fn decode(
    path: &Path,
    format: ImageFormat,
    orientation: Orientation,
) -> Result<Pixels, FileProblem> {
    guarded(|| {
        let mut decoder = open(path, format)?;
        let profile = decoder.icc_profile().unwrap_or_default();
        let mut image = DynamicImage::from_decoder(decoder).map_err(|error| broken(&error.to_string()))?;
        image.apply_orientation(orientation);
        Ok(Pixels { image, profile })
    })
}

fn open(path: &Path, format: ImageFormat) -> Result<impl image::ImageDecoder, FileProblem> {
    let file = File::open(path).map_err(|error| FileProblem::Failed(error.to_string()))?;
    let length = file.metadata().map_or(u64::MAX, |facts| facts.len());
    if length > ENCODED_MAX {
        return Err(broken("the file is too large to be changed"));
    }
    let mut reader = ImageReader::with_format(BufReader::new(file), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(MEMORY_MAX);
    reader.limits(limits);
    let decoder = reader
        .into_decoder()
        .map_err(|error| broken(&error.to_string()))?;
    let (width, height) = decoder.dimensions();
    // Not every decoder keeps to the limits itself.
    if decoder.total_bytes() > MEMORY_MAX || width > SIDE_MAX || height > SIDE_MAX {
        return Err(broken(&format!(
            "{width} × {height} pixels are too many to be changed"
        )));
    }
    if width == 0 || height == 0 {
        return Err(broken("it has no pixels"));
    }
    Ok(decoder)
}

/// A decoder that gives up in a panic takes nothing along.
fn guarded<T>(work: impl FnOnce() -> Result<T, FileProblem>) -> Result<T, FileProblem> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(broken("it cannot be read")))
}

impl Pixels {
    /// Pixels of the clipboard: four bytes each, not premultiplied.
    pub(in crate::media) fn from_rgba(width: u32, height: u32, rgba: &[u8]) -> Result<Self, FileProblem> {
        let bytes = (u64::from(width) * u64::from(height)).saturating_mul(4);
        if width == 0 || height == 0 || bytes != rgba.len() as u64 {
            return Err(broken("it has no pixels"));
        }
        if width > SIDE_MAX || height > SIDE_MAX || bytes > MEMORY_MAX {
            return Err(broken(&format!("{width} × {height} pixels are too many")));
        }
        let image = image::RgbaImage::from_raw(width, height, rgba.to_vec())
            .ok_or_else(|| broken("it has no pixels"))?;
        let image = DynamicImage::from(image);
        let image = if is_transparent(&image) {
            image
        } else {
            image.into_rgb8().into()
        };
        Ok(Self { image, profile: None })
    }

    /// Encodes it in one encoding, as good as it is.
    pub(in crate::media) fn encode(&self, encoding: Encoding) -> Result<Vec<u8>, FileProblem> {
        encode(&self.image, self.profile.as_deref(), encoding, QUALITY)
    }

    /// Encodes it as WebP, exactly.
    pub(in crate::media) fn encode_webp(&self) -> Result<Vec<u8>, FileProblem> {
        let mut bytes = Vec::new();
        let mut encoder = WebPEncoder::new_lossless(&mut bytes);
        if let Some(profile) = self
            .profile
            .as_deref()
            .filter(|profile| is_meant_for(profile, &self.image))
            && encoder.set_icc_profile(profile.to_vec()).is_err()
        {
            tracing::debug!("a colour profile could not be kept");
        }
        self.image
            .write_with_encoder(encoder)
            .map_err(|error| FileProblem::Failed(error.to_string()))?;
        Ok(bytes)
    }

    /// Encodes it as the gateway takes it: JPEG, or PNG for what is transparent (or where there is no JPEG). `exact` prefers
    /// PNG, for what was drawn by a computer. `None` if the gateway takes neither.
    pub(in crate::media) fn convert(
        &self,
        rules: &'static [MediaRule],
        exact: bool,
    ) -> Option<Result<Encoded, FileProblem>> {
        let (encoding, rule) = choose(rules, exact || is_transparent(&self.image))?;
        Some(self.encode(encoding).map(|bytes| Encoded {
            bytes,
            rule,
            size: (self.image.width(), self.image.height()),
        }))
    }

    /// Makes it smaller, within [`SMALLER_SIDE`], and smaller still until the gateway takes it. `None` if the gateway takes
    /// no picture that can be made.
    pub(in crate::media) fn shrink(
        &self,
        rules: &'static [MediaRule],
    ) -> Option<Result<Encoded, FileProblem>> {
        let (encoding, rule) = choose(rules, is_transparent(&self.image))?;
        let most = rule.max_bytes.unwrap_or(u64::MAX);
        let mut side = SMALLER_SIDE.min(self.image.width().max(self.image.height()));
        let mut smallest;
        loop {
            let image = self.within(side);
            let size = (image.width(), image.height());
            let qualities = if encoding == Encoding::Jpeg {
                &QUALITIES[..]
            } else {
                &QUALITIES[..1]
            };
            smallest = u64::MAX;
            for quality in qualities {
                let bytes = match encode(&image, self.profile.as_deref(), encoding, *quality) {
                    Ok(bytes) => bytes,
                    Err(problem) => return Some(Err(problem)),
                };
                smallest = smallest.min(bytes.len() as u64);
                if smallest <= most {
                    return Some(Ok(Encoded { bytes, rule, size }));
                }
            }
            if side <= SIDE_MIN {
                break;
            }
            side = (side / 4 * 3).max(SIDE_MIN);
        }
        Some(Err(FileProblem::TooLarge {
            bytes: smallest,
            max_bytes: most,
            shrinkable: false,
        }))
    }

    fn within(&self, side: u32) -> DynamicImage {
        let (width, height) = (self.image.width(), self.image.height());
        if width.max(height) <= side {
            return self.image.clone();
        }
        // Twice the size first, cheaply: the fine filter looks at every pixel it is given.
        if width.max(height) / 4 > side {
            return self
                .image
                .thumbnail(side * 2, side * 2)
                .resize(side, side, FilterType::Lanczos3);
        }
        self.image.resize(side, side, FilterType::Lanczos3)
    }
}

/// The encoding of a picture for a gateway, and the row of its table.
fn choose(rules: &'static [MediaRule], png_first: bool) -> Option<(Encoding, &'static MediaRule)> {
    let of = |mime: &str| rules.iter().find(|rule| rule.mime == mime);
    let jpeg = of("image/jpeg").map(|rule| (Encoding::Jpeg, rule));
    let png = of("image/png").map(|rule| (Encoding::Png, rule));
    if png_first { png.or(jpeg) } else { jpeg.or(png) }
}

fn encode(
    image: &DynamicImage,
    profile: Option<&[u8]>,
    encoding: Encoding,
    quality: u8,
) -> Result<Vec<u8>, FileProblem> {
    let mut bytes = Vec::new();
    let failed = |error: image::ImageError| FileProblem::Failed(error.to_string());
    match encoding {
        Encoding::Jpeg => {
            let image = without_transparency(image);
            let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
            if let Some(profile) = profile.filter(|profile| is_meant_for(profile, &image))
                && encoder.set_icc_profile(profile.to_vec()).is_err()
            {
                tracing::debug!("a colour profile could not be kept");
            }
            image.write_with_encoder(encoder).map_err(failed)?;
        }
        Encoding::Png => {
            let mut encoder = PngEncoder::new(&mut bytes);
            if let Some(profile) = profile.filter(|profile| is_meant_for(profile, image))
                && encoder.set_icc_profile(profile.to_vec()).is_err()
            {
                tracing::debug!("a colour profile could not be kept");
            }
            image.write_with_encoder(encoder).map_err(failed)?;
        }
    }
    Ok(bytes)
}

/// Whether a profile speaks of the colours the pixels have: those of printing became others when they were decoded.
fn is_meant_for(profile: &[u8], image: &DynamicImage) -> bool {
    let wanted: &[u8] = if image.color().has_color() {
        b"RGB "
    } else {
        b"GRAY"
    };
    profile.get(16..20) == Some(wanted)
}

fn is_transparent(image: &DynamicImage) -> bool {
    match image {
        DynamicImage::ImageRgba8(image) => image.pixels().any(|pixel| pixel[3] < u8::MAX),
        DynamicImage::ImageLumaA8(image) => image.pixels().any(|pixel| pixel[1] < u8::MAX),
        other if other.has_alpha() => other.to_rgba16().pixels().any(|pixel| pixel[3] < u16::MAX),
        _ => false,
    }
}

/// What JPEG can hold: eight bits, grey or in colours; what is transparent lies on white.
fn without_transparency(image: &DynamicImage) -> DynamicImage {
    if !is_transparent(image) {
        return if image.color().has_color() {
            image.to_rgb8().into()
        } else {
            image.to_luma8().into()
        };
    }
    let image = image.to_rgba8();
    RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let [red, green, blue, alpha] = image.get_pixel(x, y).0;
        let on_white = |value: u8| {
            let sum = u32::from(value) * u32::from(alpha) + 255 * (255 - u32::from(alpha));
            u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX)
        };
        Rgb([on_white(red), on_white(green), on_white(blue)])
    })
    .into()
}
