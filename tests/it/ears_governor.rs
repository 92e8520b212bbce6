//! The recogniser's threads: all of them, one while the laptop is busy, all again a minute later; and what a pace is worth.

use std::time::Duration;

use boothside::ears::governor::Governor;
use boothside::ears::pace::Pace;

/// Decodes clips of three seconds: each row is when (s), how long it took (ms), and the threads used next.
fn check(most: usize, rows: &[(u64, u64, usize)]) {
    let mut governor = Governor::new(most);
    for (at, took, threads) in rows {
        let clip = Duration::from_secs(3);
        let next = governor.decoded(clip, Duration::from_millis(*took), Duration::from_secs(*at));
        assert_eq!(next, *threads, "at {at} s of {rows:?}");
    }
}

#[test]
fn three_slow_decodings_in_a_row_leave_one_thread_for_a_minute() {
    check(
        3,
        &[
            (1, 100, 3),
            (2, 110, 3),
            (3, 300, 3),
            (4, 310, 3),
            (5, 290, 1),
            (30, 500, 1),
            (64, 500, 1),
            (65, 400, 3),
            (66, 100, 3),
        ],
    );
}

#[test]
fn a_slow_decoding_now_and_then_changes_nothing() {
    check(
        2,
        &[
            (1, 100, 2),
            (2, 400, 2),
            (3, 400, 2),
            (4, 120, 2),
            (5, 400, 2),
            (6, 400, 2),
            (7, 150, 2),
        ],
    );
}

#[test]
fn one_thread_stays_one_thread() {
    check(
        1,
        &[
            (1, 100, 1),
            (2, 900, 1),
            (3, 900, 1),
            (4, 900, 1),
            (5, 900, 1),
        ],
    );
}

#[test]
fn a_pace_says_how_many_lanes_fit() {
    let words = |real_time| {
        Pace {
            real_time,
            load_s: 0.1,
        }
        .words()
    };
    assert_eq!(words(0.3), "0.30x real time on this laptop, 2 lanes fit");
    assert_eq!(words(0.5), "0.50x real time on this laptop, 1 lane fits");
    assert_eq!(
        words(1.4),
        "1.40x real time on this laptop, too slow to keep up"
    );
}
