// Everything but the build and the browser tests. What the compilers and the tests wait for overlaps, so the
// unit tests run beside the rest.
import { text } from 'node:stream/consumers'
import { ended, passSignals, start } from './command.mjs'

// A compiler with several threads checks much twice: 17 s of processor time for the server instead of 7, and 27
// for the rules that ask for types instead of 17. Those take their number of threads from the environment of Go.
const ONE_THREAD = { GOMAXPROCS: '1' }
const STATIC_CHECKS = [
  ['Format', 'oxfmt', '--check'],
  ['Lint', 'oxlint', '--type-aware', '--deny-warnings'],
  ['Types of the server', 'tsc', '-p', 'bff', '--singleThreaded'],
  ['Types of the page', 'tsc', '-p', 'web', '--singleThreaded'],
  ['Types of the tests', 'tsc', '-p', 'e2e', '--singleThreaded'],
  ['Unused code', 'knip', '--no-progress'],
]

/** Resolves with the names of the checks that failed. */
export async function runChecks(node, vitestArgs = []) {
  const unitTests = start(node, 'vitest', ['run', ...vitestArgs])
  passSignals(unitTests)
  const [failed, code] = await Promise.all([runStaticChecks(node), ended(unitTests)])
  return code === 0 ? failed : [...failed, 'Unit tests']
}

async function runStaticChecks(node) {
  const failed = []
  for (const [name, command, ...args] of STATIC_CHECKS) {
    const child = start(node, command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: ONE_THREAD,
    })
    passSignals(child)
    const [output, errors, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      ended(child),
    ])
    // In one piece, because the unit tests print at the same time.
    process.stdout.write(`\n── ${name}\n${code === 0 ? '' : output + errors}`)
    if (code !== 0) failed.push(name)
  }
  return failed
}
