// Each role's main task, from signing in to done, by keyboard where a clerk would use it.

import assert from 'node:assert/strict';
import { as, logFile, number, openVerb } from './steps.mjs';
import { axe, scenario } from './support.mjs';

scenario('a clerk logs a file by keyboard and has the receipt to print', async ({ page }) => {
  await as.clerk(page);
  const code = await logFile(page, 'Giàng Thị Bàn Phím');
  assert.match(await page.locator('h1').innerText(), /GIẤY TIẾP NHẬN HỒ SƠ/);
  const paper = await page.locator('main').innerText();
  assert.ok(paper.includes('Giàng Thị Bàn Phím') && paper.includes(code));
  assert.match(paper, /Thời gian hẹn trả kết quả:\s*\d{2}:\d{2}, (thứ|Chủ)/);
  assert.equal(await page.locator('.qr svg').count(), 1);
  await axe(page);
  // What the printer gets: the paper alone, without buttons.
  await page.evaluate(() => { globalThis.print = () => { globalThis.printed = true; }; });
  await page.locator('[data-print]').press('Enter');
  assert.equal(await page.evaluate(() => globalThis.printed), true);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('.toolbar').isVisible(), false);
});

scenario('wrong input is named at its field and nothing typed is lost', { expectErrors: [/422/] }, async ({ page }) => {
  await as.clerk(page);
  await page.goto('/ho-so/moi');
  await page.fill('#procedure_code', '1.004873');
  await page.fill('#applicant_name', 'Đào Thị Còn Nguyên');
  await page.fill('#applicant_phone', 'không có');
  await page.locator('#applicant_name').press('Control+Enter');
  await page.locator('#phone-error').waitFor();
  assert.equal(await page.inputValue('#applicant_name'), 'Đào Thị Còn Nguyên');
  assert.equal(await page.getAttribute('#applicant_phone', 'aria-invalid'), 'true');
  await axe(page);
});

scenario('an officer asks for a supplement, receives it, declares a delay and finishes', async ({ page }) => {
  await as.officer(page);
  const code = await logFile(page, 'Lù Thị Bổ Sung');
  await page.goto(`/ho-so/${code}`);
  await axe(page);
  for (const lang of ['en', 'vi']) {
    await page.goto(`/ho-so/${code}/so-tinh-ngay?lang=${lang}`);
    assert.ok(await page.locator('#lan-1 .month').count() > 0);
    await axe(page);
  }
  await page.goto(`/ho-so/${code}`);
  const asked = await openVerb(page, 'bo-sung-yeu-cau');
  await asked.locator('textarea').fill('Bản sao giấy khai sinh');
  await axe(page);
  await asked.locator('textarea').press('Control+Enter');
  await page.getByText('Chờ dân bổ sung').first().waitFor();
  assert.ok((await page.locator('.events').innerText()).includes('Bản sao giấy khai sinh'));
  const supplemented = await openVerb(page, 'bo-sung');
  await supplemented.locator('button').press('Enter');
  await page.locator('form[action$="/tre-hen"]').waitFor({ state: 'attached' });
  const delay = await openVerb(page, 'tre-hen');
  await delay.locator('select').selectOption('verification');
  await delay.locator('textarea').fill('Chờ xác minh của nơi cư trú trước đây');
  await delay.locator('textarea').press('Control+Enter');
  await page.getByText('Đã hẹn lại').first().waitFor();
  const letter = page.locator('.messages a', { hasText: 'PDF' });
  const pdf = await page.request.get(await letter.getAttribute('href'));
  assert.equal(pdf.headers()['content-type'], 'application/pdf');
  assert.equal((await pdf.body()).subarray(0, 4).toString(), '%PDF');
  assert.equal(await page.locator('form[action$="/tre-hen"]').count(), 0, 'a second reschedule is not offered');
  const result = await openVerb(page, 'ket-qua');
  await result.locator('button').press('Enter');
  await page.locator('form[action$="/tra"]').waitFor({ state: 'attached' });
  await axe(page);
});

