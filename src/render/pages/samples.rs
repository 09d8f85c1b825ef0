//! Every page with made-up facts: rendered strictly in both languages by the tests beside this file.
//! `name` stands wherever a stranger's text may appear, so that a test can put hostile text there.

mod administration;
mod alerts;
mod boards;
mod desk;
mod imports;
mod ladder;
mod proof;
mod rules;
mod signing;
mod work;

use askama::Template;
use chrono::{Datelike, NaiveDate, Weekday};

use crate::domain::calendar::DayKind;
use crate::domain::limit::LimitUnit;

use super::agency::{AgencyPage, PersonView, UnitView};
use super::calendar::{
    CalendarChangePage, CalendarPage, ChangedDay, DayInput, EditForms, Effect, EffectRow, OpenForm, SpecialDay,
    SwapInput, VersionRow,
};
use super::citizen::{CitizenPage, CitizenState, SayingDraft};
use super::ctx::{Ctx, Flash, FlashKind, Lang, Mode, Nav, Viewer};
use super::dossier::{
    ActionDraft, ApplicantView, DatesView, DossierPage, EventView, Holders, MessageView, ReadinessView, Verb,
};
use super::error::{ErrorPage, Problem};
use super::form::{Chip, Choice, FieldError};
use super::intake::{
    ApplicantOptions, EarlierApplicant, Flag, IntakeInput, IntakePage, Left, ProcedureOption, ProcedureOptions,
};
use super::jobs::{JobRow, JobRun, JobsPage, RunResult};
use super::ledger::{LedgerPage, PromiseView};
use super::letterhead::{HeadField, LetterheadPage};
use super::letters::{LetterRow, LettersPage};
use super::mailbox::{MailPage, MailRow, MailboxPage};
use super::month::{DayMark, MonthView};
use super::outbox::{AttemptRow, MessagePage, OutageRow, OutboxPage, OutboxRow};
use super::pager::Pager;
use super::papers::{PaperName, PaperView, RegisterPage};
use super::proposals::{
    DifferenceRow, MayDecide, ProposalPage, ProposalRow, ProposalStanding, ProposalSubject, ProposalsPage,
};
use super::queue::{QueuePage, QueueRow, QueueState, QueueTools, SavedLink};
use super::receipt::ReceiptPage;
use super::several::Act;
use super::sign_in::{DemoAccount, SignInPage, SignInProblem};
use super::sub_deadlines::{SubDeadlineView, SubKind, SubState};
use super::submission::{SubmissionPage, SubmissionVerb};
use super::submission_status::{SubmissionStatus, SubmissionStatusPage};
use super::submissions::{SubmissionFilter, SubmissionRow, SubmissionsPage};
use super::summary::{
    Count, InProgressView, RateKind, RateView, ReceivedView, ReceptionView, ResolvedView, StatutoryView, SummaryPage,
    TargetView, TrendMonth,
};
use super::time_limits::{LimitRow, TimeLimitsPage};
use super::words::{ByLaw, Channel, EventKind, FiledBy, MessageKind, Role, SendState, Standing, Status};

/// Name of each page (a state after a dash) and its HTML.
#[expect(clippy::too_many_lines, reason = "a list: a line a page")]
pub fn all(lang: Lang, name: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut add = |title: &str, html: askama::Result<String>| out.push((title.to_owned(), html.unwrap()));
    add("sign_in", sign_in(lang, name, None).render());
    add("sign_in-wrong", sign_in(lang, name, Some(SignInProblem::Wrong)).render());
    add("sign_in-locked", sign_in(lang, name, Some(SignInProblem::Locked { minutes: 15 })).render());
    add("queue", queue(lang, name).render());
    work::all(lang, name, &mut add);
    add("queue-empty", QueuePage { rows: Vec::new(), next: None, ..queue(lang, name) }.render());
    add("queue-unmatched", QueuePage { rows: Vec::new(), next: None, q: s(name), ..queue(lang, name) }.render());
    add("intake", intake(lang, name).render());
    add("options", ApplicantOptions { options: vec![earlier_applicant(name)] }.render());
    add("intake-errors", intake_refused(lang, name).render());
    add("options", options(lang, name).render());
    add("dossier", dossier(lang, name).render());
    alerts::all(lang, name, &mut add);
    boards::all(lang, name, &mut add);
    add("dossier-refused", dossier_refused(lang, name).render());
    add("dossier-new", dossier_new(lang, name).render());
    add("ledger", ledger(lang, name).render());
    add("ledger-none", LedgerPage { promises: Vec::new(), ..ledger(lang, name) }.render());
    add("receipt", receipt(lang, name).render());
    imports::all(lang, name, &mut add);
    add("letters", letters(lang, name).render());
    add("letters-empty", LettersPage { rows: Vec::new(), ..letters(lang, name) }.render());
    add("summary", summary(lang).render());
    add("summary-empty", summary_empty(lang, name).render());
    add("time_limits", time_limits(lang, name).render());
    add("time_limits-empty", time_limits_empty(lang, name).render());
    add("outbox", outbox(lang, name).render());
    add("outbox-down", outbox_down(lang, name).render());
    add("outbox_message", outbox_message(lang, name).render());
    add("outbox_message-new", outbox_message_new(lang, name).render());
    add("jobs", jobs(lang, name).render());
    add("mailbox", mailbox(lang, name).render());
    add("mail", mail(lang, name).render());
    for state in CITIZEN_STATES {
        add(&format!("citizen-{state:?}"), citizen(lang, name, state).render());
    }
    for state in SubmissionStatus::ALL {
        add(
            &format!("citizen-submission-{state:?}"),
            submission_status(lang, "Bổ sung bản chụp rõ hơn.", state).render(),
        );
    }
    add("submission-status-note", submission_status(lang, name, SubmissionStatus::SentBack).render());
    add("submissions", submissions(lang, name).render());
    add("submissions-empty", SubmissionsPage { rows: Vec::new(), late: 0, ..submissions(lang, name) }.render());
    add("submission", submission(lang, name).render());
    add("submission-refused", submission_refused(lang, name).render());
    ladder::all(lang, name, &mut add);
    rules::all(lang, name, &mut add);
    proof::all(lang, name, &mut add);
    signing::all(lang, name, &mut add);
    desk::all(lang, name, &mut add);
    administration::all(lang, name, &mut add);
    add("calendar", calendar(lang, name).render());
    for (title, open) in [("day", OpenForm::Day), ("swap", OpenForm::Swap), ("file", OpenForm::File)] {
        add(&format!("calendar-{title}"), calendar_edited(lang, name, open).render());
    }
    add("calendar_change", calendar_change(lang, name, None).render());
    add("calendar_change-proposed", calendar_change(lang, name, Some("01a")).render());
    add("proposals", ProposalsPage { c: ctx(lang, "/de-xuat"), rows: proposal_rows(name) }.render());
    add("proposals-empty", ProposalsPage { c: ctx(lang, "/de-xuat"), rows: Vec::new() }.render());
    for (at, may) in [MayDecide::Yes, MayDecide::Own, MayDecide::No].into_iter().enumerate() {
        add(&format!("proposal-{may:?}"), proposal(lang, name, at, may).render());
    }
    add("agency", agency(lang, name).render());
    of_papers(lang, name, &mut add);
    for problem in Problem::ALL {
        add(&format!("error-{}", problem.status()), error(lang, name, problem).render());
    }
    out
}

