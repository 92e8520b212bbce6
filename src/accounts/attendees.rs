//! The organiser's attendee list: any columns, as the show names them or their headers look, looked up by badge id.

use std::collections::{BTreeMap, HashMap};

use crate::domain::{Detail, PlaceFrom, Source, Visitor};

use super::columns::{Columns, Mapping, Understood};
use super::table::{Table, cell};

/// All attendees, found by any of their ids.
#[derive(Clone, Debug, Default)]
pub struct Attendees {
    people: Vec<Visitor>,
    by_id: HashMap<String, u32>,
    understood: Vec<Understood>,
}

fn person(columns: &Columns, row: &csv::StringRecord) -> Visitor {
    let text = |detail| cell(row, columns.at(detail)).to_owned();
    let mut name = text(Detail::Name);
    if name.is_empty() {
        let both = format!("{} {}", text(Detail::First), text(Detail::Last));
        both.trim().clone_into(&mut name);
    }
    Visitor {
        badge_id: columns
            .ids
            .iter()
            .map(|&id| cell(row, Some(id)))
            .find(|id| !id.is_empty())
            .unwrap_or_default()
            .to_owned(),
        name,
        company: text(Detail::Company),
        title: text(Detail::Title),
        email: text(Detail::Email),
        phone: text(Detail::Phone),
        country: super::places::country(cell(row, columns.at(Detail::Country))),
        state: super::places::state(cell(row, columns.at(Detail::State))),
        place_from: PlaceFrom::List,
        source: Source::Scan,
        raw: String::new(),
    }
}

impl Attendees {
    /// Reads the list, every column by its header. Remarks say line and remedy; what can be used is used.
    pub fn read(text: &str) -> (Self, Vec<String>) {
        Self::read_by(text, &Mapping::new())
    }

    /// The same where the show names columns; the others are found by their headers.
    pub fn read_by(text: &str, mapping: &Mapping) -> (Self, Vec<String>) {
        let mut table = Table::read(text);
        let mut remarks = std::mem::take(&mut table.remarks);
        let (columns, lacking) = Columns::find(&table, mapping);
        remarks.extend(lacking);
        if columns.ids.is_empty() {
            remarks.push("line 1: no column looks like a badge id; call the one the scanner reads \"badge id\", or name it in [attendees] of show.toml: id = \"its header\"".to_owned());
        }
        let mut list = Self {
            understood: columns.understood(&table),
            ..Self::default()
        };
        list.people.reserve(table.rows.len());
        for (line, row) in &table.rows {
            let at = list.people.len() as u32;
            for &id in &columns.ids {
                let id = cell(row, Some(id));
                if let Some(first) = list.enter(id, at) {
                    remarks.push(format!(
                        "line {line}: the id {id} already belongs to {}; the first keeps it",
                        list.people[first as usize].name
                    ));
                }
            }
            list.people.push(person(&columns, row));
        }
        (list, remarks)
    }

    /// Files a person under an id; says who has it already.
    fn enter(&mut self, id: &str, person: u32) -> Option<u32> {
        if id.is_empty() {
            return None;
        }
        let mut taken = None;
        for (i, key) in keys(id).into_iter().enumerate() {
            match self.by_id.get(&key) {
                Some(&other) if other != person && i == 0 => taken = Some(other),
                Some(_) => {}
                None => {
                    self.by_id.insert(key, person);
                }
            }
        }
        taken
    }

    /// The attendee with this badge id: as written, in other case, with or without leading zeros.
    pub fn lookup(&self, id: &str) -> Option<&Visitor> {
        keys(id)
            .iter()
            .find_map(|key| self.by_id.get(key))
            .and_then(|&i| self.people.get(i as usize))
    }

    /// Which column was taken for what.
    pub fn understood(&self) -> &[Understood] {
        &self.understood
    }

    /// What was guessed, as the lines of `show.toml` that keep it; empty where the show says it all.
    pub fn guesses(&self) -> String {
        let mut columns: BTreeMap<Detail, Vec<String>> = BTreeMap::new();
        for column in self.understood.iter().filter(|column| column.guessed) {
            let header = format!(
                "\"{}\"",
                column.header.replace('\\', "\\\\").replace('"', "\\\"")
            );
            columns.entry(column.detail).or_default().push(header);
        }
        columns
            .iter()
            .fold(String::new(), |lines, (detail, headers)| {
                let value = match headers.as_slice() {
                    [one] => one.clone(),
                    many => format!("[{}]", many.join(", ")),
                };
                format!("{lines}{} = {value}\n", detail.word())
            })
    }

