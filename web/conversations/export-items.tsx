import { Download } from 'lucide'
import { useState } from 'react'
import type { ExportFormat } from '#shared/export-format.ts'
import { Icon } from '../ui/icon.tsx'
import { MenuItem } from '../ui/menu-items.tsx'
import { savePath } from './save-path.ts'
import { t } from '#shared/translate.ts'

const FORMATS: { format: ExportFormat; label: string; about: string }[] = [
  { format: 'markdown', label: 'Markdown', about: t`The shown branch, to read` },
  { format: 'jsonl', label: 'JSONL', about: t`Everything that is stored` },
  { format: 'chatgpt', label: 'ChatGPT', about: t`For import into other chats` },
]

/** An item of a menu that unfolds the formats. The browser saves the file. */
export function ExportItems({ conversationId }: { conversationId: string }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <MenuItem icon={<Icon of={Download} />} expanded={open} onSelect={() => setOpen(!open)}>
        {t`Export`}
      </MenuItem>
      {open && (
        <fieldset ref={focusFirst} aria-label={t`Export`} className="pl-6.5">
          {FORMATS.map(({ format, label, about }) => (
            <MenuItem key={format} about={about} onSelect={() => save(conversationId, format)}>
              {label}
            </MenuItem>
          ))}
        </fieldset>
      )}
    </>
  )
}

function focusFirst(group: HTMLFieldSetElement | null): void {
  group?.querySelector('button')?.focus()
}

function save(conversationId: string, format: ExportFormat): void {
  savePath(`/api/conversations/${conversationId}/export?format=${format}`)
}
