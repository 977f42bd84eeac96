// Draws parts that grow at their end so that one more costs as much at the end of a long list as
// at the end of a short one: all but the first few in groups. Only the last part ever changes.
import { type ComponentType, memo } from 'react'

const GROUP = 32

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

interface GroupedProps<Part> {
  parts: readonly Part[]
  tight: boolean
}

interface GroupProps<Part> extends GroupedProps<Part> {
  start: number
  /** Of its last part, which says whether any of them changed. */
  version: number
}

export function grouped<Part extends Versioned>(view: ComponentType<PartProps<Part>>) {
  const View = memo(view)
  const drawFrom = (parts: readonly Part[], start: number, tight: boolean) =>
    parts
      .slice(start, start + GROUP)
      .map((part, index) => <View key={index} part={part} version={part.version} tight={tight} />)
  const Group = memo(function Group({ parts, tight, start }: GroupProps<Part>) {
    return drawFrom(parts, start, tight)
  })
  return function Grouped({ parts, tight }: GroupedProps<Part>) {
    const first = drawFrom(parts, 0, tight)
    if (parts.length <= GROUP) return first
    const more = groupStarts(parts.length).map((start) => {
      const version = parts[Math.min(start + GROUP, parts.length) - 1]?.version ?? 0
      return <Group key={start} parts={parts} tight={tight} start={start} version={version} />
    })
    return [...first, ...more]
  }
}

/** Where the groups after the first begin. */
function groupStarts(length: number): number[] {
  return Array.from({ length: Math.ceil(length / GROUP) - 1 }, (_, group) => (group + 1) * GROUP)
}
