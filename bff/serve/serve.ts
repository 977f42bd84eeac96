// Runs Tally on its port, from start-up to shutdown.
import type { Agents } from '../agents/registry.ts'
import type { Config } from '../config/config.ts'
import { createHttpServer } from './http-server.ts'
import { listen } from './listen.ts'
import type { Log } from '../log/log.ts'
import { openTally } from '../compose.ts'
import { closeServer } from './shutdown.ts'
import { backgroundWorker } from '../worker/background-worker.ts'

export interface Tally {
  /** The address to open in a browser. */
  address: string
  /** True if nothing is configured, so that the demo answers. */
  isDemo: boolean
  /** The discovered local server that answers because nothing is configured. */
  found: { provider: string; model: string } | null
  stop: () => Promise<void>
}

/** Tests pass their own agents. */
export async function startTally(
  config: Config,
  version: string,
  log: Log,
  agents?: Agents,
): Promise<Tally> {
  const { app, answersFrom, end, close } = await openTally(config, version, log, agents)
  const answers = await answersFrom()
  const server = createHttpServer(app, log, config.publicUrl)
  const address = await listen(server, config.host, config.port)
  let stopping = false
  // Loads the thread and its vocabulary before the first answer needs them.
  backgroundWorker.countTokens(['warm up']).catch((error: unknown) => {
    if (!stopping) log.fault(error, 'worker')
  })
  return {
    address,
    isDemo: answers !== 'configured' && answers.kind === 'demo',
    found: answers !== 'configured' && answers.kind === 'discovered' ? answers : null,
    stop: async () => {
      stopping = true
      await closeServer(server, end)
      await close()
    },
  }
}
