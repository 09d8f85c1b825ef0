//! The columns of a list of rungs (`config/ladder.csv`), and taking such a list.

use std::io::{Cursor, Read};

use crate::domain::problem::FieldError;
use crate::domain::time::Instant;
use crate::store::{Tx, people, procedures, rungs};

use super::import::report::rejected;
use super::import::source::{self, Header, RawRow, Wanted};
use super::ladder_change::LadderChange;
use super::ladder_rung::{KnownCodes, RungTyped, StatedRung};
use super::proposals::Authors;
use super::reference::{self, ReferenceReport};
use super::{Actor, Office, OfficeResult};

fn wanted() -> Wanted {
    let must = ["kind", "audiences", "valid_from"].map(|name| (name, name.to_owned())).to_vec();
    let may = [
        "agency",
        "procedure",
        "level",
        "share_percent",
        "working_days",
        "accountable",
        "ways",
        "bundling",
        "urgency",
        "acknowledge_hours",
        "basis",
    ];
    Wanted { must, may: may.map(str::to_owned).to_vec() }
}

fn row(header: &Header, raw: &RawRow, known: &KnownCodes) -> Result<StatedRung, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut text = |field| reference::text(header, raw, field, &mut errors);
    let typed = RungTyped {
        agency: text("agency"),
        procedure: text("procedure"),
        kind: text("kind"),
        level: text("level"),
        share_percent: text("share_percent"),
        working_days: text("working_days"),
        audiences: text("audiences"),
        accountable: text("accountable"),
        ways: text("ways"),
        bundling: text("bundling"),
        urgency: text("urgency"),
        acknowledge_hours: text("acknowledge_hours"),
        basis: text("basis"),
        valid_from: text("valid_from"),
    };
    if errors.iter().any(|error| error.field == "row") {
        return Err(errors);
    }
    typed.stated(known, errors)
}

impl Office {
    /// Imports rungs (CSV or XLSX with the columns of `config/ladder.csv`): see [`take_ladder`].
    ///
    /// # Errors
    /// When the file is no such table, or the database cannot be written.
    pub fn import_ladder(&self, now: Instant, actor: &Actor, file: impl Read) -> OfficeResult<ReferenceReport> {
        let data = reference::whole(file)?;
        self.writing(|tx, _| take_ladder(tx, now, actor, &data))
    }
}

/// Takes rungs (the columns of `config/ladder.csv`) inside a transaction: a changed rung is a new version
/// of it, a rung that the file does not name stays as it is. The open dossiers it concerns are looked at
/// again.
///
/// # Errors
/// When the file is no such table, or the database cannot be written.
pub fn take_ladder(tx: &mut Tx<'_>, now: Instant, actor: &Actor, data: &[u8]) -> OfficeResult<ReferenceReport> {
    let known = KnownCodes {
        agencies: people::all_agencies(tx)?.into_iter().map(|agency| agency.code).collect(),
        procedures: procedures::all(tx)?.into_iter().map(|procedure| procedure.code).collect(),
    };
    let mut report = ReferenceReport::default();
    let mut given: Vec<StatedRung> = Vec::new();
    source::read(Cursor::new(data), &wanted(), &mut |header, raw, _| {
        report.read += 1;
        match row(header, &raw, &known) {
            Ok(rung) => given.push(rung),
            Err(errors) => report.rejected.extend(errors.iter().map(|error| rejected(raw.number, error))),
        }
        Ok(())
    })?;
    let before = rungs::all(tx)?;
    report.unchanged = u64::try_from(given.len()).unwrap_or_default();
    for rung in (LadderChange { rungs: given }).write(tx, now, &Authors::alone(actor))? {
        report.unchanged -= 1;
        if before.iter().any(|row| rung.is_version_of(row)) { report.changed += 1 } else { report.added += 1 }
    }
    reference::finish(tx, now, actor, "ladder_imported", &report, None)?;
    Ok(report)
}
