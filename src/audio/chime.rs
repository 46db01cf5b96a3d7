//! The sound of an arriving message, made here: two soft notes, 150 ms.

use super::opus::{FRAMES_PER_SECOND, Frame};
use std::f32::consts::TAU;

/// How long the chime lasts, in frames: 150 ms.
pub const CHIME_FRAMES: usize = FRAMES_PER_SECOND as usize * 150 / 1_000;
/// A tenth of what is possible: to be noticed, not to startle.
const LOUDNESS: f32 = 0.1;
/// When the second note begins, in seconds.
const SECOND_NOTE_SECS: f32 = 0.06;

/// The chime.
#[must_use]
pub fn chime() -> Vec<Frame> {
    (0..CHIME_FRAMES)
        .map(|index| {
            let time = index as f32 / FRAMES_PER_SECOND as f32;
            let end = CHIME_FRAMES as f32 / FRAMES_PER_SECOND as f32;
            // Fades to nothing at the end, so that it does not click.
            let fade = ((end - time) / 0.03).min(1.0);
            let sound = (note(time, 880.0) + note(time - SECOND_NOTE_SECS, 1_318.5)) * fade * LOUDNESS * 0.5;
            [(sound * f32::from(i16::MAX)) as i16; 2]
        })
        .collect()
}

/// A struck note: a short rise, then it dies away.
fn note(time: f32, hertz: f32) -> f32 {
    if time < 0.0 {
        return 0.0;
    }
    let rise = (time / 0.004).min(1.0);
    (TAU * hertz * time).sin() * rise * (-time * 18.0).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_short_quiet_and_does_not_click() {
        let sound = chime();
        assert_eq!(sound.len(), 7_200);
        let loudest = sound.iter().map(|frame| frame[0].unsigned_abs()).max().unwrap();
        assert!((1_000..=3_300).contains(&loudest), "{loudest}");
        assert_eq!(sound[0], [0; 2]);
        assert!(sound[sound.len() - 1][0].abs() < 20);
        let steps = sound
            .windows(2)
            .map(|pair| (i32::from(pair[1][0]) - i32::from(pair[0][0])).abs());
        assert!(steps.max().unwrap() < 600);
    }
}
