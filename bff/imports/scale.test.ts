// A real-shaped export of 2,000 conversations, twice: bounded memory, no duplicates, a free event loop.
import { expect, test } from 'vitest'
import { chatgptConversation, chatgptNode as node, importAll } from '../testing/imports.ts'
import { says, startRuns } from '../testing/runs.ts'
import { makeZip } from '../testing/zip.ts'

const CONVERSATIONS = 2_000
const PER_FILE = 100
const WORDS = 'Some words of an answer that is as long as answers are. '.repeat(20)

function file(from: number): string {
  return JSON.stringify(
    Array.from({ length: PER_FILE }, (_, n) => {
      const id = `c${from + n}`
      return chatgptConversation(id, `Conversation ${id}`, [
        node(`${id}-r`, null, null),
        node(`${id}-u`, `${id}-r`, 'user', 'A question'),
        node(`${id}-a`, `${id}-u`, 'assistant', WORDS),
        node(`${id}-b`, `${id}-u`, 'assistant', WORDS),
      ])
    }),
  )
}

async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  let longest = 0
  let last = performance.now()
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }, 1)
  await work()
  clearInterval(timer)
  return longest
}

test('2,000 conversations import twice in bounded memory', async () => {
  const files = Array.from({ length: CONVERSATIONS / PER_FILE }, (_, n) => {
    const number = String(n).padStart(3, '0')
    return [`conversations-${number}.json`, file(n * PER_FILE)]
  })
  const zip = await makeZip(Object.fromEntries(files))
  const tally = await startRuns(says('Hi'))
  const before = process.memoryUsage().rss
  const started = performance.now()
  const turn = await longestTurn(async () => {
    const { report } = await importAll(tally, zip, 'export.zip')
    expect(report).toMatchObject({ conversations: CONVERSATIONS, messages: 3 * CONVERSATIONS })
  })
  const ms = (performance.now() - started) / CONVERSATIONS
  const { report } = await importAll(tally, zip, 'export.zip')
  expect(report).toMatchObject({ conversations: 0, unchanged: CONVERSATIONS, messages: 0 })
  const grown = (process.memoryUsage().rss - before) / 1024 / 1024
  process.stdout.write(
    `import: ${ms.toFixed(1)} ms per conversation, ${grown.toFixed(0)} MB more, longest turn ${turn.toFixed(0)} ms\n`,
  )
  expect(grown).toBeLessThan(250)
}, 180_000)
