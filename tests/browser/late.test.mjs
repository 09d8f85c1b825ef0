// Late files, from the first warning to the letter: what officer, desk, supervisor, administrator and
// citizen see and do, by keyboard where a clerk would use it.

import assert from 'node:assert/strict';
import { as, logFile, openVerb } from './steps.mjs';
import { axe, scenario } from './support.mjs';

/** Focuses what is given and fails unless a person at the keyboard would see that it is. */
async function focus(page, locator) {
  await locator.focus();
  // A key makes the browser show the ring; Shift alone does nothing else.
  await page.keyboard.press('Shift');
  const ring = await page.evaluate(() => {
    const style = getComputedStyle(document.activeElement);
    return { outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0, shadow: style.boxShadow !== 'none' };
  });
  assert.ok(ring.outline || ring.shadow, 'the focus is visible');
}

/** Presses Enter on what is given, its focus being visible. */
async function enter(page, locator) {
  await focus(page, locator);
  await page.keyboard.press('Enter');
}

/** Every path in both languages: whole, with one heading, and without fault. */
async function inBothLanguages(page, paths, languages = ['en', 'vi']) {
  for (const lang of languages) {
    for (const path of paths) {
      const answer = await page.goto(`${path}?lang=${lang}`);
      assert.equal(answer.status(), 200, path);
      assert.equal(await page.getAttribute('html', 'lang'), lang, path);
      assert.equal(await page.locator('h1').count(), 1, path);
      await axe(page);
    }
  }
}

/** Code of the first file of a queue. */
async function firstCode(page, query) {
  await page.goto(`/ho-so?${query}`);
  return (await page.locator('table.queue th.code a').first().innerText()).trim();
}

/** Path of the citizen's page of a file, read from its receipt. */
async function citizensPath(page, code) {
  await page.goto(`/ho-so/${code}/bien-nhan`);
  return new URL((await page.locator('.url').innerText()).replaceAll(/\s/g, '')).pathname;
}

for (const lang of ['en', 'vi']) scenario(`every page of late files is readable by everyone (${lang})`, async ({ page }) => {
  await as.admin(page);
  const late = await firstCode(page, 'state=overdue');
  await page.goto('/hop-di?state=sent');
  const message = await page.locator('table.list a[href^="/hop-di/"]').first().getAttribute('href');
  await inBothLanguages(page, [
    '/bao-dong', '/sang-mai', '/thu/so', '/tre-chua-xin-loi', '/bac-thang', '/bac-thang/sua',
    '/mau-giay', '/so-theo-doi', '/hop-di', message, '/viec',
    `/ho-so/${late}/bang-chung`, `/ho-so/${late}/lien-he`,
  ], [lang]);
});

scenario('a supervisor reads what waits for a signature, in both languages', async ({ page }) => {
  await as.supervisor(page);
  await inBothLanguages(page, ['/thu/ky', '/thu/so', '/bao-dong', '/tre-chua-xin-loi']);
});

scenario('an officer acknowledges an alert, answers that one file will be ready and another will not', async ({ page }) => {
  await as.officer(page);
  await page.goto('/bao-dong');
  await axe(page);
  const asks = page.locator('table.list tbody tr', { has: page.locator('form[action$="/kip-han"]') });
  assert.ok(await asks.count() >= 2, 'the demonstration asks about files that fall due');
  const code = async (row) => (await row.locator('td.code a').innerText()).trim();

  const first = await code(asks.first());
  await enter(page, asks.first().locator('form[action$="/kip-han"] button'));
  await page.getByRole('status').waitFor();
  await page.goto(`/ho-so/${first}`);
  assert.match(await page.locator('p#kip-han').innerText(), /kịp/i);
  await axe(page);

  await page.goto('/bao-dong');
  const delayed = asks.filter({ has: page.locator('a[href$="#viec-tre-hen"]') }).first();
  const second = await code(delayed);
  assert.notEqual(second, first);
  await enter(page, delayed.locator('a[href$="#viec-tre-hen"]'));
  await page.waitForURL('**/ho-so/*mo=tre-hen*');
  const form = page.locator('form[action$="/tre-hen"]');
  await form.locator('select').selectOption('verification');
  await focus(page, form.locator('textarea'));
  await page.keyboard.type('Chờ xác minh của nơi cư trú trước đây');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Đã hẹn lại').first().waitFor();
  await page.goto(`/ho-so/${second}/bang-chung`);
  assert.ok((await page.locator('main').innerText()).includes('Chờ xác minh của nơi cư trú trước đây'));
  await axe(page);

  await page.goto('/bao-dong');
  const box = page.locator('input[name=id][type=checkbox]').first();
  const id = await box.getAttribute('value');
  await focus(page, box);
  await page.keyboard.press('Space');
  await enter(page, page.locator('form#chosen button'));
  await page.getByRole('status').waitFor();
  assert.equal(await page.locator(`input[name=id][value="${id}"]`).count(), 0, 'what is acknowledged no longer stands');
  await axe(page);
});

