// The room of the reports: every linked number of every page opens a list of exactly that many files.

import assert from 'node:assert/strict';
import { as } from './steps.mjs';
import { axe, scenario } from './support.mjs';

/** Those of one agency; the last is the province's own. */
const REPORTS = [
  '/bao-cao?',
  '/bao-cao/bieu/06a?by=field&',
  '/bao-cao/bieu/06a?by=unit&',
  '/bao-cao/bieu/ly-do-qua-han?by=field&',
  '/bao-cao/bieu/07a?by=unit&',
  '/bao-cao/bieu/don-vi?',
  '/bao-cao/bieu/truc-tuyen?',
  '/bao-cao/bieu/truc-tuyen?chi-tieu=2&',
  '/bao-cao/bieu/truc-tuyen?chi-tieu=3&',
  '/tinh?',
];
/** Lists asked for at once. */
const AT_ONCE = 4;

/** The last days of the demonstration: enough files of every kind, and short lists. */
async function lastDays(page) {
  await page.goto('/bao-cao');
  const day = (date) => date.toISOString().slice(0, 10);
  const to = new Date(await page.locator('#to').inputValue());
  const now = new Date();
  const end = to < now ? to : now;
  return `from=${day(new Date(end.getTime() - 3 * 86_400_000))}&to=${day(end)}`;
}

/** What a list says and shows over all its pages, read in the page with its own session. */
const listOf = (page, href) => page.evaluate(async (first) => {
  const digits = (element) => Number(element.textContent.replaceAll(/\D/g, ''));
  let [rows, said, next] = [0, null, first];
  while (next) {
    const answer = await fetch(next);
    if (!answer.ok) return { status: answer.status };
    const list = new DOMParser().parseFromString(await answer.text(), 'text/html');
    said ??= digits(list.querySelector('h1 .sum'));
    rows += list.querySelectorAll('table.queue tbody tr').length;
    next = [...list.querySelectorAll('.more a')].map((link) => link.getAttribute('href')).at(0);
  }
  return { rows, said };
}, href);

for (const report of REPORTS) {
  const across = report === '/tinh?';
  const options = across ? { server: 'province' } : {};
  scenario(`every number of ${report} opens exactly that many files`, options, async ({ page }) => {
    await (across ? as.province(page) : as.manager(page));
    const days = await lastDays(page);
    await page.goto(`${report}${days}`);
    for (const lang of ['en', 'vi']) {
      await page.goto(`${report}${days}&lang=${lang}`);
      assert.equal(await page.locator('h1').count(), 1);
      await axe(page);
    }
    const links = await page.locator('main a[href^="/bao-cao/ho-so?"], main a[href^="/bao-cao/cho-tiep-nhan?"]').evaluateAll(
      (found) => found.map((link) => ({ href: link.getAttribute('href'), n: Number(link.textContent.replaceAll(/\D/g, '')) })),
    );
    assert.ok(links.length >= 10, `only ${links.length} numbers are links`);
    assert.ok(links.some(({ n }) => n > 0), 'the demonstration has files in these days');
    // The same list behind two numbers is read once; zeros are asked, too.
    const known = new Map();
    const wanted = [...new Set(links.map(({ href }) => href))];
    for (let at = 0; at < wanted.length; at += AT_ONCE) {
      const some = wanted.slice(at, at + AT_ONCE);
      const found = await Promise.all(some.map((href) => listOf(page, href)));
      some.forEach((href, index) => known.set(href, found[index]));
    }
    for (const { href, n } of links) assert.deepEqual(known.get(href), { rows: n, said: n }, href);
    console.log(`${report} ${links.length} numbers, ${wanted.length} lists`);
  });
}

scenario('a manager chooses an official period by keyboard and takes the files home', async ({ page }) => {
  await as.manager(page);
  await page.goto('/bao-cao/bieu/06a');
  await page.locator('#period').selectOption({ index: 2 });
  await page.locator('#shape').selectOption('official');
  await page.locator('form.filters button').press('Enter');
  await page.waitForURL('**/bao-cao/bieu/06a?**');
  assert.match(await page.locator('.sub').innerText(), /^15\/\d\d\/\d{4} – 14\/\d\d\/\d{4}/);
  for (const [name, ending] of [['CSV', 'csv'], ['XLSX', 'xlsx']]) {
    const waits = page.waitForEvent('download');
    await page.locator('.links a', { hasText: name }).click();
    assert.ok((await waits).suggestedFilename().endsWith(`.${ending}`));
  }
  // Paper is looked at first.
  const paper = await page.request.get(await page.locator('.links a', { hasText: 'PDF' }).getAttribute('href'));
  assert.match(paper.headers()['content-disposition'], /^inline; .*\.pdf/);
  assert.equal((await paper.body()).subarray(0, 4).toString(), '%PDF');
});
