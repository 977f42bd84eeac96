import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { OutputWithFiles } from '../../../runtime/output-with-files.ts'
import { NO_RUN } from '../../../runtime/run-context.ts'
import { callTool } from '../../../testing/call-tool.ts'
import { axisFor, formatValue } from '../chart/axis.ts'
import { makeChart } from './make-chart.ts'

const input = { title: null, kind: null, labels: null }

async function chart(asked: object) {
  const output = await callTool(makeChart, { ...input, ...asked }, NO_RUN)
  if (!(output instanceof OutputWithFiles)) throw new Error('no files')
  const [picture, table] = output.files
  if (picture === undefined || typeof picture.content === 'string') throw new Error('no picture')
  return { output: output.output, picture, table, png: Buffer.from(picture.content) }
}

/** The bytes of the pixels, without the filter of each row. */
function pixelsOf(png: Buffer): { width: number; at: (x: number, y: number) => number[] } {
  const width = png.readUInt32BE(16)
  const start = png.indexOf('IDAT') + 4
  const raw = inflateSync(png.subarray(start, start + png.readUInt32BE(start - 8)))
  const row = width * 3 + 1
  expect(raw.length).toBe(row * png.readUInt32BE(20))
  return { width, at: (x, y) => [...raw.subarray(y * row + 1 + x * 3, y * row + 4 + x * 3)] }
}

test('bars are as tall as their values, and the numbers come as a file', async () => {
  const { output, picture, table, png } = await chart({ values: [4, 8] })
  expect(output).toBe('Drawn.')
  expect(picture).toMatchObject({ name: 'chart.png', alt: 'Bar chart. 1: 4, 2: 8.' })
  expect(table).toEqual({
    name: 'chart.csv',
    content: 'label,value\r\n1,4\r\n2,8\r\n',
    send: 'name',
  })
  const { width, at } = pixelsOf(png)
  const tall = (x: number) =>
    Array.from({ length: 512 }, (_, y) => y).filter((y) => at(x, y).join() === '22,110,82').length
  const heights = [...new Set(Array.from({ length: width }, (_, x) => tall(x)))].toSorted(
    (a, b) => a - b,
  )
  expect(heights).toEqual([0, expect.any(Number), expect.any(Number)])
  expect(heights[2]).toBeGreaterThan(300)
  expect((heights[2] ?? 0) / (heights[1] ?? 1)).toBeCloseTo(2, 1)
})

test('a chart of letters that it cannot draw numbers them and says so', async () => {
  const labels = ['東京', '=SUM(A1)']
  const { output, picture, table } = await chart({ title: '気温', labels, values: [1, 2] })
  expect(output).toContain('other labels are numbered')
  expect(picture.name).toBe('気温.png')
  expect(picture.alt).toBe('Bar chart “気温”. 東京: 1, =SUM(A1): 2.')
  // A spreadsheet must not run it.
  expect(table?.content).toContain("'=SUM(A1),2")
})

test.each([
  { kind: 'line', values: [5] },
  { kind: 'line', values: [0, 0, 0] },
  { kind: 'bar', values: [-3, -7] },
  { kind: 'line', values: Array.from({ length: 200 }, (_, index) => index * 1e12) },
  { kind: 'bar', values: [1e300, -1e300] },
  { kind: 'bar', values: [1e-9, 2e-9], title: 'Wörter “und” …' },
])('%j is drawn', async (asked) => {
  const { png } = await chart(asked)
  expect(pixelsOf(png).width).toBe(1024)
})

test('labels must match the values', async () => {
  await expect(chart({ values: [1, 2], labels: ['a'] })).rejects.toThrow(
    'There are 2 values and 1 labels. Give one label for each value.',
  )
})

test('an axis has round numbers, and bars stand on zero', () => {
  expect(axisFor([3, 5, 8], true).ticks).toEqual([0, 2, 4, 6, 8])
  expect(axisFor([103, 108], false).ticks).toEqual([103, 104, 105, 106, 107, 108])
  expect([1234.5, 1_250_000, 0, 2e-9].map(formatValue)).toEqual([
    '1,234.5',
    '1.25M',
    '0',
    '2.00e-9',
  ])
})
