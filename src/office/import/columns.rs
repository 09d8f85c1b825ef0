//! A table that nobody described yet: its columns with samples, and what each is likely to hold, by its
//! name in a Vietnamese register or at the national portal, else by what stands in it.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use crate::delivery::is_address;
use crate::domain::channel::Channel;
use crate::domain::code::DossierCode;
use crate::domain::dossier::Outcome;
use crate::domain::problem::{FieldError, FileProblem};
use crate::office::intake::nfc;
use crate::office::{OfficeError, OfficeResult};
use crate::store::search_key::search_key;

use super::mapping::Field;
use super::source::{self, Cell, RawRow, TITLE_ROWS};

/// Rows that are looked at.
const LOOKED_AT: usize = 2_000;
/// Different values of a column that are shown.
const SAMPLES: usize = 4;
/// Different words of a column that can be mapped one by one.
const WORDS: usize = 24;
/// Characters of a value that are shown.
const SHOWN: usize = 60;

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub samples: Vec<String>,
    /// Its different words, when there are few.
    pub words: Vec<String>,
    pub likely: Option<Field>,
}

/// What the names of columns are called elsewhere, without marks, spaces and signs. Field names of the
/// national portal first (`/nps/syncdossier`), then headers of provincial exports.
const NAMES: &[(Field, &[&str])] = &[
    (Field::Code, &["mahoso", "code", "sohoso", "mabiennhan", "sobiennhan", "mahosodonvi"]),
    (Field::ProcedureCode, &["mattthc", "matthc", "mathutuc", "procedurecode", "mathutuchanhchinh", "mattch"]),
    (
        Field::ApplicantName,
        &[
            "chuhoso",
            "tenchuhoso",
            "hotenchuhoso",
            "applicantname",
            "nguoinop",
            "nguoinophoso",
            "tennguoinop",
            "hotennguoinop",
            "hoten",
            "hovaten",
            "tochuccanhan",
            "tentochuccanhan",
        ],
    ),
    (Field::ApplicantPhone, &["sodienthoai", "dienthoai", "sdt", "applicantphone", "phone", "didong"]),
    (Field::ApplicantEmail, &["email", "thudientu", "applicantemail"]),
    (Field::ApplicantAddress, &["diachi", "diachichuhoso", "applicantaddress", "diachilienhe", "noicutru"]),
    (Field::ContactWays, &["contactways", "muonnhantinqua", "nhantinqua"]),
    (
        Field::Channel,
        &["hinhthuc", "hinhthucnop", "hinhthuctiepnhan", "channel", "kenh", "kenhtiepnhan", "nguontiepnhan", "kenhnop"],
    ),
    (
        Field::ReceivedAt,
        &["ngaytiepnhan", "receivedat", "ngaynhan", "ngaynhanhoso", "thoigiantiepnhan", "thoidiemtiepnhan", "tiepnhan"],
    ),
    (
        Field::DueAt,
        &[
            "ngayhentra",
            "dueat",
            "ngayhentraketqua",
            "ngayhen",
            "henngaytra",
            "hentra",
            "hantra",
            "hanxuly",
            "hangiaiquyet",
        ],
    ),
    (
        Field::ResolvedAt,
        &["ngayketthucxuly", "resolvedat", "ngaycoketqua", "ngayxulyxong", "ngayhoanthanh", "ngayketthuc", "coketqua"],
    ),
    (Field::ReturnedAt, &["ngaytra", "returnedat", "ngaytraketqua", "thoigiantraketqua", "traketqua"]),
    (Field::Outcome, &["outcome", "ketqua", "ketquaxuly", "ketquagiaiquyet", "trangthaihoso", "trangthai"]),
    (Field::Unit, &["donvixuly", "unit", "donvigiaiquyet", "phongban", "phongbanxuly", "donvithuly", "donvi"]),
    (Field::Officer, &["nguoixuly", "officer", "canboxuly", "canbothuly", "chuyenvien", "canbo"]),
    (Field::PaperSupplement, &["papersupplement"]),
    (Field::PresenceRequired, &["presencerequired"]),
    (Field::FeeDue, &["feedue"]),
    (Field::PaidOnline, &["paidonline", "thanhtoantructuyen"]),
    (Field::CrossBoundary, &["crossboundary", "phidiagioi", "nopphidiagioi"]),
    (Field::EResult, &["eresult", "ketquadientu"]),
];

