//! Every mistake in the settings at once, each with its name and the remedy.

use std::collections::HashSet;

use chrono::Weekday;

use crate::domain::office_hours::{OfficeHours, Period, Session};

use super::{HoursPeriod, MailTransport, Settings, YearTarget};

impl Settings {
    /// What is wrong with these settings; empty when nothing is.
    #[must_use]
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let mut check = |fine: bool, problem: &str| {
            if !fine {
                problems.push(problem.to_owned());
            }
        };
        check(
            self.server.listen.parse::<std::net::SocketAddr>().is_ok(),
            "server.listen: must be ADDRESS:PORT, for example 127.0.0.1:8080",
        );
        let public = &self.server.public_url;
        check(
            public.starts_with("http://") || public.starts_with("https://"),
            "server.public_url: must begin with http:// or https://",
        );
        check(self.server.max_body_bytes >= 65_536, "server.max_body_bytes: at least 65536");
        check(self.imports.max_bytes >= 65_536, "imports.max_bytes: at least 65536");
        check(!self.imports.folder.trim().is_empty(), "imports.folder: must not be empty");
        check((1..=3650).contains(&self.imports.kept_days), "imports.kept_days: 1 to 3650");
        check(!self.agency.code.trim().is_empty(), "agency.code: must not be empty");
        check(!self.agency.name.trim().is_empty(), "agency.name: must not be empty");
        check(self.apology.new_date_min_working_days >= 1, "apology.new_date_min_working_days: at least 1");
        check(
            self.apology.new_date_max_working_days >= self.apology.new_date_min_working_days,
            "apology.new_date_max_working_days: not less than new_date_min_working_days",
        );
        check((1..=30).contains(&self.apology.tell_days_before), "apology.tell_days_before: 1 to 30");
        check((1..=80).contains(&self.apology.sign_within_hours), "apology.sign_within_hours: 1 to 80");
        check(self.notices.acceptance_warn_hours <= 80, "notices.acceptance_warn_hours: 0 to 80");
        check(self.notices.supplement_reminder_days <= 365, "notices.supplement_reminder_days: 0 to 365");
        check((1..=720).contains(&self.security.session_hours), "security.session_hours: 1 to 720");
        check(self.security.lockout_failures >= 1, "security.lockout_failures: at least 1");
        check(self.security.lockout_minutes >= 1, "security.lockout_minutes: at least 1");
        for found in [
            self.database_url().err(),
            self.code_pattern().err(),
            self.same_day_cutoff().err(),
            self.office_hours().err(),
            self.quiet_hours().err(),
        ] {
            problems.extend(found);
        }
        problems.extend(self.figure_problems());
        problems.extend(self.public_problems());
        problems.extend(self.server.trusted_proxies().err());
        problems.extend(self.dispatch_problems());
        problems.extend(self.mail_problems());
        problems.extend(self.way_problems());
        problems.extend(self.job_problems());
        problems.extend(self.people_problems());
        problems
    }

    /// Targets, and what reports need to say anything.
    fn figure_problems(&self) -> Vec<String> {
        let checks = [
            (self.targets.on_time_percent <= 100, "targets.on_time_percent: 0 to 100"),
            (self.targets.online_percent <= 100, "targets.online_percent: 0 to 100"),
            ((2020..=2100).contains(&self.targets.online_year), "targets.online_year: 2020 to 2100"),
            ((1..=100).contains(&self.targets.cut_percent), "targets.cut_percent: 1 to 100"),
            ((1..=100).contains(&self.targets.cut_procedures_percent), "targets.cut_procedures_percent: 1 to 100"),
            (self.targets.cut_late_share_percent < 100, "targets.cut_late_share_percent: 0 to 99"),
            (self.targets.cut_min_cases >= 1, "targets.cut_min_cases: at least 1"),
            ((1..=120).contains(&self.risk.history_months), "risk.history_months: 1 to 120"),
            ((5..=10_000).contains(&self.risk.min_finished), "risk.min_finished: 5 to 10000"),
            ((3..=1_000).contains(&self.open_data.min_cases), "open_data.min_cases: 3 to 1000"),
        ];
        let wrong = checks.into_iter().filter(|(fine, _)| !fine).map(|(_, problem)| problem.to_owned());
        wrong.chain(self.par_index.problems()).chain(self.year_problems()).collect()
    }

    /// The targets of single years.
    fn year_problems(&self) -> Vec<String> {
        let years = &self.targets.online_by_year;
        let sound =
            |one: &YearTarget| (2020..=2100).contains(&one.year) && one.percent <= 100 && !one.source.trim().is_empty();
        let once = |one: &YearTarget| years.iter().filter(|other| other.year == one.year).count() == 1;
        let problem = "targets.online_by_year: each year once, from 2020 to 2100, percent 0 to 100, with its source";
        if years.iter().all(|one| sound(one) && once(one)) { Vec::new() } else { vec![problem.to_owned()] }
    }

    fn public_problems(&self) -> Vec<String> {
        let public = &self.public;
        let checked = [
            ((3..=40).contains(&public.board_lines), "public.board_lines: 3 to 40"),
            ((5..=600).contains(&public.board_turn_seconds), "public.board_turn_seconds: 5 to 600"),
            ((1..=365).contains(&public.board_ready_days), "public.board_ready_days: 1 to 365"),
            (public.statistics_min_cases >= 5, "public.statistics_min_cases: at least 5"),
            ((0..=3_600).contains(&public.cache_seconds), "public.cache_seconds: 0 to 3600"),
        ];
        checked.into_iter().filter(|(fine, _)| !fine).map(|(_, problem)| problem.to_owned()).collect()
    }

    fn dispatch_problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let mut check = |fine: bool, problem: &str| {
            if !fine {
                problems.push(problem.to_owned());
            }
        };
        check((1..=1000).contains(&self.dispatch.batch), "dispatch.batch: 1 to 1000");
        check(self.dispatch.lease_seconds >= 30, "dispatch.lease_seconds: at least 30");
        // Four threads send a claimed batch; if every message hangs, the claim must still hold.
        let slowest =
            i64::try_from(self.mail.timeout_seconds).unwrap_or(i64::MAX).saturating_mul(self.dispatch.batch) / 4;
        check(
            self.dispatch.lease_seconds >= slowest,
            "dispatch.lease_seconds: at least dispatch.batch x mail.timeout_seconds / 4",
        );
        check(self.dispatch.first_retry_seconds >= 1, "dispatch.first_retry_seconds: at least 1");
        check(
            self.dispatch.longest_retry_seconds >= self.dispatch.first_retry_seconds,
            "dispatch.longest_retry_seconds: not less than first_retry_seconds",
        );
        check(self.dispatch.max_attempts >= 1, "dispatch.max_attempts: at least 1");
        check((1..=1440).contains(&self.dispatch.alarm_minutes), "dispatch.alarm_minutes: 1 to 1440");
        problems
    }

    fn mail_problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        if self.mail.from.parse::<lettre::Address>().is_err() {
            problems.push("mail.from: must be an e-mail address".to_owned());
        }
        match self.mail.transport {
            MailTransport::Smtp if self.mail.host.trim().is_empty() => {
                problems.push("mail.host: needed when mail.transport is smtp".to_owned());
            }
            MailTransport::Folder if self.mail.folder.trim().is_empty() => {
                problems.push("mail.folder: needed when mail.transport is folder".to_owned());
            }
            MailTransport::Smtp | MailTransport::Folder => {}
        }
        if self.mail.timeout_seconds == 0 || self.mail.timeout_seconds > 600 {
            problems.push("mail.timeout_seconds: 1 to 600".to_owned());
        }
        problems
    }

    fn job_problems(&self) -> Vec<String> {
        let jobs = &self.jobs;
        let given = [
            ("sweep", &jobs.sweep),
            ("dispatch", &jobs.dispatch),
            ("digest", &jobs.digest),
            ("housekeeping", &jobs.housekeeping),
            ("calendar", &jobs.calendar),
            ("bounces", &jobs.bounces),
            ("facts", &jobs.facts),
            ("figures", &jobs.figures),
            ("statistics", &jobs.statistics),
            ("verify", &jobs.verify),
            ("imports", &jobs.imports),
        ];
        given
            .into_iter()
            .filter_map(|(name, expression)| {
                let error = expression.parse::<cron::Schedule>().err()?;
                Some(format!("jobs.{name}: not a cron expression (second minute hour day month weekday): {error}"))
            })
            .collect()
    }

    fn people_problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let mut usernames = HashSet::new();
        for person in &self.people {
            if !usernames.insert(person.username.as_str()) {
                problems.push(format!("people: the username {:?} is there twice", person.username));
            }
            if let Some(email) = person.email.as_deref().filter(|email| email.parse::<lettre::Address>().is_err()) {
                problems.push(format!("people: {:?} of {:?} is not an e-mail address", email, person.username));
            }
        }
        let mut codes = HashSet::new();
        if self.units.is_empty() {
            problems.push("units: at least one unit is needed".to_owned());
        }
        for unit in &self.units {
            if !codes.insert(unit.code.as_str()) {
                problems.push(format!("units: the code {:?} is there twice", unit.code));
            }
            for username in [&unit.supervisor, &unit.officer].into_iter().flatten() {
                if !usernames.contains(username.as_str()) {
                    problems.push(format!("units: {:?} of {:?} is not among the people", username, unit.code));
                }
            }
        }
        for person in &self.people {
            if let Some(code) = person.unit.as_deref().filter(|code| !codes.contains(code)) {
                problems.push(format!("people: the unit {:?} of {:?} is not among the units", code, person.username));
            }
            if let Some(stand_in) = person.stand_in.as_deref().filter(|name| !usernames.contains(name)) {
                problems.push(format!(
                    "people: the stand-in {:?} of {:?} is not among the people",
                    stand_in, person.username
                ));
            }
        }
        problems
    }
}

/// The office hours of the settings; Monday to Friday are the days that files are counted in.
pub(super) fn office_hours(periods: &[HoursPeriod]) -> Result<OfficeHours, String> {
    let periods = periods.iter().map(period).collect::<Result<Vec<_>, _>>()?;
    let weekdays = vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
    OfficeHours::new(periods, weekdays).map_err(|error| format!("office_hours: {error}"))
}

fn period(given: &HoursPeriod) -> Result<Period, String> {
    let day = |name: &str, sessions: &[String]| {
        sessions
            .iter()
            .map(|text| text.parse::<Session>().map_err(|error| format!("office_hours.{name}: {text:?}: {error}")))
            .collect::<Result<Vec<_>, _>>()
    };
    Ok(Period {
        valid_from: given.valid_from,
        week: [
            day("monday", &given.monday)?,
            day("tuesday", &given.tuesday)?,
            day("wednesday", &given.wednesday)?,
            day("thursday", &given.thursday)?,
            day("friday", &given.friday)?,
            day("saturday", &given.saturday)?,
            day("sunday", &given.sunday)?,
        ],
    })
}
