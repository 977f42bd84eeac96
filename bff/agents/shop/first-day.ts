// What the sample shop has on its first day, and after every reset. Days are counted back from today,
// so that it never gets old: order 1042 can be refunded next year, too.

export type OrderStatus = 'delivered' | 'shipped' | 'cancelled'

export interface SampleOrder {
  id: number
  item: string
  totalCents: number
  status: OrderStatus
  orderedDaysAgo: number
  deliveredDaysAgo: number | null
  isFinalSale: boolean
}

const order = (
  id: number,
  item: string,
  totalCents: number,
  orderedDaysAgo: number,
  more: Partial<SampleOrder>,
): SampleOrder => ({
  id,
  item,
  totalCents,
  orderedDaysAgo,
  status: 'delivered',
  deliveredDaysAgo: null,
  isFinalSale: false,
  ...more,
})

export const SAMPLE_ORDERS: SampleOrder[] = [
  order(1042, 'Trail running shoes', 8_900, 9, { deliveredDaysAgo: 6 }),
  order(1043, 'Enamel mug', 1_450, 5, { deliveredDaysAgo: 3 }),
  order(1044, 'Standing desk', 42_900, 48, { deliveredDaysAgo: 41 }),
  order(1045, 'Wireless headphones', 12_900, 2, { status: 'shipped' }),
  order(1046, 'Gift card', 5_000, 4, { deliveredDaysAgo: 4, isFinalSale: true }),
  order(1047, 'Rain jacket', 6_400, 12, { deliveredDaysAgo: 9 }),
]

export interface SampleInvoice {
  orderId: number
  status: 'open' | 'paid'
  /** Negative: it is overdue. */
  dueInDays: number
}

export const SAMPLE_INVOICES: SampleInvoice[] = [
  { orderId: 1042, status: 'paid', dueInDays: 5 },
  { orderId: 1043, status: 'paid', dueInDays: 9 },
  { orderId: 1044, status: 'paid', dueInDays: -34 },
  { orderId: 1045, status: 'open', dueInDays: 12 },
  { orderId: 1046, status: 'paid', dueInDays: 10 },
  { orderId: 1047, status: 'open', dueInDays: 2 },
]

export interface SampleCode {
  code: string
  percent: number
  expiresInDays: number
}

export const SAMPLE_CODES: SampleCode[] = [
  { code: 'WELCOME10', percent: 10, expiresInDays: 60 },
  { code: 'FRIENDS25', percent: 25, expiresInDays: 7 },
  { code: 'SUMMER20', percent: 20, expiresInDays: -90 },
]

export const SAMPLE_PAYMENT_METHOD = { kind: 'card', lastFour: '4242' }

export const SAMPLE_SERVICES = [
  { service: 'web shop', status: 'operational', note: '' },
  { service: 'checkout', status: 'degraded', note: 'Card payments take up to a minute.' },
  { service: 'delivery tracking', status: 'operational', note: '' },
  { service: 'mobile app', status: 'operational', note: '' },
] as const
