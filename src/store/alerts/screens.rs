//! The alerts on the screens of people, the most urgent first.

use diesel::dsl::case_when;
use diesel::prelude::*;
use diesel::sql_types::Integer;

use super::Alert;
use crate::domain::notice::NoticeKind;
use crate::store::connection::Conn;
use crate::store::dossiers::DossierRow;
use crate::store::error::StoreResult;
use crate::store::schema::{alerts, dossiers};

/// They stand on the screens of these accounts.
macro_rules! on_screens {
    ($account_ids:expr) => {
        alerts::account_id.eq_any($account_ids.iter().map(String::as_str)).and(alerts::ended_at.is_null())
    };
}

/// How urgent a kind is: the lower, the sooner somebody looks at it.
const fn weight(kind: NoticeKind) -> i32 {
    match kind {
        NoticeKind::DeliveryAlarm | NoticeKind::Escalation => 0,
        NoticeKind::Unsigned | NoticeKind::StillOverdue => 1,
        NoticeKind::Unacknowledged | NoticeKind::Overdue => 2,
        NoticeKind::ApologyDue | NoticeKind::SignatureDue => 3,
        NoticeKind::DueSoon => 5,
        NoticeKind::TaskLate
        | NoticeKind::LetterRefused
        | NoticeKind::CitizenCost
        | NoticeKind::Digest
        | NoticeKind::Apology
        | NoticeKind::LateResult
        | NoticeKind::Loss
        | NoticeKind::SecondMiss
        | NoticeKind::DelayNotice
        | NoticeKind::Receipt
        | NoticeKind::Redated
        | NoticeKind::AcceptanceDue
        | NoticeKind::AcceptanceLate
        | NoticeKind::SubmissionReceived
        | NoticeKind::SubmissionReturned
        | NoticeKind::SubmissionDeclined
        | NoticeKind::SupplementRequest
        | NoticeKind::SupplementReminder
        | NoticeKind::ClosedUnanswered
        | NoticeKind::CompletionLate
        | NoticeKind::ConsultationDue
        | NoticeKind::ConsultationLate
        | NoticeKind::HandOverLate
        | NoticeKind::CalendarMissing => 4,
    }
}

/// The kinds of a weight.
fn weighing(weight_of: i32) -> Vec<&'static str> {
    NoticeKind::ALL.iter().filter(|kind| weight(**kind) == weight_of).map(|kind| kind.as_str()).collect()
}

/// A page of the alerts that stand on the screens of these accounts with their dossiers, the most urgent
/// first: by kind, then what has to be acknowledged, then by the promise.
///
/// # Errors
/// When the database cannot be read.
pub fn standing(
    conn: &mut Conn,
    account_ids: &[String],
    offset: i64,
    limit: i64,
) -> StoreResult<Vec<(Alert, Option<DossierRow>)>> {
    let urgency = case_when(alerts::kind.eq_any(weighing(0)), 0.into_sql::<Integer>())
        .when(alerts::kind.eq_any(weighing(1)), 1.into_sql::<Integer>())
        .when(alerts::kind.eq_any(weighing(2)), 2.into_sql::<Integer>())
        .when(alerts::kind.eq_any(weighing(3)), 3.into_sql::<Integer>())
        .when(alerts::kind.eq_any(weighing(4)), 4.into_sql::<Integer>())
        .otherwise(5.into_sql::<Integer>());
    Ok(alerts::table
        .left_join(dossiers::table)
        .filter(on_screens!(account_ids))
        .order((
            urgency.asc(),
            alerts::acknowledge_by.is_null().asc(),
            // The databases disagree on where an absent date stands.
            dossiers::due_at.nullable().is_null().desc(),
            dossiers::due_at.nullable().asc(),
            alerts::raised_at.asc(),
            alerts::id.asc(),
        ))
        .offset(offset)
        .limit(limit)
        .select((Alert::as_select(), Option::<DossierRow>::as_select()))
        .load(conn)?)
}

/// How many alerts stand on the screens of these accounts.
///
/// # Errors
/// When the database cannot be read.
pub fn count_standing(conn: &mut Conn, account_ids: &[String]) -> StoreResult<i64> {
    Ok(alerts::table.filter(on_screens!(account_ids)).count().get_result(conn)?)
}

/// The same, counted no further than to `most`.
///
/// # Errors
/// When the database cannot be read.
pub fn count_standing_upto(conn: &mut Conn, account_ids: &[String], most: i64) -> StoreResult<usize> {
    let found: Vec<i32> =
        alerts::table.filter(on_screens!(account_ids)).select(1.into_sql::<Integer>()).limit(most).load(conn)?;
    Ok(found.len())
}
