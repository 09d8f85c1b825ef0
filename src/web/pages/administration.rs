//! `/quan-tri`: where an administrator's work begins.

use actix_web::http::StatusCode;

use crate::domain::role::Right;
use crate::domain::time::{Instant, civil_day};
use crate::jobs::timetable::Job;
use crate::office::{Office, OfficeResult};
use crate::render::pages::Ctx;
use crate::render::pages::administration::{AdministrationPage, Door, DoorView};
use crate::render::pages::jobs::RunResult;
use crate::store::outbox::{self, OutboxState};

use super::front::Front;
use super::jobs::last_result;
use super::outbox::total;
use super::{PageResult, may, shown};

/// `GET /quan-tri`
///
/// # Errors
/// The database.
pub async fn page(front: Front) -> PageResult {
    let (c, jobs) = (front.ctx(), std::sync::Arc::clone(&front.site.jobs));
    let administers = may(&front, Right::Administer).is_some();
    let page = front
        .work(move |office, now| {
            let mut doors = Vec::new();
            for door in Door::ALL.into_iter().filter(|door| administers || !needs_administrator(*door)) {
                let (says, bad) = says(office, &c, now, &jobs, door)?;
                doors.push(DoorView { door, says, bad });
            }
            Ok(AdministrationPage { c, doors })
        })
        .await?;
    front.page(StatusCode::OK, &page)
}

fn needs_administrator(door: Door) -> bool {
    match door {
        Door::Accounts | Door::Sending | Door::Imports | Door::Letterhead => true,
        Door::Units | Door::Absences | Door::Outbox | Door::Jobs | Door::Journal => false,
    }
}

/// What is worth knowing before a door is opened, and whether somebody has to look.
fn says(office: &Office, c: &Ctx, now: Instant, jobs: &[Job], door: Door) -> OfficeResult<(String, bool)> {
    let rules = office.store().read(|conn| office.rules(conn))?;
    Ok(match door {
        Door::Accounts => {
            let open = rules.accounts.values().filter(|who| who.disabled_at.is_none());
            let (all, without) =
                open.fold((0, 0), |(all, without), who| (all + 1, without + usize::from(who.password_hash.is_none())));
            let words = (c.t("đang dùng", "in use"), c.t("chưa có mật khẩu", "without a password"));
            (format!("{all} {}, {without} {}", words.0, words.1), false)
        }
        Door::Units => {
            let without = rules.units.iter().filter(|unit| unit.supervisor_id.is_none()).count();
            let (units, nobody) = (c.t("đơn vị", "units"), c.t("chưa có người phụ trách", "without a supervisor"));
            (format!("{} {units}, {without} {nobody}", rules.units.len()), without > 0)
        }
        Door::Absences => {
            let away = rules.accounts.values().filter(|who| who.is_absent_on(civil_day(now))).count();
            (format!("{away} {}", c.t("người vắng hôm nay", "away today")), false)
        }
        Door::Sending => match office.outages()?.len() {
            0 => (c.t("Không có sự cố kênh gửi", "No way is down").to_owned(), false),
            down => (format!("{down} {}", c.t("kênh đang hỏng", "ways are down")), true),
        },
        Door::Outbox => {
            let failed = total(&office.store().read(outbox::count_by_state)?, Some(OutboxState::Failed));
            (format!("{failed} {}", c.t("tin không gửi được", "failed messages")), failed > 0)
        }
        Door::Jobs => {
            let failed = |state: &crate::store::jobs::JobState| {
                let known = jobs.iter().any(|job| job.name == state.name);
                known && last_result(state) == RunResult::Failed
            };
            let failed = office.job_states()?.iter().filter(|state| failed(state)).count();
            (format!("{} {}, {failed} {}", jobs.len(), c.t("việc", "jobs"), c.t("lỗi", "failed")), failed > 0)
        }
        Door::Imports => match office.imports(None, None, 1)?.first() {
            Some(last) => (format!("{} {}", c.t("Lần cuối:", "Last:"), shown::at(last.at)), false),
            None => (c.t("Chưa nhập tệp nào", "No file yet").to_owned(), false),
        },
        Door::Journal => match office.last_walk()? {
            Some(walk) if walk.is_sound() => {
                let at = walk.at().map(shown::at).unwrap_or_default();
                (format!("{} {at}", c.t("Nguyên vẹn, kiểm tra", "Whole, walked")), false)
            }
            Some(_) => (c.t("Chuỗi có sai lệch", "The chain is not whole").to_owned(), true),
            None => (c.t("Chưa kiểm tra lần nào", "Never walked yet").to_owned(), false),
        },
        Door::Letterhead => (c.t("Quốc hiệu, chữ ký, con dấu", "Head, signature, seal").to_owned(), false),
    })
}
