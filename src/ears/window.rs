//! How many encoder positions a clip gets: the window's length is what decoding costs.

use super::recognize::Effort;
use super::resample::RATE;

/// Encoder positions a second of audio: one position is 20 ms.
const POSITIONS: usize = 50;
/// The whole window of 30 s.
pub const WHOLE: usize = 1500;
/// Air after the speech and the shortest window, in positions, of a model trained on clips: it needs no more air than 0.6 s.
/// Word errors on its 48 test clips and the bundled talks are the same from here up to three times that (3.6 to 3.9 and 0.2 %).
const SMALL: (usize, usize) = (32, 128);
/// Stock models repeat themselves when the window ends with the speech. Half a second more brings tiny.en from 318 back to 19 %
/// word error (18 % with the whole window); a final gets the 2.5 s that whisper.cpp's users settled on.
const FINAL: (usize, usize) = (128, 256);
/// A caption gets 1.3 s: it may be wrong, it must be quick.
const CAPTION: (usize, usize) = (64, 128);
/// Windows are multiples of this, so that few shapes of the compute graph occur and the kernels' blocks come out even.
const STEP: usize = 32;

/// Encoder positions for so many samples: never fewer than the audio has, or its end would be dropped silently. `small` is a
/// model trained on clips and not on 30 s.
pub fn window(samples: usize, effort: Effort, small: bool) -> usize {
    let needed = (samples * POSITIONS).div_ceil(RATE as usize);
    let air = |(air, least): (usize, usize)| (needed + air).next_multiple_of(STEP).max(least);
    let window = match effort {
        Effort::Careful => WHOLE,
        Effort::Caption | Effort::Final if small => air(SMALL),
        Effort::Caption => air(CAPTION),
        Effort::Final => air(FINAL),
    };
    window.clamp(needed.min(WHOLE), WHOLE)
}
