import { ArrowDown } from 'lucide'
import { Icon } from '../ui/icon.tsx'
import { t } from '#shared/translate.ts'

export function JumpToLatest({ onJump }: { onJump: () => void }) {
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center">
      <button
        type="button"
        onClick={onJump}
        className="pointer-events-auto flex h-9 items-center gap-2 rounded-full border border-line bg-surface px-4 text-sm font-medium text-ink shadow-float transition hover:bg-sunken starting:translate-y-1 starting:opacity-0 pointer-coarse:h-11"
      >
        <Icon of={ArrowDown} className="size-4 text-accent" />
        {t`Jump to latest`}
      </button>
    </div>
  )
}
