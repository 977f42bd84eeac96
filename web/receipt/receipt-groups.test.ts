import { expect, test } from 'vitest'
import { aCall } from '../testing/call.ts'
import { receiptGroups, remainder } from './receipt-groups.ts'

const shown = (calls: Parameters<typeof receiptGroups>[0]) =>
  receiptGroups(calls).map(({ label, calls: count, lines }) => [
    label,
    count,
    ...lines.map((line) => `${line.mark}${line.label} ${line.quantity} ${line.amountNanoUsd}`),
  ])

test('calls of one model are added up, line by line', () => {
  expect(shown([aCall({ id: '1' }), aCall({ id: '2', rawUsage: null })])).toEqual([
    [
      'gpt-5.6-luna',
      2,
      '≈Fresh input 4648 5810000',
      '≈Cached input 8192 1024000',
      '≈Output 1420 14200000',
    ],
  ])
})

test('several agents have lines of their own', () => {
  const labels = receiptGroups([aCall({ agent: 'writer' }), aCall({ agent: 'researcher' })])
  expect(labels.map(({ label }) => label)).toEqual([
    'writer · gpt-5.6-luna',
    'researcher · gpt-5.6-luna',
  ])
})

test('a price that changed in between keeps two lines', () => {
  const call = aCall({})
  const dearer = call.price && { ...call.price, outputPerMTok: call.price.outputPerMTok * 2 }
  const [group] = receiptGroups([call, aCall({ price: dearer })])
  expect(group?.lines.filter(({ kind }) => kind === 'output')).toHaveLength(2)
})

test('a line without a price has no amount, whatever the others have', () => {
  const unpriced = aCall({ price: null, costNanoUsd: null, certainty: 'unknown' })
  const [group] = receiptGroups([unpriced, unpriced])
  expect(group?.lines[0]).toMatchObject({ quantity: 4648, amountNanoUsd: null })
})

test('what no line explains is named', () => {
  const { costNanoUsd } = aCall({})
  expect(remainder([aCall({})])).toEqual({ nanoUsd: 0, label: 'Rounding' })
  const reported = aCall({ certainty: 'reported', costNanoUsd: (costNanoUsd ?? 0) + 83_123 })
  expect(remainder([aCall({}), reported])).toEqual({
    nanoUsd: 83_123,
    label: 'The provider’s amount less these lines',
  })
})
