// Long answers and lists in parts that the browser leaves out while they are off the screen.
import type { ReactNode } from 'react'
import { useFar } from '../ui/use-far.ts'
import type { GroupProps } from './grouped.tsx'

/** The beginning needs no box: most texts are no longer. */
export function Section({ start, closed, children }: GroupProps<null>): ReactNode {
  const box = useFar<HTMLDivElement>(closed && start > 0)
  if (start === 0) return children
  return (
    <div ref={box} className="md-section">
      {children}
    </div>
  )
}

/** `whole` is the number of the list's first item; null for a list of bullets. */
export function ListSection({ whole, start, closed, children }: GroupProps<number | null>) {
  const box = useFar<HTMLUListElement & HTMLOListElement>(closed)
  const className = start > 0 ? 'md-more' : undefined
  if (whole === null) {
    return (
      <ul ref={box} dir="auto" className={className}>
        {children}
      </ul>
    )
  }
  const first = whole + start
  return (
    <ol ref={box} dir="auto" start={first === 1 ? undefined : first} className={className}>
      {children}
    </ol>
  )
}
