//! The icons, as characters of the icon font. Made by `assets/icons/subset.py` from `icons.txt`.

/// Conversations.
pub const MESSAGES: &str = "\u{e40d}";
/// Sends something.
pub const SEND: &str = "\u{e152}";
/// Pairing.
pub const QR: &str = "\u{e1df}";
/// The dashboard.
pub const DASHBOARD: &str = "\u{e1c1}";
/// The queue.
pub const QUEUE: &str = "\u{e1d1}";
/// Accounts and credentials.
pub const ACCOUNTS: &str = "\u{e4a3}";
/// Settings.
pub const SETTINGS: &str = "\u{e154}";
/// Searches.
pub const SEARCH: &str = "\u{e151}";
/// Adds something.
pub const PLUS: &str = "\u{e13d}";
/// Takes something away.
pub const MINUS: &str = "\u{e11c}";
/// Reads again.
pub const REFRESH: &str = "\u{e145}";
/// Closes, or clears.
pub const X: &str = "\u{e1b2}";
/// Done, or chosen.
pub const CHECK: &str = "\u{e06c}";
/// Delivered; read when coloured.
pub const CHECK_CHECK: &str = "\u{e38e}";
/// Waiting.
pub const CLOCK: &str = "\u{e087}";
/// A problem.
pub const ALERT: &str = "\u{e077}";
/// Uncertain.
pub const QUESTION: &str = "\u{e082}";
/// A warning.
pub const WARNING: &str = "\u{e193}";
/// Something to know.
pub const INFO: &str = "\u{e0f9}";
/// Deletes.
pub const TRASH: &str = "\u{e18e}";
/// Pauses.
pub const PAUSE: &str = "\u{e12e}";
/// Starts or continues.
pub const PLAY: &str = "\u{e13c}";
/// Copies to the clipboard.
pub const COPY: &str = "\u{e09e}";
/// Saves to a file.
pub const DOWNLOAD: &str = "\u{e0b2}";
/// Takes from a file.
pub const UPLOAD: &str = "\u{e19e}";
/// Keeps changes.
pub const SAVE: &str = "\u{e14d}";
/// Shows larger.
pub const EXPAND: &str = "\u{e113}";
/// Shows smaller.
pub const COLLAPSE: &str = "\u{e11b}";
/// Attaches a file.
pub const PAPERCLIP: &str = "\u{e12d}";
/// Emoji.
pub const SMILE: &str = "\u{e164}";
/// Quick replies.
pub const LIGHTNING: &str = "\u{e1b4}";
/// A date.
pub const CALENDAR: &str = "\u{e063}";
/// Scheduled.
pub const CALENDAR_CLOCK: &str = "\u{e304}";
/// Opens below.
pub const CHEVRON_DOWN: &str = "\u{e06d}";
/// Closes upwards.
pub const CHEVRON_UP: &str = "\u{e070}";
/// Opens, or goes deeper.
pub const CHEVRON_RIGHT: &str = "\u{e06f}";
/// Goes back one.
pub const CHEVRON_LEFT: &str = "\u{e06e}";
/// One of several can be chosen.
pub const CHEVRONS_UP_DOWN: &str = "\u{e211}";
/// Goes back.
pub const ARROW_LEFT: &str = "\u{e048}";
/// Goes on.
pub const ARROW_RIGHT: &str = "\u{e049}";
/// Goes up, or came from here.
pub const ARROW_UP: &str = "\u{e04a}";
/// Goes to the newest.
pub const ARROW_DOWN: &str = "\u{e042}";
/// Shows a secret.
pub const EYE: &str = "\u{e0ba}";
/// Hides a secret.
pub const EYE_OFF: &str = "\u{e0bb}";
/// Kept safe.
pub const SHIELD_CHECK: &str = "\u{e1ff}";
/// Not safe.
pub const SHIELD_ALERT: &str = "\u{e1fe}";
/// Locked.
pub const LOCK: &str = "\u{e10b}";
/// Connects.
pub const PLUG: &str = "\u{e37f}";
/// Disconnected.
pub const UNPLUG: &str = "\u{e45d}";
/// Connected.
pub const WIFI: &str = "\u{e1ae}";
/// Not connected.
pub const WIFI_OFF: &str = "\u{e1af}";
/// The gateway does not answer.
pub const CLOUD_OFF: &str = "\u{e08d}";
/// An empty battery.
pub const BATTERY: &str = "\u{e053}";
/// A third of the battery.
pub const BATTERY_LOW: &str = "\u{e056}";
/// Two thirds of the battery.
pub const BATTERY_MEDIUM: &str = "\u{e057}";
/// A full battery.
pub const BATTERY_FULL: &str = "\u{e055}";
/// A charging battery.
pub const BATTERY_CHARGING: &str = "\u{e054}";
/// A limit.
pub const GAUGE: &str = "\u{e1bf}";
/// Waiting in order.
pub const LIST_ORDERED: &str = "\u{e1d1}";
/// Filters a list.
pub const LIST_FILTER: &str = "\u{e460}";
/// More actions.
pub const MORE: &str = "\u{e0b6}";
/// More actions, upright.
pub const MORE_VERTICAL: &str = "\u{e0b7}";
/// A file.
pub const FILE: &str = "\u{e0c0}";
/// A document.
pub const FILE_TEXT: &str = "\u{e0cc}";
/// A picture.
pub const IMAGE: &str = "\u{e0f6}";
/// A sound.
pub const MUSIC: &str = "\u{e122}";
/// A voice message.
pub const MIC: &str = "\u{e118}";
/// A film.
pub const VIDEO: &str = "\u{e1a5}";
/// Loudness.
pub const VOLUME: &str = "\u{e1ab}";
/// Something to listen to.
pub const HEADPHONES: &str = "\u{e0f1}";
/// A place.
pub const MAP_PIN: &str = "\u{e111}";
/// A contact card.
pub const CONTACT: &str = "\u{e09c}";
/// A sticker.
pub const STICKER: &str = "\u{e302}";
/// The phone.
pub const PHONE: &str = "\u{e163}";
/// A person.
pub const USER: &str = "\u{e19f}";
/// Several people.
pub const USERS: &str = "\u{e1a4}";
/// The network.
pub const GLOBE: &str = "\u{e0e8}";
/// The light theme.
pub const SUN: &str = "\u{e178}";
/// The dark theme.
pub const MOON: &str = "\u{e11e}";
/// As the system has it.
pub const MONITOR: &str = "\u{e11d}";
/// How it looks.
pub const PALETTE: &str = "\u{e1dd}";
/// A folder.
pub const FOLDER: &str = "\u{e0d7}";
/// Notifications.
pub const BELL: &str = "\u{e059}";
/// No notifications.
pub const BELL_OFF: &str = "\u{e05a}";
/// Keyboard shortcuts.
pub const KEYBOARD: &str = "\u{e284}";
/// At work.
pub const LOADER: &str = "\u{e10a}";
/// Not yet.
pub const CIRCLE: &str = "\u{e076}";
/// Now.
pub const CIRCLE_DOT: &str = "\u{e345}";
/// Done.
pub const CIRCLE_CHECK: &str = "\u{e226}";
/// Refused or failed.
pub const CIRCLE_X: &str = "\u{e084}";
/// Not possible.
pub const BAN: &str = "\u{e051}";
/// What was before.
pub const HISTORY: &str = "\u{e1f5}";
/// Edits.
pub const PENCIL: &str = "\u{e1f9}";
/// Writes something new.
pub const SQUARE_PEN: &str = "\u{e172}";
/// A link.
pub const LINK: &str = "\u{e102}";
/// A countdown.
pub const TIMER: &str = "\u{e1e0}";
/// The side panel.
pub const PANEL_RIGHT: &str = "\u{e431}";
/// A key.
pub const KEY: &str = "\u{e0fd}";
/// The language.
pub const LANGUAGES: &str = "\u{e0fe}";
/// Larger.
pub const ZOOM_IN: &str = "\u{e1b6}";
/// Smaller.
pub const ZOOM_OUT: &str = "\u{e1b7}";
/// Opens outside of the program.
pub const EXTERNAL_LINK: &str = "\u{e0b9}";
/// The command palette.
pub const COMMAND: &str = "\u{e09a}";
/// Filters.
pub const FILTER: &str = "\u{e0dc}";
/// Signs out.
pub const LOG_OUT: &str = "\u{e10e}";
/// Switches off.
pub const POWER: &str = "\u{e140}";
/// Answers.
pub const REPLY: &str = "\u{e22a}";
/// Passes on.
pub const FORWARD: &str = "\u{e229}";
/// A favourite.
pub const STAR: &str = "\u{e176}";
/// Kept on top.
pub const PIN: &str = "\u{e259}";
/// Put away.
pub const ARCHIVE: &str = "\u{e041}";
/// What came in.
pub const INBOX: &str = "\u{e0f7}";
/// Takes back.
pub const UNDO: &str = "\u{e2a1}";
/// Does again.
pub const REDO: &str = "\u{e2a0}";
/// Starts over.
pub const ROTATE: &str = "\u{e148}";
/// Leaves out.
pub const SKIP: &str = "\u{e160}";
/// Not chosen.
pub const SQUARE: &str = "\u{e167}";
/// Chosen.
pub const SQUARE_CHECK: &str = "\u{e559}";
/// A number.
pub const HASH: &str = "\u{e0ef}";
/// An e-mail address.
pub const AT_SIGN: &str = "\u{e04e}";
/// A call.
pub const CALL: &str = "\u{e133}";
/// The address the gateway calls.
pub const WEBHOOK: &str = "\u{e374}";
/// Looks from outside.
pub const RADAR: &str = "\u{e497}";
/// A server.
pub const SERVER: &str = "\u{e153}";
/// The database.
pub const DATABASE: &str = "\u{e0ad}";
/// The address book.
pub const ADDRESS_BOOK: &str = "\u{e54d}";
/// A label.
pub const TAG: &str = "\u{e17f}";
/// Prints.
pub const PRINTER: &str = "\u{e141}";
/// Help.
pub const HELP: &str = "\u{e101}";
/// What is going on.
pub const ACTIVITY: &str = "\u{e038}";
/// Rising.
pub const TRENDING_UP: &str = "\u{e191}";
/// Figures over time.
pub const CHART: &str = "\u{e2a3}";
/// A new message.
pub const MESSAGE_PLUS: &str = "\u{e40c}";
/// The Enter key.
pub const ENTER: &str = "\u{e0a1}";
/// Technical details.
pub const TERMINAL: &str = "\u{e181}";
/// Repairs.
pub const WRENCH: &str = "\u{e1b1}";
/// Flags.
pub const FLAG: &str = "\u{e0d1}";
/// Symbols.
pub const HEART: &str = "\u{e0f2}";
/// Animals.
pub const PAW: &str = "\u{e4f5}";
/// Food.
pub const UTENSILS: &str = "\u{e2f6}";
/// Travel.
pub const PLANE: &str = "\u{e1de}";
/// Activities.
pub const TROPHY: &str = "\u{e373}";
/// Objects.
pub const LIGHTBULB: &str = "\u{e1c2}";

