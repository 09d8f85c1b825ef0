//! Every address of the service: method, path, who may, which handler; those of the machine interface in
//! `routes/api.rs`. What is not here does not exist; a test walks the table and tries every role at every door.

use actix_web::http::Method;
use actix_web::web::{self, ServiceConfig};

use crate::domain::role::Right;

use super::{guard, pages};

mod api;

/// Who may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anyone: the sign-in page, the citizen's page, assets, health.
    Public,
    /// Anyone signed in.
    SignedIn,
    Needs(Right),
    /// What all agencies of an install share: the right, and an account of the agency that leads them. With one
    /// agency the same as [`Access::Needs`].
    Leads(Right),
    /// The right, and an account of an agency that looks across all of them.
    Across(Right),
}

/// A row of the table.
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub access: Access,
    handler: fn() -> actix_web::Route,
}

impl std::fmt::Debug for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {:?}", self.method, self.path, self.access)
    }
}

const fn get(path: &'static str, access: Access, handler: fn() -> actix_web::Route) -> Route {
    Route { method: Method::GET, path, access, handler }
}

const fn post(path: &'static str, access: Access, handler: fn() -> actix_web::Route) -> Route {
    Route { method: Method::POST, path, access, handler }
}

const READ: Access = Access::Needs(Right::Read);
const INTAKE: Access = Access::Needs(Right::Intake);
const PROGRESS: Access = Access::Needs(Right::Progress);
const REPORT: Access = Access::Needs(Right::Report);
const OPERATE: Access = Access::Needs(Right::Operate);
/// Procedures, calendar, time rules: one of each for all agencies.
const SHARED: Access = Access::Leads(Right::Administer);
/// The works of the whole install.
const WORKS: Access = Access::Leads(Right::Operate);
/// Figures of all agencies beside each other.
const ACROSS: Access = Access::Across(Right::Report);
const SIGN: Access = Access::Needs(Right::Sign);
const CLOSE: Access = Access::Needs(Right::Close);
const APPROVE: Access = Access::Needs(Right::Approve);
const ADMINISTER: Access = Access::Needs(Right::Administer);
const AUDIT: Access = Access::Needs(Right::Audit);

