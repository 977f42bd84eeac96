import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { PriceBook, PriceOverride, SetPrice } from '#shared/prices.ts'
import { pricesQuery, removePrice, savePrice } from '../../api/prices.ts'
import { modelsQuery } from '../../api/queries.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useToast } from '../../ui/toast.tsx'
import { BatchTable } from './batch-table.tsx'
import { Disagreements } from './disagreements.tsx'
import { OverrideTable } from './override-table.tsx'
import { PriceDialog } from './price-dialog.tsx'
import { newPrice, type PriceForm, toPriceForm } from './price-form.ts'
import { PriceTransfer } from './price-transfer.tsx'
import { RepriceDialog } from './reprice-dialog.tsx'
import { t } from '#shared/translate.ts'
import { rich } from '../../ui/rich.ts'
import { formatDay } from './format-day.ts'

/** Custom prices and the source of list prices. */
export function PricesSection() {
  const book = useQuery(pricesQuery())
  if (book.data !== undefined) return <Book book={book.data} />
  return (
    <>
      <h2 className="text-lg font-semibold tracking-tight">{t`Prices`}</h2>
      {book.isPending ? (
        <Skeleton className="mt-5 h-48 w-full" />
      ) : (
        <ErrorState
          title={t`Prices could not be loaded`}
          error={book.error}
          onRetry={() => void book.refetch()}
        />
      )}
    </>
  )
}

interface Edited {
  id: string | null
  start: PriceForm
}

function Book({ book }: { book: PriceBook }) {
  const client = useQueryClient()
  const showToast = useToast()
  const [edited, setEdited] = useState<Edited | null>(readAddress)
  const [isRepricing, setRepricing] = useState(false)
  const [isAdvanced, setAdvanced] = useState(false)
  const newest = book.base.newestPrice
  const providers = useQuery(modelsQuery()).data?.items.map(({ name }) => name) ?? []
  // The model picker and request estimates show prices, too.
  const reload = () => client.invalidateQueries()

  const save = async (price: SetPrice) => {
    await savePrice(edited?.id ?? null, price)
    await reload()
    showToast({
      text: t`New requests use this price. Earlier requests keep theirs.`,
      action: { label: t`Reprice…`, run: () => setRepricing(true) },
    })
  }
  const remove = async ({ id, ...price }: PriceOverride) => {
    await removePrice(id)
    await reload()
    showToast({
      text: t`The price for ${price.modelPattern} is removed.`,
      action: { label: t`Undo`, run: () => void savePrice(null, toSet(price)).then(reload) },
    })
  }

  return (
    <div className="space-y-5">
      <header className="flex flex-wrap items-center gap-2">
        <h2 className="mr-auto text-lg font-semibold tracking-tight">{t`Prices`}</h2>
        <Button variant="primary" onClick={() => setEdited({ id: null, start: newPrice('', '') })}>
          {t`Add a price`}
        </Button>
      </header>
      <p className="max-w-prose text-sm text-muted">
        {newest === null
          ? t`Models have the prices of the list that comes with Tally. Add your own where it has none or you pay another.`
          : rich`Models have the prices of the list that comes with Tally, the newest of ${<span className="whitespace-nowrap">{formatDay(newest)}</span>}. Add your own where it has none or you pay another.`}
      </p>
      <OverrideTable
        overrides={book.overrides}
        onEdit={(price) => setEdited({ id: price.id, start: toPriceForm(price) })}
        onRemove={(price) =>
          void remove(price).catch((error: Error) => showToast({ text: error.message }))
        }
      />
      <Advanced isOpen={isAdvanced} onToggle={setAdvanced}>
        <section aria-labelledby="reprice" className="space-y-3">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <div className="min-w-0 flex-1 basis-72">
              <h3 id="reprice" className="font-semibold">
                {t`Price earlier requests again`}
              </h3>
              <p className="text-sm text-muted">
                {t`A request keeps the price that it was made with. You see what would change first.`}
              </p>
            </div>
            <Button onClick={() => setRepricing(true)}>{t`Reprice…`}</Button>
          </div>
          <BatchTable />
        </section>
        <section aria-labelledby="price-transfer" className="space-y-3">
          <h3 id="price-transfer" className="font-semibold">
            {t`Export and import your prices`}
          </h3>
          <PriceTransfer onImported={() => void reload()} />
        </section>
        <Disagreements book={book} />
      </Advanced>
      {edited !== null && (
        <PriceDialog
          title={edited.id === null ? t`Add a price` : t`Edit price`}
          start={edited.start}
          providers={providers}
          onSave={save}
          onClose={() => setEdited(null)}
        />
      )}
      {isRepricing && (
        <RepriceDialog
          providers={providers}
          onStarted={() => {
            // How far it is stands there.
            setAdvanced(true)
            void reload()
          }}
          onClose={() => setRepricing(false)}
        />
      )}
    </div>
  )
}

interface AdvancedProps {
  isOpen: boolean
  onToggle: (isOpen: boolean) => void
  children: ReactNode
}

function Advanced({ isOpen, onToggle, children }: AdvancedProps) {
  return (
    <details
      className="border-t border-line pt-3"
      open={isOpen}
      onToggle={({ currentTarget }) => onToggle(currentTarget.open)}
    >
      <summary className="w-fit cursor-pointer rounded py-1 font-medium text-muted hover:text-ink">
        {t`Advanced`}
      </summary>
      <div className="space-y-8 pt-4">{children}</div>
    </details>
  )
}

/** Opens the dialog for the model in the address, where unpriced receipts link to. */
function readAddress(): Edited | null {
  const query = new URLSearchParams(location.search)
  const model = query.get('model')
  return model === null ? null : { id: null, start: newPrice(query.get('provider') ?? '', model) }
}

function toSet({
  version: _version,
  createdAt: _createdAt,
  ...price
}: Omit<PriceOverride, 'id'>): SetPrice {
  return price
}
