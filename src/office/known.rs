//! What was written down after "as of" with an earlier date: an imported history, a receipt typed in later, a
//! correction. A
//! report asked as of then must not know it, or it would answer otherwise when asked again.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::domain::dossier::StepKind;
use crate::domain::summary::{Counted, Period};
use crate::domain::time::Instant;
use crate::store::needs::Need;
use crate::store::risks::{self, RiskPause, RiskRow};
use crate::store::{Conn, counts, journal};

use super::correction::Corrected;
use super::error::OfficeResult;

/// The line of an online file that was handed in.
const HANDED_IN: &str = "submission_received";

/// By dossier, what has to be forgotten.
pub(super) struct Unknown(BTreeMap<String, Forgotten>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Forgotten {
    /// It was not there yet.
    Receipt,
    /// It was still open.
    End,
    /// Its result was recorded as ready at this moment; it was corrected later.
    Moment(Instant),
}

/// What the line of an online file says.
#[derive(Deserialize)]
struct HandedIn {
    code: String,
}

impl Unknown {
    /// What the period must not know.
    pub(super) fn of(conn: &mut Conn, period: &Period) -> OfficeResult<Self> {
        let corrected = StepKind::ResultCorrected;
        let kinds = [StepKind::Logged, StepKind::ResultReady, StepKind::Withdrawn, StepKind::Stopped, corrected];
        let mut found = BTreeMap::new();
        // A dossier begins with its receipt: the oldest line says from where on it was not known.
        for line in journal::belated(conn, period.known, period.cut, &kinds.map(StepKind::as_str))? {
            let forgotten = match line.kind.as_str() {
                kind if kind == StepKind::Logged.as_str() => Forgotten::Receipt,
                kind if kind == corrected.as_str() => Forgotten::Moment(Corrected::of(&line)?.was),
                _ => Forgotten::End,
            };
            if let Some(dossier_id) = line.dossier_id {
                found.entry(dossier_id).or_insert(forgotten);
            }
        }
        Ok(Self(found))
    }

    /// Puts the files of a report back to what was known.
    pub(super) fn forget(
        &self,
        conn: &mut Conn,
        agency_id: &str,
        period: &Period,
        files: &mut Vec<Counted>,
    ) -> OfficeResult<()> {
        files.retain(|file| !self.0.contains_key(&file.dossier_id));
        // Also those that a later line ended before the period began.
        let there = counts::of_ids(conn, agency_id, &self.known_ids(), period.cut)?.into_iter();
        let there = there.map(|file| Counted { closed_at: self.known_end(&file.dossier_id, period), ..file });
        files.extend(there.filter(|file| file.closed_at.is_none_or(|at| at >= period.begins)));
        Ok(())
    }

    /// The same for what the files needed.
    pub(super) fn forget_needs(&self, needs: &mut Vec<Need>, period: &Period) {
        needs.retain(|need| self.0.get(&need.dossier_id) != Some(&Forgotten::Receipt));
        for need in needs {
            if self.0.contains_key(&need.dossier_id) {
                need.closed_at = self.known_end(&need.dossier_id, period);
            }
        }
    }

    /// The same for what tells how likely files become late.
    pub(super) fn forget_risks(
        &self,
        conn: &mut Conn,
        agency_id: &str,
        period: &Period,
        (rows, pauses): (&mut Vec<RiskRow>, &mut Vec<RiskPause>),
    ) -> OfficeResult<()> {
        rows.retain(|row| !self.0.contains_key(&row.id));
        pauses.retain(|pause| !self.0.contains_key(&pause.dossier_id));
        let (there, stood) = risks::of_ids(conn, agency_id, &self.known_ids(), period.cut)?;
        let there = there.into_iter().map(|row| RiskRow { closed_at: self.known_end(&row.id, period), ..row });
        // Also those that a later line ended.
        rows.extend(there.filter(|row| row.received_at >= period.begins || row.closed_at.is_none()));
        pauses.extend(stood);
        Ok(())
    }

    /// The dossiers that were there.
    fn known_ids(&self) -> Vec<&str> {
        let there = self.0.iter().filter(|(_, forgotten)| **forgotten != Forgotten::Receipt);
        there.map(|(id, _)| id.as_str()).collect()
    }

    /// When one of them was recorded as ended, unless that was after the cut.
    fn known_end(&self, dossier_id: &str, period: &Period) -> Option<Instant> {
        match self.0.get(dossier_id)? {
            Forgotten::Receipt | Forgotten::End => None,
            Forgotten::Moment(at) => Some(*at).filter(|at| *at < period.cut),
        }
    }
}

/// Codes of the online files that the period must not know.
pub(super) fn unknown_submissions(conn: &mut Conn, period: &Period) -> OfficeResult<BTreeSet<String>> {
    let lines = journal::belated(conn, period.known, period.cut, &[HANDED_IN])?;
    let codes = lines.iter().map(|line| Ok(serde_json::from_str::<HandedIn>(&line.body)?.code));
    Ok(codes.collect::<serde_json::Result<_>>()?)
}
