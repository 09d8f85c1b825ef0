//! What a citizen sees, and online files before they are dossiers.

use askama::Template;

use super::dossier::{dossier_messages, promise_view};
use super::{ctx, pager, s};
use crate::render::pages::citizen::{CitizenPage, CitizenState, SayingDraft};
use crate::render::pages::ctx::{Ctx, Lang};
use crate::render::pages::dossier::ApplicantView;
use crate::render::pages::form::{Chip, FieldError};
use crate::render::pages::intake::Flag;
use crate::render::pages::submission::{SubmissionPage, SubmissionVerb};
use crate::render::pages::submission_status::{SubmissionStatus, SubmissionStatusPage};
use crate::render::pages::submissions::{SubmissionFilter, SubmissionRow, SubmissionsPage};
use crate::render::pages::words::{EventKind, Standing, Status};

pub fn all(lang: Lang, name: &str, add: &mut dyn FnMut(&str, askama::Result<String>)) {
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
    let narrowed = Some(s(name));
    add("submissions-narrowed", SubmissionsPage { narrowed, chips: Vec::new(), ..submissions(lang, name) }.render());
    add("submissions-empty", SubmissionsPage { rows: Vec::new(), late: 0, ..submissions(lang, name) }.render());
    add("submission", submission(lang, name).render());
    add("submission-refused", submission_refused(lang, name).render());
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

pub(super) fn citizen(lang: Lang, name: &str, state: CitizenState) -> CitizenPage {
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
        letters: super::proof::citizen_letters(rescheduled),
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
        narrowed: None,
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
