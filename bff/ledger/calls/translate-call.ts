import type { ModelCall } from '#shared/ledger.ts'
import { translateFields } from '../../http/stored-sentences.ts'

/** Where its price comes from, in the language of the request. */
export function translateCall<Of extends Pick<ModelCall, 'price'>>(call: Of): Of {
  if (call.price === null) return call
  return { ...call, price: translateFields(call.price, ['source', 'tier']) }
}
