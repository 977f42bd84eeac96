import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import type { Reconciliation } from '#shared/reconcile.ts'
import { visibleText } from '#shared/visible-text.ts'
import { reconcileOpenAi, reconcileRows } from '../../api/usage.ts'
import { usageQuery } from '../../api/usage.ts'
import { Link } from '../../router.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Choice } from '../choice.tsx'
import type { ReadBill } from './bill.ts'
import { FileDrop } from './file-drop.tsx'
import { OpenAiForm } from './openai-form.tsx'
import { ProviderField } from './provider-field.tsx'
import { readFile } from './read-file.ts'
import { Result } from './result.tsx'
import { type Biller, billerName, providerOf } from './key-owner.ts'
import { language, plural, t } from '#shared/translate.ts'

interface ReconcilePageProps {
  /** The button that opens the sidebar, shown before the heading. */
  leading?: ReactNode
}

const WAYS = ['file', 'openai'] as const
const EVERYTHING = { from: null, to: null, filter: {} }

/** The source of the provider's amounts. */
type Bill =
  | { kind: 'file'; name: string; read: ReadBill }
  | { kind: 'openai'; from: string; to: string; adminKey: string }

export function ReconcilePage({ leading }: ReconcilePageProps) {
  const [way, setWay] = useState<(typeof WAYS)[number]>('file')
  useEffect(() => {
    document.title = t`Reconcile · Tally`
  }, [])
  return (
    <main className="h-full overflow-y-auto">
      <div className="mx-auto max-w-4xl space-y-6 px-4 pt-3 pb-16 sm:px-6">
        <header className="space-y-2">
          <div className="flex flex-wrap items-center gap-2">
            {leading}
            <h1 className="mr-auto text-xl font-semibold tracking-tight">{t`Reconcile`}</h1>
            <Choice
              legend={t`Compare with`}
              name="way"
              options={WAYS}
              chosen={way}
              label={(option) => (option === 'file' ? t`A file` : 'OpenAI')}
              onChoose={setWay}
              className="max-sm:order-last"
            />
          </div>
          <p className="max-w-prose text-sm text-muted">
            {t`What Tally counted next to what the provider billed, for each day and model.`}{' '}
            <Link
              href="/usage"
              className="whitespace-nowrap text-accent underline underline-offset-4"
            >
              {t`Back to usage`}
            </Link>
          </p>
        </header>
        <Comparison key={way} way={way} />
      </div>
    </main>
  )
}

function Comparison({ way }: { way: (typeof WAYS)[number] }) {
  const known = useProviders()
  const providers = known ?? []
  const [provider, setProvider] = useState<string | null | undefined>()
  const [bill, setBill] = useState<Bill | null>(null)
  // With gcTime 0 the key, a variable of the request, is dropped with it.
  const comparing = useMutation({ mutationFn: compare, gcTime: 0 })
  const reading = useMutation({ mutationFn: readFile, gcTime: 0 })

  const chosen = (of: Biller) => (provider === undefined ? providerOf(of, providers) : provider)
  const ask = (asked: Bill, of: string | null) => {
    setBill(asked.kind === 'file' ? asked : null)
    comparing.mutate({ bill: asked, provider: of })
  }
  const take = async (file: File) => {
    comparing.reset()
    setBill(null)
    const read = await reading.mutateAsync(file).catch(() => null)
    if (read !== null) ask({ kind: 'file', name: file.name, read }, chosen(read.source))
  }
  const choose = (name: string | null) => {
    setProvider(name)
    if (bill !== null) ask(bill, name)
  }
  const biller: Biller =
    way === 'openai' ? 'openai' : bill?.kind === 'file' ? bill.read.source : 'other'
  const field = <ProviderField providers={providers} chosen={chosen(biller)} onChoose={choose} />
  const error = reading.error ?? comparing.error
  return (
    <>
      <div className="space-y-4">
        {way === 'file' ? (
          <FileDrop
            busy={reading.isPending || comparing.isPending}
            chosen={bill?.kind === 'file' ? <FileFacts name={bill.name} read={bill.read} /> : null}
            onFile={(file) => void take(file)}
          />
        ) : (
          <OpenAiForm
            busy={comparing.isPending}
            onAsk={(asked) => ask({ kind: 'openai', ...asked }, chosen('openai'))}
          >
            {field}
          </OpenAiForm>
        )}
        {known?.length === 0 && (
          <p className="text-sm text-muted">
            {t`Tally has not made a paid request yet, so its side of a comparison is empty.`}
          </p>
        )}
        {bill !== null && field}
        {error !== null && (
          <div role="alert" className="rounded-lg bg-danger-soft px-4 py-3 text-sm text-danger">
            <p className="font-medium">
              {reading.error === null
                ? t`The comparison could not be made`
                : t`This file could not be read`}
            </p>
            <p>{error.message}</p>
          </div>
        )}
      </div>
      {comparing.isPending && comparing.data === undefined && <Comparing />}
      {comparing.data !== undefined && (
        <div aria-busy={comparing.isPending} className={comparing.isPending ? 'opacity-60' : ''}>
          <Result result={comparing.data} biller={billerName(biller)} />
        </div>
      )}
    </>
  )
}

function Comparing() {
  return (
    <output className="block space-y-4">
      <span className="sr-only">{t`Comparing`}</span>
      <Skeleton className="h-7 w-72" />
      <Skeleton className="h-64 w-full" />
    </output>
  )
}

function FileFacts({ name, read }: { name: string; read: ReadBill }) {
  const count = read.entries.toLocaleString(language())
  const biller = billerName(read.source)
  const entries =
    read.source === 'other'
      ? plural(read.entries, { one: t`1 entry`, other: t`${count} entries` })
      : plural(read.entries, {
          one: t`1 entry of ${biller}`,
          other: t`${count} entries of ${biller}`,
        })
  return (
    <p className="text-sm text-muted">
      <span className="font-medium text-ink wrap-anywhere">{visibleText(name)}</span>: {entries}
    </p>
  )
}

function compare({
  bill,
  provider,
}: {
  bill: Bill
  provider: string | null
}): Promise<Reconciliation> {
  if (bill.kind === 'openai') {
    const { kind: _kind, ...asked } = bill
    return reconcileOpenAi({ ...asked, provider })
  }
  const { first, last, rows } = bill.read
  return reconcileRows({ from: first, to: last, provider, rows })
}

/** Returns the providers in the ledger; null until they are known. */
function useProviders(): string[] | null {
  const usage = useQuery(usageQuery('provider', EVERYTHING))
  return usage.data?.groups.map(({ key }) => key) ?? null
}
