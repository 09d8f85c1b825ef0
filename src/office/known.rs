//! What was written down after "as of" with an earlier date: an imported history, a receipt typed in later. A
//! report asked as of then must not know it, or it would answer otherwise when asked again.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::domain::dossier::StepKind;
use crate::domain::summary::{Counted, Period};
use crate::store::needs::Need;
use crate::store::{Conn, counts, journal};

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
}

/// What the line of an online file says.
#[derive(Deserialize)]
struct HandedIn {
    code: String,
}

impl Unknown {
    /// What the period must not know.
    pub(super) fn of(conn: &mut Conn, period: &Period) -> OfficeResult<Self> {
        let kinds = [StepKind::Logged, StepKind::ResultReady, StepKind::Withdrawn, StepKind::Stopped];
        let mut found = BTreeMap::new();
        // A dossier begins with its receipt: the oldest line says from where on it was not known.
        for line in journal::belated(conn, period.known, period.cut, &kinds.map(StepKind::as_str))? {
            let Some(dossier_id) = line.dossier_id else { continue };
            let forgotten = if line.kind == StepKind::Logged.as_str() { Forgotten::Receipt } else { Forgotten::End };
            found.entry(dossier_id).or_insert(forgotten);
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
        let open = counts::of_ids(conn, agency_id, &self.known_ids(), period.cut)?;
        files.extend(open.into_iter().map(|file| Counted { closed_at: None, ..file }));
        Ok(())
    }

    /// The same for what the files needed.
    pub(super) fn forget_needs(&self, needs: &mut Vec<Need>) {
        needs.retain(|need| self.0.get(&need.dossier_id) != Some(&Forgotten::Receipt));
        for need in needs {
            if self.0.contains_key(&need.dossier_id) {
                need.closed_at = None;
            }
        }
    }

    /// The dossiers that were there.
    fn known_ids(&self) -> Vec<&str> {
        let there = self.0.iter().filter(|(_, forgotten)| **forgotten == Forgotten::End);
        there.map(|(id, _)| id.as_str()).collect()
    }
}

/// Codes of the online files that the period must not know.
pub(super) fn unknown_submissions(conn: &mut Conn, period: &Period) -> OfficeResult<BTreeSet<String>> {
    let lines = journal::belated(conn, period.known, period.cut, &[HANDED_IN])?;
    let codes = lines.iter().map(|line| Ok(serde_json::from_str::<HandedIn>(&line.body)?.code));
    Ok(codes.collect::<serde_json::Result<_>>()?)
}
