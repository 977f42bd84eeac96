// The routes of the price book, as the OpenAPI document tells them.
import { paths } from '#shared/api.ts'
import { change, ok, type Operation } from './openapi-parts.ts'

export const priceOperations: Operation[] = [
  {
    method: 'get',
    path: paths.prices,
    summary: 'The price book: its data, where a second source disagrees, and the prices set here',
    answers: [ok('PriceBook')],
    problems: [],
  },
  {
    method: 'post',
    path: paths.priceOverrides,
    summary: 'Set a price; the newest one that fits a request counts',
    body: 'SetPrice',
    answers: [ok('PriceOverride', 201, 'Set')],
    problems: change,
  },
  {
    method: 'put',
    path: paths.priceOverride('{id}'),
    summary: 'Replace a price that was set; rows of the ledger keep what they were priced with',
    body: 'SetPrice',
    answers: [ok('PriceOverride')],
    problems: [...change, 'price_not_found'],
  },
  {
    method: 'delete',
    path: paths.priceOverride('{id}'),
    summary: 'Remove a price that was set',
    answers: [{ status: 204, description: 'Gone' }],
    problems: [...change, 'price_not_found'],
  },
  {
    method: 'get',
    path: paths.pricesExport,
    summary: 'The prices that were set, as a file',
    answers: [ok('PriceExport')],
    problems: [],
  },
  {
    method: 'post',
    path: paths.pricesImport,
    summary: 'Set all prices of such a file, beside those there are or instead of them',
    body: 'PriceImport',
    answers: [ok('PriceBook')],
    problems: change,
  },
  {
    method: 'get',
    path: paths.reprice,
    summary: 'What was priced again, newest first',
    answers: [ok('PriceBatches')],
    problems: [],
  },
  {
    method: 'post',
    path: paths.reprice,
    summary: 'Price the ledger again',
    description:
      'With `preview` (the default) it only says what would change. Else the answer is the batch, and the rows are corrected behind it.',
    body: 'RepriceRequest',
    answers: [ok('RepricePreview'), ok('PriceBatch', 202, 'It has begun')],
    problems: [...change, 'reprice_active'],
  },
  {
    method: 'get',
    path: paths.priceBatch('{id}'),
    summary: 'How far pricing again is',
    answers: [ok('PriceBatch')],
    problems: ['price_batch_not_found'],
  },
  {
    method: 'post',
    path: paths.undoReprice('{id}'),
    summary: 'Take it back; rows that were changed again since are left alone',
    answers: [ok('PriceBatch', 202, 'It has begun')],
    problems: [...change, 'price_batch_not_found', 'reprice_active'],
  },
]
