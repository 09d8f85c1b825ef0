//! Mappings and registers of every kind of nonsense: read, or refused with a reason.

use std::fmt::Write as _;
use std::io::Cursor;

use super::dates::{Dates, Given};
use super::mapping::Mapping;
use super::row::{RowReader, Told};
use super::source;
use crate::domain::time::{parse_instant, rfc3339};
use crate::fuzz::{Dice, HOSTILE};
use crate::office::{OfficeError, OfficeResult};
use crate::render::problems::{Language, problem_text};

const MAPPING: &str = "[columns]\ncode = 'Mã'\nreceived_at = 'Ngày'\napplicant_name = 'Tên'\nfee_due = 'Phí'\n\
    [constants]\nprocedure_code = '1.004873'\nchannel = 'online'\n[values.fee_due]\n'Có' = 'yes'\n\
    [dates]\nformats = ['%d/%m/%Y %H:%M', 'rfc3339']\nzone = 'Asia/Ho_Chi_Minh'\n";
const FIELDS: &[&str] =
    &["code", "received_at", "due_at", "channel", "procedure_code", "applicant_name", "fee_due", "kode"];
const VALUES: &[&str] =
    &["'Mã'", "\"Ngày\"", "''", "1", "1.5", "true", "2026-11-24", "['a']", "{ a = 1 }", "'\\x'", "inf", "\"\\u0000\""];
const PIECES: &[&str] = &[
    "%Y", "%m", "%d", "%H", "%M", "%S", "%s", "%z", "%:z", "%#z", "%Z", "%f", "%.3f", "%9f", "%+", "%c", "%x", "%y",
    "%C", "%j", "%U", "%W", "%G", "%V", "%p", "%I", "%e", "%b", "%A", "%n", "%%", "%-d", "%_m", "%0H", "%Q", "%", "/",
    " ", "T", "ngày", "rfc3339",
];
const ZONES: &[&str] = &["Asia/Ho_Chi_Minh", "America/St_Johns", "Pacific/Apia", "Africa/Monrovia", "Mars", ""];
const MOMENTS: &[&str] = &[
    "24/11/2026 08:00",
    "2026-11-24T08:00:00+07:00",
    "+262142-12-31 23:59:59",
    "-262143-01-01 00:00:00",
    "8210266876799",
    "-8334601228800",
    "9223372036854775807",
    "31/12/9999 23:59",
    "00/00/0000 00:00",
    "30/12/2011 12:00",
    "07/01/1972 00:10",
];

/// What is wrong, every reason with words.
fn reasons(error: &OfficeError) {
    let OfficeError::Invalid(errors) = error else { panic!("{error:?}") };
    assert!(!errors.is_empty());
    for error in errors {
        assert!(!error.field.is_empty() && !problem_text(&error.problem, Language::Vietnamese).is_empty());
    }
}

/// Every row under the header, read by the mapping.
fn read(file: &[u8], mapping: &Mapping) -> OfficeResult<Vec<Told>> {
    let mut told = Vec::new();
    source::read(Cursor::new(file), &mapping.wanted(), &mut |header, raw, _| {
        told.push(RowReader::new(mapping, mapping.places(header)).read(&raw));
        Ok(())
    })?;
    assert!(told.windows(2).all(|rows| rows[0].row < rows[1].row), "rows in order, each once");
    for row in &told {
        let known = !row.form.code.is_empty() && parse_instant(&row.form.received_at).is_some();
        assert!(known || !row.errors.is_empty(), "a row without code or date is told: {row:?}");
    }
    Ok(told)
}

fn written(dice: &mut Dice) -> String {
    let mut text = String::new();
    for table in ["columns", "constants", "values.channel", "dates"] {
        if dice.once_in(4) {
            continue;
        }
        writeln!(text, "[{table}]").unwrap();
        if table == "dates" {
            let formats: Vec<_> = (0..dice.below(4)).map(|_| format!("'{}'", format(dice))).collect();
            writeln!(text, "formats = [{}]\nzone = '{}'", formats.join(","), dice.pick(ZONES)).unwrap();
        } else {
            for field in FIELDS {
                if !dice.once_in(3) {
                    continue;
                }
                let pool = if dice.once_in(3) { VALUES } else { &VALUES[..2] };
                writeln!(text, "{field} = {}", dice.pick(pool)).unwrap();
            }
        }
    }
    text
}

