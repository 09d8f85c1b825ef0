//! The columns of a list of time rules.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::problem::{FieldError, Problem};
use crate::domain::time::Instant;
use crate::domain::time_rule::{NoticeLevel, RuleKind};
use crate::store::time_rules::TimeRule;

use super::import::source::{Header, RawRow, Wanted};
use super::proposals::Authors;
use super::{OfficeResult, ids, reference};

/// The longest addition that is no typing error, in days.
const MOST_ADDED: i32 = 1_000;
/// How sure a rule is.
const CONFIDENCES: &[&str] = &["confirmed", "unconfirmed", "doubtful", "unit_unconfirmed"];
/// Longest area, sector and basis, in characters.
const TEXT_MAX: usize = 500;

/// A time rule as somebody states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedRule {
    pub kind: RuleKind,
    pub area: String,
    pub sector: String,
    /// `None`: from `valid_from` on there is no such rule.
    pub limit_value: Option<i32>,
    pub limit_unit: Option<LimitUnit>,
    pub notice: NoticeLevel,
    pub basis: String,
    pub confidence: String,
    pub valid_from: NaiveDate,
}

pub(super) fn wanted() -> Wanted {
    let must = ["kind", "limit_value", "valid_from"].map(|name| (name, name.to_owned())).to_vec();
    Wanted { must, may: ["area", "sector", "limit_unit", "notice", "basis", "confidence"].map(str::to_owned).to_vec() }
}

/// A time rule as typed; the fields are named as the columns of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleTyped {
    pub kind: String,
    pub area: String,
    pub sector: String,
    /// Empty: from `valid_from` on there is no such rule.
    pub limit_value: String,
    pub limit_unit: String,
    pub notice: String,
    pub basis: String,
    pub confidence: String,
    pub valid_from: String,
}

pub(super) fn row(header: &Header, raw: &RawRow) -> Result<StatedRule, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut text = |field| reference::text(header, raw, field, &mut errors);
    let typed = RuleTyped {
        kind: text("kind"),
        area: text("area"),
        sector: text("sector"),
        limit_value: text("limit_value"),
        limit_unit: text("limit_unit"),
        notice: text("notice"),
        basis: text("basis"),
        confidence: text("confidence"),
        valid_from: text("valid_from"),
    };
    typed.stated(errors)
}

impl RuleTyped {
    /// The rule that is meant; `errors` are known before.
    pub(super) fn stated(self, mut errors: Vec<FieldError>) -> Result<StatedRule, Vec<FieldError>> {
        let one_of = |field, text: &str, expected| FieldError::new(field, text, Problem::NotOneOf { expected });
        let kind = self.kind.parse::<RuleKind>().map_err(|unknown| one_of("kind", &self.kind, unknown.expected));
        let notice = match self.notice.as_str() {
            "" => Ok(NoticeLevel::Screen),
            text => text.parse::<NoticeLevel>().map_err(|unknown| one_of("notice", text, unknown.expected)),
        };
        let confidence = match self.confidence.as_str() {
            "" => Ok("unconfirmed"),
            text => CONFIDENCES
                .iter()
                .find(|known| **known == text)
                .copied()
                .ok_or_else(|| one_of("confidence", text, CONFIDENCES)),
        };
        let day = self.valid_from.parse::<NaiveDate>();
        let day = day.map_err(|_| FieldError::new("valid_from", &self.valid_from, Problem::NotADay));
        let limit = kind.as_ref().map_or(Ok((None, None)), |kind| limit(*kind, &self.limit_value, &self.limit_unit));
        for (field, text) in [("area", &self.area), ("sector", &self.sector), ("basis", &self.basis)] {
            if text.chars().count() > TEXT_MAX {
                errors.push(FieldError::new(field, text, Problem::TooLong { max: TEXT_MAX }));
            }
        }
        match (kind, notice, confidence, day, limit) {
            (Ok(kind), Ok(notice), Ok(confidence), Ok(valid_from), Ok((limit_value, limit_unit)))
                if errors.is_empty() =>
            {
                Ok(StatedRule {
                    kind,
                    area: self.area,
                    sector: self.sector,
                    limit_value,
                    limit_unit,
                    notice,
                    basis: self.basis,
                    confidence: confidence.to_string(),
                    valid_from,
                })
            }
            (kind, notice, confidence, day, limit) => {
                let told = [kind.err(), notice.err(), confidence.err(), day.err(), limit.err()];
                errors.extend(told.into_iter().flatten());
                Err(errors)
            }
        }
    }
}

/// An empty value ends the rule. An addition has no unit of its own.
fn limit(kind: RuleKind, value: &str, unit: &str) -> Result<(Option<i32>, Option<LimitUnit>), FieldError> {
    let wrong = |field, text: &str| FieldError::new(field, text, Problem::NotALimit);
    if value.is_empty() {
        return Ok((None, None));
    }
    let number: u32 = value.parse().map_err(|_| wrong("limit_value", value))?;
    let kept = i32::try_from(number).map_err(|_| wrong("limit_value", value))?;
    if kind == RuleKind::AreaAddition {
        let sane = unit.is_empty() && (1..=MOST_ADDED).contains(&kept);
        return if sane { Ok((Some(kept), None)) } else { Err(wrong("limit_unit", unit)) };
    }
    let unit = unit.parse().map_err(|_| wrong("limit_unit", unit))?;
    Limit::new(number, unit).map_err(|_| wrong("limit_value", value))?;
    Ok((Some(kept), Some(unit)))
}

impl StatedRule {
    /// Which rule it is: kind, area, sector.
    pub(super) fn title(&self) -> String {
        let parts = [self.kind.as_str(), self.area.as_str(), self.sector.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// What it says.
    pub(super) fn words(&self) -> String {
        words(self.limit_value, self.limit_unit, self.notice, &self.basis, self.valid_from)
    }

    /// What a kept version says.
    pub(super) fn words_of(row: &TimeRule) -> String {
        words(row.limit_value, row.limit_unit, row.notice, &row.basis, row.valid_from)
    }

    pub(super) fn is_version_of(&self, row: &TimeRule) -> bool {
        (self.kind, &self.area, &self.sector) == (row.kind, &row.area, &row.sector)
    }

    pub(super) fn says_the_same(&self, row: &TimeRule) -> bool {
        (self.limit_value, self.limit_unit, self.notice, &self.basis, &self.confidence, self.valid_from)
            == (row.limit_value, row.limit_unit, row.notice, &row.basis, &row.confidence, row.valid_from)
    }

    pub(super) fn stored(self, now: Instant, authors: &Authors, version: i32) -> OfficeResult<TimeRule> {
        Ok(TimeRule {
            id: ids::id(now)?,
            kind: self.kind,
            area: self.area,
            sector: self.sector,
            version,
            limit_value: self.limit_value,
            limit_unit: self.limit_unit,
            notice: self.notice,
            basis: self.basis,
            confidence: self.confidence,
            valid_from: self.valid_from,
            entered_by: authors.entered_by.clone(),
            approved_by: authors.approved_by.clone(),
            entered_at: now,
        })
    }
}

fn words(
    value: Option<i32>,
    unit: Option<LimitUnit>,
    notice: NoticeLevel,
    basis: &str,
    valid_from: NaiveDate,
) -> String {
    let value = value.map_or_else(|| "-".to_owned(), |value| value.to_string());
    let unit = unit.map_or("", LimitUnit::as_str);
    format!("{value} {unit}; {notice}; {basis}; {}", valid_from.format("%d/%m/%Y"))
}
