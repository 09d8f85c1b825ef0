//! `/bao-cao`: the summary, and the dossiers behind each of its numbers.

use actix_web::web;

use crate::config::OnlineMeasure;
use crate::domain::ageing::DueBand;
use crate::domain::indicator::Indicator;
use crate::domain::rates::Rate;
use crate::domain::reception::Standing;
use crate::domain::summary::Bucket;
use crate::domain::time::{Instant, local};
use crate::office::OfficeResult;
use crate::office::report::{Question, RateFigure, SummaryReport, WaitingForReception};
use crate::office::report_groups::Grouping;
use crate::office::report_time::{AgeLine, DueLine};
use crate::office::reports::ReportKind;
use crate::office::trend::{TrendPoint, pinned, this_month};
use crate::render::pages::reports::PeriodForm;
use crate::render::pages::summary::{
    AgeView, Count, InProgressView, NeededView, RateKind, RateView, ReceivedView, ReceptionView, ResolvedView,
    StatutoryView, SummaryPage, TargetView, TrendMonth,
};
use crate::render::pages::{Ctx, time};
use crate::render::report_words::Definition;
use crate::web::scope::AGENCY;

use super::asked::or_usual;
use super::front::Front;
use super::reports::{Door, PageQuery, files, tabs};
use super::waiting::WAITING;
use super::{PageResult, encoded, shown};

/// `GET /bao-cao`
///
/// # Errors
/// The database; wrong dates are said on the page, 422.
pub async fn page(front: Front, query: web::Query<PageQuery>) -> PageResult {
    let c = front.ctx();
    let query = query.into_inner();
    let (status, page) = front
        .work(move |office, now| {
            let report = |question: Question| Ok((office.summary(now, &question)?, question));
            let (status, error, (report, question)) =
                or_usual(c.lang, query.question(now), || this_month(now), report)?;
            let trend = office.trend(now)?;
            let asked = query.form(&question, now, c.lang);
            Ok((status, SummaryPage { error, ..view(c, now, asked, &question, &report, &trend)? }))
        })
        .await?;
    front.page(status, &page)
}

fn view(
    c: Ctx,
    now: Instant,
    asked: PeriodForm,
    question: &Question,
    report: &SummaryReport,
    trend: &[TrendPoint],
) -> OfficeResult<SummaryPage> {
    let fixed = pinned(question, now);
    let links = Links(format!("/bao-cao/ho-so?{}", parameters(&fixed)));
    let target = Rate { of: report.measured().of, total: report.measured().total };
    let n = |n, bucket| links.count(n, bucket);
    Ok(SummaryPage {
        tabs: tabs(&c, Door::Report(ReportKind::Summary), Some(question)),
        files: files(ReportKind::Summary, &fixed, Grouping::Field),
        asked,
        period: format!("{} – {}", time::date(question.from), time::date(question.to)),
        cut: shown::at(question.period(now)?.cut),
        error: None,
        received: received(report, &links),
        resolved: resolved(report, &links),
        in_progress: in_progress(report, &links),
        rates: rates(report, &links),
        more: more_rates(report, &links),
        ages: ages(report, &links),
        dues: dues(report, &links),
        needed: NeededView {
            cases: n(report.working_time.cases, Bucket::ReceivedInPeriod),
            censored: n(report.working_time.censored, Bucket::ReceivedWithoutResult),
            median: report.working_time.median,
            p90: report.working_time.p90,
        },
        definitions: report.definitions.iter().map(Definition::line).collect(),
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
            measure: rate_kind(report.online_target.measure),
            target: hundredths(&report.online_target.percent).unwrap_or(0),
            actual: share(target),
            met: report.online_target.met,
            more_needed: report.online_target.more_needed.unwrap_or(0),
            forecast: report.online_target.forecast.as_deref().and_then(hundredths),
            bounds: report
                .online_target
                .forecast_low
                .as_deref()
                .and_then(hundredths)
                .zip(report.online_target.forecast_high.as_deref().and_then(hundredths)),
        },
        trend: trend.iter().map(month).collect(),
        reception: reception(report, &parameters(&fixed)),
        c,
    })
}

fn received(report: &SummaryReport, links: &Links) -> ReceivedView {
    let received = &report.received;
    let n = |n, bucket| links.count(n, bucket);
    ReceivedView {
        total: n(received.total, Bucket::Received),
        online: n(received.online, Bucket::ReceivedOnline),
        counter: n(received.counter, Bucket::ReceivedCounter),
        post: n(received.post, Bucket::ReceivedPost),
        carried_over: n(received.carried_over, Bucket::CarriedOver),
    }
}

fn resolved(report: &SummaryReport, links: &Links) -> ResolvedView {
    let resolved = &report.resolved;
    let n = |n, bucket| links.count(n, bucket);
    ResolvedView {
        total: n(resolved.total, Bucket::Resolved),
        early: n(resolved.early, Bucket::Early),
        on_time: n(resolved.on_time, Bucket::OnTime),
        late: n(resolved.late, Bucket::Late),
        late_with_apology: n(resolved.late_with_apology, Bucket::LateWithApology),
        late_without_apology: n(resolved.late_without_apology, Bucket::LateWithoutApology),
        no_promise: n(resolved.no_promise, Bucket::ResolvedNoPromise),
    }
}

