// Draws parts that grow at their end so that one more costs as much at the end of a long list as
// at the end of a short one: in groups, of which only the last ever changes. Each group is a box
// of its own, so that the browser need not look at all of them either.
import type { DocumentContext } from './document-context.ts'
import { GroupStarts, MAX_MOUNTED_GROUPS } from './group-starts.ts'
import { loadedExtras } from './lazy-extras.ts'
import { component, type ComponentType, type Host, list, memo, type VNode } from './vdom.ts'
import type { Groups, Windowed } from './windowed.ts'

interface Versioned {
  /** Names the content of the part, which stays the same object while it grows. */
  version: number
}

export interface GroupProps<Whole> {
  whole: Whole
  /** The index of its first part. */
  start: number
  /** Another one comes after it. */
  closed: boolean
  children: readonly VNode[]
}

interface Grouping<Part, Whole> {
  view: (part: Part, tight: boolean, context: DocumentContext) => VNode
  /** The most parts of a group. */
  size: number
  Group: ComponentType<GroupProps<Whole>>
  /** The length of the text in a part. */
  lengthOf: (part: Part) => number
  /** The estimated height of a part, in pixels. */
  heightOf: (part: Part) => number
  /** Whether what comes after this part belongs into the same group. */
  keepsNext?: (part: Part) => boolean
  space?: 'span' | 'tbody'
}

interface GroupedProps<Part, Whole> {
  parts: readonly Part[]
  tight: boolean
  /** The data of the whole that a group needs. */
  whole: Whole
  context: DocumentContext
}

export function grouped<Part extends Versioned, Whole>({
  view,
  Group,
  heightOf,
  space = 'span',
  size,
  lengthOf,
  keepsNext = () => false,
}: Grouping<Part, Whole>): ComponentType<GroupedProps<Part, Whole>> {
  return class Grouped {
    readonly #host: Host
    readonly #groups = new GroupStarts<Part>({ size, lengthOf, keepsNext })
    #windowed: Windowed | null = null

    constructor(host: Host) {
      this.#host = host
    }

    render({ parts, tight, whole, context }: GroupedProps<Part, Whole>): VNode {
      const starts = this.#groups.of(parts)
      const startOf = (group: number) => starts[group] ?? 0
      // The text is read on before what was read is drawn.
      const { length } = parts
      const endOf = (group: number) => starts[group + 1] ?? length
      return this.#draw({
        count: starts.length,
        heightOf: (group) => {
          return parts
            .slice(startOf(group), endOf(group))
            .reduce((height, part) => height + heightOf(part), 0)
        },
        space,
        draw: (group) => {
          const start = startOf(group)
          const end = endOf(group)
          const closed = end < length
          // The version of its last part says whether any of them changed.
          const version = parts[end - 1]?.version
          return memo([parts, tight, whole, start, end, closed, version], () => {
            const children = parts
              .slice(start, end)
              .map((part) => memo([part, part.version, tight], () => view(part, tight, context)))
            return component(Group, { whole, start, closed, children })
          })
        },
      })
    }

    drawn(): void {
      this.#windowed?.drawn()
    }

    removed(): void {
      this.#windowed?.removed()
    }

    #draw(groups: Groups): VNode {
      const { count, draw } = groups
      const extras = loadedExtras()
      if (count > MAX_MOUNTED_GROUPS && extras !== null) {
        this.#windowed ??= new extras.Windowed(this.#host)
      }
      if (this.#windowed !== null) return this.#windowed.drawGroups(groups)
      const numbers = [...Array(count).keys()]
      return list(numbers.map(draw), numbers)
    }
  }
}
