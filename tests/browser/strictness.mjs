// Proves that the strict page of support.mjs is strict: pages with one fault each must fail, the
// page without fault must pass, under the policy the service sends. node strictness.mjs

import assert from 'node:assert/strict';
import http from 'node:http';
import { axe, launch, perform, signIn } from './support.mjs';

const GOOD = '<h1>Hồ sơ của tôi</h1><p>Không có hồ sơ nào quá hạn.</p>';
const FORM = `<form method="post"><label>Tài khoản <input name="u" autocomplete="username"></label>
  <label>Mật khẩu <input name="p" type="password" autocomplete="current-password"></label>
  <button>Đăng nhập</button></form>`;
const PAGES = {
  '/': `<h1>Đúng Hẹn</h1><a href="/dang-nhap">Đăng nhập</a>`,
  '/dang-nhap': FORM,
  '/good': GOOD,
  '/console': `${GOOD}<script src="/console.js"></script>`,
  '/throws': `${GOOD}<script src="/throws.js"></script>`,
  '/inline-script': `${GOOD}<script>document.title = "x";</script>`,
  '/inline-style': `${GOOD}<p style="color: red">!</p>`,
  '/other-host': `${GOOD}<img alt="" src="http://other.example/x.png">`,
  '/missing-asset': `${GOOD}<script src="/nowhere.js"></script>`,
  '/no-alt': `${GOOD}<img src="/good.svg">`,
  '/low-contrast': `${GOOD}<p class="pale">Khó đọc</p>`,
  '/tiny-targets': `${GOOD}<button class="tiny">a</button><button class="tiny">b</button>`,
};
const ASSETS = {
  '/console.js': ['text/javascript', 'console.error("hỏng")'],
  '/throws.js': ['text/javascript', 'throw new Error("hỏng")'],
  '/style.css': ['text/css', '.pale { color: #ccc } .tiny { width: 8px; height: 8px; padding: 0; margin: 0; border: 0 }'],
  '/good.svg': ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
};

const server = http.createServer((request, response) => {
  // Without a policy that page's request really leaves; with one the browser stops it first.
  if (request.url !== '/other-host') response.setHeader('Content-Security-Policy', "default-src 'self'");
  const body = request.method === 'POST' ? GOOD : PAGES[request.url];
  const [type, text] = ASSETS[request.url] ?? ['text/html; charset=utf-8', body
    && `<!doctype html><html lang="vi"><head><title>Đúng Hẹn</title><link rel="stylesheet" href="/style.css"></head><body><main>${body}</main></body></html>`];
  response.writeHead(text ? 200 : 404, { 'Content-Type': type });
  response.end(text ?? 'không có');
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const base = `http://127.0.0.1:${server.address().port}`;
const browser = await launch();

const open = (url, options = {}) => perform(browser, base, {
  name: url,
  options,
  body: async ({ page }) => {
    await page.goto(url);
    await axe(page);
  },
});

try {
  await open('/good');
  await assert.rejects(open('/console'), /console error: hỏng/);
  await assert.rejects(open('/throws'), /uncaught: hỏng/);
  await assert.rejects(open('/inline-script'), /policy violation: script-src-elem refused inline/);
  await assert.rejects(open('/inline-style'), /policy violation: style-src-attr refused inline/);
  await assert.rejects(open('/other-host'), /request to another host: http:\/\/other\.example/);
  await assert.rejects(open('/missing-asset'), /console error: .*404.*nowhere\.js/);
  await assert.rejects(open('/no-alt'), /image-alt/);
  await assert.rejects(open('/low-contrast'), /color-contrast/);
  await assert.rejects(open('/tiny-targets'), /target-size/);
  await open('/console', { expectErrors: [/hỏng/] });
  await assert.rejects(open('/good', { expectErrors: [/hỏng/] }), /never reported/);
  await perform(browser, base, {
    name: 'sign-in', options: {}, body: async ({ page }) => {
      await signIn(page, 'van-thu', 'mật khẩu');
      assert.equal(await page.textContent('h1'), 'Hồ sơ của tôi');
    },
  });
} finally {
  await browser.close();
  server.close();
}
console.log('strictness: every planted fault was caught, the clean page passed');