/// Every icon, for tests.
pub const ALL: &[&str] = &[
    MESSAGES,
    SEND,
    QR,
    DASHBOARD,
    QUEUE,
    ACCOUNTS,
    SETTINGS,
    SEARCH,
    PLUS,
    MINUS,
    REFRESH,
    X,
    CHECK,
    CHECK_CHECK,
    CLOCK,
    ALERT,
    QUESTION,
    WARNING,
    INFO,
    TRASH,
    PAUSE,
    PLAY,
    COPY,
    DOWNLOAD,
    UPLOAD,
    SAVE,
    EXPAND,
    COLLAPSE,
    PAPERCLIP,
    SMILE,
    LIGHTNING,
    CALENDAR,
    CALENDAR_CLOCK,
    CHEVRON_DOWN,
    CHEVRON_UP,
    CHEVRON_RIGHT,
    CHEVRON_LEFT,
    CHEVRONS_UP_DOWN,
    ARROW_LEFT,
    ARROW_RIGHT,
    ARROW_UP,
    ARROW_DOWN,
    EYE,
    EYE_OFF,
    SHIELD_CHECK,
    SHIELD_ALERT,
    LOCK,
    PLUG,
    UNPLUG,
    WIFI,
    WIFI_OFF,
    CLOUD_OFF,
    BATTERY,
    BATTERY_LOW,
    BATTERY_MEDIUM,
    BATTERY_FULL,
    BATTERY_CHARGING,
    GAUGE,
    LIST_ORDERED,
    LIST_FILTER,
    MORE,
    MORE_VERTICAL,
    FILE,
    FILE_TEXT,
    IMAGE,
    MUSIC,
    MIC,
    VIDEO,
    VOLUME,
    HEADPHONES,
    MAP_PIN,
    CONTACT,
    STICKER,
    PHONE,
    USER,
    USERS,
    GLOBE,
    SUN,
    MOON,
    MONITOR,
    PALETTE,
    FOLDER,
    BELL,
    BELL_OFF,
    KEYBOARD,
    LOADER,
    CIRCLE,
    CIRCLE_DOT,
    CIRCLE_CHECK,
    CIRCLE_X,
    BAN,
    HISTORY,
    PENCIL,
    SQUARE_PEN,
    LINK,
    TIMER,
    PANEL_RIGHT,
    KEY,
    LANGUAGES,
    ZOOM_IN,
    ZOOM_OUT,
    EXTERNAL_LINK,
    COMMAND,
    FILTER,
    LOG_OUT,
    POWER,
    REPLY,
    FORWARD,
    STAR,
    PIN,
    ARCHIVE,
    INBOX,
    UNDO,
    REDO,
    ROTATE,
    SKIP,
    SQUARE,
    SQUARE_CHECK,
    HASH,
    AT_SIGN,
    CALL,
    WEBHOOK,
    RADAR,
    SERVER,
    DATABASE,
    ADDRESS_BOOK,
    TAG,
    PRINTER,
    HELP,
    ACTIVITY,
    TRENDING_UP,
    CHART,
    MESSAGE_PLUS,
    ENTER,
    TERMINAL,
    WRENCH,
    FLAG,
    HEART,
    PAW,
    UTENSILS,
    PLANE,
    TROPHY,
    LIGHTBULB,
];
