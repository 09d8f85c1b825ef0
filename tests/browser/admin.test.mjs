// The administrator's main task by keyboard, and forms that outlive their session.

import assert from 'node:assert/strict';
import { as, logFile, openVerb } from './steps.mjs';
import { axe, scenario } from './support.mjs';

const unique = () => Date.now().toString(36);

/** Goes to a field or button by the keyboard alone. */
async function tabTo(page, selector) {
  for (let step = 0; step < 120; step += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`${selector} is not reached by Tab`);
}

scenario('an administrator adds an account by keyboard, and the person sets a password of their own', async ({ page, context }) => {
  const username = `nv.${unique()}`;
  await as.admin(page);
  await page.goto('/quan-tri');
  await axe(page);
  await page.locator('.doors a[href="/tai-khoan"]').press('Enter');
  await page.waitForURL('**/tai-khoan');
  await axe(page);
  await page.locator('a[href="/tai-khoan/moi"]').press('Enter');
  await page.waitForURL('**/tai-khoan/moi');
  await axe(page);
  await tabTo(page, '#username');
  await page.keyboard.type(username);
  await page.keyboard.press('Tab');
  await page.keyboard.type('Công chức thử nghiệm');
  await page.keyboard.press('Control+Enter');
  const secret = (await page.locator('.secret output').innerText()).trim();
  assert.match(secret, /^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/);
  await axe(page);

  await context.clearCookies();
  await page.goto('/dang-nhap');
  await page.fill('#username', username);
  await page.fill('#password', secret);
  await page.press('#password', 'Enter');
  await page.waitForURL('**/mat-khau');
  await axe(page);
  await page.goto('/ho-so');
  await page.waitForURL('**/mat-khau');
  await tabTo(page, '#current');
  await page.keyboard.type(secret);
  await page.keyboard.press('Tab');
  await page.keyboard.type('mat-khau-cua-rieng-minh');
  await page.keyboard.press('Tab');
  await page.keyboard.type('mat-khau-cua-rieng-minh');
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('Đã đổi mật khẩu').waitFor();
  await page.goto('/vang-mat');
  await axe(page);

  await context.clearCookies();
  await as.admin(page);
  await page.goto(`/tai-khoan/${username}`);
  await page.locator(`form[action="/tai-khoan/${username}/khoa"] button`).press('Enter');
  await page.getByRole('status').getByText('Đã ngừng dùng tài khoản').waitFor();
  await axe(page);
});

scenario('wrong facts of an account are named at their fields and kept', { expectErrors: [/422/] }, async ({ page }) => {
  await as.admin(page);
  await page.goto('/tai-khoan/moi');
  await page.fill('#username', 'Có Dấu');
  await page.fill('#name', 'Còn nguyên');
  await page.locator('#name').press('Control+Enter');
  await page.locator('#username-error').waitFor();
  assert.equal(await page.inputValue('#name'), 'Còn nguyên');
  assert.equal(await page.getAttribute('#username', 'aria-invalid'), 'true');
  await axe(page);
});

scenario('a unit is added with its sector and its supervisor', async ({ page }) => {
  await as.admin(page);
  await page.goto('/don-vi/moi');
  await axe(page);
  await page.fill('#code', `DV-${unique()}`);
  await page.fill('#name', 'Đơn vị thử nghiệm');
  await page.locator('#supervisor').selectOption('phutrach.kt');
  await page.locator('#name').press('Control+Enter');
  await page.waitForURL('**/don-vi');
  await page.getByRole('heading', { name: /Đơn vị thử nghiệm/ }).first().waitFor();
  await axe(page);
});

scenario('a test is sent and the answer is read', async ({ page }) => {
  await as.admin(page);
  await page.goto('/gui-tin');
  await axe(page);
  await page.fill('#to', 'thu@example.vn');
  await page.locator('#to').press('Enter');
  await page.getByRole('status').getByText('đã nhận tin thử').waitFor();
  await axe(page);
});

scenario('the journal is searched, its chain is walked', async ({ page }) => {
  await as.admin(page);
  await page.goto('/nhat-ky');
  await axe(page);
  await page.locator('#kind').selectOption('logged');
  await page.locator('.filters.audit button').press('Enter');
  await page.waitForURL('**kind=logged**');
  assert.equal(await page.locator('table.journal tbody tr').count(), 50);
  await page.locator('table.journal summary').first().press('Enter');
  await page.locator('table.journal pre').first().waitFor();
  await axe(page);
  await page.locator('form[action="/nhat-ky/kiem-tra"] button').press('Enter');
  await page.locator('.flash').waitFor();
  await page.goto('/nhat-ky');
  await axe(page);
});

