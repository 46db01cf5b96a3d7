//! What all gateways promise, held to all three of them: one list of behaviours, each the same test for every gateway.
//!
//! A behaviour asks what a gateway can do only of its `Capabilities`, and what it says when it says no of the table in
//! [`scene`]; which simulator is behind it is hidden by [`played::PlayedGateway`]. Behind the list stand the few
//! behaviours that only one gateway can have.

mod adapters;
mod batch;
mod credentials;
pub mod desk;
mod faults;
mod fetching;
mod files;
mod following;
mod inbox;
mod limits;
mod played;
mod refused;
mod resolving;
mod scene;
mod secrets;
mod sending;
mod waiting;
mod window;
