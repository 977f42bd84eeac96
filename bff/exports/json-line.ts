// The lines of a JSONL file, and its end: a line that counts the lines before it and holds their hash, so
// that a file that was cut off or changed is found.
import { createHash } from 'node:crypto'

/** `json` becomes the last field. Null takes its place if it is damaged beyond reading. */
export function jsonLine(
  fields: { type: string } & Record<string, unknown>,
  name?: string,
  json?: string,
): string {
  const start = JSON.stringify(fields)
  if (json === undefined) return `${start}\n`
  return `${start.slice(0, -1)},${JSON.stringify(name)}:${oneLine(json)}}\n`
}

/** What is stored has no line breaks; what another program wrote there may. */
function oneLine(json: string): string {
  try {
    const value: unknown = JSON.parse(json)
    return json.includes('\n') || json.includes('\r') ? JSON.stringify(value) : json
  } catch {
    return 'null'
  }
}

/** Adds the last line. */
export async function* withEnd(parts: AsyncIterable<string>): AsyncGenerator<string> {
  const hash = createHash('sha256')
  let lines = 0
  for await (const part of parts) {
    hash.update(part)
    for (let at = part.indexOf('\n'); at !== -1; at = part.indexOf('\n', at + 1)) lines += 1
    yield part
  }
  yield jsonLine({ type: 'end', lines, sha256: hash.digest('hex') })
}
