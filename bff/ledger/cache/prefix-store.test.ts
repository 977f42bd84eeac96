import { expect, test } from 'vitest'
import type { RequestPrefix } from '../../upstream/types.ts'
import { readPrefix, writePrefix } from './prefix-store.ts'

test('fingerprints survive writing and reading', () => {
  const prefix: RequestPrefix = {
    instructions: 'abcdefghijkl',
    tools: 'mnopqrstuvwx',
    format: 'yz+/01234567',
    headChars: 4321,
    items: (['question', 'reasoning', 'tool_call', 'tool_result', 'answer'] as const).map(
      (kind, at) => ({ kind, hash: `hash${at}+/3456`.padEnd(12, '7'), chars: at * 1000 }),
    ),
  }

  expect(readPrefix(writePrefix(prefix))).toEqual(prefix)
  expect(readPrefix(writePrefix({ ...prefix, items: [] })).items).toEqual([])
})
