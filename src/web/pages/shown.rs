//! Values of the domain onto the words of the pages.

use crate::domain::channel::Channel;
use crate::domain::dossier::StageName;
use crate::domain::filing::{PaperForm, PaperLine};
use crate::domain::ledger::Language;
use crate::domain::notice::NoticeKind;
use crate::domain::role::Role;
use crate::domain::time::{Instant, civil_day, local};
use crate::domain::timeliness::Timeliness;
use crate::office::look::{Lateness, law_date, law_verdict, verdict};
use crate::office::queue::{Horizon, office_minutes};
use crate::office::{FieldError, Rules};
use crate::render::pages::form::{Choice, FieldError as ShownError};
use crate::render::pages::queue::{LatenessView, QueueRow};
use crate::render::pages::words::{self, ByLaw, LetterName, LetterWay, MessageKind, SendState, Standing, Status};
use crate::render::pages::{Lang, phrases, time};
use crate::render::paper_lines::paper_text;
use crate::render::problems::problem_text;
use crate::store::dossiers::DossierRow;
use crate::store::letters::LetterKind;
use crate::store::outbox::{Delivery, Message, OutboxState};

pub fn role(role: Role) -> words::Role {
    match role {
        Role::Clerk => words::Role::Clerk,
        Role::Officer => words::Role::Officer,
        Role::Supervisor => words::Role::Supervisor,
        Role::Manager => words::Role::Manager,
        Role::Admin => words::Role::Admin,
    }
}

pub fn channel(channel: Channel) -> words::Channel {
    match channel {
        Channel::Online => words::Channel::Online,
        Channel::Counter => words::Channel::Counter,
        Channel::Post => words::Channel::Post,
    }
}

/// A paper that was handed in; what is printed says it in Vietnamese only.
pub fn paper(line: &PaperLine, lang: Lang) -> String {
    let form = match (lang, line.form) {
        (Lang::Vi, _) => return paper_text(line),
        (Lang::En, PaperForm::Original) => "original",
        (Lang::En, PaperForm::Copy) => "copy",
        (Lang::En, PaperForm::Electronic) => "electronic",
    };
    match line.copies {
        1 => format!("{} ({form})", line.name),
        copies => format!("{} ({copies} × {form})", line.name),
    }
}

pub fn language(lang: Lang) -> Language {
    match lang {
        Lang::Vi => Language::Vietnamese,
        Lang::En => Language::English,
    }
}

pub fn message_kind(kind: NoticeKind) -> MessageKind {
    kind.into()
}

/// What a message or an alert is about: a code, or the way that does not work.
pub fn about(kind: NoticeKind, about: &str, lang: Lang) -> String {
    match (kind, about.split_once('-')) {
        (NoticeKind::DeliveryAlarm, Some((way, _))) => phrases::way(lang, way),
        (_, _) => about.to_owned(),
    }
}

pub fn letter_name(kind: LetterKind) -> LetterName {
    match kind {
        LetterKind::Apology => LetterName::Apology,
        LetterKind::LateResult => LetterName::LateResult,
        LetterKind::Loss => LetterName::Loss,
        LetterKind::SecondMiss => LetterName::SecondMiss,
    }
}

pub fn letter_way(way: Delivery) -> LetterWay {
    match way {
        Delivery::Mail => LetterWay::Mail,
        Delivery::Sms => LetterWay::Sms,
        Delivery::Zalo => LetterWay::Zalo,
        Delivery::Tray => LetterWay::Paper,
    }
}

/// A letter on paper waits to be printed, then it is handed over; everything else is sent.
pub fn send_state(message: &Message) -> SendState {
    match (message.delivery, message.state) {
        (Delivery::Tray, OutboxState::Ready) => SendState::PrintTray,
        (Delivery::Tray, OutboxState::Sent) => SendState::Delivered,
        (Delivery::Mail | Delivery::Sms | Delivery::Zalo | Delivery::Tray, state) => outbox_state(state),
    }
}

