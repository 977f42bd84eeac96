import type { ReactNode } from 'react'
import { Boundary } from './ui/boundary.tsx'
import { Button } from './ui/button.tsx'
import { t } from '#shared/translate.ts'

/** Shown when a part of the page fails, or no longer exists after an update of Tally. */
export function PageBoundary({ children }: { children: ReactNode }) {
  return <Boundary fallback={<BrokenPage />}>{children}</Boundary>
}

function BrokenPage() {
  return (
    <main role="alert" className="flex h-full flex-col items-center justify-center gap-4 p-6">
      <div className="max-w-sm text-center">
        <h1 className="text-base font-semibold">{t`A part of this page could not be shown`}</h1>
        <p className="mt-1 text-sm text-muted">
          {t`Tally may have been updated or stopped. What you typed is kept, and answers go on without this page.`}
        </p>
      </div>
      <Button variant="primary" onClick={() => location.reload()}>
        {t`Reload the page`}
      </Button>
    </main>
  )
}