fn of_papers(lang: Lang, name: &str, add: &mut dyn FnMut(&str, askama::Result<String>)) {
    add("letterhead", letterhead(lang, name).render());
    add("register", register(lang, name).render());
    let wrong = vec![FieldError { field: "to", message: s(name) }];
    add("register-wrong", RegisterPage { count: None, errors: wrong, ..register(lang, name) }.render());
}

fn letterhead(lang: Lang, name: &str) -> LetterheadPage {
    let texts = HeadField::ALL.iter().map(|field| (*field, s(name))).collect();
    LetterheadPage {
        c: ctx(lang, "/mau-giay"),
        version: 3,
        texts,
        titles: vec![s("Phiếu xin lỗi"), s(name)],
        signature: true,
        seal: false,
        previews: choices(&["letter", "receipt"]),
        entered: Some(s(name)),
        errors: vec![FieldError { field: "signer_title", message: s(name) }],
    }
}

fn register(lang: Lang, name: &str) -> RegisterPage {
    RegisterPage {
        c: ctx(lang, "/so-theo-doi"),
        from: s(name),
        to: s("2026-11-24"),
        count: Some(1_204),
        errors: Vec::new(),
    }
}

fn papers(name: &str) -> Vec<PaperView> {
    let view = |at, paper: PaperName| PaperView {
        name: paper,
        occasion: at,
        number: (at % 2 == 1).then(|| s(name)),
        made: s("08:15 23/11/2026"),
        may_make: at % 2 == 0 || paper == PaperName::ControlSlip,
    };
    (1..).zip(PaperName::ALL).map(|(at, paper)| view(at, paper)).chain([view(2, PaperName::Receipt)]).collect()
}

fn proposal_rows(name: &str) -> Vec<ProposalRow> {
    let row = |standing, subject, decided: Option<&str>| ProposalRow {
        id: "01a".to_owned(),
        subject,
        title: s(name),
        standing,
        proposed_by: s(name),
        proposed: "08:15 23/11/2026".to_owned(),
        decided_by: decided.map(|_| s(name)).unwrap_or_default(),
        decided: decided.map(str::to_owned),
        note: if standing == ProposalStanding::Refused { s(name) } else { String::new() },
    };
    let decided = Some("09:00 23/11/2026");
    vec![
        row(ProposalStanding::Waiting, ProposalSubject::Calendar, None),
        row(ProposalStanding::Approved, ProposalSubject::Procedures, decided),
        row(ProposalStanding::Refused, ProposalSubject::TimeRules, decided),
        row(ProposalStanding::Withdrawn, ProposalSubject::Procedures, decided),
    ]
}

fn proposal(lang: Lang, name: &str, at: usize, may: MayDecide) -> ProposalPage {
    let line = |before: &str, after: &str| DifferenceRow { what: s(name), before: s(before), after: s(after) };
    let rows = proposal_rows(name);
    let row = if may == MayDecide::No { rows[1].clone() } else { rows[0].clone() };
    ProposalPage {
        c: ctx(lang, "/de-xuat/01a"),
        row,
        differences: vec![line("5", "3"), line("", name), line(name, "")],
        may,
        from: Some(s("từ 01/03/2027")),
        base: "7".to_owned(),
        outdated: at == 0,
        effects: (at == 0).then(|| "/lich".to_owned()),
    }
}

const CITIZEN_STATES: [CitizenState; 12] = [
    CitizenState::InProgress,
    CitizenState::NoPromise,
    CitizenState::WaitingForYou,
    CitizenState::WaitingForPayment,
    CitizenState::Overdue,
    CitizenState::Rescheduled,
    CitizenState::SecondMiss,
    CitizenState::Ready,
    CitizenState::Returned,
    CitizenState::Refused,
    CitizenState::Withdrawn,
    CitizenState::Stopped,
];

fn s(text: &str) -> String {
    text.to_owned()
}

/// A page in the middle of a list.
fn pager(href: &str) -> Pager {
    let (previous, next) = (Some(s(href)), Some(format!("{href}?cursor=120")));
    Pager { offset: 60, rows: 60, total: 1_234, previous, next }
}

fn ctx(lang: Lang, path: &str) -> Ctx {
    Ctx {
        lang,
        agency: s("UBND xã Mường Khương"),
        user: Some(Viewer {
            name: s("Trần Thị Hoa"),
            role: Role::Supervisor,
            nav: Nav::ALL.to_vec(),
            submissions: 4,
            alerts: 3,
            proposals: 3,
            tasks: 2,
        }),
        csrf: s("c5f1"),
        path: s(path),
        now: s("15:20 thứ Ba 17/11/2026"),
        mode: Mode::Demo,
        flash: None,
        outages: Vec::new(),
        session_ends: Some((s("18:00 17/11/2026"), 600)),
        assets: s("1"),
    }
}