scenario('an officer proposes to correct when a result was ready, and the manager approves it by keyboard', { expectErrors: [/422/] }, async ({ page, context }) => {
  await as.officer(page);
  await page.goto('/ho-so?state=done');
  const done = await page.locator('table.list tbody a[href^="/ho-so/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  // A minute earlier has to be after the receipt: the result came on a later day than the one in the code.
  let dossier = '';
  for (const href of done) {
    await page.goto(`${href}/dinh-chinh`);
    const day = (await page.locator('#at').inputValue()).slice(2, 10).replaceAll('-', '');
    if (!href.includes(`-${day}-`)) {
      dossier = href;
      break;
    }
  }
  assert.ok(dossier, 'a file that took more than a day');
  await page.goto(dossier);
  const before = await page.locator('.events li').count();
  await page.locator('a[href$="/dinh-chinh"]').press('Enter');
  await page.waitForURL('**/dinh-chinh');
  await axe(page);
  await page.keyboard.press('Tab');
  const at = page.locator('#at');
  const recorded = await at.inputValue();
  await page.locator('#reason').press('Control+Enter');
  await page.locator('#reason-error').waitFor();
  assert.equal(await at.inputValue(), recorded, 'what was typed is kept');
  await axe(page);
  const earlier = new Date(new Date(`${recorded}:00Z`) - 60_000).toISOString().slice(0, 16);
  await at.fill(earlier);
  await page.locator('#reason').fill('Sổ giao nhận ký trước đó một phút');
  await page.locator('#reason').press('Control+Enter');
  await page.getByRole('status').waitFor();
  assert.equal(await page.locator('.events li').count(), before, 'one person changes nothing');

  await context.clearCookies();
  await as.manager(page);
  await page.goto('/de-xuat');
  await axe(page);
  await page.locator('table.list a', { hasText: dossier.split('/').pop() }).first().press('Enter');
  await page.waitForURL('**/de-xuat/*');
  await axe(page);
  await page.goto(`${page.url()}?lang=en`);
  await axe(page);
  await page.locator('form[action$="/duyet"] button').press('Enter');
  await page.waitForURL('**/de-xuat');
  await page.goto(`${dossier}?lang=vi`);
  assert.equal(await page.locator('.events li').count(), before + 1);
  assert.match(await page.locator('.events').innerText(), /Sổ giao nhận ký trước đó một phút/);
});

scenario('a supervisor starts with the late files and reads the letters', async ({ page }) => {
  await as.supervisor(page);
  await page.waitForURL('**/don-vi-toi');
  await page.goto('/ho-so?state=overdue');
  const said = await number(page.locator('h1 .sum'));
  const rows = await page.locator('table.queue tbody tr').count();
  assert.ok(rows === said || (rows < said && await page.locator('.more a').count() === 1));
  await axe(page);
  await page.goto('/thu');
  assert.ok(await page.locator('table.list tbody tr').count() > 0, 'the demonstration has letters');
  await axe(page);
});

scenario('a manager clicks a number of the report and sees exactly that many files', async ({ page }) => {
  await as.manager(page);
  await page.waitForURL('**/dieu-hanh');
  await page.goto('/bao-cao');
  await axe(page);
  for (const bucket of ['overdue', 'in_progress', 'late']) {
    await page.goto('/bao-cao');
    const link = page.locator(`.figures a[href$="bucket=${bucket}"]`);
    const said = await number(link);
    await link.press('Enter');
    await page.waitForURL('**/bao-cao/ho-so?**');
    assert.equal(await number(page.locator('h1 .sum')), said);
    let rows = await page.locator('table.queue tbody tr').count();
    while (await page.locator('.more a').count() > 0) {
      await page.locator('.more a').press('Enter');
      await page.waitForLoadState();
      rows += await page.locator('table.queue tbody tr').count();
    }
    assert.equal(rows, said, bucket);
  }
  await axe(page);
});

scenario('an administrator runs a job by hand and reads the outbox', async ({ page }) => {
  await as.admin(page);
  await page.goto('/cong-viec');
  await axe(page);
  await page.locator('form[action="/cong-viec/sweep/chay"] button').press('Enter');
  await page.getByRole('status').getByText('Đã chạy xong').waitFor();
  await page.goto('/hop-di');
  await axe(page);
  const chip = page.locator('.chips a', { hasText: 'Đã gửi' });
  const said = await number(chip.locator('b'));
  assert.ok(said > 0, 'the demonstration has sent messages');
  await chip.press('Enter');
  await page.waitForURL('**/hop-di?state=sent');
  assert.ok(await page.locator('table.list tbody tr').count() > 0);
});

scenario('the clock walks a week and the letter of a late file lies in the mailbox', async ({ page }) => {
  await as.admin(page);
  const code = await logFile(page, 'Sùng Văn Chờ Đợi');
  await page.goto('/thu-mau');
  await axe(page);
  const before = await page.locator('.demo b').innerText();
  await page.locator('.demo button[value="week"]').press('Enter');
  await page.getByRole('status').getByText('Đồng hồ đã chạy tới').waitFor();
  assert.notEqual(await page.locator('.demo b').innerText(), before);
  await page.fill('main #q', code);
  await page.locator('main #q').press('Enter');
  await page.waitForURL(`**/thu-mau?q=${code}`);
  const kinds = await page.locator('table.list tbody').innerText();
  assert.match(kinds, /Quá hạn/);
  // No mail address was given: the letter is printed and handed over.
  await page.goto(`/ho-so/${code}`);
  assert.match(await page.locator('section[aria-labelledby=h-messages] .messages').innerText(), /Phiếu xin lỗi/);
  assert.match(await page.locator('.state').innerText(), /Quá hạn|Đã hẹn lại/);
  await page.goto('/thu?state=print');
  const row = page.locator('tr', { hasText: code });
  await row.getByRole('button').first().press('Enter');
  await page.getByRole('status').getByText('Đã ghi nhận giao phiếu').waitFor();
  await page.goto('/thu-mau');
  await page.locator('table.list tbody a').first().press('Enter');
  await page.locator('article.mail').waitFor();
  await axe(page);
});

scenario("the citizen's page tells the state without a name", async ({ page, context }) => {
  await as.clerk(page);
  const code = await logFile(page, 'Thào Thị Riêng Tư');
  const address = (await page.locator('.url').innerText()).replaceAll(/\s/g, '');
  await context.clearCookies();
  await page.goto(new URL(address).pathname);
  const text = await page.locator('body').innerText();
  assert.ok(text.includes(code) && text.includes('T.T.R.T.'));
  assert.ok(!text.includes('Riêng Tư') && !text.includes('0912'));
  await axe(page);
  await page.getByRole('link', { name: 'English' }).press('Enter');
  await page.getByText('In progress').first().waitFor();
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  await axe(page);
});

scenario('a manager looks for limits that could be shorter, and at the files behind one', async ({ page }) => {
  await as.manager(page);
  await page.waitForURL('**/dieu-hanh');
  await page.goto('/bao-cao');
  await page.locator('a[href="/bao-cao/thoi-han"]').press('Enter');
  await page.waitForURL('**/bao-cao/thoi-han');
  await axe(page);
  await page.fill('#late_share', '25');
  await page.press('#late_share', 'Enter');
  await page.waitForURL('**late_share=25**');
  assert.ok(await page.locator('table.limits .badge.good').count() > 0, 'some limit could be cut');
  const link = page.locator('table.limits a').first();
  const said = await number(link);
  await link.press('Enter');
  await page.waitForURL('**/bao-cao/ho-so?**procedure=**');
  assert.equal(await number(page.locator('h1 .sum')), said);
  await page.goto('/bao-cao/thoi-han?from=2024-01-02&to=2024-01-03&lang=en');
  await page.getByText('No procedure matches.').waitFor();
  await axe(page);
});

scenario('every page is readable by everyone, in both languages', async ({ page }) => {
  await as.admin(page);
  const pages = ['/ho-so', '/ho-so/moi', '/thu', '/bao-cao', '/thu-tuc', '/lich', '/don-vi', '/hop-di', '/cong-viec', '/thu-mau'];
  for (const lang of ['en', 'vi']) {
    for (const path of pages) {
      await page.goto(`${path}?lang=${lang}`);
      assert.equal(await page.getAttribute('html', 'lang'), lang, path);
      assert.equal(await page.locator('h1').count(), 1, path);
      await axe(page);
    }
  }
});

scenario('a wrong password is told in words and the name is kept', { expectErrors: [/401/] }, async ({ page }) => {
  await page.goto('/dang-nhap');
  await axe(page);
  await page.fill('#username', 'giamdoc');
  await page.fill('#password', 'sai-mat-khau');
  await page.press('#password', 'Enter');
  await page.getByRole('alert').waitFor();
  assert.equal(await page.inputValue('#username'), 'giamdoc');
  await axe(page);
});

scenario('a page that does not exist says so and leads on', { expectErrors: [/404/] }, async ({ page }) => {
  await as.clerk(page);
  const answer = await page.goto('/ho-so/H38.19-990101-0001');
  assert.equal(answer.status(), 404);
  assert.match(await page.locator('h1').innerText(), /Không tìm thấy/);
  await axe(page);
});

scenario('every page of rules and reception is readable by everyone, in both languages', async ({ page }) => {
  await as.admin(page);
  const pages = ['/quy-tac', '/de-xuat', '/truc-tuyen', '/thu-tuc/1.004222', '/thu-tuc/1.004222/sua', '/thu-tuc/nhap'];
  for (const lang of ['en', 'vi']) {
    for (const path of pages) {
      await page.goto(`${path}?lang=${lang}`);
      assert.equal(await page.getAttribute('html', 'lang'), lang, path);
      assert.equal(await page.locator('h1').count(), 1, path);
      await axe(page);
    }
  }
});

/** The first weekday from the day after tomorrow on that the calendar of its year has no row for. */
async function plainDay(page) {
  const day = new Date(Date.now() + 7 * 3_600_000);
  day.setUTCDate(day.getUTCDate() + 1);
  for (;;) {
    day.setUTCDate(day.getUTCDate() + 1);
    const iso = day.toISOString().slice(0, 10);
    await page.goto(`/lich?nam=${day.getUTCFullYear()}`);
    const listed = await page.locator('main').innerText();
    const shown = iso.split('-').reverse().join('/');
    if (![0, 6].includes(day.getUTCDay()) && !listed.includes(shown)) return { iso, shown };
  }
}

scenario('a holiday is announced late: seen with the files it moves, proposed, and approved by another', async ({ page, context }) => {
  await as.admin(page);
  const { iso, shown } = await plainDay(page);
  await page.goto(`/lich?nam=${iso.slice(0, 4)}&sua=${iso}`);
  await axe(page);
  const form = page.locator('form[action="/lich/ngay"]');
  await form.locator('[name=name]').fill('Nghỉ thêm');
  await form.locator('[name=decision]').fill('QĐ 9/QĐ-TTg');
  await form.locator('[name=basis]').fill('QĐ 9/QĐ-TTg');
  await form.locator('[name=decision]').press('Enter');
  await page.locator('form[action="/lich/thay-doi"]').waitFor();
  await axe(page);
  // One whose date moves now; those that wait for a citizen are counted again when they go on.
  const touched = page.locator('main table').last().locator('tbody tr', { has: page.locator('td.when b') });
  const code = (await touched.first().locator('th').innerText()).trim();
  await page.locator('form[action="/lich/thay-doi"] button').press('Enter');
  await page.waitForURL('**/de-xuat/*');
  assert.equal(await page.locator('form[action$="/duyet"]').count(), 0, 'nobody approves their own proposal');
  const proposal = new URL(page.url()).pathname;

  await context.clearCookies();
  await as.manager(page);
  await page.goto(proposal);
  await axe(page);
  await page.locator('form[action$="/duyet"] button').press('Enter');
  await page.waitForURL('**/de-xuat');
  await page.goto(`/ho-so/${code}/so-tinh-ngay`);
  assert.ok((await page.locator('main').innerText()).includes('QĐ 9/QĐ-TTg'), `${code} names the decision`);
  await axe(page);
  await page.goto(`/lich?nam=${iso.slice(0, 4)}`);
  assert.ok((await page.locator('main').innerText()).includes(shown));
});

scenario('the desk accepts an online file and it is a dossier with the same code', async ({ page }) => {
  await as.clerk(page);
  await page.goto('/truc-tuyen');
  await page.locator('main table .code a').first().press('Enter');
  await page.waitForURL('**/truc-tuyen/*');
  await axe(page);
  const code = decodeURIComponent(page.url().split('/').at(-1).split('?')[0]);
  const form = await openVerb(page, 'tiep-nhan');
  await form.locator('button').press('Enter');
  await page.waitForURL('**/ho-so/*');
  assert.ok((await page.locator('h1').innerText()).includes(code));
  await axe(page);
});
