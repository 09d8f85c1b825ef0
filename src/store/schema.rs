//! The tables as diesel sees them: written by hand, one text for both databases.

diesel::table! {
    agencies (id) {
        id -> Text,
        code -> Text,
        name -> Text,
        area -> Text,
    }
}

diesel::table! {
    units (id) {
        id -> Text,
        agency_id -> Text,
        code -> Text,
        name -> Text,
        sectors -> Text,
        supervisor_id -> Nullable<Text>,
        officer_id -> Nullable<Text>,
    }
}

diesel::table! {
    accounts (id) {
        id -> Text,
        agency_id -> Text,
        username -> Text,
        name -> Text,
        role -> Text,
        unit_id -> Nullable<Text>,
        email -> Nullable<Text>,
        stand_in_id -> Nullable<Text>,
        absent_from -> Nullable<Date>,
        absent_to -> Nullable<Date>,
        password_hash -> Nullable<Text>,
        failed_logins -> Integer,
        locked_until -> Nullable<Timestamp>,
        disabled_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        phone -> Nullable<Text>,
        must_change -> Bool,
    }
}

diesel::table! {
    sessions (token_hash) {
        token_hash -> Text,
        account_id -> Text,
        csrf -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    api_tokens (id) {
        id -> Text,
        account_id -> Text,
        name -> Text,
        token_hash -> Text,
        created_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
        last_used_at -> Nullable<Timestamp>,
    }
}

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
    letters (id) {
        id -> Text,
        agency_id -> Text,
        dossier_id -> Text,
        kind -> Text,
        promise_number -> Integer,
        state -> Text,
        year -> Nullable<Integer>,
        serial -> Nullable<BigInt>,
        number -> Text,
        drafted_at -> Timestamp,
        decide_by -> Nullable<Timestamp>,
        issued_at -> Nullable<Timestamp>,
        signer -> Text,
        signed_by -> Text,
        note -> Text,
        reason_code -> Text,
        facts -> Text,
        document_hash -> Nullable<Text>,
    }
}

diesel::table! {
    documents (hash) {
        hash -> Text,
        media_type -> Text,
        bytes -> Binary,
        kept_at -> Timestamp,
    }
}

diesel::table! {
    outbox (id) {
        id -> Text,
        agency_id -> Text,
        dossier_id -> Nullable<Text>,
        submission_id -> Nullable<Text>,
        about -> Text,
        notice_key -> Text,
        kind -> Text,
        audience -> Text,
        promise_number -> Integer,
        delivery -> Text,
        recipient -> Text,
        recipient_name -> Text,
        letter_id -> Nullable<Text>,
        alert_id -> Nullable<Text>,
        facts -> Text,
        urgent -> Bool,
        state -> Text,
        created_at -> Timestamp,
        ready_at -> Timestamp,
        attempts -> Integer,
        lease -> Nullable<Text>,
        leased_until -> Nullable<Timestamp>,
        message_id -> Text,
        bundle_id -> Nullable<Text>,
        fallback_of -> Nullable<Text>,
        provider_id -> Nullable<Text>,
        subject -> Nullable<Text>,
        body -> Nullable<Text>,
        last_error -> Nullable<Text>,
        settled_at -> Nullable<Timestamp>,
    }
}

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

diesel::table! {
    alerts (id) {
        id -> Text,
        agency_id -> Text,
        dossier_id -> Nullable<Text>,
        about -> Text,
        alert_key -> Text,
        kind -> Text,
        level -> Integer,
        audience -> Text,
        promise_number -> Integer,
        account_id -> Text,
        facts -> Text,
        raised_at -> Timestamp,
        acknowledge_by -> Nullable<Timestamp>,
        acknowledged_at -> Nullable<Timestamp>,
        acknowledged_by -> Text,
        answer -> Text,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    attempts (id) {
        id -> Text,
        outbox_id -> Text,
        number -> Integer,
        at -> Timestamp,
        outcome -> Text,
        answer -> Text,
    }
}

diesel::table! {
    outages (id) {
        id -> Text,
        delivery -> Text,
        since -> Timestamp,
        failures -> Integer,
        last_error -> Text,
        alarmed_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    papers (id) {
        id -> Text,
        agency_id -> Text,
        dossier_id -> Text,
        kind -> Text,
        occasion -> Integer,
        number -> Text,
        issued_at -> Timestamp,
        issued_by -> Text,
        facts -> Text,
        document_hash -> Nullable<Text>,
    }
}

diesel::table! {
    letterheads (id) {
        id -> Text,
        agency_id -> Text,
        version -> Integer,
        body -> Text,
        signature_hash -> Nullable<Text>,
        seal_hash -> Nullable<Text>,
        entered_by -> Text,
        entered_at -> Timestamp,
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
    filings (dossier_id) {
        dossier_id -> Text,
        procedure_code -> Text,
        filed_at -> Timestamp,
        filed_by -> Text,
        representative_name -> Text,
        representative_phone -> Text,
        addressee -> Text,
        papers -> Text,
    }
}

diesel::table! {
    saved_filters (id) {
        id -> Text,
        account_id -> Text,
        name -> Text,
        query -> Text,
        created_at -> Timestamp,
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
    drafts (account_id) {
        account_id -> Text,
        body -> Text,
        saved_at -> Timestamp,
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

diesel::joinable!(filings -> dossiers (dossier_id));
diesel::joinable!(dossiers -> procedures (procedure_id));
diesel::joinable!(promises -> dossiers (dossier_id));
diesel::joinable!(letters -> dossiers (dossier_id));
diesel::joinable!(outbox -> dossiers (dossier_id));
diesel::joinable!(outbox -> letters (letter_id));
diesel::joinable!(alerts -> dossiers (dossier_id));
diesel::joinable!(attempts -> outbox (outbox_id));
diesel::joinable!(tasks -> dossiers (dossier_id));
diesel::joinable!(tasks -> submissions (submission_id));
diesel::joinable!(citizen_messages -> dossiers (dossier_id));
diesel::joinable!(papers -> dossiers (dossier_id));
diesel::joinable!(sub_deadlines -> dossiers (dossier_id));
diesel::joinable!(procedure_limits -> procedures (procedure_id));
diesel::joinable!(sessions -> accounts (account_id));
diesel::joinable!(api_tokens -> accounts (account_id));

diesel::allow_tables_to_appear_in_same_query!(
    accounts,
    agencies,
    api_tokens,
    calendar_days,
    calendar_versions,
    counters,
    documents,
    dossiers,
    drafts,
    filings,
    import_mappings,
    import_runs,
    idempotency_keys,
    import_rejections,
    imports,
    jobs,
    journal,
    journal_head,
    letters,
    outbox,
    rungs,
    alerts,
    attempts,
    outages,
    papers,
    letterheads,
    contacts,
    tasks,
    citizen_messages,
    pauses,
    procedure_limits,
    procedures,
    promises,
    proposals,
    saved_filters,
    sessions,
    settings_kept,
    sub_deadlines,
    submissions,
    time_rules,
    units,
);
