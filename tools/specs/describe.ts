import type { Shape } from './shape.ts';

/** What a vendor says about one operation. */
export interface Described {
  answer: Shape | undefined;
  examples: readonly unknown[];
  parameters: readonly string[];
}
/** By `GET /path`, worked out when asked for. */
export type Description = Map<string, () => Described>;

/** The description of an operation: the same path, whatever its parameters are called and below whichever base. */
export function find(description: Description, route: string): { route: string; described: Described } | undefined {
  const wanted = nameless(route);
  for (const [described, read] of description) {
    if (nameless(described) === wanted) return { route: described, described: read() };
  }
  const [method = '', path = '', call] = wanted.split(' ');
  // Where one address serves every call, only the whole route tells them apart.
  if (call !== undefined) return undefined;
  for (const [described, read] of description) {
    const [knownMethod = '', knownPath = ''] = nameless(described).split(' ');
    if (method !== knownMethod) continue;
    if (path.endsWith(knownPath) || knownPath.endsWith(path)) return { route: described, described: read() };
  }
  return undefined;
}

function nameless(route: string): string {
  return route.replaceAll(/\{[^}]+\}/g, '{}');
}