scenario('the desk tells an applicant in person and the task is done', async ({ page }) => {
  await as.clerk(page);
  await page.goto('/viec');
  await axe(page);
  const form = page.locator('form[action^="/viec/"]').first();
  const action = await form.getAttribute('action');
  await focus(page, form.locator('input[name=note]'));
  await page.keyboard.type('Đã gọi, người nộp đã rõ');
  await enter(page, form.locator('button').first());
  await page.getByRole('status').waitFor();
  assert.equal(await page.locator(`form[action="${action}"]`).count(), 0, 'the task no longer waits');
  await axe(page);
});

scenario('a tick of the desk that was a slip is undone', async ({ page }) => {
  await as.supervisorOfDesk(page);
  await page.goto('/viec');
  const form = page.locator('form[action$="/xong"]').first();
  const action = await form.getAttribute('action');
  await enter(page, form.locator('button').first());
  await page.getByRole('status').waitFor();
  assert.equal(await page.locator(`form[action="${action}"]`).count(), 0, 'the task is done');
  await axe(page);
  const undo = page.locator(`form[action="${action.replace('/xong', '/hoan-tac')}"]`);
  await enter(page, undo.locator('button'));
  await undo.waitFor({ state: 'detached' });
  assert.equal(await page.locator(`form[action="${action}"]`).count(), 1, 'the task waits again');
  await axe(page);
});

scenario('a citizen says that the contact is wrong and what the delay cost; desk and supervisor see it', async ({ page, context }) => {
  await as.supervisor(page);
  const code = await firstCode(page, 'state=overdue');
  const path = await citizensPath(page, code);

  await context.clearCookies();
  await inBothLanguages(page, [path]);
  const before = await page.locator('.said li').count();
  const contact = page.locator('form[action$="/lien-he"]');
  await enter(page, page.locator('details', { has: contact }).locator('summary'));
  await axe(page);
  await contact.locator('#phone').fill('0912 345 678');
  await enter(page, contact.locator('button'));
  await page.waitForURL('**/cam-on/**');
  await axe(page);
  await page.getByRole('link', { name: 'English' }).press('Enter');
  await page.locator('html[lang=en]').waitFor();
  await axe(page);

  await page.goto(`${path}?lang=vi`);
  const cost = page.locator('form[action$="/thiet-hai"]');
  await enter(page, page.locator('details', { has: cost }).locator('summary'));
  await axe(page);
  await focus(page, cost.locator('textarea'));
  await page.keyboard.type('Tôi phải nghỉ làm <b>hai</b> ngày');
  await enter(page, cost.locator('button'));
  await page.waitForURL('**/cam-on/**');
  await axe(page);
  await page.goto(path);
  assert.equal(await page.locator('.said li').count(), before + 2);

  await context.clearCookies();
  await as.clerk(page);
  await page.goto('/viec');
  assert.match(await page.locator('table.list tr', { hasText: code }).filter({ hasText: '0912 345 678' }).first().innerText(), /Đã có liên hệ mới/);
  await axe(page);

  const told = async () => (await page.locator('main').innerText()).includes('Tôi phải nghỉ làm <b>hai</b> ngày');
  const next = page.locator('.pager a[rel=next]');
  // The dossier lies with one of the units; its supervisor has it, maybe on a later page.
  for (const supervisor of [as.supervisor, as.supervisorOfEconomy, as.supervisorOfDesk]) {
    await context.clearCookies();
    await supervisor(page);
    await page.goto('/bao-dong');
    while (!(await told()) && await next.count()) await page.goto(await next.getAttribute('href'));
    if (await told()) break;
  }
  assert.ok(await told(), 'told to the supervisor as it was written');
  await axe(page);
  await page.goto(`/ho-so/${code}/bang-chung`);
  const action = await page.locator('form[action*="/nguoi-dan/"]').first().getAttribute('action');
  const seen = page.locator(`form[action="${action}"]`);
  await enter(page, seen.locator('button'));
  await seen.waitFor({ state: 'detached' });
  await page.goto(`/ho-so/${code}/bang-chung`);
  assert.equal(await seen.count(), 0, 'what is read asks no longer');
  await axe(page);
});

