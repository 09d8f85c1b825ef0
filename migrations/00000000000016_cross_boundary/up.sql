-- Handed in at another centre than that of the applicant's home ("phi địa giới", Nghị định 118/2025/NĐ-CP).
ALTER TABLE filings ADD COLUMN cross_boundary BOOLEAN NOT NULL DEFAULT FALSE;
