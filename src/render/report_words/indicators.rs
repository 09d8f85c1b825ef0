//! The rates in words.

use super::Definition;
use crate::domain::indicator::{Counts, Exclusion, Indicator};

pub(super) fn definition(indicator: Indicator) -> Definition {
    let Counts { version, exclusions, basis, .. } = indicator.counts();
    let (name, numerator, denominator) = words(indicator);
    Definition {
        key: indicator.as_str(),
        name,
        version: version.to_string(),
        numerator,
        denominator: Some(denominator),
        exclusions: exclusions.iter().map(|exclusion| excluded(*exclusion)).collect(),
        source: basis,
    }
}

/// Its name, what has the quality, and of what.
const fn words(indicator: Indicator) -> (&'static str, &'static str, &'static str) {
    match indicator {
        Indicator::OnTime
        | Indicator::OnTimeResolved
        | Indicator::OnTimeReceived
        | Indicator::StatutoryOnTime
        | Indicator::CommitmentOnTime
        | Indicator::NewDateOnTime
        | Indicator::Early
        | Indicator::OnDay
        | Indicator::Late => of_time(indicator),
        Indicator::OnlineSubmission => (
            "Tỷ lệ nộp trực tuyến",
            "hồ sơ tiếp nhận trong kỳ nộp trực tuyến",
            "mọi hồ sơ tiếp nhận trong kỳ: trực tuyến, trực tiếp và bưu chính",
        ),
        Indicator::FullOnline => (
            "Tỷ lệ trực tuyến toàn trình",
            "hồ sơ tiếp nhận trong kỳ nộp trực tuyến của thủ tục cung cấp toàn trình",
            "mọi hồ sơ tiếp nhận trong kỳ của thủ tục cung cấp toàn trình",
        ),
        Indicator::EntirelyOnline => (
            "Tỷ lệ xử lý hoàn toàn trực tuyến",
            "hồ sơ có kết quả nộp trực tuyến, không nộp thêm giấy, không phải đến nơi, trả phí trực tuyến nếu có phí, kết quả điện tử",
            "mọi hồ sơ có kết quả (giải quyết hoặc từ chối) trong kỳ",
        ),
        Indicator::ElectronicResult => (
            "Tỷ lệ kết quả được số hóa",
            "hồ sơ có kết quả được cấp bản điện tử",
            "mọi hồ sơ có kết quả (giải quyết hoặc từ chối) trong kỳ",
        ),
        Indicator::OnlinePayment => (
            "Tỷ lệ thanh toán trực tuyến",
            "hồ sơ có kết quả và có nghĩa vụ tài chính đã thanh toán trực tuyến",
            "mọi hồ sơ có kết quả trong kỳ có nghĩa vụ tài chính",
        ),
        Indicator::Apology => (
            "Tỷ lệ hồ sơ quá hạn có phiếu xin lỗi",
            "hồ sơ quá hẹn đã có phiếu xin lỗi phát hành",
            "mọi hồ sơ quá hẹn, đã và đang giải quyết",
        ),
    }
}

const fn of_time(indicator: Indicator) -> (&'static str, &'static str, &'static str) {
    const FINISHED: &str = "mọi hồ sơ đã giải quyết trong kỳ";
    match indicator {
        Indicator::OnTimeResolved => (
            "Tỷ lệ trước và đúng hạn trên đã giải quyết",
            "hồ sơ đã giải quyết trước hoặc đúng ngày hẹn trả",
            "mọi hồ sơ đã giải quyết trong kỳ (không có hồ sơ đang quá hạn)",
        ),
        Indicator::OnTimeReceived => (
            "Tỷ lệ trước và đúng hạn trên tiếp nhận",
            "hồ sơ đã giải quyết trước hoặc đúng ngày hẹn trả",
            "mọi hồ sơ tiếp nhận trong kỳ và từ kỳ trước chuyển qua",
        ),
        Indicator::StatutoryOnTime => (
            "Tỷ lệ trước và đúng hạn theo quy định",
            "hồ sơ đã giải quyết trong thời hạn luật định",
            "hồ sơ đã giải quyết và hồ sơ đang giải quyết đã quá thời hạn luật định",
        ),
        Indicator::CommitmentOnTime => (
            "Tỷ lệ đúng cam kết rút ngắn",
            "hồ sơ đã giải quyết trong thời hạn cơ quan cam kết ngắn hơn luật định",
            "hồ sơ có cam kết rút ngắn đã giải quyết hoặc đang quá thời hạn cam kết",
        ),
        Indicator::NewDateOnTime => (
            "Tỷ lệ đúng ngày hẹn lại",
            "hồ sơ được hẹn lại đã giải quyết không muộn hơn ngày hẹn lại",
            "hồ sơ được hẹn lại khi xin lỗi đã giải quyết hoặc đang quá ngày hẹn lại; vẫn là hồ sơ quá hạn theo ngày hẹn đầu",
        ),
        Indicator::Early => ("Tỷ lệ trước hạn", "hồ sơ đã giải quyết trước ngày hẹn trả", FINISHED),
        Indicator::OnDay => {
            ("Tỷ lệ đúng ngày hẹn", "hồ sơ đã giải quyết trong ngày hẹn trả, không muộn hơn giờ hẹn", FINISHED)
        }
        Indicator::Late => {
            ("Tỷ lệ quá hạn", "hồ sơ đã giải quyết sau giờ hẹn trả, và hồ sơ đã giải quyết không có ngày hẹn", FINISHED)
        }
        Indicator::OnTime
        | Indicator::OnlineSubmission
        | Indicator::FullOnline
        | Indicator::EntirelyOnline
        | Indicator::ElectronicResult
        | Indicator::OnlinePayment
        | Indicator::Apology => (
            "Tỷ lệ trước và đúng hạn",
            "hồ sơ đã giải quyết trước hoặc đúng ngày hẹn trả (ngày hẹn đầu hoặc ngày tính lại theo luật, không phải ngày hẹn lại khi xin lỗi)",
            "hồ sơ đã giải quyết (kể cả không có ngày hẹn) và hồ sơ đang giải quyết đã quá hẹn",
        ),
    }
}

const fn excluded(exclusion: Exclusion) -> &'static str {
    match exclusion {
        Exclusion::OpenInTime => "hồ sơ đang giải quyết còn trong hạn",
        Exclusion::OpenPaused => "hồ sơ đang tạm dừng trước khi quá hẹn",
        Exclusion::OpenNoPromise => "hồ sơ đang giải quyết không có ngày hẹn",
        Exclusion::Open => "hồ sơ đang giải quyết, kể cả quá hạn",
        Exclusion::CarriedOver => "hồ sơ từ kỳ trước chuyển qua",
        Exclusion::NotFullOnline => "hồ sơ của thủ tục một phần hoặc không trực tuyến",
        Exclusion::WithoutResult => "hồ sơ đang giải quyết, người nộp rút hoặc dừng giải quyết",
        Exclusion::WithoutNewDate => "hồ sơ không được hẹn lại",
        Exclusion::NotCommitted => "hồ sơ không có cam kết ngắn hơn luật định",
        Exclusion::WithoutFee => "hồ sơ không có nghĩa vụ tài chính",
        Exclusion::NotLate => "hồ sơ không quá hẹn",
        Exclusion::NotAccepted => "hồ sơ trực tuyến chưa được tiếp nhận",
    }
}
