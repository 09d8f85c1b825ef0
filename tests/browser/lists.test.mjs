// Files at risk, late files with reasons, the index, and a file held against the records.

import assert from 'node:assert/strict';
import { as, number } from './steps.mjs';
import { axe, scenario } from './support.mjs';

const inBoth = async (page, path) => {
  for (const lang of ['en', 'vi']) {
    await page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
    assert.equal(await page.locator('h1').count(), 1);
    await axe(page);
  }
};

scenario('a supervisor goes from the board to the files at risk and takes them away', async ({ page }) => {
  await as.supervisor(page);
  await page.waitForURL('**/don-vi-toi');
  await page.getByRole('link', { name: 'Hồ sơ có nguy cơ trễ' }).press('Enter');
  await page.waitForURL('**/ho-so/nguy-co**');
  await inBoth(page, '/ho-so/nguy-co');
  const shown = await number(page.locator('h1 .sum'));
  const csv = await page.request.get('/ho-so/nguy-co.csv');
  assert.equal(csv.status(), 200);
  // A line a file, the head and three notes.
  assert.equal((await csv.text()).trim().split('\r\n').length, shown + 4);
});

scenario('a manager reads the index and the late files in both languages', async ({ page }) => {
  await as.manager(page);
  await inBoth(page, '/bao-cao/chi-so');
  const link = page.locator('table.list td.num a').first();
  const said = await number(link);
  await link.press('Enter');
  await page.waitForURL('**/bao-cao/ho-so?**');
  assert.equal(await number(page.locator('h1 .sum')), said);
  await inBoth(page, '/tre-chua-xin-loi');
  const late = await page.request.get('/tre-chua-xin-loi.xlsx');
  assert.equal(late.status(), 200);
});

scenario('a clerk holds an export against the records by keyboard, and nothing is imported', async ({ page }) => {
  await as.clerk(page);
  await page.goto('/nhap');
  const lines = ['MaHoSo;MaTTHC;ChuHoSo;HinhThuc;NgayTiepNhan', `L${Date.now() % 1000}.19-260302-0001;1.004873;Người nộp;Nộp trực tuyến;02/03/2026 09:00`];
  await page.setInputFiles('#file', { name: 'doi-chieu.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) });
  await page.locator('#upload button').press('Enter');
  await page.locator('#ghep').waitFor();
  await page.locator('#save_as').press('Control+Enter');
  await page.getByText('Nếu nhập bây giờ').waitFor();
  await page.getByRole('link', { name: 'không nhập' }).press('Enter');
  await page.waitForURL('**/doi-chieu');
  await axe(page);
  await page.locator('#from').fill('2026-03-01');
  await page.locator('#to').fill('2026-03-31');
  await page.locator('#to').press('Enter');
  await page.waitForURL('**from=2026-03-01**');
  await page.getByText('không có ở đây').first().waitFor();
  await axe(page);
});
