//! `/bao-cao`: the summary, and the dossiers behind each of its numbers.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::domain::channel::Channel;
use crate::domain::indicator::Indicator;
use crate::domain::rates::Rate;
use crate::domain::summary::Bucket;
use crate::domain::time::{Instant, local};
use crate::office::report::{Narrow, Question, RateFigure, SummaryReport, WaitingForReception};
use crate::office::trend::{TrendPoint, pinned, this_month};
use crate::office::{FieldError, OfficeError, OfficeResult, Problem as Trouble};
use crate::render::pages::summary::{
    Count, InProgressView, RateKind, RateView, ReceivedView, ReceptionView, ResolvedView, StatutoryView, SummaryPage,
    TargetView, TrendMonth,
};
use crate::render::pages::{Ctx, phrases, time};
use crate::render::problems::problem_text;
use crate::web::api::reports::ReportQuery;

use super::behind::Behind;
use super::front::Front;
use super::{PageResult, encoded, given, shown};

/// `GET /bao-cao`
///
/// # Errors
/// The database; wrong dates are said on the page, 422.
pub async fn page(front: Front, query: web::Query<ReportQuery>) -> PageResult {
    let c = front.ctx();
    let query = query.into_inner();
    let (status, page) = front
        .work(move |office, now| {
            let asked = if query.from.is_none() && query.to.is_none() {
                Ok(Question { as_of: None, ..this_month(now) })
            } else {
                query.question()
            };
            let report = |question: &Question| Ok((question.clone(), office.summary(now, question)?));
            let (status, error, (question, report)) = match asked.and_then(|question| report(&question)) {
                Ok(found) => (StatusCode::OK, None, found),
                Err(OfficeError::Invalid(errors)) => {
                    let language = shown::language(c.lang);
                    let text = errors.iter().map(|error| problem_text(&error.problem, language)).collect::<Vec<_>>();
                    (StatusCode::UNPROCESSABLE_ENTITY, Some(text.join(" ")), report(&this_month(now))?)
                }
                Err(error) => return Err(error),
            };
            let trend = office.trend(now)?;
            Ok((status, SummaryPage { error, ..view(c, now, &question, &report, &trend)? }))
        })
        .await?;
    front.page(status, &page)
}

fn view(
    c: Ctx,
    now: Instant,
    question: &Question,
    report: &SummaryReport,
    trend: &[TrendPoint],
) -> OfficeResult<SummaryPage> {
    let fixed = pinned(question, now);
    let links = Links(format!("/bao-cao/ho-so?{}", parameters(&fixed)));
    let target = Rate { of: report.measured().of, total: report.measured().total };
    let (received, resolved, open) = (&report.received, &report.resolved, &report.in_progress);
    let n = |n, bucket| links.count(n, bucket);
    Ok(SummaryPage {
        from: question.from.to_string(),
        to: question.to.to_string(),
        as_of: question.as_of.map(typed).unwrap_or_default(),
        period: format!("{} – {}", time::date(question.from), time::date(question.to)),
        cut: shown::at(question.period(now)?.cut),
        error: None,
        received: ReceivedView {
            total: n(received.total, Bucket::Received),
            online: n(received.online, Bucket::ReceivedOnline),
            counter: n(received.counter, Bucket::ReceivedCounter),
            post: n(received.post, Bucket::ReceivedPost),
            carried_over: n(received.carried_over, Bucket::CarriedOver),
        },
        resolved: ResolvedView {
            total: n(resolved.total, Bucket::Resolved),
            early: n(resolved.early, Bucket::Early),
            on_time: n(resolved.on_time, Bucket::OnTime),
            late: n(resolved.late, Bucket::Late),
            late_with_apology: n(resolved.late_with_apology, Bucket::LateWithApology),
            late_without_apology: n(resolved.late_without_apology, Bucket::LateWithoutApology),
            no_promise: n(resolved.no_promise, Bucket::ResolvedNoPromise),
        },
        in_progress: InProgressView {
            total: n(open.total, Bucket::InProgress),
            in_time: n(open.in_time, Bucket::InTime),
            overdue: n(open.overdue, Bucket::Overdue),
            paused: n(open.paused, Bucket::Paused),
            no_promise: n(open.no_promise, Bucket::NoPromise),
        },
        rates: rates(report, &links),
        unapologised: Count {
            n: report.rates.apology.total.saturating_sub(report.rates.apology.of),
            href: format!("/tre-chua-xin-loi?{}", parameters(&fixed)),
        },
        statutory: StatutoryView {
            late: n(report.statutory.late, Bucket::StatutoryLate),
            of: n(report.statutory.on_time_rate.of, Bucket::StatutoryMet),
            total: n(report.statutory.on_time_rate.total, Bucket::StatutoryBase),
            percent: report.statutory.on_time_rate.percent.clone(),
        },
        target: TargetView {
            measure: measure(report),
            target: hundredths(&report.online_target.percent).unwrap_or(0),
            actual: share(target),
            met: report.online_target.met,
            more_needed: report.online_target.more_needed.unwrap_or(0),
            forecast: report.online_target.forecast.as_deref().and_then(hundredths),
        },
        trend: trend.iter().map(month).collect(),
        reception: reception(report),
        c,
    })
}

/// The addresses of the lists behind the numbers.
struct Links(String);

impl Links {
    fn count(&self, n: u64, bucket: Bucket) -> Count {
        Count { n, href: format!("{}&bucket={bucket}", self.0) }
    }
}

