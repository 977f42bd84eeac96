import { expect, test } from 'vitest'
import type { CallStart } from '../upstream/types.ts'
import { startRuns, token } from '../testing/runs.ts'

test('every closed call is told with what the run and the conversation cost by then', async () => {
  let calls = 0
  const tally = await startRuns(async (run) => {
    for (const text of ['One ', 'two']) {
      calls += 1
      const call: CallStart = {
        id: `call-${calls}`,
        runId: run.runId,
        conversationId: run.conversationId,
        purpose: 'chat',
        agent: run.agent,
        provider: run.target.provider,
        modelRequested: run.target.model,
        attempt: 1,
        startedAt: new Date().toISOString(),
      }
      await run.ledger.open(call, run.target)
      await run.emit(token(text))
      await run.ledger.close(
        call,
        {
          status: 'completed',
          modelReturned: null,
          responseId: call.id,
          serviceTier: null,
          finishReason: 'stop',
          ttftMs: 1,
          durationMs: 2,
          rawUsage: { input_tokens: 10, output_tokens: 5 },
          inputText: () => Promise.resolve(''),
          outputText: text,
        },
        run.target,
      )
    }
    return { status: 'completed' }
  })
  const run = await tally.say('Hi')
  const events = await tally.ended(run.id)
  const usage = events.flatMap(({ event }) => (event.type === 'usage' ? [event] : []))
  expect(usage.map((event) => [event.call.id, event.run.calls, event.run.inputTokens])).toEqual([
    ['call-1', 1, 10],
    ['call-2', 2, 20],
  ])
  expect(usage.at(-1)?.conversation).toMatchObject({ calls: 2, outputTokens: 10 })
  expect(events.at(-1)?.event).toMatchObject({ type: 'done', totals: usage.at(-1)?.run })

  const second = await tally.start(run.conversationId, { text: 'Again' })
  const last = (await tally.ended(second.id)).findLast(({ event }) => event.type === 'usage')
  expect(last?.event).toMatchObject({ run: { calls: 2 }, conversation: { calls: 4 } })
  const conversation = await tally.conversation(run.conversationId)
  expect(conversation.totals).toMatchObject({ calls: 4, inputTokens: 40 })
  expect(conversation.messages.at(-1)?.totals).toMatchObject({ calls: 2, inputTokens: 20 })
})
