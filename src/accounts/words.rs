//! What kinds of words company names are made of: legal forms, places, units, trades, and words everybody uses.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Legal forms as they stand after folding, longest first where one ends in another, with their unified spelling.
///
/// Written from general knowledge of the countries' company laws.
const LEGAL: &[(&str, &str)] = &[
    ("kommanditgesellschaft auf aktien", "kgaa"),
    ("societe en commandite par actions", "sca"),
    ("gesellschaft mit beschrankter haftung", "gmbh"),
    ("public limited company", "plc"),
    ("public company limited", "pcl"),
    ("limited liability company", "llc"),
    ("limited liability partnership", "llp"),
    ("private limited", "pvt"),
    ("pvt limited", "pvt"),
    ("private ltd", "pvt"),
    ("pvt ltd", "pvt"),
    ("proprietary limited", "pty"),
    ("pty limited", "pty"),
    ("pty ltd", "pty"),
    ("pte limited", "pte"),
    ("pte ltd", "pte"),
    ("sdn bhd", "bhd"),
    ("joint stock company", "jsc"),
    ("joint stock co", "jsc"),
    ("public joint stock company", "jsc"),
    ("company limited", "ltd"),
    ("company ltd", "ltd"),
    ("company incorporated", "inc"),
    ("co limited", "ltd"),
    ("co ltd", "ltd"),
    ("co inc", "inc"),
    ("corp ltd", "ltd"),
    ("corporation limited", "ltd"),
    ("sociedad anonima", "sa"),
    ("societe anonyme", "sa"),
    ("societa per azioni", "spa"),
    ("spolka akcyjna", "sa"),
    ("naamloze vennootschap", "nv"),
    ("besloten vennootschap", "bv"),
    ("societas europaea", "se"),
    ("kabushiki kaisha", "kk"),
    ("sab de cv", "sab"),
    ("sapi de cv", "sapi"),
    ("s de rl de cv", "srl"),
    ("s de rl", "srl"),
    ("sa de cv", "sa"),
    ("sp z oo", "spzoo"),
    ("spolka z oo", "spzoo"),
    ("sgps sa", "sgps"),
    ("ltd sti", "ltd"),
    ("sa nv", "nv"),
    ("nv sa", "nv"),
    ("s a", "sa"),
    ("a s", "as"),
    ("p f", "pf"),
    ("n v", "nv"),
    ("b v", "bv"),
    ("g mbh", "gmbh"),
    ("ag & co kgaa", "kgaa"),
    ("se & co kgaa", "kgaa"),
    ("gmbh & co kgaa", "kgaa"),
    ("gmbh & co kg", "kg"),
    ("gmbh & co ohg", "ohg"),
    ("mbh & co kg", "kg"),
    ("ag & co kg", "kg"),
    ("& co kgaa", "kgaa"),
    ("& co kg", "kg"),
    ("aktiengesellschaft", "ag"),
    ("aktiebolag", "ab"),
    ("aktiebolaget", "ab"),
    ("aktieselskab", "as"),
    ("aktieselskabet", "as"),
    ("aktsiaselts", "as"),
    ("osakeyhtio", "oy"),
    ("allmennaksjeselskap", "asa"),
    ("incorporated", "inc"),
    ("corporation", "corp"),
    ("company", "co"),
    ("companies", "co"),
    ("limited", "ltd"),
    ("limitada", "ltda"),
    ("inc", "inc"),
    ("corp", "corp"),
    ("co", "co"),
    ("llc", "llc"),
    ("llp", "llp"),
    ("lllp", "llp"),
    ("lp", "lp"),
    ("plc", "plc"),
    ("ltd", "ltd"),
    ("pbc", "pbc"),
    ("gmbh", "gmbh"),
    ("ggmbh", "gmbh"),
    ("mbh", "gmbh"),
    ("ug", "ug"),
    ("ag", "ag"),
    ("se", "se"),
    ("kg", "kg"),
    ("kgaa", "kgaa"),
    ("ohg", "ohg"),
    ("ek", "ek"),
    ("ev", "ev"),
    ("eg", "eg"),
    ("sa", "sa"),
    ("sas", "sas"),
    ("sasu", "sas"),
    ("sarl", "sarl"),
    ("snc", "snc"),
    ("sca", "sca"),
    ("spa", "spa"),
    ("srl", "srl"),
    ("sapa", "sapa"),
    ("socimi", "socimi"),
    ("sl", "sl"),
    ("slu", "sl"),
    ("sau", "sa"),
    ("sme", "sme"),
    ("sab", "sab"),
    ("lda", "lda"),
    ("ltda", "ltda"),
    ("sgps", "sgps"),
    ("nv", "nv"),
    ("bv", "bv"),
    ("cv", "cv"),
    ("vof", "vof"),
    ("bvba", "bv"),
    ("ab", "ab"),
    ("abp", "abp"),
    ("publ", "publ"),
    ("as", "as"),
    ("aps", "aps"),
    ("ivs", "ivs"),
    ("asa", "asa"),
    ("oy", "oy"),
    ("oyj", "oyj"),
    ("sro", "sro"),
    ("kft", "kft"),
    ("zrt", "zrt"),
    ("nyrt", "nyrt"),
    ("rt", "rt"),
    ("bt", "bt"),
    ("doo", "doo"),
    ("dd", "dd"),
    ("ead", "ead"),
    ("eood", "eood"),
    ("ooo", "ooo"),
    ("pao", "pao"),
    ("ao", "ao"),
    ("oao", "ao"),
    ("zao", "ao"),
    ("pty", "pty"),
    ("pte", "pte"),
    ("bhd", "bhd"),
    ("kk", "kk"),
    ("gk", "gk"),
    ("yk", "yk"),
    ("jsc", "jsc"),
    ("pjsc", "jsc"),
    ("pvt", "pvt"),
    ("tbk", "tbk"),
    ("pcl", "pcl"),
    ("bm", "bm"),
    ("com", "com"),
];

