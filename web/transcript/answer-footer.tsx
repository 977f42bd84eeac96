import { ReceiptText, RotateCw } from 'lucide'
import type { Message } from '#shared/message.ts'
import { modelLabel } from '#shared/model-label.ts'
import { messageText } from '#shared/message-text.ts'
import { formatAmount, isImported } from '#shared/money.ts'
import { totalsSoFar } from '#shared/totals-so-far.ts'
import { visibleText } from '#shared/visible-text.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { lazyPart, Nothing } from '../ui/lazy-part.tsx'
import { BranchSwitcher } from './branch-switcher.tsx'
import { CopyButton } from './copy-button.tsx'
import { isWaiting } from './is-waiting.ts'
import { useConnected, useLive } from './live-message.ts'
import type { MessageActions } from './message-actions.ts'
import type { ThreadRow } from './thread-row.ts'
import { useQuiet } from './use-quiet.ts'
import { language, t } from '#shared/translate.ts'

const Counting = lazyPart(() => import('./counting.tsx'), 'Counting', { failed: Nothing })

const MessageTools = lazyPart(() => import('./message-tools.tsx'), 'MessageTools', {
  // As wide, so that nothing moves.
  fallback: () => (
    <span className="w-24 max-sm:w-8 pointer-coarse:w-33 max-sm:pointer-coarse:w-11" />
  ),
  failed: Nothing,
})
const RetryWith = lazyPart(() => import('./retry-with.tsx'), 'RetryWith', {
  fallback: () => <span className="w-4.5" />,
  failed: Nothing,
})

/** Seen on hover and focus, and always on touch. */
const QUIET =
  'opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100'

interface AnswerFooterProps {
  row: ThreadRow
  actions: MessageActions
  canRetry: boolean
  /** The buttons of an ending stand above those of the last answer. */
  isLast: boolean
}

/** Has the same height while the answer is written and afterwards, so that nothing moves. */
export function AnswerFooter({ row, actions, canRetry, isLast }: AnswerFooterProps) {
  const { message, live } = row
  const running = useLive(live, message, ({ status }) => status === 'running')
  return (
    <footer className="mt-2 -ml-2 flex min-h-8 flex-wrap items-center gap-x-1 text-xs text-muted pointer-coarse:min-h-11">
      {running && <Working row={row} />}
      <ReceiptButton row={row} onOpen={actions.openReceipt} />
      {row.counting && message.runId !== null && <Counting runId={message.runId} />}
      {!running && (
        <>
          <Facts message={message} />
          <span className="ml-auto flex items-center">
            {row.siblingIds.length > 0 && <MessageTools row={row} />}
            <span className={isLast ? 'flex' : `flex ${QUIET}`}>
              <CopyButton label={t`Copy`} text={messageText(message)} />
              {canRetry && (message.status === 'completed' || !isLast) && (
                <IconButton label={t`Try again`} onClick={() => actions.retry(message.id)}>
                  <Icon of={RotateCw} />
                </IconButton>
              )}
              {canRetry && row.siblingIds.length > 0 && (
                <RetryWith>{actions.renderRetryMenu(message)}</RetryWith>
              )}
            </span>
            <BranchSwitcher
              id={message.id}
              siblingIds={row.siblingIds}
              onSelect={actions.selectBranch}
            />
          </span>
        </>
      )}
    </footer>
  )
}

function Working({ row }: { row: ThreadRow }) {
  const connected = useConnected(row.live)
  const still = useLive(row.live, row.message, isWaiting)
  const quiet = useQuiet(row.live)
  if (still && connected) return null
  return (
    <span className="flex items-center gap-2 px-2">
      <span
        aria-hidden
        className={`size-2 rounded-full bg-accent ${quiet ? 'animate-pulse' : ''}`}
      />
      {connected ? (
        <span className="sr-only">{t`Answering`}</span>
      ) : (
        // A short gap is not shown: the next text is only late.
        <span className="opacity-100 transition-opacity delay-700 duration-300 starting:opacity-0">
          {row.live?.snapshot() == null
            ? t`Not sent yet: Tally does not answer. Trying again.`
            : t`Connection lost. Connecting again; nothing is lost.`}
        </span>
      )}
    </span>
  )
}

function ReceiptButton({ row, onOpen }: { row: ThreadRow; onOpen: (runId: string) => void }) {
  const amount = useLive(row.live, row.message, amountOf)
  const { runId } = row.live?.snapshot() ?? row.message
  if (amount === null || runId === null) return null
  return (
    <button
      type="button"
      aria-label={t`Receipt: ${amount}`}
      aria-haspopup="dialog"
      className="flex h-8 items-center gap-1.5 rounded-lg px-2 font-medium tabular-nums transition-colors hover:bg-sunken hover:text-ink pointer-coarse:h-11"
      onClick={() => onOpen(runId)}
    >
      <Icon of={ReceiptText} className="size-3.5" />
      {amount}
    </button>
  )
}

/** Null until a model was asked. */
function amountOf(message: Message): string | null {
  const totals = totalsSoFar(message)
  return totals === null || totals.calls === 0 ? null : formatAmount(totals)
}

const locale = language() === 'en' ? undefined : language()

let formats: { time: Intl.DateTimeFormat; dayAndTime: Intl.DateTimeFormat } | undefined

/** Made for the first complete answer: the first format of a page takes the browser 15 ms. */
function timeFormats() {
  formats ??= {
    time: new Intl.DateTimeFormat(locale, { timeStyle: 'short' }),
    dayAndTime: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }),
  }
  return formats
}

function Facts({ message }: { message: Message }) {
  const at = new Date(message.createdAt)
  const { time, dayAndTime } = timeFormats()
  return (
    <>
      {isImported(message.totals) && <span className="px-1">{t`Imported, no cost known`}</span>}
      {message.agent !== null && (
        <span className="max-w-40 truncate px-1 font-medium">{visibleText(message.agent)}</span>
      )}
      {message.model !== null && (
        <span className="max-w-48 truncate px-1">{modelLabel(message.model)}</span>
      )}
      {!Number.isNaN(at.valueOf()) && (
        <time
          dateTime={message.createdAt}
          title={dayAndTime.format(at)}
          className="px-1 max-sm:sr-only"
        >
          {time.format(at)}
        </time>
      )}
    </>
  )
}
