//! Agencies, the accounts in them and the keys of machines.

use clap::Subcommand;

use crate::domain::role::Role;

#[derive(Debug, Subcommand)]
pub enum AgencyWords {
    /// Thêm một cơ quan (xã, phường; hoặc trung tâm của tỉnh)
    Add {
        /// Mã định danh, ví dụ H38.20
        code: String,
        /// Tên cơ quan
        name: String,
        /// Lấy phòng ban, bậc thang nhắc việc và mẫu giấy như cơ quan này
        #[arg(long, value_name = "CODE")]
        like: Option<String>,
        /// Tài khoản của cơ quan này nhìn được mọi cơ quan và sửa thủ tục, lịch, quy tắc dùng chung
        #[arg(long)]
        province: bool,
        /// Địa danh ghi trước ngày tháng trên văn bản
        #[arg(long, default_value = "")]
        place: String,
        #[arg(long, default_value = "")]
        address: String,
        #[arg(long, default_value = "")]
        phone: String,
        #[arg(long, default_value = "")]
        email: String,
    },
    /// Kể các cơ quan
    List,
}

#[derive(Debug, Subcommand)]
pub enum UserWords {
    /// Thêm tài khoản; không có mật khẩu thì chỉ nhận thông báo
    Add {
        username: String,
        /// Họ và tên
        #[arg(long)]
        name: String,
        /// clerk, officer, supervisor, manager, admin
        #[arg(long)]
        role: Role,
        /// Mã hoặc tên phòng, ban
        #[arg(long)]
        unit: Option<String>,
        #[arg(long)]
        email: Option<String>,
        /// Đọc mật khẩu từ dòng đầu của đầu vào chuẩn
        #[arg(long)]
        password_stdin: bool,
    },
    /// Khóa tài khoản, kết thúc mọi phiên của nó
    Disable { username: String },
    /// Đặt mật khẩu, đọc từ dòng đầu của đầu vào chuẩn
    Password { username: String },
    /// Ghi ngày vắng mặt: thông báo đến người thay thế; không ghi ngày là đã trở lại
    Absent {
        username: String,
        /// Ngày đầu, 2026-11-24
        #[arg(long, requires = "to")]
        from: Option<chrono::NaiveDate>,
        /// Ngày cuối, 2026-11-28
        #[arg(long, requires = "from")]
        to: Option<chrono::NaiveDate>,
    },
}

#[derive(Debug, Subcommand)]
pub enum TokenWords {
    /// Cấp mã; chỉ hiện một lần
    Add { username: String, name: String },
    /// Thu hồi mọi mã mang tên này
    Revoke { name: String },
}
