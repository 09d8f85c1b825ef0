//! Which ladder holds for a dossier: read from the rungs once for a revision, then looked up.

use std::collections::{BTreeSet, HashMap};
use std::str::FromStr;

use chrono::NaiveDate;

use crate::domain::ladder::{Ladder, Rung};
use crate::domain::time::civil_day;
use crate::store::StoreError;
use crate::store::dossiers::DossierRow;
use crate::store::people::Agency;
use crate::store::rungs::RungRow;

use super::Rules;

/// From which day of receipt which ladder holds, the oldest first.
type Periods = Vec<(NaiveDate, Ladder)>;

/// The ladders of each agency, by the code of the procedure; those without rungs of their own under "".
#[derive(Debug, Default)]
pub(super) struct Ladders {
    of_agency: HashMap<String, HashMap<String, Periods>>,
    none: Ladder,
}

impl Ladders {
    pub(super) fn new(rows: &[RungRow], agencies: &[Agency]) -> Result<Self, StoreError> {
        let procedures: BTreeSet<&str> =
            std::iter::once("").chain(rows.iter().map(|row| row.procedure_code.as_str())).collect();
        let mut of_agency = HashMap::new();
        for agency in agencies {
            let mut of_procedure = HashMap::new();
            for procedure in &procedures {
                of_procedure.insert((*procedure).to_owned(), periods(rows, &agency.code, procedure)?);
            }
            of_agency.insert(agency.id.clone(), of_procedure);
        }
        Ok(Self { of_agency, none: Ladder::default() })
    }

    fn at(&self, agency_id: &str, procedure_code: &str, day: NaiveDate) -> &Ladder {
        let of_procedure = self.of_agency.get(agency_id);
        let periods = of_procedure.and_then(|known| known.get(procedure_code).or_else(|| known.get("")));
        let begun = periods.and_then(|periods| periods.iter().rev().find(|(from, _)| *from <= day));
        begun.map_or(&self.none, |(_, ladder)| ladder)
    }
}

fn periods(rows: &[RungRow], agency: &str, procedure: &str) -> Result<Periods, StoreError> {
    let concerns = |row: &&RungRow| {
        (row.agency_code.is_empty() || row.agency_code == agency)
            && (row.procedure_code.is_empty() || row.procedure_code == procedure)
    };
    let rows: Vec<&RungRow> = rows.iter().filter(concerns).collect();
    let days: BTreeSet<NaiveDate> = rows.iter().map(|row| row.valid_from).collect();
    days.into_iter().map(|day| Ok((day, in_force(&rows, day)?))).collect()
}

/// Of each kind and level the most particular rung in force on a day: of the procedure, then of the
/// agency; of those the one that began last. A rung that is off still stands before a general one.
fn in_force(rows: &[&RungRow], day: NaiveDate) -> Result<Ladder, StoreError> {
    let closeness =
        |row: &RungRow| (!row.procedure_code.is_empty(), !row.agency_code.is_empty(), row.valid_from, row.version);
    let mut holding: HashMap<_, &RungRow> = HashMap::new();
    for row in rows.iter().filter(|row| row.valid_from <= day) {
        let known = holding.entry((row.kind, row.level)).or_insert(row);
        if closeness(row) > closeness(known) {
            *known = row;
        }
    }
    Ok(Ladder::new(holding.into_values().map(rung).collect::<Result<_, _>>()?))
}

/// A kept row as the domain sees it.
///
/// # Errors
/// When the row was not written by this program.
pub fn rung(row: &RungRow) -> Result<Rung, StoreError> {
    let number = |value: i32| u32::try_from(value).map_err(|_| corrupt(row, "a negative number"));
    let audiences = words(row, &row.audiences)?;
    Ok(Rung {
        kind: row.kind,
        level: row.level,
        share_percent: number(row.share_percent)?,
        working_days: number(row.working_days)?,
        audiences,
        accountable: row.accountable.parse().map_err(|_| corrupt(row, "accountable"))?,
        ways: words(row, &row.ways)?,
        bundling: row.bundling,
        urgency: row.urgency,
        acknowledge_hours: number(row.acknowledge_hours)?,
    })
}

fn words<T: FromStr>(row: &RungRow, text: &str) -> Result<Vec<T>, StoreError> {
    text.split_whitespace().map(|word| word.parse().map_err(|_| corrupt(row, word))).collect()
}

fn corrupt(row: &RungRow, what: &str) -> StoreError {
    StoreError::Corrupt(format!("rungs {}: {what}", row.id))
}

impl Rules {
    /// The ladder of a dossier: by its agency, its procedure and the day of receipt.
    #[must_use]
    pub fn ladder(&self, row: &DossierRow) -> &Ladder {
        let procedure = self.procedure_version(&row.procedure_id).map_or("", |version| version.row.code.as_str());
        self.ladder_on(&row.agency_id, procedure, civil_day(row.received_at))
    }

    /// The ladder of what an agency receives on a day; an empty code: any procedure without its own.
    #[must_use]
    pub fn ladder_on(&self, agency_id: &str, procedure_code: &str, day: NaiveDate) -> &Ladder {
        self.ladders.at(agency_id, procedure_code, day)
    }
}
