// Runs a script with the Node that Tally needs, after updating stale dependencies.
import { ended, findNode, passSignals, start } from './command.mjs'
import { installIfStale } from './install.mjs'

export async function runWithNode(script) {
  await installIfStale()
  const args = ['--disable-warning=ExperimentalWarning', script, ...process.argv.slice(2)]
  const child = start(findNode(), 'node', args)
  passSignals(child)
  process.exitCode = await ended(child)
}