/// The first entry stands for no choice and has an empty value, as in the real selects.
fn choices(list: &[&str]) -> Vec<Choice> {
    list.iter().enumerate().map(|(at, x)| Choice::new(if at == 0 { "" } else { x }, *x, "")).collect()
}

fn sign_in(lang: Lang, name: &str, problem: Option<SignInProblem>) -> SignInPage {
    let account = |username: &str, role, name: &str| DemoAccount {
        username: s(username),
        password: s("demo"),
        role,
        name: s(name),
    };
    SignInPage {
        c: Ctx { user: None, ..ctx(lang, "/dang-nhap") },
        username: if problem.is_some() { s(name) } else { String::new() },
        problem,
        next: s("/ho-so"),
        kept: if problem.is_some() { s(name) } else { String::new() },
        demo_accounts: vec![
            account("motcua", Role::Clerk, "Lý Văn Páo"),
            account("canbo", Role::Officer, "Nguyễn Thị Hạnh"),
            account("phutrach", Role::Supervisor, "Trần Thị Hoa"),
            account("lanhdao", Role::Manager, "Giàng A Sử"),
            account("quantri", Role::Admin, "Hoàng Minh Tuấn"),
        ],
    }
}

fn queue(lang: Lang, name: &str) -> QueuePage {
    let counts = [148, 7, 5, 9, 31, 12, 3, 11_842];
    let chips = QueueState::ALL.iter().zip(counts).map(|(key, count)| Chip {
        key: *key,
        count,
        href: format!("/ho-so?state={}", key.code()),
        current: *key == QueueState::Open,
    });
    QueuePage {
        c: Ctx {
            flash: Some(Flash { kind: FlashKind::Done, text: s("Đã tiếp nhận hồ sơ H38.12-261117-0014.") }),
            ..ctx(lang, "/ho-so?state=open")
        },
        chips: chips.collect(),
        state: s("open"),
        q: String::new(),
        units: choices(&["Tất cả đơn vị", "Văn hóa - Xã hội", "Kinh tế"]),
        officers: choices(&["Mọi cán bộ", "Nguyễn Thị Hạnh"]),
        narrowed: None,
        total: 148,
        late_list: false,
        rows: queue_rows(name),
        next: Some(s("/ho-so?state=open&cursor=a1")),
        may_log: true,
        tools: QueueTools {
            sorts: choices(&["Hẹn sớm trước", "Mới nhận trước"]),
            saved: vec![SavedLink { name: s(name), href: s("/ho-so?state=overdue"), current: true }],
            query: s("state=open&officer="),
            previous: Some(s("/ho-so?state=open&before=a1")),
            more: true,
            acts: Act::ALL.to_vec(),
        },
    }
}

/// Standing, working time, procedure, due, channel.
const QUEUE: [(Standing, &str, &str, &str, Channel); 12] = [
    (
        Standing::Overdue,
        "quá 1 ngày 2 giờ làm việc",
        "Xác nhận tình trạng hôn nhân",
        "17:00 13/11/2026",
        Channel::Counter,
    ),
    (
        Standing::Rescheduled,
        "còn 3 ngày làm việc",
        "Cấp Giấy chứng nhận đăng ký hộ kinh doanh",
        "17:00 12/11/2026",
        Channel::Online,
    ),
    (
        Standing::Today,
        "còn 1 giờ làm việc",
        "Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan, tổ chức có thẩm quyền của Việt Nam cấp",
        "17:00 17/11/2026",
        Channel::Counter,
    ),
    (Standing::Today, "còn 1 giờ làm việc", "Đăng ký khai sinh", "17:00 17/11/2026", Channel::Online),
    (Standing::Tomorrow, "còn 1 ngày 1 giờ làm việc", "Đăng ký tạm trú", "17:00 18/11/2026", Channel::Online),
    (
        Standing::ThisWeek,
        "còn 3 ngày 1 giờ làm việc",
        "Xét hưởng trợ cấp xã hội hằng tháng",
        "17:00 20/11/2026",
        Channel::Post,
    ),
    (Standing::WaitingApplicant, "chờ từ 11/11", "Chuyển mục đích sử dụng đất", "17:00 19/11/2026", Channel::Counter),
    (
        Standing::WaitingPayment,
        "chờ từ 16/11",
        "Cấp giấy chứng nhận quyền sử dụng đất lần đầu",
        "17:00 10/12/2026",
        Channel::Online,
    ),
    (Standing::Later, "còn 9 ngày làm việc", "Đăng ký lại kết hôn", "17:00 01/12/2026", Channel::Counter),
    (Standing::NoPromise, "", "Hỗ trợ chi phí mai táng cho đối tượng bảo trợ xã hội", "", Channel::Counter),
    (Standing::Early, "", "Đăng ký khai tử", "17:00 16/11/2026", Channel::Online),
    (Standing::Late, "quá 2 giờ làm việc", "Cấp bản sao trích lục hộ tịch", "17:00 13/11/2026", Channel::Online),
];

fn queue_rows(name: &str) -> Vec<QueueRow> {
    QUEUE
        .iter()
        .enumerate()
        .map(|(at, (standing, remaining, procedure, due, channel))| QueueRow {
            revision: 3,
            code: format!("H38.12-2611{:02}-{:04}", 3 + at, 14 + at * 7),
            procedure: s(procedure),
            applicant: if at == 0 {
                s(name)
            } else {
                s(["Giàng Thị Mỷ", "Nguyễn Văn Hùng", "Lù Seo Chúng"][at % 3])
            },
            channel: *channel,
            received: format!("{:02}/11/2026", 3 + at),
            due: (!due.is_empty()).then(|| s(due)),
            new_due: (*standing == Standing::Rescheduled).then(|| s("17:00 20/11/2026")),
            provisional: at == 7,
            status: Status {
                standing: *standing,
                remaining: (!remaining.is_empty()).then(|| s(remaining)),
                by_law: (at < 2).then_some(if at == 0 { ByLaw::Within } else { ByLaw::Past }),
            },
            lateness: None,
            officer: (at != 9).then(|| s("Nguyễn Thị Hạnh")),
        })
        .collect()
}

