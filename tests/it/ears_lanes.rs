//! Whole lanes: recordings through feeder, ring, listener, schedule and recogniser, with recognisers of all tempers.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use boothside::ears::guard::Reason;
use boothside::ears::recognize::{Effort, Failure, Hearing, Load, Recogniser};
use boothside::ears::{Ears, Heard, LaneSpec, LaneState, Model, Options, Source};

const MODEL: &[u8] = include_bytes!("../../assets/models/ggml-demo.en.bin");
const SWAG: &[u8] = include_bytes!("../../assets/demo/talks/swag_hunter.wav");
const NORTHWIND: &[u8] = include_bytes!("../../assets/demo/talks/hot_lead_northwind.wav");
/// Speech of the swag hunter's talk comes in so many utterances.
const SWAG_UTTERANCES: usize = 17;

fn lane(name: &str, source: Source) -> LaneSpec {
    LaneSpec {
        name: name.to_owned(),
        source,
        channel: None,
    }
}

/// Ears under test, and everything they said so far.
struct Booth {
    ears: Option<Ears>,
    inbox: Receiver<Heard>,
    heard: Vec<Heard>,
}

impl Booth {
    fn new(lanes: Vec<LaneSpec>, options: Options) -> Booth {
        let (outbox, inbox) = mpsc::channel();
        let ears = Ears::start(lanes, options, move |heard| drop(outbox.send(heard)));
        Booth {
            ears: Some(ears),
            inbox,
            heard: Vec::new(),
        }
    }

    fn with(lanes: Vec<LaneSpec>, speed: f32, recogniser: impl Recogniser + 'static) -> Booth {
        let (outbox, inbox) = mpsc::channel();
        let load = once(recogniser);
        let ears = Ears::start_with(lanes, speed, Some(load), move |heard| {
            drop(outbox.send(heard));
        });
        Booth {
            ears: Some(ears),
            inbox,
            heard: Vec::new(),
        }
    }

    /// Listens until `done` holds of all that was heard.
    fn until(&mut self, what: &str, done: impl Fn(&[Heard]) -> bool) {
        let limit = Instant::now() + Duration::from_secs(60);
        while !done(&self.heard) {
            match self
                .inbox
                .recv_timeout(limit.saturating_duration_since(Instant::now()))
            {
                Ok(heard) => self.heard.push(heard),
                Err(_) => panic!("waited for {what}; heard so far: {:#?}", self.told()),
            }
        }
    }

    /// Ends the ears and takes in what they still say.
    fn stop(&mut self) {
        self.ears.take().unwrap().stop();
        self.heard.extend(self.inbox.try_iter());
    }

    fn told(&self) -> Vec<&Heard> {
        self.heard
            .iter()
            .filter(|heard| !matches!(heard, Heard::Level { .. }))
            .collect()
    }

    fn texts(&self, of: usize) -> Vec<&str> {
        let text = |heard| {
            if let &Heard::Final { lane, ref text, .. } = heard {
                (lane == of).then_some(text.as_str())
            } else {
                None
            }
        };
        self.heard.iter().filter_map(text).collect()
    }
}

fn ended(of: usize) -> impl Fn(&[Heard]) -> bool {
    move |heard| {
        heard.contains(&Heard::Lane {
            lane: of,
            state: LaneState::Ended,
        })
    }
}

fn finals(count: usize) -> impl Fn(&[Heard]) -> bool {
    move |heard| {
        heard
            .iter()
            .filter(|heard| matches!(heard, Heard::Final { .. }))
            .count()
            >= count
    }
}

fn trouble(heard: &[Heard]) -> Option<&str> {
    heard.iter().find_map(|heard| {
        if let Heard::Trouble(sentence) = heard {
            Some(sentence.as_str())
        } else {
            None
        }
    })
}

/// Loads this recogniser, and none where another is asked for.
fn once(recogniser: impl Recogniser + 'static) -> Load {
    let mut recogniser = Some(Box::new(recogniser) as Box<dyn Recogniser>);
    Box::new(move || {
        recogniser
            .take()
            .ok_or_else(|| "there is no other".to_owned())
    })
}

/// A recogniser that does what the test says; it notes the length of what it was given for finals, in milliseconds.
struct Puppet<F> {
    act: F,
    finals: Arc<Mutex<Vec<usize>>>,
}

impl<F> Puppet<F> {
    fn new(act: F) -> Puppet<F> {
        Puppet {
            act,
            finals: Arc::default(),
        }
    }
}

