/** The shortest circle of imports through each file that lies on one; every circle is told once. */
export function findCycles(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const told = new Set<string>();
  const cycles: string[][] = [];
  for (const start of [...imports.keys()].sort()) {
    if (told.has(start)) continue;
    const cycle = shortestWayBack(start, imports);
    if (!cycle) continue;
    for (const file of cycle) told.add(file);
    cycles.push(cycle);
  }
  return cycles;
}

function shortestWayBack(start: string, imports: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const file of queue) {
    for (const next of imports.get(file) ?? []) {
      if (next === start) return trail(file, cameFrom, start);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, file);
      queue.push(next);
    }
  }
  return undefined;
}

function trail(end: string, cameFrom: ReadonlyMap<string, string>, start: string): string[] {
  const way = [end];
  for (let at = end; at !== start; ) {
    at = cameFrom.get(at) ?? start;
    way.unshift(at);
  }
  return way;
}
