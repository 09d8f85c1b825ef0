//! The sentences about letters: those that go with one, and those about one that waits for its signature.

use super::facts::{LetterNews, MailFacts};
use super::wording::{
    Message, applicant, cited, citizen, code, contact, framed, moment, official, procedure, received, row, rows,
    trouble, unit,
};
use crate::render::dates::visit_moment;

/// The words of a kind of this file; `None` for another kind, or without the letter it speaks of.
pub fn message(facts: &MailFacts) -> Option<Message> {
    Some(match facts.kind.as_str() {
        "late-result" => late_result(facts, facts.letter.as_ref()?),
        "loss" => loss(facts, facts.letter.as_ref()?),
        "second-miss" => second_miss(facts, facts.letter.as_ref()?),
        "delay-notice" => delay_notice(facts),
        "signature-due" => signature_due(facts),
        "unsigned" => unsigned(facts),
        "letter-refused" => letter_refused(facts),
        _ => return None,
    })
}

/// To the applicant, with the result of a file that got no apology before.
fn late_result(facts: &MailFacts, news: &LetterNews) -> Message {
    Message {
        subject: format!("Xin lỗi vì trả kết quả muộn, hồ sơ {} đã có kết quả", facts.dossier_code),
        opening: vec![format!(
            "Hồ sơ dưới đây đã có kết quả, nhưng muộn hơn thời hạn đã hẹn. {} chân thành xin lỗi {}. {}",
            facts.agency_name,
            facts.salutation,
            trouble(facts)
        )],
        rows: rows([
            code(facts),
            procedure(facts),
            received(facts),
            moment("Đã hẹn trả kết quả", facts.due_at),
            moment("Có kết quả", news.result_at),
            row("Lý do chậm", &facts.reason),
        ]),
        closing: closing(facts, format!("{} có thể đến nhận kết quả theo cách đã đăng ký.", facts.salutation)),
        ..citizen(facts)
    }
}

/// To the applicant, when the office lost or spoiled something.
fn loss(facts: &MailFacts, news: &LetterNews) -> Message {
    let you = &facts.salutation;
    let free = format!("Mọi chi phí khắc phục do cơ quan chịu; {you} không phải nộp thêm khoản nào.");
    let told = match facts.new_due_at {
        Some(at) => format!("{you} vui lòng nhận kết quả vào {}. {free}", visit_moment(at)),
        None => free,
    };
    Message {
        subject: format!("Xin lỗi về sự việc xảy ra với hồ sơ {}", facts.dossier_code),
        opening: vec![format!(
            "{} chân thành xin lỗi {you} về sự việc dưới đây, do lỗi của cơ quan.",
            facts.agency_name
        )],
        rows: rows([
            code(facts),
            procedure(facts),
            received(facts),
            row("Sự việc", &news.what_happened),
            moment("Hẹn lại", facts.new_due_at),
        ]),
        closing: closing(facts, told),
        ..citizen(facts)
    }
}

/// To the applicant, when the new date was missed: no further date, but a person.
fn second_miss(facts: &MailFacts, news: &LetterNews) -> Message {
    let you = &facts.salutation;
    let told = format!(
        "Ngày trả kết quả chỉ được hẹn lại một lần{}, nên chúng tôi không hẹn thêm ngày khác. Việc này đã được báo \
         cáo lãnh đạo; {you} sẽ được báo ngay khi có kết quả.",
        cited(facts)
    );
    Message {
        subject: format!("Xin lỗi vì lỡ hẹn lần thứ hai, hồ sơ {}", facts.dossier_code),
        opening: vec![format!(
            "{} chân thành xin lỗi {you}: hồ sơ dưới đây đã được hẹn lại một lần và vẫn chưa có kết quả. {}",
            facts.agency_name,
            trouble(facts)
        )],
        rows: rows([
            code(facts),
            procedure(facts),
            received(facts),
            moment("Hẹn trả ban đầu", facts.due_at),
            moment("Đã hẹn lại", facts.new_due_at),
            row("Lý do chậm", &facts.reason),
            row("Người chịu trách nhiệm", &news.person_in_charge),
            row("Liên hệ", &news.person_contact),
        ]),
        closing: closing(facts, told),
        ..citizen(facts)
    }
}

