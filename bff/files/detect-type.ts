// Tells the type of a file by its first bytes. What begins like no known binary type is text if all of it is
// UTF-8 without NUL.
import type { FileType } from '#shared/files.ts'

/** So many bytes decide. */
export const MAGIC_BYTES = 16

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const JPEG = Buffer.from([0xff, 0xd8, 0xff])

/** Returns null if the beginning is of no known binary type. */
export function magicType(head: Buffer): FileType | null {
  const ascii = head.toString('latin1')
  if (head.subarray(0, PNG.length).equals(PNG)) return 'image/png'
  if (head.subarray(0, JPEG.length).equals(JPEG)) return 'image/jpeg'
  if (/^GIF8[79]a/.test(ascii)) return 'image/gif'
  if (ascii.startsWith('RIFF') && ascii.slice(8, 12) === 'WEBP') return 'image/webp'
  if (ascii.startsWith('%PDF-')) return 'application/pdf'
  return null
}

/** Detects the type of a file while it arrives. */
export class TypeDetector {
  #head = Buffer.alloc(0)
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true })
  #isText = true

  /** Returns false if the file is of no accepted type, whatever follows. */
  read(chunk: Uint8Array): boolean {
    if (this.#head.length < MAGIC_BYTES) {
      this.#head = Buffer.concat([this.#head, chunk.subarray(0, MAGIC_BYTES)])
    }
    if (this.#isText) this.#isText = this.#decodes(chunk, true)
    return this.#isText || this.#head.length < MAGIC_BYTES || magicType(this.#head) !== null
  }

  /** Returns the type of the whole file. Null if it is not accepted. */
  type(): FileType | null {
    const magic = magicType(this.#head)
    if (magic !== null) return magic
    const isWhole = this.#isText && this.#decodes(new Uint8Array(), false)
    return isWhole && this.#head.length > 0 ? 'text/plain' : null
  }

  #decodes(chunk: Uint8Array, stream: boolean): boolean {
    if (chunk.includes(0)) return false
    try {
      this.#utf8.decode(chunk, { stream })
      return true
    } catch {
      return false
    }
  }
}
