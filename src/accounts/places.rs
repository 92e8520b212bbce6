//! Countries and states as lists and badges write them -> codes.

/// Alpha-3 codes, English and native names and common slips, folded -> ISO 3166-1 alpha-2.
const COUNTRIES: &[(&str, &str)] = &[
    ("usa", "US"), ("united states", "US"), ("united states of america", "US"), ("u s a", "US"), ("u s", "US"), ("america", "US"),
    ("uk", "GB"), ("united kingdom", "GB"), ("great britain", "GB"), ("england", "GB"), ("scotland", "GB"), ("wales", "GB"), ("northern ireland", "GB"), ("gbr", "GB"),
    ("germany", "DE"), ("deutschland", "DE"), ("deu", "DE"), ("ger", "DE"), ("allemagne", "DE"),
    ("austria", "AT"), ("osterreich", "AT"), ("oesterreich", "AT"), ("aut", "AT"),
    ("switzerland", "CH"), ("schweiz", "CH"), ("suisse", "CH"), ("svizzera", "CH"), ("che", "CH"),
    ("france", "FR"), ("frankreich", "FR"), ("fra", "FR"), ("spain", "ES"), ("espana", "ES"), ("spanien", "ES"), ("esp", "ES"),
    ("portugal", "PT"), ("prt", "PT"), ("italy", "IT"), ("italia", "IT"), ("italien", "IT"), ("ita", "IT"),
    ("netherlands", "NL"), ("the netherlands", "NL"), ("nederland", "NL"), ("holland", "NL"), ("niederlande", "NL"), ("nld", "NL"),
    ("belgium", "BE"), ("belgique", "BE"), ("belgie", "BE"), ("belgien", "BE"), ("bel", "BE"), ("luxembourg", "LU"), ("luxemburg", "LU"), ("lux", "LU"),
    ("denmark", "DK"), ("danmark", "DK"), ("danemark", "DK"), ("dnk", "DK"), ("sweden", "SE"), ("sverige", "SE"), ("schweden", "SE"), ("swe", "SE"),
    ("norway", "NO"), ("norge", "NO"), ("norwegen", "NO"), ("nor", "NO"), ("finland", "FI"), ("suomi", "FI"), ("fin", "FI"), ("iceland", "IS"), ("isl", "IS"),
    ("ireland", "IE"), ("eire", "IE"), ("irl", "IE"), ("poland", "PL"), ("polska", "PL"), ("polen", "PL"), ("pol", "PL"),
    ("czech republic", "CZ"), ("czechia", "CZ"), ("cze", "CZ"), ("slovakia", "SK"), ("svk", "SK"), ("hungary", "HU"), ("magyarorszag", "HU"), ("hun", "HU"),
    ("romania", "RO"), ("rou", "RO"), ("bulgaria", "BG"), ("bgr", "BG"), ("greece", "GR"), ("hellas", "GR"), ("grc", "GR"), ("croatia", "HR"), ("hrv", "HR"),
    ("slovenia", "SI"), ("svn", "SI"), ("serbia", "RS"), ("srb", "RS"), ("ukraine", "UA"), ("ukr", "UA"), ("turkey", "TR"), ("turkiye", "TR"), ("tur", "TR"),
    ("russia", "RU"), ("russian federation", "RU"), ("rus", "RU"), ("estonia", "EE"), ("est", "EE"), ("latvia", "LV"), ("lva", "LV"), ("lithuania", "LT"), ("ltu", "LT"),
    ("canada", "CA"), ("can", "CA"), ("mexico", "MX"), ("mex", "MX"), ("brazil", "BR"), ("brasil", "BR"), ("bra", "BR"), ("argentina", "AR"), ("arg", "AR"),
    ("chile", "CL"), ("chl", "CL"), ("colombia", "CO"), ("col", "CO"), ("peru", "PE"), ("per", "PE"),
    ("india", "IN"), ("bharat", "IN"), ("ind", "IN"), ("china", "CN"), ("prc", "CN"), ("chn", "CN"), ("hong kong", "HK"), ("hkg", "HK"), ("taiwan", "TW"), ("twn", "TW"),
    ("japan", "JP"), ("nippon", "JP"), ("jpn", "JP"), ("korea", "KR"), ("south korea", "KR"), ("republic of korea", "KR"), ("korea republic of", "KR"), ("kor", "KR"),
    ("singapore", "SG"), ("sgp", "SG"), ("malaysia", "MY"), ("mys", "MY"), ("thailand", "TH"), ("tha", "TH"), ("viet nam", "VN"), ("vietnam", "VN"), ("vnm", "VN"),
    ("indonesia", "ID"), ("idn", "ID"), ("philippines", "PH"), ("phl", "PH"), ("australia", "AU"), ("aus", "AU"), ("new zealand", "NZ"), ("nzl", "NZ"),
    ("united arab emirates", "AE"), ("uae", "AE"), ("emirates", "AE"), ("are", "AE"), ("saudi arabia", "SA"), ("ksa", "SA"), ("sau", "SA"), ("qatar", "QA"), ("qat", "QA"),
    ("israel", "IL"), ("isr", "IL"), ("egypt", "EG"), ("egy", "EG"), ("south africa", "ZA"), ("zaf", "ZA"), ("nigeria", "NG"), ("nga", "NG"), ("kenya", "KE"), ("ken", "KE"),
    ("morocco", "MA"), ("mar", "MA"), ("pakistan", "PK"), ("pak", "PK"), ("bangladesh", "BD"), ("bgd", "BD"), ("sri lanka", "LK"), ("lka", "LK"),
];

