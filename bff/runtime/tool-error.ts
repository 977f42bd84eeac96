/**
 * A failure that the model and the user may read. Any other error of a tool may contain paths or secrets, so they
 * only learn that there was one.
 */
export class ToolError extends Error {
  /** For the card, if it differs from what the model is told. */
  readonly forPerson: string | undefined

  constructor(message: string, forPerson?: string, options?: ErrorOptions) {
    super(message, options)
    this.forPerson = forPerson
  }
}
