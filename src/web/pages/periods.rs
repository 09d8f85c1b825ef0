//! `/ky-bao-cao`: periods are looked at, closed, and held against today.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;
use serde_json::json;

use crate::domain::indicator::Indicator;
use crate::domain::rates::Rate;
use crate::domain::reporting_period::PeriodShape;
use crate::domain::role::Right;
use crate::domain::summary::Bucket;
use crate::domain::time::parse_instant;
use crate::office::closing::{Changed, ChangedBy, Frozen, PeriodAsked, PeriodStanding, PeriodState};
use crate::office::report::Question;
use crate::office::{FieldError, Office, OfficeError, Problem as Trouble, Rules};
use crate::render::pages::journal_words::kind_word;
use crate::render::pages::periods::{
    DeltaBecause, DeltaFile, DeltaRow, PeriodDeltaPage, PeriodFigure, PeriodPage, PeriodRate, PeriodRow, PeriodStand,
    PeriodsPage, SignedView, period_name,
};
use crate::render::pages::phrases::{self, Done};
use crate::render::pages::summary::{Count, RateKind};
use crate::render::pages::{Ctx, Lang, time};
use crate::render::tables::{ClosedReport, Table};
use crate::store::closed_periods::ClosedPeriod;
use crate::web::api::periods::{PeriodQuery, bytes_of};
use crate::web::posted::Posted;

use super::dossier_view::actor;
use super::front::Front;
use super::reports::{Door, tabs};
use super::summary::parameters;
use super::table_file::{TableFile, table_file};
use super::{PageResult, encoded, shown};

/// `GET /ky-bao-cao`
///
/// # Errors
/// The database.
pub async fn page(front: Front) -> PageResult {
    let c = front.ctx();
    let periods = front.work(|office, now| office.periods(now, None)).await?;
    let rows = periods.iter().map(|one| row(one, c.lang)).collect();
    front.page(StatusCode::OK, &PeriodsPage { tabs: tabs(&c, Door::Periods, None), c, rows })
}