scenario('every administration page is readable by everyone, in both languages', async ({ page }) => {
  await as.admin(page);
  const pages = ['/quan-tri', '/tai-khoan', '/tai-khoan/motcua', '/tai-khoan/moi', '/don-vi', '/don-vi/moi', '/don-vi/PKT',
    '/gui-tin', '/cong-viec', '/hop-di?state=failed&way=mail', '/nhap-lieu', '/nhat-ky', '/mat-khau', '/vang-mat'];
  for (const lang of ['en', 'vi']) {
    for (const path of pages) {
      await page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
      assert.equal(await page.getAttribute('html', 'lang'), lang, path);
      assert.equal(await page.locator('h1').count(), 1, path);
      await axe(page);
    }
  }
});

scenario('a form that is sent after its session ended is not lost', { expectErrors: [/401/] }, async ({ page, context }) => {
  await as.officer(page);
  const code = await logFile(page, 'Vừ Thị Không Mất');
  await page.goto(`/ho-so/${code}`);
  const asked = await openVerb(page, 'bo-sung-yeu-cau');
  await asked.locator('textarea').fill('Bản sao «giấy chứng sinh»');
  await context.clearCookies({ name: 'dunghen_session' });
  await asked.locator('textarea').press('Control+Enter');
  await page.locator('input[name="kept"]').first().waitFor({ state: 'attached' });
  await axe(page);
  await page.fill('#username', 'congchuc.vhxh');
  await page.fill('#password', 'dunghen-demo');
  await page.press('#password', 'Enter');
  await page.getByRole('heading', { name: 'Biểu mẫu đang gửi dở' }).waitFor();
  assert.ok((await page.locator('main').innerText()).includes('Bản sao «giấy chứng sinh»'));
  await axe(page);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/ho-so/${code}`);
  assert.ok((await page.locator('.events').innerText()).includes('Bản sao «giấy chứng sinh»'));
});

scenario('two people work on one dossier and the slower one is told', { expectErrors: [/409/] }, async ({ page, context }) => {
  await as.officer(page);
  const code = await logFile(page, 'Sùng Thị Hai Người');
  await page.goto(`/ho-so/${code}`);
  const other = await context.newPage();
  await other.goto(`/ho-so/${code}`);
  const faster = await openVerb(other, 'bo-sung-yeu-cau');
  await faster.locator('textarea').fill('Bản chính giấy tờ');
  await faster.locator('textarea').press('Control+Enter');
  await other.getByText('Chờ dân bổ sung').first().waitFor();
  const slower = await openVerb(page, 'bo-sung-yeu-cau');
  await slower.locator('textarea').fill('Tôi đang viết dở');
  await slower.locator('textarea').press('Control+Enter');
  await page.getByRole('heading', { name: 'Từ khi anh/chị mở trang này' }).waitFor();
  const text = await page.locator('main').innerText();
  assert.ok(text.includes('Bản chính giấy tờ') && text.includes('Tôi đang viết dở'), text);
  await axe(page);
});

scenario('a page tells that its session ends and staying keeps what is typed', async ({ page }) => {
  await as.clerk(page);
  await page.goto('/ho-so/moi');
  await page.fill('#applicant_name', 'Đang gõ dở');
  const notice = page.locator('[data-left]');
  assert.equal(await notice.isVisible(), false);
  // As if the last quarter of an hour had begun: what the timer does.
  await notice.evaluate((node) => { node.hidden = false; });
  await axe(page);
  await notice.getByRole('button').press('Enter');
  await notice.waitFor({ state: 'hidden' });
  assert.equal(await page.inputValue('#applicant_name'), 'Đang gõ dở');
});

scenario('a session that is already over is said to be over when somebody wants to stay', async ({ page, context }) => {
  await as.clerk(page);
  await page.goto('/ho-so/moi');
  await context.clearCookies();
  const notice = page.locator('[data-left]');
  await notice.evaluate((node) => { node.hidden = false; });
  await notice.getByRole('button').press('Enter');
  await notice.getByText('Phiên làm việc đã hết').waitFor();
});
