// The pages where each role begins, and those for everybody: numbers, keyboard, both languages, on paper.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { as, number } from './steps.mjs';
import { axe, scenario } from './support.mjs';

/** Rows of a list over all its pages. */
async function rowsOf(page) {
  let rows = await page.locator('table.queue tbody tr').count();
  while (await page.locator('.more a').count() > 0) {
    await page.locator('.more a').press('Enter');
    await page.waitForLoadState();
    rows += await page.locator('table.queue tbody tr').count();
  }
  return rows;
}

/** The overview once its figures are there. */
async function overview(page) {
  await page.goto('/dieu-hanh');
  await page.locator('.overview').waitFor();
}

scenario('a manager reads the month in both languages and every number is a list', async ({ page }) => {
  await as.manager(page);
  await page.waitForURL('**/dieu-hanh');
  await overview(page);
  for (const lang of ['en', 'vi']) {
    await page.goto(`/dieu-hanh?lang=${lang}`);
    assert.equal(await page.locator('h1').count(), 1);
    await axe(page);
    await page.locator('details summary').first().press('Enter');
    await axe(page);
  }
  for (const place of ['.watch dl > div:nth-child(2) a', '.pulls .num a']) {
    await page.goto('/dieu-hanh');
    const link = page.locator(place).first();
    const said = await number(link);
    await link.press('Enter');
    await page.waitForURL('**/bao-cao/ho-so?**');
    assert.equal(await number(page.locator('h1 .sum')), said);
    assert.equal(await rowsOf(page), said, place);
  }
  await axe(page);
});

scenario('a manager closes a period by keyboard, downloads what was signed and sees no difference', async ({ page }) => {
  await as.manager(page);
  await overview(page);
  await page.locator('a[href="/ky-bao-cao"]').first().press('Enter');
  await page.waitForURL('**/ky-bao-cao');
  await axe(page);
  const over = page.locator('table.list tbody tr', { hasText: 'chưa chốt' }).first().locator('th a');
  const name = await over.innerText();
  await over.press('Enter');
  await page.locator('form[action$="/chot"]').waitFor();
  await axe(page);
  await page.locator('#agree').press('Space');
  await page.locator('form[action$="/chot"] button').press('Enter');
  await page.locator('code').waitFor();
  assert.equal(await page.locator('h1').innerText(), name);
  await axe(page);
  const printed = await page.locator('code').innerText();
  const signed = await page.request.get(await page.locator('a[href*="/goc.json"]').getAttribute('href'));
  assert.equal(createHash('sha256').update(await signed.body()).digest('hex'), printed);
  for (const [ending, head] of [['pdf', '%PDF'], ['xlsx', 'PK'], ['csv', '\ufeff']]) {
    const links = page.locator(`a[href*="/bieu/"][href*=".${ending}"]`);
    assert.ok(await links.count() > 5, `the signed reports as ${ending}`);
    for (const link of await links.all()) {
      const file = await page.request.get(await link.getAttribute('href'));
      assert.equal((await file.body()).toString('utf8').slice(0, head.length), head, await link.getAttribute('href'));
    }
  }
  await page.locator('a[href*="/chenh-lech"]').press('Enter');
  await page.waitForURL('**/chenh-lech**');
  await page.locator('.empty').waitFor();
  await axe(page);
  await page.goto(`${page.url()}&lang=en`);
  await axe(page);
  await page.goto('/du-lieu-mo?lang=vi');
  await page.locator('a[href$=".csv"]').first().waitFor();
  await axe(page);
});

scenario('a manager has the figures computed anew by keyboard and prints one page', async ({ page }) => {
  await as.manager(page);
  await overview(page);
  await page.locator('form[action="/dieu-hanh/tinh-lai"] button').press('Enter');
  await page.waitForURL('**/dieu-hanh');
  await page.locator('.overview .sub b').waitFor();
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g).length;
  assert.equal(pages, 1, 'the overview is one sheet of A4');
});

scenario('a supervisor begins with the unit, opens a number and acknowledges an alert', async ({ page }) => {
  await as.supervisor(page);
  await page.waitForURL('**/don-vi-toi');
  for (const lang of ['en', 'vi']) {
    await page.goto(`/don-vi-toi?lang=${lang}`);
    await axe(page);
  }
  const link = page.locator('.tiles a').first();
  const said = await number(link.locator('b'));
  await link.press('Enter');
  await page.waitForURL('**/don-vi-toi/ho-so?**');
  assert.equal(await number(page.locator('h1 .sum')), said);
  assert.equal(await rowsOf(page), said);
  await axe(page);
  await page.goto('/don-vi-toi');
  const button = page.locator('form[action="/bao-dong/da-nhan"] button').first();
  if (await button.count() > 0) {
    const before = await number(page.locator('#h-alerts .sum'));
    await button.press('Enter');
    await page.getByRole('status').waitFor();
    assert.match(page.url(), /\/don-vi-toi/);
    assert.equal(await number(page.locator('#h-alerts .sum')), before - 1);
  }
});

scenario('an officer begins with their own files and opens the form of a delay by keyboard', async ({ page }) => {
  await as.officer(page);
  await page.waitForURL('**/viec-cua-toi');
  for (const lang of ['en', 'vi']) {
    await page.goto(`/viec-cua-toi?lang=${lang}`);
    await axe(page);
  }
  assert.equal(await number(page.locator('h1 .sum')), await sum(page.locator('.chips b')), 'each file is in one group');
  const delay = page.locator('details.delay summary').first();
  await delay.press('Enter');
  const form = page.locator('details.delay[open] form');
  assert.ok(await form.locator('textarea').isVisible());
  await axe(page);
  await page.locator('.chips a').first().press('Enter');
  await page.waitForURL('**/viec-cua-toi?nhom=*');
  await axe(page);
});

const sum = async (locator) => {
  const texts = await locator.allInnerTexts();
  return texts.reduce((total, text) => total + Number(text.replaceAll(/\D/g, '')), 0);
};

scenario('the board in the hall pages by itself, can be stopped, and names nobody', async ({ page }) => {
  for (const lang of ['en', 'vi']) {
    await page.goto(`/bang-thong-bao?lang=${lang}`);
    assert.equal(await page.locator('.panel').count(), 3);
    await axe(page);
  }
  const pause = page.locator('[data-turn-pause]');
  assert.equal(await pause.innerText(), 'Dừng');
  await pause.press('Enter');
  assert.equal(await pause.innerText(), 'Chạy tiếp');
  const initials = await page.locator('.panel li span:nth-of-type(1)').allInnerTexts();
  assert.ok(initials.length > 0, 'the demonstration has files on the board');
  for (const shown of initials) assert.match(shown, /^(\p{Lu}\.)+$/u);
  await page.getByRole('link', { name: 'Trang sau' }).press('Enter');
  await page.waitForURL('**/bang-thong-bao?trang=*');
});

scenario('anybody reads promised and real time, also on a phone', async ({ page }) => {
  await page.goto('/thong-ke');
  await page.locator('table.stats').waitFor();
  for (const lang of ['en', 'vi']) {
    for (const size of [{ width: 1366, height: 768 }, { width: 390, height: 844 }]) {
      await page.setViewportSize(size);
      await page.goto(`/thong-ke?lang=${lang}`);
      await axe(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
      assert.ok(!wide, 'nothing runs out of the screen');
    }
  }
});
