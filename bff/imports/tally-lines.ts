// Tally's own export: the lines of a conversation, gathered until its end and checked before they are sent.
import * as z from 'zod/mini'
import type { LeftOutReason } from '#shared/imports.ts'
import { addCall, ModelCall, NO_CALLS } from '#shared/ledger.ts'
import { MessagePart } from '#shared/message.ts'
import { NANO_PER_USD } from '#shared/money.ts'
import { decodeEvent } from '#shared/sse.ts'
import { addsUp } from '../exports/adds-up.ts'
import { field, idAt, isObject, type JsonObject, objectAt, textAt, timeAt } from './json-fields.ts'
import type { Item } from '../upstream/types.ts'
import { FileLine, type Read, type ReadLine } from './read-messages.ts'
import { shownItems } from './shown-items.ts'

const Parts = z.array(MessagePart)
const MAX_PORTION_LINES = 20
const MAX_PORTION_CHARS = 200_000
const MAX_CONVERSATION_LINES = 2_000_000

/** An id is part of addresses and of names in a zip. */
const isId = (id: string) => /^[\w-]{1,64}$/.test(id)

const MAX_CALL_NANO_USD = 10_000 * NANO_PER_USD
const DAY_MS = 86_400_000

/** False for an amount or a time that no model call can have: money once booked stays. */
function isPlausible({ costNanoUsd, startedAt }: ModelCall): boolean {
  return (costNanoUsd ?? 0) <= MAX_CALL_NANO_USD && Date.parse(startedAt) < Date.now() + DAY_MS
}

interface KeptLine extends ReadLine {
  /** The length of the line. */
  chars: number
}

export class TallyLines {
  #conversation: JsonObject | null = null
  #lines: KeptLine[] = []
  /** By their ids. */
  readonly #files = new Map<string, FileLine>()
  #leftOut: LeftOutReason[] = []
  readonly #messageIds = new Set<string>()
  #calls = 0
  #totals = NO_CALLS
  /** The runs and answers that are not imported, because they were not over. */
  #running = new Set<string>()

  /** Returns what is complete with this line. */
  add(value: JsonObject, chars: number, isPreview: boolean): Read[] {
    const type = textAt(value, 'type')
    if (type === 'format') return []
    if (type === 'conversation') this.#conversation = objectAt(value, 'conversation')
    if (type === 'folder') return [{ type, fields: value }]
    if (type === 'prompt') return [{ type, prompt: field(value, 'prompt') }]
    if (type === 'end') return this.#finish(isPreview)
    if (type === 'file') this.#addFile(value)
    else if (type === 'message') this.#addMessage(value, chars)
    else if (type === 'call') this.#addCall(value, chars)
    else if (type !== 'conversation') this.#keep(type, value, chars)
    return []
  }

  /** A file that was cut off has no last line. */
  cutOff(isPreview: boolean): Read[] {
    if (this.#conversation === null && this.#calls === 0) return []
    this.#leftOut.push('cut_off')
    return this.#finish(isPreview)
  }

  #addFile(line: JsonObject): void {
    const file = FileLine.safeParse(line)
    // Of two with one id, one would be shown and the other sent.
    if (!file.success || this.#files.has(file.data.id)) this.#leftOut.push('unreadable')
    else this.#files.set(file.data.id, file.data)
  }

  #addMessage(message: JsonObject, chars: number): void {
    const id = textAt(message, 'id')
    // Of two with one id, one would be shown, and its items compared with the other.
    const isSound = isId(id) && !this.#messageIds.has(id) && timeAt(message, 'createdAt') !== null
    if (!isSound || !Parts.safeParse(field(message, 'parts')).success) {
      this.#leftOut.push('unreadable')
      return
    }
    if (textAt(message, 'status') === 'running') {
      this.#leftOut.push('running')
      this.#running.add(id)
      return
    }
    this.#messageIds.add(id)
    this.#keep('message', message, chars)
  }

