import { defineConfig } from '@playwright/test';

/** Browser stories: the real program in sandbox mode, a real browser, nothing in between. */
export default defineConfig({
  testDir: './test/browser',
  globalSetup: './test/browser/build-web.ts',
  // Each worker starts a server with a database of its own: no story may count on what another left behind.
  workers: 2,
  fullyParallel: false,
  timeout: 60_000,
  expect: { timeout: 8_000 },
  reporter: [['list']],
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      executablePath: process.env.HUIYIN_CHROMIUM ?? '/usr/bin/chromium',
      // As root, which containers and build machines are, the browser refuses its own sandbox.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
