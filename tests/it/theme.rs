//! Looks: every bundled theme at every depth, files of mistakes, what a terminal is taken for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use boothside::diagnostic::render_all;
use boothside::theme::{
    Appearance, Ask, Depth, GLYPHS, Glyph, Glyphs, Look, Paint, ROLES, Refused, Rgb, Role, Theme,
    appearance, bundled, contrast, depth, distance, glyphs, lab_of, rgb_of_x256,
};
use proptest::prelude::*;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

fn theme(name: &str, depth: Depth) -> Theme {
    let (theme, faults) = Theme::load(name, &[], depth);
    assert!(faults.is_empty(), "{name}:\n{}", render_all(&faults));
    theme
}

fn with_user(text: &str, depth: Depth) -> Theme {
    let (theme, faults) = Theme::load(
        "mine",
        &[("mine.toml".to_string(), text.to_string())],
        depth,
    );
    assert!(faults.is_empty(), "{}", render_all(&faults));
    theme
}

// ---- the tables

#[test]
fn tables_follow_their_enums_and_parents_come_first() {
    for (at, spec) in ROLES.iter().enumerate() {
        assert_eq!(spec.role as usize, at, "{}", spec.name);
        assert_eq!(
            Role::of_name(spec.name),
            Some(spec.role),
            "{} stands twice",
            spec.name
        );
        if let Some(parent) = spec.parent {
            assert!(
                (parent as usize) < at,
                "{} stands before its parent",
                spec.name
            );
        }
    }
    for (at, spec) in GLYPHS.iter().enumerate() {
        assert_eq!(spec.glyph as usize, at, "{}", spec.name);
        assert_eq!(
            Glyph::of_name(spec.name),
            Some(spec.glyph),
            "{} stands twice",
            spec.name
        );
        assert!(spec.ascii.is_ascii(), "{}", spec.name);
        let columns = if spec.glyph == Glyph::Meter { 8 } else { 1 };
        assert_eq!(spec.drawn.width(), columns, "{}", spec.name);
    }
}

// ---- every bundled theme

#[test]
fn every_file_in_the_folder_is_bundled_and_sound() {
    let names: BTreeSet<String> = files("themes").iter().map(|path| stem(path)).collect();
    let known: BTreeSet<String> = bundled().iter().map(ToString::to_string).collect();
    assert_eq!(names, known);
    for name in bundled() {
        assert_eq!(theme(name, Depth::True).name, name);
    }
}

#[test]
fn every_role_has_a_look_the_depth_can_show() {
    for name in bundled() {
        for depth in Depth::ALL {
            let theme = theme(name, depth);
            for spec in &ROLES {
                let style = theme.style(spec.role);
                for color in [style.fg, style.bg].into_iter().flatten() {
                    let shown = match color {
                        Color::Reset => depth != Depth::None,
                        Color::Rgb(..) => depth == Depth::True,
                        Color::Indexed(_) => depth == Depth::C256,
                        _ => depth == Depth::C16,
                    };
                    assert!(shown, "{name} {} {depth:?}: {color:?}", spec.name);
                }
            }
        }
    }
}

/// Not read: lines, meters, hints that can't be used.
const NOT_READ: [Role; 5] = [
    Role::Border,
    Role::BorderFocused,
    Role::FooterOff,
    Role::Level,
    Role::LevelHigh,
];

fn rgb_of(paint: Paint, depth: Depth) -> Option<Rgb> {
    match paint {
        Paint::Own => None,
        Paint::Mixed { rgb, x256, ansi } => match depth {
            Depth::None => None,
            Depth::C16 => ansi.map(rgb_of_x256),
            Depth::C256 => Some(rgb_of_x256(x256)),
            Depth::True => Some(rgb),
        },
    }
}

