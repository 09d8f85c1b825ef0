//! Applicants of the demonstration: common family, middle and given names thrown together, addresses
//! at `example.invalid`. Nobody real.

use crate::store::search_key::search_key;

use super::dice::Dice;

/// Family names with their rough share in a thousand.
const FAMILY: &[(&str, u32)] = &[
    ("Nguyễn", 384),
    ("Trần", 121),
    ("Lê", 95),
    ("Phạm", 70),
    ("Hoàng", 51),
    ("Phan", 45),
    ("Vũ", 39),
    ("Đặng", 21),
    ("Bùi", 20),
    ("Đỗ", 14),
    ("Hồ", 13),
    ("Ngô", 13),
    ("Dương", 10),
    ("Lý", 5),
    ("Lương", 5),
    ("Đinh", 5),
];
const MIDDLE_OF_MEN: &[&str] = &["Văn", "Văn", "Đức", "Hữu", "Minh", "Quang", "Xuân", "Công", "Đình", "Tiến"];
const MIDDLE_OF_WOMEN: &[&str] = &["Thị", "Thị", "Thị Thu", "Ngọc", "Thanh", "Thị Hồng", "Kim", "Bích", "Thị Minh"];
const GIVEN_TO_MEN: &[&str] = &[
    "Hùng", "Dũng", "Tuấn", "Anh", "Nam", "Sơn", "Hải", "Long", "Thành", "Trung", "Kiên", "Bình", "Phúc", "Toàn",
    "Cường", "Thắng", "Đạt", "Khánh",
];
const GIVEN_TO_WOMEN: &[&str] = &[
    "Hương",
    "Lan",
    "Hoa",
    "Mai",
    "Hạnh",
    "Thảo",
    "Linh",
    "Trang",
    "Yến",
    "Nga",
    "Thủy",
    "Hà",
    "Phượng",
    "Oanh",
    "Loan",
    "Dung",
    "Ngân",
    "Hiền",
];

/// Who hands a dossier in.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub name: String,
    pub email: String,
    pub phone: String,
    pub address: String,
}

/// Somebody; `email_permille` says how likely there is an e-mail address.
pub(super) fn person(dice: &mut Dice, serial: u64, email_permille: u32) -> Person {
    let family = dice.weighted(FAMILY).copied().unwrap_or_default();
    let (middles, givens) =
        if dice.happens(500) { (MIDDLE_OF_MEN, GIVEN_TO_MEN) } else { (MIDDLE_OF_WOMEN, GIVEN_TO_WOMEN) };
    let middle = dice.pick(middles).copied().unwrap_or_default();
    let given = dice.pick(givens).copied().unwrap_or_default();
    let email = match dice.happens(email_permille) {
        true => format!("{}.{}{serial}@example.invalid", search_key(given), search_key(family)),
        false => String::new(),
    };
    Person {
        name: format!("{family} {middle} {given}"),
        email,
        phone: format!("0900 {:03} {:03}", serial / 1000 % 1000, serial % 1000),
        address: format!("Số {}, thôn {}", dice.between(1, 180), dice.between(1, 14)),
    }
}
