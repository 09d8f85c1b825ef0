// What people do in more than one scenario: sign in, log a file, open a verb's form.

import { signIn } from './support.mjs';

const PASSWORD = 'dunghen-demo';

/** The accounts of the demonstration are those of the shipped settings. */
export const as = {
  clerk: (page) => signIn(page, 'motcua', PASSWORD),
  officer: (page) => signIn(page, 'congchuc.vhxh', PASSWORD),
  supervisor: (page) => signIn(page, 'phutrach.vhxh', PASSWORD),
  supervisorOfEconomy: (page) => signIn(page, 'phutrach.kt', PASSWORD),
  supervisorOfDesk: (page) => signIn(page, 'phutrach.mc', PASSWORD),
  manager: (page) => signIn(page, 'giamdoc', PASSWORD),
  admin: (page) => signIn(page, 'quantri', PASSWORD),
  /** At the province's centre; on the server 'province' alone. */
  province: (page) => signIn(page, 'tinh.lanhdao', PASSWORD),
};

/** Logs a file through the form, by keyboard alone, and answers its code; the page is the receipt. */
export async function logFile(page, name) {
  await page.goto('/ho-so');
  await page.keyboard.press('Alt+N');
  await page.waitForURL('**/ho-so/moi');
  await page.keyboard.type('tinh trang hon nhan');
  await page.locator('#found [role=option]').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('#promise dd.big').waitFor();
  await page.keyboard.type(name);
  await page.keyboard.press('Tab');
  await page.keyboard.type('0912 000 111');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL('**/bien-nhan');
  return decodeURIComponent(page.url().split('/').at(-2));
}

/** Number shown in a heading or on a link: marks of thousands removed. */
export const number = async (locator) => Number((await locator.innerText()).replaceAll(/\D/g, ''));

/** Opens the form of a verb on a dossier's page by keyboard and answers it. */
export async function openVerb(page, slug) {
  const form = page.locator(`form[action$="/${slug}"]`);
  const summary = page.locator('details', { has: form }).locator('summary');
  await summary.focus();
  await page.keyboard.press('Enter');
  return form;
}
