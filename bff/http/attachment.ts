// A file that the browser saves, streamed in parts. A part is made only after the client has taken the
// previous one.
import { keepLanguage } from './language.ts'

interface Attachment {
  /** May contain any character; those that a file name cannot have are replaced. */
  name: string
  /** The content type. */
  type: string
  parts: AsyncGenerator<string | Uint8Array>
  /** Told why the file broke off; the client only sees that it does. */
  onError: (error: unknown) => void
}

export function attachment({ name, type, parts, onError }: Attachment): Response {
  return new Response(streamed(keepLanguage(parts), onError), {
    headers: {
      'Content-Type': type,
      'Content-Disposition': contentDisposition(name),
      'Cache-Control': 'no-store',
      // Begun at once: a file that breaks off is cut, and never ends with an error's text.
      'Transfer-Encoding': 'chunked',
    },
  })
}

function streamed(
  parts: AsyncGenerator<string | Uint8Array>,
  onError: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let hasLeft = false
  return new ReadableStream({
    pull: async (controller) => {
      try {
        const { done, value } = await parts.next()
        // The client may leave while a part is made.
        if (hasLeft) return
        if (done === true) controller.close()
        else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value)
      } catch (error) {
        onError(error)
        controller.error(new Error('The file breaks off here.'))
      }
    },
    cancel: async () => {
      hasLeft = true
      await parts.return(undefined)
    },
  })
}

/** As RFC 6266 has it: an ASCII name, and the real one in UTF-8 (RFC 5987) if it differs. */
export function contentDisposition(wanted: string, kind = 'attachment'): string {
  const name = safeFileName(wanted)
  const ascii = name.replaceAll(/[^ -~]+/g, '_')
  if (ascii === name) return `${kind}; filename="${name}"`
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`
}

const MAX_NAME_CHARS = 100
const EXTENSION = /\.[a-z]+$/
/** Separators, what Windows forbids, and characters that are invisible or change the direction. */
const UNSAFE = /[/\\:*?"<>|%\p{C}\p{Zl}\p{Zp}]+/gu
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i

function safeFileName(wanted: string): string {
  const extension = EXTENSION.exec(wanted)?.[0] ?? ''
  const clean = wanted
    .slice(0, wanted.length - extension.length)
    .toWellFormed()
    .replaceAll(UNSAFE, ' ')
    .replaceAll(/\s+/g, ' ')
  const stem = Array.from(clean.replace(/^[. ]+/, ''))
    .slice(0, MAX_NAME_CHARS)
    .join('')
    .replace(/[. ]+$/, '')
  return (stem === '' ? 'conversation' : stem.replace(RESERVED, '_$&')) + extension
}
