//! Many webhooks at once, sent at their own times whether the receiver keeps up or not.

pub mod plan;
pub mod report;
mod run;

pub use plan::{StormPace, StormPlan};
pub use report::{StormPost, StormProgress, StormReport};
pub use run::StormHandle;
