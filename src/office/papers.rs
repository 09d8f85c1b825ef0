//! The forms of a dossier (01, 02, 03, 05, 06): frozen when they are first made, numbered in their own
//! series, printed again identically. Reading makes nothing: a paper begins with [`Office::paper`].

use chrono::Datelike;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::domain::dossier::{StageName, StepKind};
use crate::domain::time::{Instant, civil_day};
use crate::render::letter::registry::FormKind;
use crate::store::dossiers::{self, DossierRow};
use crate::store::filings::{self, Filing};
use crate::store::journal::{self, Entry, Line, hex};
use crate::store::papers::{self, Paper, PaperKind};
use crate::store::sub_deadlines::{self, SubDeadline};
use crate::store::{Conn, StoreError, Tx, counters, documents, promises};

use super::error::{OfficeError, OfficeResult, Refusal};
use super::letterhead::Letterhead;
use super::look::Whole;
use super::rules::Rules;
use super::seen::{Need, one_line};
use super::{Actor, Office, ids};

mod frozen;
mod slip;

pub use frozen::limit_words;

/// The journal's word for a paper that was made.
pub const MADE: &str = "paper_made";

/// A paper that a dossier has, or that can be made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub kind: PaperKind,
    /// From 1.
    pub occasion: i32,
    pub made: Option<Paper>,
    /// Whether the dossier moved on since the newest was made: it can be made once more.
    pub outdated: bool,
}

/// Everything that a paper is made of.
struct Making<'a> {
    office: &'a Office,
    rules: &'a Rules,
    now: Instant,
    head: Letterhead,
    row: DossierRow,
    events: Vec<Entry>,
    promises: Vec<promises::PromiseRow>,
    sub_deadlines: Vec<SubDeadline>,
    filing: Option<Filing>,
}

impl Office {
    /// Makes a paper of a dossier, or answers the one that was made before. `occasion` is which of its
    /// kind, from 1; `None`: the newest there is reason for. `reason` is needed by the refusal only.
    ///
    /// # Errors
    /// Not found; refused when nothing happened that such a paper would say; a refusal without reason.
    pub fn paper(
        &self,
        now: Instant,
        actor: &Actor,
        code: &str,
        kind: PaperKind,
        occasion: Option<i32>,
        reason: &str,
    ) -> OfficeResult<Paper> {
        let make = || self.writing(|tx, rules| self.make_paper(tx, rules, now, actor, code, kind, occasion, reason));
        let paper = match make() {
            // Somebody made the same at the same moment: that one is the paper.
            Err(OfficeError::Store(StoreError::Conflict(_))) => make()?,
            made => made?,
        };
        self.paper_bytes(now, paper).map(|(paper, _)| paper)
    }

    #[expect(clippy::too_many_arguments, reason = "the inside of one verb, in its transaction")]
    fn make_paper(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        actor: &Actor,
        code: &str,
        kind: PaperKind,
        occasion: Option<i32>,
        reason: &str,
    ) -> OfficeResult<Paper> {
        let making = self.making(tx, rules, now, code)?;
        let known: Vec<Paper> =
            papers::of_dossier(tx, &making.row.id)?.into_iter().filter(|paper| paper.kind == kind).collect();
        let found = |occasion| known.iter().find(|paper| paper.occasion == occasion).cloned();
        let occasion = match (kind, occasion) {
            (PaperKind::ControlSlip, None) => match known.last() {
                Some(last) if making.same_rows(last)? => return Ok(last.clone()),
                last => last.map_or(1, |last| last.occasion + 1),
            },
            // A slip of an earlier day is printed again; none is made for the past.
            (PaperKind::ControlSlip, Some(asked)) => return found(asked).ok_or(OfficeError::NotFound),
            (_, asked) => {
                let last = occasions(kind, making.row.stage, &making.events);
                let occasion = asked.unwrap_or(last);
                if occasion < 1 || occasion > last {
                    return Err(if last == 0 { Refusal::NothingWaits.into() } else { OfficeError::NotFound });
                }
                occasion
            }
        };
        if let Some(made) = found(occasion) {
            return Ok(made);
        }
        let need = if kind == PaperKind::Refusal { Need::Required } else { Need::Optional };
        let reason = one_line("reason", reason, need)?;
        let (number, serial) = number(tx, &making, kind)?;
        let paper = Paper {
            id: ids::id(now)?,
            agency_id: making.row.agency_id.clone(),
            dossier_id: making.row.id.clone(),
            kind,
            occasion,
            facts: making.facts(kind, occasion, &number, serial, &reason)?,
            number,
            issued_at: now,
            issued_by: actor.journal_name().to_owned(),
            document_hash: None,
        };
        papers::insert(tx, paper.clone())?;
        let body = json!({ "kind": kind, "occasion": occasion, "number": paper.number, "note": "" });
        let line = Line {
            recorded_at: now,
            at: now,
            actor: actor.journal_name(),
            kind: MADE,
            dossier_id: Some(&making.row.id),
            body: body.to_string(),
        };
        journal::append(tx, &[line])?;
        Ok(paper)
    }

    fn making<'a>(&'a self, conn: &mut Conn, rules: &'a Rules, now: Instant, code: &str) -> OfficeResult<Making<'a>> {
        let row = dossiers::by_code(conn, code)?.ok_or(OfficeError::NotFound)?;
        Ok(Making {
            office: self,
            rules,
            now,
            head: self.letterhead(conn)?,
            events: journal::of_dossier(conn, &row.id)?,
            promises: promises::of_dossier(conn, &row.id)?,
            sub_deadlines: sub_deadlines::of_dossier(conn, &row.id)?,
            filing: filings::find(conn, &row.id)?,
            row,
        })
    }

