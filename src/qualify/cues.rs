//! Hand-written phrases that point to a kind of signal, a voice or a turn of meaning.

use std::collections::HashMap;

use super::words::Sentence;

/// What a phrase points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cue {
    /// Talk of money that is there or not.
    Money,
    /// No money.
    NoMoney,
    /// Money, but nothing set aside yet.
    Unallocated,
    /// Money approved or set aside.
    Approved,
    /// The sum is not told.
    Undisclosed,
    /// I decide.
    Decides,
    /// Somebody else decides.
    NoSay,
    /// I have a say.
    Influences,
    /// Something hurts.
    Pain,
    /// Nothing hurts.
    NoPain,
    /// No date.
    NoDate,
    /// What does the job today.
    Uses,
    /// Pushback.
    Pushback,
    /// Asks after the product.
    Asks,
    /// A step is agreed.
    Agrees,
    /// A step is turned down.
    Declines,
    /// We may write.
    MayContact,
    /// We may not.
    NoContact,
    /// Asks whether one may contact them.
    AsksContact,
    /// Asks about money.
    AsksMoney,
    /// Asks who decides.
    AsksWho,
    /// Asks when.
    AsksWhen,
    /// Asks what they use.
    AsksTool,
    /// Asks what hurts.
    AsksPain,
    /// Proposes a step.
    Proposes,
    /// Speaks as one of us.
    RepVoice,
    /// Speaks as a visitor.
    VisitorVoice,
    /// Is here for something else than buying.
    NoBuyer,
    /// Takes back what was said just before.
    Correction,
    /// What might be, not what is.
    Hypothetical,
    /// What was, at another firm or before.
    Former,
}

impl Cue {
    /// How many there are.
    pub const COUNT: usize = Cue::Former as usize + 1;
}

