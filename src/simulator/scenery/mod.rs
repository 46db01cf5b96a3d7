//! What people send in the demo, made in code: pictures that are drawn, a page that is set.

mod canvas;
pub mod paper;
pub mod pictures;
