import { ArrowUp, Square } from 'lucide'
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { StopMode } from '#shared/stop-run.ts'
import { Icon } from '../ui/icon.tsx'
import { lazyPart, Nothing } from '../ui/lazy-part.tsx'
import { tooLongHint } from '../ui/too-long-hint.ts'
import type { Attachment } from './attachment.ts'
import { useDraft, useFailure, useFiles } from './chat-context.ts'
import { COMPOSER_ID, focusComposer } from './focus-composer.ts'
import { t } from '#shared/translate.ts'

const ErrorActionButton = lazyPart(
  () => import('../ui/error-action-button.tsx'),
  'ErrorActionButton',
  {
    failed: Nothing,
  },
)
const QueueButtons = lazyPart(() => import('./queue-buttons.tsx'), 'QueueButtons', {
  failed: Nothing,
})
const PromptList = lazyPart(() => import('../prompts/prompt-list.tsx'), 'PromptList', {
  failed: Nothing,
})
const MoreStops = lazyPart(() => import('./more-stops.tsx'), 'MoreStops', { failed: Nothing })

interface ComposerProps {
  threadId: string
  running: boolean
  /** The run waits for a decision; a message ends the wait. */
  waiting: boolean
  stopping: boolean
  onSend: (text: string) => void
  /** Sends the text to the running agent. */
  onSteer: (text: string) => void
  onStop: (mode?: StopMode) => void
  /** What is attached. */
  attached: ReactNode
  /** Model and settings of what is sent. */
  tools: ReactNode
  /** A line about what is being written. */
  renderAbout: (text: string) => ReactNode
}

export function Composer(props: ComposerProps) {
  const {
    threadId,
    running,
    waiting,
    stopping,
    onSend,
    onSteer,
    onStop,
    attached,
    tools,
    renderAbout,
  } = props
  const [text, setText] = useDraft(threadId)
  const [choosing, setChoosing] = useState(false)
  const files = useFiles(threadId)
  const failure = useFailure(threadId)
  const field = useGrowingField(text)
  const reasonId = useId()
  const tooLong = tooLongHint(text) !== null
  const hasText = text.trim() !== ''
  const isAttached = files.every(({ info }) => info !== undefined)
  const hasContent = hasText || files.length > 0
  const endsWait = waiting && hasContent ? t`Sending ends the wait` : null
  const reason = isAttached ? (tooLongHint(text) ?? endsWait) : notAttached(files)
  const canSend = hasContent && isAttached && !tooLong
  // Files cannot be sent to a running agent.
  const canSteer = canSend && files.length === 0
  const queues = running && !waiting && hasContent
  const hasHint = reason !== null || queues

  const send = () => {
    field.current?.focus()
    if (canSend) onSend(text)
  }
  const steer = () => {
    field.current?.focus()
    if (canSteer) onSteer(text)
  }
  const stop = (mode?: StopMode) => {
    field.current?.focus()
    onStop(mode)
  }
  // A run that waits for a decision works on nothing: Escape leaves a field or a menu, and Stop ends the run.
  useEscape(running && !waiting, onStop)
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter chooses a word.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }

  return (
    <div className="relative mx-auto w-full max-w-3xl px-3 before:pointer-events-none before:absolute before:inset-x-0 before:bottom-full before:h-6 before:bg-[linear-gradient(transparent,var(--canvas))] pb-[max(0.25rem,env(safe-area-inset-bottom))] sm:px-6">
      {choosing && text[0] === '/' && (
        <PromptList field={field} text={text} onText={setText} onClose={() => setChoosing(false)} />
      )}
      {failure !== null && (
        <div
          role="alert"
          className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-xl bg-danger-soft py-2 pr-2 pl-3.5 text-sm text-danger"
        >
          <p className="min-w-0 grow basis-60 py-1 wrap-anywhere">{failure.message}</p>
          <ErrorActionButton code={failure.code} provider={failure.provider ?? null} />
        </div>
      )}
      <div
        className={`rounded-2xl border border-line bg-surface outline-ink/10 transition-colors has-[textarea:focus-visible]:border-line-strong has-[textarea:focus-visible]:outline-2 ${waiting ? '' : 'shadow-float'}`}
      >
        {attached}
        <textarea
          ref={field}
          id={COMPOSER_ID}
          aria-label={t`Message`}
          aria-describedby={hasHint ? reasonId : undefined}
          aria-invalid={tooLong || undefined}
          placeholder={t`Message, or / for prompts`}
          dir="auto"
          rows={1}
          value={text}
          className="block field-sizing-content max-h-[40dvh] min-h-12 w-full resize-none overflow-y-auto bg-transparent px-4 pt-3 pb-1 text-base/6 outline-none placeholder:text-muted"
          onChange={({ target: { value }, nativeEvent }) => {
            const composes = 'isComposing' in nativeEvent && nativeEvent.isComposing
            if (text === '') setChoosing(value === '/' && !composes)
            setText(value)
          }}
          onKeyDown={onKeyDown}
        />
        <div className="flex items-center gap-1 p-2">
          <div
            data-queues={queues || undefined}
            className="group/tools flex min-w-0 items-center gap-0.5"
          >
            {tools}
          </div>
          <span className="ml-auto" />
          {queues && <QueueButtons {...{ canSend, canSteer }} onSteer={steer} onQueue={send} />}
          {running && !stopping && (
            <div className={queues ? 'max-sm:hidden' : 'max-sm:-mx-1.5'}>
              <MoreStops onStop={stop} />
            </div>
          )}
          {running && (
            <RoundButton label={t`Stop`} quiet={waiting} disabled={stopping} onClick={() => stop()}>
              <Icon of={Square} className="size-3 fill-current" />
            </RoundButton>
          )}
          {(!running || (waiting && hasContent)) && (
            <RoundButton label={t`Send`} disabled={!canSend} onClick={send}>
              <Icon of={ArrowUp} className="size-4.5" />
            </RoundButton>
          )}
        </div>
      </div>
      <div className="min-h-5 text-xs/5">
        {!running && !tooLong && isAttached && renderAbout(text)}
        {hasHint && (
          <p id={reasonId} className={`px-3 text-right ${tooLong ? 'text-danger' : 'text-muted'}`}>
            {reason ?? t`Enter queues`}
          </p>
        )}
      </div>
    </div>
  )
}

