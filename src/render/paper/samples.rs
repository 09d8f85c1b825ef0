//! A likely form of each kind, and one with the worst that a text can hold. Nobody real.

use chrono::{NaiveDate, NaiveDateTime};

use super::facts::{Frame, Party, ReceiptFacts, RefusalFacts, Signature, StopFacts, SupplementFacts};
use super::listed::{RegisterFacts, RegisterRow, SlipFacts, SlipRow};
use crate::render::letter::{Dressing, LetterFacts};

fn at(day: u32, hour: u32, minute: u32) -> NaiveDateTime {
    let on = NaiveDate::from_ymd_opt(2026, 12, day).unwrap_or_default();
    on.and_hms_opt(hour, minute, 0).unwrap_or_default()
}

fn frame(number: &str) -> Frame {
    let letter = LetterFacts::sample();
    Frame {
        dressing: Dressing::default(),
        superior_body: letter.superior_body,
        issuing_body: letter.issuing_body,
        issuer_name: letter.issuer_name,
        number: number.to_owned(),
        place: letter.place,
        issued_on: letter.issued_on,
        dossier_code: letter.dossier_code,
        contact: letter.contact,
        status_url: letter.status_url,
    }
}

fn bad_frame(text: &str) -> Frame {
    Frame {
        superior_body: text.to_owned(),
        issuing_body: vec![text.to_owned()],
        issuer_name: text.to_owned(),
        number: text.chars().take(40).collect(),
        place: text.chars().take(60).collect(),
        dossier_code: text.to_owned(),
        contact: text.to_owned(),
        status_url: Some(text.to_owned()),
        ..frame("")
    }
}

fn party() -> Party {
    let letter = LetterFacts::sample();
    Party {
        salutation: letter.salutation,
        name: letter.applicant_name,
        address: letter.applicant_address,
        phone: letter.applicant_phone,
        email: letter.applicant_email,
    }
}

fn bad_party(text: &str) -> Party {
    let bad = || text.to_owned();
    Party { salutation: text.chars().take(20).collect(), name: bad(), address: bad(), phone: bad(), email: bad() }
}

const PROCEDURE: &str = "Cấp Giấy xác nhận tình trạng hôn nhân";

pub fn receipt() -> ReceiptFacts {
    ReceiptFacts {
        frame: frame("128/TNHS"),
        applicant: party(),
        procedure_name: PROCEDURE.to_owned(),
        procedure_code: "1.004873".to_owned(),
        documents: ["Tờ khai (bản chính)", "Giấy tờ chứng minh nơi cư trú (bản sao)"].map(str::to_owned).to_vec(),
        channel: "Trực tiếp".to_owned(),
        limit: "3 ngày làm việc".to_owned(),
        received_at: at(4, 8, 15),
        due_at: Some(at(9, 17, 0)),
        provisional: false,
        return_place: "Trung tâm Phục vụ hành chính công xã Mẫu".to_owned(),
        book: "2026".to_owned(),
        line: "128".to_owned(),
        received_by: "Phạm Thị Thí Dụ".to_owned(),
    }
}

pub fn hostile_receipt(text: &str) -> ReceiptFacts {
    let bad = || text.to_owned();
    ReceiptFacts {
        frame: bad_frame(text),
        applicant: bad_party(text),
        procedure_name: bad(),
        procedure_code: bad(),
        documents: vec![bad(); 12],
        channel: bad(),
        limit: bad(),
        provisional: true,
        return_place: bad(),
        book: bad(),
        line: bad(),
        received_by: bad(),
        ..receipt()
    }
}

pub fn supplement() -> SupplementFacts {
    SupplementFacts {
        frame: frame("07/HDHS"),
        applicant: party(),
        procedure_name: PROCEDURE.to_owned(),
        items: ["Bản sao quyết định ly hôn đã có hiệu lực pháp luật", "Tờ khai ghi rõ mục đích sử dụng Giấy xác nhận"]
            .map(str::to_owned)
            .to_vec(),
        request: 1,
        asked_at: at(4, 10, 30),
        answer_by: Some(at(19, 23, 59)),
        officer: "Phạm Thị Thí Dụ".to_owned(),
        legal_basis: "khoản 5 Điều 19 Nghị định số 118/2025/NĐ-CP".to_owned(),
    }
}

pub fn hostile_supplement(text: &str) -> SupplementFacts {
    let bad = || text.to_owned();
    SupplementFacts {
        frame: bad_frame(text),
        applicant: bad_party(text),
        procedure_name: bad(),
        items: vec![bad(); 20],
        request: i32::MAX,
        officer: bad(),
        legal_basis: bad(),
        ..supplement()
    }
}

pub fn refusal() -> RefusalFacts {
    RefusalFacts {
        frame: frame("03/TCHS"),
        applicant: party(),
        procedure_name: PROCEDURE.to_owned(),
        received_at: at(2, 8, 15),
        refused_at: at(4, 15, 0),
        reason: "Người yêu cầu đã đăng ký thường trú ở xã khác; thẩm quyền thuộc Ủy ban nhân dân xã nơi thường trú."
            .to_owned(),
        officer: "Phạm Thị Thí Dụ".to_owned(),
    }
}

pub fn hostile_refusal(text: &str) -> RefusalFacts {
    let bad = || text.to_owned();
    RefusalFacts {
        frame: bad_frame(text),
        applicant: bad_party(text),
        procedure_name: bad(),
        reason: bad(),
        officer: bad(),
        ..refusal()
    }
}

