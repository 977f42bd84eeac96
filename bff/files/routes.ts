// Files over HTTP: uploaded as a raw body, and served as a download or as a picture, never as a page.
import { Hono } from 'hono'
import { FileInfo } from '#shared/files.ts'
import { contentDisposition } from '../http/attachment.ts'
import { CHANGE, header, json, operation } from '../http/operation.ts'
import type { Files } from './files.ts'
import { readFileName } from './file-name.ts'
import type { StoredFile } from './file-store.ts'
import { uploadBody } from './upload-body.ts'

const STALL_MS = 30_000

export function fileRoutes(files: Files, stallMs = STALL_MS): Hono {
  const app = new Hono()

  app.post(
    '/api/files',
    operation({
      operationId: 'uploadFile',
      summary: 'Upload a file to attach to a message',
      description:
        'The body is the file itself, at most 25 MB, with any content type: the type is told by the content. A file that no message uses is deleted after a day.',
      parameters: [header('X-File-Name', 'The name, percent-encoded in UTF-8')],
      responses: { 201: json(FileInfo, 'The file is stored') },
      problems: [...CHANGE, 'file_not_accepted', 'upload_stalled'],
    }),
    async (c) => {
      const name = readFileName(c.req.header('x-file-name'))
      const info = await files.upload(name, uploadBody(c.req.raw.body, stallMs))
      return c.json(info, 201, { Location: `/api/files/${info.id}` })
    },
  )

  app.get(
    '/api/files/:id',
    operation({
      operationId: 'readFile',
      summary: 'A file',
      responses: {
        200: {
          description: 'The bytes: a picture, or a download',
          content: {
            'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
          },
        },
      },
      problems: ['file_not_found', 'file_missing'],
    }),
    async (c) => {
      const file = await files.find(c.req.param('id'))
      const headers = headersOf(file)
      if (c.req.header('if-none-match') === headers.ETag) return c.body(null, 304, headers)
      const bytes = await files.read(file)
      return c.body(ReadableStream.from(bytes), 200, headers)
    },
  )

  app.get(
    '/api/files/:id/info',
    operation({
      operationId: 'readFileInfo',
      summary: 'What is known about a file',
      responses: { 200: json(FileInfo) },
      problems: ['file_not_found'],
    }),
    async (c) => {
      const { hash: _, ...info } = await files.find(c.req.param('id'))
      return c.json(info)
    },
  )
  return app
}

const NOTHING_ALLOWED = "default-src 'none'; sandbox; frame-ancestors 'none'"

function headersOf({ name, type, size, hash }: StoredFile) {
  const isImage = type.startsWith('image/')
  return {
    'Content-Type': type === 'text/plain' ? 'text/plain; charset=utf-8' : type,
    'Content-Length': String(size),
    'Content-Disposition': contentDisposition(name, isImage ? 'inline' : 'attachment'),
    'Content-Security-Policy': NOTHING_ALLOWED,
    'X-Content-Type-Options': 'nosniff',
    // A deleted file is not shown from the cache.
    'Cache-Control': 'private, no-cache',
    ETag: `"${hash}"`,
  }
}
