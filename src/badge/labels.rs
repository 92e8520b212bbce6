//! What a value is by the word before it: `Vorname: Jörg`, `?ln=Doe`, `"jobTitle": "Buyer"`.

use super::Reading;

/// A detail that a label can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// The whole name.
    Name,
    /// The given name.
    First,
    /// The family name.
    Last,
    /// The company.
    Org,
    /// The job title.
    Title,
    /// The e-mail address.
    Email,
    /// The phone number.
    Phone,
    /// The country.
    Country,
    /// The state.
    State,
    /// The badge's id.
    Id,
    /// Something that is no part of a lead, such as a fax number.
    Nothing,
}

/// Labels in small letters and digits, in the languages of booths we know.
const LABELS: &[(Label, &str)] = &[
    (
        Label::Name,
        "name fullname fn contact contactname attendee attendeename displayname ansprechpartner nomcomplet \
         nombrecompleto nomecompleto naam 姓名 名前 氏名 이름 имя",
    ),
    (
        Label::First,
        "first firstname given givenname fname forename vorname prénom prenom nombre nome voornaam förnamn fornavn 名",
    ),
    (
        Label::Last,
        "last lastname surname family familyname lname ln nachname familienname nom nomdefamille apellido apellidos \
         cognome sobrenome achternaam efternamn etternavn 姓",
    ),
    (
        Label::Org,
        "company companyname organization organisation organizationname org employer firm firma unternehmen firmenname \
         société societe entreprise empresa compañía azienda società ditta bedrijf organisatie företag c 公司 会社 회사 \
         компания",
    ),
    (
        Label::Title,
        "title jobtitle position role jobrole job function funktion stelle beruf poste fonction cargo puesto ruolo \
         posizione functie titel befattning 职位 职务 役職 직함 должность",
    ),
    (
        Label::Email,
        "email emailaddress mail workemail businessemail courriel correo correoelectronico adressemail 邮箱 電子メール 이메일 \
         почта e",
    ),
    (
        Label::Phone,
        "phone phonenumber tel telephone telefon téléphone telefono teléfono telefoon mobile mobilephone mobil cell \
         cellphone workphone businessphone handy portable cellulare móvil movil direct office ph 电话 手机 電話 携帯 전화 \
         телефон t m p",
    ),
    (
        Label::Country,
        "country countrycode land pays país pais paese",
    ),
    (Label::State, "state province region bundesland statecode"),
    (
        Label::Id,
        "id badge badgeid badgenumber badgeno barcode registrationid regid attendeeid ticket ticketid code uid \
         confirmation confirmationnumber referenceid",
    ),
    (
        Label::Nothing,
        "fax telefax f website web url www address adresse indirizzo dirección",
    ),
];

/// What a word labels; none where it is no label.
pub fn label(word: &str) -> Option<Label> {
    let folded: String = word
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    LABELS
        .iter()
        .find(|(_, words)| words.split_whitespace().any(|known| known == folded))
        .map(|(label, _)| *label)
}

/// Puts a labelled value where it belongs; the first value of a kind counts.
pub fn put(reading: &mut Reading, label: Label, value: &str) {
    let value = value.trim();
    let place = match label {
        Label::Name => &mut reading.visitor.name,
        Label::First => &mut reading.first,
        Label::Last => &mut reading.last,
        Label::Org => &mut reading.visitor.company,
        Label::Title => &mut reading.visitor.title,
        Label::Email => &mut reading.visitor.email,
        Label::Phone => &mut reading.visitor.phone,
        Label::Country => &mut reading.visitor.country,
        Label::State => &mut reading.visitor.state,
        Label::Id => &mut reading.visitor.badge_id,
        Label::Nothing => return,
    };
    if place.is_empty() {
        value.clone_into(place);
    }
}
