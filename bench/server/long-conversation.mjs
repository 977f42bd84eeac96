// A conversation of a given number of items: questions, tool calls, results and answers in turn.
import { checksumOf } from '../../bff/db/checksum.ts'
import { openDatabase } from '../../bff/db/open.ts'
import BetterSqlite3 from 'better-sqlite3'
import { join } from 'node:path'

const TEXT = 'A river finds the sea by the shortest way that the land leaves it, and bends. '
const START = Date.UTC(2026, 0, 1)

/** `lengths` maps conversation ids to their number of items; each turn has a question and an answer too. */
export async function fillWithConversations(folder, lengths, toolsPerTurn = 1) {
  const file = join(folder, 'tally.db')
  await (await openDatabase(file)).close()
  const sqlite = new BetterSqlite3(file)
  sqlite.exec('begin')
  const perTurn = 2 + 2 * toolsPerTurn
  for (const [id, items] of Object.entries(lengths)) {
    fillOne(sqlite, id, items / perTurn, toolsPerTurn)
  }
  sqlite.exec('commit')
  sqlite.close()
}

function fillOne(sqlite, conversationId, turns, toolsPerTurn) {
  const conversation = sqlite.prepare(`insert into conversations
    (id, title, title_source, agent, selected_message_id, created_at, updated_at)
    values (?, 'Long', 'person', 'assistant', ?, ?, ?)`)
  const message = sqlite.prepare(`insert into messages
    (id, conversation_id, parent_id, role, status, parts, created_at, checksum)
    values (?, ?, ?, ?, 'completed', ?, ?, ?)`)
  const insertItem = sqlite.prepare(
    'insert into items (conversation_id, seq, message_id, item, checksum) values (?, ?, ?, ?, ?)',
  )
  const search = sqlite.prepare('insert or ignore into search_queue (message_number) values (?)')
  const messageId = (number) =>
    `${conversationId.slice(0, 14)}7001-8000-${number.toString(16).padStart(12, '0')}`
  conversation.run(conversationId, messageId(turns * 2), at(0), at(turns * 2))
  let parent = null
  let seq = 0
  const say = (role, number, text, own) => {
    const id = messageId(number)
    const parts = JSON.stringify([{ type: 'text', text }])
    const row = { id, conversation_id: conversationId, parent_id: parent, role, parts }
    const whole = { ...row, status: 'completed', created_at: at(number) }
    const sum = checksumOf('messages', whole)
    const values = [id, conversationId, parent, role, parts, at(number), sum]
    search.run(message.run(...values).lastInsertRowid)
    for (const item of own) {
      const text = JSON.stringify(item)
      const covered = { conversation_id: conversationId, message_id: id, item: text }
      insertItem.run(conversationId, (seq += 1), id, text, checksumOf('items', covered))
    }
    parent = id
  }
  for (let turn = 0; turn < turns; turn += 1) {
    const question = `Question ${turn}: ${TEXT.repeat(2)}`
    const answer = `Answer ${turn}: ${TEXT.repeat(8)}`
    say('user', turn * 2 + 1, question, [{ type: 'message', role: 'user', content: question }])
    say('assistant', turn * 2 + 2, answer, turnItems(turn, answer, toolsPerTurn))
  }
}

const at = (number) => new Date(START + number * 1000).toISOString()

function turnItems(turn, text, tools) {
  return [
    ...Array.from({ length: tools }, (_, index) => toolItems(`${turn}_${index}`)).flat(),
    {
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text }],
    },
  ]
}

function toolItems(name) {
  const call = { name: 'search_documentation', callId: `call_${name}`, status: 'completed' }
  const result = `Result ${name}: ${TEXT.repeat(5)}`
  const args = JSON.stringify({ query: `river ${name}` })
  return [
    { type: 'function_call', ...call, arguments: args },
    { type: 'function_call_result', ...call, output: { type: 'text', text: result } },
  ]
}
