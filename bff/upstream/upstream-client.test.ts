// The one place where Tally reaches into the client: its option `__streamClass` is not public.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { expect, onTestFinished, test, vi } from 'vitest'
import { UpstreamStream } from './upstream-stream.ts'
import { UpstreamClient } from './upstream-client.ts'
import { upstreamFetch } from './upstream-fetch.ts'

const PINNED = '7.55.0'

test(`openai ${PINNED} reads its event streams with the class in __streamClass`, async () => {
  const manifest = new URL('../../node_modules/openai/package.json', import.meta.url)
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'))
  expect(version, 'Check that this test fails without __streamClass, then pin the version').toBe(
    PINNED,
  )
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end('data: {"choices":[{"delta":{"content":"Hi"}}]}\n\ndata: [DONE]\n\n')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const made = vi.spyOn(UpstreamStream, 'fromSSEResponse')
  onTestFinished(() => made.mockRestore())

  const { port } = Object(server.address())
  const baseURL = `http://127.0.0.1:${port}/v1`
  const client = new UpstreamClient({ apiKey: 'none', baseURL, fetch: upstreamFetch })
  const stream = await client.chat.completions.create({ model: 'm', messages: [], stream: true })
  const texts: unknown[] = []
  for await (const { choices } of stream) texts.push(choices[0]?.delta.content)
  expect(texts).toEqual(['Hi'])
  expect(made).toHaveBeenCalledOnce()
})
