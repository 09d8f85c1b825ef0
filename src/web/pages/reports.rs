//! The room of the reports: `/bao-cao/bieu/{report}`, and each answer as CSV, XLSX and PDF.

use actix_web::web;
use serde::Deserialize;

use crate::domain::reporting_period::{PeriodKind, PeriodShape, ReportingPeriod};
use crate::domain::time::{Instant, civil_day};
use crate::office::report::Question;
use crate::office::report_groups::{Grouping, field_or_unit};
use crate::office::reports::ReportKind;
use crate::office::trend::{pinned, this_month};
use crate::office::{FieldError, Office, OfficeResult, Problem as Trouble};
use crate::render::pages::form::Choice;
use crate::render::pages::reports::{PeriodForm, ReportPage, Section, Tab, kind_name, period_name, shape_name};
use crate::render::pages::{Ctx, Lang, time};
use crate::render::tables::{Behind, List, Table};
use crate::web::api::reports::ReportQuery;
use crate::web::problem::Problem;

use super::asked::or_usual;
use super::front::Front;
use super::summary::{parameters, typed};
use super::table_file::{TableFile, table_file};
use super::waiting::WAITING;
use super::{PageResult, encoded, given, see_other, shown};

/// Periods of each kind that the form offers, the running one first.
const OFFERED: [(PeriodKind, usize); 4] =
    [(PeriodKind::Month, 13), (PeriodKind::Quarter, 5), (PeriodKind::HalfYear, 3), (PeriodKind::Year, 3)];
/// Names of the files of an answer, by their endings.
const FILES: [(&str, &str); 3] = [("csv", "CSV"), ("xlsx", "XLSX"), ("pdf", "PDF")];

/// What a page asks: a period by its name, or its days.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct PageQuery {
    period: Option<String>,
    shape: Option<String>,
    from: Option<String>,
    to: Option<String>,
    as_of: Option<String>,
    #[serde(rename = "co-quan")]
    agency: Option<String>,
    /// Which ratio of the report on online files, counted from 1.
    #[serde(rename = "chi-tieu")]
    ratio: Option<String>,
    by: Option<String>,
}

impl PageQuery {
    /// The question; asked for nothing, this month.
    pub(super) fn question(&self, now: Instant) -> OfficeResult<Question> {
        let (mut from, mut to) = (self.from.clone(), self.to.clone());
        if let Some(text) = given(self.period.as_deref()) {
            const NAMES: &[&str] = &["2026-11", "2026-Q4", "2026-H2", "2026"];
            let wrong = |_| FieldError::new("period", text, Trouble::NotOneOf { expected: NAMES });
            let days = text.parse::<ReportingPeriod>().map_err(wrong)?.days(self.shape()?);
            (from, to) = (Some(days.0.to_string()), Some(days.1.to_string()));
        }
        if given(from.as_deref()).is_none() && given(to.as_deref()).is_none() {
            let month = this_month(now);
            (from, to) = (Some(month.from.to_string()), Some(month.to.to_string()));
        }
        ReportQuery { from, to, as_of: self.as_of.clone(), agency: self.agency.clone() }.question()
    }

    fn shape(&self) -> Result<PeriodShape, FieldError> {
        let Some(text) = given(self.shape.as_deref()) else { return Ok(PeriodShape::Calendar) };
        let expected = &["calendar", "official"];
        text.parse().map_err(|_| FieldError::new("shape", text, Trouble::NotOneOf { expected }))
    }

    /// The form as it was answered.
    pub(super) fn form(&self, question: &Question, now: Instant, lang: Lang) -> PeriodForm {
        let shape = self.shape().unwrap_or(PeriodShape::Calendar);
        let chosen = given(self.period.as_deref()).unwrap_or_default();
        let of_kind = |(kind, count): (PeriodKind, usize)| {
            let newest = ReportingPeriod::holding(kind, civil_day(now), shape);
            let periods = std::iter::successors(newest, |period| period.before()).take(count);
            let choice = |period: ReportingPeriod| Choice::new(period.to_string(), period_name(lang, period), chosen);
            (kind_name(lang, kind), periods.map(choice).collect())
        };
        PeriodForm {
            from: question.from.to_string(),
            to: question.to.to_string(),
            as_of: question.as_of.map(typed).unwrap_or_default(),
            agency: question.agency.clone(),
            periods: OFFERED.map(of_kind).into(),
            shapes: PeriodShape::ALL
                .iter()
                .map(|one| Choice::new(one.as_str(), shape_name(lang, *one), shape.as_str()))
                .collect(),
        }
    }
}

