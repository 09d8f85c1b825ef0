//! The online ratios as a table: the agency, then each procedure, field and unit, and what it adds to the gap.

use serde_json::Value;

use super::{Behind, Cell, Table, definition_lines, moment, period};
use crate::domain::indicator::Indicator;
use crate::domain::summary::Bucket;

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

/// The columns of the files that have the quality, of all, and of those that an officer filled in.
const OF: usize = 4;
const ALL: usize = 5;
const ASSISTED_OF: usize = 10;

/// How lists name who filled a file in.
const FILED: &str = "filed";

/// The parts of a ratio, what they are called, and how the list behind a number names one.
const PARTS: [(&str, &str, &str); 4] = [
    ("by_procedure", "thủ tục", "procedure"),
    ("by_field", "lĩnh vực", "field"),
    ("by_unit", "đơn vị", "unit"),
    ("by_filer", "người nhập", FILED),
];
const CODELESS: [&str; 2] = ["lĩnh vực", "người nhập"];

const NEVER: &str = "Thủ tục có trực tuyến, chưa có hồ sơ trực tuyến";

const ASSISTED: &str = "Hồ sơ cán bộ nhập giúp vẫn là nộp trực tuyến; hồ sơ nhập từ hệ thống khác không cho biết, nên không tính ở cột này.";

/// The report, given as its JSON.
#[must_use]
pub fn online(report: &Value) -> Table {
    let text = |place: &str| report.pointer(place).and_then(Value::as_str).unwrap_or("–").replace('.', ",");
    let year = report.pointer("/target/year").and_then(Value::as_u64).unwrap_or_default();
    let mut table = Table {
        title: format!(
            "Hồ sơ trực tuyến {}, nhìn lúc {}: chỉ tiêu {}% đến năm {year} theo {}",
            period(report),
            moment(report.pointer("/as_of")),
            text("/target/percent"),
            report.pointer("/target/source").and_then(Value::as_str).unwrap_or("–"),
        ),
        head: HEAD.to_vec(),
        definitions: definition_lines(report),
        ..Table::default()
    };
    let measured = text("/target/measure");
    for ratio in list(report, "ratios") {
        put_ratio(&mut table, &named(report, &ratio), &ratio);
        let is_measured = ratio.get("key").and_then(Value::as_str) == Some(&measured);
        table.notes.push(outlook(&named(report, &ratio), &ratio, is_measured));
    }
    table.notes.push(ASSISTED.to_owned());
    for procedure in list(report, "never_online") {
        let code = procedure.get("code").and_then(Value::as_str).unwrap_or_default();
        let at = table.rows.len();
        for (column, bucket) in [(OF, Bucket::ReceivedOnline), (ALL, Bucket::ReceivedInPeriod)] {
            table.behind.insert((at, column), Behind::of(bucket).only(("procedure", code)));
        }
        let files = Cell::from_json(procedure.get("files"));
        let [code, name] = ["code", "name"].map(|key| Cell::from_json(procedure.get(key)));
        let what = [NEVER, "thủ tục"].map(|text| Cell::Text(text.to_owned()));
        let counts = [Cell::Number(0), files, Cell::Text("0.00".to_owned())];
        table.rows.push(what.into_iter().chain([code, name]).chain(counts).chain(vec![Cell::Empty; 4]).collect());
    }
    table
}

fn list(value: &Value, key: &str) -> Vec<Value> {
    value.get(key).and_then(Value::as_array).cloned().unwrap_or_default()
}

/// The lines of a ratio: the agency, then its parts.
fn put_ratio(table: &mut Table, name: &str, ratio: &Value) {
    let key = ratio.get("key").and_then(Value::as_str).and_then(|key| key.parse::<Indicator>().ok());
    let mut put = |mut line: Vec<Cell>, part: Option<(&'static str, &str)>| {
        let at = table.rows.len();
        let Some((of, all)) = key.map(Indicator::buckets) else { return };
        let files = |bucket| part.map_or_else(|| Behind::of(bucket), |part| Behind::of(bucket).only(part));
        table.behind.extend([((at, OF), files(of)), ((at, ALL), files(all))]);
        match (part, line.get_mut(ASSISTED_OF)) {
            // Who filed is the line itself.
            (Some((FILED, _)), Some(cell)) => *cell = Cell::Empty,
            (_, _) => {
                table.behind.insert((at, ASSISTED_OF), files(of).only((FILED, "assisted")));
            }
        }
        table.rows.push(line);
    };
    put(row(name, "cả cơ quan", ratio, ratio.get("gap_points"), ratio.pointer("/target/more_needed")), None);
    for (key, group, parameter) in PARTS {
        for part in list(ratio, key) {
            let code = part.get("code").and_then(Value::as_str).unwrap_or_default();
            put(row(name, group, &part, part.get("points"), part.get("more_needed")), Some((parameter, code)));
        }
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
        // Fields and who filed have no code beside their name.
        if CODELESS.contains(&group) { Cell::Empty } else { cell("code") },
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
    let bound = |key: &str| ratio.pointer(&format!("/target/{key}")).and_then(Value::as_str);
    let between = bound("forecast_low").zip(bound("forecast_high"));
    let between = between.map(|(low, high)| format!(" (từ {low}% đến {high}%)")).unwrap_or_default();
    let forecast = forecast.map(|share| format!(", dự báo cuối kỳ {share}%{between}").replace('.', ","));
    let forecast = forecast.unwrap_or_default();
    let judged = if is_measured { " (tỷ lệ được đối chiếu)" } else { "" };
    format!("{name}{judged}: {met}{more}{forecast}.")
}
