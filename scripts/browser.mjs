// Finds a browser for `npm test`: an installed one, else Playwright's, else Debian's package.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { ended, start } from './command.mjs'

const MISSING =
  'There is no browser for the tests: install Chromium, Chrome or Edge, or set CHROME_PATH to one.'

/** Returns the path of a browser that starts. Throws a sentence if there is none. */
export async function browserForTests(node) {
  const { findBrowser } = await import('./find-browser.mjs')
  const here = findBrowser()
  if (starts(here)) return here
  for (const install of [installPlaywrights, installDebians]) {
    if (await install(node)) {
      const installed = findBrowser()
      if (starts(installed)) return installed
    }
  }
  throw new Error(MISSING)
}

// Playwright's browser may be installed without the libraries it needs.
function starts(path) {
  if (path === undefined) return false
  if (process.platform !== 'linux') return true
  return spawnSync(path, ['--version'], { timeout: 30_000 }).status === 0
}

async function installPlaywrights(node) {
  process.stdout.write('No browser found. Asking Playwright for one…\n')
  const quiet = { stdio: ['ignore', 'ignore', 'ignore'] }
  return (await ended(start(node, 'playwright', ['install', 'chromium'], quiet))) === 0
}

async function installDebians(node) {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return false
  process.stdout.write('Installing Chromium from Debian…\n')
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  }
  await ended(start(node, 'apt-get', ['update', '-q'], options))
  for (const name of ['chromium-headless-shell', 'chromium']) {
    const args = ['install', '-y', '-q', '--no-install-recommends', name]
    if ((await ended(start(node, 'apt-get', args, options))) === 0) return true
  }
  return false
}