/// Texts keep the contrast their theme promises, on the plain ground and on the rows that lie on it. With sixteen colours
/// the terminal's owner chooses the shades; with xterm's they can be read.
#[test]
fn texts_are_read_on_every_ground_they_stand_on() {
    let mut unread = Vec::new();
    for name in bundled().into_iter().filter(|name| *name != "mono") {
        let theme = theme(name, Depth::True);
        let least = |depth| match depth {
            Depth::True => theme.contrast,
            Depth::C256 => theme.contrast * 0.9, // the palette's steps are coarse
            Depth::C16 | Depth::None => 2.9,
        };
        let rows = [Role::Ground, Role::CardFocused, Role::Selection];
        for depth in [Depth::True, Depth::C256, Depth::C16] {
            for spec in ROLES.iter().filter(|spec| !NOT_READ.contains(&spec.role)) {
                let look = theme.look(spec.role);
                let grounds: Vec<Paint> = match look.bg {
                    Some(own) => vec![own],
                    None => rows.iter().filter_map(|row| theme.look(*row).bg).collect(),
                };
                for ground in grounds {
                    let pair = look
                        .fg
                        .and_then(|fg| rgb_of(fg, depth))
                        .zip(rgb_of(ground, depth));
                    let (letters, ground) =
                        pair.unwrap_or_else(|| panic!("{name} {}: no colours", spec.name));
                    let ratio = contrast(letters, ground);
                    if ratio < least(depth) {
                        let role = spec.name;
                        unread.push(format!(
                            "{name} {role} {depth:?}: {ratio:.2} of {letters:?} on {ground:?}"
                        ));
                    }
                }
            }
        }
    }
    assert!(unread.is_empty(), "{}", unread.join("\n"));
}

#[test]
fn two_judgements_never_look_alike() {
    const HEATS: [(Glyph, Role); 4] = [
        (Glyph::HeatHot, Role::HeatHot),
        (Glyph::HeatWarm, Role::HeatWarm),
        (Glyph::HeatCold, Role::HeatCold),
        (Glyph::HeatSwag, Role::HeatSwag),
    ];
    for name in bundled() {
        for set in [Glyphs::Drawn, Glyphs::Ascii] {
            let theme = theme(name, Depth::True).with_glyphs(set);
            let signs: BTreeSet<&str> =
                HEATS.iter().map(|(glyph, _)| theme.glyph(*glyph)).collect();
            assert_eq!(signs.len(), HEATS.len(), "{name} {set:?}");
        }
        let theme = theme(name, Depth::None);
        let looks: Vec<_> = HEATS.iter().map(|(_, role)| theme.style(*role)).collect();
        for (at, look) in looks.iter().enumerate() {
            assert!(
                !looks[..at].contains(look),
                "{name} without colour: {:?}",
                HEATS[at].1
            );
        }
    }
}

#[test]
fn the_focused_row_is_seen_without_colour() {
    for name in bundled() {
        for depth in Depth::ALL {
            let theme = theme(name, depth);
            for (one, other) in [
                (Role::CardFocused, Role::Card),
                (Role::Selection, Role::Text),
                (Role::Cursor, Role::Prompt),
            ] {
                assert_ne!(
                    theme.style(one),
                    theme.style(other),
                    "{name} {depth:?} {one:?}"
                );
            }
            if name == "wall" {
                continue; // no transcript stands there, and it has five looks only
            }
            assert_ne!(
                theme.style(Role::CaptionPartial),
                theme.style(Role::Caption),
                "{name} {depth:?}"
            );
        }
    }
}

#[test]
fn without_colour_all_themes_look_like_mono() {
    let mono = theme("mono", Depth::None);
    for name in bundled() {
        let bare = theme(name, Depth::None);
        for spec in &ROLES {
            assert_eq!(
                bare.style(spec.role),
                mono.style(spec.role),
                "{name} {}",
                spec.name
            );
        }
    }
    for depth in Depth::ALL {
        let chosen = theme("mono", depth);
        for spec in &ROLES {
            assert_eq!(
                chosen.style(spec.role),
                mono.style(spec.role),
                "{depth:?} {}",
                spec.name
            );
        }
    }
}

