//! Threads with both sides for the tests: every kind of thing that comes in, with real files in a folder of its own.

use super::bench::{Bench, Stored, message, outgoing};
use crate::domain::incoming::{IncomingMedia, Place, StoredFile};
use crate::domain::message::MessageState;
use crate::domain::{
    AccountId, ConversationId, IncomingKind, IncomingMessage, MessageId, PhoneNumber, ThreadEntry,
};
use crate::engine::Live;
use crate::ui::testing::{self, NOW};
use egui_kittest::kittest::Queryable as _;
use std::path::Path;
use std::time::{Duration, Instant};

/// Something that came so many minutes before [`NOW`].
pub fn came(minutes: u64, kind: IncomingKind, text: &str) -> IncomingMessage {
    let at = NOW.minus(Duration::from_secs(minutes * 60));
    IncomingMessage {
        id: MessageId::new(),
        account: AccountId::new(),
        conversation: ConversationId::new(),
        from: PhoneNumber::from_digits("5511900000044").unwrap(),
        kind,
        text: text.into(),
        sender_name: None,
        sent_at: Some(at),
        received_at: at,
        place: None,
        media: kind.has_file().then(IncomingMedia::default),
        reply_to: None,
        revoked_at: None,
    }
}

/// As a line of a thread.
pub fn incoming(message: IncomingMessage) -> ThreadEntry {
    ThreadEntry::Incoming(Box::new(message))
}

/// Puts a file with this content into the folder for media.
pub fn file(folder: &Path, name: &str, mime: &str, content: &[u8]) -> StoredFile {
    let stored_name = format!("{:032x}", rand::random::<u128>());
    std::fs::create_dir_all(folder.join("media")).unwrap();
    std::fs::write(folder.join("media").join(&stored_name), content).unwrap();
    StoredFile {
        stored_name,
        name: name.into(),
        bytes: content.len() as u64,
        mime: mime.into(),
        sha256: [7; 32],
    }
}

