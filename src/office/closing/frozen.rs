//! What is kept of a closed period.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::domain::reporting_period::{PeriodKind, PeriodShape, ReportingPeriod};
use crate::domain::role::Role;
use crate::domain::summary::{Bucket, Summary};
use crate::domain::time::{Instant, rfc3339};
use crate::office::late::LateFile;
use crate::office::report::Question;
use crate::office::report_groups::Grouping;
use crate::office::{Office, OfficeResult};
use crate::store::journal::hex;
use crate::store::people::{Account, Agency};

use super::OpenMonth;

/// Raised with every change of the shape.
const FORMAT: u16 = 1;

/// The reports of a closed period. Its bytes are this in JSON, in the order of the fields.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Frozen {
    pub format: u16,
    /// Code of the agency.
    pub agency: String,
    pub agency_name: String,
    pub period: ReportingPeriod,
    pub shape: PeriodShape,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub as_of: String,
    /// Of the program that computed them.
    pub program: String,
    /// `null` while they are only looked at.
    pub signed: Option<Signature>,
    /// Every number of the summary by its name.
    pub counts: BTreeMap<Bucket, u64>,
    pub reports: Reports,
    /// What everybody may know of a month; of longer periods nothing is published.
    pub open_data: Option<OpenMonth>,
}

/// Who signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    pub name: String,
    pub username: String,
    pub role: Role,
    pub at: String,
}

/// As the machine interface gives them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reports {
    pub summary: Value,
    pub form_06a_by_field: Value,
    pub form_06a_by_unit: Value,
    pub reasons_by_field: Value,
    pub reasons_by_unit: Value,
    pub form_07a_by_field: Value,
    pub form_07a_by_unit: Value,
    pub units: Value,
    pub online: Value,
    pub procedures: Value,
    pub index: Value,
    pub self_score: Value,
    pub late: Vec<LateLine>,
}

/// A late file and what became of its apology.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateLine {
    pub code: String,
    pub due_at: Option<String>,
    pub closed_at: Option<String>,
    pub working_days_late: Option<u32>,
    pub reason_code: String,
    pub apology: String,
    pub apology_number: Option<String>,
    pub exception: Option<String>,
}

impl Signature {
    pub(super) fn of(account: &Account, at: Instant) -> Self {
        Self { name: account.name.clone(), username: account.username.clone(), role: account.role, at: rfc3339(at) }
    }
}

impl LateLine {
    fn of(file: &LateFile) -> Self {
        Self {
            code: file.row.code.clone(),
            due_at: file.row.due_at.map(rfc3339),
            closed_at: file.row.closed_at.map(rfc3339),
            working_days_late: file.days.promise,
            reason_code: file.reason_code.clone(),
            apology: file.apology.code().to_owned(),
            apology_number: file.apology.letter().map(|letter| letter.number.clone()),
            exception: file.apology.exception().map(str::to_owned),
        }
    }
}

impl Frozen {
    /// Names the figures, whenever they were computed and whoever signs them.
    #[must_use]
    pub fn seen(&self) -> String {
        hex(&Sha256::digest(json!(self.counts).to_string().as_bytes()))
    }
}

impl Office {
    pub(super) fn frozen(
        &self,
        now: Instant,
        (period, shape): (ReportingPeriod, PeriodShape),
        agency: &Agency,
        question: &Question,
        signed: Option<Signature>,
    ) -> OfficeResult<Frozen> {
        let days = question.period(now)?;
        let (_, files) = self.counted(question, &days)?;
        let mut late: Vec<LateLine> = self.late_files(now, question)?.iter().map(LateLine::of).collect();
        late.sort_by(|a, b| a.code.cmp(&b.code));
        let by_field = self.form_06a(now, question, Grouping::Field)?;
        let least = self.settings().open_data.min_cases;
        let names = (agency.code.as_str(), agency.name.as_str());
        let open = || OpenMonth::of(names, (period, shape), &by_field, least);
        Ok(Frozen {
            format: FORMAT,
            agency: agency.code.clone(),
            agency_name: agency.name.clone(),
            period,
            shape,
            from: question.from,
            to: question.to,
            as_of: rfc3339(now),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            signed,
            counts: Summary::of(files.iter(), &days).counts(),
            reports: Reports {
                summary: json!(self.summary(now, question)?),
                form_06a_by_field: json!(by_field),
                form_06a_by_unit: json!(self.form_06a(now, question, Grouping::Unit)?),
                reasons_by_field: json!(self.reasons_report(now, question, Grouping::Field)?),
                reasons_by_unit: json!(self.reasons_report(now, question, Grouping::Unit)?),
                form_07a_by_field: json!(self.form_07a(now, question, Grouping::Field)?),
                form_07a_by_unit: json!(self.form_07a(now, question, Grouping::Unit)?),
                units: json!(self.units_report(now, question)?),
                online: json!(self.online_report(now, question)?),
                procedures: json!(self.procedures_report(now, question, None)?),
                index: json!(self.index_report(now, question)?),
                self_score: json!(self.self_score(now, question)?),
                late,
            },
            open_data: (period.kind() == PeriodKind::Month).then(open),
        })
    }
}
