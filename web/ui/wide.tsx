import { type ReactNode, useRef } from 'react'
import { useFade } from './use-fade.ts'

/**
 * Scrolls sideways what is wider than the screen; then it is a stop for the keyboard too. What is hidden
 * from sight inside is placed by it: by the page, it would widen that.
 */
export function Wide({ className = '', children }: { className?: string; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null)
  const { scrolls, fade } = useFade(ref)
  return (
    <div
      className={`has-[>:focus-visible]:outline-2 has-[>:focus-visible]:outline-accent ${className}`}
    >
      <div
        ref={ref}
        {...(scrolls && { tabIndex: 0 })}
        className={`relative overflow-x-auto outline-none ${fade}`}
      >
        {children}
      </div>
    </div>
  )
}
