//! The index of QĐ 766 and the self-scoring sheet as tables.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Cell, Table, moment, period};

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// What stands where no points do.
fn remark(line: &Value) -> Cell {
    match text(line, "state") {
        "missing" => Cell::Text(format!("chưa có dữ liệu, không tính điểm: {}", text(line, "missing"))),
        "no_cases" => Cell::Text("trong kỳ không có trường hợp nào, không tính điểm".to_owned()),
        _ => Cell::Empty,
    }
}

fn total(report: &Value) -> String {
    format!(
        "Điểm: {} trên {} điểm mà số liệu của hệ thống cho biết, trong tổng {} điểm.",
        text(report, "points"),
        text(report, "supported"),
        text(report, "most")
    )
}

/// The index, given as its JSON: a line a part under its group.
#[must_use]
pub fn index(report: &Value) -> Table {
    let mut rows = Vec::new();
    for group in list(report, "groups") {
        let name = Cell::from_json(group.get("name"));
        for part in list(group, "parts") {
            let cell = |key: &str| Cell::from_json(part.get(key));
            rows.push(vec![
                name.clone(),
                cell("name"),
                cell("formula"),
                cell("of"),
                cell("total"),
                cell("percent"),
                cell("points"),
                cell("most"),
                remark(part),
            ]);
        }
        let sums = ["points", "most"].map(|key| Cell::from_json(group.get(key)));
        let said = Cell::Text(format!("điểm tối đa mà số liệu cho biết: {}", text(group, "supported")));
        let empty = [Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty];
        let head = [name, Cell::Text("Cộng nhóm".to_owned())];
        rows.push(head.into_iter().chain(empty).chain(sums).chain([said]).collect());
    }
    Table {
        behind: BTreeMap::new(),
        title: format!("Bộ chỉ số theo QĐ 766/QĐ-TTg {}, nhìn lúc {}", period(report), moment(report.get("as_of"))),
        head: vec![
            "Nhóm",
            "Thành phần",
            "Cách tính",
            "Số đạt",
            "Trên tổng số",
            "Tỷ lệ (%)",
            "Điểm",
            "Điểm tối đa",
            "Ghi chú",
        ],
        rows,
        notes: vec![
            total(report),
            "Điểm từng thành phần làm tròn xuống hai số lẻ; tổng là tổng các điểm đã in.".to_owned(),
            text(report, "source").to_owned(),
        ],
        definitions: Vec::new(),
    }
}

/// The self-scoring sheet, given as its JSON: a line an item.
#[must_use]
pub fn self_score(report: &Value) -> Table {
    let steps = |item: &Value| {
        let step = |step: &Value| format!("từ {}%: {}", text(step, "from_percent"), text(step, "points"));
        Cell::Text(list(item, "steps").iter().map(step).collect::<Vec<_>>().join("; "))
    };
    let row = |item: &Value| {
        let cell = |key: &str| Cell::from_json(item.get(key));
        vec![
            cell("name"),
            cell("formula"),
            cell("of"),
            cell("total"),
            cell("percent"),
            steps(item),
            cell("points"),
            cell("most"),
            remark(item),
        ]
    };
    Table {
        behind: BTreeMap::new(),
        title: format!(
            "Tự chấm điểm PAR INDEX về thủ tục {}, nhìn lúc {}",
            period(report),
            moment(report.get("as_of"))
        ),
        head: vec![
            "Tiêu chí",
            "Cách tính",
            "Số đạt",
            "Trên tổng số",
            "Tỷ lệ (%)",
            "Thang điểm",
            "Điểm",
            "Điểm tối đa",
            "Ghi chú",
        ],
        rows: list(report, "items").iter().map(row).collect(),
        notes: vec![total(report), text(report, "source").to_owned()],
        definitions: Vec::new(),
    }
}
