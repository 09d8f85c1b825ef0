//! `/bao-cao/chi-so`: the index of QĐ 766 and the self-scoring sheet, each number with its list.

use actix_web::web;

use crate::domain::reporting_period::{PeriodKind, PeriodShape, ReportingPeriod};
use crate::domain::summary::Bucket;
use crate::domain::time::{Instant, civil_day};
use crate::office::report::Question;
use crate::office::report_index::{IndexReport, ScoredLine, SelfScoreReport};
use crate::office::trend::{pinned, this_month};
use crate::office::{Office, OfficeResult};
use crate::render::pages::indices::{Counted, GroupView, IndicesPage, Number, PartRow, PeriodLink, TotalView};
use crate::render::pages::summary::Count;
use crate::render::pages::{Ctx, time};
use crate::render::tables;
use crate::web::api::reports::ReportQuery;

use super::asked::or_usual;
use super::front::Front;
use super::reports::{Door, tabs};
use super::summary::parameters;
use super::table_file::{TableFile, table_file};
use super::{PageResult, shown};

/// `GET /bao-cao/chi-so?from&to&as_of`
///
/// # Errors
/// The database; wrong dates are said on the page, 422.
pub async fn page(front: Front, query: web::Query<ReportQuery>) -> PageResult {
    let c = front.ctx();
    let query = query.into_inner();
    let (status, page) = front
        .work(move |office, now| {
            let asked = query.question_or(this_month(now));
            let answer = |question: Question| view(office, now, &question, c.clone());
            let (status, error, page) = or_usual(c.lang, asked, || this_month(now), answer)?;
            Ok((status, IndicesPage { error, ..page }))
        })
        .await?;
    front.page(status, &page)
}

/// `GET /bao-cao/chi-so.csv`, `.xlsx` and `.pdf`
///
/// # Errors
/// 404 for another format, 422 for a wrong period.
pub async fn index_file(front: Front, ending: web::Path<String>, query: web::Query<ReportQuery>) -> PageResult {
    let query = query.into_inner();
    table_file(&front, &ending, move |office: &Office, now| {
        let table = tables::index(&serde_json::json!(office.index_report(now, &query.question_or(this_month(now))?)?));
        Ok(TableFile::new("chi-so-766", now, table))
    })
    .await
}

/// `GET /bao-cao/tu-cham.csv`, `.xlsx` and `.pdf`
///
/// # Errors
/// As [`index_file`].
pub async fn self_score_file(front: Front, ending: web::Path<String>, query: web::Query<ReportQuery>) -> PageResult {
    let query = query.into_inner();
    table_file(&front, &ending, move |office: &Office, now| {
        let table =
            tables::self_score(&serde_json::json!(office.self_score(now, &query.question_or(this_month(now))?)?));
        Ok(TableFile::new("tu-cham-diem", now, table))
    })
    .await
}

fn view(office: &Office, now: Instant, question: &Question, c: Ctx) -> OfficeResult<IndicesPage> {
    let fixed = pinned(question, now);
    let asked = parameters(&fixed);
    let links = Links(format!("/bao-cao/ho-so?{asked}"));
    let IndexReport { points, supported, most, groups, .. } = office.index_report(now, &fixed)?;
    let own: SelfScoreReport = office.self_score(now, &fixed)?;
    Ok(IndicesPage {
        from: question.from.to_string(),
        to: question.to.to_string(),
        period: format!("{} – {}", time::date(question.from), time::date(question.to)),
        cut: shown::at(question.period(now)?.cut),
        error: None,
        tabs: tabs(&c, Door::Indices, Some(&fixed)),
        periods: periods(now, question),
        asked,
        total: TotalView { points, supported, most },
        groups: groups
            .into_iter()
            .map(|group| GroupView {
                key: group.key,
                points: group.points,
                supported: group.supported,
                most: group.most,
                parts: group.parts.into_iter().map(|part| links.row(part)).collect(),
            })
            .collect(),
        own_total: TotalView { points: own.points, supported: own.supported, most: own.most },
        items: own.items.into_iter().map(|item| links.row(item)).collect(),
        c,
    })
}

/// This month, quarter and year, each with the one before.
fn periods(now: Instant, question: &Question) -> Vec<PeriodLink> {
    let link = |period: ReportingPeriod| {
        let (from, to) = period.days(PeriodShape::Calendar);
        PeriodLink {
            name: period.to_string(),
            href: format!("/bao-cao/chi-so?from={from}&to={to}"),
            current: (question.from, question.to) == (from, to),
        }
    };
    let kinds = [PeriodKind::Month, PeriodKind::Quarter, PeriodKind::Year];
    let held =
        kinds.into_iter().filter_map(|kind| ReportingPeriod::holding(kind, civil_day(now), PeriodShape::Calendar));
    held.flat_map(|period| std::iter::once(period).chain(period.before())).map(link).collect()
}

/// The addresses of the lists behind the numbers.
struct Links(String);

impl Links {
    fn counted(
        &self,
        buckets: Option<(Bucket, Bucket)>,
        numbers: Option<(u64, u64)>,
        percent: Option<String>,
    ) -> Option<Counted> {
        let (of, total) = numbers?;
        let files = |n, bucket| Number::Files(Count { n, href: format!("{}&bucket={bucket}", self.0) });
        Some(match buckets {
            Some((met, all)) => Counted { of: files(of, met), total: files(total, all), percent },
            None => Counted { of: Number::Procedures(of), total: Number::Procedures(total), percent },
        })
    }

    fn row<K>(&self, line: ScoredLine<K>) -> PartRow<K> {
        let steps = line.steps.unwrap_or_default();
        PartRow {
            key: line.key,
            counted: self.counted(line.buckets, line.of.zip(line.total), line.percent),
            points: line.points,
            most: line.most,
            steps: steps.into_iter().map(|step| (step.from_percent, step.points)).collect(),
        }
    }
}
