//! The parts of the index of QĐ 766 and of the self-scoring sheet in words: name, formula, and what is
//! missing where our records do not tell; Vietnamese, then English.

use crate::domain::index_766::{IndexGroup, IndexPart};
use crate::domain::self_score::SelfScoreItem;

/// A text in both languages.
pub type Pair = (&'static str, &'static str);

/// What is said of a part.
#[derive(Debug, Clone, Copy)]
pub struct PartWords {
    pub name: Pair,
    pub formula: Pair,
    /// Empty: our records tell it.
    pub missing: Pair,
}

/// Where the index comes from, and that it was not read in the decision itself.
pub const INDEX_SOURCE: Pair = (
    "QĐ 766/QĐ-TTg (23/6/2022). Điểm tối đa và công thức theo cách tính đối chiếu được trên Cổng Dịch vụ công quốc gia, không phải đọc từ văn bản: chưa chắc chắn, hãy so với bản của tỉnh.",
    "Decision 766/QĐ-TTg (23/6/2022). Maxima and formulas as they could be checked against the national portal, not read in the decision itself: doubtful, compare with your province's.",
);

/// The same of the self-scoring sheet.
pub const SELF_SCORE_SOURCE: Pair = (
    "Bộ chỉ số cải cách hành chính (PAR INDEX) cấp xã do tỉnh ban hành; ngưỡng và điểm ở đây là của cài đặt [par_index], chưa chắc chắn: thay bằng ngưỡng của tỉnh.",
    "PAR INDEX for communes, issued by each province; the thresholds and points here are those of the settings [par_index], doubtful: put your province's in their place.",
);

const NOTHING: Pair = ("", "");

#[must_use]
pub const fn group(of: IndexGroup) -> Pair {
    match of {
        IndexGroup::Publicity => ("Công khai, minh bạch", "Publicity"),
        IndexGroup::Progress => ("Tiến độ giải quyết", "Progress"),
        IndexGroup::Online => ("Dịch vụ công trực tuyến", "Online services"),
        IndexGroup::Payment => ("Thanh toán trực tuyến", "Online payment"),
        IndexGroup::Satisfaction => ("Mức độ hài lòng", "Satisfaction"),
        IndexGroup::Digitised => ("Số hóa hồ sơ", "Digitised files"),
    }
}

/// Name, formula, and what is missing.
type Words = (IndexPart, Pair, Pair, Pair);

