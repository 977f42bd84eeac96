import { expect, test } from 'vitest'
import type { Script } from '../../e2e/fake-upstream.ts'
import { calculate } from '../agents/assistant/tools/calculate.ts'
import { userItem } from './items.ts'
import { fakeTarget } from '../testing/recorded-run.ts'
import { agentWith, begin, upstreamFor } from '../testing/begin-run.ts'
import type { Item, RequestPrefix } from './types.ts'
import type { ApiKind } from '#shared/api.ts'

const SUM = { call: { name: 'calculate', arguments: { expression: '17 * 23' } } }
const TOOL_THEN_TEXT: Script = [{ parts: [SUM] }, { parts: [{ text: 'It is 391.' }] }]

async function prefixes(
  api: ApiKind,
  script: Script,
  history: Item[],
): Promise<{ prefixes: RequestPrefix[]; items: Item[] }> {
  const upstream = await upstreamFor(script)
  const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api), agentWith([calculate]), {
    history,
  })
  await outcome
  const made = recorded.ledger.rows.flatMap(({ prefix }) => (prefix ? [prefix()] : []))
  return { prefixes: await Promise.all(made), items: recorded.items }
}

test.each<ApiKind>(['chat_completions', 'responses'])(
  'each request of a conversation begins like the one before, over turns and tools (%s)',
  async (api) => {
    const question = userItem('What is 17 * 23?')
    const first = await prefixes(api, TOOL_THEN_TEXT, [question])
    const history = [question, ...first.items, userItem('And twice that?')]
    const second = await prefixes(api, { parts: [{ text: '782.' }] }, history)

    const [asked, withResult] = first.prefixes
    const [next] = second.prefixes
    expect(asked?.items.map(({ kind }) => kind)).toEqual(['question'])
    expect(withResult?.items.map(({ kind }) => kind)).toEqual([
      'question',
      'tool_call',
      'tool_result',
    ])
    expect(withResult?.items.slice(0, 1)).toEqual(asked?.items)
    expect(next?.items.slice(0, 3)).toEqual(withResult?.items)
    expect(next?.items.slice(3).map(({ kind }) => kind)).toEqual(['answer', 'question'])
    const { items: _, ...head } = withResult ?? {}
    expect(next).toMatchObject(head)
  },
)

test('a fingerprint holds nothing that could be read', async () => {
  const { prefixes: made } = await prefixes('chat_completions', TOOL_THEN_TEXT, [
    userItem('A very private question'),
  ])

  expect(JSON.stringify(made)).not.toMatch(/private|391|calculate|brief/i)
})
