//! All pages, strictly, in both languages.

use std::collections::BTreeSet;

use super::ctx::{Ctx, Lang, Nav};
use super::samples;

const HOSTILE: &str = r#""><script>alert(1)</script><img src=x onerror='alert(1)'>"#;

fn every_page() -> Vec<(String, String)> {
    let mut pages = samples::all(Lang::Vi, HOSTILE);
    pages.extend(samples::all(Lang::En, HOSTILE));
    pages
}

/// Values of an attribute on a page, in order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let open = format!(" {attribute}=\"");
    html.split(open.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn a_strangers_text_never_becomes_markup() {
    for (page, html) in every_page() {
        assert!(!html.contains("<script>"), "{page}");
        assert!(!html.contains("<img src=x"), "{page}");
    }
}

#[test]
fn no_page_carries_inline_script_or_style() {
    for (page, html) in samples::all(Lang::Vi, "Nguyễn Văn Hùng") {
        for banned in
            [" style=", "<style", " onclick=", " onchange=", " onsubmit=", "javascript:", "http://", "https://"]
        {
            let html = html.replace("http://127.0.0.1:8080/tra-cuu/", "");
            assert!(!html.contains(banned), "{page} has {banned}");
        }
        for tag in html.split("<script").skip(1) {
            let name =
                tag.strip_prefix(" src=\"/assets/").and_then(|rest| rest.split_once(".js?v=")).map(|(name, _)| name);
            assert!(name.is_some_and(|name| name.chars().all(|c| c.is_ascii_lowercase())), "{page}");
        }
    }
}

#[test]
fn every_post_form_carries_the_csrf_token() {
    let mut forms = 0;
    for (page, html) in every_page() {
        for form in html.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap_or_default();
            if form.contains("method=\"post\"") {
                forms += 1;
                assert!(form.contains(r#"name="csrf" value="c5f1""#), "{page}: {form}");
            }
        }
    }
    assert!(forms > 50, "{forms}");
}

#[test]
fn ids_are_unique_and_every_label_and_description_has_its_target() {
    for (page, html) in every_page() {
        let ids = values(&html, "id");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{page}: {ids:?}");
        for attribute in ["for", "aria-labelledby", "aria-describedby"] {
            for target in values(&html, attribute).iter().flat_map(|v| v.split(' ')) {
                assert!(unique.contains(target), "{page}: {attribute}={target}");
            }
        }
    }
}

#[test]
fn every_page_has_one_heading_a_language_a_title_and_a_way_to_skip() {
    for (lang, code) in [(Lang::Vi, "vi"), (Lang::En, "en")] {
        for (page, html) in
            samples::all(lang, "Nguyễn Văn Hùng").iter().filter(|(page, _)| page != "options" && page != "hits")
        {
            assert_eq!(html.matches("<h1").count(), 1, "{page}");
            assert!(html.contains(&format!("<html lang=\"{code}\"")), "{page}");
            assert!(!html.contains("<title> ·"), "{page}");
            assert!(html.contains("href=\"#main\"") && html.contains("id=\"main\""), "{page}");
        }
    }
}

#[test]
fn errors_stand_at_their_field_and_the_summary_leads_there() {
    let pages = samples::all(Lang::Vi, "Nguyễn Văn Hùng");
    let (_, html) = pages.iter().find(|(page, _)| page == "intake-errors").unwrap();
    assert!(html.contains(r##"href="#applicant_phone""##));
    assert!(html.contains(r#"aria-invalid="true""#));
    assert!(html.contains(r#"value="09x""#), "input is kept");
}

#[test]
fn the_citizens_page_has_no_navigation_and_no_name() {
    for (page, html) in samples::all(Lang::Vi, "Nguyễn Văn Hùng")
        .iter()
        .filter(|(page, _)| page.starts_with("citizen") && page != "citizen-Rescheduled")
    {
        assert!(!html.contains("Nguyễn Văn Hùng"), "{page}");
        assert!(!html.contains("/ho-so"), "{page}");
    }
}

#[test]
fn every_icon_named_in_a_template_or_a_word_list_exists() {
    for (page, html) in every_page() {
        assert!(!html.contains(r#"<span class="dot"></span>"#), "{page}");
    }
    let c = Ctx::default();
    for nav in Nav::ALL {
        assert!(!c.icon(nav.icon()).is_empty(), "{nav:?}");
    }
    for standing in super::words::Standing::ALL {
        assert!(!c.icon(standing.icon()).is_empty(), "{standing:?}");
    }
}

#[test]
fn the_intake_entry_is_current_on_its_page_and_the_queue_is_not() {
    let c = Ctx { path: "/ho-so/moi?x=1".to_owned(), ..Ctx::default() };
    assert!(c.is_at(&Nav::Intake) && !c.is_at(&Nav::Queue));
    let c = Ctx { path: "/ho-so/H38-1".to_owned(), ..Ctx::default() };
    assert!(c.is_at(&Nav::Queue) && !c.is_at(&Nav::Intake));
    let c = Ctx { path: "/thu-mau".to_owned(), ..Ctx::default() };
    assert!(c.is_at(&Nav::Mailbox) && !c.is_at(&Nav::Letters));
}

#[test]
fn numbers_are_written_as_the_language_writes_them() {
    let vi = Ctx::default();
    let en = Ctx { lang: Lang::En, ..Ctx::default() };
    assert_eq!((vi.n(&12_480), en.n(&1_234_567), vi.n(&7)), ("12.480".into(), "1,234,567".into(), "7".into()));
    assert_eq!(vi.percent(&Some("82.45".into())), "82,45%");
    assert_eq!(vi.percent(&None), "–");
    assert_eq!(vi.switch_href(), "?lang=en");
}

#[test]
fn an_empty_queue_offers_to_drop_filters_only_when_there_are_some() {
    let pages = samples::all(Lang::Vi, "Nguyễn Văn Hùng");
    let html = |name: &str| pages.iter().find(|(page, _)| page == name).unwrap().1.clone();
    assert!(html("queue-unmatched").contains("bỏ bộ lọc"));
    assert!(!html("queue-empty").contains("bỏ bộ lọc"));
    assert!(html("queue-empty").contains("Tiếp nhận một hồ sơ"));
}