impl<F: FnMut(Effort, &AtomicBool) -> Result<String, Failure> + Send> Recogniser for Puppet<F> {
    fn hear(
        &mut self,
        audio: &[f32],
        effort: Effort,
        stop: &Arc<AtomicBool>,
    ) -> Result<Hearing, Failure> {
        let text = (self.act)(effort, stop)?;
        if effort == Effort::Final {
            self.finals.lock().unwrap().push(audio.len() / 16);
        }
        Ok(Hearing {
            tokens: 2,
            text,
            mean_log: -0.1,
            no_speech: Some(0.0),
            ..Hearing::default()
        })
    }
}

#[test]
fn three_lanes_at_once_say_what_was_said() {
    let lanes = vec![
        lane("counter", Source::Memory(NORTHWIND)),
        lane("swag", Source::Memory(SWAG)),
        lane("deaf", Source::File(PathBuf::from("/no/such/talk.wav"))),
    ];
    let mut booth = Booth::new(
        lanes,
        Options {
            model: Model::Embedded(MODEL),
            speed: 6.0,
            threads: Some(1),
        },
    );
    booth.until("both talks to end", |heard| {
        ended(0)(heard) && ended(1)(heard)
    });
    booth.stop();
    let (counter, swag) = (booth.texts(0).join(" "), booth.texts(1).join(" "));
    assert!(
        counter.contains("head of operations at Northwind Freight"),
        "{counter}"
    );
    assert!(counter.ends_with("Thank you for your time."), "{counter}");
    assert!(swag.contains("I am only here for the free stuff"), "{swag}");
    let sentence = booth.heard.iter().find_map(|heard| match heard {
        Heard::Lane {
            lane: 2,
            state: LaneState::Failed(sentence),
        } => Some(sentence.as_str()),
        _ => None,
    });
    assert!(
        sentence.is_some_and(|sentence| sentence.contains("check the path")),
        "{sentence:?}"
    );
}

#[test]
fn captions_settle_and_never_go_back() {
    let lanes = vec![lane("counter", Source::Memory(NORTHWIND))];
    let mut booth = Booth::new(
        lanes,
        Options {
            model: Model::Embedded(MODEL),
            speed: 2.0,
            threads: Some(1),
        },
    );
    booth.until("six utterances", finals(6));
    booth.stop();
    let mut settled_now = String::new();
    let mut grown = 0;
    for heard in &booth.heard {
        if let Heard::Partial {
            settled, tentative, ..
        } = heard
        {
            let cleared = settled.is_empty() && tentative.is_empty();
            assert!(
                cleared || settled.starts_with(&settled_now),
                "{settled_now:?} became {settled:?}"
            );
            grown += usize::from(settled.len() > settled_now.len());
            settled_now = if cleared {
                String::new()
            } else {
                settled.clone()
            };
        } else if let Heard::Final { text, .. } = heard {
            assert_eq!(
                settled_now, "",
                "the caption was still there when {text:?} was final"
            );
        }
    }
    assert!(
        grown >= 6,
        "captions grew only {grown} times: {:#?}",
        booth.told()
    );
}

#[test]
fn a_talk_can_be_played_again() {
    let mut booth = Booth::with(
        vec![lane("swag", Source::Memory(SWAG))],
        200.0,
        Puppet::new(|_, _: &AtomicBool| Ok("Hello.".into())),
    );
    booth.until("the talk to end", ended(0));
    booth.ears.as_ref().unwrap().replay();
    booth.until("the second end", |heard| {
        heard
            .iter()
            .filter(|heard| {
                matches!(
                    heard,
                    Heard::Lane {
                        state: LaneState::Ended,
                        ..
                    }
                )
            })
            .count()
            == 2
    });
    booth.stop();
    assert_eq!(booth.texts(0).len(), 2 * SWAG_UTTERANCES);
}

#[test]
fn off_the_record_means_no_words_at_all() {
    let swag = || vec![lane("swag", Source::Memory(SWAG))];
    let mut booth = Booth::with(
        swag(),
        20.0,
        Puppet::new(|_, _: &AtomicBool| Ok("Secret.".into())),
    );
    booth.ears.as_ref().unwrap().off_record(0, true);
    booth.until("the talk to end", ended(0));
    booth.stop();
    assert_eq!(booth.texts(0), Vec::<&str>::new());
    let worded = |heard: &Heard| matches!(heard, Heard::Partial { settled, tentative, .. } if !(settled.is_empty() && tentative.is_empty()));
    assert!(!booth.heard.iter().any(worded), "{:#?}", booth.told());
    let off = |heard: &Heard| {
        if let Heard::OffRecord { ms, .. } = heard {
            Some(*ms)
        } else {
            None
        }
    };
    let spoken: u64 = booth.heard.iter().filter_map(off).sum();
    assert!(
        (35_000..60_000).contains(&spoken),
        "{spoken} ms of speech; the talk has about 45 s"
    );
}