fn option(code: &str, name: &str, limit: Option<&str>) -> ProcedureOption {
    ProcedureOption {
        code: s(code),
        name: s(name),
        limit: limit.map(s),
        commitment: limit.map(|_| s("2 ngày làm việc")),
        promise: limit.map(|_| s("17:00 thứ Sáu 20/11/2026")),
        by_law: limit.map(|_| s("17:00 thứ Hai 23/11/2026")),
    }
}

fn options(lang: Lang, name: &str) -> ProcedureOptions {
    ProcedureOptions {
        c: ctx(lang, "/thu-tuc"),
        options: vec![
            option("1.004873", "Xác nhận tình trạng hôn nhân", Some("3 ngày làm việc")),
            option("1.009999", name, None),
        ],
    }
}

fn intake(lang: Lang, name: &str) -> IntakePage {
    IntakePage {
        c: ctx(lang, "/ho-so/moi"),
        idempotency_key: s("01998"),
        input: IntakeInput { channel: s("counter"), ..IntakeInput::default() },
        procedures: options(lang, name).options,
        preview: None,
        ways: choices(&["Theo thứ tự chung", "Zalo"]),
        units: choices(&["Theo thủ tục", "Văn hóa - Xã hội"]),
        officers: choices(&["Chưa giao", "Nguyễn Thị Hạnh"]),
        errors: Vec::new(),
        earlier: None,
        left: None,
    }
}

fn earlier_applicant(name: &str) -> EarlierApplicant {
    EarlierApplicant {
        name: s(name),
        phone: s("0912 345 678"),
        email: s("hung@example.vn"),
        address: s(name),
        code: s("H38.12-261109-0021"),
    }
}

fn intake_refused(lang: Lang, name: &str) -> IntakePage {
    let error = |field, message: &str| FieldError { field, message: s(message) };
    let mut page = intake(lang, name);
    page.preview = Some(option("1.004873", "Xác nhận tình trạng hôn nhân", Some("3 ngày làm việc")));
    page.input = IntakeInput {
        procedure: s("1.004873"),
        applicant_name: s(name),
        applicant_phone: s("09x"),
        applicant_email: s("a@b\r\nBcc: c"),
        applicant_address: s(name),
        channel: s("online"),
        received_at: s("2026-12-24T08:00"),
        code: s("x"),
        flags: vec![s(Flag::PaperSupplement.name())],
        filed_by: s("representative"),
        representative_name: s(name),
        representative_phone: s("x"),
        addressee: s("representative"),
        papers: format!("{name}; 1; bản chính"),
    };
    page.earlier = Some(vec![earlier_applicant(name)]);
    page.left = Some(Left { at: s("14:05"), is_back: true });
    page.errors = vec![
        error("applicant_phone", "Số điện thoại chỉ gồm chữ số, 9 đến 11 số."),
        error("received_at", "Thời điểm tiếp nhận ở tương lai."),
        error("code", name),
        error("representative_phone", "Số điện thoại chỉ gồm chữ số, 9 đến 11 số."),
        error("papers", name),
    ];
    page
}

fn dossier(lang: Lang, name: &str) -> DossierPage {
    DossierPage {
        c: ctx(lang, "/ho-so/H38.12-261109-0021"),
        code: s("H38.12-261109-0021"),
        version: 7,
        procedure_code: s("1.004873"),
        procedure: s("Xác nhận tình trạng hôn nhân"),
        sector: s("Hộ tịch"),
        channel: Channel::Counter,
        applicant: ApplicantView {
            name: s(name),
            phone: s("0912 345 678"),
            email: s("hung@example.vn"),
            address: s("Thôn Sả Hồ, xã Mường Khương, tỉnh Lào Cai"),
        },
        unit: s("Phòng Văn hóa - Xã hội"),
        officer: Some(s("Nguyễn Thị Hạnh")),
        flags: vec![Flag::PaperSupplement, Flag::FeeDue],
        papers_in: vec![format!("{name} (bản chính)")],
        filed_by: Some(FiledBy::Representative),
        representative: Some(format!("{name}, 0912 345 678")),
        dates: DatesView {
            received: s("09:12 thứ Hai 09/11/2026"),
            due: Some(s("17:00 thứ Năm 12/11/2026")),
            new_due: Some(s("17:00 thứ Tư 18/11/2026")),
            by_law: Some(s("17:00 thứ Tư 18/11/2026")),
            committed: true,
            ..DatesView::default()
        },
        status: Status {
            standing: Standing::Rescheduled,
            remaining: Some(s("còn 1 ngày 1 giờ làm việc")),
            by_law: Some(ByLaw::Within),
        },
        sub_deadlines: sub_deadlines(name),
        requests_before: 1,
        unanswered: vec![Choice::new("1", name, "")],
        ledger: Some(promise_view(lang, name)),
        events: dossier_events(name),
        messages: dossier_messages(name),
        said: proof::said(name),
        papers: papers(name),
        actions: Verb::ALL.to_vec(),
        reasons: choices(&["Do quy định hành chính", "Do cán bộ, công chức", "Lý do khách quan khác"]),
        holders: Holders { units: choices(&[name, "Phòng Kinh tế"]), officers: choices(&["theo đơn vị", name]) },
        open: None,
        draft: ActionDraft { typed: vec![s(name)], ..ActionDraft::default() },
        since: dossier_events(name),
        errors: Vec::new(),
        readiness: ReadinessView::Asked,
        citizen_href: s("/tra-cuu/k3x9"),
    }
}

/// The second of three promises, with a restart and a pause.
fn promise_view(lang: Lang, name: &str) -> PromiseView {
    let facts = crate::render::ledger::tests::sample(name);
    PromiseView::of(&facts, &facts.promises[1], NaiveDate::from_ymd_opt(2026, 12, 9), lang)
}

fn ledger(lang: Lang, name: &str) -> LedgerPage {
    let facts = crate::render::ledger::tests::sample(name);
    LedgerPage::of(&facts, ctx(lang, "/ho-so/H38.12-261120-0021/so-tinh-ngay"))
}

