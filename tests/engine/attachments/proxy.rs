//! The way from outside to our listener: a proxy on loopback that can be dead, or change what passes.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

/// What becomes of what passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It passes.
    Open,
    /// Connections are closed at once.
    Dead,
    /// The first byte of every answer is another one.
    Altering,
}

pub struct Proxy {
    pub url: String,
    way: Arc<Mutex<Way>>,
    target: Arc<Mutex<Option<SocketAddr>>>,
    task: JoinHandle<()>,
}

impl Proxy {
    pub fn start(handle: &Handle, way: Way) -> Self {
        let listener = handle.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let way = Arc::new(Mutex::new(way));
        let target = Arc::new(Mutex::new(None));
        let task = handle.spawn(serve(listener, Arc::clone(&way), Arc::clone(&target)));
        Self {
            url: format!("http://{address}"),
            way,
            target,
            task,
        }
    }

    /// Where it leads.
    pub fn lead_to(&self, url: &url::Url) {
        let address = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap());
        *self.target.lock().unwrap() = Some(address.parse().unwrap());
    }

    pub fn set(&self, way: Way) {
        *self.way.lock().unwrap() = way;
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(listener: TcpListener, way: Arc<Mutex<Way>>, target: Arc<Mutex<Option<SocketAddr>>>) {
    while let Ok((outside, _)) = listener.accept().await {
        let (way, target) = (*way.lock().unwrap(), *target.lock().unwrap());
        if let (Way::Open | Way::Altering, Some(target)) = (way, target) {
            tokio::spawn(async move {
                // Either side may go away whenever it likes.
                let _ = pass(outside, target, way).await;
            });
        }
    }
}

async fn pass(outside: TcpStream, target: SocketAddr, way: Way) -> std::io::Result<()> {
    let inside = TcpStream::connect(target).await?;
    let (mut from_outside, mut to_outside) = outside.into_split();
    let (mut from_inside, mut to_inside) = inside.into_split();
    tokio::spawn(async move { copy(&mut from_outside, &mut to_inside).await });
    if way == Way::Open {
        copy(&mut from_inside, &mut to_outside).await?;
        return Ok(());
    }
    // The whole head, then the body with another first byte.
    let mut seen = Vec::new();
    let mut piece = [0; 16 * 1024];
    let mut altered = false;
    loop {
        let read = from_inside.read(&mut piece).await?;
        if read == 0 {
            return Ok(());
        }
        seen.extend_from_slice(&piece[..read]);
        if !altered {
            let Some(head) = seen.windows(4).position(|four| four == b"\r\n\r\n") else {
                continue;
            };
            let Some(first) = seen.get_mut(head + 4) else {
                continue;
            };
            *first ^= 1;
            altered = true;
        }
        to_outside.write_all(&seen).await?;
        seen.clear();
    }
}
