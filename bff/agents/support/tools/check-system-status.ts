import { z } from 'zod'
import { defineTool } from '../../../runtime/define-tool.ts'
import { SAMPLE_SERVICES } from '../../shop/first-day.ts'
import { english, t } from '#shared/translate.ts'

export const checkSystemStatus = defineTool({
  name: 'check_system_status',
  description: english`Whether the services of the shop work now.`,
  parameters: z.object({
    service: z
      .enum(['web shop', 'checkout', 'delivery tracking', 'mobile app'])
      .nullable()
      .describe('Null for all of them.'),
  }),
  isReadOnly: true,
  execute: ({ service }) =>
    SAMPLE_SERVICES.filter((each) => service === null || each.service === service),
  pendingLabel: ({ service }) =>
    service === null ? t`Look at the status of all services` : t`Look at the status of ${service}`,
  label: ({ service }) =>
    service === null
      ? t`Looked at the status of all services`
      : t`Looked at the status of ${service}`,
})