/// Phrases: words apart by spaces; `*` at the end of a word stands for any ending, `_` alone for one word.
const PHRASES: &[(Cue, &str)] = &[
    (
        Cue::Money,
        "budget|money|funding|funds|pot|grant|set aside|put aside|put by|ring fenced|allocated|in the plan|spend|sanctioned|cost center|cost centre|can go to|can do up to|line for it|a line in",
    ),
    (
        Cue::NoMoney,
        "no budget|no money|not a budget|do not have a budget|don't have a budget|don't have budget|not have any budget|isn't any money|nothing left|all gone|money is gone|it's gone|not a penny|not a cent|isn't a penny|isn't a cent|a freeze on|nothing in the pot|no funds|cleaned out|budget is closed|budget is frozen|frozen|there's nothing for|zero|went on|went into|spent it|can't spend|nothing in my line|nothing in there|already promised|been promised|it's promised|froze it|all investment|at a stop|no money for|is zero|gone on|all went|all the money|isnae a|gave it all|year's done|is finished|it's spent|there was a line|taken it out|took it out|no more money",
    ),
    (
        Cue::Unallocated,
        "not yet|nothing put aside|nothing set aside|nobody's put|no one's put|no line for|not on the line|no figure|no number|nothing against it|not allocated|not in the plan|not been decided|not decided|no provision|have to ask for it|have to find it|nothing for it|no sum|not budgeted|nothing in for it|isn't a line|no line|nobody has said|no one has said|i'd be making|have to get it|nobody has reserved|not reserved|not written|nothing inside|no money yet|haven't given|hasn't given|not yet split|nobody's split|i asked for|have to apply|i've applied|no amount|nothing reserved|to be found|find the money|put it in the plan|don't have anything put aside|nothing planned|not planned",
    ),
    (
        Cue::Approved,
        "approved|allocated|sanctioned|signed off|released|it's in the plan|is in the plan|budget is there|money is there|money's there|it's there|set aside|put aside|agreed|okayed|went through|passed|put by|reserved|there's money|there is money|it's funded|is funded|released|i've kept|carved|i can go to|i can do|i'd put|we've got|has been found",
    ),
    (
        Cue::Undisclosed,
        "not telling|not going to tell|won't tell|can't tell you|not saying|rather not say|don't say|i don't tell|not supposed to tell|you don't get it|may not say|not giving it|couldn't put a figure|there's a number|there is a number|won't say|wouldn't put a figure|don't have the number|don't have a number|how much i don't|what's in it|not to the|i don't say the number|keep that to myself|between us",
    ),
    (
        Cue::Decides,
        "i decide|i sign|i sign off|my decision|my call|my company|it's me|that's me|up to me|i own|my own|i'm the owner|my name is on the door|nobody above me|i can sign|sign that myself|myself|we decide|just me|so me|i have the last word|i make the decision|i approve|yours truly|i say yes|i've a vote|i have my vote|i've my vote|my vote|we vote|one vote|each a vote|a vote each|get a vote|partners|two signatures|both sign|both names|i'm in the chair|unless i say|i pick|i choose|i say yes|who says no|ask me why|from nobody|no one above|nobody else|the two of us|three of us|it's me and|me and the|me and my|we both|all of us have to|i'm the one who signs|i signed|i order",
    ),
    (
        Cue::NoSay,
        "my boss|not my decision|not my call|don't decide|do not decide|decide nothing|no say|not me|above me|above my pay|i only|i just|they don't ask me|nobody asks me|no vote|don't get a vote|others decide|not up to me|someone else|my manager|i pass it on|out of my hands|they decide|he decides|she decides|no influence|i've nothing to say|nothing to do with|come into it|come into that|in on that|not in that|neither of us|don't ask us|get asked|don't get asked|wouldn't be asked|never asked|none of whom|i only collect|i make the coffee|i get told|we get told|they tell us|they just tell|they bring it|we sign that it|it's all him|it's all her|not mine|isn't mine|not allowed|can't say yes|one floor lower|i'm just the|i'm only the|just here|he picks|she picks|they pick|they choose|head office|sent me|send me|wants me to look|my floor",
    ),
    (
        Cue::Influences,
        "recommend*|i propose|my recommendation|i advise|i have a vote|one of _|we vote|on the committee|the committee|i write the spec|they listen|listens to me|they ask me|he asks me|she asks me|follow my|my opinion|i shortlist|i make the list|together with|i'd push|i put it forward|write the paper|i evaluate|go with what|goes with what|with what i say|what i say|go with my|with my number|because i say yes|what i put in|in front of him|in front of her|i bring them|i give them|i put it up|i put up|if i tell him|if i tell her|comparison|the scoring|technical scoring|i do the paper|i write the|the shortlist|the report|give the advice|i advise it|they'll ask me|ask me|takes my|takes what i|up to now|my say|we get our say|consult us|has never said no|never said no|signs what|which one i say|the first of my list|has to approve|have to approve|must approve",
    ),
    (
        Cue::Pain,
        "problem|problems|trouble|lose|losing|lost|too slow|takes too|by hand|nobody knows|can't see|can't find|broken|breaks|break|late|delay*|wait|waiting|wrong|miss|missed|missing|error*|mistake*|fail*|complain*|nightmare|killing|headache|struggl*|stuck|wast*|pain|hurts|mess|chaos|fine us|fined|penalt*|every time|again and again|too long|takes _ hours|takes two|takes three|half of|never know|don't know where|no idea|down|stopped|stops|overtime|weeks to|hours to|days to",
    ),
    (
        Cue::NoPain,
        "no problem|no problems|works fine|it works|works well|we're happy|happy with|no complaints|nothing wrong|all good|we're fine|no issue|no issues|nothing hurts|no trouble|runs well|it's fine|perfectly happy",
    ),
    (
        Cue::NoDate,
        "no date|no rush|no hurry|no timeline|no plan|no plans|not a date|no deadline|someday|some day|isn't a date|don't have a date|no fixed|haven't decided when|can't say a date|whenever",
    ),
    (
        Cue::Uses,
        "we use|we're using|we are using|we have|we've got|we've had|we run|we're on|we are on|currently|at the moment|today we|right now we|still use|excel|spreadsheet*|whiteboard|paper|by hand|manually|pen and|clipboard|notebook|whatsapp|phone|radio|email*|shared inbox|sap|access|in house|home grown|homegrown|built ourselves|we built|sheet|sheets|list|board|binder|calendar|word of mouth|with a",
    ),
    (
        Cue::Pushback,
        "too expensive|expensive|too much|worried|concern*|don't like|don't trust|not convinced|can't have|won't work|but it must|has to talk to|integrat*|lock in|locked in|security|cloud|complicated|afraid|risk*|not paying|steep|ouch|that's a lot|pricey|hesitat*|skeptic*|sceptic*|never again|burned|burnt|heard that before|they all say|the last one|i doubt|no way|too dear|too steep|not signing|won't sign|must not|not in the cloud|in the cloud|our own server|where is the data|works council|the union|reference*|who else has|how many customers|too small|so small|what if you|go bust|bought up|subscription|rent it|per month for ever|don't want another|another system|one more system|won't use it|they won't|nobody will use|tired of|changed systems|not again|the last time|promised|support line|call centre|speak our language|only in english|internet goes|without internet|no signal|can't get out|notice period|five years|three years",
    ),
    (
        Cue::Asks,
        "how much|what does it cost|what's it cost|what does that cost|what would that cost|what's the price|the price|per user|per month|does it|can it|do you have|can you|could it|will it|would it|what happens|how does|how do you|how long does it|is it possible|price list|pricing|what do you charge|what's that run|how many",
    ),
    (
        Cue::Agrees,
        "let's|let us|deal|works for me|works|that's good|send me|send it|come by|come to|come over|i'll be there|monday|tuesday|wednesday|thursday|friday|at ten|in the morning|see you|call me|book it|set it up|i'll send|put me down|schedule|i'll bring|is fine|is good|at nine|at eleven|at two|o'clock",
    ),
    (
        Cue::Declines,
        "no thanks|no thank you|not interested|don't bother|no need|no demo|i'll call you|we'll call you|i know where you are|don't call|nope|not now|leave it|rather not|let's not|nothing for now|i'd rather",
    ),
    (
        Cue::MayContact,
        "yes you can|you can email|you can write|you can call|email me|write to me|write me|go ahead|yes please|yes sure|sure|use it|that's fine|of course|no problem|you may|yes you may|feel free|by all means|call me|text me|the badge|my email|my card|that one's fine|at _ dot|dot com|dot co|that's okay|it's okay|can use|scan it|scan me|scan away",
    ),
    (
        Cue::NoContact,
        "no email*|no newsletter*|don't email|don't write|don't call|don't contact|please don't|no calls|not want any|do not want|take me off|no marketing|rather not|don't scan|no scan|no mail*|don't send|no contact|i'll contact you|leave me out|get enough|don't put me|we'll find you|not on any list",
    ),
    (
        Cue::AsksContact,
        "may we|may i|can we|can i|could we|could i|is it ok*|is it all right|alright if|okay if|all right if|contact you|email you|write to you|write you|call you|send you|scan your|scan you|reach you|stay in touch|best way to|your email|your badge|keep in touch|get in touch|newsletter|on this address|the address",
    ),
    (
        Cue::AsksMoney,
        "budget|money|how much|figure|spend|fund*|pot|number in|amount|put aside|set aside|price range|sum|cost you|afford",
    ),
    (
        Cue::AsksWho,
        "who decides|who signs|who makes|who else|your decision|decide|deciding|sign off|signs|signing|the one who|final decision|is it you|is that you|do you choose|up to you|the call|the say|buys|approve",
    ),
    (
        Cue::AsksWhen,
        "when|how soon|by when|deadline|date|timeline|timing|time frame|until when|how long is|contract|renew*|what time|the clock",
    ),
    (
        Cue::AsksTool,
        "what do you use|what are you using|how do you _ today|which system|which tool|what have you got|at the moment|today|currently|now|how do you|what's doing|how are you|what's in there",
    ),
    (
        Cue::AsksPain,
        "what's the problem|what brings|what's wrong|what hurts|where does it|what goes wrong|challenge*|pain|what's bugging|trouble|what's missing|what would you change|how bad",
    ),
    (
        Cue::Proposes,
        "demo|call|visit|meeting|quote|offer|sample|trial|pilot|come by|set up|schedule|shall we|shall i|would you like|want me to|should i|should we|can i send|let me|i'll send|i can send|how about|what about|next week",
    ),
    (
        Cue::RepVoice,
        "our system|our product|our software|we offer|with us you|welcome to|nice to meet you|what brings you|would you like|may i|can i scan|do you have a|our customers|starts at|i'll send you|i will send you|let me show|we can do|thanks for stopping|enjoy the|we do|it's per|i can send you|which company are you|what do you do|where are you from|are you with",
    ),
    (
        Cue::VisitorVoice,
        "i am the|i'm the|we use|we have|our trucks|our team|we are a|my boss|i work|for us|we need|we lose|i need|my name is|our it|our plant",
    ),
    (
        Cue::NoBuyer,
        "student|students|looking for a job|job|hiring|intern|thesis|free stuff|t shirt*|tote|tote bag*|pens|raffle|swag|giveaway*|just here for|not buying anything|retired|we sell|we're a supplier|our agency|recruit*|my cv|career*|press|journalist|wrong booth|wrong hall|toilet*|the restroom*|keynote|freelance*|partner program|our services|competitor",
    ),
    (
        Cue::Correction,
        "no sorry|sorry|no wait|wait|i mean|they moved it|they've moved|tell a lie|what am i saying|rather|actually|now it's|no it's",
    ),
    (
        Cue::Hypothetical,
        "suppose|let's say|if we had|if i had|imagine|in theory|would be nice|hypothetic*|say we|if we were|one day",
    ),
    (
        Cue::Former,
        "used to|back then|my last job|my old|former|previous*|at my last|before i|used to work|i was at|years ago|till they|no longer|not any more|anymore|solved|fixed that|sorted",
    ),
];

