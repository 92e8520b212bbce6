//! The report's own charts as SVG: bars with their words beside them, readable without colour.
//!
//! Each is drawn twice, for a desk and for a phone, where the words stand above their bars; the page shows the one that fits.

use std::fmt::Write;

use crate::handoff::html_escape;

use super::numbers::{Figure, Slot};

/// Most letters of a name that is not ours: more would run into its bar.
const NAME: usize = 30;

/// How a chart is laid out; all in its own units, a unit being a pixel where it is not shrunk.
struct Shape {
    class: &'static str,
    /// The whole width.
    width: usize,
    /// Where bars begin.
    from: usize,
    /// The longest bar.
    room: usize,
    /// From one row to the next.
    row: usize,
    /// How far a bar is below the words of its row.
    below: usize,
}

const SHAPES: [Shape; 2] = [
    Shape {
        class: "wide",
        width: 800,
        from: 220,
        room: 440,
        row: 28,
        below: 0,
    },
    // The page of a phone of 390 pixels is 358 wide.
    Shape {
        class: "narrow",
        width: 358,
        from: 0,
        room: 250,
        row: 46,
        below: 20,
    },
];

/// A bar per step, all from one side, with its number.
pub fn funnel(figures: &[Figure]) -> String {
    let most = figures.iter().map(Figure::count).max().unwrap_or(0).max(1);
    let charts = SHAPES.iter().map(|shape| {
        let mut svg = open(shape, figures.len(), "Funnel from lead to won");
        for (place, figure) in figures.iter().enumerate() {
            let y = place * shape.row;
            let long = shape.room * figure.count() / most;
            label(&mut svg, y, &figure.label);
            bar(
                &mut svg,
                (shape.from, y + shape.below),
                long,
                ("var(--bar)", ""),
            );
            let number = figure.count().to_string();
            beside(&mut svg, (shape.from + long, y + shape.below), &number);
        }
        svg + "</svg>\n"
    });
    charts.collect()
}

/// A bar per hour or lane, cut by grade, hottest first.
pub fn slots(slots: &[Slot], what: &str) -> String {
    const COLOURS: [(&str, &str); 5] = [
        ("hot", "var(--hot)"),
        ("warm", "var(--warm)"),
        ("not rated", "var(--line)"),
        ("cold", "var(--cold)"),
        ("giveaways", "var(--soft)"),
    ];
    let total = |slot: &Slot| slot.grades.iter().sum::<usize>();
    let most = slots.iter().map(total).max().unwrap_or(0).max(1);
    let charts = SHAPES.iter().map(|shape| {
        let mut svg = open(shape, slots.len(), what);
        for (place, slot) in slots.iter().enumerate() {
            let (y, mut x) = (place * shape.row, shape.from);
            label(&mut svg, y, &named(&slot.name));
            for (count, (word, colour)) in slot.grades.iter().zip(COLOURS) {
                let long = shape.room * count / most;
                if *count > 0 {
                    let title = format!("{count} {word}");
                    bar(&mut svg, (x, y + shape.below), long, (colour, &title));
                }
                x += long;
            }
            beside(&mut svg, (x, y + shape.below), &in_letters(slot));
        }
        svg + "</svg>\n"
    });
    charts.collect()
}

/// A lane's name, cut where it would run into its bar.
fn named(name: &str) -> String {
    match name.char_indices().nth(NAME) {
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
        None if name.is_empty() => "no lane".to_owned(),
        None => name.to_owned(),
    }
}

/// `2h 1w 3?`: how many of which grade.
fn in_letters(slot: &Slot) -> String {
    let words: Vec<String> = slot
        .grades
        .iter()
        .zip(["h", "w", "?", "c", "g"])
        .filter(|(count, _)| **count > 0)
        .map(|(count, letter)| format!("{count}{letter}"))
        .collect();
    words.join(" ")
}

fn open(shape: &Shape, rows: usize, label: &str) -> String {
    format!(
        "<svg class=\"{}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">",
        shape.class,
        shape.width,
        rows * shape.row + 4,
        html_escape(label)
    )
}

fn label(svg: &mut String, y: usize, words: &str) {
    // Writing into a String can't fail.
    let _ = write!(
        svg,
        "<text x=\"0\" y=\"{}\">{}</text>",
        y + 19,
        html_escape(words)
    );
}

fn bar(svg: &mut String, (x, y): (usize, usize), long: usize, (colour, title): (&str, &str)) {
    let _ = write!(
        svg,
        "<rect x=\"{x}\" y=\"{}\" width=\"{}\" height=\"18\" fill=\"{colour}\"><title>{title}</title></rect>",
        y + 5,
        long.max(1)
    );
}

/// Words at a bar's end.
fn beside(svg: &mut String, (x, y): (usize, usize), words: &str) {
    let _ = write!(svg, "<text x=\"{}\" y=\"{}\">{words}</text>", x + 8, y + 19);
}
