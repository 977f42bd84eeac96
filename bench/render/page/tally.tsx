// The product: events are folded into a live message, which the transcript draws.
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { LiveRun } from '../../../web/chat/live-run.ts'
import type { MessageActions } from '../../../web/transcript/message-actions.ts'
import type { ThreadRow } from '../../../web/transcript/thread-row.ts'
import { Transcript } from '../../../web/transcript/transcript.tsx'
import type { Candidate } from './candidate.ts'
import { BEGUN, QUESTION, row, rowsOf } from './messages.ts'

const actions: MessageActions = {
  openReceipt: () => {},
  retry: () => {},
  edits: { draftOf: () => '', keepDraft: () => {}, send: () => {} },
  continueMessage: () => {},
  selectBranch: () => {},
}

interface ThreadProps {
  /** The newest messages. */
  rows: ThreadRow[]
  /** The messages above them, newest page last. */
  older?: ThreadRow[][]
}

export function Thread({ rows, older = [] }: ThreadProps) {
  const [pages, setPages] = useState(0)
  const more = older.length - pages
  const shown = [...older.slice(more).flat(), ...rows]
  return (
    <div className="stage">
      <Transcript
        rows={shown}
        actions={actions}
        sendingKey={null}
        canRetry
        onOlder={more === 0 ? null : async () => setPages(pages + 1)}
        onSettledAtEnd={() => {}}
      />
    </div>
  )
}

/** Shows a thread with a streaming answer at its end. */
export function tally(target: HTMLElement, above: string[]): Candidate {
  const live = new LiveRun()
  live.push(BEGUN)
  live.flush()
  target.className = 'tally'
  const rows = [
    ...rowsOf(above),
    row('question', 'user', QUESTION),
    row('live', 'assistant', '', live),
  ]
  createRoot(target).render(<Thread rows={rows} />)
  // It draws itself, as on the page.
  return { pins: false, push: (stored) => live.push(stored), draw: () => {} }
}
