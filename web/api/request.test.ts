import { expect, onTestFinished, test, vi } from 'vitest'
import * as z from 'zod/mini'
import { loadSchemas } from './page-schemas.ts'
import { readConversations } from './queries.ts'
import { request } from './request.ts'

const Id = z.object({ id: z.string() })

test('an answer of another form asks for a reload', async () => {
  answerWith(200, { id: 7 })
  await expect(request('/api/one', Id)).rejects.toMatchObject({ code: 'unexpected_answer' })
  answerWith(200, { id: '7', more: true })
  await expect(request('/api/one', Id)).resolves.toEqual({ id: '7' })
})

test('what the first page reads is checked once the schemas are loaded', async () => {
  const items = [{ title: 'Without an id' }]
  answerWith(200, { items, nextCursor: null })
  await expect(readConversations('folder=none', '')).resolves.toEqual({ items, nextCursor: null })

  vi.stubGlobal('fetch', async () => new Response('<title>Sign in to this network</title>'))
  await expect(readConversations('folder=none', '')).rejects.toMatchObject({
    code: 'unexpected_answer',
  })

  answerWith(200, { items, nextCursor: null })
  await loadSchemas()
  await expect(readConversations('folder=none', '')).rejects.toMatchObject({
    code: 'unexpected_answer',
  })
})

test('a refusal is told with its own sentence, and what is no problem document by its status', async () => {
  const problem = { type: 'about:blank', title: 'Not found', status: 404, code: 'not_found' }
  answerWith(404, { ...problem, detail: 'There is no such conversation.' })
  await expect(request('/api/one', Id)).rejects.toMatchObject({
    status: 404,
    code: 'not_found',
    message: 'There is no such conversation.',
  })
  answerWith(404, problem)
  await expect(request('/api/one', Id)).rejects.toThrow('Not found')
  for (const other of [null, 'Bad gateway', { status: 502 }, { ...problem, detail: 7 }]) {
    answerWith(502, other)
    await expect(request('/api/one', Id)).rejects.toThrow('Tally answered with status 502.')
  }
})

function answerWith(status: number, body: unknown): void {
  vi.stubGlobal('fetch', async () => Response.json(body, { status }))
  onTestFinished(() => void vi.unstubAllGlobals())
}
