//! Counts as one says them: "1 talk", "2 talks".

/// A count and its thing, in the plural where it isn't one. Regular English plurals; `entry` makes `entries`.
pub fn counted(count: usize, thing: &str) -> String {
    if count == 1 {
        return format!("1 {thing}");
    }
    match thing.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{count} {stem}ies"),
        _ => format!("{count} {thing}s"),
    }
}
