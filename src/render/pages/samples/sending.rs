//! Letters, the outbox, jobs, the mailbox of the demonstration.

use askama::Template;

use super::desk::ticked;
use super::{choices, ctx, pager, s};
use crate::render::pages::ctx::{Ctx, Lang};
use crate::render::pages::form::Chip;
use crate::render::pages::jobs::{JobRow, JobRun, JobsPage, RunResult};
use crate::render::pages::letters::{LetterRow, LettersPage};
use crate::render::pages::mailbox::{MailPage, MailRow, MailboxPage};
use crate::render::pages::outbox::{AttemptRow, MessagePage, OutageRow, OutboxPage, OutboxRow};
use crate::render::pages::words::{MessageKind, SendState};

pub fn all(lang: Lang, name: &str, add: &mut dyn FnMut(&str, askama::Result<String>)) {
    add("letters", letters(lang, name).render());
    add("letters-empty", LettersPage { rows: Vec::new(), ticked: Vec::new(), ..letters(lang, name) }.render());
    add("outbox", outbox(lang, name).render());
    add("outbox-down", outbox_down(lang, name).render());
    add("outbox_message", outbox_message(lang, name).render());
    add("outbox_message-new", outbox_message_new(lang, name).render());
    add("jobs", jobs(lang, name).render());
    add("mailbox", mailbox(lang, name).render());
    add("mail", mail(lang, name).render());
}

fn send_chips(path: &str, states: &[SendState]) -> Vec<Chip<Option<SendState>>> {
    let all = Chip { key: None, count: 1_204, href: s(path), current: true };
    let rest = states.iter().map(|x| Chip {
        key: Some(*x),
        count: 12,
        href: format!("{path}?state={}", x.code()),
        current: false,
    });
    std::iter::once(all).chain(rest).collect()
}

fn letters(lang: Lang, name: &str) -> LettersPage {
    let states = [SendState::PrintTray, SendState::Sent, SendState::Delivered, SendState::Failed, SendState::Ready];
    let rows = states.iter().enumerate().map(|(at, state)| LetterRow {
        id: format!("0199-{at}"),
        number: (*state != SendState::Ready).then(|| format!("{}/PXL", 41 + at)),
        code: format!("H38.12-261109-{at:04}"),
        applicant: s(name),
        original_due: s("17:00 12/11/2026"),
        new_due: (*state != SendState::Failed).then(|| s("17:00 18/11/2026")),
        reason: s("Chờ kết quả xác minh của nơi thường trú trước đây"),
        issued: Some(s("12/11/2026")),
        state: *state,
    });
    LettersPage {
        c: ctx(lang, "/thu"),
        to_sign: Some(4),
        chips: send_chips("/thu", &states),
        rows: rows.collect(),
        pager: pager("/thu?cursor=60"),
        ticked: ticked(name, "thu"),
    }
}

fn outbox(lang: Lang, name: &str) -> OutboxPage {
    let states =
        [SendState::Ready, SendState::Sending, SendState::Sent, SendState::Retry, SendState::Failed, SendState::Void];
    let kinds = [
        MessageKind::DueSoon,
        MessageKind::Overdue,
        MessageKind::Apology,
        MessageKind::Escalation,
        MessageKind::Apology,
        MessageKind::Receipt,
    ];
    let rows = states.iter().zip(kinds).enumerate().map(|(at, (state, kind))| OutboxRow {
        id: format!("0199-{at}"),
        kind,
        code: format!("H38.12-261109-{at:04}"),
        href: (at != 5).then(|| format!("/ho-so/H38.12-261109-{at:04}")),
        recipient: s(name),
        channel: s("thư điện tử"),
        state: *state,
        attempts: u32::try_from(at).unwrap(),
        created: s("17:05 12/11/2026"),
        moment: (at > 1).then(|| s("17:06 12/11/2026")),
        last_error: matches!(state, SendState::Retry | SendState::Failed)
            .then(|| format!("550 5.1.1 {name}: user unknown")),
        waits: (at == 0).then(|| s("ngoài giờ gửi, gửi lúc 07:00 13/11/2026")),
    });
    OutboxPage {
        c: ctx(lang, "/hop-di"),
        quiet_until: None,
        outages: Vec::new(),
        stuck: 0,
        chips: send_chips("/hop-di", &states),
        kinds: choices(&["", "apology"]),
        ways: choices(&["", "mail"]),
        state: s(name),
        dead: 1,
        rows: rows.collect(),
        pager: pager("/hop-di"),
    }
}

fn outbox_down(lang: Lang, name: &str) -> OutboxPage {
    let outage = |ended: Option<&str>| OutageRow {
        way: s("thư điện tử"),
        since: s("08:12 17/11/2026"),
        ended: ended.map(s),
        failures: 24,
        last_error: format!("421 4.3.2 {name}: shutting down"),
    };
    OutboxPage {
        c: Ctx {
            outages: vec![s("Không gửi được thư điện tử từ 08:12 17/11/2026.")], ..ctx(lang, "/hop-di")
        },
        quiet_until: Some(s("07:00 18/11/2026")),
        outages: vec![outage(None), outage(Some("09:40 17/11/2026"))],
        stuck: 2,
        ..outbox(lang, name)
    }
}

