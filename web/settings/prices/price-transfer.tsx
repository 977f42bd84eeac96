import { useMutation } from '@tanstack/react-query'
import { Download, Upload } from 'lucide'
import { useRef } from 'react'
import { PriceExport } from '#shared/prices.ts'
import { importPrices } from '../../api/prices.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useToast } from '../../ui/toast.tsx'
import { plural, t } from '#shared/translate.ts'

/** Exports custom prices to a file and imports them. */
export function PriceTransfer({ onImported }: { onImported: () => void }) {
  const fileInput = useRef<HTMLInputElement>(null)
  const showToast = useToast()
  const importing = useMutation({
    mutationFn: async (file: File) => {
      const read = PriceExport.safeParse(await readJson(file))
      if (!read.success) throw new Error(t`This file contains no prices exported from Tally.`)
      await importPrices({ ...read.data, replace: false })
      return read.data.overrides.length
    },
    onSuccess: (count) => {
      showToast({
        text: plural(count, { one: t`1 price imported.`, other: t`${count} prices imported.` }),
      })
      onImported()
    },
    onError: (error) => showToast({ text: error.message }),
  })
  return (
    <div className="flex flex-wrap gap-2">
      <a
        href={'/api/prices/export'}
        download
        className="inline-flex h-9 items-center gap-2 rounded-lg border border-line bg-surface px-3 text-sm font-medium hover:bg-sunken pointer-coarse:h-11"
      >
        <Icon of={Download} className="size-4" />
        {t`Export`}
      </a>
      <Button busy={importing.isPending} onClick={() => fileInput.current?.click()}>
        <Icon of={Upload} className="size-4" />
        {t`Import…`}
      </Button>
      <input
        ref={fileInput}
        type="file"
        accept="application/json,.json"
        aria-label={t`File with prices`}
        className="hidden"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          if (file !== undefined) importing.mutate(file)
          // Allows the same file to be chosen again.
          currentTarget.value = ''
        }}
      />
    </div>
  )
}

async function readJson(file: File): Promise<unknown> {
  try {
    return JSON.parse(await file.text())
  } catch {
    return null
  }
}
