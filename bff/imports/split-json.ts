// Splits JSON into its conversations without holding more than one: the elements of an array, or values
// that follow each other, as in JSON lines. Only objects are conversations.

/** The text of an object, or why it is not read. */
export type JsonValue = { text: string } | { skipped: 'too_large' | 'too_deep' | 'cut_off' }

const MAX_VALUE_BYTES = 64 * 1024 * 1024
/** LibreChat nests an answer in its question, two levels for each. */
const MAX_DEPTH = 20_000

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d

export async function* splitJson(
  chunks: AsyncIterable<Buffer>,
  { maxBytes = MAX_VALUE_BYTES, maxDepth = MAX_DEPTH } = {},
): AsyncGenerator<JsonValue> {
  const splitter = new Splitter(maxBytes, maxDepth)
  for await (const chunk of chunks) yield* splitter.values(chunk)
  if (splitter.isInside) yield { skipped: 'cut_off' }
}

class Splitter {
  readonly #maxBytes: number
  readonly #maxDepth: number
  /** 1 inside of an array of conversations. */
  #base = 0
  #depth = 0
  #isString = false
  #isEscaped = false
  /** The chunks of the current value. Null between values. */
  #value: Buffer[] | null = null
  #bytes = 0
  #skipped: 'too_large' | 'too_deep' | null = null
  #hasBegun = false

  constructor(maxBytes: number, maxDepth: number) {
    this.#maxBytes = maxBytes
    this.#maxDepth = maxDepth
  }

  get isInside(): boolean {
    return this.#depth > 0
  }

  *values(chunk: Buffer): Generator<JsonValue> {
    let start = 0
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at]
      if (this.#isString) {
        if (this.#isEscaped) this.#isEscaped = false
        else if (byte === BACKSLASH) this.#isEscaped = true
        else if (byte === QUOTE) this.#isString = false
      } else if (byte === QUOTE) {
        this.#isString = true
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (this.#open(byte)) start = at
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        this.#depth -= 1
        if (this.#value === null || this.#depth > this.#base) continue
        this.#add(chunk.subarray(start, at + 1))
        yield this.#finish()
      }
    }
    if (this.#value !== null) this.#add(chunk.subarray(start))
  }

  /** Returns whether a value begins here. */
  #open(byte: number): boolean {
    this.#depth += 1
    if (!this.#hasBegun && byte === OPEN_BRACKET) this.#base = 1
    this.#hasBegun = true
    if (this.#depth - this.#base > this.#maxDepth) this.#skip('too_deep')
    if (this.#value !== null || byte !== OPEN_BRACE || this.#depth !== this.#base + 1) return false
    this.#value = []
    return true
  }

  #add(part: Buffer): void {
    this.#bytes += part.length
    if (this.#bytes > this.#maxBytes) this.#skip('too_large')
    if (this.#skipped === null) this.#value?.push(part)
  }

  #skip(reason: 'too_large' | 'too_deep'): void {
    if (this.#value === null) return
    this.#skipped ??= reason
    this.#value = []
  }

  #finish(): JsonValue {
    const value: JsonValue =
      this.#skipped === null
        ? { text: Buffer.concat(this.#value ?? []).toString() }
        : { skipped: this.#skipped }
    this.#value = null
    this.#bytes = 0
    this.#skipped = null
    return value
  }
}