#[test]
fn what_is_being_decoded_is_struck_when_a_lane_goes_off_the_record() {
    let (started, starts) = mpsc::channel();
    let puppet = Puppet::new(move |effort, stop: &AtomicBool| {
        let _ = started.send(effort);
        while !stop.load(Ordering::Acquire) {
            std::thread::yield_now();
        }
        // A recogniser that was asked to stop may be done all the same.
        Ok("Secret.".into())
    });
    let mut booth = Booth::with(vec![lane("swag", Source::Memory(SWAG))], 100.0, puppet);
    starts
        .recv_timeout(Duration::from_secs(20))
        .expect("something to decode");
    booth.until("the talk to end", ended(0));
    booth.ears.as_ref().unwrap().off_record(0, true);
    booth.stop();
    assert_eq!(booth.texts(0), Vec::<&str>::new());
}

/// Speech that waits for its text when the key is pressed: what is older than the strike still gets it, the rest never.
#[test]
fn only_the_last_moments_are_struck_from_a_long_queue() {
    let (go, gate) = mpsc::channel::<()>();
    let puppet = Puppet::new(move |effort, _: &AtomicBool| {
        if effort == Effort::Final {
            // Opens for good when the other end is dropped.
            let _ = gate.recv();
        }
        Ok("Well.".into())
    });
    let (outbox, inbox) = mpsc::channel();
    let load = once(puppet);
    let lanes = vec![lane("swag", Source::Memory(SWAG))];
    let mut ears = Ears::start_with(lanes, 20.0, Some(load), move |heard| {
        drop(outbox.send(heard));
    });
    ears.strike_after(Duration::from_millis(1500));
    let mut booth = Booth {
        ears: Some(ears),
        inbox,
        heard: Vec::new(),
    };
    // The talk of some 75 s takes 4 s here; nothing is decoded meanwhile.
    booth.until("the talk to end", ended(0));
    booth.ears.as_ref().unwrap().off_record(0, true);
    drop(go);
    booth.stop();
    let texts = booth.texts(0).len();
    assert!(
        (1..SWAG_UTTERANCES).contains(&texts),
        "{texts} texts of {SWAG_UTTERANCES}"
    );
}

#[test]
fn a_slow_recogniser_loses_no_speech_and_says_how_far_behind_it_is() {
    let puppet = Puppet::new(|effort, _: &AtomicBool| {
        if effort == Effort::Final {
            std::thread::sleep(Duration::from_millis(250));
        }
        Ok("Well.".into())
    });
    let lengths = Arc::clone(&puppet.finals);
    let mut booth = Booth::with(vec![lane("swag", Source::Memory(SWAG))], 400.0, puppet);
    booth.until("every utterance", finals(SWAG_UTTERANCES));
    booth.until("the word that it has caught up", |heard| {
        heard.contains(&Heard::Backlog {
            pending: 0,
            behind_ms: 0,
        })
    });
    booth.stop();
    let most = |heard: &Heard| {
        if let Heard::Backlog { pending, .. } = heard {
            *pending
        } else {
            0
        }
    };
    assert!(
        booth.heard.iter().map(most).max().unwrap() > 3,
        "{:#?}",
        booth.told()
    );
    let ms: usize = lengths.lock().unwrap().iter().sum();
    assert!(
        (45_000..66_000).contains(&ms),
        "{ms} ms were decoded of a talk of 69 s with about 50 s of speech"
    );
}

#[test]
fn a_failing_recogniser_is_told_once() {
    let puppet = Puppet::new(|_, _: &AtomicBool| Err(Failure::Broken("out of memory".into())));
    let mut booth = Booth::with(vec![lane("swag", Source::Memory(SWAG))], 200.0, puppet);
    booth.until("the talk to end", ended(0));
    booth.stop();
    let told = booth
        .heard
        .iter()
        .filter(|heard| matches!(heard, Heard::Trouble(_)))
        .count();
    assert!((1..=2).contains(&told), "{:#?}", booth.told());
    assert!(
        trouble(&booth.heard)
            .unwrap()
            .contains("boothside model check")
    );
}

#[test]
fn nonsense_is_not_shown_as_text() {
    for nonsense in ["", "[Music]", "♪♪♪", "(noise)"] {
        let puppet = Puppet::new(move |_, _: &AtomicBool| Ok(nonsense.into()));
        let mut booth = Booth::with(vec![lane("swag", Source::Memory(SWAG))], 400.0, puppet);
        booth.until("the talk to end", ended(0));
        booth.stop();
        assert_eq!(booth.texts(0), Vec::<&str>::new(), "{nonsense:?}");
    }
}

#[test]
fn a_hanging_recogniser_does_not_keep_anybody_from_going_home() {
    let puppet = Puppet::new(|_, _: &AtomicBool| {
        std::thread::park_timeout(Duration::from_secs(3600));
        Ok(String::new())
    });
    let mut booth = Booth::with(vec![lane("swag", Source::Memory(SWAG))], 200.0, puppet);
    booth.until("the talk to end", ended(0));
    let began = Instant::now();
    booth.stop();
    assert!(
        began.elapsed() < Duration::from_secs(5),
        "took {:?}",
        began.elapsed()
    );
}

