//! The steps of the self-scoring sheet.

use serde::Deserialize;

use crate::domain::index_766::Score;
use crate::domain::rates::Percent;
use crate::domain::self_score::{ScoreStep, SelfScoreItem};

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParIndex {
    pub on_time: Scored,
    pub apology: Scored,
    pub online_share: Scored,
    pub digitised: Scored,
    pub feedback: Scored,
}

/// The most points of an item, and from which shares on it gives how many: texts, since points have decimals.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scored {
    pub points: String,
    pub steps: Vec<(String, String)>,
}

impl ParIndex {
    const fn of(&self, item: SelfScoreItem) -> &Scored {
        match item {
            SelfScoreItem::OnTime => &self.on_time,
            SelfScoreItem::Apology => &self.apology,
            SelfScoreItem::OnlineShare => &self.online_share,
            SelfScoreItem::Digitised => &self.digitised,
            SelfScoreItem::Feedback => &self.feedback,
        }
    }

    /// The steps of an item, the highest first, and its most points; checked when the settings were read.
    #[must_use]
    pub fn item(&self, item: SelfScoreItem) -> (Vec<ScoreStep>, Score) {
        let scored = self.of(item);
        let step =
            |(from, points): &(String, String)| Some(ScoreStep { from: from.parse().ok()?, points: score(points)? });
        let mut steps: Vec<ScoreStep> = scored.steps.iter().filter_map(step).collect();
        steps.sort_by_key(|step| std::cmp::Reverse(step.from));
        (steps, score(&scored.points).unwrap_or_default())
    }

    /// What is wrong with it.
    #[must_use]
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        for item in SelfScoreItem::ALL {
            let scored = self.of(*item);
            let Some(most) = score(&scored.points) else {
                problems.push(format!("par_index.{item}.points: a number of points such as \"1.5\""));
                continue;
            };
            for (from, points) in &scored.steps {
                let share = from.parse().is_ok_and(|from: Percent| from <= Percent::from_hundredths(10_000));
                if !share || score(points).is_none_or(|points| points > most) {
                    problems.push(format!(
                        "par_index.{item}.steps: [\"{from}\", \"{points}\"] must be a share from 0 to 100 and no more points than {most}"
                    ));
                }
            }
        }
        problems
    }
}

/// Points are written as percentages are.
fn score(text: &str) -> Option<Score> {
    text.parse().ok().map(|points: Percent| Score(points.hundredths()))
}
