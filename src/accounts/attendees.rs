//! The organiser's attendee list: any columns, guessed from the headers, looked up by badge id.

use std::collections::HashMap;

use crate::domain::{PlaceFrom, Source, Visitor};

use super::table::{Table, cell};

/// All attendees, found by any of their ids.
#[derive(Clone, Debug, Default)]
pub struct Attendees {
    people: Vec<Visitor>,
    by_id: HashMap<String, u32>,
    understood: Vec<(&'static str, String)>,
}

struct Columns {
    ids: Vec<usize>,
    name: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
    company: Option<usize>,
    title: Option<usize>,
    email: Option<usize>,
    phone: Option<usize>,
    country: Option<usize>,
    state: Option<usize>,
}

/// Headers of a column, folded: first what it is called, then what a header for it contains.
type Headers = (&'static [&'static str], &'static [&'static str]);

#[rustfmt::skip]
mod headers {
    //! English, German, French, Spanish, Italian, Dutch, Portuguese and Nordic, as lists of organisers have them.
    use super::Headers;
    pub const NAME: Headers = (
        &["fullname", "name", "attendee", "attendeename", "displayname", "badgename", "contactname", "delegate", "visitor", "teilnehmer", "teilnehmername", "besucher", "nomcomplet", "participant", "nombrecompleto", "asistente", "nomecompleto", "partecipante", "naam", "volledigenaam", "deelnemer", "namn", "navn"],
        &["fullname", "attendeename"],
    );
    pub const FIRST: Headers = (
        &["firstname", "first", "fname", "givenname", "forename", "vorname", "prenom", "nombre", "nombres", "nome", "voornaam", "roepnaam", "fornamn", "fornavn"],
        &["firstname", "givenname", "vorname", "prenom", "voornaam"],
    );
    pub const LAST: Headers = (
        &["lastname", "last", "lname", "surname", "familyname", "nachname", "familienname", "name", "nom", "nomdefamille", "apellido", "apellidos", "cognome", "achternaam", "familienaam", "sobrenome", "efternamn", "etternavn", "efternavn"],
        &["lastname", "surname", "familyname", "nachname", "nomdefamille", "apellido", "cognome", "achternaam"],
    );
    pub const COMPANY: Headers = (
        &["company", "companyname", "organization", "organisation", "org", "employer", "firma", "firmenname", "unternehmen", "societe", "entreprise", "empresa", "compania", "azienda", "societa", "ditta", "ragionesociale", "bedrijf", "bedrijfsnaam", "organisatie", "foretag", "firm", "institution", "accountname", "account"],
        &["company", "organi", "employer", "unternehmen", "firma", "entreprise", "empresa", "azienda", "bedrijf"],
    );
    pub const TITLE: Headers = (
        &["jobtitle", "title", "position", "role", "jobrole", "job", "function", "funktion", "stellung", "berufsbezeichnung", "poste", "fonction", "cargo", "puesto", "ruolo", "qualifica", "mansione", "posizione", "functie", "functietitel", "occupation", "befattning", "stilling"],
        &["jobtitle", "position", "funktion", "fonction", "functie"],
    );
    pub const EMAIL: Headers = (
        &["email", "emailaddress", "mail", "workemail", "businessemail", "courriel", "adressemail", "correo", "correoelectronico", "postaelettronica", "emailadres", "epost"],
        &["email", "courriel", "correo", "epost"],
    );
    pub const PHONE: Headers = (
        &["phone", "phonenumber", "mobile", "mobilephone", "telephone", "workphone", "businessphone", "telefon", "telefonnummer", "handy", "mobil", "tel", "cell", "portable", "telefono", "cellulare", "movil", "telefoon", "telefoonnummer", "gsm", "telefone"],
        &["phone", "mobile", "telefon", "telephone", "telefoon"],
    );
    pub const COUNTRY: Headers = (
        &["country", "countrycode", "countryregion", "land", "staat", "pays", "pais", "paese", "nazione", "nation"],
        &["country", "pays", "paese"],
    );
    pub const STATE: Headers = (
        &["state", "statecode", "province", "stateprovince", "region", "bundesland", "provincia", "provincie", "estado", "departement"],
        &["state", "province", "bundesland"],
    );
}

