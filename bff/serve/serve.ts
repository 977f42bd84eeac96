// Runs Tally on its port, from start-up to shutdown.
import type { Agents } from '../agents/registry.ts'
import type { Config } from '../config/config.ts'
import { createHttpServer } from './http-server.ts'
import type { Log } from '../log/log.ts'
import { openTally } from '../compose.ts'
import { closeServer } from './shutdown.ts'
import { backgroundWorker } from '../worker/background-worker.ts'
import { once } from 'node:events'
import type { Server } from 'node:http'
import { SettingRefused } from '../config/setting.ts'

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

const CAUSES: Record<string, (host: string, port: number) => string> = {
  EADDRINUSE: (_host, port) => `Port ${port} is in use: stop the other program, or set PORT.`,
  EACCES: (_host, port) => `Port ${port} may not be opened by this user: set PORT to 1024 or more.`,
  EADDRNOTAVAIL: (host) => `This machine has no address ${host}: set HOST.`,
}

/** Returns the address to open in a browser. */
async function listen(server: Server, host: string, port: number): Promise<string> {
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const cause = CAUSES[code]
    throw cause === undefined ? error : new SettingRefused(cause(host, port))
  }
  const address = server.address()
  const actual = typeof address === 'object' && address !== null ? address.port : port
  return `http://${host.includes(':') ? `[${host}]` : host}:${actual}`
}
