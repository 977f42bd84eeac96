import { expect, test, vi } from 'vitest'
import { all, find, press, write } from '../testing/screen.tsx'
import { bff, box, open, refusal, send, shown, spoken, type } from '../testing/chat.tsx'

test('an example of the empty chat is sent by a click', async () => {
  // A page with conversations offers those instead.
  bff.conversations.clear()
  open('/')
  const example = await find('button', /two tools/)
  example.click()
  await vi.waitFor(() => expect(spoken()[0]).toMatch('17.5 %'))
})

test('Shift+Enter and the Enter of an input method do not send', async () => {
  open('/c/c1')
  const field = await box()
  await type(field, 'First line')
  const typed = { key: 'Enter', bubbles: true, cancelable: true }
  field.dispatchEvent(new KeyboardEvent('keydown', { ...typed, shiftKey: true }))
  field.dispatchEvent(new KeyboardEvent('keydown', { ...typed, isComposing: true }))

  expect(bff.runs).toEqual([])
  expect(field.value).toBe('First line')
})

test('nothing is sent while the text is empty or too long; during an answer Enter queues', async () => {
  open('/c/c1')
  const field = await box()
  press('Enter', field)
  await type(field, 'x'.repeat(200_001))
  await find('p', /200,000 can be sent/)
  press('Enter', field)
  expect(bff.runs).toEqual([])

  await send('One')
  await find('button', 'Stop')
  write(field, 'Two')
  await find('p', 'Enter queues')
  press('Enter', field)
  await vi.waitFor(() => expect(bff.queued).toMatchObject([{ text: 'Two' }]))
  expect(bff.runs).toHaveLength(1)
  expect(field.value).toBe('')
})

test('a message that cannot be queued comes back with the reason', async () => {
  open('/c/c1', (asked) =>
    asked.method === 'POST' && asked.path.endsWith('/queue')
      ? refusal(409, '20 messages are queued.')
      : bff.answer(asked),
  )
  await send('One')
  await find('button', 'Stop')
  const field = await box()
  write(field, 'Two')
  press('Enter', field)
  await find('[role=alert]', '20 messages are queued.')
  expect(field.value).toBe('Two')
})

test('words for an answer that is over come back, to be sent as a message', async () => {
  open('/c/c1', (asked) =>
    asked.path.endsWith('/steer')
      ? refusal(409, 'This answer is over. Send it as a message instead.')
      : bff.answer(asked),
  )
  await send('One')
  await find('button', 'Stop')
  const field = await box()
  write(field, 'Be brief')
  const steer = await find('button', 'Steer')
  steer.click()
  await find('[role=alert]', /Send it as a message instead/)
  expect(field.value).toBe('Be brief')
  expect(bff.queued).toEqual([])
})

test('Escape stops the answer, and a sentence says so beside a Retry', async () => {
  open('/c/c1')
  await send('Go on')
  bff.lastRun.say('Half of')
  await shown('Half of')
  press('Escape', document.body)

  await shown('You stopped this answer')
  await shown('Half of')
  const retry = await find('button', 'Retry')
  retry.click()
  await vi.waitFor(() => expect(bff.runs).toHaveLength(2))
})

test('Escape leaves an answer that waits for money as it is', async () => {
  const asked: string[] = []
  open('/c/c1', (request) => {
    asked.push(`${request.method} ${request.path}`)
    return bff.answer(request)
  })
  await send('Go on')
  const spent = { scope: 'day', spentNanoUsd: 9, limitNanoUsd: 10 } as const
  const tokens = { spentTokens: null, limitTokens: null, neededTokens: 300, offerTokens: null }
  const needs = { reason: 'money', model: 'm', neededNanoUsd: 20, offerNanoUsd: 30 } as const
  bff.lastRun.emit({ type: 'waiting', waitId: 'w', kind: 'budget', ...spent, ...tokens, ...needs })
  await find('button', 'Continue')
  press('Escape', document.body)
  press('Escape', await box())
  expect(asked.filter((it) => it.endsWith('/stop'))).toEqual([])
  await find('button', 'Stop')
})

test('a draft outlives a reload, of a conversation and of a new chat alike', async () => {
  open('/c/c1')
  await type(await box(), 'Half a thought')
  open('/')
  await type(await box(), 'Another one')
  open('/c/c1')
  expect((await box()).value).toBe('Half a thought')
  open('/')
  expect((await box()).value).toBe('Another one')
})

test('a text that is refused comes back with the reason, before what was typed since', async () => {
  const { promise: refused, resolve: refuse } = Promise.withResolvers<void>()
  open('/c/c1', async (asked) => {
    if (!asked.path.endsWith('/runs')) return bff.answer(asked)
    await refused
    return refusal(400, 'No provider knows this model.')
  })
  await send('Dear model')
  const field = await box()
  await vi.waitFor(() => expect(field.value).toBe(''))
  write(field, 'And another thing')
  refuse()

  await find('[role=alert]', 'No provider knows this model.')
  expect(field.value).toBe('Dear model\n\nAnd another thing')
  expect(spoken()).toEqual(['Hello', 'Hi there'])
})

test('while the run waits for a decision, Enter sends and so ends the wait', async () => {
  open('/c/c1')
  const field = await box()
  await send('Refund it')
  await find('button', 'Stop')
  const first = bff.lastRun
  first.say('One question.')
  const call = { callId: 'q', agent: 'assistant' } as const
  first.emit({ type: 'tool_call', ...call, name: 'ask_user', phase: 'ready', arguments: '{}' })
  first.emit({
    type: 'waiting',
    waitId: 'w1',
    kind: 'question',
    ...call,
    question: 'Which order?',
    freeText: true,
    expiresAt: '2026-01-02T00:00:00.000Z',
  })
  await find('fieldset', 'Question from assistant')
  write(field, 'Never mind')
  await find('p', 'Sending ends the wait')
  await find('button', 'Send')
  press('Enter', field)

  await vi.waitFor(() => expect(bff.runs).toHaveLength(2))
  bff.lastRun.say('All right.')
  await shown('All right.')
  expect(
    all('article')
      .map((article) => article.textContent)
      .join(),
  ).toMatch(/One question.*Never mind.*All right/s)
  expect(all('fieldset[aria-label="Question from assistant"]')).toEqual([])
})
