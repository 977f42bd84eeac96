// Mounts only the groups of a long text that are near the view, and the first and the last of them.
// Space of their height stands for the rest: as it was when they were mounted, else estimated.
import { GroupHeights } from './group-heights.ts'
import { type GroupRange, mountedRanges, NO_GROUPS } from './group-range.ts'
import { MAX_MOUNTED_GROUPS } from './group-starts.ts'
import type { SearchableGroups } from './searchable-groups.ts'
import { h, type Host, type Key, list, type VNode } from './vdom.ts'

export interface Groups {
  count: number
  /** The estimated height of a group, in pixels. */
  heightOf: (group: number) => number
  draw: (group: number) => VNode
  /** The element between the groups. */
  space?: 'span' | 'tbody'
}

export class Windowed {
  readonly #host: Host
  readonly #heights = new GroupHeights()
  #near = NO_GROUPS
  #count = 0
  /** Another object when others are mounted. */
  #ranges: readonly GroupRange[] = []
  #watched: readonly GroupRange[] | null = null
  #stopWatching: (() => void) | null = null
  #draw: Groups['draw'] = () => null
  #searchable: SearchableGroups | null = null

  constructor(host: Host) {
    this.#host = host
  }

  drawGroups({ count, heightOf, draw, space = 'span' }: Groups): VNode {
    this.#draw = draw
    if (count !== this.#count) this.#mount(count, this.#near)
    this.#heights.estimate(this.#isLong ? count : 0, heightOf)
    const keys: Key[] = []
    const children: VNode[] = []
    this.#ranges.forEach(({ start, end }, index) => {
      const before = this.#ranges[index - 1]
      if (before !== undefined) {
        keys.push(spaceKey(before.end))
        children.push(drawSpace(space, this.#heights.between(before.end, start)))
      }
      for (let group = start; group < end; group += 1) {
        keys.push(group)
        children.push(draw(group))
      }
    })
    return list(children, keys)
  }

  drawn(): void {
    if (this.#watched === this.#ranges) return
    this.#watched = this.#ranges
    this.#stopWatching?.()
    this.#stopWatching = null
    if (this.#isLong) void this.#watch(this.#ranges)
  }

  removed(): void {
    this.#watched = null
    this.#stopWatching?.()
    this.#searchable?.remove()
    this.#searchable = null
  }

  /** Few texts are long, so what watches their groups is loaded with the first. */
  async #watch(ranges: readonly GroupRange[]): Promise<void> {
    try {
      const { watchGroups, SearchableGroups, spacesOf } = await import('./watch-groups.ts')
      if (this.#watched !== ranges) return
      const spaceAt = (start: number) => this.#host.firstNode(spaceKey(start))
      this.#searchable ??= new SearchableGroups({
        draw: (group) => this.#draw(group),
        onFound: (group) => this.#show(group),
      })
      this.#searchable.update(spacesOf(ranges, spaceAt))
      this.#stopWatching = watchGroups(ranges, spaceAt, this.#heights, (near) => {
        if (near.start === this.#near.start && near.end === this.#near.end) return
        this.#mount(this.#count, near)
        this.#host.redraw()
      })
    } catch {
      // The next drawing tries again.
      this.#watched = null
    }
  }

  /**
   * The browser's search has found something in a group that is not mounted. It scrolls to where that was, so the
   * group is shown again after that.
   */
  #show(group: number, frames = 2): void {
    if (this.#watched === null) return
    this.#mount(this.#count, { start: Math.max(0, group - 1), end: group + 2 })
    this.#host.redraw()
    const shown = this.#host.firstNode(group)
    if (shown instanceof Element) shown.scrollIntoView({ block: 'center', behavior: 'instant' })
    if (frames > 0) requestAnimationFrame(() => this.#show(group, frames - 1))
  }

  get #isLong(): boolean {
    return this.#count > MAX_MOUNTED_GROUPS
  }

  #mount(count: number, near: GroupRange): void {
    this.#count = count
    this.#near = near
    this.#ranges = this.#isLong ? mountedRanges(count, near) : [{ start: 0, end: count }]
  }
}

function spaceKey(start: number): Key {
  return `space-${start}`
}

function drawSpace(space: 'span' | 'tbody', height: number): VNode {
  const attributes = { class: 'md-space', style: `height: ${height}px` }
  if (space === 'span') return h('span', { 'aria-hidden': 'true', ...attributes })
  return h('tbody', { 'aria-hidden': 'true' }, [h('tr', attributes)])
}
