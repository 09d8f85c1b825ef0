//! The service: web and jobs on one database, until it is asked to end.

use std::path::PathBuf;
use std::sync::Arc;

use actix_web::middleware::{Compress, DefaultHeaders, from_fn};
use actix_web::{App, HttpServer, web};

use crate::clock::{Clock, ShiftedClock, SystemClock};
use crate::config::{Mail, MailTransport, Settings};
use crate::delivery::KeptCourier;
use crate::domain::time::Instant;
use crate::jobs::{runner, timetable};
use crate::office::{Office, demo, setup};
use crate::render::words;
use crate::store::{DatabaseUrl, Durability, Store};
use crate::web::site::{Demo, Site};
use crate::web::{guard, routes};

/// Dossiers of the demonstration's year.
const DEMO_DOSSIERS: u32 = 12_000;

/// Only what the service itself sends runs or shows in its pages.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// How the service runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Normal,
    /// A made-up commune with a clock that can be moved; starts at the instant, default now.
    Demo(Option<Instant>),
}

/// Serves until SIGTERM or SIGINT; then requests under way are finished. `announce` hears, once the
/// service listens, where it is, who can sign in and where letters go.
///
/// # Errors
/// In one line, what kept the service from starting.
pub fn run(settings: Settings, mode: Mode, announce: &mut dyn FnMut(&str)) -> Result<(), String> {
    let listen = settings.server.listen.clone();
    let mail = settings.mail.clone();
    let max_body = settings.server.max_body_bytes;
    let site = match mode {
        Mode::Normal => normal(settings)?,
        Mode::Demo(start) => demonstration(settings, start)?,
    };
    let accounts = site.demo.as_ref().map(|demo| Arc::clone(&demo.accounts));
    let names: Vec<&str> = site.jobs.iter().map(|job| job.name).collect();
    site.office.register_jobs(site.now(), &names).map_err(|error| error.to_string())?;
    actix_web::rt::System::new().block_on(async move {
        let jobs = runner::start(&site.office, &site.clock, site.jobs.as_ref().clone());
        let server = HttpServer::new(move || {
            App::new()
                .app_data(web::Data::new(site.clone()))
                .app_data(web::PayloadConfig::new(max_body))
                .wrap(from_fn(guard::guard))
                .wrap(
                    DefaultHeaders::new()
                        .add(("Content-Security-Policy", POLICY))
                        .add(("X-Content-Type-Options", "nosniff"))
                        .add(("Referrer-Policy", "same-origin"))
                        .add(("Cross-Origin-Opener-Policy", "same-origin")),
                )
                .wrap(Compress::default())
                .configure(routes::register)
        })
        .workers(2)
        // A page is more than one packet: without this its end waits 40 ms for the browser's receipt of the rest.
        .tcp_nodelay(true)
        .bind(&listen)
        .map_err(|error| format!("server.listen {listen}: {error}"))?
        .run();
        tracing::info!(%listen, "listening");
        announce(&welcome(&listen, accounts.as_deref().map(Vec::as_slice), &mail));
        let ended = server.await.map_err(|error| error.to_string());
        jobs.abort();
        ended
    })
}

fn welcome(listen: &str, demo: Option<&[(String, String, String)]>, mail: &Mail) -> String {
    let letters = match (demo, mail.transport) {
        (Some(_), _) => words::LETTERS_STAY.to_owned(),
        (None, MailTransport::Folder) => words::letters_to_folder(&mail.folder),
        (None, MailTransport::Smtp) => words::letters_to_server(&mail.host),
    };
    words::welcome(&format!("http://{listen}/"), demo.unwrap_or_default(), &letters)
}

fn normal(settings: Settings) -> Result<Site, String> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let office = crate::compose::open_office(settings, clock.now())?;
    for differs in office.settings_differ().map_err(|error| error.to_string())? {
        tracing::info!(name = %differs.name, fields = ?differs.fields, "settings and database differ: the database holds");
    }
    let jobs = timetable::jobs(&office.settings().jobs)?;
    Ok(Site {
        office,
        clock,
        jobs: Arc::new(jobs),
        visits: Arc::default(),
        lookups: Arc::default(),
        warm: Arc::default(),
        demo: None,
    })
}

/// Fills an empty database with a made-up year; one that is filled already goes on.
fn demonstration(settings: Settings, start: Option<Instant>) -> Result<Site, String> {
    let clock = Arc::new(ShiftedClock::showing(start.unwrap_or_else(|| SystemClock.now())));
    let url = demo_database(&settings)?;
    let settings = demo::settled(settings);
    let failed = |error: crate::office::OfficeError| error.to_string();
    let filled = {
        // The year can be made anew at any time, so filling need not wait for the disk.
        let store = Store::open(&url, Durability::Relaxed).map_err(|error| error.to_string())?;
        setup::prepare(&store, &settings, demo::begins(clock.now())).map_err(failed)?;
        let office = Office::open(store, settings.clone(), Arc::new(KeptCourier)).map_err(failed)?;
        let filled = demo::is_filled(&office).map_err(failed)?;
        if filled { None } else { Some(demo::fill(&office, clock.now(), DEMO_DOSSIERS, &mut |_| {}).map_err(failed)?) }
    };
    tracing::info!(?filled, "demonstration ready");
    let store = Store::open(&url, Durability::Full).map_err(|error| error.to_string())?;
    let office = Office::open(store, settings, Arc::new(KeptCourier)).map_err(failed)?;
    let accounts = demo::accounts(&office, clock.now()).map_err(failed)?;
    let jobs = timetable::jobs(&office.settings().jobs)?;
    let accounts = accounts.into_iter().map(|(name, role, password)| (name, role.to_string(), password.to_owned()));
    let demo = Demo { clock: Arc::clone(&clock), accounts: Arc::new(accounts.collect()) };
    Ok(Site {
        office,
        clock,
        jobs: Arc::new(jobs),
        visits: Arc::default(),
        lookups: Arc::default(),
        warm: Arc::default(),
        demo: Some(demo),
    })
}

/// The database that the settings name; left at the shipped default, a fresh file of its own, so
/// that the demonstration never mixes with real files.
fn demo_database(settings: &Settings) -> Result<DatabaseUrl, String> {
    let shipped = Settings::from_toml("").map_err(|problems| problems.join("; "))?;
    let url = settings.database_url()?;
    if url != shipped.database_url()? {
        return Ok(url);
    }
    let folder: PathBuf = std::env::temp_dir().join("dunghen-demo");
    match std::fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(format!("{}: {error}", folder.display())),
        Ok(()) | Err(_) => Ok(DatabaseUrl::Sqlite(folder.join("dunghen-demo.db"))),
    }
}
