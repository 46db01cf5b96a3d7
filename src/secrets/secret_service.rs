//! The Secret Service of the Linux desktops (GNOME Keyring, KWallet, KeePassXC …), as far as the keyring store does not
//! reach: whether it is there, what it is called, whether it is locked, and unlocking or making a keyring on request.
//! Looking never raises a prompt.

use super::keyring::{KeyringFault, KeyringSystem, Look};
use futures_util::StreamExt as _;
use keyring_core::CredentialStore;
use std::collections::HashMap;
use std::sync::Arc;
use tokio::runtime::{Builder, Runtime};
use zbus::proxy::{self, CacheProperties};
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};
use zbus::{Connection, Proxy};

const BUS_NAME: &str = "org.freedesktop.secrets";
const ROOT: &str = "/org/freedesktop/secrets";
const SERVICE: &str = "org.freedesktop.Secret.Service";
const COLLECTION: &str = "org.freedesktop.Secret.Collection";
const PROMPT: &str = "org.freedesktop.Secret.Prompt";
/// How the Secret Service says "no object".
const NOTHING: &str = "/";

/// The Secret Service of this session. Lives on the keyring's own thread, where it may block.
#[derive(Default)]
pub(super) struct SecretService {
    runtime: Option<Runtime>,
    connection: Option<Connection>,
}

impl SecretService {
    /// Runs one conversation with the bus. A broken connection is thrown away, so that the next one starts anew.
    fn converse<T>(
        &mut self,
        what: impl AsyncFnOnce(&Connection) -> Result<T, KeyringFault>,
    ) -> Result<T, KeyringFault> {
        let runtime = match self.runtime.take() {
            Some(runtime) => runtime,
            None => Builder::new_current_thread()
                .build()
                .map_err(|error| KeyringFault::Gone(error.to_string()))?,
        };
        let kept = self.connection.take();
        let outcome = runtime.block_on(async {
            let connection = match kept {
                Some(connection) => connection,
                None => Connection::session().await?,
            };
            let value = what(&connection).await;
            Ok::<_, KeyringFault>((value, connection))
        });
        self.runtime = Some(runtime);
        let (value, connection) = outcome?;
        if !matches!(value, Err(KeyringFault::Gone(_))) {
            self.connection = Some(connection);
        }
        value
    }
}

impl KeyringSystem for SecretService {
    fn look(&mut self) -> Look {
        let had_connection = self.connection.is_some();
        let mut found = self.converse(async |connection| look(connection).await);
        if had_connection && matches!(found, Err(KeyringFault::Gone(_))) {
            found = self.converse(async |connection| look(connection).await);
        }
        found.unwrap_or_else(|fault| Look::Absent {
            words: fault.to_string(),
        })
    }

    fn unlock(&mut self, make: bool) -> Result<(), KeyringFault> {
        self.converse(async |connection| unlock(connection, make).await)
    }

    fn connect(&mut self) -> keyring_core::Result<Arc<CredentialStore>> {
        Ok(zbus_secret_service_keyring_store::Store::new()?)
    }
}

impl From<zbus::Error> for KeyringFault {
    fn from(error: zbus::Error) -> Self {
        Self::Gone(error.to_string())
    }
}

impl From<zbus::fdo::Error> for KeyringFault {
    fn from(error: zbus::fdo::Error) -> Self {
        Self::Gone(error.to_string())
    }
}

async fn talk_to<'a>(
    connection: &Connection,
    path: OwnedObjectPath,
    interface: &'static str,
) -> Result<Proxy<'a>, zbus::Error> {
    proxy::Builder::new(connection)
        .destination(BUS_NAME)?
        .path(path)?
        .interface(interface)?
        .cache_properties(CacheProperties::No)
        .build()
        .await
}

async fn service<'a>(connection: &Connection) -> Result<Proxy<'a>, zbus::Error> {
    let root = OwnedObjectPath::try_from(ROOT).map_err(zbus::Error::from)?;
    talk_to(connection, root, SERVICE).await
}

/// The keyring in which new secrets are kept; `None` when the service has none yet.
async fn default_keyring(connection: &Connection) -> Result<Option<OwnedObjectPath>, zbus::Error> {
    let path: OwnedObjectPath = service(connection)
        .await?
        .call("ReadAlias", &("default",))
        .await?;
    Ok((path.as_str() != NOTHING).then_some(path))
}