/// The words of every part; a test holds the list against the parts.
const PARTS: [Words; 21] = [
    (
        IndexPart::PublishedOnTime,
        ("Công bố đúng hạn", "Published on time"),
        ("6 × thủ tục công bố đúng hạn / thủ tục phải công bố", "6 × procedures published on time / to be published"),
        (
            "ngày phải công bố và ngày đã công bố của từng thủ tục",
            "the days on which procedures had to be and were published",
        ),
    ),
    (
        IndexPart::UpdatedOnTime,
        ("Cập nhật, công khai đúng hạn", "Updated on time"),
        ("4 × thủ tục cập nhật đúng hạn / thủ tục phải cập nhật", "4 × procedures updated on time / to be updated"),
        ("ngày phải cập nhật và ngày đã cập nhật trên cổng", "the days on which the portal had to be and was updated"),
    ),
    (
        IndexPart::ContentComplete,
        ("Nội dung đầy đủ", "Complete content"),
        ("2 × thủ tục đủ nội dung / thủ tục công khai", "2 × procedures with complete content / published"),
        ("nội dung thủ tục trên Cơ sở dữ liệu quốc gia", "the content in the national database of procedures"),
    ),
    (
        IndexPart::Synchronised,
        ("Đồng bộ hồ sơ lên Cổng Dịch vụ công quốc gia", "Files in the national portal"),
        ("6 × hồ sơ đã đồng bộ / hồ sơ tiếp nhận", "6 × files in the national portal / received"),
        (
            "hồ sơ nào đã có trên Cổng: so tệp xuất của Cổng tại trang Đối chiếu",
            "which files the portal has: compare an export of the portal on the page of reconciliation",
        ),
    ),
    (
        IndexPart::OnTime,
        ("Giải quyết đúng hạn", "On time"),
        (
            "20 × hồ sơ giải quyết trước và đúng hạn / hồ sơ tiếp nhận (kể cả kỳ trước chuyển qua)",
            "20 × files resolved early or on time / files received (those carried over too)",
        ),
        NOTHING,
    ),
    (
        IndexPart::OfferedOnline,
        ("Thủ tục cung cấp trực tuyến", "Procedures offered online"),
        (
            "2 × tỷ lệ thủ tục có trực tuyến (toàn trình, một phần) / 80%, tối đa 2",
            "2 × share of procedures offered online (full, partial) / 80 %, at most 2",
        ),
        NOTHING,
    ),
    (
        IndexPart::OnlineWithFiles,
        ("Dịch vụ trực tuyến có phát sinh hồ sơ", "Online services with files"),
        (
            "4 × dịch vụ trực tuyến có hồ sơ trực tuyến trong kỳ / dịch vụ cung cấp",
            "4 × services with online files in the period / services offered",
        ),
        NOTHING,
    ),
    (
        IndexPart::OnlineFiles,
        ("Hồ sơ trực tuyến", "Online files"),
        (
            "6 × tỷ lệ hồ sơ nộp trực tuyến trong kỳ / 50%, tối đa 6",
            "6 × share of files submitted online in the period / 50 %, at most 6",
        ),
        NOTHING,
    ),
    (
        IndexPart::PaymentOffered,
        ("Thủ tục có phí được thanh toán trực tuyến", "Fees that can be paid online"),
        (
            "2 × thủ tục có phí cung cấp thanh toán trực tuyến / thủ tục có phí",
            "2 × procedures whose fee can be paid online / with a fee",
        ),
        (
            "thủ tục nào có nghĩa vụ tài chính và được thanh toán trực tuyến",
            "which procedures have a fee, and which of them can be paid online",
        ),
    ),
    (
        IndexPart::PaymentProcedures,
        ("Thủ tục có giao dịch thanh toán trực tuyến", "Procedures paid online"),
        (
            "2 × thủ tục có thanh toán trực tuyến / thủ tục cung cấp thanh toán trực tuyến",
            "2 × procedures with online payments / that can be paid online",
        ),
        ("thủ tục nào được thanh toán trực tuyến", "which procedures can be paid online"),
    ),
    (
        IndexPart::PaidOnline,
        ("Hồ sơ thanh toán trực tuyến", "Files paid online"),
        (
            "6 × hồ sơ có kết quả đã thanh toán trực tuyến / hồ sơ có kết quả có nghĩa vụ tài chính",
            "6 × files with a result paid online / with a result and a fee",
        ),
        NOTHING,
    ),
    (
        IndexPart::FeedbackOnTime,
        ("Phản ánh, kiến nghị xử lý đúng hạn", "Feedback answered on time"),
        (
            "6 × phản ánh, kiến nghị xử lý đúng hạn / tiếp nhận; không có thì 6",
            "6 × feedback answered on time / received; 6 when there is none",
        ),
        ("phản ánh, kiến nghị tiếp nhận ở hệ thống của tỉnh", "the feedback that the province's system receives"),
    ),
    (
        IndexPart::FeedbackSatisfaction,
        ("Hài lòng về xử lý phản ánh, kiến nghị", "Satisfied with the answers to feedback"),
        (
            "6 × phản ánh, kiến nghị được đánh giá hài lòng / được đánh giá; không có thì 6",
            "6 × answers rated as satisfying / rated; 6 when there is none",
        ),
        ("đánh giá kết quả xử lý phản ánh, kiến nghị", "how the answers to feedback were rated"),
    ),
    (
        IndexPart::HandlingSatisfaction,
        ("Hài lòng về giải quyết thủ tục", "Satisfied with the handling"),
        (
            "6 × tỷ lệ đánh giá hài lòng / 90%, tối đa 6; không có đánh giá thì 0",
            "6 × share of satisfied ratings / 90 %, at most 6; 0 without ratings",
        ),
        ("đánh giá của người nộp tại trung tâm và trên Cổng", "ratings by applicants at the centre and on the portal"),
    ),
    (
        IndexPart::ElectronicResults,
        ("Cấp kết quả điện tử", "Electronic results"),
        ("6 × hồ sơ có kết quả điện tử / hồ sơ có kết quả", "6 × files with an electronic result / with a result"),
        NOTHING,
    ),
    (
        IndexPart::DigitisedComponents,
        ("Số hóa thành phần hồ sơ", "Digitised papers"),
        ("4 × hồ sơ số hóa thành phần / hồ sơ tiếp nhận", "4 × files with digitised papers / received"),
        ("giấy tờ nào đã số hóa và lưu kho", "which papers were digitised and stored"),
    ),
    (
        IndexPart::Reuse,
        ("Khai thác, sử dụng lại dữ liệu", "Reuse of data"),
        (
            "2 × tỷ lệ hồ sơ dùng lại dữ liệu đã số hóa / 80%, tối đa 2",
            "2 × share of files that reuse digitised data / 80 %, at most 2",
        ),
        ("hồ sơ nào dùng lại dữ liệu đã số hóa", "which files reuse digitised data"),
    ),
    (
        IndexPart::PersonalStore,
        ("Chia sẻ vào kho dữ liệu cá nhân, tổ chức", "Shared to personal stores"),
        ("4 × kết quả chia sẻ vào kho / kết quả điện tử", "4 × results shared to the store / electronic results"),
        ("kết quả nào đã vào kho của người nộp trên Cổng", "which results reached the applicant's store on the portal"),
    ),
    (
        IndexPart::PopulationData,
        ("Dùng dữ liệu dân cư", "Population data used"),
        (
            "2 × hồ sơ dùng Cơ sở dữ liệu quốc gia về dân cư / hồ sơ tiếp nhận",
            "2 × files using the population database / received",
        ),
        ("hồ sơ nào tra cứu dữ liệu dân cư", "which files looked at population data"),
    ),
    (
        IndexPart::Connected,
        ("Thủ tục kết nối, chia sẻ dữ liệu", "Connected procedures"),
        ("2 × thủ tục kết nối / thủ tục cung cấp trực tuyến", "2 × procedures connected / offered online"),
        ("thủ tục nào kết nối cơ sở dữ liệu nào", "which procedures are connected to which databases"),
    ),
    (
        IndexPart::CertifiedCopies,
        ("Chứng thực bản sao điện tử", "Certified electronic copies"),
        ("2 khi có bản sao điện tử chứng thực trên Cổng", "2 when electronic copies are certified on the portal"),
        ("bản sao điện tử chứng thực trên Cổng", "the electronic copies certified on the portal"),
    ),
];

