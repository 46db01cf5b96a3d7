//! Whether a gateway can fetch files from our own listener, in words.

use crate::engine::Reach;
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::{Tone, icons};

impl Reach {
    /// The state in a word.
    pub(super) fn pill(&self, ctx: &UiContext<'_>) -> (Tone, &'static str, String) {
        match self {
            Self::Public(_) | Self::Here(_) => {
                (Tone::Ok, icons::CIRCLE_CHECK, t!(ctx, "hosting-state-listener"))
            }
            Self::Starting => (Tone::Neutral, icons::CLOCK, t!(ctx, "hosting-state-starting")),
            Self::NoPublicAddress | Self::NotListening => {
                (Tone::Warn, icons::WARNING, t!(ctx, "hosting-state-out-of-reach"))
            }
        }
    }

    /// What it means, in a sentence.
    pub(super) fn sentence(&self, ctx: &UiContext<'_>) -> String {
        match self {
            Self::Public(_) => t!(ctx, "hosting-reach-public"),
            Self::Here(_) => t!(ctx, "hosting-reach-here"),
            Self::NoPublicAddress => t!(ctx, "hosting-reach-no-public-address"),
            Self::NotListening => t!(ctx, "hosting-reach-not-listening"),
            Self::Starting => t!(ctx, "hosting-reach-starting"),
        }
    }
}
