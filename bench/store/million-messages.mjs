// A million messages of fifty words: ten thousand conversations of a hundred, and one of two thousand.
import BetterSqlite3 from 'better-sqlite3'
import { checksumOf } from '../../bff/db/checksum.ts'
import { ANY, keyAt, OWN, WITH_ANSWERS } from '../../bff/search/index-store.ts'
import { MAX_ENTRIES, markOf } from '../../bff/search/partition-store.ts'
import { tokensOf, wordsIn } from '../../bff/search/words.ts'
import { random } from '../render/answer.mjs'

export const CONVERSATIONS = 10_000
const MESSAGES = 100
const LONG = 2000
const WORDS = 50
const START = Date.UTC(2026, 0, 1)

/** Words, and the share of messages that contain each. */
export const KNOWN_WORDS = [
  ['quokka', 1 / 9000],
  ['fjord', 1 / 450],
  ['harbour', 1 / 5],
  ['water', 0.85],
]

/** Two words that are each in half of the messages, and never in the same one. */
export const NEVER_TOGETHER = ['evening', 'oddity']

/** The models of answers, and the share of answers that each has written. */
export const MODELS = [
  ['gpt-common', 0.999],
  ['gpt-rare', 0.001],
]

export const conversationId = (n) => id(0, n)

const id = (kind, n) => {
  const hex = n.toString(16).padStart(12, '0')
  return `01900000-000${kind}-7000-8000-${hex}`
}

export function fillWithMessages(file) {
  const sqlite = new BetterSqlite3(file)
  sqlite.pragma('synchronous = off')
  sqlite.pragma('cache_size = -262144')
  const insert = statements(sqlite)
  const next = random(7)
  let number = 0
  for (let n = 0; n <= CONVERSATIONS; n += 1) {
    if (n % 100 === 0) sqlite.exec('begin')
    const last = insertConversation(insert, n, number, n === CONVERSATIONS ? LONG : MESSAGES, next)
    number = last
    if (n % 100 === 99 || n === CONVERSATIONS) sqlite.exec('commit')
  }
  insert.index.end()
  sqlite.exec('delete from search_queue')
  sqlite.exec('analyze')
  sqlite.close()
}

function statements(sqlite) {
  return {
    conversation: sqlite.prepare(`insert into conversations
      (id, title, title_source, agent, selected_message_id, created_at, updated_at)
      values (?, ?, 'words', 'assistant', ?, ?, ?)`),
    message: sqlite.prepare(`insert into messages
      (number, id, conversation_id, parent_id, role, status, parts, created_at, totals, checksum)
      values (?, ?, ?, ?, ?, 'completed', ?, ?, ?, ?)`),
    item: sqlite.prepare(`insert into items (conversation_id, seq, message_id, item, checksum)
      values (?, ?, ?, ?, ?)`),
    index: searchIndex(sqlite),
  }
}

/** Fills the index as the product does, a partition at once. */
function searchIndex(sqlite) {
  const entry = sqlite.prepare('insert into search_entries (key, message_number) values (?, ?)')
  const tokens = sqlite.prepare('insert into message_search (rowid, tokens) values (?, ?)')
  const partition = sqlite.prepare(
    'insert into search_partitions (id, newest_key, entries) values (?, ?, ?)',
  )
  const tag = sqlite.prepare("insert into search_tags (id, kind, value) values (?, 'model', ?)")
  const setting = (name, value) =>
    sqlite.exec(`insert into message_search (message_search, rank) values ('${name}', ${value})`)
  sqlite.exec('delete from search_partitions')
  for (const [index, [model]] of MODELS.entries()) tag.run(index + 1, model)
  setting('hashsize', 128 * 1024 * 1024)
  let id = 1
  let rows = []
  const store = (newestKey) => {
    partition.run(id, newestKey, rows.length)
    const mark = markOf(id)
    // In the order of the keys: otherwise each row would be a segment of its own.
    for (const { key, words } of rows.toReversed()) {
      tokens.run(key, words.map((word) => mark + word).join(' '))
    }
    id += 1
    rows = []
  }
  return {
    add: (number, at, words) => {
      const key = keyAt(at)
      if (rows.length === MAX_ENTRIES) store(rows.at(-1).key)
      entry.run(key, number)
      rows.push({ key, words })
    },
    end: () => {
      store(0)
      setting('hashsize', 1024 * 1024)
      // As many segments as live messages leave, which are merged as they come.
      for (let n = 0; n < 20; n += 1) setting('merge', 1_000_000)
    },
  }
}

function tokensFor(text, role, next) {
  const words = new Set([...wordsIn(text)].flatMap(tokensOf))
  const half = next() < 0.5 ? 0 : 1
  words.add(NEVER_TOGETHER[half]).add(ANY)
  if (role === 'user') return [...words]
  const model = next() < MODELS[0][1] ? 1 : 2
  for (const scope of [OWN, WITH_ANSWERS]) words.add(`${scope}${model}`).add(`${scope}c7d18`)
  return [...words]
}

const TOTALS = JSON.stringify({
  calls: 1,
  inputTokens: 1412,
  cachedInputTokens: 1024,
  cacheWriteTokens: 0,
  outputTokens: 71,
  reasoningTokens: 0,
  costNanoUsd: 1_856_000,
  certainty: 'computed',
  unpricedCalls: 0,
})

function insertConversation(insert, n, before, count, next) {
  const owner = conversationId(n)
  const at = (index) => new Date(START + (before + index) * 1000).toISOString()
  insert.conversation.run(owner, `Conversation ${n}`, id(1, before + count), at(0), at(count))
  for (let index = 1; index <= count; index += 1) {
    const number = before + index
    const role = index % 2 === 1 ? 'user' : 'assistant'
    const text = sentence(next)
    const parts = JSON.stringify([{ type: 'text', text }])
    const parent = index === 1 ? null : id(1, number - 1)
    const totals = role === 'user' ? null : TOTALS
    insertMessage(insert.message, { owner, number, parent, role, parts, totals, at: at(index) })
    const content = role === 'user' ? text : [{ type: 'output_text', text }]
    const item = {
      conversation_id: owner,
      message_id: id(1, number),
      item: JSON.stringify({ type: 'message', role, content }),
    }
    insert.item.run(owner, index, item.message_id, item.item, checksumOf('items', item))
    insert.index.add(number, at(index), tokensFor(text, role, next))
  }
  return before + count
}

function insertMessage(insert, { owner, number, parent, role, parts, totals, at }) {
  const row = {
    id: id(1, number),
    conversation_id: owner,
    parent_id: parent,
    role,
    status: 'completed',
    parts,
    created_at: at,
  }
  const checksum = checksumOf('messages', row)
  insert.run(number, row.id, owner, parent, role, parts, at, totals, checksum)
}

const syllables = 'bdfgklmnprstvz'
  .split('')
  .flatMap((first) => 'aeiou'.split('').map((last) => first + last))
const base = syllables.length

/** Word frequencies as in a natural language. */
const vocabulary = Array.from({ length: 20_000 }, (_, n) => {
  let word = ''
  for (let rest = n + base; rest > 0; rest = Math.floor(rest / base)) word += syllables[rest % base]
  return word
})

function sentence(next) {
  const words = Array.from(
    { length: WORDS },
    () => vocabulary[Math.floor(vocabulary.length ** next()) - 1],
  )
  for (const [word, share] of KNOWN_WORDS) {
    if (next() < share) words[Math.floor(next() * WORDS)] = word
  }
  return words.join(' ')
}
