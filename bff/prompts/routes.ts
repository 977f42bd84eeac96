// The HTTP side of prompts.
import { Hono } from 'hono'
import {
  CreatePrompt,
  ImportPrompts,
  Prompt,
  PromptFile,
  PromptImportReport,
  PromptList,
  UpdatePrompt,
} from '#shared/prompts.ts'
import type { Database } from '../db/open.ts'
import { contentDisposition } from '../http/attachment.ts'
import { CHANGE, json, operation } from '../http/operation.ts'
import { Problem, type ProblemCode } from '../http/problem.ts'
import { body } from '../http/request.ts'
import {
  changePrompt,
  deletePrompt,
  importPrompts,
  insertPrompt,
  listPrompts,
} from './prompt-store.ts'

export interface PromptDeps {
  db: Database
  now: () => Date
}

const ONE: ProblemCode[] = [...CHANGE, 'prompt_not_found']

export function promptRoutes({ db, now }: PromptDeps): Hono {
  const app = new Hono()
  const one = '/api/prompts/:id'
  const at = () => now().toISOString()

  app.get(
    '/api/prompts',
    operation({
      operationId: 'listPrompts',
      summary: 'The prompts, by name',
      responses: { 200: json(PromptList) },
    }),
    async (c) => c.json({ items: await listPrompts(db), nextCursor: null }),
  )

  app.post(
    '/api/prompts',
    operation({
      operationId: 'createPrompt',
      summary: 'Keep a text to insert it again',
      description:
        '`{{name}}` and `{{name=default}}` in the text are variables, filled in when it is inserted.',
      responses: { 201: json(Prompt, 'Made') },
      problems: [...CHANGE, 'prompt_exists', 'too_many_prompts'],
    }),
    body(CreatePrompt),
    async (c) => c.json(await insertPrompt(db, c.req.valid('json'), at()), 201),
  )

  app.get(
    '/api/prompts/export',
    operation({
      operationId: 'exportPrompts',
      summary: 'All prompts as a file',
      responses: { 200: json(PromptFile, 'The file') },
    }),
    async (c) => {
      const prompts = (await listPrompts(db)).map(({ name, text }) => ({ name, text }))
      const file: PromptFile = { format: 'tally-prompts', version: 1, prompts }
      c.header('Content-Type', 'application/json; charset=utf-8')
      c.header('Content-Disposition', contentDisposition(`prompts-${at().slice(0, 10)}.json`))
      c.header('Cache-Control', 'no-store')
      return c.body(`${JSON.stringify(file, null, 2)}\n`)
    },
  )

  app.post(
    '/api/prompts/import',
    operation({
      operationId: 'importPrompts',
      summary: 'Add the prompts of a file',
      description:
        'Takes an export of prompts, or a list of objects with `name`, `title` or `command` and with `content`, `text` or `prompt`. Prompts that are there already are skipped; one whose name another text has is renamed with a number.',
      responses: { 200: json(PromptImportReport) },
      problems: CHANGE,
    }),
    body(ImportPrompts),
    async (c) => {
      const given = c.req.valid('json')
      const entries = Array.isArray(given) ? given : given.prompts
      return c.json(await importPrompts(db, entries, at()))
    },
  )

  app.patch(
    one,
    operation({
      operationId: 'updatePrompt',
      summary: 'Rename a prompt or change its text',
      responses: { 200: json(Prompt) },
      problems: [...ONE, 'prompt_exists'],
    }),
    body(UpdatePrompt),
    async (c) => c.json(await changePrompt(db, c.req.param('id'), c.req.valid('json'), at())),
  )

  app.delete(
    one,
    operation({
      operationId: 'deletePrompt',
      summary: 'Delete a prompt',
      responses: { 204: { description: 'Gone' } },
      problems: ONE,
    }),
    async (c) => {
      if (!(await deletePrompt(db, c.req.param('id')))) throw new Problem('prompt_not_found')
      return c.body(null, 204)
    },
  )
  return app
}
