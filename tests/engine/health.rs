//! Reading the health of accounts.

use crate::program::Program;
use crate::stage::Stage;
use recado::domain::AccountId;
use recado::domain::health::{Alert, Connection, Expiry};
use recado::domain::settings::Settings;
use recado::engine::{Answer, Command, DashboardData, HealthCommand, Notice, Question};
use recado::simulator::style::{BatteryStyle, NumberStyle};
use recado::simulator::{Endpoint, Fault, PhoneState, Style, Times};
use std::sync::{Arc, Mutex};

/// Reads and waits until that has been done.
#[track_caller]
fn read_again(program: &mut Program, account: AccountId) {
    // A read that is under way may have asked already.
    let view = program.until(account, "read before", |view| {
        !view.health.reading && (view.health.read_at.is_some() || view.health.failure.is_some())
    });
    let before = view.health.read_at;
    program.refresh(account);
    program.until(account, "read again", |view| {
        !view.health.reading && view.health.read_at > before
    });
}

fn dashboard(program: &mut Program, account: AccountId) -> DashboardData {
    match program.ask(Question::Dashboard { account, hours: 1 }) {
        Answer::Dashboard(data) => *data,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn until_connection(program: &mut Program, account: AccountId, connection: Connection) {
    program.refresh(account);
    program.until(account, connection.key(), |view| {
        view.health.connection == connection
    });
}

#[test]
fn every_state_is_seen_and_remembered() {
    let stage = Stage::new();
    let mut gateway = stage.gateway();
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    until_connection(&mut program, account, Connection::Ready);
    gateway.control.set_phone(PhoneState::Offline);
    until_connection(&mut program, account, Connection::PhoneOffline);
    gateway.control.set_phone(PhoneState::Unpaired);
    until_connection(&mut program, account, Connection::MustPair);
    gateway.control.refuse_credentials(true);
    until_connection(&mut program, account, Connection::CredentialsRefused);
    gateway.stop();
    until_connection(&mut program, account, Connection::GatewayUnreachable);
    let view = program.until(account, "told why", |view| view.health.failure.is_some());
    assert!(!view.health.failure.as_ref().unwrap().words.is_empty());
    let wanted = [
        Connection::GatewayUnreachable,
        Connection::CredentialsRefused,
        Connection::MustPair,
        Connection::PhoneOffline,
        Connection::Ready,
    ];
    // The change is kept right after it is shown.
    let changes = loop {
        let changes = dashboard(&mut program, account).changes;
        if changes.len() == wanted.len() {
            break changes;
        }
    };
    let connections: Vec<_> = changes.iter().map(|change| change.connection).collect();
    assert_eq!(connections, wanted);
    assert_eq!(changes[4].phone_name.as_deref(), Some("Balcão da loja"));
}

#[test]
fn everything_that_is_told_is_read() {
    let stage = Stage::new();
    let gateway = stage.gateway_with(|config| {
        config.daily_limit = 500;
        config.daily_used = 120;
        config.battery_percent = 64;
    });
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    gateway.control.hold_queue(true);
    let message = program.send_one(account, &crate::program::number(1), "Oi");
    program.until_state(message.id, recado::domain::message::MessageState::Accepted);
    read_again(&mut program, account);
    let health = program.account_view(account).health;
    let phone = &health.phone.as_ref().unwrap().value;
    assert_eq!(
        (phone.paired, phone.online, phone.battery_percent),
        (true, true, Some(64))
    );
    assert_eq!(phone.number.as_deref(), Some("5511900000001"));
    let limits = &health.limits.as_ref().unwrap().value;
    assert_eq!(
        (limits.daily, limits.used, limits.left),
        (Some(500), Some(121), Some(379))
    );
    assert!(matches!(limits.expires, Some(Expiry::Date(_))));
    assert_eq!(health.queue_length.as_ref().unwrap().value, 1);
    read_again(&mut program, account);
    let samples = dashboard(&mut program, account).samples;
    assert!(samples.len() >= 2, "{samples:?}");
    let sample = samples[1];
    assert_eq!(
        (sample.battery_percent, sample.queue_length, sample.limit_used),
        (Some(64), Some(1), Some(121))
    );
}

#[test]
fn a_failed_read_keeps_what_was_known() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    read_again(&mut program, account);
    let good = program.account_view(account).health;
    for fault in [
        Fault::HtmlInstead,
        Fault::Empty,
        Fault::ResetAfterReading,
        Fault::WrongErro("Erro interno".to_owned()),
    ] {
        gateway.control.fault_everywhere(fault.clone(), Times::Always);
        program.refresh(account);
        let view = program.until(account, "failed", |view| {
            !view.health.reading && view.health.connection == Connection::GatewayUnreachable
        });
        assert_eq!(view.health.phone, good.phone, "{fault:?}");
        assert_eq!(view.health.limits, good.limits, "{fault:?}");
        assert_eq!(view.health.read_at, good.read_at, "{fault:?}");
        gateway.control.clear_faults();
    }
    read_again(&mut program, account);
    assert_eq!(program.account_view(account).health.failure, None);
    // Only a part of it fails: the phone is ready all the same.
    gateway.fault(Endpoint::Limits, Fault::HtmlInstead, Times::Always, None);
    program.refresh(account);
    let view = program.until(account, "a part failed", |view| view.health.failure.is_some());
    assert_eq!(view.health.connection, Connection::Ready);
    assert!(view.health.limits.is_some());
}

#[test]
fn a_battery_in_any_spelling() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let style = |battery, numbers| Style {
        battery,
        numbers,
        ..Style::default()
    };
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    let mut battery = |percent, style: Style| {
        gateway.control.set_battery(percent);
        gateway.control.set_style(style);
        read_again(&mut program, account);
        program
            .account_view(account)
            .health
            .phone
            .as_ref()
            .unwrap()
            .value
            .battery_percent
    };
    assert_eq!(
        battery(87, style(BatteryStyle::Percent, NumberStyle::Text)),
        Some(87)
    );
    assert_eq!(
        battery(86, style(BatteryStyle::LikeNumbers, NumberStyle::Text)),
        Some(86)
    );
    assert_eq!(
        battery(85, style(BatteryStyle::LikeNumbers, NumberStyle::Number)),
        Some(85)
    );
    // The last known one is better than none.
    assert_eq!(
        battery(84, style(BatteryStyle::Empty, NumberStyle::Mixed)),
        Some(85)
    );
    assert_eq!(
        battery(83, style(BatteryStyle::Null, NumberStyle::Mixed)),
        Some(85)
    );
    assert_eq!(
        battery(82, style(BatteryStyle::Missing, NumberStyle::Mixed)),
        Some(85)
    );
}

