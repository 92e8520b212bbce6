//! The report in a real browser: what it shows is what was counted, by day and by night, on a desk and on a phone.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use boothside::report::{Form, numbers, run};

use crate::night::{playbook, show};
use crate::report::{LATER, input, sold};

/// A browser of Chromium's kind, by the names that systems give it.
fn browser() -> Option<PathBuf> {
    let chosen = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let names = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ];
    let places = std::env::split_paths(&path).collect::<Vec<_>>();
    let mut found = names
        .iter()
        .flat_map(|name| places.iter().map(move |place| place.join(name)));
    chosen.or_else(|| found.find(|path| path.is_file()))
}

/// Runs the browser on a page and gives what it wrote and what it said; it is stopped after a minute.
fn browse(browser: &Path, home: &Path, page: &Path, more: &[&str]) -> (String, String) {
    let profile = tempfile::tempdir_in(home).expect("a profile");
    let (out, err) = (profile.path().join("out"), profile.path().join("err"));
    let file = |path: &Path| fs::File::create(path).expect("a file");
    let mut child = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--enable-logging=stderr",
            "--virtual-time-budget=2000",
        ])
        .arg(format!(
            "--user-data-dir={}",
            profile.path().join("data").display()
        ))
        .args(more)
        .arg(format!("file://{}", page.display()))
        .env("HOME", profile.path())
        .stdin(Stdio::null())
        .stdout(file(&out))
        .stderr(file(&err))
        .spawn()
        .expect("the browser starts");
    let ended = ends(&mut child, Duration::from_secs(60));
    let read = |path: &Path| String::from_utf8_lossy(&fs::read(path).expect("kept")).into_owned();
    let (out, err) = (read(&out), read(&err));
    assert!(ended, "the browser did not end: {err}");
    (out, err)
}

/// Waits for the end, at most so long.
fn ends(child: &mut Child, patience: Duration) -> bool {
    let until = Instant::now() + patience;
    while Instant::now() < until {
        if child.try_wait().expect("a child").is_some() {
            return true;
        }
        std::thread::park_timeout(Duration::from_millis(20));
    }
    let _ = child.kill();
    let _ = child.wait();
    false
}

/// What a page shows without its markup, blanks made one.
fn words(dom: &str) -> String {
    let (_, body) = dom.split_once("<body").expect("a body");
    let mut text = String::new();
    let mut inside = true;
    for letter in body.chars() {
        match letter {
            '<' => {
                inside = true;
                text.push(' ');
            }
            '>' if inside => inside = false,
            letter if !inside => text.push(letter),
            _ => {}
        }
    }
    for (written, meant) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ] {
        text = text.replace(written, meant);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Width and height of a PNG.
fn size(path: &Path) -> (u32, u32) {
    let bytes = fs::read(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    assert!(
        bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.len() > 5_000,
        "{} bytes",
        bytes.len()
    );
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four"));
    (number(16), number(20))
}

/// The report as a phone of 390 pixels shows it; its title says whether anything is wider than that.
const PHONE: &str = "<!doctype html><title>waits</title><body style='margin:0'>
<iframe src='report.html' style='border:0;width:390px;height:2400px'></iframe>
<script>onload = () => {
  const page = document.querySelector('iframe').contentDocument;
  const wide = [...page.querySelectorAll('body *')].find(it => it.getBoundingClientRect().right > 390 && !it.closest('.scroll'));
  document.title = page.documentElement.scrollWidth <= 390 ? 'fits' : (wide || page.body).outerHTML;
}</script>";

#[test]
fn a_browser_shows_every_figure_and_complains_of_nothing() {
    let Some(browser) = browser() else {
        eprintln!("skipped: no chromium was found; `.ci/deps chromium` installs it");
        return;
    };
    let day = sold();
    let playbook = playbook();
    let show = show(&playbook, &[]);
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("report.html");
    let two = [input(day.board(), &show), input(day.board(), &show)];
    run(&two, LATER, Form::Html, &page).expect("written");
    let (dom, said) = browse(&browser, folder.path(), &page, &["--dump-dom"]);
    // A page that breaks its own policy, a broken style or a missing file is told here.
    let complaints: Vec<&str> = said
        .lines()
        .filter(|line| line.contains("CONSOLE"))
        .collect();
    assert!(complaints.is_empty(), "{complaints:#?}");
    let seen = words(&dom);
    let told = numbers(&two[0], LATER);
    let mut wanted = vec![
        told.name.clone(),
        told.pipeline.words(),
        told.won.words(),
        format!(
            "{} of {} listed",
            told.targets_met.len(),
            told.targets_listed
        ),
        "60,000.00 USD".into(),
        "Julian Sands".into(),
        "lose half of our leads".into(),
        "Side by side".into(),
        "time decay".into(),
    ];
    wanted.extend(
        told.funnel
            .iter()
            .map(|step| format!("{} {}", step.label, step.count())),
    );
    for figure in wanted {
        assert!(seen.contains(&figure), "{figure:?} is not seen in {seen}");
    }
    assert_eq!(
        dom.matches("<svg").count(),
        12,
        "three charts a show, each for a desk and for a phone"
    );
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pictures");
    fs::create_dir_all(&kept).expect("a folder");
    // A window may not be as narrow as a phone, so there the page stands in a frame that is.
    let phone = folder.path().join("phone.html");
    fs::write(&phone, PHONE).expect("written");
    let files = "--allow-file-access-from-files";
    let (dom, _) = browse(&browser, folder.path(), &phone, &["--dump-dom", files]);
    assert!(
        dom.contains("<title>fits</title>"),
        "the page is wider than a phone: {dom}"
    );
    for (name, page, width, more) in [
        ("report-light", &page, 1200, "--disable-sync"),
        ("report-dark", &page, 1200, "--force-dark-mode"),
        ("report-phone", &phone, 500, "--disable-sync"),
        ("report-phone-dark", &phone, 500, "--force-dark-mode"),
    ] {
        let picture = kept.join(format!("{name}.png"));
        let _ = fs::remove_file(&picture);
        let to = format!("--screenshot={}", picture.display());
        let window = format!("--window-size={width},2400");
        browse(&browser, folder.path(), page, &[more, &to, &window]);
        assert_eq!(size(&picture).0, width, "{name}");
    }
}
