import { useQuery } from '@tanstack/react-query'
import { usageQuery } from '../api/usage.ts'
import { Link } from '../router.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { formatRange, nearestRange, type Range, spanOf } from './range.ts'
import { isFiltered, ofDemo, unfiltered, type View, viewPath } from './view.ts'
import { t } from '#shared/translate.ts'

/** In the place of the figures of an empty range. Offers the next range that is not empty. */
export function NothingSpent({ view, now }: { view: View; now: Date }) {
  const when = formatRange(view.range)
  const everything = { ...view, range: { kind: 'last', days: null } as const }
  const ever = useQuery(
    usageQuery('day', { ...spanOf(everything.range, now), filter: view.filter }),
  )
  // While another scope is read, what was there stays, which is this range.
  const days = ever.isPlaceholderData ? [] : (ever.data?.groups ?? []).map(({ key }) => key)
  const next = nearestRange(days, view.range, now)
  const offer = next && <Offer view={{ ...view, range: next }} range={next} />
  if (isFiltered(view)) {
    return (
      <EmptyState title={when === '' ? t`Nothing like this` : t`Nothing like this ${when}`}>
        {offer}
        <Link href={viewPath(unfiltered(view))} className={LINK}>
          {t`Show everything`}
        </Link>
      </EmptyState>
    )
  }
  return (
    <EmptyState title={when === '' ? t`No usage yet` : t`Nothing ${when}`}>
      {offer ?? <OnlyDemo view={view} now={now} />}
    </EmptyState>
  )
}

/** Calls of the demo are no usage, but a user who tries Tally looks for them here. */
function OnlyDemo({ view, now }: { view: View; now: Date }) {
  const demo = ofDemo(view, true)
  const usage = useQuery(usageQuery('day', { ...spanOf(view.range, now), filter: demo.filter }))
  const isUsed = !usage.isPlaceholderData && (usage.data?.totals.calls ?? 0) > 0
  if (!isUsed || view.filter.demo !== undefined) {
    return t`Every model call is counted here, whatever it was for.`
  }
  return (
    <>
      {t`Only the demo has answered, and it bills nothing.`}{' '}
      <Link href={viewPath(demo)} className={LINK}>
        {t`Show its calls`}
      </Link>
    </>
  )
}

const LINK = 'text-accent underline underline-offset-4'

function Offer({ view, range }: { view: View; range: Range }) {
  return (
    <p>
      <Link href={viewPath(view)} className={LINK}>
        {t`Show the calls ${formatRange(range)}`}
      </Link>
    </p>
  )
}
