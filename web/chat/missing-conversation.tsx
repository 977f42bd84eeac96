import { Link } from '../router.tsx'
import { EmptyState } from '../ui/empty-state.tsx'

export function MissingConversation() {
  return (
    <div className="m-auto">
      <EmptyState title="There is no such conversation">
        It may have been deleted.{' '}
        <Link href="/" className="font-medium text-accent underline underline-offset-4">
          Start a new chat
        </Link>
      </EmptyState>
    </div>
  )
}
