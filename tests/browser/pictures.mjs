// Makes docs/pages.md and its pictures anew from a running demonstration: node pictures.mjs BASE_URL

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { launch } from './support.mjs';
import { address, groups } from './pages.mjs';

const [base] = process.argv.slice(2);
if (!base) {
  console.error('usage: node pictures.mjs BASE_URL');
  process.exit(2);
}
const docs = new URL('../../docs/', import.meta.url);
await rm(new URL('pages/', docs), { recursive: true, force: true });
await mkdir(new URL('pages/', docs));
const lines = ['# The pages', '', 'From the demonstration, 1366×768, in half size. Every page is also there in English (`?lang=en`).'];
const browser = await launch();
try {
  for (const { title, sign, alone, pages } of groups) {
    const context = await browser.newContext({
      baseURL: base,
      locale: 'vi-VN',
      timezoneId: 'Asia/Ho_Chi_Minh',
      viewport: { width: 1366, height: 768 },
      deviceScaleFactor: 0.5,
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(120_000);
    const page = await context.newPage();
    await sign(page);
    lines.push('', `## ${title}`, '');
    for (const [name, where, about] of pages) {
      const at = await address(page, where);
      if (alone) await context.clearCookies();
      const answer = await page.goto(at);
      if (!answer.ok()) throw new Error(`${at}: ${answer.status()}`);
      await page.screenshot({ path: new URL(`pages/${name}.jpg`, docs).pathname, type: 'jpeg', quality: 62 });
      const shown = typeof where === 'string' ? where : at.replace(/\/(ho-so|tra-cuu)\/[^/]+/, '/$1/…');
      lines.push(`**\`${shown}\`** ${about}`, '', `![${about}](pages/${name}.jpg)`, '');
      console.log(at);
    }
    await context.close();
  }
} finally {
  await browser.close();
}
await writeFile(new URL('pages.md', docs), `${lines.join('\n').trimEnd()}\n`);
