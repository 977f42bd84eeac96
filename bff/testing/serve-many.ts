// Runs the servers of browser tests, one after the other, each over its own folder. Loading the modules
// takes far longer than starting a server, and is done once.
import { join } from 'node:path'
import packageJson from '../../package.json' with { type: 'json' }
import { AGENTS } from '../agents/registry.ts'
import { loadConfig } from '../config/config.ts'
import { createLog } from '../log/log.ts'
import { startFailure } from '../serve/start-failure.ts'
import { startTally, type Tally } from '../serve/serve.ts'
import { copyTemplate } from './database-template.ts'
import { keepWorkerThread } from './keep-worker-thread.ts'
import { SLOW_TOOL_AGENTS } from './slow-tool-agents.ts'

interface Start {
  folder: string
  env: Record<string, string>
  agents: keyof typeof AGENT_SETS
}
type Request = { start: Start } | 'stop'
type Answer = 'started' | 'stopped' | { refused: string }

/** Those of the product, or with agents whose tools a test controls. */
const AGENT_SETS = { product: AGENTS, slowTools: SLOW_TOOL_AGENTS }

keepWorkerThread()

let log = createLog()
let tally: Tally | undefined
process.on('unhandledRejection', (reason) => log.fault(reason, 'promise'))

async function answer(request: Request): Promise<Answer> {
  if (request === 'stop') {
    await tally?.stop()
    return 'stopped'
  }
  const { folder, env, agents } = request.start
  log = createLog()
  const config = loadConfig(folder, env)
  log.setLevel(config.logLevel)
  await copyTemplate(join(config.dataDir, 'tally.db'))
  tally = await startTally(config, packageJson.version, log, AGENT_SETS[agents])
  return 'started'
}

process.on('message', (request: Request) => {
  void answer(request)
    .catch((error: unknown) => ({ refused: startFailure(error) }))
    .then((sent) => process.send?.(sent))
})
process.on('disconnect', () => process.exit())
