//! A name in natural order -> salutation, first and last name, as importers want it.

/// A person's name in parts. Nothing is re-cased unless it is all capitals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonName {
    /// `Dr.`, `Prof.`, `Mr.` and so on.
    pub salutation: String,
    /// Given names.
    pub first: String,
    /// Family name with its particles and suffix.
    pub last: String,
}

const TITLES: [&str; 10] = [
    "dr",
    "prof",
    "mr",
    "mrs",
    "ms",
    "miss",
    "herr",
    "frau",
    "ing",
    "dipl.-ing",
];
const PARTICLES: [&str; 24] = [
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "ter",
    "ten", "zu", "zum", "zur", "al", "el", "bin", "ibn", "st", "san",
];
const SUFFIXES: [&str; 9] = ["jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "esq"];

/// Splits a full name. A name of one word, or one written without spaces, is a last name.
pub fn split_name(full: &str) -> PersonName {
    let full = full.trim();
    if let Some((last, first)) = full.split_once(',')
        && !first.trim().is_empty()
        && !is_suffix(first.trim())
    {
        let mut name = split_name(first);
        name.first = join([name.first.as_str(), name.last.as_str()]);
        last.trim().clone_into(&mut name.last);
        return name;
    }
    let mut words: Vec<&str> = full.split_whitespace().collect();
    let mut titles = Vec::new();
    while words.len() > 1 && TITLES.contains(&bare(words[0]).as_str()) {
        titles.push(words.remove(0));
    }
    let mut tail = words.len().saturating_sub(1);
    while tail > 1 && is_suffix(words[tail]) {
        tail -= 1;
    }
    // Particles belong to the family name, but a name can't begin with one and have no first name: "Van Morrison".
    while tail > 1 && PARTICLES.contains(&bare(words[tail - 1]).as_str()) {
        tail -= 1;
    }
    PersonName {
        salutation: titles.join(" "),
        first: words[..tail.min(words.len())].join(" "),
        last: words[tail.min(words.len())..].join(" "),
    }
}

fn join<const N: usize>(parts: [&str; N]) -> String {
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

fn bare(word: &str) -> String {
    word.trim_end_matches(['.', ',']).to_lowercase()
}

fn is_suffix(word: &str) -> bool {
    SUFFIXES.contains(&bare(word).replace('.', "").as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_build_split_into_first_and_last() {
        let cases = [
            ("Frank Bennett", "", "Frank", "Bennett"),
            (
                "Dr. Anna Maria von der Heide",
                "Dr.",
                "Anna Maria",
                "von der Heide",
            ),
            ("Bennett, Frank", "", "Frank", "Bennett"),
            ("Sammy Davis Jr.", "", "Sammy", "Davis Jr."),
            ("Sammy Davis, Jr.", "", "Sammy", "Davis, Jr."),
            ("Van Morrison", "", "Van", "Morrison"),
            ("Madonna", "", "", "Madonna"),
            ("李小龙", "", "", "李小龙"),
            ("محمد علي", "", "محمد", "علي"),
            ("Prof. Dr. Weber", "Prof. Dr.", "", "Weber"),
            ("  ", "", "", ""),
            ("Dr", "", "", "Dr"),
        ];
        for (full, salutation, first, last) in cases {
            let want = PersonName {
                salutation: salutation.into(),
                first: first.into(),
                last: last.into(),
            };
            assert_eq!(split_name(full), want, "{full}");
        }
    }
}
