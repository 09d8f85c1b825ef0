// Every page of the list: it opens, breaks no rule of WCAG 2.2 AA, and is light enough for a slow line.

import assert from 'node:assert/strict';
import { axe, scenario } from './support.mjs';
import { address, groups } from './pages.mjs';

/** Bytes over the line: with nothing kept, and once styles and scripts are. */
const FIRST_VISIT = 150_000;
const LATER_VISIT = 30_000;

/** Bytes of everything the page loads, as they came over the line. */
async function weigh(page, at) {
  const protocol = await page.context().newCDPSession(page);
  let bytes = 0;
  protocol.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; });
  await protocol.send('Network.enable');
  const answer = await page.goto(at, { waitUntil: 'networkidle' });
  assert.equal(answer.status(), 200, at);
  await protocol.detach();
  return bytes;
}

for (const { title, sign, alone, pages } of groups) {
  scenario(`${title}: every page opens, is light and breaks no rule`, async ({ page, context }) => {
    await sign(page);
    const heavy = [];
    for (const [name, where] of pages) {
      const at = await address(page, where);
      if (alone) await context.clearCookies();
      const later = await weigh(page, at);
      await axe(page);
      if (later > LATER_VISIT) heavy.push(`${name}: ${later} bytes`);
    }
    assert.deepEqual(heavy, []);
  });
}

scenario('the first visit is light, too', async ({ page, context }) => {
  for (const at of ['/dang-nhap', '/tro-nang', '/bang-thong-bao']) {
    const protocol = await context.newCDPSession(page);
    await protocol.send('Network.clearBrowserCache');
    await protocol.detach();
    const bytes = await weigh(page, at);
    assert.ok(bytes > 1_000 && bytes < FIRST_VISIT, `${at}: ${bytes} bytes`);
  }
  const { sign, pages } = groups[0];
  await sign(page);
  for (const [name, where] of pages.slice(0, 3)) {
    const at = await address(page, where);
    const protocol = await context.newCDPSession(page);
    await protocol.send('Network.clearBrowserCache');
    await protocol.detach();
    const bytes = await weigh(page, at);
    assert.ok(bytes > 1_000 && bytes < FIRST_VISIT, `${name}: ${bytes} bytes`);
  }
});
