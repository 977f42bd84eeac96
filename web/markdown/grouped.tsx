// Draws parts that grow at their end in groups, so that one more part at the end of a long list
// costs as much as at the end of a short one. Only the last part of a list ever changes.
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
  const Group = memo(function Group({ parts, tight, start }: GroupProps<Part>) {
    return parts
      .slice(start, start + GROUP)
      .map((part, index) => <View key={index} part={part} version={part.version} tight={tight} />)
  })
  return function Grouped({ parts, tight }: GroupedProps<Part>) {
    return groupStarts(parts.length).map((start) => {
      const version = parts[Math.min(start + GROUP, parts.length) - 1]?.version ?? 0
      return <Group key={start} parts={parts} tight={tight} start={start} version={version} />
    })
  }
}

function groupStarts(length: number): number[] {
  return Array.from({ length: Math.ceil(length / GROUP) }, (_, group) => group * GROUP)
}
