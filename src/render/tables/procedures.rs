//! The report on time limits as a table: a line a procedure, or one of its channels.

use serde_json::Value;

use super::{Cell, Table, moment, period};

const HEAD: [&str; 19] = [
    "Mã thủ tục",
    "Tên thủ tục",
    "Lĩnh vực",
    "Kênh",
    "Thời hạn luật định",
    "Đơn vị",
    "Cam kết",
    "Đơn vị cam kết",
    "Cam kết cắt (%)",
    "Đã cắt đủ",
    "Số hồ sơ",
    "Chưa có kết quả",
    "Trung vị đã cần",
    "90% hồ sơ đã cần",
    "Thời hạn ngắn nhất",
    "Quá hạn ở mức đó (%)",
    "Có thể cắt (%)",
    "Cắt được đủ",
    "Đơn vị đã cần",
];

/// The report, given as its JSON.
#[must_use]
pub fn procedures(report: &Value) -> Table {
    let text = |place: &str| report.pointer(place).and_then(Value::as_str).unwrap_or("–");
    let number = |place: &str| report.pointer(place).and_then(Value::as_u64).unwrap_or_default();
    let lines = report.get("procedures").and_then(Value::as_array);
    Table {
        title: format!(
            "Thời hạn giải quyết, hồ sơ tiếp nhận {}, nhìn lúc {}: đã cắt từ {}% ở {}/{} thủ tục ({}%), mục tiêu {}%; cho phép {}% hồ sơ quá hạn, từ {} hồ sơ có kết quả",
            period(report),
            moment(report.pointer("/as_of")),
            text("/target/cut_percent"),
            number("/target/cut"),
            number("/target/total"),
            text("/target/percent"),
            text("/target/procedures_percent"),
            text("/late_share_percent"),
            number("/min_cases"),
        ),
        head: HEAD.to_vec(),
        rows: lines.into_iter().flatten().map(row).collect(),
        ..Table::default()
    }
}

fn row(line: &Value) -> Vec<Cell> {
    let cell = |key: &str| Cell::from_json(line.get(key));
    let yes = |key: &str| Cell::maybe(line.get(key).and_then(Value::as_bool).map(|yes| word(yes).to_owned()));
    let unit = |key: &str| Cell::maybe(line.get(key).and_then(Value::as_str).map(|unit| unit_word(unit).to_owned()));
    let channel = line.get("channel").and_then(Value::as_str).map_or("mọi kênh", channel_word);
    let measured = match line.get("unit").and_then(Value::as_str) {
        Some("same_day") => Cell::Text("ngày làm việc, 0 là trong ngày".to_owned()),
        _ => unit("unit"),
    };
    vec![
        cell("code"),
        cell("name"),
        cell("sector"),
        Cell::Text(channel.to_owned()),
        cell("statutory"),
        unit("unit"),
        cell("commitment"),
        unit("commitment_unit"),
        cell("commitment_cut_percent"),
        yes("cut"),
        cell("cases"),
        cell("censored"),
        cell("median"),
        cell("p90"),
        cell("shortest"),
        cell("shortest_late_percent"),
        cell("possible_cut_percent"),
        yes("could_cut"),
        measured,
    ]
}

const fn word(yes: bool) -> &'static str {
    if yes { "có" } else { "không" }
}

fn channel_word(channel: &str) -> &str {
    match channel {
        "online" => "trực tuyến",
        "counter" => "trực tiếp",
        "post" => "bưu chính",
        other => other,
    }
}

fn unit_word(unit: &str) -> &str {
    match unit {
        "working_day" => "ngày làm việc",
        "calendar_day" => "ngày",
        "month" => "tháng",
        "working_hour" => "giờ làm việc",
        "hour" => "giờ",
        "same_day" => "trong ngày",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{HEAD, procedures};
    use crate::render::tables::Cell;

    #[test]
    fn a_line_keeps_its_numbers_and_what_is_not_known_is_empty() {
        let line = json!({"code": "1.001193", "name": "=A", "sector": "Hộ tịch", "channel": null, "statutory": 0,
            "commitment": null, "unit": "same_day", "commitment_unit": null, "commitment_cut_percent": null, "cases": 3,
            "censored": 1, "median": 0, "p90": null, "shortest": null, "shortest_late_percent": null,
            "possible_cut_percent": null, "could_cut": null, "cut": false});
        let report = json!({"period": {"from": "2026-01-01", "to": "2026-12-31"}, "target": {"cut": 3, "total": 10},
            "procedures": [line]});
        let table = procedures(&report);
        let row = &table.rows[0];
        assert_eq!(row.len(), HEAD.len());
        assert_eq!(row[3], Cell::Text("mọi kênh".into()));
        assert_eq!((&row[4], &row[6], &row[9]), (&Cell::Number(0), &Cell::Empty, &Cell::Text("không".into())));
        assert_eq!(row[10..14], [Cell::Number(3), Cell::Number(1), Cell::Number(0), Cell::Empty]);
        assert_eq!(row[17], Cell::Empty, "nothing proposed is neither yes nor no");
        assert!(table.title.contains("3/10 thủ tục"), "{}", table.title);
    }
}
