//! The files of words, built into the program: language, room, text.

/// The three files of every room.
macro_rules! rooms {
    ($($room:literal),+ $(,)?) => {
        &[
            $(("pt-BR", $room, include_str!(concat!("../../../assets/locales/pt-BR/", $room, ".ftl"))),)+
            $(("es", $room, include_str!(concat!("../../../assets/locales/es/", $room, ".ftl"))),)+
            $(("en", $room, include_str!(concat!("../../../assets/locales/en/", $room, ".ftl"))),)+
        ]
    };
}

/// Every file of words: tag of the language, room, text. One file per room and language.
pub const FILES: &[(&str, &str, &str)] = rooms![
    "common",
    "frame",
    "settings",
    "reasons",
    "decision_telecom",
    "accounts",
    "hosting",
    "pairing",
    "dashboard",
    "queue",
    "conversations",
    "thread",
    "composer",
    "demo",
    "platform",
    "voice",
    "templates",
    "devino"
];
