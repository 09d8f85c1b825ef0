//! Asking for the calendar of a year that is near and not fully published.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::role::Role;
use crate::domain::time::{Instant, civil_day, local};
use crate::render::mail::MailFacts;
use crate::render::words::calendar_missing_text;
use crate::store::outbox::{self, Decided, Delivery, Message, Raised};
use crate::store::people::Account;

use super::error::OfficeResult;
use super::rules::Rules;
use super::{Office, ids};

/// The calendar of a year is announced before its last quarter ends: from then on it is asked for.
const FIRST_MONTH: u32 = 10;

/// What the asking found and did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AskReport {
    /// Years that are not fully published.
    pub missing: Vec<i32>,
    /// New messages.
    pub raised: u64,
    pub already_there: u64,
}

impl Rules {
    /// Whether a promise in `year` would be provisional: no row, or one that nobody confirmed.
    #[must_use]
    pub fn is_year_doubtful(&self, year: i32) -> bool {
        let ends = NaiveDate::from_ymd_opt(year, 1, 1).zip(NaiveDate::from_ymd_opt(year, 12, 31));
        ends.is_some_and(|(first, last)| self.calendar.is_doubtful(first, last))
    }
}

impl Office {
    /// From October on asks every administrator and the manager for next year's calendar, once a month,
    /// until it is there; for this year's at any time.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub fn ask_for_calendar(&self, now: Instant) -> OfficeResult<AskReport> {
        self.for_each(
            |office| office.ask_own(now),
            |sum: &mut AskReport, part| {
                sum.missing = part.missing;
                sum.raised += part.raised;
                sum.already_there += part.already_there;
            },
        )
    }

    fn ask_own(&self, now: Instant) -> OfficeResult<AskReport> {
        self.writing(|tx, rules| {
            let today = civil_day(now);
            let next = (today.month() >= FIRST_MONTH).then_some(today.year() + 1);
            let years = std::iter::once(today.year()).chain(next);
            let mut report = AskReport {
                missing: years.filter(|year| rules.is_year_doubtful(*year)).collect(),
                ..AskReport::default()
            };
            for year in report.missing.clone() {
                for person in asked(rules) {
                    let Some(message) = self.asking(rules, now, year, person)? else { continue };
                    match outbox::raise(tx, message)? {
                        Raised::New => report.raised += 1,
                        Raised::AlreadyThere => report.already_there += 1,
                    }
                }
            }
            Ok(report)
        })
    }

    fn asking(&self, rules: &Rules, now: Instant, year: i32, person: &Account) -> OfficeResult<Option<Message>> {
        let Some(address) = person.email.clone() else { return Ok(None) };
        let agency = rules.agency()?;
        let today = civil_day(now);
        let id = ids::id(now)?;
        let audience = if person.role == Role::Admin { Audience::Admin } else { Audience::Manager };
        let facts = self.asking_facts(rules, now, year, person, audience)?;
        let decided = Decided {
            message_id: self.message_id(&id),
            id,
            agency_id: agency.id.clone(),
            about: year.to_string(),
            notice_key: format!(
                "calendar/{year}/{}-{:02}/{}/{}/mail",
                today.year(),
                today.month(),
                NoticeKind::CalendarMissing,
                person.id
            ),
            kind: NoticeKind::CalendarMissing,
            audience,
            promise_number: 0,
            delivery: Delivery::Mail,
            recipient: address,
            recipient_name: person.name.clone(),
            facts: serde_json::to_string(&facts)?,
            at: now,
        };
        Ok(Some(Message::decided(decided)))
    }

    fn asking_facts(
        &self,
        rules: &Rules,
        now: Instant,
        year: i32,
        person: &Account,
        audience: Audience,
    ) -> OfficeResult<MailFacts> {
        let unconfirmed: Vec<(NaiveDate, &str)> = rules
            .days
            .iter()
            .filter(|day| day.day.year() == year && day.confidence != "confirmed")
            .map(|day| (day.day, day.name.as_str()))
            .collect();
        let text = String::new;
        Ok(MailFacts {
            accountable: String::new(),
            sub_deadline: None,
            letter: None,
            kind: NoticeKind::CalendarMissing.as_str().to_owned(),
            audience,
            recipient_name: person.name.clone(),
            salutation: text(),
            dossier_code: year.to_string(),
            procedure_name: text(),
            applicant_name: text(),
            unit: text(),
            officer_name: text(),
            received_at: local(now),
            due_at: None,
            new_due_at: None,
            time_left: text(),
            time_late: text(),
            reason: calendar_missing_text(year, rules.calendar.is_published(year), &unconfirmed),
            legal_basis: "Điều 112 Bộ luật Lao động 2019".to_owned(),
            history: Vec::new(),
            attachment: None,
            provisional: true,
            agency_name: rules.agency()?.name.clone(),
            agency_phone: self.settings().agency.phone.clone(),
            link: Some(format!("{}/lich?nam={year}", self.settings().server.public_url.trim_end_matches('/'))),
        })
    }

    /// Why a message about the calendar no longer holds.
    pub(super) fn calendar_is_there(&self, message: &Message) -> OfficeResult<Option<&'static str>> {
        let year = message.about.parse::<i32>().ok().filter(|_| message.kind == NoticeKind::CalendarMissing);
        let Some(year) = year else { return Ok(None) };
        self.reading(|_, rules| Ok((!rules.is_year_doubtful(year)).then_some("the calendar was published meanwhile")))
    }
}

/// Every administrator and the manager, by user name, as far as they are enabled.
fn asked(rules: &Rules) -> Vec<&Account> {
    let mut people: Vec<&Account> = rules
        .accounts
        .values()
        .filter(|who| who.disabled_at.is_none() && matches!(who.role, Role::Admin | Role::Manager))
        .collect();
    people.sort_by(|a, b| a.username.cmp(&b.username));
    people
}