/// Legal forms of one word that would eat a short brand ("Bt Group", "Co-op", "AS Roma") stay where only they are left;
/// see `strip_legal`, which never strips to nothing.
const LEGAL_START: &[&str] = &[
    "pt",
    "ooo",
    "pao",
    "oao",
    "zao",
    "aktieselskabet",
    "aktiebolaget",
    "cv",
    "зао",
    "ооо",
    "пао",
    "оао",
    "ао",
    "тов",
];

const ARTICLES: &[&str] = &["the", "les", "le", "la", "der", "die", "das", "el", "los"];

/// Words and what is written for them: abbreviations, other numbers, other languages.
const EXPAND: &[(&str, &str)] = &[
    ("international", "intl int"),
    ("manufacturing", "mfg"),
    ("technologies", "technology tech technologie"),
    ("services", "svcs service svc"),
    ("systems", "sys system"),
    ("brothers", "bros"),
    ("associates", "assoc assocs"),
    ("national", "natl nat"),
    ("university", "univ"),
    ("group", "grp groupe gruppe grupo groep gruppo gruppen"),
    ("holding", "hldg hldgs holdings"),
    ("pharmaceuticals", "pharma pharmaceutical pharm"),
    ("laboratories", "labs lab laboratory"),
    ("electric", "elec"),
    ("industries", "ind inds industry"),
    ("instruments", "intruments instrument"),
    ("semiconductor", "semiconductors semi"),
    ("solutions", "solution"),
    ("products", "product"),
    ("resources", "resource"),
    ("financial", "fin"),
    ("insurance", "ins"),
    ("management", "mgmt"),
    ("department", "dept"),
    ("communications", "comm comms communication"),
    ("telecom", "telecommunications telecommunication"),
    ("chemical", "chem chemicals"),
    ("motor", "mtr motors"),
    ("airlines", "airline"),
    ("saint", "st"),
    ("center", "ctr centre centers centres"),
    ("mount", "mt"),
    ("automotive", "auto"),
    ("aerospace", "aero"),
    ("development", "dev"),
    ("engineering", "eng engg"),
    ("equipment", "equip"),
    ("general", "gen"),
    ("properties", "prop props"),
    ("transport", "trans transp transportation"),
    ("logistics", "logistic"),
    ("stores", "store"),
    ("brands", "brand"),
    ("enterprises", "enterprise"),
    ("partners", "partner"),
    ("networks", "network"),
    ("therapeutics", "therapeutic"),
    ("bancorp", "bancorporation"),
    ("restaurants", "restaurant"),
];

/// Words that tell nothing about which company it is; the account may have them and the query not.
const PLAIN: &str = "\
    group holding international global worldwide enterprises industries technologies systems solutions \
    services software corporation corp co company bancorp reit pharmaceuticals therapeutics laboratories \
    semiconductor brands manufacturing platforms entertainment communications networks usa us associates \
    partners stores restaurants resorts foods instruments biopharma biotherapeutics biosciences sciences \
    airlines motor engineering & management beverage supermarkets n labs hotels realty group's";

