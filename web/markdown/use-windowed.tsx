// Mounts only the groups of a long text that are near the view, and the first and the last of them.
// Space of their height stands for the rest: as it was when they were mounted, else estimated.
import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { GroupHeights } from './group-heights.ts'
import { type GroupRange, mountedRanges, NO_GROUPS } from './group-range.ts'
import { watchGroups } from './watch-groups.ts'

/** Shorter texts are mounted whole: the browser leaves out what is off the screen by itself. */
const MAX_MOUNTED = 8

interface Windowed {
  count: number
  /** The estimated height of a group, in pixels. */
  heightOf: (group: number) => number
  draw: (group: number) => ReactNode
  /** What stands between the groups. */
  space?: 'span' | 'tbody'
}

export function useWindowed({ count, heightOf, draw, space = 'span' }: Windowed): ReactNode[] {
  const [near, setNear] = useState<GroupRange>(NO_GROUPS)
  const [heights] = useState(() => new GroupHeights())
  const spaces = useRef(new Map<number, HTMLElement>())
  const isLong = count > MAX_MOUNTED
  const ranges = useMemo(
    () => (isLong ? mountedRanges(count, near) : [{ start: 0, end: count }]),
    [isLong, count, near],
  )
  heights.estimate(isLong ? count : 0, heightOf)

  useLayoutEffect(() => {
    if (isLong) return watchGroups(ranges, spaces.current, heights, setNear)
  }, [isLong, ranges, heights])

  return ranges.flatMap(({ start, end }, index) => {
    const groups = Array.from({ length: end - start }, (_, offset) => draw(start + offset))
    const before = ranges[index - 1]
    if (before === undefined) return groups
    const height = heights.between(before.end, start)
    return [drawSpace(before.end, height), ...groups]
  })

  function drawSpace(start: number, height: number): ReactNode {
    const key = `space ${start}`
    const ref = (element: HTMLElement | null) => {
      if (element === null) spaces.current.delete(start)
      else spaces.current.set(start, element)
    }
    if (space === 'span') {
      return <span key={key} ref={ref} aria-hidden className="md-space" style={{ height }} />
    }
    return (
      <tbody key={key} ref={ref} aria-hidden>
        <tr className="md-space" style={{ height }} />
      </tbody>
    )
  }
}
