//! Alerts that nobody acknowledged in their time: each is passed on once, to the next one up.

use crate::domain::ladder::{Bundling, Urgency, Way};
use crate::domain::notice::{Audience, NoticeKind};
use crate::domain::time::{Instant, civil_day, local};
use crate::office::Office;
use crate::office::at_hand::AtHand;
use crate::office::error::OfficeResult;
use crate::office::rules::Rules;
use crate::office::sweep::{BATCH, SweepReport};
use crate::render::mail::unanswered_text;
use crate::store::Tx;
use crate::store::alerts::{self, Alert};
use crate::store::dossiers::{self, DossierRow};
use crate::store::outbox::Raised;
use crate::store::people::Account;

use super::Alarm;
use super::recipients::{posts, reached};

impl Office {
    /// Passes on what was not acknowledged before `now`; answers how many it looked at. Only while the
    /// office is open: nobody could answer at another time, and nothing is told on a day off.
    pub(in crate::office) fn sweep_unanswered(
        &self,
        tx: &mut Tx<'_>,
        rules: &Rules,
        now: Instant,
        report: &mut SweepReport,
    ) -> OfficeResult<i64> {
        if !rules.calendar.is_open_at(now) {
            return Ok(0);
        }
        let late = alerts::unanswered(tx, now, BATCH)?;
        for alert in &late {
            // Taken once: of two sweeps one finds the clock still running.
            if alerts::pass_on(tx, &alert.id)? == 0 {
                continue;
            }
            match self.pass_on(tx, rules, now, alert)? {
                Some(Raised::New) => {
                    *report.raised.entry(NoticeKind::Unacknowledged.to_string()).or_default() += 1;
                }
                Some(Raised::AlreadyThere) => report.already_there += 1,
                None => {
                    tracing::warn!(about = %alert.about, kind = %alert.kind, "nobody above to pass the alert on to");
                }
            }
        }
        Ok(i64::try_from(late.len()).unwrap_or(BATCH))
    }

    fn pass_on(&self, tx: &mut Tx<'_>, rules: &Rules, now: Instant, alert: &Alert) -> OfficeResult<Option<Raised>> {
        let Some(row) = alert.dossier_id.as_deref().map(|id| dossiers::find(tx, id)).transpose()?.flatten() else {
            return Ok(None);
        };
        let Some((audience, who)) = next_one_up(rules, &row, alert, now) else { return Ok(None) };
        let silent = rules.accounts.get(&alert.account_id).map_or("", |who| who.name.as_str());
        let until = alert.acknowledge_by.unwrap_or(now);
        let allowed = rules.calendar.office_seconds_between(alert.raised_at, until);
        let alarm = Alarm {
            kind: NoticeKind::Unacknowledged,
            level: alert.level,
            audience,
            promise: alert.promise_number,
            ways: &[Way::Screen, Way::Mail],
            bundling: Bundling::Single,
            urgency: Urgency::Normal,
            // The same time again; above the last nobody would hear of it.
            acknowledge_by: above(audience).and_then(|_| rules.calendar.add_office_seconds(now, allowed)),
            reason: &unanswered_text(alert.kind, silent, local(alert.raised_at), local(until)),
        };
        let key = format!("{}/{}/{audience}", alert.alert_key, NoticeKind::Unacknowledged);
        Ok(AtHand::at_once(tx, row.clone(), |dossier| self.alarm_to(rules, now, dossier, &alarm, (who, key)))?.1)
    }
}

/// The next one up who is somebody else, and as what.
fn next_one_up<'a>(rules: &'a Rules, row: &DossierRow, alert: &Alert, now: Instant) -> Option<(Audience, &'a Account)> {
    let unit = row.unit_id.as_deref().and_then(|id| rules.unit(id));
    std::iter::successors(above(alert.audience), |audience| above(*audience)).find_map(|audience| {
        let mut posts = posts(rules, unit, row.officer_id.as_deref(), audience);
        posts.retain(|post| post.id != alert.account_id);
        let who = reached(rules, &posts, civil_day(now), |who| who.id != alert.account_id)?;
        Some((audience, who))
    })
}

const fn above(audience: Audience) -> Option<Audience> {
    match audience {
        Audience::Officer | Audience::Desk => Some(Audience::Supervisor),
        Audience::Supervisor | Audience::Admin => Some(Audience::Manager),
        Audience::Manager | Audience::Applicant => None,
    }
}
