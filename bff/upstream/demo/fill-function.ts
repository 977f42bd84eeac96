// Arguments for a function that the demo must call: values of the right form, taken from the text
// where it has any. The demo understands nothing, and so guesses nothing.
import { isRecord, listAt, recordAt, textAt } from '../record.ts'

const MAX_DEPTH = 8
const MAX_TEXT_CHARS = 200

/** `schema` is the JSON Schema of the function's parameters. */
export function fillFunction(schema: unknown, text: string): Record<string, unknown> {
  const filled = fill(schema, text, MAX_DEPTH)
  return isRecord(filled) ? filled : {}
}

function fill(schema: unknown, text: string, depth: number): unknown {
  if (isRecord(schema) && 'const' in schema) return schema['const']
  const values = listAt(schema, 'enum')
  if (values.length > 0) return named(values, text)
  const [first] = [...listAt(schema, 'anyOf'), ...listAt(schema, 'oneOf')]
  if (first !== undefined && depth > 0) return fill(first, text, depth - 1)
  switch (typeOf(schema)) {
    case 'object':
      return depth > 0 ? fillObject(schema, text, depth) : {}
    case 'array': {
      const item = isRecord(schema) ? schema['items'] : undefined
      return item === undefined || depth === 0 ? [] : [fill(item, text, depth - 1)]
    }
    case 'integer':
      return Math.trunc(numberIn(text))
    case 'number':
      return numberIn(text)
    case 'boolean':
      return false
    case 'null':
      return null
    default:
      return text.trim().slice(0, MAX_TEXT_CHARS)
  }
}

function fillObject(schema: unknown, text: string, depth: number): Record<string, unknown> {
  const properties = Object.entries(recordAt(schema, 'properties') ?? {})
  return Object.fromEntries(properties.map(([name, of]) => [name, fill(of, text, depth - 1)]))
}

function typeOf(schema: unknown): string {
  const single = textAt(schema, 'type')
  if (single !== '') return single
  const [first] = listAt(schema, 'type')
  if (typeof first === 'string') return first
  return recordAt(schema, 'properties') === null ? 'string' : 'object'
}

/** The value that the text names, else the first. */
function named(values: unknown[], text: string): unknown {
  const said = text.toLowerCase()
  const isSaid = (value: unknown) =>
    typeof value === 'string' && value !== '' && said.includes(value.toLowerCase())
  return values.find(isSaid) ?? values[0]
}

function numberIn(text: string): number {
  return Number(/-?\d{1,15}(?:\.\d{1,15})?/.exec(text)?.[0] ?? 0)
}
