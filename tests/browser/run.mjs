// Runs the browser tests against a running service: node run.mjs BASE_URL [WORD]
//
// Every *.test.mjs beside this file registers scenarios; WORD keeps those whose name contains it.
// Scenarios with `server: 'signed'` go to DUNGHEN_TEST_SIGNED_URL, a service with apology.mode = "signed", those with
// `server: 'province'` to DUNGHEN_TEST_PROVINCE_URL, one for two agencies and their centre; without it they are named as
// not run.
// Exit 1 when one failed or none ran. tests/run reads the line "browser result: …".

import { readdir } from 'node:fs/promises';
import { launch, perform, scenarios } from './support.mjs';

const [base, word] = process.argv.slice(2);
if (!base) {
  console.error('usage: node run.mjs BASE_URL [WORD]');
  process.exit(2);
}

const folder = new URL('./', import.meta.url);
for (const file of (await readdir(folder)).filter((name) => name.endsWith('.test.mjs')).sort()) {
  await import(new URL(file, folder));
}
const chosen = scenarios.filter(({ name }) => !word || name.includes(word));

const shots = process.env.DUNGHEN_TEST_SHOTS;
const servers = {
  signed: process.env.DUNGHEN_TEST_SIGNED_URL,
  province: process.env.DUNGHEN_TEST_PROVINCE_URL,
};
const browser = await launch();
let passed = 0;
let left = 0;
try {
  for (const scenario of chosen) {
    const { server } = scenario.options;
    const at = server ? servers[server] : base;
    if (!at) {
      left += 1;
      console.log(`test ${scenario.name} ... NOT RUN: no ${server} server`);
      continue;
    }
    const begun = performance.now();
    let verdict = 'ok';
    try {
      await perform(browser, at, scenario, shots);
      passed += 1;
    } catch (error) {
      verdict = `FAILED\n  ${error.stack}`;
      // The stack was taken before the page's complaints were added to the message.
      if (!error.stack.includes(error.message)) verdict = `FAILED\n  ${error.message}\n  ${error.stack}`;
    }
    console.log(`test ${scenario.name} (${Math.round(performance.now() - begun)} ms) ... ${verdict}`);
  }
} finally {
  await browser.close();
}
const failed = chosen.length - passed - left;
console.log(`browser result: ${passed} passed; ${failed} failed; ${left} ignored`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