    /// A paper as issued: the kept bytes, or, when its maker was interrupted, rendered and kept now.
    /// `occasion`: the newest when `None`.
    ///
    /// # Errors
    /// Not found when it was never made; kept bytes that are gone or do not have their hash.
    pub fn paper_pdf(
        &self,
        now: Instant,
        code: &str,
        kind: PaperKind,
        occasion: Option<i32>,
    ) -> OfficeResult<(Paper, Vec<u8>)> {
        let paper = self.store().read(|conn| {
            let row = dossiers::by_code(conn, code)?.ok_or(OfficeError::NotFound)?;
            let wanted = |paper: &Paper| paper.kind == kind && occasion.is_none_or(|asked| asked == paper.occasion);
            papers::of_dossier(conn, &row.id)?.into_iter().rfind(wanted).ok_or(OfficeError::NotFound)
        })?;
        self.paper_bytes(now, paper)
    }

    #[expect(clippy::needless_pass_by_value, reason = "the answer is the paper as it stands then")]
    fn paper_bytes(&self, now: Instant, paper: Paper) -> OfficeResult<(Paper, Vec<u8>)> {
        if let Some(hash) = &paper.document_hash {
            let kept = self.store().read(|conn| documents::find(conn, hash))?;
            let whole = kept.map(|(_, bytes)| bytes).filter(|bytes| hex(&Sha256::digest(bytes)) == *hash);
            let corrupt = || StoreError::Corrupt(format!("paper {}: its document is not what was issued", paper.id));
            return whole.map(|bytes| (paper.clone(), bytes)).ok_or_else(|| corrupt().into());
        }
        let dressing = serde_json::from_str::<Value>(&paper.facts)?;
        let dressing = dressing.pointer("/frame/dressing").cloned().unwrap_or_default();
        let images = self.images(&serde_json::from_value(dressing)?)?;
        let bytes = self.press.paper_of(form_of(paper.kind), &paper.facts, &images)?;
        let hash = hex(&Sha256::digest(&bytes));
        self.store().write(|tx| papers::keep_document(tx, &paper.id, &hash, &bytes, now))?;
        // Two processes may have rendered it at once: what was kept first is what was issued.
        let kept = self.store().read(|conn| papers::find(conn, &paper.id))?.ok_or(OfficeError::NotFound)?;
        match kept.document_hash.as_deref() == Some(hash.as_str()) {
            true => Ok((kept, bytes)),
            false => self.paper_bytes(now, kept),
        }
    }

    /// The papers of a dossier: those it has and those that can be made, in the order of the forms.
    ///
    /// # Errors
    /// The database.
    pub fn papers_offered(&self, now: Instant, whole: &Whole) -> OfficeResult<Vec<Offer>> {
        self.reading(|conn, rules| {
            let known = papers::of_dossier(conn, &whole.row.id)?;
            let mut offers = Vec::new();
            for kind in PaperKind::ALL {
                let made: Vec<&Paper> = known.iter().filter(|paper| paper.kind == *kind).collect();
                if *kind == PaperKind::ControlSlip {
                    let making = self.making(conn, rules, now, &whole.row.code)?;
                    let outdated = made.last().map_or(Ok(false), |last| making.same_rows(last).map(|same| !same))?;
                    let made = made.last().map(|last| (*last).clone());
                    let occasion = made.as_ref().map_or(1, |last| last.occasion);
                    offers.push(Offer { kind: *kind, occasion, made, outdated });
                    continue;
                }
                for occasion in 1..=occasions(*kind, whole.row.stage, &whole.events) {
                    let made = made.iter().find(|paper| paper.occasion == occasion).map(|paper| (*paper).clone());
                    offers.push(Offer { kind: *kind, occasion, made, outdated: false });
                }
            }
            Ok(offers)
        })
    }
}

/// The next number of the series of its kind and year; none for a control slip.
fn number(tx: &mut Tx<'_>, making: &Making<'_>, kind: PaperKind) -> OfficeResult<(String, i64)> {
    let head = &making.head;
    let symbol = match kind {
        PaperKind::Receipt => &head.receipt_symbol,
        PaperKind::SupplementRequest => &head.supplement_symbol,
        PaperKind::Refusal => &head.refusal_symbol,
        PaperKind::Stop => &head.stop_symbol,
        PaperKind::ControlSlip => return Ok((String::new(), 0)),
    };
    let series = format!("paper/{kind}/{}/{}", making.row.agency_id, civil_day(making.now).year());
    let serial = counters::next(tx, &series)?;
    Ok((format!("{serial:02}/{symbol}"), serial))
}

/// How many papers of a kind there is reason for; the control slip has no such count.
fn occasions(kind: PaperKind, stage: StageName, events: &[Entry]) -> i32 {
    let asked = events.iter().filter(|entry| entry.kind == StepKind::SupplementRequested.as_str()).count();
    match kind {
        PaperKind::Receipt | PaperKind::ControlSlip => 1,
        PaperKind::SupplementRequest => i32::try_from(asked).unwrap_or(i32::MAX),
        PaperKind::Refusal => i32::from(stage == StageName::Refused),
        PaperKind::Stop => i32::from(stage == StageName::Stopped),
    }
}

/// The template of a paper.
#[must_use]
pub fn form_of(kind: PaperKind) -> FormKind {
    match kind {
        PaperKind::Receipt => FormKind::Receipt,
        PaperKind::SupplementRequest => FormKind::SupplementRequest,
        PaperKind::Refusal => FormKind::Refusal,
        PaperKind::Stop => FormKind::Stop,
        PaperKind::ControlSlip => FormKind::ControlSlip,
    }
}
