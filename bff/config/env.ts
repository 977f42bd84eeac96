/** The raw settings: names and values from the environment and `.env`. */
export type Env = Record<string, string | undefined>
