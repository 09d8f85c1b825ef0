//! `/vang-mat`: days of absence and who stands in; one's own, and of the people one answers for.

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Deserialize;

use crate::domain::time::{Instant, civil_day};
use crate::office::absence::{AbsenceForm, answers_for, circle};
use crate::office::{FieldError, Office, OfficeError, OfficeResult, Refusal, Rules};
use crate::render::pages::form::Choice;
use crate::render::pages::own::{AbsencePage, AwayRow};
use crate::render::pages::phrases::{self, Done};
use crate::render::pages::{Ctx, Lang, time};
use crate::store::people::Account;
use crate::web::posted::Posted;

use super::front::Front;
use super::{PageResult, encoded, given, shown};

#[derive(Debug, Deserialize)]
pub struct Whose {
    nguoi: Option<String>,
}

/// `GET /vang-mat`
///
/// # Errors
/// 404 for somebody whose absence is not theirs to enter.
pub async fn page(front: Front, query: web::Query<Whose>) -> PageResult {
    let (c, me) = (front.ctx(), front.caller()?.account.clone());
    let username = given(query.nguoi.as_deref()).unwrap_or(&me.username).to_owned();
    let page = front.work(move |office, now| assemble(office, c, now, &me, &username, None, &[])).await?;
    front.page(StatusCode::OK, &page)
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    username: String,
    from: String,
    to: String,
    stand_in: String,
}

/// `POST /vang-mat`
///
/// # Errors
/// 404; somebody else's people (409); wrong fields are the page again (422).
pub async fn submit(front: Front, Posted(typed): Posted<Typed>) -> PageResult {
    let (c, me) = (front.ctx(), front.caller()?.account.clone());
    let username = given(Some(&typed.username)).unwrap_or(&me.username).to_owned();
    let to = format!("/vang-mat?nguoi={}", encoded(&username));
    let form = AbsenceForm { username: username.clone(), from: typed.from, to: typed.to, stand_in: typed.stand_in };
    let wrong = front
        .work(move |office, now| match office.enter_absence(now, &me.id, &form) {
            Ok(()) => Ok(None),
            Err(OfficeError::Invalid(errors)) => {
                assemble(office, c, now, &me, &username, Some(&form), &errors).map(Some)
            }
            Err(error) => Err(error),
        })
        .await?;
    match wrong {
        None => front.done(Done::Saved, &to),
        Some(page) => front.page(StatusCode::UNPROCESSABLE_ENTITY, &page),
    }
}

fn assemble(
    office: &Office,
    c: Ctx,
    now: Instant,
    me: &Account,
    username: &str,
    typed: Option<&AbsenceForm>,
    errors: &[FieldError],
) -> OfficeResult<AbsencePage> {
    let rules = office.store().read(|conn| office.rules(conn))?;
    let who = rules.accounts.values().find(|who| who.username == username).ok_or(OfficeError::NotFound)?;
    if !answers_for(&rules, me, who) {
        return Err(Refusal::NotYourPeople.into());
    }
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let stand_in = who.stand_in_id.as_deref().and_then(|id| rules.accounts.get(id));
    let known = AbsenceForm {
        username: username.to_owned(),
        from: day(who.absent_from),
        to: day(who.absent_to),
        stand_in: stand_in.map(|other| other.username.clone()).unwrap_or_default(),
    };
    let form = typed.unwrap_or(&known);
    let mut theirs: Vec<&Account> =
        rules.accounts.values().filter(|other| other.disabled_at.is_none() && answers_for(&rules, me, other)).collect();
    theirs.sort_by(|a, b| (&a.unit_id, &a.username).cmp(&(&b.unit_id, &b.username)));
    Ok(AbsencePage {
        username: username.to_owned(),
        name: who.name.clone(),
        from: form.from.clone(),
        to: form.to.clone(),
        stand_ins: everybody(&rules, &c, &form.stand_in, Some(username)),
        circle: circle(&rules, who).into_iter().map(|who| who.name.clone()).collect(),
        rows: theirs.iter().map(|other| row(&rules, other, now, c.lang, username)).collect(),
        errors: shown::errors(errors, c.lang),
        c: Ctx { path: format!("/vang-mat?nguoi={}", encoded(username)), ..c },
    })
}

/// Everybody who works here but `without`, to choose from; `chosen` is a user name.
pub fn everybody(rules: &Rules, c: &Ctx, chosen: &str, without: Option<&str>) -> Vec<Choice> {
    let mut people: Vec<&Account> = rules
        .accounts
        .values()
        .filter(|who| who.disabled_at.is_none() && Some(who.username.as_str()) != without)
        .collect();
    people.sort_by(|a, b| (&a.name, &a.username).cmp(&(&b.name, &b.username)));
    let nobody = Choice::new("", c.t("Chưa có ai", "Nobody"), chosen);
    let person = |who: &Account| Choice::new(who.username.clone(), format!("{} ({})", who.name, who.username), chosen);
    std::iter::once(nobody).chain(people.into_iter().map(person)).collect()
}

fn row(rules: &Rules, who: &Account, now: Instant, lang: Lang, current: &str) -> AwayRow {
    let stand_in = who.stand_in_id.as_deref().and_then(|id| rules.accounts.get(id));
    AwayRow {
        name: who.name.clone(),
        href: format!("/vang-mat?nguoi={}", encoded(&who.username)),
        current: who.username == current,
        days: away_days(who, lang),
        today: who.is_absent_on(civil_day(now)),
        stand_in: stand_in.map(|other| other.name.clone()),
    }
}

/// `từ 01/12/2026 đến hết 05/12/2026`
pub fn away_days(who: &Account, lang: Lang) -> Option<String> {
    let (from, to) = who.absent_from.zip(who.absent_to)?;
    Some(phrases::away_days(lang, &time::date(from), &time::date(to)))
}
