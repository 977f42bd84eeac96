import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'

export interface ToastContent {
  text: string
  action?: { label: string; run: () => void }
}
interface Toast extends ToastContent {
  id: number
}

interface Board {
  toasts: Toast[]
  dismiss: (id: number) => void
  /** The regions of open modals, the topmost last: what lies behind a modal cannot be reached. */
  regions: string[]
  addRegion: (id: string) => () => void
}

const ShowToast = createContext<(content: ToastContent) => void>(() => {})
const ToastBoard = createContext<Board | null>(null)

const SHOWN_AT_ONCE = 3
const SHOWN_FOR_MS = 8000

/** Shows a short message, with at most one action, that goes away by itself. */
export function useToast() {
  return use(ShowToast)
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([])
  const [regions, setRegions] = useState<string[]>([])
  const lastId = useRef(0)

  const show = useCallback((content: ToastContent) => {
    lastId.current += 1
    const toast = { ...content, id: lastId.current }
    setToasts((shown) => [...shown, toast].slice(-SHOWN_AT_ONCE))
  }, [])
  const dismiss = useCallback(
    (id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id)),
    [],
  )
  const addRegion = useCallback((id: string) => {
    setRegions((open) => [...open, id])
    return () => setRegions((open) => open.filter((region) => region !== id))
  }, [])
  const board = useMemo(
    () => ({ toasts, dismiss, regions, addRegion }),
    [toasts, dismiss, regions, addRegion],
  )

  return (
    <ShowToast value={show}>
      <ToastBoard value={board}>
        {children}
        <Region toasts={regions.length === 0 ? toasts : []} dismiss={dismiss} />
      </ToastBoard>
    </ShowToast>
  )
}

/** Where toasts appear while the modal that holds it is the topmost. */
export function ToastRegion() {
  const board = use(ToastBoard)
  const id = useId()
  const addRegion = board?.addRegion
  useEffect(() => addRegion?.(id), [addRegion, id])
  if (board === null) return null
  return <Region toasts={board.regions.at(-1) === id ? board.toasts : []} dismiss={board.dismiss} />
}

function Region({ toasts, dismiss }: Pick<Board, 'toasts' | 'dismiss'>) {
  return (
    <output className="pointer-events-none fixed inset-x-3 top-3 z-50 flex flex-col gap-2 sm:inset-x-auto sm:top-auto sm:bottom-4 sm:left-4">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} onDone={dismiss} />
      ))}
    </output>
  )
}

function ToastCard({ toast, onDone }: { toast: Toast; onDone: (id: number) => void }) {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => onDone(toast.id), SHOWN_FOR_MS)
    return () => clearTimeout(timer)
  }, [held, onDone, toast.id])

  return (
    <div
      className="pointer-events-auto flex items-center gap-4 rounded-xl bg-ink px-4 py-2 has-[button]:pr-2 text-sm text-canvas shadow-float transition duration-150 starting:translate-y-2 starting:opacity-0"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p className="mr-auto max-w-xs min-w-0 py-1 wrap-anywhere">{toast.text}</p>
      {toast.action !== undefined && (
        <button
          type="button"
          className="h-8 rounded-lg px-3 font-semibold underline underline-offset-4 outline-canvas hover:bg-canvas/15 pointer-coarse:h-11"
          onClick={() => {
            onDone(toast.id)
            toast.action?.run()
          }}
        >
          {toast.action.label}
        </button>
      )}
    </div>
  )
}
