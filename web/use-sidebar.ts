import { useState } from 'react'

const STORED = 'tally.sidebar'

/** Whether the sidebar of a wide screen is shown, remembered in this browser. */
export function useSidebar() {
  const [shown, setShown] = useState(() => stored() !== 'hidden')
  return {
    shown,
    setShown: (next: boolean) => {
      setShown(next)
      store(next ? 'shown' : 'hidden')
    },
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(STORED)
  } catch {
    return null
  }
}

function store(value: string): void {
  try {
    localStorage.setItem(STORED, value)
  } catch {
    // Then it lives as long as the page.
  }
}
