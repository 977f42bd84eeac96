/**
 * A failure that the model and the person may read. Any other error that a tool throws may hold paths or
 * secrets: of it they only learn that there was one.
 */
export class ToolError extends Error {
  /** For the card, where it says something else than the model is told. */
  readonly forPerson: string | undefined

  constructor(message: string, forPerson?: string, options?: ErrorOptions) {
    super(message, options)
    this.forPerson = forPerson
  }
}