/// `GET /ky-bao-cao/{id}`: the signed figures, or those to be signed.
///
/// # Errors
/// 404 for no period; 409 while it runs.
pub async fn one(front: Front, id: web::Path<String>, query: web::Query<PeriodQuery>) -> PageResult {
    let c = front.ctx();
    let may_close = front.caller()?.account.role.may(Right::Close);
    let asked = query.asked(&id)?;
    let page = front
        .work(move |office, now| match office.closed_period(&asked) {
            Ok((closed, bytes)) => {
                let frozen = serde_json::from_slice(&bytes)?;
                Ok(view(c, &frozen, Some(signed(&closed)), String::new(), may_close))
            }
            Err(OfficeError::NotFound) => {
                let preview = office.preview_period(now, &asked)?;
                Ok(view(c, &preview.frozen, None, preview.seen, may_close))
            }
            Err(error) => Err(error),
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

#[derive(Debug, Deserialize)]
pub struct Closing {
    seen: String,
    shape: String,
    agree: Option<String>,
}

/// `POST /ky-bao-cao/{id}/chot`
///
/// # Errors
/// 409 when it runs, is closed, or its figures moved; 422 without the tick.
pub async fn close(front: Front, id: web::Path<String>, form: Posted<Closing>) -> PageResult {
    let by = front.caller()?.actor();
    let Closing { seen, shape, agree } = form.0;
    let back = format!("/ky-bao-cao/{}?shape={}", encoded(&id), encoded(&shape));
    let to = back.clone();
    let closed = front
        .work(move |office, now| {
            let asked = PeriodAsked::read(&id, Some(&shape), None)?;
            if agree.as_deref() != Some("yes") {
                return Err(FieldError::new("agree", "", Trouble::Required).into());
            }
            office.close_period(now, &by, &asked, Some(&seen))
        })
        .await;
    closed.map_err(|error| error.leading_to(back))?;
    front.done(Done::PeriodClosed, &to)
}

/// `GET /ky-bao-cao/{id}/goc.json`: the bytes that were signed.
///
/// # Errors
/// 404 while it is not closed.
pub async fn original(front: Front, id: web::Path<String>, query: web::Query<PeriodQuery>) -> PageResult {
    let (closed, bytes) = found(&front, &id, &query).await?;
    Ok(bytes_of(&closed, bytes))
}

/// `GET /ky-bao-cao/{id}/bieu/{report}.{ending}`: a signed report as CSV, XLSX or PDF.
///
/// # Errors
/// 404 while the period is not closed, for another report or format.
pub async fn download(
    front: Front,
    place: web::Path<(String, String, String)>,
    query: web::Query<PeriodQuery>,
) -> PageResult {
    let (id, report, ending) = place.into_inner();
    let asked = query.asked(&id)?;
    table_file(&front, &ending, move |office: &Office, _| {
        let report = ClosedReport::named(&report).ok_or(OfficeError::NotFound)?;
        let (closed, bytes) = office.closed_period(&asked)?;
        let name = format!("{}-{}", report.name, closed.period);
        // Set as of the closing: the same paper whenever it is printed.
        Ok(TableFile::new(name, closed.closed_at, table(&closed, &bytes, report)?))
    })
    .await
}

/// `GET /ky-bao-cao/{id}/chenh-lech`
///
/// # Errors
/// 404 while it is not closed.
pub async fn delta(front: Front, id: web::Path<String>, query: web::Query<PeriodQuery>) -> PageResult {
    let c = front.ctx();
    let asked = query.asked(&id)?;
    let page = front
        .work(move |office, now| {
            let (closed, _) = office.closed_period(&asked)?;
            let delta = office.period_delta(now, &asked)?;
            let rules = office.store().read(|conn| office.rules(conn))?;
            let differs = delta.numbers.iter().filter(|line| line.difference != 0);
            let number = |line: &crate::office::closing::DeltaLine| DeltaRow {
                name: phrases::bucket(c.lang, line.number),
                frozen: line.frozen,
                today: line.today,
                difference: format!("{:+}", line.difference),
            };
            Ok(PeriodDeltaPage {
                name: period_name(c.lang, asked.period),
                days: format!("{} – {}", time::date(closed.from_day), time::date(closed.to_day)),
                here: here(&closed.period, closed.shape),
                closed: shown::at(closed.closed_at),
                rows: differs.map(number).collect(),
                files: delta.dossiers.iter().map(|one| changed(one, &rules, c.lang)).collect(),
                unexplained: delta.unexplained.iter().map(|bucket| phrases::bucket(c.lang, *bucket)).collect(),
                c,
            })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

async fn found(front: &Front, id: &str, query: &PeriodQuery) -> Result<(ClosedPeriod, Vec<u8>), super::PageError> {
    let asked = query.asked(id)?;
    front.work(move |office, _| office.closed_period(&asked)).await
}

/// A signed report as a table, with who signed it below.
fn table(closed: &ClosedPeriod, bytes: &[u8], report: ClosedReport) -> Result<Table, OfficeError> {
    let frozen: Frozen = serde_json::from_slice(bytes)?;
    let mut table = report.table(&json!(frozen.reports));
    table.title = format!("{} ({})", table.title, period_name(Lang::Vi, frozen.period));
    table.notes.push(format!("Đã chốt: {}, {}", closed.signer, shown::at(closed.closed_at)));
    table.notes.push(format!("SHA-256 {}", closed.sha256));
    Ok(table)
}

fn here(period: &str, shape: PeriodShape) -> String {
    format!("/ky-bao-cao/{}?shape={shape}", encoded(period))
}

fn row(one: &PeriodStanding, lang: Lang) -> PeriodRow {
    let (stand, closed) = match &one.state {
        PeriodState::Open => (PeriodStand::Open, None),
        PeriodState::Ended => (PeriodStand::Ended, None),
        PeriodState::Closed(closed) => (PeriodStand::Closed, Some(closed)),
    };
    PeriodRow {
        name: period_name(lang, one.period),
        days: format!("{} – {}", time::date(one.from), time::date(one.to)),
        shape: one.shape,
        stand,
        href: (stand != PeriodStand::Open).then(|| here(&one.period.to_string(), one.shape)),
        signer: closed.map(|closed| closed.signer.clone()).unwrap_or_default(),
        closed: closed.map(|closed| shown::at(closed.closed_at)).unwrap_or_default(),
    }
}

fn signed(closed: &ClosedPeriod) -> SignedView {
    SignedView {
        signer: closed.signer.clone(),
        role: shown::role(closed.signer_role),
        at: shown::at(closed.closed_at),
        sha256: closed.sha256.clone(),
    }
}

fn view(c: Ctx, frozen: &Frozen, signed: Option<SignedView>, seen: String, may_close: bool) -> PeriodPage {
    // What was known then: the list is as long as the number, whenever it is opened.
    let question = Question { from: frozen.from, to: frozen.to, as_of: parse_instant(&frozen.as_of), agency: None };
    let list = format!("/bao-cao/ho-so?{}", parameters(&question));
    let count = |bucket: Bucket| Count {
        n: frozen.counts.get(&bucket).copied().unwrap_or(0),
        href: format!("{list}&bucket={bucket}"),
    };
    let rate = |kind: RateKind, indicator: Indicator| {
        let (of, total) = indicator.buckets();
        let (of, total) = (count(of), count(total));
        let percent = Rate { of: of.n, total: total.n }.percent();
        PeriodRate { kind, of, total, percent: percent.map(|percent| percent.to_string()) }
    };
    let figure = |bucket: &Bucket| PeriodFigure { name: phrases::bucket(c.lang, *bucket), count: count(*bucket) };
    let reports: &[ClosedReport] = if signed.is_some() { &ClosedReport::ALL } else { &[] };
    PeriodPage {
        name: period_name(c.lang, frozen.period),
        days: format!("{} – {}", time::date(frozen.from), time::date(frozen.to)),
        shape: frozen.shape,
        here: format!("/ky-bao-cao/{}", frozen.period),
        query: format!("?shape={}", frozen.shape),
        signed,
        seen,
        may_close,
        rates: vec![
            rate(RateKind::OnTime, Indicator::OnTime),
            rate(RateKind::OnlineSubmission, Indicator::OnlineSubmission),
            rate(RateKind::FullOnline, Indicator::FullOnline),
            rate(RateKind::EntirelyOnline, Indicator::EntirelyOnline),
            rate(RateKind::Apology, Indicator::Apology),
        ],
        figures: Bucket::ALL.iter().map(figure).collect(),
        reports: reports.iter().map(|report| (report.name, report.label(c.lang))).collect(),
        c,
    }
}

fn changed(one: &Changed, rules: &Rules, lang: Lang) -> DeltaFile {
    let words =
        |buckets: &[Bucket]| buckets.iter().map(|bucket| phrases::bucket(lang, *bucket)).collect::<Vec<_>>().join(", ");
    let because = |line: &ChangedBy| DeltaBecause {
        at: shown::at(line.recorded_at),
        who: actor(&line.actor, rules, lang),
        what: kind_word(lang, &line.kind),
        note: line.note.clone(),
    };
    DeltaFile {
        href: format!("/ho-so/{}", encoded(&one.code)),
        code: one.code.clone(),
        now_in: words(&one.now_in),
        no_longer_in: words(&one.no_longer_in),
        because: one.because.iter().map(because).collect(),
    }
}
