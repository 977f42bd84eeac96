// A rule that changes between the moment when it is read and the moment when it would allow a call.
import { expect, test } from 'vitest'
import { END, refunds, startAsking } from '../testing/asking-agent.ts'

test.for([
  { revoked_at: '2026-01-01T00:00:00.000Z' },
  { expires_at: '2026-01-01T00:00:00.000Z' },
  { conditions: '[{"field":"amount","atMost":10}]' },
])('a rule that has %o since it was read allows nothing', async (change) => {
  let onRead = () => {}
  const onQuery = (query: string) => {
    if (query.includes('from "rules"')) onRead()
  }
  const { tally, paid } = await startAsking([refunds(30), END], { onQuery })
  await tally.send('POST', '/api/rules', {
    agent: 'assistant',
    tool: 'refund',
    conditions: [{ field: 'amount', atMost: 60 }],
  })
  onRead = () => {
    onRead = () => {}
    // Its transaction comes before the one that uses the rule.
    void tally.parts.db.transaction((trx) => trx.updateTable('rules').set(change).execute())
  }
  const run = await tally.say('Refund')
  expect(await tally.endsOrWaits(run)).toBe('waiting')
  expect(paid).toEqual([])
  expect(await tally.parts.db.kysely.selectFrom('rules').select('uses').execute()).toEqual([
    { uses: 0 },
  ])
})