fn sub_deadlines(name: &str) -> Vec<SubDeadlineView> {
    let sub = |kind, state| SubDeadlineView {
        kind,
        state,
        number: String::new(),
        started: s("09:12 09/11/2026"),
        due: s("17:00 thứ Năm 12/11/2026"),
        ended: None,
        remaining: None,
        body: String::new(),
        content: String::new(),
        basis: s("khoản 5 Điều 19 Nghị định số 118/2025/NĐ-CP"),
    };
    vec![
        SubDeadlineView { ended: Some(s("10:00 10/11/2026")), ..sub(SubKind::CompletionNotice, SubState::Met) },
        SubDeadlineView {
            number: s("lần 2"),
            content: s(name),
            remaining: Some(s("còn 5 ngày làm việc")),
            ..sub(SubKind::Supplement, SubState::Running)
        },
        SubDeadlineView { ended: Some(s("08:45 10/11/2026")), ..sub(SubKind::HandOver, SubState::Late) },
        SubDeadlineView {
            number: s("số 1"),
            body: s(name),
            content: s("Xác nhận nơi cư trú"),
            remaining: Some(s("quá 3 giờ làm việc")),
            ..sub(SubKind::Consultation, SubState::Past)
        },
        sub(SubKind::CompletionNotice, SubState::NothingAsked),
        sub(SubKind::Supplement, SubState::Lapsed),
        sub(SubKind::Consultation, SubState::Moot),
    ]
}

fn dossier_events(name: &str) -> Vec<EventView> {
    let event =
        |at: &str, kind, by: &str, note: Option<&str>| EventView { at: s(at), kind, by: s(by), note: note.map(s) };
    vec![
        event("09:12 09/11/2026", EventKind::Received, "Lý Văn Páo", None),
        event("09:12 09/11/2026", EventKind::PromiseMade, "hệ thống", Some("hẹn trả 17:00 thứ Năm 12/11/2026")),
        event("08:00 11/11/2026", EventKind::NoticeSent, "hệ thống", Some("sắp đến hạn: Nguyễn Thị Hạnh")),
        event(
            "17:05 12/11/2026",
            EventKind::Rescheduled,
            "hệ thống",
            Some("Chờ xác minh của nơi thường trú trước đây"),
        ),
        event("17:06 12/11/2026", EventKind::LetterIssued, "hệ thống", Some(name)),
    ]
}

fn dossier_messages(name: &str) -> Vec<MessageView> {
    vec![
        MessageView {
            kind: MessageKind::Apology,
            to: s(name),
            at: s("17:06 12/11/2026"),
            state: SendState::Sent,
            pdf_href: Some(s("/thu/0199.pdf")),
        },
        MessageView {
            kind: MessageKind::Overdue,
            to: s("Trần Thị Hoa"),
            at: s("17:06 12/11/2026"),
            state: SendState::Retry,
            pdf_href: None,
        },
    ]
}

fn dossier_refused(lang: Lang, name: &str) -> DossierPage {
    DossierPage {
        open: Some(Verb::Delay),
        draft: ActionDraft { reason: s(name), new_due_on: s("2026-11-24"), ..ActionDraft::default() },
        errors: vec![
            FieldError { field: "reason", message: s("Viết lý do để người nộp hiểu.") },
            FieldError { field: "new_due_on", message: s("24/11/2026 là ngày nghỉ.") },
        ],
        ..dossier(lang, name)
    }
}

fn dossier_new(lang: Lang, name: &str) -> DossierPage {
    DossierPage {
        applicant: ApplicantView { name: s(name), ..ApplicantView::default() },
        officer: None,
        flags: Vec::new(),
        dates: DatesView { received: s("09:12 thứ Hai 09/11/2026"), ..DatesView::default() },
        status: Status { standing: Standing::NoPromise, remaining: None, by_law: None },
        ledger: None,
        sub_deadlines: Vec::new(),
        requests_before: 0,
        unanswered: Vec::new(),
        messages: Vec::new(),
        papers: Vec::new(),
        actions: Vec::new(),
        ..dossier(lang, name)
    }
}

fn receipt(lang: Lang, name: &str) -> ReceiptPage {
    ReceiptPage {
        c: ctx(lang, "/ho-so/H38.12-261109-0021/bien-nhan"),
        superior: s("Ủy ban nhân dân xã Mường Khương"),
        issuing: vec![s("Trung tâm Phục vụ"), s("hành chính công")],
        place: s("Mường Khương"),
        dated: s("ngày 09 tháng 11 năm 2026"),
        code: s("H38.12-261109-0021"),
        procedure: s("Xác nhận tình trạng hôn nhân"),
        procedure_code: s("1.004873"),
        applicant: s(name),
        address: s("Thôn Sả Hồ, xã Mường Khương, tỉnh Lào Cai"),
        phone: s("0912 345 678"),
        email: s("hung@example.vn"),
        limit: s("5 ngày làm việc theo quy định; cơ quan cam kết 3 ngày làm việc"),
        received: s("09 giờ 12 phút, ngày 09/11/2026"),
        due: Some(s("17 giờ 00 phút, thứ Năm ngày 12/11/2026")),
        provisional: true,
        channel: Channel::Counter,
        papers: vec![format!("{name} (2 bản sao)"), s("Tờ khai (bản chính)")],
        representative: Some(format!("{name}, 0912 345 678")),
        received_by: s("Lý Văn Páo"),
        centre_phone: s("0214 388 1234"),
        lookup_url: s("http://127.0.0.1:8080/tra-cuu/k3x9"),
        qr_svg: s(
            r#"<svg viewBox="0 0 5 5" width="80" height="80" role="img" aria-label="QR"><path d="M0 0h2v2H0zM3 0h2v2H3zM0 3h2v2H0zM3 3h1v1H3z"/></svg>"#,
        ),
    }
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
    }
}

fn count(n: u64) -> Count {
    Count { n, href: s("/ho-so?tu=2026-11-01&den=2026-11-17&nhom=x") }
}

fn resolved() -> ResolvedView {
    ResolvedView {
        total: count(553),
        early: count(401),
        on_time: count(138),
        late: count(14),
        late_with_apology: count(14),
        late_without_apology: count(0),
        no_promise: count(0),
    }
}

