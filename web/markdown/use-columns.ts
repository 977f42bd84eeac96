import { type RefObject, useEffect, useRef } from 'react'

/** Few tables are so long that what keeps their columns has to be there. */
export function useColumns(long: boolean): RefObject<HTMLTableElement | null> {
  const table = useRef<HTMLTableElement>(null)
  useEffect(() => {
    const { current } = table
    if (!long || current === null) return
    let stop: (() => void) | null = null
    // Without it the table is drawn as any other.
    const kept = import('./keep-columns.ts').then(
      ({ keepColumns }) => (stop = keepColumns(current)),
      () => {},
    )
    return () => void kept.then(() => stop?.())
  }, [long])
  return table
}
