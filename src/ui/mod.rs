//! Everything egui. The window thread draws and nothing else: a screen reads a borrowed [`context::UiContext`] and says
//! what it wants done; the engine does it.

pub mod emoji;
pub mod offscreen;
pub mod text;
pub mod theme;
pub mod widgets;
pub mod words;
