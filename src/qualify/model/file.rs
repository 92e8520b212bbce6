//! The weights as one small file: hashes as steps, weights as bytes.
//!
//! All numbers little-endian. `BSQ6`, ten thresholds (f32), the weights of the whole talk and of its heat (f32). The first
//! stage, of utterances and then of sentences: a scale (f32), the constants (f32), how many n-grams (u32), then three columns,
//! each its length (u32) and its bytes, deflated (zlib): of each n-gram the step from the hash before (LEB128); which outputs
//! have a weight (24 bits); those weights (i8: the scale times the square of its share of [`STEPS`], so that small ones keep
//! their digits). The second stage, of utterances and then of sentences: how many nets (u32), for each inputs and hidden
//! units (u32), then rows of weights, each a scale (f32) and its weights (i8).

use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use super::linear::Linear;
use super::net::Net;
use super::{Model, Scores, output};

const MARK: &[u8; 4] = b"BSQ6";

/// What is wrong with a file of weights.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeightsError {
    /// Not such a file.
    #[error("these are no weights of this version; make them with `make train`")]
    Foreign,
    /// It ends too early.
    #[error("the weights are cut off; make them again with `make train`")]
    Short,
    /// It is whole, but not as it was written.
    #[error("the weights are damaged; make them again with `make train`")]
    Broken,
}

/// Writes a model.
pub fn write(model: &Model) -> Vec<u8> {
    let mut out = MARK.to_vec();
    floats(&mut out, &model.thresholds);
    floats(&mut out, &model.whole);
    floats(&mut out, model.heat.as_flattened());
    linear(&mut out, &model.words);
    linear(&mut out, &model.pieces);
    nets(&mut out, &model.course);
    nets(&mut out, &model.parts);
    out
}

fn nets(out: &mut Vec<u8>, nets: &[Net]) {
    out.extend((nets.len() as u32).to_le_bytes());
    for net in nets {
        out.extend((net.inputs as u32).to_le_bytes());
        out.extend((net.hidden as u32).to_le_bytes());
        let first = net.first.chunks(net.width());
        for row in first.chain(net.second.chunks(output::COUNT)) {
            let scale = row.iter().fold(1e-9_f32, |most, w| most.max(w.abs())) / 127.0;
            floats(out, &[scale]);
            out.extend(
                row.iter()
                    .map(|w| ((w / scale).round() as i8).cast_unsigned()),
            );
        }
    }
}

fn linear(out: &mut Vec<u8>, words: &Linear) {
    let entries = words.entries();
    let all = entries.iter().flat_map(|one| one.1.iter().copied());
    let scale = all.fold(0.0_f32, |most, weight| most.max(weight.abs()));
    floats(out, &[scale]);
    floats(out, &words.constant);
    let (mut steps, mut masks, mut weights) = (Vec::new(), Vec::new(), Vec::new());
    let (mut count, mut before) = (0_u32, 0);
    for (hash, given) in &entries {
        let pressed: Vec<i8> = given.iter().map(|weight| press(*weight, scale)).collect();
        let some = pressed.iter().enumerate().filter(|one| *one.1 != 0);
        let mask = some.clone().fold(0_u32, |mask, (k, _)| mask | 1 << k);
        if mask == 0 {
            continue;
        }
        leb(&mut steps, hash - before);
        masks.extend(&mask.to_le_bytes()[..3]);
        weights.extend(some.map(|(_, weight)| weight.cast_unsigned()));
        (count, before) = (count + 1, *hash);
    }
    out.extend(count.to_le_bytes());
    for column in [steps, masks, weights] {
        let packed = compress_to_vec_zlib(&column, HARDEST);
        out.extend((packed.len() as u32).to_le_bytes());
        out.extend(packed);
    }
}

/// How hard columns are packed, of ten.
const HARDEST: u8 = 10;

/// A column is no longer than this, whatever a broken file says.
const LONGEST: usize = 64 << 20;

/// How many steps there are up to the scale.
const STEPS: f32 = 42.0;

/// A byte below this is left out: its square is next to nothing, and a third of the file would be such.
const LEAST: f32 = 7.0;

const _: () = assert!(output::COUNT <= 24, "a mask has three bytes");

/// A weight as a byte whose square counts.
fn press(weight: f32, scale: f32) -> i8 {
    let root = (weight.abs() / scale.max(1e-9)).sqrt() * STEPS;
    if root < LEAST {
        return 0;
    }
    root.copysign(weight).round() as i8
}

