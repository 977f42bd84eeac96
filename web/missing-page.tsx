import type { ReactNode } from 'react'
import { Link } from './router.tsx'
import { EmptyState } from './ui/empty-state.tsx'
import { t } from '#shared/translate.ts'

export function MissingPage({ leading }: { leading: ReactNode }) {
  return (
    <main className="flex h-full flex-col">
      <header className="flex h-14 items-center px-3">{leading}</header>
      <div className="m-auto">
        <EmptyState title={t`There is nothing at this address`}>
          <Link href="/" className="font-medium text-accent underline underline-offset-4">
            {t`Start a new chat`}
          </Link>
        </EmptyState>
      </div>
    </main>
  )
}
