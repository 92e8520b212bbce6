//! Speech models of the true shapes with random weights: they say nothing, but they cost what the real ones cost. So that a
//! text costs what a text of the talks costs, they write the same number of tokens each time and then end.

use std::io::Write;

/// Name, dimensions and layers of a model; heads have 64 dimensions.
pub const SHAPES: [(&str, u32, u32); 2] = [("tiny.en-q8_0", 384, 4), ("base.en-q8_0", 512, 6)];

const VOCABULARY: u32 = 51_864;
const MELS: u32 = 80;
/// Tokens of every text: so many has an utterance of the talks on average.
pub const TOKENS: u32 = 13;
/// The token that ends a text.
const END: u32 = 50_256;
/// Decoder positions.
const PLACES: u32 = 448;
/// How strong a position is in the decoder: what the random weights add to it is about 1.
const STRONG: f32 = 20.0;

/// Writes a model.
pub fn write(out: &mut impl Write, state: u32, layers: u32) -> std::io::Result<()> {
    let mut file = Model { out, seed: 7 };
    file.out.write_all(b"lmgg")?;
    let heads = state / 64;
    for number in [
        VOCABULARY, 1500, state, heads, layers, PLACES, state, heads, layers, MELS, 7, MELS, 201,
    ] {
        file.number(number)?;
    }
    for _ in 0..MELS * 201 {
        file.out.write_all(&0.01_f32.to_le_bytes())?;
    }
    file.number(50_257)?;
    for word in 0..50_257 {
        // whisper.cpp looks these up by name.
        let word = match word {
            0 => " ".to_owned(),
            1 => " -".to_owned(),
            2 => " '".to_owned(),
            _ => format!(" w{word}"),
        };
        file.number(word.len() as u32)?;
        file.out.write_all(word.as_bytes())?;
    }
    file.plain("encoder.positional_embedding", &[state, 1500])?;
    for (name, from) in [("encoder.conv1", MELS), ("encoder.conv2", state)] {
        file.half(&format!("{name}.weight"), &[3, from, state])?;
        file.plain(&format!("{name}.bias"), &[1, state])?;
    }
    file.norm("encoder.ln_post", state)?;
    file.places(state)?;
    file.tokens(state)?;
    file.norm("decoder.ln", state)?;
    for layer in 0..layers {
        file.block(&format!("encoder.blocks.{layer}"), state, &["attn"])?;
        file.block(
            &format!("decoder.blocks.{layer}"),
            state,
            &["attn", "cross_attn"],
        )?;
    }
    Ok(())
}

struct Model<'a, W> {
    out: &'a mut W,
    seed: u64,
}

impl<W: Write> Model<'_, W> {
    fn number(&mut self, number: u32) -> std::io::Result<()> {
        self.out.write_all(&number.to_le_bytes())
    }

    fn random(&mut self) -> u8 {
        self.seed = self
            .seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 40) as u8
    }

    fn head(&mut self, name: &str, shape: &[u32], kind: u32) -> std::io::Result<u32> {
        for number in [shape.len() as u32, name.len() as u32, kind] {
            self.number(number)?;
        }
        for size in shape {
            self.number(*size)?;
        }
        self.out.write_all(name.as_bytes())?;
        Ok(shape.iter().product())
    }

    /// Small floating-point numbers.
    fn plain(&mut self, name: &str, shape: &[u32]) -> std::io::Result<()> {
        for _ in 0..self.head(name, shape, 0)? {
            let value = f32::from(self.random() as i8) / 1e4;
            self.out.write_all(&value.to_le_bytes())?;
        }
        Ok(())
    }

    /// The decoder's positions: a direction of its own for each, away from the ending token's until the text is long enough,
    /// and that token's from there on.
    fn places(&mut self, state: u32) -> std::io::Result<()> {
        self.head("decoder.positional_embedding", &[state, PLACES], 0)?;
        for place in 0..PLACES {
            for at in 0..state {
                let toward = if at.is_multiple_of(2) {
                    STRONG
                } else {
                    -STRONG
                };
                // The start token and the task come first; a token is chosen at the place of the one before it.
                let value = if place > TOKENS {
                    toward
                } else {
                    f32::from(self.random() as i8) / 64.0 * STRONG - toward / 4.0
                };
                self.out.write_all(&value.to_le_bytes())?;
            }
        }
        Ok(())
    }

    /// The tokens: random, but the one that ends a text.
    fn tokens(&mut self, state: u32) -> std::io::Result<()> {
        self.head("decoder.token_embedding.weight", &[state, VOCABULARY], 8)?;
        for token in 0..VOCABULARY {
            for at in 0..state {
                if at.is_multiple_of(32) {
                    self.out.write_all(&[0x19, 0x10])?;
                }
                let random = self.random();
                let toward = if at.is_multiple_of(2) { 127_i8 } else { -127 };
                let value = if token == END { toward as u8 } else { random };
                self.out.write_all(&[value])?;
            }
        }
        Ok(())
    }

    /// 16-bit floating-point numbers around 0.01: sign and the low bits are random.
    fn half(&mut self, name: &str, shape: &[u32]) -> std::io::Result<()> {
        for _ in 0..self.head(name, shape, 1)? {
            let bits = self.random();
            self.out.write_all(&[bits, 0x20 | (bits & 0x80)])?;
        }
        Ok(())
    }

    /// Blocks of 32 whole numbers with one 16-bit scale (0.0005): `q8_0`.
    fn packed(&mut self, name: &str, shape: &[u32]) -> std::io::Result<()> {
        for _ in 0..self.head(name, shape, 8)? / 32 {
            self.out.write_all(&[0x19, 0x10])?;
            for _ in 0..32 {
                let value = self.random();
                self.out.write_all(&[value])?;
            }
        }
        Ok(())
    }

    fn norm(&mut self, name: &str, state: u32) -> std::io::Result<()> {
        for part in ["weight", "bias"] {
            let value = if part == "weight" { 1.0_f32 } else { 0.0 };
            for _ in 0..self.head(&format!("{name}.{part}"), &[state], 0)? {
                self.out.write_all(&value.to_le_bytes())?;
            }
        }
        Ok(())
    }

    fn linear(&mut self, name: &str, from: u32, to: u32) -> std::io::Result<()> {
        self.packed(&format!("{name}.weight"), &[from, to])?;
        if !name.ends_with("key") {
            self.plain(&format!("{name}.bias"), &[to])?;
        }
        Ok(())
    }

    fn block(&mut self, name: &str, state: u32, attentions: &[&str]) -> std::io::Result<()> {
        self.norm(&format!("{name}.mlp_ln"), state)?;
        self.linear(&format!("{name}.mlp.0"), state, 4 * state)?;
        self.linear(&format!("{name}.mlp.2"), 4 * state, state)?;
        for attention in attentions {
            self.norm(&format!("{name}.{attention}_ln"), state)?;
            for part in ["query", "key", "value", "out"] {
                self.linear(&format!("{name}.{attention}.{part}"), state, state)?;
            }
        }
        Ok(())
    }
}
