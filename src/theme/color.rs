//! A colour at every depth a terminal can have, and how far two colours are apart.

use ratatui::style::Color;

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Depth {
    /// None: modifiers alone.
    None,
    /// The sixteen of old.
    C16,
    /// The palette of 256.
    C256,
    /// Every colour as written.
    True,
}

impl Depth {
    /// All, poorest first.
    pub const ALL: [Self; 4] = [Self::None, Self::C16, Self::C256, Self::True];
}

/// A colour as red, green and blue.
pub type Rgb = (u8, u8, u8);

/// The names of the sixteen, with what xterm shows for them.
pub const ANSI: [(&str, Color, Rgb); 16] = [
    ("black", Color::Black, (0, 0, 0)),
    ("red", Color::Red, (205, 0, 0)),
    ("green", Color::Green, (0, 205, 0)),
    ("yellow", Color::Yellow, (205, 205, 0)),
    ("blue", Color::Blue, (0, 0, 238)),
    ("magenta", Color::Magenta, (205, 0, 205)),
    ("cyan", Color::Cyan, (0, 205, 205)),
    ("gray", Color::Gray, (229, 229, 229)),
    ("bright-black", Color::DarkGray, (127, 127, 127)),
    ("bright-red", Color::LightRed, (255, 0, 0)),
    ("bright-green", Color::LightGreen, (0, 255, 0)),
    ("bright-yellow", Color::LightYellow, (255, 255, 0)),
    ("bright-blue", Color::LightBlue, (92, 92, 255)),
    ("bright-magenta", Color::LightMagenta, (255, 0, 255)),
    ("bright-cyan", Color::LightCyan, (0, 255, 255)),
    ("white", Color::White, (255, 255, 255)),
];

/// A colour of a theme, settled for every depth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// The terminal's own.
    Own,
    /// A colour of ours.
    Mixed {
        /// As written.
        rgb: Rgb,
        /// Its number in the palette of 256.
        x256: u8,
        /// Its number among the sixteen; none: the terminal's own.
        ansi: Option<u8>,
    },
}

impl Paint {
    /// A colour whose poorer forms are the nearest there are.
    pub fn of_rgb(rgb: Rgb) -> Self {
        let (x256, ansi) = (nearest_x256(rgb), Some(nearest_ansi(rgb)));
        Self::Mixed { rgb, x256, ansi }
    }

    /// What is sent to a terminal of this depth; nothing where there is no colour.
    pub fn at(self, depth: Depth) -> Option<Color> {
        let Self::Mixed { rgb, x256, ansi } = self else {
            return (depth != Depth::None).then_some(Color::Reset);
        };
        match depth {
            Depth::None => None,
            Depth::C16 => Some(ansi.map_or(Color::Reset, |at| ANSI[usize::from(at) % 16].1)),
            Depth::C256 => Some(Color::Indexed(x256)),
            Depth::True => Some(Color::Rgb(rgb.0, rgb.1, rgb.2)),
        }
    }
}

/// Reads `#e69f00`.
pub fn parse_hex(text: &str) -> Option<Rgb> {
    let digits = text.strip_prefix('#')?;
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let number = u32::from_str_radix(digits, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some((red, green, blue))
}

/// What xterm shows for a number of its palette of 256: sixteen names, a cube of six steps a side, a ramp of grays.
pub fn rgb_of_x256(number: u8) -> Rgb {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    match number {
        0..16 => ANSI[usize::from(number)].2,
        16..232 => {
            let cell = usize::from(number - 16);
            (STEPS[cell / 36], STEPS[cell / 6 % 6], STEPS[cell % 6])
        }
        232.. => {
            let gray = 8 + 10 * (number - 232);
            (gray, gray, gray)
        }
    }
}

/// The nearest of the cube and the ramp; the first sixteen are left out, because people give them other colours.
pub fn nearest_x256(rgb: Rgb) -> u8 {
    nearest_of((16..=255).map(|number| (number, rgb_of_x256(number))), rgb)
}

/// The nearest of the sixteen, as xterm shows them.
pub fn nearest_ansi(rgb: Rgb) -> u8 {
    nearest_of((0..16).map(|at| (at, ANSI[usize::from(at)].2)), rgb)
}

fn nearest_of(choices: impl Iterator<Item = (u8, Rgb)>, rgb: Rgb) -> u8 {
    let lab = lab_of(rgb);
    let far = |choice: &(u8, Rgb)| distance(lab_of(choice.1), lab);
    choices
        .min_by(|one, other| far(one).total_cmp(&far(other)))
        .map_or(0, |(number, _)| number)
}

/// How much light a colour gives, 0 to 1 (relative luminance of WCAG 2.2).
pub fn luminance((red, green, blue): Rgb) -> f64 {
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/// How well one colour is read on the other, 1 to 21 (contrast ratio of WCAG 2.2).
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// A colour in CIELAB, where equal distances look about equally far (CIE 1976, white of D65).
pub fn lab_of((red, green, blue): Rgb) -> [f64; 3] {
    let light = [linear(red), linear(green), linear(blue)];
    let mix = |by: [f64; 3], white: f64| {
        let sum: f64 = by.iter().zip(light).map(|(part, light)| part * light).sum();
        let share = sum / white;
        if share > 0.008_856 {
            share.cbrt()
        } else {
            7.787 * share + 16.0 / 116.0
        }
    };
    let fx = mix([0.412_456, 0.357_576, 0.180_437], 0.950_47);
    let fy = mix([0.212_673, 0.715_152, 0.072_175], 1.0);
    let fz = mix([0.019_334, 0.119_192, 0.950_304], 1.088_83);
    [116.0 * fy - 16.0, 500.0 * (fx - fy), 200.0 * (fy - fz)]
}

/// The distance of two colours in CIELAB; 2 is just seen, 10 is seen at a glance.
pub fn distance(one: [f64; 3], other: [f64; 3]) -> f64 {
    let squares = one.iter().zip(other).map(|(a, b)| (a - b) * (a - b));
    squares.sum::<f64>().sqrt()
}

/// A channel as light (the curve of sRGB).
fn linear(channel: u8) -> f64 {
    let value = f64::from(channel) / 255.0;
    if value <= 0.040_45 {
        value / 12.92
    } else {
        ((value + 0.055) / 1.055).powf(2.4)
    }
}
