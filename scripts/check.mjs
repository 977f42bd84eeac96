// `npm run check`: formatting, lint, types, unused code and unit tests.
import { runChecks } from './checks.mjs'
import { findNode } from './command.mjs'

const failed = await runChecks(findNode())
if (failed.length > 0) {
  process.stdout.write(`\nFailed: ${failed.join(', ')}\n`)
  process.exitCode = 1
}
