//! The finished files of a day as a text: a line each, words between spaces, `-` for what is not there.
//!
//! `P id level` a procedure; `U id` a unit; `F id procedure unit channel stage receipt end promise statutory flags` a
//! file, with the places of its procedure and unit in this text and its moments in microseconds since 1970;
//! `C id receipt` a file that has to be read.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::str::{FromStr, Split};

use chrono::DateTime;

use super::Ended;
use crate::domain::channel::ServiceLevel;
use crate::domain::summary::Counted;
use crate::domain::time::Instant;

/// The answers of a file, one bit each, the first one the lowest.
const FLAGS: [fn(&mut Counted) -> &mut bool; 6] = [
    |file| &mut file.paper_supplement,
    |file| &mut file.presence_required,
    |file| &mut file.fee_due,
    |file| &mut file.paid_online,
    |file| &mut file.e_result,
    |file| &mut file.cross_boundary,
];
/// The bit after them: it waited for its applicant at some time, which a cut before its end may have to know.
const WAITED: u8 = 1 << FLAGS.len();

pub(super) fn written(files: Vec<Ended>) -> String {
    let mut text = String::with_capacity(files.len() * 160);
    let (mut procedures, mut units) = (HashMap::new(), HashMap::new());
    for Ended { mut file, changing, waited } in files {
        let (received, Some(closed_at)) = (file.received_at.timestamp_micros(), file.closed_at) else { continue };
        // Writing into a text does not fail.
        let _ = if changing {
            writeln!(text, "C {} {received}", file.dossier_id)
        } else {
            let (next, id, level) = (procedures.len(), &file.procedure_id, file.service_level);
            let procedure = *procedures.entry(id.clone()).or_insert_with(|| {
                let _ = writeln!(text, "P {id} {level}");
                next
            });
            let next = units.len();
            let unit = file.unit_id.as_ref().map(|id| {
                *units.entry(id.clone()).or_insert_with(|| {
                    let _ = writeln!(text, "U {id}");
                    next
                })
            });
            let micros = |at: Option<Instant>| word(at.map(|at| at.timestamp_micros()));
            let (due, statutory) = (micros(file.due_at), micros(file.statutory_due_at));
            let bits = FLAGS.iter().enumerate().filter(|(_, flag)| *flag(&mut file)).map(|(bit, _)| 1 << bit);
            let flags: u8 = bits.chain(waited.then_some(WAITED)).sum();
            writeln!(
                text,
                "F {} {procedure} {} {} {} {received} {} {due} {statutory} {flags}",
                file.dossier_id,
                word(unit),
                file.channel,
                file.stage,
                closed_at.timestamp_micros(),
            )
        };
    }
    text
}

fn word<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}

/// It is no such text.
#[derive(Debug)]
pub(super) struct Unreadable;

/// Reads texts for a report: the files that ended at one moment or later and were received before another.
#[derive(Debug, Default)]
pub(super) struct Reader {
    begins: i64,
    ends: i64,
    pub files: Vec<Counted>,
    /// Ids of those that have to be read.
    pub changing: Vec<String>,
}

/// What the lines of files name by its place.
#[derive(Default)]
struct Named<'a> {
    procedures: Vec<(&'a str, ServiceLevel)>,
    units: Vec<&'a str>,
}

impl Reader {
    pub(super) fn new(from: Instant, cut: Instant) -> Self {
        Self { begins: from.timestamp_micros(), ends: cut.timestamp_micros(), ..Self::default() }
    }

    /// Adds what a text has for the report.
    pub(super) fn add(&mut self, text: &str) -> Result<(), Unreadable> {
        let mut named = Named::default();
        for line in text.lines() {
            let mut words = line.split(' ');
            match next(&mut words)? {
                "P" => named.procedures.push((next(&mut words)?, value(&mut words)?)),
                "U" => named.units.push(next(&mut words)?),
                "C" => {
                    let id = next(&mut words)?;
                    if value::<i64>(&mut words)? < self.ends {
                        self.changing.push(id.to_owned());
                    }
                }
                "F" => self.file(&named, &mut words)?,
                _ => return Err(Unreadable),
            }
        }
        Ok(())
    }

    fn file(&mut self, named: &Named<'_>, words: &mut Split<'_, char>) -> Result<(), Unreadable> {
        let id = next(words)?;
        let (procedure_id, service_level) = *named.procedures.get(value::<usize>(words)?).ok_or(Unreadable)?;
        let unit = perhaps::<usize>(words)?;
        let unit = unit.map(|place| named.units.get(place).ok_or(Unreadable)).transpose()?;
        let (channel, stage) = (value(words)?, value(words)?);
        let (received, closed) = (value(words)?, value(words)?);
        if received >= self.ends || closed < self.begins {
            return Ok(());
        }
        let (due, statutory, flags) = (perhaps(words)?, perhaps(words)?, value::<u8>(words)?);
        if flags & WAITED != 0 && closed >= self.ends {
            self.changing.push(id.to_owned());
            return Ok(());
        }
        let mut file = Counted {
            dossier_id: id.to_owned(),
            procedure_id: procedure_id.to_owned(),
            unit_id: unit.map(|id| (*id).to_owned()),
            channel,
            service_level,
            stage,
            received_at: moment(received)?,
            closed_at: Some(moment(closed)?),
            due_at: due.map(moment).transpose()?,
            statutory_due_at: statutory.map(moment).transpose()?,
            new_due_at: None,
            paused_since: None,
            apologised_at: None,
            paper_supplement: false,
            presence_required: false,
            fee_due: false,
            paid_online: false,
            cross_boundary: false,
            e_result: false,
        };
        for (bit, flag) in FLAGS.iter().enumerate() {
            *flag(&mut file) = flags & (1 << bit) != 0;
        }
        self.files.push(file);
        Ok(())
    }
}

fn next<'a>(words: &mut Split<'a, char>) -> Result<&'a str, Unreadable> {
    words.next().ok_or(Unreadable)
}

fn value<T: FromStr>(words: &mut Split<'_, char>) -> Result<T, Unreadable> {
    next(words)?.parse().map_err(|_| Unreadable)
}

/// A value, or `-` for none.
fn perhaps<T: FromStr>(words: &mut Split<'_, char>) -> Result<Option<T>, Unreadable> {
    match next(words)? {
        "-" => Ok(None),
        word => word.parse().map(Some).map_err(|_| Unreadable),
    }
}

fn moment(micros: i64) -> Result<Instant, Unreadable> {
    DateTime::from_timestamp_micros(micros).ok_or(Unreadable)
}
