//! The wire to the sound server: finding it, shaking hands, messages in and out. Nothing here waits without a bound.

use pulseaudio::protocol::{
    AuthParams, AuthReply, Command, CommandReply, CommandTag, DESCRIPTOR_SIZE, MAX_VERSION, Prop, Props,
    ProtocolError, SetClientNameReply, TagStructReader, read_descriptor, write_command_message,
    write_memblock,
};
use std::ffi::CString;
use std::io::{Cursor, ErrorKind, Read};
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The server checks the length before the content.
const COOKIE_BYTES: usize = 256;
/// No message of the server is longer; one that says so comes from something else.
const MESSAGE_MAX_BYTES: usize = 1024 * 1024;
const ANSWER_MAX: Duration = Duration::from_millis(1_500);
const WRITE_MAX: Duration = Duration::from_millis(500);

/// What went wrong, for the log.
#[derive(Debug, thiserror::Error)]
pub(super) enum WireError {
    #[error(transparent)]
    Protocol(#[from] ProtocolError),
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error("the sound server closed the connection")]
    Closed,
    #[error("the sound server does not answer")]
    Silent,
    #[error("the sound server sent {0} bytes at once")]
    TooLong(usize),
}

/// One message of the server.
pub(super) enum Message {
    /// The answer to the command with this number: its content, or the refusal.
    Reply(u32, Reply),
    /// Something the server says of itself.
    Event(Box<Command>),
}

/// The content of an answer, still to be read as what was asked for.
pub(super) type Reply = Result<Vec<u8>, String>;

/// A connection that has introduced itself.
pub(super) struct Wire {
    socket: UnixStream,
    version: u16,
    received: Vec<u8>,
    next_number: u32,
}

impl Wire {
    /// Connects to the first of these sockets that answers.
    pub(super) fn connect(places: &[PathBuf], cookie: Option<&Path>) -> Result<Self, WireError> {
        let mut failure = WireError::Io(ErrorKind::NotFound.into());
        for place in places {
            match UnixStream::connect(place) {
                Ok(socket) => return Self::introduce(socket, cookie),
                Err(error) => failure = error.into(),
            }
        }
        Err(failure)
    }

    fn introduce(socket: UnixStream, cookie: Option<&Path>) -> Result<Self, WireError> {
        socket.set_write_timeout(Some(WRITE_MAX))?;
        let mut wire = Self {
            socket,
            version: MAX_VERSION,
            received: Vec::new(),
            next_number: 0,
        };
        let mut cookie = cookie
            .and_then(|path| std::fs::read(path).ok())
            .unwrap_or_default();
        cookie.resize(COOKIE_BYTES, 0);
        let auth = AuthParams {
            version: MAX_VERSION,
            supports_shm: false,
            supports_memfd: false,
            cookie,
        };
        let answer: AuthReply = wire.ask(&Command::Auth(auth))?;
        wire.version = answer.version.min(MAX_VERSION);
        let mut properties = Props::new();
        properties.set(Prop::ApplicationName, CString::from(c"Recado"));
        properties.set(Prop::ApplicationId, CString::from(c"app.recado.Recado"));
        let _: SetClientNameReply = wire.ask(&Command::SetClientName(properties))?;
        Ok(wire)
    }

    /// Sends a command; answers its number.
    pub(super) fn send(&mut self, command: &Command) -> Result<u32, WireError> {
        let number = self.next_number;
        self.next_number = number.wrapping_add(1);
        write_command_message(&mut self.socket, number, command, self.version)?;
        Ok(number)
    }

    /// Sends sound.
    pub(super) fn send_sound(&mut self, channel: u32, bytes: &[u8]) -> Result<(), WireError> {
        Ok(write_memblock(&mut self.socket, channel, bytes, 0)?)
    }

