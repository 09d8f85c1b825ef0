// The counter without a mouse: the procedure, somebody who was here before, papers, the receipt, the next
// file; a network that fails; a form that is left half filled in.

import assert from 'node:assert/strict';
import { as, logFile } from './steps.mjs';
import { axe, scenario } from './support.mjs';

/** Types into whatever has the focus. */
const type = (page, text) => page.keyboard.type(text);

/** The procedure by words without marks; the focus is on the applicant's name after it. */
async function procedure(page, words) {
  await page.goto('/ho-so');
  await page.keyboard.press('Alt+N');
  await page.waitForURL('**/ho-so/moi');
  await type(page, words);
  await page.locator('#found [role=option]').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('#promise dd').first().waitFor();
}

scenario('a citizen who was here before is filled in by one key, and the next file follows', async ({ page }) => {
  await as.clerk(page);
  await logFile(page, 'Giàng Thị Trở Lại');
  // From the receipt: the print button has the focus, and a shortcut leads on.
  assert.equal(await page.evaluate(() => document.activeElement.matches('[data-print]')), true);
  await page.keyboard.press('Alt+N');
  await page.waitForURL('**/ho-so/moi');
  await type(page, 'hon nhan tinh trang');
  await page.locator('#found [role=option]').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('#promise dd.big').waitFor();
  await type(page, '0912 000 111');
  await page.locator('#people [role=option]').first().waitFor();
  await axe(page);
  await page.keyboard.press('Enter');
  assert.equal(await page.inputValue('#applicant_phone'), '0912 000 111');
  assert.notEqual(await page.inputValue('#applicant_name'), '0912 000 111');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL('**/bien-nhan');
});

scenario('the papers are rows that stand on the receipt and come again with the next file', async ({ page }) => {
  await as.clerk(page);
  const paper = `Tờ khai ${Date.now()}`;
  await procedure(page, '2.000635');
  await type(page, 'Sùng Thị Giấy Tờ');
  const first = page.locator('.paper-row input').first();
  await first.focus();
  await page.keyboard.press('Control+A');
  await type(page, paper);
  await page.keyboard.press('Enter');
  await type(page, 'Căn cước');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+A');
  await type(page, '2');
  await page.keyboard.press('Tab');
  await type(page, 'bản sao');
  for (const more of ['Quyết định ly hôn của Tòa án nhân dân khu vực', 'Giấy ủy quyền có chứng thực', 'Giấy xác nhận thông tin về cư trú']) {
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+A');
    await type(page, more);
  }
  await page.locator('#applicant_phone').fill('0912 345 678');
  await page.locator('#applicant_email').fill('giay.to@example.vn');
  await page.locator('#applicant_address').fill('Số 12, đường Lê Lợi, phường Hồng Gai, tỉnh Quảng Ninh');
  await page.locator('input[name=filed_by][value=representative]').check();
  await page.locator('#representative_name').fill('Sùng Văn Thay');
  await page.locator('#representative_phone').fill('0987 654 321');
  await axe(page);
  await page.keyboard.press('Control+Enter');
  await page.waitForURL('**/bien-nhan');
  const receipt = await page.locator('main').innerText();
  assert.ok(receipt.includes(`${paper} (bản chính)`) && receipt.includes('Căn cước (2 bản sao)'), receipt);
  await axe(page);
  const sheet = await page.pdf({ preferCSSPageSize: true });
  assert.equal(sheet.toString('latin1').match(/\/Type\s*\/Page[^s]/g).length, 1, 'one page');
  await procedure(page, '2.000635');
  await page.waitForFunction((name) => [...document.querySelectorAll('.paper-row input')].some((one) => one.value === name), paper);
});

