//! An e-mail address by its shape.

/// Whether a text has the shape of an address; whether somebody reads it no booth can know.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"@".contains(c);
    let labels: Vec<&str> = domain.split('.').collect();
    let label = |label: &&str| {
        !label.is_empty()
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    !local.is_empty()
        && local.len() <= 64
        && local.chars().all(plain)
        && !local.starts_with(['.', '='])
        && labels.len() >= 2
        && labels.iter().all(label)
}
