//! The weather: what is held against us, whom they name, what they ask after and what hurts, hour by hour.

use ratatui::text::{Line, Span};

use crate::app::{Model, Weather, WeatherRow};
use crate::theme::{Glyph, Role};

use super::pen::Pen;

/// Width of what was said.
const LABEL: usize = 24;

/// Width of a sum.
const SUM: usize = 6;

/// Width of the name of a day.
const DAY: usize = 17;

/// Width of an hour, and of one with a bar before its number.
const HOUR: (usize, usize) = (3, 5);

/// How the hours of a day are drawn.
struct Columns {
    /// Hours put together in one column.
    together: usize,
    /// Cells of a column.
    each: usize,
    /// Columns of a day.
    count: usize,
}

impl Columns {
    /// Cells of a day: at least as many as its name takes.
    fn day(&self) -> usize {
        (self.count * self.each + SUM).max(DAY)
    }

    /// Blanks after a day's sum.
    fn gap(&self) -> Span<'static> {
        Span::raw(" ".repeat(self.day() - (self.count * self.each + SUM) + 2))
    }

    fn of(weather: &Weather, cells: usize) -> Self {
        let days = weather.days.len().max(1);
        let room = cells.saturating_sub(LABEL + SUM) / days;
        let room = room.saturating_sub(SUM + 2);
        let hours = weather.hours.len().max(1);
        let each = if hours * HOUR.1 <= room {
            HOUR.1
        } else {
            HOUR.0
        };
        let together = hours.div_ceil((room / each).max(1));
        Self {
            together,
            each,
            count: hours.div_ceil(together),
        }
    }
}

/// The lines, as many as fit: of each kind all together, then what is said most often.
pub fn lines(
    model: &Model,
    pen: &Pen<'_>,
    weather: &Weather,
    (rows, cells): (usize, usize),
) -> Vec<Line<'static>> {
    if weather.rows.is_empty() {
        let words =
            "   nobody objected, named a competitor, asked after a product or told a need yet";
        return vec![Line::from(pen.span(Role::TextDim, words))];
    }
    let columns = Columns::of(weather, cells);
    let mut lines = vec![days(pen, weather, &columns), hours(pen, weather, &columns)];
    let most = weather
        .rows
        .iter()
        .flat_map(|row| row.talks.iter())
        .flat_map(|day| day.chunks(columns.together).map(|some| some.iter().sum()))
        .max()
        .unwrap_or(1);
    let room = rows.saturating_sub(lines.len() + 1);
    lines.extend(
        fitting(weather, room)
            .into_iter()
            .map(|entry| row(pen, entry, &columns, most)),
    );
    let words = model.keyed(
        "in how many talks; counted every two seconds; {dismiss} leaves; {numbers} the day in numbers",
    );
    lines.push(pen.trimmed(vec![pen.span(Role::AskNext, format!("   {words}"))], cells));
    lines
}

/// As many of the most frequent things of each kind as there is room for, the same number for all kinds.
fn fitting(weather: &Weather, room: usize) -> Vec<&WeatherRow> {
    let few = |limit: usize| -> Vec<&WeatherRow> {
        let mut taken = 0;
        let rows = weather.rows.iter();
        rows.filter(|row| {
            taken = if row.value.is_none() { 0 } else { taken + 1 };
            taken <= limit
        })
        .collect()
    };
    let most = weather.rows.len();
    let limit = (0..=most).rev().find(|limit| few(*limit).len() <= room);
    few(limit.unwrap_or(0))
}

/// Which columns are which day.
fn days(pen: &Pen<'_>, weather: &Weather, columns: &Columns) -> Line<'static> {
    let mut spans = vec![pen.cell(Role::Title, " in how many talks", LABEL)];
    for (place, day) in weather.days.iter().enumerate() {
        let name = if place + 1 == weather.days.len() {
            format!("today {day}")
        } else {
            format!("before {day}")
        };
        spans.push(pen.cell(Role::Title, &name, columns.day()));
        spans.push(Span::raw("  "));
    }
    spans.push(pen.cell(Role::Title, "  show", SUM));
    Line::from(spans)
}

fn hours(pen: &Pen<'_>, weather: &Weather, columns: &Columns) -> Line<'static> {
    let mut spans = vec![pen.cell(Role::TextDim, "", LABEL)];
    for _ in &weather.days {
        for some in weather.hours.chunks(columns.together) {
            let name = some.first().map_or(String::new(), |hour| {
                format!("{hour:>width$}", width = columns.each)
            });
            spans.push(pen.cell(Role::Time, &name, columns.each));
        }
        spans.push(pen.cell(Role::TextDim, &format!("{:>SUM$}", "all"), SUM));
        spans.push(columns.gap());
    }
    Line::from(spans)
}

fn row(pen: &Pen<'_>, row: &WeatherRow, columns: &Columns, most: usize) -> Line<'static> {
    let (label, role) = match &row.value {
        None => (format!(" {}", row.kind.word()), Role::TextStrong),
        Some(value) => (format!("   {}", value.replace('_', " ")), Role::Text),
    };
    let mut spans = vec![pen.cell(role, &label, LABEL - 1), Span::raw(" ")];
    for day in &row.talks {
        for some in day.chunks(columns.together) {
            let talks: usize = some.iter().sum();
            spans.extend(hour(pen, talks, most, role, columns.each));
        }
        let sum: usize = day.iter().sum();
        spans.push(pen.cell(role, &format!("{sum:>SUM$}"), SUM));
        spans.push(columns.gap());
    }
    spans.push(pen.cell(role, &format!("{:>SUM$}", row.show), SUM));
    Line::from(spans)
}

/// The number, with a bar where there is room; a dot for none.
fn hour(pen: &Pen<'_>, talks: usize, most: usize, role: Role, cells: usize) -> Vec<Span<'static>> {
    if talks == 0 {
        let dot = format!("{:>cells$}", pen.glyph(Glyph::Unknown));
        return vec![pen.span(Role::TextDim, dot)];
    }
    if cells < HOUR.1 {
        return vec![pen.cell(role, &format!("{talks:>cells$}"), cells)];
    }
    let bar = pen.meter(talks as f32 / most.max(1) as f32);
    vec![
        pen.cell(Role::Level, &format!(" {bar}"), 2),
        pen.cell(
            role,
            &format!("{talks:>width$}", width = cells - 2),
            cells - 2,
        ),
    ]
}
