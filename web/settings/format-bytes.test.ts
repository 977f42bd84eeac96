import { expect, test } from 'vitest'
import { formatBytes } from './format-bytes.ts'

test.each([
  [0, '0 kB'],
  [5, '0.1 kB'],
  [540, '0.5 kB'],
  [4_130_000, '4.1 MB'],
  [12_000_000_000, '12 GB'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})