/// To the applicant, while the letter is not signed yet: no number, no date.
fn delay_notice(facts: &MailFacts) -> Message {
    let follows = match facts.new_due_at {
        None => "Phiếu xin lỗi có chữ ký, ghi ngày hẹn mới, sẽ được gửi tiếp.",
        Some(_) => {
            "Phiếu xin lỗi có chữ ký sẽ được gửi tiếp; hồ sơ chỉ được hẹn lại một lần nên không có thêm ngày hẹn."
        }
    };
    Message {
        subject: format!("Hồ sơ {} không kịp thời hạn đã hẹn", facts.dossier_code),
        opening: vec![format!(
            "{} xin lỗi {} và xin báo trước: hồ sơ dưới đây không có kết quả kịp thời hạn đã hẹn.",
            facts.agency_name, facts.salutation
        )],
        rows: rows([
            code(facts),
            procedure(facts),
            received(facts),
            moment("Đã hẹn trả kết quả", facts.new_due_at.or(facts.due_at)),
            row("Lý do chậm", &facts.reason),
        ]),
        closing: vec![follows.to_owned(), contact(facts)],
        ..citizen(facts)
    }
}

/// To who signs for the unit.
fn signature_due(facts: &MailFacts) -> Message {
    Message {
        subject: format!("Chờ ký phiếu xin lỗi, hồ sơ {}", facts.dossier_code),
        opening: vec!["Phiếu dưới đây đã được dự thảo và chờ đồng chí ký, sửa hoặc từ chối.".to_owned()],
        rows: about(facts, "Phiếu"),
        closing: vec![
            "Đến thời điểm phải ký mà phiếu chưa được ký, người nộp hồ sơ vẫn nhận thông báo chậm trễ và lãnh đạo \
             được báo cáo."
                .to_owned(),
        ],
        ..to_the_tray(facts)
    }
}

/// To the manager: the legal moment passed.
fn unsigned(facts: &MailFacts) -> Message {
    Message {
        subject: format!("Phiếu xin lỗi chưa được ký khi đến hạn, hồ sơ {}", facts.dossier_code),
        opening: vec![format!(
            "Đã đến thời điểm phải báo cho người nộp hồ sơ{} mà phiếu dưới đây chưa được ký.",
            cited(facts)
        )],
        rows: about(facts, "Phiếu"),
        closing: vec![
            "Nếu là phiếu báo chậm, người nộp hồ sơ đã nhận một thông báo ngắn, không có ngày hẹn, và còn chờ phiếu có \
             chữ ký. Đề nghị đồng chí ký thay hoặc chỉ đạo ký ngay."
                .to_owned(),
        ],
        ..to_the_tray(facts)
    }
}

/// To the officer: the draft came back.
fn letter_refused(facts: &MailFacts) -> Message {
    Message {
        subject: format!("Phiếu xin lỗi không được ký, hồ sơ {}", facts.dossier_code),
        opening: vec!["Phiếu của hồ sơ dưới đây bị trả lại, chưa được ký.".to_owned()],
        rows: about(facts, "Lý do trả lại"),
        closing: vec!["Đề nghị đồng chí báo lại trên trang hồ sơ để phiếu được dự thảo lại và kịp ký.".to_owned()],
        ..official(facts)
    }
}

fn about(facts: &MailFacts, label: &str) -> Vec<super::wording::Row> {
    rows([
        code(facts),
        procedure(facts),
        applicant(facts),
        unit(facts),
        received(facts),
        moment("Hẹn trả kết quả", facts.due_at),
        row(label, &facts.reason),
    ])
}

fn to_the_tray(facts: &MailFacts) -> Message {
    framed(facts, &format!("Kính gửi đồng chí {},", facts.recipient_name), "Mở khay chờ ký")
}

fn closing(facts: &MailFacts, told: String) -> Vec<String> {
    let mut closing = vec![told];
    if let Some(file) = &facts.attachment {
        closing.push(format!("Phiếu xin lỗi được gửi kèm thư này (tệp {file})."));
    }
    closing.push(contact(facts));
    closing
}
