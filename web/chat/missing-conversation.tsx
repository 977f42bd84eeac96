import { Link } from '../router.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { t } from '#shared/translate.ts'

export function MissingConversation() {
  return (
    <div className="m-auto">
      <EmptyState title={t`There is no such conversation`}>
        {t`It may have been deleted.`}{' '}
        <Link href="/" className="font-medium text-accent underline underline-offset-4">
          {t`Start a new chat`}
        </Link>
      </EmptyState>
    </div>
  )
}
