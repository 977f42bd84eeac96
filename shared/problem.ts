import * as z from 'zod/mini'

/** `application/problem+json`. `code` is stable; `detail` says what to do. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.optional(z.string()),
  /** The provider whose settings fix the problem. */
  provider: z.optional(z.string()),
})
export type Problem = z.infer<typeof Problem>
