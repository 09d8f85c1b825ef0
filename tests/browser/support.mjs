// What every browser test stands on: one Chromium, a strict page, the accessibility check.
//
// The node packages live under target/ (tests/run puts them there), never beside these files.

import { createRequire } from 'node:module';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

const tools = process.env.DUNGHEN_TEST_BROWSER_TOOLS
  ?? new URL('../../target/test-tools/browser', import.meta.url).pathname;
const require = createRequire(path.join(tools, 'package.json'));
const { chromium } = require('playwright-core');
const axeSource = require('axe-core').source;

const OFFICE_SCREEN = { width: 1366, height: 768 };
// A debug build on two cores computes a year of figures meanwhile.
const SCENARIO_LIMIT_MS = 180_000;
const WAIT_LIMIT_MS = 60_000;

// The first flag because tests run as root in containers; the rest keep Chromium from calling home.
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** Registered tests, in the order of their files: `{ name, options, body }`. */
export const scenarios = [];

/**
 * Registers a test. `name` is a sentence; `body` gets `{ page, base, context }`.
 * `options.expectErrors` lists patterns of console errors the test provokes on purpose
 * (the browser itself reports a 403 as one); each must occur, or the test fails.
 * `options.server` names the server it needs when that is not the plain one (see run.mjs).
 */
export function scenario(name, options, body) {
  scenarios.push(typeof options === 'function'
    ? { name, options: {}, body: options }
    : { name, options, body });
}

/** Debian's Chromium, headless. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.DUNGHEN_TEST_CHROMIUM ?? '/usr/bin/chromium',
    args: FLAGS,
  });
}

/**
 * Runs one scenario on a page of its own (no cookies shared) and throws when its body fails or
 * when the page did what no page of ours may do: report an error, break its own content security
 * policy, or ask another host for anything. With `shots`, a failing page is kept as a picture.
 */
export async function perform(browser, base, { name, options, body }, shots) {
  const context = await browser.newContext({
    baseURL: base,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    viewport: OFFICE_SCREEN,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(WAIT_LIMIT_MS);
  const complaints = await watch(context, new URL(base).host);
  const page = await context.newPage();
  try {
    await within(SCENARIO_LIMIT_MS, body({ page, base, context }));
    judge(complaints, options.expectErrors ?? []);
  } catch (error) {
    if (shots) await picture(page, shots, name);
    // What the page complained about is often why the body failed.
    for (const complaint of complaints) error.message += `\n  the page: ${complaint}`;
    throw error;
  } finally {
    await context.close();
  }
}

/** Fails with every violation of WCAG 2.2 A and AA that axe-core finds on the page as it is now. */
export async function axe(page) {
  // Who came by a link may be here before the style sheet is.
  await page.waitForLoadState('load');
  // The head of the page stays in view: wherever a page is scrolled to, it covers something.
  await page.evaluate(() => scrollTo(0, 0));
  const protocol = await page.context().newCDPSession(page);
  // Through the debugger: a script element would be refused by our own content security policy.
  const loaded = await protocol.send('Runtime.evaluate', { expression: `${axeSource}; 0` });
  if (loaded.exceptionDetails) throw new Error('axe-core did not load');
  await protocol.detach();
  const { violations, passes } = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'] },
    rules: { 'target-size': { enabled: true } },
  }));
  if (passes.length === 0) throw new Error('axe-core judged nothing');
  if (violations.length === 0) return;
  const lines = violations.flatMap((violation) => [
    `${violation.id} (${violation.impact}): ${violation.help}`,
    ...violation.nodes.map((node) => `    ${node.target.join(' ')}: ${node.failureSummary.replaceAll('\n', ' ')}`),
  ]);
  throw new Error(`${page.url()} breaks WCAG 2.2 AA:\n  ${lines.join('\n  ')}`);
}

/** Signs in through the form a person sees, found by what password managers look for. */
export async function signIn(page, user, password) {
  const secret = page.locator('input[autocomplete="current-password"]');
  await page.goto('/');
  if (await secret.count() === 0) await page.getByRole('link', { name: 'Đăng nhập' }).first().click();
  await page.locator('input[autocomplete="username"]').fill(user);
  await secret.fill(password);
  await secret.press('Enter');
  await secret.waitFor({ state: 'detached' });
}

/** Collects what the pages of a context may not do; requests to other hosts are also stopped. */
async function watch(context, host) {
  const complaints = [];
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console error: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (event) => complaints.push(`uncaught: ${event.error().message}`));
  await context.exposeBinding('reportPolicyViolation', (_, what) => complaints.push(`policy violation: ${what}`));
  await context.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => {
    globalThis.reportPolicyViolation(`${event.effectiveDirective} refused ${event.blockedURI}`);
  }));
  await context.route((url) => /^(https?|wss?):$/.test(url.protocol) && url.host !== host, (route) => {
    complaints.push(`request to another host: ${route.request().url()}`);
    return route.abort();
  });
  return complaints;
}

function judge(complaints, expected) {
  const missing = expected.filter((pattern) => !complaints.some((complaint) => pattern.test(complaint)));
  const surprises = complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint)));
  if (missing.length > 0) throw new Error(`the page never reported ${missing.join(', ')}`);
  if (surprises.length > 0) throw new Error('the page did what no page may do');
}

async function within(limit, work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${limit / 1000} s`)), limit);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function picture(page, folder, name) {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '_').slice(0, 100)}.png`);
  await page.screenshot({ path: file, fullPage: true }).catch(() => {});
}
