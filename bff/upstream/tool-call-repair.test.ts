import { expect, onTestFinished, test, vi } from 'vitest'
import { ToolCallRepair } from './tool-call-repair.ts'

function repaired(pieces: string[]): { indexes: unknown[]; reads: number } {
  const read = vi.spyOn(JSON, 'parse')
  onTestFinished(() => read.mockRestore())
  const repair = new ToolCallRepair(new Set())
  const indexes = pieces.map((text) => {
    const delta: Record<string, unknown> = { function: { name: 'write', arguments: text } }
    repair.repair(delta)
    return delta['index']
  })
  return { indexes, reads: read.mock.calls.length }
}

test('long arguments under a name that is repeated are not read again with every piece', () => {
  const pieces = ['{"text":"', ...Array.from({ length: 5000 }, () => 'word '), '"}']
  const { indexes, reads } = repaired(pieces)
  expect(new Set(indexes)).toEqual(new Set([0]))
  expect(reads).toBeLessThan(3)
})

test('not even when every piece looks like the last one', () => {
  const pieces = ['{"text":"', ...Array.from({ length: 300 }, () => `${'x'.repeat(1000)}}`)]
  const { indexes, reads } = repaired(pieces)
  expect(new Set(indexes)).toEqual(new Set([0]))
  expect(reads).toBeLessThan(150)
})

test('a name after complete arguments begins another call', () => {
  expect(repaired(['{"a":', '1}\n', '{"a":2}']).indexes).toEqual([0, 0, 1])
})
