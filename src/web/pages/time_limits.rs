//! `/bao-cao/thoi-han`: what procedures really needed, against their limits.

use std::cmp::Reverse;

use actix_web::web;
use serde::Deserialize;

use crate::domain::limit::LimitUnit;
use crate::domain::rates::{Percent, Rate};
use crate::domain::summary::Bucket;
use crate::domain::time::Instant;
use crate::office::report::Question;
use crate::office::report_procedures::{ProcedureLine, ProceduresReport, last_year, late_share};
use crate::office::trend::pinned;
use crate::office::{OfficeError, OfficeResult};
use crate::render::pages::Ctx;
use crate::render::pages::form::Choice;
use crate::render::pages::summary::Count;
use crate::render::pages::time;
use crate::render::pages::time_limits::{LimitRow, Show, Sort, TimeLimitsPage};
use crate::web::api::reports::{LateShare, ReportQuery};

use super::asked::or_usual;
use super::front::Front;
use super::paging::Place;
use super::reports::{Door, tabs};
use super::summary::{parameters, typed};
use super::{PageResult, encoded, given, shown};

#[derive(Debug, Clone, Deserialize)]
pub struct ShowQuery {
    sort: Option<String>,
    show: Option<String>,
    cursor: Option<i64>,
}

/// What is asked, as understood.
struct Asked {
    question: Question,
    late_share: Option<Percent>,
}

/// `GET /bao-cao/thoi-han`
///
/// # Errors
/// The database; wrong values are said on the page, 422.
pub async fn page(
    front: Front,
    query: web::Query<ReportQuery>,
    share: web::Query<LateShare>,
    show: web::Query<ShowQuery>,
) -> PageResult {
    let c = front.ctx();
    let (query, share, show) = (query.into_inner(), share.into_inner().late_share, show.into_inner());
    let (status, page) = front
        .work(move |office, now| {
            let usual = || Asked { question: last_year(now), late_share: None };
            let report = |asked: Asked| {
                let report = office.procedures_report(now, &asked.question, asked.late_share)?;
                Ok((asked, report))
            };
            let asked = understood(&query, share.as_deref(), now);
            let (status, error, (asked, report)) = or_usual(c.lang, asked, usual, report)?;
            let typed = given(share.as_deref()).map(str::to_owned);
            let page = view(c, now, &asked, report, &show)?;
            let late_share = typed.unwrap_or_else(|| page.whole(&page.late_percent).replace('%', ""));
            Ok((status, TimeLimitsPage { late_share, error, ..page }))
        })
        .await?;
    front.page(status, &page)
}

fn understood(query: &ReportQuery, share: Option<&str>, now: Instant) -> OfficeResult<Asked> {
    let share = late_share(share);
    match (query.question_or(last_year(now)), share) {
        (Ok(question), Ok(late_share)) => Ok(Asked { question, late_share }),
        (Err(OfficeError::Invalid(mut errors)), Err(error)) => {
            errors.push(error);
            Err(OfficeError::Invalid(errors))
        }
        (Ok(_), Err(error)) => Err(error.into()),
        (Err(error), _) => Err(error),
    }
}

