use super::*;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE};

const CHEAP: Cost = Cost {
    memory_kib: 8,
    passes: 1,
    lanes: 1,
};
const CANARY: &str = "canary-T0ken-9f2c/ç+\"secret";

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

fn passphrase() -> Secret {
    secret("correct horse")
}

async fn filled(path: &Path) -> (PassphraseVault, AccountId) {
    let vault = PassphraseVault::create(path.to_owned(), passphrase(), CHEAP)
        .await
        .unwrap();
    let account = AccountId::new();
    vault.put(account, "token", secret(CANARY)).await.unwrap();
    (vault, account)
}

#[tokio::test]
async fn what_is_put_in_comes_out_after_opening_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(VAULT_FILE);
    let (vault, account) = filled(&path).await;
    vault.put(account, "login", secret("")).await.unwrap();
    vault.put(account, "gone", secret("x")).await.unwrap();
    vault.remove(account, "gone").await.unwrap();
    vault.remove(account, "gone").await.unwrap();
    drop(vault);

    let vault = PassphraseVault::open(path, passphrase()).await.unwrap();
    assert_eq!(vault.get(account, "token").await.unwrap().reveal(), CANARY);
    assert_eq!(vault.get(account, "login").await.unwrap().reveal(), "");
    assert_eq!(vault.get(account, "gone").await, Err(SecretError::NotFound));
    assert_eq!(
        vault.get(AccountId::new(), "token").await,
        Err(SecretError::NotFound)
    );
    let status = SecretStatus::Ready {
        place: SecretPlace::Vault,
        name: VAULT_FILE.to_owned(),
    };
    assert_eq!(vault.status().await, status);
}

#[tokio::test]
async fn the_real_cost_works_and_is_what_the_file_says() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(VAULT_FILE);
    PassphraseVault::create(path.clone(), passphrase(), Cost::PRODUCTION)
        .await
        .unwrap();
    let bytes = fs::read(&path).unwrap();
    assert_eq!(u32::from_le_bytes(bytes[8..12].try_into().unwrap()), 65_536);
    PassphraseVault::open(path, passphrase()).await.unwrap();
}

#[tokio::test]
async fn short_passphrases_are_refused_and_count_characters_not_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(VAULT_FILE);
    for short in ["", "1234567", "ççççççç"] {
        let refused = PassphraseVault::create(path.clone(), secret(short), CHEAP)
            .await
            .err();
        assert_eq!(refused, Some(SecretError::PassphraseTooShort), "{short}");
    }
    assert!(!path.exists());
    PassphraseVault::create(path.clone(), secret("çççççççç"), CHEAP)
        .await
        .unwrap();
    let again = PassphraseVault::create(path, passphrase(), CHEAP).await.err();
    assert!(matches!(again, Some(SecretError::Failed(_))));
}

#[tokio::test]
async fn a_wrong_passphrase_opens_nothing_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(VAULT_FILE);
    let (vault, account) = filled(&path).await;
    let before = fs::read(&path).unwrap();
    for wrong in ["", "correct hors", "Correct horse", "correct horse "] {
        let refused = PassphraseVault::open(path.clone(), secret(wrong)).await.err();
        assert_eq!(refused, Some(SecretError::WrongPassphrase), "{wrong}");
    }
    let refused = vault
        .change(secret("not this one"), secret("a new one, long"))
        .await;
    assert_eq!(refused, Err(SecretError::WrongPassphrase));
    assert_eq!(
        vault.change(passphrase(), secret("short")).await,
        Err(SecretError::PassphraseTooShort)
    );
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(vault.get(account, "token").await.unwrap().reveal(), CANARY);
}

#[tokio::test]
async fn a_changed_passphrase_replaces_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(VAULT_FILE);
    let (vault, account) = filled(&path).await;
    vault
        .change(passphrase(), secret("battery staple"))
        .await
        .unwrap();
    vault.put(account, "login", secret("after")).await.unwrap();
    let refused = PassphraseVault::open(path.clone(), passphrase()).await.err();
    assert_eq!(refused, Some(SecretError::WrongPassphrase));
    let vault = PassphraseVault::open(path, secret("battery staple"))
        .await
        .unwrap();
    assert_eq!(vault.get(account, "token").await.unwrap().reveal(), CANARY);
    assert_eq!(vault.get(account, "login").await.unwrap().reveal(), "after");
}

