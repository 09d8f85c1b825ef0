//! `/truc-tuyen`: online files that wait for acceptance, by urgency.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::domain::reception::SubmissionState;
use crate::domain::role::Right;
use crate::domain::time::{Instant, civil_day};
use crate::office::queue::{Horizon, office_minutes};
use crate::office::{Office, OfficeResult, Rules};
use crate::render::pages::form::Chip;
use crate::render::pages::submission::SubmissionVerb;
use crate::render::pages::submissions::{SubmissionFilter, SubmissionRow, SubmissionsPage};
use crate::render::pages::words::{Standing, Status};
use crate::render::pages::{Ctx, Lang, phrases, time};
use crate::store::submissions::{self, Submission};

use super::front::Front;
use super::paging::{PAGE, Place};
use super::{PageResult, encoded, given, may, shown};

#[derive(Debug, Clone, Default, Deserialize)]
pub struct SubmissionsQuery {
    state: Option<String>,
    q: Option<String>,
    cursor: Option<i64>,
}

/// `GET /truc-tuyen`
///
/// # Errors
/// The database.
pub async fn page(front: Front, query: web::Query<SubmissionsQuery>) -> PageResult {
    let (c, may_act) = (front.ctx(), may(&front, Right::Intake).is_some());
    let page = front.work(move |office, now| assemble(office, now, &query, c, may_act)).await?;
    front.page(StatusCode::OK, &page)
}

fn assemble(
    office: &Office,
    now: Instant,
    query: &SubmissionsQuery,
    c: Ctx,
    may_act: bool,
) -> OfficeResult<SubmissionsPage> {
    let code = given(query.state.as_deref()).unwrap_or_default();
    let chosen = SubmissionFilter::ALL.into_iter().find(|filter| filter.code() == code);
    let chosen = chosen.unwrap_or(SubmissionFilter::Waiting);
    let q = given(query.q.as_deref());
    let href = |filter: SubmissionFilter| match q {
        Some(q) => format!("/truc-tuyen?state={}&q={}", filter.code(), encoded(q)),
        None => format!("/truc-tuyen?state={}", filter.code()),
    };
    office.store().read(|conn| {
        let rules = office.rules(conn)?;
        let mut chips = Vec::with_capacity(SubmissionFilter::ALL.len());
        for key in SubmissionFilter::ALL {
            let count = u64::try_from(submissions::count(conn, state_of(key), q)?).unwrap_or(0);
            chips.push(Chip { key, count, href: href(key), current: key == chosen });
        }
        let total = chips.iter().find(|chip| chip.current).map_or(0, |chip| chip.count);
        let place = Place::of(query.cursor, total);
        let found = submissions::in_state(conn, state_of(chosen), q, place.offset, PAGE)?;
        let late = match chosen {
            SubmissionFilter::Waiting => submissions::count_late(conn, now)?,
            SubmissionFilter::Returned | SubmissionFilter::Declined => 0,
        };
        let horizon = Horizon::of(now);
        Ok(SubmissionsPage {
            narrowed: None,
            total,
            rows: found.iter().map(|one| row(one, &rules, &horizon, c.lang, may_act)).collect(),
            pager: place.pager(&href(chosen)),
            late: u64::try_from(late).unwrap_or(0),
            state: chosen.code().to_owned(),
            q: q.unwrap_or_default().to_owned(),
            chips,
            c,
        })
    })
}

const fn state_of(filter: SubmissionFilter) -> SubmissionState {
    match filter {
        SubmissionFilter::Waiting => SubmissionState::Waiting,
        SubmissionFilter::Returned => SubmissionState::Returned,
        SubmissionFilter::Declined => SubmissionState::Declined,
    }
}

/// A line of the list.
pub(super) fn row(one: &Submission, rules: &Rules, horizon: &Horizon, lang: Lang, may_act: bool) -> SubmissionRow {
    let procedure = rules.procedure_at(&one.procedure_code, one.submitted_at);
    SubmissionRow {
        code: one.code.clone(),
        procedure: procedure.map(|version| version.row.name.clone()).unwrap_or_default(),
        applicant: one.applicant_name.clone(),
        submitted: shown::at(one.submitted_at),
        due: shown::at(one.due_at),
        status: status(one, rules, horizon, lang),
        verbs: if may_act { verbs(one) } else { Vec::new() },
    }
}

/// Where a file stands, in the words of the queue.
pub fn status(one: &Submission, rules: &Rules, horizon: &Horizon, lang: Lang) -> Status {
    let now = horizon.now;
    let (standing, remaining) = match one.state {
        SubmissionState::Accepted => (Standing::Accepted, None),
        SubmissionState::Declined => (Standing::NotAccepted, None),
        SubmissionState::Returned => {
            let since = one.returned_at.map(|at| phrases::waiting_since(lang, &time::date(civil_day(at))));
            (Standing::WaitingApplicant, since)
        }
        SubmissionState::Waiting if now > one.due_at => {
            let (minutes, a_day) = office_minutes(&rules.calendar, one.due_at, now);
            (Standing::Overdue, Some(time::over(lang, minutes, a_day)))
        }
        SubmissionState::Waiting => {
            let (minutes, a_day) = office_minutes(&rules.calendar, now, one.due_at);
            (shown::running(one.due_at, horizon), Some(time::left(lang, minutes, a_day)))
        }
    };
    Status { standing, remaining, by_law: None }
}

/// What the desk can do with a file as it stands.
pub fn verbs(one: &Submission) -> Vec<SubmissionVerb> {
    match (one.state, one.returned_at) {
        (SubmissionState::Waiting, None) => {
            vec![SubmissionVerb::Accept, SubmissionVerb::SendBack, SubmissionVerb::Decline]
        }
        (SubmissionState::Waiting, Some(_)) => vec![SubmissionVerb::Accept, SubmissionVerb::Decline],
        (SubmissionState::Returned, _) => vec![SubmissionVerb::Complete, SubmissionVerb::Decline],
        (SubmissionState::Accepted | SubmissionState::Declined, _) => Vec::new(),
    }
}