fn signature() -> Signature {
    let letter = LetterFacts::sample();
    Signature { signer: letter.signer, recipients: letter.recipients }
}

pub fn stop() -> StopFacts {
    StopFacts {
        frame: frame("02/TB-TTPVHCC"),
        applicant: party(),
        procedure_name: PROCEDURE.to_owned(),
        received_at: at(1, 8, 15),
        stopped_at: at(4, 15, 0),
        reason: "Đã yêu cầu bổ sung ngày 18/11/2026; đến hết 23:59 ngày 03/12/2026 chưa nhận được.".to_owned(),
        legal_basis: "khoản 5 Điều 19 Nghị định số 118/2025/NĐ-CP".to_owned(),
        signature: signature(),
    }
}

pub fn hostile_stop(text: &str) -> StopFacts {
    let bad = || text.to_owned();
    let mut signature = signature();
    signature.signer.authority = bad();
    signature.signer.title = bad();
    signature.signer.name = bad();
    signature.recipients = vec![bad(); 5];
    StopFacts {
        frame: bad_frame(text),
        applicant: bad_party(text),
        procedure_name: bad(),
        reason: bad(),
        legal_basis: bad(),
        signature,
        ..stop()
    }
}

pub fn slip() -> SlipFacts {
    let row = |giver: &str, receiver: &str, at, result: &str, note: &str| SlipRow {
        giver: giver.to_owned(),
        receiver: receiver.to_owned(),
        at,
        result: result.to_owned(),
        note: note.to_owned(),
    };
    SlipFacts {
        frame: frame(""),
        applicant_name: party().name,
        procedure_name: PROCEDURE.to_owned(),
        lead_body: "Phòng Văn hóa - Xã hội".to_owned(),
        other_bodies: vec!["Ủy ban nhân dân xã Thí Dụ".to_owned()],
        received_at: at(1, 8, 15),
        due_at: Some(at(3, 17, 0)),
        new_due_at: Some(at(8, 17, 0)),
        rows: vec![
            row("Nguyễn Thị Ví Dụ (người nộp)", "Phạm Thị Thí Dụ", at(1, 8, 15), "", "Tiếp nhận hồ sơ"),
            row("Bộ phận một cửa", "Phòng Văn hóa - Xã hội", at(1, 10, 0), "Trước hạn", "Chuyển hồ sơ giấy"),
            row("Phòng Văn hóa - Xã hội", "Ủy ban nhân dân xã Thí Dụ", at(1, 14, 0), "", "Lấy ý kiến: xác minh"),
            row("Ủy ban nhân dân xã Thí Dụ", "Phòng Văn hóa - Xã hội", at(4, 9, 0), "Quá hạn", "Trả lời ý kiến"),
            row("Phòng Văn hóa - Xã hội", "Bộ phận một cửa", at(4, 11, 0), "Quá hạn", "Có kết quả"),
            row("Bộ phận một cửa", "Nguyễn Thị Ví Dụ (người nộp)", at(4, 14, 0), "", "Trả kết quả"),
        ],
    }
}

pub fn hostile_slip(text: &str) -> SlipFacts {
    let bad = || text.to_owned();
    let row = SlipRow { giver: bad(), receiver: bad(), at: at(1, 8, 0), result: bad(), note: bad() };
    SlipFacts {
        frame: bad_frame(text),
        applicant_name: bad(),
        procedure_name: bad(),
        lead_body: bad(),
        other_bodies: vec![bad(); 5],
        rows: vec![row; 60],
        ..slip()
    }
}

pub fn register() -> RegisterFacts {
    let row = |number: u64| RegisterRow {
        number,
        code: format!("000.00.15.H00-261204-{number:04}"),
        procedure: PROCEDURE.to_owned(),
        applicant: party().name,
        address: party().address,
        phone: party().phone,
        body: "Phòng Văn hóa - Xã hội".to_owned(),
        received: RegisterRow::moment(at(4, 8, 15)),
        due: RegisterRow::moment(at(9, 17, 0)),
        handed_over: RegisterRow::moment(at(4, 10, 0)),
        resolved: RegisterRow::moment(at(9, 9, 0)),
        returned: if number.is_multiple_of(2) { String::new() } else { RegisterRow::moment(at(9, 10, 30)) },
        channel: "Trực tiếp".to_owned(),
        note: if number.is_multiple_of(5) { "Hẹn lại 14/12/2026".to_owned() } else { String::new() },
    };
    RegisterFacts {
        frame: Frame { dossier_code: String::new(), status_url: None, ..frame("") },
        from: at(1, 0, 0).date(),
        to: at(31, 0, 0).date(),
        rows: (1..=60).map(row).collect(),
    }
}

pub fn hostile_register(text: &str) -> RegisterFacts {
    let bad = || text.to_owned();
    let row = RegisterRow {
        number: u64::MAX,
        code: bad(),
        procedure: bad(),
        applicant: bad(),
        address: bad(),
        phone: bad(),
        body: bad(),
        received: bad(),
        due: bad(),
        handed_over: bad(),
        resolved: bad(),
        returned: bad(),
        channel: bad(),
        note: bad(),
    };
    RegisterFacts { frame: Frame { status_url: None, ..bad_frame(text) }, rows: vec![row; 6], ..register() }
}
