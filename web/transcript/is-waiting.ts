import type { Message, MessagePart } from '#shared/message.ts'

/** Returns whether the run pauses until the user decides. */
export function isWaiting({ status, parts }: Message): boolean {
  if (status !== 'running') return false
  const last = parts.at(-1)
  if (last?.type === 'notice' && last.kind === 'waiting') return last.decision === undefined
  return parts.some(isWaitingCall) && !parts.some(isRunningCall)
}

function isWaitingCall(part: MessagePart): boolean {
  if (part.type !== 'tool_call') return false
  return part.status === 'waiting' || (part.parts ?? []).some(isWaitingCall)
}

/** A call whose nested run waits is paused, too. */
function isRunningCall(part: MessagePart): boolean {
  return part.type === 'tool_call' && part.status === 'running' && !isWaitingCall(part)
}
