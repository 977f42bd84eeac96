// How a list is asked for page by page.
import * as z from 'zod/mini'

const MAX_LIMIT = 100
const WRONG_LIMIT = `give a number from 1 to ${MAX_LIMIT}`

export const pageQuery = (defaultLimit: number) =>
  z.object({
    cursor: z.optional(z.string()),
    limit: z._default(
      z.coerce
        .number(WRONG_LIMIT)
        .check(z.int(WRONG_LIMIT), z.minimum(1, WRONG_LIMIT), z.maximum(MAX_LIMIT, WRONG_LIMIT)),
      defaultLimit,
    ),
  })

export const PAGE = { cursor: '`nextCursor` of the page before', limit: 'How many at most' }