function notAttached(files: readonly Attachment[]): string {
  return files.some(({ error }) => error !== undefined)
    ? t`Remove what could not be attached`
    : t`Waiting for the upload`
}

interface RoundButtonProps {
  label: string
  /** Something else on the page asks for attention. */
  quiet?: boolean
  disabled: boolean
  onClick: () => void
  children: ReactNode
}

function RoundButton({ label, quiet = false, disabled, onClick, children }: RoundButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      disabled={disabled}
      className={`ml-1 flex size-9 shrink-0 items-center justify-center rounded-full transition-colors disabled:bg-line disabled:text-muted pointer-coarse:size-11 ${quiet ? 'border border-line hover:bg-sunken' : 'bg-accent text-on-accent brighten'}`}
      onClick={onClick}
    >
      {children}
    </button>
  )
}

/** Grows with its text by CSS; where the browser cannot do that, by measuring. */
function useGrowingField(text: string) {
  const field = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => {
    const element = field.current
    if (element === null || globalThis.CSS?.supports('field-sizing', 'content')) return
    element.style.height = 'auto'
    if (text !== '') element.style.height = `${element.scrollHeight}px`
  }, [text])
  useLayoutEffect(() => {
    focusComposer()
  }, [])
  return field
}

/** Escape in a field of an approval or a question is meant for that field. */
function isOtherField(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.id !== COMPOSER_ID &&
    target.matches('textarea, input:not([type=radio], [type=checkbox])')
  )
}

/** Calls back on Escape, unless that closes a dialog or a popover. */
function useEscape(active: boolean, onEscape: () => void): void {
  useEffect(() => {
    if (!active) return
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
      if (isOtherField(event.target)) return
      if (document.querySelector('dialog[open], :popover-open') === null) onEscape()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [active, onEscape])
}
