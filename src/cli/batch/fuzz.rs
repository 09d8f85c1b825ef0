//! Files of every kind of nonsense: each row gets its line, and no good row suffers for a bad one.

use super::super::progress::Progress;
use super::{Failure, compute};
use crate::domain::calendar::{SAME_DAY_CUTOFF, WorkingCalendar};
use crate::domain::deadline::due_at;
use crate::domain::limit::Limit;
use crate::domain::office_hours::OfficeHours;
use crate::domain::time::{parse_instant, rfc3339};
use crate::fuzz::{Dice, HOSTILE};

const HEADER: &[u8] = b"id,received,limit_value,limit_unit,pauses,restarted_at";
const RECEIVED: &[&str] = &["2026-11-20 08:00", "2026-11-23T15:00:00+07:00", "2025-12-31T23:59", "2024-02-29T01:00Z"];
const VALUES: &[&str] = &["1", "5", "30", "300"];
const UNITS: &[&str] = &["working_day", "calendar_day", "month", "working_hour", "hour"];

fn calendar() -> WorkingCalendar {
    WorkingCalendar::new(1, &[], &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap()
}

/// The lines of the answer without its header; every one of three cells, with a date or a reason.
fn answer(file: &[u8], calendar: &WorkingCalendar) -> Result<Vec<(Vec<u8>, String)>, Failure> {
    let mut out = Vec::new();
    compute(file, calendar, &mut out, &Progress::counting(""), |rows, _| rows)?;
    let mut lines = Vec::new();
    for line in csv::ReaderBuilder::new().from_reader(&out[..]).byte_records() {
        let line = line.expect("what is written can be read");
        let text = |cell: usize| std::str::from_utf8(&line[cell]).unwrap().to_owned();
        let (due, error) = (text(1), text(2));
        assert!(due.is_empty() != error.is_empty(), "{due} {error}");
        assert!(due.is_empty() || parse_instant(&due).is_some(), "{due}");
        lines.push((line[0].to_vec(), due));
    }
    Ok(lines)
}

fn cell(text: &[u8], file: &mut Vec<u8>) {
    let quoted = text.iter().any(|byte| b"\",\r\n".contains(byte));
    if quoted {
        file.push(b'"');
    }
    for byte in text {
        file.extend(std::iter::repeat_n(*byte, if *byte == b'"' { 2 } else { 1 }));
    }
    if quoted {
        file.push(b'"');
    }
}

fn id(row: usize, dice: &mut Dice) -> Vec<u8> {
    let mut id = format!("{row}").into_bytes();
    match dice.below(10) {
        0 => id.extend(b"\"quoted\""),
        1 => id.extend(b", with, commas"),
        2 => id.extend(b"\nand\r\nlines\n"),
        3 => id.extend(b"\0\xff\xfe\xc3"),
        4 => id.extend(" Nguyễn Thị Mận ".bytes()),
        5 => id.resize(2_000, b'x'),
        6 => id.splice(0..0, *b"=cmd()+").for_each(drop),
        _ => {}
    }
    id
}

/// A good row; its date.
fn good(calendar: &WorkingCalendar, dice: &mut Dice, file: &mut Vec<u8>) -> String {
    let (received, value, unit) = (dice.pick(RECEIVED), dice.pick(VALUES), dice.pick(UNITS));
    file.extend(format!(",{received},{value},{unit},,").bytes());
    let limit: Limit = format!("{value} {unit}").parse().unwrap();
    rfc3339(due_at(parse_instant(received).unwrap(), None, &limit, &[], calendar).unwrap())
}

/// A row in which something is hostile; more, fewer or odd cells.
fn odd(dice: &mut Dice, file: &mut Vec<u8>) {
    for pool in [RECEIVED, VALUES, UNITS, HOSTILE, HOSTILE] {
        if dice.once_in(12) {
            return;
        }
        file.push(b',');
        let pool = if dice.once_in(3) { HOSTILE } else { pool };
        let text = dice.pick(pool).as_bytes().to_vec();
        let text = if dice.once_in(6) { dice.mutated(&text, 4) } else { text };
        let huge = if dice.once_in(60) { 1_000 } else { 1 };
        cell(&text.repeat(huge), file);
    }
}

#[test]
fn every_row_gets_its_line_in_order_with_its_id_among_any_neighbours() {
    let calendar = calendar();
    let mut dates = 0;
    for seed in 0..120 {
        let dice = &mut Dice::new(seed);
        let mut file = if dice.once_in(2) { b"\xef\xbb\xbf".to_vec() } else { Vec::new() };
        let end: &[u8] = if dice.once_in(2) { b"\r\n" } else { b"\n" };
        file.extend(HEADER);
        file.extend(end);
        let mut expected = Vec::new();
        for row in 0..200 {
            let kind = dice.below(20);
            let id = if kind == 0 { format!("{row}").into_bytes() } else { id(row, dice) };
            cell(&id, &mut file);
            let due = match kind {
                // A quotation mark that is never closed, then one that is closed too early.
                0 => {
                    file.extend(dice.pick(&[",\"2026-11-20 08:00,1,month", ",2026-11-20,\"", ",\"\"\"\","]).bytes());
                    file.extend(end);
                    expected.push((id, Some(String::new())));
                    file.extend(format!("{row}b,\"2026\"x,1,month,,").bytes());
                    expected.push((format!("{row}b").into_bytes(), Some(String::new())));
                    file.extend(end);
                    continue;
                }
                1..=9 => Some(good(&calendar, dice, &mut file)),
                _ => {
                    odd(dice, &mut file);
                    None
                }
            };
            expected.push((id, due));
            file.extend(end);
        }
        let got = answer(&file, &calendar).unwrap_or_else(|failure| panic!("{seed}: {failure:?}"));
        assert_eq!(got.len(), expected.len(), "{seed}");
        for ((id, due), (expected_id, expected_due)) in got.into_iter().zip(expected) {
            assert_eq!(String::from_utf8_lossy(&id), String::from_utf8_lossy(&expected_id), "{seed}");
            dates += usize::from(!due.is_empty());
            if let Some(expected_due) = expected_due {
                assert_eq!(due, expected_due, "{seed}: {}", String::from_utf8_lossy(&id));
            }
        }
    }
    assert!(dates > 10_000, "only {dates} dates: the good rows are gone");
}

#[test]
fn a_spoilt_line_changes_no_other_line() {
    let calendar = calendar();
    let mut rows: Vec<Vec<u8>> = Vec::new();
    let dice = &mut Dice::new(1);
    for row in 0..12 {
        let mut line = format!("r{row}").into_bytes();
        good(&calendar, dice, &mut line);
        rows.push(line);
    }
    let joined = |rows: &[Vec<u8>]| [&[HEADER.to_vec()], rows].concat().join(&b'\n');
    let sound = answer(&joined(&rows), &calendar).unwrap();
    for _ in 0..4_000 {
        let spoilt = dice.below(rows.len());
        let mut changed = rows.clone();
        changed[spoilt] = dice.mutated(&rows[spoilt], 12);
        changed[spoilt].retain(|byte| *byte != b'\n');
        // An empty line is no row.
        changed[spoilt].insert(0, b'#');
        let file = joined(&changed);
        let got = answer(&file, &calendar).unwrap();
        assert_eq!(got.len(), rows.len(), "{}", String::from_utf8_lossy(&file));
        for (row, line) in got.iter().enumerate().filter(|(row, _)| *row != spoilt) {
            assert_eq!(line, &sound[row], "{}", String::from_utf8_lossy(&file));
        }
    }
}

#[test]
fn any_bytes_are_answered_or_refused() {
    let calendar = calendar();
    let dice = &mut Dice::new(2);
    let seed =
        [HEADER, b"\na,2026-11-20 08:00,1,working_day,2026-11-20T09:00/2026-11-23T09:00;,2026-11-24T08:00\n"].concat();
    let mut answered = 0;
    for _ in 0..15_000 {
        let file = match dice.below(3) {
            0 => dice.bytes(300),
            1 => [HEADER, b"\n", &dice.bytes(300)].concat(),
            _ => dice.mutated(&seed, 20),
        };
        match answer(&file, &calendar) {
            Ok(_) => answered += 1,
            Err(Failure::Refused { lines, .. }) => assert!(!lines.concat().is_empty()),
            Err(other) => panic!("{other:?}"),
        }
    }
    assert!(answered > 5_000, "only {answered} files had a header");
}
