//! What earlier shows know of a company: `earlier.csv`, or the `leads.csv` of an earlier night as it is.

use super::table::{Table, cell};

/// One line of an earlier show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Earlier {
    /// The company as the file writes it.
    pub company: String,
    /// The key of its account today, once it was matched.
    pub key: Option<String>,
    /// The show.
    pub show: String,
    /// The day, as the file writes it.
    pub date: String,
    /// Who was there.
    pub person: String,
    /// How it was judged.
    pub rating: String,
    /// What came of it.
    pub note: String,
}

/// A column: what it is called, folded, then what its header contains.
type Headers = (&'static [&'static str], &'static [&'static str]);

#[rustfmt::skip]
const COLUMNS: [Headers; 6] = [
    (&["company", "companyraw", "account", "accountname", "organization"], &["company", "account"]),
    (&["show", "event", "eventname", "eventcode", "campaign"], &["show", "event"]),
    (&["date", "day", "capturedat", "visitedat", "opened"], &["date"]),
    (&["person", "name", "fullname", "contact", "visitor"], &["fullname", "person"]),
    (&["rating", "heat", "grade", "outcome", "status"], &["rating"]),
    (&["note", "notes", "comment", "nextstep", "description"], &["note", "comment"]),
];

/// Reads the lines of earlier shows, newest day first; a company is all that a line needs. Remarks say line and remedy.
pub fn read_earlier(csv_text: &str) -> (Vec<Earlier>, Vec<String>) {
    let mut table = Table::read(csv_text);
    let mut remarks = std::mem::take(&mut table.remarks);
    let columns = COLUMNS.map(|(names, parts)| table.column(names, parts));
    if columns[0].is_none() {
        remarks.push(
            "line 1: no column is called company; call the column with the companies' names \"company\"".to_owned(),
        );
        return (Vec::new(), remarks);
    }
    let mut rows: Vec<Earlier> = table
        .rows
        .iter()
        .map(|(_, row)| {
            let text = |at: usize| cell(row, columns[at]).to_owned();
            Earlier {
                company: text(0),
                key: None,
                show: text(1),
                date: text(2),
                person: text(3),
                rating: text(4),
                note: text(5),
            }
        })
        .filter(|row| !row.company.is_empty())
        .collect();
    rows.sort_by(|one, other| other.date.cmp(&one.date));
    (rows, remarks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_columns_will_do_and_the_newest_stand_first() {
        let text = "Event;Company;Full name;Date;Rating\nHall 25;Acme;Ann;2025-03-01;warm\nHall 26;Acme;Bob;2026-03-01;hot\n;;;;\n";
        let (rows, remarks) = read_earlier(text);
        assert!(remarks.is_empty(), "{remarks:?}");
        let told: Vec<_> = rows
            .iter()
            .map(|row| format!("{} {} {} {}", row.show, row.person, row.rating, row.company))
            .collect();
        assert_eq!(told, ["Hall 26 Bob hot Acme", "Hall 25 Ann warm Acme"]);
        let (rows, remarks) = read_earlier("a,b\n1,2\n");
        assert!(rows.is_empty() && remarks.len() == 1);
    }
}
