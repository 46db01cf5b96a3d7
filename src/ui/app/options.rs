//! How the app is made.

use crate::domain::time::Clock;
use crate::ui::outside::{Desktop, System};
use crate::ui::voices::{SystemPlayer, VoicePlayer};
use std::sync::Arc;

/// How the app is made.
pub struct AppOptions {
    /// The time.
    pub clock: Clock,
    /// The system around the window.
    pub system: Arc<dyn System>,
    /// What plays voice notes.
    pub player: Arc<dyn VoicePlayer>,
    /// Whether the system asks for less motion.
    pub reduced_motion: bool,
    /// Longer, accented words, to see where a text does not fit or is not translated.
    pub pseudo_words: bool,
}

impl Default for AppOptions {
    fn default() -> Self {
        Self {
            clock: Clock::system(),
            system: Arc::new(Desktop),
            player: Arc::new(SystemPlayer::default()),
            reduced_motion: false,
            pseudo_words: false,
        }
    }
}
