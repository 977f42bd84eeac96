// What a tool returns that has made files.
import type { ToolFile } from '../upstream/tool-files.ts'

export class OutputWithFiles {
  /** What the tool says, as another would return it. */
  readonly output: unknown
  readonly files: readonly ToolFile[]

  constructor(output: unknown, files: readonly ToolFile[]) {
    this.output = output
    this.files = files
  }
}

/** `execute` of a tool returns it where there are files beside its text. */
export function withFiles(output: unknown, ...files: ToolFile[]): OutputWithFiles {
  return new OutputWithFiles(output, files)
}
