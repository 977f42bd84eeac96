// How a run is stopped.
import * as z from 'zod/mini'

/**
 * `cut` closes the connection to the provider at once. `finish_counting` keeps it open in the background
 * until the answer's usage is reported.
 */
export const StopMode = z.enum(['cut', 'finish_counting'])
export type StopMode = z.infer<typeof StopMode>

/** An empty body means `cut`. */
export const StopRun = z.object({ mode: z.optional(StopMode) })
export type StopRun = z.infer<typeof StopRun>
