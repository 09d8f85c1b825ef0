//! `/don-vi`: the agency, its units, its people and who stands in for whom.

use actix_web::http::StatusCode;

use crate::domain::role::Right;
use crate::domain::time::{Instant, civil_day};
use crate::office::{OfficeResult, Rules};
use crate::render::pages::agency::{AgencyPage, PersonView, UnitView};
use crate::render::pages::{Lang, phrases, time};
use crate::store::Conn;
use crate::store::dossiers::{self, Filter, Part};
use crate::store::people::{Account, Unit};

use super::calendar::hours;
use super::front::Front;
use super::{PageResult, may, shown};

/// `GET /don-vi`
///
/// # Errors
/// The database.
pub async fn page(front: Front) -> PageResult {
    let c = front.ctx();
    let may_change = may(&front, Right::Administer).is_some();
    let page = front
        .work(move |office, now| {
            let agency = &office.settings().agency;
            let units = office.store().read(|conn| {
                let rules = office.rules(conn)?;
                rules.units.iter().map(|unit| unit_view(conn, &rules, unit, now, c.lang)).collect::<OfficeResult<_>>()
            })?;
            Ok(AgencyPage {
                code: agency.code.clone(),
                superior: agency.superior.clone(),
                address: agency.address.clone(),
                phone: agency.phone.clone(),
                email: agency.email.clone(),
                hours: hours(office.settings(), c.lang),
                units,
                may_change,
                c,
            })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

fn unit_view(conn: &mut Conn, rules: &Rules, unit: &Unit, now: Instant, lang: Lang) -> OfficeResult<UnitView> {
    let mut members: Vec<&Account> = rules
        .accounts
        .values()
        .filter(|who| who.disabled_at.is_none() && who.unit_id.as_deref() == Some(unit.id.as_str()))
        .collect();
    members.sort_by(|a, b| (a.role, &a.username).cmp(&(b.role, &b.username)));
    let mut people = Vec::with_capacity(members.len());
    for who in members {
        let filter = Filter { officer_id: Some(who.id.clone()), part: Part::Open, ..Filter::default() };
        let stand_in = who.stand_in_id.as_deref().and_then(|id| rules.accounts.get(id));
        let away = who
            .is_absent_on(civil_day(now))
            .then(|| who.absent_to.map_or_else(String::new, |day| phrases::away_until(lang, &time::date(day))));
        people.push(PersonView {
            name: who.name.clone(),
            role: shown::role(who.role),
            email: who.email.clone().unwrap_or_default(),
            stand_in: stand_in.map(|other| other.name.clone()),
            away,
            open_dossiers: u64::try_from(dossiers::count(conn, &filter)?).unwrap_or(0),
        });
    }
    let name = |id: &Option<String>| Some(rules.accounts.get(id.as_deref()?)?.name.clone());
    Ok(UnitView {
        code: unit.code.clone(),
        name: unit.name.clone(),
        sectors: unit.sectors.lines().collect::<Vec<_>>().join(", "),
        supervisor: name(&unit.supervisor_id),
        officer: name(&unit.officer_id),
        people,
    })
}
