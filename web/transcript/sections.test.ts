import { expect, test } from 'vitest'
import { type Sectioned, sectioned } from './sections.ts'
import type { ThreadRow } from './thread-row.ts'

/** Messages are named by their number in the conversation. */
function rows(from: number, to: number): ThreadRow[] {
  return Array.from({ length: to - from }, (_, index) => {
    const key = String(from + index)
    return { key, live: null, siblingIds: [], message: { id: key } as ThreadRow['message'] }
  })
}

/** The first and last message of each section, as one thread after the other is shown. */
function shown(...threads: ThreadRow[][]) {
  let before: Sectioned | undefined
  return threads.map((thread) => {
    before = sectioned(thread, before)
    const ends = before.sections.map(
      (section) => [section.number, `${section.rows[0]?.key}–${section.rows.at(-1)?.key}`] as const,
    )
    return Object.fromEntries(ends)
  })
}

test('a thread is cut into sections from its first message on', () => {
  expect(shown(rows(0, 60))).toEqual([{ 0: '0–24', 1: '25–49', 2: '50–59' }])
})

test('a message stays in its section while others come in above and below, and go above', () => {
  const [opened, longer, older, unloaded, again] = shown(
    rows(50, 100),
    rows(50, 102),
    rows(0, 102),
    rows(30, 102),
    rows(0, 102),
  )

  expect(opened).toEqual({ 0: '50–74', 1: '75–99' })
  expect(longer).toEqual({ ...opened, 2: '100–101' })
  expect(older).toEqual({ ...longer, '-2': '0–24', '-1': '25–49' })
  expect(unloaded).toEqual({ ...longer, '-1': '30–49' })
  expect(again).toEqual(older)
})

test('another branch continues where it leaves the first', () => {
  const other = rows(200, 210)

  expect(shown(rows(0, 60), [...rows(0, 40), ...other])[1]).toEqual({ 0: '0–24', 1: '25–209' })
})

test('another conversation begins anew', () => {
  expect(shown(rows(0, 30), rows(500, 510))[1]).toEqual({ 0: '500–509' })
})