/// The pages.
static PAGES: &[Route] = &[
    get("/", Access::SignedIn, || web::get().to(pages::home)),
    get("/dang-nhap", Access::Public, || web::get().to(pages::sign_in::form)),
    post("/dang-nhap", Access::Public, || web::post().to(pages::sign_in::submit)),
    post("/dang-xuat", Access::SignedIn, || web::post().to(pages::sign_in::leave)),
    get("/ho-so", READ, || web::get().to(pages::queue::page)),
    get("/ho-so/moi", INTAKE, || web::get().to(pages::intake::form)),
    get("/ho-so/moi/nguoi-nop", INTAKE, || web::get().to(pages::intake_help::people)),
    get("/ho-so/moi/giay-to", INTAKE, || web::get().to(pages::intake_help::papers)),
    post("/ho-so/moi/nhap", INTAKE, || web::post().to(pages::intake_help::keep)),
    post("/ho-so/moi/bo-nhap", INTAKE, || web::post().to(pages::intake_help::drop)),
    post("/ho-so", INTAKE, || web::post().to(pages::intake::submit)),
    post("/ho-so-nhieu", PROGRESS, || web::post().to(pages::several::act)),
    get("/phieu-kiem-soat.pdf", READ, || web::get().to(pages::several::slips)),
    get("/tim", READ, || web::get().to(pages::finding::hits)),
    get("/phim-tat", Access::SignedIn, || web::get().to(pages::finding::keys)),
    get("/bo-loc", READ, || web::get().to(pages::saved::page)),
    post("/bo-loc", READ, || web::post().to(pages::saved::save)),
    get("/bo-loc/{id}", READ, || web::get().to(pages::saved::open)),
    post("/bo-loc/{id}/ten", READ, || web::post().to(pages::saved::rename)),
    post("/bo-loc/{id}/xoa", READ, || web::post().to(pages::saved::delete)),
    get("/ho-so/nguy-co", READ, || web::get().to(pages::at_risk::page)),
    get("/ho-so/nguy-co.{name}", READ, || web::get().to(pages::at_risk::download)),
    get("/ho-so/{code}", READ, || web::get().to(pages::dossier::page)),
    get("/ho-so/{code}/bien-nhan", READ, || web::get().to(pages::receipt::page)),
    get("/ho-so/{code}/giay/{kind}.pdf", READ, || web::get().to(pages::papers::pdf)),
    post("/ho-so/{code}/giay/{kind}", PROGRESS, || web::post().to(pages::papers::make)),
    get("/ho-so/{code}/so-tinh-ngay", READ, || web::get().to(pages::ledger::page)),
    get("/ho-so/{code}/so-tinh-ngay.txt", READ, || web::get().to(pages::ledger::text)),
    get("/ho-so/{code}/lien-he", INTAKE, || web::get().to(pages::contact::page)),
    post("/ho-so/{code}/lien-he", INTAKE, || web::post().to(pages::contact::submit)),
    get("/ho-so/{code}/dinh-chinh", PROGRESS, || web::get().to(pages::correction::page)),
    post("/ho-so/{code}/dinh-chinh", PROGRESS, || web::post().to(pages::correction::submit)),
    get("/ho-so/{code}/bang-chung", READ, || web::get().to(pages::proof::page)),
    get("/ho-so/{code}/bang-chung.json", READ, || web::get().to(pages::proof::json)),
    post("/ho-so/{code}/nguoi-dan/{id}/da-doc", PROGRESS, || web::post().to(pages::proof::seen)),
    post("/ho-so/{code}/{verb}", PROGRESS, || web::post().to(pages::dossier::step)),
    get("/dieu-hanh", REPORT, || web::get().to(pages::manager::page)),
    get("/dieu-hanh.pdf", REPORT, || web::get().to(pages::manager::pdf)),
    post("/dieu-hanh/tinh-lai", REPORT, || web::post().to(pages::manager::again)),
    get("/don-vi-toi", REPORT, || web::get().to(pages::board::page)),
    get("/don-vi-toi/ho-so", REPORT, || web::get().to(pages::board::behind)),
    get("/viec-cua-toi", PROGRESS, || web::get().to(pages::my_work::page)),
    get("/bang-thong-bao", Access::Public, || web::get().to(pages::public::board)),
    get("/tro-nang", Access::Public, || web::get().to(pages::public::accessibility)),
    get("/thong-ke", Access::Public, || web::get().to(pages::public::statistics)),
    get("/du-lieu-mo", Access::Public, || web::get().to(pages::open_data::page)),
    get("/du-lieu-mo/index.json", Access::Public, || web::get().to(pages::open_data::index)),
    get("/du-lieu-mo/schema.json", Access::Public, || web::get().to(pages::open_data::schema)),
    get("/du-lieu-mo/{agency}/{period}.json", Access::Public, || web::get().to(pages::open_data::month_json)),
    get("/du-lieu-mo/{agency}/{period}.csv", Access::Public, || web::get().to(pages::open_data::month_csv)),
    get("/bao-dong", READ, || web::get().to(pages::alerts::page)),
    post("/bao-dong/da-nhan", READ, || web::post().to(pages::alerts::acknowledge)),
    get("/sang-mai", OPERATE, || web::get().to(pages::tomorrow::page)),
    get("/so-theo-doi", READ, || web::get().to(pages::papers::register)),
    get("/so-theo-doi.{name}", READ, || web::get().to(pages::papers::register_file)),
    get("/truc-tuyen", READ, || web::get().to(pages::submissions::page)),
    get("/truc-tuyen/{code}", READ, || web::get().to(pages::submission::page)),
    post("/truc-tuyen/{code}/{verb}", INTAKE, || web::post().to(pages::submission::step)),
    get("/thu", READ, || web::get().to(pages::letters::page)),
    get("/thu/ky", SIGN, || web::get().to(pages::signing::page)),
    post("/thu/ky", SIGN, || web::post().to(pages::signing::sign_many)),
    get("/thu/ky/{id}", SIGN, || web::get().to(pages::signing::one)),
    get("/thu/ky/{id}/xem-truoc.pdf", SIGN, || web::get().to(pages::signing::preview)),
    post("/thu/ky/{id}/ky", SIGN, || web::post().to(pages::signing::sign)),
    post("/thu/ky/{id}/tu-choi", SIGN, || web::post().to(pages::signing::refuse)),
    get("/thu/so", READ, || web::get().to(pages::outgoing::page)),
    get("/thu/so.{name}", READ, || web::get().to(pages::outgoing::download)),
    get("/thu/in.pdf", INTAKE, || web::get().to(pages::letters::batch)),
    get("/thu/{id}.pdf", READ, || web::get().to(pages::letters::pdf)),
    post("/thu/da-giao", INTAKE, || web::post().to(pages::letters::handed_over_several)),
    post("/thu/{id}/da-giao", INTAKE, || web::post().to(pages::letters::handed_over)),
    get("/viec", INTAKE, || web::get().to(pages::desk::page)),
    post("/viec/{id}/xong", INTAKE, || web::post().to(pages::desk::done)),
    post("/viec/{id}/hoan-tac", INTAKE, || web::post().to(pages::desk::undo)),
    get("/bao-cao", REPORT, || web::get().to(pages::summary::page)),
    get("/bao-cao/thoi-han", REPORT, || web::get().to(pages::time_limits::page)),
    get("/tinh", ACROSS, || web::get().to(pages::province::page)),
    get("/tinh.{name}", ACROSS, || web::get().to(pages::province::download)),
    get("/bao-cao/chi-so", REPORT, || web::get().to(pages::indices::page)),
    get("/bao-cao/chi-so.{name}", REPORT, || web::get().to(pages::indices::index_file)),
    get("/bao-cao/tu-cham.{name}", REPORT, || web::get().to(pages::indices::self_score_file)),
    get("/bao-cao/bieu/{report}", REPORT, || web::get().to(pages::reports::page)),
    get("/bao-cao/tep/{report}.{ending}", REPORT, || web::get().to(pages::reports::download)),
    get("/bao-cao/cho-tiep-nhan", REPORT, || web::get().to(pages::waiting::page)),
    get("/bao-cao/ho-so", REPORT, || web::get().to(pages::number::page)),
    get("/ky-bao-cao", REPORT, || web::get().to(pages::periods::page)),
    get("/ky-bao-cao/{id}", REPORT, || web::get().to(pages::periods::one)),
    post("/ky-bao-cao/{id}/chot", CLOSE, || web::post().to(pages::periods::close)),
    get("/ky-bao-cao/{id}/goc.json", REPORT, || web::get().to(pages::periods::original)),
    get("/ky-bao-cao/{id}/bieu/{report}.{ending}", REPORT, || web::get().to(pages::periods::download)),
    get("/ky-bao-cao/{id}/chenh-lech", REPORT, || web::get().to(pages::periods::delta)),
    get("/tre-chua-xin-loi", REPORT, || web::get().to(pages::late::page)),
    get("/tre-chua-xin-loi.{name}", REPORT, || web::get().to(pages::late::download)),
    get("/hop-di", OPERATE, || web::get().to(pages::outbox::page)),
    post("/hop-di/gui-lai", OPERATE, || web::post().to(pages::outbox::retry_dead)),
    get("/hop-di/{id}", OPERATE, || web::get().to(pages::outbox::message)),
    post("/hop-di/{id}/gui-lai", OPERATE, || web::post().to(pages::outbox::retry)),
    get("/cong-viec", WORKS, || web::get().to(pages::jobs::page)),
    post("/cong-viec/{name}/chay", WORKS, || web::post().to(pages::jobs::run)),
    get("/thu-mau", OPERATE, || web::get().to(pages::mailbox::page)),
    get("/thu-mau/{id}", OPERATE, || web::get().to(pages::mailbox::message)),
    post("/dong-ho", Access::SignedIn, || web::post().to(pages::demo_clock::set)),
    get("/thu-tuc", READ, || web::get().to(pages::procedures::page)),
    post("/thu-tuc", SHARED, || web::post().to(pages::procedure_change::submit_new)),
    get("/thu-tuc/moi", SHARED, || web::get().to(pages::procedure_change::fresh)),
    get("/thu-tuc/nhap", SHARED, || web::get().to(pages::procedure_list::form)),
    post("/thu-tuc/nhap", SHARED, || web::post().to(pages::procedure_list::submit)),
    get("/thu-tuc/{code}", READ, || web::get().to(pages::procedures::one)),
    post("/thu-tuc/{code}", SHARED, || web::post().to(pages::procedure_change::submit_known)),
    get("/thu-tuc/{code}/sua", SHARED, || web::get().to(pages::procedure_change::form)),
    get("/quy-tac", READ, || web::get().to(pages::time_rules::page)),
    post("/quy-tac", SHARED, || web::post().to(pages::time_rules::submit)),
    get("/quy-tac/sua", SHARED, || web::get().to(pages::time_rules::form)),
    get("/bac-thang", READ, || web::get().to(pages::ladder::page)),
    post("/bac-thang", ADMINISTER, || web::post().to(pages::ladder::submit)),
    get("/bac-thang/sua", ADMINISTER, || web::get().to(pages::ladder::form)),
    get("/de-xuat", APPROVE, || web::get().to(pages::proposals::page)),
    get("/de-xuat/{id}", APPROVE, || web::get().to(pages::proposals::one)),
    post("/de-xuat/{id}/duyet", APPROVE, || web::post().to(pages::proposals::approve)),
    post("/de-xuat/{id}/tu-choi", APPROVE, || web::post().to(pages::proposals::refuse)),
    post("/de-xuat/{id}/rut", APPROVE, || web::post().to(pages::proposals::withdraw)),
    get("/lich", READ, || web::get().to(pages::calendar::page)),
    get("/lich.csv", READ, || web::get().to(pages::calendar::csv)),
    get("/lich.ics", READ, || web::get().to(pages::calendar::ics)),
    post("/lich/ngay", SHARED, || web::post().to(pages::calendar_change::day)),
    post("/lich/hoan-doi", SHARED, || web::post().to(pages::calendar_change::swap)),
    post("/lich/tep", SHARED, || web::post().to(pages::calendar_change::file)),
    post("/lich/xem-truoc", SHARED, || web::post().to(pages::calendar_change::again)),
    post("/lich/thay-doi", SHARED, || web::post().to(pages::calendar_change::propose)),
    get("/lich/de-xuat/{id}", APPROVE, || web::get().to(pages::calendar_change::proposed)),
    get("/nhap", INTAKE, || web::get().to(pages::imports::page)),
    post("/nhap", INTAKE, || web::post().to(pages::imports::bring)),
    get("/nhap/{id}", INTAKE, || web::get().to(pages::imports::run)),
    get("/nhap/{id}/trang-thai", INTAKE, || web::get().to(pages::imports::state)),
    get("/nhap/{id}/MAP.toml", INTAKE, || web::get().to(pages::imports::mapping)),
    get("/nhap/{id}/doi-chieu", INTAKE, || web::get().to(pages::reconcile::page)),
    get("/nhap/{id}/doi-chieu.{name}", INTAKE, || web::get().to(pages::reconcile::download)),
    get("/nhap/{id}/bi-loai.csv", INTAKE, || web::get().to(pages::imports::rejected)),
    post("/nhap/{id}/cot", INTAKE, || web::post().to(pages::imports::map)),
    post("/nhap/{id}/nhap", INTAKE, || web::post().to(pages::imports::start)),
    post("/nhap/{id}/bo", INTAKE, || web::post().to(pages::imports::forget)),
    get("/don-vi", READ, || web::get().to(pages::agency::page)),
    get("/mau-giay", ADMINISTER, || web::get().to(pages::letterhead::page)),
    post("/mau-giay", ADMINISTER, || web::post().to(pages::letterhead::save)),
    post("/mau-giay/xem-thu", ADMINISTER, || web::post().to(pages::letterhead::preview)),
    get("/tra-cuu/{token}", Access::Public, || web::get().to(pages::citizen::page)),
    get("/tra-cuu/{token}/thu.pdf", Access::Public, || web::get().to(pages::citizen::letter)),
    get("/tra-cuu/{token}/thu/{id}.pdf", Access::Public, || web::get().to(pages::citizen::one_letter)),
    get("/tra-cuu/{token}/cam-on/{name}", Access::Public, || web::get().to(pages::citizen::saying::thanks)),
    post("/tra-cuu/{token}/lien-he", Access::Public, || web::post().to(pages::citizen::saying::contact)),
    post("/tra-cuu/{token}/thiet-hai", Access::Public, || web::post().to(pages::citizen::saying::cost)),
    post("/phien", Access::SignedIn, || web::post().to(pages::sign_in::stay)),
    get("/mat-khau", Access::SignedIn, || web::get().to(pages::own::page)),
    post("/mat-khau", Access::SignedIn, || web::post().to(pages::own::submit)),
    get("/vang-mat", Access::SignedIn, || web::get().to(pages::absence::page)),
    post("/vang-mat", Access::SignedIn, || web::post().to(pages::absence::submit)),
    get("/quan-tri", AUDIT, || web::get().to(pages::administration::page)),
    get("/tai-khoan", ADMINISTER, || web::get().to(pages::accounts::page)),
    post("/tai-khoan", ADMINISTER, || web::post().to(pages::accounts::add)),
    get("/tai-khoan/moi", ADMINISTER, || web::get().to(pages::accounts::fresh)),
    get("/tai-khoan/{username}", ADMINISTER, || web::get().to(pages::accounts::one)),
    post("/tai-khoan/{username}", ADMINISTER, || web::post().to(pages::accounts::save)),
    post("/tai-khoan/{username}/mat-khau", ADMINISTER, || web::post().to(pages::accounts::password)),
    post("/tai-khoan/{username}/khoa", ADMINISTER, || web::post().to(pages::accounts::disable)),
    post("/tai-khoan/{username}/mo", ADMINISTER, || web::post().to(pages::accounts::enable)),
    post("/tai-khoan/{username}/het-phien", ADMINISTER, || web::post().to(pages::accounts::end_sessions)),
    post("/tai-khoan/{username}/ma-truy-cap", ADMINISTER, || web::post().to(pages::accounts::add_token)),
    post("/tai-khoan/{username}/ma-truy-cap/{id}/thu-hoi", ADMINISTER, || {
        web::post().to(pages::accounts::revoke_token)
    }),
    post("/don-vi", ADMINISTER, || web::post().to(pages::units::add)),
    get("/don-vi/moi", ADMINISTER, || web::get().to(pages::units::fresh)),
    get("/don-vi/{code}", ADMINISTER, || web::get().to(pages::units::one)),
    post("/don-vi/{code}", ADMINISTER, || web::post().to(pages::units::change)),
    get("/gui-tin", ADMINISTER, || web::get().to(pages::sending::page)),
    post("/gui-tin/thu", ADMINISTER, || web::post().to(pages::sending::test)),
    get("/nhap-lieu", ADMINISTER, || web::get().to(pages::import_log::page)),
    get("/nhap-lieu/{id}", ADMINISTER, || web::get().to(pages::import_log::one)),
    get("/nhat-ky", AUDIT, || web::get().to(pages::audit::page)),
    get("/nhat-ky.csv", AUDIT, || web::get().to(pages::audit::csv)),
    post("/nhat-ky/kiem-tra", Access::Leads(Right::Audit), || web::post().to(pages::audit::walk_now)),
    get("/assets/{name}", Access::Public, || web::get().to(pages::asset)),
];

/// Every row, for the guard and for the test that walks them.
pub fn all() -> impl Iterator<Item = &'static Route> {
    api::API.iter().chain(PAGES)
}

/// The row of a request, by its method and the pattern that its path matched.
#[must_use]
pub fn find(method: &Method, pattern: &str) -> Option<&'static Route> {
    let method = if method == Method::HEAD { &Method::GET } else { method };
    all().find(|route| route.method == *method && route.path == pattern)
}

/// Hangs every row into the server.
pub fn register(config: &mut ServiceConfig) {
    let query = web::QueryConfig::default();
    config.app_data(query.error_handler(|error, request| guard::unreadable(&error, request.path())));
    let mut paths: Vec<&'static str> = Vec::new();
    for route in all() {
        if !paths.contains(&route.path) {
            paths.push(route.path);
        }
    }
    for path in paths {
        let rows = all().filter(|route| route.path == path);
        config.service(rows.fold(web::resource(path), |resource, row| resource.route((row.handler)())));
    }
}
