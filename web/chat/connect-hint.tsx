import { useQuery } from '@tanstack/react-query'
import { modelsQuery } from '../api/queries.ts'
import { Link } from '../router.tsx'

/** What answers by default, and the way to something better, while nothing is connected. */
export function ConnectHint() {
  const models = useQuery(modelsQuery()).data
  if (models?.default?.provider !== 'demo') return null
  return (
    <>
      By default the demo answers, which is not a language model.{' '}
      <Link href="/settings/providers" className="text-ink underline underline-offset-2">
        Connect a provider
      </Link>
    </>
  )
}
