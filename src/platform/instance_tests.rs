use super::*;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;

const CHILD_FOLDER: &str = "RECADO_TEST_INSTANCE_FOLDER";

fn first(claim: Claim) -> Instance {
    match claim {
        Claim::First(instance) => instance,
        Claim::Second { shown } => panic!("second, shown: {shown}"),
    }
}

#[test]
fn a_later_copy_calls_the_first_to_the_front_and_takes_its_place_when_it_ends() {
    let folder = tempfile::tempdir().unwrap();
    let (show, shown) = channel();
    let instance = first(claim(folder.path(), move || show.send(()).unwrap()).unwrap());
    for _ in 0..3 {
        let later = claim(folder.path(), || panic!("not the first")).unwrap();
        assert!(matches!(later, Claim::Second { shown: true }));
        shown.recv().unwrap();
    }
    let other = tempfile::tempdir().unwrap();
    let _other = first(claim(other.path(), || {}).unwrap());
    drop(instance);
    let _instance = first(claim(folder.path(), || {}).unwrap());
}

#[test]
fn a_folder_with_a_long_path_works_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let long = folder.path().join("a long name".repeat(15));
    std::fs::create_dir(&long).unwrap();
    let (show, shown) = channel();
    let _instance = first(claim(&long, move || show.send(()).unwrap()).unwrap());
    assert!(matches!(
        claim(&long, || {}).unwrap(),
        Claim::Second { shown: true }
    ));
    shown.recv().unwrap();
}

#[test]
fn nonsense_on_the_socket_does_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let (show, shown) = channel();
    let _instance = first(claim(folder.path(), move || show.send(()).unwrap()).unwrap());
    for nonsense in [&b""[..], b"sho", b"quit now please", &[0xff; 4096]] {
        let mut stream = LocalSocketStream::connect(socket_name(folder.path()).unwrap()).unwrap();
        stream.write_all(nonsense).ok();
    }
    assert!(matches!(
        claim(folder.path(), || {}).unwrap(),
        Claim::Second { shown: true }
    ));
    shown.recv().unwrap();
    assert!(shown.try_recv().is_err(), "only the real call was heard");
}

#[test]
fn the_name_of_a_folder_does_not_change_between_builds() {
    assert_eq!(fnv1a(b""), 0xcbf2_9ce4_8422_2325);
    assert_eq!(fnv1a(b"foobar"), 0x8594_4171_f739_67e8);
}

/// This test program once more, as another copy: it claims the folder, says what came of it, and the first stays
/// until its standard input ends. Then it says how often it was called to the front.
fn play_a_copy(folder: &str) {
    let (show, shown) = channel();
    let claimed = claim(Path::new(folder), move || show.send(()).unwrap()).unwrap();
    let said = match claimed {
        Claim::First(_) => "first",
        Claim::Second { shown: true } => "second",
        Claim::Second { shown: false } => "unanswered",
    };
    println!("\nclaim {said}");
    io::stdin().read_to_end(&mut Vec::new()).unwrap();
    println!("\nshown {}", shown.try_iter().count());
    drop(claimed);
}

fn start_copy(test: &str, folder: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args([
            &format!("platform::instance::tests::{test}"),
            "--exact",
            "--nocapture",
        ])
        .env(CHILD_FOLDER, folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// The rest of the line that begins with `what`.
fn said(lines: &mut impl Iterator<Item = io::Result<String>>, what: &str) -> String {
    lines
        .find_map(|line| line.unwrap().strip_prefix(what).map(str::to_owned))
        .unwrap()
}

#[test]
fn of_a_hundred_copies_at_once_one_is_first_and_hears_all_others() {
    if let Ok(folder) = std::env::var(CHILD_FOLDER) {
        return play_a_copy(&folder);
    }
    let folder = tempfile::tempdir().unwrap();
    let name = "of_a_hundred_copies_at_once_one_is_first_and_hears_all_others";
    let mut copies: Vec<_> = (0..100)
        .map(|_| {
            let mut child = start_copy(name, folder.path());
            let lines = BufReader::new(child.stdout.take().unwrap()).lines();
            (child, lines)
        })
        .collect();
    let claims: Vec<String> = copies
        .iter_mut()
        .map(|(_, lines)| said(lines, "claim "))
        .collect();
    let mut calls = Vec::new();
    for (child, lines) in &mut copies {
        drop(child.stdin.take());
        calls.push(said(lines, "shown ").parse::<usize>().unwrap());
        lines.for_each(drop);
        assert!(child.wait().unwrap().success());
    }
    let firsts = claims.iter().filter(|claim| *claim == "first").count();
    let seconds = claims.iter().filter(|claim| *claim == "second").count();
    assert_eq!((firsts, seconds), (1, 99), "{claims:?}");
    assert_eq!(calls.iter().sum::<usize>(), 99);
}

#[test]
fn what_a_killed_copy_leaves_behind_is_taken_over() {
    if let Ok(folder) = std::env::var(CHILD_FOLDER) {
        return play_a_copy(&folder);
    }
    let folder = tempfile::tempdir().unwrap();
    let mut child = start_copy("what_a_killed_copy_leaves_behind_is_taken_over", folder.path());
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert_eq!(said(&mut lines, "claim "), "first");
    assert!(matches!(
        claim(folder.path(), || {}).unwrap(),
        Claim::Second { shown: true }
    ));
    child.kill().unwrap();
    child.wait().unwrap();
    #[cfg(unix)]
    assert!(
        folder.path().join(SOCKET_FILE).exists(),
        "a killed process leaves its socket"
    );
    let (show, shown) = channel();
    let _instance = first(claim(folder.path(), move || show.send(()).unwrap()).unwrap());
    assert!(matches!(
        claim(folder.path(), || {}).unwrap(),
        Claim::Second { shown: true }
    ));
    shown.recv().unwrap();
}
