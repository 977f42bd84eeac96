// Sends the frames of a streamed answer of the fake upstream, until the first fault.
import type { ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Answer, BeforeAnswer, Frame, MidAnswerFault } from './fake-answer.ts'

interface Sending {
  framesSent: number
  over: Promise<void>
}

/** Returns false if the answer ended early. */
export async function sendFrames(
  call: Sending,
  answer: Answer,
  frames: Iterable<Frame>,
  response: ServerResponse,
): Promise<boolean> {
  if (answer.firstMs !== undefined) await delay(answer.firstMs)
  for (const before of answer.before ?? []) await sendBefore(before, call, response)
  for (const frame of frames) {
    if (response.destroyed) return false
    if ('wait' in frame) {
      await Promise.race([frame.wait, call.over])
    } else if ('fault' in frame) {
      await fail(frame.fault, call, response)
      return false
    } else {
      response.write(encode(frame.send))
      call.framesSent += 1
      if (answer.everyMs !== undefined) await delay(answer.everyMs)
    }
  }
  return !response.destroyed
}

async function sendBefore(
  before: BeforeAnswer,
  call: Sending,
  response: ServerResponse,
): Promise<void> {
  if ('wait' in before) {
    await Promise.race([before.wait, call.over])
  } else if ('comments' in before) {
    for (let sent = 0; sent < before.comments && !response.destroyed; sent += 1) {
      response.write(': still there\n\n')
      await delay(before.everyMs)
    }
  } else {
    const choices = [{ index: 0, delta: { role: 'assistant', content: null } }]
    const progress = { ...before, cache: 0, time_ms: 1 }
    response.write(encode({ object: 'chat.completion.chunk', choices, prompt_progress: progress }))
  }
}

function encode(frame: object): string {
  const event = 'type' in frame ? `event: ${String(frame.type)}\n` : ''
  return `${event}data: ${JSON.stringify(frame)}\n\n`
}

async function fail(fault: MidAnswerFault, call: Sending, response: ServerResponse): Promise<void> {
  switch (fault) {
    case 'cut_off':
      response.end()
      return
    case 'destroy':
      // Gives the written data time to be sent.
      await delay(20)
      response.destroy()
      return
    case 'stall':
      return call.over
    case 'malformed':
      response.end('data: {"this is not JSON\n\n')
      return
    case 'error_frame': {
      const error = { message: 'The fake model is overloaded.', type: 'server_error', code: 'busy' }
      response.end(`event: error\ndata: ${JSON.stringify({ type: 'error', error })}\n\n`)
    }
  }
}
