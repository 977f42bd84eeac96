import { expect, test } from 'vitest'
import type { ModelCall } from '#shared/ledger.ts'
import { all, find, show, until } from '../testing/screen.tsx'
import { aCall } from '../testing/call.ts'
import { UnreportedUsage } from './unreported-usage.tsx'

const ESTIMATED: Partial<ModelCall> = { certainty: 'estimated', rawUsage: null }

function open(call: Partial<ModelCall>, reportsUsage?: boolean) {
  const model = { id: 'gpt-5.6-luna', contextWindow: null, price: null, default: true }
  const models = [reportsUsage === undefined ? model : { ...model, reportsUsage }]
  const items = [{ name: 'openai', kind: 'configured', models, problem: null }]
  return show(<UnreportedUsage calls={[aCall(), aCall(call)]} />, () => {
    return { items, nextCursor: null, default: null }
  })
}

test('estimates are explained if a check found that the server reports no usage', async () => {
  open(ESTIMATED, false)
  await find('p', 'This server does not report usage: amounts are estimates.')

  expect(all('a')).toHaveLength(0)
})

test('an unchecked server has a link to its check', async () => {
  open(ESTIMATED)
  const link = await find('a', 'Check what it reports')

  expect(link.getAttribute('href')).toBe('/settings/check?provider=openai&model=gpt-5.6-luna')
})

test.each([
  ['reported', {}],
  ['stopped by the user', { ...ESTIMATED, status: 'stopped' as const }],
  ['of a provider that is gone', { ...ESTIMATED, provider: 'gone' }],
])('a call that was %s has no note', async (_, call) => {
  const asked = open(call, false)
  await until(() => expect(asked).toHaveLength(1))

  expect(document.body.textContent).toBe('')
})
