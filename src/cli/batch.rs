//! `deadline --batch`: a file of any length in, a line for each of its rows out, in the same order.
//! One row is in memory at a time; a bad row gets its reason and the next one its date, also after a
//! quotation mark that is never closed. Empty lines are no rows.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::str::from_utf8;

use crate::domain::calendar::WorkingCalendar;
use crate::domain::deadline::due_at;
use crate::domain::limit::{Limit, LimitError, LimitUnit};
use crate::domain::pause::Pause;
use crate::domain::time::{Instant, parse_instant, rfc3339};
use crate::office::import::lines::{Lines, Record};

use super::output::{Failure, Streams};
use super::progress::Progress;
use super::reasons;

/// Rows between two looks at the progress bar.
const STEP: u64 = 4096;
const COLUMNS: [&str; 6] = ["id", "received", "limit_value", "limit_unit", "pauses", "restarted_at"];

/// Where the columns stand in the file.
struct Columns {
    id: usize,
    received: usize,
    limit_value: usize,
    limit_unit: usize,
    pauses: Option<usize>,
    restarted_at: Option<usize>,
}

/// Computes every row of `file` (`-`: the standard input).
///
/// # Errors
/// When the file cannot be read, has no such columns, or the output cannot be written.
pub fn run(file: &Path, calendar: &WorkingCalendar, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let unreadable = |error: std::io::Error| Failure::reason(format!("{}: {error}", file.display()));
    if file.as_os_str() == "-" {
        let progress = Progress::counting("Đã tính");
        return compute(&mut *streams.input, calendar, &mut *streams.out, &progress, |rows, _| rows);
    }
    let source = File::open(file).map_err(unreadable)?;
    let total = source.metadata().map_err(unreadable)?.len();
    let progress = Progress::up_to(total, "Đang tính");
    compute(BufReader::with_capacity(256 * 1024, source), calendar, &mut *streams.out, &progress, |_, bytes| bytes)
}

fn compute(
    source: impl BufRead,
    calendar: &WorkingCalendar,
    out: &mut dyn std::io::Write,
    progress: &Progress,
    position: impl Fn(u64, u64) -> u64,
) -> Result<(), Failure> {
    let mut lines = Lines::new(source, b',');
    let mut record = Record::default();
    let columns = if next(&mut lines, &mut record)? { columns(&record)? } else { columns(&Record::default())? };
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["id", "due_at", "error"]).map_err(written)?;
    let mut rows = 0;
    while next(&mut lines, &mut record)? {
        let (due, error) = match row(&record, &columns, calendar) {
            Ok(due) => (rfc3339(due), String::new()),
            Err(error) => (String::new(), error),
        };
        let id = record.cells.get(columns.id).unwrap_or_default();
        writer.write_record([id, due.as_bytes(), error.as_bytes()]).map_err(written)?;
        rows += 1;
        if rows % STEP == 0 {
            progress.at(position(rows, lines.bytes()));
        }
    }
    Ok(writer.flush()?)
}

/// The next row that is no empty line; `false` at the end.
fn next(lines: &mut Lines<impl BufRead>, record: &mut Record) -> Result<bool, Failure> {
    loop {
        let more = lines.next_record(record).map_err(|error| broken(&error))?;
        if !more || record.cells.len() > 1 || record.cells.get(0).is_some_and(|cell| !cell.is_empty()) {
            return Ok(more);
        }
    }
}

fn columns(header: &Record) -> Result<Columns, Failure> {
    if let Some(fault) = &header.fault {
        return Err(Failure::reason(format!("dòng đầu của tệp: {}", reasons::problem(&fault.clone().into()))));
    }
    let is = |column: &[u8], name: &str| column.trim_ascii().eq_ignore_ascii_case(name.as_bytes());
    let find = |name: &str| header.cells.iter().position(|column| is(column, name));
    let twice = |name: &str| header.cells.iter().filter(|column| is(column, name)).count() > 1;
    if let Some(name) = COLUMNS.iter().find(|name| twice(name)) {
        return Err(Failure::reason(format!("dòng đầu của tệp có hai cột {name}")));
    }
    let needed = |name: &str| find(name).ok_or_else(|| Failure::reason(format!("dòng đầu của tệp thiếu cột {name}")));
    Ok(Columns {
        id: needed("id")?,
        received: needed("received")?,
        limit_value: needed("limit_value")?,
        limit_unit: needed("limit_unit")?,
        pauses: find("pauses"),
        restarted_at: find("restarted_at"),
    })
}

