//! Where an account's attachments are put, so that its gateway can fetch them: a card with three choices, what each
//! needs, and whether it works.

mod card;
mod form;
mod reach;
mod said;
mod storage;
#[cfg(test)]
mod tests;
mod values;

pub(super) use form::HostingForm;
