import type { ToolStatus } from '#shared/message.ts'
import { t } from '#shared/translate.ts'

export const STATUS_LABELS: Record<ToolStatus, string> = {
  preparing: t`Preparing`,
  running: t`Running`,
  waiting: t`Waiting`,
  done: t`Done`,
  denied: t`Denied`,
  failed: t`Failed`,
  unknown: t`Unknown`,
}

export function isFinished(status: ToolStatus): boolean {
  return status !== 'preparing' && status !== 'running' && status !== 'waiting'
}
