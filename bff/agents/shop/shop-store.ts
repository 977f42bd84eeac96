// The sample shop of the support desk: a small database of its own, made and filled when it is first
// used. Every user has a separate copy, so that no user sees or changes the orders of another.
import { t } from '#shared/translate.ts'
import { closeSync, openSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { SAMPLE_CODES, SAMPLE_INVOICES, SAMPLE_ORDERS, SAMPLE_PAYMENT_METHOD } from './first-day.ts'
import { ToolError } from '../../runtime/tool-error.ts'

declare module '../../runtime/run-context.ts' {
  interface Stores {
    shop: ShopStore
  }
}

/** The shop of one user. */
export interface Shop {
  owner: string
  db: BetterSqlite3.Database
  now: () => Date
}

const TABLES = `
  create table if not exists orders (
    owner text not null, id integer not null, item text not null, total_cents integer not null,
    status text not null, ordered_days_ago integer not null, delivered_days_ago integer,
    is_final_sale integer not null, primary key (owner, id)
  ) strict;
  create table if not exists refunds (
    number integer primary key, owner text not null, key text not null, order_id integer not null,
    amount_cents integer not null, reason text not null, refunded_at text not null,
    unique (owner, key), foreign key (owner, order_id) references orders on delete cascade
  ) strict;
  create table if not exists invoices (
    owner text not null, order_id integer not null, status text not null, due_in_days integer not null,
    promo_code text, discount_cents integer not null default 0, primary key (owner, order_id),
    foreign key (owner, order_id) references orders on delete cascade
  ) strict;
  create table if not exists promo_codes (
    owner text not null, code text not null, percent integer not null, expires_in_days integer not null,
    primary key (owner, code)
  ) strict;
  create table if not exists payment_methods (
    owner text primary key, kind text not null, last_four text
  ) strict;
  create table if not exists tickets (
    number integer primary key, owner text not null, key text not null, subject text not null,
    details text not null, priority text not null, created_at text not null, unique (owner, key)
  ) strict;`

export class ShopStore {
  readonly #file: string
  readonly #now: () => Date
  #db: BetterSqlite3.Database | null = null

  constructor(file: string, now: () => Date = () => new Date()) {
    this.#file = file
    this.#now = now
  }

  of(owner: string): Shop {
    this.#db ??= open(this.#file)
    const db = this.#db
    const isKnown = db.prepare('select 1 from payment_methods where owner = ?').get(owner)
    if (isKnown === undefined) db.transaction(fill).immediate(db, owner)
    return { owner, db, now: this.#now }
  }

  /** As on its first day: refunds, tickets and promo codes of the user are forgotten. */
  reset(owner: string): void {
    const { db } = this.of(owner)
    db.transaction(() => {
      // Refunds and invoices go with their orders.
      for (const table of ['orders', 'promo_codes', 'payment_methods', 'tickets']) {
        db.prepare(`delete from ${table} where owner = ?`).run(owner)
      }
      fill(db, owner)
    }).immediate()
  }

  close(): void {
    this.#db?.close()
    this.#db = null
  }
}

function open(file: string): BetterSqlite3.Database {
  try {
    if (file !== ':memory:') closeSync(openSync(file, 'a', 0o600))
    const db = new BetterSqlite3(file, { timeout: 2_000 })
    db.pragma('journal_mode = wal')
    db.pragma('foreign_keys = on')
    // Empty tables may be lost with the power: they are made again. What follows may not.
    db.pragma('synchronous = normal')
    db.transaction(() => db.exec(TABLES)).immediate()
    db.pragma('synchronous = full')
    return db
  } catch (error) {
    const sentence = t`The sample shop cannot be opened. Stop Tally, delete shop.db, and start again.`
    throw new ToolError(sentence, undefined, { cause: error })
  }
}

function fill(db: BetterSqlite3.Database, owner: string): void {
  const order = db.prepare(`insert into orders values
    (@owner, @id, @item, @totalCents, @status, @orderedDaysAgo, @deliveredDaysAgo, @finalSale)`)
  for (const each of SAMPLE_ORDERS) {
    order.run({ ...each, owner, finalSale: Number(each.isFinalSale) })
  }
  const invoice = db.prepare(
    'insert into invoices (owner, order_id, status, due_in_days) values (@owner, @orderId, @status, @dueInDays)',
  )
  for (const each of SAMPLE_INVOICES) invoice.run({ ...each, owner })
  const code = db.prepare(
    'insert into promo_codes values (@owner, @code, @percent, @expiresInDays)',
  )
  for (const each of SAMPLE_CODES) code.run({ ...each, owner })
  db.prepare('insert into payment_methods values (@owner, @kind, @lastFour)').run({
    owner,
    ...SAMPLE_PAYMENT_METHOD,
  })
}
