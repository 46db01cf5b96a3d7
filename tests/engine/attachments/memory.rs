//! A large document goes the whole way - taken in, handed out by our listener, fetched back, fetched by the gateway - in
//! little memory. Measured in a process of its own, in which nothing else runs.

use crate::program::number;
use crate::stage::Stage;
use recado::simulator::SimulatorState;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::process::Command;

const ALONE: &str = "RECADO_TEST_ALONE";
const DOCUMENT_BYTES: u64 = 100 * 1024 * 1024;
const GROWTH_MAX_KIB: u64 = 64 * 1024;

#[test]
fn a_document_of_a_hundred_megabytes_goes_out_in_little_memory() {
    if std::env::var_os(ALONE).is_some() {
        return send_it();
    }
    let name = "attachments::memory::a_document_of_a_hundred_megabytes_goes_out_in_little_memory";
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(ALONE, "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn send_it() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut program = stage.lasting_program();
    let account = program.add_account("Loja", &gateway);
    program.until_listening(account);
    let path = stage.folder.path().join("Catálogo.pdf");
    let mut file = std::fs::File::create(&path).unwrap();
    file.write_all(b"%PDF-1.4\n").unwrap();
    // What lies between is a hole on the disk, and bytes all the same to whoever reads it.
    file.seek(SeekFrom::Start(DOCUMENT_BYTES - 6)).unwrap();
    file.write_all(b"%%EOF\n").unwrap();
    drop(file);
    let before = memory_kib("VmRSS");
    let taken = program.take_in(account, &path);
    let message = program.send_file(account, &number(1), &taken);
    gateway.wait("the gateway has fetched it", |state: &SimulatorState| {
        state
            .ledger()
            .messages()
            .iter()
            .any(|sent| sent.attachment.is_some())
    });
    let growth = memory_kib("VmHWM").saturating_sub(before);
    let sent = gateway.ledger.messages();
    let fetched = sent[0].attachment.as_ref().unwrap();
    assert!(fetched.is_there(), "{fetched:?}");
    assert_eq!(
        (fetched.bytes, fetched.sha256),
        (DOCUMENT_BYTES, taken.file.sha256)
    );
    assert!(!program.message(message.id).state.is_open());
    assert!(growth < GROWTH_MAX_KIB, "{growth} KiB more than before");
    println!("{growth} KiB more at the peak");
}

/// How much memory this process has now (`VmRSS`), or has had at most (`VmHWM`).
fn memory_kib(field: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix(field)?.strip_prefix(':'))
        .unwrap();
    line.trim().strip_suffix(" kB").unwrap().trim().parse().unwrap()
}
