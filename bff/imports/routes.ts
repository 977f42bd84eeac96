// Imports over HTTP: the upload, its preview, the start, and the report.
import { Hono } from 'hono'
import { ImportJob, ImportList, ImportStarted } from '#shared/imports.ts'
import { translateFields } from '../http/stored-sentences.ts'
import { readFileName } from '../files/file-name.ts'
import { uploadBody } from '../files/upload-body.ts'
import { CHANGE, header, json, operation } from '../http/operation.ts'
import type { Imports } from './imports.ts'

const STALL_MS = 30_000

export function importRoutes(imports: Imports, stallMs = STALL_MS): Hono {
  const app = new Hono()

  app.post(
    '/api/imports',
    operation({
      operationId: 'uploadImport',
      summary: 'Upload conversations to import',
      description:
        'The body is the zip or the JSON that ChatGPT, Claude, Open WebUI, LibreChat or Tally exports, with any content type and of any size. It is read in the background for a preview; nothing is imported before the start.',
      parameters: [header('X-File-Name', 'The name, percent-encoded in UTF-8')],
      responses: { 202: json(ImportStarted, 'The file is here and is being read') },
      problems: [...CHANGE, 'upload_stalled'],
    }),
    async (c) => {
      const name = readFileName(c.req.header('x-file-name'))
      const id = await imports.upload(name, uploadBody(c.req.raw.body, stallMs))
      return c.json({ id }, 202, { Location: `/api/imports/${id}` })
    },
  )

  app.get(
    '/api/imports',
    operation({
      operationId: 'listImports',
      summary: 'The newest imports',
      responses: { 200: json(ImportList) },
    }),
    async (c) => {
      const items = (await imports.list()).map(translateJob)
      return c.json({ items, nextCursor: null })
    },
  )

  app.get(
    '/api/imports/:id',
    operation({
      operationId: 'readImport',
      summary: 'An import: its preview, its progress, its report',
      responses: { 200: json(ImportJob) },
      problems: ['import_not_found'],
    }),
    async (c) => c.json(translateJob(await imports.find(c.req.param('id')))),
  )

  app.post(
    '/api/imports/:id/start',
    operation({
      operationId: 'startImport',
      summary: 'Import what the preview shows',
      description: 'Starting it again changes nothing.',
      responses: { 202: json(ImportJob, 'It goes on in the background') },
      problems: [...CHANGE, 'import_not_found', 'import_not_ready'],
    }),
    async (c) => {
      const id = c.req.param('id')
      await imports.start(id)
      return c.json(translateJob(await imports.find(id)), 202)
    },
  )

  app.delete(
    '/api/imports/:id',
    operation({
      operationId: 'cancelImport',
      summary: 'Cancel an import, or forget it',
      description: 'The upload is deleted. Conversations that were imported so far stay.',
      responses: { 204: { description: 'Done' } },
      problems: [...CHANGE, 'import_not_found'],
    }),
    async (c) => {
      await imports.cancel(c.req.param('id'))
      return c.body(null, 204)
    },
  )
  return app
}

/** Why it failed is stored in English. */
function translateJob(job: ImportJob): ImportJob {
  return translateFields(job, ['problem'])
}
