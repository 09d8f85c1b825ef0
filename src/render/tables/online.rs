//! The online ratios as a table: the agency, then each procedure, field and unit, and what it adds to the gap.

use serde_json::Value;

use super::{Cell, Table, definition_lines, moment, period};

const HEAD: [&str; 11] = [
    "Chỉ tiêu",
    "Nhóm",
    "Mã",
    "Tên",
    "Số hồ sơ đạt",
    "Trên tổng số",
    "Tỷ lệ (%)",
    "Kéo giảm (điểm %)",
    "Nâng lên (điểm %)",
    "Số hồ sơ trực tuyến còn cần",
    "Trong đó cán bộ nhập giúp",
];

/// The parts of a ratio, and what they are called.
const PARTS: [(&str, &str); 3] = [("by_procedure", "thủ tục"), ("by_field", "lĩnh vực"), ("by_unit", "đơn vị")];

const ASSISTED: &str = "Hồ sơ cán bộ nhập giúp vẫn là nộp trực tuyến; hồ sơ nhập từ hệ thống khác không cho biết, nên không tính ở cột này.";

/// The report, given as its JSON.
#[must_use]
pub fn online(report: &Value) -> Table {
    let list = |value: &Value, key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let text = |place: &str| report.pointer(place).and_then(Value::as_str).unwrap_or("–").replace('.', ",");
    let year = report.pointer("/target/year").and_then(Value::as_u64).unwrap_or_default();
    let (mut rows, mut notes) = (Vec::new(), Vec::new());
    let measured = text("/target/measure");
    for ratio in list(report, "ratios") {
        let name = named(report, &ratio);
        rows.push(row(&name, "cả cơ quan", &ratio, ratio.get("gap_points"), ratio.pointer("/target/more_needed")));
        for (key, group) in PARTS {
            let line = |part: &Value| row(&name, group, part, part.get("points"), part.get("more_needed"));
            rows.extend(list(&ratio, key).iter().map(line));
        }
        notes.push(outlook(&name, &ratio, ratio.get("key").and_then(Value::as_str) == Some(&measured)));
    }
    notes.push(ASSISTED.to_owned());
    for procedure in list(report, "never_online") {
        let files = Cell::from_json(procedure.get("files"));
        let named = ["code", "name"].map(|key| Cell::from_json(procedure.get(key)));
        let [code, name] = named;
        let what =
            ["Thủ tục có trực tuyến, chưa có hồ sơ trực tuyến", "thủ tục"].map(|text| Cell::Text(text.to_owned()));
        let counts = [Cell::Number(0), files, Cell::Text("0.00".to_owned())];
        rows.push(what.into_iter().chain([code, name]).chain(counts).chain(vec![Cell::Empty; 4]).collect());
    }
    Table {
        title: format!(
            "Hồ sơ trực tuyến {}, nhìn lúc {}: chỉ tiêu {}% đến năm {year} theo {}",
            period(report),
            moment(report.pointer("/as_of")),
            text("/target/percent"),
            report.pointer("/target/source").and_then(Value::as_str).unwrap_or("–"),
        ),
        head: HEAD.to_vec(),
        rows,
        notes,
        definitions: definition_lines(report),
    }
}

/// The name of a ratio, from its definition.
fn named(report: &Value, ratio: &Value) -> String {
    let key = ratio.get("key");
    let known = report.get("definitions").and_then(Value::as_array);
    let found = known.into_iter().flatten().find(|definition| definition.get("key") == key);
    found.and_then(|definition| definition.get("name")).and_then(Value::as_str).unwrap_or("–").to_owned()
}

fn row(name: &str, group: &str, line: &Value, points: Option<&Value>, more: Option<&Value>) -> Vec<Cell> {
    let cell = |key: &str| Cell::from_json(line.get(key));
    let points = points.and_then(Value::as_str).unwrap_or_default();
    // No sign: a spreadsheet would take text that begins with one for a formula.
    let (lowers, lifts) = match points.strip_prefix('-') {
        Some(size) => (String::new(), size.to_owned()),
        None => (points.to_owned(), String::new()),
    };
    let given = |text: String| Cell::maybe(Some(text).filter(|text| !text.is_empty()));
    vec![
        Cell::Text(name.to_owned()),
        Cell::Text(group.to_owned()),
        // A field has no code beside its name.
        if group == PARTS[1].1 { Cell::Empty } else { cell("code") },
        cell("name"),
        cell("of"),
        cell("total"),
        cell("percent"),
        given(lowers),
        given(lifts),
        Cell::from_json(more),
        cell("assisted"),
    ]
}

/// How a ratio stands to the target, and where it goes.
fn outlook(name: &str, ratio: &Value, is_measured: bool) -> String {
    let met = match ratio.pointer("/target/met").and_then(Value::as_bool) {
        Some(true) => "đạt chỉ tiêu",
        Some(false) => "chưa đạt chỉ tiêu",
        None => "chưa có số liệu",
    };
    let more = ratio.pointer("/target/more_needed").and_then(Value::as_u64).filter(|more| *more > 0);
    let more = more.map(|more| format!(", còn cần {more} hồ sơ trực tuyến")).unwrap_or_default();
    let forecast = ratio.pointer("/target/forecast").and_then(Value::as_str);
    let forecast = forecast.map(|share| format!(", dự báo cuối kỳ {}%", share.replace('.', ","))).unwrap_or_default();
    let judged = if is_measured { " (tỷ lệ được đối chiếu)" } else { "" };
    format!("{name}{judged}: {met}{more}{forecast}.")
}
