// Files of another product that an export brings: in its zip under their ids, or inside of its JSON. The
// reading thread names them; their bytes are checked and stored like uploads where the import is written.
import { hash } from 'node:crypto'
import type { MessagePart } from '#shared/message.ts'

export interface AssetLine {
  /** The id that the file gets here: the same file of a second import is known by it. */
  id: string
  name: string
  source: { entry: string } | { text: string } | { dataUrl: string }
}

/** `file-abc` or `file_abc` at the beginning of a name, or in the address of a picture. */
const ASSET_ID = /file[-_][A-Za-z0-9]{6,}/

/** The entries of a zip that are named by the id of a file. */
export class AssetEntries {
  readonly #paths = new Map<string, string>()

  constructor(paths: Iterable<string>) {
    for (const path of paths) {
      const name = lastPart(path)
      const id = ASSET_ID.exec(name)
      if (id?.index === 0 && !this.#paths.has(id[0])) this.#paths.set(id[0], path)
    }
  }

  find(pointer: string): { id: string; path: string } | null {
    const id = ASSET_ID.exec(pointer.replace(/^[\w-]*:\/\//, ''))?.[0]
    const path = id === undefined ? undefined : this.#paths.get(id)
    return id === undefined || path === undefined ? null : { id, path }
  }
}

/** The files of one conversation. Each method returns the part that stands for the file, or null. */
export class Assets {
  readonly lines: AssetLine[] = []
  readonly #entries: AssetEntries

  constructor(entries: AssetEntries) {
    this.#entries = entries
  }

  /** One in the zip. Without a name it has that of its entry. */
  inZip(pointer: string, name: string): MessagePart | null {
    const found = this.#entries.find(pointer)
    if (found === null) return null
    const { id, path } = found
    return this.#add(`zip:${id}`, name || nameOf(path, id), { entry: path })
  }

  /** The text of a file, of which the export has nothing else. */
  ofText(name: string, text: string): MessagePart | null {
    if (text === '') return null
    const named = NOT_TEXT.test(name) ? `${name}.txt` : name
    return this.#add(`text:${named}:${text}`, named, { text })
  }

  ofDataUrl(name: string, dataUrl: string): MessagePart | null {
    if (!DATA_URL.test(dataUrl.slice(0, 200))) return null
    return this.#add(`data:${name}:${dataUrl}`, name, { dataUrl })
  }

  #add(key: string, name: string, source: AssetLine['source']): MessagePart {
    const line = { id: idOf(key), name: name.slice(0, 1000), source }
    this.lines.push(line)
    // What is known of it is filled in when it is stored.
    return { type: 'file', fileId: line.id, name: line.name, mediaType: 'text/plain', size: 0 }
  }
}

const DATA_URL = /^data:[\w/+.-]{0,100}(?:;[\w=.-]{1,60}){0,3};base64,/

export function bytesOfDataUrl(url: string): Buffer {
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
}

/** Files whose text is not the file. */
const NOT_TEXT = /\.(?:pdf|docx?|pptx?|xlsx?|od[tsp]|rtf|epub|pages|numbers|key)$/i

/** In the form of a UUID of the version for own schemes. */
function idOf(key: string): string {
  const hex = hash('sha256', key)
  const variant = (8 + (Number.parseInt(hex.charAt(16), 16) % 4)).toString(16)
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`]
  return [...parts, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}

function nameOf(path: string, id: string): string {
  const rest = lastPart(path).slice(id.length).replace(/^[-_]/, '')
  return rest.startsWith('.') ? `image${rest}` : rest || 'file'
}

function lastPart(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? ''
}
