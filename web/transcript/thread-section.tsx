import type { ReactNode } from 'react'
import { useOffscreen } from '../ui/use-offscreen.ts'

interface ThreadSectionProps {
  /** Far above the end: laid out only while it is near the screen. */
  offscreen: boolean
  /** It was here before the reader could scroll. */
  opened: boolean
  children: ReactNode
}

/** Some messages of the thread, as one box that the browser may leave out. */
export function ThreadSection({ offscreen, opened, children }: ThreadSectionProps) {
  const box = useOffscreen<HTMLDivElement>(offscreen, opened)
  return (
    <div
      ref={box}
      className="[contain-intrinsic-height:auto_250rem] [contain:layout_style_paint] [overflow-clip-margin:1rem] data-far:[content-visibility:auto] [&:first-child>:first-child]:pt-0"
    >
      {children}
    </div>
  )
}
