//! Sounds without a speaker: babble of a hall, pink noise, hum, music, clicks, silence; the same ones every run.

/// Samples a second.
pub const RATE: usize = 16_000;

/// A cheap random number in -1 to 1.
pub fn random(seed: &mut u64) -> f32 {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    ((*seed >> 40) as f32 / (1_u32 << 23) as f32) - 1.0
}

/// A random index below `end`.
fn below(seed: &mut u64, end: usize) -> usize {
    (f32::midpoint(random(seed), 1.0) * end as f32) as usize % end.max(1)
}

/// Scales to a level in dB below full scale; active level where `active`, so that pauses don't count.
pub fn at_level(mut samples: Vec<f32>, dbfs: f32) -> Vec<f32> {
    let gain = 10_f32.powf(dbfs / 20.0) / rms(&samples).max(1e-9);
    for sample in &mut samples {
        *sample = (*sample * gain).clamp(-1.0, 1.0);
    }
    samples
}

/// Root mean square.
pub fn rms(samples: &[f32]) -> f32 {
    let power: f32 = samples.iter().map(|sample| sample * sample).sum();
    (power / samples.len().max(1) as f32).sqrt()
}

/// Root mean square of what is louder than a hundredth of the loudest: speech without its pauses.
pub fn active_rms(samples: &[f32]) -> f32 {
    let frames: Vec<f32> = samples.chunks(256).map(rms).collect();
    let loudest = frames.iter().copied().fold(0.0, f32::max);
    let active: Vec<f32> = frames
        .into_iter()
        .filter(|level| *level > loudest / 30.0)
        .collect();
    (active.iter().map(|level| level * level).sum::<f32>() / active.len().max(1) as f32).sqrt()
}

/// Stretches by linear interpolation: another voice at another pitch.
fn stretched(clip: &[f32], factor: f32) -> Vec<f32> {
    let length = (clip.len() as f32 * factor) as usize;
    let at = |i: usize| {
        let place = i as f32 / factor;
        let (whole, part) = (place as usize, place.fract());
        let next = clip.get(whole + 1).copied().unwrap_or(0.0);
        clip.get(whole).copied().unwrap_or(0.0) * (1.0 - part) + next * part
    };
    (0..length).map(at).collect()
}

/// So many talkers at once, none in front: each says sentences of `clips` in a voice of its own, near and far, in a hall that
/// echoes.
pub fn babble(clips: &[Vec<f32>], talkers: usize, seconds: usize, seed: u64) -> Vec<f32> {
    let mut seed = seed;
    let length = seconds * RATE;
    let mut sum = vec![0.0; length];
    for _ in 0..talkers {
        let factor = 1.0 + random(&mut seed) * 0.18;
        let gain = 10_f32.powf(random(&mut seed) * 4.0 / 20.0);
        let mut at = 0;
        while at < length {
            let clip = stretched(&clips[below(&mut seed, clips.len())], factor);
            let loud = gain / rms(&clip).max(1e-6);
            for (sample, clip) in sum[at..].iter_mut().zip(&clip) {
                *sample += clip * loud;
            }
            at += clip.len() + below(&mut seed, RATE / 2);
        }
    }
    echo(&mut sum);
    sum
}

/// A hall: four feedback echoes of different lengths that have died away after about a second.
fn echo(samples: &mut [f32]) {
    for (ms, share) in [(31, 0.45), (43, 0.4), (59, 0.35), (83, 0.3)] {
        let delay = ms * RATE / 1000;
        for at in delay..samples.len() {
            samples[at] += samples[at - delay] * share;
        }
    }
}

/// Noise that loses 3 dB an octave, as fans and air do.
pub fn pink(seconds: usize, seed: u64) -> Vec<f32> {
    let (mut seed, mut rows) = (seed, [0.0_f32; 5]);
    // Voss: rows renewed half as often each.
    let one = |at: usize| {
        for (row, value) in rows.iter_mut().enumerate() {
            if at.is_multiple_of(1 << row) {
                *value = random(&mut seed);
            }
        }
        rows.iter().sum::<f32>() / 5.0
    };
    (0..seconds * RATE).map(one).collect()
}

/// The hall itself: mains hum with its harmonics, low rumble, a little air.
pub fn hum(seconds: usize, seed: u64) -> Vec<f32> {
    let (mut seed, mut low) = (seed, 0.0);
    let one = |at: usize| {
        let phase = at as f32 / RATE as f32 * std::f32::consts::TAU;
        low = low * 0.995 + random(&mut seed) * 0.02;
        let hum: f32 = [(50.0, 0.5), (100.0, 1.0), (200.0, 0.4), (300.0, 0.3)]
            .iter()
            .map(|(hertz, gain)| (phase * hertz).sin() * gain)
            .sum();
        hum * 0.1 + low + random(&mut seed) * 0.01
    };
    (0..seconds * RATE).map(one).collect()
}

/// A tune of decaying tones, four a second.
pub fn music(seconds: usize, seed: u64) -> Vec<f32> {
    let mut seed = seed;
    let mut out = Vec::with_capacity(seconds * RATE);
    for _ in 0..seconds * 4 {
        let note = 220.0 * 2_f32.powf(below(&mut seed, 18) as f32 / 12.0);
        out.extend((0..RATE / 4).map(|at| {
            let time = at as f32 / RATE as f32;
            let tone = |k: f32| (time * note * k * std::f32::consts::TAU).sin() / k;
            (tone(1.0) + tone(2.0) + tone(3.0)) * (-time * 6.0).exp() * 0.3
        }));
    }
    out
}

/// Clicks and knocks, two a second.
pub fn clicks(seconds: usize, seed: u64) -> Vec<f32> {
    let mut seed = seed;
    let one = |at: usize| {
        let loud = if at % 7_901 < 40 { 1.0 } else { 0.001 };
        random(&mut seed) * loud
    };
    (0..seconds * RATE).map(one).collect()
}

/// `speech` with `noise` so many dB below its active level; the noise is repeated where it is shorter.
pub fn mixed(speech: &[f32], noise: &[f32], snr: f32) -> Vec<f32> {
    let gain = active_rms(speech) / 10_f32.powf(snr / 20.0) / rms(noise).max(1e-9);
    let noise = noise.iter().cycle();
    speech
        .iter()
        .zip(noise)
        .map(|(speech, noise)| (speech + noise * gain).clamp(-1.0, 1.0))
        .collect()
}