#[test]
fn the_wall_has_five_looks_beside_plain_text() {
    let wall = theme("wall", Depth::True);
    let ground = wall.style(Role::Ground);
    let text = wall.style(Role::Text);
    let mut looks = Vec::new();
    for spec in &ROLES {
        let style = wall.style(spec.role);
        if style != ground && style != text && !looks.contains(&style) {
            looks.push(style);
        }
    }
    assert!(looks.len() <= 5, "{looks:#?}");
    assert!(wall.contrast >= 7.0);
}

/// How a colour is seen without one kind of cone: Machado, Oliveira and Fernandes, "A Physiologically-based Model for
/// Simulation of Color Vision Deficiency" (2009), severity 1.0, on linear light.
const SIGHTS: [(&str, [[f64; 3]; 3]); 3] = [
    (
        "protan",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deutan",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritan",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

fn seen(sight: &[[f64; 3]; 3], (red, green, blue): Rgb) -> Rgb {
    let light = [red, green, blue].map(|channel| (f64::from(channel) / 255.0).powf(2.2));
    let channel = |row: &[f64; 3]| {
        let sum: f64 = row
            .iter()
            .zip(light)
            .map(|(factor, light)| factor * light)
            .sum();
        (sum.clamp(0.0, 1.0).powf(1.0 / 2.2) * 255.0).round() as u8
    };
    (channel(&sight[0]), channel(&sight[1]), channel(&sight[2]))
}

#[test]
fn the_four_judgements_stay_apart_for_every_sight() {
    let theme = theme("cvd-safe", Depth::True);
    let chief = |look: Look| {
        look.bg
            .or(look.fg)
            .and_then(|paint| rgb_of(paint, Depth::True))
            .unwrap()
    };
    let heats = [
        Role::HeatHot,
        Role::HeatWarm,
        Role::HeatCold,
        Role::HeatSwag,
    ]
    .map(|role| (role, chief(theme.look(role))));
    for (sight, matrix) in &SIGHTS {
        for (at, (one, first)) in heats.iter().enumerate() {
            for (other, second) in &heats[at + 1..] {
                let apart = distance(lab_of(seen(matrix, *first)), lab_of(seen(matrix, *second)));
                assert!(
                    apart >= 20.0,
                    "{sight}: {one:?} and {other:?} are {apart:.1} apart"
                );
            }
        }
    }
}

#[test]
fn light_themes_say_they_are_light() {
    for (name, expect) in [
        ("hall-dark", Appearance::Dark),
        ("hall-light", Appearance::Light),
        ("cvd-safe", Appearance::Dark),
    ] {
        assert_eq!(theme(name, Depth::True).appearance, expect, "{name}");
    }
}

// ---- a user's theme

#[test]
fn a_theme_may_change_one_colour_and_keep_the_rest() {
    let mine = with_user(
        "format = 1\ninherits = \"hall-dark\"\n[palette]\nember = \"#ff0000\"\n[glyphs]\nheat-hot = \"◆\"\n[glyphs.ascii]\nheat-hot = \"H\"\n",
        Depth::True,
    );
    let dark = theme("hall-dark", Depth::True);
    let hot = mine.style(Role::HeatHot);
    assert_eq!(hot.bg, Some(Color::Rgb(255, 0, 0)));
    assert_eq!(hot.fg, dark.style(Role::HeatHot).fg);
    assert!(hot.add_modifier.contains(Modifier::BOLD));
    assert_eq!(mine.style(Role::Tag), dark.style(Role::Tag));
    assert_eq!(mine.glyph(Glyph::HeatHot), "◆");
    assert_eq!(mine.with_glyphs(Glyphs::Ascii).glyph(Glyph::HeatHot), "H");
}

#[test]
fn a_theme_from_nothing_takes_the_terminals_own_and_parents_looks() {
    let mine = with_user(
        "format = 1\n[roles]\nheat = { fg = \"#00ff00\", bold = true }\nheat-warm = { bold = false }\n",
        Depth::True,
    );
    assert_eq!(mine.style(Role::HeatHot).fg, Some(Color::Rgb(0, 255, 0)));
    assert!(
        mine.style(Role::HeatHot)
            .add_modifier
            .contains(Modifier::BOLD)
    );
    assert!(
        !mine
            .style(Role::HeatWarm)
            .add_modifier
            .contains(Modifier::BOLD)
    );
    assert_eq!(mine.style(Role::Text).fg, None);
}

#[test]
fn a_file_may_hide_a_bundled_theme_and_lie_on_it() {
    let files = [(
        "hall-dark.toml".to_string(),
        "format = 1\ninherits = \"hall-dark\"\n[roles]\ntag = \"#123456\"\n".to_string(),
    )];
    let (theme, faults) = Theme::load("hall-dark", &files, Depth::True);
    assert!(faults.is_empty(), "{}", render_all(&faults));
    assert_eq!(
        theme.style(Role::Tag).fg,
        Some(Color::Rgb(0x12, 0x34, 0x56))
    );
    assert!(theme.style(Role::HeatHot).bg.is_some());
}

#[test]
fn an_unknown_theme_falls_back_and_says_so() {
    let (theme, faults) = Theme::load("hal-dark", &[], Depth::True);
    assert_eq!(theme.name, "hall-dark");
    assert_eq!(
        faults[0].sentence(),
        "theme: there is no theme called `hal-dark`; did you mean `hall-dark`?"
    );
}

#[test]
fn colours_of_the_palette_are_found_again() {
    for number in 16..=255u8 {
        let rgb = rgb_of_x256(number);
        let Some(Color::Indexed(found)) = Paint::of_rgb(rgb).at(Depth::C256) else {
            panic!("{number} has no number");
        };
        assert_eq!(rgb_of_x256(found), rgb, "{number}");
    }
}

#[test]
fn the_meter_rises() {
    let theme = theme("hall-dark", Depth::True);
    let drawn: String = [-1.0, 0.0, 0.3, 0.6, 0.99, 1.0, 9.0]
        .iter()
        .map(|level| theme.meter(*level))
        .collect();
    assert_eq!(drawn, "▁▁▃▅███");
    assert_eq!(theme.with_glyphs(Glyphs::Ascii).meter(1.0), '#');
}

// ---- files of mistakes

#[test]
fn every_mistake_is_told_as_expected() {
    let mut seen = BTreeSet::new();
    for path in files("tests/bad/themes") {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap().to_string();
        let (theme, faults) = Theme::load(&stem(&path), &[(name, text)], Depth::True);
        assert!(!faults.is_empty(), "{}: nothing is wrong", path.display());
        seen.extend(faults.iter().map(|fault| fault.code));
        compare(&path.with_extension("expected"), &render_all(&faults));
        assert_ne!(
            theme.style(Role::CardFocused),
            theme.style(Role::Card),
            "{}: what is sound counts",
            path.display()
        );
    }
    let all = ["T01", "T02", "T03", "T04", "T05", "T06", "T07"];
    assert_eq!(
        seen.into_iter().collect::<Vec<_>>(),
        all,
        "each code has a file"
    );
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    files
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_str().unwrap().to_string()
}

/// Compares with a kept text; `UPDATE=1` keeps the new one.
fn compare(path: &Path, text: &str) {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, text).unwrap();
    }
    let kept = fs::read_to_string(path).unwrap_or_default();
    assert_eq!(text, kept, "{} (UPDATE=1 rewrites it)", path.display());
}

