import { useQuery } from '@tanstack/react-query'
import { modelsQuery } from '../api/queries.ts'
import { Link } from '../router.tsx'

interface Example {
  description: string
  ask: string
  agent: string
}

const EXAMPLES: Example[] = [
  {
    description: 'Start here',
    ask: 'What is Tally, and what can you do?',
    agent: 'assistant',
  },
  {
    description: 'Get a refund from the sample shop',
    ask: 'Refund order 1042',
    agent: 'triage',
  },
  {
    description: 'Watch two tools work',
    ask: 'What time is it, and what is 17.5 % of 1,240?',
    agent: 'assistant',
  },
  {
    description: 'Let two researchers work for a writer',
    ask: 'Write about budgets and receipts',
    agent: 'writer',
  },
  {
    description: 'Get an answer as data',
    ask: 'What is the weather in Oslo?',
    agent: 'weather',
  },
  {
    description: 'See an answer take shape',
    ask: 'Show me what Markdown can look like',
    agent: 'assistant',
  },
]

/** The content of a new chat until the first message. */
export function Welcome({ onAsk }: { onAsk: (text: string, agent: string) => void }) {
  return (
    <div className="m-auto w-full max-w-xl sm:py-8">
      <h2 className="text-2xl font-semibold tracking-tight text-balance">
        What do you want to know?
      </h2>
      <p className="mt-2 max-w-md text-muted">
        You see every tool the assistant uses while it works, and what each answer costs.
      </p>
      <ul className="mt-8 grid gap-2.5 sm:grid-cols-2">
        {EXAMPLES.map(({ ask, description, agent }) => (
          <li key={ask} className="flex">
            <button
              type="button"
              className="flex w-full flex-col gap-1 rounded-xl border border-line bg-surface px-4 py-3 text-left transition-colors hover:border-line-strong hover:bg-sunken"
              onClick={() => onAsk(ask, agent)}
            >
              <span className="text-xs text-muted">{description}</span>
              <span className="text-sm/5 font-medium">{ask}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="mt-6 min-h-12 text-sm text-muted">
        <ConnectHint />
      </p>
    </div>
  )
}

/** Names the default model, and links to the settings while no provider is connected. */
function ConnectHint() {
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