    /// Everybody on the list, in its order.
    pub fn iter(&self) -> impl Iterator<Item = &Visitor> {
        self.people.iter()
    }

    /// How many people are on the list.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether nobody is.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }
}

/// The keys an id is filed and found under, surest first.
fn keys(id: &str) -> Vec<String> {
    let folded = id.trim().to_lowercase();
    let bare = folded.trim_start_matches('0').to_owned();
    if bare.is_empty() || bare == folded {
        vec![folded]
    } else {
        vec![folded, bare]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_whatever_their_case_and_zeros() {
        let (list, remarks) = Attendees::read(
            "\u{feff}Badge ID,Barcode,First Name,Last Name,Job Title,Company,Email,Country,State\n\
             004117,AB-9x,Frank,Bennett,Head of Operations,Northwind Freight,f@nw.example,USA,il\n\
             4290,,Peter,Walker,,Cedar Hill,,Germany,\n\
             04290,,Paula,Double,,,,,\n",
        );
        assert_eq!(list.len(), 3);
        for id in ["004117", "4117", " 4117 ", "ab-9X", "00004117"] {
            assert_eq!(
                list.lookup(id).map(|v| v.name.as_str()),
                Some("Frank Bennett"),
                "{id}"
            );
        }
        let frank = list.lookup("4117").unwrap();
        assert_eq!(
            (
                frank.country.as_str(),
                frank.state.as_str(),
                frank.badge_id.as_str()
            ),
            ("US", "IL", "004117")
        );
        assert_eq!(list.lookup("4290").unwrap().country, "DE");
        assert_eq!(list.lookup("04290").unwrap().name, "Paula Double");
        assert_eq!(list.lookup("9999"), None);
        assert!(remarks.is_empty(), "{remarks:?}");
        let (_, remarks) = Attendees::read("First,Last\nA,B\n");
        assert!(remarks[0].contains("no column looks like a badge id"));
    }

    #[test]
    fn headers_of_many_languages_are_understood() {
        for (header, row) in [
            (
                "Badge-Nr;Vorname;Nachname;Firma;Funktion;E-Mail;Telefon;Land",
                "17;Ana;Silva;Acme;Leiterin;a@b.de;030;DE",
            ),
            (
                "Teilnehmernummer;Name;Vorname;Unternehmen;Position;E-Mail-Adresse;Mobil;Staat",
                "17;Silva;Ana;Acme;Leiterin;a@b.de;030;DE",
            ),
            (
                "Code-barres,Prénom,Nom,Société,Fonction,Courriel,Téléphone,Pays",
                "17,Ana,Silva,Acme,Leiterin,a@b.de,030,DE",
            ),
            (
                "Código,Nombre,Apellidos,Empresa,Cargo,Correo electrónico,Móvil,País",
                "17,Ana,Silva,Acme,Leiterin,a@b.de,030,DE",
            ),
            (
                "Codice,Nome,Cognome,Azienda,Ruolo,Email,Cellulare,Paese",
                "17,Ana,Silva,Acme,Leiterin,a@b.de,030,DE",
            ),
            (
                "Badgenummer,Voornaam,Achternaam,Bedrijf,Functie,E-mailadres,Telefoonnummer,Land",
                "17,Ana,Silva,Acme,Leiterin,a@b.de,030,DE",
            ),
            (
                "Registration ID\tDelegate\tOrganisation\tJob Title\tEmail Address\tPhone Number\tCountry",
                "17\tAna Silva\tAcme\tLeiterin\ta@b.de\t030\tGermany",
            ),
        ] {
            let (list, remarks) = Attendees::read(&format!("{header}\n{row}\n"));
            assert!(remarks.is_empty(), "{header}: {remarks:?}");
            let found = list
                .lookup("0017")
                .unwrap_or_else(|| panic!("{header}: {:?}", list.understood()));
            assert_eq!(
                [
                    &found.name,
                    &found.company,
                    &found.title,
                    &found.email,
                    &found.phone,
                    &found.country
                ],
                ["Ana Silva", "Acme", "Leiterin", "a@b.de", "030", "DE"],
                "{header}"
            );
        }
    }
}
