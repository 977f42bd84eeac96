import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../db/open.ts'
import { temporaryDatabase, temporaryFolder } from '../testing/temporary-database.ts'
import { wordsQuery } from '../search/parse-query.ts'
import { BackgroundWorker } from './background-worker.ts'

function startWorker(entry?: URL): BackgroundWorker {
  const worker = new BackgroundWorker(entry)
  onTestFinished(() => worker.close())
  return worker
}

/** A thread that runs `code` for each request, with `port` to answer. */
function scripted(code: string): URL {
  const file = join(temporaryFolder(), 'worker.mjs')
  const head = `import { parentPort as port } from 'node:worker_threads'\n`
  writeFileSync(file, `${head}port.on('message', ({ id, job, cancel }) => { ${code} })`)
  return pathToFileURL(file)
}

const LONG = 'A river bends on its way to the sea. '.repeat(30_000)

test('tokens are counted and split like the tokenizer does', async () => {
  const worker = startWorker()
  const texts = ['', 'hello world', 'Straße, 漢字 and 🙂']
  expect(await worker.countTokens(texts)).toEqual(texts.map((text) => countTokens(text)))
  const pieces = await worker.splitTokens('hello world')
  expect(pieces).toEqual(['hello', ' world'])
})

test('the event loop runs while a million characters are counted', async () => {
  const worker = startWorker()
  await worker.countTokens(['warm up'])
  let ticks = 0
  const ticking = setInterval(() => (ticks += 1), 2)
  const started = performance.now()
  const [tokens = 0] = await worker.countTokens([LONG])
  clearInterval(ticking)
  expect(tokens).toBeGreaterThan(100_000)
  // A blocked loop has only a few ticks, however slow the machine is.
  expect(ticks).toBeGreaterThan((performance.now() - started) / 20)
})

test('a short job does not wait for a long one', async () => {
  const worker = startWorker()
  let isLongDone = false
  const long = worker.countTokens([LONG]).then(() => (isLongDone = true))
  expect(await worker.countTokens(['hello world'])).toEqual([2])
  expect(isLongDone).toBe(false)
  await long
})

test('a cancelled call rejects at once, and the worker continues with others', async () => {
  const worker = startWorker(
    scripted(`if (job?.input[0] === 'quick') port.postMessage({ id, output: [7] })`),
  )
  const stop = new AbortController()
  const never = worker.countTokens(['never'], stop.signal)
  stop.abort(new Error('The caller left.'))
  await expect(never).rejects.toThrow('The caller left.')
  await expect(worker.countTokens(['late'], stop.signal)).rejects.toThrow('The caller left.')
  expect(await worker.countTokens(['quick'])).toEqual([7])
})

test('a job of a thread that dies is repeated on a new one', async () => {
  const marker = join(temporaryFolder(), 'died')
  const worker = startWorker(
    scripted(`
      const { existsSync, writeFileSync } = process.getBuiltinModule('node:fs')
      if (existsSync(${JSON.stringify(marker)})) return port.postMessage({ id, output: [3] })
      writeFileSync(${JSON.stringify(marker)}, '')
      process.exit(1)`),
  )
  expect(await worker.countTokens(['anything'])).toEqual([3])
})

test('a job that kills the thread twice fails with the cause, and later jobs get a thread', async () => {
  const worker = startWorker(
    scripted(`
      if (job?.input[0] === 'deadly') throw new Error('out of memory')
      port.postMessage({ id, output: [1] })`),
  )
  await expect(worker.countTokens(['deadly'])).rejects.toThrow(/worker failed.*out of memory/)
  expect(await worker.countTokens(['harmless'])).toEqual([1])
})

test('a job that fails does not end the thread', async () => {
  const worker = startWorker()
  const missing = join(temporaryFolder(), 'nowhere', 'tally.db')
  const query = { ...wordsQuery('oslo'), tags: [] }
  const request = { query, after: 0, limit: 5 }
  const search = worker.searchMessages({ file: missing, request })
  await expect(search).rejects.toThrow(/cannot|unable|directory/i)
  expect(await worker.countTokens(['hello world'])).toEqual([2])
})

test('closing rejects pending jobs', async () => {
  const worker = startWorker(scripted(''))
  const never = worker.countTokens(['never'])
  const answered = never.catch((error: unknown) => error)
  await worker.close()
  expect(await answered).toMatchObject({ message: expect.stringContaining('was closed') })
})

test('a database that the thread has closed can be opened again', async () => {
  const worker = startWorker()
  const db = await temporaryDatabase()
  await worker.checkpoint(db.file)
  await db.close()
  await expect(openDatabase(db.file)).rejects.toThrow(/has the database .* open/)
  await worker.closeDatabase()
  await (await openDatabase(db.file)).close()
})
