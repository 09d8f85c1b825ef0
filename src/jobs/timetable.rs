//! The whole timetable on one page: name, cron expression (from settings), action.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use chrono_tz::Asia::Ho_Chi_Minh;
use cron::Schedule;

use crate::config::Jobs;
use crate::domain::time::Instant;
use crate::office::Office;
use crate::office::sweep::Run;

/// A job of the service.
#[derive(Debug, Clone)]
pub struct Job {
    pub name: &'static str,
    /// What it does, for the people who watch it: Vietnamese and English.
    pub purpose: (&'static str, &'static str),
    pub expression: String,
    schedule: Schedule,
    act: Act,
    watch: Arc<Watch>,
}

/// How far a run in this process is; shared by all who hold the job.
#[derive(Debug, Default)]
pub struct Watch {
    running: AtomicBool,
    done: AtomicU64,
    total: AtomicU64,
}

impl Watch {
    /// Takes the run for itself until the answer is dropped; `None` while another one runs.
    #[must_use]
    pub fn begin(&self) -> Option<Running<'_>> {
        let mine = self.running.compare_exchange(false, true, Ordering::AcqRel, Ordering::Acquire).is_ok();
        mine.then_some(Running(self))
    }

    /// Rows done of all there are; `None`: nothing runs here. A total of 0: it is not known.
    #[must_use]
    pub fn progress(&self) -> Option<(u64, u64)> {
        let running = self.running.load(Ordering::Acquire);
        running.then(|| (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed)))
    }

    fn at(&self, done: u64, total: u64) {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }
}

/// A run under way.
#[derive(Debug)]
pub struct Running<'a>(&'a Watch);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.at(0, 0);
        self.0.running.store(false, Ordering::Release);
    }
}

/// The jobs with the times of the settings.
///
/// # Errors
/// Names the setting that is no cron expression.
pub fn jobs(settings: &Jobs) -> Result<Vec<Job>, String> {
    let mut jobs = vec![
        job(
            "sweep",
            (
                "Rà soát hạn: nhắc việc, báo quá hạn, lập phiếu xin lỗi",
                "Check deadlines: warnings, alarms, letters of apology",
            ),
            &settings.sweep,
            |office, now, _| told(office.sweep(now, Run::Real)),
        )?,
        job(
            "dispatch",
            ("Gửi thư và thông báo đang chờ", "Send waiting letters and notices"),
            &settings.dispatch,
            |office, now, _| told(office.dispatch(now)),
        )?,
        job(
            "digest",
            (
                "Gộp thông báo thành bản tin buổi sáng, mỗi người một thư",
                "Bundle notices into the morning digest, one mail each",
            ),
            &settings.digest,
            |office, now, _| told(office.digest(now)),
        )?,
        job(
            "housekeeping",
            ("Dọn phiên đăng nhập hết hạn", "Remove expired sessions"),
            &settings.housekeeping,
            |office, now, _| told(office.keep_house(now)),
        )?,
        job(
            "calendar",
            (
                "Hỏi lịch nghỉ năm tới: từ tháng 10, mỗi tháng một lần, đến khi có đủ",
                "Ask for next year's calendar: from October, once a month, until it is there",
            ),
            &settings.calendar,
            |office, now, _| told(office.ask_for_calendar(now)),
        )?,
        job(
            "bounces",
            ("Đọc thư trả lại từ máy chủ thư", "Read returned mail"),
            &settings.bounces,
            |office, now, _| told(office.read_bounces(now)),
        )?,
    ];
    jobs.extend(long(settings)?);
    Ok(jobs)
}

/// The jobs that go over everything there is, or over a whole file.
fn long(settings: &Jobs) -> Result<[Job; 5], String> {
    Ok([
        job(
            "verify",
            (
                "Kiểm tra nhật ký: chuỗi mã băm còn nguyên, mọi ngày hẹn tính lại được, số liệu ngày khớp hồ sơ",
                "Verify the journal: the chain of hashes is whole, every promise follows again, facts are what files give",
            ),
            &settings.verify,
            verify,
        )?,
        job(
            "imports",
            ("Tiếp tục các lần nhập hồ sơ bị ngắt quãng", "Take up imports that were interrupted"),
            &settings.imports,
            |office, now, _| told(office.resume_imports(now)),
        )?,
        job(
            "facts",
            (
                "Lập số liệu những ngày đã qua: mỗi ngày một lần, lập lại khi có hồ sơ của ngày đó thay đổi",
                "Make the facts of past days: each day once, and again when one of its files changes",
            ),
            &settings.facts,
            |office, now, watch| told(office.keep_facts(now, &|done, total| watch.at(done, total))),
        )?,
        job(
            "figures",
            ("Tính số liệu của trang Điều hành", "Compute the figures of the manager's page"),
            &settings.figures,
            |office, now, watch| {
                told(office.refresh_figures(now, &|done, total| watch.at(u64::from(done), u64::from(total))))
            },
        )?,
        job(
            "statistics",
            ("Tính số liệu công khai theo thủ tục", "Compute the public statistics by procedure"),
            &settings.statistics,
            |office, now, _| told(office.refresh_statistics(now)),
        )?,
    ])
}

type Act = fn(&Office, Instant, &Watch) -> Result<String, String>;

fn job(name: &'static str, purpose: (&'static str, &'static str), expression: &str, act: Act) -> Result<Job, String> {
    let schedule = expression.parse::<Schedule>().map_err(|error| format!("jobs.{name}: {error}"))?;
    Ok(Job { name, purpose, expression: expression.to_owned(), schedule, act, watch: Arc::default() })
}

fn verify(office: &Office, now: Instant, watch: &Watch) -> Result<String, String> {
    told(office.verify_and_keep(now, &mut |at| watch.at(at.done, at.total)).map(|report| {
        let (broken, differ) = (report.broken.len(), report.dates_differ.len());
        serde_json::json!({
            "entries": report.entries, "dates_replayed": report.dates_replayed, "broken": broken, "differ": differ,
            "days": report.days, "days_differ": report.days_differ.len(),
        })
    }))
}

fn told<T: serde::Serialize>(result: crate::office::OfficeResult<T>) -> Result<String, String> {
    match result {
        Ok(report) => serde_json::to_string(&report).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    }
}

impl Job {
    /// The first planned time after `at`, in Vietnam's time.
    #[must_use]
    pub fn next_after(&self, at: Instant) -> Option<Instant> {
        self.schedule.after(&at.with_timezone(&Ho_Chi_Minh)).next().map(|next| next.with_timezone(&chrono::Utc))
    }

    /// Does the work.
    ///
    /// # Errors
    /// What went wrong, in one line.
    pub fn act(&self, office: &Office, now: Instant) -> Result<String, String> {
        (self.act)(office, now, &self.watch)
    }

    #[must_use]
    pub fn watch(&self) -> &Watch {
        &self.watch
    }
}
