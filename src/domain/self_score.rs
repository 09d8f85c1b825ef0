//! The items of a local PAR INDEX that are about procedures, scored by steps: from a share on, so many points.

use super::index_766::Score;
use super::rates::{Percent, Rate};
use super::summary::Bucket;
use super::text_enum;

text_enum! {
    SelfScoreItem {
        OnTime = "on_time",
        Apology = "apology",
        OnlineShare = "online_share",
        Digitised = "digitised",
        Feedback = "feedback",
    }
}

impl SelfScoreItem {
    /// The files that have the quality, of these; `None`: our records do not tell.
    #[must_use]
    pub const fn buckets(self) -> Option<(Bucket, Bucket)> {
        match self {
            Self::OnTime => Some((Bucket::OnTimeMet, Bucket::OnTimeBase)),
            Self::Apology => Some((Bucket::ApologyGiven, Bucket::LateAll)),
            Self::OnlineShare => Some((Bucket::ReceivedOnline, Bucket::ReceivedInPeriod)),
            Self::Digitised => Some((Bucket::ElectronicResult, Bucket::HandledResults)),
            Self::Feedback => None,
        }
    }
}

/// From this share on it gives these points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScoreStep {
    pub from: Percent,
    pub points: Score,
}

/// The points of the highest step that a rate reaches, none below the lowest; `None` where nothing was counted.
///
/// ```
/// use dunghen::domain::{index_766::Score, rates::{Percent, Rate}, self_score::{ScoreStep, points}};
/// let steps = [(100_00, 2_00), (95_00, 1_50)]
///     .map(|(from, points)| ScoreStep { from: Percent::from_hundredths(from), points: Score(points) });
/// assert_eq!(points(&steps, Rate { of: 9_999, total: 10_000 }), Some(Score(1_50)), "not yet all");
/// assert_eq!(points(&steps, Rate { of: 94, total: 100 }), Some(Score(0)));
/// assert_eq!(points(&steps, Rate { of: 0, total: 0 }), None);
/// ```
#[must_use]
pub fn points(steps: &[ScoreStep], rate: Rate) -> Option<Score> {
    let percent = rate.percent()?;
    let reached = steps.iter().filter(|step| percent >= step.from);
    Some(reached.map(|step| step.points).max().unwrap_or_default())
}
