// Browser tests. Each test file starts the servers it needs through the fixtures in e2e/.
import { defineConfig } from '@playwright/test'
import { findBrowser } from './scripts/find-browser.mjs'

const executablePath = findBrowser()
const isRoot = process.getuid?.() === 0

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  forbidOnly: true,
  fullyParallel: true,
  // A second try passes, but is reported as flaky, so that one slow moment does not hide 270 results.
  retries: 1,
  // A test waits about half of its time, so three keep two cores busy.
  workers: 3,
  // For a slow machine that does other things too; what is waited for is a visible fact.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    // To record every test costs as much as the tests.
    trace: 'on-first-retry',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      // Chromium refuses its own sandbox to root.
      args: isRoot ? ['--no-sandbox'] : [],
    },
  },
})