fn rates(report: &SummaryReport, links: &Links) -> Vec<RateView> {
    let rates = &report.rates;
    let rate = |kind, figure: &RateFigure, indicator: Indicator| {
        let (of, total) = indicator.buckets();
        RateView {
            kind,
            of: links.count(figure.of, of),
            total: links.count(figure.total, total),
            percent: figure.percent.clone(),
        }
    };
    vec![
        rate(RateKind::OnTime, &rates.on_time, Indicator::OnTime),
        rate(RateKind::OnlineSubmission, &rates.online_submission, Indicator::OnlineSubmission),
        rate(RateKind::FullOnline, &rates.full_online, Indicator::FullOnline),
        rate(RateKind::EntirelyOnline, &rates.entirely_online, Indicator::EntirelyOnline),
        rate(RateKind::Apology, &rates.apology, Indicator::Apology),
    ]
}

fn reception(report: &SummaryReport) -> ReceptionView {
    let WaitingForReception { in_time, late, returned, not_accepted } = report.waiting_for_reception;
    ReceptionView { in_time, late, returned, not_accepted }
}

fn measure(report: &SummaryReport) -> RateKind {
    match report.online_target.measure {
        "online_submission" => RateKind::OnlineSubmission,
        "full_online" => RateKind::FullOnline,
        _ => RateKind::EntirelyOnline,
    }
}

fn month(point: &TrendPoint) -> TrendMonth {
    let rate = |figure: &RateFigure| share(Rate { of: figure.of, total: figure.total });
    TrendMonth {
        label: format!("{:02}/{}", point.month, point.year),
        on_time: rate(&point.on_time),
        online: rate(&point.online),
    }
}

fn share(rate: Rate) -> Option<u32> {
    rate.percent().and_then(|percent| u32::try_from(percent.hundredths()).ok())
}

/// `82.45` → 8245.
fn hundredths(percent: &str) -> Option<u32> {
    percent.replace('.', "").parse().ok()
}

/// A moment as the page's form takes it.
pub(super) fn typed(at: Instant) -> String {
    local(at).format("%Y-%m-%dT%H:%M").to_string()
}

/// The question as query parameters; its "as of" to the second.
pub(super) fn parameters(question: &Question) -> String {
    let as_of = question.as_of.map(|at| local(at).format("%Y-%m-%dT%H:%M:%S").to_string()).unwrap_or_default();
    format!("from={}&to={}&as_of={}", question.from, question.to, encoded(&as_of))
}

#[derive(Debug, Deserialize)]
pub struct BehindQuery {
    bucket: Option<String>,
    from: Option<String>,
    to: Option<String>,
    as_of: Option<String>,
    /// Only of this procedure, by this channel or all.
    procedure: Option<String>,
    channel: Option<String>,
    /// Only of this unit; empty: of those that no unit handles.
    unit: Option<String>,
    cursor: Option<i64>,
}

/// `GET /bao-cao/ho-so`: the dossiers behind a number, exactly as many as it says.
///
/// # Errors
/// 422 when the number or the dates are not understood.
pub async fn behind(front: Front, query: web::Query<BehindQuery>) -> PageResult {
    let c = front.ctx();
    let of_agency = front.of_agency();
    let BehindQuery { bucket, from, to, as_of, procedure, channel, unit, cursor } = query.into_inner();
    let page = front
        .work(move |office, now| {
            let name = given(bucket.as_deref()).unwrap_or_default();
            let unknown =
                |_| FieldError::new("bucket", name, Trouble::NotOneOf { expected: &["received", "resolved", "…"] });
            let bucket: Bucket = name.parse().map_err(unknown)?;
            let question = ReportQuery { from, to, as_of, agency: None }.question()?;
            let procedure = given(procedure.as_deref());
            let channel = given(channel.as_deref()).map(channel_named).transpose()?;
            let unit = unit.as_deref();
            let found = office.behind_of(now, &question, bucket, &Narrow { procedure, channel, unit })?;
            let rules = office.store().read(|conn| office.rules(conn))?;
            let lang = c.lang;
            let mut parameters = parameters(&question) + &of_agency;
            let mut narrowed = phrases::bucket(lang, bucket);
            if let Some(code) = procedure {
                parameters = format!("{parameters}&procedure={}", encoded(code));
                narrowed = format!("{narrowed}, {code}");
            }
            if let Some(channel) = channel {
                parameters = format!("{parameters}&channel={channel}");
                narrowed = format!("{narrowed}, {}", shown::channel(channel).word(&c));
            }
            if let Some(code) = unit {
                parameters = format!("{parameters}&unit={}", encoded(code));
                let name = rules.unit_named(code).map(|unit| unit.name.clone());
                narrowed = format!("{narrowed}, {}", name.unwrap_or_else(|| phrases::no_unit(lang)));
            }
            let period = format!("{} – {}", time::date(question.from), time::date(question.to));
            let list = Behind {
                narrowed: format!("{narrowed}, {period}"),
                here: format!("/bao-cao/ho-so?{parameters}&bucket={bucket}"),
                late: bucket.is_of_late_files(),
                seen: question.as_of.map_or(now, |as_of| as_of.min(now)),
                cursor,
            };
            Ok(list.page(c, &rules, now, &found))
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

fn channel_named(text: &str) -> Result<Channel, FieldError> {
    text.parse().map_err(|_| FieldError::new("channel", text, Trouble::UnknownChannel))
}