proptest! {
    /// Whatever a file says, nothing breaks and every fault can be drawn.
    #[test]
    fn a_theme_of_any_text_still_starts(text in "(format = 1\n)?(\\[(roles|palette|glyphs)\\]\n)?([a-z\"' =#\\[\\]{}.,é\n]|tag = |\"#ff00\"|rgb|meter|mono){0,60}") {
        for depth in Depth::ALL {
            let (theme, faults) = Theme::load("mine", &[("mine.toml".to_string(), text.clone())], depth);
            let _ = (theme.style(Role::HeatHot), theme.meter(0.5), render_all(&faults));
        }
    }
}

// ---- what a terminal is taken for

fn vars(text: &str) -> BTreeMap<String, String> {
    let pair = |word: &str| {
        word.split_once('=')
            .map(|(name, value)| (name.to_string(), value.to_string()))
    };
    text.split_whitespace().filter_map(pair).collect()
}

#[test]
fn the_depth_is_what_was_asked_then_what_the_terminal_says() {
    for (ask, said, expect) in [
        (
            Ask::Auto,
            "TERM=xterm-256color COLORTERM=truecolor",
            Depth::True,
        ),
        (Ask::Auto, "TERM=xterm-256color", Depth::C256),
        (
            Ask::Auto,
            "TERM=screen-256color COLORTERM=24bit",
            Depth::True,
        ),
        (Ask::Auto, "TERM=xterm", Depth::C16),
        (Ask::Auto, "TERM=linux", Depth::C16),
        (Ask::Auto, "TERM=vt100", Depth::None),
        (Ask::Auto, "TERM=xterm-direct", Depth::True),
        (Ask::Auto, "", Depth::C16),
        (Ask::Auto, "TERM=xterm-256color NO_COLOR=1", Depth::None),
        (Ask::Auto, "TERM=xterm-256color NO_COLOR=", Depth::C256),
        (
            Ask::Auto,
            "TERM=xterm-256color NO_COLOR=1 FORCE_COLOR=1",
            Depth::None,
        ),
        (Ask::Auto, "TERM=vt100 FORCE_COLOR=1", Depth::C16),
        (Ask::Auto, "TERM=xterm FORCE_COLOR=2", Depth::C256),
        (Ask::Auto, "TERM=xterm FORCE_COLOR=3", Depth::True),
        (Ask::Auto, "TERM=xterm-256color FORCE_COLOR=0", Depth::None),
        (Ask::Auto, "TERM=vt100 CLICOLOR_FORCE=1", Depth::C16),
        (Ask::Auto, "TERM=vt100 CLICOLOR_FORCE=0", Depth::None),
        (Ask::Always, "TERM=xterm-256color NO_COLOR=1", Depth::C256),
        (Ask::Always, "TERM=vt100", Depth::C16),
        (
            Ask::Never,
            "TERM=xterm-256color COLORTERM=truecolor FORCE_COLOR=3",
            Depth::None,
        ),
    ] {
        assert_eq!(depth(ask, &vars(said), true), Ok(expect), "{ask:?} {said}");
    }
    assert_eq!(
        depth(Ask::Always, &vars("TERM=dumb"), true),
        Err(Refused::Dumb)
    );
    assert_eq!(
        depth(Ask::Auto, &vars("TERM=xterm"), false),
        Err(Refused::NoTerminal)
    );
}

