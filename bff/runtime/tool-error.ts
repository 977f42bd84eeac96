/** A failure with one text for the model and another for the person, who reads it on the card. */
export class ToolError extends Error {
  readonly forPerson: string

  constructor(forModel: string, forPerson: string) {
    super(forModel)
    this.forPerson = forPerson
  }
}