fn summary(lang: Lang) -> SummaryPage {
    let rate = |kind, of, total, percent: Option<&str>| RateView {
        kind,
        of: count(of),
        total: count(total),
        percent: percent.map(s),
    };
    let on_time = [9612, 9580, 9431, 9655, 9702, 9688, 9540, 9611, 9720, 9755, 9698, 9734];
    let online = [5210, 5530, 5475, 6012, 6390, 6544, 6820, 7015, 7233, 7410, 7688, 7892];
    let trend = on_time.iter().zip(online).enumerate().map(|(at, (a, b))| TrendMonth {
        label: format!("{:02}/{}", (at + 11) % 12 + 1, if at == 0 { 25 } else { 26 }),
        on_time: (at != 3).then_some(*a),
        online: Some(b),
    });
    SummaryPage {
        c: ctx(lang, "/bao-cao"),
        from: s("2026-11-01"),
        to: s("2026-11-17"),
        as_of: String::new(),
        period: s("01/11/2026 – 17/11/2026"),
        cut: s("15:20 17/11/2026"),
        error: None,
        received: ReceivedView {
            total: count(701),
            online: count(431),
            counter: count(110),
            post: count(5),
            carried_over: count(155),
        },
        resolved: resolved(),
        in_progress: InProgressView {
            total: count(148),
            in_time: count(126),
            overdue: count(7),
            paused: count(12),
            no_promise: count(3),
        },
        rates: vec![
            rate(RateKind::OnTime, 539, 560, Some("96.25")),
            rate(RateKind::OnlineSubmission, 431, 546, Some("78.93")),
            rate(RateKind::FullOnline, 402, 488, Some("82.37")),
            rate(RateKind::EntirelyOnline, 377, 546, Some("69.04")),
            rate(RateKind::Apology, 14, 14, Some("100.00")),
        ],
        unapologised: count(2),
        statutory: StatutoryView { late: count(9), of: count(544), total: count(556), percent: Some(s("97.84")) },
        target: TargetView {
            measure: RateKind::EntirelyOnline,
            target: 8_000,
            actual: Some(7_893),
            met: Some(false),
            more_needed: 29,
            forecast: Some(8_021),
        },
        reception: ReceptionView { in_time: 3, late: 1, returned: 1, not_accepted: 2 },
        trend: trend.collect(),
    }
}

fn summary_empty(lang: Lang, name: &str) -> SummaryPage {
    let mut page = summary(lang);
    page.error = Some(s(name));
    page.target = TargetView { target: 8_000, ..TargetView::default() };
    page.trend.clear();
    for rate in &mut page.rates {
        rate.percent = None;
    }
    page
}

fn limit_rows(name: &str) -> Vec<LimitRow> {
    let row = |statutory, unit, channel, could_cut| LimitRow {
        code: s("1.012753"),
        name: s(name),
        channel,
        unit,
        statutory,
        commitment: None,
        committed_cut: None,
        is_cut: false,
        cases: count(412),
        censored: count(31),
        median: Some(6),
        p90: Some(11),
        shortest: Some(13),
        shortest_late: Some(s("4.82")),
        possible: Some(s("35.00")),
        could_cut,
    };
    let cut = LimitRow {
        commitment: Some((14, LimitUnit::WorkingDay)),
        committed_cut: Some(s("30.00")),
        is_cut: true,
        ..row(20, LimitUnit::WorkingDay, Some(Channel::Online), Some(true))
    };
    let same_day = LimitRow {
        censored: count(0),
        median: Some(0),
        p90: Some(1),
        shortest: Some(2),
        possible: None,
        ..row(0, LimitUnit::SameDay, None, Some(false))
    };
    let silent = LimitRow {
        commitment: Some((30, LimitUnit::WorkingHour)),
        median: None,
        p90: None,
        shortest: None,
        shortest_late: None,
        possible: None,
        ..row(5, LimitUnit::CalendarDay, None, None)
    };
    vec![cut, same_day, silent]
}

fn time_limits(lang: Lang, name: &str) -> TimeLimitsPage {
    TimeLimitsPage {
        c: ctx(lang, "/bao-cao/thoi-han"),
        pager: pager("/bao-cao/thoi-han"),
        from: s("2025-11-25"),
        to: s("2026-11-24"),
        as_of: String::new(),
        late_share: s("5"),
        sorts: choices(&["Cắt được nhiều nhất", "Nhiều hồ sơ nhất"]),
        shows: choices(&["Có hồ sơ trong kỳ", "Tất cả"]),
        period: s("25/11/2025 – 24/11/2026"),
        cut_at: s("15:20 24/11/2026"),
        error: None,
        cut: 41,
        total: 226,
        without_limit: 2,
        percent: Some(s("18.14")),
        met: Some(false),
        cut_percent: s("30.00"),
        procedures_percent: s("30.00"),
        late_percent: s("5.00"),
        min_cases: 30,
        reachable: 78,
        rows: limit_rows(name),
    }
}

