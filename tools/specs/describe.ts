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
  const [method = '', path = ''] = wanted.split(' ');
  for (const [described, read] of description)
    if (nameless(described) === wanted) return { route: described, described: read() };
  for (const [described, read] of description) {
    const known = nameless(described);
    const [knownMethod = '', knownPath = ''] = known.split(' ');
    if (method !== knownMethod) continue;
    if (path === knownPath || path.endsWith(knownPath) || knownPath.endsWith(path))
      return { route: described, described: read() };
  }
  return undefined;
}

function nameless(route: string): string {
  return route.replaceAll(/\{[^}]+\}/g, '{}');
}
