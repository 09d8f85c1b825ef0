//! The page of alerts and the one of tomorrow morning.

use askama::Template;

use super::super::alerts::{AlertRow, AlertsPage, Ask};
use super::super::ctx::Lang;
use super::super::dossier::{DossierPage, ReadinessView};
use super::super::pager::Pager;
use super::super::tomorrow::{TomorrowAlert, TomorrowPage, TomorrowRow};
use super::super::words::MessageKind;
use super::dossier::dossier;
use super::{ctx, pager, s};

/// Adds every state of these pages.
pub fn all(lang: Lang, name: &str, add: &mut dyn FnMut(&str, askama::Result<String>)) {
    add("alerts", alerts(lang, name).render());
    add("alerts-empty", AlertsPage { c: ctx(lang, "/bao-dong"), rows: Vec::new(), pager: Pager::default() }.render());
    for (state, readiness) in [("again", ReadinessView::AskedAgain), ("confirmed", ReadinessView::Confirmed(s(name)))] {
        add(&format!("dossier-{state}"), DossierPage { readiness, ..dossier(lang, name) }.render());
    }
    add("tomorrow", tomorrow(lang, name).render());
    let none = TomorrowPage { inside: Vec::new(), citizens: Vec::new(), alerts: Vec::new(), ..tomorrow(lang, name) };
    add("tomorrow-empty", TomorrowPage { failed: 0, ..none }.render());
}

fn alerts(lang: Lang, name: &str) -> AlertsPage {
    let row = |at: usize, kind, ask, late, whom: bool| AlertRow {
        id: format!("0199-{at}"),
        kind,
        about: format!("H38.12-261109-{at:04}"),
        href: (at != 4).then(|| format!("/ho-so/H38.12-261109-{at:04}")),
        procedure: s("Đăng ký khai sinh"),
        due: if at == 4 { String::new() } else { s("17:00 12/11/2026 · quá 1 ngày làm việc") },
        note: if late { s(name) } else { String::new() },
        since: s("07:30 13/11/2026"),
        until: (at != 3).then(|| s("11:30 13/11/2026")),
        late,
        for_whom: whom.then(|| s(name)),
        ask,
        version: 3,
    };
    AlertsPage {
        c: ctx(lang, "/bao-dong"),
        rows: vec![
            row(0, MessageKind::Escalation, Ask::Nothing, true, false),
            row(1, MessageKind::ApologyDue, Ask::Ready, false, true),
            row(2, MessageKind::DueSoon, Ask::ReadyOnly, false, false),
            row(3, MessageKind::Unacknowledged, Ask::Nothing, true, false),
            row(4, MessageKind::DeliveryAlarm, Ask::Nothing, false, false),
        ],
        pager: pager("/bao-dong"),
    }
}

fn tomorrow(lang: Lang, name: &str) -> TomorrowPage {
    let row = |kind, code: &str, new_due: Option<&str>, waits, members: &[(MessageKind, &str)]| TomorrowRow {
        kind,
        code: s(code),
        href: code.starts_with('H').then(|| format!("/ho-so/{code}")),
        recipient: s(name),
        channel: s("thư điện tử"),
        new_due: new_due.map(s),
        waits,
        members: members.iter().map(|(kind, code)| (*kind, s(code))).collect(),
    };
    let code = "H38.12-261109-0001";
    let bundled = [(MessageKind::DueSoon, code), (MessageKind::StillOverdue, name)];
    TomorrowPage {
        c: ctx(lang, "/sang-mai"),
        at: s("07:30 thứ Sáu 13/11/2026"),
        inside: vec![
            row(MessageKind::Overdue, code, None, false, &[]),
            row(MessageKind::Digest, "13/11/2026", None, true, &bundled),
        ],
        citizens: vec![row(MessageKind::Apology, code, Some("17:00 18/11/2026"), false, &[])],
        alerts: vec![TomorrowAlert { kind: MessageKind::Overdue, code: s(code), who: s(name) }],
        failed: 2,
    }
}
