//! A batch of rows inside one transaction: new dossiers with their history, later steps of known ones.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::domain::code::DossierCode;
use crate::domain::deadline::DeadlineError;
use crate::domain::dossier::{ElectronicResult, Outcome, Step, StepKind};
use crate::domain::limit::Limit;
use crate::domain::problem::{FieldError, Problem};
use crate::domain::time::{Instant, rfc3339};
use crate::office::intake::{Checked, Draft, FROM_REGISTER, OldReceipt, Source, check, draft, used, wish};
use crate::office::progress::{Moment, body_of, fold, moved, next_check};
use crate::office::rules::Rules;
use crate::office::terms::Agreed;
use crate::office::{Actor, OfficeError, OfficeResult};
use crate::render::differs;
use crate::store::dossiers::{self, DossierRow};
use crate::store::journal::{self, Line};
use crate::store::{Tx, contacts, counters, promises};

use super::report::{Differs, ImportReport};
use super::row::{Later, Told, ending};

/// Codes of the batches before, as hashes: a dry run undoes them, yet they count as known.
pub(super) type Seen = HashSet<u64>;

/// What is at hand while a batch is taken.
pub(super) struct Batch<'a, 'tx> {
    pub tx: &'a mut Tx<'tx>,
    pub rules: &'a Rules,
    pub now: Instant,
    pub actor: &'a Actor,
    pub seen: &'a Seen,
    known: HashMap<String, DossierRow>,
    lines: Vec<Written>,
    /// How many were received, by procedure: what comes first in the search of the counter.
    received: BTreeMap<&'a str, i64>,
    report: ImportReport,
}

/// A journal line that is sealed with the others at the end of the batch.
struct Written {
    dossier_id: String,
    at: Instant,
    kind: StepKind,
    body: String,
}

enum Taken {
    Imported,
    Updated,
    Unchanged,
}

