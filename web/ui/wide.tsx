import '../pages.css'
import { type ReactNode, useEffect, useRef, useState } from 'react'

/** Scrolls sideways what is wider than the screen; then it is a stop for the keyboard too. */
export function Wide({ className = '', children }: { className?: string; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null)
  const [scrolls, setScrolls] = useState(false)

  useEffect(() => {
    const measure = () => {
      const box = ref.current
      if (box !== null) setScrolls(box.scrollWidth > box.clientWidth)
    }
    measure()
    addEventListener('resize', measure)
    return () => removeEventListener('resize', measure)
  }, [])

  return (
    <div ref={ref} {...(scrolls && { tabIndex: 0 })} className={`overflow-x-auto ${className}`}>
      {children}
    </div>
  )
}
