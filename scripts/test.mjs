// `npm test`: runs all checks in order up to the first failure, then prints one line of sums.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { browserForTests } from './browser.mjs'
import { buildIfStale } from './build.mjs'
import { runChecks } from './checks.mjs'
import { ended, findNode, passSignals, start } from './command.mjs'
import { installIfStale } from './install.mjs'
import { countPlaywright, countVitest } from './test-counts.mjs'

await installIfStale()
const node = findNode()
const reports = mkdtempSync(join(tmpdir(), 'tally-test-'))
const unitReport = join(reports, 'unit.json')
const e2eReport = join(reports, 'e2e.json')
const sums = { passed: 0, failed: 0 }

const steps = [
  { name: 'Browser', holds: findBrowser },
  { name: 'Format, lint, types, unused code and unit tests', holds: runAllChecks },
  { name: 'Build', holds: () => buildIfStale(node).then(() => true) },
  { name: 'Browser tests', holds: runBrowserTests },
]

let stoppedAt = null
for (const step of steps) {
  process.stdout.write(`\n── ${step.name}\n`)
  if (!(await step.holds())) {
    stoppedAt = step.name
    break
  }
}
rmSync(reports, { recursive: true, force: true })
if (stoppedAt !== null) {
  // A failed step that is not a test counts as one failure, so that the sums never look successful.
  sums.failed = Math.max(sums.failed, 1)
  process.stdout.write(`\nStopped at: ${stoppedAt}\n`)
  process.exitCode = 1
}
process.stdout.write(`\n${sums.passed} passed, ${sums.failed} failed\n`)

async function run(name, args, env = {}) {
  const child = start(node, name, args, { env })
  passSignals(child)
  return (await ended(child)) === 0
}

async function findBrowser() {
  try {
    process.env.CHROME_PATH = await browserForTests(node)
    return true
  } catch (error) {
    process.stdout.write(`${error.message}\n`)
    return false
  }
}

async function runAllChecks() {
  const failed = await runChecks(node, [
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${unitReport}`,
  ])
  add(countVitest(unitReport))
  if (failed.length > 0) process.stdout.write(`\nFailed: ${failed.join(', ')}\n`)
  return failed.length === 0
}

async function runBrowserTests() {
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: e2eReport }
  const passed = await run('playwright', ['test', '--reporter=list,json'], env)
  add(countPlaywright(e2eReport))
  return passed
}

function add({ passed, failed }) {
  sums.passed += passed
  sums.failed += failed
}
