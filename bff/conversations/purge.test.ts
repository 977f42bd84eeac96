import { expect, test } from 'vitest'
import { says, startRuns } from '../testing/runs.ts'
import { purgeConversations } from './change-store.ts'

test('messages whose ids are older than those of their questions are purged, too', async () => {
  const tally = await startRuns(says('Hello'))
  const { db } = tally.parts
  const run = await tally.say('Hi')
  await tally.ended(run.id)
  // An import makes ids of the times in its file, and a clock may have been wrong.
  await db.transaction((trx) =>
    trx
      .insertInto('messages')
      .values({
        id: '00000000-0000-7000-8000-000000000000',
        conversation_id: run.conversationId,
        parent_id: run.messageId,
        role: 'user',
        status: 'completed',
        parts: '[]',
        created_at: '2020-01-01T00:00:00.000Z',
      })
      .execute(),
  )
  await tally.send('DELETE', `/api/conversations/${run.conversationId}`)
  await purgeConversations(db, () => true)
  const left = await db.kysely.selectFrom('messages').select('id').execute()
  expect(left).toEqual([])
})
