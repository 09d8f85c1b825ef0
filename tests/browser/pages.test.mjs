// Every page of the list opens, and is light enough for a slow line.

import assert from 'node:assert/strict';
import { axe, scenario } from './support.mjs';
import { address, groups } from './pages.mjs';

/** Bytes over the line: with nothing kept, and once styles and scripts are. */
const FIRST_VISIT = 150_000;
const LATER_VISIT = 30_000;

/** A page whose browser keeps what it loaded; the pages of scenarios do not, since their requests are watched. */
async function keeping(context, base, use) {
  const own = await context.browser().newContext({ baseURL: base, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' });
  own.setDefaultTimeout(60_000);
  try {
    await use(await own.newPage(), own);
  } finally {
    await own.close();
  }
}

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
  scenario(`${title}: every page opens and is light`, async ({ context, base }) => keeping(context, base, async (page, own) => {
    await sign(page);
    // What the first page loads is kept only once it came whole.
    await page.waitForLoadState('networkidle');
    const weights = [];
    for (const [name, where] of pages) {
      const at = await address(page, where);
      if (alone) await own.clearCookies();
      weights.push([name, await weigh(page, at)]);
    }
    console.log(weights.map(([name, bytes]) => `${name} ${bytes}`).join(', '));
    assert.ok(weights.every(([, bytes]) => bytes > 1_000), 'nothing came over the line');
    assert.deepEqual(weights.filter(([, bytes]) => bytes > LATER_VISIT), []);
  }));
}

scenario('the first visit is light, too, and the accessibility statement can be read by everyone', async ({ page, context, base }) => {
  await page.goto('/tro-nang');
  await axe(page);
  await page.goto('/tro-nang?lang=en');
  await axe(page);
  const { sign, pages } = groups[0];
  for (const [name, where] of [['sign-in', '/dang-nhap'], ['statistics', '/thong-ke'], ...pages.slice(0, 4)]) {
    await keeping(context, base, async (fresh) => {
      if (name !== 'sign-in') await sign(fresh);
      const at = await address(fresh, where);
      const protocol = await fresh.context().newCDPSession(fresh);
      await protocol.send('Network.clearBrowserCache');
      await protocol.detach();
      const bytes = await weigh(fresh, at);
      assert.ok(bytes > 20_000 && bytes < FIRST_VISIT, `${name}: ${bytes} bytes`);
    });
  }
});
