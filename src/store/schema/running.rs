//! What the program keeps to do its work: counters, jobs, imports.

diesel::table! {
    counters (name) {
        name -> Text,
        last -> BigInt,
    }
}

diesel::table! {
    idempotency_keys (id) {
        id -> Text,
        request_hash -> Text,
        answer -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    jobs (name) {
        name -> Text,
        last_tick -> Timestamp,
        started_at -> Nullable<Timestamp>,
        finished_at -> Nullable<Timestamp>,
        result -> Nullable<Text>,
    }
}

diesel::table! {
    settings_kept (name) {
        name -> Text,
        value -> Text,
    }
}

diesel::table! {
    imports (id) {
        id -> Text,
        kind -> Text,
        outcome -> Text,
        actor -> Text,
        at -> Timestamp,
        file_name -> Text,
        bytes -> BigInt,
        sha256 -> Text,
        read_rows -> BigInt,
        added -> BigInt,
        changed -> BigInt,
        unchanged -> BigInt,
        removed -> BigInt,
        rejected -> BigInt,
        error -> Text,
    }
}

diesel::table! {
    import_runs (id) {
        id -> Text,
        username -> Text,
        file_name -> Text,
        bytes -> BigInt,
        mapping -> Text,
        state -> Text,
        uploaded_at -> Timestamp,
        rows_read -> BigInt,
        bytes_done -> BigInt,
        beats -> BigInt,
        beats_seen -> BigInt,
        seen_at -> Nullable<Timestamp>,
        report -> Text,
        reconciled -> Text,
        problem -> Text,
        finished_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    import_rejections (import_id, place) {
        import_id -> Text,
        place -> Integer,
        row_number -> BigInt,
        field -> Text,
        reason -> Text,
    }
}

diesel::table! {
    import_mappings (name) {
        name -> Text,
        body -> Text,
        saved_by -> Text,
        saved_at -> Timestamp,
    }
}

diesel::table! {
    /// One row on every connection: the agency that it is lent to, or NULL for the whole install (`store::scope`).
    dunghen_scope (agency_id) {
        agency_id -> Nullable<Text>,
    }
}

diesel::table! {
    day_facts (agency_id, day, span) {
        agency_id -> Text,
        day -> Date,
        span -> Integer,
        earliest -> Timestamp,
        files -> Text,
    }
}
