import { expect, test, vi } from 'vitest'
import { find, names, write } from '../testing/screen.tsx'
import { announced, bff, box, keys, open, refusal, send, shown, spoken } from '../testing/chat.tsx'

test('a text that is sent stands in the thread at once, and the answer grows below it', async () => {
  open('/c/c1')
  await send('How are you?')
  await shown('How are you?')
  expect((await box()).value).toBe('')

  bff.lastRun.say('I am fine')
  await shown('I am fine')
  bff.endRun()
  await find('button', 'Send')
  expect(spoken()).toEqual(['Hello', 'Hi there', 'How are you?', 'I am fine'])
})

test('the first text of a new chat makes a conversation and keeps the page as it is', async () => {
  open('/')
  const field = await box()
  await send('What is Tally?')
  write(field, 'Typed on')
  await vi.waitFor(() => expect(location.pathname).toBe('/c/c2'))
  bff.lastRun.say('A chat')
  await shown('A chat')

  expect(field.isConnected).toBe(true)
  expect(field.value).toBe('Typed on')
  expect(spoken()).toEqual(['What is Tally?', 'A chat'])
})

test('a reload while nobody answers sends the same text with the same key', async () => {
  open('/c/c1', (asked) =>
    asked.path.endsWith('/runs') ? Promise.reject(new TypeError('Load failed')) : bff.answer(asked),
  )
  await send('Is anybody there?')
  await vi.waitFor(() => expect(keys).toHaveLength(1))
  open('/c/c1')
  await vi.waitFor(() => expect(bff.runs).toHaveLength(1))
  bff.lastRun.say('Yes')

  await shown('Yes')
  // The page before, which a real reload would have ended, comes back with it as well.
  document.dispatchEvent(new Event('visibilitychange'))
  await vi.waitFor(() => expect(keys).toHaveLength(3))
  expect(new Set(keys).size).toBe(1)
  expect(bff.runs).toHaveLength(1)
  expect(spoken()).toEqual(['Hello', 'Hi there', 'Is anybody there?', 'Yes'])
})

test('a reload in the middle of an answer shows all of it, once', async () => {
  open('/c/c1')
  await send('Count')
  bff.lastRun.say('one two ')
  await shown('one two')
  open('/c/c1')
  await shown('one two')
  bff.lastRun.say('three')
  bff.endRun()

  await find('button', 'Send')
  await shown('one two three')
  expect(spoken()).toEqual(['Hello', 'Hi there', 'Count', 'one two three'])
})

test('a run that another tab started appears by itself', async () => {
  open('/c/c1')
  await shown('Hi there')
  bff.answer({
    method: 'POST',
    path: '/api/conversations/c1/runs',
    body: { text: 'From afar' },
    key: 'k',
  })
  bff.lastRun.say('Seen')

  await vi.waitFor(() => expect(spoken()).toContain('Seen'), { timeout: 5_000 })
  expect(spoken()).toEqual(['Hello', 'Hi there', 'From afar', 'Seen'])
})

test('what is said to a screen reader is the beginning and the end, not the tokens', async () => {
  open('/c/c1')
  await send('Speak')
  await vi.waitFor(() => expect(announced()).toEqual(['The assistant is answering.']))
  bff.lastRun.say('one two three')
  await shown('one two three')
  expect(announced()).toEqual(['The assistant is answering.'])
  bff.endRun()
  await vi.waitFor(() => expect(announced()).toEqual(['The assistant has answered in 3 words.']))
})

test('a conversation that does not exist is said to be missing', async () => {
  open('/c/nowhere', (asked) =>
    asked.path.endsWith('/nowhere')
      ? refusal(404, 'There is no such conversation.')
      : bff.answer(asked),
  )
  await find('p', 'There is no such conversation')
  expect(names('a')).toContain('Start a new chat')
})
