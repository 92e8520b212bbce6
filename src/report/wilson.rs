//! How far a share of few can be trusted: Wilson's interval.

/// The 97.5 % point of the normal distribution.
const Z: f64 = 1.959_964;

/// The 95 % interval of a share of `hits` in `of`; none of nothing. Both ends lie between 0 and 1.
pub fn wilson(hits: usize, of: usize) -> Option<(f64, f64)> {
    if of == 0 {
        return None;
    }
    let (n, p) = (of as f64, hits as f64 / of as f64);
    let denominator = 1.0 + Z * Z / n;
    let middle = (p + Z * Z / (2.0 * n)) / denominator;
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt() / denominator;
    Some(((middle - half).max(0.0), (middle + half).min(1.0)))
}

#[cfg(test)]
mod tests {
    use super::wilson;

    #[test]
    fn intervals_agree_with_published_ones() {
        // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        let cases = [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ];
        for (hits, of, low, high) in cases {
            let (a, b) = wilson(hits, of).expect("some");
            assert!(
                (a - low).abs() < 1e-4 && (b - high).abs() < 1e-4,
                "{hits} of {of}: {a} {b}"
            );
        }
        assert_eq!(wilson(0, 0), None);
    }
}
