// Removes the chunked transfer encoding from the body of a streaming HTTP response.
const RETURN = 13

export class Dechunker {
  #rest = Buffer.alloc(0)
  #inBody = false
  #left = 0
  #take
  #end

  constructor(take, end) {
    this.#take = take
    this.#end = end
  }

  feed(data) {
    let bytes = this.#rest.length === 0 ? data : Buffer.concat([this.#rest, data])
    this.#rest = Buffer.alloc(0)
    while (bytes.length > 0) {
      const used = this.#inBody ? this.#chunk(bytes) : this.#head(bytes)
      if (used === 0) {
        this.#rest = bytes
        return
      }
      bytes = bytes.subarray(used)
    }
  }

  #head(bytes) {
    const end = bytes.indexOf('\r\n\r\n')
    if (end === -1) return 0
    const head = bytes.toString('latin1', 0, end)
    if (!head.startsWith('HTTP/1.1 200')) this.#take(`${head}\n\n`)
    this.#inBody = true
    return end + 4
  }

  #chunk(bytes) {
    if (this.#left > 0) {
      // Two more bytes: the line end after a chunk.
      const used = Math.min(this.#left, bytes.length)
      const text = bytes.toString('latin1', 0, Math.min(used, Math.max(0, this.#left - 2)))
      if (text !== '') this.#take(text)
      this.#left -= used
      return used
    }
    const end = bytes.indexOf(RETURN)
    if (end === -1 || bytes.length < end + 2) return 0
    const size = Number.parseInt(bytes.toString('latin1', 0, end), 16)
    if (size === 0) this.#end()
    else this.#left = size + 2
    return size === 0 ? bytes.length : end + 2
  }
}