    /// Sends a command and waits for its answer. What else arrives meanwhile is of no interest.
    pub(super) fn ask<R: CommandReply>(&mut self, command: &Command) -> Result<R, WireError> {
        let asked = self.send(command)?;
        let until = Instant::now() + ANSWER_MAX;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.receive(left)? {
                Some(Message::Reply(number, reply)) if number == asked => return self.read(reply),
                Some(_) => {}
                None if left.is_zero() => return Err(WireError::Silent),
                None => {}
            }
        }
    }

    /// Reads an answer as what was asked for.
    pub(super) fn read<R: CommandReply>(&self, reply: Reply) -> Result<R, WireError> {
        let bytes = reply.map_err(ProtocolError::Invalid)?;
        Ok(TagStructReader::new(&mut Cursor::new(bytes), self.version).read()?)
    }

    /// The next message, waiting at most so long for it.
    pub(super) fn receive(&mut self, limit: Duration) -> Result<Option<Message>, WireError> {
        let until = Instant::now() + limit;
        loop {
            if let Some(message) = self.take_message()? {
                return Ok(Some(message));
            }
            let left = until.saturating_duration_since(Instant::now());
            if !self.read_some(left)? {
                return Ok(None);
            }
        }
    }

    /// Reads what is there; `false` when nothing came in time.
    fn read_some(&mut self, limit: Duration) -> Result<bool, WireError> {
        if limit.is_zero() {
            self.socket.set_nonblocking(true)?;
        } else {
            self.socket.set_read_timeout(Some(limit))?;
        }
        let mut bytes = [0; 4_096];
        let read = self.socket.read(&mut bytes);
        if limit.is_zero() {
            self.socket.set_nonblocking(false)?;
        }
        match read {
            Ok(0) => Err(WireError::Closed),
            Ok(count) => {
                self.received
                    .extend_from_slice(bytes.get(..count).unwrap_or_default());
                Ok(true)
            }
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted
                ) =>
            {
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The next whole message among what was read. What this program does not know is passed over.
    fn take_message(&mut self) -> Result<Option<Message>, WireError> {
        while self.received.len() >= DESCRIPTOR_SIZE {
            let descriptor = read_descriptor(&mut Cursor::new(&self.received))?;
            let length = descriptor.length as usize;
            if length > MESSAGE_MAX_BYTES {
                return Err(WireError::TooLong(length));
            }
            if self.received.len() < DESCRIPTOR_SIZE + length {
                return Ok(None);
            }
            let mut body: Vec<u8> = self.received.drain(..DESCRIPTOR_SIZE + length).collect();
            body.drain(..DESCRIPTOR_SIZE);
            if descriptor.channel != u32::MAX {
                continue;
            }
            if let Some(message) = self.understand(body) {
                return Ok(Some(message));
            }
        }
        Ok(None)
    }

    fn understand(&self, body: Vec<u8>) -> Option<Message> {
        let mut cursor = Cursor::new(&body);
        let mut reader = TagStructReader::new(&mut cursor, self.version);
        let tag: CommandTag = reader.read_enum().ok()?;
        let number = reader.read_u32().ok()?;
        if tag == CommandTag::Reply {
            let begins = usize::try_from(cursor.position()).ok()?;
            return Some(Message::Reply(number, Ok(body.get(begins..)?.to_vec())));
        }
        match Command::read_tag_prefixed(&mut Cursor::new(&body), self.version).ok()? {
            (_, Command::Error(refusal)) => Some(Message::Reply(number, Err(format!("{refusal:?}")))),
            (_, event) => Some(Message::Event(Box::new(event))),
        }
    }
}

/// The sockets at which a sound server may listen, the likeliest first. `variable` looks up the environment.
pub(super) fn places(variable: impl Fn(&str) -> Option<String>) -> Vec<PathBuf> {
    let variable = |name| variable(name).filter(|value| !value.is_empty());
    if let Some(servers) = variable("PULSE_SERVER") {
        // A list; each may begin with the machine it is meant for, in braces. Only sockets on this machine are taken.
        return servers
            .split_whitespace()
            .map(|server| server.split_once('}').map_or(server, |(_, after)| after))
            .map(|server| server.strip_prefix("unix:").unwrap_or(server))
            .filter(|server| server.starts_with('/'))
            .map(PathBuf::from)
            .collect();
    }
    let user = std::fs::metadata("/proc/self").map(|of_this_process| of_this_process.uid());
    [
        variable("PULSE_RUNTIME_PATH").map(|folder| Path::new(&folder).join("native")),
        variable("XDG_RUNTIME_DIR").map(|folder| Path::new(&folder).join("pulse/native")),
        user.ok()
            .map(|user| PathBuf::from(format!("/run/user/{user}/pulse/native"))),
        Some(PathBuf::from("/run/pulse/native")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(variables: &[(&str, &str)]) -> Vec<String> {
        let look_up = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        places(look_up)
            .iter()
            .map(|path| path.display().to_string())
            .collect()
    }

    #[test]
    fn a_named_server_is_the_only_one() {
        let runtime = ("XDG_RUNTIME_DIR", "/run/user/7");
        assert_eq!(found(&[("PULSE_SERVER", "unix:/tmp/a"), runtime]), ["/tmp/a"]);
        assert_eq!(
            found(&[("PULSE_SERVER", "{abc}unix:/tmp/a tcp:host /tmp/b")]),
            ["/tmp/a", "/tmp/b"]
        );
        assert!(found(&[("PULSE_SERVER", "tcp:elsewhere:4713"), runtime]).is_empty());
    }

    #[test]
    fn the_usual_places_are_looked_at() {
        let places = found(&[
            ("PULSE_SERVER", ""),
            ("XDG_RUNTIME_DIR", "/run/user/7"),
            ("PULSE_RUNTIME_PATH", "/x"),
        ]);
        assert_eq!(places[..2], ["/x/native", "/run/user/7/pulse/native"]);
        assert_eq!(places.last().unwrap(), "/run/pulse/native");
    }
}
