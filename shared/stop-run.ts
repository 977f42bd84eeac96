// How a run is stopped.
import * as z from 'zod/mini'

/**
 * `cut` closes the connection to the provider at once; `finish_counting` leaves it open, unseen, until
 * the usage of the answer is reported.
 */
export const StopMode = z.enum(['cut', 'finish_counting'])
export type StopMode = z.infer<typeof StopMode>

/** An empty body cuts. */
export const StopRun = z.object({ mode: z.optional(StopMode) })
export type StopRun = z.infer<typeof StopRun>