fn format(dice: &mut Dice) -> String {
    match dice.below(4) {
        0 => dice.pick(&["%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M", "rfc3339"]).to_owned(),
        1 => "%s".to_owned(),
        _ => (0..dice.below(7)).map(|_| dice.pick(PIECES)).collect(),
    }
}

fn register(dice: &mut Dice) -> Vec<u8> {
    let mut file = "Mã,Ngày,Tên,Phí,code,received_at,applicant_name\n".as_bytes().to_vec();
    for _ in 0..dice.below(4) {
        for _ in 0..dice.below(9) {
            let pool = if dice.once_in(2) { MOMENTS } else { HOSTILE };
            let text = dice.pick(pool).as_bytes();
            file.extend(if dice.once_in(8) { dice.mutated(text, 3) } else { text.to_vec() });
            file.push(b',');
        }
        file.push(b'\n');
    }
    if dice.once_in(3) { dice.mutated(&file, 10) } else { file }
}

#[test]
fn any_mapping_is_read_or_refused_and_any_register_under_it() {
    let dice = &mut Dice::new(3);
    let (mut mappings, mut rows) = (0, 0);
    for _ in 0..8_000 {
        let text = match dice.below(4) {
            0 => dice.mutated(MAPPING.as_bytes(), 6),
            1 => dice.bytes(200),
            _ => written(dice).into_bytes(),
        };
        match Mapping::parse(&String::from_utf8_lossy(&text)) {
            Err(error) => reasons(&error),
            Ok(mapping) => {
                mappings += 1;
                match read(&register(dice), &mapping) {
                    Ok(told) => rows += told.len(),
                    Err(error) => reasons(&error),
                }
            }
        }
    }
    assert!(mappings > 500 && rows > 100, "{mappings} mappings and {rows} rows were read");
}

#[test]
fn nesting_without_end_is_refused() {
    for open in ["[", "{a=", "[[", "a."] {
        let text = format!("[constants]\nunit = {}", open.repeat(50_000));
        reasons(&Mapping::parse(&text).unwrap_err());
    }
}

#[test]
fn any_text_in_any_format_and_zone_is_a_date_of_1990_to_2100_or_none() {
    let dice = &mut Dice::new(4);
    let mut read = 0;
    for _ in 0..20_000 {
        let formats = [format(dice)];
        let dates = Dates::new(&formats, Some(dice.pick(ZONES)), &mut Vec::new());
        let moment = dice.pick(MOMENTS).as_bytes();
        let text = if dice.once_in(4) { dice.mutated(moment, 3) } else { moment.to_vec() };
        let text = String::from_utf8_lossy(&text);
        if let Some(given) = dates.read(&text) {
            read += 1;
            let year = match given {
                Given::At(at) => rfc3339(at),
                Given::On(day) => day.to_string(),
            };
            assert!(("1990".."2101").contains(&&year[..4]), "{formats:?} {text}: {year}");
        }
    }
    assert!(read > 100, "only {read} dates were read");
}

#[test]
fn a_spoilt_line_of_a_register_spoils_no_other() {
    let dice = &mut Dice::new(5);
    let mapping = Mapping::parse(MAPPING).unwrap();
    let header = "Mã,Ngày,Tên,Phí".to_owned().into_bytes();
    let rows: Vec<_> = (0..8).map(|row| format!("X-{row},24/11/2026 08:0{row},An,Có").into_bytes()).collect();
    let joined = |rows: &[Vec<u8>]| [std::slice::from_ref(&header), rows].concat().join(&b'\n');
    let sound = read(&joined(&rows), &mapping).unwrap();
    assert!(sound.len() == 8 && sound.iter().all(|row| row.errors.is_empty() && row.form.fee_due));
    for _ in 0..600 {
        let spoilt = dice.below(rows.len());
        let mut changed = rows.clone();
        changed[spoilt] = dice.mutated(&rows[spoilt], 12);
        // A zero byte anywhere near the top marks a file of another encoding.
        changed[spoilt].retain(|byte| *byte != b'\n' && *byte != 0);
        let file = joined(&changed);
        let got = read(&file, &mapping).unwrap();
        for row in sound.iter().filter(|row| row.row != sound[spoilt].row) {
            let same = got.iter().find(|one| one.row == row.row).unwrap();
            assert_eq!(format!("{same:?}"), format!("{row:?}"), "{}", String::from_utf8_lossy(&file));
        }
    }
}
