import { createContext, type ReactNode, useState } from 'react'
import { LazyModule } from './lazy-module.ts'
import { loadAllClasses } from './lazy-part.tsx'
import { useStore } from './store.ts'
import type { ToastBoard, Toasts } from './toast-board.tsx'

/** Loaded when a part of the page first shows a toast. */
interface ToastPart {
  board: ToastBoard
  Toasts: typeof Toasts
}

export const ToastContext = createContext<LazyModule<ToastPart> | null>(null)

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts] = useState(() => new LazyModule(loadToasts))
  const loaded = useStore(toasts, toasts.loaded)
  return (
    <ToastContext value={toasts}>
      {children}
      {/* Rendered from the start: a live region announces only changes. */}
      <output className={TOASTS}>
        {loaded && <loaded.Toasts board={loaded.board} modal={null} />}
      </output>
    </ToastContext>
  )
}

async function loadToasts(): Promise<ToastPart> {
  const [{ ToastBoard, Toasts }] = await Promise.all([
    import('./toast-board.tsx'),
    loadAllClasses(),
  ])
  return { board: new ToastBoard(), Toasts }
}

/** Below the header, where neither the composer nor the foot of the sidebar is. */
export const TOASTS =
  'pointer-events-none fixed inset-x-3 top-[calc(4rem+env(safe-area-inset-top))] z-50 flex flex-col gap-2 sm:left-auto sm:right-4'