/// The weight of a byte of [`press`].
fn release(byte: f32, scale: f32) -> f32 {
    let root = byte / STEPS;
    (root * root * scale).copysign(root)
}

fn floats(out: &mut Vec<u8>, values: &[f32]) {
    out.extend(values.iter().flat_map(|value| value.to_le_bytes()));
}

fn leb(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], WeightsError> {
        let (head, rest) = self.0.split_at_checked(count).ok_or(WeightsError::Short)?;
        self.0 = rest;
        Ok(head)
    }

    fn word(&mut self) -> Result<u32, WeightsError> {
        let mut word = [0; 4];
        word.copy_from_slice(self.take(4)?);
        Ok(u32::from_le_bytes(word))
    }

    fn mask(&mut self) -> Result<u32, WeightsError> {
        let mut word = [0; 4];
        word[..3].copy_from_slice(self.take(3)?);
        Ok(u32::from_le_bytes(word))
    }

    /// Nothing may be left over.
    fn end(&self) -> Result<(), WeightsError> {
        self.0.is_empty().then_some(()).ok_or(WeightsError::Broken)
    }

    /// A packed column.
    fn column(&mut self) -> Result<Vec<u8>, WeightsError> {
        let length = self.word()? as usize;
        let packed = self.take(length)?;
        decompress_to_vec_zlib_with_limit(packed, LONGEST).map_err(|_| WeightsError::Broken)
    }

    fn float(&mut self) -> Result<f32, WeightsError> {
        self.word().map(f32::from_bits)
    }

    fn leb(&mut self) -> Result<u32, WeightsError> {
        let mut value = 0;
        for shift in (0..32).step_by(7) {
            let byte = self.take(1)?[0];
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        Ok(value)
    }

    fn small(&mut self, count: usize) -> Result<impl Iterator<Item = f32> + use<'a>, WeightsError> {
        let bytes = self.take(count)?;
        Ok(bytes.iter().map(|byte| f32::from(byte.cast_signed())))
    }
}

/// Reads a model.
pub fn read(bytes: &[u8]) -> Result<Model, WeightsError> {
    let mut bytes = Bytes(bytes);
    if bytes.take(4)? != MARK {
        return Err(WeightsError::Foreign);
    }
    let mut model = Model::default();
    let settled = model.thresholds.iter_mut().chain(&mut model.whole);
    for number in settled.chain(model.heat.as_flattened_mut()) {
        *number = bytes.float()?;
    }
    model.words = stage(&mut bytes)?;
    model.pieces = stage(&mut bytes)?;
    for nets in [&mut model.course, &mut model.parts] {
        for _ in 0..bytes.word()? {
            nets.push(net(&mut bytes)?);
        }
    }
    bytes.end()?;
    Ok(model)
}

fn stage(bytes: &mut Bytes<'_>) -> Result<Linear, WeightsError> {
    let scale = bytes.float()?;
    let mut words = Linear::default();
    for constant in &mut words.constant {
        *constant = bytes.float()?;
    }
    let count = bytes.word()?;
    let (steps, masks, weights) = (bytes.column()?, bytes.column()?, bytes.column()?);
    let (mut steps, mut masks) = (Bytes(&steps), Bytes(&masks));
    let mut all = Bytes(&weights);
    let mut hash = 0_u32;
    for _ in 0..count {
        hash = hash.wrapping_add(steps.leb()?);
        let mask = masks.mask()?;
        let mut given = all.small(mask.count_ones() as usize)?;
        let mut weights: Scores = [0.0; output::COUNT];
        for (k, weight) in weights.iter_mut().enumerate() {
            if mask >> k & 1 == 1 {
                *weight = release(given.next().unwrap_or_default(), scale);
            }
        }
        words.push(hash, &weights);
    }
    [steps, masks, all].iter().try_for_each(Bytes::end)?;
    Ok(words)
}

fn net(bytes: &mut Bytes<'_>) -> Result<Net, WeightsError> {
    let mut net = Net {
        inputs: bytes.word()? as usize,
        hidden: bytes.word()? as usize,
        ..Net::default()
    };
    let width = net.width();
    for _ in 0..=net.inputs {
        let scale = bytes.float()?;
        net.first
            .extend(bytes.small(width)?.map(|byte| byte * scale));
    }
    for _ in 0..net.hidden {
        let scale = bytes.float()?;
        net.second
            .extend(bytes.small(output::COUNT)?.map(|byte| byte * scale));
    }
    Ok(net)
}