/// Looks at the columns of a file.
///
/// # Errors
/// When it is no table.
pub fn look<R: Read + Seek>(file: R) -> OfficeResult<Vec<Column>> {
    let mut rows: Vec<RawRow> = Vec::new();
    let read = source::raw(file, &|name| known(name).is_some(), &mut |row| {
        rows.push(row);
        if rows.len() > LOOKED_AT { Err(source::enough()) } else { Ok(()) }
    });
    source::until_enough(read)?;
    let top = rows.get(..rows.len().min(TITLE_ROWS + 1)).unwrap_or_default();
    let header = (0..top.len()).rev().max_by_key(|at| top.get(*at).map(header_likeness));
    let Some(header) = header else {
        return Err(FieldError::new("file", "", FileProblem::Empty).into());
    };
    let names: Vec<String> = rows.get(header).map(|row| row.cells.iter().map(text_of).collect()).unwrap_or_default();
    let below = rows.get(header + 1..).unwrap_or_default();
    let mut columns: Vec<Column> = Vec::new();
    for (place, name) in names.iter().enumerate() {
        // A column without a name cannot be named in a mapping; one that stands twice is told at the import.
        if !name.is_empty() && !columns.iter().any(|column| column.name == *name) {
            columns.push(column(name, place, below));
        }
    }
    if columns.is_empty() {
        return Err(OfficeError::from(FieldError::new("file", "", FileProblem::Empty)));
    }
    guess(&mut columns);
    Ok(columns)
}

/// Columns that are known first, then how many cells hold a text.
fn header_likeness(row: &RawRow) -> (usize, usize) {
    let texts: Vec<String> = row.cells.iter().map(text_of).filter(|text| !text.is_empty()).collect();
    (texts.iter().filter(|text| known(text).is_some()).count(), texts.len())
}

fn text_of(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => nfc(&text.split_whitespace().collect::<Vec<_>>().join(" ")),
        Cell::Moment(at) => at.to_string(),
        Cell::Empty | Cell::NotUtf8 | Cell::Wrong(_) => String::new(),
    }
}

fn column(name: &str, place: usize, rows: &[RawRow]) -> Column {
    let mut words: Vec<String> = Vec::new();
    for text in rows.iter().filter_map(|row| row.cells.get(place)).map(text_of).filter(|text| !text.is_empty()) {
        if words.len() <= WORDS && !words.contains(&text) {
            words.push(text);
        }
    }
    let samples = words.iter().take(SAMPLES).map(|text| text.chars().take(SHOWN).collect()).collect();
    if words.len() > WORDS {
        words.clear();
    }
    Column { name: name.to_owned(), samples, words, likely: None }
}

/// Each field once: by name, in the order of the names; the rest by content.
fn guess(columns: &mut [Column]) {
    let mut taken: Vec<Field> = Vec::new();
    for (field, names) in NAMES {
        let rank = |column: &Column| names.iter().position(|name| *name == plain(&column.name));
        let best = columns.iter_mut().filter(|column| column.likely.is_none() && rank(column).is_some());
        if let Some(column) = best.min_by_key(|column| rank(column)) {
            column.likely = Some(*field);
            taken.push(*field);
        }
    }
    for column in columns.iter_mut().filter(|column| column.likely.is_none()) {
        column.likely = content(&column.samples).filter(|field| !taken.contains(field));
        taken.extend(column.likely);
    }
}

/// What a column of this name holds elsewhere.
fn known(name: &str) -> Option<Field> {
    let name = plain(name);
    NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(field, _)| *field)
}

fn plain(name: &str) -> String {
    search_key(name).chars().filter(char::is_ascii_alphanumeric).collect()
}

/// What all samples are.
fn content(samples: &[String]) -> Option<Field> {
    let all = |is: fn(&str) -> bool| !samples.is_empty() && samples.iter().all(|text| is(text));
    if all(is_address) {
        Some(Field::ApplicantEmail)
    } else if all(is_procedure_code) {
        Some(Field::ProcedureCode)
    } else if all(|text| DossierCode::parse(text).is_ok() && text.contains('-')) {
        Some(Field::Code)
    } else if all(is_mobile) {
        Some(Field::ApplicantPhone)
    } else {
        None
    }
}

/// `1.004873`
fn is_procedure_code(text: &str) -> bool {
    text.split_once('.').is_some_and(|(left, right)| {
        left.len() == 1 && right.len() == 6 && [left, right].iter().all(|part| part.chars().all(|c| c.is_ascii_digit()))
    })
}

fn is_mobile(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (9..=12).contains(&digits) && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | ' ' | '.' | '-'))
}

