// A message that a fold is changing. The message it began with stays as it is: the list of parts is
// copied before its first change, and a part is replaced, never changed. A tool is found by its id
// without looking through the parts, so that folding many tools takes time in their number.
import type { Message, MessagePart, ToolCallPart } from './message.ts'

type Places = Map<string, number>

/** Where the tools are in a list of parts. The newest list takes them over from the one before. */
const known = new WeakMap<MessagePart[], Places>()

export class Draft {
  message: Message | null
  #parts: MessagePart[]
  #isOwn = false
  #places: Places | null = null

  constructor(message: Message | null) {
    this.message = message
    this.#parts = message?.parts ?? []
    this.#places = known.get(this.#parts) ?? null
    known.delete(this.#parts)
  }

  begin(message: Message): void {
    this.message = message
    this.#parts = message.parts
    this.#isOwn = false
    this.#places = null
  }

  finish(): Message | null {
    if (this.#places !== null) known.set(this.#parts, this.#places)
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

  /** It is no tool. */
  removeLast(): void {
    this.#own.pop()
  }

  /** The order and the number of the parts stay. */
  each(change: (part: MessagePart) => MessagePart): void {
    this.#parts = this.#parts.map(change)
    this.#isOwn = true
  }

  hasTool(callId: string): boolean {
    return this.#tools.has(callId)
  }

  patchTool(callId: string, patch: (tool: ToolCallPart) => Partial<ToolCallPart>): void {
    const place = this.#tools.get(callId)
    const tool = place === undefined ? undefined : this.#parts[place]
    if (place === undefined || tool?.type !== 'tool_call') return
    this.#own[place] = { ...tool, ...patch(tool) }
  }

  get #own(): MessagePart[] {
    if (!this.#isOwn) this.#parts = [...this.#parts]
    this.#isOwn = true
    return this.#parts
  }

  get #tools(): Places {
    this.#places ??= new Map(
      this.#parts.flatMap((part, place) =>
        part.type === 'tool_call' ? [[part.callId, place]] : [],
      ),
    )
    return this.#places
  }
}