/// What a report is called in addresses, and on its page.
const fn named(kind: ReportKind) -> (&'static str, &'static str, &'static str) {
    match kind {
        ReportKind::Summary => ("tong-hop", "Tổng hợp", "Summary"),
        ReportKind::Form06a => ("06a", "Biểu II.06a: kết quả giải quyết", "Form II.06a: what was handled"),
        ReportKind::Reasons => ("ly-do-qua-han", "Biểu II.07: nguyên nhân quá hạn", "Form II.07: why late"),
        ReportKind::Form07a => ("07a", "Biểu 07a năm 2026", "Form 07a of 2026"),
        ReportKind::Units => ("don-vi", "Theo đơn vị", "By unit"),
        ReportKind::Online => ("truc-tuyen", "Hồ sơ trực tuyến", "Online dossiers"),
    }
}

fn address(kind: ReportKind) -> String {
    match kind {
        ReportKind::Summary => "/bao-cao".to_owned(),
        ReportKind::Form06a | ReportKind::Reasons | ReportKind::Form07a | ReportKind::Units | ReportKind::Online => {
            format!("/bao-cao/bieu/{}", named(kind).0)
        }
    }
}

/// A page of the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Door {
    Report(ReportKind),
    Limits,
    Indices,
    Periods,
}

/// The doors of the room, each with the question.
pub(super) fn tabs(c: &Ctx, current: Door, question: Option<&Question>) -> Vec<Tab> {
    let asked = question.map(|question| format!("?{}", parameters(question))).unwrap_or_default();
    let reports = ReportKind::ALL.iter().map(|kind| Door::Report(*kind));
    let tab = |door: Door| {
        let (href, label) = match door {
            Door::Report(kind) => (format!("{}{asked}", address(kind)), c.t(named(kind).1, named(kind).2)),
            Door::Limits => ("/bao-cao/thoi-han".to_owned(), c.t("Thời hạn thủ tục", "Time limits")),
            Door::Indices => (format!("/bao-cao/chi-so{asked}"), c.t("Bộ chỉ số, tự chấm", "Index, self-scoring")),
            Door::Periods => ("/ky-bao-cao".to_owned(), c.t("Chốt kỳ", "Closed periods")),
        };
        Tab { href, label, current: current == door }
    };
    reports.chain([Door::Limits, Door::Indices, Door::Periods]).map(tab).collect()
}

/// The files of an answer: the question is pinned, so that they hold what the page shows.
pub(super) fn files(kind: ReportKind, question: &Question, by: Grouping) -> Vec<(String, &'static str)> {
    let by = if kind.is_grouped() { format!("&by={by}") } else { String::new() };
    let of = |(ending, name): &(&str, &'static str)| {
        (format!("/bao-cao/tep/{}.{ending}?{}{by}", named(kind).0, parameters(question)), *name)
    };
    FILES.iter().map(of).collect()
}

fn kind_named(slug: &str) -> Result<ReportKind, Problem> {
    ReportKind::ALL.iter().copied().find(|kind| named(*kind).0 == slug).ok_or_else(Problem::not_found)
}

/// `GET /bao-cao/bieu/{report}`
///
/// # Errors
/// 404; the database; wrong values are said on the page, 422.
pub async fn page(front: Front, report: web::Path<String>, query: web::Query<PageQuery>) -> PageResult {
    let c = front.ctx();
    let kind = kind_named(&report)?;
    if kind == ReportKind::Summary {
        return Ok(see_other("/bao-cao"));
    }
    let query = query.into_inner();
    let (status, page) = front
        .work(move |office, now| {
            let answer = |query: PageQuery| answered(office, now, kind, &query);
            let (status, error, found) = or_usual(c.lang, Ok(query.clone()), PageQuery::default, answer)?;
            Ok((status, ReportPage { error, ..view(c, now, kind, &query, &found)? }))
        })
        .await?;
    front.page(status, &page)
}