impl Columns {
    fn guess(table: &Table) -> Self {
        let find = |(names, parts): Headers| table.column(names, parts);
        let mut columns = Self {
            ids: id_columns(table),
            name: find(headers::NAME),
            first: find(headers::FIRST),
            last: find(headers::LAST),
            company: find(headers::COMPANY),
            title: find(headers::TITLE),
            email: find(headers::EMAIL),
            phone: find(headers::PHONE),
            country: find(headers::COUNTRY),
            state: find(headers::STATE),
        };
        // One header may mean two things: "Name" is the whole, unless a given name stands beside it.
        if columns.first.is_none() && columns.last == columns.name {
            columns.last = None;
        }
        // "nome" is a given name beside "cognome", and else the whole.
        if columns.first.is_some() && columns.last.is_none() && columns.name.is_none() {
            columns.name = columns.first.take();
        }
        if columns.name == columns.company || columns.first.is_some() && columns.last.is_some() {
            columns.name = None;
        }
        columns
    }

    /// What was made of the headers, as far as anything was.
    fn understood(&self, table: &Table) -> Vec<(&'static str, String)> {
        let ids = self.ids.iter().map(|&id| ("badge id", Some(id)));
        let others = [
            ("name", self.name),
            ("first name", self.first),
            ("last name", self.last),
            ("company", self.company),
            ("title", self.title),
            ("e-mail", self.email),
            ("phone", self.phone),
            ("country", self.country),
            ("state", self.state),
        ];
        ids.chain(others)
            .filter_map(|(field, at)| Some((field, table.written.get(at?)?.clone())))
            .collect()
    }

    fn person(&self, row: &csv::StringRecord) -> Visitor {
        let text = |column| cell(row, column).to_owned();
        let name = cell(row, self.name);
        let name = if name.is_empty() {
            format!("{} {}", cell(row, self.first), cell(row, self.last))
                .trim()
                .to_owned()
        } else {
            name.to_owned()
        };
        Visitor {
            badge_id: self
                .ids
                .iter()
                .map(|&id| cell(row, Some(id)))
                .find(|id| !id.is_empty())
                .unwrap_or_default()
                .to_owned(),
            name,
            company: text(self.company),
            title: text(self.title),
            email: text(self.email),
            phone: text(self.phone),
            country: super::places::country(cell(row, self.country)),
            state: super::places::state(cell(row, self.state)),
            place_from: PlaceFrom::List,
            source: Source::Scan,
            raw: String::new(),
        }
    }
}

/// What columns of ids are called, likeliest first.
const IDS: &str = "\
    badgeid badge badgenumber badgeno badgenr badgecode barcode qr qrcode registrationid regid regnr \
    registrationnumber registrierungsnummer confirmationnumber confirmation confirmationcode ticket ticketid \
    ticketnumber ticketnummer ticketcode ticketsecret attendeeid attendeenumber teilnehmernummer teilnehmernr \
    teilnehmerid ausweisnummer ausweisnr strichcode codebarres numerodebadge nbadge numbadge badgenummer codigo \
    codigodebarras numerodeacreditacion acreditacion codice codiceabarre numerobadge streepjescode deelnemernummer \
    referenceid scanid code uid personid externalid kundennummer id";

/// Every column that may hold what a scanner reads: badges carry one id in the QR code and another in the bar code.
fn id_columns(table: &Table) -> Vec<usize> {
    let mut found: Vec<usize> = IDS
        .split_whitespace()
        .filter_map(|name| table.headers.iter().position(|header| header == name))
        .collect();
    if found.is_empty() {
        found = (0..table.headers.len())
            .filter(|&i| {
                let header = &table.headers[i];
                [
                    "badge",
                    "barcode",
                    "ticket",
                    "regist",
                    "qrcode",
                    "teilnehmer",
                    "codebarre",
                ]
                .iter()
                .any(|part| header.contains(part))
                    || header.ends_with("id")
            })
            .collect();
    }
    found
}

impl Attendees {
    /// Reads the list. Remarks say line and remedy; what can be used is used.
    pub fn read(text: &str) -> (Self, Vec<String>) {
        let mut table = Table::read(text);
        let mut remarks = std::mem::take(&mut table.remarks);
        let columns = Columns::guess(&table);
        if columns.ids.is_empty() {
            remarks.push("line 1: no column looks like a badge id; call the one the scanner reads \"badge id\"".to_owned());
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
            list.people.push(columns.person(row));
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

    /// Which column was taken for what: the detail and the header as the list writes it.
    pub fn understood(&self) -> &[(&'static str, String)] {
        &self.understood
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
