import { afterEach, expect, test, vi } from 'vitest'
import { GroupHeights } from './group-heights.ts'
import type { GroupRange } from './group-range.ts'
import { watchGroups } from './watch-groups.ts'

afterEach(() => vi.unstubAllGlobals())

const VIEW = new DOMRect(0, 0, 1_280, 900)

test('only the groups beside each other are near, wherever the end is said to be', () => {
  const near = nearGroups([
    { start: 1, top: -8_000, isSpace: true },
    { start: 100, top: 0 },
    { start: 101, top: 400 },
    { start: 102, top: 900, isSpace: true },
    // The end of a text that is higher than a browser can lay out.
    { start: 5_000, top: 800 },
    { start: 5_001, top: 800 },
  ])

  expect(near).toEqual({ start: 100, end: 102 })
})

interface Placed {
  start: number
  top: number
  isSpace?: boolean
}

/** Draws the first group, and these; each is 400 px high. */
function nearGroups(placed: readonly Placed[]): GroupRange | null {
  let report: IntersectionObserverCallback = () => {}
  class Observer {
    constructor(callback: IntersectionObserverCallback) {
      report = callback
    }
    observe() {}
    disconnect() {}
  }
  vi.stubGlobal('IntersectionObserver', Observer)
  const box = document.createElement('div')
  box.append(document.createElement('span'))
  const spaces = new Map<number, Element>()
  for (const { start, top, isSpace } of placed) {
    const element = document.createElement('span')
    element.getBoundingClientRect = () => new DOMRect(0, top, 0, 400)
    box.append(element)
    if (isSpace) spaces.set(start, element)
  }
  const heights = new GroupHeights()
  heights.estimate(5_002, () => 400)
  let near: GroupRange | null = null
  const ranges = [
    { start: 0, end: 1 },
    { start: 100, end: 102 },
    { start: 5_000, end: 5_002 },
  ]
  const observed = (found: GroupRange) => (near = found)
  watchGroups(ranges, (start) => spaces.get(start) ?? null, heights, observed)
  const entries = [...box.children].map((target) => ({
    target,
    isIntersecting: true,
    rootBounds: VIEW,
  }))
  Reflect.apply(report, null, [entries])
  return near
}
