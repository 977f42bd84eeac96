// A conversation as a file to keep or to take elsewhere.
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { ExportFormat } from '#shared/export-format.ts'
import { findConversation } from '../conversations/conversation-store.ts'
import { attachment } from '../http/attachment.ts'
import { operation } from '../http/operation.ts'
import { Problem } from '../http/problem.ts'
import { query } from '../http/request.ts'
import { chatgptParts } from './chatgpt.ts'
import type { Exported, ExportDeps } from './exported-conversation.ts'
import { jsonlParts } from './jsonl.ts'
import { markdownParts } from './markdown.ts'

interface FileFormat {
  extension: string
  type: string
  parts: (exported: Exported) => AsyncGenerator<string>
}

const FORMATS: Record<ExportFormat, FileFormat> = {
  markdown: { extension: 'md', type: 'text/markdown', parts: markdownParts },
  jsonl: { extension: 'jsonl', type: 'application/jsonl', parts: jsonlParts },
  chatgpt: { extension: 'json', type: 'application/json', parts: chatgptParts },
}

const ExportQuery = z.object({ format: ExportFormat })

interface ExportRouteDeps extends ExportDeps {
  /** Told why a file broke off. */
  onError: (error: unknown) => void
}

export function exportRoutes({ onError, ...deps }: ExportRouteDeps): Hono {
  const app = new Hono()
  const types = Object.values(FORMATS).map(({ type }) => type)
  const content = types.map((type) => [type, { schema: { type: 'string' } }] as const)

  app.get(
    '/api/conversations/:id/export',
    operation({
      operationId: 'exportConversation',
      summary: 'A conversation as a file',
      description:
        '`markdown` is the selected branch to read. `jsonl` is everything: a line with the version of the format, then the conversation, the messages of all branches, the items that the model sees, the events of the runs and the ledger rows. `chatgpt` is one conversation in the shape of ChatGPT’s export. An answer that a guardrail has withheld is in none of them.',
      responses: { 200: { description: 'The file', content: Object.fromEntries(content) } },
      problems: ['bad_request', 'conversation_not_found'],
    }),
    query(ExportQuery, { format: 'The kind of file' }),
    async (c) => {
      const conversation = await findConversation(deps.db, c.req.param('id'))
      if (conversation === null) throw new Problem('conversation_not_found')
      const { extension, type, parts } = FORMATS[c.req.valid('query').format]
      return attachment({
        name: `${conversation.title}.${extension}`,
        type: `${type}; charset=utf-8`,
        parts: parts({ ...deps, conversation }),
        onError,
      })
    },
  )
  return app
}
