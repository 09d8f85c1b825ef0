//! The files of a period as they stood at its cut: what every report is counted from.

use std::sync::{Arc, Mutex};

use crate::domain::summary::{Counted, Period};
use crate::store::{at_one_moment, counts};

use super::known::Unknown;
use super::reassign::units_at;
use super::report::Question;
use super::{Office, OfficeResult};

/// What was read once for several reports, by agency and period.
#[derive(Debug, Default)]
pub(super) struct Together(Mutex<Vec<Read>>);

/// The code of the agency, the period, and its files.
type Read = (String, Period, Arc<Vec<Counted>>);

impl Together {
    fn find(&self, code: &str, period: &Period) -> Option<Arc<Vec<Counted>>> {
        let reads = self.0.lock().ok()?;
        let (_, _, files) = reads.iter().find(|(of, known, _)| of == code && known == period)?;
        Some(Arc::clone(files))
    }

    fn keep(&self, code: &str, period: &Period, files: &Arc<Vec<Counted>>) {
        if let Ok(mut reads) = self.0.lock() {
            reads.push((code.to_owned(), *period, Arc::clone(files)));
        }
    }
}

impl Office {
    /// The same office for several reports on one period: its files are read once, and so all tell of one moment.
    pub(super) fn together(&self) -> Self {
        Self { together: Some(Arc::default()), ..self.clone() }
    }

    /// The code of the agency asked for, and the files of the period.
    ///
    /// # Errors
    /// An agency that nobody knows; the database.
    pub(super) fn counted(&self, question: &Question, period: &Period) -> OfficeResult<(String, Arc<Vec<Counted>>)> {
        self.reading(|conn, rules| {
            let agency = question.agency_of(rules)?;
            if let Some(files) = self.together.as_ref().and_then(|together| together.find(&agency.code, period)) {
                return Ok((agency.code.clone(), files));
            }
            let files = Arc::new(at_one_moment(conn, |conn| {
                let mut files = counts::at_cut(conn, &agency.id, period.begins, period.cut)?;
                Unknown::of(conn, period)?.forget(conn, &agency.id, period, &mut files)?;
                units_at(conn, rules, period.cut, &mut files)?;
                OfficeResult::Ok(files)
            })?);
            if let Some(together) = &self.together {
                together.keep(&agency.code, period, &files);
            }
            Ok((agency.code.clone(), files))
        })
    }
}
