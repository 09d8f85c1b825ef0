//! The dossiers whose next check has come, some hundreds at a time. While some are written, the next ones are
//! decided ahead; what was decided holds if nobody else wrote meanwhile, else it is decided again.

use std::collections::btree_map::{BTreeMap, Entry};
use std::sync::mpsc::channel;
use std::thread;

use crate::config::SigningMode;
use crate::domain::notice::NoticeKind;
use crate::domain::time::Instant;
use crate::office::apology::{Series, last_serial, take_serials};
use crate::office::at_hand::{self, AtHand};
use crate::office::rules::Rules;
use crate::office::{Office, OfficeResult};
use crate::store::dossiers::{self, DossierRow};
use crate::store::{Conn, Place, Tx};

use super::SweepReport;
use super::look::Looked;

/// Dossiers taken in one transaction: few enough that clerks at the counter never wait long.
const DOSSIERS: usize = 500;

/// Dossiers that were decided together, of which nothing is written yet.
struct Batch {
    closed: Vec<DossierRow>,
    open: Vec<AtHand>,
    /// What was found about each of the open ones.
    looked: Vec<Looked>,
    /// The series that its letters are numbered in, by agency.
    numbered: BTreeMap<String, Span>,
}

/// Serials of a series: those after the first number, up to the last.
#[derive(Debug, Clone, Copy)]
struct Span {
    after: i64,
    last: i64,
}

/// What the batch before takes when it is written.
#[derive(Default)]
struct Taken {
    dossiers: Vec<String>,
    numbered: BTreeMap<String, Span>,
}

impl Batch {
    /// Whether there may be more.
    const fn is_full(&self) -> bool {
        self.closed.len() + self.open.len() == DOSSIERS
    }

    fn takes(&self) -> Taken {
        let open = self.open.iter().map(|dossier| &dossier.row.id);
        let dossiers = self.closed.iter().map(|row| &row.id).chain(open).cloned().collect();
        Taken { dossiers, numbered: self.numbered.clone() }
    }

    /// Whether its numbers are the next ones.
    fn is_next(&self, conn: &mut Conn, now: Instant) -> OfficeResult<bool> {
        for (agency, span) in &self.numbered {
            if last_serial(conn, now, agency)? != span.after {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl Office {
    /// Each batch in its own transaction.
    pub(super) fn sweep_dossiers(&self, now: Instant, report: &mut SweepReport) -> OfficeResult<()> {
        thread::scope(|scope| {
            let (ask, asked) = channel::<Taken>();
            let (tell, told) = channel();
            scope.spawn(move || {
                let decide = |taken| self.reading(|conn, rules| self.decide(conn, rules, now, &taken));
                asked.into_iter().map(decide).try_for_each(|batch| tell.send(batch))
            });
            let mut since: Option<Place> = None;
            loop {
                // Waited for before the turn to write comes: nobody waits with us.
                let ahead = since.and_then(|since| Some((since, told.recv().ok()?.ok()?)));
                let (place, full) = self.writing(|tx, rules| {
                    let place = self.store.place(tx)?;
                    let batch = match ahead {
                        Some((since, batch)) if place.is_right_after(since) && batch.is_next(tx, now)? => batch,
                        Some(_) | None => self.decide(tx, rules, now, &Taken::default())?,
                    };
                    let full = batch.is_full();
                    if full {
                        // Without it the next one is decided in its turn.
                        let _ = ask.send(batch.takes());
                    }
                    self.write_batch(tx, rules, now, batch, report)?;
                    Ok((place, full))
                })?;
                if !full {
                    return Ok(());
                }
                since = Some(place);
            }
        })
    }

    /// All of them inside one transaction.
    pub(super) fn sweep_dossiers_within(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        report: &mut SweepReport,
    ) -> OfficeResult<()> {
        loop {
            let batch = self.decide(tx, rules, now, &Taken::default())?;
            let full = batch.is_full();
            self.write_batch(tx, rules, now, batch, report)?;
            if !full {
                return Ok(());
            }
        }
    }

    /// The next dossiers that are not taken: read together, then looked at one by one, letters numbered in their
    /// order. On one core: the others write.
    fn decide(&self, conn: &mut Conn, rules: &Rules, now: Instant, taken: &Taken) -> OfficeResult<Batch> {
        let rows = dossiers::to_check(conn, now, &taken.dossiers, DOSSIERS)?;
        let (closed, open): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.closed_at.is_some());
        if open.is_empty() {
            return Ok(Batch { closed, open: Vec::new(), looked: Vec::new(), numbered: BTreeMap::new() });
        }
        let head = self.letterhead(conn)?;
        let mut open = AtHand::all(conn, open)?;
        let (mut looked, mut numbered) = (Vec::with_capacity(open.len()), BTreeMap::new());
        for dossier in &mut open {
            let mut found = self.look(rules, now, dossier)?;
            let issued = found.letter.is_some() && self.signing_mode() == SigningMode::Automatic;
            let serial = issued.then(|| next_of(conn, now, &dossier.row.agency_id, taken, &mut numbered));
            let series = Series { head: &head, serial: serial.transpose()? };
            self.close_look(rules, now, dossier, &mut found, series)?;
            looked.push(found);
        }
        Ok(Batch { closed, open, looked, numbered })
    }

    fn write_batch(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        batch: Batch,
        report: &mut SweepReport,
    ) -> OfficeResult<()> {
        let Batch { closed, mut open, looked, numbered } = batch;
        for (agency, span) in numbered {
            take_serials(tx, now, &agency, span.last - span.after)?;
        }
        at_hand::write(tx, &mut open)?;
        for (dossier, looked) in open.into_iter().zip(looked) {
            report.add(looked.report);
            if let Some(sub) = looked.closes {
                let raised = self.close_unanswered(tx, rules, now, dossier.row, &sub)?;
                report.count(NoticeKind::ClosedUnanswered, raised);
            }
        }
        for row in closed {
            report.examined += 1;
            self.finish_late_again(tx, rules, now, row)?;
        }
        Ok(())
    }
}

/// The next serial of an agency's letters, after those that are taken.
fn next_of(
    conn: &mut Conn,
    now: Instant,
    agency_id: &str,
    taken: &Taken,
    numbered: &mut BTreeMap<String, Span>,
) -> OfficeResult<i64> {
    let span = match numbered.entry(agency_id.to_owned()) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(new) => {
            let after = match taken.numbered.get(agency_id) {
                Some(span) => span.last,
                None => last_serial(conn, now, agency_id)?,
            };
            new.insert(Span { after, last: after })
        }
    };
    span.last += 1;
    Ok(span.last)
}
