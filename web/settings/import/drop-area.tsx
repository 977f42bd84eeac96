import { Upload } from 'lucide'
import { Icon } from '../../ui/icon.tsx'
import { t } from '#shared/translate.ts'

/** Takes one file. It lies over the whole area, so that a file may be dropped on it. */
export function DropArea({ onFile }: { onFile: (file: File) => void }) {
  return (
    <label className="relative mt-5 flex flex-col items-center gap-2 rounded-xl border border-dashed border-line-strong px-4 py-10 text-center text-sm hover:bg-sunken has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
      <input
        type="file"
        accept=".zip,.json,.jsonl"
        className="absolute inset-0 cursor-pointer opacity-0"
        onChange={({ target }) => {
          const [file] = target.files ?? []
          if (file !== undefined) onFile(file)
          target.value = ''
        }}
      />
      <Icon of={Upload} className="size-5 text-muted" />
      <span className="font-medium">{t`Choose an export`}</span>
      <span className="text-muted">{t`or drop it here`}</span>
    </label>
  )
}
