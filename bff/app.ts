// Puts the modules together behind one fetch function, and turns what they throw into answers.
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { Health } from '#shared/api.ts'
import { withOneDeadline } from './db/busy.ts'
import type { LanguageSetting } from '#shared/provider-settings.ts'
import { chooseLanguage, inLanguage } from './http/language.ts'
import { json, operation } from './http/operation.ts'
import type { Log } from './log/log.ts'
import { openApiHandler } from './http/openapi.ts'
import { Problem } from './http/problem.ts'

export interface AppDeps {
  version: string
  /** Throws when nothing can be stored. */
  checkWritable: () => void
  /** Describes the known damage in a sentence. Returns null if there is none. */
  damage?: () => string | null
  /** The modules' routes, each with its full `/api/…` address. */
  modules: Pick<Hono, 'routes'>[]
  /** The built page, asked after every API route. */
  page: Hono
  log: Log
  language?: () => LanguageSetting
}

const OpenApiDocument = z.object({
  openapi: z.string(),
  info: z.looseObject({}),
  paths: z.looseObject({}),
})

export function createApp(deps: AppDeps): Hono {
  const { modules, page, log, version } = deps
  const app = new Hono()
  app.use((c, next) =>
    inLanguage(chooseLanguage(deps.language?.() ?? 'auto', c.req.header('accept-language')), next),
  )
  app.get(
    '/api/health',
    operation({
      operationId: 'getHealth',
      summary: 'Whether Tally can store things, and its version',
      responses: {
        200: json(Health),
        503: json(Health, 'The database cannot be written, or is damaged'),
      },
    }),
    (c) => {
      const health = checkHealth(deps)
      return c.json(health, health.status === 'ok' ? 200 : 503)
    },
  )
  app.get(
    '/api/openapi.json',
    operation({
      operationId: 'getOpenApiDocument',
      summary: 'This document',
      responses: { 200: json(OpenApiDocument, 'An OpenAPI 3.1 document') },
    }),
    openApiHandler(app, version),
  )
  app.use('/api/*', (_c, next) => withOneDeadline(next))
  for (const { method, path, handler } of modules.flatMap(({ routes }) => routes)) {
    app.on(method, path, handler)
  }
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

/** Says what is wrong, and never waits. */
function checkHealth({ checkWritable, damage, version, log }: AppDeps): Health {
  try {
    checkWritable()
    const problem = damage?.() ?? null
    return problem === null ? { status: 'ok', version } : { status: 'damaged', version, problem }
  } catch (error) {
    if (error instanceof Problem) {
      const status = error.code === 'database_damaged' ? 'damaged' : 'unavailable'
      return { status, version, problem: error.message }
    }
    log.fault(error, 'health')
    return { status: 'unavailable', version }
  }
}
