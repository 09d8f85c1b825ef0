//! The pages of the manager, the supervisor, the officer, and those for everybody.

use askama::Template;

use super::{ctx, s};
use crate::domain::limit::LimitUnit;
use crate::render::pages::accessibility::AccessibilityPage;
use crate::render::pages::board::{AlertLine, AwayRow, BoardPage, LoadView, OfficerRow, SaidRow, UnitLink};
use crate::render::pages::citizen::Saying;
use crate::render::pages::ctx::{Ctx, Lang};
use crate::render::pages::form::{Chip, Choice};
use crate::render::pages::hall::{HallPage, HallPart, HallRow};
use crate::render::pages::my_work::{Group, MyGroup, MyRow, MyWorkPage, TellBy};
use crate::render::pages::statistics::{PublicFigures, PublicRow, StatisticsPage};
use crate::render::pages::sub_deadlines::{SubDeadlineView, SubKind, SubState};
use crate::render::pages::summary::Count;
use crate::render::pages::words::{Channel, MessageKind, Standing, Status};

pub fn all(lang: Lang, name: &str, add: &mut impl FnMut(&str, askama::Result<String>)) {
    add("board", board(lang, name).render());
    let nothing = BoardPage {
        units: Vec::new(),
        officers: Vec::new(),
        alerts: Vec::new(),
        away: Vec::new(),
        said: Vec::new(),
        letters: 0,
        alerts_count: 0,
        said_count: 0,
        ..board(lang, name)
    };
    add("board-empty", nothing.render());
    add("my_work", my_work(lang, name).render());
    add("my_work-empty", MyWorkPage { count: 0, next_tell: None, ..my_work(lang, name) }.render());
    add("hall", hall(lang).render());
    let part = HallPart::default;
    add("hall-empty", HallPage { ready: part(), today: part(), rescheduled: part(), ..hall(lang) }.render());
    add("accessibility", accessibility(lang, name).render());
    add("statistics", statistics(lang, name).render());
    add("statistics-computing", StatisticsPage { figures: None, ..statistics(lang, name) }.render());
    let few = PublicFigures { withheld: 12, min_cases: 5, ..PublicFigures::default() };
    add("statistics-few", StatisticsPage { figures: Some(few), ..statistics(lang, name) }.render());
}

pub(super) fn count(n: u64) -> Count {
    Count { n, href: s("/bao-cao/ho-so?from=2026-11-01&to=2026-11-30&as_of=2026-11-17T15%3A20%3A01&bucket=overdue") }
}

fn load(late: u64) -> LoadView {
    let count = |n| Count { n, href: s("/don-vi-toi/ho-so?don-vi=PKT&phan=qua-han&can-bo=") };
    LoadView { open: count(40), late: count(late), at_risk: count(7), to_sign: count(2), waiting: count(5) }
}

fn board(lang: Lang, name: &str) -> BoardPage {
    let unit = |current| UnitLink { name: s(name), href: s("/don-vi-toi?don-vi=PKT"), current };
    let alert = |id: &str, late: bool| AlertLine {
        id: s(id),
        kind: MessageKind::Overdue,
        about: s(name),
        href: Some(s("/ho-so/H38.19-261117-0001")),
        since: s("08:00 17/11/2026"),
        until: late.then(|| s("10:00 17/11/2026")),
        late,
    };
    BoardPage {
        c: ctx(lang, "/don-vi-toi"),
        unit: s(name),
        here: s("/don-vi-toi?don-vi=PKT"),
        risk_href: s("/ho-so/nguy-co?don-vi=PKT"),
        units: vec![unit(true), unit(false)],
        total: load(11),
        risk_until: s("thứ Tư 18/11/2026"),
        officers: vec![
            OfficerRow { name: s(name), away: true, load: load(9) },
            OfficerRow { name: s(name), away: false, load: load(0) },
        ],
        alerts: vec![alert("a1", true), alert("a2", false)],
        alerts_count: 9,
        letters: 4,
        away: vec![
            AwayRow { name: s(name), until: Some(s("đến hết 20/11/2026")), stand_in: Some(s(name)) },
            AwayRow { name: s(name), until: None, stand_in: None },
        ],
        said: vec![SaidRow {
            code: s("H38.19-261117-0001"),
            href: s("/ho-so/H38.19-261117-0001/bang-chung"),
            what: Saying::Cost,
            text: s(name),
            at: s("08:00 17/11/2026"),
        }],
        said_count: 1,
        may_sign: true,
    }
}