#[test]
fn stopping_in_the_middle_of_a_sentence_keeps_it() {
    let puppet = Puppet::new(|effort, _: &AtomicBool| Ok(format!("{effort:?}.")));
    let mut booth = Booth::with(vec![lane("swag", Source::Memory(SWAG))], 4.0, puppet);
    booth.until("a caption", |heard| {
        heard
            .iter()
            .any(|heard| matches!(heard, Heard::Partial { .. }))
    });
    let before = booth.texts(0).len();
    booth.stop();
    assert_eq!(booth.texts(0).len(), before + 1, "{:#?}", booth.told());
}

#[test]
fn without_a_model_meters_work_and_the_remedy_is_named() {
    let broken = Model::Path(PathBuf::from("/no/such/model.bin"));
    let options = Options {
        model: broken,
        speed: 50.0,
        threads: None,
    };
    let mut booth = Booth::new(vec![lane("swag", Source::Memory(SWAG))], options);
    booth.until("the talk to end", ended(0));
    booth.stop();
    assert!(
        trouble(&booth.heard)
            .unwrap()
            .contains("boothside model get"),
        "{:?}",
        trouble(&booth.heard)
    );
    let speech = booth.heard.iter().any(
        |heard| matches!(heard, Heard::Level { speech: true, rms_dbfs, .. } if *rms_dbfs > -40.0),
    );
    assert!(
        speech,
        "no level with speech among {} things heard",
        booth.heard.len()
    );
}

#[test]
fn a_hanging_recogniser_is_started_again_and_no_word_is_lost() {
    let finals_heard = Arc::new(AtomicUsize::new(0));
    let heard = Arc::clone(&finals_heard);
    // The third final of the first recogniser never comes back.
    let mut loads = 0;
    let load: Load = Box::new(move || {
        loads += 1;
        let (hangs, heard) = (loads == 1, Arc::clone(&heard));
        Ok(Box::new(Puppet::new(move |effort, _: &AtomicBool| {
            if effort == Effort::Final && heard.fetch_add(1, Ordering::AcqRel) == 2 && hangs {
                loop {
                    std::thread::park();
                }
            }
            Ok("Well.".into())
        })))
    });
    let (outbox, inbox) = mpsc::channel();
    let lanes = vec![lane("swag", Source::Memory(SWAG))];
    let patience = Duration::from_millis(400);
    let ears = Ears::start_patient(lanes, 400.0, Some(load), patience, move |heard| {
        drop(outbox.send(heard));
    });
    let mut booth = Booth {
        ears: Some(ears),
        inbox,
        heard: Vec::new(),
    };
    booth.until("every utterance", finals(SWAG_UTTERANCES));
    booth.stop();
    assert_eq!(
        booth.texts(0).len(),
        SWAG_UTTERANCES,
        "none lost, none twice"
    );
    let told = trouble(&booth.heard).unwrap();
    assert!(told.contains("is started again"), "{told}");
}

#[test]
fn a_recogniser_that_breaks_is_loaded_again_before_words_are_given_up() {
    let mut loads = 0;
    let load: Load = Box::new(move || {
        loads += 1;
        let broken = loads == 1;
        Ok(Box::new(Puppet::new(move |_, _: &AtomicBool| {
            if broken {
                return Err(Failure::Broken("out of memory".into()));
            }
            Ok("Well.".into())
        })))
    });
    let (outbox, inbox) = mpsc::channel();
    let lanes = vec![lane("swag", Source::Memory(SWAG))];
    let ears = Ears::start_with(lanes, 400.0, Some(load), move |heard| {
        drop(outbox.send(heard));
    });
    let mut booth = Booth {
        ears: Some(ears),
        inbox,
        heard: Vec::new(),
    };
    booth.until("every utterance", finals(SWAG_UTTERANCES));
    booth.stop();
    assert_eq!(booth.texts(0).len(), SWAG_UTTERANCES);
}

#[test]
fn what_is_dropped_is_counted_with_its_reason() {
    let puppet = Puppet::new(|_, _: &AtomicBool| Ok("[Music]".into()));
    let mut booth = Booth::with(vec![lane("swag", Source::Memory(SWAG))], 400.0, puppet);
    booth.until("the talk to end", ended(0));
    booth.stop();
    let dropped = |heard: &&Heard| matches!(heard, Heard::Dropped { lane: 0, ms, reason: Reason::NoWords } if *ms > 100);
    assert_eq!(booth.heard.iter().filter(dropped).count(), SWAG_UTTERANCES);
}
