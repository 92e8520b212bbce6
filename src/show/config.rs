//! What `show.toml` says, as plain data, and what holds where it says nothing.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::domain::{Day, Detail, Layout, Role};

/// Most quick tags: the keys 1 to 9.
pub const MOST_QUICK_TAGS: usize = 9;

/// The show, its lanes and how the program behaves there.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Short code that lead ids begin with: at most 12 capital letters and digits.
    pub code: String,
    /// The show's name.
    pub name: String,
    /// The days of the show, in order.
    pub days: Vec<Day>,
    /// IANA name of the show's time zone; empty: the laptop's own.
    pub time_zone: String,
    /// Hall and stand, in words.
    pub place: String,
    /// Where the leads belong in the CRM.
    pub campaign: Campaign,
    /// What the show costs, in units of `currency`; none: not known.
    pub cost: Option<f64>,
    /// ISO 4217 code of `cost`.
    pub currency: String,
    /// The gross margin of what is sold, 0 to 1; none: the return on the show is told without.
    pub margin: Option<f64>,
    /// Microphones, in the order of the board.
    pub lanes: Vec<LaneConfig>,
    /// Tags on the keys 1 to 9, in that order.
    pub quick_tags: Vec<String>,
    /// Further tags that the picker offers.
    pub tags: Vec<String>,
    /// Seconds of silence on a lane after which the next sentence opens a new card.
    pub talk_gap_s: u32,
    /// Seconds of what was just said that are struck for good when a lane goes off the record.
    pub strike_s: u32,
    /// Who sits at the laptop: the person behind the deeds of its keys.
    pub operator: String,
    /// The speech model: a name of `boothside model list`, or the path of a file.
    pub model: String,
    /// Which theme the board wears.
    pub theme: ThemeChoice,
    /// Keymap: an embedded name or a file in the show folder.
    pub keymap: String,
    /// Whether the shared screen shows whole names.
    pub wall_names: bool,
    /// A serial device or FIFO that scans arrive from; none: scans are typed.
    pub scanner: Option<String>,
    /// Columns of the organiser's list by what they hold; what is not here is guessed from the headers.
    pub attendees: BTreeMap<Detail, Vec<String>>,
    /// How delimited badges are laid out; none: by their looks.
    pub scan: Option<Layout>,
    /// The systems that the night writes files for.
    pub destinations: Vec<String>,
    /// What the night's files say in words of the customer's CRM.
    pub night: NightWords,
    /// Whether desktop notifications are sent.
    pub notify: bool,
    /// When the captain is called, and who else is told.
    pub alerts: AlertConfig,
    /// The language model that may put drafts in other words; none: drafts never leave the laptop.
    pub polish: Option<PolishConfig>,
}

/// A language model behind an OpenAI-compatible address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolishConfig {
    /// Host and port, as the board names it.
    pub host: String,
    /// Everything before `/chat/completions`.
    pub url: String,
    /// The model's name there.
    pub model: String,
    /// The environment's variable that holds the key; none: no key.
    pub key_env: Option<String>,
    /// Seconds that one attempt may take.
    pub timeout_s: u32,
}

/// When the captain is called to a card, and who else is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertConfig {
    /// Minutes after which a hot card that nobody has taken calls.
    pub unowned_min: u32,
    /// Whether alerts name the visitor.
    pub names: bool,
    /// Whether the terminal's bell rings.
    pub bell: bool,
    /// Where alerts are posted as well, Slack's way; none: nowhere.
    pub webhook: Option<String>,
}

impl Default for AlertConfig {
    fn default() -> Self {
        Self {
            unowned_min: 3,
            names: true,
            bell: true,
            webhook: None,
        }
    }
}

/// The campaign that the leads become members of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Campaign {
    /// The campaign's id in the CRM; empty: none yet.
    pub id: String,
    /// Member statuses that the CRM knows, as it spells them; empty: not checked.
    pub statuses: Vec<String>,
}

