//! `/bao-cao/ho-so`: the dossiers behind a number of a report.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::domain::UnknownWord;
use crate::domain::channel::Channel;
use crate::domain::summary::Bucket;
use crate::office::report::{Filer, Narrow};
use crate::office::{FieldError, Problem as Trouble, Rules};
use crate::render::pages::{Lang, phrases, time};
use crate::render::report_words::{NO_FIELD, filer_name};
use crate::render::tables::{age_words, due_words};
use crate::web::api::reports::ReportQuery;

use super::behind::Behind;
use super::front::Front;
use super::summary::parameters;
use super::{PageResult, encoded, given, shown};

/// Which number, of which files. What is given and empty means files that have none.
#[derive(Debug, Deserialize)]
pub struct NumberQuery {
    bucket: Option<String>,
    from: Option<String>,
    to: Option<String>,
    as_of: Option<String>,
    #[serde(rename = "co-quan")]
    agency: Option<String>,
    procedure: Option<String>,
    channel: Option<String>,
    unit: Option<String>,
    field: Option<String>,
    filed: Option<String>,
    age: Option<String>,
    due: Option<String>,
    reason: Option<String>,
    cursor: Option<i64>,
}

/// `GET /bao-cao/ho-so`: exactly as many dossiers as the number says.
///
/// # Errors
/// 422 when the number or the dates are not understood.
pub async fn page(front: Front, query: web::Query<NumberQuery>) -> PageResult {
    let c = front.ctx();
    let asked = query.into_inner();
    let page = front
        .work(move |office, now| {
            let name = given(asked.bucket.as_deref()).unwrap_or_default();
            let unknown =
                |_| FieldError::new("bucket", name, Trouble::NotOneOf { expected: &["received", "resolved", "…"] });
            let bucket: Bucket = name.parse().map_err(unknown)?;
            let question = asked.period().question()?;
            let narrow = asked.narrow()?;
            let found = office.behind_of(now, &question, bucket, &narrow)?;
            let rules = office.store().read(|conn| office.rules(conn))?;
            let mut words = vec![phrases::bucket(c.lang, bucket)];
            words.extend(narrowed(&narrow, &rules, c.lang));
            words.push(format!("{} – {}", time::date(question.from), time::date(question.to)));
            let list = Behind {
                narrowed: words.join(", "),
                here: format!("/bao-cao/ho-so?{}&bucket={bucket}{}", parameters(&question), asked.only()),
                late: bucket.is_of_late_files(),
                seen: question.as_of.map_or(now, |as_of| as_of.min(now)),
                cursor: asked.cursor,
            };
            Ok(list.page(c, &rules, now, &found))
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

impl NumberQuery {
    fn period(&self) -> ReportQuery {
        ReportQuery {
            from: self.from.clone(),
            to: self.to.clone(),
            as_of: self.as_of.clone(),
            agency: self.agency.clone(),
        }
    }

    fn narrow(&self) -> Result<Narrow<'_>, FieldError> {
        let channel = given(self.channel.as_deref());
        let channel = channel.map(|text| text.parse::<Channel>().map_err(|_| (text, Trouble::UnknownChannel)));
        Ok(Narrow {
            procedure: given(self.procedure.as_deref()),
            channel: channel.transpose().map_err(|(text, problem)| FieldError::new("channel", text, problem))?,
            unit: self.unit.as_deref(),
            field: self.field.as_deref(),
            filed: word("filed", self.filed.as_deref())?,
            age: word("age", self.age.as_deref())?,
            due: word("due", self.due.as_deref())?,
            reason: word("reason", self.reason.as_deref())?,
        })
    }

    /// What makes the list narrower, as parameters.
    fn only(&self) -> String {
        let all = [
            ("procedure", &self.procedure),
            ("channel", &self.channel),
            ("unit", &self.unit),
            ("field", &self.field),
            ("filed", &self.filed),
            ("age", &self.age),
            ("due", &self.due),
            ("reason", &self.reason),
        ];
        let given = all.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        given.fold(String::new(), |more, (name, value)| more + "&" + name + "=" + &encoded(value))
    }
}

/// A word of a fixed list; empty: not asked.
pub(super) fn word<T>(field: &'static str, text: Option<&str>) -> Result<Option<T>, FieldError>
where
    T: std::str::FromStr<Err = UnknownWord>,
{
    let wrong = |text: &str, UnknownWord { expected }| FieldError::new(field, text, Trouble::NotOneOf { expected });
    given(text).map(|text| text.parse().map_err(|error| wrong(text, error))).transpose()
}

/// What makes the list narrower, in words.
fn narrowed(narrow: &Narrow<'_>, rules: &Rules, lang: Lang) -> Vec<String> {
    let pick = |(vi, en): (&str, &str)| if lang == Lang::Vi { vi.to_owned() } else { en.to_owned() };
    let unit = |code: &str| rules.unit_named(code).map_or_else(|| phrases::no_unit(lang), |unit| unit.name.clone());
    let field = |name: &str| if name.is_empty() { NO_FIELD.to_owned() } else { name.to_owned() };
    let channel = |channel: Channel| pick((shown::channel(channel).vi(), shown::channel(channel).en()));
    [
        narrow.procedure.map(str::to_owned),
        narrow.channel.map(channel),
        narrow.unit.map(unit),
        narrow.field.map(field),
        narrow.filed.map(|filer: Filer| filer_name(filer.as_str()).to_owned()),
        narrow.age.map(|band| pick(age_words(band))),
        narrow.due.map(|band| pick(due_words(band))),
        narrow.reason.map(|reason| phrases::late_reason(lang, reason)),
    ]
    .into_iter()
    .flatten()
    .collect()
}