pub fn outbox_state(state: OutboxState) -> SendState {
    match state {
        OutboxState::Ready => SendState::Ready,
        OutboxState::Sending => SendState::Sending,
        OutboxState::Retry => SendState::Retry,
        OutboxState::Sent => SendState::Sent,
        OutboxState::Delivered => SendState::Delivered,
        OutboxState::Bounced => SendState::Bounced,
        OutboxState::Collected => SendState::Collected,
        OutboxState::Failed => SendState::Failed,
        OutboxState::Void => SendState::Void,
    }
}

pub fn errors(errors: &[FieldError], lang: Lang) -> Vec<ShownError> {
    let shown =
        |error: &FieldError| ShownError { field: error.field, message: problem_text(&error.problem, language(lang)) };
    errors.iter().map(shown).collect()
}

/// `17:00 24/11/2026`.
pub fn at(at: Instant) -> String {
    time::instant(local(at))
}

/// `17:00 thứ Ba 24/11/2026`.
pub fn long_at(lang: Lang, at: Instant) -> String {
    time::long_instant(lang, local(at))
}

/// The handling officer's name, or what an import called them.
pub fn officer(row: &DossierRow, rules: &Rules) -> Option<String> {
    let account = row.officer_id.as_deref().and_then(|id| rules.accounts.get(id));
    account.map(|account| account.name.clone()).or_else(|| row.officer_label.clone())
}

/// Ways to be reached by first; an order of several, as a program may have given it, stays as it is.
pub fn ways(lang: Lang, chosen: &str) -> Vec<Choice> {
    let single = ["", "mail", "zalo", "sms", "tray"];
    let several = (!single.contains(&chosen)).then(|| {
        let words = chosen.split([' ', ',']).filter(|way| !way.is_empty()).map(|way| phrases::way_choice(lang, way));
        Choice::new(chosen, words.collect::<Vec<_>>().join(" → "), chosen)
    });
    let single = single.into_iter().map(|way| Choice::new(way, phrases::way_choice(lang, way), chosen));
    single.chain(several).collect()
}

/// Units to choose from; `chosen` is a code.
pub fn units(rules: &Rules, none: String, chosen: &str) -> Vec<Choice> {
    let units = rules.units.iter().map(|unit| Choice::new(unit.code.clone(), unit.name.clone(), chosen));
    std::iter::once(Choice::new("", none, chosen)).chain(units).collect()
}

/// Who filled a file in, in the words of a page.
pub const fn filed_by(who: crate::domain::filing::FiledBy) -> crate::render::pages::words::FiledBy {
    use crate::domain::filing::FiledBy as Known;
    use crate::render::pages::words::FiledBy;
    match who {
        Known::Itself => FiledBy::Itself,
        Known::Assisted => FiledBy::Assisted,
        Known::Representative => FiledBy::Representative,
    }
}

/// People who handle dossiers; `chosen` is a user name.
pub fn officers(rules: &Rules, none: String, chosen: &str) -> Vec<Choice> {
    let mut people: Vec<_> = rules
        .accounts
        .values()
        .filter(|account| account.disabled_at.is_none() && account.role.may(crate::domain::role::Right::Progress))
        .filter(|account| account.role != Role::Admin)
        .collect();
    people.sort_by(|a, b| (&a.unit_id, &a.name).cmp(&(&b.unit_id, &b.name)));
    let people = people.into_iter().map(|who| Choice::new(who.username.clone(), who.name.clone(), chosen));
    std::iter::once(Choice::new("", none, chosen)).chain(people).collect()
}

