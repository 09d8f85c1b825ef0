//! `/nhap`: dossiers of another register, brought by a wizard.

use askama::Template;

use super::ctx::Ctx;
use super::form::{Choice, FieldError};

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportStage {
    Uploaded,
    Checking,
    Checked,
    Importing,
    Done,
    Failed,
}

impl ImportStage {
    #[must_use]
    pub fn word<'a>(&self, c: &'a Ctx) -> &'a str {
        match self {
            Self::Uploaded => c.t("Chờ ghép cột", "Columns to be mapped"),
            Self::Checking => c.t("Đang kiểm tra", "Being checked"),
            Self::Checked => c.t("Đã kiểm tra, chờ nhập", "Checked, to be imported"),
            Self::Importing => c.t("Đang nhập", "Being imported"),
            Self::Done => c.t("Đã nhập xong", "Imported"),
            Self::Failed => c.t("Không đọc được", "Could not be read"),
        }
    }

    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Self::Uploaded => "file",
            Self::Checking | Self::Importing => "again",
            Self::Checked => "search",
            Self::Done => "check",
            Self::Failed => "alarm",
        }
    }

    /// The step of the way: 2 of 4, for example.
    #[must_use]
    pub fn step(&self) -> u8 {
        match self {
            Self::Uploaded | Self::Failed => 2,
            Self::Checking | Self::Checked => 3,
            Self::Importing | Self::Done => 4,
        }
    }
}

/// A run in the list.
#[derive(Debug, Clone)]
pub struct ImportLine {
    pub id: String,
    pub file_name: String,
    pub size: String,
    pub uploaded: String,
    pub by: String,
    pub stage: ImportStage,
    pub rows: u64,
}

/// `/nhap`. POST with `file` and `csrf` (first).
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "imports.html")]
pub struct ImportsPage {
    pub c: Ctx,
    pub lines: Vec<ImportLine>,
    /// Names of saved mappings.
    pub mappings: Vec<String>,
    pub megabytes: u64,
    pub max_bytes: u64,
    pub errors: Vec<FieldError>,
}

/// A field of ours and where it comes from.
#[derive(Debug, Clone)]
pub struct FieldRow {
    /// Native name: `received_at`.
    pub name: &'static str,
    pub label: String,
    pub needed: bool,
    /// Columns of the file, with samples in their labels; the first is none.
    pub columns: Vec<Choice>,
    pub constant: String,
    pub error: Option<String>,
    pub words: Vec<WordRow>,
}

/// A word of the file and ours for it; posted as `w-{field}-{number}` beside the word itself.
#[derive(Debug, Clone)]
pub struct WordRow {
    pub number: usize,
    pub theirs: String,
    pub ours: Vec<Choice>,
}

/// A row of the preview, as it stands in the file.
#[derive(Debug, Clone)]
pub struct PreviewRow {
    pub row: u64,
    pub cells: Vec<PreviewCell>,
    /// Faults that belong to no cell that is shown.
    pub faults: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct PreviewCell {
    pub text: String,
    pub fault: Option<String>,
}

/// What a check or an import gave.
#[derive(Debug, Clone, Default)]
pub struct ImportResult {
    pub read: u64,
    pub imported: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub rejected: u64,
    /// Label of the field and how many faults it has.
    pub faults: Vec<(String, String, u64)>,
    /// Column heads of the preview.
    pub heads: Vec<String>,
    pub rows: Vec<PreviewRow>,
    pub only_faults: Option<()>,
    /// Code, promised, computed, why.
    pub differs: Vec<(String, String, String, String)>,
    pub differs_more: u64,
}

/// What only one side has.
#[derive(Debug, Clone, Default)]
pub struct Sides {
    pub from: String,
    pub to: String,
    pub only_here: Vec<String>,
    pub only_here_more: u64,
    pub only_there: Vec<(u64, String)>,
    pub only_there_more: u64,
}

/// `/nhap/{id}`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "import_run.html")]
pub struct ImportPage {
    pub c: Ctx,
    pub id: String,
    pub file_name: String,
    pub size: String,
    pub stage: ImportStage,
    pub rows_read: u64,
    /// `None`: a spreadsheet, whose size says nothing of its rows.
    pub percent: Option<u64>,
    /// The mapping to be made or changed; empty: not now.
    pub fields: Vec<FieldRow>,
    pub formats: String,
    pub save_as: String,
    /// Saved mappings: name and address.
    pub mappings: Vec<(String, String)>,
    pub result: Option<ImportResult>,
    pub sides: Option<Sides>,
    /// Why the file could not be read.
    pub problems: Vec<String>,
    pub errors: Vec<FieldError>,
}

impl ImportPage {
    /// The id of what an error is mended in; what belongs to no single field leads to the whole form.
    #[must_use]
    pub fn mended_at(&self, field: &str) -> String {
        match field {
            "save_as" => field.to_owned(),
            "dates.formats" => "formats".to_owned(),
            _ if self.fields.iter().any(|one| one.name == field) => format!("c-{field}"),
            _ => "ghep".to_owned(),
        }
    }

