// Gives every tool call of a streamed Chat answer one index, one name, one id that no other call
// of the run has, and its arguments as text, whatever the server leaves out or repeats.
import { v7 as uuid } from 'uuid'
import { isRecord, recordAt, textAt } from './record.ts'

interface OpenCall {
  index: number
  wireIndex: unknown
  wireId: string
  name: string
  arguments: string
  /** Its last character closes an object: only then is it worth the reading. */
  closes: boolean
}

/** A longer object is not checked for completeness with every piece. */
const MAX_PARSED_CHARS = 100_000

export class ToolCallRepair {
  readonly #usedIds: Set<string>
  readonly #calls: OpenCall[] = []

  constructor(usedIds: Set<string>) {
    this.#usedIds = usedIds
  }

  /** Changes one element of `delta.tool_calls` in place. */
  repair(delta: Record<string, unknown>): void {
    if (delta['type'] === 'custom') return
    const wire = recordAt(delta, 'function') ?? {}
    const name = textAt(wire, 'name')
    const text = argumentText(wire['arguments'])
    const id = textAt(delta, 'id')
    const known = this.#find(delta['index'])
    if (known === undefined || startsAnother(known, id, name, text)) {
      this.#calls.push({
        index: this.#calls.length,
        wireIndex: delta['index'],
        wireId: id,
        name,
        arguments: text,
        closes: closesObject(text),
      })
      Object.assign(delta, {
        index: this.#calls.length - 1,
        id: this.#uniqueId(id),
        type: 'function',
        function: { name, arguments: text },
      })
      return
    }
    const first = known.name === ''
    known.name ||= name
    known.arguments += text
    if (text.trim() !== '') known.closes = closesObject(text)
    delete delta['id']
    Object.assign(delta, {
      index: known.index,
      function: first ? { name, arguments: text } : { arguments: text },
    })
  }

  #find(wireIndex: unknown): OpenCall | undefined {
    return typeof wireIndex === 'number'
      ? this.#calls.findLast((call) => call.wireIndex === wireIndex)
      : this.#calls.at(-1)
  }

  #uniqueId(wireId: string): string {
    const id = wireId === '' || this.#usedIds.has(wireId) ? `call_${uuid()}` : wireId
    this.#usedIds.add(id)
    return id
  }
}

/** At the same place, or without one: another id, another name, or a name after complete arguments. */
function startsAnother(known: OpenCall, id: string, name: string, text: string): boolean {
  if (id !== '' && known.wireId !== '' && id !== known.wireId) return true
  if (name === '' || known.name === '') return false
  return name !== known.name || (text !== '' && known.closes && isComplete(known.arguments))
}

function closesObject(text: string): boolean {
  return text.trimEnd().endsWith('}')
}

function isComplete(text: string): boolean {
  if (text.length > MAX_PARSED_CHARS) return false
  try {
    return isRecord(JSON.parse(text))
  } catch {
    return false
  }
}

function argumentText(value: unknown): string {
  if (typeof value === 'string') return value
  return isRecord(value) ? JSON.stringify(value) : ''
}
