//! `/tre-chua-xin-loi`: late files without a letter of apology, and why.

use actix_web::http::StatusCode;
use actix_web::web;

use crate::domain::time::{Instant, civil_day};
use crate::office::late::{ApologyStanding, Excuse, Gap, LateFile};
use crate::office::report::Question;
use crate::office::trend::this_month;
use crate::office::{Office, OfficeError, OfficeResult, Rules};
use crate::render::pages::late::{LateFileView, LatePage, NoLetterRow, OnTheWayRow};
use crate::render::pages::words::NoLetter;
use crate::render::pages::{Ctx, Lang, phrases, time};
use crate::render::problems::problem_text;
use crate::store::letters::LetterRow;
use crate::store::outbox::Message;
use crate::web::api::reports::ReportQuery;

use super::front::Front;
use super::{PageResult, shown};

/// `GET /tre-chua-xin-loi`
///
/// # Errors
/// The database; wrong dates are said on the page, 422.
pub async fn page(front: Front, query: web::Query<ReportQuery>) -> PageResult {
    let c = front.ctx();
    let query = query.into_inner();
    let (status, page) = front
        .work(move |office, now| {
            let asked = if query.from.is_none() && query.to.is_none() { Ok(this_year(now)) } else { query.question() };
            match asked.and_then(|question| view(office, now, &question, c.clone())) {
                Ok(page) => Ok((StatusCode::OK, page)),
                Err(OfficeError::Invalid(errors)) => {
                    let language = shown::language(c.lang);
                    let text = errors.iter().map(|error| problem_text(&error.problem, language)).collect::<Vec<_>>();
                    let page = view(office, now, &this_year(now), c)?;
                    Ok((StatusCode::UNPROCESSABLE_ENTITY, LatePage { error: Some(text.join(" ")), ..page }))
                }
                Err(error) => Err(error),
            }
        })
        .await?;
    front.page(status, &page)
}

/// Everything open, and what was closed since the year began.
fn this_year(now: Instant) -> Question {
    let month = this_month(now);
    let from = chrono::Datelike::with_ordinal(&civil_day(now), 1).unwrap_or(month.from);
    Question { from, to: civil_day(now), as_of: None, ..month }
}

fn view(office: &Office, now: Instant, question: &Question, c: Ctx) -> OfficeResult<LatePage> {
    let files = office.late_files(now, question)?;
    let rules = office.store().read(|conn| office.rules(conn))?;
    let lang = c.lang;
    let late = u64::try_from(files.len()).unwrap_or(u64::MAX);
    let (mut in_hand, mut missing, mut excused, mut on_the_way) = (0, Vec::new(), Vec::new(), Vec::new());
    for file in &files {
        let row = |(why, detail)| NoLetterRow { file: file_view(file, &rules, lang), why, detail };
        match &file.apology {
            ApologyStanding::InHand { .. } => in_hand += 1,
            ApologyStanding::OnTheWay { letter, message } => {
                on_the_way.push(underway(file, letter, message.as_deref(), &rules, lang));
            }
            ApologyStanding::Excused(why) => excused.push(row(excuse(why, lang))),
            ApologyStanding::Missing(why) => missing.push(row(gap(why, &rules, lang))),
        }
    }
    Ok(LatePage {
        from: question.from.to_string(),
        to: question.to.to_string(),
        period: format!("{} – {}", time::date(question.from), time::date(question.to)),
        error: None,
        late,
        in_hand,
        missing,
        excused,
        on_the_way,
        c,
    })
}

fn file_view(file: &LateFile, rules: &Rules, lang: Lang) -> LateFileView {
    let row = &file.row;
    let procedure = rules.procedure_version(&row.procedure_id);
    LateFileView {
        code: row.code.clone(),
        procedure: procedure.map(|version| version.row.name.clone()).unwrap_or_default(),
        unit: row.unit_id.as_deref().and_then(|id| rules.unit(id)).map(|unit| unit.name.clone()).unwrap_or_default(),
        officer: shown::officer(row, rules),
        due: row.due_at.map(shown::at).unwrap_or_default(),
        new_due: row.new_due_at.map(shown::at),
        late: phrases::working_days_late(lang, file.days.promise),
        late_again: file.days_again.map(|days| phrases::working_days_late(lang, Some(days))),
    }
}

fn underway(file: &LateFile, letter: &LetterRow, message: Option<&Message>, rules: &Rules, lang: Lang) -> OnTheWayRow {
    let since = message.map(|message| shown::at(message.settled_at.unwrap_or(message.created_at)));
    let answer = message.and_then(|message| message.last_error.clone());
    OnTheWayRow {
        file: file_view(file, rules, lang),
        number: letter.number.clone(),
        issued: shown::at(letter.dated_at()),
        state: message.map(shown::send_state),
        detail: [since, answer].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        pdf_href: format!("/thu/{}.pdf", letter.id),
    }
}

fn excuse(excuse: &Excuse, lang: Lang) -> (NoLetter, String) {
    match excuse {
        Excuse::Draft { tray, since, decide_by, told_at } => (
            NoLetter::Draft,
            phrases::in_tray(lang, tray, &shown::at(*since), decide_by.map(shown::at), told_at.map(shown::at)),
        ),
        Excuse::WaitingForCitizen { since } => {
            (NoLetter::WaitingForCitizen, phrases::waiting_since(lang, &shown::at(*since)))
        }
        Excuse::Withdrawn { at } => (NoLetter::Withdrawn, shown::at(*at)),
        Excuse::Stopped { at } => (NoLetter::Stopped, shown::at(*at)),
        Excuse::FinishedElsewhere { at } => (NoLetter::FinishedElsewhere, shown::at(*at)),
        Excuse::NoDate => (NoLetter::NoDate, String::new()),
    }
}

fn gap(gap: &Gap, rules: &Rules, lang: Lang) -> (NoLetter, String) {
    match gap {
        Gap::SweepDue { since } => (NoLetter::SweepDue, phrases::since(lang, &shown::at(*since))),
        Gap::Unsigned { tray, decide_by } => (NoLetter::Unsigned, format!("{tray} · {}", shown::at(*decide_by))),
        Gap::Refused { by, note } => {
            let who = super::dossier_view::actor(by, rules, lang);
            (
                NoLetter::Refused,
                [who, note.clone()].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · "),
            )
        }
        Gap::NeverLeft { number } => (NoLetter::NeverLeft, number.clone()),
        Gap::FinishedWithout { at } => (NoLetter::FinishedWithout, shown::at(*at)),
        Gap::Unexplained => (NoLetter::Unexplained, String::new()),
    }
}
