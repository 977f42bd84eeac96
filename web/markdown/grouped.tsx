// Draws parts that grow at their end so that one more costs as much at the end of a long list as
// at the end of a short one: all but the first few in groups. Only the last part ever changes.
import { type ComponentType, memo } from 'react'

/** Most lists are this short and need no groups. */
const ALONE = 8
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
  const draw = (parts: readonly Part[], tight: boolean) =>
    parts.map((part, index) => (
      <View key={index} part={part} version={part.version} tight={tight} />
    ))
  const Group = memo(function Group({ parts, tight, start }: GroupProps<Part>) {
    return draw(parts.slice(start, start + GROUP), tight)
  })
  return function Grouped({ parts, tight }: GroupedProps<Part>) {
    if (parts.length <= ALONE) return draw(parts, tight)
    const first = draw(parts.slice(0, ALONE), tight)
    const more = groupStarts(parts.length).map((start) => {
      const version = parts[Math.min(start + GROUP, parts.length) - 1]?.version ?? 0
      return <Group key={start} parts={parts} tight={tight} start={start} version={version} />
    })
    return [...first, ...more]
  }
}

function groupStarts(length: number): number[] {
  const groups = Math.ceil((length - ALONE) / GROUP)
  return Array.from({ length: groups }, (_, group) => ALONE + group * GROUP)
}