/// An answer with what was asked, as understood.
struct Answered {
    question: Question,
    by: Grouping,
    table: Table,
}

fn answered(office: &Office, now: Instant, kind: ReportKind, query: &PageQuery) -> OfficeResult<Answered> {
    let by = field_or_unit(given(query.by.as_deref()));
    let (question, by) = match (query.question(now), by) {
        (Ok(question), Ok(by)) => (question, by),
        (Err(error), _) => return Err(error),
        (Ok(_), Err(error)) => return Err(error.into()),
    };
    let (_, table) = office.report(now, &question, kind, by)?;
    Ok(Answered { question, by, table })
}

fn view(c: Ctx, now: Instant, kind: ReportKind, query: &PageQuery, found: &Answered) -> OfficeResult<ReportPage> {
    let Answered { question, by, table } = found;
    let fixed = pinned(question, now);
    let days = parameters(&fixed);
    let list = |behind: &Behind| {
        let list = match behind.list {
            List::Dossiers => "/bao-cao/ho-so",
            List::Submissions => WAITING,
        };
        let only = behind.parameters.iter().map(|(name, value)| format!("&{name}={}", encoded(value)));
        only.fold(format!("{list}?{days}"), |address, more| address + &more)
    };
    let parts = if kind == ReportKind::Online { 2 } else { 0 };
    let lines = [(Grouping::Field, "Lĩnh vực", "Field"), (Grouping::Unit, "Đơn vị", "Unit")];
    let line = |(value, vi, en): (Grouping, &'static str, &'static str)| {
        Choice::new(value.as_str(), c.t(vi, en).to_owned(), by.as_str())
    };
    let all = Section::all(&c, table, parts, &list);
    let (ratios, sections) =
        if kind == ReportKind::Online { of_ratio(all, query.ratio.as_deref()) } else { (Vec::new(), all) };
    Ok(ReportPage {
        tabs: tabs(&c, Door::Report(kind), Some(question)),
        asked: query.form(question, now, c.lang),
        here: address(kind),
        by: if kind.is_grouped() { lines.map(line).into() } else { Vec::new() },
        title: match c.lang {
            Lang::Vi => named(kind).1,
            Lang::En => named(kind).2,
        },
        table_title: table.title.clone(),
        period: format!("{} – {}", time::date(question.from), time::date(question.to)),
        cut: shown::at(question.period(now)?.cut),
        error: None,
        ratios,
        sections,
        notes: table.notes.clone(),
        notes_first: kind == ReportKind::Online,
        definitions: table.definitions.clone(),
        files: files(kind, &fixed, *by),
        c,
    })
}

/// The ratios to choose from, and the sections of the one chosen: all of them at once would be a long way to
/// scroll and too much to send.
fn of_ratio(all: Vec<Section>, chosen: Option<&str>) -> (Vec<Choice>, Vec<Section>) {
    let mut names: Vec<String> = all.iter().filter_map(|section| section.captions.first().cloned()).collect();
    names.dedup();
    let at = chosen.and_then(|text| text.parse().ok()).filter(|at| (1..=names.len()).contains(at)).unwrap_or(1);
    let choice = |(value, name): (usize, &String)| Choice::new(value.to_string(), name.clone(), &at.to_string());
    let ratios = (1..).zip(&names).map(choice).collect();
    let name = names.get(at - 1);
    (ratios, all.into_iter().filter(|section| section.captions.first() == name).collect())
}

/// `GET /bao-cao/tep/{report}.{ending}`
///
/// # Errors
/// 404; 422 when the question is not understood; the database.
pub async fn download(front: Front, path: web::Path<(String, String)>, query: web::Query<PageQuery>) -> PageResult {
    let (report, ending) = path.into_inner();
    let kind = kind_named(&report)?;
    let query = query.into_inner();
    table_file(&front, &ending, move |office: &Office, now| {
        let Answered { question, table, .. } = answered(office, now, kind, &query)?;
        Ok(TableFile::new(format!("bao-cao-{report}-{}-{}", question.from, question.to), now, table))
    })
    .await
}
