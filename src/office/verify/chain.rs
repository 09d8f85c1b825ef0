//! The journal's chain: every line carries the seal of the one before.

use crate::office::error::OfficeResult;
use crate::store::Conn;
use crate::store::proof::{self, JournalEnd};

use super::{BrokenLine, VerifyReport};

/// The newest line is not the one that was written last.
const CUT_OFF: &str = "end cut off";

/// Walks the lines `from..=to`; answers how many there are.
pub(super) fn walk(
    conn: &mut Conn,
    (from, to): (i64, i64),
    end: &JournalEnd,
    report: &mut VerifyReport,
) -> OfficeResult<u64> {
    let page = proof::lines(conn, from, to.min(end.last))?;
    let (mut seq, mut hash) = proof::line_before(conn, from)?.unwrap_or_default();
    let mut rows = 0;
    for entry in page {
        if entry.seq != seq + 1 {
            report.broken.push(BrokenLine { seq: seq + 1, why: "missing" });
        }
        if entry.hash != entry.expected_hash(&hash) {
            report.broken.push(BrokenLine { seq: entry.seq, why: "changed" });
        }
        rows += 1;
        seq = entry.seq;
        hash = entry.hash;
    }
    report.entries += rows;
    if seq == end.last && (seq, &hash) != (end.head.0, &end.head.1) {
        report.broken.push(BrokenLine { seq, why: CUT_OFF });
    }
    Ok(rows)
}
