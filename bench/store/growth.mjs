// How much the database grows: per ledger row with its sums and indexes, and per message of a demo chat
// with everything stored for its run.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import BetterSqlite3 from 'better-sqlite3'
import { openDatabase } from '../../bff/db/open.ts'
import { closeCall, openCall } from '../../bff/ledger/calls/call-store.ts'
import { sampleCall } from './call.mjs'

const SERVER = join(import.meta.dirname, '..', '..', 'bff', 'server.ts')
const CALLS = 2000
const CALLS_PER_CONVERSATION = 20
const TURNS = 30

export async function* measureGrowth() {
  yield bytes('database, per call of the ledger', await inFolder(perCall), 2500)
  const { message, characters } = await inFolder(perMessage)
  yield bytes(`database, per message (answers of ${characters} characters)`, message, 40_000)
}

function bytes(what, ratio, most) {
  return {
    id: 'L3',
    what,
    ratio: `${Math.round(ratio)} bytes`,
    target: `<= ${most}`,
    holds: ratio <= most,
  }
}

async function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'tally-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function perCall(folder) {
  const file = join(folder, 'tally.db')
  const write = async (from, count) => {
    const db = await openDatabase(file)
    for (let n = from; n < from + count; n += 1) {
      const conversationId = `conversation-${Math.floor(n / CALLS_PER_CONVERSATION)}`
      const call = sampleCall({ conversationId })
      await openCall(db, call)
      await closeCall(db, call)
    }
    await db.close()
    return usedBytes(file)
  }
  const before = await write(0, CALLS)
  return ((await write(CALLS, CALLS)) - before) / CALLS
}

async function perMessage(folder) {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}/api`
  const env = { ...process.env, DATA_DIR: folder, PORT: String(port), TALLY_DISCOVER: '0' }
  const child = spawn(process.execPath, [SERVER], { cwd: folder, env, stdio: 'ignore' })
  try {
    while (!(await fetch(`${url}/health`).catch(() => null))?.ok) {
      if (child.exitCode !== null) throw new Error('the server ended at its start')
      await delay(50)
    }
    await chat(url, 5)
    const before = usedBytes(join(folder, 'tally.db'))
    const characters = await chat(url, TURNS)
    const message = (usedBytes(join(folder, 'tally.db')) - before) / (2 * TURNS)
    return { message, characters }
  } finally {
    child.kill()
    if (child.exitCode === null) await once(child, 'exit')
  }
}

/** Chats in one conversation, and returns the length of its answers. */
async function chat(url, turns) {
  const { id } = await (await post(`${url}/conversations`, {})).json()
  for (let turn = 0; turn < turns; turn += 1) {
    const text = `What does a receipt show? This is question ${turn}.`
    const accept = { accept: 'text/event-stream' }
    await (await post(`${url}/conversations/${id}/runs`, { text }, accept)).text()
  }
  const { messages } = await (await fetch(`${url}/conversations/${id}`)).json()
  const answers = messages.filter(({ role }) => role === 'assistant')
  const texts = answers.flatMap(({ parts }) => parts).filter(({ type }) => type === 'text')
  const characters = texts.reduce((sum, { text }) => sum + text.length, 0)
  return Math.round(characters / answers.length)
}

function post(url, body, headers = {}) {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

/** Counts the pages in use, including those still in the write-ahead log. */
function usedBytes(file) {
  const sqlite = new BetterSqlite3(file, { readonly: true })
  const number = (name) => sqlite.pragma(name, { simple: true })
  const used = (number('page_count') - number('freelist_count')) * number('page_size')
  sqlite.close()
  return used
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}
