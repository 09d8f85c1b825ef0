// The pages there are: who opens them, where they stand, what they are for. From this list `pictures.mjs` makes
// docs/pages.md, and `pages.test.mjs` opens and weighs each.

import { as } from './steps.mjs';

/** The address of the first link on `list` that matches. */
const first = (list, selector) => async (page) => {
  await page.goto(list);
  return page.locator(selector).first().getAttribute('href');
};
const dossier = first('/ho-so?state=all', 'table.list tbody a[href^="/ho-so/"]');
const late = async (page) => {
  const from = new Date(Date.now() - 300 * 86_400_000).toISOString().slice(0, 10);
  const files = await first(`/bao-cao?from=${from}`, 'a[href*="bucket=late&"], a[href$="bucket=late"]')(page);
  return first(files, 'table.list tbody a[href^="/ho-so/"]')(page);
};
const below = (of, rest) => async (page) => `${await of(page)}/${rest}`;
const behindTheReceipt = async (page) => {
  await page.goto(await below(dossier, 'bien-nhan')(page));
  return new URL((await page.locator('.url').innerText()).replaceAll(/\s/g, '')).pathname;
};

/** `[name, address or how to find it, what it is for]`, by the person who works there. */
export const groups = [
  {
    title: 'The counter',
    sign: as.clerk,
    pages: [
      ['queue', '/ho-so', 'Dossiers by urgency, with filters kept in the address and under names, ticks for several at once'],
      ['intake', '/ho-so/moi', 'A file is logged: procedure by code, name or words; limit and promise while typing'],
      ['receipt', below(dossier, 'bien-nhan'), 'Receipt with appointment and QR code, A5'],
      ['dossier', dossier, 'One dossier: promise, steps, sub-deadlines, messages, history'],
      ['correction', below(first('/ho-so?state=done', 'table.list tbody a[href^="/ho-so/"]'), 'dinh-chinh'), 'When a result was ready is put right: proposed here, approved by another person'],
      ['ledger', below(dossier, 'so-tinh-ngay'), 'Every counted and uncounted day of each promise, with its law'],
      ['import', '/nhap', 'Import of an export: columns recognised, errors in place, reconciliation'],
      ['reception', '/truc-tuyen', 'Online files to be accepted within 8 office hours'],
      ['desk', '/viec', 'Tasks: undelivered letters, wrong contacts'],
      ['letters', '/thu', 'Letters by the state of their message, print tray'],
      ['register', '/so-theo-doi', 'Register of dossiers (form 07)'],
      ['filters', '/bo-loc', 'Saved filters'],
      ['keys', '/phim-tat', 'Keyboard shortcuts'],
    ],
  },
  {
    title: 'The officer',
    sign: as.officer,
    pages: [
      ['mine', '/viec-cua-toi', 'My files, what each waits for, one click for ready or late'],
      ['alerts', '/bao-dong', 'Alerts with acknowledgement'],
      ['absence', '/vang-mat', 'Days away, and who stands in'],
      ['own', '/mat-khau', "One's own password and session"],
    ],
  },
  {
    title: 'The supervisor',
    sign: as.supervisor,
    pages: [
      ['board', '/don-vi-toi', 'The unit: late, at risk, waiting for signature, per officer'],
      ['at-risk', '/ho-so/nguy-co', 'Open files by how likely they become late, with what that rests on'],
      ['sign', '/thu/ky', 'Letters to be signed, one or many'],
      ['outgoing', '/thu/so', 'Register of outgoing letters, gap-free'],
    ],
  },
  {
    title: 'The manager',
    sign: async (page) => {
      await as.manager(page);
      // While the figures are computed the page looks again by itself.
      await page.locator('.overview').waitFor();
    },
    pages: [
      ['overview', '/dieu-hanh', 'On-time and online rates against their targets, trend, who pulls them down; also as PDF'],
      ['summary', '/bao-cao', 'The summary of a period with its definitions; every number opens its files'],
      ['form-06a', '/bao-cao/bieu/06a', 'Form II.06a by field or unit; also as CSV, XLSX and PDF'],
      ['form-reasons', '/bao-cao/bieu/ly-do-qua-han', 'Form II.07: why files are late, in the official groups'],
      ['form-07a', '/bao-cao/bieu/07a', 'The shape of 2026: ways in, lateness with and without apology, reception, payments'],
      ['by-unit', '/bao-cao/bieu/don-vi', 'The summary by unit'],
      ['online', '/bao-cao/bieu/truc-tuyen', 'Online ratios, what each procedure, field and unit adds to the gap, forecast'],
      ['periods', '/ky-bao-cao', 'Periods: running, over, closed with hash and signature'],
      ['period', first('/ky-bao-cao', 'table.list tbody th a'), 'The figures of a period before and after they are signed'],
      ['limits', '/bao-cao/thoi-han', 'Limits against the time really needed'],
      ['indices', '/bao-cao/chi-so', 'The index of QĐ 766 as far as the data tell it, and the self-scoring sheet'],
      ['late', '/tre-chua-xin-loi', 'Late files with their reasons and what became of the apology'],
      ['proof', below(late, 'bang-chung'), 'All that was sent for a late file, with the answers of the servers'],
    ],
  },
  {
    title: 'The administrator',
    sign: as.admin,
    pages: [
      ['administration', '/quan-tri', 'The doors to everything an administrator keeps'],
      ['accounts', '/tai-khoan', 'Accounts, roles, units, stand-ins'],
      ['procedures', '/thu-tuc', 'Procedures with their versions'],
      ['calendar', '/lich', 'The working calendar of a year'],
      ['rules', '/quy-tac', 'Time rules as data, with their first day and basis'],
      ['ladder', '/bac-thang', 'The ladder of notices'],
      ['proposals', '/de-xuat', 'Changes that wait for a second person'],
      ['agency', '/don-vi', 'The agency and its units'],
      ['letterhead', '/mau-giay', 'Names, signer and images of letters, with a preview'],
      ['sending', '/gui-tin', 'Mail and gateways, with a test message'],
      ['outbox', '/hop-di', 'Every message, filters, dead letters and their retry'],
      ['tomorrow', '/sang-mai', 'Who would get what tomorrow morning'],
      ['jobs', '/cong-viec', 'Jobs with last and next run'],
      ['imports', '/nhap-lieu', 'What was imported, and what was rejected'],
      ['journal', '/nhat-ky', 'The journal, searchable, with the last verification'],
    ],
  },
  {
    title: 'Everybody',
    sign: as.clerk,
    alone: true,
    pages: [
      ['citizen', behindTheReceipt, "The citizen's page behind the receipt's QR code"],
      ['hall', '/bang-thong-bao', 'The board for the screen in the hall'],
      ['statistics', '/thong-ke', 'Promised and real time by procedure'],
      ['open-data', '/du-lieu-mo', 'Closed months as CSV and JSON, small counts left out'],
      ['accessibility', '/tro-nang', 'Accessibility statement'],
      ['sign-in', '/dang-nhap', 'Sign-in'],
    ],
  },
];

/** Where a page stands. */
export const address = async (page, where) => (typeof where === 'string' ? where : where(page));
