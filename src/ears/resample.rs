//! Any rate and any number of channels -> mono at 16 kHz.

use audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Indexing, Resampler};

use super::endpoint::FRAME_MS;

/// The rate the detector and the recogniser want, samples a second.
pub const RATE: u32 = 16_000;
/// Rates below this can't carry speech, above they are no microphone's.
const RATES: std::ops::RangeInclusive<u32> = 4_000..=384_000;
/// A channel this much quieter than the loudest is a dead input of the receiver and would only halve the level (-20 dB).
const DEAD: f32 = 0.01;
/// How much a block's power counts in the running power of a channel: about a second's memory with blocks of 10 ms.
const MEMORY: f32 = 0.01;

/// Why audio can't be brought to 16 kHz.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Unusable {
    /// A rate that is no audio.
    #[error("{0} samples a second is no rate for speech: record at 16000 to 48000")]
    Rate(u32),
    /// A channel that isn't there.
    #[error("there is no channel {wanted}: this input has {has}, counted from 1")]
    Channel {
        /// The channel asked for, from 1.
        wanted: u16,
        /// How many there are.
        has: u16,
    },
}

/// Turns interleaved device samples into mono at 16 kHz, block by block, without allocating on the way.
pub struct Resample {
    channels: usize,
    pick: Option<usize>,
    /// Running power a channel, to tell dead ones.
    power: Vec<f32>,
    engine: Option<Engine>,
    /// Interleaved samples of a block that isn't full yet.
    waiting: Vec<f32>,
    block: usize,
    mono: Vec<f32>,
}

struct Engine {
    fft: Fft<f32>,
    out: Vec<f32>,
    /// Output frames still to be thrown away: the resampler's own start-up delay.
    skip: usize,
}

impl Resample {
    /// For `channels` interleaved channels at `rate`; `pick` takes one channel (from 0), none mixes those that are alive.
    pub fn new(rate: u32, channels: u16, pick: Option<u16>) -> Result<Resample, Unusable> {
        if !RATES.contains(&rate) {
            return Err(Unusable::Rate(rate));
        }
        if channels == 0 || pick.is_some_and(|pick| pick >= channels) {
            return Err(Unusable::Channel {
                wanted: pick.unwrap_or(0) + 1,
                has: channels,
            });
        }
        let block = (rate / 100) as usize;
        let engine = if rate == RATE {
            None
        } else {
            Some(Engine::new(rate, block)?)
        };
        let channels = usize::from(channels);
        Ok(Resample {
            channels,
            pick: pick.map(usize::from),
            power: vec![0.0; channels],
            engine,
            waiting: Vec::with_capacity(block * channels),
            block,
            mono: Vec::with_capacity(block),
        })
    }

    /// How many frames of the detector so many interleaved samples make.
    pub fn frames(&self, samples: usize) -> f32 {
        samples as f32 / (self.block * self.channels) as f32 * 10.0 / FRAME_MS as f32
    }

    /// Takes interleaved samples and hands mono samples at 16 kHz to `sink`, in blocks of about 10 ms.
    pub fn push(&mut self, mut samples: &[f32], mut sink: impl FnMut(&[f32])) {
        let whole = self.block * self.channels;
        while !samples.is_empty() {
            let take = (whole - self.waiting.len()).min(samples.len());
            self.waiting.extend_from_slice(&samples[..take]);
            samples = &samples[take..];
            if self.waiting.len() == whole {
                self.emit(&mut sink);
            }
        }
    }

    /// Hands out what is left of a last block, filled up with silence.
    pub fn flush(&mut self, mut sink: impl FnMut(&[f32])) {
        let delay = self
            .engine
            .as_ref()
            .map_or(0, |engine| engine.fft.output_delay());
        for _ in 0..=delay * 100 / RATE as usize {
            self.waiting.resize(self.block * self.channels, 0.0);
            self.emit(&mut sink);
        }
    }

    fn emit(&mut self, sink: &mut impl FnMut(&[f32])) {
        self.mix();
        self.waiting.clear();
        match &mut self.engine {
            None => sink(&self.mono),
            Some(engine) => engine.run(&self.mono, sink),
        }
    }

    /// The waiting block as mono: the picked channel, or the mean of the living ones.
    fn mix(&mut self) {
        self.mono.clear();
        if let Some(pick) = self.pick {
            self.mono.extend(
                self.waiting
                    .chunks_exact(self.channels)
                    .map(|frame| frame[pick]),
            );
            return;
        }
        if self.channels == 1 {
            self.mono.extend_from_slice(&self.waiting);
            return;
        }
        for (channel, power) in self.power.iter_mut().enumerate() {
            let block: f32 = self
                .waiting
                .iter()
                .skip(channel)
                .step_by(self.channels)
                .map(|s| s * s)
                .sum();
            *power += (block - *power) * if *power == 0.0 { 1.0 } else { MEMORY };
        }
        let loudest = self.power.iter().copied().fold(0.0, f32::max);
        let alive = self
            .power
            .iter()
            .filter(|power| **power >= loudest * DEAD)
            .count()
            .max(1) as f32;
        let power = &self.power;
        self.mono
            .extend(self.waiting.chunks_exact(self.channels).map(|frame| {
                frame
                    .iter()
                    .zip(power)
                    .filter(|(_, power)| **power >= loudest * DEAD)
                    .map(|(s, _)| s)
                    .sum::<f32>()
                    / alive
            }));
    }
}

impl Engine {
    fn new(rate: u32, block: usize) -> Result<Engine, Unusable> {
        let fft = Fft::new(rate as usize, RATE as usize, block, 1, FixedSync::Input)
            .map_err(|_| Unusable::Rate(rate))?;
        let out = vec![0.0; fft.output_frames_max()];
        let skip = fft.output_delay();
        Ok(Engine { fft, out, skip })
    }

    fn run(&mut self, mono: &[f32], sink: &mut impl FnMut(&[f32])) {
        let size = self.out.len();
        let partial = Indexing {
            partial_len: Some(mono.len()),
            ..Indexing::default()
        };
        let Ok(input) = InterleavedSlice::new(mono, 1, mono.len()) else {
            return;
        };
        let Ok(mut output) = InterleavedSlice::new_mut(&mut self.out, 1, size) else {
            return;
        };
        let Ok((_, frames)) = self
            .fft
            .process_into_buffer(&input, &mut output, Some(&partial))
        else {
            return;
        };
        let skip = self.skip.min(frames);
        self.skip -= skip;
        if frames > skip {
            sink(&self.out[skip..frames]);
        }
    }
}
