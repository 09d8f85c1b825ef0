//! How our words and instants sit in TEXT and TIMESTAMP columns, the same way in both databases.

use chrono::{NaiveDateTime, Timelike};
use diesel::backend::Backend;
use diesel::deserialize::{FromSql, Queryable, Result as ReadResult};
use diesel::expression::AsExpression;
use diesel::internal::derives::as_expression::Bound;
use diesel::serialize::{Output, Result as WriteResult, ToSql};
use diesel::sql_types::{Nullable, Text, Timestamp};

use crate::domain::channel::{Channel, ServiceLevel};
use crate::domain::dossier::StageName;
use crate::domain::filing::{Addressee, FiledBy};
use crate::domain::ladder::{Bundling, Urgency};
use crate::domain::limit::{LimitKind, LimitUnit};
use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::reception::SubmissionState;
use crate::domain::reporting_period::PeriodShape;
use crate::domain::role::Role;
use crate::domain::sub_deadline::{SubDeadlineKind, SubOutcome};
use crate::domain::time::Instant;
use crate::domain::time_rule::{NoticeLevel, RuleKind};

use super::attempts::AttemptOutcome;
use super::citizen_messages::CitizenMessageKind;
use super::import_runs::ImportRunState;
use super::imports::{ImportKind, ImportOutcome};
use super::letters::{LetterKind, LetterState};
use super::outbox::{Delivery, OutboxState};
use super::papers::PaperKind;
use super::promises::PromiseKind;
use super::proposals::{ProposalKind, ProposalState};
use super::tasks::TaskKind;

macro_rules! stored_as_text {
    ($($word:ty),+ $(,)?) => { $(
        impl<DB> FromSql<Text, DB> for $word where DB: Backend, String: FromSql<Text, DB> {
            fn from_sql(bytes: DB::RawValue<'_>) -> ReadResult<Self> {
                let text = String::from_sql(bytes)?;
                text.parse().map_err(|_| format!("unknown word {text:?}").into())
            }
        }
        impl<DB> Queryable<Text, DB> for $word where DB: Backend, Self: FromSql<Text, DB> {
            type Row = Self;
            fn build(row: Self) -> ReadResult<Self> { Ok(row) }
        }
        impl<DB> ToSql<Text, DB> for $word where DB: Backend, str: ToSql<Text, DB> {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> WriteResult {
                <str as ToSql<Text, DB>>::to_sql(self.as_str(), out)
            }
        }
        impl<DB> ToSql<Nullable<Text>, DB> for $word where DB: Backend, Self: ToSql<Text, DB> {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> WriteResult {
                <Self as ToSql<Text, DB>>::to_sql(self, out)
            }
        }
        impl AsExpression<Text> for $word {
            type Expression = Bound<Text, Self>;
            fn as_expression(self) -> Self::Expression { Bound::new(self) }
        }
        impl AsExpression<Text> for &$word {
            type Expression = Bound<Text, Self>;
            fn as_expression(self) -> Self::Expression { Bound::new(self) }
        }
        impl AsExpression<Nullable<Text>> for $word {
            type Expression = Bound<Nullable<Text>, Self>;
            fn as_expression(self) -> Self::Expression { Bound::new(self) }
        }
        impl AsExpression<Nullable<Text>> for &$word {
            type Expression = Bound<Nullable<Text>, Self>;
            fn as_expression(self) -> Self::Expression { Bound::new(self) }
        }
    )+ };
}

stored_as_text!(
    Channel,
    ServiceLevel,
    StageName,
    LimitUnit,
    NoticeKind,
    Audience,
    PeriodShape,
    Role,
    LetterKind,
    Delivery,
    OutboxState,
    PromiseKind,
    LimitKind,
    RuleKind,
    NoticeLevel,
    SubDeadlineKind,
    SubOutcome,
    ProposalKind,
    ProposalState,
    SubmissionState,
    Bundling,
    Urgency,
    LetterState,
    AttemptOutcome,
    PaperKind,
    TaskKind,
    CitizenMessageKind,
    ImportKind,
    ImportOutcome,
    FiledBy,
    Addressee,
    ImportRunState,
);

/// An instant in a TIMESTAMP column: UTC by rule, whole seconds, since PostgreSQL keeps
/// microseconds and SQLite nanoseconds.
#[derive(Debug, Clone, Copy)]
pub struct At(NaiveDateTime);

/// The same where the column may be empty.
#[derive(Debug, Clone, Copy)]
pub struct MaybeAt(Option<NaiveDateTime>);

/// The column value of an instant.
#[must_use]
pub fn stored(at: Instant) -> NaiveDateTime {
    let at = at.naive_utc();
    at.with_nanosecond(0).unwrap_or(at)
}

impl From<At> for Instant {
    fn from(at: At) -> Self {
        at.0.and_utc()
    }
}

impl From<Instant> for At {
    fn from(at: Instant) -> Self {
        Self(stored(at))
    }
}

impl From<MaybeAt> for Option<Instant> {
    fn from(at: MaybeAt) -> Self {
        at.0.map(|at| at.and_utc())
    }
}

impl From<Option<Instant>> for MaybeAt {
    fn from(at: Option<Instant>) -> Self {
        Self(at.map(stored))
    }
}

impl<DB> Queryable<Timestamp, DB> for At
where
    DB: Backend,
    NaiveDateTime: Queryable<Timestamp, DB>,
{
    type Row = <NaiveDateTime as Queryable<Timestamp, DB>>::Row;
    fn build(row: Self::Row) -> ReadResult<Self> {
        NaiveDateTime::build(row).map(Self)
    }
}

impl<DB> Queryable<Nullable<Timestamp>, DB> for MaybeAt
where
    DB: Backend,
    Option<NaiveDateTime>: Queryable<Nullable<Timestamp>, DB>,
{
    type Row = <Option<NaiveDateTime> as Queryable<Nullable<Timestamp>, DB>>::Row;
    fn build(row: Self::Row) -> ReadResult<Self> {
        Option::<NaiveDateTime>::build(row).map(Self)
    }
}

impl AsExpression<Timestamp> for At {
    type Expression = Bound<Timestamp, NaiveDateTime>;
    fn as_expression(self) -> Self::Expression {
        Bound::new(self.0)
    }
}

impl AsExpression<Nullable<Timestamp>> for At {
    type Expression = Bound<Nullable<Timestamp>, NaiveDateTime>;
    fn as_expression(self) -> Self::Expression {
        Bound::new(self.0)
    }
}

impl AsExpression<Nullable<Timestamp>> for MaybeAt {
    type Expression = Bound<Nullable<Timestamp>, Option<NaiveDateTime>>;
    fn as_expression(self) -> Self::Expression {
        Bound::new(self.0)
    }
}
