//! An account's library of templates: what is registered at the vendor, as the operator copied it.

mod editor;
mod files;
mod library;
mod preview;
#[cfg(test)]
mod tests;

pub(super) use library::Library;
