//! The frozen reports of closed periods are the bytes whose hash the journal holds.

use std::collections::BTreeMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::office::closing::CLOSED;
use crate::office::error::OfficeResult;
use crate::store::{Conn, closed_periods, journal};

use super::{BrokenLine, VerifyReport};

#[derive(Deserialize)]
struct Said {
    sha256: String,
}

/// Holds every closed period against its line, and every line against its period.
pub(super) fn check(conn: &mut Conn, report: &mut VerifyReport) -> OfficeResult<()> {
    let mut said: BTreeMap<i64, Option<String>> = BTreeMap::new();
    for line in journal::of_kind(conn, CLOSED)? {
        said.insert(line.seq, serde_json::from_str::<Said>(&line.body).ok().map(|said| said.sha256));
    }
    for closed in closed_periods::all(conn)? {
        report.periods += 1;
        let bytes = closed_periods::bytes(conn, &closed)?;
        let hash = bytes.map(|bytes| journal::hex(&Sha256::digest(&bytes)));
        let told = said.remove(&closed.journal_seq).flatten();
        if hash.as_ref() != Some(&closed.sha256) || told.as_ref() != Some(&closed.sha256) {
            report.broken.push(BrokenLine { seq: closed.journal_seq, why: "frozen report changed" });
        }
    }
    // Told, and not there.
    report.broken.extend(said.into_keys().map(|seq| BrokenLine { seq, why: "frozen report missing" }));
    Ok(())
}
