//! People and what is theirs.

diesel::table! {
    agencies (id) {
        id -> Text,
        code -> Text,
        name -> Text,
        area -> Text,
        oversees -> Bool,
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
    saved_filters (id) {
        id -> Text,
        account_id -> Text,
        name -> Text,
        query -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    drafts (account_id) {
        account_id -> Text,
        body -> Text,
        saved_at -> Timestamp,
    }
}
