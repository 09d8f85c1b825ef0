// The import wizard by keyboard, with and without script, with a network that fails.

import assert from 'node:assert/strict';
import { as } from './steps.mjs';
import { axe, scenario } from './support.mjs';

const stamp = Date.now();
const HEAD = 'MaHoSo;MaTTHC;ChuHoSo;HinhThuc;NgayTiepNhan;NgayHenTra';
const row = (n, procedure, due) => `P${stamp % 1000}.19-260302-${String(n).padStart(4, '0')};${procedure};Người nộp ${n};Nộp trực tuyến;02/03/2026 09:00;${due}`;

const file = (name, lines) => ({ name, mimeType: 'text/csv', buffer: Buffer.from([HEAD, ...lines].join('\n')) });

/** Brings a file and answers when its columns can be mapped. */
async function bring(page, one) {
  await page.goto('/nhap');
  await page.setInputFiles('#file', one);
  await page.locator('#upload button').press('Enter');
  await page.waitForURL('**/nhap/*');
  await page.locator('#ghep').waitFor();
}

scenario('a clerk imports an export of the portal by keyboard, from upload to reconciliation', async ({ page }) => {
  await as.clerk(page);
  await page.goto('/nhap');
  await axe(page);
  await bring(page, file(`cong-${stamp}.csv`, [row(1, '1.004873', '05/03/2026 17:00'), row(2, '1.004873', '09/03/2026 17:00'), row(3, '9.999999', '31/02/2026')]));
  // What the columns hold was recognised by their names.
  assert.equal(await page.inputValue('#c-code'), 'MaHoSo');
  assert.equal(await page.inputValue('#c-due_at'), 'NgayHenTra');
  assert.equal(await page.inputValue('#w-channel-0'), 'online');
  await axe(page);
  await page.locator('#save_as').fill(`Cổng ${stamp}`);
  await page.locator('#save_as').press('Control+Enter');
  await page.getByText('Nếu nhập bây giờ').waitFor();
  assert.equal(await page.locator('.preview tbody tr').count(), 1, 'the row with faults');
  assert.equal(await page.locator('.preview td.wrong').count(), 2);
  await axe(page);
  await page.getByRole('link', { name: 'Mọi dòng' }).press('Enter');
  await page.waitForURL('**?xem=tat-ca**');
  assert.equal(await page.locator('.preview tbody tr').count(), 3);
  await page.getByRole('button', { name: 'Nhập các dòng đúng' }).press('Enter');
  await page.getByRole('heading', { name: 'Kết quả nhập' }).waitFor();
  await page.getByRole('heading', { name: 'Đối chiếu hai bên' }).waitFor();
  assert.match(await page.locator('.tally').innerText(), /Hồ sơ mới\s*2/);
  await axe(page);
  const list = await page.request.get(await page.getByRole('link', { name: 'Danh sách dòng bị loại' }).getAttribute('href'));
  assert.match(await list.text(), /9\.999999/);
  const map = await page.request.get(await page.getByRole('link', { name: 'MAP.toml' }).getAttribute('href'));
  assert.match(await map.text(), /code = "MaHoSo"/);
  await page.getByRole('button', { name: 'Xóa tệp này' }).press('Enter');
  await page.waitForURL('**/nhap');
});

scenario('the wizard works without script', async ({ context, base }) => {
  const plain = await context.browser().newContext({ baseURL: base, javaScriptEnabled: false, locale: 'vi-VN' });
  const page = await plain.newPage();
  await as.clerk(page);
  await bring(page, file(`khong-${stamp}.csv`, [row(11, '1.004873', '05/03/2026 17:00')]));
  await page.getByRole('button', { name: 'Kiểm tra tệp' }).press('Enter');
  // The page looks again by itself.
  await page.getByText('Nếu nhập bây giờ').waitFor();
  await page.getByRole('button', { name: 'Nhập tất cả' }).press('Enter');
  await page.getByRole('heading', { name: 'Kết quả nhập' }).waitFor();
  await plain.close();
});

scenario('a file that is too large or no table is told in a sentence', { expectErrors: [/422/] }, async ({ page }) => {
  await as.clerk(page);
  await page.goto('/nhap');
  await page.evaluate(() => { document.getElementById('upload').dataset.max = '10'; });
  await page.setInputFiles('#file', file('lon.csv', [row(1, '1.004873', '')]));
  await page.getByText('Tệp quá lớn').first().waitFor();
  await axe(page);
  await page.goto('/nhap');
  await page.setInputFiles('#file', { name: 'cu.xls', mimeType: 'application/vnd.ms-excel', buffer: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]) });
  await page.locator('#upload button').press('Enter');
  await page.locator('#file-error').waitFor();
  await axe(page);
});

scenario('progress that cannot be read is told, and goes on when the network is back', { expectErrors: [/Failed to load resource|ERR_/] }, async ({ page, context }) => {
  await as.clerk(page);
  // Enough rows for the page to come while the work goes on.
  const rows = Array.from({ length: 20_000 }, (_, n) => row(1_000 + n, '1.004873', '05/03/2026 17:00'));
  await bring(page, file(`mang-${stamp}.csv`, rows));
  let lost = true;
  await context.route('**/nhap/*/trang-thai', (route) => (lost ? route.abort('internetdisconnected') : route.continue()));
  await page.locator('#formats').press('Control+Enter');
  await page.locator('#progress .hint', { hasText: 'Mất kết nối' }).waitFor();
  await axe(page);
  lost = false;
  await page.getByText('Nếu nhập bây giờ').waitFor({ timeout: 45_000 });
  assert.match(await page.locator('.tally').innerText(), /Đọc\s*20\.000/);
});
