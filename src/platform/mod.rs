//! What the program needs of the machine it runs on: its data folder, being the only one that uses it, a log without
//! secrets, the desktop's notifications, and whether there is a screen at all.

pub mod display;
pub mod folders;
pub mod instance;
pub mod logging;
pub mod notify;
