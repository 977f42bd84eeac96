import { lazyPart, Nothing } from '../ui/lazy-part.tsx'

const Welcome = lazyPart(() => import('./welcome.tsx'), 'Welcome', { failed: Nothing })
// A new chat begins with it; a conversation does without it.
if (location.pathname === '/') void Welcome.preload().catch(() => {})

/** In the place of the transcript until the first message. */
export function EmptyThread({ onAsk }: { onAsk: (text: string) => void }) {
  return (
    <div
      role="log"
      aria-label="Conversation"
      aria-live="off"
      className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto overscroll-contain outline-offset-[-2px]"
    >
      <div className="mx-auto flex min-h-full max-w-3xl flex-col px-4 py-6 sm:px-6">
        <Welcome onAsk={onAsk} />
      </div>
    </div>
  )
}