/// What a word of another register has in it, and ours for it; the first that fits is meant.
type Translated = [(&'static [&'static str], &'static str)];

const CHANNELS: &Translated = &[
    (&["truc tuyen", "online", "qua mang", "dich vu cong", "dvc"], Channel::Online.as_str()),
    (&["buu chinh", "buu dien", "bcci", "post"], Channel::Post.as_str()),
    (&["truc tiep", "mot cua", "tai quay", "counter"], Channel::Counter.as_str()),
];

const OUTCOMES: &Translated = &[
    (&["tu choi", "khong du", "refus"], Outcome::Refused.as_str()),
    (&["rut", "withdraw"], Outcome::Withdrawn.as_str()),
    (&["dung", "huy", "stop"], Outcome::Stopped.as_str()),
    (&["dong y", "xong", "da tra", "hoan thanh", "co ket qua", "da cap", "grant"], Outcome::Granted.as_str()),
];

/// Our word for a word of another register, where it is plain which.
#[must_use]
pub fn likely_word(field: Field, theirs: &str) -> Option<&'static str> {
    let ours = if field == Field::Channel {
        CHANNELS
    } else if field == Field::Outcome {
        OUTCOMES
    } else {
        return None;
    };
    let word = search_key(theirs);
    ours.iter().find(|(parts, _)| parts.iter().any(|part| word.contains(part))).map(|(_, ours)| *ours)
}

/// The columns by what they likely hold.
#[must_use]
pub fn likely(columns: &[Column]) -> BTreeMap<Field, &Column> {
    columns.iter().filter_map(|column| Some((column.likely?, column))).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::{Field, likely, likely_word, look};

    fn found(text: &str) -> Vec<(Field, String)> {
        let columns = look(Cursor::new(text.as_bytes())).unwrap();
        likely(&columns).into_iter().map(|(field, column)| (field, column.name.clone())).collect()
    }

    #[test]
    fn columns_of_the_portal_and_of_a_vietnamese_register_are_known_by_name() {
        let portal = "MaHoSo,MaTTHC,ChuHoSo,SoDienThoai,NgayTiepNhan,NgayHenTra,NgayKetThucXuLy,NgayTra,HinhThuc\nA,1.004873,B,0912,1,2,3,4,0\n";
        let fields: Vec<_> = found(portal).into_iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(
            fields,
            [
                "code",
                "procedure_code",
                "applicant_name",
                "applicant_phone",
                "channel",
                "received_at",
                "due_at",
                "resolved_at",
                "returned_at"
            ]
        );
        let register = "Sổ theo dõi hồ sơ; quý III\n\nSTT;Mã hồ sơ;Người nộp hồ sơ;Ngày tiếp nhận;Hẹn trả\n1;A;B;1;2\n";
        assert_eq!(
            found(register),
            [
                (Field::Code, "Mã hồ sơ".to_owned()),
                (Field::ApplicantName, "Người nộp hồ sơ".to_owned()),
                (Field::ReceivedAt, "Ngày tiếp nhận".to_owned()),
                (Field::DueAt, "Hẹn trả".to_owned()),
            ]
        );
    }

    #[test]
    fn an_unknown_name_is_known_by_what_stands_under_it() {
        let text = "a,b,c,d,e\nH38.19-260302-0001,1.004873,0912 345 678,x@example.vn,gì đó\nH38.19-260302-0002,2.000635,0987654321,y@example.vn,khác\n";
        let fields: Vec<_> = found(text).into_iter().map(|(field, column)| format!("{field} {column}")).collect();
        assert_eq!(fields, ["code a", "procedure_code b", "applicant_phone c", "applicant_email d"]);
    }

    #[test]
    fn words_of_another_register_are_translated_where_it_is_plain() {
        assert_eq!(likely_word(Field::Channel, "Nộp trực tuyến (DVC)"), Some("online"));
        assert_eq!(likely_word(Field::Channel, "Bưu chính công ích"), Some("post"));
        assert_eq!(likely_word(Field::Outcome, "Đã trả kết quả"), Some("granted"));
        assert_eq!(likely_word(Field::Outcome, "Từ chối"), Some("refused"));
        assert_eq!(likely_word(Field::Channel, "2"), None);
    }

    #[test]
    fn a_file_without_a_table_is_refused() {
        assert!(look(Cursor::new(b"")).is_err());
        assert!(look(Cursor::new(b"\n\n\n")).is_err());
    }
}
