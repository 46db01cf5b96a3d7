//! The operator chooses where files go, and tries it before.

use super::bench::Bucket;
use super::proxy::{Proxy, Way};
use super::storage_server::{SECRET_KEY, keys};
use crate::accounts::MoodyVault;
use crate::stage::{Stage, TOKEN, draft};
use recado::domain::Secret;
use recado::domain::hosting::{AttachmentHosting, FetchProblem, HostingError, StorageConfig, StorageKeys};
use recado::engine::{Answer, AttachmentCommand};
use std::sync::Arc;

#[test]
fn a_place_is_tried_without_being_chosen() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let bucket = Bucket::start(&stage);
    let vault = Arc::new(MoodyVault::default());
    let mut program = stage.program_with(|options| options.secrets = vault.secrets());
    let account = program.add_account("Loja", &gateway);
    let webhook = program.until_listening(account);
    let secrets_before = vault.len();

    assert!(
        program
            .test_hosting(account, AttachmentHosting::Listener, None)
            .is_ok()
    );
    let proxy = Proxy::start(&stage.handle(), Way::Dead);
    proxy.lead_to(&webhook);
    program.change_settings(|settings| settings.public_url = Some(proxy.url.clone()));
    match program.test_hosting(account, AttachmentHosting::Listener, None) {
        Err(HostingError::NotFetchedBack(FetchProblem::Unreachable(_))) => {}
        other => panic!("{other:?}"),
    }
    proxy.set(Way::Altering);
    assert_eq!(
        program.test_hosting(account, AttachmentHosting::Listener, None),
        Err(HostingError::NotFetchedBack(FetchProblem::Different))
    );
    proxy.set(Way::Open);
    assert!(
        program
            .test_hosting(account, AttachmentHosting::Listener, None)
            .is_ok()
    );

    let tested = program.test_hosting(account, bucket.hosting(), Some(keys(SECRET_KEY)));
    assert!(tested.is_ok(), "{tested:?}");
    match program.test_hosting(account, bucket.hosting(), Some(keys("another/Secret00000001"))) {
        Err(HostingError::StorageRefused(words)) => assert!(!words.contains("another"), "{words}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(
        program.test_hosting(account, AttachmentHosting::AddressOnly, None),
        Err(HostingError::NoPlace)
    );
    // Nothing was left there, nothing was kept.
    assert_eq!(bucket.objects().len(), 0);
    assert_eq!(vault.len(), secrets_before);
    assert_eq!(
        program.account_view(account).account.hosting,
        AttachmentHosting::Listener
    );
    assert_eq!(program.hosted_files().len(), 0);
    let media = stage.folder.path().join("media");
    assert_eq!(std::fs::read_dir(media).unwrap().count(), 0);
}

#[test]
fn a_place_is_saved_with_its_keys_and_outlives_a_change_of_the_account() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let bucket = Bucket::start(&stage);
    let vault = Arc::new(MoodyVault::default());
    let mut program = stage.program_with(|options| options.secrets = vault.secrets());
    let account = program.add_account("Loja", &gateway);
    let fields = |error: Result<(), HostingError>| -> Vec<&'static str> {
        match error {
            Err(HostingError::Fields(problems)) => problems.iter().map(|problem| problem.field).collect(),
            other => panic!("{other:?}"),
        }
    };
    let nowhere = AttachmentHosting::Storage(StorageConfig::default());
    let found = fields(program.set_hosting(account, nowhere, Some(keys(SECRET_KEY))));
    assert_eq!(found, ["endpoint", "bucket", "region"]);
    let found = fields(program.set_hosting(account, bucket.hosting(), None));
    assert_eq!(found, ["access_key", "secret_key"]);
    vault.set_mood(Some(recado::secrets::SecretError::NoAnswer));
    match program.set_hosting(account, bucket.hosting(), Some(keys(SECRET_KEY))) {
        Err(HostingError::Keys(_)) => {}
        other => panic!("{other:?}"),
    }
    vault.set_mood(None);
    assert_eq!(
        program.account_view(account).account.hosting,
        AttachmentHosting::Listener
    );

    let pasted = StorageKeys {
        secret_key: Secret::new(format!(" {SECRET_KEY}\n")),
        ..keys(SECRET_KEY)
    };
    assert_eq!(
        program.set_hosting(account, bucket.hosting(), Some(pasted)),
        Ok(())
    );
    assert!(program.test_hosting(account, bucket.hosting(), None).is_ok());
    program
        .save(Some(account), draft("Loja nova", &gateway.url, TOKEN))
        .unwrap();
    let view = program.account_view(account);
    assert_eq!(view.account.name, "Loja nova");
    assert_eq!(view.account.hosting, bucket.hosting());
    program.shutdown();
    let mut program = stage.program_with(|options| options.secrets = vault.secrets());
    assert_eq!(program.account_view(account).account.hosting, bucket.hosting());
    assert!(program.test_hosting(account, bucket.hosting(), None).is_ok());
}

#[test]
fn an_address_is_looked_at() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    let webhook = program.until_listening(account);
    let ticket = program.ticket();
    program.attachment(AttachmentCommand::LookAt {
        ticket,
        account,
        url: webhook.join("/a/nothing/file.pdf").unwrap().to_string(),
    });
    match program.answer(ticket) {
        Answer::LookedAt(Err(FetchProblem::Status(404))) => {}
        other => panic!("{other:?}"),
    }
}
