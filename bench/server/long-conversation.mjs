// A conversation of so many items: questions, calls of a tool, their results and answers in turn.
import { openDatabase } from '../../bff/db/open.ts'
import BetterSqlite3 from 'better-sqlite3'
import { join } from 'node:path'

const TEXT = 'A river finds the sea by the shortest way that the land leaves it, and bends. '
const START = Date.UTC(2026, 0, 1)
const PER_TURN = 4

export const LONG_ID = '01900000-0000-7000-8000-000000000001'

export async function fillWithLong(folder, items) {
  const file = join(folder, 'tally.db')
  await (await openDatabase(file)).close()
  const sqlite = new BetterSqlite3(file)
  const conversation = sqlite.prepare(`insert into conversations
    (id, title, title_source, agent, selected_message_id, created_at, updated_at)
    values (?, 'Long', 'person', 'assistant', ?, ?, ?)`)
  const message = sqlite.prepare(`insert into messages
    (id, conversation_id, parent_id, role, status, parts, created_at)
    values (?, ?, ?, ?, 'completed', ?, ?)`)
  const insertItem = sqlite.prepare(
    'insert into items (conversation_id, seq, message_id, item) values (?, ?, ?, ?)',
  )
  const search = sqlite.prepare('insert into search_queue (message_number) values (?)')
  sqlite.exec('begin')
  const turns = items / PER_TURN
  conversation.run(LONG_ID, messageId(turns * 2), at(0), at(turns * 2))
  let parent = null
  let seq = 0
  const say = (role, number, text, own) => {
    const id = messageId(number)
    const parts = JSON.stringify([{ type: 'text', text }])
    const { lastInsertRowid } = message.run(id, LONG_ID, parent, role, parts, at(number))
    search.run(lastInsertRowid)
    for (const item of own) insertItem.run(LONG_ID, (seq += 1), id, JSON.stringify(item))
    parent = id
  }
  for (let turn = 0; turn < turns; turn += 1) {
    const question = `Question ${turn}: ${TEXT.repeat(2)}`
    const answer = `Answer ${turn}: ${TEXT.repeat(8)}`
    say('user', turn * 2 + 1, question, [{ type: 'message', role: 'user', content: question }])
    say('assistant', turn * 2 + 2, answer, turnItems(turn, answer))
  }
  sqlite.exec('commit')
  sqlite.close()
}

const at = (number) => new Date(START + number * 1000).toISOString()
const messageId = (number) => `01900000-0001-7000-8000-${number.toString(16).padStart(12, '0')}`

function turnItems(turn, text) {
  const call = { name: 'search_documentation', callId: `call_${turn}`, status: 'completed' }
  const result = `Result ${turn}: ${TEXT.repeat(5)}`
  const args = JSON.stringify({ query: `river ${turn}` })
  return [
    { type: 'function_call', ...call, arguments: args },
    { type: 'function_call_result', ...call, output: { type: 'text', text: result } },
    {
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text }],
    },
  ]
}
