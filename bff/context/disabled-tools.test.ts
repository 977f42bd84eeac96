import { expect, test } from 'vitest'
import { ConversationContext } from '#shared/context.ts'
import { END, payingAgent } from '../testing/asking-agent.ts'
import { heldTally } from '../testing/budgets.ts'

test('a tool that is switched off is neither sent nor counted', async () => {
  const agent = payingAgent([])
  const { tally, upstream } = await heldTally([END], {}, { findAgent: () => agent })
  const { id } = await tally.create({ settings: { disabledTools: ['refund'] } })
  await tally.over(await tally.start(id, { text: 'Hello' }))
  const sent = JSON.stringify(upstream.calls[0]?.body['tools'])
  expect(sent).toContain('"view"')
  expect(sent).not.toContain('"refund"')
  const read = await tally.request(`/api/conversations/${id}/context`)
  const labels = ConversationContext.parse(await read.json()).parts.map(({ label }) => label)
  expect(labels).toContain('view')
  expect(labels).not.toContain('refund')
})
