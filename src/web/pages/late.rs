//! `/tre-chua-xin-loi`: late files, why they are late, and what became of the apology; also as a file.

use std::collections::HashMap;

use actix_web::web;
use serde::Deserialize;

use crate::domain::time::{Instant, civil_day, rfc3339};
use crate::office::late::{ApologyStanding, Excuse, Gap, LateFile};
use crate::office::report::Question;
use crate::office::trend::this_month;
use crate::office::{Office, OfficeResult, Rules};
use crate::render::pages::late::{InHandRow, LateFileView, LatePage, LateReason, NoLetterRow, OnTheWayRow, Part};
use crate::render::pages::pager::Pager;
use crate::render::pages::words::NoLetter;
use crate::render::pages::{Ctx, Lang, phrases, time};
use crate::render::tables;
use crate::store::letters::LetterRow;
use crate::store::outbox::Message;
use crate::web::api::late::{reason_name, report};
use crate::web::api::reports::ReportQuery;

use super::asked::or_usual;
use super::front::Front;
use super::paging::Place;
use super::summary::typed;
use super::table_file::{TableFile, table_file};
use super::{PageResult, encoded, shown};

/// Where the page of each list begins.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub struct Cursors {
    thieu: Option<i64>,
    ly_do: Option<i64>,
    gui: Option<i64>,
    den_tay: Option<i64>,
}

