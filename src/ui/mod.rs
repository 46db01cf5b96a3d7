//! Everything egui. The window thread draws and nothing else: a screen reads a borrowed [`context::UiContext`] and says
//! what it wants done; the engine does it.

pub mod app;
pub mod banners;
pub mod context;
pub mod dialogs;
pub mod drops;
pub mod emoji;
pub mod failure;
pub mod file_words;
pub mod fuzzy;
pub mod link;
pub mod notices;
pub mod offscreen;
pub mod outside;
pub mod pairing_way;
pub mod palette;
pub mod pictures;
pub mod presence;
pub mod rail;
pub mod read_model;
pub mod reason_words;
pub mod saving;
pub mod screens;
pub mod shortcuts;
pub mod strip;
pub mod template_words;
#[cfg(test)]
pub mod testing;
pub mod text;
pub mod theme;
pub mod toasts;
pub mod voices;
pub mod widgets;
pub mod window;
pub mod words;
