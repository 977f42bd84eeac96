import type { ReactNode } from 'react'

interface EmptyStateProps {
  title: string
  children?: ReactNode
}

export function EmptyState({ title, children }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-1 px-4 py-10 text-center text-sm">
      <p className="font-medium text-ink">{title}</p>
      {children !== undefined && <div className="max-w-sm text-balance text-muted">{children}</div>}
    </div>
  )
}