fn in_progress(report: &SummaryReport, links: &Links) -> InProgressView {
    let open = &report.in_progress;
    let n = |n, bucket| links.count(n, bucket);
    InProgressView {
        total: n(open.total, Bucket::InProgress),
        in_time: n(open.in_time, Bucket::InTime),
        overdue: n(open.overdue, Bucket::Overdue),
        paused: n(open.paused, Bucket::Paused),
        no_promise: n(open.no_promise, Bucket::NoPromise),
    }
}

/// The addresses of the lists behind the numbers.
struct Links(String);

impl Links {
    fn count(&self, n: u64, bucket: Bucket) -> Count {
        Count { n, href: format!("{}&bucket={bucket}", self.0) }
    }

    fn narrow(&self, n: u64, bucket: Bucket, (name, value): (&str, &str)) -> Count {
        Count { n, href: format!("{}&bucket={bucket}&{name}={}", self.0, encoded(value)) }
    }
}

fn rate(kind: RateKind, figure: &RateFigure, indicator: Indicator, links: &Links) -> RateView {
    let (of, total) = indicator.buckets();
    RateView {
        kind,
        of: links.count(figure.of, of),
        total: links.count(figure.total, total),
        percent: figure.percent.clone(),
    }
}

fn rates(report: &SummaryReport, links: &Links) -> Vec<RateView> {
    let rates = &report.rates;
    let rate = |kind, figure, indicator| rate(kind, figure, indicator, links);
    vec![
        rate(RateKind::OnTime, &rates.on_time, Indicator::OnTime),
        rate(RateKind::OnlineSubmission, &rates.online_submission, Indicator::OnlineSubmission),
        rate(RateKind::FullOnline, &rates.full_online, Indicator::FullOnline),
        rate(RateKind::EntirelyOnline, &rates.entirely_online, Indicator::EntirelyOnline),
        rate(RateKind::Apology, &rates.apology, Indicator::Apology),
    ]
}

/// The same question by other formulas, and what else is asked of an office.
fn more_rates(report: &SummaryReport, links: &Links) -> Vec<RateView> {
    let rates = &report.rates;
    let rate = |kind, figure, indicator| rate(kind, figure, indicator, links);
    vec![
        rate(RateKind::OnTimeResolved, &rates.on_time_resolved, Indicator::OnTimeResolved),
        rate(RateKind::OnTimeReceived, &rates.on_time_received, Indicator::OnTimeReceived),
        rate(RateKind::CommitmentOnTime, &rates.commitment_on_time, Indicator::CommitmentOnTime),
        rate(RateKind::NewDateOnTime, &rates.new_date_on_time, Indicator::NewDateOnTime),
        rate(RateKind::Early, &rates.early, Indicator::Early),
        rate(RateKind::OnDay, &rates.on_day, Indicator::OnDay),
        rate(RateKind::Late, &rates.late, Indicator::Late),
        rate(RateKind::ElectronicResult, &rates.electronic_result, Indicator::ElectronicResult),
        rate(RateKind::OnlinePayment, &rates.online_payment, Indicator::OnlinePayment),
    ]
}

fn ages(report: &SummaryReport, links: &Links) -> Vec<AgeView> {
    let of = |line: &AgeLine| {
        let count = |n, bucket| links.narrow(n, bucket, ("age", line.band.as_str()));
        AgeView {
            band: line.band,
            total: count(line.total, Bucket::InProgress),
            in_time: count(line.in_time, Bucket::InTime),
            overdue: count(line.overdue, Bucket::Overdue),
            paused: count(line.paused, Bucket::Paused),
            no_promise: count(line.no_promise, Bucket::NoPromise),
        }
    };
    report.ageing.since_receipt.iter().map(of).collect()
}

fn dues(report: &SummaryReport, links: &Links) -> Vec<(DueBand, Count)> {
    let of = |line: &DueLine| (line.band, links.narrow(line.total, Bucket::InProgress, ("due", line.band.as_str())));
    report.ageing.against_promise.iter().map(of).collect()
}

fn reception(report: &SummaryReport, days: &str) -> ReceptionView {
    let WaitingForReception { in_time, late, returned, not_accepted } = report.waiting_for_reception;
    let of = |n, standing: Standing| Count { n, href: format!("{WAITING}?{days}&standing={standing}") };
    ReceptionView {
        in_time: of(in_time, Standing::InTime),
        late: of(late, Standing::Late),
        returned: of(returned, Standing::Returned),
        not_accepted: of(not_accepted, Standing::NotAccepted),
    }
}

/// What the online rate is called that is held against the target.
pub(super) const fn rate_kind(measure: OnlineMeasure) -> RateKind {
    match measure {
        OnlineMeasure::EntirelyOnline => RateKind::EntirelyOnline,
        OnlineMeasure::OnlineSubmission => RateKind::OnlineSubmission,
        OnlineMeasure::FullOnline => RateKind::FullOnline,
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
    let agency = question.agency.as_deref().filter(|code| !code.is_empty());
    let agency = agency.map(|code| format!("&{AGENCY}={}", encoded(code))).unwrap_or_default();
    format!("from={}&to={}&as_of={}{agency}", question.from, question.to, encoded(&as_of))
}