fn my_work(lang: Lang, name: &str) -> MyWorkPage {
    let inside = SubDeadlineView {
        kind: SubKind::Consultation,
        state: SubState::Running,
        number: s("số 1"),
        started: s("08:00 16/11/2026"),
        due: s("17:00 thứ Tư 18/11/2026"),
        ended: None,
        remaining: None,
        body: s(name),
        content: s(name),
        basis: String::new(),
    };
    let row = |group: Group, at: usize| MyRow {
        code: format!("H38.19-261117-00{at}{}", group.tone()),
        procedure: s("Cấp giấy xác nhận tình trạng hôn nhân"),
        applicant: s(name),
        status: Status { standing: Standing::Today, remaining: Some(s("còn 2 giờ làm việc")), by_law: None },
        due: Some(s("17:00 thứ Ba 17/11/2026")),
        new_due: (group == Group::Late).then(|| s("17:00 thứ Tư 18/11/2026")),
        inside: vec![inside.clone()],
        tell_by: Some(TellBy { at: s("17:00 thứ Ba 17/11/2026"), today: at == 0, over: at == 1 }),
        confirmed: (at == 1).then(|| s("08:00 17/11/2026")),
        may_confirm: group == Group::Answer,
        may_delay: group != Group::Citizen,
        for_whom: (at == 1).then(|| s(name)),
        version: 3,
    };
    let group = |(at, group): (usize, Group)| MyGroup {
        rows: vec![row(group, at)],
        all_href: (at == 1).then(|| s("/viec-cua-toi?nhom=can-tra-loi")),
        group,
        count: 1,
    };
    let chip = |key: Group| Chip { key, count: 1, href: s("/viec-cua-toi?nhom=qua-han"), current: key == Group::Late };
    MyWorkPage {
        c: ctx(lang, "/viec-cua-toi"),
        chips: Group::ALL.into_iter().map(chip).collect(),
        groups: Group::ALL.into_iter().enumerate().map(group).collect(),
        count: 7,
        next_tell: Some((s("17:00 thứ Ba 17/11/2026"), s("H38.19-261117-0001"))),
        reasons: vec![Choice::new("consultation", s(name), "")],
        narrowed: true,
    }
}

fn hall(lang: Lang) -> HallPage {
    let row = |n: u32| HallRow { code: format!("H38.19-261117-{n:04}"), initials: s("N.V.H."), when: s("17/11") };
    let part = |from: u32, n: u32| HallPart { rows: (from..from + n).map(row).collect(), count: u64::from(n) };
    HallPage {
        c: Ctx { user: None, ..ctx(lang, "/bang-thong-bao") },
        at: s("15:20 17/11/2026"),
        ready: part(1, 8),
        today: part(20, 3),
        rescheduled: HallPart { rows: Vec::new(), count: 4 },
        turn: 2,
        turns: 3,
        turn_seconds: 15,
        next: s("/bang-thong-bao?trang=3"),
        statistics: true,
    }
}

fn accessibility(lang: Lang, name: &str) -> AccessibilityPage {
    AccessibilityPage {
        c: Ctx { user: None, ..ctx(lang, "/tro-nang") },
        phone: s("0214 3 800 900"),
        email: s("tthcc@example.invalid"),
        address: s(name),
    }
}

fn statistics(lang: Lang, name: &str) -> StatisticsPage {
    let row = |unit, median| PublicRow {
        code: s("1.004873"),
        name: s(name),
        channel: Some(Channel::Online),
        statutory: (3, unit),
        commitment: Some((2, unit)),
        cases: 1_204,
        median,
        p90: None,
        on_time: median.map(|_| s("93.10")),
    };
    StatisticsPage {
        c: Ctx { user: None, ..ctx(lang, "/thong-ke") },
        figures: Some(PublicFigures {
            period: s("18/11/2025 – 17/11/2026"),
            as_of: s("05:40 17/11/2026"),
            rows: vec![
                row(LimitUnit::WorkingDay, Some(0)),
                row(LimitUnit::SameDay, Some(1)),
                row(LimitUnit::Hour, None),
            ],
            withheld: 12,
            min_cases: 5,
        }),
        board: true,
    }
}
