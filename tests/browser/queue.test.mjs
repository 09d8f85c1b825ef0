// The queue as clerks work with it: search as you type, saved filters, the list by keyboard, many at once.

import assert from 'node:assert/strict';
import { as, logFile } from './steps.mjs';
import { axe, scenario } from './support.mjs';

scenario('a dossier is found while typing, without marks and in any order, and opened by keyboard', async ({ page }) => {
  await as.clerk(page);
  const code = await logFile(page, 'Lò Thị Tìm Nhanh');
  await page.goto('/thu-tuc');
  await page.keyboard.press('Alt+K');
  await page.keyboard.type('nhanh lo thi');
  const hit = page.locator('#hits [role=option]', { hasText: code });
  await hit.waitFor();
  assert.ok(await page.locator('#hits [role=option]').count() <= 8);
  assert.equal(await page.getAttribute('#find', 'aria-expanded'), 'true');
  await axe(page);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#hits').isVisible(), false);
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.getAttribute('#find', 'aria-activedescendant'), 'hit-1');
  assert.equal(await page.locator('#hit-1').getAttribute('aria-selected'), 'true');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/ho-so/${code}`);
  // Without a chosen hit Enter asks for the whole list.
  await page.keyboard.press('Alt+K');
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/ho-so?state=all&q=${code}`);
  assert.equal(await page.locator('table.queue tbody tr').count(), 1);
  await axe(page);
  await page.goto('/ho-so?state=all&q=khongcoaitenthenay');
  assert.match(await page.locator('.empty').innerText(), /bỏ bộ lọc/);
  await axe(page);
});

scenario('a filter is saved by name, stands above the list and is renamed and deleted', { expectErrors: [/422/] }, async ({ page }) => {
  await as.officer(page);
  await page.goto('/ho-so?state=week&officer=');
  await page.locator('.save summary').press('Enter');
  await page.fill('#filter-name', 'Tuần này, mọi người');
  await axe(page);
  await page.locator('#filter-name').press('Enter');
  await page.getByRole('status').getByText('Đã lưu bộ lọc').waitFor();
  const link = page.locator('.saved a[aria-current]');
  assert.equal(await link.innerText(), 'Tuần này, mọi người');
  await axe(page);
  await page.locator('.saved .manage').press('Enter');
  await page.waitForURL('**/bo-loc');
  await axe(page);
  const name = page.locator('.rename input[name=name]').first();
  await name.fill('');
  await page.evaluate(() => document.querySelectorAll('[required]').forEach((one) => one.removeAttribute('required')));
  await name.press('Enter');
  await page.locator('.rename .error').waitFor();
  await axe(page);
  await page.locator('.rename input[name=name]').first().fill('Tuần này');
  await page.locator('.rename input[name=name]').first().press('Enter');
  await page.getByRole('link', { name: 'Tuần này', exact: true }).waitFor();
  await page.locator('form[action$="/xoa"] button').first().press('Enter');
  await page.getByText('Bạn chưa lưu bộ lọc nào').waitFor();
  await axe(page);
});

scenario('the list is walked by keyboard, rows are ticked and one step is taken on each', async ({ page }) => {
  await as.officer(page);
  const codes = [];
  for (const name of ['Hoàng Thị Một', 'Hoàng Thị Hai']) codes.push(await logFile(page, name));
  await page.goto('/ho-so?state=open&officer=&sort=-received_at&q=hoang thi');
  const at = () => page.evaluate(() => document.activeElement.textContent.trim());
  const rows = await page.locator('table.queue tbody .code a').allInnerTexts();
  await page.keyboard.press('Alt+J');
  assert.equal(await at(), rows[0]);
  await page.keyboard.press('j');
  assert.equal(await at(), rows[1]);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  assert.match(await page.locator('.bulk output').innerText(), /^2 /);
  await axe(page);
  // Letters typed into a field are letters.
  await page.locator('main #q').focus();
  await page.keyboard.type('x?');
  assert.match(await page.locator('.bulk output').innerText(), /^2 /);
  assert.equal(await page.locator('dialog').count(), 0);
  await page.selectOption('#act', 'ket-qua');
  await page.locator('.bulk button').press('Enter');
  await page.waitForURL('**/ho-so-nhieu');
  const said = await page.locator('table.list tbody').innerText();
  assert.ok(codes.every((code) => said.includes(code)) && said.includes('Đã làm'));
  assert.equal(await page.locator('.badge.good').count(), 2);
  await axe(page);
  await page.getByRole('link', { name: 'Về danh sách' }).press('Enter');
  await page.waitForURL('**/ho-so?**');
});

scenario('a question mark opens the sheet of shortcuts, Escape closes it, and it can be switched off', async ({ page }) => {
  await as.clerk(page);
  await page.goto('/ho-so');
  await page.locator('main').focus();
  await page.keyboard.press('?');
  const sheet = page.locator('dialog.keysheet');
  await sheet.waitFor();
  await axe(page);
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'hidden' });
  await page.locator('a.keyhelp').press('Enter');
  await sheet.waitFor();
  await sheet.getByRole('checkbox').press('Space');
  await sheet.getByRole('button').press('Enter');
  await page.reload();
  await page.locator('main').focus();
  await page.keyboard.press('?');
  await page.waitForLoadState('networkidle');
  assert.equal(await page.locator('dialog').count(), 0);
  await page.goto('/phim-tat');
  assert.match(await page.locator('h1').innerText(), /Phím tắt/);
  await axe(page);
});

scenario('the queue fits a phone and an old screen', async ({ page }) => {
  await as.clerk(page);
  for (const [width, height] of [[360, 740], [1366, 768], [683, 384]]) {
    await page.setViewportSize({ width, height });
    await page.goto('/ho-so');
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `${width}: ${over} px too wide`);
    await axe(page);
  }
});
