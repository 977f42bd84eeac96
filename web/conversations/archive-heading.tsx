import { ArrowLeft } from 'lucide'
import { focusNow } from '../ui/focus-now.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { listView } from './list-view.ts'
import { t } from '#shared/translate.ts'

/** Above the archived conversations, with the way back. */
export function ArchiveHeading() {
  return (
    <div className="flex items-center gap-1 pb-2">
      <IconButton label={t`Back to conversations`} onClick={() => listView.showArchive(false)}>
        <Icon of={ArrowLeft} />
      </IconButton>
      <h2 ref={focusNow} tabIndex={-1} className="text-sm font-medium outline-none">
        {t`Archived`}
      </h2>
    </div>
  )
}
