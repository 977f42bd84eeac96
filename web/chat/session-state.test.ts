import { expect, test } from 'vitest'
import { ApiError } from '../api/request.ts'
import { conversation, message } from '../testing/bff.ts'
import type { Submission } from './outbox.ts'
import { IDLE, type SessionEvent, type SessionState, transition } from './session-state.ts'

const submission: Submission = {
  key: 'k1',
  conversationId: 'c1',
  text: 'Hello',
  retryOf: null,
  choice: {},
  setup: {},
}
const submit: SessionEvent = {
  type: 'submit',
  submission,
  at: '2026-01-01T00:00:00.000Z',
  endsWait: false,
}
const accepted: SessionEvent = { type: 'accepted', runId: 'r1' }
const loaded = (activeRunId: string | null, ...runIds: string[]): SessionEvent => {
  const answers = runIds.map((runId) => ({ ...message(runId, 'assistant', ''), runId }))
  return { type: 'loaded', conversation: { ...conversation('c1', answers), activeRunId } }
}

/** The state after some events, and the effects of the last one. */
function after(...events: SessionEvent[]): { state: SessionState; effects: string[] } {
  let state = IDLE
  let effects: string[] = []
  for (const event of events) {
    const [next, ...asked] = transition(state, event)
    state = next
    effects = asked.map(({ type }) => type)
  }
  return { state, effects }
}

test('a submit is kept, sent, accepted, shown and over', () => {
  expect(after(submit)).toMatchObject({ state: { phase: 'sending' }, effects: ['keep', 'send'] })
  expect(after(submit, accepted)).toMatchObject({
    state: { phase: 'running', runId: 'r1', pending: { submission } },
    effects: ['acknowledge', 'follow', 'reload'],
  })
  const shown = [submit, accepted, loaded('r1', 'r1')]
  expect(after(...shown)).toMatchObject({ state: { phase: 'running', pending: null } })
  const ended = [...shown, { type: 'ended' } as const]
  expect(after(...ended)).toMatchObject({ state: { phase: 'ended' }, effects: ['settle'] })
  expect(after(...ended, loaded(null, 'r1'))).toEqual({ state: IDLE, effects: [] })
})

test('a submit that ends a wait keeps what the answer has, and is sent', () => {
  const ending = { ...submit, endsWait: true }
  expect(after(submit, accepted, loaded('r1', 'r1'), ending)).toMatchObject({
    state: { phase: 'sending', pending: { submission } },
    effects: ['keep_answer', 'keep', 'send'],
  })
  expect(after(submit, ending)).toEqual({ state: after(submit).state, effects: ['queue'] })
})

test('a second message is queued while the first is sent or answered; a new version is not', () => {
  const edit = { ...submission, editOf: { messageId: 'm1', parentId: null } }
  const editing = { ...submit, submission: edit }
  for (const before of [[submit], [submit, accepted]]) {
    const { state } = after(...before)
    expect(after(...before, submit)).toEqual({ state, effects: ['queue'] })
    expect(after(...before, editing)).toEqual({ state, effects: [] })
  }
  expect(after(submit, accepted, { type: 'ended' }, submit).effects).toEqual(['keep', 'send'])
})

test('a conversation that does not show the run yet changes nothing', () => {
  const sent = after(submit, accepted)
  expect(after(submit, accepted, loaded(null, 'r0'))).toEqual({ ...sent, effects: [] })
  expect(after(submit, loaded('r0'))).toEqual({ state: after(submit).state, effects: [] })
})

test('a submit without an answer is cancelled by Stop, any other is stopped once it runs', () => {
  const stop: SessionEvent = { type: 'stop', mode: 'finish_counting' }
  expect(after(submit, { type: 'unanswered' }, stop).effects).toEqual(['cancel'])
  expect(after(submit, stop).effects).toEqual([])
  expect(after(submit, stop, accepted)).toMatchObject({
    state: { phase: 'running', stopping: true },
    effects: ['acknowledge', 'follow', 'stop', 'reload'],
  })
  const request = { type: 'stop', runId: 'r1', mode: 'finish_counting' }
  const [, ...once] = transition(after(submit, stop).state, accepted)
  expect(once).toContainEqual(request)
  const [, ...effects] = transition(after(submit, accepted).state, stop)
  expect(effects).toEqual([request])
})

test('a Stop that is refused can be pressed again', () => {
  const failed: SessionEvent = { type: 'stop_failed', error: new Error('No.') }
  expect(after(submit, accepted, { type: 'stop' }, failed)).toMatchObject({
    state: { phase: 'running', stopping: false },
    effects: ['fail'],
  })
})

test('a submit that is refused gives its text back and says why', () => {
  const error = new ApiError(400, 'unknown_model', 'No provider knows this model.', 'lab')
  const [state, ...effects] = transition(after(submit).state, { type: 'refused', error })
  expect(state).toEqual(IDLE)
  const failure = { message: error.message, code: 'unknown_model', provider: 'lab' }
  expect(effects).toEqual([
    { type: 'acknowledge', key: 'k1' },
    { type: 'restore_draft', text: 'Hello', files: [] },
    { type: 'fail', failure },
    { type: 'reload' },
  ])
})

test('a submit that was cancelled gives its text back and says nothing', () => {
  const cancelled: SessionEvent = { type: 'refused', error: null }
  expect(after(submit, cancelled).effects).toEqual(['acknowledge', 'restore_draft', 'reload'])
})

test('a submit whose run is long over is read, not sent again', () => {
  const gone: SessionEvent = { type: 'refused', error: new ApiError(410, 'gone', 'Gone.') }
  expect(after(submit, gone)).toEqual({ state: IDLE, effects: ['acknowledge', 'reload'] })
})

test('a message is queued if an answer has begun elsewhere', () => {
  const busy: SessionEvent = { type: 'refused', error: new ApiError(409, 'run_active', 'Busy.') }
  expect(after(submit, busy)).toEqual({ state: IDLE, effects: ['queue', 'reload'] })
})

test('a conversation that was created for a refused submit is discarded', () => {
  const created: SessionEvent = { type: 'created', conversationId: 'c2' }
  const refused: SessionEvent = { type: 'refused', error: new ApiError(503, 'busy', 'Busy.') }
  const sent = after(submit, created)
  expect(sent.effects).toEqual(['keep'])
  expect(sent.state).toMatchObject({ pending: { submission: { key: 'k1', conversationId: 'c2' } } })
  expect(after(submit, created, refused).effects.at(-1)).toBe('discard')
})

test('a run that was started elsewhere is followed, and the next one after it', () => {
  expect(after(loaded('r1'))).toMatchObject({
    state: { phase: 'running', runId: 'r1', pending: null },
    effects: ['follow'],
  })
  expect(after(loaded('r1'), loaded('r1', 'r1')).effects).toEqual([])
  expect(after(loaded('r1'), loaded('r2', 'r1'))).toMatchObject({
    state: { runId: 'r2' },
    effects: ['settle', 'follow'],
  })
})

test('a run that ended is not followed again by a conversation that was read before', () => {
  const ended = after(loaded('r1'), { type: 'ended' }, loaded('r1', 'r1'))
  expect(ended).toMatchObject({ state: { phase: 'ended' }, effects: [] })
})

test('a run that is not on the screen is left, but what was sent stays', () => {
  expect(after(loaded('r1'), { type: 'unwatched' }).state).toEqual(IDLE)
  expect(after(submit, accepted, { type: 'unwatched' }).state).toMatchObject({ runId: 'r1' })
})
