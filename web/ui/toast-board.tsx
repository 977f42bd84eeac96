import { useEffect, useState } from 'react'
import { Store, useStore } from './store.ts'

export interface ToastContent {
  text: string
  action?: { label: string; run: () => void }
}
interface Toast extends ToastContent {
  id: number
}

const SHOWN_AT_ONCE = 3
const SHOWN_FOR_MS = 8000

/** The visible toasts and the open modals. */
export class ToastBoard extends Store {
  #toasts: Toast[] = []
  /** The open modals, topmost last. Everything behind a modal is inert. */
  #modals: string[] = []
  #lastId = 0

  readonly toasts = () => this.#toasts
  readonly topmost = () => this.#modals.at(-1) ?? null

  show(content: ToastContent): void {
    this.#lastId += 1
    this.#toasts = [...this.#toasts, { ...content, id: this.#lastId }].slice(-SHOWN_AT_ONCE)
    this.notify()
  }

  readonly dismiss = (id: number) => {
    this.#toasts = this.#toasts.filter((toast) => toast.id !== id)
    this.notify()
  }

  addModal(id: string): () => void {
    this.#modals = [...this.#modals, id]
    this.notify()
    return () => {
      this.#modals = this.#modals.filter((modal) => modal !== id)
      this.notify()
    }
  }
}

interface ToastsProps {
  board: ToastBoard
  /** The id of the modal that contains the toasts; null for the page. */
  modal: string | null
}

export function Toasts({ board, modal }: ToastsProps) {
  const toasts = useStore(board, board.toasts)
  const topmost = useStore(board, board.topmost)
  if (topmost !== modal) return null
  return toasts.map((toast) => <ToastCard key={toast.id} toast={toast} onDone={board.dismiss} />)
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
      className="pointer-events-auto flex items-center gap-4 rounded-xl bg-ink px-4 py-2 has-[button]:pr-2 text-sm text-canvas shadow-float transition duration-150 starting:-translate-y-2 starting:opacity-0"
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