scenario('an authorised person is asked for only when there is one', { expectErrors: [/422/] }, async ({ page }) => {
  await as.clerk(page);
  await procedure(page, 'tinh trang hon nhan');
  await type(page, 'Lù Thị Ủy Quyền');
  assert.equal(await page.locator('#representative_name').isVisible(), false);
  await page.locator('input[name=filed_by][value=self]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.locator('#representative_name').isVisible(), true);
  await page.keyboard.press('Control+Enter');
  await page.locator('#rep-name-error').waitFor();
  assert.equal(await page.inputValue('#applicant_name'), 'Lù Thị Ủy Quyền');
  await axe(page);
  await page.locator('#representative_name').fill('Lù Văn Thay');
  await page.locator('#representative_phone').fill('0987 654 321');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL('**/bien-nhan');
  assert.match(await page.locator('main').innerText(), /Lù Văn Thay, 0987 654 321/);
});

const LOST = [/ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to load resource/];

scenario('a network that fails is told, nothing is lost, and the file exists once', { expectErrors: LOST }, async ({ page, context }) => {
  await as.clerk(page);
  await procedure(page, 'tinh trang hon nhan');
  const name = `Vàng Thị Mất Mạng ${Date.now()}`;
  await type(page, name);
  // The first try arrives and its answer does not; the second does not even leave.
  let tries = 0;
  await context.route('**/ho-so', async (route) => {
    if (route.request().method() !== 'POST') { await route.continue(); return; }
    tries += 1;
    if (tries === 1) { await route.fetch(); await route.abort(); } else if (tries === 2) await route.abort('internetdisconnected'); else await route.continue();
  });
  for (const _ of [1, 2]) {
    await page.keyboard.press('Control+Enter');
    await page.locator('#send-trouble').getByText('Chưa gửi được').waitFor();
    assert.equal(await page.inputValue('#applicant_name'), name);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'send-trouble');
    await axe(page);
    await page.locator('#applicant_name').focus();
  }
  await page.keyboard.press('Control+Enter');
  await page.waitForURL('**/bien-nhan');
  await page.goto(`/ho-so?state=all&q=${encodeURIComponent(name)}`);
  assert.equal(await page.locator('table.queue tbody tr').count(), 1);
});

scenario('what one person typed is not sent as somebody else who signed in meanwhile', { expectErrors: [/403/] }, async ({ page, context }) => {
  await as.clerk(page);
  await procedure(page, 'tinh trang hon nhan');
  const name = `Lò Thị Đổi Người ${Date.now()}`;
  await type(page, name);
  await context.clearCookies();
  const other = await context.newPage();
  await as.officer(other);
  await page.keyboard.press('Control+Enter');
  await page.locator('#send-trouble').getByText('Phiên làm việc đã hết').waitFor();
  assert.equal(await page.inputValue('#applicant_name'), name);
  await other.goto(`/ho-so?state=all&q=${encodeURIComponent(name)}`);
  assert.equal(await other.locator('table.queue tbody tr').count(), 0);
});

scenario('a form left half filled in is there again in another browser, and gone when it is dropped', async ({ page, context, base }) => {
  await as.officer(page);
  await procedure(page, 'tinh trang hon nhan');
  await type(page, 'Tráng Thị Dở Dang');
  await page.locator('#draft-state', { hasText: 'Đã lưu nháp' }).waitFor();
  // Nothing about a person is left on the machine.
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  assert.ok(!kept.includes('Dở Dang'), kept);
  const other = await context.browser().newContext({ baseURL: base });
  const again = await other.newPage();
  await as.officer(again);
  await again.goto('/ho-so/moi');
  assert.equal(await again.inputValue('#applicant_name'), '', 'the next citizen stands there');
  await again.getByRole('link', { name: 'Nhập tiếp' }).press('Enter');
  await again.waitForURL('**/ho-so/moi?nhap-do=1');
  assert.equal(await again.inputValue('#applicant_name'), 'Tráng Thị Dở Dang');
  await axe(again);
  await again.getByRole('button', { name: 'Bỏ, nhập mới' }).press('Enter');
  await again.waitForURL('**/ho-so/moi');
  assert.equal(await again.inputValue('#applicant_name'), '');
  await other.close();
});

scenario('an officer passes a file on by keyboard, and the slip of its way keeps it', async ({ page }) => {
  await as.officer(page);
  const code = await logFile(page, 'Ma Thị Chuyển Tiếp');
  await page.goto(`/ho-so/${code}`);
  const form = page.locator('form[action$="/chuyen"]');
  await page.locator('details', { has: form }).locator('summary').focus();
  await page.keyboard.press('Enter');
  await form.locator('select[name=unit]').selectOption('PKT');
  await form.locator('select[name=officer]').selectOption('congchuc.kt');
  await form.locator('textarea').fill('Thuộc chuyên môn của phòng');
  await axe(page);
  await form.locator('textarea').press('Control+Enter');
  await page.locator('.events').getByText('Chuyển đơn vị, cán bộ').waitFor();
  assert.match(await page.locator('.right').innerText(), /Phòng Kinh tế/);
  await axe(page);
});
