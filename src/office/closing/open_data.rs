//! What everybody may know of a closed month: form 06a by field with small counts left out. It is kept with the
//! signed reports, so that it never changes, whatever the settings say later.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::domain::disclosure::published;
use crate::domain::form_06a::FormCounts;
use crate::domain::reporting_period::{PeriodKind, PeriodShape, ReportingPeriod};
use crate::office::report_06a::Form06aReport;
use crate::office::{Office, OfficeError, OfficeResult};
use crate::store::Conn;
use crate::store::closed_periods::{self, ClosedPeriod};
use crate::store::journal::hex;

/// Raised with every change of the shape, and of the schema with it.
const FORMAT: u16 = 1;
/// Counts of a line.
const CELLS: usize = 11;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenMonth {
    pub format: u16,
    pub agency: String,
    pub agency_name: String,
    pub period: ReportingPeriod,
    pub shape: PeriodShape,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Counts from 1 to below this are left out, and others from which they would follow.
    pub least: u64,
    pub fields: Vec<OpenLine>,
    pub total: OpenLine,
}

/// The files of a field; `null`: left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenLine {
    pub field: String,
    pub received_online: Option<u64>,
    pub received_counter_post: Option<u64>,
    pub carried_over: Option<u64>,
    pub received: Option<u64>,
    pub resolved_early: Option<u64>,
    pub resolved_on_time: Option<u64>,
    pub resolved_late: Option<u64>,
    pub resolved: Option<u64>,
    pub open_in_time: Option<u64>,
    pub open_overdue: Option<u64>,
    pub open: Option<u64>,
}

/// A closed month for the index.
#[derive(Debug, Clone)]
pub struct OpenFile {
    pub month: OpenMonth,
    /// Of the JSON.
    pub sha256: String,
    /// Of the signed reports it was taken from.
    pub closed_sha256: String,
}

impl OpenMonth {
    pub(super) fn of(
        (agency, agency_name): (&str, &str),
        (period, shape): (ReportingPeriod, PeriodShape),
        report: &Form06aReport,
        least: u64,
    ) -> Self {
        let counts: Vec<&FormCounts> = report.lines.iter().map(|line| &line.counts).chain([&report.total]).collect();
        let cells: Vec<u64> = counts.iter().flat_map(|counts| cells(counts)).collect();
        let told = published(&cells, &sums(counts.len()), least);
        let mut lines = told.chunks(CELLS);
        let names = report.lines.iter().map(|line| line.name.clone());
        let fields = names.zip(&mut lines).filter_map(|(name, told)| OpenLine::of(name, told)).collect();
        let total = lines.next().and_then(|told| OpenLine::of(String::new(), told)).unwrap_or_else(OpenLine::nothing);
        Self {
            format: FORMAT,
            agency: agency.to_owned(),
            agency_name: agency_name.to_owned(),
            period,
            shape,
            from: report.head.period.from,
            to: report.head.period.to,
            least,
            fields,
            total,
        }
    }

    /// The bytes that are published.
    ///
    /// # Errors
    /// None in practice: every value has a form in JSON.
    pub fn json(&self) -> OfficeResult<Vec<u8>> {
        Ok(serde_json::to_vec(self)?)
    }
}

impl OpenLine {
    fn of(field: String, told: &[Option<u64>]) -> Option<Self> {
        let &[online, counter_post, carried, received, early, on_time, late, resolved, in_time, overdue, open] = told
        else {
            return None;
        };
        Some(Self {
            field,
            received_online: online,
            received_counter_post: counter_post,
            carried_over: carried,
            received,
            resolved_early: early,
            resolved_on_time: on_time,
            resolved_late: late,
            resolved,
            open_in_time: in_time,
            open_overdue: overdue,
            open,
        })
    }

    fn nothing() -> Self {
        Self {
            field: String::new(),
            received_online: None,
            received_counter_post: None,
            carried_over: None,
            received: None,
            resolved_early: None,
            resolved_on_time: None,
            resolved_late: None,
            resolved: None,
            open_in_time: None,
            open_overdue: None,
            open: None,
        }
    }
}

fn cells(counts: &FormCounts) -> [u64; CELLS] {
    let FormCounts { received, resolved, in_progress } = counts;
    [
        received.online,
        received.counter_post,
        received.carried_over,
        received.total,
        resolved.early,
        resolved.on_time,
        resolved.late,
        resolved.total,
        in_progress.in_time,
        in_progress.overdue,
        in_progress.total,
    ]
}

/// The sums of the form: in each line, and of each column.
fn sums(lines: usize) -> Vec<Vec<usize>> {
    const IN_A_LINE: [&[usize]; 4] = [&[0, 1, 2, 3], &[4, 5, 6, 7], &[8, 9, 10], &[7, 10, 3]];
    let in_lines = (0..lines)
        .flat_map(|line| IN_A_LINE.iter().map(move |sum| sum.iter().map(|cell| line * CELLS + cell).collect()));
    let columns = (0..CELLS).map(|cell| (0..lines).map(|line| line * CELLS + cell).collect());
    in_lines.chain(columns).collect()
}

/// Of the frozen reports only what is published.
#[derive(Deserialize)]
struct Published {
    open_data: Option<OpenMonth>,
}

impl Office {
    /// The closed months of every agency that are published, the newest first.
    ///
    /// # Errors
    /// The database.
    pub fn open_months(&self) -> OfficeResult<Vec<OpenFile>> {
        let mut found: Vec<OpenFile> = Vec::new();
        self.store().read(|conn| {
            for closed in closed_periods::all(conn)? {
                let Some(file) = file_of(conn, closed)? else { continue };
                // Closed again by other days: the first one keeps the address.
                let same =
                    |one: &OpenFile| (&one.month.agency, one.month.period) == (&file.month.agency, file.month.period);
                if !found.iter().any(same) {
                    found.push(file);
                }
            }
            OfficeResult::Ok(())
        })?;
        found.sort_by(|a, b| b.month.to.cmp(&a.month.to).then_with(|| a.month.agency.cmp(&b.month.agency)));
        Ok(found)
    }

    /// One of them.
    ///
    /// # Errors
    /// Not found; or the database.
    pub fn open_month(&self, agency: &str, period: &str) -> OfficeResult<OpenFile> {
        self.reading(|conn, rules| {
            let known = rules.agencies.iter().find(|known| known.code == agency).ok_or(OfficeError::NotFound)?;
            let all = closed_periods::all(conn)?;
            let first = all.into_iter().find(|closed| closed.agency_id == known.id && closed.period == period);
            file_of(conn, first.ok_or(OfficeError::NotFound)?)?.ok_or(OfficeError::NotFound)
        })
    }
}

/// `None`: a longer period, of which nothing is published.
fn file_of(conn: &mut Conn, closed: ClosedPeriod) -> OfficeResult<Option<OpenFile>> {
    if closed.period.parse().map(ReportingPeriod::kind) != Ok(PeriodKind::Month) {
        return Ok(None);
    }
    let Some(bytes) = closed_periods::bytes(conn, &closed)? else { return Ok(None) };
    let Some(month) = serde_json::from_slice::<Published>(&bytes)?.open_data else { return Ok(None) };
    let sha256 = hex(&Sha256::digest(month.json()?));
    Ok(Some(OpenFile { month, sha256, closed_sha256: closed.sha256 }))
}
