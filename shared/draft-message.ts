// A message that a fold is changing. The original stays unchanged: the list of parts is copied before
// its first change, and parts are replaced. Tools are indexed by id, so that folding n of them takes
// linear time. A nested run is a draft of its own, inside the part of the call that started it.
import { splitCallKey } from './call-key.ts'
import type { Message, MessagePart, ToolCallPart } from './message.ts'

type ToolIndexes = Map<string, number>

/** The indexes of tools in a list of parts. The newest list takes them over. */
const cachedIndexes = new WeakMap<MessagePart[], ToolIndexes>()

export class Draft {
  message: Message | null
  #parts: MessagePart[]
  #isOwn = false
  #indexes: ToolIndexes | null = null
  /** By the call of this run that started it. */
  readonly #nested = new Map<string, Draft>()

  constructor(message: Message | null) {
    this.message = message
    this.#parts = message?.parts ?? []
    this.#indexes = cachedIndexes.get(this.#parts) ?? null
    cachedIndexes.delete(this.#parts)
  }

  /** A later run of the same message goes on behind what it has. */
  begin(message: Message): void {
    const before = this.message
    this.message = message
    if (before?.id === message.id) return this.set({ createdAt: before.createdAt })
    this.#parts = message.parts
    this.#isOwn = false
    this.#indexes = null
  }

  finish(): Message | null {
    const parts = this.#finishParts()
    return this.message && { ...this.message, parts }
  }

  #finishParts(): MessagePart[] {
    if (this.#nested.size > 0) this.#keepNested()
    if (this.#indexes !== null) cachedIndexes.set(this.#parts, this.#indexes)
    return this.#parts
  }

  get parts(): readonly MessagePart[] {
    return this.#parts
  }

  get last(): MessagePart | undefined {
    return this.#parts.at(-1)
  }

  set(changes: Partial<Message>): void {
    if (this.message !== null) this.message = { ...this.message, ...changes }
  }

  add(part: MessagePart): void {
    if (part.type === 'tool_call') this.#tools.set(part.callId, this.#parts.length)
    this.#own.push(part)
  }

  replaceLast(part: MessagePart): void {
    this.#own[this.#parts.length - 1] = part
  }

  /** Removes the last part, which must not be a tool. */
  removeLast(): void {
    this.#own.pop()
  }

  /** Replaces every part, also those of nested runs; their order and number stay. */
  each(change: (part: MessagePart) => MessagePart): void {
    this.#keepNested()
    this.#parts = this.#parts.map((part) => changeWithin(part, change))
    this.#isOwn = true
  }

  /** Removes the parts that `isKept` refuses. */
  keep(isKept: (part: MessagePart) => boolean): void {
    this.#keepNested()
    this.#parts = this.#parts.filter(isKept)
    this.#isOwn = true
    this.#indexes = null
  }

  /** The draft of the nested run that the call of a key started. Undefined if there is no such call. */
  nestedRun(key: string): Draft | undefined {
    const direct = this.#nestedHere(key)
    if (direct !== undefined) return direct
    const inner = splitCallKey(key)
    if (inner !== null) return this.nestedRun(inner.parentCallId)?.nestedRun(inner.callId)
    // Older logs name a call at any depth by its id alone.
    for (const id of this.#callsWithNested()) {
      const found = this.nestedRun(id)?.nestedRun(key)
      if (found !== undefined) return found
    }
    return undefined
  }

  #nestedHere(callId: string): Draft | undefined {
    const known = this.#nested.get(callId)
    const part = known === undefined ? this.tool(callId) : undefined
    if (part === undefined || this.message === null) return known
    const { parts = [], totals = null } = part
    const draft = new Draft({ ...this.message, parts, totals })
    this.#nested.set(callId, draft)
    return draft
  }

  *#callsWithNested(): Generator<string> {
    yield* this.#nested.keys()
    for (const part of this.#parts) {
      const isSeen = part.type !== 'tool_call' || this.#nested.has(part.callId)
      if (!isSeen && part.parts !== undefined) yield part.callId
    }
  }

  #keepNested(): void {
    for (const [callId, draft] of this.#nested) {
      const parts = draft.#finishParts()
      const totals = draft.message?.totals ?? null
      this.patchTool(callId, () => (totals === null ? { parts } : { parts, totals }))
    }
    this.#nested.clear()
  }

  tool(callId: string): ToolCallPart | undefined {
    const part = this.#parts[this.#tools.get(callId) ?? -1]
    return part?.type === 'tool_call' ? part : undefined
  }

  patchTool(callId: string, patch: (tool: ToolCallPart) => Partial<ToolCallPart>): void {
    const index = this.#tools.get(callId)
    const tool = this.tool(callId)
    if (index === undefined || tool === undefined) return
    this.#own[index] = { ...tool, ...patch(tool) }
  }

  get #own(): MessagePart[] {
    if (!this.#isOwn) this.#parts = [...this.#parts]
    this.#isOwn = true
    return this.#parts
  }

  get #tools(): ToolIndexes {
    this.#indexes ??= new Map(
      this.#parts.flatMap((part, index) =>
        part.type === 'tool_call' ? [[part.callId, index]] : [],
      ),
    )
    return this.#indexes
  }
}

function changeWithin(part: MessagePart, change: (part: MessagePart) => MessagePart): MessagePart {
  const changed = change(part)
  if (changed.type !== 'tool_call' || changed.parts === undefined) return changed
  return { ...changed, parts: changed.parts.map((inner) => changeWithin(inner, change)) }
}