/// A picture of hills under a sky, as a PNG.
pub fn landscape(width: u32, height: u32, hue: u8) -> Vec<u8> {
    let picture = image::RgbImage::from_fn(width, height, |x, y| {
        let (across, down) = (x as f32 / width as f32, y as f32 / height as f32);
        let far = 0.55 + 0.08 * (across * 7.0).sin();
        let near = 0.74 + 0.07 * (across * 4.0 + 2.0).cos();
        let sun = (across - 0.72).hypot((down - 0.24) * height as f32 / width as f32) < 0.07;
        image::Rgb(if down > near {
            [40 + hue / 8, 100, 60]
        } else if down > far {
            [84 + hue / 8, 148, 100]
        } else if sun {
            [255, 226, 150]
        } else {
            let fade = (down * 120.0) as u8;
            [130 + fade / 2 + hue / 4, 180 + fade / 3, 225 - hue / 3]
        })
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// With this file, and the size told with it.
pub fn with_file(
    mut message: IncomingMessage,
    file: StoredFile,
    size: Option<(u32, u32)>,
) -> IncomingMessage {
    message.media = Some(IncomingMedia {
        width: size.map(|size| size.0),
        height: size.map(|size| size.1),
        file: Some(file),
        ..IncomingMedia::default()
    });
    message
}

/// A picture of this size in pixels.
pub fn picture(folder: &Path, minutes: u64, name: &str, size: (u32, u32), text: &str) -> IncomingMessage {
    let stored = file(
        folder,
        name,
        "image/png",
        &landscape(size.0, size.1, (minutes * 40 % 200) as u8),
    );
    with_file(came(minutes, IncomingKind::Image, text), stored, Some(size))
}

pub const CARD: &str = "BEGIN:VCARD\nVERSION:3.0\nFN:João Pereira\nTEL;type=CELL;waid=5511900000021:+55 11 90000-0021\n\
                        TEL;type=WORK:+55 11 90000-0099\nEND:VCARD";

/// Every kind, as it comes, with answers in between.
pub fn every_kind(folder: &Path) -> Vec<ThreadEntry> {
    use IncomingKind as Kind;
    let question = came(
        95,
        Kind::Text,
        "Boa tarde! O orçamento *1842* ficou pronto? 😊 Vi em https://loja.example/1842",
    );
    let answered = question.id;
    let mut thumbnail_only = came(33, Kind::Image, "");
    thumbnail_only.media = Some(IncomingMedia {
        width: Some(1_200),
        height: Some(900),
        thumbnail: Some(landscape(80, 60, 60).into()),
        told_bytes: Some(420_000),
        ..IncomingMedia::default()
    });
    let mut place = came(50, Kind::Place, "");
    place.place = Place::new(-23.550_52, -46.633_31, false);
    let mut deleted = came(20, Kind::Text, "Pode ser às 15h?");
    deleted.revoked_at = Some(NOW.minus(Duration::from_secs(1_000)));
    let mut answer = came(8, Kind::Text, "Perfeito, muito obrigada! 🙏");
    answer.reply_to = Some(answered);
    vec![
        incoming(question),
        outgoing(message(
            92,
            MessageState::Read,
            "Boa tarde, *Marina*! Ficou sim. Qual das duas?",
        )),
        incoming(picture(
            folder,
            80,
            "vitrine.png",
            (900, 600),
            "Esta aqui, com a _moldura_ clara",
        )),
        incoming(with_file(
            came(70, Kind::Voice, ""),
            file(folder, "voz.ogg", "audio/ogg", &[1; 24_000]),
            None,
        )),
        incoming(with_file(
            came(62, Kind::Document, ""),
            file(folder, "pedido-1842.pdf", "application/pdf", &[2; 184_000]),
            None,
        )),
        incoming(with_file(
            came(58, Kind::Video, "O pátio por onde entra"),
            file(folder, "patio.mp4", "video/mp4", &[3; 2_400_000]),
            None,
        )),
        incoming(place),
        incoming(came(44, Kind::ContactCard, CARD)),
        incoming(with_file(
            came(40, Kind::Document, ""),
            file(
                folder,
                "instalar.exe",
                "application/vnd.microsoft.portable-executable",
                b"MZ",
            ),
            None,
        )),
        incoming(thumbnail_only),
        incoming(came(31, Kind::Voice, "")),
        incoming(with_file(
            came(27, Kind::Image, ""),
            file(folder, "quebrada.jpg", "image/jpeg", b"not a picture"),
            Some((640, 400)),
        )),
        incoming(came(24, Kind::Unknown, "tipo: enquete; pergunta: Qual cor?")),
        incoming(deleted),
        incoming(came(18, Kind::Revoked, "")),
        outgoing(message(
            12,
            MessageState::Delivered,
            "Qualquer dúvida é só chamar. 👋",
        )),
        incoming(answer),
    ]
}

/// A window with a thread of these, in a folder that lasts as long.
pub struct BothSides {
    pub bench: Bench,
    pub folder: tempfile::TempDir,
    /// The row of the thread.
    pub index: usize,
}

impl BothSides {
    /// The thread is open; so many of its entries have not been seen.
    pub fn new(
        size: [f32; 2],
        unread: u32,
        change: impl FnOnce(&mut Live),
        entries: impl FnOnce(&Path) -> Vec<ThreadEntry>,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut live = testing::live(1);
        live.folder = folder.path().to_path_buf();
        change(&mut live);
        let account = live.accounts[0].account.id;
        let mut stored = Stored::default();
        let others = super::bench::people(account);
        stored.history.clone_from(&others.history);
        stored.add_entries(
            account,
            Some("Marina Souza"),
            "5511900000044",
            entries(folder.path()),
        );
        stored.rows[0].unread = unread;
        for row in others.rows.into_iter().skip(1) {
            stored.rows.push(row);
        }
        stored.entries.extend(others.entries);
        let mut bench = Bench::new(live, stored, size);
        bench.open(0);
        Self {
            bench,
            folder,
            index: 0,
        }
    }

    /// Every kind, in the usual window.
    pub fn usual() -> Self {
        Self::new([1_280.0, 800.0], 0, |_| {}, every_kind)
    }

    pub fn id(&self) -> ConversationId {
        self.bench.stored.id(self.index)
    }

    pub fn entries(&mut self) -> &mut Vec<ThreadEntry> {
        let id = self.id();
        self.bench.stored.entries.get_mut(&id).unwrap()
    }

    /// Tells the window that something came, which is not seen.
    pub fn come(&mut self, message: IncomingMessage) {
        let id = self.id();
        let message = IncomingMessage {
            conversation: id,
            ..message
        };
        let told = message.id;
        self.entries().push(incoming(message));
        self.bench.stored.rows[self.index].unread += 1;
        self.bench.tell(crate::engine::Event::Messages {
            ids: vec![told],
            conversations: vec![id],
        });
    }

    /// Scrolls the thread by so many points, downward to what is older.
    pub fn scroll(&mut self, points: f32) {
        let size = self.bench.played.harness.ctx.content_rect().size();
        let middle = egui::pos2(size.x * 0.66, size.y * 0.4);
        self.bench.played.harness.hover_at(middle);
        self.bench.played.harness.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, points),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: egui::Modifiers::NONE,
        });
        self.bench.played.harness.run_steps(12);
        self.bench.settle();
    }

    /// Whether something has a name with these words in it, in the part that is drawn.
    pub fn sees(&self, words: &str) -> bool {
        self.rect(words).is_some()
    }

    /// Where something with these words in its name is.
    pub fn rect(&self, words: &str) -> Option<egui::Rect> {
        let harness = &self.bench.played.harness;
        harness
            .query_all_by_label_contains(words)
            .next()
            .map(|node| node.rect())
    }

    /// Scrolls up until something with these words is in sight.
    pub fn find(&mut self, words: &str) {
        for _ in 0..60 {
            let height = self.bench.played.harness.ctx.content_rect().height();
            if self
                .rect(words)
                .is_some_and(|rect| rect.top() > 150.0 && rect.bottom() < height - 190.0)
            {
                return;
            }
            self.scroll(120.0);
        }
        panic!("{words} is not there: {:#?}", self.bench.texts());
    }

    /// Draws until this holds: for what other threads do.
    pub fn until(&mut self, holds: impl Fn(&mut Self) -> bool) {
        let until = Instant::now() + Duration::from_secs(30);
        while !holds(self) {
            assert!(Instant::now() < until, "it never came: {:#?}", self.bench.texts());
            self.bench.settle();
            std::thread::yield_now();
        }
    }
}
