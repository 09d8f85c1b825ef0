//! What everybody may read: the board for the screen in the hall and the statistics, read once for all visitors
//! and switched off by the settings; the accessibility statement. Counted like the citizen's page.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use crate::domain::rates::Rate;
use crate::domain::time::{Instant, local};
use crate::office::OfficeError;
use crate::office::hall::Hall;
use crate::office::statistics::{PublicLine, Statistics};
use crate::render::pages::accessibility::AccessibilityPage;
use crate::render::pages::hall::{HallPage, HallPart, HallRow};
use crate::render::pages::statistics::{PublicFigures, PublicRow, StatisticsPage};
use crate::render::pages::time;
use crate::store::hall::Shown;
use crate::web::warm::{Task, compute};

use super::citizen::door::Door;
use super::citizen::initials;
use super::front::Front;
use super::{PageResult, shown};

#[derive(Debug, Deserialize)]
pub struct Turn {
    trang: Option<usize>,
}

/// `GET /bang-thong-bao?trang`
///
/// # Errors
/// 404 when it is switched off; 429 for a visitor who asks too often.
pub async fn board(front: Front, request: HttpRequest, query: web::Query<Turn>) -> PageResult {
    let (door, asked) = Door::open(front, &request);
    if let Err(wait) = asked {
        return door.too_many(wait);
    }
    let front = door.front;
    let public = front.site.office.settings().public;
    if !public.board {
        return Err(front.refused(OfficeError::NotFound));
    }
    let warm = front.site.warm.clone();
    let hall = front.work(move |office, now| warm.hall(office, now, public.cache_seconds)).await?;
    let lines = public.board_lines.max(1);
    let longest = [&hall.ready, &hall.today, &hall.rescheduled].map(Vec::len).into_iter().max().unwrap_or(0);
    let turns = longest.div_ceil(lines).max(1);
    let turn = query.trang.unwrap_or(1).clamp(1, turns);
    let c = front.ctx();
    let part = |files: &[Shown], when: &dyn Fn(Instant) -> String| {
        let row = |file: &Shown| HallRow {
            code: file.code.clone(),
            initials: initials(&file.applicant_name),
            when: when(file.at),
        };
        HallPart {
            rows: files.iter().skip((turn - 1) * lines).take(lines).map(row).collect(),
            count: u64::try_from(files.len()).unwrap_or(u64::MAX),
        }
    };
    let day = |at: Instant| local(at).format("%d/%m").to_string();
    let hour = |at: Instant| local(at).format("%H:%M").to_string();
    let Hall { at, ready, today, rescheduled } = hall.as_ref();
    let page = HallPage {
        at: shown::at(*at),
        ready: part(ready, &day),
        today: part(today, &hour),
        rescheduled: part(rescheduled, &day),
        turn,
        turns,
        turn_seconds: public.board_turn_seconds,
        next: format!("/bang-thong-bao?trang={}", if turn < turns { turn + 1 } else { 1 }),
        statistics: public.statistics,
        c,
    };
    front.page(StatusCode::OK, &page)
}

/// `GET /tro-nang`: the accessibility statement.
///
/// # Errors
/// 429 for a visitor who asks too often; the database.
pub async fn accessibility(front: Front, request: HttpRequest) -> PageResult {
    let (door, asked) = Door::open(front, &request);
    if let Err(wait) = asked {
        return door.too_many(wait);
    }
    let c = door.front.ctx();
    let head = door.front.work(|office, _| office.store().read(|conn| office.letterhead(conn))).await?;
    let page = AccessibilityPage { phone: head.phone, email: head.email, address: head.address, c };
    door.front.page(StatusCode::OK, &page)
}

/// `GET /thong-ke`
///
/// # Errors
/// 404 when it is switched off; 429 for a visitor who asks too often.
pub async fn statistics(front: Front, request: HttpRequest) -> PageResult {
    let (door, asked) = Door::open(front, &request);
    if let Err(wait) = asked {
        return door.too_many(wait);
    }
    let front = door.front;
    let public = front.site.office.settings().public;
    if !public.statistics {
        return Err(front.refused(OfficeError::NotFound));
    }
    let mut found = front.work(|office, _| office.statistics()).await?;
    if found.is_none() {
        compute(&front.site, Task::Statistics).await;
        found = front.work(|office, _| office.statistics()).await?;
    }
    let c = front.ctx();
    let figures = found.map(|found| figures(found, public.statistics_min_cases));
    front.page(StatusCode::OK, &StatisticsPage { figures, board: public.board, c })
}

fn figures(found: Statistics, min_cases: u64) -> PublicFigures {
    let row = |line: PublicLine| PublicRow {
        on_time: line.on_time.and_then(Rate::percent).map(|percent| percent.to_string()),
        channel: line.channel.map(shown::channel),
        code: line.code,
        name: line.name,
        statutory: line.statutory,
        commitment: line.commitment,
        cases: line.cases,
        median: line.median,
        p90: line.p90,
    };
    PublicFigures {
        period: format!("{} – {}", time::date(found.from), time::date(found.to)),
        as_of: shown::at(found.as_of),
        rows: found.lines.into_iter().map(row).collect(),
        withheld: found.withheld,
        min_cases,
    }
}