/// The phrases, split once.
pub struct Cues {
    phrases: Vec<(Cue, Vec<&'static str>)>,
    /// Places of phrases, in order, by their first word.
    by_first: HashMap<&'static str, Vec<usize>>,
    /// Places of phrases that begin with a stem or with any word.
    open: Vec<usize>,
}

impl Default for Cues {
    fn default() -> Self {
        let phrases: Vec<(Cue, Vec<&'static str>)> = PHRASES
            .iter()
            .flat_map(|(cue, list)| {
                list.split('|')
                    .map(|phrase| (*cue, phrase.split(' ').collect()))
            })
            .collect();
        let (mut by_first, mut open) = (HashMap::<_, Vec<usize>>::new(), Vec::new());
        for (place, (_, phrase)) in phrases.iter().enumerate() {
            match phrase.first() {
                Some(first) if *first != "_" && !first.ends_with('*') => {
                    by_first.entry(*first).or_default().push(place);
                }
                _ => open.push(place),
            }
        }
        Self {
            phrases,
            by_first,
            open,
        }
    }
}

impl Cues {
    /// The cues of a sentence, each once, in order.
    pub fn of(&self, sentence: &Sentence) -> Vec<Cue> {
        let texts = sentence.texts();
        let mut found: Vec<usize> = Vec::new();
        for at in 0..texts.len() {
            let begun = self.by_first.get(texts[at]).into_iter().flatten();
            let fits = |place: &&usize| begins(&texts[at..], &self.phrases[**place].1);
            found.extend(begun.chain(&self.open).filter(fits));
        }
        found.sort_unstable();
        let mut cues: Vec<Cue> = found
            .into_iter()
            .map(|place| self.phrases[place].0)
            .collect();
        cues.dedup();
        cues
    }
}

fn begins(texts: &[&str], phrase: &[&str]) -> bool {
    texts.len() >= phrase.len()
        && texts
            .iter()
            .zip(phrase)
            .all(|(word, want)| match want.strip_suffix('*') {
                Some(stem) => word.starts_with(stem),
                None => *want == "_" || word == want,
            })
}
