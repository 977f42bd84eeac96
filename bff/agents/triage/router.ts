import type { Router } from '../../runtime/define-agent.ts'
import { t } from '#shared/translate.ts'

const BILLING = /\b(invoices?|bills?|billing|paid|pay|payments?|promo|discount|voucher|cards?)\b/i
const REFUND = /\brefund(s|ed|ing)?\b|\bmoney back\b/i

/** Premium customers with a plain billing question do not wait for triage. */
export const routeByTier: Router = ({ user }, message) =>
  user.tier === 'premium' && BILLING.test(message) && !REFUND.test(message)
    ? { agent: 'billing', rule: t`premium customers with a billing question` }
    : null