fn outbox_message(lang: Lang, name: &str) -> MessagePage {
    let attempt = |number, outcome, answer: &str| AttemptRow {
        number,
        at: s("17:06 12/11/2026"),
        outcome,
        answer: format!("{answer} {name}"),
    };
    let list = outbox(lang, name);
    MessagePage {
        c: ctx(lang, "/hop-di/0199-4"),
        row: list.rows[4].clone(),
        urgent: true,
        message_id: s("<0199-4@example.invalid>"),
        attempts: vec![
            attempt(1, SendState::Retry, "451 4.7.1"),
            attempt(2, SendState::Sent, "250 2.0.0 Ok: queued as 4F12"),
            attempt(2, SendState::Bounced, "550 5.1.1"),
        ],
        subject: s(name),
        text: format!("Kính gửi {name},\n\nXin lỗi."),
        digest: Some(s("/hop-di/0199-9")),
        letter: Some(s("/thu/0199.pdf")),
    }
}

fn outbox_message_new(lang: Lang, name: &str) -> MessagePage {
    let list = outbox(lang, name);
    let row = OutboxRow { href: None, ..list.rows[0].clone() };
    MessagePage { row, urgent: false, attempts: Vec::new(), digest: None, letter: None, ..outbox_message(lang, name) }
}

fn jobs(lang: Lang, name: &str) -> JobsPage {
    let job = |name: &str, title: &str, description: &str, cron: &str, last, next: Option<&str>| JobRow {
        name: s(name),
        title: s(title),
        description: s(description),
        cron: s(cron),
        last,
        progress: (name == "sweep").then_some((12, 48)),
        next: next.map(s),
    };
    let run = |result, detail: &str| JobRun {
        started: s("15:00:00 17/11/2026"),
        finished: (result != RunResult::Running).then(|| s("15:00:02")),
        result,
        detail: s(detail),
    };
    JobsPage {
        c: ctx(lang, "/cong-viec"),
        rows: vec![
            job(
                "sweep",
                "Rà hồ sơ",
                "Tìm hồ sơ sắp đến hạn, quá hạn; lập thông báo và phiếu xin lỗi.",
                "0 */5 * * * *",
                Some(run(RunResult::Done, "148 hồ sơ, 2 thông báo, 1 phiếu")),
                Some("15:25 17/11/2026"),
            ),
            job(
                "dispatch",
                "Gửi tin",
                "Gửi thư và phiếu đang chờ.",
                "30 * * * * *",
                Some(run(RunResult::Failed, name)),
                Some("15:21 17/11/2026"),
            ),
            job(
                "freeze",
                "Chốt tháng",
                "Chốt báo cáo tháng trước kèm mã băm.",
                "0 0 1 1 * *",
                Some(run(RunResult::Running, "")),
                None,
            ),
            job(
                "verify",
                "Kiểm nhật ký",
                "Đi lại chuỗi băm của nhật ký.",
                "0 30 2 * * *",
                None,
                Some("02:30 18/11/2026"),
            ),
        ],
    }
}

fn mailbox(lang: Lang, name: &str) -> MailboxPage {
    let rows = (0..6).map(|at| MailRow {
        id: format!("0199-{at}"),
        at: s("17:06 12/11/2026"),
        to: s("hung@example.vn"),
        subject: if at == 0 { s(name) } else { s("Phiếu xin lỗi và hẹn lại ngày trả kết quả") },
        kind: if at == 1 { MessageKind::Overdue } else { MessageKind::Apology },
        code: format!("H38.12-261109-{at:04}"),
        has_pdf: at != 1,
    });
    MailboxPage { c: ctx(lang, "/thu-mau"), q: s(name), total: 1_204, rows: rows.collect(), next: None }
}

fn mail(lang: Lang, name: &str) -> MailPage {
    MailPage {
        c: ctx(lang, "/thu-mau/0199"),
        from: s("UBND xã Mường Khương <motcua@example.vn>"),
        to: s("hung@example.vn"),
        subject: s("Xin lỗi và hẹn lại ngày trả kết quả hồ sơ H38.12-261109-0021"),
        at: s("17:06 12/11/2026"),
        kind: MessageKind::Apology,
        code: s("H38.12-261109-0021"),
        headers: vec![(s("Message-ID"), s("<0199@dunghen.example>")), (s("X-Dunghen-Kind"), s("apology"))],
        text: format!(
            "Kính gửi ông/bà {name},\n\nHồ sơ H38.12-261109-0021 hẹn trả 17:00 ngày 12/11/2026 nhưng chưa có kết quả.\nLý do: chờ kết quả xác minh.\n\nCơ quan xin lỗi ông/bà và hẹn trả kết quả vào 17:00 ngày 18/11/2026.\n"
        ),
        pdf: Some((s("/thu/0199.pdf"), s("phieu-xin-loi-41.pdf"))),
    }
}
