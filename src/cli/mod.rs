//! The command line: words to a verb of the office, its answer to text or JSON, its end to an exit code
//! (0 done, 1 refused with a reason, 2 words that make no sense).

use std::ffi::OsString;

use crate::clock::{Clock as _, SystemClock};
use crate::compose::office_of;
use crate::config::Settings;
use crate::office::sweep::Run;
use crate::serve::{self, Mode};
use crate::telemetry;
use clap::Parser as _;

mod agencies;
mod args;
mod batch;
mod calendar;
mod database;
mod deadline;
mod exports;
mod imports;
mod ledger;
mod output;
mod people;
mod periods;
mod progress;
mod proof;
mod reasons;
mod reports;
mod works;

use args::{Common, ConfigWords, Verb, Words};
use database::Replacing;
use output::Failure;
pub use output::{Shape, Sink, Streams, sink};

/// Does what the words say; answers the exit code.
pub fn run(words: impl IntoIterator<Item = OsString>, streams: &mut Streams<'_>) -> u8 {
    let words = match Words::try_parse_from(words) {
        Ok(words) => words,
        Err(error) => {
            // Help and version are answers, everything else is told on the error stream.
            error.print().unwrap_or_default();
            return u8::try_from(error.exit_code()).unwrap_or(2);
        }
    };
    if words.common.json {
        streams.shape = Shape::Json;
    }
    match act(words, streams).and_then(|()| Ok(streams.out.flush()?)) {
        Ok(()) => 0,
        Err(failure) => {
            let code = streams.fail(failure);
            streams.out.flush().unwrap_or_default();
            code
        }
    }
}

fn act(words: Words, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let Words { common, verb } = words;
    if let Verb::Config(ConfigWords::Check) = verb {
        return config_check(&common, streams);
    }
    if let Verb::Openapi = verb {
        return Ok(writeln!(streams.out, "{:#}", crate::web::openapi::document())?);
    }
    if let Verb::Report(words) = &verb {
        reports::check(words)?;
    }
    let settings = Settings::load(common.config.as_deref()).map_err(Failure::reasons)?;
    telemetry::start(&settings.log).map_err(Failure::reason)?;
    let now = common.now.unwrap_or_else(|| SystemClock.now());
    if let Verb::Serve { demo } = verb {
        return serve(settings, &common, demo, streams);
    }
    let means = agencies::Means::of(&verb);
    let office = || agencies::office_for(office_of(settings.clone(), now)?, common.agency.as_deref(), &means);
    match verb {
        Verb::Deadline(words) => deadline::run(&settings, &words, streams),
        Verb::Import(words) => imports::run(&office()?, now, &words, streams),
        Verb::Export(words) => exports::run(&office()?, &words, streams),
        Verb::Sweep { dry_run } => works::sweep(&office()?, now, if dry_run { Run::Dry } else { Run::Real }, streams),
        Verb::Dispatch => works::dispatch(&office()?, now, streams),
        Verb::Tomorrow => works::tomorrow(&office()?, now, streams),
        Verb::Report(words) => reports::run(&office()?, now, &words, streams),
        Verb::Reconcile(words) => reports::reconcile(&office()?, now, &words, streams),
        Verb::Period(words) => periods::run(&office()?, now, &words, streams),
        Verb::Letter { code, out } => works::letter(&office()?, now, &code, out.as_deref(), streams),
        Verb::Ledger { code, language } => ledger::run(&office()?, &code, language.lang(), streams),
        Verb::Proof { code } => proof::run(&office()?, now, &code, streams),
        Verb::Verify => works::verify(&office()?, streams),
        Verb::Facts { anew } => works::facts(&office()?, now, anew, streams),
        Verb::Agency(words) => agencies::run(&office()?, now, words, streams),
        Verb::User(words) => people::user(&office()?, now, words, streams),
        Verb::Token(words) => people::token(&office()?, now, words, streams),
        Verb::Migrate { status: true } => database::migration_status(&settings, streams),
        Verb::Migrate { status: false } => database::migrate(&settings, now, streams),
        Verb::Backup { file } => database::backup(&settings, &file, streams),
        Verb::Restore { file, replace } => {
            let replacing = if replace { Replacing::Allowed } else { Replacing::Refused };
            database::restore(&settings, now, &file, replacing, streams)
        }
        Verb::Serve { .. } | Verb::Config(_) | Verb::Openapi => Ok(()),
    }
}

fn serve(settings: Settings, common: &Common, demo: bool, streams: &mut Streams<'_>) -> Result<(), Failure> {
    if common.now.is_some() && !demo {
        return Err(Failure::reason("--now chỉ dùng được với serve --demo: dịch vụ thật chạy theo giờ thật"));
    }
    let mode = if demo { Mode::Demo(common.now) } else { Mode::Normal };
    let mut announce = |text: &str| {
        // Nobody may be listening (a service manager); the service runs all the same.
        let _ = writeln!(streams.out, "{text}").and_then(|()| streams.out.flush());
    };
    serve::run(settings, mode, &mut announce).map_err(Failure::reason)
}

fn config_check(common: &Common, streams: &mut Streams<'_>) -> Result<(), Failure> {
    match Settings::load(common.config.as_deref()) {
        Err(problems) => Err(Failure::reasons(problems)),
        Ok(settings) => {
            telemetry::start(&settings.log).map_err(Failure::reason)?;
            database::check(&settings, streams)
        }
    }
}
