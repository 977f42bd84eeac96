// Checks one JSONL file of an export: that it is whole, that every answer is what its events fold to, and
// that every amount is what rates and quantities say.
import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod/mini'
import { foldOn, type FoldedRun, NOTHING_FOLDED } from '#shared/fold-run.ts'
import { ModelCall } from '#shared/ledger.ts'
import { Message, MessagePart } from '#shared/message.ts'
import { decodeEvent } from '#shared/sse.ts'
import { addsUp, sumOf } from './adds-up.ts'

const Line = z.looseObject({ type: z.string() })
const StoredMessage = z.object({
  id: z.string(),
  role: z.enum(['user', 'assistant']),
  status: Message.shape.status,
  parts: z.nullable(z.array(MessagePart)),
  agent: z.nullable(z.string()),
  totals: Message.shape.totals,
})
const StoredRun = z.object({
  id: z.string(),
  messageId: z.string(),
  status: z.string(),
  lastSeq: z.int(),
  trimmedAt: z.nullable(z.string()),
  copyOf: z.optional(z.nullable(z.string())),
})
const StoredEvent = z.object({
  runId: z.string(),
  seq: z.int(),
  event: z.string(),
  data: z.unknown(),
})
const StoredFile = z.object({ hash: z.string(), name: z.string() })
const End = z.object({ lines: z.int(), sha256: z.string() })
const Head = z.object({ conversation: z.object({ totals: Message.shape.totals }) })

type StoredMessage = z.infer<typeof StoredMessage>
type StoredRun = z.infer<typeof StoredRun>

export class ConversationCheck {
  readonly #hash = createHash('sha256')
  readonly #messages = new Map<string, StoredMessage>()
  readonly #runs = new Map<string, StoredRun>()
  /** The last fold of each message, and the last seq and the endings of each run. */
  readonly #folded = new Map<string, FoldedRun>()
  readonly #seqs = new Map<string, number>()
  readonly #endings = new Map<string, number>()
  readonly #calls: ModelCall[] = []
  /** The names of the files that it says it has, by hash. */
  readonly files = new Map<string, string>()
  readonly #problems: string[] = []
  #totals: z.infer<typeof Message.shape.totals> = null
  #lines = 0
  #isEnded = false

  /** Without its line break. */
  add(text: string): void {
    try {
      this.#read(Line.parse(JSON.parse(text)))
    } catch (error) {
      const kind = error instanceof SyntaxError ? 'is not JSON' : 'has another form'
      this.#problems.push(`line ${this.#lines + 1} ${kind}`)
    }
    this.#hash.update(`${text}\n`)
    this.#lines += 1
  }

  get counts() {
    return { messages: this.#messages.size, calls: this.#calls.length }
  }

  #read(line: z.infer<typeof Line>): void {
    if (this.#isEnded) this.#problems.push(`line ${this.#lines + 1} comes after the end`)
    switch (line.type) {
      case 'conversation':
        this.#totals = Head.parse(line).conversation.totals
        return
      case 'message': {
        const message = StoredMessage.parse(line)
        this.#messages.set(message.id, message)
        return
      }
      case 'run': {
        const run = StoredRun.parse(line)
        this.#runs.set(run.id, run)
        return
      }
      case 'file': {
        const { hash, name } = StoredFile.parse(line)
        this.files.set(hash, name)
        return
      }
      case 'event':
        return this.#readEvent(line)
      case 'call':
        this.#calls.push(ModelCall.parse(line['call']))
        return
      case 'end':
        return this.#readEnd(line)
    }
  }

  #readEvent(line: object): void {
    const { runId, seq, event: type, data } = StoredEvent.parse(line)
    const expected = (this.#seqs.get(runId) ?? 0) + 1
    if (seq !== expected) {
      this.#problems.push(`run ${runId}: event ${seq} stands where ${expected} is due`)
    }
    this.#seqs.set(runId, seq)
    if (type === 'done') this.#endings.set(runId, seq)
    const messageId = this.#runs.get(runId)?.messageId ?? ''
    const before = this.#folded.get(messageId) ?? NOTHING_FOLDED
    const start = seq === 1 ? { ...before, seq: 0 } : before
    const event = decodeEvent(type, JSON.stringify(data))
    this.#folded.set(messageId, foldOn(start, [{ seq, event }]))
  }

  #readEnd(line: object): void {
    const { lines, sha256 } = End.parse(line)
    this.#isEnded = true
    if (lines !== this.#lines)
      this.#problems.push(`it has ${this.#lines} lines instead of ${lines}`)
    if (sha256 !== this.#hash.copy().digest('hex')) this.#problems.push('its SHA-256 differs')
  }

  /** Returns what is wrong, empty if nothing is. */
  finish(): string[] {
    if (!this.#isEnded) this.#problems.push('it is cut off: the last line is missing')
    for (const run of this.#runs.values()) this.#checkRun(run)
    for (const message of this.#messages.values()) this.#checkMessage(message)
    for (const call of this.#calls) {
      if (!addsUp(call)) this.#problems.push(`ledger row ${call.id}: the amount does not add up`)
    }
    const sum = sumOf(this.#calls)
    if (this.#totals !== null && !this.#totals.demo && this.#calls.length > 0) {
      this.#compare('the conversation', this.#totals.costNanoUsd, sum)
    }
    return this.#problems
  }

  #checkRun({ id, status, trimmedAt, lastSeq }: StoredRun): void {
    if (status === 'running' || trimmedAt !== null || lastSeq === 0) return
    const last = this.#seqs.get(id) ?? 0
    if (last !== lastSeq) this.#problems.push(`run ${id}: ${last} events instead of ${lastSeq}`)
    if (this.#endings.get(id) !== last) this.#problems.push(`run ${id}: it does not end with done`)
  }

  #checkMessage({ id, role, status, parts, agent, totals }: StoredMessage): void {
    const runs = [...this.#runs.values()].filter(({ messageId }) => messageId === id)
    const isCopy = runs.some(({ copyOf = null }) => copyOf !== null)
    if (role === 'user' || status === 'running' || runs.length === 0 || isCopy) return
    const ids = new Set(runs.map((run) => run.id))
    const calls = this.#calls.filter(({ runId }) => runId !== null && ids.has(runId))
    if (totals !== null && calls.length > 0) {
      this.#compare(`message ${id}`, totals.costNanoUsd, sumOf(calls))
    }
    if (runs.some((run) => run.trimmedAt !== null || run.lastSeq === 0)) return
    const folded = this.#folded.get(id)?.message ?? null
    const isSame =
      folded !== null &&
      folded.status === status &&
      folded.agent === agent &&
      // As JSON has it, without fields that are undefined.
      isDeepStrictEqual(JSON.parse(JSON.stringify(folded.parts)), parts)
    if (!isSame) this.#problems.push(`message ${id}: it differs from what its events fold to`)
  }

  #compare(name: string, stored: number | null, sum: number | null): void {
    if (stored === sum) return
    this.#problems.push(`${name}: it says ${stored} nano-dollars, and its ledger rows ${sum}`)
  }
}
