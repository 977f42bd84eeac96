import { t } from '#shared/translate.ts'
import type { Shop } from './shop-store.ts'
import { ToolError } from '../../runtime/tool-error.ts'

export interface NewTicket {
  /** A request that comes again with its key gives the same ticket. */
  key: string
  subject: string
  details: string
  priority: 'low' | 'normal' | 'high'
}

export interface Ticket {
  ticketId: string
  subject: string
  priority: string
  createdAt: string
}

interface TicketRow {
  number: number
  subject: string
  priority: string
  created_at: string
}

export function createTicket({ db, owner, now }: Shop, ticket: NewTicket): Ticket {
  return db
    .transaction((): Ticket => {
      db.prepare(
        `insert into tickets (owner, key, subject, details, priority, created_at)
         values (@owner, @key, @subject, @details, @priority, @at) on conflict do nothing`,
      ).run({ ...ticket, owner, at: now().toISOString() })
      const row = db
        .prepare<unknown[], TicketRow>('select * from tickets where owner = ? and key = ?')
        .get(owner, ticket.key)
      if (row === undefined) throw new ToolError(t`The ticket was not written.`)
      const { number, subject, priority, created_at: createdAt } = row
      return { ticketId: `T-${number}`, subject, priority, createdAt }
    })
    .immediate()
}
