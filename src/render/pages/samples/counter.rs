//! The counter: the queue, the form, the receipt.

use askama::Template;

use super::{choices, ctx, s};
use crate::render::pages::ctx::{Ctx, Flash, FlashKind, Lang};
use crate::render::pages::form::{Chip, FieldError};
use crate::render::pages::intake::{
    ApplicantOptions, Earlier, EarlierApplicant, Flag, IntakeInput, IntakePage, Left, ProcedureOption, ProcedureOptions,
};
use crate::render::pages::queue::{QueuePage, QueueRow, QueueState, QueueTools, SavedLink};
use crate::render::pages::receipt::ReceiptPage;
use crate::render::pages::several::Act;
use crate::render::pages::words::{ByLaw, Channel, Standing, Status};

pub fn all(lang: Lang, name: &str, add: &mut dyn FnMut(&str, askama::Result<String>)) {
    add("queue", queue(lang, name).render());
    add("queue-empty", QueuePage { rows: Vec::new(), next: None, ..queue(lang, name) }.render());
    add("queue-unmatched", QueuePage { rows: Vec::new(), next: None, q: s(name), ..queue(lang, name) }.render());
    add("intake", intake(lang, name).render());
    add("options", ApplicantOptions { options: vec![earlier_applicant(name)] }.render());
    add("intake-errors", intake_refused(lang, name).render());
    add("options", options(lang, name).render());
    add("receipt", receipt(lang, name).render());
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
    page.earlier = Some(Earlier::Found(vec![earlier_applicant(name)]));
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
