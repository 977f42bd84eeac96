import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
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

/** Custom prices and the source of list prices. */
export function PricesSection() {
  const book = useQuery(pricesQuery())
  if (book.isPending) return <Skeleton className="h-48 w-full" />
  if (book.data === undefined) {
    return (
      <ErrorState
        title="Prices could not be loaded"
        error={book.error}
        onRetry={() => void book.refetch()}
      />
    )
  }
  return <Book book={book.data} />
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
  const providers = useQuery(modelsQuery()).data?.items.map(({ name }) => name) ?? []
  // The model picker and request estimates show prices, too.
  const reload = () => client.invalidateQueries()

  const save = async (price: SetPrice) => {
    await savePrice(edited?.id ?? null, price)
    await reload()
    showToast({
      text: 'New requests use this price. Earlier requests keep theirs.',
      action: { label: 'Reprice…', run: () => setRepricing(true) },
    })
  }
  const remove = async ({ id, ...price }: PriceOverride) => {
    await removePrice(id)
    await reload()
    showToast({
      text: `The price for ${price.modelPattern} is removed.`,
      action: { label: 'Undo', run: () => void savePrice(null, toSet(price)).then(reload) },
    })
  }

  return (
    <div className="space-y-8">
      <header className="flex flex-wrap items-center gap-2">
        <h2 className="mr-auto text-lg font-semibold tracking-tight">Prices</h2>
        <Button onClick={() => setRepricing(true)}>Reprice…</Button>
        <Button variant="primary" onClick={() => setEdited({ id: null, start: newPrice('', '') })}>
          Add a price
        </Button>
      </header>
      <OverrideTable
        overrides={book.overrides}
        onEdit={(price) => setEdited({ id: price.id, start: toPriceForm(price) })}
        onRemove={(price) =>
          void remove(price).catch((error: Error) => showToast({ text: error.message }))
        }
      />
      <PriceTransfer onImported={() => void reload()} />
      <BatchTable />
      <Disagreements book={book} />
      {edited !== null && (
        <PriceDialog
          title={edited.id === null ? 'Add a price' : 'Edit price'}
          start={edited.start}
          providers={providers}
          onSave={save}
          onClose={() => setEdited(null)}
        />
      )}
      {isRepricing && (
        <RepriceDialog
          providers={providers}
          onStarted={() => void reload()}
          onClose={() => setRepricing(false)}
        />
      )}
    </div>
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