fn view(
    c: Ctx,
    now: Instant,
    asked: &Asked,
    report: ProceduresReport,
    show: &ShowQuery,
) -> OfficeResult<TimeLimitsPage> {
    let question = &asked.question;
    let links = Links(format!("/bao-cao/ho-so?{}", parameters(&pinned(question, now))));
    let chosen = |code: &Option<String>| given(code.as_deref()).unwrap_or_default().to_owned();
    let sort = Sort::ALL.into_iter().find(|sort| sort.code() == chosen(&show.sort)).unwrap_or_default();
    let shows = Show::ALL.into_iter().find(|one| one.code() == chosen(&show.show)).unwrap_or_default();
    let mut lines = report.procedures;
    lines.retain(|line| match shows {
        Show::WithFiles => line.cases > 0,
        Show::CouldCut => line.could_cut == Some(true),
        Show::Cut => line.cut,
        Show::All => true,
    });
    order(&mut lines, sort);
    let place = Place::of(show.cursor, u64::try_from(lines.len()).unwrap_or(u64::MAX));
    let share = asked.late_share.map(|share| format!("&late_share={share}")).unwrap_or_default();
    let here = parameters(&pinned(question, now));
    let here = format!("/bao-cao/thoi-han?{here}{share}&sort={}&show={}", sort.code(), shows.code());
    let target = report.target;
    Ok(TimeLimitsPage {
        tabs: tabs(&c, Door::Limits, None),
        from: question.from.to_string(),
        to: question.to.to_string(),
        as_of: question.as_of.map(typed).unwrap_or_default(),
        late_share: String::new(),
        sorts: Sort::ALL.map(|one| Choice::new(one.code(), one.word(c.lang), sort.code())).to_vec(),
        shows: Show::ALL.map(|one| Choice::new(one.code(), one.word(c.lang), shows.code())).to_vec(),
        period: format!("{} – {}", time::date(question.from), time::date(question.to)),
        cut_at: shown::at(question.period(now)?.cut),
        error: None,
        cut: target.cut,
        total: target.total,
        without_limit: target.without_limit,
        percent: target.percent,
        met: target.met,
        cut_percent: target.cut_percent,
        procedures_percent: target.procedures_percent,
        late_percent: report.late_share_percent,
        min_cases: report.min_cases,
        reachable: target.reachable,
        rows: place.cut(lines.into_iter()).into_iter().map(|line| row(line, &links)).collect(),
        pager: place.pager(&here),
        c,
    })
}

/// Orders the lines; what says nothing comes last, equal ones by code.
fn order(lines: &mut [ProcedureLine], sort: Sort) {
    let share = |of: u32, total: u32| Rate { of: of.into(), total: total.max(1).into() }.percent();
    match sort {
        Sort::Possible => lines.sort_by_key(|line| {
            let saved = line.shortest.map(|shortest| share(line.statutory.saturating_sub(shortest), line.statutory));
            (Reverse(saved), Reverse(line.cases))
        }),
        Sort::Files => lines.sort_by_key(|line| Reverse(line.cases)),
        Sort::Need => lines.sort_by_key(|line| Reverse(line.p90.map(|p90| share(p90, line.statutory)))),
        Sort::Limit => lines.sort_by_key(|line| Reverse((hours_about(line), line.statutory))),
        Sort::Name => lines.sort_by(|a, b| a.name.cmp(&b.name)),
    }
}

/// A limit in clock hours, roughly: only for putting limits of different units in order.
fn hours_about(line: &ProcedureLine) -> u64 {
    let per_unit = match line.unit {
        LimitUnit::Hour => 1,
        LimitUnit::WorkingHour => 4,
        LimitUnit::SameDay | LimitUnit::CalendarDay => 24,
        LimitUnit::WorkingDay => 34,
        LimitUnit::Month => 730,
    };
    u64::from(line.statutory) * per_unit
}

/// The addresses of the lists behind the numbers.
struct Links(String);

impl Links {
    fn count(&self, n: u64, bucket: Bucket, line: &ProcedureLine) -> Count {
        let channel = line.channel.map(|channel| format!("&channel={channel}")).unwrap_or_default();
        Count { n, href: format!("{}&bucket={bucket}&procedure={}{channel}", self.0, encoded(&line.code)) }
    }
}

fn row(line: ProcedureLine, links: &Links) -> LimitRow {
    LimitRow {
        cases: links.count(line.cases, Bucket::ReceivedInPeriod, &line),
        censored: links.count(line.censored, Bucket::ReceivedWithoutResult, &line),
        channel: line.channel.map(shown::channel),
        code: line.code,
        name: line.name,
        unit: line.unit,
        statutory: line.statutory,
        commitment: line.commitment.zip(line.commitment_unit),
        committed_cut: line.commitment_cut_percent,
        is_cut: line.cut,
        median: line.median,
        p90: line.p90,
        shortest: line.shortest,
        shortest_late: line.shortest_late_percent,
        possible: line.possible_cut_percent,
        could_cut: line.could_cut,
    }
}
