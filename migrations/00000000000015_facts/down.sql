DROP TABLE day_facts;