/// Where a dossier stands, with the working time that goes with it.
pub fn status(row: &DossierRow, rules: &Rules, horizon: &Horizon, lang: Lang) -> Status {
    let now = horizon.now;
    let left = |until| {
        let (minutes, a_day) = office_minutes(&rules.calendar, now, until);
        time::left(lang, minutes, a_day)
    };
    let over = |since, at| {
        let (minutes, a_day) = office_minutes(&rules.calendar, since, at);
        time::over(lang, minutes, a_day)
    };
    let new_date = row.new_due_at.filter(|new| *new >= now);
    let (standing, remaining) = match (row.stage, verdict(row, now), row.due_at) {
        (StageName::Withdrawn, _, _) => (Standing::Withdrawn, None),
        (StageName::Stopped, _, _) => (Standing::Stopped, None),
        (_, Timeliness::Early, _) => (Standing::Early, None),
        (_, Timeliness::OnTime, _) => (Standing::OnTime, None),
        (_, Timeliness::Late, due) => (Standing::Late, due.zip(row.closed_at).map(|(due, closed)| over(due, closed))),
        (_, Timeliness::ClosedWithoutPromise, _) if row.returned_at.is_some() => (Standing::Returned, None),
        (_, Timeliness::Overdue | Timeliness::Running, _) if new_date.is_some() => {
            (Standing::Rescheduled, new_date.map(left))
        }
        (_, Timeliness::Overdue, due) => (Standing::Overdue, due.map(|due| over(due, now))),
        (StageName::AwaitingSupplement, Timeliness::Paused | Timeliness::NoPromise, _) => {
            (Standing::WaitingApplicant, waiting(row, lang))
        }
        (StageName::AwaitingObligation, Timeliness::Paused | Timeliness::NoPromise, _) => {
            (Standing::WaitingPayment, waiting(row, lang))
        }
        (_, Timeliness::Running | Timeliness::Paused, Some(due)) => (running(due, horizon), Some(left(due))),
        (_, Timeliness::ClosedWithoutPromise | Timeliness::Running | Timeliness::Paused | Timeliness::NoPromise, _) => {
            (Standing::NoPromise, None)
        }
    };
    Status { standing, remaining, by_law: by_law(row, now) }
}

/// How a broken promise stands against the law, where that has another date.
fn by_law(row: &DossierRow, now: Instant) -> Option<ByLaw> {
    let broken = verdict(row, now).is_late() && law_date(row) != row.due_at;
    let verdict = law_verdict(row, now).filter(|_| broken)?;
    Some(if verdict.is_late() { ByLaw::Past } else { ByLaw::Within })
}

/// A row of a list of late dossiers: with both dates, and how late it was against each when `seen`.
pub fn late_row(row: &DossierRow, rules: &Rules, horizon: &Horizon, seen: Instant, lang: Lang) -> QueueRow {
    let late = Lateness::of(row, seen, &rules.calendar);
    let lateness = LatenessView {
        by_law: law_date(row).map(at),
        promise: phrases::working_days_late(lang, late.promise),
        law: phrases::working_days_late(lang, late.law),
    };
    QueueRow { lateness: Some(lateness), ..queue_row(row, rules, horizon, lang) }
}

fn waiting(row: &DossierRow, lang: Lang) -> Option<String> {
    row.paused_since.map(|since| phrases::waiting_since(lang, &time::date(civil_day(since))))
}

/// Which of today, tomorrow, this week or later an end that has not come lies in.
pub fn running(due: Instant, horizon: &Horizon) -> Standing {
    if due < horizon.today_ends {
        Standing::Today
    } else if due < horizon.tomorrow_ends {
        Standing::Tomorrow
    } else if due < horizon.week_ends {
        Standing::ThisWeek
    } else {
        Standing::Later
    }
}

/// A dossier as a row of a list.
pub fn queue_row(row: &DossierRow, rules: &Rules, horizon: &Horizon, lang: Lang) -> QueueRow {
    let procedure = rules.procedure_version(&row.procedure_id);
    QueueRow {
        code: row.code.clone(),
        revision: row.revision,
        procedure: procedure.map(|version| version.row.name.clone()).unwrap_or_default(),
        applicant: row.applicant_name.clone(),
        channel: channel(row.channel),
        received: time::date(civil_day(row.received_at)),
        due: row.due_at.map(|at| long_at(lang, at)),
        new_due: row.new_due_at.map(|at| long_at(lang, at)),
        provisional: false,
        status: status(row, rules, horizon, lang),
        officer: officer(row, rules),
        lateness: None,
    }
}
