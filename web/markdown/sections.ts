// Groups as boxes that the browser leaves out while they are off the screen.
import { OffscreenBox } from '../ui/use-offscreen.ts'
import type { List } from './blocks.ts'
import { directionOf } from './direction.ts'
import type { GroupProps } from './grouped.ts'
import { h, type Host, list, type VNode } from './vdom.ts'

abstract class GroupBox<Whole> {
  readonly #host: Host
  readonly #box = new OffscreenBox()
  #leavesOut = false

  constructor(host: Host) {
    this.#host = host
  }

  render(props: GroupProps<Whole>): VNode {
    this.#leavesOut = props.closed
    return this.draw(props)
  }

  protected abstract draw(props: GroupProps<Whole>): VNode

  drawn(): void {
    const node = this.#host.firstNode()
    if (this.#leavesOut && node instanceof HTMLElement) this.#box.leaveOut(node)
    else this.#box.keep()
  }

  removed(): void {
    this.#box.keep()
  }
}

export class Section extends GroupBox<null> {
  /** The beginning needs no box: most texts are no longer. */
  override render(props: GroupProps<null>): VNode {
    return props.start === 0 ? list(props.children) : super.render(props)
  }

  protected draw({ children }: GroupProps<null>): VNode {
    return h('div', { class: 'md-section' }, children)
  }
}

export class ListSection extends GroupBox<List> {
  protected draw({ whole, start, children }: GroupProps<List>): VNode {
    const attributes = {
      dir: directionOf(whole.children),
      class: start > 0 ? 'md-more' : null,
    }
    if (whole.start === null) return h('ul', attributes, children)
    const first = whole.start + start
    return h('ol', { ...attributes, start: first === 1 ? null : first }, children)
  }
}

export class RowGroup extends GroupBox<null> {
  protected draw({ children }: GroupProps<null>): VNode {
    return h('tbody', null, children)
  }
}
