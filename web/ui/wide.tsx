import { type ReactNode, useRef } from 'react'
import { useFade } from './use-fade.ts'

/**
 * Scrolls wide content sideways and is focusable while it scrolls. It is the containing block of
 * visually hidden content, which would otherwise widen the page.
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
