// The process: settings, then everything that they describe, then one line with the address.
import packageJson from '../package.json' with { type: 'json' }
import { loadConfig } from './config/config.ts'
import { createLog } from './log/log.ts'
import { onSignal } from './serve/shutdown.ts'
import { startFailure } from './serve/start-failure.ts'
import { startTally } from './serve/serve.ts'
import { modelLabel } from '#shared/model-label.ts'
import { visibleText } from '#shared/visible-text.ts'

const shown = (model: string) => visibleText(modelLabel(model))
const log = createLog()
process.on('unhandledRejection', (reason) => log.fault(reason, 'promise'))
process.on('uncaughtException', (error) => {
  log.fault(error, 'process')
  process.exit(1)
})

try {
  const config = loadConfig(process.cwd(), process.env)
  log.setLevel(config.logLevel)
  const tally = await startTally(config, packageJson.version, log)
  onSignal(tally.stop, (error) => log.fault(error, 'shutdown'))
  process.stdout.write(`Tally is at ${tally.address}\n`)
  if (tally.found !== null) {
    const { provider, model } = tally.found
    process.stdout.write(
      `${provider} was found on this computer and answers, with ${shown(model)}.\n`,
    )
  }
  if (tally.isDemo) {
    process.stdout.write('No provider is set, so the demo answers: connect one under Settings.\n')
  }
} catch (error) {
  process.stderr.write(`${startFailure(error).replaceAll(/\s+/g, ' ')}\n`)
  process.exit(1)
}