/// `GET /tre-chua-xin-loi`
///
/// # Errors
/// The database; wrong dates are said on the page, 422.
pub async fn page(front: Front, query: web::Query<ReportQuery>, cursors: web::Query<Cursors>) -> PageResult {
    let c = front.ctx();
    let (query, cursors, of_agency) = (query.into_inner(), cursors.into_inner(), front.of_agency());
    let (status, page) = front
        .work(move |office, now| {
            let asked = query.question_or(this_year(now));
            let answer = |question: Question| view(office, now, &question, cursors, (c.clone(), &of_agency));
            let (status, error, page) = or_usual(c.lang, asked, || this_year(now), answer)?;
            Ok((status, LatePage { error, ..page }))
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

fn view(
    office: &Office,
    now: Instant,
    question: &Question,
    cursors: Cursors,
    (c, of_agency): (Ctx, &str),
) -> OfficeResult<LatePage> {
    let files = office.late_files(now, question)?;
    let rules = office.store().read(|conn| office.rules(conn))?;
    let late = u64::try_from(files.len()).unwrap_or(u64::MAX);
    let (mut in_hand, mut missing, mut excused, mut on_the_way) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for file in &files {
        match &file.apology {
            ApologyStanding::InHand { letter, at } => in_hand.push((file, letter, *at)),
            ApologyStanding::OnTheWay { letter, message } => on_the_way.push((file, letter, message.as_deref())),
            ApologyStanding::Excused(why) => excused.push((file, why)),
            ApologyStanding::Missing(why) => missing.push((file, why)),
        }
    }
    let asked = format!("from={}&to={}{of_agency}", question.from, question.to);
    let asked = question.as_of.map_or(asked.clone(), |at| format!("{asked}&as_of={}", encoded(&rfc3339(at))));
    let href = format!("/tre-chua-xin-loi?{asked}");
    let (missing, missing_pager) = part(missing, cursors.thieu, &href, ("thieu", "h-missing"));
    let (excused, excused_pager) = part(excused, cursors.ly_do, &href, ("ly_do", "h-excused"));
    let (on_the_way, way_pager) = part(on_the_way, cursors.gui, &href, ("gui", "h-way"));
    let (in_hand, hand_pager) = part(in_hand, cursors.den_tay, &href, ("den_tay", "h-hand"));
    let without = missing.iter().map(|row| row.0).chain(excused.iter().map(|row| row.0));
    let with = on_the_way.iter().map(|row| row.0).chain(in_hand.iter().map(|row| row.0));
    let shown = Shown { office, rules: &rules, reasons: office.late_reasons(without.chain(with))?, lang: c.lang };
    let row = |file, (why, detail)| NoLetterRow { file: shown.file(file), why, detail };
    Ok(LatePage {
        from: question.from.to_string(),
        to: question.to.to_string(),
        as_of: question.as_of.map(typed).unwrap_or_default(),
        period: format!("{} – {}", time::date(question.from), time::date(question.to)),
        error: None,
        late,
        asked,
        missing: Part {
            rows: missing.into_iter().map(|(file, why)| row(file, gap(why, &rules, c.lang))).collect(),
            pager: missing_pager,
        },
        excused: Part {
            rows: excused.into_iter().map(|(file, why)| row(file, excuse(why, c.lang))).collect(),
            pager: excused_pager,
        },
        on_the_way: Part {
            rows: on_the_way.into_iter().map(|(file, letter, message)| shown.underway(file, letter, message)).collect(),
            pager: way_pager,
        },
        in_hand: Part {
            rows: in_hand.into_iter().map(|(file, letter, at)| shown.in_hand(file, letter, at)).collect(),
            pager: hand_pager,
        },
        c,
    })
}

/// `GET /tre-chua-xin-loi.csv`, `.xlsx` and `.pdf`: every late file of the period, a line each.
///
/// # Errors
/// 404 for another format, 422 for a wrong period.
pub async fn download(front: Front, ending: web::Path<String>, query: web::Query<ReportQuery>) -> PageResult {
    let query = query.into_inner();
    table_file(&front, &ending, move |office, now| {
        let asked = query.question_or(this_year(now))?;
        let table = tables::late(&serde_json::json!(report(office, now, &asked)?));
        Ok(TableFile::new("ho-so-tre-hen", now, table))
    })
    .await
}

/// The rows of a page of one list; its cursor and the place on the page where it stands have names.
fn part<T>(files: Vec<T>, cursor: Option<i64>, href: &str, (name, anchor): (&str, &str)) -> (Vec<T>, Pager) {
    let place = Place::of(cursor, u64::try_from(files.len()).unwrap_or(u64::MAX));
    let pager = place.linked(|offset| format!("{href}&{name}={offset}#{anchor}"));
    (place.cut(files.into_iter()), pager)
}

/// What the rows are shown with.
struct Shown<'a> {
    office: &'a Office,
    rules: &'a Rules,
    /// Sentences by letter.
    reasons: HashMap<String, String>,
    lang: Lang,
}

impl Shown<'_> {
    fn file(&self, file: &LateFile) -> LateFileView {
        let (row, rules, lang) = (&file.row, self.rules, self.lang);
        let procedure = rules.procedure_version(&row.procedure_id);
        let unit = row.unit_id.as_deref().and_then(|id| rules.unit(id));
        LateFileView {
            code: row.code.clone(),
            procedure: procedure.map(|version| version.row.name.clone()).unwrap_or_default(),
            unit: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
            officer: shown::officer(row, rules),
            due: row.due_at.map(shown::at).unwrap_or_default(),
            new_due: row.new_due_at.map(shown::at),
            late: phrases::working_days_late(lang, file.days.promise),
            late_again: file.days_again.map(|days| phrases::working_days_late(lang, Some(days))),
            reason: reason_name(self.office, file, lang).map(|name| LateReason {
                name,
                group: file.reason_group.map(|group| phrases::reason_group(lang, group.as_str())).unwrap_or_default(),
                sentence: file.reason_letter.as_ref().and_then(|id| self.reasons.get(id)).cloned(),
            }),
        }
    }

    fn in_hand(&self, file: &LateFile, letter: &LetterRow, at: Option<Instant>) -> InHandRow {
        InHandRow {
            file: self.file(file),
            number: letter.number.clone(),
            issued: shown::at(letter.dated_at()),
            at: at.map(shown::at),
            pdf_href: format!("/thu/{}.pdf", letter.id),
        }
    }

    fn underway(&self, file: &LateFile, letter: &LetterRow, message: Option<&Message>) -> OnTheWayRow {
        let since = message.map(|message| shown::at(message.settled_at.unwrap_or(message.created_at)));
        let answer = message.and_then(|message| message.last_error.clone());
        OnTheWayRow {
            file: self.file(file),
            number: letter.number.clone(),
            issued: shown::at(letter.dated_at()),
            state: message.map(shown::send_state),
            detail: [since, answer].into_iter().flatten().collect::<Vec<_>>().join(" · "),
            pdf_href: format!("/thu/{}.pdf", letter.id),
        }
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
