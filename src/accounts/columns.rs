//! Which column of an attendee list is what: as the show says, else as the headers look.

use std::collections::BTreeMap;

use crate::domain::Detail;

use super::table::Table;

/// Columns by what they hold, as `show.toml` names them.
pub type Mapping = BTreeMap<Detail, Vec<String>>;

/// Where each detail stands.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// Every column that may hold what a scanner reads.
    pub ids: Vec<usize>,
    others: BTreeMap<Detail, usize>,
    told: Vec<usize>,
}

/// A column that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understood {
    /// What it holds.
    pub detail: Detail,
    /// Its header as the list writes it.
    pub header: String,
    /// Whether that was guessed from the header; else the show says so.
    pub guessed: bool,
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

/// What is guessed from which headers; ids have their own list.
const GUESSED: [(Detail, Headers); 9] = [
    (Detail::Name, headers::NAME),
    (Detail::First, headers::FIRST),
    (Detail::Last, headers::LAST),
    (Detail::Company, headers::COMPANY),
    (Detail::Title, headers::TITLE),
    (Detail::Email, headers::EMAIL),
    (Detail::Phone, headers::PHONE),
    (Detail::Country, headers::COUNTRY),
    (Detail::State, headers::STATE),
];

impl Columns {
    /// Finds the columns. Gives a remark for each that the show names and the list lacks.
    pub fn find(table: &Table, mapping: &Mapping) -> (Self, Vec<String>) {
        let mut columns = Self::default();
        let mut remarks = Vec::new();
        for (detail, names) in mapping {
            for name in names {
                let Some(at) = table.place(name) else {
                    let has = table.written.join(", ");
                    remarks.push(format!(
                        "line 1: no column is called \"{name}\", which show.toml names for {}; it has {has}; mend [attendees] in show.toml",
                        detail.word()
                    ));
                    continue;
                };
                columns.told.push(at);
                if *detail == Detail::Id {
                    columns.ids.push(at);
                } else {
                    columns.others.entry(*detail).or_insert(at);
                }
            }
        }
        columns.guess(table);
        (columns, remarks)
    }

    fn guess(&mut self, table: &Table) {
        let told = |at: &usize| self.told.contains(at);
        if self.ids.is_empty() {
            self.ids = id_columns(table);
            self.ids.retain(|at| !told(at));
        }
        let mut found: BTreeMap<Detail, usize> = GUESSED
            .into_iter()
            .filter_map(|(detail, (names, parts))| Some((detail, table.column(names, parts)?)))
            .filter(|(_, at)| !self.told.contains(at))
            .collect();
        found.extend(&self.others);
        let at = |detail| found.get(&detail).copied();
        let (name, first) = (at(Detail::Name), at(Detail::First));
        let mut gone = Vec::new();
        // One header may mean two things: "Name" is the whole, unless a given name stands beside it.
        if first.is_none() && at(Detail::Last) == name {
            gone.push(Detail::Last);
        }
        let last = at(Detail::Last).filter(|_| gone.is_empty());
        let mut whole = name;
        // "nome" is a given name beside "cognome", and else the whole.
        if let (Some(first), None, None) = (first, last, name) {
            gone.push(Detail::First);
            whole = Some(first);
        }
        if whole == at(Detail::Company) || first.is_some() && last.is_some() {
            whole = None;
        }
        found.retain(|detail, _| !gone.contains(detail) && *detail != Detail::Name);
        found.extend(whole.map(|at| (Detail::Name, at)));
        // What the show says stands, whatever the headers look like.
        found.extend(&self.others);
        self.others = found;
    }

    /// Where a detail stands.
    pub fn at(&self, detail: Detail) -> Option<usize> {
        self.others.get(&detail).copied()
    }

    /// What was made of the headers, as far as anything was.
    pub fn understood(&self, table: &Table) -> Vec<Understood> {
        let ids = self.ids.iter().map(|&at| (Detail::Id, at));
        let others = self.others.iter().map(|(detail, at)| (*detail, *at));
        ids.chain(others)
            .filter_map(|(detail, at)| {
                Some(Understood {
                    detail,
                    header: table.written.get(at)?.clone(),
                    guessed: !self.told.contains(&at),
                })
            })
            .collect()
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