/// Places that a company's branch is named after.
const PLACES: &str = "\
    usa us america americas american north south east west northern southern europe emea apac asia pacific \
    africa middle latin latam nordic nordics benelux dach iberia uk england britain great ireland scotland \
    wales germany deutschland german austria osterreich oesterreich switzerland schweiz suisse svizzera \
    france francaise spain espana portugal italy italia italiana netherlands nederland belgium belgique \
    belgie luxembourg denmark danmark sweden sverige norway norge finland suomi iceland poland polska czech \
    czechia slovakia hungary magyarorszag romania bulgaria serbia croatia slovenia greece hellas turkey \
    turkiye ukraine russia israel uae dubai emirates saudi arabia qatar egypt nigeria kenya india china hong \
    kong taiwan japan nippon korea singapore malaysia thailand vietnam indonesia philippines australia new \
    zealand las vegas kansas city canada mexico brasil brazil argentina chile colombia peru california texas york london berlin \
    munich munchen hamburg frankfurt zurich paris madrid barcelona milan milano amsterdam tokyo shanghai \
    beijing chicago boston houston dallas atlanta toronto sydney mumbai bangalore vienna wien of \
    international";

/// Words that name a part of a company, or its kind of work as a part of it.
const UNITS: &str = "\
    robotics cloud digital division unit services healthcare medical automation mobility software consulting \
    research development r d rd & laboratories ventures logistics retail web aerospace defense defence \
    aviation marine rail lighting imaging solutions systems technologies engineering manufacturing plant \
    office sales studios advertising ads azure dynamics team department headquarters hq campus lab power \
    tools grid motion drives components electronics professional enterprise enterprises business commercial \
    industrial industries packaging analytics data ai security networks devices semiconductor vision \
    diagnostics instruments process processing control controls production supply chain procurement it it's \
    hr university europe international global group holding innovation center hub works credit leasing \
    financial fresh prime pay marketplace labs intralogistics electrification infrastructure smart buildings \
    building space elevator elevators water wireless railroad railway airplanes aircraft detection capital \
    chemical chemicals oil versicherung versicherungen insurance assurance bank banking wealth hospitality \
    building trucks buses vans motorsport motorrad learning media games gaming surface platform platforms";

/// Words for a trade: an account that has one and a query that does not may be a company and its subsidiary.
const TRADES: &str = "\
    auto automobil automobile automotive motor motors bank banking finance financial insurance life energy \
    steel power electric electronics chemical petrochemical cement oil gas mining gold capital properties \
    property estate real consumer products health healthcare medical meditec media retail telecom mobile \
    biologics sdi mobis materials resources green ports transmission infrastructure air airport airlines \
    construction railway railroad freight line lines trucking works pipeline pipelines cruises brewery \
    breweries brewing development investment investments trust securities foods food agri cards hotels renewables \
    renewable india deutschland brasil brazil mexico polska nederland espana france canada australia japan \
    korea china";

/// First words that several independent companies share, so that a name with more or fewer words is another company:
/// houses, conglomerates and licensed names. From general knowledge.
const FAMILIES: &str = "\
    toyota hyundai samsung mitsubishi mitsui sumitomo tata mahindra reliance adani bajaj godrej birla jsw lg sk lotte \
    hanwha doosan kia porsche zeiss bosch virgin coca suzuki peugeot renault dentsu nippon daiwa yamaha icici hdfc sbi \
    axis kotak thyssen krupp rockwell westinghouse general motorola phillips johnson smith smiths \
    cathay fubon hutchison jardine swire keppel sembcorp temasek ck evergreen formosa kawasaki ihi fuji toshiba \
    rothschild morgan fidelity prudential principal mercer marsh swarovski grundig loewe linde heidelberg carlsberg \
    daimler chrysler raytheon lucent alcatel corning hughes baker delta continental pioneer constellation \
    chubb nestle danone unibail telekom bharti vodafone orange adler volvo saab scania rolls  merck \
    fresenius knorr vertex meridian metro standard";

/// Given names that stand before a founder's name: "Disney" is Walt Disney.
const GIVEN: &str = "\
    walt eli charles john carl jack jones william henry robert arthur ralph christian george thomas philip louis \
    giorgio brunello oscar otto hugo ernst franz max paul peter james joseph samuel jeronimo calvin tommy kate michael \
    marc stella ted davide giovanni enzo ferdinand karl heinrich friedrich wilhelm olav julius w j h e t d r m a l";

static LEGAL_BY_WORDS: LazyLock<Vec<(Vec<&'static str>, &'static str)>> = LazyLock::new(|| {
    let mut forms: Vec<(Vec<&str>, &str)> = LEGAL
        .iter()
        .map(|(words, form)| (words.split(' ').collect(), *form))
        .collect();
    forms.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    forms
});

