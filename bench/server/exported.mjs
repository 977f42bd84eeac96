// An export of ChatGPT: conversations with a question and two versions of its answer, or a few long ones.
const ANSWER = 'Some words of an answer that is as long as answers are. '.repeat(20)
const AT = 1_764_000_000

export function exportOf(count, turns = 1) {
  return JSON.stringify(
    Array.from({ length: count }, (_, n) => conversation(`c${String(n).padStart(6, '0')}`, turns)),
  )
}

function conversation(id, turns) {
  const nodes = [node(`${id}-r`, null, null, '')]
  for (let turn = 0; turn < turns; turn += 1) {
    const parent = turn === 0 ? `${id}-r` : `${id}-a${turn - 1}`
    nodes.push(node(`${id}-u${turn}`, parent, 'user', `Question ${turn} of ${id}?`))
    nodes.push(node(`${id}-b${turn}`, `${id}-u${turn}`, 'assistant', ANSWER))
    nodes.push(node(`${id}-a${turn}`, `${id}-u${turn}`, 'assistant', ANSWER))
  }
  return {
    id,
    conversation_id: id,
    title: `Conversation ${id}`,
    create_time: AT,
    update_time: AT + 100,
    current_node: nodes.at(-1).id,
    mapping: Object.fromEntries(nodes.map((each) => [each.id, each])),
    default_model_slug: 'gpt-5',
  }
}

function node(id, parent, role, text) {
  const content = { content_type: 'text', parts: [text] }
  const author = { role, name: null }
  const message = { id, author, create_time: AT, content, recipient: 'all', weight: 1 }
  return { id, parent, children: [], message: role === null ? null : message }
}
