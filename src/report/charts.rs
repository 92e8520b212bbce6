//! The report's own charts as SVG: bars with their words beside them, readable without colour.

use std::fmt::Write;

use crate::handoff::html_escape;

use super::numbers::{Figure, Slot};

const WIDTH: usize = 720;
const ROW: usize = 28;
const LABEL: usize = 220;
const NUMBER: usize = 60;

/// A bar per step, all from one side, with its number.
pub fn funnel(figures: &[Figure]) -> String {
    let most = figures.iter().map(Figure::count).max().unwrap_or(0).max(1);
    let mut svg = open(figures.len(), "Funnel from lead to won");
    for (place, figure) in figures.iter().enumerate() {
        let long = (WIDTH - LABEL - NUMBER) * figure.count() / most;
        // Writing into a String can't fail.
        let _ = write!(
            svg,
            "<text x=\"0\" y=\"{text}\">{}</text><rect x=\"{LABEL}\" y=\"{y}\" width=\"{}\" height=\"18\" fill=\"var(--bar)\"/><text x=\"{}\" y=\"{text}\">{}</text>",
            html_escape(&figure.label),
            long.max(1),
            LABEL + long + 8,
            figure.count(),
            text = place * ROW + 19,
            y = place * ROW + 5,
        );
    }
    svg.push_str("</svg></div>\n");
    svg
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
    let mut svg = open(slots.len(), what);
    for (place, slot) in slots.iter().enumerate() {
        let name = if slot.name.is_empty() {
            "no lane"
        } else {
            &slot.name
        };
        let text = place * ROW + 19;
        let _ = write!(
            svg,
            "<text x=\"0\" y=\"{text}\">{}</text>",
            html_escape(name)
        );
        let mut x = LABEL;
        for (count, (word, colour)) in slot.grades.iter().zip(COLOURS) {
            let long = (WIDTH - LABEL - NUMBER) * count / most;
            if *count > 0 {
                let _ = write!(
                    svg,
                    "<rect x=\"{x}\" y=\"{}\" width=\"{}\" height=\"18\" fill=\"{colour}\"><title>{count} {word}</title></rect>",
                    place * ROW + 5,
                    long.max(1),
                );
            }
            x += long;
        }
        let words: Vec<String> = slot
            .grades
            .iter()
            .zip(["h", "w", "?", "c", "g"])
            .filter(|(count, _)| **count > 0)
            .map(|(count, letter)| format!("{count}{letter}"))
            .collect();
        let _ = write!(
            svg,
            "<text x=\"{}\" y=\"{text}\">{}</text>",
            x + 8,
            words.join(" ")
        );
    }
    svg.push_str("</svg></div>\n");
    svg
}

fn open(rows: usize, label: &str) -> String {
    format!(
        "<div class=\"scroll\"><svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">",
        WIDTH + 80,
        rows * ROW + 4,
        html_escape(label)
    )
}
