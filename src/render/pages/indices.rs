//! `/bao-cao/chi-so`: the index of QĐ 766 and the self-scoring sheet of a period.

use askama::Template;

use super::ctx::Ctx;
use super::reports::Tab;
use super::summary::Count;
use crate::domain::index_766::{IndexGroup, IndexPart};
use crate::domain::self_score::SelfScoreItem;
use crate::render::index_words::{self, INDEX_SOURCE, Pair, SELF_SCORE_SOURCE};

/// What was counted for a part or an item.
#[derive(Debug, Clone)]
pub struct Counted {
    pub of: Number,
    pub total: Number,
    pub percent: Option<String>,
}

/// A number, with its list where it counts files.
#[derive(Debug, Clone)]
pub enum Number {
    Files(Count),
    Procedures(u64),
}

/// Points of a part or an item, `None` where there are none.
#[derive(Debug, Clone)]
pub struct PartRow<K> {
    pub key: K,
    pub counted: Option<Counted>,
    pub points: Option<String>,
    pub most: String,
    /// `100.00` → `2.00`, the highest first; of an item.
    pub steps: Vec<(String, String)>,
}

#[derive(Debug, Clone)]
pub struct GroupView {
    pub key: IndexGroup,
    pub points: String,
    pub supported: String,
    pub most: String,
    pub parts: Vec<PartRow<IndexPart>>,
}

/// The points of a whole sheet.
#[derive(Debug, Clone)]
pub struct TotalView {
    pub points: String,
    pub supported: String,
    pub most: String,
}

/// A period to look at.
#[derive(Debug, Clone)]
pub struct PeriodLink {
    pub name: String,
    pub href: String,
    pub current: bool,
}

/// Query parameters: `from`, `to` (civil days), `as_of`.
#[derive(Debug, Clone, Template)]
#[template(config = "src/render/pages/askama.toml", path = "indices.html")]
pub struct IndicesPage {
    pub c: Ctx,
    pub from: String,
    pub to: String,
    pub period: String,
    pub cut: String,
    pub error: Option<String>,
    pub tabs: Vec<Tab>,
    pub periods: Vec<PeriodLink>,
    /// The question as query parameters, for the files to take away.
    pub asked: String,
    pub total: TotalView,
    pub groups: Vec<GroupView>,
    pub own_total: TotalView,
    pub items: Vec<PartRow<SelfScoreItem>>,
}

impl IndicesPage {
    fn said(&self, pair: Pair) -> &'static str {
        self.c.t(pair.0, pair.1)
    }

    #[must_use]
    pub fn group(&self, of: &IndexGroup) -> &'static str {
        self.said(index_words::group(*of))
    }

    #[must_use]
    pub fn part(&self, of: &IndexPart) -> Said {
        self.words(index_words::part(*of))
    }

    #[must_use]
    pub fn item(&self, of: &SelfScoreItem) -> Said {
        self.words(index_words::item(*of))
    }

    fn words(&self, of: index_words::PartWords) -> Said {
        Said { name: self.said(of.name), formula: self.said(of.formula), missing: self.said(of.missing) }
    }

    #[must_use]
    pub fn sources(&self) -> (&'static str, &'static str) {
        (self.said(INDEX_SOURCE), self.said(SELF_SCORE_SOURCE))
    }

    /// A number of points or a share as people of the language write it.
    #[must_use]
    pub fn decimal(&self, text: &str) -> String {
        text.replace('.', self.c.t(",", "."))
    }
}

/// The words of a part in the page's language.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    pub name: &'static str,
    pub formula: &'static str,
    pub missing: &'static str,
}
