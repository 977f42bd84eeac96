// Draws parts that grow at their end so that one more costs as much at the end of a long list as
// at the end of a short one: in groups, of which only the last ever changes. Each group is a box
// of its own, so that the browser need not look at all of them either.
import { type ComponentType, memo, type ReactNode, useState } from 'react'
import { GroupStarts } from './group-starts.ts'
import { useWindowed } from './use-windowed.tsx'

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
  /** Of the text in a part. */
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
  {
    size,
    Group,
    lengthOf,
    heightOf,
    keepsNext = () => false,
    space = 'span',
  }: Grouping<Part, Whole>,
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
    const [groups] = useState(() => new GroupStarts<Part>({ size, lengthOf, keepsNext }))
    const starts = groups.of(parts)
    const endOf = (index: number) => starts[index + 1] ?? parts.length
    return useWindowed({
      count: starts.length,
      heightOf: (index) => {
        return parts
          .slice(starts[index], endOf(index))
          .reduce((height, part) => height + heightOf(part), 0)
      },
      space,
      draw: (index) => {
        const end = endOf(index)
        return (
          <Slice
            key={index}
            {...common}
            parts={parts}
            start={starts[index] ?? 0}
            end={end}
            closed={end < parts.length}
            version={parts[end - 1]?.version ?? 0}
          />
        )
      },
    })
  }
}