  #addCall(line: JsonObject, chars: number): void {
    const call = ModelCall.safeParse(field(line, 'call'))
    if (!call.success || !addsUp(call.data) || !isPlausible(call.data)) {
      this.#leftOut.push('wrong_amounts')
      return
    }
    this.#calls += 1
    this.#totals = addCall(this.#totals, call.data)
    this.#keep('call', { call: call.data }, chars)
  }

  #keep(type: string, fields: JsonObject, chars: number): void {
    if (this.#running.has(textAt(fields, 'messageId'))) return
    if (type === 'event' && !isEvent(fields)) {
      this.#leftOut.push('unreadable')
      return
    }
    if (this.#lines.length < MAX_CONVERSATION_LINES) this.#lines.push({ type, fields, chars })
  }

  /** The lines, with the items of a message replaced where they say more than it shows. */
  #shownLines(): KeptLine[] {
    const ofMessages = Map.groupBy(
      this.#lines.filter(({ type }) => type === 'item'),
      ({ fields }) => textAt(fields, 'messageId'),
    )
    const hashOf = (id: string) => this.#files.get(id)?.hash
    const replaced = new Map<string, KeptLine[]>()
    for (const { type, fields } of this.#lines) {
      const lines = ofMessages.get(textAt(fields, 'id'))
      if (type !== 'message' || lines === undefined) continue
      const items = lines.map((line) => field(line.fields, 'item')).filter(isObject)
      const role = textAt(fields, 'role') === 'user' ? 'user' : 'assistant'
      const shown = shownItems(role, Parts.parse(field(fields, 'parts')), items, hashOf)
      if (shown === items) continue
      this.#leftOut.push('hidden_text')
      const id = textAt(fields, 'id')
      const toLine = (item: Item) => ({ type: 'item', fields: { messageId: id, item }, chars: 0 })
      replaced.set(id, shown.map(toLine))
    }
    if (replaced.size === 0) return this.#lines
    const isKept = ({ type, fields }: KeptLine) =>
      type !== 'item' || !replaced.has(textAt(fields, 'messageId'))
    return [...this.#lines.filter(isKept), ...[...replaced.values()].flat()]
  }

  #finish(isPreview: boolean): Read[] {
    const conversation = this.#conversation
    const lines = this.#shownLines()
    const counts = { messages: this.#messageIds.size, calls: this.#calls, totals: this.#totals }
    const leftOut = [...Map.groupBy(this.#leftOut, (reason) => reason)]
    this.#conversation = null
    const files = [...this.#files.values()]
    this.#lines = []
    this.#files.clear()
    this.#leftOut = []
    this.#messageIds.clear()
    this.#calls = 0
    this.#totals = NO_CALLS
    this.#running.clear()
    const reads: Read[] = leftOut.map(([reason, all]) => ({
      type: 'left_out',
      reason,
      count: all.length,
    }))
    const id = idAt(conversation, 'id')
    if (id !== null && !isId(id)) {
      return [...reads, { type: 'left_out', reason: 'unreadable', count: 1 }]
    }
    // The ledger of deleted conversations belongs to none.
    if (id === null && counts.calls === 0) return reads
    const createdAt = timeAt(conversation, 'createdAt') ?? new Date(0).toISOString()
    reads.push({
      type: 'conversation',
      conversation: {
        externalId: id === null ? LEDGER : `${TALLY}${id}`,
        title: textAt(conversation, 'title'),
        createdAt,
        updatedAt: timeAt(conversation, 'updatedAt') ?? createdAt,
        model: idAt(conversation, 'model'),
        selectedId: idAt(conversation, 'selectedMessageId'),
        ...counts,
      },
    })
    // Before the messages that use them.
    reads.push(...files.map((file): Read => ({ type: 'file', file })))
    if (!isPreview) {
      if (isObject(conversation)) {
        reads.push({ type: 'lines', lines: [{ type: 'conversation', fields: conversation }] })
      }
      reads.push(...portions(lines).map((portion): Read => ({ type: 'lines', lines: portion })))
    }
    reads.push({ type: 'conversation_end' })
    return reads
  }
}

/** Each is received and written at once. */
function portions(lines: KeptLine[]): ReadLine[][] {
  const all: ReadLine[][] = []
  let portion: ReadLine[] = []
  let size = 0
  for (const { type, fields, chars } of lines) {
    if (portion.length >= MAX_PORTION_LINES || size + chars > MAX_PORTION_CHARS) {
      all.push(portion)
      portion = []
      size = 0
    }
    portion.push({ type, fields })
    size += chars
  }
  return portion.length === 0 ? all : [...all, portion]
}

function isEvent(line: JsonObject): boolean {
  try {
    decodeEvent(textAt(line, 'event'), JSON.stringify(field(line, 'data')))
    return true
  } catch {
    return false
  }
}

export const TALLY = 'tally:'
export const LEDGER = 'tally-ledger'
