//! Returned mail settles the messages that it speaks of.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::delivery::{BounceAction, BounceMark, StatusReport, read_bounces};
use crate::domain::time::Instant;
use crate::store::kept;

use super::Office;
use super::delivery_report::DeliveryReport;
use super::error::{OfficeError, OfficeResult};

/// How far the mailbox was read, among the facts of the installation.
const MARK: &str = "bounces/mark";

/// What a reading of the mailbox found and did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct BounceReport {
    /// Mails that were looked at.
    pub read: u64,
    pub failed: u64,
    pub delayed: u64,
    pub delivered: u64,
    /// Mails that report on nothing of ours.
    pub other: u64,
}

/// [`BounceMark`] as it is kept.
#[derive(Debug, Default, Serialize, Deserialize)]
struct KeptMark {
    /// Another mailbox is read from its beginning.
    mailbox: String,
    offset: u64,
    seen: String,
    held: u64,
    names: Vec<String>,
}

impl Office {
    /// Reads what came into `bounces.mailbox` since the last time.
    ///
    /// # Errors
    /// When the mailbox or the database cannot be read; what was done before stays done.
    pub fn read_bounces(&self, now: Instant) -> OfficeResult<BounceReport> {
        let mut report = BounceReport::default();
        let mailbox = self.settings().bounces.mailbox.clone();
        if mailbox.is_empty() {
            return Ok(report);
        }
        let mut mark = self.bounce_mark(&mailbox)?;
        loop {
            let found = read_bounces(Path::new(&mailbox), &mut mark)
                .map_err(|error| OfficeError::Broken(format!("bounces.mailbox {mailbox}: {error}")))?;
            if found.mails == 0 {
                return Ok(report);
            }
            report.read += found.mails;
            report.other += found.other;
            for one in &found.reports {
                self.take_bounce(now, one, &mut report)?;
            }
            // After the reports: a crash between reads them again, which changes nothing.
            self.keep_bounce_mark(&mailbox, &mark)?;
        }
    }

    fn take_bounce(&self, now: Instant, one: &StatusReport, report: &mut BounceReport) -> OfficeResult<()> {
        let (outcome, count) = match one.action {
            BounceAction::Failed => (DeliveryReport::Bounced, &mut report.failed),
            BounceAction::Delayed => (DeliveryReport::Delayed, &mut report.delayed),
            BounceAction::Delivered => (DeliveryReport::Delivered, &mut report.delivered),
        };
        match self.report_delivery(now, &one.message_id, outcome, &one.detail) {
            Ok(_) => *count += 1,
            Err(OfficeError::NotFound) => report.other += 1,
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn bounce_mark(&self, mailbox: &str) -> OfficeResult<BounceMark> {
        let known = self.store().read(|conn| kept::get(conn, MARK))?;
        // A mark that cannot be read is none: reports twice change nothing.
        let known: KeptMark = known.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        if known.mailbox != mailbox {
            return Ok(BounceMark::default());
        }
        Ok(BounceMark { offset: known.offset, seen: known.seen, held: known.held, names: known.names })
    }

    fn keep_bounce_mark(&self, mailbox: &str, mark: &BounceMark) -> OfficeResult<()> {
        let BounceMark { offset, seen, held, names } = mark.clone();
        let text = serde_json::to_string(&KeptMark { mailbox: mailbox.to_owned(), offset, seen, held, names })?;
        Ok(self.store().write(|tx| kept::put(tx, MARK, &text))?)
    }
}