static COMMON: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("common_words.txt").lines().collect());

static EXPANSIONS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    EXPAND
        .iter()
        .flat_map(|(full, shorts)| shorts.split(' ').map(|short| (short, *full)))
        .collect()
});

fn set(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

static PLAIN_SET: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set(PLAIN));
static PLACE_SET: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set(PLACES));
static UNIT_SET: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set(UNITS));
static TRADE_SET: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set(TRADES));
static FAMILY_SET: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set(FAMILIES));
static GIVEN_SET: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set(GIVEN));

/// The longest legal form that the words end in: how many words it takes and its unified spelling.
pub fn legal_end(words: &[String]) -> Option<(usize, &'static str)> {
    LEGAL_BY_WORDS
        .iter()
        .find(|(form, _)| {
            words.len() >= form.len()
                && words[words.len() - form.len()..]
                    .iter()
                    .zip(form)
                    .all(|(word, part)| word == part)
        })
        .map(|(form, unified)| (form.len(), *unified))
}

/// Whether a name may begin with this legal form.
pub fn is_legal_start(word: &str) -> bool {
    LEGAL_START.contains(&word)
}

/// Whether a word is an article that names begin with.
pub fn is_article(word: &str) -> bool {
    ARTICLES.contains(&word)
}

/// The word an abbreviation stands for.
pub fn expand(word: &str) -> Option<&'static str> {
    EXPANSIONS.get(word).copied()
}

/// Whether the word tells nothing about which company it is.
pub fn is_plain(word: &str) -> bool {
    PLAIN_SET.contains(word)
}

/// Whether the word is a place a branch may be named after.
pub fn is_place(word: &str) -> bool {
    PLACE_SET.contains(word)
}

/// Whether the word names a part of a company.
pub fn is_unit(word: &str) -> bool {
    UNIT_SET.contains(word)
}

/// Whether the word names a trade, so that with it another company of the same family may be meant.
pub fn is_trade(word: &str) -> bool {
    TRADE_SET.contains(word)
}

/// Whether independent companies share the word as their first.
pub fn is_family(word: &str) -> bool {
    FAMILY_SET.contains(word)
}

/// Whether the word is a given name or an initial that stands before a founder's name.
pub fn is_given(word: &str) -> bool {
    GIVEN_SET.contains(word)
}

/// Whether the word names a part that every company has, whatever its trade.
pub fn is_department(word: &str) -> bool {
    matches!(
        word,
        "division"
            | "unit"
            | "research"
            | "development"
            | "r"
            | "d"
            | "rd"
            | "&"
            | "laboratories"
            | "team"
            | "department"
            | "headquarters"
            | "hq"
            | "campus"
            | "lab"
            | "sales"
            | "office"
            | "plant"
            | "it"
            | "it's"
            | "procurement"
            | "services"
            | "digital"
            | "software"
            | "engineering"
            | "manufacturing"
    ) || is_place(word)
        || is_group(word)
}

/// Whether the word stands in the names of hundreds of companies, so that two such words name none.
pub fn is_weak(word: &str) -> bool {
    matches!(
        word,
        "national"
            | "bank"
            | "royal"
            | "united"
            | "general"
            | "first"
            | "american"
            | "state"
            | "federal"
            | "public"
            | "new"
            | "great"
            | "standard"
            | "central"
            | "of"
            | "&"
            | "insurance"
            | "life"
            | "energy"
            | "power"
    ) || is_group(word)
}

/// Whether the word says no more than that it is a company.
pub fn is_group(word: &str) -> bool {
    matches!(
        word,
        "group"
            | "holding"
            | "international"
            | "global"
            | "worldwide"
            | "company"
            | "co"
            | "corporation"
            | "enterprises"
            | "companies"
    )
}

/// Whether the word is left out of a name before a unit's: "Dell" of Dell Technologies, "Schindler" of Schindler Holding.
pub fn is_hollow(word: &str) -> bool {
    is_group(word)
        || matches!(
            word,
            "technologies" | "systems" | "communications" | "solutions" | "services" | "industries"
        )
}

/// Whether the word alone makes nobody think of a company: common, or the kind of word that companies end in, a place, a unit.
pub fn is_ordinary(word: &str) -> bool {
    is_common(word) || is_plain(word) || is_place(word) || is_unit(word)
}

/// Whether everybody uses the word: booth talk and ordinary English.
pub fn is_common(word: &str) -> bool {
    COMMON.contains(word)
        || word
            .strip_suffix('s')
            .is_some_and(|one| one.len() > 2 && COMMON.contains(one))
}