#[test]
fn an_alert_is_told_once_for_each_change() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let stage = Stage::new();
    let gateway = stage.gateway();
    let book = Arc::clone(&told);
    let mut program = stage.program_with(|options| {
        options.on_alert = Arc::new(move |name, alert| book.lock().unwrap().push((name.to_owned(), alert)));
    });
    let account = program.add_account("Loja Centro", &gateway);
    until_connection(&mut program, account, Connection::Ready);
    let once = ("Loja Centro".to_owned(), Alert::PhoneOffline);
    gateway.control.set_phone(PhoneState::Offline);
    until_connection(&mut program, account, Connection::PhoneOffline);
    // What the first of two reads would tell has been told when the second is over.
    read_again(&mut program, account);
    read_again(&mut program, account);
    assert_eq!(*told.lock().unwrap(), std::slice::from_ref(&once));
    gateway.control.set_phone(PhoneState::Online);
    until_connection(&mut program, account, Connection::Ready);
    gateway.control.set_phone(PhoneState::Offline);
    until_connection(&mut program, account, Connection::PhoneOffline);
    gateway.control.set_battery(14);
    read_again(&mut program, account);
    gateway.control.set_battery(16);
    read_again(&mut program, account);
    gateway.control.set_battery(14);
    read_again(&mut program, account);
    read_again(&mut program, account);
    let battery = ("Loja Centro".to_owned(), Alert::BatteryLow);
    assert_eq!(*told.lock().unwrap(), [once.clone(), once, battery]);
    program.until_notice("told in the window as well", |notice| {
        *notice == Notice::Alert(account, Alert::BatteryLow)
    });
}

#[test]
fn without_notifications_an_alert_stays_in_the_window() {
    let told = Arc::new(Mutex::new(0));
    let stage = Stage::new();
    let gateway = stage.gateway_with(|config| config.battery_percent = 5);
    let book = Arc::clone(&told);
    let mut program = stage.program_with(|options| {
        options.on_alert = Arc::new(move |_, _| *book.lock().unwrap() += 1);
    });
    let settings = Settings {
        notifications: false,
        ..Settings::default()
    };
    program.command(Command::Settings(Box::new(settings)));
    program.until_live("set", |live| !live.settings.notifications);
    let account = program.add_account("Loja", &gateway);
    program.until_notice("told", |notice| {
        *notice == Notice::Alert(account, Alert::BatteryLow)
    });
    read_again(&mut program, account);
    read_again(&mut program, account);
    assert_eq!(*told.lock().unwrap(), 0);
}

#[test]
fn a_hidden_window_asks_less_often() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    program.until(account, "every half minute", |view| {
        view.health.interval_secs == 30
    });
    let settings = Settings {
        health_interval_secs: 600,
        ..Settings::default()
    };
    program.command(Command::Settings(Box::new(settings.clone())));
    program.until(account, "a new interval counts at once", |view| {
        view.health.interval_secs == 600
    });
    program.command(Command::Settings(Box::new(Settings {
        health_interval_secs: 10,
        ..settings
    })));
    program.until(account, "also a shorter one", |view| {
        view.health.interval_secs == 10
    });
    program.command(Command::Health(HealthCommand::WindowVisible(false)));
    program.refresh(account);
    program.until(account, "hidden", |view| view.health.interval_secs == 40);
    let reads = gateway.ledger.requests_to(Endpoint::Status);
    program.command(Command::Health(HealthCommand::WindowVisible(true)));
    program.until(account, "seen again", |view| view.health.interval_secs == 10);
    assert!(
        gateway.ledger.requests_to(Endpoint::Status) > reads,
        "read at once"
    );
}

#[test]
fn what_goes_on_over_a_restart_is_no_change() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut program = stage.lasting_program();
    let account = program.add_account("Loja", &gateway);
    until_connection(&mut program, account, Connection::Ready);
    program.shutdown();
    let mut program = stage.lasting_program();
    until_connection(&mut program, account, Connection::Ready);
    read_again(&mut program, account);
    assert_eq!(dashboard(&mut program, account).changes.len(), 1);
    program.shutdown();
    gateway.control.set_phone(PhoneState::Offline);
    let mut program = stage.lasting_program();
    until_connection(&mut program, account, Connection::PhoneOffline);
    read_again(&mut program, account);
    let changes = dashboard(&mut program, account).changes;
    let seen: Vec<Connection> = changes.iter().map(|change| change.connection).collect();
    assert_eq!(seen, [Connection::PhoneOffline, Connection::Ready]);
}
