/** The settings as they are given: the names and texts of the environment and of `.env`. */
export type Env = Record<string, string | undefined>
