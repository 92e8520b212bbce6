//! Show folders: the bundled ones are sound, and every kind of mistake is told with place and remedy, all at once.

use std::fs;
use std::path::Path;

use boothside::diagnostic::{Diagnostic, render_all};
use boothside::domain::{Day, Role};
use boothside::show::{self, LaneSource, ThemeChoice};

fn none(faults: &[Diagnostic]) {
    assert!(faults.is_empty(), "{}", render_all(faults));
}

#[test]
fn the_demo_show_is_sound_and_whole() {
    let dir = tempfile::tempdir().unwrap();
    let written = show::write_demo(dir.path()).unwrap();
    assert_eq!(written.len(), 6);
    let (show, faults) = show::open(dir.path());
    none(&faults);
    assert_eq!(show.config.name, "Meridian Trade Fair 2026");
    assert_eq!(show.config.days.first(), Day::new(2026, 11, 22).as_ref());
    assert_eq!(show.playbook.accounts.len(), 24);
    assert_eq!(show.playbook.owners.len(), 6);
    assert_eq!(show.config.quick_tags.len(), 9);
    assert_eq!(show.config.lanes.len(), 3);
    for lane in &show.config.lanes {
        let LaneSource::File(path) = &lane.source else {
            panic!("{} plays no recording", lane.name);
        };
        assert!(show.dir.join(path).is_file());
    }
    let (_, text) = show.attendees_csv.unwrap();
    assert!(text.starts_with("Badge ID,"));
    // A second start finds the folder as it left it.
    assert!(show::write_demo(dir.path()).unwrap().is_empty());
}

#[test]
fn a_new_show_folder_has_no_faults() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path().join("my-show");
    let written = show::init(&dir).unwrap();
    assert_eq!(written.len(), 3);
    let (show, faults) = show::open(&dir);
    none(&faults);
    assert_eq!(show.config.lanes[0].role, Role::Table);
    assert_eq!(show.config.theme, ThemeChoice::default());
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("diary.txt"), "dear").unwrap();
    let refusal = show::init(dir.path()).unwrap_err().to_string();
    assert!(refusal.contains("diary.txt"), "{refusal}");
    assert!(show::write_demo(dir.path()).is_err());
    let inside: Vec<_> = fs::read_dir(dir.path()).unwrap().collect();
    assert_eq!(inside.len(), 1);
    let file = dir.path().join("diary.txt");
    let refusal = show::init(&file).unwrap_err().to_string();
    assert!(refusal.contains("is a file"), "{refusal}");
}

#[test]
fn an_unknown_folder_is_told_with_the_way_out() {
    let (show, faults) = show::open(Path::new("no/such/folder"));
    assert_eq!(show.config.lanes.len(), 1);
    assert_eq!(faults.len(), 1);
    assert!(faults[0].render().contains("boothside init no/such/folder"));
}
