// `npm run prices`: shows how the newest price data differs from the installed one. Changes nothing: a
// new price book is a new version of a dependency, which a maintainer decides about.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ended, fail, findNode, root, start } from './command.mjs'
import { installIfStale } from './install.mjs'

const PACKAGE = '@pydantic/genai-prices'

await installIfStale()
const folder = await mkdtemp(join(tmpdir(), 'tally-prices-'))
try {
  await fetchNewest()
  const installed = await versionIn(root)
  const newest = await versionIn(folder)
  process.stdout.write(`Installed: ${PACKAGE} ${installed}. Newest: ${newest}.\n`)
  if (installed === newest) process.stdout.write('The price data is up to date.\n')
  else await showDifference(newest)
} finally {
  await rm(folder, { recursive: true, force: true })
}

/** Uses the registry that npm is configured with. */
async function fetchNewest() {
  const args = ['install', `${PACKAGE}@latest`, '--prefix', folder, '--ignore-scripts']
  const npm = process.env.npm_execpath
  const options = { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] }
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  const child = npm?.endsWith('.js')
    ? spawn(process.execPath, [npm, ...args, ...quiet], options)
    : spawn('npm', [...args, ...quiet], { ...options, shell: true })
  if ((await ended(child)) !== 0)
    fail('The newest price data could not be had; npm says why above.')
}

async function versionIn(folder) {
  const file = join(folder, 'node_modules', PACKAGE, 'package.json')
  return JSON.parse(await readFile(file, 'utf8')).version
}

async function showDifference(newest) {
  const path = join(folder, 'node_modules', PACKAGE, 'dist', 'index.js')
  const code = await ended(start(findNode(), 'node', ['scripts/print-price-changes.mjs', path]))
  if (code !== 0) fail('The two could not be compared.')
  process.stdout.write(`
To use it: npm install --save-exact ${PACKAGE}@${newest}
Then run npm test, and price what is in the ledger again under Settings, Prices, if you want to.
`)
}