scenario('an administrator sees a letter with a new letterhead, then saves it', async ({ page, context }) => {
  await as.admin(page);
  await page.goto('/mau-giay');
  await page.fill('#email', 'tra-loi@example.vn');
  const opened = context.waitForEvent('page');
  const shown = context.waitForEvent('response', (response) => response.url().endsWith('/mau-giay/xem-thu'));
  await enter(page, page.locator('button[formaction="/mau-giay/xem-thu"]'));
  assert.equal((await shown).headers()['content-type'], 'application/pdf');
  await (await opened).close();
  assert.equal(await page.inputValue('#email'), 'tra-loi@example.vn', 'what was typed is kept');
  await enter(page, page.locator('form[action="/mau-giay"] button.main'));
  await page.getByRole('status').waitFor();
  await page.goto('/mau-giay');
  assert.equal(await page.inputValue('#email'), 'tra-loi@example.vn');
  await axe(page);
});

scenario('a supervisor signs two letters at once', { server: 'signed' }, async ({ page, context }) => {
  await as.officer(page);
  const codes = [];
  for (const name of ['Vàng Thị Chờ Ký', 'Hạng A Chờ Ký']) {
    const code = await logFile(page, name);
    await page.goto(`/ho-so/${code}`);
    const delay = await openVerb(page, 'tre-hen');
    await delay.locator('select').selectOption('verification');
    await delay.locator('textarea').fill('Chờ xác minh của nơi cư trú trước đây');
    await delay.locator('textarea').press('Control+Enter');
    await page.getByRole('status').waitFor();
    codes.push(code);
  }
  await context.clearCookies();
  await as.supervisor(page);
  await page.goto('/thu/ky?lang=en');
  await axe(page);
  await page.goto('/thu/ky?lang=vi');
  await axe(page);
  const row = (code) => page.locator('table.list tbody tr', { hasText: code });
  await enter(page, row(codes[0]).locator('td.do a'));
  await page.waitForURL('**/thu/ky/*');
  await axe(page);
  await page.goto('/thu/ky');
  for (const code of codes) {
    await focus(page, row(code).locator('input[type=checkbox]'));
    await page.keyboard.press('Space');
  }
  await enter(page, page.locator('form[action="/thu/ky"] button.main'));
  const result = page.getByRole('status').filter({ hasText: 'Đã ký' });
  await result.waitFor();
  const text = await result.innerText();
  assert.match(text, /2\/2/);
  for (const code of codes) assert.match(text, new RegExp(`${code}: số \\S+`));
  assert.equal(await page.locator('table.list tbody tr', { hasText: codes[0] }).count(), 0, 'signed letters leave the tray');
  await axe(page);
  const register = await (await page.request.get('/thu/so.csv')).text();
  for (const code of codes) assert.ok(register.includes(code), `${code} is in the register`);
});