    #[must_use]
    pub fn works(&self) -> bool {
        matches!(self.stage, ImportStage::Checking | ImportStage::Importing)
    }

    #[must_use]
    pub fn is_done(&self) -> bool {
        self.stage == ImportStage::Done
    }

    #[must_use]
    pub fn is_checked(&self) -> bool {
        self.stage == ImportStage::Checked
    }

    /// Its columns are mapped, and nobody is at work on it.
    #[must_use]
    pub fn may_reconcile(&self) -> bool {
        !self.works() && self.stage != ImportStage::Uploaded
    }
}

/// The native columns in words.
#[must_use]
pub fn field_label(c: &Ctx, name: &str) -> String {
    match name {
        "code" => c.t("Mã hồ sơ", "Code"),
        "procedure_code" => c.t("Mã thủ tục", "Procedure code"),
        "applicant_name" => c.t("Người nộp", "Applicant"),
        "applicant_phone" => c.t("Điện thoại", "Phone"),
        "applicant_email" => c.t("Thư điện tử", "E-mail"),
        "applicant_address" => c.t("Địa chỉ", "Address"),
        "contact_ways" => c.t("Muốn nhận tin qua", "Wishes to be reached by"),
        "channel" => c.t("Hình thức nộp", "Filed"),
        "received_at" => c.t("Ngày tiếp nhận", "Received"),
        "due_at" => c.t("Ngày hẹn trả", "Promised"),
        "resolved_at" => c.t("Ngày có kết quả", "Result ready"),
        "returned_at" => c.t("Ngày trả kết quả", "Returned"),
        "outcome" => c.t("Kết quả", "Outcome"),
        "unit" => c.t("Đơn vị giải quyết", "Unit"),
        "officer" => c.t("Cán bộ xử lý", "Officer"),
        "paper_supplement" => c.t("Phải nộp thêm bản giấy", "Paper copies needed"),
        "presence_required" => c.t("Phải đến trực tiếp", "Presence required"),
        "fee_due" => c.t("Có phí, lệ phí", "Fee due"),
        "paid_online" => c.t("Đã nộp phí trực tuyến", "Fee paid online"),
        "cross_boundary" => c.t("Nộp phi địa giới", "Filed outside the home commune"),
        "e_result" => c.t("Có kết quả điện tử", "Electronic result"),
        "row" => c.t("Cả dòng", "The row"),
        "file" => c.t("Tệp", "File"),
        other => other,
    }
    .to_owned()
}

/// What a mapped word of the channel or the outcome means.
#[must_use]
pub fn native_word(c: &Ctx, word: &str) -> String {
    match word {
        "online" => c.t("Trực tuyến", "Online"),
        "counter" => c.t("Trực tiếp", "Counter"),
        "post" => c.t("Bưu chính", "Post"),
        "granted" => c.t("Đã giải quyết", "Granted"),
        "refused" => c.t("Từ chối", "Refused"),
        "withdrawn" => c.t("Rút hồ sơ", "Withdrawn"),
        "stopped" => c.t("Dừng giải quyết", "Stopped"),
        "" => c.t("giữ nguyên (hoặc để trống)", "as it is (or empty)"),
        other => other,
    }
    .to_owned()
}

/// First entry of a column select.
#[must_use]
pub fn no_column(c: &Ctx) -> String {
    c.t("– không có trong tệp –", "– not in the file –").to_owned()
}
