// Encodes a request's fingerprints as one line of text, compact and fast to parse: a long
// conversation has a thousand of them.
import type { PrefixItem, RequestPrefix } from '../../upstream/types.ts'

const KINDS: Record<string, PrefixItem['kind']> = {
  q: 'question',
  a: 'answer',
  c: 'tool_call',
  r: 'tool_result',
  t: 'reasoning',
}

const LETTERS = new Map(Object.entries(KINDS).map(([letter, kind]) => [kind, letter]))

const HASH_CHARS = 12

export function writePrefix(prefix: RequestPrefix): string {
  const { instructions, tools, format, headChars, items } = prefix
  const each = items.map(({ kind, hash, chars }) => `${LETTERS.get(kind) ?? ''}${hash}${chars}`)
  return [instructions, tools, format, headChars, ...each].join(' ')
}

export function readPrefix(text: string): RequestPrefix {
  const [instructions = '', tools = '', format = '', headChars = '0', ...each] = text.split(' ')
  return { instructions, tools, format, headChars: Number(headChars), items: each.map(readItem) }
}

function readItem(text: string): PrefixItem {
  return {
    kind: KINDS[text.charAt(0)] ?? 'question',
    hash: text.slice(1, 1 + HASH_CHARS),
    chars: Number(text.slice(1 + HASH_CHARS)),
  }
}
