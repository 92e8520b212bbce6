//! Waiting at a sound bridge, by a simulated server that delivers in pieces and a thread that spins between them.

use std::time::Duration;

use boothside::ears::bridge::Bridge;

const SECOND: u64 = 1_000_000;

/// Every so many asks come a millisecond late.
const HELD_UP: u64 = 20;

/// What a stream came to.
struct Run {
    /// Share of its time the thread spun, in the second half, in percent.
    spun: f64,
    /// The most sound that ever waited behind a buffer, in buffers.
    backlog: f64,
    /// How long it slept in all, µs.
    slept: u64,
}

/// Thirty seconds of a stream, in µs: `piece` µs of sound arrive every `every` µs, buffers hold `buffer` µs. A thread
/// that asks while less than a buffer is there spins if `bridge`, else waits for free.
fn run(buffer: u64, piece: u64, every: u64, bridge: bool) -> Run {
    let length = 30 * SECOND;
    let mut pace = Bridge::new(Duration::from_micros(buffer));
    let (mut now, mut burned, mut taken) = (0, 0, 0);
    let mut run = Run {
        spun: 0.0,
        backlog: 0.0,
        slept: 0,
    };
    let arrived = |at: u64| at / every * piece;
    let (mut half, mut asks) = (0, 0_u64);
    while now < length {
        let full = (taken + buffer).div_ceil(piece) * every;
        // A sleep of any thread may overshoot; asking and copying take a while.
        let waited = full.saturating_sub(now);
        now = now.max(full) + 60;
        burned += 60 + if bridge { waited } else { 0 };
        run.backlog = run
            .backlog
            .max(arrived(now).saturating_sub(taken) as f64 / buffer as f64);
        taken += buffer;
        if now < length / 2 {
            half = burned;
        }
        let sleep = pace.taken(Duration::from_micros(now), Duration::from_micros(burned));
        if !sleep.is_zero() {
            let sleep = sleep.as_micros() as u64 + 80;
            now += sleep;
            run.slept += sleep;
            // Other work holds the thread up: it burns nothing meanwhile.
            asks += 1;
            now += if asks % HELD_UP == 0 { 1_000 } else { 0 };
        }
    }
    run.spun = 100.0 * (burned - half) as f64 / (length / 2) as f64;
    run
}

#[test]
fn a_bridge_that_spins_is_waited_out_and_nothing_overflows() {
    // As measured: 5 ms pieces for 13.3 ms buffers; and others.
    for (buffer, piece) in [
        (13_333, 5_000),
        (20_000, 13_333),
        (20_000, 7_000),
        (10_000, 9_977),
    ] {
        let run = run(buffer, piece, piece, true);
        assert!(
            run.spun < 1.0,
            "{buffer}/{piece}: spins {:.1} % of the time",
            run.spun
        );
        assert!(
            run.backlog < 2.0,
            "{buffer}/{piece}: {:.2} buffers waited",
            run.backlog
        );
    }
}

#[test]
fn a_server_whose_clock_is_another_is_followed() {
    // 0.1 % faster and slower than ours: far more than quartz drifts.
    for every in [4_995, 5_005] {
        let run = run(20_000, 5_000, every, true);
        assert!(run.spun < 1.0, "{every}: spins {:.1} %", run.spun);
        assert!(
            run.backlog < 2.0,
            "{every}: {:.2} buffers waited",
            run.backlog
        );
    }
}

#[test]
fn hardware_that_wakes_us_in_time_is_never_waited_for() {
    assert_eq!(run(20_000, 20_000, 20_000, false).slept, 0);
    assert_eq!(run(20_000, 7_000, 7_000, false).slept, 0);
    // Small buffers cost 2.2 % of a core honestly.
    assert_eq!(run(2_667, 2_667, 2_667, false).slept, 0);
}

#[test]
fn a_laptop_that_slept_takes_up_a_new_rhythm() {
    let mut pace = Bridge::new(Duration::from_millis(20));
    let ms = Duration::from_millis;
    for at in 0..60 {
        pace.taken(ms(20 * at), ms(10 * at));
    }
    // Asleep for an hour, then buffers as before: no sleep is ever longer than two buffers.
    let mut now = ms(3_600_000);
    for _ in 0..200 {
        let sleep = pace.taken(now, ms(1_000));
        assert!(sleep <= ms(40), "{sleep:?}");
        now += sleep + ms(1);
    }
}
