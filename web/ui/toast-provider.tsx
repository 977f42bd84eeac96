import { createContext, type ReactNode, useState } from 'react'
import { Coming } from './coming.ts'
import { useStore } from './store.ts'
import type { ToastBoard, Toasts } from './toast.tsx'

/** What shows toasts: loaded with the first part of the page that has something to say. */
interface ToastPart {
  board: ToastBoard
  Toasts: typeof Toasts
}

export const ToastContext = createContext<Coming<ToastPart> | null>(null)

export function ToastProvider({ children }: { children: ReactNode }) {
  const [coming] = useState(() => new Coming(loadToasts))
  const here = useStore(coming, coming.here)
  return (
    <ToastContext value={coming}>
      {children}
      {/* It stands here before it has anything to say, because only then is that read out. */}
      <output className={TOASTS}>{here && <here.Toasts board={here.board} modal={null} />}</output>
    </ToastContext>
  )
}

async function loadToasts(): Promise<ToastPart> {
  const { ToastBoard, Toasts } = await import('./toast.tsx')
  return { board: new ToastBoard(), Toasts }
}

export const TOASTS =
  'pointer-events-none fixed inset-x-3 top-3 z-50 flex flex-col gap-2 sm:inset-x-auto sm:top-auto sm:bottom-4 sm:left-4'
