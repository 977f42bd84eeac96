// Puts the real parts together, in the order in which they need each other, and takes them apart.
import { join } from 'node:path'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { openDatabase } from './db/open.ts'
import { createHttpServer } from './http-server.ts'
import { listen } from './listen.ts'
import type { Log } from './log.ts'
import { closeServer } from './shutdown.ts'
import { pageRoutes } from './static.ts'

const BUILT_PAGE = join(import.meta.dirname, '..', 'dist', 'web')

export interface Tally {
  /** Where a browser opens it. */
  address: string
  stop: () => Promise<void>
}

export async function startTally(config: Config, version: string, log: Log): Promise<Tally> {
  const db = await openDatabase(join(config.dataDir, 'tally.db'), { onWarning: log.note })
  const app = createApp({
    version,
    log,
    checkWritable: () => db.checkWritable(),
    rooms: [],
    page: pageRoutes(BUILT_PAGE),
  })
  const server = createHttpServer(app, log)
  const address = await listen(server, config.host, config.port)
  return {
    address,
    stop: async () => {
      await closeServer(server, () => Promise.resolve())
      await db.close()
    },
  }
}