/// States of the US and provinces of Canada by name.
const STATES: &[(&str, &str)] = &[
    ("alabama", "AL"), ("alaska", "AK"), ("arizona", "AZ"), ("arkansas", "AR"), ("california", "CA"), ("colorado", "CO"), ("connecticut", "CT"), ("delaware", "DE"),
    ("district of columbia", "DC"), ("washington dc", "DC"), ("florida", "FL"), ("georgia", "GA"), ("hawaii", "HI"), ("idaho", "ID"), ("illinois", "IL"), ("indiana", "IN"),
    ("iowa", "IA"), ("kansas", "KS"), ("kentucky", "KY"), ("louisiana", "LA"), ("maine", "ME"), ("maryland", "MD"), ("massachusetts", "MA"), ("michigan", "MI"),
    ("minnesota", "MN"), ("mississippi", "MS"), ("missouri", "MO"), ("montana", "MT"), ("nebraska", "NE"), ("nevada", "NV"), ("new hampshire", "NH"), ("new jersey", "NJ"),
    ("new mexico", "NM"), ("new york", "NY"), ("north carolina", "NC"), ("north dakota", "ND"), ("ohio", "OH"), ("oklahoma", "OK"), ("oregon", "OR"), ("pennsylvania", "PA"),
    ("rhode island", "RI"), ("south carolina", "SC"), ("south dakota", "SD"), ("tennessee", "TN"), ("texas", "TX"), ("utah", "UT"), ("vermont", "VT"), ("virginia", "VA"),
    ("washington", "WA"), ("west virginia", "WV"), ("wisconsin", "WI"), ("wyoming", "WY"), ("alberta", "AB"), ("british columbia", "BC"), ("manitoba", "MB"),
    ("new brunswick", "NB"), ("newfoundland and labrador", "NL"), ("nova scotia", "NS"), ("ontario", "ON"), ("prince edward island", "PE"), ("quebec", "QC"), ("saskatchewan", "SK"),
];

fn find(list: &[(&str, &str)], text: &str) -> Option<String> {
    let folded: String = super::normalize::fold(text)
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let folded = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    list.iter().find(|(name, _)| *name == folded).map(|(_, code)| (*code).to_owned())
}

/// The ISO 3166-1 alpha-2 code of a country; what is not known stays as it is.
pub fn country(text: &str) -> String {
    let text = text.trim();
    if let Some(code) = find(COUNTRIES, text) {
        return code;
    }
    if text.len() == 2 { text.to_uppercase() } else { text.to_owned() }
}

/// The code of a state or province; what is not known stays as it is.
pub fn state(text: &str) -> String {
    let text = text.trim();
    if let Some(code) = find(STATES, text) {
        return code;
    }
    if text.len() <= 3 { text.to_uppercase() } else { text.to_owned() }
}