#[tokio::test]
async fn every_changed_missing_or_added_byte_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(VAULT_FILE);
    filled(&path).await;
    let good = fs::read(&path).unwrap();
    let mut damaged: Vec<Vec<u8>> = (0..good.len())
        .map(|place| {
            let mut bytes = good.clone();
            bytes[place] ^= 0x40;
            bytes
        })
        .collect();
    damaged.extend((0..good.len()).step_by(7).map(|size| good[..size].to_vec()));
    damaged.push([good.as_slice(), b"x"].concat());
    for number in [u32::MAX, 0] {
        let mut bytes = good.clone();
        bytes[8..12].copy_from_slice(&number.to_le_bytes());
        damaged.push(bytes);
    }
    for bytes in damaged {
        fs::write(&path, &bytes).unwrap();
        let refused = PassphraseVault::open(path.clone(), passphrase()).await.err();
        assert_eq!(refused, Some(SecretError::WrongPassphrase));
        assert_eq!(fs::read(&path).unwrap(), bytes, "a damaged file is left as it is");
    }
    fs::write(&path, &good).unwrap();
    PassphraseVault::open(path, passphrase()).await.unwrap();
}

#[tokio::test]
async fn nothing_of_a_secret_is_on_disk_in_any_encoding() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(VAULT_FILE);
    let (vault, account) = filled(&path).await;
    vault
        .put(account, "other", secret(&format!("xx{CANARY}")))
        .await
        .unwrap();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let json = serde_json::to_string(CANARY).unwrap();
    let percent: String = url::form_urlencoded::byte_serialize(CANARY.as_bytes()).collect();
    let wide: Vec<u8> = CANARY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut forms: Vec<Vec<u8>> = vec![CANARY.into(), json.into(), percent.into(), wide];
    for offset in 0..3 {
        // Base64 of a text looks different at each offset within three bytes.
        let shifted = &CANARY.as_bytes()[offset..];
        for engine in [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE] {
            forms.push(engine.encode(shifted).into_bytes()[..20].to_vec());
        }
    }
    forms.push(hex(CANARY.as_bytes()).into_bytes());
    forms.push(account.to_string().into_bytes());
    forms.push(passphrase().reveal().into());
    for file in fs::read_dir(folder.path()).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        for form in &forms {
            assert!(!bytes.windows(form.len()).any(|window| window == form));
        }
    }
}

#[tokio::test]
async fn two_writes_of_the_same_never_look_the_same_and_sizes_tell_little() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(VAULT_FILE);
    let (vault, account) = filled(&path).await;
    let first = fs::read(&path).unwrap();
    vault.put(account, "token", secret("s")).await.unwrap();
    let second = fs::read(&path).unwrap();
    vault.put(account, "token", secret(CANARY)).await.unwrap();
    let third = fs::read(&path).unwrap();
    assert_eq!((first.len(), second.len()), (second.len(), third.len()));
    let sealed = HEADER_BYTES..;
    assert_ne!(first[sealed.clone()], third[sealed]);
}

/// A write that fails must leave the old file, and memory as it was; nothing may lie around.
#[cfg(unix)]
#[tokio::test]
async fn a_write_that_fails_leaves_the_old_vault() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("data");
    fs::create_dir(&inner).unwrap();
    let path = inner.join(VAULT_FILE);
    let (vault, account) = filled(&path).await;
    // The folder is moved away: writing beside the old file fails, whoever runs the test.
    let moved = folder.path().join("moved");
    fs::rename(&inner, &moved).unwrap();
    let refused = vault.put(account, "token", secret("new")).await;
    assert!(matches!(refused, Err(SecretError::Failed(_))), "{refused:?}");
    assert_eq!(vault.get(account, "token").await.unwrap().reveal(), CANARY);
    fs::rename(&moved, &inner).unwrap();
    let reopened = PassphraseVault::open(path, passphrase()).await.unwrap();
    assert_eq!(reopened.get(account, "token").await.unwrap().reveal(), CANARY);
    assert_eq!(
        fs::read_dir(&inner).unwrap().count(),
        1,
        "no temporary file stays"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(VAULT_FILE);
    filled(&path).await;
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn a_lost_vault_is_put_aside_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(VAULT_FILE);
    filled(&path).await;
    let first = fs::read(&path).unwrap();
    let aside = set_aside(&path).unwrap();
    assert_eq!(fs::read(&aside).unwrap(), first);
    filled(&path).await;
    assert_ne!(set_aside(&path).unwrap(), aside);
    assert_eq!(fs::read(&aside).unwrap(), first);
}