async fn is_locked(connection: &Connection, keyring: OwnedObjectPath) -> Result<bool, zbus::Error> {
    talk_to(connection, keyring, COLLECTION)
        .await?
        .get_property("Locked")
        .await
}

async fn look(connection: &Connection) -> Result<Look, KeyringFault> {
    // Asked first: it wakes a service that the bus can start, and its name is known only then.
    let keyring = default_keyring(connection).await?;
    let name = product_name(connection).await;
    Ok(match keyring {
        None => Look::Absent {
            words: format!("{name}: there is no keyring yet"),
        },
        Some(keyring) if is_locked(connection, keyring.clone()).await? => Look::Locked,
        Some(_) => Look::Ready { name },
    })
}

async fn unlock(connection: &Connection, make: bool) -> Result<(), KeyringFault> {
    let Some(keyring) = default_keyring(connection).await? else {
        if make {
            return make_keyring(connection).await;
        }
        return Err(KeyringFault::Gone("there is no keyring yet".to_owned()));
    };
    let (unlocked, prompt): (Vec<OwnedObjectPath>, OwnedObjectPath) = service(connection)
        .await?
        .call("Unlock", &(vec![&keyring],))
        .await?;
    if unlocked.is_empty() {
        answer(connection, prompt).await
    } else {
        Ok(())
    }
}

/// Makes the default keyring. The desktop asks the operator for its password.
async fn make_keyring(connection: &Connection) -> Result<(), KeyringFault> {
    let label = HashMap::from([(
        "org.freedesktop.Secret.Collection.Label",
        Value::from("Default keyring"),
    )]);
    let (keyring, prompt): (OwnedObjectPath, OwnedObjectPath) = service(connection)
        .await?
        .call("CreateCollection", &(label, "default"))
        .await?;
    if keyring.as_str() == NOTHING {
        answer(connection, prompt).await
    } else {
        Ok(())
    }
}

/// Shows a prompt and waits until it is answered, which may take for ever, or until the service is gone.
async fn answer(connection: &Connection, prompt: OwnedObjectPath) -> Result<(), KeyringFault> {
    if prompt.as_str() == NOTHING {
        return Err(KeyringFault::Dismissed);
    }
    let prompt = talk_to(connection, prompt, PROMPT).await?;
    let mut completed = prompt.receive_signal("Completed").await?;
    let mut owners = prompt.receive_owner_changed().await?;
    let () = prompt.call("Prompt", &("",)).await?;
    loop {
        tokio::select! {
            signal = completed.next() => {
                let Some(signal) = signal else { return Err(KeyringFault::Gone("the session bus went away".to_owned())) };
                let (dismissed, _): (bool, OwnedValue) = signal.body().deserialize()?;
                return if dismissed { Err(KeyringFault::Dismissed) } else { Ok(()) };
            }
            owner = owners.next() => {
                if owner.flatten().is_none() {
                    return Err(KeyringFault::Gone("the secret service went away".to_owned()));
                }
            }
        }
    }
}

/// What the service is called, told by the program behind it.
async fn product_name(connection: &Connection) -> String {
    let command = async {
        let bus = zbus::fdo::DBusProxy::new(connection).await?;
        let process_id = bus.get_connection_unix_process_id(BUS_NAME.try_into()?).await?;
        Ok::<_, zbus::Error>(std::fs::read_to_string(format!("/proc/{process_id}/comm")).unwrap_or_default())
    };
    name_of_program(command.await.unwrap_or_default().trim()).to_owned()
}

/// The product behind a process name, which the kernel cuts off after 15 bytes.
fn name_of_program(command: &str) -> &'static str {
    match command {
        _ if command.starts_with("gnome-keyring") => "GNOME Keyring",
        _ if command.starts_with("kwallet") || command.starts_with("ksecret") => "KWallet",
        _ if command.starts_with("keepassxc") => "KeePassXC",
        _ if command.starts_with("oo7") => "oo7",
        _ => "Secret Service",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_programs_have_their_products_names() {
        assert_eq!(name_of_program("gnome-keyring-d"), "GNOME Keyring");
        assert_eq!(name_of_program("ksecretd"), "KWallet");
        assert_eq!(name_of_program("something"), "Secret Service");
        assert_eq!(name_of_program(""), "Secret Service");
    }
}