#[must_use]
pub fn part(of: IndexPart) -> PartWords {
    let known = PARTS.iter().find(|(part, ..)| *part == of);
    let (_, name, formula, missing) = known.copied().unwrap_or((of, NOTHING, NOTHING, NOTHING));
    PartWords { name, formula, missing }
}

/// An item of the self-scoring sheet.
#[must_use]
pub const fn item(of: SelfScoreItem) -> PartWords {
    let (name, formula, missing) = match of {
        SelfScoreItem::OnTime => (
            ("Hồ sơ giải quyết trước và đúng hạn", "Files resolved early and on time"),
            (
                "hồ sơ giải quyết trước và đúng hạn / hồ sơ đã giải quyết và đang quá hạn",
                "files resolved early or on time / resolved or overdue",
            ),
            NOTHING,
        ),
        SelfScoreItem::Apology => (
            ("Xin lỗi hồ sơ quá hạn", "Apology for late files"),
            (
                "hồ sơ quá hạn đã xin lỗi / hồ sơ quá hạn; đủ tất cả mới có điểm",
                "late files with an apology / late files; points only for all",
            ),
            NOTHING,
        ),
        SelfScoreItem::OnlineShare => (
            ("Hồ sơ trực tuyến", "Online files"),
            ("hồ sơ nộp trực tuyến / hồ sơ tiếp nhận trong kỳ", "files submitted online / received in the period"),
            NOTHING,
        ),
        SelfScoreItem::Digitised => (
            ("Kết quả điện tử", "Digitised results"),
            ("hồ sơ có kết quả điện tử / hồ sơ có kết quả", "files with an electronic result / with a result"),
            NOTHING,
        ),
        SelfScoreItem::Feedback => (
            ("Phản ánh, kiến nghị xử lý đúng hạn", "Feedback answered on time"),
            ("phản ánh, kiến nghị xử lý đúng hạn / tiếp nhận", "feedback answered on time / received"),
            (
                "phản ánh, kiến nghị tiếp nhận ở hệ thống của tỉnh: tự chấm theo số liệu của tỉnh",
                "the feedback that the province's system receives: score it from the province's figures",
            ),
        ),
    };
    PartWords { name, formula, missing }
}

#[cfg(test)]
mod tests {
    use super::{IndexPart, part};
    use crate::domain::index_766::Source;

    #[test]
    fn every_part_has_its_words_and_says_what_is_missing_where_something_is() {
        for one in IndexPart::ALL {
            let words = part(*one);
            for (vi, en) in [words.name, words.formula] {
                assert!(!vi.is_empty() && !en.is_empty(), "{one}");
            }
            assert_eq!(words.missing.0.is_empty(), one.source() != Source::Nothing, "{one}");
            assert_eq!(words.missing.0.is_empty(), words.missing.1.is_empty(), "{one}");
        }
    }
}
