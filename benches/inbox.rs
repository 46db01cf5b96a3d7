//! What it costs that nothing answered 2xx is lost: how long a webhook takes to be read, committed and answered at 330 a
//! second with a tenth of them repeated (aims: half within 25 ms, all but one of a hundred within 100 ms), beside a
//! listener that answers without doing anything, and the most that goes through.
//!
//! Run with `cargo bench --bench inbox`; a number as argument is the seconds of each storm (10).

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;

use futures_util::future::BoxFuture;
use recado::domain::AccountId;
use recado::engine::{Engine, EngineOptions, ListenerState};
use recado::listener::{Delivery, Listener, ListenerOptions, Reception, Refusal};
use recado::simulator::{StormPlan, StormReport};
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use support::World;
use url::Url;

/// Takes everything and keeps nothing.
struct Nothing;

impl Reception for Nothing {
    fn account_of(&self, _: &str) -> Option<AccountId> {
        Some(AccountId::new())
    }

    fn spool_folder(&self) -> PathBuf {
        std::env::temp_dir().join("recado-bench-spool")
    }

    fn take(&self, _: Delivery) -> BoxFuture<'_, Result<(), Refusal>> {
        Box::pin(async { Ok(()) })
    }
}

fn main() {
    let secs: usize = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(10);
    let world = World::new();
    let options = EngineOptions::new(world.folder.path().to_path_buf(), world.secrets.clone());
    let mut engine = Engine::start(options).unwrap();
    let mut link = engine.take_link().unwrap();
    let account = world.account.id;
    let whole = world.runtime.block_on(async {
        let live = link
            .live
            .wait_for(|live| {
                matches!(live.listener.state, ListenerState::Listening(_))
                    && live
                        .account(account)
                        .is_some_and(|view| live.webhook_url(view).is_some())
            })
            .await
            .unwrap();
        live.webhook_url(live.account(account).unwrap()).unwrap()
    });
    let whole: Url = whole.parse().unwrap();
    let bare = world.runtime.block_on(async {
        let options = ListenerOptions::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
        Listener::start(options, Arc::new(Nothing)).await.unwrap()
    });
    let nothing: Url = format!("http://{}/w/{}", bare.address(), "0".repeat(64))
        .parse()
        .unwrap();

    println!(
        "330 webhooks a second for {secs} s, a tenth repeated, out of order; milliseconds until answered:"
    );
    let steady = |seed| StormPlan {
        count: 330 * secs,
        ..StormPlan::sustained(seed)
    };
    let plain = storm(&world, steady(1), &nothing);
    let committed = storm(&world, steady(2), &whole);
    for percent in [50, 99] {
        let (plain, committed) = (at(&plain, percent), at(&committed, percent));
        println!(
            "  p{percent}: answered at once {plain:.2}, committed first {committed:.2}, ratio {:.1}",
            committed / plain
        );
    }
    let plain = storm(&world, StormPlan::burst(3), &nothing);
    let committed = storm(&world, StormPlan::burst(4), &whole);
    let (plain, committed) = (rate(&plain), rate(&committed));
    println!(
        "10,000 at once, a second: answered at once {plain:.0}, committed first {committed:.0}, ratio {:.2}",
        committed / plain
    );
    world.runtime.block_on(bare.shutdown());
    engine.shutdown();
}

fn storm(world: &World, plan: StormPlan, url: &Url) -> StormReport {
    let plan = StormPlan {
        url: Some(url.clone()),
        ..plan
    };
    let count = plan.count;
    let report = world
        .runtime
        .block_on(async { world.simulator.control().storm(plan).unwrap().finish().await });
    let taken = report.posts.iter().filter(|post| post.is_acknowledged()).count();
    assert_eq!(taken, count, "every webhook was answered 2xx");
    report
}

fn at(report: &StormReport, percent: usize) -> f64 {
    report
        .latency_percentile(percent)
        .unwrap_or(Duration::ZERO)
        .as_secs_f64()
        * 1_000.0
}

fn rate(report: &StormReport) -> f64 {
    report.posts.len() as f64 / report.took.as_secs_f64()
}
