//! Letters, papers and messages, and how they were brought.

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
