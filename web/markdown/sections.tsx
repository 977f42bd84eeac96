// Long answers and lists in parts that the browser leaves out while they are off the screen.
import type { ReactNode } from 'react'
import { useFar } from '../ui/use-far.ts'
import type { GroupProps } from './grouped.tsx'

/** The beginning needs no box: most texts are no longer. */
export function Section({ start, closed, children }: GroupProps<null>): ReactNode {
  const far = useFar(closed && start > 0)
  if (start === 0) return children
  return <div className={far ? 'md-section md-far' : 'md-section'}>{children}</div>
}

/** `whole` is the number of the list's first item; null for a list of bullets. */
export function ListSection({ whole, start, closed, children }: GroupProps<number | null>) {
  const far = useFar(closed)
  const classes = [start > 0 && 'md-more', far && 'md-far'].filter(Boolean).join(' ') || undefined
  if (whole === null) return <ul className={classes}>{children}</ul>
  const first = whole + start
  return (
    <ol start={first === 1 ? undefined : first} className={classes}>
      {children}
    </ol>
  )
}
