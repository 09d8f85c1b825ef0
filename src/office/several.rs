//! One step on several dossiers: each is taken or refused by itself, in a transaction of its own.

use crate::domain::dossier::{ElectronicResult, ResultOutcome, Step};
use crate::domain::text_enum;
use crate::domain::time::Instant;
use crate::render::print;
use crate::store::papers::PaperKind;

use super::error::{OfficeError, OfficeResult};
use super::{Actor, Office};

/// Most dossiers of one go, and most slips of one print.
pub const MOST: usize = 200;

text_enum! {
    /// What can be done to several dossiers at once: only what needs no word about the single one.
    Several {
        HandOver = "ban-giao",
        ConfirmReady = "kip-han",
        Grant = "ket-qua",
        /// with an electronic result, which the online rates count
        GrantElectronic = "ket-qua-dien-tu",
        Return = "tra",
        ControlSlips = "phieu-kiem-soat",
    }
}

/// A dossier as the person saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    pub code: String,
    pub revision: i32,
}

impl Office {
    /// Takes the step on each of the dossiers; what became of each, in their order.
    pub fn several(
        &self,
        now: Instant,
        actor: &Actor,
        what: Several,
        chosen: &[Chosen],
    ) -> Vec<(String, OfficeResult<()>)> {
        let one = |chosen: &Chosen| (chosen.code.clone(), self.one_of_several(now, actor, what, chosen));
        chosen.iter().take(MOST).map(one).collect()
    }

    fn one_of_several(&self, now: Instant, actor: &Actor, what: Several, chosen: &Chosen) -> OfficeResult<()> {
        let step = match what {
            Several::HandOver => Step::HandOver,
            Several::ConfirmReady => Step::ConfirmReady,
            Several::Grant => granted(ElectronicResult::PaperOnly),
            Several::GrantElectronic => granted(ElectronicResult::Issued),
            Several::Return => Step::Return,
            Several::ControlSlips => {
                self.paper(now, actor, &chosen.code, PaperKind::ControlSlip, None, "")?;
                return Ok(());
            }
        };
        self.step_seen(now, actor, &chosen.code, chosen.revision, &step)?;
        Ok(())
    }

    /// The newest control slips of these dossiers as one file for the printer.
    ///
    /// # Errors
    /// Not found when one was never made, or none is asked for.
    pub fn control_slips(&self, now: Instant, codes: &[String]) -> OfficeResult<Vec<u8>> {
        let mut slips = Vec::with_capacity(codes.len());
        for code in codes.iter().take(MOST) {
            slips.push(self.paper_pdf(now, code, PaperKind::ControlSlip, None)?.1);
        }
        if slips.is_empty() {
            return Err(OfficeError::NotFound);
        }
        Ok(print::together(&slips)?)
    }
}

const fn granted(electronic: ElectronicResult) -> Step {
    Step::Resolve { outcome: ResultOutcome::Granted, electronic }
}
