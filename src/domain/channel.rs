//! How a dossier came in, and how far its procedure can be done online.

use super::text_enum;

text_enum! {
    /// The way the dossier was handed in (NĐ 118/2025 Art. 16): it never changes afterwards.
    Channel {
        Online = "online",
        Counter = "counter",
        Post = "post",
    }
}

text_enum! {
    /// Online level of a procedure (NĐ 224/2026 Art. 14).
    ServiceLevel {
        /// dịch vụ công trực tuyến toàn trình
        Full = "full",
        /// một phần
        Partial = "partial",
        /// only at the counter or by post
        None = "none",
    }
}