/// Words of the customer's own CRM, for the night's files. Empty: what an untouched CRM takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NightWords {
    /// Where a lead came from.
    pub lead_source: String,
    /// The status of a new lead.
    pub lead_status: String,
    /// The CRM's field that keeps our external id.
    pub external_id_field: String,
    /// The campaign's member status by rating (`hot`, `warm`, `cold`, `swag`, `none`).
    pub member_status: BTreeMap<String, String>,
    /// The CRM's ids of our owners, by name.
    pub owner_ids: BTreeMap<String, String>,
    /// Values that a column may have, by the column's name; a column that is not here takes anything.
    pub picklists: BTreeMap<String, Vec<String>>,
    /// Who writes the follow-ups: name, company and the postal address that the law wants.
    pub sender: String,
    /// Where our privacy notice stands.
    pub privacy_url: String,
    /// Whether what can be put right without guessing is; else such rows are left out.
    pub fix: bool,
    /// Whether one fault stops the whole export instead of its row.
    pub strict: bool,
    /// When the files are written by themselves: minutes after midnight by the show's clock; none: by a key alone.
    pub at: Option<u16>,
    /// A second place that every export is copied to.
    pub copy_to: Option<CopyTo>,
}

/// A second place for the exports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyTo {
    /// A folder: a stick, a synced folder. Its path counts from the show folder.
    Folder(PathBuf),
    /// A folder of a `WebDAV` server, by its address, which holds no login.
    Server(String),
    /// A bucket of S3 or of what speaks it.
    Bucket(BucketConfig),
}

/// A bucket as a second place. Its keys stand in no file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BucketConfig {
    /// The bucket's name.
    pub name: String,
    /// The folder in it; may be empty.
    pub folder: String,
    /// The server's address, with `{bucket}` where the name belongs into it; empty: Amazon's own.
    pub endpoint: String,
    /// The region that requests are signed for.
    pub region: String,
}

/// One microphone of the booth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaneConfig {
    /// The name on the board.
    pub name: String,
    /// Whose voice it carries.
    pub role: Role,
    /// What is listened to.
    pub source: LaneSource,
    /// Which channel of the source, counted from 0 (`show.toml` counts from 1); none: all of them, mixed.
    pub channel: Option<u16>,
}

/// What a lane listens to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LaneSource {
    /// The system's default microphone.
    Default,
    /// The microphone with this stable name (`boothside devices` prints it).
    Device(String),
    /// A recording; its path counts from the show folder.
    File(PathBuf),
}

/// A theme for dark terminals, one for light ones, and one where the terminal doesn't say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeChoice {
    /// On a dark terminal.
    pub dark: String,
    /// On a light terminal.
    pub light: String,
    /// Where the terminal doesn't tell.
    pub fallback: String,
}

impl ThemeChoice {
    /// The same theme everywhere.
    pub fn only(name: &str) -> Self {
        Self {
            dark: name.to_string(),
            light: name.to_string(),
            fallback: name.to_string(),
        }
    }
}

impl Default for ThemeChoice {
    fn default() -> Self {
        Self {
            dark: "hall-dark".to_string(),
            light: "hall-light".to_string(),
            fallback: "hall-dark".to_string(),
        }
    }
}

impl Default for NightWords {
    fn default() -> Self {
        Self {
            lead_source: String::new(),
            lead_status: String::new(),
            external_id_field: String::new(),
            member_status: BTreeMap::new(),
            owner_ids: BTreeMap::new(),
            picklists: BTreeMap::new(),
            sender: String::new(),
            privacy_url: String::new(),
            fix: true,
            strict: false,
            at: None,
            copy_to: None,
        }
    }
}

impl Default for LaneConfig {
    fn default() -> Self {
        Self {
            name: "Booth".to_string(),
            role: Role::Table,
            source: LaneSource::Default,
            channel: None,
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            code: "SHOW".to_string(),
            name: "Unnamed show".to_string(),
            days: Vec::new(),
            time_zone: String::new(),
            place: String::new(),
            campaign: Campaign::default(),
            cost: None,
            currency: String::new(),
            margin: None,
            lanes: vec![LaneConfig::default()],
            quick_tags: words(&["demo", "pricing", "security", "callback", "partner"]),
            tags: Vec::new(),
            talk_gap_s: 45,
            strike_s: 60,
            operator: "captain".to_string(),
            model: "base.en".to_string(),
            theme: ThemeChoice::default(),
            keymap: "default".to_string(),
            wall_names: false,
            scanner: None,
            attendees: BTreeMap::new(),
            scan: None,
            destinations: words(&["generic"]),
            night: NightWords::default(),
            notify: true,
            alerts: AlertConfig::default(),
            polish: None,
        }
    }
}

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}
