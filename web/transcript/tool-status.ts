import type { ToolStatus } from '#shared/message.ts'

export const STATUS_LABELS: Record<ToolStatus, string> = {
  preparing: 'Preparing',
  running: 'Running',
  waiting: 'Waiting',
  done: 'Done',
  denied: 'Denied',
  failed: 'Failed',
  unknown: 'Unknown',
}

export function isFinished(status: ToolStatus): boolean {
  return status !== 'preparing' && status !== 'running' && status !== 'waiting'
}
