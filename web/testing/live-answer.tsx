// For tests: a live answer that is drawn while its events come.
import { foldAll } from '#shared/fold-run.ts'
import type { RunEvent } from '#shared/run-event.ts'
import { LiveRun } from '../chat/live-run.ts'
import { MessageView } from '../transcript/message-view.tsx'
import { NO_ACTIONS } from './actions.ts'
import { show } from './screen.tsx'

export const RUN: RunEvent = {
  type: 'run',
  at: '2026-01-01T00:00:00.000Z',
  runId: 'r1',
  conversationId: 'c1',
  messageId: 'm1',
  agent: 'refunds',
  provider: 'demo',
  model: 'demo',
}

/** Draws a live run, and records what is decided. */
export function drawLive(events: RunEvent[], answer: () => unknown = () => null) {
  const live = new LiveRun()
  let seq = 0
  const emit = (...more: RunEvent[]) => {
    for (const event of more) live.push({ seq: (seq += 1), event })
    live.flush()
  }
  emit(RUN, ...events)
  const decisions: unknown[] = []
  const { message } = foldAll([{ seq: 1, event: RUN }])
  if (message === null) throw new Error('nothing was folded')
  const row = { key: 'a', message, live, siblingIds: [] }
  const view = <MessageView row={row} actions={NO_ACTIONS} canRetry isLast />
  show(view, ({ path, body }) => {
    if (path !== '/api/runs/r1/decisions') return null
    decisions.push(body)
    return answer()
  })
  return { emit, decisions }
}
