// Draws parts that grow at their end so that one more costs as much at the end of a long list as
// at the end of a short one: in groups, of which only the last ever changes. Each group is a box
// of its own, so that the browser need not look at all of them either.
import { type ComponentType, memo, type ReactNode } from 'react'

interface Versioned {
  version: number
}

export interface PartProps<Part> {
  /** Stays the same object while it grows. */
  part: Part
  /** Names the content of the part. */
  version: number
  tight: boolean
}

export interface GroupProps<Whole> {
  whole: Whole
  /** Of the first part in it. */
  start: number
  /** Another one comes after it. */
  closed: boolean
  children: ReactNode
}

interface Grouping<Part, Whole> {
  size: number
  Group: ComponentType<GroupProps<Whole>>
  /** Whether what comes after this part belongs into the same group. */
  keepsNext?: (part: Part) => boolean
}

interface GroupedProps<Part, Whole> {
  parts: readonly Part[]
  tight: boolean
  /** What a group needs to know of the whole. */
  whole: Whole
}

interface SliceProps<Part, Whole> extends GroupedProps<Part, Whole> {
  start: number
  end: number
  closed: boolean
  /** Of its last part, which says whether any of them changed. */
  version: number
}

export function grouped<Part extends Versioned, Whole>(
  view: ComponentType<PartProps<Part>>,
  { size, Group, keepsNext = () => false }: Grouping<Part, Whole>,
) {
  const View = memo(view)
  const Slice = memo(function Slice(props: SliceProps<Part, Whole>) {
    const { parts, tight, whole, start, end, closed } = props
    return (
      <Group whole={whole} start={start} closed={closed}>
        {parts.slice(start, end).map((part, index) => (
          <View key={index} part={part} version={part.version} tight={tight} />
        ))}
      </Group>
    )
  })
  return function Grouped({ parts, ...common }: GroupedProps<Part, Whole>) {
    const starts = startsOf(parts)
    return starts.map((start, index) => {
      const end = starts[index + 1] ?? parts.length
      const version = parts[end - 1]?.version ?? 0
      return (
        <Slice
          key={index}
          {...common}
          parts={parts}
          start={start}
          end={end}
          closed={end < parts.length}
          version={version}
        />
      )
    })
  }

  function startsOf(parts: readonly Part[]): number[] {
    const starts = [0]
    for (let start = size; start < parts.length; start += size) {
      const first = afterKept(parts, start)
      if (first < parts.length) starts.push(first)
    }
    return starts
  }

  function afterKept(parts: readonly Part[], start: number): number {
    let first = start
    while (first < start + size - 1 && isKept(parts[first - 1])) first += 1
    return first
  }

  function isKept(before: Part | undefined): boolean {
    return before !== undefined && keepsNext(before)
  }
}
