// A conversation, or everything, as a file to keep or to take elsewhere.
import { stat } from 'node:fs/promises'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { ExportEstimate, ExportFormat } from '#shared/export-format.ts'
import { DEFAULT_SHARE_OPTIONS, ShareContents, type ShareOptions } from '#shared/share.ts'
import { findConversation } from '../conversations/conversation-store.ts'
import { bytesOfFiles } from '../files/file-store.ts'
import { attachment } from '../http/attachment.ts'
import { json, operation } from '../http/operation.ts'
import { Problem } from '../http/problem.ts'
import { query } from '../http/request.ts'
import { chatgptParts } from './chatgpt.ts'
import { countConversations } from './export-store.ts'
import type { Exported, ExportDeps } from './exported-conversation.ts'
import { jsonlParts } from './jsonl.ts'
import { markdownParts } from './markdown.ts'
import { shareContents } from './share/share-contents.ts'
import type { ShareParts } from './share/share-message.ts'
import { sharedPage } from './share/share-page.ts'
import { zipParts } from './zip.ts'

interface FileFormat {
  extension: string
  type: string
  parts: (exported: Exported, share: ShareParts) => AsyncGenerator<string>
}

const FORMATS: Record<ExportFormat, FileFormat> = {
  markdown: { extension: 'md', type: 'text/markdown', parts: markdownParts },
  jsonl: {
    extension: 'jsonl',
    type: 'application/jsonl',
    parts: (exported) => jsonlParts(exported),
  },
  chatgpt: { extension: 'json', type: 'application/json', parts: chatgptParts },
  html: { extension: 'html', type: 'text/html', parts: sharedPage },
}

const Choice = z.optional(z.enum(['true', 'false']))
const ExportQuery = z.object({
  format: ExportFormat,
  tools: Choice,
  receipt: Choice,
  reasoning: Choice,
  files: Choice,
})

function chosen(choices: z.infer<typeof ExportQuery>): ShareOptions {
  const options = { ...DEFAULT_SHARE_OPTIONS }
  for (const name of ['tools', 'receipt', 'reasoning', 'files'] as const) {
    if (choices[name] !== undefined) options[name] = choices[name] === 'true'
  }
  return options
}
const ExportAllQuery = z.object({ format: z.optional(z.enum(['jsonl', 'markdown'])) })

interface ExportRouteDeps extends ExportDeps {
  image: ShareParts['image']
  render: ShareParts['render']
  /** Told why a file broke off. */
  onError: (error: unknown) => void
  now?: () => Date
}

export function exportRoutes({
  image,
  render,
  onError,
  now = () => new Date(),
  ...deps
}: ExportRouteDeps): Hono {
  const app = new Hono()
  const types = Object.values(FORMATS).map(({ type }) => type)
  const content = types.map((type) => [type, { schema: { type: 'string' } }] as const)

  app.get(
    '/api/conversations/:id/export',
    operation({
      operationId: 'exportConversation',
      summary: 'A conversation as a file',
      description:
        '`markdown` is the selected branch to read. `jsonl` is everything: a line with the version of the format, then the conversation, its files by hash, name, type and size, the messages of all branches, the items that the model sees, the runs with their events, what they waited for and what their tools returned, the summaries, and the ledger rows with their corrections. The last line counts the lines before it and holds their SHA-256. `chatgpt` is one conversation in the shape of ChatGPT’s export. `html` is the selected branch as a page without a script that loads nothing, to share; the other parameters say what is in it. An answer that a guardrail has withheld is in none of them.',
      responses: { 200: { description: 'The file', content: Object.fromEntries(content) } },
      problems: ['bad_request', 'conversation_not_found'],
    }),
    query(ExportQuery, {
      format: 'The kind of file',
      tools: '`html`: the tool calls. Default: true',
      receipt: '`html`: what each answer cost. Default: false',
      reasoning: '`html`: the reasoning. Default: false',
      files: '`html`: the attached images. Default: false',
    }),
    async (c) => {
      const conversation = await findConversation(deps.db, c.req.param('id'))
      if (conversation === null) throw new Problem('conversation_not_found')
      const asked = c.req.valid('query')
      const { extension, type, parts } = FORMATS[asked.format]
      return attachment({
        name: `${conversation.title}.${extension}`,
        type: `${type}; charset=utf-8`,
        parts: parts({ ...deps, conversation }, { ...chosen(asked), image, render }),
        onError,
      })
    },
  )

  app.get(
    '/api/conversations/:id/export/contents',
    operation({
      operationId: 'getShareContents',
      summary: 'What a shared page of a conversation can contain',
      responses: { 200: json(ShareContents) },
      problems: ['conversation_not_found'],
    }),
    async (c) => {
      const conversation = await findConversation(deps.db, c.req.param('id'))
      if (conversation === null) throw new Problem('conversation_not_found')
      return c.json(await shareContents({ ...deps, conversation }))
    },
  )

  app.get(
    '/api/export',
    operation({
      operationId: 'exportEverything',
      summary: 'Everything as a zip',
      description:
        'Streamed while it is read: `conversations/<id>.jsonl` for each conversation as `GET /api/conversations/:id/export?format=jsonl` gives it, `library.jsonl` with the folders and the prompts, `ledger.jsonl` with the ledger rows of no conversation or of a deleted one, `files/<sha256>` for each attached file, and `manifest.json` with counts. With `format=markdown` each conversation is there as Markdown, too. Keys of providers are not in it.',
      responses: {
        200: {
          description: 'The zip',
          content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } },
        },
      },
      problems: ['bad_request'],
    }),
    query(ExportAllQuery, { format: '`markdown` adds each conversation as Markdown' }),
    (c) => {
      const markdown = c.req.valid('query').format === 'markdown'
      return attachment({
        name: `tally-${now().toISOString().slice(0, 10)}.zip`,
        type: 'application/zip',
        parts: zipParts(deps, { markdown, now }),
        onError,
      })
    },
  )

  app.get(
    '/api/export/estimate',
    operation({
      operationId: 'estimateExport',
      summary: 'How much an export of everything holds',
      responses: { 200: json(ExportEstimate) },
    }),
    async (c) => {
      const [conversations, { size }, fileBytes] = await Promise.all([
        countConversations(deps.db),
        stat(deps.db.file),
        bytesOfFiles(deps.db),
      ])
      return c.json({ conversations, storedBytes: size + fileBytes } satisfies ExportEstimate)
    },
  )
  return app
}