#[test]
fn plain_signs_are_for_those_who_need_them() {
    for (said, expect) in [
        ("TERM=xterm LANG=en_US.UTF-8", Glyphs::Drawn),
        ("TERM=xterm LANG=de_DE.utf8", Glyphs::Drawn),
        ("TERM=xterm", Glyphs::Drawn),
        ("TERM=linux LANG=en_US.UTF-8", Glyphs::Ascii),
        ("TERM=xterm LANG=C", Glyphs::Ascii),
        ("TERM=xterm LANG=C LC_ALL=en_US.UTF-8", Glyphs::Drawn),
        ("TERM=xterm LANG=en_US.UTF-8 LC_ALL=C", Glyphs::Ascii),
    ] {
        assert_eq!(glyphs(&vars(said)), expect, "{said}");
    }
}

#[test]
fn dark_or_light_is_asked_then_told_then_dark() {
    use Appearance::{Dark, Light};
    for (answered, said, expect) in [
        (Some(Light), "COLORFGBG=15;0", Light),
        (None, "COLORFGBG=15;0", Dark),
        (None, "COLORFGBG=0;15", Light),
        (None, "COLORFGBG=0;default;7", Light),
        (None, "COLORFGBG=7;8", Dark),
        (None, "COLORFGBG=oops", Dark),
        (None, "", Dark),
    ] {
        assert_eq!(appearance(answered, &vars(said)), expect, "{said}");
    }
}
