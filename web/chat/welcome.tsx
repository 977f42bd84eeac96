import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { conversationsQuery, modelsQuery } from '../api/queries.ts'
import { visibleText } from '#shared/visible-text.ts'
import { Link } from '../router.tsx'
import { QUESTIONS } from './example-questions.ts'
import { language, t } from '#shared/translate.ts'

interface Example {
  description: string
  ask: string
  agent: string
}

const EXAMPLES: Example[] = [
  {
    description: t`Start here`,
    ask: QUESTIONS.start,
    agent: 'assistant',
  },
  {
    description: t`Get a refund from the sample shop`,
    ask: QUESTIONS.refund,
    agent: 'triage',
  },
  {
    description: t`Watch two tools work`,
    ask: QUESTIONS.tools,
    agent: 'assistant',
  },
  {
    description: t`Let two researchers work for a writer`,
    ask: QUESTIONS.write,
    agent: 'writer',
  },
  {
    description: t`Get an answer as data`,
    ask: QUESTIONS.weather,
    agent: 'weather',
  },
  {
    description: t`See an answer take shape`,
    ask: QUESTIONS.markdown,
    agent: 'assistant',
  },
]

const MAX_RECENT = 6

/** The content of a new chat until the first message. */
export function Welcome({ onAsk }: { onAsk: (text: string, agent: string) => void }) {
  const models = useQuery(modelsQuery())
  const isDemo = models.data?.default?.provider === 'demo'
  return (
    // Its top stays where it is whatever comes below it.
    <div className="w-full py-4 sm:pt-[max(1rem,12dvh)]">
      <h2 className="text-2xl font-semibold tracking-tight text-balance">
        {t`What do you want to know?`}
      </h2>
      <p className="mt-2 text-muted">
        {t`You see every tool the assistant uses while it works, and what each answer costs.`}
      </p>
      {isDemo && (
        <p className="mt-2 text-sm text-muted">
          {t`By default the demo answers, which is not a language model.`}{' '}
          <Link href="/settings/providers" className="text-ink underline underline-offset-2">
            {t`Connect a provider`}
          </Link>
        </p>
      )}
      {isDemo || models.isError ? (
        <Examples onAsk={onAsk} />
      ) : (
        models.data && <Recent otherwise={<Examples onAsk={onAsk} />} />
      )}
    </div>
  )
}

function Examples({ onAsk }: { onAsk: (text: string, agent: string) => void }) {
  return (
    <ul className={CARDS}>
      {EXAMPLES.map(({ ask, description, agent }) => (
        <li key={ask} className="flex">
          <button type="button" className={CARD} onClick={() => onAsk(ask, agent)}>
            <span className="text-xs text-muted">{description}</span>
            <span className="text-sm/5 font-medium">{ask}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** The newest conversations, once there are some. */
function Recent({ otherwise }: { otherwise: ReactNode }) {
  const list = useQuery(conversationsQuery())
  if (list.isPending) return null
  const items = list.data?.pages.flatMap((page) => page.items).slice(0, MAX_RECENT) ?? []
  if (items.length === 0) return otherwise
  return (
    <ul aria-label={t`Recent conversations`} className={CARDS}>
      {items.map(({ id, title, updatedAt }) => (
        <li key={id} className="flex min-w-0">
          <Link href={`/c/${id}`} className={CARD}>
            <span className="text-xs text-muted">{formatDay(updatedAt)}</span>
            <span className="truncate text-sm/5 font-medium" dir="auto">
              {visibleText(title)}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** The time of today, else the day. */
function formatDay(at: string): string {
  const date = new Date(at)
  return date.toDateString() === new Date().toDateString()
    ? date.toLocaleTimeString(language() === 'en' ? undefined : language(), { timeStyle: 'short' })
    : date.toLocaleDateString(language(), { weekday: 'short', month: 'short', day: 'numeric' })
}

const CARDS = 'mt-8 grid gap-2.5 sm:grid-cols-2'
const CARD =
  'flex w-full min-w-0 flex-col gap-1 rounded-xl border border-line bg-surface px-4 py-3 text-left transition-colors hover:border-line-strong hover:bg-sunken'
