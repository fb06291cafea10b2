// The program itself: shown in the page only.
const PAGE = 'page';

/** Every way there is, those already ordered first; what stands after the program itself is not used. */
export function orderOf(ordered: readonly string[], ways: readonly string[]): string[] {
  const all = [...ways, PAGE];
  const first = ordered.filter((way) => all.includes(way));
  const rest = all.filter((way) => !first.includes(way));
  return [...first, ...rest];
}
