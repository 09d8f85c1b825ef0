//! The register (07): the dossiers received in a period, in their order.

use chrono::{Days, NaiveDate};

use crate::domain::dossier::StageName;
use crate::domain::time::{Instant, civil_day, day_begins, local};
use crate::render::dates::short_date;
use crate::render::letter::Images;
use crate::render::letter::registry::FormKind;
use crate::render::paper::{Frame, RegisterFacts, RegisterRow};
use crate::render::sheets::Sheet;
use crate::render::tables::{Cell, CsvLines};
use crate::render::words::{channel_text, register_note, register_title};
use crate::store::dossiers::DossierRow;
use crate::store::register;

use super::error::{FieldError, OfficeError, OfficeResult, Problem};
use super::printed::TableFormat;
use super::{Office, Rules};

/// Rows read at once.
const PAGE: i64 = 500;
/// Most rows of a register on paper: about 350 pages.
const PRINTED_MAX: usize = 5_000;

/// A period, both days included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Period {
    /// # Errors
    /// The field that is missing or wrong.
    pub fn parse(from: &str, to: &str) -> OfficeResult<Self> {
        let day = |field, text: &str| match text.trim() {
            "" => Err(FieldError::new(field, "", Problem::Required)),
            text => text.parse::<NaiveDate>().map_err(|_| FieldError::new(field, text, Problem::NotADay)),
        };
        match (day("from", from), day("to", to)) {
            (Ok(from), Ok(to)) if to < from => {
                Err(FieldError::new("to", to.to_string(), Problem::EndsBeforeItBegins).into())
            }
            (Ok(from), Ok(to)) => Ok(Self { from, to }),
            (from, to) => Err(OfficeError::Invalid([from.err(), to.err()].into_iter().flatten().collect())),
        }
    }

    fn instants(self) -> (Instant, Instant) {
        (day_begins(self.from), day_begins(self.to.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX)))
    }
}

impl Office {
    /// Hands every row of the register to `take`, a page of the database at a time.
    ///
    /// # Errors
    /// The database, or what `take` answers.
    pub fn register(&self, period: Period, mut take: impl FnMut(RegisterRow) -> OfficeResult<()>) -> OfficeResult<()> {
        let mut last: Option<DossierRow> = None;
        let mut number = 0;
        loop {
            let (rows, page) = self.reading(|conn, rules| {
                let rows = register::received(conn, period.instants(), last.as_ref(), PAGE)?;
                let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
                let handed = register::handed_over(conn, &ids)?;
                let page: Vec<RegisterRow> =
                    rows.iter().map(|row| line(row, rules, handed.get(&row.id).copied())).collect();
                Ok((rows, page))
            })?;
            for row in page {
                number += 1;
                take(RegisterRow { number, ..row })?;
            }
            last = rows.into_iter().next_back();
            if last.is_none() {
                return Ok(());
            }
        }
    }

    /// The register as a file, written as its rows are read: one of a year needs no more memory than one of a day.
    ///
    /// # Errors
    /// The database; a disk without room for the temporary file; more rows than paper is good for.
    pub fn register_as(&self, now: Instant, period: Period, format: TableFormat) -> OfficeResult<Vec<u8>> {
        let broken = |error: std::io::Error| OfficeError::Broken(error.to_string());
        match format {
            TableFormat::Csv => {
                let mut bytes = Vec::new();
                let mut lines = CsvLines::begin(&RegisterRow::HEAD, &mut bytes).map_err(broken)?;
                self.register(period, |row| lines.line(&cells(&row)).map_err(broken))?;
                lines.end().map_err(broken)?;
                Ok(bytes)
            }
            TableFormat::Xlsx => {
                let title = register_title(&short_date(period.from), &short_date(period.to));
                let mut sheet = Sheet::begin(&title, &RegisterRow::HEAD, &RegisterRow::WIDTHS, now.timestamp())?;
                self.register(period, |row| Ok(sheet.line(&cells(&row))?))?;
                Ok(sheet.end([])?)
            }
            TableFormat::Pdf => self.register_pdf(now, period),
        }
    }

    /// How many rows the register has.
    ///
    /// # Errors
    /// The database.
    pub fn register_count(&self, period: Period) -> OfficeResult<u64> {
        let count = self.store().read(|conn| register::count(conn, period.instants()))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// The register on paper, as it stands at `now`.
    ///
    /// # Errors
    /// More rows than paper is good for; the database.
    fn register_pdf(&self, now: Instant, period: Period) -> OfficeResult<Vec<u8>> {
        let mut rows = Vec::new();
        self.register(period, |row| {
            rows.push(row);
            if rows.len() > PRINTED_MAX {
                return Err(FieldError::new("to", "", Problem::TooManyRows { max: PRINTED_MAX }).into());
            }
            Ok(())
        })?;
        let (head, name) = self.reading(|conn, rules| Ok((self.letterhead(conn)?, rules.agency()?.name.clone())))?;
        let frame = Frame {
            dressing: self.dressing(&head, FormKind::Register, now),
            contact: head.contact(&name),
            superior_body: head.superior,
            issuing_body: head.issuing,
            issuer_name: name,
            number: String::new(),
            place: head.place,
            issued_on: civil_day(now),
            dossier_code: String::new(),
            status_url: None,
        };
        let facts = RegisterFacts { frame, from: period.from, to: period.to, rows };
        Ok(self.press.paper(&facts, &Images::default())?)
    }
}

fn line(row: &DossierRow, rules: &Rules, handed_over: Option<Instant>) -> RegisterRow {
    let moment = |at: Option<Instant>| at.map(|at| RegisterRow::moment(local(at))).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let unit = row.unit_id.as_deref().and_then(|id| rules.unit(id));
    let procedure = rules.procedure_version(&row.procedure_id);
    let with_result = matches!(row.stage, StageName::Granted | StageName::Refused);
    RegisterRow {
        number: 0,
        code: row.code.clone(),
        procedure: procedure.map(|version| version.row.name.clone()).unwrap_or_default(),
        applicant: row.applicant_name.clone(),
        address: text(&row.applicant_address),
        phone: text(&row.applicant_phone),
        body: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
        received: moment(Some(row.received_at)),
        due: moment(row.due_at),
        handed_over: moment(handed_over),
        resolved: moment(row.closed_at.filter(|_| with_result)),
        returned: moment(row.returned_at),
        channel: channel_text(row.channel).to_owned(),
        note: register_note(row.stage, row.new_due_at.map(local)),
    }
}

fn cells(row: &RegisterRow) -> Vec<Cell> {
    let text = |text: String| if text.is_empty() { Cell::Empty } else { Cell::Text(text) };
    std::iter::once(Cell::Number(row.number)).chain(row.cells().into_iter().skip(1).map(text)).collect()
}
