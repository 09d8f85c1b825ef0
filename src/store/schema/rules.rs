//! The rules in force: procedures, calendar, time rules, the ladder, and what is proposed of them.

diesel::table! {
    procedures (id) {
        id -> Text,
        code -> Text,
        version -> Integer,
        name -> Text,
        sector -> Text,
        service_level -> Text,
        basis -> Text,
        confidence -> Text,
        valid_from -> Timestamp,
        valid_to -> Nullable<Timestamp>,
        search_key -> Text,
        entered_by -> Text,
        approved_by -> Text,
    }
}

diesel::table! {
    procedure_limits (id) {
        id -> Text,
        procedure_id -> Text,
        channel -> Nullable<Text>,
        limit_value -> Nullable<Integer>,
        limit_unit -> Nullable<Text>,
        basis -> Text,
        confidence -> Text,
        kind -> Text,
    }
}

diesel::table! {
    calendar_days (id) {
        id -> Text,
        day -> Date,
        kind -> Text,
        name -> Text,
        basis -> Text,
        confidence -> Text,
        since_version -> Integer,
        until_version -> Nullable<Integer>,
    }
}

diesel::table! {
    calendar_versions (version) {
        version -> Integer,
        made_at -> Timestamp,
        entered_by -> Text,
        approved_by -> Text,
        decision -> Text,
        office_hours -> Text,
        same_day_cutoff -> Text,
    }
}

diesel::table! {
    time_rules (id) {
        id -> Text,
        kind -> Text,
        area -> Text,
        sector -> Text,
        version -> Integer,
        limit_value -> Nullable<Integer>,
        limit_unit -> Nullable<Text>,
        notice -> Text,
        basis -> Text,
        confidence -> Text,
        valid_from -> Date,
        entered_by -> Text,
        approved_by -> Text,
        entered_at -> Timestamp,
    }
}

diesel::table! {
    proposals (id) {
        id -> Text,
        kind -> Text,
        title -> Text,
        body -> Text,
        base -> Text,
        proposed_by -> Text,
        proposed_at -> Timestamp,
        state -> Text,
        decided_by -> Text,
        decided_at -> Nullable<Timestamp>,
        note -> Text,
    }
}

diesel::table! {
    rungs (id) {
        id -> Text,
        agency_code -> Text,
        procedure_code -> Text,
        kind -> Text,
        level -> Integer,
        version -> Integer,
        share_percent -> Integer,
        working_days -> Integer,
        audiences -> Text,
        accountable -> Text,
        ways -> Text,
        bundling -> Text,
        urgency -> Text,
        acknowledge_hours -> Integer,
        basis -> Text,
        valid_from -> Date,
        entered_by -> Text,
        approved_by -> Text,
        entered_at -> Timestamp,
    }
}
