/** For each taxonomy of the pack: every path that exists, and whether it may be chosen. */
export type Taxonomies = ReadonlyMap<string, ReadonlySet<string>>;
