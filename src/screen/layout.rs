//! Which regions there are at a size, and where. Lanes and header are never covered by anything.

use ratatui::layout::Rect;

use crate::app::{Layer, Model, Seat};

use super::lanes;

/// Below this the board says kindly that it needs room: columns, rows.
pub const TOO_SMALL: (u16, u16) = (60, 20);

/// The regions of the captain's board, from the top.
pub struct Regions {
    /// The first line, and the line of what is missing where something is.
    pub header: Rect,
    /// The microphones.
    pub lanes: Rect,
    /// The list of cards.
    pub cards: Rect,
    /// The focused card, or what lies over it.
    pub below: Rect,
    /// Toasts, else the coach.
    pub status: Rect,
    /// The keys.
    pub footer: Rect,
}

impl Regions {
    /// The regions for a model in an area of at least [`TOO_SMALL`].
    pub fn of(model: &Model, area: Rect) -> Self {
        let mut top = area.y;
        let mut take = |rows: u16| {
            let rows = rows.min(area.bottom().saturating_sub(top + 2));
            let region = Rect::new(area.x, top, area.width, rows);
            top += rows;
            region
        };
        let wanting = matches!(model.seat, Seat::ReadOnly(_))
            || !model.notices.is_empty()
            || model.saving.trouble.is_some();
        let header = take(1 + u16::from(wanting));
        let lanes = take(lane_rows(model, area));
        let middle = area.height.saturating_sub(top - area.y + 2);
        let rows = card_rows(model, middle);
        let mut take = |rows: u16| {
            let region = Rect::new(area.x, top, area.width, rows);
            top += rows;
            region
        };
        Self {
            header,
            lanes,
            cards: take(rows),
            below: take(middle - rows),
            status: take(1),
            footer: take(1),
        }
    }
}

impl Regions {
    /// Everything between the header's first line and the keys: for what needs nearly the whole screen.
    pub fn middle(&self) -> Rect {
        let top = self.header.y + 1;
        Rect {
            y: top,
            height: self.footer.y.saturating_sub(top),
            ..self.header
        }
    }
}

/// A rule, the lane's name and meter, and one to three lines of caption; more where a lane says why it can't listen.
fn lane_rows(model: &Model, area: Rect) -> u16 {
    if model.config.lanes.is_empty() {
        return 0;
    }
    let captions: u16 = match area.height {
        0..=23 => 1,
        24..=35 => 2,
        _ => 3,
    };
    let wanted = lanes::rows_wanted(model, area.width).min(area.height / 4);
    2 + captions.max(wanted)
}

/// The list takes what it needs, up to a share; a reader of a transcript gets more room beneath.
fn card_rows(model: &Model, middle: u16) -> u16 {
    let wanted = u16::try_from(model.view.order.len())
        .unwrap_or(u16::MAX)
        .saturating_add(2);
    let reading = matches!(
        model.view.layers.last(),
        Some(
            Layer::Card
                | Layer::Trail(_)
                | Layer::Account(..)
                | Layer::Help(..)
                | Layer::Night(_)
                | Layer::Draft(_)
                | Layer::Numbers(_)
                | Layer::Weather(_)
        )
    );
    let share = if reading {
        middle * 3 / 10
    } else {
        middle * 45 / 100
    };
    wanted.clamp(4, share.max(5)).min(middle)
}
