import { Check, MessageCircleDashed } from 'lucide'
import { Icon } from '../ui/icon.tsx'
import { t } from '#shared/translate.ts'

const PROMISES = [
  t`It is not in the list, and not in search, the export of everything, unread marks or the list of what waits.`,
  t`It is deleted for good when you close it: when you open another chat or a new one, or close the tab or the browser. An answer that is still being written is stopped. A reload keeps it.`,
  t`Agents, tools and files work as always. The provider gets your messages as in every chat, and what a tool has done stays done.`,
  t`What it costs counts in your budgets and stays in Usage, without any text.`,
]

/** The empty page of a temporary chat: what holds. */
export function TemporaryWelcome() {
  return (
    <div className="w-full py-4 sm:pt-[max(1rem,12dvh)]">
      <Icon of={MessageCircleDashed} className="size-8 text-accent" />
      <h2 className="mt-3 text-2xl font-semibold tracking-tight">{t`A chat that is not kept`}</h2>
      <ul className="mt-4 flex max-w-xl flex-col gap-2.5 text-sm/6 text-muted">
        {PROMISES.map((promise) => (
          <li key={promise} className="flex gap-2.5">
            <Icon of={Check} className="mt-1 size-4 shrink-0 text-accent" />
            {promise}
          </li>
        ))}
      </ul>
    </div>
  )
}