fn row(record: &Record, columns: &Columns, calendar: &WorkingCalendar) -> Result<Instant, String> {
    if let Some(fault) = &record.fault {
        return Err(reasons::problem(&fault.clone().into()));
    }
    let text = |name: &str, column: Option<usize>| {
        let bytes = column.and_then(|column| record.cells.get(column)).unwrap_or_default();
        from_utf8(bytes).map(str::trim).map_err(|_| format!("{name}: không phải UTF-8"))
    };
    let moment = |name: &str, text: &str| {
        parse_instant(text).ok_or_else(|| format!("{name}: {text}: {}", reasons::NOT_AN_INSTANT))
    };
    let received = moment("received", text("received", Some(columns.received))?)?;
    let limit = limit(text("limit_value", Some(columns.limit_value))?, text("limit_unit", Some(columns.limit_unit))?)?;
    let restarted = match text("restarted_at", columns.restarted_at)? {
        "" => None,
        given => Some(moment("restarted_at", given)?),
    };
    let pauses = text("pauses", columns.pauses)?
        .split(';')
        .map(str::trim)
        .filter(|pause| !pause.is_empty())
        .map(|pause| reasons::pause(pause).map_err(|error| format!("pauses: {pause}: {error}")))
        .collect::<Result<Vec<Pause>, _>>()?;
    due_at(received, restarted, &limit, &pauses, calendar).map_err(reasons::deadline)
}

/// A same-day limit needs no value.
fn limit(value: &str, unit: &str) -> Result<Limit, String> {
    let unit: LimitUnit =
        unit.parse().map_err(|_| format!("limit_unit: {unit}: {}", reasons::limit(LimitError::UnknownUnit)))?;
    if unit == LimitUnit::SameDay {
        return Ok(Limit::SAME_DAY);
    }
    let wrong = |error| format!("limit_value: {value}: {}", reasons::limit(error));
    let number = value.parse().map_err(|_| wrong(LimitError::NotANumber))?;
    Limit::new(number, unit).map_err(wrong)
}

fn broken(error: &std::io::Error) -> Failure {
    Failure::reason(format!("không đọc được tệp CSV: {error}"))
}

fn written(error: csv::Error) -> Failure {
    let why = error.to_string();
    // The library's own conversion would hide that the reader left.
    if let csv::ErrorKind::Io(error) = error.into_kind() { Failure::Output(error) } else { Failure::reason(why) }
}

#[cfg(test)]
mod fuzz;

#[cfg(test)]
mod tests {
    use super::super::progress::Progress;
    use super::compute;
    use crate::domain::calendar::{SAME_DAY_CUTOFF, WorkingCalendar};
    use crate::domain::office_hours::OfficeHours;

    fn computed(csv: &[u8]) -> Vec<String> {
        let calendar = WorkingCalendar::new(1, &[], &OfficeHours::standard(), SAME_DAY_CUTOFF).unwrap();
        let mut out = Vec::new();
        compute(csv, &calendar, &mut out, &Progress::counting(""), |rows, _| rows).unwrap();
        String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn every_row_gets_its_line_in_the_same_order_whatever_is_in_it() {
        let mut file = "\u{feff}id,received,limit_value,limit_unit,pauses,restarted_at\n".as_bytes().to_vec();
        file.extend("a,2026-11-20 08:00,1,working_day,,\n".bytes());
        file.extend("\"b,\"\"1\"\"\",gestern,1,working_day,,\n".bytes());
        file.extend(b"c,2026-11-20 08:00,1,w\xffrking_day,,\n");
        file.extend("d,2026-11-20 15:00,,same_day\n".bytes());
        file.extend("e,2026-11-20 08:00,0,month,,\n".bytes());
        file.extend("f,2026-11-20 08:00,1,working_day,2026-11-20T09:00/2026-11-23T09:00;,\n".bytes());
        file.extend("g,2026-11-20 08:00,1,working_day,2026-11-23/2026,\n".bytes());
        file.extend("h,2026-11-20 08:00,1,working_day,,2026-11-24T08:00\n".bytes());
        file.extend("i,2026-11-20 08:00,1,working_day,,2026-11-19T08:00\n".bytes());
        let lines = computed(&file);
        assert_eq!(lines[0], "id,due_at,error");
        assert_eq!(lines[1], "a,2026-11-23T17:00:00+07:00,");
        assert!(lines[2].starts_with("\"b,\"\"1\"\"\",,received: gestern: không phải một thời điểm"), "{}", lines[2]);
        assert_eq!(lines[3], "c,,limit_unit: không phải UTF-8");
        assert_eq!(lines[4], "d,2026-11-23T17:00:00+07:00,");
        assert_eq!(lines[5], "e,,limit_value: 0: thời hạn phải từ 1 trở lên");
        assert_eq!(lines[6], "f,2026-11-24T17:00:00+07:00,");
        assert!(lines[7].starts_with("g,,") && lines[7].contains("FROM/TO"), "{}", lines[7]);
        assert_eq!(lines[8], "h,2026-11-25T17:00:00+07:00,");
        assert!(lines[9].starts_with("i,,") && lines[9].len() > 5, "{}", lines[9]);
        assert_eq!(lines.len(), 10);
    }
}
