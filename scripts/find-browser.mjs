// Finds a browser for the tests: CHROME_PATH, Playwright's own, or an installed Chromium, Chrome or Edge. The
// headless shell comes first: it has no window to draw, and a test takes a quarter less of a processor.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
  'msedge',
]

const env = process.env

const USUAL_PATHS = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      join(folder, 'Google/Chrome/Application/chrome.exe'),
      join(folder, 'Microsoft/Edge/Application/msedge.exe'),
    ]),
  linux: ['/snap/bin/chromium', '/opt/google/chrome/chrome'],
}

/** Returns the path of an installed browser, or undefined if there is none. */
export function findBrowser() {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const inPath = (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => NAMES.map((name) => join(folder, name + suffix)))
  const usual = USUAL_PATHS[process.platform] ?? []
  return [env.CHROME_PATH ?? '', playwrightsOwn(), ...usual, ...inPath].find(
    (path) => path !== '' && existsSync(path),
  )
}

function playwrightsOwn() {
  try {
    return chromium.executablePath()
  } catch {
    return ''
  }
}
