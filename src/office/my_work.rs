//! An officer's files by what each waits for. A file is in exactly one group.

use std::collections::{HashMap, HashSet};

use crate::domain::sub_deadline::SubDeadlineKind;
use crate::domain::text_enum;
use crate::domain::time::{Instant, civil_day};
use crate::store::dossiers::{self, DossierRow, Filter, Order, Part};
use crate::store::sub_deadlines::{self, SubDeadline};
use crate::store::{Conn, letters};

use super::alarm::recipients::screens;
use super::board::risk_ends;
use super::error::OfficeResult;
use super::readiness::{Readiness, said};
use super::{Office, Rules, grouped};

/// The most files of one person that are shown.
const MOST: i64 = 1_000;

text_enum! {
    /// What a file waits for, the most urgent first.
    WaitsFor {
        /// its date in force passed
        Late = "qua-han",
        /// somebody to say whether it will be ready
        Answer = "can-tra-loi",
        /// a letter's signature
        Signature = "cho-ky",
        /// the opinion of a body
        Opinion = "cho-y-kien",
        /// its paper
        Paper = "cho-giay",
        /// the officer's own work
        Work = "dang-lam",
        /// the citizen
        Citizen = "cho-dan",
    }
}

/// A file of the officer.
#[derive(Debug, Clone)]
pub struct MyFile {
    pub row: DossierRow,
    pub waits_for: WaitsFor,
    /// Open sub-deadlines, in the order they began.
    pub inside: Vec<SubDeadline>,
    /// The last moment at which its delay can be told as early as the law wants; `None`: it was told, or
    /// nothing was promised, or the clock stands still.
    pub tell_by: Option<Instant>,
    pub readiness: Readiness,
    /// Its handling officer is away, and this account stands in.
    pub for_another: bool,
}

/// What decides besides the file itself.
struct View {
    now: Instant,
    risk_ends: Instant,
    /// Files with a letter to be signed.
    to_sign: HashSet<String>,
}

impl Office {
    /// The open files of an account and of people away for whom it stands in, by what they wait for, the
    /// earliest date in force first.
    ///
    /// # Errors
    /// The database.
    pub fn my_work(&self, now: Instant, account_id: &str) -> OfficeResult<Vec<MyFile>> {
        self.reading(|conn, rules| {
            let mut rows = Vec::new();
            for officer in screens(rules, account_id, civil_day(now)) {
                let filter = Filter { part: Part::Open, officer_id: Some(officer), ..Filter::default() };
                rows.extend(dossiers::list(conn, &filter, Order::DueFirst, None, MOST)?);
            }
            let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
            let mut inside = HashMap::new();
            for ids in ids.chunks(500) {
                inside.extend(grouped(sub_deadlines::open_of_dossiers(conn, ids)?, |sub| sub.dossier_id.clone()));
            }
            let to_sign: HashSet<String> = letters::to_be_signed(conn)?.into_iter().collect();
            let view =
                View { now, risk_ends: risk_ends(now, self.settings().legal_moment(), &rules.calendar), to_sign };
            let mut files = rows
                .into_iter()
                .map(|row| {
                    let inside = inside.remove(&row.id).unwrap_or_default();
                    let for_another = row.officer_id.as_deref() != Some(account_id);
                    let file = self.my_file(conn, rules, &view, (row, inside))?;
                    Ok(MyFile { for_another, ..file })
                })
                .collect::<OfficeResult<Vec<_>>>()?;
            files.sort_by_key(|file| {
                let due_at = in_force(&file.row);
                (file.waits_for, due_at.is_none(), due_at, file.row.code.clone())
            });
            Ok(files)
        })
    }

    fn my_file(
        &self,
        conn: &mut Conn,
        rules: &Rules,
        &View { now, risk_ends, ref to_sign }: &View,
        (row, inside): (DossierRow, Vec<SubDeadline>),
    ) -> OfficeResult<MyFile> {
        let due_at = in_force(&row).filter(|_| row.paused_since.is_none());
        let soon = due_at.is_some_and(|at| at < risk_ends);
        // Asked file by file: only the few whose time is near.
        let readiness = if soon && due_at.is_some_and(|at| at >= now) { said(conn, &row)? } else { Readiness::Unasked };
        let open = |kind| inside.iter().any(|sub: &SubDeadline| sub.kind == kind);
        let waits_for = if row.paused_since.is_some() {
            WaitsFor::Citizen
        } else if due_at.is_some_and(|at| at < now) {
            WaitsFor::Late
        } else if to_sign.contains(&row.id) {
            WaitsFor::Signature
        } else if soon && !matches!(readiness, Readiness::Confirmed { .. }) {
            WaitsFor::Answer
        } else if open(SubDeadlineKind::Consultation) {
            WaitsFor::Opinion
        } else if open(SubDeadlineKind::HandOver) {
            WaitsFor::Paper
        } else {
            WaitsFor::Work
        };
        let tell_by = due_at.filter(|at| row.reschedule_number == 0 && *at >= now);
        let tell_by = tell_by.and_then(|at| self.settings().legal_moment().before(at, &rules.calendar));
        Ok(MyFile { row, waits_for, inside, tell_by, readiness, for_another: false })
    }
}

/// The date in force: the new one of an apology, else the promise.
fn in_force(row: &DossierRow) -> Option<Instant> {
    row.new_due_at.or(row.due_at)
}
