// For tests: adds providers to a Tally, and reads the requests they receive.
import { expect, onTestFinished } from 'vitest'
import { Conversation, ModelList, ProviderInfo, Run } from '#shared/api.ts'
import { type Script, startFakeUpstream } from '../../e2e/fake-upstream.ts'
import type { Started } from './start-tally.ts'

export const KEY = 'sk-very-secret-0123456789'

export async function upstream(
  models = ['big', 'small'],
  script: Script = { parts: [{ text: 'Hi' }] },
) {
  const fake = await startFakeUpstream(script, { models })
  onTestFinished(() => fake.close())
  return fake
}

export async function add(tally: Started, provider: object): Promise<ProviderInfo> {
  const { status, json } = await tally.send('POST', '/api/providers', provider)
  expect(status, JSON.stringify(json)).toBe(201)
  return ProviderInfo.parse(json)
}

export async function models({ send }: Started): Promise<ModelList> {
  return ModelList.parse((await send('GET', '/api/models')).json)
}

export async function say({ send }: Started, body: object = {}): Promise<Run> {
  // With a title, so that no title request is sent.
  const { json } = await send('POST', '/api/conversations', { title: 'Test', ...body })
  const { id } = Conversation.parse(json)
  const started = await send('POST', `/api/conversations/${id}/runs`, { text: 'Hello' })
  const run = Run.parse(started.json)
  for (;;) {
    const now = Run.parse((await send('GET', `/api/runs/${run.id}`)).json)
    if (now.status !== 'running') return now
  }
}