fn time_limits_empty(lang: Lang, name: &str) -> TimeLimitsPage {
    TimeLimitsPage {
        error: Some(s(name)),
        late_share: s(name),
        percent: None,
        met: None,
        rows: Vec::new(),
        ..time_limits(lang, name)
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

fn citizen(lang: Lang, name: &str, state: CitizenState) -> CitizenPage {
    let rescheduled = state == CitizenState::Rescheduled;
    CitizenPage {
        c: Ctx { user: None, ..ctx(lang, "/tra-cuu/k3x9") },
        supplement_by: (state == CitizenState::WaitingForYou).then(|| s("17:00 thứ Ba 24/11/2026")),
        initials: s("N.V.H."),
        code: s("H38.12-261109-0021"),
        procedure: s("Xác nhận tình trạng hôn nhân"),
        state,
        received: s("09:12 thứ Hai 09/11/2026"),
        due: (state != CitizenState::NoPromise).then(|| s("17:00 thứ Năm 12/11/2026")),
        new_due: rescheduled.then(|| s("17:00 thứ Tư 18/11/2026")),
        provisional: rescheduled,
        reason: rescheduled.then(|| s(name)),
        history: vec![
            (s("09:12 09/11/2026"), EventKind::Received),
            (s("17:05 12/11/2026"), EventKind::Rescheduled),
            (s("17:06 12/11/2026"), EventKind::LetterIssued),
        ],
        ledger: Some(promise_view(lang, name)),
        letters: proof::citizen_letters(rescheduled),
        unit: s("Phòng Văn hóa - Xã hội"),
        in_charge: None,
        late: rescheduled || state == CitizenState::Overdue,
        said: Vec::new(),
        here: s("/tra-cuu/k3x9"),
        open: None,
        draft: SayingDraft::default(),
        errors: Vec::new(),
        centre_phone: s("0214 388 1234"),
        centre_address: s("Trung tâm Phục vụ hành chính công xã Mường Khương, tỉnh Lào Cai"),
        office_hours: s("thứ Hai đến thứ Sáu, 07:30–11:30 và 13:30–17:00"),
    }
}

fn submission_status(lang: Lang, note: &str, state: SubmissionStatus) -> SubmissionStatusPage {
    let waits = matches!(state, SubmissionStatus::Waiting | SubmissionStatus::Late);
    SubmissionStatusPage {
        c: Ctx { user: None, ..ctx(lang, "/tra-cuu/k3x9") },
        initials: s("N.V.H."),
        code: s("H38.12-261117-0031"),
        procedure: s("Xác nhận tình trạng hôn nhân"),
        state,
        submitted: s("10:00 thứ Ba 17/11/2026"),
        due: waits.then(|| s("10:30 thứ Tư 18/11/2026")),
        note: (!waits).then(|| s(note)),
        history: vec![
            (s("10:00 17/11/2026"), EventKind::SubmittedOnline),
            (s("14:00 17/11/2026"), EventKind::SentBack),
        ],
        centre_phone: s("0214 388 1234"),
        centre_address: s("Trung tâm Phục vụ hành chính công xã Mường Khương, tỉnh Lào Cai"),
        office_hours: s("thứ Hai đến thứ Sáu, 07:30–11:30 và 13:30–17:00"),
    }
}

fn submissions(lang: Lang, name: &str) -> SubmissionsPage {
    let counts = [4, 1, 2];
    let chips = SubmissionFilter::ALL.iter().zip(counts).map(|(key, count)| Chip {
        key: *key,
        count,
        href: format!("/truc-tuyen?state={}", key.code()),
        current: *key == SubmissionFilter::Waiting,
    });
    let rows = [
        (Standing::Overdue, "quá 30 phút làm việc", name),
        (Standing::Today, "còn 1 giờ làm việc", "Giàng Thị Mỷ"),
        (Standing::Tomorrow, "còn 6 giờ làm việc", "Lù Seo Chúng"),
        (Standing::WaitingApplicant, "chờ từ 16/11/2026", "Giàng Thị Mỷ"),
    ];
    let row = |(at, (standing, remaining, applicant)): (usize, &(Standing, &str, &str))| SubmissionRow {
        code: format!("H38.12-261117-{:04}", 31 + at),
        procedure: s("Cấp bản sao trích lục hộ tịch, bản sao Giấy khai sinh"),
        applicant: s(applicant),
        submitted: s("10:00 17/11/2026"),
        due: s("10:30 18/11/2026"),
        status: Status { standing: *standing, remaining: Some(s(remaining)), by_law: None },
        verbs: vec![SubmissionVerb::Accept, SubmissionVerb::SendBack, SubmissionVerb::Decline],
    };
    SubmissionsPage {
        c: ctx(lang, "/truc-tuyen"),
        chips: chips.collect(),
        state: s("waiting"),
        q: String::new(),
        total: 4,
        late: 1,
        rows: rows.iter().enumerate().map(row).collect(),
        pager: pager("/truc-tuyen?state=waiting&cursor=60"),
    }
}

fn submission(lang: Lang, name: &str) -> SubmissionPage {
    SubmissionPage {
        c: ctx(lang, "/truc-tuyen/H38.12-261117-0031"),
        code: s("H38.12-261117-0031"),
        version: 2,
        procedure_code: s("1.004873"),
        procedure: s("Xác nhận tình trạng hôn nhân"),
        unit: s("Phòng Văn hóa - Xã hội"),
        applicant: ApplicantView { name: s(name), phone: s("0912 345 678"), ..ApplicantView::default() },
        flags: vec![Flag::PaidOnline],
        status: Status { standing: Standing::Tomorrow, remaining: Some(s("còn 4 giờ làm việc")), by_law: None },
        submitted: s("10:00 thứ Ba 17/11/2026"),
        counted_from: Some(s("14:00 thứ Ba 17/11/2026")),
        due: s("15:00 thứ Tư 18/11/2026"),
        basis: s("điểm c khoản 2 Điều 17 Nghị định số 118/2025/NĐ-CP"),
        note: Some(s(name)),
        promise: Some(s("17:00 thứ Sáu 20/11/2026")),
        history: vec![
            (s("10:00 17/11/2026"), EventKind::SubmittedOnline),
            (s("11:00 17/11/2026"), EventKind::SentBack),
        ],
        messages: dossier_messages(name),
        actions: SubmissionVerb::ALL.to_vec(),
        open: None,
        draft: String::new(),
        errors: Vec::new(),
        dossier_href: None,
        citizen_href: s("/tra-cuu/k3x9"),
    }
}

fn submission_refused(lang: Lang, name: &str) -> SubmissionPage {
    SubmissionPage {
        open: Some(SubmissionVerb::SendBack),
        draft: s(name),
        errors: vec![FieldError { field: "note", message: s("Bắt buộc: hãy nhập giá trị này.") }],
        dossier_href: Some(s("/ho-so/H38.12-261117-0031")),
        ..submission(lang, name)
    }
}

fn calendar(lang: Lang, name: &str) -> CalendarPage {
    let off = |day: NaiveDate| {
        [(1, 1), (2, 16), (2, 17), (2, 18), (2, 19), (2, 20), (4, 30), (5, 1), (9, 2), (11, 24)]
            .contains(&(day.month(), day.day()))
    };
    let months = (1..=12).filter_map(|m| {
        MonthView::build(2026, m, |day| match day.weekday() {
            _ if off(day) => (DayMark::Holiday, s("Nghỉ lễ")),
            Weekday::Sat if day.day() == 22 && m == 8 => (DayMark::MakeUp, s("Làm bù")),
            Weekday::Sat | Weekday::Sun => (DayMark::Weekend, String::new()),
            Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => (DayMark::Plain, String::new()),
        })
    });
    let day = |date: &str, iso: &str, name: &str, kind, basis: Option<&str>| SpecialDay {
        date: s(date),
        iso: s(iso),
        kind,
        name: s(name),
        basis: basis.map(s),
        confirmed: basis.is_some(),
        decision: s(name),
        entered_by: s(name),
        approved_by: s("giamdoc"),
    };
    let version = |version, approved_by: &str| VersionRow {
        version,
        made: s("09:00 23/11/2026"),
        decision: s(name),
        entered_by: s(name),
        approved_by: s(approved_by),
    };
    CalendarPage {
        c: ctx(lang, "/lich?nam=2026"),
        year: 2026,
        months: months.collect(),
        days: vec![
            day("thứ Năm 01/01/2026", "2026-01-01", name, DayKind::Holiday, Some("Bộ luật Lao động, Điều 112")),
            day("thứ Bảy 22/08/2026", "2026-08-22", name, DayKind::SwappedWorking, None),
            day("thứ Ba 24/11/2026", "2026-11-24", name, DayKind::Holiday, Some("Nghị quyết 28/2026/QH16")),
        ],
        published: false,
        doubtful: true,
        version: s("2"),
        hours: vec![s("thứ Hai đến thứ Sáu 07:30–11:30, 13:30–17:00")],
        working_days: 251,
        versions: vec![version(2, "giamdoc"), version(1, "")],
        edit: None,
    }
}

fn calendar_edited(lang: Lang, name: &str, open: OpenForm) -> CalendarPage {
    let error = |field| FieldError { field, message: s(name) };
    let day = DayInput {
        date: s(name),
        kinds: vec![Choice::new("holiday", name, "")],
        name: s(name),
        basis: s(name),
        confidence: vec![Choice::new("confirmed", name, "confirmed")],
        decision: s(name),
    };
    let swap = SwapInput { off: s(name), worked: s(name), confidence: day.confidence.clone(), decision: s(name) };
    let errors = ["date", "name", "decision", "off", "worked", "file"].map(error).to_vec();
    let edit = EditForms { open, day, swap, file_decision: s(name), errors, rejected: vec![s(name)], four_eyes: true };
    CalendarPage { edit: Some(edit), published: true, ..calendar(lang, name) }
}

fn calendar_change(lang: Lang, name: &str, proposal: Option<&str>) -> CalendarChangePage {
    let row = |effect| EffectRow {
        code: s("H38.19-261123-0001"),
        procedure: s(name),
        was: s("17:00 thứ Tư 25/11/2026"),
        effect,
        new_date: Some((s("17:00 thứ Năm 26/11/2026"), s("17:00 thứ Sáu 27/11/2026"))),
    };
    let later = Effect::Later(s("17:00 thứ Sáu 27/11/2026"));
    CalendarChangePage {
        c: ctx(lang, "/lich/xem-truoc"),
        decision: s(name),
        year: 2026,
        days: vec![ChangedDay { date: s("25/11/2026"), before: String::new(), after: s(name) }],
        warnings: vec![s(name)],
        open: 12_480,
        later: 310,
        stays: 2,
        waits: 14,
        new_dates: 1,
        touched: 327,
        rows: [later, Effect::Stays, Effect::Waits, Effect::Unchanged].map(row).to_vec(),
        from: 51,
        to: 54,
        previous: Some(0),
        next: Some(54),
        change: proposal.is_none().then(|| s(name)),
        proposal: proposal.map(s),
        four_eyes: true,
    }
}

fn agency(lang: Lang, name: &str) -> AgencyPage {
    let person = |name: &str, role, away: bool| PersonView {
        name: s(name),
        role,
        email: s("canbo@example.vn"),
        stand_in: away.then(|| s("Lý Văn Páo")),
        away: away.then(|| s("đến 30/11/2026")),
        open_dossiers: 42,
    };
    AgencyPage {
        may_change: true,
        c: ctx(lang, "/don-vi"),
        code: s("H38.12"),
        superior: s("UBND tỉnh Lào Cai"),
        address: s("Thôn Sả Hồ, xã Mường Khương, tỉnh Lào Cai"),
        phone: s("0214 388 1234"),
        email: s("muongkhuong@example.vn"),
        hours: vec![s("thứ Hai đến thứ Sáu 07:30–11:30, 13:30–17:00")],
        units: vec![
            UnitView {
                code: s("TTPVHCC"),
                name: s("Trung tâm Phục vụ hành chính công"),
                sectors: s(name),
                supervisor: Some(s(name)),
                officer: None,
                people: vec![person("Lý Văn Páo", Role::Clerk, false), person(name, Role::Supervisor, true)],
            },
            UnitView {
                code: s("PVHXH"),
                name: s("Phòng Văn hóa - Xã hội"),
                sectors: String::new(),
                supervisor: None,
                officer: Some(s(name)),
                people: vec![person("Nguyễn Thị Hạnh", Role::Officer, false)],
            },
            UnitView {
                code: s("PKT"),
                name: s("Phòng Kinh tế"),
                sectors: String::new(),
                supervisor: None,
                officer: None,
                people: Vec::new(),
            },
        ],
    }
}

fn error(lang: Lang, name: &str, problem: Problem) -> ErrorPage {
    ErrorPage {
        c: ctx(lang, "/x"),
        problem,
        detail: (problem == Problem::Conflict).then(|| s(name)),
        request_id: (problem == Problem::Broken).then(|| s("01998f3a")),
        back: (problem == Problem::Conflict).then(|| s("/ho-so/H38.12-261109-0021")),
    }
}
