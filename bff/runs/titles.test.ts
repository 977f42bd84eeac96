import { expect, test } from 'vitest'
import type { TitleRequest } from '../runtime/title.ts'
import { aborted, hangsAfter, says, type StartedRuns, startRuns } from '../testing/runs.ts'

async function titleOf(tally: StartedRuns, id: string): Promise<string> {
  return (await tally.conversation(id)).title
}

test('the first words are the title until a model has named the conversation', async () => {
  const asked = Promise.withResolvers<TitleRequest>()
  const named = Promise.withResolvers<string | null>()
  const tally = await startRuns(says('It is noon.'), {
    makeTitle: (request) => {
      asked.resolve(request)
      return named.promise
    },
  })
  const run = await tally.say('What time\n is it?')
  await tally.ended(run.id)
  expect(await titleOf(tally, run.conversationId)).toBe('What time is it?')
  expect(await asked.promise).toMatchObject({
    conversationId: run.conversationId,
    question: 'What time\n is it?',
    answer: 'It is noon.',
  })
  named.resolve('The time')
  while ((await titleOf(tally, run.conversationId)) !== 'The time');
})

test('a name that a person gave stays, whenever the model answers', async () => {
  const named = Promise.withResolvers<string | null>()
  const tally = await startRuns(says('Hello'), { makeTitle: () => named.promise })
  const run = await tally.say('Hi')
  await tally.ended(run.id)
  await tally.send('PATCH', `/api/conversations/${run.conversationId}`, { title: 'Mine' })
  named.resolve('Not mine')
  await tally.parts.end()
  const next = await startRuns(says(), { folder: tally.parts.folder })
  expect(await titleOf(next, run.conversationId)).toBe('Mine')
})

test('no title is asked for after a second question, a stop, or in a named conversation', async () => {
  let asked = 0
  const tally = await startRuns(says('Hello'), {
    makeTitle: () => {
      asked += 1
      return Promise.resolve(null)
    },
  })
  const run = await tally.say('Hi')
  await tally.ended(run.id)
  const second = await tally.start(run.conversationId, { text: 'And?' })
  await tally.ended(second.id)
  const { id } = await tally.create({ title: 'Named' })
  await tally.ended((await tally.start(id)).id)
  await tally.parts.end()
  expect(asked).toBe(1)
})

test('a title that cannot be made costs nothing but itself', async () => {
  const tally = await startRuns(says('Hello'), {
    makeTitle: () => Promise.reject(new Error('the provider is gone')),
  })
  const run = await tally.say('Hi')
  const events = await tally.ended(run.id)
  expect(events.at(-1)?.event).toMatchObject({ status: 'completed' })
  while (tally.parts.errors.length === 0) await new Promise((resolve) => setImmediate(resolve))
  expect(await titleOf(tally, run.conversationId)).toBe('Hi')
})

test('a title under way does not hold up the end of the process', async () => {
  const tally = await startRuns(says('Hello'), {
    makeTitle: async ({ signal }) => {
      await aborted(signal)
      throw new Error('stopped')
    },
  })
  const run = await tally.say('Hi')
  await tally.ended(run.id)
  await tally.parts.end()
  expect(tally.parts.errors).toEqual([])
})

test('a long first message is cut between words', async () => {
  const tally = await startRuns(hangsAfter('…'))
  const run = await tally.say('word '.repeat(100))
  expect(await titleOf(tally, run.conversationId)).toBe(`${'word '.repeat(11)}word…`)
})
