-- Back: who handed in, with which papers, drafts and the wizard's runs are lost.
DROP TABLE import_mappings;
DROP TABLE import_runs;
DROP TABLE drafts;
DROP TABLE filings;
