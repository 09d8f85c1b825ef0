//! Files, what happened to them, and what the desk has to do.

diesel::table! {
    dossiers (id) {
        id -> Text,
        agency_id -> Text,
        code -> Text,
        procedure_id -> Text,
        applicant_name -> Text,
        applicant_phone -> Nullable<Text>,
        applicant_email -> Nullable<Text>,
        applicant_address -> Nullable<Text>,
        search_key -> Text,
        channel -> Text,
        unit_id -> Nullable<Text>,
        officer_id -> Nullable<Text>,
        officer_label -> Nullable<Text>,
        received_at -> Timestamp,
        stage -> Text,
        stage_since -> Timestamp,
        paused_since -> Nullable<Timestamp>,
        promise_number -> Integer,
        due_at -> Nullable<Timestamp>,
        reschedule_number -> Integer,
        new_due_at -> Nullable<Timestamp>,
        closed_at -> Nullable<Timestamp>,
        returned_at -> Nullable<Timestamp>,
        paper_supplement -> Bool,
        presence_required -> Bool,
        fee_due -> Bool,
        paid_online -> Bool,
        e_result -> Bool,
        status_token -> Text,
        next_check_at -> Nullable<Timestamp>,
        revision -> Integer,
        statutory_due_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    closed_periods (id) {
        id -> Text,
        agency_id -> Text,
        period -> Text,
        shape -> Text,
        from_day -> Date,
        to_day -> Date,
        closed_at -> Timestamp,
        closed_by -> Text,
        signer -> Text,
        signer_role -> Text,
        sha256 -> Text,
        journal_seq -> BigInt,
    }
}

diesel::table! {
    promises (id) {
        id -> Text,
        dossier_id -> Text,
        number -> Integer,
        kind -> Text,
        due_at -> Timestamp,
        made_at -> Timestamp,
        counted_from -> Timestamp,
        superseded_at -> Nullable<Timestamp>,
        limit_value -> Nullable<Integer>,
        limit_unit -> Nullable<Text>,
        computed_due_at -> Nullable<Timestamp>,
        calendar_version -> Integer,
        provisional -> Bool,
        basis -> Text,
        ledger -> Text,
        statutory_due_at -> Nullable<Timestamp>,
        statutory_ledger -> Text,
    }
}

diesel::table! {
    pauses (id) {
        id -> Text,
        dossier_id -> Text,
        kind -> Text,
        from_at -> Timestamp,
        to_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    journal (seq) {
        seq -> BigInt,
        recorded_at -> Timestamp,
        at -> Timestamp,
        actor -> Text,
        kind -> Text,
        dossier_id -> Nullable<Text>,
        body -> Text,
        hash -> Text,
    }
}

diesel::table! {
    journal_head (id) {
        id -> Integer,
        seq -> BigInt,
        hash -> Text,
    }
}

diesel::table! {
    submissions (id) {
        id -> Text,
        agency_id -> Text,
        code -> Text,
        procedure_code -> Text,
        applicant_name -> Text,
        applicant_phone -> Nullable<Text>,
        applicant_email -> Nullable<Text>,
        search_key -> Text,
        form -> Text,
        unit_id -> Nullable<Text>,
        submitted_at -> Timestamp,
        first_due_at -> Timestamp,
        returned_at -> Nullable<Timestamp>,
        counted_from -> Timestamp,
        due_at -> Timestamp,
        basis -> Text,
        calendar_version -> Integer,
        state -> Text,
        note -> Text,
        decided_at -> Nullable<Timestamp>,
        dossier_id -> Nullable<Text>,
        status_token -> Text,
        next_check_at -> Nullable<Timestamp>,
        revision -> Integer,
    }
}

diesel::table! {
    sub_deadlines (id) {
        id -> Text,
        dossier_id -> Text,
        kind -> Text,
        number -> Integer,
        body -> Text,
        content -> Text,
        started_at -> Timestamp,
        due_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        outcome -> Nullable<Text>,
        notice -> Text,
        basis -> Text,
        calendar_version -> Integer,
    }
}

diesel::table! {
    filings (dossier_id) {
        dossier_id -> Text,
        procedure_code -> Text,
        filed_at -> Timestamp,
        filed_by -> Text,
        representative_name -> Text,
        representative_phone -> Text,
        addressee -> Text,
        papers -> Text,
        cross_boundary -> Bool,
    }
}

diesel::table! {
    contacts (dossier_id) {
        dossier_id -> Text,
        ways -> Text,
        dead -> Text,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    citizen_messages (id) {
        id -> Text,
        agency_id -> Text,
        dossier_id -> Text,
        kind -> Text,
        text -> Text,
        said_at -> Timestamp,
        seen_at -> Nullable<Timestamp>,
        seen_by -> Text,
    }
}

diesel::table! {
    tasks (id) {
        id -> Text,
        agency_id -> Text,
        dossier_id -> Nullable<Text>,
        submission_id -> Nullable<Text>,
        outbox_id -> Nullable<Text>,
        task_key -> Text,
        kind -> Text,
        reason -> Text,
        opened_at -> Timestamp,
        due_at -> Timestamp,
        done_at -> Nullable<Timestamp>,
        done_by -> Text,
        note -> Text,
    }
}