impl<'a, 'tx> Batch<'a, 'tx> {
    pub fn new(tx: &'a mut Tx<'tx>, rules: &'a Rules, (now, actor): (Instant, &'a Actor), seen: &'a Seen) -> Self {
        let report = ImportReport::default();
        Self {
            tx,
            rules,
            now,
            actor,
            seen,
            known: HashMap::new(),
            lines: Vec::new(),
            received: BTreeMap::new(),
            report,
        }
    }

    /// Takes the rows in order; a row that is wrong is told and leaves nothing behind.
    pub fn take(mut self, rows: &[Told]) -> OfficeResult<(ImportReport, Vec<u64>)> {
        let codes: Vec<String> = rows.iter().map(|told| told.form.code.clone()).collect();
        self.known = dossiers::by_codes(self.tx, &codes)?.into_iter().map(|row| (row.code.clone(), row)).collect();
        let mut logged = Vec::new();
        for told in rows {
            self.report.read += 1;
            match self.row(told) {
                Ok(Taken::Imported) => {
                    self.report.imported += 1;
                    logged.push(hash_of(&told.form.code));
                }
                Ok(Taken::Updated) => self.report.updated += 1,
                Ok(Taken::Unchanged) => self.report.unchanged += 1,
                Err(OfficeError::Invalid(errors)) => self.report.reject(told.row, &errors),
                Err(OfficeError::Refused(refusal)) => {
                    self.report.reject(told.row, &[FieldError::new("outcome", "", Problem::Refused(refusal))]);
                }
                Err(error @ (OfficeError::NotFound | OfficeError::Store(_) | OfficeError::Broken(_))) => {
                    return Err(error);
                }
            }
        }
        self.seal()?;
        for (procedure, count) in &self.received {
            counters::advance(self.tx, &used(procedure), *count)?;
        }
        Ok((self.report, logged))
    }

    fn row(&mut self, told: &Told) -> OfficeResult<Taken> {
        let mut errors = told.errors.clone();
        if errors.iter().any(|error| error.field == "row") {
            // Nothing of the row was read, so there is nothing to check.
            return Err(OfficeError::Invalid(errors));
        }
        let old = if told.history.has_promise() { OldReceipt::TakenOver } else { OldReceipt::Refused };
        let checked = check(&told.form, self.rules, self.now, old).map_err(|more| {
            // What could not be read was not seen by the check, which then misses it.
            for error in more {
                if !errors.iter().any(|known| known.field == error.field) {
                    errors.push(error);
                }
            }
        });
        let Ok(checked) = checked else { return Err(OfficeError::Invalid(errors)) };
        if !errors.is_empty() {
            return Err(OfficeError::Invalid(errors));
        }
        let later = told.history.check(checked.received_at, self.now, self.rules).map_err(OfficeError::Invalid)?;
        let Some(code) = checked.code.clone() else {
            return Err(FieldError::new("code", "", Problem::Required).into());
        };
        match self.known.remove(code.as_str()) {
            Some(row) => {
                let answer = self.known_row(row.clone(), &checked, &later);
                let (row, taken) = match answer {
                    Ok((row, taken)) => (row, Ok(taken)),
                    Err(error) => (row, Err(error)),
                };
                self.known.insert(code.as_str().to_owned(), row);
                taken
            }
            None if self.seen.contains(&hash_of(code.as_str())) => Ok(Taken::Unchanged),
            None => self.new_row(&code, &checked, &later),
        }
    }

    /// Logs the dossier and folds its history in before anything is written.
    fn new_row(&mut self, code: &DossierCode, checked: &Checked, later: &Later) -> OfficeResult<Taken> {
        let agency = self.rules.agency()?;
        // The codes of others are not among those that are known here.
        if self.rules.narrowed && dossiers::is_taken(self.tx, code.as_str())? {
            return Err(FieldError::new("code", code.as_str(), Problem::CodeTaken).into());
        }
        let source = Source::Register { promised: later.due_at };
        let Draft { mut row, promise, body, counted } = draft(self.rules, self.now, &agency.id, code, checked, source)?;
        let mut written =
            vec![Written { dossier_id: row.id.clone(), at: checked.received_at, kind: StepKind::Logged, body }];
        for (at, step) in steps(later, &row) {
            fold(&mut row, at, &step)?;
            let body = body_of(&row, &step).to_string();
            written.push(Written { dossier_id: row.id.clone(), at, kind: step.kind(), body });
        }
        row.next_check_at = next_check(&row, promise.as_slice(), &[], self.rules, self.now);
        self.lines.extend(written);
        dossiers::insert(self.tx, row.clone())?;
        let procedure = self.procedure_code(&row);
        checked.filing.keep(self.tx, &row, procedure)?;
        if let Some(wish) = wish(&row, checked, self.now) {
            contacts::put(self.tx, wish)?;
        }
        if let Some(promise) = promise {
            promises::insert(self.tx, promise)?;
        }
        if let Some(due_at) = later.due_at {
            self.compare(&row, due_at, counted);
        }
        *self.received.entry(procedure).or_default() += 1;
        self.known.insert(row.code.clone(), row);
        Ok(Taken::Imported)
    }

    /// Tells when the promise that was made is not the one that the rules give.
    fn compare(
        &mut self,
        row: &DossierRow,
        promised: Instant,
        counted: Option<(Limit, Result<Agreed, DeadlineError>)>,
    ) {
        let (computed, why) = match counted {
            Some((_, Ok(ours))) if ours.promise.due_at == promised => return,
            Some((_, Ok(ours))) => (Some(ours.promise.due_at), differs::counted_otherwise(&ours.promise.ledger)),
            Some((limit, Err(error))) => (None, differs::not_countable(limit, row.received_at, error)),
            None => (None, differs::no_limit(self.procedure_code(row))),
        };
        self.report.differ(Differs {
            code: row.code.clone(),
            promised: rfc3339(promised),
            computed: computed.map(rfc3339),
            why,
        });
    }

    fn procedure_code(&self, row: &DossierRow) -> &'a str {
        self.rules.procedure_version(&row.procedure_id).map_or("", |version| version.row.code.as_str())
    }

    /// Takes the steps that a known dossier has not had; facts that never change must agree.
    fn known_row(&mut self, row: DossierRow, checked: &Checked, later: &Later) -> OfficeResult<(DossierRow, Taken)> {
        self.same_facts(&row, checked, later)?;
        let steps = steps(later, &row);
        if steps.is_empty() {
            return Ok((row, Taken::Unchanged));
        }
        if !self.came_by_import(&row)? {
            // What was received here is finished here, when it is finished: a file could put it into the past.
            let (at, step) = steps.first().map_or((self.now, StepKind::Logged), |(at, step)| (*at, step.kind()));
            let field = if step == StepKind::Returned { "returned_at" } else { "resolved_at" };
            return Err(FieldError::new(field, rfc3339(at), Problem::RecordedHere).into());
        }
        let mut ahead = row.clone();
        for (at, step) in &steps {
            fold(&mut ahead, *at, step)?;
        }
        // Their lines come after those that wait.
        self.seal()?;
        let mut row = row;
        for (at, step) in &steps {
            (row, _) = moved(self.tx, self.rules, Moment { now: self.now, at: *at }, self.actor, row, step)?;
        }
        Ok((row, Taken::Updated))
    }

    fn came_by_import(&mut self, row: &DossierRow) -> OfficeResult<bool> {
        self.seal()?;
        let logged = journal::of_dossier_and_kind(self.tx, &row.id, StepKind::Logged.as_str())?;
        Ok(logged.first().is_some_and(|line| line.body.contains(FROM_REGISTER)))
    }

    fn same_facts(&mut self, row: &DossierRow, checked: &Checked, later: &Later) -> OfficeResult<()> {
        let mut errors = Vec::new();
        let mut hold = |field, given: String, kept: String| {
            if given != kept {
                errors.push(FieldError::new(field, given, Problem::CannotChange { kept }));
            }
        };
        let version = self.rules.procedure_version(&checked.procedure_id);
        let given_code = version.map_or("", |version| version.row.code.as_str());
        hold("procedure_code", given_code.to_owned(), self.procedure_code(row).to_owned());
        hold("channel", checked.channel.to_string(), row.channel.to_string());
        hold("received_at", rfc3339(checked.received_at), rfc3339(row.received_at));
        if let Some(due_at) = later.due_at.filter(|due_at| row.due_at != Some(*due_at)) {
            // The judged promise may be a later one: the source tells of the first.
            let first = promises::of_dossier(self.tx, &row.id)?.first().map(|promise| rfc3339(promise.due_at));
            hold("due_at", rfc3339(due_at), first.unwrap_or_default());
        }
        if let Some(((at, outcome, _), closed_at)) = later.ended.zip(row.closed_at) {
            hold("resolved_at", rfc3339(at), rfc3339(closed_at));
            hold("outcome", outcome.stage().to_string(), row.stage.to_string());
        }
        if let Some((at, returned_at)) = later.returned_at.zip(row.returned_at) {
            hold("returned_at", rfc3339(at), rfc3339(returned_at));
        }
        if errors.is_empty() { Ok(()) } else { Err(OfficeError::Invalid(errors)) }
    }

    /// Seals the lines that wait, in one go.
    fn seal(&mut self) -> OfficeResult<()> {
        if self.lines.is_empty() {
            return Ok(());
        }
        let written = std::mem::take(&mut self.lines);
        let lines: Vec<Line<'_>> = written
            .iter()
            .map(|line| Line {
                recorded_at: self.now,
                at: line.at,
                actor: self.actor.journal_name(),
                kind: line.kind.as_str(),
                dossier_id: Some(&line.dossier_id),
                body: line.body.clone(),
            })
            .collect();
        Ok(journal::append(self.tx, &lines)?)
    }
}

/// The steps of the source that the dossier has not had.
fn steps(later: &Later, row: &DossierRow) -> Vec<(Instant, Step)> {
    let ended = later.ended.filter(|_| row.closed_at.is_none());
    let end =
        ended.map(|(at, outcome, electronic): (Instant, Outcome, ElectronicResult)| (at, ending(outcome, electronic)));
    let returned = later.returned_at.filter(|_| row.returned_at.is_none()).map(|at| (at, Step::Return));
    end.into_iter().chain(returned).collect()
}

fn hash_of(code: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    code.hash(&mut hasher);
    hasher.finish()
}
