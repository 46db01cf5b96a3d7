//! A picture of the clipboard as the engine takes it. A large one has many millions of pixels, so that happens in a thread
//! of its own.

use crate::domain::outgoing::FileSource;
use egui::{Color32, ColorImage, Context};
use std::sync::{Arc, mpsc};

/// Begins; the window wakes when it is done. Without a thread nothing comes, and the picture counts as broken.
pub(super) fn read(context: &Context, image: Arc<ColorImage>, name: String) -> mpsc::Receiver<FileSource> {
    let (sender, receiver) = mpsc::channel();
    let waker = context.clone();
    let thread = std::thread::Builder::new()
        .name("pasted-picture".to_owned())
        .spawn(move || {
            if let Some(source) = source_of(&image, name) {
                // Whoever pasted it may have taken it away meanwhile.
                let _ = sender.send(source);
            }
            drop(sender);
            waker.request_repaint();
        });
    if let Err(error) = thread {
        tracing::warn!(%error, "no thread for a pasted picture");
    }
    receiver
}

fn source_of(image: &ColorImage, name: String) -> Option<FileSource> {
    let [width, height] = image.size;
    if width == 0 || height == 0 || image.pixels.len() != width.checked_mul(height)? {
        return None;
    }
    let rgba: Vec<u8> = image
        .pixels
        .iter()
        .flat_map(Color32::to_srgba_unmultiplied)
        .collect();
    Some(FileSource::Pixels {
        name,
        width: u32::try_from(width).ok()?,
        height: u32::try_from(height).ok()?,
        rgba: rgba.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_are_handed_on_as_they_were() {
        let bytes = [10, 20, 30, 255, 200, 100, 0, 255];
        let image = ColorImage::from_rgba_unmultiplied([2, 1], &bytes);
        let source = source_of(&image, "Imagem".to_owned());
        let Some(FileSource::Pixels {
            name,
            width,
            height,
            rgba,
        }) = source
        else {
            panic!("a picture");
        };
        assert_eq!((width, height, &rgba[..]), (2, 1, &bytes[..]));
        assert_eq!(name, "Imagem");
        assert_eq!(source_of(&ColorImage::default(), name), None);
    }
}
