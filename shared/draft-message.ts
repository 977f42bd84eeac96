// A message that a fold is changing. The original stays unchanged: the list of parts is copied before
// its first change, and parts are replaced. Tools are indexed by id, so that folding n of them takes
// linear time.
import type { Message, MessagePart, ToolCallPart } from './message.ts'

type ToolIndexes = Map<string, number>

/** The indexes of tools in a list of parts. The newest list takes them over. */
const cachedIndexes = new WeakMap<MessagePart[], ToolIndexes>()

export class Draft {
  message: Message | null
  #parts: MessagePart[]
  #isOwn = false
  #indexes: ToolIndexes | null = null

  constructor(message: Message | null) {
    this.message = message
    this.#parts = message?.parts ?? []
    this.#indexes = cachedIndexes.get(this.#parts) ?? null
    cachedIndexes.delete(this.#parts)
  }

  begin(message: Message): void {
    this.message = message
    this.#parts = message.parts
    this.#isOwn = false
    this.#indexes = null
  }

  finish(): Message | null {
    if (this.#indexes !== null) cachedIndexes.set(this.#parts, this.#indexes)
    return this.message && { ...this.message, parts: this.#parts }
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

  /** Replaces every part; their order and number stay. */
  each(change: (part: MessagePart) => MessagePart): void {
    this.#parts = this.#parts.map(change)
    this.#isOwn = true
  }

  hasTool(callId: string): boolean {
    return this.#tools.has(callId)
  }

  patchTool(callId: string, patch: (tool: ToolCallPart) => Partial<ToolCallPart>): void {
    const index = this.#tools.get(callId)
    const tool = index === undefined ? undefined : this.#parts[index]
    if (index === undefined || tool?.type !== 'tool_call') return
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
