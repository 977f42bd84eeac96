import { useState } from 'react'
import { readStored, writeStored } from './ui/stored.ts'

const STORED = 'tally.sidebar'

/** Whether the sidebar of a wide screen is open, stored in this browser. */
export function useSidebar() {
  const [shown, setShown] = useState(() => readStored(STORED) !== 'hidden')
  return {
    shown,
    setShown: (next: boolean) => {
      setShown(next)
      writeStored(STORED, next ? 'shown' : 'hidden')
    },
  }
}
