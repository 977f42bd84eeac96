// The agents whose part the demo plays, told by the tools that they have. A conversation may have switched
// some of them off, so each is known by more than one.
import type { Reply } from '../reply.ts'
import type { Turn } from '../turn.ts'
import { billing } from './billing.ts'
import { refunds } from './refunds.ts'
import { support } from './support.ts'
import { triage } from './triage.ts'
import { weather } from './weather.ts'
import { researcher, writer } from './writer.ts'

const STORIES: [string[], (turn: Turn) => Reply][] = [
  [['process_refund', 'check_refund_eligibility', 'check_order_status'], refunds],
  [['get_invoice', 'apply_promo_code', 'update_payment_method'], billing],
  [['create_ticket', 'check_system_status', 'search_knowledge_base'], support],
  [['transfer_to_refunds', 'transfer_to_billing', 'transfer_to_support'], triage],
  [['research'], writer],
  [['get_weather'], weather],
]

/** Null if this is another agent. */
export function storyOf({ tools }: Turn): ((turn: Turn) => Reply) | null {
  const story = STORIES.find(([names]) => names.some((name) => tools.has(name)))?.[1]
  if (story !== undefined) return story
  return tools.size === 1 && tools.has('search_documentation') ? researcher : null
}
