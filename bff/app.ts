// Puts the rooms together behind one fetch function, and turns what they throw into answers.
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Log } from './log.ts'
import { Problem } from './problem.ts'

const MAX_BODY_BYTES = 1024 * 1024

export interface AppDeps {
  /** The rooms' routes, each with its full `/api/…` addresses. */
  rooms: Hono[]
  /** The built page, asked after every API route. */
  page: Hono
  log: Log
}

export function createApp({ rooms, page, log }: AppDeps): Hono {
  const app = new Hono()
  app.use('/api/*', bodyLimit({ maxSize: MAX_BODY_BYTES, onError: refuseBody }))
  for (const room of rooms) app.route('/', room)
  app.all('/api/*', () => {
    throw new Problem('not_found')
  })
  app.route('/', page)
  app.notFound(() => new Problem('not_found').toResponse())
  app.onError((error) => {
    if (error instanceof Problem) return error.toResponse()
    log.fault(error, 'route')
    return new Problem('internal').toResponse()
  })
  return app
}

function refuseBody(): never {
  throw new Problem('body_too_large', 'A request may hold 1 MB.')
}
