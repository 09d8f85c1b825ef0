import assert from 'node:assert/strict';
import { axe, scenario } from './support.mjs';

scenario('the first page opens, says whose it is and can be read by everyone', async ({ page }) => {
  const answer = await page.goto('/');
  assert.equal(answer.status(), 200);
  assert.match(await page.title(), /Đúng Hẹn/);
  assert.equal(await page.getAttribute('html', 'lang'), 'vi');
  await axe(page);
});
