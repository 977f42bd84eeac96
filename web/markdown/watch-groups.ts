// Finds the groups that are near the view each time that the edge of one passes it.
import type { GroupHeights } from './group-heights.ts'
import { type GroupRange, NO_GROUPS } from './group-range.ts'
import { SearchableGroups, type Space } from './searchable-groups.ts'

export { SearchableGroups }

const MARGIN_PX = 1_500

type FindSpace = (start: number) => Node | null

interface View {
  top: number
  bottom: number
}

/** A space, for groups that are not mounted, or one that is. */
interface Box extends GroupRange {
  element: Element
  isSpace: boolean
}

export function watchGroups(
  ranges: readonly GroupRange[],
  spaceAt: FindSpace,
  heights: GroupHeights,
  onNear: (near: GroupRange) => void,
): () => void {
  const boxes = boxesOf(ranges, spaceAt)
  const root = boxes[0]?.element.closest('[role=log]') ?? null
  const inside = new Set<Element>()
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) inside.add(target)
        else inside.delete(target)
      }
      const view = entries[0]?.rootBounds ?? null
      // Distant boxes are not measured: the browser may have skipped their layout.
      onNear(view !== null && inside.size > 0 ? nearTo(view, boxes, heights) : NO_GROUPS)
    },
    { root, rootMargin: `${MARGIN_PX}px 0px` },
  )
  for (const { element } of boxes) observer.observe(element)
  return () => observer.disconnect()
}

export function spacesOf(ranges: readonly GroupRange[], spaceAt: FindSpace): Space[] {
  return ranges.flatMap(({ start }, index) => {
    const before = ranges[index - 1]
    const element = before && spaceAt(before.end)
    return before && element instanceof Element ? [{ element, start: before.end, end: start }] : []
  })
}

/** Each group but the first is one element, so they are found beside the spaces. */
function boxesOf(ranges: readonly GroupRange[], spaceAt: FindSpace): Box[] {
  const boxes: Box[] = []
  ranges.forEach(({ start }, index) => {
    const before = ranges[index - 1]
    const space = before && spaceAt(before.end)
    if (before === undefined || !(space instanceof Element)) return
    if (index === 1) boxes.push(...mounted(space, 'previousElementSibling', before.end - 1, 1))
    boxes.push({ element: space, isSpace: true, start: before.end, end: start })
    const { end } = ranges[index] ?? before
    boxes.push(...mounted(space, 'nextElementSibling', start, end - 1))
  })
  return boxes
}

function mounted(
  beside: Element,
  next: 'nextElementSibling' | 'previousElementSibling',
  first: number,
  last: number,
): Box[] {
  const boxes: Box[] = []
  const step = first <= last ? 1 : -1
  let element = beside[next]
  const count = next === 'nextElementSibling' ? last - first + 1 : first - last + 1
  for (let index = 0; index < count && element !== null; index += 1) {
    const start = first + index * step
    boxes.push({ element, isSpace: false, start, end: start + 1 })
    element = element[next]
  }
  return boxes
}

function nearTo(view: View, boxes: readonly Box[], heights: GroupHeights): GroupRange {
  const placed = boxes.map((box) => ({ ...box, rect: box.element.getBoundingClientRect() }))
  const near: number[] = []
  const seen = placed.filter(({ isSpace }) => !isSpace)
  for (const { start, rect } of seen) if (isIn(view, rect)) near.push(start)
  for (const { isSpace, start, end, rect } of placed) {
    if (!isSpace || !isIn(view, rect)) continue
    let top = rect.top
    for (let group = start; group < end && top < view.bottom; group += 1) {
      const bottom = top + heights.of(group)
      if (isIn(view, { top, bottom })) near.push(group)
      top = bottom
    }
  }
  heights.measure(new Map(seen.map(({ start, rect }) => [start, rect.height])))
  return firstRun(near)
}

/** A browser says of all that is lower than it can lay out that it is in one place, which can be the view. */
function firstRun(groups: readonly number[]): GroupRange {
  const [start, ...rest] = groups.toSorted((a, b) => a - b)
  if (start === undefined) return NO_GROUPS
  let end = start + 1
  for (const group of rest) {
    if (group > end) break
    end = group + 1
  }
  return { start, end }
}

function isIn(view: View, { top, bottom }: View): boolean {
  return bottom > view.top && top < view.bottom
}
