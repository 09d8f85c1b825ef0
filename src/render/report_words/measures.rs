//! What is measured beside the rates: ages, working time, forecasts.

use super::Definition;

/// Who filled a file in, by the word that the records keep.
#[must_use]
pub fn filer_name(code: &str) -> &'static str {
    match code {
        "assisted" => "Cán bộ nhập giúp tại Trung tâm",
        "representative" => "Người được ủy quyền",
        _ => "Tự nộp, hoặc không ghi ai nhập",
    }
}

/// How the forecast of an online ratio is made.
#[must_use]
pub fn forecast_definition() -> Definition {
    Definition {
        key: "forecast",
        name: "Dự báo cuối kỳ và khoảng tin cậy",
        version: "1".to_owned(),
        numerator: "hồ sơ đạt đến nay, cộng số hồ sơ còn lại của kỳ theo đà 30 ngày gần nhất nhân tỷ lệ đạt của 30 ngày ấy (cận dưới và cận trên là khoảng Wilson 95% của tỷ lệ ấy; số hồ sơ còn lại coi như đã biết)",
        denominator: Some("hồ sơ của tỷ lệ đến nay, cộng số hồ sơ còn lại của kỳ"),
        exclusions: vec!["không dự báo khi 30 ngày gần nhất có dưới 30 hồ sơ hoặc kỳ mới bắt đầu dưới 7 ngày"],
        source: "Wilson E.B., Journal of the American Statistical Association 22 (1927)",
    }
}

/// The ages of the files in progress.
#[must_use]
pub fn ageing_definition() -> Definition {
    Definition {
        key: "ageing",
        name: "Tuổi của hồ sơ đang giải quyết",
        version: "1".to_owned(),
        numerator: "hồ sơ đang giải quyết vào lúc chốt số liệu, theo số ngày làm việc từ sau ngày tiếp nhận (không trừ thời gian tạm dừng), và theo số ngày làm việc còn lại hoặc đã quá so với ngày hẹn trả",
        denominator: Some("mọi hồ sơ đang giải quyết: các nhóm cộng lại bằng tổng"),
        exclusions: vec!["hồ sơ trực tuyến chưa được tiếp nhận"],
        source: "NĐ 118/2025/NĐ-CP Điều 19: theo dõi, đôn đốc hồ sơ đến hạn và quá hạn",
    }
}

/// The working time that files needed.
#[must_use]
pub fn working_time_definitions() -> [Definition; 2] {
    let of = |key, name, numerator| Definition {
        key,
        name,
        version: "1".to_owned(),
        numerator,
        denominator: Some(
            "hồ sơ tiếp nhận trong kỳ; hồ sơ chưa có kết quả được tính là cần ít nhất chừng ấy (ước lượng Kaplan–Meier), nên không bao giờ chỉ lấy hồ sơ đã xong; “chưa tới” khi quá nhiều hồ sơ còn mở",
        ),
        exclusions: vec![
            "hồ sơ từ kỳ trước chuyển qua",
            "thời gian chờ người nộp bổ sung hoặc nộp tiền trước khi quá hẹn",
        ],
        source: "NĐ 224/2026/NĐ-CP Điều 19(2): thời gian giải quyết; Kaplan E.L., Meier P. (1958)",
    };
    [
        of("working_time.median", "Thời gian giải quyết, trung vị", "số ngày làm việc đủ để xong một nửa số hồ sơ"),
        of("working_time.p90", "Thời gian giải quyết, phân vị 90", "số ngày làm việc đủ để xong 90% số hồ sơ"),
    ]
}
